//! What a cart costs, told in full: each line's shares, each promotion used, each one refused and why.

use super::conditions::Unmet;
use crate::base::money::Money;
use crate::base::time::Timestamp;
use alloc::string::String;
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

/// A priced cart. Its parts sum exactly: shares to what each promotion took off, lines to the total.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Receipt {
    /// The lines, by ascending key.
    pub lines: Vec<ReceiptLine>,
    /// What the lines cost before promotions.
    pub subtotal: Money,
    /// What the promotions took off.
    pub discount: Money,
    /// What is left to pay, zero or more.
    pub total: Money,
    /// The promotions used, in the order in which they were worked out.
    pub used: Vec<Applied>,
    /// Every other promotion, by ascending id.
    pub refused: Vec<Refused>,
    /// Codes entered that belong to no promotion, sorted.
    pub unknown_codes: Vec<String>,
    /// Whether the combination is proven to be the best.
    pub search: Search,
}

/// A line of a receipt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceiptLine {
    /// The line's key.
    pub key: String,
    /// Stable id of the item.
    pub item: String,
    /// Units.
    pub quantity: u32,
    /// Price of a unit before promotions.
    pub unit_price: Money,
    /// Unit price times quantity.
    pub subtotal: Money,
    /// What came off, in the order in which it did; shares of zero are left out.
    pub discounts: Vec<Share>,
    /// What is left to pay for the line, zero or more.
    pub total: Money,
}

/// What one promotion took off one line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Share {
    /// Stable id of the promotion.
    pub promotion: String,
    /// How much.
    pub amount: Money,
}

/// A promotion that was used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Applied {
    /// Stable id.
    pub promotion: String,
    /// Its code, if it has one.
    pub code: Option<String>,
    /// What it took off, more than zero.
    pub amount: Money,
}

/// A promotion that was not used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refused {
    /// Stable id.
    pub promotion: String,
    /// Its code, if it has one.
    pub code: Option<String>,
    /// Why, and by how much.
    pub reason: Reason,
}

/// Why a promotion was not used, with the distance where there is one.
///
/// The order is the format of stored receipts: add new reasons at the end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Reason {
    /// It has a code, which was not entered.
    CodeNotEntered,
    /// It has not begun.
    NotOpen {
        /// When it does.
        opens: Timestamp,
    },
    /// It is over.
    Ended {
        /// Since when.
        closed: Timestamp,
    },
    /// No line of the cart is one of those it is about.
    NoLine,
    /// Its lines cost too little.
    AmountShort {
        /// How much more must be spent on them.
        missing: Money,
    },
    /// There are too few units.
    QuantityShort {
        /// How many more there must be.
        missing: u32,
    },
    /// It would take nothing off, for its lines cost nothing or too little to round up to the smallest coin.
    SavesNothing,
    /// One of its group is used, and of a group only one may be.
    GroupTaken {
        /// Stable id of the one used.
        by: String,
        /// How much less the best combination with this one would save; nothing where that was not found out.
        less: Option<Money>,
    },
    /// It is used alone or not at all, or one that is used stands alone.
    Exclusive {
        /// Stable id of one used that it cannot go with.
        with: String,
        /// How much less the best combination with this one would save; nothing where that was not found out.
        less: Option<Money>,
    },
    /// It may go with those used, but every combination with it saves less, or no more with one more promotion.
    NotBest {
        /// How much less; nothing where that was not found out.
        less: Option<Money>,
    },
}

impl Reason {
    /// The reason's code, by which message files name it.
    pub fn code(&self) -> &'static str {
        match self {
            Self::CodeNotEntered => "code_not_entered",
            Self::NotOpen { .. } => "not_open",
            Self::Ended { .. } => "ended",
            Self::NoLine => "no_line",
            Self::AmountShort { .. } => "amount_short",
            Self::QuantityShort { .. } => "quantity_short",
            Self::SavesNothing => "saves_nothing",
            Self::GroupTaken { .. } => "group_taken",
            Self::Exclusive { .. } => "exclusive",
            Self::NotBest { .. } => "not_best",
        }
    }

    /// What is missing to be used: money in minor units, or units.
    pub fn shortfall(&self) -> Option<i64> {
        match self {
            Self::AmountShort { missing } => Some(missing.minor()),
            Self::QuantityShort { missing } => Some(i64::from(*missing)),
            _ => None,
        }
    }
}

impl From<Unmet> for Reason {
    fn from(unmet: Unmet) -> Self {
        match unmet {
            Unmet::Amount { missing } => Self::AmountShort { missing },
            Unmet::Quantity { missing } => Self::QuantityShort { missing },
            Unmet::NotOpen { opens } => Self::NotOpen { opens },
            Unmet::Ended { closed } => Self::Ended { closed },
        }
    }
}

/// How far the search for the best combination went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Search {
    /// The combination is proven to save most.
    #[default]
    Exact,
    /// The search ended first ([`super::combine::NODES_MAX`]).
    Bounded {
        /// How much more another combination could save at most.
        gap: Money,
    },
}
