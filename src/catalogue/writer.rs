//! Makes a pack from plain rows: checks them, numbers them and lays out the columns.
//!
//! The same input gives the same bytes. Rows are put in a fixed order: brands, categories, sales, sizes and
//! attributes by stable id, items sale by sale in the order given.

mod columns;
mod priors;

pub use columns::seal;

use super::check::ATTRIBUTES_MAX;
use super::format::Section;
use super::input::{CatalogueInput, CovisitationRow, ItemInput};
use super::meta::Meta;
use super::steps::step_of;
use super::views::ItemFlags;
use crate::base::digest::checksum;
use crate::base::ids::{IdError, check_id};
use crate::base::maps::Map;
use crate::base::money::AMOUNT_MAX;
use crate::kernel::bits;
use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;
use columns::{Columns, running_sum, starts};

/// How many price bands a pack has, at most: bands hold equal shares of the items.
pub const PRICE_BANDS: usize = 16;
/// A share of one, in the unit of prior columns.
pub const PRIOR_ONE: u32 = 1_000_000_000;
/// Neighbours kept for an item, strongest first: as many as a long list has items, for fewer are seen to be missing from it
/// (`windowshop evaluate packing`).
pub const NEIGHBOURS_MAX: usize = 48;

/// Why rows cannot become a pack. Nothing is written then.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum WriteError {
    /// An id is empty, too long or holds spaces.
    #[error("{kind} {id:?}: {cause}")]
    Id {
        /// What the id names.
        kind: &'static str,
        /// The id.
        id: String,
        /// What is wrong with it.
        cause: IdError,
    },
    /// Two rows have one id.
    #[error("{kind} {id:?} is there twice; ids are unique")]
    Twice {
        /// What the id names.
        kind: &'static str,
        /// The id.
        id: String,
    },
    /// A row names another that is not there.
    #[error("{kind} {id:?} names {field} {missing:?}, which is not in the feed")]
    Missing {
        /// What the naming row is.
        kind: &'static str,
        /// Its id.
        id: String,
        /// The field.
        field: &'static str,
        /// What it names.
        missing: String,
    },
    /// A value is out of its range.
    #[error("{kind} {id:?}: {field} {problem}")]
    Value {
        /// What the row is.
        kind: &'static str,
        /// Its id.
        id: String,
        /// The field.
        field: &'static str,
        /// What is wrong, and what is allowed.
        problem: &'static str,
    },
    /// There are more rows than a column's width can number.
    #[error("{count} {kind} are more than a pack can number ({limit})")]
    TooMany {
        /// What there is too much of.
        kind: &'static str,
        /// How many there are.
        count: usize,
        /// How many there may be.
        limit: usize,
    },
}

