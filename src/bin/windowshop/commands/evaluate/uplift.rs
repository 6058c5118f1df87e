//! `windowshop evaluate uplift`: whom a campaign moves, and what a budget buys.

use crate::evaluation::uplift::{Evaluation, Rate, evaluate, score};
use crate::fitting::uplift::Learner;
use crate::output::Output;
use std::path::PathBuf;
use std::process::ExitCode;

/// Arguments of `windowshop evaluate uplift`.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// A folder with Hillstrom's e-mail test as `train.csv.gz`.
    #[arg(long, value_name = "DIR")]
    data: PathBuf,
    /// Rows to score by each campaign's winner, fitted to all given rows; the columns of the data, outcomes not needed.
    #[arg(long, value_name = "FILE", requires = "out")]
    score: Option<PathBuf>,
    /// Where the scores go: `row` from 0, then for each campaign the winner's score and the response model's.
    #[arg(long, value_name = "FILE", requires = "score")]
    out: Option<PathBuf>,
}

impl Arguments {
    /// Evaluates, prints and, where asked to, scores.
    pub(crate) fn run(self, output: &Output) -> anyhow::Result<ExitCode> {
        let evaluation = evaluate(&self.data)?;
        let scored = match self.score.as_deref().zip(self.out.as_deref()) {
            Some((file, out)) => Some((score(&evaluation, file, out)?, out)),
            None => None,
        };
        output.result(&evaluation, || {
            print(&evaluation);
            if let Some((rows, out)) = scored {
                println!("{rows} rows scored, written to {}", out.display());
            }
        })?;
        Ok(ExitCode::SUCCESS)
    }
}

fn print(evaluation: &Evaluation) {
    println!("{} shoppers of a randomised test, ten random halves kept aside", evaluation.rows);
    for campaign in &evaluation.campaigns {
        println!(
            "{}: {:.2} % answered, {:.2} % of those held out did so anyway",
            campaign.name,
            campaign.response * 100.0,
            campaign.natural * 100.0
        );
        for told in &campaign.learners {
            println!(
                "  {:<12}Qini {:>7.3} (deviation {:.3})  effect among the best 30 % {:.3}",
                told.learner.name(),
                told.qini,
                told.qini_deviation,
                told.uplift_at_30
            );
        }
        match campaign.winner {
            Learner::Response => println!("  taken: plain response; ranking by the effect is no better here"),
            winner => println!("  taken: {}", winner.name()),
        }
    }
    println!("visits that a budget buys, nobody sent more than one:");
    println!("{:>8}{:>18}{:>18}{:>18}{:>18}", "budget", "winners", "response", "T-learners", "by lot");
    let cell = |rate: Rate| format!("{:.2} % ± {:.2}", rate.value * 100.0, rate.within * 100.0);
    for policy in &evaluation.policies {
        println!(
            "{:>7.0}%{:>18}{:>18}{:>18}{:>18}",
            policy.budget * 100.0,
            cell(policy.winners),
            cell(policy.response),
            cell(policy.uplift),
            cell(policy.chance)
        );
    }
}
