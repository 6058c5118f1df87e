//! Whether who buys again, and for how much, is foretold: on CDNOW's purchases of 1997 and 1998.
//!
//! The published protocol (Fader, Hardie and Lee, 2005): 39 weeks from 1997-01-01 to fit, the 39 weeks after to hold
//! against. Each figure is told three ways: by the models in floating point, by the table that the tab interpolates in
//! integers, and by what one would do without a model, the rate so far.

use crate::fitting::bg_nbd::BgNbd;
use crate::fitting::gamma_gamma::GammaGamma;
use crate::fitting::lifetime;
use crate::fitting::orders::{Customer, Orders};
use anyhow::Result;
use serde::Serialize;
use std::path::{Path, PathBuf};
use windowshop::base::time::Date;

/// The weeks of the holdout.
const WEEKS: i64 = 39;
/// The last day of the fit, and what a dollar is in minor units.
const END: Date = Date { year: 1997, month: 9, day: 30 };
const UNIT: f64 = 100.0;

/// What was found.
#[derive(Debug, Serialize)]
pub(crate) struct Evaluation {
    /// The folder.
    pub(crate) data: PathBuf,
    /// A row a file.
    pub(crate) sets: Vec<Set>,
}

/// What was found on one file.
#[derive(Debug, Serialize)]
pub(crate) struct Set {
    /// Its name.
    pub(crate) name: &'static str,
    /// Customers.
    pub(crate) customers: usize,
    /// Those that came back before the end of the fit.
    pub(crate) repeaters: usize,
    /// How often they come back.
    pub(crate) bg_nbd: BgNbd,
    /// How likely that makes what they did, as a logarithm.
    pub(crate) log_likelihood: f64,
    /// What they spend then.
    pub(crate) gamma_gamma: GammaGamma,
    /// Days of buying in the holdout.
    pub(crate) days: Foretold,
    /// The same by the table of the pack.
    pub(crate) days_of_table: Foretold,
    /// The same at the customer's own rate so far.
    pub(crate) days_at_own_rate: Foretold,
    /// What the holdout came to, in dollars.
    pub(crate) value: Foretold,
    /// The same by the table of the pack.
    pub(crate) value_of_table: Foretold,
    /// The same at the customer's own rate so far.
    pub(crate) value_at_own_rate: Foretold,
    /// What it was.
    pub(crate) actual_days: u32,
    /// In dollars.
    pub(crate) actual_value: f64,
}

/// How a forecast compares with what came.
#[derive(Debug, Serialize)]
pub(crate) struct Foretold {
    /// Mean absolute error a customer.
    pub(crate) mean_absolute_error: f64,
    /// Pearson's correlation over customers.
    pub(crate) correlation: f64,
    /// What was foretold of all together.
    pub(crate) sum: f64,
}

/// Reads the two published files and evaluates.
///
/// # Errors
/// Where a file cannot be read or a model does not fit.
pub(crate) fn evaluate(folder: &Path) -> Result<Evaluation> {
    let files = [("sample", "CDNOW_sample.txt"), ("master", "CDNOW_master.txt")];
    let sets = files.map(|(name, file)| set(name, &folder.join(file)));
    Ok(Evaluation { data: folder.into(), sets: sets.into_iter().collect::<Result<_>>()? })
}

fn set(name: &'static str, file: &Path) -> Result<Set> {
    let end = END.to_days();
    let customers = Orders::read_cdnow(file)?.as_of(end, end + WEEKS * 7);
    let bg_nbd = BgNbd::fit(&customers);
    let gamma_gamma = GammaGamma::fit(&customers, UNIT);
    let table = lifetime::table(&bg_nbd, &gamma_gamma, (WEEKS * 7) as u16, UNIT)?;
    let days = |customer: &Customer| f64::from(customer.later);
    let value = |customer: &Customer| customer.later_value as f64 / UNIT;
    let x = |customer: &Customer| f64::from(customer.repeats);
    let expected = |of: &Customer| bg_nbd.expected(x(of), of.recency, of.age, WEEKS as f64);
    let spent = |of: &Customer| gamma_gamma.expected(x(of), of.average / UNIT);
    let of_table = |of: &Customer| {
        let day = |weeks: f64| (weeks * 7.0).round() as u32;
        let sum = (of.average * x(of)).round() as i64;
        table.expect(of.repeats, day(of.age), day(of.age - of.recency), sum)
    };
    let own_rate = |of: &Customer| x(of) * WEEKS as f64 / of.age.max(1.0 / 7.0);
    let told = |foretold: &dyn Fn(&Customer) -> f64, came: &dyn Fn(&Customer) -> f64| {
        compare(&customers.iter().map(|customer| (foretold(customer), came(customer))))
    };
    Ok(Set {
        name,
        customers: customers.len(),
        repeaters: customers.iter().filter(|customer| customer.repeats > 0).count(),
        bg_nbd,
        log_likelihood: bg_nbd.log_likelihood(&customers.iter().map(|of| (*of, 1.0)).collect::<Vec<_>>()),
        gamma_gamma,
        days: told(&expected, &days),
        days_of_table: told(&|of| f64::from(of_table(of).expected) / 1_000.0, &days),
        days_at_own_rate: told(&own_rate, &days),
        value: told(&|of| expected(of) * spent(of), &value),
        value_of_table: told(&|of| of_table(of).value as f64 / UNIT, &value),
        value_at_own_rate: told(&|of| own_rate(of) * of.average / UNIT, &value),
        actual_days: customers.iter().map(|customer| customer.later).sum(),
        actual_value: customers.iter().map(value).sum(),
    })
}

fn compare(pairs: &(impl Iterator<Item = (f64, f64)> + Clone)) -> Foretold {
    let count = pairs.clone().count().max(1) as f64;
    let mean =
        |of: &dyn Fn(f64, f64) -> f64| pairs.clone().map(|(one, other)| of(one, other)).sum::<f64>() / count;
    let (one, other) = (mean(&|one, _| one), mean(&|_, other| other));
    let spread = |of: &dyn Fn(f64, f64) -> f64| mean(of).max(f64::MIN_POSITIVE);
    let together = mean(&|a, b| (a - one) * (b - other));
    let apart = libm::sqrt(spread(&|a, _| (a - one) * (a - one)) * spread(&|_, b| (b - other) * (b - other)));
    Foretold {
        mean_absolute_error: mean(&|a, b| (a - b).abs()),
        correlation: together / apart,
        sum: one * count,
    }
}