/// Lays out a pack.
///
/// # Errors
/// [`WriteError`] at the first row that cannot be packed.
pub fn write(input: &CatalogueInput) -> Result<Vec<u8>, WriteError> {
    let mut columns = Columns::default();
    let brands = Table::of("brand", input.brands.iter().map(|brand| brand.id.as_str()), u16::MAX as usize)?;
    let categories =
        Table::of("category", input.categories.iter().map(|row| row.id.as_str()), u16::MAX as usize)?;
    let sales = Table::of("sale", input.sales.iter().map(|sale| sale.id.as_str()), u16::MAX as usize)?;

    brands.write_ids(&mut columns, Section::BrandIdStarts, Section::BrandIds);
    let in_order = brands.order.iter().filter_map(|row| input.brands.get(*row));
    columns.put(Section::BrandTier, in_order.clone().map(|brand| brand.tier as u8));
    columns.put(Section::BrandInterval, in_order.clone().map(|brand| brand.interval_days.unwrap_or(0)));
    columns.put(Section::BrandLastOpened, in_order.map(|brand| brand.last_opened.map_or(0, |at| at.0)));

    categories.write_ids(&mut columns, Section::CategoryIdStarts, Section::CategoryIds);
    let mut parents: Vec<u16> = Vec::new();
    for (place, row) in categories.order.iter().filter_map(|row| input.categories.get(*row)).enumerate() {
        parents.push(match &row.parent {
            None => place as u16,
            Some(parent) => categories.find("category", &row.id, "parent", parent)? as u16,
        });
    }
    let above =
        |place: usize| parents.get(place).map(|parent| usize::from(*parent)).filter(|up| *up != place);
    let in_a_ring =
        |from: &usize| core::iter::successors(Some(*from), |here| above(*here)).nth(parents.len()).is_some();
    let in_order = categories.order.iter().filter_map(|row| input.categories.get(*row));
    if let Some(row) = (0..parents.len()).find(in_a_ring).and_then(|place| in_order.clone().nth(place)) {
        return Err(value("category", &row.id, "parent", "leads back to a category beneath it"));
    }
    columns.put(Section::CategoryParent, parents.iter().copied());
    columns.put(Section::CategoryReplenish, in_order.map(|row| row.replenish_days.unwrap_or(0)));

    sales.write_ids(&mut columns, Section::SaleIdStarts, Section::SaleIds);
    let mut sale_brands: Vec<u16> = Vec::new();
    for sale in sales.order.iter().filter_map(|row| input.sales.get(*row)) {
        sale_brands.push(brands.find("sale", &sale.id, "brand", &sale.brand)? as u16);
        if sale.closes <= sale.opens {
            return Err(value("sale", &sale.id, "closes", "must be after it opens"));
        }
    }
    let in_order = sales.order.iter().filter_map(|row| input.sales.get(*row));
    columns.put(Section::SaleBrand, sale_brands.iter().copied());
    columns.put(Section::SaleOpens, in_order.clone().map(|sale| sale.opens.0));
    columns.put(Section::SaleCloses, in_order.map(|sale| sale.closes.0));

    let laid = lay_items(input, &mut columns, &sales, &sale_brands, &categories)?;
    let meta = Meta {
        created: input.created,
        currency: input.currency.clone(),
        exponent: input.exponent,
        zone: input.zone.name().into(),
        offsets: input.zone.transitions().to_vec(),
        opening_minute: input.opening_minute,
        price_edges: laid.price_edges.clone(),
        preview_days: input.preview_days,
        price_unit: laid.price_unit,
    };
    check_meta(&meta)?;
    columns.raw(Section::Meta, postcard::to_allocvec(&meta).unwrap_or_default());
    write_covisitation(&input.trained.covisitation, &laid.row_of, &mut columns);
    let above: Vec<usize> = parents.into_iter().map(usize::from).collect();
    write_priors(input, &laid, &brands, (&categories, &above), &mut columns);
    for (section, bytes) in &input.rooms {
        columns.raw(*section, bytes.clone());
    }
    Ok(columns.finish())
}

fn check_meta(meta: &Meta) -> Result<(), WriteError> {
    if meta.exponent > 6 {
        return Err(value("pack", &meta.currency, "exponent", "is 0 to 6"));
    }
    if meta.currency.len() != 3 || !meta.currency.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return Err(value("pack", &meta.currency, "currency", "is a three-letter ISO 4217 code"));
    }
    if meta.opening_minute >= 1_440 {
        return Err(value("pack", &meta.currency, "opening_minute", "is 0 to 1439"));
    }
    Ok(())
}

fn value(kind: &'static str, id: &str, field: &'static str, problem: &'static str) -> WriteError {
    WriteError::Value { kind, id: id.into(), field, problem }
}

/// Rows of one kind, ordered by stable id.
struct Table<'a> {
    ids: Vec<&'a str>,
    /// Input rows by ascending id.
    order: Vec<usize>,
    /// Place among the ascending ids.
    place: Map<&'a str, usize>,
}

impl<'a> Table<'a> {
    fn of(kind: &'static str, ids: impl Iterator<Item = &'a str>, limit: usize) -> Result<Self, WriteError> {
        let ids: Vec<&str> = ids.collect();
        if ids.len() > limit {
            return Err(WriteError::TooMany { kind, count: ids.len(), limit });
        }
        let mut order: Vec<usize> = (0..ids.len()).collect();
        order.sort_by_key(|row| ids.get(*row).copied().unwrap_or(""));
        let mut place = Map::default();
        for (at, row) in order.iter().enumerate() {
            let id = ids.get(*row).copied().unwrap_or("");
            check_id(id).map_err(|cause| WriteError::Id { kind, id: id.into(), cause })?;
            if place.insert(id, at).is_some() {
                return Err(WriteError::Twice { kind, id: id.into() });
            }
        }
        Ok(Self { ids, order, place })
    }

