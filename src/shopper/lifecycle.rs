//! Where a shopper stands with the shop, from orders alone.
//!
//! The names are for the shop's rules and never reach a shopper; no stage ever gets worse service. A cleared
//! browser or a second device looks like [`Stage::Potential`].

use super::value::Figures;
use serde::{Deserialize, Serialize};

/// A lifecycle stage. The order is the pack's format: add new ones at the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// No order yet.
    Potential,
    /// One order, a short while ago.
    New,
    /// The rest: comes and buys.
    Active,
    /// Several orders, the last not long ago.
    Loyal,
    /// The last order is a while ago.
    Lapsing,
    /// The last order is long ago.
    Lost,
}

impl Stage {
    /// Every stage.
    pub const ALL: [Self; 6] =
        [Self::Potential, Self::New, Self::Active, Self::Loyal, Self::Lapsing, Self::Lost];
    /// The stages' names in campaign files, in the order of [`Self::ALL`].
    pub const NAMES: [&'static str; 6] = ["potential", "new", "active", "loyal", "lapsing", "lost"];

    /// The stage's name in campaign files.
    pub fn name(self) -> &'static str {
        Self::NAMES.get(self as usize).copied().unwrap_or("potential")
    }
}

/// Where one stage ends and the next begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Thresholds {
    /// One order at most so many shop days ago is new.
    pub new_days: u32,
    /// So many orders are loyal.
    pub loyal_orders: u32,
    /// More than so many shop days since the last order is lapsing.
    pub lapsing_days: u32,
    /// More than so many is lost.
    pub lost_days: u32,
}

impl Default for Thresholds {
    /// 30, 3, 60 and 120: a brand returns about once a month, so two missed returns are lapsing and four are lost.
    fn default() -> Self {
        Self { new_days: 30, loyal_orders: 3, lapsing_days: 60, lost_days: 120 }
    }
}

/// The stage that figures put a shopper in. First match wins: potential, lost, lapsing, loyal, new, active.
pub fn stage(figures: &Figures, thresholds: Thresholds) -> Stage {
    match figures.recency {
        None => Stage::Potential,
        Some(days) if days > thresholds.lost_days => Stage::Lost,
        Some(days) if days > thresholds.lapsing_days => Stage::Lapsing,
        Some(_) if figures.frequency >= thresholds.loyal_orders => Stage::Loyal,
        Some(days) if figures.frequency == 1 && days <= thresholds.new_days => Stage::New,
        Some(_) => Stage::Active,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stages_change_on_the_day_after_the_threshold() {
        let of =
            |recency, frequency| stage(&Figures { recency, frequency, monetary: 0 }, Thresholds::default());
        let table = [
            (None, 0, Stage::Potential),
            (Some(0), 1, Stage::New),
            (Some(30), 1, Stage::New),
            (Some(31), 1, Stage::Active),
            (Some(5), 2, Stage::Active),
            (Some(60), 1, Stage::Active),
            (Some(60), 3, Stage::Loyal),
            (Some(61), 3, Stage::Lapsing),
            (Some(61), 1, Stage::Lapsing),
            (Some(120), 9, Stage::Lapsing),
            (Some(121), 9, Stage::Lost),
        ];
        for (recency, frequency, expected) in table {
            assert_eq!(of(recency, frequency), expected, "{frequency} orders, the last {recency:?} days ago");
        }
    }

    #[test]
    fn names_follow_the_stages() {
        for (stage, name) in Stage::ALL.into_iter().zip(Stage::NAMES) {
            assert_eq!(stage.name(), name);
        }
    }
}
