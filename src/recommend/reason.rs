//! Why an item is where it is: a code with arguments, which one message file a language turns into a sentence.

use crate::base::ids::ItemIndex;
use crate::catalogue::Catalogue;
use crate::shopper::EventId;
use alloc::string::String;
use alloc::vec::Vec;

/// Reasons given for an item at most, strongest first.
pub const REASONS_MAX: usize = 3;

/// A reason, and what it rests on. Only signals that speak from memory have one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reason {
    /// The signal's code.
    pub code: &'static str,
    /// The key of its message; a language may have another for a count of one, under `.one` behind it.
    pub message: &'static str,
    /// What the signal added to the score, in millionths; positive.
    pub contribution: i32,
    /// What its message counts: events it rests on, in all; things looked at (`brand_affinity.kind`); or the minutes,
    /// hours or days until a sale opens (`reminder.minutes` and its like).
    pub count: u32,
    /// Name of the remembered item it rests on, as shown then.
    pub item: Option<String>,
    /// Stable id of the brand it speaks of.
    pub brand: Option<String>,
    /// Stable id of the category it speaks of.
    pub category: Option<String>,
    /// Attribute `name=value` it speaks of.
    pub attribute: Option<String>,
    /// Size it speaks of.
    pub size: Option<String>,
    /// The newest of those events, at most three.
    pub events: Vec<EventId>,
}

impl Reason {
    /// That the item stands in a slot of exploration. It added nothing to the score.
    pub(super) fn exploration(catalogue: &Catalogue, item: ItemIndex) -> Self {
        let brand = catalogue.brand_id(catalogue.item_brand(item));
        let code = "exploration";
        Self { code, message: code, brand: Some(brand.into()), ..Self::default() }
    }

    /// Makes a reason that speaks of looks one that speaks of the subject of a list: it rests on no remembered event.
    pub(super) fn speak_of_subject(&mut self, surface: &str) {
        self.message = match (surface, self.code) {
            ("cart", "covisitation") => "cart.covisitation",
            ("cart", "brand_affinity") => "cart.brand_affinity",
            ("cart", "category_affinity") => "cart.category_affinity",
            ("cart", "price_affinity") => "cart.price_affinity",
            ("cart", "attribute_affinity") => "cart.attribute_affinity",
            (_, "covisitation") => "similar.covisitation",
            (_, "brand_affinity") => "similar.brand_affinity",
            (_, "category_affinity") => "similar.category_affinity",
            (_, "price_affinity") => "similar.price_affinity",
            (_, "attribute_affinity") => "similar.attribute_affinity",
            (_, _) => "similar.other",
        };
        self.events.clear();
        self.count = 0;
        self.item = None;
    }
}
