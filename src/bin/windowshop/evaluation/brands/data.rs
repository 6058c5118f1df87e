//! Events and days of the data of brands, and the pack of a day.

use super::super::shop::{self, Shop};
use super::BrandSettings;
use crate::training::rows::Rows;
use anyhow::{Context, Result};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::BufReader;
use std::ops::Range;
use std::path::Path;
use windowshop::base::time::{DAY, Timestamp};
use windowshop::catalogue::format::Section;
use windowshop::catalogue::input::{CategoryInput, TrainedInput};
use windowshop::recommend::Weights;
use windowshop::shopper::{Event, EventId, EventKind, RememberedItem};

/// The first day: 2014-04-15T00:00Z.
const FIRST_DAY: Timestamp = Timestamp(1_397_520_000_000);
/// Views that fade are counted in so many parts.
const VIEW: f64 = 1_000.0;

/// What the file holds.
pub(super) struct Data {
    /// Each shopper's events, oldest first.
    shoppers: BTreeMap<u64, Vec<Event>>,
    /// Shoppers that looked at a brand on a day, by day and brand.
    views: BTreeMap<(i64, String), u64>,
    brands: BTreeSet<String>,
}

/// What one shopper looked at on one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Visit {
    /// Who.
    pub(super) shopper: u64,
    /// Days after the first.
    pub(super) day: i64,
    /// The brands looked at.
    pub(super) brands: BTreeSet<String>,
}

/// Midnight at the start of a day.
pub(super) fn start_of(day: i64) -> Timestamp {
    FIRST_DAY.plus(day * DAY)
}

fn day_of(at: Timestamp) -> i64 {
    at.since(FIRST_DAY).div_euclid(DAY)
}

/// Reads the test days.
pub(super) fn test_visits(file: &Path) -> Result<Vec<Visit>> {
    let opened = File::open(file).with_context(|| format!("cannot read {}", file.display()))?;
    let text = BufReader::new(flate2::bufread::MultiGzDecoder::new(BufReader::new(opened)));
    let rows: Vec<(u64, i64, Vec<u64>)> =
        serde_json::from_reader(text).with_context(|| format!("{} is off", file.display()))?;
    let day = |(shopper, day, brands): (u64, i64, Vec<u64>)| {
        anyhow::ensure!(
            super::TEST_DAYS.contains(&day) && !brands.is_empty(),
            "{}: day {day} of user {shopper} is no test day or names no brand",
            file.display()
        );
        Ok(Visit { shopper, day, brands: brands.iter().map(u64::to_string).collect() })
    };
    rows.into_iter().map(day).collect()
}

impl Data {
    /// Reads the events.
    pub(super) fn read(file: &Path) -> Result<Self> {
        let mut rows = Rows::open(file)?;
        let (shopper, brand, event, date) =
            (rows.need("user_id")?, rows.need("brand_id")?, rows.need("event")?, rows.need("date")?);
        let mut data = Self { shoppers: BTreeMap::new(), views: BTreeMap::new(), brands: BTreeSet::new() };
        let mut viewers: BTreeSet<(i64, String, u64)> = BTreeSet::new();
        let mut sequence = 0;
        while rows.advance()? {
            let number = |field, column| {
                rows.cell(column).parse::<u64>().map_err(|_| rows.wrong(field, "is a whole number"))
            };
            let (shopper, brand) = (number("user_id", shopper)?, number("brand_id", brand)?.to_string());
            let at = Timestamp(number("date", date)? as i64);
            let kind = match rows.cell(event) {
                "click" => EventKind::ViewItem,
                "fav" => EventKind::AddToWishlist,
                "cart" => EventKind::AddToCart,
                "buy" => EventKind::Purchase,
                _ => return Err(rows.wrong("event", "is `click`, `fav`, `cart` or `buy`").into()),
            };
            sequence += 1;
            let item = RememberedItem {
                id: format!("of-{brand}"),
                brand: Some(brand.clone()),
                quantity: 1,
                ..RememberedItem::default()
            };
            let event = Event {
                id: EventId { tab: 1, sequence },
                at,
                kind,
                items: vec![item],
                brand: None,
                category: None,
                order: (kind == EventKind::Purchase).then(|| format!("order-{sequence}")),
                term: None,
                reason: None,
                promotion: None,
                question: None,
                list: None,
            };
            viewers.insert((day_of(at), brand.clone(), shopper));
            data.brands.insert(brand);
            data.shoppers.entry(shopper).or_default().push(event);
        }
        for events in data.shoppers.values_mut() {
            events.sort_by_key(Event::key);
        }
        for (day, brand, _) in viewers {
            *data.views.entry((day, brand)).or_insert(0) += 1;
        }
        Ok(data)
    }

    /// The days of a span on which a shopper with earlier days looked at brands.
    pub(super) fn visits(&self, span: Range<i64>) -> Vec<Visit> {
        let mut days = Vec::new();
        for (shopper, events) in &self.shoppers {
            let first = events.first().map_or(i64::MAX, |event| day_of(event.at));
            let mut brands: BTreeMap<i64, BTreeSet<String>> = BTreeMap::new();
            for event in events {
                let day = day_of(event.at);
                if span.contains(&day) && first < day {
                    let looked = event.items.iter().filter_map(|item| item.brand.clone());
                    brands.entry(day).or_default().extend(looked);
                }
            }
            days.extend(brands.into_iter().map(|(day, brands)| Visit { shopper: *shopper, day, brands }));
        }
        days
    }

    fn before(&self, asked: &Visit) -> impl Iterator<Item = &Event> {
        let now = start_of(asked.day);
        let events = self.shoppers.get(&asked.shopper).map_or(&[][..], Vec::as_slice);
        events.iter().take_while(move |event| event.at < now)
    }

    /// What the shopper did before a day.
    pub(super) fn events_before(&self, asked: &Visit) -> Vec<Event> {
        self.before(asked).cloned().collect()
    }

    /// Whether the shopper looked at a brand before a day.
    pub(super) fn has_looked(&self, asked: &Visit, brand: &str) -> bool {
        self.before(asked).flat_map(|event| &event.items).any(|item| item.brand.as_deref() == Some(brand))
    }

    /// The pack of a day: every brand, with the views of the days before, faded.
    pub(super) fn pack(&self, day: i64, settings: BrandSettings) -> Result<Vec<u8>> {
        let mut views: BTreeMap<&String, u64> = BTreeMap::new();
        for ((viewed, brand), shoppers) in self.views.iter().filter(|((viewed, _), _)| *viewed < day) {
            let half_lives = (day - 1 - viewed) as f64 / f64::from(settings.trend_days.max(1));
            let part = libm::round(libm::exp2(-half_lives) * VIEW) as u64;
            *views.entry(brand).or_insert(0) += shoppers * part;
        }
        let trained = TrainedInput {
            brand_views: views.into_iter().map(|(brand, views)| (brand.clone(), views)).collect(),
            ..TrainedInput::default()
        };
        let weights = Weights { brands: settings.blend, ..Weights::default() };
        let category = CategoryInput { id: "all".into(), parent: None, replenish_days: None };
        let items = self.brands.first().map(|brand| shop::item("only", brand, "all"));
        let shop = Shop {
            brands: self.brands.iter().cloned().collect(),
            categories: vec![category],
            items: items.into_iter().collect(),
        };
        shop.pack(trained, vec![(Section::Weights, weights.to_section()?)])
    }
}
