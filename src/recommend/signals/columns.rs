//! Contributions behind a code, and of a few rows, as signals keep them to tell one item's.

use super::sums::Sums;
use crate::base::order;
use alloc::vec::Vec;

/// A contribution for each value of a coded column.
pub(super) struct Coded<'a, C> {
    /// The code of each item.
    pub(super) codes: &'a [C],
    /// The contribution of each code.
    pub(super) table: Vec<i32>,
}

impl<C: Copy + Into<u32>> Coded<'_, C> {
    pub(super) fn at(&self, row: usize) -> i32 {
        let code = self.codes.get(row).map(|code| (*code).into());
        code.and_then(|code: u32| self.table.get(code as usize)).copied().unwrap_or(0)
    }
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