    fn find(
        &self,
        kind: &'static str,
        id: &str,
        field: &'static str,
        named: &str,
    ) -> Result<usize, WriteError> {
        let missing = || WriteError::Missing { kind, id: id.into(), field, missing: named.into() };
        self.place.get(named).copied().ok_or_else(missing)
    }

    fn write_ids(&self, columns: &mut Columns, starts: Section, bytes: Section) {
        let texts = self.order.iter().map(|row| self.ids.get(*row).copied().unwrap_or(""));
        columns.strings(starts, bytes, texts);
    }
}

/// What later columns need to know of the items.
struct LaidItems<'a> {
    row_of: Map<&'a str, u32>,
    price_edges: Vec<i64>,
    price_unit: i64,
    rows: Vec<&'a ItemInput>,
    brand: Vec<u16>,
    category: Vec<u16>,
    price_band: Vec<u8>,
    sizes: Vec<&'a str>,
    attributes: Vec<&'a str>,
}

fn lay_items<'a>(
    input: &'a CatalogueInput,
    columns: &mut Columns,
    sales: &Table<'_>,
    sale_brands: &[u16],
    categories: &Table<'_>,
) -> Result<LaidItems<'a>, WriteError> {
    if input.items.len() > u32::MAX as usize / 64 {
        return Err(WriteError::TooMany {
            kind: "items",
            count: input.items.len(),
            limit: u32::MAX as usize / 64,
        });
    }
    let mut placed: Vec<(usize, &ItemInput)> = Vec::with_capacity(input.items.len());
    for item in &input.items {
        check_item(item)?;
        placed.push((sales.find("item", &item.id, "sale", &item.sale)?, item));
    }
    placed.sort_by_key(|(sale, _)| *sale);
    let rows: Vec<&ItemInput> = placed.iter().map(|(_, item)| *item).collect();
    let ids = Table::of("item", rows.iter().map(|item| item.id.as_str()), u32::MAX as usize)?;
    columns.strings(Section::ItemIdStarts, Section::ItemIds, rows.iter().map(|item| item.id.as_str()));
    columns.rows(Section::ItemsById, ids.order.iter().map(|row| *row as u32));

    let sale: Vec<u16> = placed.iter().map(|(sale, _)| *sale as u16).collect();
    let brand: Vec<u16> =
        sale.iter().map(|sale| sale_brands.get(usize::from(*sale)).copied().unwrap_or(0)).collect();
    let mut category = Vec::with_capacity(rows.len());
    for item in &rows {
        category.push(categories.find("item", &item.id, "category", &item.category)? as u16);
    }
    let mut firsts = vec![0_u32; sales.ids.len() + 1];
    for at in &sale {
        if let Some(count) = firsts.get_mut(usize::from(*at) + 1) {
            *count += 1;
        }
    }
    columns.put(Section::SaleItems, running_sum(firsts).into_iter());
    columns.put(Section::ItemSale, sale.into_iter());
    columns.put(Section::ItemCategory, category.iter().copied());

    let price_edges = price_edges(&rows);
    let band = |price: i64| price_edges.partition_point(|edge| *edge <= price) as u8;
    let price_band: Vec<u8> = rows.iter().map(|item| band(item.price)).collect();
    let price_unit = price_unit(&rows);
    let units = |amount: i64| (amount / price_unit) as u64;
    columns.narrow(Section::ItemPrice, rows.iter().map(|item| units(item.price)));
    columns.narrow(Section::ItemListPrice, rows.iter().map(|item| units(item.list_price)));
    columns.narrow(Section::ItemLowestPrice, rows.iter().map(|item| units(item.lowest_price.unwrap_or(0))));
    columns.put(Section::ItemPriceBand, price_band.iter().copied());
    columns.put(Section::ItemPercentOff, rows.iter().map(|item| percent_off(item.price, item.list_price)));
    columns.put(Section::ItemFlags, rows.iter().map(|item| flags(item)));
    columns.put(Section::ItemRole, rows.iter().map(|item| item.role as u8));
    columns.put(Section::ItemRating, rows.iter().map(|item| item.rating));
    columns.narrow(Section::ItemRatingCount, rows.iter().map(|item| item.rating_count));
    columns.narrow(Section::ItemSold, rows.iter().map(|item| item.sold));
    columns.narrow(Section::ItemReturned, rows.iter().map(|item| item.returned));
    columns.narrow(Section::ItemShelfLife, rows.iter().map(|item| item.shelf_life_days.unwrap_or(0)));
    let has_returns = |item: &ItemInput| item.return_reasons.iter().any(|count| *count > 0);
    columns.raw(Section::ReturnBits, bits::of(rows.iter().map(|item| has_returns(item))));
    let returned = rows.iter().filter(|item| has_returns(item));
    columns.narrow(Section::ReturnReasons, returned.flat_map(|item| item.return_reasons));

    let outfits = sorted_set(rows.iter().filter_map(|item| item.outfit.as_deref()));
    columns.strings(Section::OutfitIdStarts, Section::OutfitIds, outfits.iter().copied());
    let outfit_of = |item: &&ItemInput| item.outfit.as_deref().map_or(0, |id| place_of(&outfits, id) + 1);
    columns.narrow(Section::ItemOutfit, rows.iter().map(outfit_of));

    let sizes = lay_stock(&rows, columns)?;
    let attributes = lay_attributes(&rows, columns);
    let row_of = rows.iter().enumerate().map(|(row, item)| (item.id.as_str(), row as u32)).collect();
    Ok(LaidItems { row_of, price_edges, price_unit, rows, brand, category, price_band, sizes, attributes })
}

