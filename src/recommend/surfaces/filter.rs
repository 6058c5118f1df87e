//! The filter that truly holds: what no surface shows, whatever its score.

use super::super::context::Context;
use super::super::decision::Request;
use super::tier::{LeftOut, Pool, Tier};
use crate::base::ids::{CategoryIndex, ItemIndex, SaleIndex};
use crate::base::maps::Set;
use crate::base::order;
use crate::catalogue::Catalogue;
use crate::kernel::filter;
use crate::shopper::{Event, EventKind};
use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec;
use alloc::vec::Vec;

/// What a memory leaves out of lists, by row.
#[derive(Debug, Default)]
pub(in crate::recommend) struct Out {
    /// Items dismissed.
    items: Vec<u32>,
    /// Items in the bag or bought.
    bought: Vec<u32>,
    /// By brand row: dismissed; empty where none is.
    brands: Vec<bool>,
    /// Categories dismissed, and those under a dismissed one.
    categories: Arc<LeftOut>,
}

impl Out {
    /// What the memory of a context leaves out.
    pub(in crate::recommend) fn of(context: &Context<'_>) -> Self {
        let (catalogue, marks) = (context.catalogue, context.marks());
        // Nobody dismissed anything in most memories: then nothing is kept, and nothing looked up.
        let count = if marks.brands.is_empty() { 0 } else { catalogue.brand_count() };
        let mut brands = vec![false; count];
        for brand in marks.brands.iter().filter_map(|id| catalogue.find_brand(id)) {
            if let Some(slot) = brands.get_mut(brand.row()) {
                *slot = true;
            }
        }
        let dismissed: Vec<CategoryIndex> =
            marks.categories.iter().filter_map(|id| catalogue.find_category(id)).collect();
        let count = if dismissed.is_empty() { 0 } else { catalogue.category_count() };
        let categories =
            (0..count as u32).map(|row| under(catalogue, CategoryIndex(row), &dismissed)).collect();
        let rows = |ids: &mut dyn Iterator<Item = &String>| -> Vec<u32> {
            ids.filter_map(|id| catalogue.find_item(id)).map(|item| item.0).collect()
        };
        let orders: &[Event] = if context.consent.remembers() { context.history.orders() } else { &[] };
        let bought = orders.iter().filter(|order| order.kind == EventKind::Purchase);
        let bought = bought.flat_map(|order| &order.items).map(|item| &item.id);
        Self {
            items: rows(&mut marks.items.iter()),
            bought: rows(&mut marks.bag.iter().chain(bought)),
            brands,
            categories: Arc::new(LeftOut::of(catalogue, categories)),
        }
    }
}

/// What is left out of every list: hidden items, dismissed ones, those a request excludes, and sizes not looked for.
pub(super) struct Filter<'a> {
    context: &'a Context<'a>,
    out: &'a Out,
    /// Item rows dismissed or excluded.
    items: Set<u32>,
    /// When each sale opens and closes.
    opens: &'a [i64],
    closes: &'a [i64],
    /// The sizes looked for; empty where any will do.
    sizes: &'a [String],
}

impl<'a> Filter<'a> {
    /// The filter of a request.
    pub(super) fn new(context: &'a Context<'a>, request: &'a Request) -> Self {
        let catalogue = context.catalogue;
        let out = context.recall.out(context);
        let excluded = request.exclude.iter().filter_map(|id| catalogue.find_item(id)).map(|item| item.0);
        Self {
            context,
            out,
            items: out.items.iter().copied().chain(excluded).collect(),
            opens: catalogue.opens(),
            closes: catalogue.closes(),
            sizes: &request.sizes,
        }
    }

    /// Leaves out one more item.
    pub(super) fn without(mut self, item: ItemIndex) -> Self {
        self.items.insert(item.0);
        self
    }

    /// Leaves out what was bought already or lies in the bag.
    pub(super) fn without_bought(mut self) -> Self {
        self.items.extend(&self.out.bought);
        self
    }

