//! What a cart costs, told in full: each line's shares, each promotion used, each one refused and why.

use super::benefits::Next;
use super::cart::Tax;
use super::conditions::Unmet;
use crate::base::money::Money;
use crate::base::time::Timestamp;
use alloc::string::String;
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

/// A priced cart. Its parts sum exactly: shares to what each promotion took off, lines and shipping to the total.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Receipt {
    /// The lines, by ascending key.
    pub lines: Vec<ReceiptLine>,
    /// What the lines cost before promotions.
    pub subtotal: Money,
    /// What it costs to ship them, where that is known.
    pub shipping: Option<ReceiptShipping>,
    /// What the promotions took off, lines and shipping together.
    pub discount: Money,
    /// The tax in the total, of lines and shipping together.
    pub tax: Money,
    /// Whether prices hold the tax, or it is added.
    pub tax_is: Tax,
    /// What the order costs: subtotal and shipping, less the discount, with the tax where that is added; zero or more.
    pub total: Money,
    /// What vouchers pay of it.
    pub tenders: Vec<Applied>,
    /// What is left to pay, zero or more.
    pub payable: Money,
    /// The promotions used, in the order in which they were worked out.
    pub used: Vec<Applied>,
    /// Items that are put in besides.
    pub gifts: Vec<GiftLine>,
    /// What earns more points.
    pub points: Vec<PointsEarned>,
    /// Points that are spent.
    pub points_spent: u32,
    /// Every other promotion, by ascending id.
    pub refused: Vec<Refused>,
    /// Codes entered that belong to no promotion, sorted.
    pub unknown_codes: Vec<String>,
    /// Whether the combination is proven to be the best.
    pub search: Search,
}

/// The shipping of a receipt.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ReceiptShipping {
    /// The fee before promotions.
    pub subtotal: Money,
    /// What came off, in the order in which it did.
    pub discounts: Vec<Share>,
    /// What is left to pay for it, without tax that is added.
    pub total: Money,
    /// Its tax.
    pub tax: Money,
}

/// An item that is put in besides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GiftLine {
    /// Stable id of the promotion.
    pub promotion: String,
    /// Stable id of the item.
    pub item: String,
    /// Units.
    pub quantity: u32,
}

/// Lines that earn more points.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PointsEarned {
    /// Stable id of the promotion.
    pub promotion: String,
    /// Hundredths: 200 is twice the points.
    pub times: u32,
    /// What the lines cost in the end.
    pub amount: Money,
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
    /// What is left to pay for the line, zero or more, without tax that is added.
    pub total: Money,
    /// Its tax: part of the total, or on top of it.
    pub tax: Money,
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
    /// What it took off, or paid; zero where it gave something besides.
    pub amount: Money,
    /// How much more would come off for how much more spent on its lines, where there is a next step.
    pub next: Option<Next>,
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
    /// One of the two says that it does not go with one that is used.
    NotWith {
        /// Stable id of the one used.
        with: String,
        /// How much less the best combination with this one would save; nothing where that was not found out.
        less: Option<Money>,
    },
    /// As many codes are used as may be.
    CodesTaken {
        /// How much less the best combination with this one would save; nothing where that was not found out.
        less: Option<Money>,
    },
    /// The account has used it as often as it may.
    UsedUp {
        /// How often it may.
        of: u32,
    },
    /// All that it may give in all has been given.
    BudgetSpent,
    /// It is off the shipping, of which nothing is known yet.
    NoShipping,
    /// It is not the day of the week or the hour for it.
    Hours,
    /// It is for members of a higher tier.
    TierShort {
        /// From which tier on.
        at_least: u32,
    },
    /// It is for customers of a group.
    OtherGroup,
    /// It is for another of the account's orders.
    OtherOrder {
        /// For which.
        is: u32,
    },
    /// It is for another payment method.
    OtherPayment,
    /// It is for orders placed elsewhere.
    OtherChannel,
    /// The account has too few points.
    PointsShort {
        /// How many more it takes.
        missing: u32,
    },
    /// It is not for a cart like this one.
    Excepted,
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
            Self::NotWith { .. } => "not_with",
            Self::CodesTaken { .. } => "codes_taken",
            Self::UsedUp { .. } => "used_up",
            Self::BudgetSpent => "budget_spent",
            Self::NoShipping => "no_shipping",
            Self::Hours => "hours",
            Self::TierShort { .. } => "tier_short",
            Self::OtherGroup => "other_group",
            Self::OtherOrder { .. } => "other_order",
            Self::OtherPayment => "other_payment",
            Self::OtherChannel => "other_channel",
            Self::PointsShort { .. } => "points_short",
            Self::Excepted => "excepted",
        }
    }

    /// What is missing to be used: money in minor units, or units.
    pub fn shortfall(&self) -> Option<i64> {
        match self {
            Self::AmountShort { missing } => Some(missing.minor()),
            Self::QuantityShort { missing } | Self::PointsShort { missing } => Some(i64::from(*missing)),
            _ => None,
        }
    }

    /// How much less the best combination with the promotion would save, where that was found out.
    pub fn less(&self) -> Option<Money> {
        match self {
            Self::GroupTaken { less, .. }
            | Self::Exclusive { less, .. }
            | Self::NotBest { less }
            | Self::NotWith { less, .. }
            | Self::CodesTaken { less } => *less,
            _ => None,
        }
    }

    /// The promotion used that stands against it.
    pub fn with(&self) -> Option<&str> {
        match self {
            Self::GroupTaken { by: with, .. } | Self::Exclusive { with, .. } | Self::NotWith { with, .. } => {
                Some(with)
            }
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
            Unmet::Hours => Self::Hours,
            Unmet::Tier { at_least } => Self::TierShort { at_least },
            Unmet::Group => Self::OtherGroup,
            Unmet::OrderNumber { is } => Self::OtherOrder { is },
            Unmet::Code => Self::CodeNotEntered,
            Unmet::Payment => Self::OtherPayment,
            Unmet::Channel => Self::OtherChannel,
            Unmet::Points { missing } => Self::PointsShort { missing },
            Unmet::Not => Self::Excepted,
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
    /// Nothing was searched for: the shop's strategy is a walk in order ([`super::manners::Strategy::Priority`]).
    InOrder,
}
