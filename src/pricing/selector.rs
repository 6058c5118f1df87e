//! Which lines of a cart a rule is about.

use super::cart::Line;
use crate::base::ids::check_id;
use crate::base::money::Money;
use crate::base::notation::{Fields, RuleError};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

/// The most ids a selector names in one field.
pub const IDS_MAX: usize = 1_000;

/// Lines by what they are. A field that is empty asks for nothing; the fields that are not must all hold; within a
/// list any id will do.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Selector {
    /// Stable ids of brands.
    pub brands: Vec<String>,
    /// Stable ids of categories; one above a line's own matches too.
    pub categories: Vec<String>,
    /// Stable ids of items.
    pub items: Vec<String>,
    /// Stable ids of sales.
    pub sales: Vec<String>,
    /// Attributes of items, as the feed writes them (`colour=red`).
    pub attributes: Vec<String>,
    /// Only lines whose price is not below the price before the sale.
    pub not_reduced: bool,
    /// Only units that cost at least this before promotions.
    pub price_at_least: Option<Money>,
    /// Only units that cost at most this before promotions.
    pub price_at_most: Option<Money>,
}

impl Selector {
    /// Whether a line is meant.
    pub fn matches(&self, line: &Line) -> bool {
        let holds = |ids: &[String], of: &dyn Fn(&String) -> bool| ids.is_empty() || ids.iter().any(of);
        holds(&self.brands, &|id| *id == line.brand)
            && holds(&self.categories, &|id| line.categories.contains(id))
            && holds(&self.items, &|id| *id == line.item)
            && holds(&self.sales, &|id| *id == line.sale)
            && holds(&self.attributes, &|id| line.attributes.contains(id))
            && (!self.not_reduced || line.unit_price >= line.list_price)
            && self.price_at_least.is_none_or(|price| line.unit_price >= price)
            && self.price_at_most.is_none_or(|price| line.unit_price <= price)
    }

    /// Whether it is about something bought before, of which only brand, categories and id are known still: sales end and
    /// prices change, so what else it asks for is passed over.
    pub fn is_about(&self, item: &str, brand: Option<&str>, categories: &[&str]) -> bool {
        let of_brand = self.brands.is_empty() || self.brands.iter().any(|id| Some(id.as_str()) == brand);
        let of_category =
            self.categories.is_empty() || self.categories.iter().any(|id| categories.contains(&id.as_str()));
        of_brand && of_category && (self.items.is_empty() || self.items.iter().any(|id| id == item))
    }

    /// Whether every line is meant.
    pub fn is_everything(&self) -> bool {
        *self == Self::default()
    }

    /// Reads the fields of a selector (`docs/promotions.md`).
    pub fn read(from: &mut impl Fields) -> Self {
        Self {
            brands: from.ids("brands"),
            categories: from.ids("categories"),
            items: from.ids("items"),
            sales: from.ids("sales"),
            attributes: from.ids("attributes"),
            not_reduced: from.flag("not_reduced"),
            price_at_least: from.amount("price_at_least"),
            price_at_most: from.amount("price_at_most"),
        }
    }

    pub(super) fn check(&self, path: &str) -> Result<(), RuleError> {
        let lists = [
            ("brands", &self.brands),
            ("categories", &self.categories),
            ("items", &self.items),
            ("sales", &self.sales),
            ("attributes", &self.attributes),
        ];
        for (field, ids) in lists {
            let problem = |reason| RuleError { path: format!("{path}.{field}"), reason };
            if ids.len() > IDS_MAX {
                return Err(problem(format!("names {} ids, at most {IDS_MAX} are allowed", ids.len())));
            }
            for id in ids {
                check_id(id).map_err(|error| problem(format!("{error}")))?;
            }
        }
        for (at, attribute) in self.attributes.iter().enumerate() {
            if !attribute.contains('=') {
                let reason = "is name=value, such as colour=red, as the feed's items have it".into();
                return Err(RuleError { path: format!("{path}.attributes[{at}]"), reason });
            }
        }
        match (self.price_at_least, self.price_at_most) {
            (Some(least), Some(most)) if most < least => Err(RuleError {
                path: format!("{path}.price_at_most"),
                reason: "is below price_at_least, so that no price would do".into(),
            }),
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec;

    #[test]
    fn every_field_must_hold_and_any_id_of_a_field_will_do() {
        let money = |minor| Money::new(minor).expect("in range");
        let line = Line {
            item: "coat".into(),
            brand: "lumen".into(),
            categories: vec!["coats".into(), "women".into()],
            attributes: vec!["colour=red".into()],
            unit_price: money(100),
            list_price: money(150),
            key: "k".into(),
            quantity: 1,
            ..Line::default()
        };
        let selector = |brands: &[&str], categories: &[&str]| Selector {
            brands: brands.iter().map(|id| (*id).into()).collect(),
            categories: categories.iter().map(|id| (*id).into()).collect(),
            ..Selector::default()
        };
        assert!(selector(&[], &[]).matches(&line));
        assert!(selector(&["other", "lumen"], &["women"]).matches(&line));
        assert!(!selector(&["lumen"], &["shoes"]).matches(&line));
        assert!(!selector(&["other"], &["women"]).matches(&line));
        assert!(Selector { attributes: vec!["colour=red".into()], ..Selector::default() }.matches(&line));
        assert!(!Selector { sales: vec!["s".into()], ..Selector::default() }.matches(&line));
        assert!(!Selector { not_reduced: true, ..Selector::default() }.matches(&line));
        let priced =
            |price_at_least, price_at_most| Selector { price_at_least, price_at_most, ..Selector::default() };
        assert!(priced(Some(money(100)), Some(money(100))).matches(&line));
        assert!(!priced(Some(money(101)), None).matches(&line));
        assert!(!priced(None, Some(money(99))).matches(&line));
        let none = priced(Some(money(2)), Some(money(1))).check("target");
        assert_eq!(none.map_err(|error| error.path), Err("target.price_at_most".into()));
    }
}
