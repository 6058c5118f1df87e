//! The display companions: what is on sale, in one language, for a page that runs without the engine.
//!
//! The shelf holds every item, the front the first few of each sale, for the first paint. Both have one shape,
//! [`Shelf`]; `pkg/ts/companions.ts` has it in TypeScript and turns a row into the API's `Item`. Items lie in
//! columns: it is the same for every shopper, and columns compress best.

use crate::feeds::Texts;
use serde::Serialize;
use std::collections::BTreeMap;
use windowshop::base::ids::{BrandIndex, CategoryIndex, ItemIndex, SaleIndex};
use windowshop::catalogue::Catalogue;

/// The layout that this command writes.
pub(crate) const FORMAT: u32 = 1;
/// Items of each sale that the front carries, at most and at least.
const FRONT_ITEMS: (usize, usize) = (6, 2);
/// Items of the front in all, where that leaves each sale its least: a phone on 3G waits for them.
const FRONT_ITEMS_ALL: usize = 900;

/// How many items of each sale the front of a catalogue carries.
pub(crate) fn front_items(catalogue: &Catalogue) -> usize {
    let (most, least) = FRONT_ITEMS;
    (FRONT_ITEMS_ALL / catalogue.sale_count().max(1)).clamp(least, most)
}

/// A display companion.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Shelf<'a> {
    format: u32,
    /// State hash of the pack, in hex.
    pack: String,
    language: &'a str,
    made: i64,
    currency: Currency<'a>,
    zone: ZoneTable<'a>,
    /// The minute of the shop's day at which sales open.
    opening_minute: u16,
    preview_days: u16,
    /// By id.
    brands: Vec<BrandRow<'a>>,
    /// By id.
    categories: Vec<CategoryRow<'a>>,
    /// By opening, then id.
    sales: Vec<SaleRow<'a>>,
    /// Texts of sizes, by which `items.stock` names them.
    sizes: Vec<&'a str>,
    /// `name=value`, by which `items.attributes` names them.
    attributes: Vec<&'a str>,
    items: Items<'a>,
}

#[derive(Debug, Clone, Serialize)]
struct Currency<'a> {
    code: &'a str,
    exponent: u8,
}

#[derive(Debug, Clone, Serialize)]
struct ZoneTable<'a> {
    name: &'a str,
    /// From each instant (UTC milliseconds) on, seconds east of UTC.
    offsets: Vec<(i64, i32)>,
}

#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
struct BrandRow<'a> {
    id: &'a str,
    name: &'a str,
    tier: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    expected_back: Option<i64>,
}

#[derive(Debug, Clone, Serialize)]
struct CategoryRow<'a> {
    id: &'a str,
    name: &'a str,
    /// Row of the category above; absent for a top one.
    #[serde(skip_serializing_if = "Option::is_none")]
    parent: Option<usize>,
}

#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
struct SaleRow<'a> {
    id: &'a str,
    title: &'a str,
    brand: usize,
    /// The category most of its items are in.
    category: usize,
    opens: i64,
    closes: i64,
    /// How many items it has in all, also those not in this file.
    items: usize,
    percent_off_up_to: u8,
}

/// Columns, one entry an item.
#[derive(Debug, Clone, Default, Serialize)]
#[serde(rename_all = "camelCase")]
struct Items<'a> {
    id: Vec<&'a str>,
    name: Vec<&'a str>,
    /// Row of `sales`.
    sale: Vec<usize>,
    /// Row of `categories`.
    category: Vec<usize>,
    price: Vec<i64>,
    list_price: Vec<i64>,
    /// 0 where the shop does not say it.
    lowest_price: Vec<i64>,
    /// Size, units left, units at opening, size, and so on.
    stock: Vec<Vec<u32>>,
    /// Times 100; 0 where nobody rated.
    rating: Vec<u16>,
    rating_count: Vec<u32>,
    sold: Vec<u32>,
    returned: Vec<u32>,
    /// Eight counts by row, of the items that have any.
    return_reasons: BTreeMap<usize, [u32; 8]>,
    /// 1 sensitive, 2 authenticity insured, 4 off season.
    flags: Vec<u8>,
    /// Days since 1970-01-01 by row, of the items that have it.
    shelf_life: BTreeMap<usize, u32>,
    /// Id of the outfit by row, of the items that have one.
    outfit: BTreeMap<usize, &'a str>,
    attributes: Vec<Vec<u32>>,
}

