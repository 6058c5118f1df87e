//! `windowshop evaluate intervals`: what so many reports tell, and whether the intervals of estimates hold.

use crate::evaluation::intervals::{Held, hold};
use crate::output::Output;
use anyhow::Result;
use std::process::ExitCode;

/// What is simulated.
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// Answers of the questions.
    #[arg(long, value_delimiter = ',', default_value = "2,5,8,12,50")]
    answers: Vec<usize>,
    /// Reports of the surveys.
    #[arg(long, value_delimiter = ',', default_value = "1000,10000")]
    reports: Vec<u64>,
    /// Surveys of each kind.
    #[arg(long, default_value_t = 1_000)]
    rounds: u32,
}

impl Arguments {
    pub(super) fn run(self, output: &Output) -> Result<ExitCode> {
        let kinds = self.answers.len() * self.reports.len();
        let bar = Output::progress("surveys", kinds as u64 * u64::from(self.rounds));
        let mut all: Vec<Held> = Vec::new();
        for reports in &self.reports {
            for answers in &self.answers {
                all.push(hold(*answers, *reports, self.rounds, &bar)?);
            }
        }
        bar.finish_and_clear();
        output.result(&all, || {
            println!("| reports | answers | randomiser | said | measured | intervals that held | of the empty answer | bias |");
            println!("|---|---|---|---|---|---|---|---|");
            for held in &all {
                println!(
                    "| {} | {} | {} | ± {:.1} points | ± {:.1} | {:.1} % | {:.1} % | {:+.1} σ |",
                    held.reports,
                    held.answers,
                    held.randomiser,
                    held.claimed_points,
                    held.measured_points,
                    100.0 * held.covered,
                    100.0 * held.covered_empty,
                    held.bias
                );
            }
        })?;
        Ok(ExitCode::SUCCESS)
    }
}
