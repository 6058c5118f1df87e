//! `windowshop evaluate budget`: whether one price keeps a plan.

use crate::evaluation::budget::evaluate;
use crate::output::Output;
use std::process::ExitCode;

/// Arguments of `windowshop evaluate budget`.
#[derive(clap::Args)]
pub(crate) struct Arguments {}

impl Arguments {
    /// Simulates and prints.
    #[allow(clippy::unused_self, reason = "as every command")]
    pub(crate) fn run(self, output: &Output) -> anyhow::Result<ExitCode> {
        let found = evaluate();
        output.result(&found, || {
            println!("{} simulated months whose response drifts by a third; the worst of them:", found.months);
            println!("value at one price, of the exact optimum: {:.2} %", found.share_of_exact * 100.0);
            println!("spending off its plan, price corrected daily: {:.2} %", found.off_plan * 100.0);
            println!("spending off its plan, price never corrected: {:.2} %", found.off_plan_uncorrected * 100.0);
        })?;
        Ok(ExitCode::SUCCESS)
    }
}
