//! One thing that happened, under its GA4 e-commerce name, with copies of its items' facts.
//!
//! An event keeps stable ids and a copy of brand, category, price, attributes and name, never pack indexes:
//! items live five days, memory longer. The serialised form of [`Event`] is the one shape that the log in the
//! browser, the listing and the export share.

use crate::base::ids::{ID_BYTES_MAX, check_id};
use crate::base::money::AMOUNT_MAX;
use crate::base::scale::SATISFACTION;
use crate::base::time::Timestamp;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Items kept of one view of a list or a promotion, which show more: only their head says anything.
pub const SHOWN_ITEMS_MAX: usize = 24;
/// Items of any other event. An order counts as a whole or not at all.
pub const EVENT_ITEMS_MAX: usize = 200;
/// Bytes kept of a free text such as a name or a search term.
pub const TEXT_BYTES_MAX: usize = 160;
/// Attributes kept of one item.
pub const ATTRIBUTES_MAX: usize = 16;
/// The answer of somebody who would not answer.
pub const SKIPPED: &str = "none";
/// The latest instant that is believed: the end of year 9999.
pub const TIME_MAX: i64 = 253_402_300_799_999;

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident = $text:literal;)*) => {
        /// What happened.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum EventKind {
            $($(#[$doc])* $name,)*
        }

        impl EventKind {
            /// Every kind, in the order of the API's list.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The kind's name in GA4 and in the API.
            pub fn name(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }
        }
    };
}

kinds! {
    /// An item's page was opened.
    ViewItem = "view_item";
    /// A list of items was shown.
    ViewItemList = "view_item_list";
    /// An item was chosen from a list.
    SelectItem = "select_item";
    /// Put into the cart.
    AddToCart = "add_to_cart";
    /// Taken out of the cart.
    RemoveFromCart = "remove_from_cart";
    /// Put on a wish list; the same as a favourite.
    AddToWishlist = "add_to_wishlist";
    /// Bought.
    Purchase = "purchase";
    /// Given back.
    Refund = "refund";
    /// A promotion was shown.
    ViewPromotion = "view_promotion";
    /// Searched for.
    Search = "search";
    /// Asked to be reminded of a brand.
    ReminderOn = "reminder_on";
    /// No longer wants that.
    ReminderOff = "reminder_off";
    /// Marked an item.
    FavouriteOn = "favourite_on";
    /// Unmarked it.
    FavouriteOff = "favourite_off";
    /// Not interested in an item, a brand or a category.
    Dismiss = "dismiss";
    /// Took that back.
    Undismiss = "undismiss";
    /// Allows sensitive goods to count and to be put forward.
    SensitiveOn = "sensitive_on";
    /// No longer does.
    SensitiveOff = "sensitive_off";
    /// Asked to send something back; open until it is closed.
    ReturnOpened = "return_opened";
    /// The return is settled.
    ReturnClosed = "return_closed";
    /// Complained; open until it is settled.
    ComplaintOpened = "complaint_opened";
    /// The complaint is settled.
    ComplaintClosed = "complaint_closed";
    /// Answered a question of the survey, the one on the whole where no question is named; the answer is the reason, and
    /// [`SKIPPED`] is none.
    Satisfaction = "satisfaction";
    /// Wants no coupons put forward.
    CouponsOff = "coupons_off";
    /// Wants them again.
    CouponsOn = "coupons_on";
}

impl EventKind {
    /// The kind of a name; `None` for a name that is not understood.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.name() == name)
    }

    /// Whether it is kept with the orders, apart and longer.
    pub fn is_order(self) -> bool {
        matches!(self, Self::Purchase | Self::Refund)
    }
}

/// An event's stable id: the tab that saw it and its number there. Written `tab-number`, both in decimal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EventId {
    /// A random number of the tab.
    pub tab: u32,
    /// Counts up within the tab.
    pub sequence: u32,
}

impl fmt::Display for EventId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}-{}", self.tab, self.sequence)
    }
}

impl EventId {
    /// Reads `tab-number`.
    pub fn from_text(text: &str) -> Option<Self> {
        let (tab, sequence) = text.split_once('-')?;
        let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        if !digits(tab) || !digits(sequence) {
            return None;
        }
        Some(Self { tab: tab.parse().ok()?, sequence: sequence.parse().ok()? })
    }
}

