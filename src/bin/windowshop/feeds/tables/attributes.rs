//! `attributes`: how attributes read, such as `bottle green` for `colour=bottle`. The table may be missing.

use super::super::row::Row;
use super::super::shop::Shop;
use super::{Table, put};
use serde_json::{Map, Value};

/// An attribute that has a name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct AttributeName {
    /// The attribute, `name=value`, as items have it.
    pub(crate) attribute: String,
}

impl Table for AttributeName {
    const NAME: &'static str = "attributes";
    const SHOWN: &'static str = "name";
    const COLUMNS: &'static [&'static str] = &["attribute"];
    const NEEDED: &'static [&'static str] = Self::COLUMNS;

    fn read(row: &mut Row<'_>) -> Self {
        let attribute = row.required("attribute", Row::optional_text);
        let parted =
            attribute.split_once('=').is_some_and(|(name, value)| !name.is_empty() && !value.is_empty());
        if row.sound(&["attribute"]) && !parted {
            row.problem("attribute", "is written name=value, as items have it");
        }
        Self { attribute }
    }

    fn fields(&self, _: &Shop) -> Map<String, Value> {
        let mut fields = Map::new();
        put(&mut fields, "attribute", Some(self.attribute.clone().into()));
        fields
    }
}
