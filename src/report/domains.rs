//! The closed list of answers that a question can have.
//!
//! Counts are made only over such lists, of at most [`ANSWERS_MAX`] answers (law 8): with more, chance would
//! drown every count, and an answer could come to name one person.

use crate::base::maps::Set;
use alloc::string::String;
use alloc::vec::Vec;

/// The most answers a domain can have.
pub const ANSWERS_MAX: usize = 256;
/// The fewest: with one answer there is nothing to ask.
pub const ANSWERS_MIN: usize = 2;
/// The answer of a shopper to whom no other answer applies; part of the domains that need it.
pub const NONE: &str = "none";
/// The answer of a shopper to whom an answer would apply that the list does not have.
pub const OTHER: &str = "other";

/// A closed list of answers, in the order in which reports number them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Domain(Vec<String>);

/// Why a list cannot be a domain.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DomainError {
    /// It has fewer than [`ANSWERS_MIN`] or more than [`ANSWERS_MAX`] answers.
    #[error(
        "a question has {ANSWERS_MIN} to {ANSWERS_MAX} answers, this one has {0}; ask for something coarser"
    )]
    Size(usize),
    /// An answer is there twice.
    #[error("the answer {0:?} is there twice; answers are unique")]
    Twice(String),
    /// An answer is empty.
    #[error("an answer cannot be empty")]
    Empty,
}

impl Domain {
    /// A domain of the answers given, in their order.
    ///
    /// # Errors
    /// [`DomainError`] where there are too few or too many of them, or one is empty or repeated.
    pub fn new(answers: Vec<String>) -> Result<Self, DomainError> {
        if !(ANSWERS_MIN..=ANSWERS_MAX).contains(&answers.len()) {
            return Err(DomainError::Size(answers.len()));
        }
        let mut seen: Set<&str> = Set::default();
        for answer in &answers {
            if answer.is_empty() {
                return Err(DomainError::Empty);
            }
            if !seen.insert(answer) {
                return Err(DomainError::Twice(answer.clone()));
            }
        }
        drop(seen);
        Ok(Self(answers))
    }

    /// The answers, in the order in which reports number them.
    pub fn answers(&self) -> &[String] {
        &self.0
    }

    /// How many answers there are: [`ANSWERS_MIN`] to [`ANSWERS_MAX`].
    pub fn size(&self) -> usize {
        self.0.len()
    }

    /// The number of an answer; `None` where it is not of the domain.
    pub fn position(&self, answer: &str) -> Option<usize> {
        self.0.iter().position(|of| of == answer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString;

    fn answers(count: usize) -> Vec<String> {
        (0..count).map(|number| number.to_string()).collect()
    }

    #[test]
    fn a_domain_is_small_and_closed() {
        assert_eq!(Domain::new(answers(1)), Err(DomainError::Size(1)));
        assert_eq!(Domain::new(answers(257)), Err(DomainError::Size(257)));
        assert!(Domain::new(answers(256)).is_ok());
        let twice = Domain::new(alloc::vec!["a".into(), "b".into(), "a".into()]);
        assert_eq!(twice, Err(DomainError::Twice("a".into())));
        assert_eq!(Domain::new(alloc::vec!["a".into(), String::new()]), Err(DomainError::Empty));
        let domain = Domain::new(answers(3)).expect("a domain");
        assert_eq!(domain.position("2"), Some(2));
        assert_eq!(domain.position("3"), None);
    }
}
