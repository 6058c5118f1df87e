//! The items of a list in their order, worked out as far as they are taken.
//!
//! Sales are taken up by the bound of their items' scores, the largest first, and only for as long as one of their items could
//! still come before all that are known; and of a sale one category after the other, in the same manner.

use super::scorer::Scorer;
use super::select::{Groups, Source, Taken};
use super::surfaces::{Pool, Tier};
use crate::base::ids::{ItemIndex, SaleIndex};
use crate::catalogue::Catalogue;
use crate::kernel::numbers::drop_all;
use crate::kernel::order::{Merge, Queue, Rows, bound, heapify, key, pop_to_end, score_and_number};
use alloc::rc::Rc;
use alloc::vec::Vec;
use core::ops::Range;

/// What is waiting to be taken up is numbered: from here on what is left of a sale, by its place in the parts; before that whole
/// sales, by their row.
const PARTS: u32 = 1 << 31;

/// What is left of a sale.
struct Part {
    sale: SaleIndex,
    /// Where the bounds of its categories are that were not taken up, a heap.
    bounds: Range<usize>,
    /// Places of the items of which something is said that no table says, ascending; they were taken up.
    few: Rc<[u32]>,
    /// Whether no item of it is left out or a run of its own.
    whole: bool,
    /// Whether, besides, tables say all that is said of its items, but for the few.
    plain: bool,
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
    /// Sales of which not everything was taken up, by what the items left reach at most.
    waiting: Queue,
    /// What waits for the next window, for its brand or category is full in this one: it need not be looked at before.
    aside: Vec<(i32, u32)>,
    parts: Vec<Part>,
    /// The bounds of the categories of parts, as keys of their numbers in the sale's summary.
    bounds: Vec<u64>,
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
            waiting: Queue::default(),
            aside: Vec::new(),
            parts: Vec::new(),
            bounds: Vec::new(),
            pool: None,
            places: Vec::new(),
            categories: Vec::new(),
        };
        match tier {
            Tier::Sales(pool) => {
                ranked.waiting = Queue::of(pool.sale_rows(), ranked.scorer.reach());
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

    /// Takes up the next sale, or a part of what is left of it.
    fn take_sale(&mut self, taken: &Taken) {
        let (Some((most, waiting)), Some(pool)) = (self.waiting.pop(), self.pool) else { return };
        let part = waiting.checked_sub(PARTS).map(|part| part as usize);
        let sale = part.and_then(|at| self.parts.get(at)).map_or(SaleIndex(waiting), |part| part.sale);
        if taken.is_brand_full(self.scorer.facts.brand_of(sale)) {
            self.aside.push((most, waiting));
            return;
        }
        let part = part.unwrap_or_else(|| self.begin(pool, sale));
        self.take_part(pool, part, taken);
    }

    /// Begins with a sale: takes up the items of which something is said that no table says. The place of what is left of it.
    fn begin(&mut self, pool: &Pool, sale: SaleIndex) -> usize {
        let first = self.bounds.len();
        self.scorer.bounds(sale, pool.left_out(), &mut self.bounds);
        let bounds = first..self.bounds.len();
        heapify(self.bounds.get_mut(bounds.clone()).unwrap_or(&mut []));
        let items = self.scorer.facts.items_of(sale);
        let few = self.scorer.few(sale);
        if let Some(most) = self.bounds.get(first).filter(|_| few.is_empty() && pool.left_out().is_empty()) {
            self.scorer.keep_bound(sale, score_and_number(*most).0);
        }
        let seen = self.seen.iter().any(|row| items.contains(&(*row as usize)));
        let whole = !seen && !pool.misses(sale);
        let plain = whole && self.scorer.is_plain(sale);
        self.places.extend(few.iter().filter(|place| pool.has(self.catalogue, sale, **place)));
        self.add(sale);
        self.parts.push(Part { sale, bounds, few: few.into(), whole, plain });
        self.parts.len() - 1
    }

    /// Takes up those categories of a sale of which an item could come before all others that are known or wait.
    fn take_part(&mut self, pool: &Pool, at: usize, taken: &Taken) {
        let Some(Part { sale, bounds, few, whole, plain }) = self.parts.get(at) else { return };
        let (sale, mut left, few, whole, plain) = (*sale, bounds.clone(), few.clone(), *whole, *plain);
        let items = self.scorer.facts.items_of(sale);
        let summary = self.catalogue.summary(sale);
        let brand = self.scorer.facts.brand_of(sale);
        while let Some(first) = self.bounds.get(left.start).filter(|_| !left.is_empty()) {
            let (most, number) = score_and_number(*first);
            let known = self.known.peek().map(|(next, _)| next);
            if known.is_some_and(|known| known > bound(most))
                || self.waiting.peek().is_some_and(|waiting| waiting > most)
            {
                self.waiting.push(most, PARTS + at as u32);
                break;
            }
            pop_to_end(self.bounds.get_mut(left.clone()).unwrap_or(&mut []));
            left.end -= 1;
            let category = summary.categories().get(number as usize).copied().unwrap_or_default();
            if taken.is_category_full(category as u16) {
                // It waits alone.
                self.aside.push((most, PARTS + self.parts.len() as u32));
                self.parts.push(Part {
                    sale,
                    bounds: left.end..left.end + 1,
                    few: few.clone(),
                    whole,
                    plain,
                });
                continue;
            }
            let places = summary.places_of(number);
            // All items of the category are a run just as they are.
            if plain && few.iter().all(|place| places.binary_search(place).is_err()) {
                if self.scorer.add_run(sale, number, &mut self.known) {
                    self.groups.push((brand, category as u16, false));
                }
                continue;
            }
            self.places.extend(places);
            pool.drop_missing(sale, items.start, &mut self.places);
            if !few.is_empty() {
                drop_all(&mut self.places, &few);
            }
            let any = !self.places.is_empty();
            self.add(sale);
            if whole && any {
                self.scorer.keep_reached(sale, number);
            }
        }
        if let Some(part) = self.parts.get_mut(at) {
            part.bounds = left;
        }
    }

    /// Lets wait what was set aside and not looked at.
    fn await_again(&mut self) {
        for (most, waiting) in self.aside.drain(..) {
            self.waiting.push(most, waiting);
        }
    }

    /// Adds the items at the places of a sale, as runs of one category; each that was just looked at, of which there are few, is a
    /// run of its own.
    fn add(&mut self, sale: SaleIndex) {
        if self.places.is_empty() {
            return;
        }
        let items = self.scorer.facts.items_of(sale);
        let brand = self.scorer.facts.brand_of(sale);
        let rows = Rows {
            groups: self.scorer.facts.categories.get(items.clone()).unwrap_or(&[]),
            ranks: self.scorer.facts.ranks.get(items.clone()).unwrap_or(&[]),
        };
        for row in self.seen.iter().map(|row| *row as usize).filter(|row| items.contains(row)) {
            let place = (row - items.start) as u32;
            if let Some(at) = self.places.iter().position(|other| *other == place) {
                self.places.remove(at);
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
    fn peek(&mut self, taken: &Taken) -> Option<Groups> {
        while let Some(most) = self.waiting.peek() {
            if self.known.peek().is_some_and(|(next, _)| next > bound(most)) {
                break;
            }
            self.take_sale(taken);
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
        self.await_again();
    }

    fn take_aside(&mut self) -> Option<u32> {
        // Nothing else is left: what was not looked at is set aside like the rest.
        if !self.aside.is_empty() {
            self.await_again();
            while self.peek(&Taken::none()).is_some() {
                self.known.set_aside();
            }
        }
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
