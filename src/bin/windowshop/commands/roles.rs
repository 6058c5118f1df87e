//! `windowshop roles`: what goods are for, worked out of a shop's log by documented rules, as the file that a feed carries.

use crate::fitting::roles::{Classified, Log, Unit};
use crate::output::Output;
use anyhow::{Context, ensure};
use serde::Serialize;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::ExitCode;

/// Arguments of `windowshop roles`.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// A table of events: `event` (view or purchase), `brand`, `category`, perhaps `outfit`, and of purchases
    /// `customer_id`, `order_id`, `ts`, `value` and `cost` or `list`; CSV with a header, JSON Lines, each also with .gz,
    /// or Parquet.
    events: PathBuf,
    /// The file to write: `roles.json` of the feed.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// A column that the file calls otherwise, such as `value=total`; may be given several times.
    #[arg(long, value_name = "NAME=COLUMN", value_parser = super::train::named)]
    column: Vec<(String, String)>,
    /// How often something must have been looked at (or, in a log without looks, by how many bought) to be classified.
    #[arg(long, value_name = "LOOKS", default_value_t = 100)]
    at_least: u64,
    /// Digits behind the point of the shop's currency.
    #[arg(long, default_value_t = 2, value_parser = clap::value_parser!(u8).range(0..=4))]
    exponent: u8,
}

/// The file, and what is printed for a program.
#[derive(Serialize)]
struct Roles {
    roles: Vec<Classified>,
}

impl Arguments {
    /// Classifies and writes the file.
    pub(crate) fn run(self, output: &Output) -> anyhow::Result<ExitCode> {
        let log = Log::read(&self.events, &self.column, self.exponent)?;
        let roles = Roles { roles: log.classify(self.at_least) };
        ensure!(
            !roles.roles.is_empty(),
            "nothing was looked at {} times, and nothing was written; a lower --at-least classifies on less",
            self.at_least
        );
        let written = serde_json::to_vec_pretty(&roles)?;
        std::fs::write(&self.out, written).with_context(|| format!("cannot write {}", self.out.display()))?;
        output.result(&roles, || {
            let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
            for row in &roles.roles {
                *counts.entry(row.role).or_default() += 1;
            }
            let outfits = roles.roles.iter().filter(|row| matches!(row.unit, Unit::Outfit { .. })).count();
            println!("{} classified, {outfits} of them outfits", roles.roles.len());
            for (role, count) in counts {
                println!("  {role}: {count}");
            }
            println!("written to {}", self.out.display());
        })?;
        Ok(ExitCode::SUCCESS)
    }
}
