//! How often a shopper is expected to come back and what they would spend, from a table that the shop sends to everybody.
//!
//! The shop fits BG/NBD and Gamma-Gamma to its own orders natively (`windowshop fit`), works out both for a grid of
//! orders, ages and silences, and packs the grid; here it is interpolated in integers, so that every machine gets the
//! same figures and no series is summed in the tab. Days and orders of a day count as one, as in the models. Models:
//! Fader, Hardie and Lee, "Counting Your Customers the Easy Way" (2005) and "RFM and CLV" (2005). What lives elsewhere:
//! the fit, which is the native command's, and what is done with the figures, which is the target room's.

use super::value::OrderRow;
use crate::base::money::AMOUNT_MAX;
use crate::base::notation::RuleError;
use crate::base::time::{Timestamp, Zone};
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

/// The layout that this code reads and writes.
const FORMAT: u16 = 1;
/// The most points along one axis of the grid.
pub const POINTS_MAX: usize = 32;
/// The whole of a share of time or of a chance.
pub const WHOLE: u16 = 10_000;

/// A point of the grid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Cell {
    /// Days of buying expected within the horizon, in thousandths.
    pub expected: u32,
    /// The chance that the shopper still buys here at all, in ten-thousandths.
    pub alive: u16,
}

/// The models' table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lifetime {
    /// How far ahead [`Cell::expected`] looks, in days.
    pub horizon_days: u16,
    /// Days of buying after the first, ascending.
    pub repeats: Vec<u32>,
    /// Days since the first, ascending.
    pub ages: Vec<u32>,
    /// The share of that time that has passed since the last, in ten-thousandths, ascending.
    pub silences: Vec<u32>,
    /// One cell a point: by repeats, then age, then silence.
    pub cells: Vec<Cell>,
    /// Gamma-Gamma's p and q in thousandths, and v in minor units.
    pub spending: [u32; 3],
}

/// What a shopper is expected to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Expectation {
    /// Days of buying within the horizon, in thousandths.
    pub expected: u32,
    /// The chance that the shopper still buys here at all, in ten-thousandths.
    pub alive: u16,
    /// What a day of buying would come to, in minor units.
    pub average: i64,
    /// What the horizon would come to, in minor units, at most [`AMOUNT_MAX`].
    pub value: i64,
}

impl Lifetime {
    /// Checks that the grid is a grid and every value is in range.
    ///
    /// # Errors
    /// [`RuleError`] with the first field that is off.
    pub fn check(&self) -> Result<(), RuleError> {
        let problem = |path: &str, reason: &str| Err(RuleError { path: path.into(), reason: reason.into() });
        for (name, axis) in [("repeats", &self.repeats), ("ages", &self.ages), ("silences", &self.silences)] {
            if !(2..=POINTS_MAX).contains(&axis.len()) || !axis.is_sorted_by(|a, b| a < b) {
                return problem(name, "are 2 to 32 numbers, each larger than the one before");
            }
        }
        if self.silences.last().is_none_or(|last| *last > u32::from(WHOLE)) {
            return problem("silences", "are at most 10000, the whole of the time");
        }
        if self.cells.len() != self.repeats.len() * self.ages.len() * self.silences.len() {
            return problem("cells", "are one for each of repeats, ages and silences");
        }
        if self.cells.iter().any(|cell| cell.alive > WHOLE) {
            return problem("cells", "have a chance above the whole");
        }
        if self.horizon_days == 0 {
            return problem("horizon_days", "is at least 1");
        }
        let [p, q, _] = self.spending;
        if p == 0 || q <= 1_000 {
            return problem("spending", "has p above 0 and q above 1, so that a mean is finite");
        }
        Ok(())
    }

