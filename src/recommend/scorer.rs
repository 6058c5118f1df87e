//! The scores of items, a sale at a time, by what the signals said; and what no item of a sale can exceed.
//!
//! Most sales hold nothing that a list would show. Their bound says so without a look at their items, and only the others are
//! scored. What comes of it is the same as if all were.

use super::signals::{Facts, Sums, weighted};
use crate::base::ids::{ItemIndex, SaleIndex};
use crate::catalogue::{Catalogue, Summary};
use crate::kernel::score::{UNKNOWN, add_dense, add_sparse, most, most_of_groups, score, sum_lists};
use alloc::vec;
use alloc::vec::Vec;
use core::ops::Range;

/// By what the bound of a sale is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Told {
    /// By the sale and its brand alone.
    Brand,
    /// By what occurs in it.
    Summary,
}

/// Scores the items of a catalogue for one ranking.
pub(super) struct Scorer<'a> {
    catalogue: &'a Catalogue,
    facts: Facts<'a>,
    all: Sums,
    /// What is said of sensitive goods, where nothing remembered may speak for them.
    discreet: Option<Sums>,
    /// What the attributes of each set say together, as far as it was asked for; empty where none says anything.
    attribute_sets: Vec<i32>,
    /// The most that is said of a single item of each sale.
    most_of_few: Vec<i32>,
    /// The most that tables which differ within sales say of any item: by all, and by `discreet`.
    most_of_tables: (i64, i64),
    scores: Vec<i32>,
}

impl<'a> Scorer<'a> {
    /// Scores by all that was said; of sensitive goods by `discreet` alone, where there is any.
    pub(super) fn new(catalogue: &'a Catalogue, mut all: Sums, mut discreet: Option<Sums>) -> Self {
        all.settle();
        if let Some(discreet) = &mut discreet {
            discreet.settle();
        }
        let mut most_of_few = vec![0; catalogue.sale_count()];
        for (row, value) in all.few().iter().chain(discreet.iter().flat_map(Sums::few)) {
            if let Some(most) = most_of_few.get_mut(catalogue.item_sale(ItemIndex(*row)).row()) {
                *most = (*most).max(*value);
            }
        }
        let everything = catalogue.everything();
        let most_by = |sums: &Sums| most_of_tables(catalogue, sums, &everything, catalogue.item_range());
        let most_of_tables = (most_by(&all), discreet.as_ref().map_or(i64::MIN, most_by));
        let sets = if all.of_attributes().is_empty() { 0 } else { catalogue.attribute_lists().starts.len() };
        Self {
            catalogue,
            facts: Facts::of(catalogue),
            all,
            discreet,
            attribute_sets: vec![UNKNOWN; sets],
            most_of_few,
            most_of_tables,
            scores: Vec::new(),
        }
    }

    /// What no score of a sale's items exceeds, as closely as is asked for.
    pub(super) fn bound(&self, sale: SaleIndex, told: Told) -> i32 {
        let summary = self.catalogue.summary(sale);
        let (all, discreet) = match told {
            Told::Brand => self.most_of_tables,
            Told::Summary => {
                let by = |sums: &Sums| {
                    most_of_tables(self.catalogue, sums, &summary, self.catalogue.sale_items(sale))
                };
                (by(&self.all), self.discreet.as_ref().map_or(i64::MIN, by))
            }
        };
        let all = all.saturating_add(self.base(&self.all, sale));
        let discreet =
            self.discreet.as_ref().filter(|_| summary.sensitive).map(|sums| self.base(sums, sale) + discreet);
        all.max(discreet.unwrap_or(i64::MIN)).clamp(i32::MIN.into(), i32::MAX.into()) as i32
    }

    /// What every item of a sale has, and the most that is said of a single one.
    fn base(&self, sums: &Sums, sale: SaleIndex) -> i64 {
        let few = self.most_of_few.get(sale.row()).map_or(0, |most| i64::from(*most));
        i64::from(sums.base(sale.row(), self.catalogue.sale_brand(sale).row())) + few
    }

    /// The scores of all items of a sale.
    pub(super) fn sale(&mut self, sale: SaleIndex) -> &[i32] {
        let items = self.catalogue.sale_items(sale);
        let codes = self.facts.codes(&items);
        let [attribute_sets, _] = codes.large;
        let table = self.all.of_attributes();
        sum_lists(attribute_sets, self.facts.attributes, table, &mut self.attribute_sets);
        self.scores.clear();
        self.scores.resize(items.len(), 0);
        let base = self.all.base(sale.row(), self.catalogue.sale_brand(sale).row());
        score(codes, self.all.tables(base, &self.attribute_sets), &mut self.scores);
        if let Some(of_all) = self.all.of_all().get(items.clone()) {
            add_dense(&mut self.scores, of_all);
        }
        for (row, value) in within(self.all.few(), &items, |(row, _)| *row) {
            add_sparse(&mut self.scores, &[(row - items.start as u32, *value)]);
        }
        if let Some(discreet) = &self.discreet {
            for row in within(self.catalogue.sensitive_items(), &items, |row| *row) {
                if let Some(score) = self.scores.get_mut(*row as usize - items.start) {
                    *score = discreet.at(&self.facts, *row as usize);
                }
            }
        }
        &self.scores
    }

    /// The score of one item.
    pub(super) fn item(&self, item: ItemIndex) -> i32 {
        let discreet = self.discreet.as_ref().filter(|_| self.catalogue.flags(item).sensitive());
        discreet.unwrap_or(&self.all).at(&self.facts, item.row())
    }
}

/// The most that tables which differ within a sale say of an item that has only what is in the summary.
fn most_of_tables(catalogue: &Catalogue, sums: &Sums, summary: &Summary<'_>, items: Range<usize>) -> i64 {
    let tables = sums.tables(0, &[]);
    let [bands, percents, roles] = tables.small;
    let [_, size_sets] = tables.large;
    let (fewest, highest) = summary.percents_off;
    let percents_off = percents.get(usize::from(fewest)..=usize::from(highest)).unwrap_or(&[]);
    let (least, largest) = summary.qualities;
    let quality = |value: i32| i64::from(weighted(value.into(), tables.factor));
    let of = |codes, table| i64::from(most(codes, table).unwrap_or(0));
    let of_all = sums.of_all().get(items).unwrap_or(&[]);
    let parts = [
        of(summary.price_bands, bands),
        i64::from(percents_off.iter().copied().max().unwrap_or(0)),
        of(summary.roles, roles),
        of(summary.categories, tables.medium),
        of(summary.size_sets, size_sets),
        most_of_attributes(catalogue, summary.attributes, sums.of_attributes()),
        quality(least).max(quality(largest)),
        i64::from(of_all.iter().copied().max().unwrap_or(0)),
    ];
    parts.into_iter().sum()
}

/// What the attributes of one item say at most, being some of these: of each name the strongest, as often as an item may have
/// one.
fn most_of_attributes(catalogue: &Catalogue, attributes: &[u32], table: &[i32]) -> i64 {
    if table.is_empty() {
        return 0;
    }
    most_of_groups(attributes, catalogue.attribute_names(), catalogue.most_of_attribute_names(), table)
}

/// Those of ascending rows that lie in a range.
fn within<'r, T>(rows: &'r [T], range: &Range<usize>, row: impl Fn(&T) -> u32) -> &'r [T] {
    let before = |end: usize| rows.partition_point(|one| (row(one) as usize) < end);
    rows.get(before(range.start)..before(range.end)).unwrap_or(&[])
}