/// The companion of a catalogue in one language, with at most `per_sale` items of each sale that are in stock
/// (`None`: all of them).
pub(crate) fn of<'a>(catalogue: &'a Catalogue, texts: &'a Texts, per_sale: Option<usize>) -> Shelf<'a> {
    let meta = catalogue.meta();
    let mut order: Vec<SaleIndex> = (0..catalogue.sale_count() as u32).map(SaleIndex).collect();
    order.sort_by_key(|sale| (catalogue.sale_times(*sale).0, catalogue.sale_id(*sale)));
    let items = items(catalogue, texts, &order, per_sale);
    Shelf {
        format: FORMAT,
        pack: catalogue.state().to_hex(),
        language: &texts.language,
        made: meta.created.0,
        currency: Currency { code: &meta.currency, exponent: meta.exponent },
        zone: ZoneTable {
            name: catalogue.zone().name(),
            offsets: catalogue.zone().transitions().iter().map(|(from, offset)| (from.0, *offset)).collect(),
        },
        opening_minute: meta.opening_minute,
        preview_days: meta.preview_days,
        brands: (0..catalogue.brand_count()).map(|row| brand(catalogue, texts, row)).collect(),
        categories: (0..catalogue.category_count()).map(|row| category(catalogue, texts, row)).collect(),
        sales: order.iter().map(|sale| sale_row(catalogue, texts, *sale)).collect(),
        sizes: (0..catalogue.size_count() as u16).map(|size| catalogue.size_text(size)).collect(),
        attributes: (0..catalogue.attribute_count() as u32)
            .map(|row| catalogue.attribute_text(row))
            .collect(),
        items,
    }
}

fn name(names: &[String], row: usize) -> &str {
    names.get(row).map_or("", String::as_str)
}

fn brand<'a>(catalogue: &'a Catalogue, texts: &'a Texts, row: usize) -> BrandRow<'a> {
    let brand = BrandIndex(row as u32);
    BrandRow {
        id: catalogue.brand_id(brand),
        name: name(&texts.brands, row),
        tier: catalogue.brand_tier(brand).name(),
        expected_back: catalogue.brand_expected(brand).map(|at| at.0),
    }
}

fn category<'a>(catalogue: &'a Catalogue, texts: &'a Texts, row: usize) -> CategoryRow<'a> {
    let category = CategoryIndex(row as u32);
    CategoryRow {
        id: catalogue.category_id(category),
        name: name(&texts.categories, row),
        parent: catalogue.category_parent(category).map(CategoryIndex::row),
    }
}

fn sale_row<'a>(catalogue: &'a Catalogue, texts: &'a Texts, sale: SaleIndex) -> SaleRow<'a> {
    let rows = catalogue.sale_items(sale);
    let (opens, closes) = catalogue.sale_times(sale);
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    for row in rows.clone() {
        *counts.entry(catalogue.item_category(ItemIndex(row as u32)).row()).or_default() += 1;
    }
    // The first of equally large ones: a map's maximum by (count, descending row).
    let category = counts.iter().max_by_key(|(row, count)| (**count, std::cmp::Reverse(**row)));
    SaleRow {
        id: catalogue.sale_id(sale),
        title: name(&texts.sales, sale.row()),
        brand: catalogue.sale_brand(sale).row(),
        category: category.map_or(0, |(row, _)| *row),
        opens: opens.0,
        closes: closes.0,
        items: rows.len(),
        percent_off_up_to: rows.map(|row| catalogue.percent_off(ItemIndex(row as u32))).max().unwrap_or(0),
    }
}

fn items<'a>(
    catalogue: &'a Catalogue,
    texts: &'a Texts,
    order: &[SaleIndex],
    per_sale: Option<usize>,
) -> Items<'a> {
    let mut items = Items::default();
    for (place, sale) in order.iter().enumerate() {
        let rows = catalogue.sale_items(*sale).map(|row| ItemIndex(row as u32));
        let shown: Vec<ItemIndex> = match per_sale {
            None => rows.collect(),
            Some(most) => rows.filter(|item| catalogue.units_left(*item) > 0).take(most).collect(),
        };
        for item in shown {
            items.push(catalogue, texts, place, item);
        }
    }
    items
}

impl<'a> Items<'a> {
    fn push(&mut self, catalogue: &'a Catalogue, texts: &'a Texts, sale: usize, item: ItemIndex) {
        let row = self.id.len();
        let (rating, rating_count) = catalogue.rating(item).unwrap_or((0, 0));
        let (sold, returned) = catalogue.sold_and_returned(item);
        self.id.push(catalogue.item_id(item));
        self.name.push(name(&texts.items, item.row()));
        self.sale.push(sale);
        self.category.push(catalogue.item_category(item).row());
        self.price.push(catalogue.price(item));
        self.list_price.push(catalogue.list_price(item));
        self.lowest_price.push(catalogue.lowest_price(item).unwrap_or(0));
        let stock = catalogue.stock(item);
        let sizes = |text: &str| catalogue.find_size(text).map_or(0, u32::from);
        self.stock.push(stock.flat_map(|stock| [sizes(stock.size), stock.left, stock.at_opening]).collect());
        self.rating.push(rating);
        self.rating_count.push(rating_count);
        self.sold.push(sold);
        self.returned.push(returned);
        let reasons = catalogue.return_reasons(item);
        if reasons.iter().any(|count| *count > 0) {
            self.return_reasons.insert(row, reasons);
        }
        self.flags.push(catalogue.flags(item).0);
        if let Some(days) = catalogue.shelf_life_days(item) {
            self.shelf_life.insert(row, days);
        }
        if let Some(outfit) = catalogue.outfit(item) {
            self.outfit.insert(row, outfit);
        }
        self.attributes.push(catalogue.attributes(item).to_vec());
    }
}
