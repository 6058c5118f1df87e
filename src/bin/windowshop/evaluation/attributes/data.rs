//! Events, items and queries of the data of cold items, and a pack of some of them.

use super::super::shop::{self, Shop};
use super::ordinary::{Ordinary, most};
use super::settings::AttributeSettings;
use crate::training::rows::Rows;
use anyhow::{Context, Result};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::BufReader;
use std::path::Path;
use windowshop::base::ids::check_id;
use windowshop::base::time::{Timestamp, Week};
use windowshop::catalogue::format::Section;
use windowshop::catalogue::input::CategoryInput;
use windowshop::shopper::{Event, EventId, EventKind, RememberedItem};

/// A query needs so many earlier events.
const EARLIER_MIN: usize = 3;
/// Queries of one shopper at most, where we choose them: evenly over the time.
const QUERIES_MAX: usize = 20;
/// What stands between the parts of a category's path.
const BELOW: &str = " > ";
/// What a fact is called that is missing.
const MISSING: &str = "none";

/// What the files hold.
pub(super) struct Data {
    /// Each shopper's events, oldest first.
    shoppers: BTreeMap<String, Vec<Event>>,
    /// Items by id.
    items: BTreeMap<String, RememberedItem>,
    /// Ids of categories by their paths, and paths by id.
    categories: BTreeMap<String, String>,
}

/// A shopper who is about to take an item.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(super) struct Query {
    /// Who.
    #[serde(rename = "user")]
    pub(super) shopper: String,
    /// When.
    #[serde(rename = "ts_ms")]
    pub(super) at: Timestamp,
    /// What.
    pub(super) target: String,
}

#[derive(Deserialize)]
struct Queries {
    candidates: BTreeSet<String>,
    queries: Vec<Query>,
}

impl Data {
    /// Reads events and items.
    pub(super) fn read(folder: &Path) -> Result<Self> {
        let mut data =
            Self { shoppers: BTreeMap::new(), items: BTreeMap::new(), categories: BTreeMap::new() };
        data.read_items(&folder.join("items.parquet"))?;
        data.read_events(&folder.join("events.parquet"))?;
        Ok(data)
    }

    fn read_items(&mut self, file: &Path) -> Result<()> {
        const ATTRIBUTES: [&str; 4] = ["type", "demography", "condition", "color"];
        let mut rows = Rows::open(file)?;
        let id = rows.need("item_id")?;
        // A cell of these may be missing, the column may not.
        let mut find = |column: &str| -> Result<usize> {
            rows.find(column)?.with_context(|| format!("{} has no column {column:?}", file.display()))
        };
        let (brand, category, size) = (find("brand")?, find("category")?, find("size")?);
        let mut attributes = Vec::new();
        for name in ATTRIBUTES {
            attributes.push((name, find(name)?));
        }
        let mut brands: BTreeMap<String, String> = BTreeMap::new();
        while rows.advance()? {
            check_id(rows.cell(id)).map_err(|error| rows.wrong("item_id", error))?;
            // Names have spaces, stable ids have none: each is numbered at its first row.
            let named = rows.cell(brand).to_owned();
            let number = brands.len();
            let brand = brands.entry(named).or_insert_with(|| format!("brand-{number}")).clone();
            let category = self.category(or_missing(rows.cell(category)));
            let attribute = |(name, column): &(&str, usize)| {
                // Of several colours the first.
                let text = rows.cell(*column).split('|').next().unwrap_or("");
                format!("{name}={}", or_missing(text))
            };
            let item = RememberedItem {
                id: rows.cell(id).into(),
                brand: Some(brand),
                category: Some(category),
                size: Some(or_missing(rows.cell(size)).into()),
                attributes: attributes.iter().map(attribute).collect(),
                quantity: 1,
                ..RememberedItem::default()
            };
            // A few items have two rows; the first counts.
            self.items.entry(rows.cell(id).into()).or_insert(item);
        }
        Ok(())
    }

    /// The id of a category's path, which is made known with all the paths above it.
    fn category(&mut self, path: &str) -> String {
        if let Some((above, _)) = path.rsplit_once(BELOW) {
            self.category(above);
        }
        let number = self.categories.len();
        self.categories.entry(path.into()).or_insert_with(|| format!("category-{number}")).clone()
    }

    fn read_events(&mut self, file: &Path) -> Result<()> {
        let mut rows = Rows::open(file)?;
        let (shopper, item, at, event) =
            (rows.need("user_id")?, rows.need("item_id")?, rows.need("ts_ms")?, rows.need("event")?);
        let mut sequence = 0;
        while rows.advance()? {
            let known = self.items.get(rows.cell(item));
            let item = known.ok_or_else(|| rows.wrong("item_id", "names an item of items.parquet"))?.clone();
            let at: i64 =
                rows.cell(at).parse().map_err(|_| rows.wrong("ts_ms", "is whole milliseconds since 1970"))?;
            let kind = match rows.cell(event) {
                "wishlist" => EventKind::AddToWishlist,
                "order" => EventKind::Purchase,
                _ => return Err(rows.wrong("event", "is `wishlist` or `order`").into()),
            };
            sequence += 1;
            let event = Event {
                id: EventId { tab: 1, sequence },
                at: Timestamp(at),
                kind,
                items: vec![item],
                brand: None,
                category: None,
                order: (kind == EventKind::Purchase).then(|| format!("order-{at}")),
                term: None,
                reason: None,
                promotion: None,
                question: None,
                list: None,
            };
            self.shoppers.entry(rows.cell(shopper).into()).or_default().push(event);
        }
        for events in self.shoppers.values_mut() {
            events.sort_by_key(Event::key);
        }
        Ok(())
    }

