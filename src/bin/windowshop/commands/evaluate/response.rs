//! `windowshop evaluate response`: what a campaign changed, beside what would have come anyway.

use crate::commands::NO;
use crate::evaluation::response::{Asked, Campaign, evaluate};
use crate::fitting::experiment::{Answers, Told};
use crate::output::Output;
use std::path::PathBuf;
use std::process::ExitCode;

/// Arguments of `windowshop evaluate response`.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// A table, one row a shopper: `campaign`, `arm` (`holdout` for those left alone), `responded` (1 or 0), and where
    /// known `step`, `returned` (1, 0, or empty while it still may be) and `bought` (ids between spaces).
    #[arg(long, value_name = "FILE")]
    outcomes: PathBuf,
    /// The outcomes are randomised with this ε; without it they are as they were.
    #[arg(long, value_name = "NUMBER")]
    epsilon: Option<f64>,
    /// The rise to be seen, in points: fewer shoppers than that takes, and no rate is told.
    #[arg(long, value_name = "POINTS", default_value_t = 3.0)]
    lift: f64,
}

impl Arguments {
    /// Evaluates and prints; `no` where nothing can be told of any campaign.
    pub(crate) fn run(self, output: &Output) -> anyhow::Result<ExitCode> {
        anyhow::ensure!(self.lift > 0.0 && self.lift < 100.0, "--lift is above 0 and below 100 points");
        anyhow::ensure!(
            self.epsilon.is_none_or(|epsilon| epsilon > 0.0 && epsilon <= 10.0),
            "--epsilon is above 0 and at most 10"
        );
        let answers = self.epsilon.map_or(Answers::Raw, |epsilon| Answers::Randomised { epsilon });
        let found = evaluate(&Asked { file: &self.outcomes, answers, lift: self.lift / 100.0 })?;
        output.result(&found, || found.campaigns.iter().for_each(print))?;
        let told = found.campaigns.iter().any(|campaign| campaign.refused.is_none());
        Ok(if told { ExitCode::SUCCESS } else { ExitCode::from(NO) })
    }
}

fn print(campaign: &Campaign) {
    let step = campaign.step.as_ref().map_or(String::new(), |step| format!(", step {step}"));
    println!("{}{step}: {} shoppers", campaign.id, campaign.shoppers);
    if let Some(reason) = &campaign.refused {
        println!("  no rate is told: {reason}");
        return;
    }
    let cell = |told: Told| format!("{:.2} % ± {:.2}", told.value * 100.0, told.within * 100.0);
    if let Some(natural) = campaign.natural {
        println!("  {:<24}{:>20}  without having seen anything", "held out", cell(natural));
    }
    for arm in &campaign.arms {
        println!(
            "  {:<24}{:>20}  that is {} beyond{}",
            arm.id,
            cell(arm.response),
            cell(arm.effect),
            arm.net.map_or(String::new(), |net| format!(", net of returns {}", cell(net)))
        );
        let share = |(name, count): &(&str, u64)| {
            format!("{name} {:.2} %", *count as f64 / arm.shoppers.max(1) as f64 * 100.0)
        };
        if !arm.steps.is_empty() {
            println!("  {:<24}{}", "", arm.steps.iter().map(share).collect::<Vec<_>>().join(", "));
        }
    }
    let by: Vec<String> = campaign.entries.iter().map(|(entry, count)| format!("{entry} {count}")).collect();
    if !by.is_empty() {
        println!("  they came by {}", by.join(", "));
    }
    for (pair, times) in &campaign.bought_together {
        println!("  bought together {times} times: {pair}");
    }
}
