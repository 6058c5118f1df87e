//! Instants, the shop's own zone, its days and the weeks of reports.
//!
//! The engine has no clock: every call is told the time. A zone is a table of offsets carried by the pack, so
//! that 'today' and '10:00' need no time-zone database.

use alloc::string::String;
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

/// A second, in milliseconds.
pub const SECOND: i64 = 1_000;
/// A minute, in milliseconds.
pub const MINUTE: i64 = 60 * SECOND;
/// An hour, in milliseconds.
pub const HOUR: i64 = 60 * MINUTE;
/// A day of 24 hours, in milliseconds.
pub const DAY: i64 = 24 * HOUR;

/// An instant: UTC milliseconds since 1970-01-01, without leap seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(pub i64);

impl Timestamp {
    /// The instant `milliseconds` later (or earlier, where negative), held within the range of `i64`.
    #[must_use]
    pub fn plus(self, milliseconds: i64) -> Self {
        Self(self.0.saturating_add(milliseconds))
    }

    /// The whole minute that holds this instant: its beginning, held within the range of `i64`.
    #[must_use]
    pub fn minute(self) -> Self {
        self.plus(-self.0.rem_euclid(MINUTE))
    }

    /// Milliseconds from `earlier` to this instant; negative where it is not earlier.
    pub fn since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }
}

/// A year, month and day of the proleptic Gregorian calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    /// The year, such as 2026.
    pub year: i32,
    /// The month, 1 to 12.
    pub month: u8,
    /// The day of the month, 1 to 31.
    pub day: u8,
}

impl Date {
    /// The date that is `days` after 1970-01-01.
    ///
    /// Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", `civil_from_days`.
    pub fn from_days(days: i64) -> Self {
        let shifted = days + 719_468;
        let era = shifted.div_euclid(146_097);
        let day_of_era = shifted.rem_euclid(146_097);
        let year_of_era =
            (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted_month = (5 * day_of_year + 2) / 153;
        let day = (day_of_year - (153 * shifted_month + 2) / 5 + 1) as u8;
        let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 } as u8;
        let year = (year_of_era + era * 400 + i64::from(month <= 2)) as i32;
        Self { year, month, day }
    }

    /// Days from 1970-01-01 to this date (`days_from_civil` of the same source).
    pub fn to_days(self) -> i64 {
        let year = i64::from(self.year) - i64::from(self.month <= 2);
        let era = year.div_euclid(400);
        let year_of_era = year.rem_euclid(400);
        let shifted_month = (i64::from(self.month) + 9) % 12;
        let day_of_year = (153 * shifted_month + 2) / 5 + i64::from(self.day) - 1;
        era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
    }

    /// Whether some year has this day of this month.
    pub fn is_yearly(month: u8, day: u8) -> bool {
        // 2024 was a leap year, so that 29 February is a day.
        let date = Self { year: 2024, month, day };
        (1..=12).contains(&month) && (1..=31).contains(&day) && Self::from_days(date.to_days()) == date
    }
}

/// An ISO 8601 week in UTC: the epoch of reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Week {
    /// The year the week belongs to.
    pub year: i32,
    /// The week of that year, 1 to 53.
    pub week: u8,
}

impl Week {
    /// The week that holds an instant.
    pub fn of(at: Timestamp) -> Self {
        let days = at.0.div_euclid(DAY);
        // A week belongs to the year of its Thursday; 1970-01-01 was one.
        let thursday = days - (days + 3).rem_euclid(7) + 3;
        let year = Date::from_days(thursday).year;
        let new_year = Date { year, month: 1, day: 1 }.to_days();
        Self { year, week: ((thursday - new_year) / 7 + 1) as u8 }
    }

    /// Weeks since the week of 1970-01-01: consecutive weeks have consecutive numbers.
    pub fn number(self) -> i64 {
        // 4 January is always in week 1.
        let fourth = Date { year: self.year, month: 1, day: 4 }.to_days();
        (fourth + 3).div_euclid(7) + i64::from(self.week) - 1
    }

