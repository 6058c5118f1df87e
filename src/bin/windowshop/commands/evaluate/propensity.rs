//! `windowshop evaluate propensity`: what the log of one rule tells of another.

use crate::evaluation::propensity::{Evaluation, Told, evaluate};
use crate::output::Output;
use std::path::PathBuf;
use std::process::ExitCode;

/// Arguments of `windowshop evaluate propensity`.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// A folder with `impressions.parquet` (item_id, click, propensity_score, policy: `random` or `bts`, campaign) and
    /// `items.parquet` (item_id, campaign).
    #[arg(long, value_name = "DIR")]
    data: PathBuf,
}

impl Arguments {
    /// Estimates and prints.
    pub(crate) fn run(self, output: &Output) -> anyhow::Result<ExitCode> {
        let evaluation = evaluate(&self.data)?;
        output.result(&evaluation, || print(&evaluation))?;
        Ok(ExitCode::SUCCESS)
    }
}

fn print(evaluation: &Evaluation) {
    let cell = |told: Told| format!("{:.2}% ± {:.2}", told.value * 100.0, told.error * 100.0);
    println!("click rates, by the uniform rule's own log and by the bandit's");
    println!(
        "{:<10}{:>16}{:>16}{:>20}{:>18}{:>14}{:>14}{:>11}",
        "campaign", "observed", "unweighted", "inverse propensity", "self-normalised", "errors apart", "mean weight", "effective"
    );
    for row in &evaluation.campaigns {
        println!(
            "{:<10}{:>16}{:>16}{:>20}{:>18}{:>14.1}{:>14}{:>11.0}",
            row.name,
            cell(row.observed),
            cell(row.unweighted),
            cell(row.inverse_propensity),
            cell(row.self_normalised),
            row.errors_apart,
            format!("{:.2} ± {:.2}", row.mean_weight.value, row.mean_weight.error),
            row.effective_impressions
        );
    }
}
