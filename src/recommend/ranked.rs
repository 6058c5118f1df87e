//! The items of a list in their order, worked out as far as they are taken.
//!
//! Sales are taken up by the bound of their items' scores, the largest first, and only for as long as one of their items could
//! still come before all that are known.

use super::scorer::Scorer;
use super::surfaces::{Pool, Tier};
use crate::base::ids::{ItemIndex, SaleIndex};
use crate::catalogue::Catalogue;
use crate::kernel::order::{Merge, bound, key, keys};
use alloc::collections::BinaryHeap;
use alloc::vec::Vec;

/// The items of a tier by descending score, ties by ascending id.
pub(super) struct Ranked<'r, 'a> {
    catalogue: &'a Catalogue,
    scorer: &'r mut Scorer<'a>,
    known: Merge<'a>,
    /// Sales that were not taken up yet, by what their items reach at most: loosely told at first, closely once it matters.
    waiting: BinaryHeap<(i32, bool, SaleIndex)>,
    pool: Option<&'r Pool>,
    rows: Vec<u32>,
}

impl<'r, 'a> Ranked<'r, 'a> {
    /// Those of a tier.
    pub(super) fn new(catalogue: &'a Catalogue, scorer: &'r mut Scorer<'a>, tier: &'r Tier) -> Self {
        let mut ranked = Self {
            catalogue,
            scorer,
            known: Merge::new(catalogue.items_by_id()),
            waiting: BinaryHeap::new(),
            pool: None,
            rows: Vec::new(),
        };
        match tier {
            Tier::Sales(pool) => {
                let loosely = |sale: &SaleIndex| (ranked.scorer.loose_bound(*sale), false, *sale);
                ranked.waiting = pool.sales.iter().map(loosely).collect();
                ranked.pool = Some(pool);
            }
            Tier::Rows(rows) => ranked.take_rows(rows),
        }
        ranked
    }

    /// Scores rows that are listed: sale by sale where many are of one, else one by one.
    fn take_rows(&mut self, rows: &[u32]) {
        let catalogue = self.catalogue;
        let sale_of = |row: u32| catalogue.item_sale(ItemIndex(row));
        for run in rows.chunk_by(|one, other| sale_of(*one) == sale_of(*other)) {
            let Some(sale) = run.first().map(|row| sale_of(*row)) else { continue };
            let items = catalogue.sale_items(sale);
            let keys = if run.len() * WORTH_A_SALE > items.len() {
                keys(run, items.start, self.scorer.sale(sale), catalogue.item_id_ranks())
            } else {
                run.iter().map(|row| self.key_of(*row)).collect()
            };
            self.known.add(keys);
        }
    }

    fn key_of(&self, row: u32) -> u64 {
        let rank = self.catalogue.item_id_ranks().get(row as usize).copied().unwrap_or(u32::MAX);
        key(self.scorer.item(ItemIndex(row)), rank)
    }

    /// Takes up the next sale, or tells its bound more closely.
    fn take_sale(&mut self) {
        let (Some((_, closely, sale)), Some(pool)) = (self.waiting.pop(), self.pool) else { return };
        if !closely {
            self.waiting.push((self.scorer.bound(sale), true, sale));
            return;
        }
        self.rows.clear();
        pool.add_rows(self.catalogue, sale, &mut self.rows);
        let first = self.catalogue.sale_items(sale).start;
        let scores = self.scorer.sale(sale);
        self.known.add(keys(&self.rows, first, scores, self.catalogue.item_id_ranks()));
    }
}

/// Where at least one in so many items of a sale are wanted, all of it is scored.
const WORTH_A_SALE: usize = 8;

impl Iterator for Ranked<'_, '_> {
    type Item = u32;

    fn next(&mut self) -> Option<u32> {
        while let Some((most, ..)) = self.waiting.peek() {
            if self.known.peek().is_some_and(|next| next > bound(*most)) {
                break;
            }
            self.take_sale();
        }
        self.known.next()
    }
}

/// The first of a sale's items that `may` be shown, with its key.
pub(super) fn first_of_sale(
    catalogue: &Catalogue,
    scorer: &mut Scorer<'_>,
    pool: &Pool,
    sale: SaleIndex,
    may: impl Fn(u32) -> bool,
) -> Option<(u64, u32)> {
    let mut rows = Vec::new();
    pool.add_rows(catalogue, sale, &mut rows);
    rows.retain(|row| may(*row));
    let first = catalogue.sale_items(sale).start;
    let keys = keys(&rows, first, scorer.sale(sale), catalogue.item_id_ranks());
    keys.into_iter().zip(rows).max()
}
