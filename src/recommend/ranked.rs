//! The items of a list in their order, worked out as far as they are taken.
//!
//! Sales are taken up by the bound of their items' scores, the largest first, and only for as long as one of their items could
//! still come before all that are known; and of a sale one category after the other, in the same manner.

use super::scorer::Scorer;
use super::select::{Groups, Source};
use super::surfaces::{Pool, Tier};
use crate::base::ids::{ItemIndex, SaleIndex};
use crate::base::order;
use crate::catalogue::Catalogue;
use crate::kernel::order::{Merge, Rows, bound, key};
use alloc::collections::BinaryHeap;
use alloc::vec::Vec;

/// What is waiting to be taken up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Waiting {
    /// A sale, its bound told loosely.
    Whole,
    /// What is left of a sale; in this place of the parts.
    Part(usize),
}

/// What is left of a sale.
struct Part {
    /// The bounds of its categories, by their number in its summary; ascending once it is `begun`.
    bounds: Vec<(i32, u32)>,
    /// Whether the items of which something is said that no table says were taken up.
    begun: bool,
}

/// The items of a tier by descending score, ties by ascending id.
pub(super) struct Ranked<'r, 'a> {
    catalogue: &'a Catalogue,
    scorer: &'r mut Scorer<'a>,
    /// Rows that were just looked at.
    seen: &'r [u32],
    known: Merge<'a>,
    /// The groups of each run of `known`.
    groups: Vec<Groups>,
    /// Sales of which not everything was taken up, by what the items left reach at most: told loosely at first, more closely once it
    /// matters.
    waiting: BinaryHeap<(i32, Waiting, SaleIndex)>,
    parts: Vec<Part>,
    pool: Option<&'r Pool>,
    /// Places in a sale that are being taken up.
    places: Vec<u32>,
    /// Categories of the runs that are being added.
    categories: Vec<u16>,
}

impl<'r, 'a> Ranked<'r, 'a> {
    /// Those of a tier, which has so many.
    pub(super) fn new(
        catalogue: &'a Catalogue,
        scorer: &'r mut Scorer<'a>,
        (tier, count): (&'r Tier, usize),
        seen: &'r [u32],
    ) -> Self {
        let mut ranked = Self {
            catalogue,
            scorer,
            seen,
            known: Merge::new(catalogue.items_by_id(), count),
            groups: Vec::new(),
            waiting: BinaryHeap::new(),
            parts: Vec::new(),
            pool: None,
            places: Vec::new(),
            categories: Vec::new(),
        };
        match tier {
            Tier::Sales(pool) => {
                let loosely = |sale: &SaleIndex| (ranked.scorer.bound(*sale), Waiting::Whole, *sale);
                ranked.waiting = pool.sales.iter().map(loosely).collect();
                ranked.pool = Some(pool);
            }
            Tier::Rows(rows) => ranked.take_rows(rows),
        }
        ranked
    }

    /// Takes up rows that are listed, sale by sale.
    fn take_rows(&mut self, rows: &[u32]) {
        let catalogue = self.catalogue;
        let sale_of = |row: u32| catalogue.item_sale(ItemIndex(row));
        for run in rows.chunk_by(|one, other| sale_of(*one) == sale_of(*other)) {
            let Some(sale) = run.first().map(|row| sale_of(*row)) else { continue };
            let first = catalogue.sale_items(sale).start as u32;
            self.places.extend(run.iter().map(|row| row - first));
            self.add(sale);
        }
    }

    /// Takes up a part of the next sale, or tells its bound more closely.
    fn take_sale(&mut self) {
        let (Some((_, waiting, sale)), Some(pool)) = (self.waiting.pop(), self.pool) else { return };
        match waiting {
            Waiting::Whole => {
                let categories = self.catalogue.summary(sale).categories();
                let mut bounds = self.scorer.bounds(sale);
                let category = |at: u32| categories.get(at as usize);
                bounds.retain(|(_, at)| category(*at).is_some_and(|category| !pool.leaves_out(*category)));
                let Some((most, _)) = bounds.iter().max() else { return };
                let most = i64::from(*most) + self.scorer.most_of_single(sale);
                let most = most.min(i32::MAX.into()) as i32;
                self.waiting.push((most, Waiting::Part(self.parts.len()), sale));
                self.parts.push(Part { bounds, begun: false });
            }
            Waiting::Part(at) => self.take_part(pool, sale, at),
        }
    }

    /// Takes up those categories of a sale of which an item could come before all others that are known or wait.
    fn take_part(&mut self, pool: &Pool, sale: SaleIndex, at: usize) {
        let Some(Part { bounds, begun }) = self.parts.get_mut(at) else { return };
        let mut bounds = core::mem::take(bounds);
        let few = self.scorer.few(sale);
        if !core::mem::replace(begun, true) {
            order::sort(&mut bounds);
            self.places.extend(few.iter().filter(|place| pool.has(self.catalogue, sale, **place)));
            self.add(sale);
        }
        let summary = self.catalogue.summary(sale);
        let first = self.catalogue.sale_items(sale).start;
        while let Some((most, category)) = bounds.last().copied() {
            let known = self.known.peek().map(|(next, _)| next);
            if known.is_some_and(|known| known > bound(most))
                || self.waiting.peek().is_some_and(|(waiting, ..)| *waiting > most)
            {
                self.waiting.push((most, Waiting::Part(at), sale));
                break;
            }
            bounds.pop();
            self.places.extend(summary.places_of(category));
            pool.drop_missing(sale, first, &mut self.places);
            if !few.is_empty() {
                self.places.retain(|place| few.binary_search(place).is_err());
            }
            self.add(sale);
        }
        if let Some(part) = self.parts.get_mut(at) {
            part.bounds = bounds;
        }
    }

    /// Adds the items at the places of a sale, as runs of one category; each that was just looked at, of which there are few, is a
    /// run of its own.
    fn add(&mut self, sale: SaleIndex) {
        let items = self.catalogue.sale_items(sale);
        let brand = self.catalogue.sale_brand(sale).0 as u16;
        let rows = Rows {
            groups: self.catalogue.item_categories().get(items.clone()).unwrap_or(&[]),
            ranks: self.catalogue.item_id_ranks().get(items.clone()).unwrap_or(&[]),
        };
        for row in self.seen.iter().map(|row| *row as usize).filter(|row| items.contains(row)) {
            let place = (row - items.start) as u32;
            let before = self.places.len();
            self.places.retain(|other| *other != place);
            if self.places.len() < before {
                self.known.add(rows, &[place], self.scorer.places(sale, &[place]), &mut self.categories);
                self.groups.extend(self.categories.drain(..).map(|category| (brand, category, true)));
            }
        }
        self.known.add(rows, &self.places, self.scorer.places(sale, &self.places), &mut self.categories);
        self.groups.extend(self.categories.drain(..).map(|category| (brand, category, false)));
        self.places.clear();
    }
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
    let first = catalogue.sale_items(sale).start as u32;
    let places: Vec<u32> = rows.iter().map(|row| row - first).collect();
    let scored = rows.into_iter().zip(scorer.places(sale, &places));
    let ranks = catalogue.item_id_ranks();
    scored.filter_map(|(row, score)| Some((key(*score, *ranks.get(row as usize)?), row))).max()
}
