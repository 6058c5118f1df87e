//! Twelve shoppers that the demo, tests and documents share (domain facts, section 3).
//!
//! A persona is a file of `tests/fixtures/personas`: events by rule ("four views of a boot brand, two weeks
//! apart"), never by item id, so that it fits whatever the demo shop sells on its day. [`Demo::persona`] plays
//! the rules into the memory that such a shopper's browser would export.

use super::chance::Chance;
use super::sales::Opening;
use super::{Demo, OPENING_MINUTE};
use crate::feeds::Named;
use anyhow::{Context, Result, bail};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use windowshop::base::money::Money;
use windowshop::base::time::{Date, Timestamp};
use windowshop::catalogue::BrandTier;
use windowshop::catalogue::input::ItemInput;
use windowshop::shopper::export::{ExportedMemory, FORMAT};
use windowshop::shopper::reminders::Reminder;
use windowshop::shopper::{Consent, Event, EventId, EventKind, RememberedItem};

/// Where a brand's latest openings are looked for.
const DAYS_BACK: i64 = 200;
/// How far back the calendar must know openings: for a day of last year, and its brand's sale before.
pub(super) const CALENDAR_DAYS: i64 = 366 + DAYS_BACK;

macro_rules! personas {
    ($($id:literal),* $(,)?) => {
        /// Every persona's file.
        const FILES: &[&str] =
            &[$(include_str!(concat!("../../../../tests/fixtures/personas/", $id, ".json")),)*];
    };
}

personas![
    "first-visit",
    "busy",
    "stroller",
    "for-another",
    "loyal",
    "one-timer",
    "wrong-size",
    "parent",
    "waiting",
    "hurried",
    "slow-phone",
    "refuser",
];

/// A persona, as its file has it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Persona {
    /// Its id.
    pub(crate) id: String,
    /// Who that is.
    pub(crate) who: String,
    /// What must happen for them.
    pub(crate) must: String,
    /// The language they read.
    pub(crate) language: String,
    consent: Consent,
    /// When they come, by the shop's clock.
    arrives: String,
    /// What their device says; for browser tests.
    #[serde(default)]
    device: BTreeMap<String, serde_json::Value>,
    /// What only the shop knows of them.
    #[serde(default)]
    account: BTreeMap<String, serde_json::Value>,
    #[serde(default)]
    brands: BTreeMap<String, BrandRule>,
    #[serde(default)]
    events: Vec<EventRule>,
    #[serde(default)]
    reminders: Vec<ReminderRule>,
}

/// Which brand a label stands for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct BrandRule {
    top: Option<String>,
    tier: Option<BrandTier>,
    /// A category that its sales hold.
    category: Option<String>,
    when: Option<When>,
    /// Days until its next opening.
    opens_in_days: Option<i64>,
    /// Which of those that fit, by id.
    nth: usize,
}

/// How a brand stands on the demo's day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum When {
    Open,
    Preview,
    Away,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct EventRule {
    name: EventKind,
    brand: String,
    /// By the shop's clock.
    at: String,
    #[serde(default)]
    days_ago: i64,
    /// On the day of the brand's latest opening but so many, instead.
    opening: Option<usize>,
    /// On the latest such day of the year, instead: `11-11`.
    on: Option<String>,
    #[serde(default = "once")]
    times: usize,
    every_days: Option<i64>,
    every_minutes: Option<i64>,
    category: Option<String>,
    /// Part of the item's English name, where the sale has such an item.
    named: Option<String>,
    /// A price that the item's comes closest to.
    price: Option<String>,
    /// Which of the items that fit; further times take the next ones.
    #[serde(default)]
    item: usize,
    size: Option<String>,
    order: Option<String>,
    reason: Option<String>,
}

fn once() -> usize {
    1
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct ReminderRule {
    brand: String,
    days_ago: i64,
}

/// A persona's line in a list.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Summary {
    pub(crate) id: String,
    pub(crate) who: String,
    pub(crate) must: String,
    pub(crate) language: String,
    /// What their device says, for tests in a browser.
    pub(crate) device: BTreeMap<String, serde_json::Value>,
    /// What only the shop knows of them.
    pub(crate) account: BTreeMap<String, serde_json::Value>,
}

/// Every persona, in the order of the domain facts.
pub(crate) fn all() -> Result<Vec<Persona>> {
    FILES.iter().map(|text| serde_json::from_str(text).context("a persona's file")).collect()
}