    /// Whether an item may be shown at all, in stock or not.
    pub(super) fn shows(&self, item: ItemIndex) -> bool {
        let catalogue = self.context.catalogue;
        let is = |column: &[bool], row: usize| column.get(row).copied().unwrap_or(false);
        !is(&self.out.brands, catalogue.item_brand(item).row())
            && !is(&self.out.categories.rows, catalogue.item_category(item).row())
            && !self.items.contains(&item.0)
            && !catalogue.is_hidden(item)
    }

    /// Whether an item is in stock, in a size looked for where it comes in several.
    pub(super) fn in_stock(&self, item: ItemIndex) -> bool {
        let catalogue = self.context.catalogue;
        if self.sizes.is_empty() {
            return catalogue.units_left(item) > 0;
        }
        let single = catalogue.stock(item).count() == 1;
        let fits = |size: &str| single || self.sizes.iter().any(|asked| asked == size);
        catalogue.stock(item).any(|row| row.left > 0 && fits(row.size))
    }

    /// Rows, ascending, of items in stock in some sales.
    fn rows(&self, sales: Vec<u32>) -> Vec<u32> {
        let mut rows = Tier::Sales(self.pool(sales)).rows(self.context.catalogue).into_owned();
        if !self.sizes.is_empty() {
            rows.retain(|row| self.in_stock(ItemIndex(*row)));
        }
        rows
    }

    /// Items in stock in the sales that `wanted` holds for.
    pub(super) fn tier(&self, wanted: &dyn Fn(SaleIndex) -> bool) -> Tier {
        let all = (0..self.context.catalogue.sale_count() as u32).collect();
        self.tier_of(kept(all, wanted))
    }

    /// Items in stock in the sales that are open now and that `wanted` holds for.
    pub(super) fn open_tier(&self, wanted: &dyn Fn(SaleIndex) -> bool) -> Tier {
        self.tier_of(kept(self.open(), wanted))
    }

    /// Items in stock in all sales that are open now.
    pub(super) fn whole_open_tier(&self) -> Tier {
        self.tier_of(self.open())
    }

    fn tier_of(&self, sales: Vec<u32>) -> Tier {
        if self.sizes.is_empty() { Tier::Sales(self.pool(sales)) } else { self.rows(sales).into() }
    }

    /// The sales that are open now.
    fn open(&self) -> Vec<u32> {
        filter::open(self.opens, self.closes, self.context.now.0)
    }

    /// The same in any size.
    fn pool(&self, mut sales: Vec<u32>) -> Pool {
        // A sale is one brand's.
        if !self.out.brands.is_empty() {
            let brand = |sale: SaleIndex| usize::from(self.context.facts.brand_of(sale));
            sales = kept(sales, &|sale| self.out.brands.get(brand(sale)) != Some(&true));
        }
        let mut items: Vec<u32> = self.items.iter().copied().collect();
        order::sort(&mut items);
        Pool::new(self.context.catalogue, sales, Arc::clone(&self.out.categories), items)
    }

    /// Rows, ascending, of all that can be bought now.
    pub(super) fn buyable(&self) -> Vec<u32> {
        self.rows(self.open())
    }

    /// Whether a sale is open now.
    pub(super) fn is_open(&self, sale: SaleIndex) -> bool {
        let time = |column: &[i64]| column.get(sale.row()).copied().unwrap_or(i64::MAX);
        time(self.opens) <= self.context.now.0 && self.context.now.0 < time(self.closes)
    }
}

/// Those of some sales that something holds for.
fn kept(mut sales: Vec<u32>, holds: &dyn Fn(SaleIndex) -> bool) -> Vec<u32> {
    sales.retain(|sale| holds(SaleIndex(*sale)));
    sales
}

/// Whether a category is one of some, or lies under one.
pub(super) fn under(catalogue: &Catalogue, category: CategoryIndex, of: &[CategoryIndex]) -> bool {
    catalogue.category_line(category).any(|here| of.contains(&here))
}
