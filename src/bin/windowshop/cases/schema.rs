//! What a file of cases holds. Money is in minor units. Fields that are not here are passed over: they belong to whoever
//! wrote the case, such as its origin.

use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;

/// A cart, promotions, and whose manners they are priced by.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Case {
    pub(super) semantics: Option<String>,
    pub(super) cart: Cart,
    #[serde(default)]
    pub(super) promotions: Vec<Promotion>,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct Cart {
    #[serde(default)]
    pub(super) lines: Vec<Line>,
    #[serde(default)]
    pub(super) codes: Vec<String>,
    pub(super) shipping: Option<i64>,
    #[serde(default)]
    pub(super) shipping_methods: Vec<Line>,
    #[serde(default)]
    pub(super) customer: Customer,
    /// What rules of a cart look at, by attribute.
    #[serde(default)]
    pub(super) context: Value,
    pub(super) max_codes: Option<u32>,
    /// Whether prices hold their tax; without it, it is added to them.
    #[serde(default, alias = "pricesIncludeTax")]
    pub(super) prices_include_tax: bool,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct Line {
    pub(super) id: Option<Value>,
    pub(super) sku: Option<Value>,
    #[serde(alias = "quantity")]
    pub(super) qty: Option<u32>,
    pub(super) unit_price: Option<i64>,
    /// What the whole line costs, where that is given instead.
    #[serde(alias = "amount")]
    pub(super) subtotal: Option<i64>,
    #[serde(default)]
    pub(super) categories: Vec<String>,
    pub(super) min_unit_price: Option<i64>,
    /// Percent of tax.
    #[serde(default, alias = "tax_rate")]
    pub(super) tax: f64,
    #[serde(default)]
    pub(super) catalog_discounted: bool,
    #[serde(default)]
    pub(super) attrs: BTreeMap<String, Value>,
    #[serde(default)]
    pub(super) attributes: Value,
}

#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Customer {
    pub(super) group: Option<String>,
    pub(super) placed_orders: Option<u32>,
    pub(super) orders: Option<u32>,
    pub(super) tier: Option<u32>,
}

#[derive(Debug, Clone, Deserialize)]
#[allow(clippy::struct_excessive_bools, reason = "the file's own fields")]
pub(super) struct Promotion {
    pub(super) id: Option<String>,
    pub(super) code: Option<String>,
    pub(super) priority: Option<i64>,
    #[serde(default)]
    pub(super) exclusive: bool,
    #[serde(default, alias = "is_automatic")]
    pub(super) automatic: bool,
    #[serde(default)]
    pub(super) conditions: Vec<Condition>,
    pub(super) action: Option<Action>,
    #[serde(default)]
    pub(super) actions: Vec<Action>,
    pub(super) campaign: Option<Campaign>,
    #[serde(alias = "exclusive_group")]
    pub(super) group: Option<String>,
    #[serde(default)]
    pub(super) not_with: Vec<String>,
    pub(super) member_tier: Option<u32>,
    #[serde(default)]
    pub(super) first_order: bool,
    pub(super) user_cap_left: Option<u32>,
    pub(super) budget_left: Option<i64>,
    #[serde(default)]
    pub(super) skip_discounted: bool,
    pub(super) window: Option<String>,
    pub(super) coupon_window: Option<String>,
    pub(super) usage_limit: Option<u32>,
    pub(super) usage_used: Option<u32>,
    #[serde(default)]
    pub(super) coupon_exhausted: bool,
    #[serde(default)]
    pub(super) min_amount: i64,
    pub(super) scope: Option<Scope>,
    pub(super) layer: Option<String>,
}

/// Lines by a name for all of them, or by an attribute and its value.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub(super) enum Scope {
    Attribute(String, Value),
    /// All of them, whatever the word.
    Everything(#[allow(dead_code, reason = "read so that nothing but a word stands for everything")] String),
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct Condition {
    pub(super) kind: Option<String>,
    pub(super) value: Option<Value>,
    pub(super) category: Option<String>,
    pub(super) attribute: Option<String>,
    pub(super) operator: Option<String>,
    #[serde(default)]
    pub(super) values: Vec<Value>,
}

#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Action {
    #[serde(default, alias = "type")]
    pub(super) kind: String,
    #[serde(default)]
    pub(super) value: f64,
    #[serde(alias = "target_type")]
    pub(super) target: Option<String>,
    pub(super) allocation: Option<String>,
    pub(super) max_quantity: Option<u32>,
    pub(super) filter: Option<Filter>,
    #[serde(default)]
    pub(super) target_rules: Vec<Condition>,
    #[serde(default)]
    pub(super) buy_rules: Vec<Condition>,
    pub(super) buy_min_quantity: Option<u32>,
    pub(super) apply_to_quantity: Option<u32>,
    pub(super) cap: Option<i64>,
    pub(super) every: Option<i64>,
    pub(super) off: Option<i64>,
    pub(super) max_times: Option<u32>,
    pub(super) n: Option<u32>,
}

#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Filter {
    #[serde(default)]
    pub(super) products: Vec<Value>,
    #[serde(default)]
    pub(super) categories: Vec<String>,
    pub(super) price_min: Option<i64>,
    pub(super) price_max: Option<i64>,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct Campaign {
    #[serde(alias = "type")]
    pub(super) budget_type: Option<String>,
    pub(super) limit: Option<i64>,
    #[serde(default)]
    pub(super) used: i64,
}

impl Line {
    /// What the line is called.
    pub(super) fn name(&self) -> String {
        let name = self.sku.as_ref().or(self.id.as_ref());
        name.map(plain).unwrap_or_default()
    }

    /// Units; one where nothing is said.
    pub(super) fn units(&self) -> u32 {
        self.qty.unwrap_or(1)
    }
}

impl Promotion {
    /// What it does, whichever way it is written.
    pub(super) fn all_actions(&self) -> impl Iterator<Item = &Action> {
        self.action.iter().chain(&self.actions)
    }

    /// Whether something must be bought to get something else.
    pub(super) fn buys(&self) -> bool {
        self.all_actions().any(|action| !action.buy_rules.is_empty() || action.buy_min_quantity.is_some())
    }

    /// What it is called.
    pub(super) fn name(&self) -> String {
        self.id.clone().or_else(|| self.code.clone()).unwrap_or_default()
    }
}

/// A value as a text, without quotation marks.
pub(super) fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_string)
}
