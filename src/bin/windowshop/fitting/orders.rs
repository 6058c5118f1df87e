//! Orders as the models count them: by customer, a day's orders taken together.

use crate::training::rows::{self, Rows};
use anyhow::{Result, ensure};
use std::collections::BTreeMap;
use std::ops::Bound::{Excluded, Included};
use std::path::Path;
use windowshop::base::money::{AMOUNT_MAX, Money};
use windowshop::base::time::DAY;

/// What customers bought: by customer, by day since 1970, in minor units.
#[derive(Debug, Clone, Default)]
pub(crate) struct Orders {
    customers: BTreeMap<String, BTreeMap<i64, i64>>,
}

/// One customer up to a day, as the models count: the first day of buying is not counted, for everybody has one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Customer {
    /// Days of buying after the first (x).
    pub(crate) repeats: u32,
    /// Weeks from the first day to the last (tₓ).
    pub(crate) recency: f64,
    /// Weeks from the first day to the end (T).
    pub(crate) age: f64,
    /// What a repeat day came to on average, in minor units; 0 without one.
    pub(crate) average: f64,
    /// Days of buying after the end, up to the holdout's end.
    pub(crate) later: u32,
    /// What those came to, in minor units.
    pub(crate) later_value: i64,
}

impl Orders {
    /// Adds an order.
    pub(crate) fn add(&mut self, customer: &str, day: i64, value: i64) {
        let days = match self.customers.get_mut(customer) {
            Some(days) => days,
            None => self.customers.entry(customer.into()).or_default(),
        };
        let sum = days.entry(day).or_default();
        *sum = sum.saturating_add(value).clamp(0, AMOUNT_MAX);
    }

    /// The last day on which anybody bought.
    pub(crate) fn last_day(&self) -> Option<i64> {
        self.customers.values().filter_map(|days| days.keys().next_back()).max().copied()
    }

    /// How many customers there are.
    pub(crate) fn len(&self) -> usize {
        self.customers.len()
    }

    /// Everybody who first bought up to `end`, as of that day, and what they did from then to `holdout_end`.
    pub(crate) fn as_of(&self, end: i64, holdout_end: i64) -> Vec<Customer> {
        let weeks = |days: i64| days as f64 / 7.0;
        let counted = self.customers.values().filter_map(|days| {
            let first = *days.keys().next().filter(|first| **first <= end)?;
            let repeats: Vec<(i64, i64)> =
                days.range((Excluded(first), Included(end))).map(|(day, sum)| (*day, *sum)).collect();
            let value: i64 = repeats.iter().map(|(_, sum)| *sum).sum();
            let later: Vec<i64> =
                days.range((Excluded(end), Included(holdout_end.max(end)))).map(|(_, sum)| *sum).collect();
            Some(Customer {
                repeats: repeats.len() as u32,
                recency: weeks(repeats.last().map_or(0, |(last, _)| last - first)),
                age: weeks(end - first),
                average: if repeats.is_empty() { 0.0 } else { value as f64 / repeats.len() as f64 },
                later: later.len() as u32,
                later_value: later.iter().sum(),
            })
        });
        counted.collect()
    }

    /// Reads `customer_id`, `ts` (milliseconds or RFC 3339) and `value` (a decimal amount) from a table.
    ///
    /// # Errors
    /// Where a column is missing or a cell is off.
    pub(crate) fn read(file: &Path, columns: &[(String, String)], exponent: u8) -> Result<Self> {
        let mut rows = Rows::open(file)?.named(columns);
        let (customer, instant, value) = (rows.need("customer_id")?, rows.need("ts")?, rows.need("value")?);
        let mut orders = Self::default();
        while rows.advance()? {
            let at = rows::instant(rows.cell(instant)).map_err(|reason| rows.wrong("ts", reason))?;
            let cell = rows.cell(value);
            let amount = Money::parse(cell, exponent).map_err(|error| rows.wrong("value", error))?;
            orders.add(rows.cell(customer), at.div_euclid(DAY), amount.minor().max(0));
        }
        ensure!(orders.len() > 0, "{} has no orders", file.display());
        Ok(orders)
    }

    /// Reads the layout of the CDNOW files: white space between customer, any more ids, a day as YYYYMMDD, a quantity and
    /// an amount in dollars.
    ///
    /// # Errors
    /// Where a line is off.
    pub(crate) fn read_cdnow(file: &Path) -> Result<Self> {
        let text = std::fs::read_to_string(file)?;
        let mut orders = Self::default();
        for (at, line) in text.lines().enumerate() {
            let words: Vec<&str> = line.split_whitespace().collect();
            let row = || {
                let [customer, .., day, _, dollars] = words.as_slice() else { return None };
                let day: u32 = day.parse().ok()?;
                let date = windowshop::base::time::Date {
                    year: i32::try_from(day / 10_000).ok()?,
                    month: u8::try_from(day / 100 % 100).ok()?,
                    day: u8::try_from(day % 100).ok()?,
                };
                Some((*customer, date.to_days(), Money::parse(dollars, 2).ok()?))
            };
            let named = at == 0 && words.iter().all(|word| word.parse::<f64>().is_err());
            if words.is_empty() || named {
                continue;
            }
            let Some((customer, day, amount)) = row() else {
                anyhow::bail!(
                    "{} line {}: not a customer, a day, a quantity and an amount",
                    file.display(),
                    at + 1
                );
            };
            orders.add(customer, day, amount.minor());
        }
        ensure!(orders.len() > 0, "{} has no orders", file.display());
        Ok(orders)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_day_is_not_a_repeat_and_a_days_orders_are_one() {
        let mut orders = Orders::default();
        for (day, value) in [(100, 500), (114, 300), (114, 100), (128, 200), (140, 900), (300, 5)] {
            orders.add("a", day, value);
        }
        orders.add("b", 150, 100);
        orders.add("late", 201, 100);
        let found = orders.as_of(135, 200);
        let expected =
            Customer { repeats: 2, recency: 4.0, age: 5.0, average: 300.0, later: 1, later_value: 900 };
        assert_eq!(found, [expected]);
        assert_eq!(orders.as_of(150, 200).len(), 2);
        assert_eq!(orders.last_day(), Some(300));
    }
}
