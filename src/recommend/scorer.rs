//! The scores of items, a sale at a time, by what the signals said; and what no item of a sale can exceed.
//!
//! Most sales hold nothing that a list would show. Their bound says so without a look at their items, and only the others are
//! scored. What comes of it is the same as if all were.

use super::context::Context;
use super::signals::{Facts, Sums};
use super::standing::Standing;
use crate::base::ids::{ItemIndex, SaleIndex};
use crate::base::order;
use crate::catalogue::{Catalogue, ItemFlags};
use crate::kernel::order::{Merge, Reach};
use crate::kernel::score::{
    Sets, add_most_of_lists, bounds, most, most_of_groups, score, sum_lists, unknown,
};
use alloc::borrow::Cow;
use alloc::vec;
use alloc::vec::Vec;
use spin::Mutex;

/// Scores the items of a catalogue for one ranking.
pub(super) struct Scorer<'a> {
    catalogue: &'a Catalogue,
    /// The columns of the catalogue.
    pub(super) facts: Facts<'a>,
    standing: Cow<'a, Standing>,
    said: &'a Said,
    found: Found,
    scores: Vec<i32>,
}

/// What was found out on the way, and holds for every list that rests on the same that was said.
#[derive(Default)]
struct Found {
    /// What the attributes of each set say together, as far as it was asked for; empty where none says anything.
    attribute_sets: Vec<i32>,
    /// The most that an item of each category of a sale reaches, as far as they were scored, but items of which something is said that
    /// no table says; by the category's number among those of all sales.
    categories: Vec<i32>,
    /// The same by sale, where nothing is said of any item alone.
    sales: Vec<i32>,
}

/// What was said.
pub(super) struct Said {
    all: Part,
    /// What is said of sensitive goods, where nothing remembered may speak for them.
    discreet: Option<Part>,
    /// By sale the most that is said of any of its items, told by what occurs in it.
    most: Vec<i64>,
    /// What one scorer leaves of [`Scorer::found`] to the next.
    found: Mutex<Found>,
}

/// What was said of some goods, and the most of it.
struct Part {
    sums: Sums,
    /// By sale what is said of it and its brand: every item of it has that.
    bases: Vec<i32>,
    /// By category what is said of it, and the most that attributes and sets of sizes in stock say of its items in any sale.
    kinds: Vec<i32>,
    /// By sale what every item of it has, the most that price bands and roles say of any, and the most that is said of any item there is
    /// without a table.
    besides: Vec<i64>,
}

impl Part {
    fn new(catalogue: &Catalogue, mut sums: Sums) -> Self {
        sums.settle();
        let kind = |category: usize| {
            let (attributes, size_sets) = catalogue.of_category(category);
            clamped(
                i64::from(sums.of_category(category as u32))
                    + most_of_attributes(catalogue, attributes, &sums)
                    + most_of_size_sets(size_sets, &sums),
            )
        };
        let kinds = (0..catalogue.category_count()).map(kind).collect();
        let brands = catalogue.sale_brands().iter().enumerate();
        let bases: Vec<i32> = brands.map(|(sale, brand)| sums.base(sale, usize::from(*brand))).collect();
        // No signal says anything of all items but where weights are extreme.
        let of_all = sums.of_all().iter().copied().max().unwrap_or(0);
        let mut besides: Vec<i64> = bases.iter().map(|base| i64::from(*base) + i64::from(of_all)).collect();
        let ([_, bands, roles], [of_bands, of_roles]) = (catalogue.occurring(), sums.tables(0, &[]).small);
        add_most_of_lists(&mut besides, bands, of_bands);
        add_most_of_lists(&mut besides, roles, of_roles);
        Self { sums, bases, kinds, besides }
    }

    /// By sale the most that is said of any item.
    fn most(&self, catalogue: &Catalogue) -> Vec<i64> {
        let (mut most, [categories, ..]) = (self.besides.clone(), catalogue.occurring());
        add_most_of_lists(&mut most, categories, &self.kinds);
        most
    }

    /// What of the most of a sale does not depend on the category.
    fn besides(&self, sale: SaleIndex) -> i64 {
        self.besides.get(sale.row()).copied().unwrap_or(0)
    }
}

