//! Small typed views of what columns hold.

use super::steps::weight_of;
use crate::base::ids::ItemIndex;

/// How a brand stands; by it a sign is drawn. Never a reason for better or worse service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum BrandTier {
    /// Luxury.
    Luxury = 0,
    /// First tier.
    First = 1,
    /// Second tier.
    Second = 2,
    /// Third tier.
    Third = 3,
}

impl BrandTier {
    /// The tier of a column's value; what is not known is the third.
    pub fn from_code(code: u8) -> Self {
        match code {
            0 => Self::Luxury,
            1 => Self::First,
            2 => Self::Second,
            _ => Self::Third,
        }
    }

    /// The tier's name in the API.
    pub fn name(self) -> &'static str {
        match self {
            Self::Luxury => "luxury",
            Self::First => "first",
            Self::Second => "second",
            Self::Third => "third",
        }
    }
}

/// What an item is for in the shop's assortment (`docs/feed.md`).
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum Role {
    /// Not classified.
    #[default]
    None = 0,
    /// Appeals across categories and shoppers (引流).
    Traffic = 1,
    /// Binds the core shoppers (利润).
    Profit = 2,
    /// Poor sales, association and repeat, all three (边缘).
    Marginal = 3,
    /// May grow into profit (潜力).
    Potential = 4,
}

impl Role {
    /// The role of a column's value; what is not known is none.
    pub fn from_code(code: u8) -> Self {
        match code {
            1 => Self::Traffic,
            2 => Self::Profit,
            3 => Self::Marginal,
            4 => Self::Potential,
            _ => Self::None,
        }
    }

    /// The role's name in feeds and in `pack inspect`.
    pub fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Traffic => "traffic",
            Self::Profit => "profit",
            Self::Marginal => "marginal",
            Self::Potential => "potential",
        }
    }
}

/// An item's yes-or-no facts, one bit each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ItemFlags(pub u8);

impl ItemFlags {
    /// The bit of goods that are never named in reasons.
    pub const SENSITIVE: u8 = 1;
    /// The bit of insured authenticity.
    pub const AUTHENTICITY_INSURED: u8 = 2;
    /// The bit of another season's goods.
    pub const OFF_SEASON: u8 = 4;

    /// Whether the item is never named in reasons.
    pub fn sensitive(self) -> bool {
        self.0 & Self::SENSITIVE != 0
    }

    /// Whether its authenticity is insured.
    pub fn authenticity_insured(self) -> bool {
        self.0 & Self::AUTHENTICITY_INSURED != 0
    }

    /// Whether it is of another season.
    pub fn off_season(self) -> bool {
        self.0 & Self::OFF_SEASON != 0
    }
}

/// One size of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StockRow<'a> {
    /// The row in the pack, by which a delta names it.
    pub row: u32,
    /// The size as shown.
    pub size: &'a str,
    /// Units left.
    pub left: u32,
    /// Units at opening.
    pub at_opening: u32,
}

/// Where a sale stands at an instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SaleState {
    /// Visible, not yet open.
    Preview,
    /// Open.
    Open,
    /// Closed, or hidden by a delta.
    Ended,
}

/// An item's co-visitation row, in place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Covisitation<'a> {
    /// Neighbouring item rows.
    pub items: &'a [u32],
    /// Their weights, in steps ([`weight_of`]).
    pub steps: &'a [u8],
    /// The largest weight, in millionths.
    pub largest: u32,
}

impl Covisitation<'_> {
    /// The neighbours with their weights, in millionths.
    pub fn neighbours(&self) -> impl Iterator<Item = (ItemIndex, u32)> + '_ {
        let weights = self.steps.iter().map(|step| weight_of(*step, self.largest));
        self.items.iter().map(|item| ItemIndex(*item)).zip(weights)
    }
}
