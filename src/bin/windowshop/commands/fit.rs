//! `windowshop fit`: how often a shop's customers come back and what they spend then, from its orders to the file that a
//! feed carries.

use crate::feeds::clock::date_text;
use crate::fitting::bg_nbd::BgNbd;
use crate::fitting::gamma_gamma::GammaGamma;
use crate::fitting::lifetime;
use crate::fitting::orders::Orders;
use crate::output::Output;
use anyhow::{Context, ensure};
use serde::Serialize;
use std::path::PathBuf;
use std::process::ExitCode;
use windowshop::shopper::lifetime::Lifetime;

/// Fewer repeat buyers than these, and the parameters are a guess.
const REPEATERS_MIN: usize = 100;

/// Arguments of `windowshop fit`.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// A table of orders: `customer_id`, `ts` (milliseconds or RFC 3339) and `value` (a decimal amount); CSV with a header,
    /// JSON Lines, each also with .gz, or Parquet.
    orders: PathBuf,
    /// The file to write: `lifetime.json` of the feed.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// A column that the file calls otherwise, such as `value=total`; may be given several times.
    #[arg(long, value_name = "NAME=COLUMN", value_parser = super::train::named)]
    column: Vec<(String, String)>,
    /// How far ahead the figures look, in days.
    #[arg(long, default_value_t = 90, value_parser = clap::value_parser!(u16).range(1..=730))]
    horizon_days: u16,
    /// Digits behind the point of the shop's currency.
    #[arg(long, default_value_t = 2, value_parser = clap::value_parser!(u8).range(0..=4))]
    exponent: u8,
}

/// What was fitted; the file, and what is printed for a program.
#[derive(Serialize)]
struct Fitted {
    /// The last day of the orders.
    until: String,
    customers: usize,
    /// Customers with a day of buying after their first.
    repeaters: usize,
    bg_nbd: BgNbd,
    gamma_gamma: GammaGamma,
    table: Lifetime,
}

impl Arguments {
    /// Fits and writes the file.
    pub(crate) fn run(self, output: &Output) -> anyhow::Result<ExitCode> {
        let orders = Orders::read(&self.orders, &self.column, self.exponent)?;
        let until = orders.last_day().context("no orders")?;
        let customers = orders.as_of(until, until);
        let repeaters = customers.iter().filter(|customer| customer.repeats > 0).count();
        ensure!(
            repeaters >= REPEATERS_MIN,
            "{repeaters} customers bought on a second day; with fewer than {REPEATERS_MIN} the parameters are a guess, and \
             nothing was written"
        );
        let unit: f64 = 10_u32.pow(self.exponent.into()).into();
        let (bg_nbd, gamma_gamma) = (BgNbd::fit(&customers), GammaGamma::fit(&customers, unit));
        let table = lifetime::table(&bg_nbd, &gamma_gamma, self.horizon_days, unit)?;
        let until = date_text(until);
        let fitted = Fitted { until, customers: customers.len(), repeaters, bg_nbd, gamma_gamma, table };
        let written = serde_json::to_vec(&fitted)?;
        std::fs::write(&self.out, written).with_context(|| format!("cannot write {}", self.out.display()))?;
        output.result(&fitted, || {
            println!("{} customers up to {}, {} of them came back", fitted.customers, fitted.until, fitted.repeaters);
            let BgNbd { r, alpha, a, b } = fitted.bg_nbd;
            println!("BG/NBD, in weeks: r {r:.4}, alpha {alpha:.4}, a {a:.4}, b {b:.4}");
            let GammaGamma { p, q, v } = fitted.gamma_gamma;
            println!("Gamma-Gamma: p {p:.4}, q {q:.4}, v {v:.4}");
            println!("written to {}", self.out.display());
        })?;
        Ok(ExitCode::SUCCESS)
    }
}