impl Said {
    /// All that was said; of sensitive goods `discreet` alone, where there is any.
    pub(super) fn new(catalogue: &Catalogue, all: Sums, discreet: Option<Sums>) -> Self {
        let all = Part::new(catalogue, all);
        let discreet = discreet.map(|discreet| Part::new(catalogue, discreet));
        let mut most = all.most(catalogue);
        if let Some(discreet) = &discreet {
            for (sale, (most, quietly)) in (0..).zip(most.iter_mut().zip(discreet.most(catalogue))) {
                if catalogue.has_sensitive(SaleIndex(sale)) {
                    *most = quietly.max(*most);
                }
            }
        }
        let mut most_of_few = vec![0; most.len()];
        let few = all.sums.few().iter().chain(discreet.iter().flat_map(|part| part.sums.few()));
        for (row, value) in few {
            if let Some(most) = most_of_few.get_mut(catalogue.item_sale(ItemIndex(*row)).row()) {
                *most = (*most).max(*value);
            }
        }
        for (most, single) in most.iter_mut().zip(most_of_few) {
            *most += i64::from(single);
        }
        let sets =
            if all.sums.of_attributes().is_empty() { 0 } else { catalogue.attribute_lists().starts.len() };
        let (categories, sales) =
            (vec![i32::MAX; catalogue.categories_of_sales()], vec![i32::MAX; most.len()]);
        let found = Found { attribute_sets: unknown(sets), categories, sales };
        Self { all, discreet, most, found: Mutex::new(found) }
    }
}

impl Drop for Scorer<'_> {
    fn drop(&mut self) {
        *self.said.found.lock() = core::mem::take(&mut self.found);
    }
}

impl<'a> Scorer<'a> {
    /// Scores by what was said. Of one `said` there is one scorer at a time.
    pub(super) fn new(context: &Context<'a>, said: &'a Said) -> Self {
        let catalogue = context.catalogue;
        let known = context.standing.filter(|standing| standing.is_of(catalogue, &said.all.sums));
        let standing =
            known.map_or_else(|| Cow::Owned(Standing::by(catalogue, &said.all.sums)), Cow::Borrowed);
        let found = core::mem::take(&mut *said.found.lock());
        Self { catalogue, facts: context.facts, standing, said, found, scores: Vec::new() }
    }