    /// Reads the pack's section.
    ///
    /// # Errors
    /// [`RuleError`] where the bytes are not a table, are of another layout or do not hold together.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, RuleError> {
        let refused = |reason: &str| RuleError { path: "lifetime".into(), reason: reason.into() };
        let (format, rest) = postcard::take_from_bytes::<u16>(bytes)
            .map_err(|_| refused("is not readable; build the pack again"))?;
        if format != FORMAT {
            return Err(refused("has another layout; use an engine as new as the pack"));
        }
        match postcard::take_from_bytes::<Self>(rest) {
            Ok((table, [])) => table.check().map(|()| table),
            _ => Err(refused("is not readable; build the pack again")),
        }
    }

    /// The section's bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        // Writing to memory has no way to fail: every length is known.
        postcard::to_allocvec(&(FORMAT, self)).unwrap_or_default()
    }

    /// What is expected of a shopper with these orders, oldest first, at `now`; `None` without any.
    pub fn of(&self, orders: &[OrderRow], now: Timestamp, zone: &Zone) -> Option<Expectation> {
        let mut days: Vec<(i64, i64)> = Vec::new();
        for order in orders {
            let day = zone.day(order.at).min(zone.day(now));
            match days.last_mut() {
                Some((last, sum)) if *last == day => *sum = (*sum + order.value.minor()).min(AMOUNT_MAX),
                _ => days.push((day, order.value.minor())),
            }
        }
        let ((first, _), (last, _)) = (*days.first()?, *days.last()?);
        let repeats = (days.len() - 1) as u32;
        let age = (zone.day(now) - first).max(0) as u32;
        let silence = (zone.day(now) - last).max(0) as u32;
        let sum = days.iter().skip(1).fold(0_i64, |sum, (_, value)| (sum + value).min(AMOUNT_MAX));
        Some(self.expect(repeats, age, silence, sum))
    }

    /// What is expected after `repeats` days of buying that came to `sum` minor units, the first day of all `age` days ago
    /// and the last `silence` days ago.
    pub fn expect(&self, repeats: u32, age: u32, silence: u32, sum: i64) -> Expectation {
        // Nobody who never came back has a silence other than the whole.
        let share = if repeats == 0 || age == 0 {
            u32::from(WHOLE)
        } else {
            (u64::from(silence.min(age)) * u64::from(WHOLE) / u64::from(age)) as u32
        };
        let (expected, alive) = self.interpolate(repeats, age, share);
        let average = self.average(repeats, sum);
        let value = i128::from(average) * i128::from(expected) / 1_000;
        Expectation { expected, alive, average, value: value.min(i128::from(AMOUNT_MAX)) as i64 }
    }

    /// What a day of buying would come to: p (v + Σ) / (p x + q − 1).
    fn average(&self, repeats: u32, sum: i64) -> i64 {
        let [p, q, v] = self.spending.map(i128::from);
        let below = p * i128::from(repeats) + q - 1_000;
        if below <= 0 {
            return 0;
        }
        let above = p * (v + i128::from(sum.max(0)));
        ((above + below / 2) / below).min(i128::from(AMOUNT_MAX)) as i64
    }

    /// Between the points around, in proportion to how near each is; beyond the grid as at its edge.
    fn interpolate(&self, repeats: u32, age: u32, share: u32) -> (u32, u16) {
        let along = [around(&self.repeats, repeats), around(&self.ages, age), around(&self.silences, share)];
        let [of_repeats, of_age, of_silence] = along;
        let (mut expected, mut alive) = (0_u128, 0_u128);
        for (row, row_part) in of_repeats {
            for (column, column_part) in of_age {
                for (depth, depth_part) in of_silence {
                    let at = (row * self.ages.len() + column) * self.silences.len() + depth;
                    let cell = self.cells.get(at).copied().unwrap_or_default();
                    let part = u128::from(row_part) * u128::from(column_part) * u128::from(depth_part);
                    expected += part * u128::from(cell.expected);
                    alive += part * u128::from(cell.alive);
                }
            }
        }
        (((expected + ONE / 2) / ONE) as u32, ((alive + ONE / 2) / ONE) as u16)
    }
}

/// The whole of a part along one axis.
const PART: u64 = 1 << 16;
/// The whole of parts along all three.
const ONE: u128 = (PART as u128) * (PART as u128) * (PART as u128);

