//! `categories`: what kinds of goods there are, one level below another.

use super::super::row::Row;
use super::super::shop::Shop;
use super::{Table, put};
use serde_json::{Map, Value};
use windowshop::catalogue::input::CategoryInput;

impl Table for CategoryInput {
    const NAME: &'static str = "categories";
    const SHOWN: &'static str = "name";
    const COLUMNS: &'static [&'static str] = &["id", "parent", "replenish_days"];
    const NEEDED: &'static [&'static str] = &["id"];

    fn read(row: &mut Row<'_>) -> Self {
        Self {
            id: row.id("id"),
            parent: row.optional_id("parent"),
            replenish_days: row.days("replenish_days"),
        }
    }

    fn fields(&self, _: &Shop) -> Map<String, Value> {
        let mut fields = Map::new();
        put(&mut fields, "id", Some(self.id.clone().into()));
        put(&mut fields, "parent", self.parent.clone().map(Value::from));
        put(&mut fields, "replenish_days", self.replenish_days.map(Value::from));
        fields
    }
}
