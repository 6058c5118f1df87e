//! What all signals say together: a table behind each fact of an item, and a few rows.
//!
//! Signals add to the tables, whose sizes are those of the shop's words (brands, categories, attributes) and not of its
//! catalogue. What they say of an item is `scorer`'s business.

use crate::base::ids::{ItemIndex, SaleIndex};
use crate::base::order;
use crate::catalogue::{Catalogue, Qualities};
use crate::kernel::score::{ByteTable, Codes, Lists, Tables, add_dense};
use crate::kernel::sets::Sets;
use alloc::boxed::Box;
use alloc::vec::Vec;

/// What the signals added so far. A table that nobody added to is empty and stands for zeros.
pub struct Sums {
    sales: Vec<i32>,
    brands: Vec<i32>,
    categories: Vec<i32>,
    attributes: Vec<i32>,
    size_sets: Vec<i32>,
    /// Price bands, whole percents off and roles, all of them codes of a byte.
    bytes: Box<[ByteTable; 3]>,
    /// Thousandths of the items' qualities.
    quality: i32,
    rows: Vec<(u32, i32)>,
    dense: Vec<i32>,
}

impl Default for Sums {
    fn default() -> Self {
        Self {
            sales: Vec::new(),
            brands: Vec::new(),
            categories: Vec::new(),
            attributes: Vec::new(),
            size_sets: Vec::new(),
            bytes: Box::new([[0; 256]; 3]),
            quality: 0,
            rows: Vec::new(),
            dense: Vec::new(),
        }
    }
}

/// Adds a table to another, which grows to its length.
fn add(sums: &mut Vec<i32>, table: &[i32]) {
    if table.iter().all(|value| *value == 0) {
        return;
    }
    if sums.len() < table.len() {
        sums.resize(table.len(), 0);
    }
    add_dense(sums, table);
}

fn at(table: &[i32], code: usize) -> i32 {
    table.get(code).copied().unwrap_or(0)
}

impl Sums {
    /// Adds a contribution for each sale.
    pub(super) fn sales(&mut self, table: &[i32]) {
        add(&mut self.sales, table);
    }

    /// Adds a contribution for each brand.
    pub(super) fn brands(&mut self, table: &[i32]) {
        add(&mut self.brands, table);
    }

    /// Adds a contribution for each category.
    pub(super) fn categories(&mut self, table: &[i32]) {
        add(&mut self.categories, table);
    }

    /// Adds a contribution for each attribute; an item has those of all its attributes.
    pub(super) fn attributes(&mut self, table: &[i32]) {
        add(&mut self.attributes, table);
    }

    /// Adds a contribution for each set of sizes in stock.
    pub(super) fn size_sets(&mut self, table: &[i32]) {
        add(&mut self.size_sets, table);
    }

    /// Adds a contribution for each price band.
    pub(super) fn price_bands(&mut self, table: &[i32]) {
        add_dense(&mut self.bytes[0], table);
    }

    /// Adds a contribution for each whole percent off.
    pub(super) fn percents_off(&mut self, table: &[i32]) {
        add_dense(&mut self.bytes[1], table);
    }

    /// Adds a contribution for each role.
    pub(super) fn roles(&mut self, table: &[i32]) {
        add_dense(&mut self.bytes[2], table);
    }

    /// Adds thousandths of every item's quality; one signal does.
    pub(super) fn quality(&mut self, thousandths: i32) {
        self.quality = thousandths;
    }

    /// Adds contributions of a few items.
    pub(super) fn rows(&mut self, rows: &[(u32, i32)]) {
        self.rows.extend_from_slice(rows);
    }

    /// Adds a contribution for each of so many items: for what no table can tell.
    pub(super) fn dense(&mut self, items: usize, contribution: impl Fn(ItemIndex) -> i32) {
        let values: Vec<i32> = (0..items).map(|row| contribution(ItemIndex(row as u32))).collect();
        add(&mut self.dense, &values);
    }

    /// Adds all that others say.
    pub(in crate::recommend) fn all(&mut self, others: &Self) {
        self.sales(&others.sales);
        self.brands(&others.brands);
        self.categories(&others.categories);
        self.attributes(&others.attributes);
        self.size_sets(&others.size_sets);
        for (sums, table) in self.bytes.iter_mut().zip(others.bytes.iter()) {
            add_dense(sums, table);
        }
        self.quality += others.quality;
        self.rows(&others.rows);
        add(&mut self.dense, &others.dense);
    }

