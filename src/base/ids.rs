//! Stable ids, as the shop writes them, and indexes, as one pack numbers them.
//!
//! A stable id outlives a pack and is what memory keeps; an index is a row of one pack and is never stored
//! outside it (law 6).

use crate::kernel::text::plain;
use alloc::string::String;

/// The longest stable id, in bytes.
pub const ID_BYTES_MAX: usize = 64;

/// Why a text cannot be a stable id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum IdError {
    /// It has no characters.
    #[error("an id cannot be empty")]
    Empty,
    /// It is longer than [`ID_BYTES_MAX`].
    #[error("an id has at most {ID_BYTES_MAX} bytes, this one has {0}")]
    TooLong(usize),
    /// It holds a control character or a space.
    #[error("an id holds no spaces and no control characters: {0:?}")]
    Character(String),
}

/// Checks that `text` can be a stable id: 1 to [`ID_BYTES_MAX`] bytes without white space or control characters.
///
/// # Errors
/// [`IdError`], saying which of these does not hold.
pub fn check_id(text: &str) -> Result<(), IdError> {
    if text.is_empty() {
        return Err(IdError::Empty);
    }
    if text.len() > ID_BYTES_MAX {
        return Err(IdError::TooLong(text.len()));
    }
    // Most ids are plain: then no character has to be decoded.
    if plain(text.as_bytes()) {
        return Ok(());
    }
    if text.chars().any(|character| character.is_control() || character.is_whitespace()) {
        return Err(IdError::Character(text.into()));
    }
    Ok(())
}

macro_rules! index {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u32);

        impl $name {
            /// The row as a position in a column.
            pub fn row(self) -> usize {
                self.0 as usize
            }
        }
    };
}

index!(
    /// A brand's row in one pack.
    BrandIndex
);
index!(
    /// A category's row in one pack.
    CategoryIndex
);
index!(
    /// An item's row in one pack.
    ItemIndex
);
index!(
    /// A sale's row in one pack.
    SaleIndex
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_short_printable_words() {
        assert_eq!(check_id("it-2026-11-22-001"), Ok(()));
        assert_eq!(check_id("连衣裙"), Ok(()));
        assert_eq!(check_id(""), Err(IdError::Empty));
        assert!(matches!(check_id("a b"), Err(IdError::Character(_))));
        assert_eq!(check_id(&"x".repeat(65)), Err(IdError::TooLong(65)));
    }
}
