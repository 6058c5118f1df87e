//! The demo shop: an invented flash-sale shop, the same for the same seed and date.
//!
//! It writes what a real shop would hand in, a feed folder and a click log, so that the demo takes the same
//! path as everybody. [`Plan`] says what to make and [`Demo`] makes it; [`calendar`] opens the sales,
//! [`brands`] invents who sells, [`sales`] fills a sale with items ([`naming`], [`prices`], [`stock`],
//! [`record`]) from the vocabulary in [`words`], and [`rules`] are its promotions and campaigns. [`clicks`]
//! simulates shoppers of the days before, [`personas`] twelve that tests and documents know by name.
//! Shares and sizes come from the project's domain facts; every draw comes from [`chance`].

mod brands;
mod calendar;
mod chance;
mod clicks;
mod naming;
pub(crate) mod outcomes;
pub(crate) mod personas;
mod prices;
mod record;
pub(crate) mod reports;
mod rules;
mod sales;
mod stock;
mod words;

#[cfg(test)]
mod lists;
#[cfg(test)]
mod tests;

use crate::feeds::{AttributeName, Feed, Named, Shop, clock};
use anyhow::{Context, Result};
use brands::Brand;
use calendar::{CYCLE_DAYS, Calendar, FESTIVAL_SALE_DAYS};
use sales::Opening;
use std::path::Path;
use windowshop::base::time::{DAY, MINUTE, Timestamp};
use windowshop::catalogue::input::{BrandInput, CategoryInput};
use words::Words;

/// The demo shop's zone.
pub(crate) const ZONE: &str = "Asia/Shanghai";
/// The minute of the day at which sales open: 10:00.
const OPENING_MINUTE: u16 = 600;
/// Days that a preview is visible before its opening.
const PREVIEW_DAYS: i64 = 3;
/// Items that a preview shows when its opening is more than a day away.
const PREVIEW_ITEMS: usize = 40;
/// Brands in rotation, and at full scale.
const BRANDS: usize = 360;
const BRANDS_FULL: usize = 3_000;

/// What to make.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Plan {
    /// Another seed gives another shop.
    pub(crate) seed: u64,
    /// The day the shop is made for, since 1970-01-01.
    pub(crate) day: i64,
    /// Whether at full scale: about 100,000 items live instead of 10,000.
    pub(crate) full: bool,
}

/// The opening hour of a day.
fn opening_of(day: i64) -> Timestamp {
    instant_of(day, i64::from(OPENING_MINUTE))
}

/// A minute of a day in the shop's zone.
fn instant_of(day: i64, minute: i64) -> Timestamp {
    let wall = Timestamp(day * DAY + minute * MINUTE);
    // The offset of the wall clock's own reading serves: the zone has had a single one since 1992.
    let offset = clock::zone(ZONE)
        .zip(jiff::Timestamp::from_millisecond(wall.0).ok())
        .map_or(0, |(zone, at)| i64::from(zone.to_offset(at).seconds()));
    wall.plus(-offset * 1_000)
}

/// Everything that the shop is made from, once it is drawn.
struct Street {
    words: Words,
    brands: Vec<Brand>,
    calendar: Calendar,
}

impl Street {
    fn of(plan: &Plan) -> Result<Self> {
        let words = Words::read()?;
        let count = if plan.full { BRANDS_FULL } else { BRANDS };
        let brands = brands::make(plan.seed, count, &words);
        anyhow::ensure!(brands.len() == count, "the word lists make only {} brands", brands.len());
        let calendar =
            Calendar::new(plan.seed, count, plan.day - personas::CALENDAR_DAYS, plan.day + CYCLE_DAYS);
        Ok(Self { words, brands, calendar })
    }

    /// The sales that open on the days from `first` to `last`.
    fn openings(&self, first: i64, last: i64) -> Vec<Opening<'_>> {
        let mut openings = Vec::new();
        for day in first..=last {
            for number in self.calendar.openings(day) {
                if let Some(brand) = self.brands.get(number) {
                    openings.push(Opening { brand, number, day, length: self.calendar.length(number, day) });
                }
            }
        }
        openings
    }
}

/// The demo shop, drawn and ready to be written down.
pub(crate) struct Demo {
    plan: Plan,
    street: Street,
}