/// The two points of an axis around a value, each with its part of the whole.
fn around(axis: &[u32], value: u32) -> [(usize, u64); 2] {
    let above = axis.partition_point(|point| *point <= value);
    let (Some(low), Some(high)) = (above.checked_sub(1).and_then(|at| axis.get(at)), axis.get(above)) else {
        let edge = if above == 0 { 0 } else { axis.len().saturating_sub(1) };
        return [(edge, PART), (edge, 0)];
    };
    let part = u64::from(value - low) * PART / u64::from((high - low).max(1));
    [(above - 1, PART - part), (above, part)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::money::Money;
    use crate::base::time::DAY;
    use alloc::vec;
    use proptest::prelude::*;

    fn table() -> Lifetime {
        let axis = vec![0, 10];
        let cell = |expected, alive| Cell { expected, alive };
        Lifetime {
            horizon_days: 90,
            repeats: vec![0, 4],
            ages: axis,
            silences: vec![0, 10_000],
            // The more orders the more, the older and the more silent the less.
            cells: vec![
                cell(1_000, 10_000),
                cell(1_000, 10_000),
                cell(500, 10_000),
                cell(500, 10_000),
                cell(5_000, 10_000),
                cell(4_000, 8_000),
                cell(3_000, 9_000),
                cell(100, 1_000),
            ],
            spending: [6_250, 3_744, 1_544],
        }
    }

    #[test]
    fn between_points_it_is_between_and_beyond_them_as_at_the_edge() {
        let table = table();
        assert_eq!(table.expect(0, 5, 5, 0).expected, 750);
        assert_eq!(table.expect(4, 10, 5, 0).expected, 1_550);
        let beyond = table.expect(9, 99, 99, 0);
        assert_eq!((beyond.expected, beyond.alive), (100, 1_000));
        assert_eq!(table.expect(2, 10, 10, 0).alive, 5_500);
    }

    #[test]
    fn a_days_orders_are_one_and_the_average_is_drawn_to_everybodys() {
        let table = table();
        let zone = Zone::new("UTC", vec![(Timestamp(0), 0)]).expect("a zone");
        let order = |day: i64, value| OrderRow {
            at: Timestamp(day * DAY),
            value: Money::new(value).expect("in range"),
        };
        let orders = [order(10, 900), order(12, 3_000), order(12, 2_000), order(14, 4_000)];
        let found = table.of(&orders, Timestamp(20 * DAY), &zone).expect("has orders");
        assert_eq!(found, table.expect(2, 10, 6, 9_000));
        // 6.25 (15.44 + 90) / (12.5 + 2.744)
        assert_eq!(found.average, 4_323);
        assert_eq!(found.value, i64::from(found.expected) * 4_323 / 1_000);
        assert_eq!(table.of(&[], Timestamp(0), &zone), None);
    }

    #[test]
    fn what_does_not_hold_together_is_refused() {
        let table = table();
        assert_eq!(Lifetime::from_bytes(&table.to_bytes()), Ok(table.clone()));
        let short = Lifetime { cells: vec![], ..table.clone() };
        assert!(Lifetime::from_bytes(&short.to_bytes()).is_err());
        let endless = Lifetime { spending: [1, 1_000, 0], ..table.clone() };
        assert!(endless.check().is_err());
        let mut more = table.to_bytes();
        more.push(0);
        assert!(Lifetime::from_bytes(&more).is_err());
        assert!(Lifetime::from_bytes(&[9, 9]).is_err());
    }

    proptest! {
        #[test]
        fn nothing_is_out_of_range(repeats: u32, age: u32, silence: u32, sum in 0..=AMOUNT_MAX) {
            let found = table().expect(repeats, age, silence, sum);
            prop_assert!(found.alive <= WHOLE);
            prop_assert!((0..=AMOUNT_MAX).contains(&found.value));
            prop_assert!((0..=AMOUNT_MAX).contains(&found.average));
        }
    }
}