impl Persona {
    /// Its line in a list.
    pub(crate) fn summary(&self) -> Summary {
        Summary {
            id: self.id.clone(),
            who: self.who.clone(),
            must: self.must.clone(),
            language: self.language.clone(),
            device: self.device.clone(),
            account: self.account.clone(),
        }
    }
}

impl Demo {
    /// What the persona's browser remembers when it arrives on the demo's day.
    pub(crate) fn persona(&self, persona: &Persona) -> Result<ExportedMemory> {
        let now = self.at(0, &persona.arrives)?;
        let mut brands = BTreeMap::new();
        for (label, rule) in &persona.brands {
            let number =
                self.find(rule).with_context(|| format!("no brand fits {label} of {}", persona.id))?;
            brands.insert(label.as_str(), number);
        }
        let number =
            |label: &str| brands.get(label).copied().with_context(|| format!("no brand is called {label}"));
        let mut played: Vec<Event> = Vec::new();
        for rule in &persona.events {
            for time in 0..rule.times {
                let event = self.play(rule, number(&rule.brand)?, time, &played)?;
                // What a rule puts behind the arrival has not happened yet.
                if event.at <= now {
                    played.push(event);
                }
            }
        }
        played.sort_by_key(|event| event.at);
        for (sequence, event) in (1..).zip(&mut played) {
            event.id = EventId { tab: 1, sequence };
        }
        let mut reminders = Vec::new();
        for rule in &persona.reminders {
            let brand = self.street.brands.get(number(&rule.brand)?).map(|brand| brand.id.clone());
            let since = self.at(rule.days_ago, "20:00")?;
            reminders.push(Reminder { brand: brand.unwrap_or_default(), since });
        }
        reminders.sort_by(|a, b| a.brand.cmp(&b.brand));
        let (orders, events) = played.into_iter().partition(|event| event.kind.is_order());
        let memory = ExportedMemory {
            format: FORMAT,
            exported: now,
            consent: persona.consent,
            events,
            orders,
            reminders,
        };
        memory.check().with_context(|| format!("the memory of {}", persona.id))?;
        Ok(memory)
    }

    /// A time of day some days ago.
    fn at(&self, days_ago: i64, clock: &str) -> Result<Timestamp> {
        Ok(super::instant_of(self.plan.day - days_ago, minute(clock)?))
    }

    fn find(&self, rule: &BrandRule) -> Option<usize> {
        let (calendar, day) = (&self.street.calendar, self.plan.day);
        let fits = |number: &usize| {
            let Some(brand) = self.street.brands.get(*number) else { return false };
            let profile = self.street.words.profiles.get(brand.profile);
            let sells = |category: &String| {
                profile.is_some_and(|profile| profile.goods.iter().any(|(sold, _)| sold == category))
            };
            rule.top.as_ref().is_none_or(|top| *top == brand.top)
                && rule.tier.is_none_or(|tier| tier == brand.tier)
                && rule.category.as_ref().is_none_or(sells)
                && rule.when.is_none_or(|when| when == self.stands(*number))
                && rule.opens_in_days.is_none_or(|days| calendar.openings(day + days).contains(number))
        };
        let mut fitting: Vec<usize> = (0..self.street.brands.len()).filter(fits).collect();
        fitting.sort_by_key(|number| self.street.brands.get(*number).map(|brand| brand.id.clone()));
        fitting.get(rule.nth % fitting.len().max(1)).copied()
    }

    fn stands(&self, number: usize) -> When {
        let day = self.plan.day;
        let opens = |from: i64, to: i64| {
            self.street.openings(from, to).into_iter().find(|sale| sale.number == number)
        };
        if opens(day - super::FESTIVAL_SALE_DAYS, day).is_some_and(|sale| sale.day + sale.length > day) {
            When::Open
        } else if opens(day + 1, day + super::PREVIEW_DAYS).is_some() {
            When::Preview
        } else {
            When::Away
        }
    }

