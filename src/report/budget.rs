//! The privacy budget: constants of the engine that no pack can raise (law 8).
//!
//! Time is counted in the ISO weeks that reports are about, so that a clock that is wrong or set back changes
//! nothing: every stretch of [`BUDGET_DAYS`] days lies within [`BUDGET_WEEKS`] weeks, and no run of that many
//! weeks may spend more than [`BUDGET_THOUSANDTHS`], whichever was reported first. Losses add up by basic
//! composition (Dwork and Roth, "The Algorithmic Foundations of Differential Privacy", 2014, theorem 3.16).

use crate::base::time::Week;
use serde::{Deserialize, Serialize};

/// The most a report may spend, in thousandths of ε.
pub const EPSILON_MAX_THOUSANDTHS: u16 = 1_000;
/// The most all reports together may spend in any [`BUDGET_DAYS`] days, in thousandths of ε.
pub const BUDGET_THOUSANDTHS: u32 = 8_000;
/// The days over which spending adds up.
pub const BUDGET_DAYS: u16 = 90;
/// The weeks that any stretch of [`BUDGET_DAYS`] days can touch: 90 days that begin on a Sunday reach into a
/// fourteenth.
pub const BUDGET_WEEKS: i64 = 14;

/// What a report spent, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spent {
    /// The week it is about.
    pub week: Week,
    /// Its ε in thousandths.
    pub thousandths: u16,
}

/// How the budget stands, for the shopper to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// Spent in the weeks that count now, in thousandths of ε.
    pub spent_thousandths: u32,
    /// What may be spent, in thousandths of ε: [`BUDGET_THOUSANDTHS`].
    pub limit_thousandths: u32,
    /// The days over which it adds up: [`BUDGET_DAYS`].
    pub days: u16,
}

/// How the budget stands in `week`: what the last [`BUDGET_WEEKS`] weeks spent, that one included.
pub fn standing(spendings: impl Iterator<Item = Spent>, week: Week) -> Standing {
    let now = week.number();
    let spent_thousandths = spendings
        .filter(|spent| (now - BUDGET_WEEKS + 1..=now).contains(&spent.week.number()))
        .map(|spent| u32::from(spent.thousandths))
        .fold(0, u32::saturating_add);
    Standing { spent_thousandths, limit_thousandths: BUDGET_THOUSANDTHS, days: BUDGET_DAYS }
}

/// Whether a report in `week` that spends `thousandths` keeps every run of [`BUDGET_WEEKS`] weeks within
/// [`BUDGET_THOUSANDTHS`].
pub fn allows(spendings: &(impl Iterator<Item = Spent> + Clone), week: Week, thousandths: u16) -> bool {
    let at = week.number();
    thousandths <= EPSILON_MAX_THOUSANDTHS
        && (at - BUDGET_WEEKS + 1..=at).all(|first| {
            let run = first..first + BUDGET_WEEKS;
            let spent = spendings
                .clone()
                .filter(|spent| run.contains(&spent.week.number()))
                .map(|spent| u32::from(spent.thousandths))
                .fold(u32::from(thousandths), u32::saturating_add);
            spent <= BUDGET_THOUSANDTHS
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::time::{DAY, Timestamp};
    use alloc::vec::Vec;
    use proptest::prelude::*;

    fn week(number: i64) -> Week {
        Week::numbered(number)
    }

    fn spent(weeks: &[i64]) -> Vec<Spent> {
        weeks.iter().map(|number| Spent { week: week(*number), thousandths: 1_000 }).collect()
    }

    #[test]
    fn eight_reports_of_one_are_all_there_is_in_fourteen_weeks() {
        let eight: Vec<i64> = (2_900..2_908).collect();
        let spendings = spent(&eight);
        assert!(!allows(&spendings.iter().copied(), week(2_908), 1));
        assert!(!allows(&spendings.iter().copied(), week(2_913), 1));
        assert!(allows(&spendings.iter().copied(), week(2_914), 1_000));
        assert!(
            !allows(&spendings.iter().copied(), week(2_894), 1),
            "a clock set back finds no other budget"
        );
        assert!(allows(&spendings.iter().copied(), week(2_893), 1));
        assert!(!allows(&core::iter::empty(), week(0), 1_001));
        assert_eq!(standing(spendings.iter().copied(), week(2_910)).spent_thousandths, 8_000);
        assert_eq!(standing(spendings.iter().copied(), week(2_915)).spent_thousandths, 6_000);
    }

    proptest! {
        /// Ninety days, wherever they begin, touch at most fourteen weeks.
        #[test]
        fn ninety_days_lie_within_the_weeks_counted(first in 0_i64..100_000) {
            let days = i64::from(BUDGET_DAYS);
            let (from, to) = (Week::of(Timestamp(first * DAY)), Week::of(Timestamp((first + days) * DAY - 1)));
            prop_assert!(to.number() - from.number() < BUDGET_WEEKS);
        }
    }
}