fn check_item(item: &ItemInput) -> Result<(), WriteError> {
    let wrong = |field, problem| Err(value("item", &item.id, field, problem));
    if item.price < 0 || item.list_price > AMOUNT_MAX {
        return wrong("price", "is a non-negative amount of minor units up to 2^53-1");
    }
    if item.list_price < item.price {
        return wrong("list_price", "is not below the price");
    }
    if item.lowest_price.is_some_and(|lowest| !(1..=AMOUNT_MAX).contains(&lowest)) {
        return wrong("lowest_price", "is a positive amount of minor units");
    }
    if item.rating != 0 && !(100..=500).contains(&item.rating) {
        return wrong("rating", "is 1.00 to 5.00");
    }
    if (item.rating == 0) != (item.rating_count == 0) {
        return wrong("rating_count", "is there exactly where a rating is");
    }
    if item.returned > item.sold {
        return wrong("returned", "is at most what was sold");
    }
    if item.return_reasons.iter().map(|count| u64::from(*count)).sum::<u64>() > u64::from(item.returned) {
        return wrong("return_reasons", "count at most what was returned");
    }
    if item.stock.is_empty() {
        return wrong("stock", "has at least one size (`one` for goods without sizes)");
    }
    for (at, row) in item.stock.iter().enumerate() {
        if check_id(&row.size.replace(' ', "_")).is_err() {
            return wrong("stock", "has a size that is empty, too long or holds control characters");
        }
        if row.left > row.at_opening {
            return wrong("stock", "has more left than at opening");
        }
        if item.stock.iter().take(at).any(|earlier| earlier.size == row.size) {
            return wrong("stock", "has a size twice");
        }
    }
    if item.attributes.len() > ATTRIBUTES_MAX as usize {
        return wrong("attributes", "are at most 64");
    }
    for attribute in &item.attributes {
        if attribute.len() > 128
            || attribute.split_once('=').is_none_or(|(name, of)| name.is_empty() || of.is_empty())
        {
            return wrong("attributes", "are `name=value`, at most 128 bytes");
        }
    }
    Ok(())
}