    /// The brand's openings on or before a day, latest first.
    fn openings_before(&self, number: usize, day: i64) -> Vec<Opening<'_>> {
        let openings = self.street.openings(day - DAYS_BACK, day);
        openings.into_iter().rev().filter(|opening| opening.number == number).collect()
    }

    fn play(&self, rule: &EventRule, number: usize, time: usize, played: &[Event]) -> Result<Event> {
        let day = match (&rule.on, rule.opening) {
            (Some(on), _) => {
                latest(on, self.plan.day).with_context(|| format!("{on:?} is not a month and a day"))?
            }
            (None, Some(back)) => {
                let openings = self.openings_before(number, self.plan.day - 1);
                openings
                    .get(back.saturating_sub(1))
                    .map(|opening| opening.day)
                    .context("the brand opened less often")?
            }
            (None, None) => self.plan.day - rule.days_ago,
        };
        let (days, minutes) = match rule.every_days {
            Some(days) => (days * time as i64, 0),
            None => (0, rule.every_minutes.unwrap_or(2) * time as i64),
        };
        let day = day + days;
        let at = super::instant_of(day, minute(&rule.at)? + minutes);
        // A refund gives back what its order bought.
        let bought = played.iter().find(|event| {
            rule.name == EventKind::Refund && event.kind == EventKind::Purchase && event.order == rule.order
        });
        let items = match bought {
            Some(order) => order.items.clone(),
            None => vec![self.item(rule, number, day, time)?],
        };
        Ok(Event {
            id: EventId { tab: 1, sequence: 0 },
            at,
            kind: rule.name,
            items,
            brand: None,
            category: None,
            order: rule.order.clone(),
            term: None,
            reason: rule.reason.clone(),
            promotion: None,
            question: None,
            list: None,
        })
    }

    /// The item of a rule in the brand's sale of the day, or in its latest before.
    fn item(&self, rule: &EventRule, number: usize, day: i64, time: usize) -> Result<RememberedItem> {
        // Before the opening hour the day's own sale is not open.
        let open = if minute(&rule.at)? < i64::from(OPENING_MINUTE) { day - 1 } else { day };
        let openings = self.openings_before(number, open);
        let opening = openings.first().context("the brand had no sale yet")?;
        let items = opening.items(&self.plan, &self.street.words, usize::MAX);
        let price = rule.price.as_deref().map(|text| Money::parse(text, 2)).transpose()?;
        let fits =
            |named: &&Named<ItemInput>| rule.category.as_ref().is_none_or(|id| *id == named.row.category);
        let mut fitting: Vec<&Named<ItemInput>> = items.iter().filter(fits).collect();
        if let Some(part) = &rule.named {
            let like = |named: &&Named<ItemInput>| {
                named.names.first().is_some_and(|name| name.to_lowercase().contains(&part.to_lowercase()))
            };
            fitting.sort_by_key(|named| !like(named));
        }
        if let Some(price) = price {
            fitting.sort_by_key(|named| (named.row.price - price.minor()).abs());
        }
        let chosen = if fitting.is_empty() { items.iter().collect() } else { fitting };
        let Some(named) = chosen.get((rule.item + time) % chosen.len().max(1)) else {
            bail!("the sale is empty")
        };
        let row = &named.row;
        let sizes: Vec<&str> = row.stock.iter().map(|stock| stock.size.as_str()).collect();
        let size = match &rule.size {
            Some(size) if sizes.contains(&size.as_str()) => Some(size.clone()),
            _ if rule.name == EventKind::Purchase => {
                let mut chance = Chance::of(self.plan.seed, "size", &[number as i64, day]);
                chance.pick(&sizes).map(ToString::to_string)
            }
            _ => None,
        };
        Ok(RememberedItem {
            id: row.id.clone(),
            name: named.names.first().cloned(),
            brand: Some(opening.brand.id.clone()),
            category: Some(row.category.clone()),
            price: Some(row.price),
            list_price: Some(row.list_price),
            quantity: 1,
            size,
            sensitive: row.sensitive,
            attributes: row.attributes.clone(),
        })
    }
}

/// Minutes since midnight of `HH:MM`.
fn minute(clock: &str) -> Result<i64> {
    let (hours, minutes) = clock.split_once(':').with_context(|| format!("{clock:?} is not HH:MM"))?;
    Ok((hours.parse::<i64>()? * 60 + minutes.parse::<i64>()?).min(24 * 60 - 1))
}

/// The latest day before `today` with a month and day such as `11-11`.
fn latest(on: &str, today: i64) -> Option<i64> {
    let (month, day) = on.split_once('-')?;
    let (month, day) = (month.parse().ok()?, day.parse().ok()?);
    let year = Date::from_days(today).year;
    [year, year - 1].into_iter().map(|year| Date { year, month, day }.to_days()).find(|found| *found < today)
}
