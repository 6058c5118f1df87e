//! What hosts hand in: events as GA4 has them, made plain, and cart lines.

use alloc::string::String;
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

/// Something that happened, as the package makes it of a GA4 call.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct EventInput {
    /// GA4 name, such as `view_item`.
    pub name: String,
    /// The items it is about.
    pub items: Vec<ItemInput>,
    /// A brand, for reminders and dismissals.
    pub brand: Option<String>,
    /// A category, for dismissals.
    pub category: Option<String>,
    /// GA4's `transaction_id`.
    pub order: Option<String>,
    /// GA4's `search_term`.
    pub term: Option<String>,
    /// Why something was dismissed.
    pub reason: Option<String>,
    /// GA4's `promotion_id`.
    pub promotion: Option<String>,
}

/// An item of an event. What is left out is filled in from the pack.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ItemInput {
    /// GA4's `item_id`.
    pub id: String,
    /// GA4's `item_name`, or the name from the text companion.
    pub name: Option<String>,
    /// GA4's `item_brand`: kept only for items that are not in the pack.
    pub brand: Option<String>,
    /// GA4's `item_category`: kept only for items that are not in the pack.
    pub category: Option<String>,
    /// GA4's `price` as a decimal text, such as `199.5`.
    pub price: Option<String>,
    /// GA4's `quantity`.
    pub quantity: Option<u32>,
    /// The size chosen: GA4's `item_variant`.
    pub size: Option<String>,
}

/// A line of a cart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CartLineInput {
    /// Stable id of the item.
    pub item: String,
    /// The size, where the item has several.
    #[serde(default)]
    pub size: Option<String>,
    /// How many, at least 1.
    pub quantity: u32,
}
