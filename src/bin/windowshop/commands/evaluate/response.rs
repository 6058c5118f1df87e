//! `windowshop evaluate response`: what a campaign changed, beside what would have come anyway.

use crate::commands::NO;
use crate::endpoint::{self, DatabaseOption, Place, Questionnaire};
use crate::evaluation::response::{Asked, Campaign, Evaluation, evaluate, of_reports};
use crate::fitting::experiment::{Answers, Told};
use crate::output::Output;
use std::path::PathBuf;
use std::process::ExitCode;

/// Arguments of `windowshop evaluate response`.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// A table, one row a shopper: `campaign`, `arm` (`holdout` for those left alone), `responded` (1 or 0), and where
    /// known `step`, `returned` (1, 0, or empty while it still may be), `bought` (ids between spaces), `entry` (by which
    /// they came back) and `reached` (none, visited, viewed, carted or bought).
    #[arg(long, value_name = "FILE", required_unless_present_any = ["data", "database"])]
    outcomes: Option<PathBuf>,
    /// Instead: folder of the endpoint's database, for what randomised reports say of campaigns.
    #[arg(long, value_name = "DIR", conflicts_with_all = ["outcomes", "epsilon"])]
    data: Option<PathBuf>,
    #[command(flatten)]
    database: DatabaseOption,
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
        let lift = self.lift / 100.0;
        let found = if let Some(file) = &self.outcomes {
            evaluate(&Asked { file, answers, lift })?
        } else {
            anyhow::ensure!(self.epsilon.is_none(), "--epsilon is for --outcomes; reports bring their own");
            let place = Place::of(&self.database, self.data.as_deref())?;
            Evaluation { file: place.to_string().into(), campaigns: reported(&place, lift)? }
        };
        output.result(&found, || found.campaigns.iter().for_each(print))?;
        let told = found.campaigns.iter().any(|campaign| campaign.refused.is_none());
        Ok(if told { ExitCode::SUCCESS } else { ExitCode::from(NO) })
    }
}

/// What the reports of an endpoint say.
fn reported(place: &Place, lift: f64) -> anyhow::Result<Vec<Campaign>> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let store = endpoint::open_existing_store(place).await?;
        let questionnaire = Questionnaire::of_store(store.as_ref()).await?;
        let tallies = endpoint::told(store.as_ref(), &questionnaire, None, None).await?;
        store.close().await?;
        Ok(of_reports(&questionnaire, &tallies, lift))
    })
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
    for (arm, needed) in &campaign.untold {
        println!("  {arm:<24}nothing is told of it: that takes {needed} shoppers in the campaign");
    }
    let by: Vec<String> = campaign.entries.iter().map(|(entry, count)| format!("{entry} {count}")).collect();
    if !by.is_empty() {
        println!("  they came by {}", by.join(", "));
    }
    for (pair, times) in &campaign.bought_together {
        println!("  bought together {times} times: {pair}");
    }
}
