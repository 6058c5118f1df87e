//! `windowshop estimates`: what the reports in a data folder say, week by week.

use crate::endpoint::{self, EstimateAnswer, Questionnaire, Tally};
use crate::output::Output;
use anyhow::{Context, Result, ensure};
use serde::Serialize;
use std::path::PathBuf;
use std::process::ExitCode;
use windowshop::base::time::Week;

/// Which counts to read.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Folder of the endpoint's database.
    #[arg(long, value_name = "DIR")]
    data: PathBuf,
    /// One question alone, by id.
    #[arg(long, value_name = "ID")]
    question: Option<String>,
    /// One ISO week alone, such as 2026-W47.
    #[arg(long, value_name = "WEEK", value_parser = week)]
    week: Option<Week>,
}

fn week(text: &str) -> Result<Week, String> {
    Week::from_text(text).ok_or_else(|| "write an ISO week, such as 2026-W47".to_owned())
}

/// What is said of a question in a week.
#[derive(Serialize)]
#[serde(untagged)]
enum Said {
    Estimate(EstimateAnswer),
    Refused { question: String, week: String, reports: u64, refused: String },
}

impl Arguments {
    pub(crate) fn run(self, output: &Output) -> Result<ExitCode> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let (questionnaire, tallies) = runtime.block_on(self.read())?;
        let said: Vec<Said> = tallies
            .chunk_by(|a, b| (&a.ballot.question, a.ballot.week) == (&b.ballot.question, b.ballot.week))
            .filter_map(|tallies| say(&questionnaire, tallies))
            .collect();
        output.result(&said, || {
            if said.is_empty() {
                println!("nobody has reported yet");
            }
            said.iter().for_each(print);
        })?;
        Ok(ExitCode::SUCCESS)
    }

    async fn read(&self) -> Result<(Questionnaire, Vec<Tally>)> {
        let store = endpoint::open_existing_store(&self.data).await?;
        let questionnaire = Questionnaire::of_store(store.as_ref()).await?;
        if let Some(question) = &self.question {
            let ids = questionnaire.ids();
            ensure!(
                ids.contains(&question.as_str()),
                "there is no question {question:?}; the questions are: {}",
                ids.join(", ")
            );
        }
        let tallies =
            store.tallies(self.question.as_deref(), self.week).await.context("cannot read the counts")?;
        store.close().await?;
        Ok((questionnaire, tallies))
    }
}

fn say(questionnaire: &Questionnaire, tallies: &[Tally]) -> Option<Said> {
    let first = tallies.first()?;
    Some(match endpoint::say(questionnaire, tallies)? {
        Ok(answer) => Said::Estimate(answer),
        Err(error) => Said::Refused {
            question: first.ballot.question.clone(),
            week: first.ballot.week.to_text(),
            reports: tallies.iter().map(|tally| tally.reports).sum(),
            refused: error.to_string(),
        },
    })
}

fn print(said: &Said) {
    match said {
        Said::Refused { question, week, refused, .. } => {
            println!("{question} {week}\n  no estimate: {refused}\n");
        }
        Said::Estimate(EstimateAnswer { week, text, estimate, reports_to_other_editions }) => {
            println!("{} {week}: {}", estimate.question, text.en);
            println!(
                "  {} reports, each disguised by {} with ε = {:.3}; intervals hold the truth in 95 of 100 cases",
                estimate.reports, estimate.randomiser, estimate.epsilon
            );
            if *reports_to_other_editions > 0 {
                println!(
                    "  {reports_to_other_editions} reports to other editions of the question are left out"
                );
            }
            let width =
                estimate.answers.iter().map(|answer| answer.answer.chars().count()).max().unwrap_or(0).max(6);
            println!("  {:width$} {:>10} {:>10} {:>21}", "answer", "reporters", "error", "interval");
            for answer in &estimate.answers {
                let interval = format!("{:.0} to {:.0}", answer.low, answer.high);
                println!(
                    "  {:width$} {:>10.0} {:>10.0} {interval:>21}",
                    answer.answer, answer.count, answer.standard_error
                );
            }
            println!();
        }
    }
}
