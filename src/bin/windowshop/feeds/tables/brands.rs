//! `brands`: who sells.

use super::super::clock;
use super::super::row::Row;
use super::super::shop::Shop;
use super::{Table, put};
use serde_json::{Map, Value};
use windowshop::catalogue::BrandTier;
use windowshop::catalogue::input::BrandInput;

const TIERS: [(&str, BrandTier); 4] = [
    ("luxury", BrandTier::Luxury),
    ("first", BrandTier::First),
    ("second", BrandTier::Second),
    ("third", BrandTier::Third),
];

impl Table for BrandInput {
    const NAME: &'static str = "brands";
    const SHOWN: &'static str = "name";
    const COLUMNS: &'static [&'static str] = &["id", "tier", "interval_days", "last_opened"];
    const NEEDED: &'static [&'static str] = &["id"];

    fn read(row: &mut Row<'_>) -> Self {
        Self {
            id: row.id("id"),
            tier: row.choice("tier", &TIERS).unwrap_or(BrandTier::Third),
            interval_days: row.days("interval_days"),
            last_opened: row.instant("last_opened"),
        }
    }

    fn fields(&self, shop: &Shop) -> Map<String, Value> {
        let mut fields = Map::new();
        put(&mut fields, "id", Some(self.id.clone().into()));
        put(&mut fields, "tier", Some(self.tier.name().into()));
        put(&mut fields, "interval_days", self.interval_days.map(Value::from));
        let last = self.last_opened.map(|at| clock::text(at, &shop.time_zone()).into());
        put(&mut fields, "last_opened", last);
        fields
    }
}
