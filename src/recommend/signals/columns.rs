//! Contributions behind a code, and of a few rows, as signals keep them to tell one item's.

use super::sums::Sums;
use crate::base::order;
use alloc::vec::Vec;

/// What a table says of a code; nothing beyond its end.
pub(super) fn at(table: &[i32], code: usize) -> i32 {
    table.get(code).copied().unwrap_or(0)
}

/// Contributions of a few items, by ascending row.
#[derive(Default)]
pub(super) struct Sparse(Vec<(u32, i32)>);

impl Sparse {
    /// From rows in any order; those with one row are added.
    pub(super) fn new(mut rows: Vec<(u32, i32)>) -> Self {
        order::sort_by_key(&mut rows, |(row, _)| *row);
        rows.dedup_by(|later, kept| {
            let same = later.0 == kept.0;
            if same {
                kept.1 = kept.1.saturating_add(later.1);
            }
            same
        });
        Self(rows)
    }

    pub(super) fn add(&self, sums: &mut Sums) {
        sums.rows(&self.0);
    }

    pub(super) fn at(&self, row: u32) -> i32 {
        self.0
            .binary_search_by_key(&row, |(row, _)| *row)
            .ok()
            .and_then(|at| self.0.get(at))
            .map_or(0, |(_, value)| *value)
    }
}