    /// Puts what was said of single items in order, all that was said of one together.
    pub(in crate::recommend) fn settle(&mut self) {
        order::sort_by_key(&mut self.rows, |(row, _)| *row);
        self.rows.dedup_by(|later, kept| {
            let same = later.0 == kept.0;
            if same {
                kept.1 = kept.1.wrapping_add(later.1);
            }
            same
        });
    }

    /// What was said of single items, by ascending row once it is settled.
    pub(in crate::recommend) fn few(&self) -> &[(u32, i32)] {
        &self.rows
    }

    /// The same of rows in a range.
    pub(in crate::recommend) fn few_of(&self, rows: &core::ops::Range<usize>) -> &[(u32, i32)] {
        let before = |end: usize| self.rows.partition_point(|(row, _)| (*row as usize) < end);
        if self.rows.is_empty() {
            return &[];
        }
        self.rows.get(before(rows.start)..before(rows.end)).unwrap_or(&[])
    }

    /// What was said of every item; empty where tables say it all.
    pub(in crate::recommend) fn of_all(&self) -> &[i32] {
        &self.dense
    }

    /// What was said of each attribute.
    pub(in crate::recommend) fn of_attributes(&self) -> &[i32] {
        &self.attributes
    }

    /// What is said of a category.
    pub(in crate::recommend) fn of_category(&self, category: u32) -> i32 {
        at(&self.categories, category as usize)
    }

    /// What is said of a sale and its brand: every item of it has that.
    pub(in crate::recommend) fn base(&self, sale: usize, brand: usize) -> i32 {
        at(&self.sales, sale).wrapping_add(at(&self.brands, brand))
    }

    /// What [`Standing`](crate::recommend::Standing) is worked out by: what is said of whole percents off, and thousandths of
    /// quality.
    pub(in crate::recommend) fn of_shop(&self) -> (&ByteTable, i32) {
        let [_, percents, _] = &*self.bytes;
        (percents, self.quality)
    }

    /// The tables as the kernel takes them; `attribute_sets` has what is said of each set of attributes.
    pub(in crate::recommend) fn tables<'a>(&'a self, base: i32, attribute_sets: &'a [i32]) -> Tables<'a> {
        let [bands, _, roles] = &*self.bytes;
        Tables {
            small: [bands, roles],
            medium: &self.categories,
            large: [attribute_sets, &self.size_sets],
            base,
        }
    }

    /// What is said of one row, by settled sums; `standing` is what the shop says of it.
    pub(in crate::recommend) fn at(&self, facts: &Facts<'_>, row: usize, standing: i32) -> i32 {
        let [bands, _, roles] = &*self.bytes;
        let byte = |(table, column): (&ByteTable, &[u8])| {
            column.get(row).map_or(0, |code| at(table, usize::from(*code)))
        };
        let word =
            |table: &[i32], column: &[u16]| column.get(row).map_or(0, |code| at(table, usize::from(*code)));
        let [attribute_sets, size_sets] = facts.sets;
        let set = attribute_sets.get(row).map_or(0, |set| *set as usize);
        let few = self.rows.binary_search_by_key(&row, |(row, _)| *row as usize).ok();
        let words = [
            word(&self.sales, facts.sales),
            at(&self.brands, facts.brand(ItemIndex(row as u32))),
            word(&self.categories, facts.categories),
            facts.attributes.sum(set, &self.attributes),
            size_sets.get(row).map_or(0, |set| at(&self.size_sets, *set as usize)),
            at(&self.dense, row),
            standing,
            few.and_then(|at| self.rows.get(at)).map_or(0, |(_, value)| *value),
        ];
        let bytes = [bands, roles].into_iter().zip(facts.bytes).map(byte);
        words.into_iter().chain(bytes).fold(0, i32::wrapping_add)
    }
}