    /// The week of a number, as [`Week::number`] counts.
    pub fn numbered(number: i64) -> Self {
        // Its Thursday; a week begins three days before.
        Self::of(Timestamp(number.saturating_mul(7).saturating_mul(DAY)))
    }

    /// The week before.
    #[must_use]
    pub fn before(self) -> Self {
        Self::numbered(self.number().saturating_sub(1))
    }

    /// The week after.
    #[must_use]
    pub fn after(self) -> Self {
        Self::numbered(self.number().saturating_add(1))
    }

    /// The week in ISO 8601 form, such as `2026-W47`.
    pub fn to_text(self) -> String {
        alloc::format!("{:04}-W{:02}", self.year, self.week)
    }

    /// Reads the ISO 8601 form. `None` where it is not a week of the calendar.
    pub fn from_text(text: &str) -> Option<Self> {
        let (year, week) = text.split_once("-W")?;
        if year.len() != 4
            || week.len() != 2
            || !(year.bytes().chain(week.bytes()).all(|byte| byte.is_ascii_digit()))
        {
            return None;
        }
        let read = Self { year: year.parse().ok()?, week: week.parse().ok()? };
        let monday = (read.number() * 7 - 3).checked_mul(DAY)?;
        (read.week > 0 && Self::of(Timestamp(monday)) == read).then_some(read)
    }
}

/// A zone's offsets from UTC: from each instant on, until the next.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Zone {
    name: String,
    /// `(from, offset in seconds)`, by instant; the first also holds for all time before it.
    transitions: Vec<(Timestamp, i32)>,
}

/// A zone table is empty, unsorted or has an offset beyond a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a zone needs at least one offset, instants in ascending order, and offsets within 24 hours")]
pub struct ZoneError;

impl Zone {
    /// A zone from its name and table.
    ///
    /// # Errors
    /// [`ZoneError`] where the table is empty, out of order, or an offset is beyond 24 hours.
    pub fn new(name: &str, transitions: Vec<(Timestamp, i32)>) -> Result<Self, ZoneError> {
        let sorted = transitions.is_sorted_by(|a, b| a.0 < b.0);
        let sane = transitions.iter().all(|(_, offset)| offset.unsigned_abs() < 86_400);
        if transitions.is_empty() || !sorted || !sane {
            return Err(ZoneError);
        }
        Ok(Self { name: name.into(), transitions })
    }

    /// The zone's IANA name, such as `Asia/Shanghai`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The table: from each instant on, the offset in seconds.
    pub fn transitions(&self) -> &[(Timestamp, i32)] {
        &self.transitions
    }

    /// The offset from UTC at an instant, in milliseconds.
    pub fn offset(&self, at: Timestamp) -> i64 {
        let later = self.transitions.partition_point(|(from, _)| *from <= at);
        let entry = self.transitions.get(later.saturating_sub(1));
        entry.map_or(0, |(_, offset)| i64::from(*offset) * SECOND)
    }

    /// The day that the zone's clocks show at an instant, as days after 1970-01-01.
    pub fn day(&self, at: Timestamp) -> i64 {
        at.0.saturating_add(self.offset(at)).div_euclid(DAY)
    }

    /// The minute that the zone's clocks show at an instant, from midnight, 0 to 1,439.
    pub fn minute(&self, at: Timestamp) -> u16 {
        (at.0.saturating_add(self.offset(at)).rem_euclid(DAY) / MINUTE) as u16
    }

    /// The instant at which the zone's clocks show `minute` (0 to 1,439) on the day `days` after 1970-01-01.
    /// Where clocks skip that minute it is the instant after the skip; where they show it twice, the first.
    pub fn instant(&self, days: i64, minute: u16) -> Timestamp {
        let wall = days.saturating_mul(DAY).saturating_add(i64::from(minute) * MINUTE);
        let early = Timestamp(wall.saturating_sub(self.offset(Timestamp(wall.saturating_sub(DAY)))));
        let late = Timestamp(wall.saturating_sub(self.offset(Timestamp(wall.saturating_add(DAY)))));
        let shows = |at: Timestamp| at.0.saturating_add(self.offset(at)) == wall;
        if shows(early) {
            early
        } else if shows(late) {
            late
        } else {
            early.max(late)
        }
    }

