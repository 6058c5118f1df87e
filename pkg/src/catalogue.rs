//! The catalogue: `ts/catalogue.ts` makes objects of the few rows that are shown.
//!
//! A row of facts is a run of `f64`: every number of a pack is an integer below 2⁵³ and stays exact. What is absent
//! is -1. The order of a row's facts is written at each method and read in `ts/catalogue.ts` alone.

use crate::question::Question;
use crate::refusal::Refusal;
use crate::writer::Writer;
use alloc::vec::Vec;
use serde::Serialize;
use windowshop::base::ids::{BrandIndex, CategoryIndex, ItemIndex, SaleIndex};
use windowshop::engine::Engine;

const ABSENT: f64 = -1.0;

#[derive(Serialize)]
struct Facts<'a> {
    currency: &'a str,
    exponent: u8,
    zone: &'a str,
}

/// Applies a delta, whole: refused with `delta_refused` or `delta_out_of_step`, the catalogue is as it was.
pub(crate) fn apply_delta(
    engine: &mut Engine,
    asked: &mut Question<'_>,
    _: &mut Writer,
) -> Result<(), Refusal> {
    engine.apply_delta(asked.bytes().unwrap_or_default())?;
    Ok(())
}

/// State hash of the pack in force, in hex.
pub(crate) fn state(engine: &mut Engine, _: &mut Question<'_>, answer: &mut Writer) -> Result<(), Refusal> {
    answer.text(&engine.catalogue().state().to_hex());
    Ok(())
}

/// `{ currency, exponent, zone }`.
pub(crate) fn facts(engine: &mut Engine, _: &mut Question<'_>, answer: &mut Writer) -> Result<(), Refusal> {
    let meta = engine.catalogue().meta();
    answer.write(&Facts { currency: &meta.currency, exponent: meta.exponent, zone: &meta.zone });
    Ok(())
}

/// Offset of the shop's zone from UTC at an instant, in milliseconds.
pub(crate) fn zone_offset(
    engine: &mut Engine,
    asked: &mut Question<'_>,
    answer: &mut Writer,
) -> Result<(), Refusal> {
    answer.write(&engine.catalogue().zone().offset(asked.instant()));
    Ok(())
}

/// The shop's day that holds an instant: its opening and the next.
pub(crate) fn shop_day(
    engine: &mut Engine,
    asked: &mut Question<'_>,
    answer: &mut Writer,
) -> Result<(), Refusal> {
    let (opened, next) = engine.catalogue().shop_day(asked.instant());
    answer.write(&[opened.0, next.0]);
    Ok(())
}

/// The stable ids of the brands, by row.
pub(crate) fn brand_ids(
    engine: &mut Engine,
    _: &mut Question<'_>,
    answer: &mut Writer,
) -> Result<(), Refusal> {
    let catalogue = engine.catalogue();
    answer.texts((0..catalogue.brand_count() as u32).map(|row| catalogue.brand_id(BrandIndex(row))));
    Ok(())
}

/// The stable ids of the categories, by row.
pub(crate) fn category_ids(
    engine: &mut Engine,
    _: &mut Question<'_>,
    answer: &mut Writer,
) -> Result<(), Refusal> {
    let catalogue = engine.catalogue();
    answer.texts((0..catalogue.category_count() as u32).map(|row| catalogue.category_id(CategoryIndex(row))));
    Ok(())
}

/// The stable ids of the sales, by row.
pub(crate) fn sale_ids(
    engine: &mut Engine,
    _: &mut Question<'_>,
    answer: &mut Writer,
) -> Result<(), Refusal> {
    let catalogue = engine.catalogue();
    answer.texts((0..catalogue.sale_count() as u32).map(|row| catalogue.sale_id(SaleIndex(row))));
    Ok(())
}

/// The texts of the sizes, by row.
pub(crate) fn size_texts(
    engine: &mut Engine,
    _: &mut Question<'_>,
    answer: &mut Writer,
) -> Result<(), Refusal> {
    let catalogue = engine.catalogue();
    answer.texts((0..catalogue.size_count() as u32).map(|row| catalogue.size_text(row as u16)));
    Ok(())
}

/// The texts of the attributes, each `name=value`, by row.
pub(crate) fn attribute_texts(
    engine: &mut Engine,
    _: &mut Question<'_>,
    answer: &mut Writer,
) -> Result<(), Refusal> {
    let catalogue = engine.catalogue();
    answer.texts((0..catalogue.attribute_count() as u32).map(|row| catalogue.attribute_text(row)));
    Ok(())
}

