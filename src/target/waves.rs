//! When the steps of a campaign are due: a pure function of the purchase, the shop's zone and `now`.
//!
//! A step becomes due at the start of its shop day (the first of day 0 at the purchase itself), is shown at the
//! next visit, and expires when the next is due; the last one at its read-out.

use crate::base::time::{Timestamp, Zone};
use alloc::vec::Vec;

/// A step of a campaign, for one purchase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wave {
    /// Its position among the campaign's steps.
    pub step: usize,
    /// From this instant on it may be shown.
    pub due: Timestamp,
    /// Until just before this instant.
    pub expires: Timestamp,
    /// When its response is read, counted from the day it became due.
    pub read_out: Timestamp,
}

/// All steps that follow from a purchase; `days` after the day of the purchase, ascending.
pub fn calendar(purchase: Timestamp, days: &[u16], read_out_days: u16, zone: &Zone) -> Vec<Wave> {
    let first = zone.day(purchase);
    let start = |after: i64| zone.instant(first.saturating_add(after), 0);
    let waves = days.iter().enumerate().map(|(step, day)| {
        let day = i64::from(*day);
        let read_out = start(day.saturating_add(i64::from(read_out_days)));
        let expires = days.get(step + 1).map_or(read_out, |next| start(i64::from(*next)));
        Wave { step, due: start(day).max(purchase), expires, read_out }
    });
    waves.collect()
}

/// The step that is due at `now`, or else when the next one is.
///
/// # Errors
/// When the next step is due; nothing where there is none.
pub fn due(calendar: &[Wave], now: Timestamp) -> Result<Wave, Option<Timestamp>> {
    let current = calendar.iter().rfind(|wave| wave.due <= now && now < wave.expires);
    current.copied().ok_or_else(|| calendar.iter().map(|wave| wave.due).find(|due| *due > now))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::time::{DAY, Date, HOUR};
    use alloc::string::String;
    use alloc::{format, vec};

    fn shanghai() -> Zone {
        Zone::new("Asia/Shanghai", vec![(Timestamp(0), 28_800)]).expect("a zone")
    }

    fn at(year: i32, month: u8, day: u8, hour: i64) -> Timestamp {
        Timestamp(Date { year, month, day }.to_days() * DAY + (hour - 8) * HOUR)
    }

    fn text(instant: Timestamp) -> String {
        let date = Date::from_days(shanghai().day(instant));
        format!("{:04}-{:02}-{:02}", date.year, date.month, date.day)
    }

    #[test]
    fn festival_first_falls_on_its_golden_dates() {
        let waves = calendar(at(2026, 11, 11, 21), &[0, 30, 60, 90, 120], 10, &shanghai());
        let due: Vec<String> = waves.iter().map(|wave| text(wave.due)).collect();
        assert_eq!(due, ["2026-11-11", "2026-12-11", "2027-01-10", "2027-02-09", "2027-03-11"]);
        let read: Vec<String> = waves.iter().map(|wave| text(wave.read_out)).collect();
        assert_eq!(read, ["2026-11-21", "2026-12-21", "2027-01-20", "2027-02-19", "2027-03-21"]);
    }

    #[test]
    fn a_step_lasts_until_the_next_and_the_last_until_its_read_out() {
        let purchase = at(2026, 11, 11, 21);
        let waves = calendar(purchase, &[0, 30, 60], 10, &shanghai());
        let step = |now| due(&waves, now).map(|wave| wave.step);
        assert_eq!(step(purchase.plus(-1)), Err(Some(purchase)), "not before the purchase");
        assert_eq!(step(purchase), Ok(0));
        assert_eq!(step(at(2026, 12, 11, 0).plus(-1)), Ok(0));
        assert_eq!(step(at(2026, 12, 11, 0)), Ok(1), "at midnight of the shop, not of UTC");
        assert_eq!(step(at(2027, 1, 10, 0)), Ok(2));
        assert_eq!(step(at(2027, 1, 20, 0)), Err(None));
        assert_eq!(due(&[], purchase), Err(None));
    }

    #[test]
    fn days_are_the_shops_also_where_clocks_change() {
        let berlin =
            Zone::new("Europe/Berlin", vec![(at(2026, 10, 25, 9), 3_600), (at(2027, 3, 28, 9), 7_200)])
                .expect("a zone");
        let waves = calendar(at(2027, 3, 27, 12), &[0, 1, 2], 1, &berlin);
        let hours: Vec<i64> = waves.iter().skip(1).map(|wave| wave.expires.since(wave.due) / HOUR).collect();
        assert_eq!(hours, [23, 24], "the day of the change has 23 hours");
    }
}