impl Serialize for EventId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for EventId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::from_text(&text).ok_or_else(|| serde::de::Error::custom("an event id is written tab-number"))
    }
}

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// Its stable id.
    pub id: EventId,
    /// When.
    pub at: Timestamp,
    /// What.
    #[serde(rename = "name")]
    pub kind: EventKind,
    /// The items it is about, at most [`EVENT_ITEMS_MAX`].
    #[serde(default)]
    pub items: Vec<RememberedItem>,
    /// The brand, for reminders and for dismissals of a brand.
    #[serde(default)]
    pub brand: Option<String>,
    /// The category, for dismissals of a category.
    #[serde(default)]
    pub category: Option<String>,
    /// The order's own id, for purchases and refunds.
    #[serde(default)]
    pub order: Option<String>,
    /// What was searched for.
    #[serde(default)]
    pub term: Option<String>,
    /// Why something was dismissed, or what was answered.
    #[serde(default)]
    pub reason: Option<String>,
    /// The promotion that was shown or dismissed.
    #[serde(default)]
    pub promotion: Option<String>,
    /// The item of the survey that was answered; none for the one on the whole.
    #[serde(default)]
    pub question: Option<String>,
    /// The list in which an item was chosen.
    #[serde(default)]
    pub list: Option<String>,
}

/// The copy of an item's facts that an event keeps.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RememberedItem {
    /// Stable id.
    pub id: String,
    /// Name as shown then.
    #[serde(default)]
    pub name: Option<String>,
    /// Stable id of the brand.
    #[serde(default)]
    pub brand: Option<String>,
    /// Stable id of the category.
    #[serde(default)]
    pub category: Option<String>,
    /// Price in minor units.
    #[serde(default)]
    pub price: Option<i64>,
    /// Price before the sale in minor units.
    #[serde(default)]
    pub list_price: Option<i64>,
    /// How many.
    #[serde(default = "one")]
    pub quantity: u32,
    /// The size chosen.
    #[serde(default)]
    pub size: Option<String>,
    /// Whether it is never named in reasons and never drives other surfaces.
    #[serde(default)]
    pub sensitive: bool,
    /// Attributes, each `name=value`.
    #[serde(default)]
    pub attributes: Vec<String>,
}

fn one() -> u32 {
    1
}

/// Why an event cannot be kept. It is refused whole.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EventError {
    /// The name is not one that is understood.
    #[error("event name {name:?} is not understood; the names are {}", names())]
    Name {
        /// The name.
        name: String,
    },
    /// A field is missing or out of range.
    #[error("{event} event: {field} {problem}")]
    Field {
        /// The event's name.
        event: &'static str,
        /// The field, as a path such as `items[2].price`.
        field: String,
        /// What is wrong, and what is allowed.
        problem: &'static str,
    },
}

fn names() -> String {
    EventKind::ALL.iter().map(|kind| kind.name()).collect::<Vec<_>>().join(", ")
}