    /// The shop day that holds `now`: from the latest opening at `minute` of the day to the next one.
    pub fn shop_day(&self, now: Timestamp, minute: u16) -> (Timestamp, Timestamp) {
        let days = self.day(now);
        let today = self.instant(days, minute);
        if today <= now {
            (today, self.instant(days + 1, minute))
        } else {
            (self.instant(days - 1, minute), today)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec;
    use proptest::prelude::*;

    fn at(year: i32, month: u8, day: u8, hour: i64) -> Timestamp {
        Timestamp(Date { year, month, day }.to_days() * DAY + hour * HOUR)
    }

    fn berlin() -> Zone {
        Zone::new(
            "Europe/Berlin",
            vec![(at(2025, 10, 26, 1), 3_600), (at(2026, 3, 29, 1), 7_200), (at(2026, 10, 25, 1), 3_600)],
        )
        .expect("a zone")
    }

    #[test]
    fn weeks_follow_iso_8601() {
        // ISO 8601: 2027-01-01 is a Friday of 2026-W53; 2025-12-29 begins 2026-W01.
        assert_eq!(Week::of(at(2027, 1, 1, 0)).to_text(), "2026-W53");
        assert_eq!(Week::of(at(2025, 12, 29, 0)).to_text(), "2026-W01");
        assert_eq!(Week::of(at(2026, 11, 22, 23)).to_text(), "2026-W47");
        assert_eq!(Week::of(Timestamp(0)).number(), 0);
        assert_eq!(Week::from_text("2026-W53"), Some(Week { year: 2026, week: 53 }));
        assert_eq!(Week::from_text("2025-W53"), None);
        assert_eq!(Week::from_text("2026-W00"), None);
        assert_eq!(Week::from_text("26-W1"), None);
    }

    #[test]
    fn ten_o_clock_follows_daylight_saving() {
        let zone = berlin();
        let (opened, next) = zone.shop_day(at(2026, 3, 28, 12), 600);
        assert_eq!(opened, at(2026, 3, 28, 9));
        assert_eq!(next, at(2026, 3, 29, 8), "the night of the change is 23 hours");
        let (opened, next) = zone.shop_day(at(2026, 10, 25, 8), 600);
        assert_eq!((opened, next), (at(2026, 10, 24, 8), at(2026, 10, 25, 9)));
        // 02:30 does not exist on 29 March: the instant after the skip.
        assert_eq!(
            zone.instant(Date { year: 2026, month: 3, day: 29 }.to_days(), 150),
            Timestamp(at(2026, 3, 29, 1).0 + 30 * MINUTE)
        );
    }

    #[test]
    fn a_zone_table_must_make_sense() {
        assert_eq!(Zone::new("x", vec![]), Err(ZoneError));
        assert_eq!(Zone::new("x", vec![(Timestamp(5), 0), (Timestamp(5), 1)]), Err(ZoneError));
        assert_eq!(Zone::new("x", vec![(Timestamp(5), 90_000)]), Err(ZoneError));
    }

    proptest! {
        #[test]
        fn dates_and_weeks_go_both_ways(days in -1_000_000i64..1_000_000) {
            prop_assert_eq!(Date::from_days(days).to_days(), days);
            let week = Week::of(Timestamp(days * DAY));
            prop_assert_eq!(week.number(), (days + 3).div_euclid(7));
            if (0..10_000).contains(&week.year) {
                prop_assert_eq!(Week::from_text(&week.to_text()), Some(week));
            }
        }

        #[test]
        fn a_shop_day_holds_its_instant(milliseconds in 1_760_000_000_000i64..1_800_000_000_000, minute in 0u16..1_440) {
            let now = Timestamp(milliseconds);
            let (opened, next) = berlin().shop_day(now, minute);
            prop_assert!(opened <= now && now < next);
        }
    }
}
