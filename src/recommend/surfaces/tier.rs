//! Which items a list may show: listed, or as the sales they are of.
//!
//! A page shows few of a hundred thousand items. Named by their sales they need not be listed: they are counted by what is known
//! of each sale ([`Catalogue::summary`]), and only sales that are looked at are walked.

use crate::base::ids::{BrandIndex, ItemIndex, SaleIndex};
use crate::base::maps::Map;
use crate::catalogue::Catalogue;
use crate::kernel::filter;
use alloc::borrow::Cow;
use alloc::sync::Arc;
use alloc::vec::Vec;

/// Items of a list that come before those of the next tier.
#[derive(Debug, Clone)]
pub(in crate::recommend) enum Tier {
    /// Item rows, each once.
    Rows(Vec<u32>),
    /// Items of sales.
    Sales(Pool),
}

/// Categories that are left out, and what that leaves of each sale.
#[derive(Debug, Default)]
pub(super) struct LeftOut {
    /// By row whether a category is left out; empty where none is.
    pub(super) rows: Vec<bool>,
    /// By sale how many of the items that can be shown are of other categories, and how many of them are not sensitive; empty where
    /// no category is left out.
    counts: Vec<(u32, u32)>,
}

impl LeftOut {
    /// Of categories, by row.
    pub(super) fn of(catalogue: &Catalogue, rows: Vec<bool>) -> Self {
        let sales = if rows.is_empty() { 0 } else { catalogue.sale_count() as u32 };
        let counted = |sale| {
            let summary = catalogue.summary(SaleIndex(sale));
            let counts = summary.categories().iter().zip(summary.shown().iter().zip(summary.plain()));
            let left = counts.filter(|(category, _)| rows.get(**category as usize) != Some(&true));
            left.fold((0, 0), |(all, quiet), (_, (shown, plain))| (all + shown, quiet + plain))
        };
        let counts = (0..sales).map(counted).collect();
        Self { rows, counts }
    }

    /// By sale how many of its items can be shown, and how many of them are not sensitive.
    fn counts<'a>(&'a self, catalogue: &'a Catalogue) -> &'a [(u32, u32)] {
        if self.rows.is_empty() { catalogue.counts_of_sales() } else { &self.counts }
    }
}

/// All items of some sales that are in stock, not hidden, and not left out.
#[derive(Debug, Clone)]
pub(in crate::recommend) struct Pool {
    /// The rows of the sales, ascending.
    sales: Vec<u32>,
    /// How many items there are.
    total: usize,
    /// Categories that are left out.
    left_out: Arc<LeftOut>,
    /// Item rows that are left out, ascending.
    items: Vec<u32>,
    /// By sale how many of its items, and how many that are not sensitive, are left out by their row alone.
    missing: Map<u32, (usize, usize)>,
}

impl From<Vec<u32>> for Tier {
    fn from(rows: Vec<u32>) -> Self {
        Self::Rows(rows)
    }
}

impl Default for Tier {
    fn default() -> Self {
        Self::Rows(Vec::new())
    }
}

impl Tier {
    /// How many items there are.
    pub(in crate::recommend) fn count(&self) -> usize {
        match self {
            Self::Rows(rows) => rows.len(),
            Self::Sales(pool) => pool.total,
        }
    }

    /// All rows; those of sales ascend.
    pub(in crate::recommend) fn rows(&self, catalogue: &Catalogue) -> Cow<'_, [u32]> {
        match self {
            Self::Rows(rows) => Cow::Borrowed(rows),
            Self::Sales(pool) => {
                let mut rows = Vec::new();
                for sale in pool.sales() {
                    pool.add_rows(catalogue, sale, &mut rows);
                }
                Cow::Owned(rows)
            }
        }
    }
}

impl Pool {
    /// Of sales, given ascending, without some categories and items, these by ascending row.
    pub(super) fn new(
        catalogue: &Catalogue,
        sales: Vec<u32>,
        left_out: Arc<LeftOut>,
        items: Vec<u32>,
    ) -> Self {
        let total = filter::counted(left_out.counts(catalogue), &sales);
        let mut pool = Self { sales, total, left_out, items, missing: Map::default() };
        let mut missing: Map<u32, (usize, usize)> = Map::default();
        for row in &pool.items {
            let item = ItemIndex(*row);
            if pool.shows(catalogue, item) {
                let (all, plain) = missing.entry(catalogue.item_sale(item).0).or_default();
                *all += 1;
                *plain += usize::from(!catalogue.flags(item).sensitive());
            }
        }
        let of_sales = missing.iter().filter(|(sale, _)| pool.sales.binary_search(sale).is_ok());
        let missed = of_sales.map(|(_, (missing, _))| missing).sum();
        pool.total = pool.total.saturating_sub(missed);
        pool.missing = missing;
        pool
    }