/// Every sale at an instant, by opening and then id.
pub(crate) fn sales(
    engine: &mut Engine,
    asked: &mut Question<'_>,
    answer: &mut Writer,
) -> Result<(), Refusal> {
    answer.write(&engine.sales(asked.instant()));
    Ok(())
}

/// Every brand at an instant, by id.
pub(crate) fn brands(
    engine: &mut Engine,
    asked: &mut Question<'_>,
    answer: &mut Writer,
) -> Result<(), Refusal> {
    answer.write(&engine.brands(asked.instant()));
    Ok(())
}

/// The brand of a stable id.
pub(crate) fn brand(
    engine: &mut Engine,
    asked: &mut Question<'_>,
    answer: &mut Writer,
) -> Result<(), Refusal> {
    answer.write(&engine.brand(asked.text(), asked.instant()));
    Ok(())
}

/// Every category, by id.
pub(crate) fn categories(
    engine: &mut Engine,
    _: &mut Question<'_>,
    answer: &mut Writer,
) -> Result<(), Refusal> {
    answer.write(&engine.categories());
    Ok(())
}

/// The item rows of a sale in shop order, those sold out last, without hidden ones.
pub(crate) fn item_rows_of(
    engine: &mut Engine,
    asked: &mut Question<'_>,
    answer: &mut Writer,
) -> Result<(), Refusal> {
    answer.words(&engine.item_rows_of(asked.text())?);
    Ok(())
}

/// The row of an item's stable id.
pub(crate) fn item_row(
    engine: &mut Engine,
    asked: &mut Question<'_>,
    answer: &mut Writer,
) -> Result<(), Refusal> {
    answer.write(&engine.catalogue().find_item(asked.text()).map(|item| item.0));
    Ok(())
}

/// Stable id and outfit (empty for none) of each item row asked for.
pub(crate) fn item_texts(
    engine: &mut Engine,
    asked: &mut Question<'_>,
    answer: &mut Writer,
) -> Result<(), Refusal> {
    let catalogue = engine.catalogue();
    let rows = asked.rows();
    answer.texts(rows.iter().flat_map(|row| {
        let item = ItemIndex(*row);
        [catalogue.item_id(item), catalogue.outfit(item).unwrap_or_default()]
    }));
    Ok(())
}

/// Each item row asked for: sale, brand, category, price, list price, lowest price, percent off, flags, rating,
/// rating count, sold, returned, eight counts of return reasons, best-before day, count of sizes, count of attributes;
/// then size, left, at opening for each size; then each attribute.
pub(crate) fn item_facts(
    engine: &mut Engine,
    asked: &mut Question<'_>,
    answer: &mut Writer,
) -> Result<(), Refusal> {
    let catalogue = engine.catalogue();
    let rows = asked.rows();
    let mut facts = Vec::with_capacity(rows.len() * 40);
    for row in rows {
        let item = ItemIndex(row);
        let (rating, rating_count) = catalogue.rating(item).unwrap_or_default();
        let (sold, returned) = catalogue.sold_and_returned(item);
        facts.extend([
            f64::from(catalogue.item_sale(item).0),
            f64::from(catalogue.item_brand(item).0),
            f64::from(catalogue.item_category(item).0),
            catalogue.price(item) as f64,
            catalogue.list_price(item) as f64,
            catalogue.lowest_price(item).map_or(ABSENT, |price| price as f64),
            f64::from(catalogue.percent_off(item)),
            f64::from(catalogue.flags(item).0),
            f64::from(rating),
            f64::from(rating_count),
            f64::from(sold),
            f64::from(returned),
        ]);
        facts.extend(catalogue.return_reasons(item).map(f64::from));
        let attributes = catalogue.attributes(item);
        facts.extend([
            catalogue.shelf_life_days(item).map_or(ABSENT, f64::from),
            catalogue.stock(item).count() as f64,
            attributes.len() as f64,
        ]);
        for row in catalogue.stock(item) {
            let size = catalogue.stock_sizes().get(row.row as usize).copied().unwrap_or_default();
            facts.extend([f64::from(size), f64::from(row.left), f64::from(row.at_opening)]);
        }
        facts.extend(attributes.iter().map(|attribute| f64::from(*attribute)));
    }
    answer.numbers(&facts);
    Ok(())
}
