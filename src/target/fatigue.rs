//! How often offers may be surfaced. One coupon on one shop day is one surfacing, however often it is looked at.

use super::campaign::Campaign;
use crate::base::order;
use crate::base::time::{Timestamp, Zone};
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

/// Caps over all campaigns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fatigue {
    /// Surfacings on a shop day.
    pub per_day: u16,
    /// Surfacings in seven shop days, today being the last.
    pub per_week: u16,
    /// The minutes of a day, by the shop's clocks, in which nothing is surfaced: from the first to before the second, over
    /// midnight where the second is earlier.
    pub quiet: Option<(u16, u16)>,
    /// After so many days of surfacings since the last order nothing more is surfaced to somebody who stays away.
    pub patience: u16,
}

impl Fatigue {
    /// Whether it is a quiet hour.
    pub fn is_quiet(&self, now: Timestamp, zone: &Zone) -> bool {
        let minute = zone.minute(now);
        self.quiet.is_some_and(|(from, to)| {
            if from <= to { (from..to).contains(&minute) } else { minute >= from || minute < to }
        })
    }
}

impl Default for Fatigue {
    /// One a day, three a week, no quiet hours; twelve days of surfacings without an order are enough.
    fn default() -> Self {
        Self { per_day: 1, per_week: 3, quiet: None, patience: 12 }
    }
}

/// A coupon was surfaced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Surfacing {
    /// Stable id of the coupon's promotion.
    pub coupon: alloc::string::String,
    /// When.
    pub at: Timestamp,
}

/// Whether surfacing a coupon of a campaign now stays within every cap. One that was surfaced today already
/// stays: it is the same surfacing. `step_due` is when the step of the campaign became due, if it has steps.
pub fn allows(
    fatigue: Fatigue,
    campaign: &Campaign,
    coupon: &str,
    step_due: Option<Timestamp>,
    surfaced: &[Surfacing],
    now: Timestamp,
    zone: &Zone,
) -> bool {
    let today = zone.day(now);
    // Days of the future (a clock that went back) count as this week's: in doubt, fewer offers.
    let mut past: Vec<(i64, &str)> =
        surfaced.iter().map(|one| (zone.day(one.at), one.coupon.as_str())).collect();
    order::sort(&mut past);
    past.dedup();
    if past.contains(&(today, coupon)) {
        return true;
    }
    let since = |day: i64| past.iter().filter(|(on, _)| *on >= day).count();
    let step = step_due.map_or(i64::MIN, |due| zone.day(due));
    let of_step = past.iter().filter(|(on, coupon)| *on >= step && campaign.has(coupon)).count();
    since(today) < usize::from(fatigue.per_day)
        && since(today - 6) < usize::from(fatigue.per_week)
        && of_step < usize::from(campaign.surfacings)
        && past.iter().filter(|(_, coupon)| campaign.has(coupon)).count()
            < usize::from(campaign.surfacings_in_all)
}

/// On how many shop days something was surfaced after an instant.
pub fn days_surfaced(surfaced: &[Surfacing], since: Timestamp, zone: &Zone) -> usize {
    let mut days: Vec<i64> =
        surfaced.iter().filter(|one| one.at > since).map(|one| zone.day(one.at)).collect();
    order::sort(&mut days);
    days.dedup();
    days.len()
}