/// The columns that tables stand behind, looked up once.
#[derive(Debug, Clone, Copy)]
pub(in crate::recommend) struct Facts<'a> {
    sales: &'a [u16],
    /// The brand of each sale, and where its items begin.
    sale_brands: &'a [u16],
    sale_items: &'a [u32],
    pub(in crate::recommend) categories: &'a [u16],
    /// Place of each item among the ascending stable ids: breaks ties.
    pub(in crate::recommend) ranks: &'a [u32],
    /// Yes-or-no facts of each item.
    pub(in crate::recommend) flags: &'a [u8],
    bytes: [&'a [u8]; 2],
    percents_off: &'a [u8],
    /// How good items were found to be.
    pub(super) qualities: Qualities<'a>,
    sets: [&'a [u32]; 2],
    /// The attributes of each set.
    pub(in crate::recommend) attributes: Lists<'a>,
    /// The sizes of each set of sizes in stock.
    sizes: &'a Sets,
}

impl<'a> Facts<'a> {
    /// Those of a catalogue.
    pub(in crate::recommend) fn of(catalogue: &'a Catalogue) -> Self {
        Self {
            sales: catalogue.item_sales(),
            sale_brands: catalogue.sale_brands(),
            sale_items: catalogue.sale_starts(),
            categories: catalogue.item_categories(),
            ranks: catalogue.item_id_ranks(),
            flags: catalogue.item_flags(),
            bytes: [catalogue.price_bands(), catalogue.roles()],
            percents_off: catalogue.percents_off(),
            qualities: catalogue.qualities(),
            sets: [catalogue.attribute_sets(), catalogue.size_sets()],
            attributes: catalogue.attribute_lists(),
            sizes: catalogue.sets_of_sizes(),
        }
    }

    /// The rows of a sale's items.
    pub(in crate::recommend) fn items_of(&self, sale: SaleIndex) -> core::ops::Range<usize> {
        let start = |row: usize| self.sale_items.get(row).map_or(0, |start| *start as usize);
        start(sale.row())..start(sale.row() + 1)
    }

    /// The row of a sale's brand.
    pub(in crate::recommend) fn brand_of(&self, sale: SaleIndex) -> u16 {
        self.sale_brands.get(sale.row()).copied().unwrap_or(0)
    }

    /// An item's whole percent off.
    pub(super) fn percent_off(&self, item: ItemIndex) -> usize {
        self.percents_off.get(item.row()).map_or(0, |percent| usize::from(*percent))
    }

    /// The row of an item's brand.
    pub(super) fn brand(&self, item: ItemIndex) -> usize {
        usize::from(self.brand_of(SaleIndex(self.sale(item) as u32)))
    }

    /// The row of an item's category.
    pub(super) fn category(&self, item: ItemIndex) -> usize {
        self.categories.get(item.row()).map_or(0, |category| usize::from(*category))
    }

    /// The row of an item's sale.
    pub(super) fn sale(&self, item: ItemIndex) -> usize {
        self.sales.get(item.row()).map_or(0, |sale| usize::from(*sale))
    }

    /// An item's price band.
    pub(super) fn price_band(&self, item: ItemIndex) -> usize {
        let [bands, _] = self.bytes;
        bands.get(item.row()).map_or(0, |band| usize::from(*band))
    }

    /// The code of an item's role.
    pub(super) fn role(&self, item: ItemIndex) -> usize {
        let [_, roles] = self.bytes;
        roles.get(item.row()).map_or(0, |role| usize::from(*role))
    }

    /// The rows of an item's attributes.
    pub(super) fn attributes_of(&self, item: ItemIndex) -> &'a [u32] {
        let [sets, _] = self.sets;
        sets.get(item.row()).map_or(&[], |set| self.attributes.get(*set as usize))
    }

    /// The rows of the sizes that an item is left in.
    pub(super) fn sizes_of(&self, item: ItemIndex) -> &'a [u16] {
        let [_, sets] = self.sets;
        sets.get(item.row()).map_or(&[], |set| self.sizes.get(*set as usize))
    }

    /// The codes of consecutive rows, as the kernel takes them; `standing` is what the shop says of each of these.
    pub(in crate::recommend) fn codes<'c>(
        &self,
        rows: &core::ops::Range<usize>,
        standing: &'c [i32],
    ) -> Codes<'c>
    where
        'a: 'c,
    {
        Codes {
            small: self.bytes.map(|column| cut(column, rows)),
            medium: cut(self.categories, rows),
            large: self.sets.map(|column| cut(column, rows)),
            values: standing,
        }
    }
}

fn cut<'a, T>(column: &'a [T], rows: &core::ops::Range<usize>) -> &'a [T] {
    column.get(rows.clone()).unwrap_or(&[])
}
