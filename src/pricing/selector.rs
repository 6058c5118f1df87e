//! Which lines of a cart a rule is about.

use super::cart::Line;
use crate::base::ids::check_id;
use crate::base::notation::{Fields, RuleError};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

/// The most ids a selector names in one field.
pub const IDS_MAX: usize = 1_000;

/// Lines by brand, category and item. A field without ids asks for nothing; the fields that have any must all
/// hold; within a field any id will do.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Selector {
    /// Stable ids of brands.
    pub brands: Vec<String>,
    /// Stable ids of categories; one above a line's own matches too.
    pub categories: Vec<String>,
    /// Stable ids of items.
    pub items: Vec<String>,
}

impl Selector {
    /// Whether a line is meant.
    pub fn matches(&self, line: &Line) -> bool {
        let holds = |ids: &[String], of: &dyn Fn(&String) -> bool| ids.is_empty() || ids.iter().any(of);
        holds(&self.brands, &|id| *id == line.brand)
            && holds(&self.categories, &|id| line.categories.contains(id))
            && holds(&self.items, &|id| *id == line.item)
    }

    /// Whether every line is meant.
    pub fn is_everything(&self) -> bool {
        self.brands.is_empty() && self.categories.is_empty() && self.items.is_empty()
    }

    /// Reads `{"brands": […], "categories": […], "items": […]}`.
    pub fn read(from: &mut impl Fields) -> Self {
        Self { brands: from.ids("brands"), categories: from.ids("categories"), items: from.ids("items") }
    }

    pub(super) fn check(&self, path: &str) -> Result<(), RuleError> {
        for (field, ids) in
            [("brands", &self.brands), ("categories", &self.categories), ("items", &self.items)]
        {
            let problem = |reason| RuleError { path: format!("{path}.{field}"), reason };
            if ids.len() > IDS_MAX {
                return Err(problem(format!("names {} ids, at most {IDS_MAX} are allowed", ids.len())));
            }
            for id in ids {
                check_id(id).map_err(|error| problem(format!("{error}")))?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::money::Money;
    use alloc::vec;

    #[test]
    fn fields_all_hold_and_any_id_of_a_field_will_do() {
        let line = Line {
            key: "k".into(),
            item: "coat".into(),
            brand: "lumen".into(),
            categories: vec!["coats".into(), "women".into()],
            unit_price: Money::ZERO,
            list_price: Money::ZERO,
            quantity: 1,
        };
        let selector = |brands: &[&str], categories: &[&str]| Selector {
            brands: brands.iter().map(|id| (*id).into()).collect(),
            categories: categories.iter().map(|id| (*id).into()).collect(),
            items: vec![],
        };
        assert!(selector(&[], &[]).matches(&line));
        assert!(selector(&["other", "lumen"], &["women"]).matches(&line));
        assert!(!selector(&["lumen"], &["shoes"]).matches(&line));
        assert!(!selector(&["other"], &["women"]).matches(&line));
    }
}