    /// The rows of its sales, ascending.
    pub(in crate::recommend) fn sale_rows(&self) -> &[u32] {
        &self.sales
    }

    /// Its sales, ascending.
    pub(in crate::recommend) fn sales(&self) -> impl Iterator<Item = SaleIndex> {
        self.sales.iter().map(|row| SaleIndex(*row))
    }

    /// Whether a category is left out.
    fn leaves_out(&self, category: u32) -> bool {
        self.left_out().get(category as usize) == Some(&true)
    }

    /// How many items of a sale there are.
    pub(in crate::recommend) fn count(&self, catalogue: &Catalogue, sale: SaleIndex) -> usize {
        self.counts(catalogue, sale).0
    }

    /// How many items of a sale there are that are not sensitive.
    pub(in crate::recommend) fn count_plain(&self, catalogue: &Catalogue, sale: SaleIndex) -> usize {
        self.counts(catalogue, sale).1
    }

    fn counts(&self, catalogue: &Catalogue, sale: SaleIndex) -> (usize, usize) {
        let counts = self.left_out.counts(catalogue).get(sale.row());
        let (shown, plain) = counts.copied().unwrap_or_default();
        let (missing, plainly) = self.missing.get(&sale.0).copied().unwrap_or_default();
        ((shown as usize).saturating_sub(missing), (plain as usize).saturating_sub(plainly))
    }

    /// Whether it has the item at a place of one of its sales.
    pub(in crate::recommend) fn has(&self, catalogue: &Catalogue, sale: SaleIndex, place: u32) -> bool {
        let row = catalogue.sale_items(sale).start as u32 + place;
        let item = ItemIndex(row);
        self.shows(catalogue, item) && self.items.binary_search(&row).is_err()
    }

    /// Whether an item is in stock, not hidden and of no category that is left out.
    fn shows(&self, catalogue: &Catalogue, item: ItemIndex) -> bool {
        catalogue.stocked().get(item.row()) == Some(&true)
            && !catalogue.is_hidden(item)
            && !self.leaves_out(catalogue.item_category(item).0)
    }

    /// By category whether it is left out; those beyond are not.
    pub(in crate::recommend) fn left_out(&self) -> &[bool] {
        &self.left_out.rows
    }

    /// Whether any item of a sale is left out by its row alone.
    pub(in crate::recommend) fn misses(&self, sale: SaleIndex) -> bool {
        !self.missing.is_empty() && self.missing.contains_key(&sale.0)
    }

    /// Drops those places of a sale, whose first row is `first`, that are left out by their row alone.
    pub(in crate::recommend) fn drop_missing(&self, sale: SaleIndex, first: usize, places: &mut Vec<u32>) {
        if self.misses(sale) {
            places.retain(|place| self.items.binary_search(&(first as u32 + *place)).is_err());
        }
    }

    /// Appends the rows of a sale, ascending.
    pub(in crate::recommend) fn add_rows(&self, catalogue: &Catalogue, sale: SaleIndex, rows: &mut Vec<u32>) {
        let before = rows.len();
        let (stocked, hidden, of) = (catalogue.stocked(), catalogue.hidden(), catalogue.item_categories());
        filter::rows(catalogue.sale_items(sale), stocked, hidden, of, self.left_out(), rows);
        if self.misses(sale) {
            let mut place = 0;
            rows.retain(|row| {
                place += 1;
                place <= before || self.items.binary_search(row).is_err()
            });
        }
    }

    /// The sales of a brand.
    pub(in crate::recommend) fn sales_of(
        &self,
        catalogue: &Catalogue,
        brand: BrandIndex,
    ) -> impl Iterator<Item = SaleIndex> {
        self.sales().filter(move |sale| catalogue.sale_brand(*sale) == brand)
    }
}
