//! When the demo's brands open: every day the same number at the opening hour, each brand about once a month.
//!
//! The calendar has no beginning: the openings of a day follow from the seed and the day alone.

use super::chance::Chance;
use std::collections::BTreeMap;

/// Days until a brand opens again, give or take [`SHIFT_DAYS`] at either end.
pub(super) const CYCLE_DAYS: i64 = 30;
/// How far an opening may move from its usual place in the cycle, in thousandths of a day.
const SHIFT_THOUSANDTHS: u32 = 1_500;
/// Openings of 11.11 and 12.12, as a multiple of the usual.
const PEAK: usize = 3;
/// Days on which Spring Festival begins, since 1970-01-01: 2025-01-29, 2026-02-17, 2027-02-06, 2028-01-26,
/// 2029-02-13, 2030-02-03.
const SPRING_FESTIVALS: [i64; 6] = [20_117, 20_501, 20_855, 21_209, 21_593, 21_948];
/// How long sales last that open around Spring Festival.
pub(super) const FESTIVAL_SALE_DAYS: i64 = 9;
/// The shares of sales that last 3, 4 and 5 days, in percent.
const LENGTHS: [(i64, u32); 3] = [(3, 20), (4, 30), (5, 50)];

/// The openings of a number of brands, which stand here as numbers.
pub(super) struct Calendar {
    seed: u64,
    brands: usize,
    /// By cycle, the brands in the order of their openings.
    orders: BTreeMap<i64, Vec<usize>>,
}

impl Calendar {
    /// A calendar for the days from `first` to `last` (since 1970-01-01).
    pub(super) fn new(seed: u64, brands: usize, first: i64, last: i64) -> Self {
        let mut calendar = Self { seed, brands, orders: BTreeMap::new() };
        for cycle in first.div_euclid(CYCLE_DAYS)..=last.div_euclid(CYCLE_DAYS) {
            let order = calendar.order(cycle);
            calendar.orders.insert(cycle, order);
        }
        calendar
    }

    /// How many open on an ordinary day.
    pub(super) fn per_day(&self) -> usize {
        self.brands / CYCLE_DAYS as usize
    }

    fn order(&self, cycle: i64) -> Vec<usize> {
        let mut keyed: Vec<(u64, usize)> = (0..self.brands)
            .map(|brand| {
                let shift =
                    Chance::of(self.seed, "shift", &[cycle, brand as i64]).below(2 * SHIFT_THOUSANDTHS);
                // Its usual place in thousandths of a day, and the shift.
                let usual = (brand * 1_000 / self.per_day().max(1)) as u64;
                (usual + u64::from(shift), brand)
            })
            .collect();
        keyed.sort_unstable();
        keyed.into_iter().map(|(_, brand)| brand).collect()
    }

    /// The brands that open on a day.
    pub(super) fn openings(&self, day: i64) -> Vec<usize> {
        let (cycle, place) = (day.div_euclid(CYCLE_DAYS), day.rem_euclid(CYCLE_DAYS) as usize);
        let Some(order) = self.orders.get(&cycle) else { return Vec::new() };
        let usual = order.iter().skip(place * self.per_day()).take(self.per_day());
        let mut opening: Vec<usize> = usual.copied().collect();
        if is_peak(day) {
            // Brands whose own opening is nearly half a cycle away, so that none has two sales at once.
            let far = (place + 12) * self.per_day();
            let more = order.iter().cycle().skip(far % order.len().max(1)).take((PEAK - 1) * self.per_day());
            opening.extend(more.copied());
        }
        opening
    }

    /// How many days a sale lasts that opens on a day.
    pub(super) fn length(&self, brand: usize, day: i64) -> i64 {
        if SPRING_FESTIVALS.iter().any(|festival| (festival - 3..=festival + 7).contains(&day)) {
            return FESTIVAL_SALE_DAYS;
        }
        let mut chance = Chance::of(self.seed, "length", &[brand as i64, day]);
        let place = chance.weighted(LENGTHS.iter().map(|(_, share)| *share));
        LENGTHS.get(place).map_or(4, |(days, _)| *days)
    }

    /// Each brand's latest opening from `first` to before `end`.
    pub(super) fn latest(&self, first: i64, end: i64) -> BTreeMap<usize, i64> {
        (first..end).flat_map(|day| self.openings(day).into_iter().map(move |brand| (brand, day))).collect()
    }
}

fn is_peak(day: i64) -> bool {
    let date = windowshop::base::time::Date::from_days(day);
    matches!((date.month, date.day), (11, 11) | (12, 12))
}
