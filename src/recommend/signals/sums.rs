//! What all signals say together: a table behind each fact of an item, and a few rows.
//!
//! Signals add to the tables, whose sizes are those of the shop's words (brands, categories, sets of attributes) and not of its
//! catalogue; then one walk over the catalogue sums what the tables say of each item ([`Sums::scores`]).

use super::{CONTRIBUTION_MAX, weighted};
use crate::base::ids::SaleIndex;
use crate::catalogue::Catalogue;
use crate::kernel::score::{ByteTable, Codes, Tables, add_dense, add_sparse, score};
use alloc::boxed::Box;
use alloc::vec;
use alloc::vec::Vec;

/// What the signals added so far. A table that nobody added to is empty and stands for zeros.
pub struct Sums {
    sales: Vec<i32>,
    brands: Vec<i32>,
    categories: Vec<i32>,
    attribute_sets: Vec<i32>,
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
            attribute_sets: Vec::new(),
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

    /// Adds a contribution for each set of attributes.
    pub(super) fn attribute_sets(&mut self, table: &[i32]) {
        add(&mut self.attribute_sets, table);
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

    /// Adds a contribution for each item: for what no table can tell.
    pub(super) fn dense(&mut self, values: &[i32]) {
        add(&mut self.dense, values);
    }

    /// Adds all that others say.
    pub(in crate::recommend) fn all(&mut self, others: &Self) {
        self.sales(&others.sales);
        self.brands(&others.brands);
        self.categories(&others.categories);
        self.attribute_sets(&others.attribute_sets);
        self.size_sets(&others.size_sets);
        for (sums, table) in self.bytes.iter_mut().zip(others.bytes.iter()) {
            add_dense(sums, table);
        }
        self.quality += others.quality;
        self.rows(&others.rows);
        self.dense(&others.dense);
    }

    /// The score of every item of the sales that hold any of the rows; of no use for all others.
    pub(in crate::recommend) fn scores<'a>(
        &self,
        catalogue: &Catalogue,
        rows: impl IntoIterator<Item = &'a u32>,
    ) -> Vec<i32> {
        let mut scores = vec![0; catalogue.item_count()];
        let facts = Facts::of(catalogue);
        let mut wanted = vec![false; catalogue.sale_count()];
        for row in rows {
            let sale = facts.sales.get(*row as usize).map_or(0, |sale| usize::from(*sale));
            if let Some(wanted) = wanted.get_mut(sale) {
                *wanted = true;
            }
        }
        for (row, _) in wanted.iter().enumerate().filter(|(_, wanted)| **wanted) {
            let sale = SaleIndex(row as u32);
            let items = catalogue.sale_items(sale);
            let Some(scores) = scores.get_mut(items.clone()) else { continue };
            // A sale is one brand's, and lies in one piece.
            let base =
                at(&self.sales, sale.row()).wrapping_add(at(&self.brands, catalogue.sale_brand(sale).row()));
            let [bands, percents, roles] = facts.bytes.map(|column| column.get(items.clone()).unwrap_or(&[]));
            let [attribute_sets, size_sets] =
                facts.sets.map(|column| column.get(items.clone()).unwrap_or(&[]));
            let codes = Codes {
                small: [bands, percents, roles],
                medium: facts.categories.get(items.clone()).unwrap_or(&[]),
                large: [attribute_sets, size_sets],
                values: facts.qualities.get(items).unwrap_or(&[]),
            };
            let [bands, percents, roles] = &*self.bytes;
            let tables = Tables {
                small: [bands, percents, roles],
                medium: &self.categories,
                large: [&self.attribute_sets, &self.size_sets],
                factor: self.quality,
                bound: CONTRIBUTION_MAX,
                base,
            };
            score(codes, tables, scores);
        }
        if !self.dense.is_empty() {
            add_dense(&mut scores, &self.dense);
        }
        add_sparse(&mut scores, &self.rows);
        scores
    }

    /// Puts what this says of some rows in the place of their scores.
    pub(in crate::recommend) fn put(&self, catalogue: &Catalogue, rows: &[u32], scores: &mut [i32]) {
        let facts = Facts::of(catalogue);
        for row in rows {
            if let Some(score) = scores.get_mut(*row as usize) {
                *score = self.at(&facts, *row as usize);
            }
        }
        for (row, value) in self.rows.iter().filter(|(row, _)| rows.binary_search(row).is_ok()) {
            add_sparse(scores, &[(*row, *value)]);
        }
    }

    /// What the tables say of one row.
    fn at(&self, facts: &Facts<'_>, row: usize) -> i32 {
        let byte = |(table, column): (&ByteTable, &[u8])| {
            column.get(row).map_or(0, |code| at(table, usize::from(*code)))
        };
        let word =
            |table: &[i32], column: &[u16]| column.get(row).map_or(0, |code| at(table, usize::from(*code)));
        let large =
            |table: &[i32], column: &[u32]| column.get(row).map_or(0, |code| at(table, *code as usize));
        let [attribute_sets, size_sets] = facts.sets;
        let words = [
            word(&self.sales, facts.sales),
            word(&self.brands, facts.brands),
            word(&self.categories, facts.categories),
            large(&self.attribute_sets, attribute_sets),
            large(&self.size_sets, size_sets),
            at(&self.dense, row),
            weighted(i64::from(at(facts.qualities, row)), self.quality),
        ];
        words.into_iter().chain(self.bytes.iter().zip(facts.bytes).map(byte)).fold(0, i32::wrapping_add)
    }
}

/// The columns that tables stand behind, looked up once.
struct Facts<'a> {
    sales: &'a [u16],
    brands: &'a [u16],
    categories: &'a [u16],
    bytes: [&'a [u8]; 3],
    sets: [&'a [u32]; 2],
    qualities: &'a [i32],
}

impl<'a> Facts<'a> {
    fn of(catalogue: &'a Catalogue) -> Self {
        Self {
            sales: catalogue.item_sales(),
            brands: catalogue.item_brands(),
            categories: catalogue.item_categories(),
            bytes: [catalogue.price_bands(), catalogue.percents_off(), catalogue.roles()],
            sets: [catalogue.attribute_sets(), catalogue.size_sets()],
            qualities: catalogue.qualities(),
        }
    }
}