impl Demo {
    /// Draws brands and calendar.
    pub(crate) fn draw(plan: Plan) -> Result<Self> {
        Ok(Self { street: Street::of(&plan)?, plan })
    }

    /// The feed of the plan's day: every sale that is open at some hour of it, and the previews.
    pub(crate) fn feed(&self) -> Result<Feed> {
        shop(&self.plan, &self.street)
    }

    /// What the demo shop asks its shoppers, as `questions.json` of a feed. At full scale more brands are announced at a
    /// time than a question can have answers, and a question about one of them is not asked.
    pub(crate) fn questions(&self) -> Result<String> {
        let all = include_str!("demo/data/questions.json");
        if !self.plan.full {
            return Ok(all.to_owned());
        }
        let mut questions: Vec<serde_json::Value> = serde_json::from_str(all)?;
        questions.retain(|question| question.get("domain").is_none_or(|domain| domain != "announced_brands"));
        Ok(serde_json::to_string_pretty(&questions)?)
    }

    /// What the demo shop changed, as `heard.json` beside its packs.
    pub(crate) fn heard() -> &'static str {
        include_str!("demo/data/heard.json")
    }

    /// Writes the click log of the days before; returns its sessions and clicks.
    pub(crate) fn write_clicks(&self, path: &Path) -> Result<(u64, u64)> {
        clicks::write(&self.plan, &self.street, path)
    }
}

fn shop(plan: &Plan, street: &Street) -> Result<Feed> {
    let openings = street.openings(plan.day - FESTIVAL_SALE_DAYS, plan.day + PREVIEW_DAYS);
    let (mut sales, mut items) = (Vec::new(), Vec::new());
    for opening in openings.iter().filter(|opening| opening.day + opening.length >= plan.day) {
        let most = if opening.day > plan.day + 1 { PREVIEW_ITEMS } else { usize::MAX };
        sales.push(opening.sale(plan, &street.words));
        items.extend(opening.items(plan, &street.words, most));
    }
    let first = openings.first().map_or(plan.day, |opening| opening.day);
    let shop = Shop {
        currency: "CNY".into(),
        exponent: 2,
        zone: ZONE.into(),
        opening_minute: OPENING_MINUTE,
        preview_days: PREVIEW_DAYS as u16,
        languages: vec!["en".into(), "zh".into()],
        made: Some(instant_of(plan.day, 0)),
    };
    Ok(Feed {
        rules: rules::rules(&shop)?,
        shop,
        brands: brand_rows(street, plan, first),
        categories: category_rows(&street.words),
        sales,
        items,
        attributes: attribute_rows(&street.words),
    })
}

fn attribute_rows(words: &Words) -> Vec<Named<AttributeName>> {
    let row = |(attribute, word): (String, words::Word)| Named {
        row: AttributeName { attribute },
        names: vec![word.en, word.zh],
        line: 0,
    };
    words.attributes().into_iter().map(row).collect()
}

fn brand_rows(street: &Street, plan: &Plan, first: i64) -> Vec<Named<BrandInput>> {
    let latest = street.calendar.latest(plan.day - 2 * CYCLE_DAYS, first);
    let row = |(number, brand): (usize, &Brand)| Named {
        row: BrandInput {
            id: brand.id.clone(),
            tier: brand.tier,
            interval_days: Some(CYCLE_DAYS as u16),
            last_opened: latest.get(&number).map(|day| opening_of(*day)),
        },
        // A brand writes its name the same way everywhere.
        names: vec![brand.name.clone(), brand.name.clone()],
        line: 0,
    };
    street.brands.iter().enumerate().map(row).collect()
}

fn category_rows(words: &Words) -> Vec<Named<CategoryInput>> {
    let row = |row: &words::CategoryRow| Named {
        row: CategoryInput {
            id: row.id.clone(),
            parent: row.parent.clone(),
            replenish_days: row.replenish_days,
        },
        names: vec![row.en.clone(), row.zh.clone()],
        line: 0,
    };
    words.categories.iter().map(row).collect()
}

/// The day that holds an instant in the shop's zone, since 1970-01-01.
pub(crate) fn day_of(at: jiff::Timestamp) -> Result<i64> {
    let zone = clock::zone(ZONE).context("the shop's zone is not in the database")?;
    let offset = i64::from(zone.to_offset(at).seconds()) * 1_000;
    Ok((at.as_millisecond() + offset).div_euclid(DAY))
}