fn percent_off(price: i64, list_price: i64) -> u8 {
    if list_price <= 0 { 0 } else { (i128::from(list_price - price) * 100 / i128::from(list_price)) as u8 }
}

fn flags(item: &ItemInput) -> u8 {
    let bit = |on: bool, bit: u8| if on { bit } else { 0 };
    bit(item.sensitive, ItemFlags::SENSITIVE)
        | bit(item.authenticity_insured, ItemFlags::AUTHENTICITY_INSURED)
        | bit(item.off_season, ItemFlags::OFF_SEASON)
}

/// Edges that put equal shares of the items into at most [`PRICE_BANDS`] bands.
fn price_edges(rows: &[&ItemInput]) -> Vec<i64> {
    let mut prices: Vec<i64> = rows.iter().map(|item| item.price).collect();
    prices.sort_unstable();
    let mut edges: Vec<i64> =
        (1..PRICE_BANDS).filter_map(|band| prices.get(prices.len() * band / PRICE_BANDS).copied()).collect();
    edges.dedup();
    edges
}

/// What all prices are multiples of.
fn price_unit(rows: &[&ItemInput]) -> i64 {
    let amounts = rows.iter().flat_map(|item| [item.price, item.list_price, item.lowest_price.unwrap_or(0)]);
    let common = amounts.fold(0, |mut one: i64, mut other| {
        while other != 0 {
            (one, other) = (other, one % other);
        }
        one
    });
    common.max(1)
}

fn lay_stock<'a>(rows: &[&'a ItemInput], columns: &mut Columns) -> Result<Vec<&'a str>, WriteError> {
    let sizes = sorted_set(rows.iter().flat_map(|item| item.stock.iter().map(|row| row.size.as_str())));
    if sizes.len() > u16::MAX as usize {
        return Err(WriteError::TooMany { kind: "sizes", count: sizes.len(), limit: u16::MAX as usize });
    }
    columns.rows(Section::StockStarts, starts(rows.iter().map(|item| item.stock.len())));
    let stock = rows.iter().flat_map(|item| item.stock.iter());
    columns.narrow(Section::StockSize, stock.clone().map(|row| place_of(&sizes, &row.size)));
    columns.narrow(Section::StockLeft, stock.clone().map(|row| row.left));
    // No more is left than there was (`check_item`).
    columns.narrow(Section::StockSold, stock.map(|row| row.at_opening.saturating_sub(row.left)));
    columns.strings(Section::SizeStarts, Section::Sizes, sizes.iter().copied());
    Ok(sizes)
}

fn lay_attributes<'a>(rows: &[&'a ItemInput], columns: &mut Columns) -> Vec<&'a str> {
    let texts = sorted_set(rows.iter().flat_map(|item| item.attributes.iter().map(String::as_str)));
    let (mut sets, mut numbers): (Vec<Vec<u32>>, BTreeMap<Vec<u32>, u32>) = (Vec::new(), BTreeMap::new());
    let of_items: Vec<u32> = rows
        .iter()
        .map(|item| {
            let mut set: Vec<u32> = item.attributes.iter().map(|text| place_of(&texts, text)).collect();
            set.sort_unstable();
            set.dedup();
            *numbers.entry(set).or_insert_with_key(|set| {
                sets.push(set.clone());
                sets.len() as u32 - 1
            })
        })
        .collect();
    columns.rows(Section::ItemAttributes, of_items.into_iter());
    columns.rows(Section::AttributeStarts, starts(sets.iter().map(Vec::len)));
    columns.put(Section::Attributes, sets.into_iter().flatten());
    columns.strings(Section::AttributeTextStarts, Section::AttributeTexts, texts.iter().copied());
    texts
}

/// Neighbours of one row, with their weights in steps of its largest.
type Steps = Vec<(u32, u8)>;

