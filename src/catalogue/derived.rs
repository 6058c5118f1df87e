//! Columns worked out from others whenever the catalogue changes, so that a ranking, which is asked for far more often, need not.
//!
//! What they mean is told where they are read (`live`); nothing here is stored.

use crate::kernel::numbers::Numbers;
use crate::kernel::sets::Sets;
use alloc::vec::Vec;

/// The columns.
#[derive(Debug, Clone, Default)]
pub(super) struct Derived {
    /// By item: whether some size is in stock.
    pub(super) stocked: Vec<bool>,
    /// By item: its set of sizes that are in stock. Many items share one.
    pub(super) size_sets: Sets,
}

impl Derived {
    /// From the stock: `starts` are the items' stock rows, one more than items; `sizes` and `left` are by stock row; of
    /// sizes there are so many.
    pub(super) fn of(starts: &[u32], sizes: Numbers<'_>, left: Numbers<'_>, kinds: usize) -> Self {
        let size_sets = Sets::of(starts, sizes, left, kinds);
        Self { stocked: size_sets.are_filled(), size_sets }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_of_which_no_size_is_left_is_sold_out() {
        let derived = Derived::of(
            &[0, 2, 4, 5, 7, 7],
            Numbers::of(&[4, 2, 2, 4, 9, 2, 4], 7).expect("a width"),
            Numbers::of(&[1, 1, 5, 7, 0, 1, 0], 7).expect("a width"),
            10,
        );
        assert_eq!(derived.stocked, [true, true, false, true, false]);
    }
}
