//! The tables of Complete Journey, read into what the evaluation counts.

use crate::feeds::clock::date_days;
use crate::training::rows::Rows;
use anyhow::{Context, Result};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use windowshop::base::maps::Map;

/// The tables, by household.
pub(super) struct Data {
    pub(super) campaigns: BTreeMap<u32, Campaign>,
    pub(super) households: Map<u32, Household>,
    /// Brand and category of each product.
    pub(super) products: Map<u32, (u32, u32)>,
    pub(super) last_day: i64,
}

#[derive(Default)]
pub(super) struct Campaign {
    pub(super) kind: String,
    pub(super) start: i64,
    pub(super) end: i64,
    pub(super) sent_to: Vec<u32>,
    /// Products of each coupon.
    pub(super) coupons: BTreeMap<String, Vec<u32>>,
    pub(super) brands: BTreeSet<u32>,
    pub(super) categories: BTreeSet<u32>,
    pub(super) products: BTreeSet<u32>,
    /// What everybody had spent on a coupon's products before it began.
    pub(super) popularity: BTreeMap<String, i64>,
}

#[derive(Default)]
pub(super) struct Household {
    /// Day, basket, product, cents, whether a coupon was used, whether a price was cut.
    pub(super) lines: Vec<Line>,
    /// Day, campaign and coupon.
    pub(super) redeemed: Vec<(i64, u32, String)>,
}

#[derive(Clone, Copy)]
pub(super) struct Line {
    pub(super) day: i64,
    pub(super) basket: u64,
    pub(super) product: u32,
    pub(super) cents: i64,
    pub(super) coupon: bool,
    pub(super) cut: bool,
}

/// Reads the tables of a folder.
///
/// # Errors
/// Where one cannot be read or is off.
pub(super) fn read(folder: &Path) -> Result<Data> {
    let table = |name: &str| -> Result<Rows> { Ok(Rows::open(&folder.join(format!("{name}.parquet")))?) };
    let mut campaigns: BTreeMap<u32, Campaign> = BTreeMap::new();
    let mut rows = table("campaign_descriptions")?;
    let columns = (
        rows.need("campaign_id")?,
        rows.need("campaign_type")?,
        rows.need("start_date")?,
        rows.need("end_date")?,
    );
    while rows.advance()? {
        let of = campaigns.entry(number(&rows, columns.0)?).or_default();
        of.kind = rows.cell(columns.1).into();
        of.start = day(&rows, columns.2)?;
        of.end = day(&rows, columns.3)?;
    }
    let mut rows = table("campaigns")?;
    let columns = (rows.need("campaign_id")?, rows.need("household_id")?);
    while rows.advance()? {
        let household = number(&rows, columns.1)?;
        campaigns.entry(number(&rows, columns.0)?).or_default().sent_to.push(household);
    }
    let mut products = Map::default();
    let mut categories: BTreeMap<String, u32> = BTreeMap::new();
    let mut rows = table("products")?;
    let columns = (
        rows.need("product_id")?,
        rows.find("manufacturer_id")?.context("products has no manufacturer_id")?,
        rows.find("product_category")?.context("products has no product_category")?,
    );
    while rows.advance()? {
        let next = categories.len() as u32 + 1;
        let category = *categories.entry(rows.cell(columns.2).into()).or_insert(next);
        products.insert(number(&rows, columns.0)?, (number(&rows, columns.1).unwrap_or(0), category));
    }
    let mut rows = table("coupons")?;
    let columns = (rows.need("coupon_upc")?, rows.need("product_id")?, rows.need("campaign_id")?);
    while rows.advance()? {
        let product = number(&rows, columns.1)?;
        let of = campaigns.entry(number(&rows, columns.2)?).or_default();
        of.coupons.entry(rows.cell(columns.0).into()).or_default().push(product);
        of.products.insert(product);
        if let Some((brand, category)) = products.get(&product) {
            of.brands.insert(*brand);
            of.categories.insert(*category);
        }
    }
    for of in campaigns.values_mut() {
        of.sent_to.sort_unstable();
        of.sent_to.dedup();
    }
    let mut households: Map<u32, Household> = Map::default();
    let mut rows = table("coupon_redemptions")?;
    let columns = (
        rows.need("household_id")?,
        rows.need("coupon_upc")?,
        rows.need("campaign_id")?,
        rows.need("redemption_date")?,
    );
    let mut last_day = 0;
    while rows.advance()? {
        let of = households.entry(number(&rows, columns.0)?).or_default();
        let day = day(&rows, columns.3)?;
        last_day = last_day.max(day);
        of.redeemed.push((day, number(&rows, columns.2)?, rows.cell(columns.1).into()));
    }
    let mut rows = table("transactions")?;
    let columns = (
        rows.need("household_id")?,
        rows.need("basket_id")?,
        rows.need("product_id")?,
        rows.need("sales_value")?,
        rows.need("transaction_timestamp")?,
    );
    let cuts = (rows.need("retail_disc")?, rows.need("coupon_disc")?);
    while rows.advance()? {
        let amount = |column: usize| rows.cell(column).parse::<f64>().unwrap_or_default();
        let line = Line {
            day: day(&rows, columns.4)?,
            basket: rows.cell(columns.1).parse().unwrap_or_default(),
            product: number(&rows, columns.2)?,
            cents: libm::round(amount(columns.3) * 100.0) as i64,
            coupon: amount(cuts.1) > 0.0,
            cut: amount(cuts.0) > 0.0,
        };
        households.entry(number(&rows, columns.0)?).or_default().lines.push(line);
    }
    for of in campaigns.values_mut() {
        let mut spent: Map<u32, i64> = Map::default();
        for line in
            households.values().flat_map(|household| &household.lines).filter(|line| line.day < of.start)
        {
            *spent.entry(line.product).or_default() += line.cents;
        }
        let on = |products: &Vec<u32>| products.iter().filter_map(|product| spent.get(product)).sum();
        of.popularity = of.coupons.iter().map(|(coupon, products)| (coupon.clone(), on(products))).collect();
    }
    Ok(Data { campaigns, households, products, last_day })
}

fn number(rows: &Rows, column: usize) -> Result<u32> {
    rows.cell(column)
        .parse()
        .map_err(|_| rows.wrong("row", format!("{:?} is not a number", rows.cell(column))).into())
}

/// A day since 1970: written as a date, an instant, or milliseconds.
fn day(rows: &Rows, column: usize) -> Result<i64> {
    let text = rows.cell(column);
    if let Some(days) = text.get(..10).and_then(date_days) {
        return Ok(i64::from(days));
    }
    match text.parse::<i64>() {
        // Days where it is small, as Parquet has dates; else milliseconds.
        Ok(small) if small.abs() < 1_000_000 => Ok(small),
        Ok(milliseconds) => Ok(milliseconds.div_euclid(86_400_000)),
        Err(_) => Err(rows.wrong("row", format!("{text:?} is not a day")).into()),
    }
}
