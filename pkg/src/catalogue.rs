//! The catalogue as typed arrays: `ts/catalogue.ts` makes objects of the few rows that are shown.
//!
//! A row of facts is a run of `f64`: every number of a pack is an integer below 2⁵³ and stays exact. What is absent
//! is -1. The order of a row's facts is written at each method and read in `ts/catalogue.ts` alone.

use crate::Machine;
use crate::refusal::Refusal;
use crate::values::{instant, write};
use serde::Serialize;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use windowshop::base::ids::{BrandIndex, CategoryIndex, ItemIndex, SaleIndex};
use windowshop::catalogue::Catalogue;

const ABSENT: f64 = -1.0;

#[derive(Serialize)]
struct Facts<'a> {
    currency: &'a str,
    exponent: u8,
    zone: &'a str,
}

impl Machine {
    fn catalogue(&self) -> &Catalogue {
        self.engine.catalogue()
    }
}

#[wasm_bindgen]
impl Machine {
    /// State hash of the pack in force, in hex.
    pub fn state(&self) -> String {
        self.catalogue().state().to_hex()
    }

    /// `{ currency, exponent, zone }`.
    pub fn facts(&self) -> Result<JsValue, Refusal> {
        let meta = self.catalogue().meta();
        write(&Facts { currency: &meta.currency, exponent: meta.exponent, zone: &meta.zone })
    }

    /// Offset of the shop's zone from UTC at an instant, in milliseconds.
    pub fn zone_offset(&self, at: f64) -> f64 {
        self.catalogue().zone().offset(instant(at)) as f64
    }

    /// The shop's day that holds an instant: its opening and the next.
    pub fn shop_day(&self, at: f64) -> Vec<f64> {
        let (opened, next) = self.catalogue().shop_day(instant(at));
        vec![opened.0 as f64, next.0 as f64]
    }

    /// The stable ids of the brands, by row.
    pub fn brand_ids(&self) -> Vec<String> {
        let catalogue = self.catalogue();
        rows(catalogue.brand_count()).map(|row| catalogue.brand_id(BrandIndex(row)).into()).collect()
    }

    /// The stable ids of the categories, by row.
    pub fn category_ids(&self) -> Vec<String> {
        let catalogue = self.catalogue();
        rows(catalogue.category_count()).map(|row| catalogue.category_id(CategoryIndex(row)).into()).collect()
    }

    /// The stable ids of the sales, by row.
    pub fn sale_ids(&self) -> Vec<String> {
        let catalogue = self.catalogue();
        rows(catalogue.sale_count()).map(|row| catalogue.sale_id(SaleIndex(row)).into()).collect()
    }

    /// The texts of the sizes, by row.
    pub fn size_texts(&self) -> Vec<String> {
        let catalogue = self.catalogue();
        rows(catalogue.size_count()).map(|row| catalogue.size_text(row as u16).into()).collect()
    }

    /// The texts of the attributes, each `name=value`, by row.
    pub fn attribute_texts(&self) -> Vec<String> {
        let catalogue = self.catalogue();
        rows(catalogue.attribute_count()).map(|row| catalogue.attribute_text(row).into()).collect()
    }

    /// Every sale at an instant, by opening and then id.
    pub fn sales(&self, at: f64) -> Result<JsValue, Refusal> {
        write(&self.engine.sales(instant(at)))
    }

    /// Every brand at an instant, by id.
    pub fn brands(&self, at: f64) -> Result<JsValue, Refusal> {
        write(&self.engine.brands(instant(at)))
    }

    /// The brand of a stable id.
    pub fn brand(&self, id: &str, at: f64) -> Result<JsValue, Refusal> {
        write(&self.engine.brand(id, instant(at)))
    }

    /// Every category, by id.
    pub fn categories(&self) -> Result<JsValue, Refusal> {
        write(&self.engine.categories())
    }

    /// The item rows of a sale in shop order, those sold out last, without hidden ones.
    pub fn item_rows_of(&self, sale: &str) -> Result<Vec<u32>, Refusal> {
        Ok(self.engine.item_rows_of(sale)?)
    }

    /// The row of an item's stable id.
    pub fn item_row(&self, id: &str) -> Option<u32> {
        self.catalogue().find_item(id).map(|item| item.0)
    }

    /// Stable id and outfit (empty for none) of each item row asked for.
    pub fn item_texts(&self, items: &[u32]) -> Vec<String> {
        let catalogue = self.catalogue();
        let texts = |row: &u32| {
            let item = ItemIndex(*row);
            [catalogue.item_id(item).into(), catalogue.outfit(item).unwrap_or_default().into()]
        };
        items.iter().flat_map(texts).collect()
    }

    /// Each item row asked for: sale, brand, category, price, list price, lowest price, percent off, flags, rating,
    /// rating count, sold, returned, eight counts of return reasons, best-before day, count of sizes, count of attributes;
    /// then size, left, at opening for each size; then each attribute.
    pub fn item_facts(&self, items: &[u32]) -> Vec<f64> {
        let catalogue = self.catalogue();
        let mut facts = Vec::with_capacity(items.len() * 40);
        for row in items {
            let item = ItemIndex(*row);
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
        facts
    }
}

fn rows(count: usize) -> core::ops::Range<u32> {
    0..count as u32
}
