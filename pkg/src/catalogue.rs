//! The catalogue: `ts/catalogue.ts` gives its rows their names.

use crate::question::Question;
use crate::refusal::Refusal;
use crate::writer::Writer;
use serde::Serialize;
use windowshop::base::ids::{BrandIndex, CategoryIndex};
use windowshop::engine::Engine;

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

/// The stable ids of the brands, by row, a line each: they hold no line breaks, and one text is read sooner than thousands.
pub(crate) fn brand_ids(
    engine: &mut Engine,
    _: &mut Question<'_>,
    answer: &mut Writer,
) -> Result<(), Refusal> {
    let catalogue = engine.catalogue();
    answer.lines((0..catalogue.brand_count() as u32).map(|row| catalogue.brand_id(BrandIndex(row))));
    Ok(())
}

/// The stable ids of the categories, by row, a line each.
pub(crate) fn category_ids(
    engine: &mut Engine,
    _: &mut Question<'_>,
    answer: &mut Writer,
) -> Result<(), Refusal> {
    let catalogue = engine.catalogue();
    answer.lines((0..catalogue.category_count() as u32).map(|row| catalogue.category_id(CategoryIndex(row))));
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

/// The row of an item's stable id.
pub(crate) fn item_row(
    engine: &mut Engine,
    asked: &mut Question<'_>,
    answer: &mut Writer,
) -> Result<(), Refusal> {
    answer.write(&engine.catalogue().find_item(asked.text()).map(|item| item.0));
    Ok(())
}

/// The item of a stable id.
pub(crate) fn item(
    engine: &mut Engine,
    asked: &mut Question<'_>,
    answer: &mut Writer,
) -> Result<(), Refusal> {
    answer.write(&engine.item(asked.text()));
    Ok(())
}

/// The items of a sale in shop order, those sold out last, without hidden ones; none where there is no such sale.
pub(crate) fn items_of(
    engine: &mut Engine,
    asked: &mut Question<'_>,
    answer: &mut Writer,
) -> Result<(), Refusal> {
    let rows = engine.item_rows_of(asked.text()).unwrap_or_default();
    answer.list(rows.into_iter().filter_map(|row| engine.item_at(row)));
    Ok(())
}
