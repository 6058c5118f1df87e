//! The items of a list in their order, worked out as far as they are taken.
//!
//! Sales are taken up by the bound of their items' scores, the largest first, and only for as long as one of their items could
//! still come before all that are known.

use super::scorer::{Scorer, Told};
use super::select::{Groups, Source};
use super::surfaces::{Pool, Tier, rows_of};
use crate::base::ids::{ItemIndex, SaleIndex};
use crate::base::order;
use crate::catalogue::Catalogue;
use crate::kernel::order::{Merge, Rows, bound, key, keys_by_group};
use alloc::collections::BinaryHeap;
use alloc::vec;
use alloc::vec::Vec;
use core::ops::Range;

/// Where at least one in so many items of a sale are wanted, all of it is scored.
const WORTH_A_SALE: usize = 8;

/// The items of a tier by descending score, ties by ascending id.
pub(super) struct Ranked<'r, 'a> {
    catalogue: &'a Catalogue,
    scorer: &'r mut Scorer<'a>,
    /// Rows that were just looked at.
    seen: &'r [u32],
    known: Merge<'a>,
    /// The groups of each run of `known`.
    groups: Vec<Groups>,
    /// Sales that were not taken up yet, by what their items reach at most: told loosely at first, more closely once it matters.
    waiting: BinaryHeap<(i32, Told, SaleIndex)>,
    pool: Option<&'r Pool>,
}

impl<'r, 'a> Ranked<'r, 'a> {
    /// Those of a tier.
    pub(super) fn new(
        catalogue: &'a Catalogue,
        scorer: &'r mut Scorer<'a>,
        tier: &'r Tier,
        seen: &'r [u32],
    ) -> Self {
        let mut ranked = Self {
            catalogue,
            scorer,
            seen,
            known: Merge::new(catalogue.items_by_id()),
            groups: Vec::new(),
            waiting: BinaryHeap::new(),
            pool: None,
        };
        match tier {
            Tier::Sales(pool) => {
                let loosely =
                    |sale: &SaleIndex| (ranked.scorer.bound(*sale, Told::Brand), Told::Brand, *sale);
                ranked.waiting = pool.sales.iter().map(loosely).collect();
                ranked.pool = Some(pool);
            }
            Tier::Rows(rows) => ranked.take_rows(rows),
        }
        ranked
    }

    /// Takes up rows that are listed: sale by sale where many are of one, else one by one.
    fn take_rows(&mut self, rows: &[u32]) {
        let catalogue = self.catalogue;
        let sale_of = |row: u32| catalogue.item_sale(ItemIndex(row));
        for run in rows.chunk_by(|one, other| sale_of(*one) == sale_of(*other)) {
            let Some(sale) = run.first().map(|row| sale_of(*row)) else { continue };
            let items = catalogue.sale_items(sale);
            if run.len() * WORTH_A_SALE > items.len() {
                let mut shown = vec![false; items.len()];
                for place in places(run, &items) {
                    if let Some(shown) = shown.get_mut(place) {
                        *shown = true;
                    }
                }
                let rows = Rows { shown: &shown, ..rows_of(catalogue, sale, self.scorer.sale(sale)) };
                let runs = runs_of(rows, Vec::new(), places(self.seen, &items));
                self.add(sale, runs);
            } else {
                for row in run {
                    self.add_one(ItemIndex(*row));
                }
            }
        }
    }

    /// Takes up the next sale, or tells its bound more closely.
    fn take_sale(&mut self) {
        let (Some((_, told, sale)), Some(pool)) = (self.waiting.pop(), self.pool) else { return };
        match told {
            Told::Brand => self.waiting.push((self.scorer.bound(sale, Told::Summary), Told::Summary, sale)),
            Told::Summary => self.add_sale(pool, sale),
        }
    }

    /// Adds what a pool has of a sale.
    fn add_sale(&mut self, pool: &Pool, sale: SaleIndex) {
        let items = self.catalogue.sale_items(sale);
        let (rows, without) = pool.of_sale(self.catalogue, sale, self.scorer.sale(sale));
        let runs = runs_of(rows, without, places(self.seen, &items));
        self.add(sale, runs);
    }

    /// Adds runs of a sale.
    fn add(&mut self, sale: SaleIndex, runs: Vec<(u16, bool, Vec<u64>)>) {
        let brand = self.catalogue.sale_brand(sale).0 as u16;
        for (category, seen, keys) in runs {
            self.known.add(keys);
            self.groups.push((brand, category, seen));
        }
    }

    /// Adds a run of one item.
    fn add_one(&mut self, item: ItemIndex) {
        let rank = self.catalogue.item_id_ranks().get(item.row()).copied().unwrap_or(u32::MAX);
        let key = key(self.scorer.item(item), rank);
        let category = self.catalogue.item_category(item).0 as u16;
        self.add(self.catalogue.item_sale(item), vec![(category, self.seen.contains(&item.0), vec![key])]);
    }
}

/// The places in a range of those rows that lie in it.
fn places<'r>(rows: &'r [u32], range: &'r Range<usize>) -> impl Iterator<Item = usize> + 'r {
    let rows = rows.iter().map(|row| *row as usize);
    rows.filter(|row| range.contains(row)).map(|row| row - range.start)
}

/// The rows of a sale but those `without`, as runs of one category; each that was just looked at, of which there are few, is a run
/// of its own.
fn runs_of(
    rows: Rows<'_>,
    mut without: Vec<usize>,
    seen: impl Iterator<Item = usize>,
) -> Vec<(u16, bool, Vec<u64>)> {
    let mut runs = Vec::new();
    for place in seen {
        if !without.contains(&place) {
            runs.extend(rows.key(place).map(|(category, key)| (category, true, vec![key])));
            without.push(place);
        }
    }
    order::sort(&mut without);
    let others = keys_by_group(rows, &without);
    runs.extend(others.into_iter().map(|(category, keys)| (category, false, keys)));
    runs
}

impl Source for Ranked<'_, '_> {
    fn peek(&mut self) -> Option<Groups> {
        while let Some((most, ..)) = self.waiting.peek() {
            if self.known.peek().is_some_and(|(next, _)| next > bound(*most)) {
                break;
            }
            self.take_sale();
        }
        let (_, run) = self.known.peek()?;
        self.groups.get(run).copied()
    }

    fn take(&mut self) -> Option<u32> {
        self.known.next()
    }

    fn set_aside(&mut self) {
        self.known.set_aside();
    }

    fn bring_back(&mut self) {
        self.known.bring_back();
    }

    fn take_aside(&mut self) -> Option<u32> {
        self.known.take_aside()
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
    let (scores, ranks) = (scorer.sale(sale), catalogue.item_id_ranks());
    let key_of = |row: u32| Some(key(*scores.get(row as usize - first)?, *ranks.get(row as usize)?));
    rows.into_iter().filter_map(|row| Some((key_of(row)?, row))).max()
}