fn write_covisitation(rows: &[CovisitationRow], row_of: &Map<&str, u32>, columns: &mut Columns) {
    // (key, largest weight, neighbours with their steps)
    let mut laid: Vec<(u64, u32, Steps)> = Vec::new();
    for row in rows {
        let mut neighbours: Vec<(u32, u32)> = row
            .neighbours
            .iter()
            .filter_map(|(id, weight)| row_of.get(id.as_str()).map(|at| (*at, *weight)))
            .filter(|(_, weight)| *weight > 0)
            .collect();
        neighbours.sort_unstable_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        neighbours.truncate(NEIGHBOURS_MAX);
        let Some((_, largest)) = neighbours.first().copied() else { continue };
        let steps = neighbours.into_iter().map(|(at, weight)| (at, step_of(weight, largest))).collect();
        laid.push((checksum(row.item.as_bytes()), largest, steps));
    }
    laid.sort_unstable();
    // Two ids with one 64-bit key would mix two items' neighbours: the later is left out, whole.
    laid.dedup_by_key(|row| row.0);
    columns.put(Section::CovisitationKeys, laid.iter().map(|row| row.0));
    columns.put(Section::CovisitationStarts, starts(laid.iter().map(|row| row.2.len())));
    columns.put(Section::CovisitationItems, laid.iter().flat_map(|row| row.2.iter().map(|step| step.0)));
    columns.put(Section::CovisitationSteps, laid.iter().flat_map(|row| row.2.iter().map(|step| step.1)));
    columns.put(Section::CovisitationLargest, laid.iter().map(|row| row.1));
}

fn write_priors(
    input: &CatalogueInput,
    laid: &LaidItems<'_>,
    brands: &Table<'_>,
    (categories, above): (&Table<'_>, &[usize]),
    columns: &mut Columns,
) {
    let trained = &input.trained;
    let own = count(brands.ids.len(), laid.brand.iter().map(|at| *at as u32));
    let brand = priors::views(&brands.place, (&trained.brand_views, trained.unnamed), own, &[]);
    let own = count(categories.ids.len(), laid.category.iter().map(|at| *at as u32));
    let named = (trained.category_views.as_slice(), trained.unnamed);
    let category = priors::views(&categories.place, named, own, above);
    columns.put(Section::PriorBrand, shares(&brand).into_iter());
    columns.put(Section::PriorCategory, shares(&category).into_iter());
    let bands = count(laid.price_edges.len() + 1, laid.price_band.iter().map(|band| u32::from(*band)));
    columns.put(Section::PriorPriceBand, shares(&bands).into_iter());
    let sizes =
        laid.rows.iter().flat_map(|item| item.stock.iter().map(|row| place_of(&laid.sizes, &row.size)));
    columns.put(Section::PriorSize, shares(&count(laid.sizes.len(), sizes)).into_iter());
    let attributes =
        laid.rows.iter().flat_map(|item| item.attributes.iter().map(|text| place_of(&laid.attributes, text)));
    // An attribute's share is among items, for an item has several.
    let counts = count(laid.attributes.len(), attributes);
    let items = laid.rows.len().max(1) as u64;
    columns.put(Section::PriorAttribute, counts.into_iter().map(|at| prior(at, items)));
}

fn count(rows: usize, places: impl Iterator<Item = u32>) -> Vec<u64> {
    let mut counts = vec![0_u64; rows];
    for place in places {
        if let Some(count) = counts.get_mut(place as usize) {
            *count += 1;
        }
    }
    counts
}

/// Smoothed shares: half a view is added to each, so that nothing has a share of zero.
fn shares(counts: &[u64]) -> Vec<u32> {
    let total: u64 = counts.iter().fold(0, |sum: u64, count| sum.saturating_add(*count));
    let whole = total.saturating_mul(2).saturating_add(counts.len() as u64);
    counts.iter().map(|count| prior(count.saturating_mul(2).saturating_add(1), whole)).collect()
}

fn prior(part: u64, whole: u64) -> u32 {
    (u128::from(part) * u128::from(PRIOR_ONE) / u128::from(whole.max(1))).clamp(1, u128::from(PRIOR_ONE))
        as u32
}

fn sorted_set<'a>(texts: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut set: Vec<&str> = texts.collect();
    set.sort_unstable();
    set.dedup();
    set
}

fn place_of(sorted: &[&str], text: &str) -> u32 {
    sorted.binary_search(&text).unwrap_or(0) as u32
}