    /// By sale what no score of its items that can be shown exceeds.
    pub(super) fn reach(&self) -> Reach<'_> {
        Reach { own: &self.standing.most, besides: &self.said.most, known: &self.found.sales }
    }

    /// The same of the items of each of its categories but those that are left out, and without what is said of single items
    /// ([`Self::few`]); appended to `to` as keys of the categories' numbers in the sale's summary.
    pub(super) fn bounds(&self, sale: SaleIndex, left_out: &[bool], to: &mut Vec<u64>) {
        let standing = self.standing(sale);
        let with = |said: &'a Part| (standing + said.besides(sale), said.kinds.as_slice());
        let said = [Some(with(&self.said.all)), self.quietly(sale).map(with)];
        let summary = self.catalogue.summary(sale);
        let found = self.found.categories.get(summary.first_category()..).unwrap_or(&[]);
        bounds(summary.categories(), left_out, said, found, to);
    }

    /// Keeps what no score of a sale's items exceeds, where nothing is said of any of them alone.
    pub(super) fn keep_bound(&mut self, sale: SaleIndex, most: i32) {
        if let Some(found) = self.found.sales.get_mut(sale.row()) {
            *found = most;
        }
    }

    /// The places in a sale of the items of which something is said that no table says, ascending.
    pub(super) fn few(&self, sale: SaleIndex) -> Vec<u32> {
        let items = self.facts.items_of(sale);
        let of = |sums: &Sums| sums.few_of(&items).iter().map(|(row, _)| row - items.start as u32).collect();
        let mut places: Vec<u32> = of(&self.said.all.sums);
        if let Some(discreet) = self.quietly(sale) {
            places.extend(of(&discreet.sums));
            order::sort(&mut places);
            places.dedup();
        }
        places
    }

    /// What says of a sale's sensitive items all that may be said, where it has any and something else may not.
    fn quietly(&self, sale: SaleIndex) -> Option<&'a Part> {
        self.said.discreet.as_ref().filter(|_| self.catalogue.has_sensitive(sale))
    }

    /// The most of what the shop says of an item of a sale.
    fn standing(&self, sale: SaleIndex) -> i64 {
        self.standing.most.get(sale.row()).map_or(0, |most| i64::from(*most))
    }

    /// Whether what is said of a sale's items is said by tables alone, single items left aside.
    pub(super) fn is_plain(&self, sale: SaleIndex) -> bool {
        self.said.all.sums.of_all().is_empty() && self.quietly(sale).is_none()
    }

    /// Scores the items of a category, by its number in the summary of a sale, which is plain and where nothing is said of any of them
    /// alone, and adds them to `known` as a run. Whether there is one.
    pub(super) fn add_run(&mut self, sale: SaleIndex, number: u32, known: &mut Merge<'_>) -> bool {
        let items = self.facts.items_of(sale);
        let standing = self.standing.values.get(items.clone()).unwrap_or(&[]);
        let ranks = self.facts.ranks.get(items.clone()).unwrap_or(&[]);
        let (summary, Part { sums, bases, .. }) = (self.catalogue.summary(sale), &self.said.all);
        let category = summary.categories().get(number as usize).copied().unwrap_or_default();
        let base = bases.get(sale.row()).copied().unwrap_or(0).wrapping_add(sums.of_category(category));
        let sets = Sets {
            lists: self.facts.attributes,
            table: sums.of_attributes(),
            sums: &mut self.found.attribute_sets,
        };
        let (codes, tables) = (self.facts.codes(&items, standing), sums.tables(base, &[]));
        let most = known.add_run(codes, tables, sets, ranks, summary.places_of(number));
        self.keep(sale, number, most);
        most.is_some()
    }

    /// Keeps what the items that were scored last reach: all of a category of a sale, by its number in the sale's summary, but those
    /// of which something is said that no table says.
    pub(super) fn keep_reached(&mut self, sale: SaleIndex, number: u32) {
        self.keep(sale, number, self.scores.iter().copied().max());
    }

    fn keep(&mut self, sale: SaleIndex, number: u32, most: Option<i32>) {
        let found = self.catalogue.summary(sale).first_category() + number as usize;
        if let (Some(most), Some(found)) = (most, self.found.categories.get_mut(found)) {
            *found = most;
        }
    }

    /// The scores of the items at some places in a sale.
    pub(super) fn places(&mut self, sale: SaleIndex, places: &[u32]) -> &[i32] {
        let items = self.facts.items_of(sale);
        let standing = self.standing.values.get(items.clone()).unwrap_or(&[]);
        let codes = self.facts.codes(&items, standing);
        let [attribute_sets, _] = codes.large;
        let table = self.said.all.sums.of_attributes();
        sum_lists(attribute_sets, places, self.facts.attributes, table, &mut self.found.attribute_sets);
        let base = self.said.all.bases.get(sale.row()).copied().unwrap_or(0);
        score(codes, self.said.all.sums.tables(base, &self.found.attribute_sets), places, &mut self.scores);
        let (few, of_all) = (self.said.all.sums.few_of(&items), self.said.all.sums.of_all());
        let mut scores = core::mem::take(&mut self.scores);
        let quietly = self.quietly(sale);
        if !few.is_empty() || !of_all.is_empty() || quietly.is_some() {
            for (place, score) in places.iter().zip(&mut scores) {
                let row = items.start + *place as usize;
                let flags = self.facts.flags.get(row).copied().unwrap_or(0);
                if let Some(discreet) = quietly.filter(|_| ItemFlags(flags).sensitive()) {
                    *score = discreet.sums.at(
                        &self.facts,
                        row,
                        standing.get(*place as usize).copied().unwrap_or(0),
                    );
                } else {
                    let found = few.binary_search_by_key(&row, |(row, _)| *row as usize).ok();
                    let single = found.and_then(|at| few.get(at)).map_or(0, |(_, value)| *value);
                    let dense = of_all.get(row).copied().unwrap_or(0);
                    *score = score.wrapping_add(single).wrapping_add(dense);
                }
            }
        }
        self.scores = scores;
        &self.scores
    }
}

fn clamped(value: i64) -> i32 {
    value.clamp(i32::MIN.into(), i32::MAX.into()) as i32
}

/// The most that sets of sizes in stock say, being one of these.
fn most_of_size_sets(size_sets: &[u32], sums: &Sums) -> i64 {
    let [_, table] = sums.tables(0, &[]).large;
    if table.is_empty() { 0 } else { i64::from(most(size_sets, table).unwrap_or(0)) }
}

/// What the attributes of one item say at most, being some of these: of each name the strongest, as often as an item may have
/// one.
fn most_of_attributes(catalogue: &Catalogue, attributes: &[u32], sums: &Sums) -> i64 {
    let table = sums.of_attributes();
    if table.is_empty() {
        return 0;
    }
    most_of_groups(attributes, catalogue.attribute_names(), catalogue.most_of_attribute_names(), table)
}