impl Event {
    /// Checks an event that comes from outside: a log, an import, a call.
    ///
    /// # Errors
    /// [`EventError::Field`], naming the field.
    pub fn check(&self) -> Result<(), EventError> {
        let wrong = |field: &str, problem| {
            Err(EventError::Field { event: self.kind.name(), field: field.to_string(), problem })
        };
        if !(0..=TIME_MAX).contains(&self.at.0) {
            return wrong("at", "is UTC milliseconds from 1970 to 9999");
        }
        if self.items.len() > EVENT_ITEMS_MAX {
            return wrong("items", "are at most 200");
        }
        let ids = [
            ("brand", &self.brand),
            ("category", &self.category),
            ("order", &self.order),
            ("promotion", &self.promotion),
            ("question", &self.question),
            ("list", &self.list),
        ];
        for (field, id) in ids {
            if id.as_deref().is_some_and(|id| check_id(id).is_err()) {
                return wrong(field, "is an id of 1 to 64 bytes without spaces");
            }
        }
        for (field, text) in [("term", &self.term), ("reason", &self.reason)] {
            if text.as_deref().is_some_and(|text| text.len() > TEXT_BYTES_MAX) {
                return wrong(field, "is at most 160 bytes");
            }
        }
        for (at, item) in self.items.iter().enumerate() {
            if let Err((field, problem)) = item.check() {
                return wrong(&format!("items[{at}].{field}"), problem);
            }
        }
        match self.kind {
            EventKind::ViewItem
            | EventKind::SelectItem
            | EventKind::AddToCart
            | EventKind::RemoveFromCart
            | EventKind::AddToWishlist
            | EventKind::FavouriteOn
            | EventKind::FavouriteOff
                if self.items.is_empty() =>
            {
                wrong("items", "has at least one item")
            }
            EventKind::ReminderOn | EventKind::ReminderOff if self.brand.is_none() => {
                wrong("brand", "is needed")
            }
            EventKind::Dismiss | EventKind::Undismiss
                if self.items.is_empty()
                    && self.brand.is_none()
                    && self.category.is_none()
                    && self.promotion.is_none() =>
            {
                wrong("items", "or a brand, a category or a promotion says what is dismissed")
            }
            // What another question can be answered with stands in a pack, perhaps in one that has gone.
            EventKind::Satisfaction
                if self.reason.as_deref().is_none_or(|reason| {
                    self.question.is_none() && reason != SKIPPED && !SATISFACTION.contains(&reason)
                }) =>
            {
                wrong("reason", "is very_satisfied, satisfied, fair, dissatisfied, very_dissatisfied or none")
            }
            EventKind::Purchase | EventKind::Refund if self.order.is_none() => {
                wrong("order", "is needed: GA4's transaction_id")
            }
            _ => Ok(()),
        }
    }

    /// The order of events: by time, then tab, then number.
    pub fn key(&self) -> (Timestamp, EventId) {
        (self.at, self.id)
    }
}

impl RememberedItem {
    /// Checks an item that comes from outside; the field that is off and what is allowed.
    pub(crate) fn check(&self) -> Result<(), (&'static str, &'static str)> {
        let id = "is an id of 1 to 64 bytes without spaces";
        if check_id(&self.id).is_err() {
            return Err(("id", id));
        }
        for (field, text) in [("brand", &self.brand), ("category", &self.category)] {
            if text.as_deref().is_some_and(|text| check_id(text).is_err()) {
                return Err((field, id));
            }
        }
        for (field, amount) in [("price", self.price), ("listPrice", self.list_price)] {
            if amount.is_some_and(|amount| !(0..=AMOUNT_MAX).contains(&amount)) {
                return Err((field, "is a non-negative amount of minor units"));
            }
        }
        if !(1..=9_999).contains(&self.quantity) {
            return Err(("quantity", "is 1 to 9999"));
        }
        if self.name.as_deref().is_some_and(|name| name.len() > TEXT_BYTES_MAX) {
            return Err(("name", "is at most 160 bytes"));
        }
        if self.size.as_deref().is_some_and(|size| size.len() > ID_BYTES_MAX) {
            return Err(("size", "is at most 64 bytes"));
        }
        if self.attributes.len() > ATTRIBUTES_MAX || self.attributes.iter().any(|text| text.len() > 128) {
            return Err(("attributes", "are at most 16 texts of at most 128 bytes"));
        }
        Ok(())
    }
}

/// A text cut to at most [`TEXT_BYTES_MAX`] bytes, between characters.
pub fn cut_text(text: &str) -> &str {
    let mut end = text.len().min(TEXT_BYTES_MAX);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_go_both_ways() {
        for kind in EventKind::ALL {
            assert_eq!(EventKind::from_name(kind.name()), Some(*kind));
            let json = serde_json::to_string(kind).expect("serialises");
            assert_eq!(json, format!("{:?}", kind.name()), "the serialised name is the GA4 name");
        }
        assert_eq!(EventKind::from_name("page_view"), None);
    }

    #[test]
    fn ids_are_read_strictly() {
        assert_eq!(EventId::from_text("12-7"), Some(EventId { tab: 12, sequence: 7 }));
        for text in ["", "12", "-1", "12-", "+1-2", "1-2-3", "4294967296-0"] {
            assert_eq!(EventId::from_text(text), None, "{text:?}");
        }
    }

    #[test]
    fn long_texts_are_cut_between_characters() {
        let text = "连".repeat(100);
        assert_eq!(cut_text(&text).len(), 159);
        assert_eq!(cut_text("short"), "short");
    }
}
