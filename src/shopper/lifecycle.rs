//! Where a shopper stands with the shop, from orders alone.
//!
//! The names are for the shop's rules and never reach a shopper; no stage ever gets worse service. A cleared
//! browser or a second device looks like [`Stage::Potential`].

use super::value::{Figures, OrderRow};
use crate::base::time::{Timestamp, Zone};
use alloc::vec::Vec;
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

/// A stage, the shop day on which it began and what began it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Since {
    /// The stage.
    pub stage: Stage,
    /// Days since 1970 by the shop's zone; nothing for somebody who never ordered.
    pub day: Option<i64>,
    /// Whether an order began it; else it was the time without one.
    pub by_order: bool,
}

/// The stage at `now` and since when. Orders are in the order of time.
pub fn since(orders: &[OrderRow], now: Timestamp, thresholds: Thresholds, zone: &Zone) -> Since {
    let today = zone.day(now);
    let days: Vec<i64> = orders.iter().map(|order| zone.day(order.at).min(today)).collect();
    let at = |count: usize, last: i64, day: i64| {
        let recency = Some((day - last).clamp(0, i64::from(u32::MAX)) as u32);
        stage(&Figures { recency, frequency: count as u32, ..Figures::default() }, thresholds)
    };
    let mut found = Since { stage: Stage::Potential, day: None, by_order: false };
    for (place, day) in days.iter().enumerate() {
        let until = days.get(place + 1).copied().unwrap_or(i64::MAX);
        let quiet = [thresholds.new_days, thresholds.lapsing_days, thresholds.lost_days];
        let changes = quiet.map(|days| day + i64::from(days) + 1);
        for change in [*day]
            .into_iter()
            .chain(changes)
            .filter(|change| *change <= today && *change < until.max(day + 1))
        {
            let next = at(place + 1, *day, change);
            if next != found.stage {
                found = Since { stage: next, day: Some(change), by_order: change == *day };
            }
        }
    }
    found
}

/// Where somebody stands with the shop, as a course and not as a rung: exploring (考察期), growing (发展期), stable (稳定期),
/// declining (退化期). Growing can fall straight to declining.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// No order yet, or one.
    Exploring,
    /// Came back once.
    Growing,
    /// Comes regularly.
    Stable,
    /// Stays away.
    Declining,
}

/// What a phase is treated with. None of them is worse service: the shop, its prices and every code are the same for all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Treatment {
    /// Make the goods and their use known, without pressure.
    Inform,
    /// Raise trust.
    Reassure,
    /// Keep, and do not push to buy.
    Keep,
    /// Bring back with what is offered to those who stay away.
    Recover,
    /// Leave in peace: what was offered since the last order moved nothing.
    Stop,
}

impl Phase {
    /// Every phase.
    pub const ALL: [Self; 4] = [Self::Exploring, Self::Growing, Self::Stable, Self::Declining];
    /// The phases' names in campaign files, in the order of [`Self::ALL`].
    pub const NAMES: [&'static str; 4] = ["exploring", "growing", "stable", "declining"];

    /// The phase's name in campaign files.
    pub fn name(self) -> &'static str {
        Self::NAMES.get(self as usize).copied().unwrap_or("exploring")
    }

    /// The phase that figures put a shopper in.
    pub fn of(figures: &Figures, thresholds: Thresholds) -> Self {
        match stage(figures, thresholds) {
            Stage::Lapsing | Stage::Lost => Self::Declining,
            _ if figures.frequency >= thresholds.loyal_orders => Self::Stable,
            _ if figures.frequency >= 2 => Self::Growing,
            _ => Self::Exploring,
        }
    }

    /// What it is treated with. `unanswered` is on how many days something was offered since the last order, and
    /// `patience` how many of them are enough for somebody who stays away.
    pub fn treatment(self, unanswered: usize, patience: usize) -> Treatment {
        match self {
            Self::Exploring => Treatment::Inform,
            Self::Growing => Treatment::Reassure,
            Self::Stable => Treatment::Keep,
            Self::Declining if unanswered >= patience => Treatment::Stop,
            Self::Declining => Treatment::Recover,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::money::Money;

    #[test]
    fn stages_change_on_the_day_after_the_threshold() {
        let of = |recency, frequency| {
            stage(&Figures { recency, frequency, ..Figures::default() }, Thresholds::default())
        };
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

    #[test]
    fn the_day_of_a_change_is_the_days_on_which_stages_differ() {
        let zone = Zone::new("Asia/Shanghai", alloc::vec![(Timestamp(0), 28_800)]).expect("a zone");
        let row = |day: i64| OrderRow { at: zone.instant(day, 600), value: Money::default() };
        let orders = [row(100), row(110), row(250), row(255)];
        let thresholds = Thresholds::default();
        let at = |now: i64| {
            since(
                &orders[..orders.iter().filter(|order| zone.day(order.at) <= now).count()],
                zone.instant(now, 1_000),
                thresholds,
                &zone,
            )
        };
        let mut before = at(90);
        assert_eq!(before, Since { stage: Stage::Potential, day: None, by_order: false });
        for now in 91..500 {
            let found = at(now);
            if found.stage == before.stage {
                assert_eq!(found, before, "day {now}");
            } else {
                assert_eq!(found.day, Some(now), "{found:?}");
                assert_eq!(found.by_order, orders.iter().any(|order| zone.day(order.at) == now));
            }
            before = found;
        }
        assert_eq!(before.stage, Stage::Lost);
    }

    #[test]
    fn who_stays_away_is_left_in_peace_in_the_end() {
        let of = |recency, frequency, expected| {
            let figures = Figures { recency, frequency, ..Figures::default() };
            assert_eq!(stage(&figures, Thresholds::default()), expected);
            Phase::of(&figures, Thresholds::default())
        };
        assert_eq!(of(None, 0, Stage::Potential), Phase::Exploring);
        assert_eq!(of(Some(5), 1, Stage::New), Phase::Exploring);
        assert_eq!(of(Some(5), 2, Stage::Active), Phase::Growing);
        assert_eq!(of(Some(5), 3, Stage::Loyal), Phase::Stable);
        assert_eq!(of(Some(70), 2, Stage::Lapsing), Phase::Declining, "straight from growing");
        assert_eq!(Phase::Declining.treatment(8, 9), Treatment::Recover);
        assert_eq!(Phase::Declining.treatment(9, 9), Treatment::Stop);
        assert_eq!(Phase::Stable.treatment(99, 9), Treatment::Keep);
    }
}