    /// Reads the test queries.
    pub(super) fn test_queries(&self, folder: &Path) -> Result<Vec<Query>> {
        let file = folder.join("test_queries.json.gz");
        let opened = File::open(&file).with_context(|| format!("cannot read {}", file.display()))?;
        let text = BufReader::new(flate2::bufread::MultiGzDecoder::new(BufReader::new(opened)));
        let read: Queries =
            serde_json::from_reader(text).with_context(|| format!("{} is off", file.display()))?;
        for (at, query) in read.queries.iter().enumerate() {
            let known = self.shoppers.contains_key(&query.shopper) && read.candidates.contains(&query.target);
            anyhow::ensure!(known, "{}: queries[{at}] names nobody of the events", file.display());
        }
        Ok(read.queries)
    }

    /// Queries at the events of a span of time.
    pub(super) fn queries(&self, from: Timestamp, until: Timestamp) -> Vec<Query> {
        let mut queries = Vec::new();
        for (shopper, events) in &self.shoppers {
            let asked = events.iter().filter(|event| {
                let earlier = events.partition_point(|other| other.at < event.at);
                (from..until).contains(&event.at) && earlier >= EARLIER_MIN
            });
            let asked: Vec<&Event> = asked.collect();
            let stride = asked.len().div_ceil(QUERIES_MAX).max(1);
            for event in asked.into_iter().step_by(stride) {
                let target = event.items.iter().map(|item| item.id.clone());
                queries.extend(target.map(|target| Query { shopper: shopper.clone(), at: event.at, target }));
            }
        }
        queries
    }

    /// What a shopper did before a query; what happened at the same instant is not known yet.
    pub(super) fn events_before(&self, query: &Query) -> Vec<Event> {
        let events = self.shoppers.get(&query.shopper).map_or(&[][..], Vec::as_slice);
        events.iter().take_while(|event| event.at < query.at).cloned().collect()
    }

    /// The items touched in a span of time, as often as they were.
    fn touched(&self, from: Timestamp, until: Timestamp) -> impl Iterator<Item = &RememberedItem> {
        let events = self.shoppers.values().flatten();
        let events = events.filter(move |event| (from..until).contains(&event.at));
        events.flat_map(|event| &event.items)
    }

    /// How often what an item has was touched before an instant.
    pub(super) fn views(
        &self,
        until: Timestamp,
        of: impl Fn(&RememberedItem) -> Option<String>,
    ) -> Vec<(String, u64)> {
        let mut counts: BTreeMap<String, u64> = BTreeMap::new();
        for id in self.touched(Timestamp(i64::MIN), until).filter_map(of) {
            *counts.entry(id).or_insert(0) += 1;
        }
        counts.into_iter().collect()
    }

    /// The ids of the categories at the top.
    pub(super) fn top_categories(&self) -> impl Iterator<Item = &str> {
        self.categories.iter().filter(|(path, _)| !path.contains(BELOW)).map(|(_, id)| id.as_str())
    }

    /// Of each shopper's weeks before an instant, the top category that was touched most.
    pub(super) fn most_of_each_week(&self, until: Timestamp) -> Vec<String> {
        let paths: BTreeMap<&str, &str> =
            self.categories.iter().map(|(path, id)| (id.as_str(), path.as_str())).collect();
        let top = |item: &RememberedItem| -> Option<&str> {
            let path = paths.get(item.category.as_deref()?)?;
            self.categories.get(path.split(BELOW).next()?).map(String::as_str)
        };
        let weeks = self.shoppers.values().flat_map(|events| {
            let before = events.partition_point(|event| event.at < until);
            events
                .get(..before)
                .unwrap_or_default()
                .chunk_by(|one, other| Week::of(one.at) == Week::of(other.at))
        });
        let answer =
            |week: &[Event]| most(week.iter().flat_map(|event| &event.items).filter_map(top)).map(Into::into);
        weeks.filter_map(answer).collect()
    }

    /// A pack of the items that anybody touched in a span of time, and how many there are; what is ordinary is known
    /// from before it.
    pub(super) fn pack(
        &self,
        (from, until): (Timestamp, Timestamp),
        settings: &AttributeSettings,
        ordinary: Ordinary,
    ) -> Result<(Vec<u8>, usize)> {
        let ids: BTreeSet<&str> = self.touched(from, until).map(|item| item.id.as_str()).collect();
        let (mut brands, mut items) = (BTreeSet::new(), Vec::new());
        for known in ids.iter().filter_map(|id| self.items.get(*id)) {
            let (brand, category) = (or_none(known.brand.as_deref()), or_none(known.category.as_deref()));
            let mut item = shop::item(&known.id, brand, category);
            item.stock[0].size = or_none(known.size.as_deref()).into();
            item.attributes.clone_from(&known.attributes);
            brands.insert(brand.to_owned());
            items.push(item);
        }
        let category = |(path, id): (&String, &String)| CategoryInput {
            id: id.clone(),
            parent: path.rsplit_once(BELOW).and_then(|(above, _)| self.categories.get(above)).cloned(),
            replenish_days: None,
        };
        let shop = Shop {
            brands: brands.into_iter().collect(),
            categories: self.categories.iter().map(category).collect(),
            items,
        };
        let weights = vec![(Section::Weights, settings.weights().to_section()?)];
        Ok((shop.pack(ordinary.learned(self, from)?, weights)?, ids.len()))
    }
}

fn or_missing(text: &str) -> &str {
    if text.is_empty() { MISSING } else { text }
}

fn or_none(text: Option<&str>) -> &str {
    text.unwrap_or(MISSING)
}
