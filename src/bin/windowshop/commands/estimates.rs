//! `windowshop estimates`: what the reports in a data folder say, week by week.

use crate::endpoint::{self, DatabaseOption, EstimateAnswer, Place, Questionnaire, Tally, escaped};
use crate::output::Output;
use anyhow::{Context, Result, ensure};
use serde::Serialize;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use windowshop::base::time::Week;
use windowshop::report::estimate::QUANTILE_95;

/// Which counts to read.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Folder of the endpoint's database.
    #[arg(long, value_name = "DIR", required_unless_present = "database")]
    data: Option<PathBuf>,
    #[command(flatten)]
    database: DatabaseOption,
    /// One question alone, by id.
    #[arg(long, value_name = "ID")]
    question: Option<String>,
    /// One ISO week alone, such as 2026-W47.
    #[arg(long, value_name = "WEEK", value_parser = week)]
    week: Option<Week>,
    /// Also write a table: question, week, answer, count, standard error, low, high, reports.
    #[arg(long, value_name = "FILE")]
    csv: Option<PathBuf>,
    /// Also draw every estimate with its interval.
    #[arg(long, value_name = "FILE")]
    svg: Option<PathBuf>,
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
        let estimates: Vec<&EstimateAnswer> = said
            .iter()
            .filter_map(|said| match said {
                Said::Estimate(estimate) => Some(estimate),
                Said::Refused { .. } => None,
            })
            .collect();
        if let Some(file) = &self.csv {
            table(file, &estimates).with_context(|| format!("cannot write {}", file.display()))?;
        }
        if let Some(file) = &self.svg {
            std::fs::write(file, picture(&estimates))
                .with_context(|| format!("cannot write {}", file.display()))?;
        }
        output.result(&said, || {
            if said.is_empty() {
                println!("nobody has reported yet");
            }
            said.iter().for_each(print);
        })?;
        Ok(ExitCode::SUCCESS)
    }

    async fn read(&self) -> Result<(Questionnaire, Vec<Tally>)> {
        let place = Place::of(&self.database, self.data.as_deref())?;
        let store = endpoint::open_existing_store(&place).await?;
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
            endpoint::told(store.as_ref(), &questionnaire, self.question.as_deref(), self.week).await.context("cannot read the counts")?;
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

fn table(file: &Path, estimates: &[&EstimateAnswer]) -> Result<()> {
    let mut rows = csv::Writer::from_path(file)?;
    rows.write_record(["question", "week", "answer", "count", "standard_error", "low", "high", "reports"])?;
    for EstimateAnswer { week, estimate, .. } in estimates {
        for answer in &estimate.answers {
            let figures = [answer.count, answer.standard_error, answer.low, answer.high];
            let [count, error, low, high] = figures.map(|figure| format!("{figure:.3}"));
            let reports = estimate.reports.to_string();
            rows.write_record([&estimate.question, week, &answer.answer, &count, &error, &low, &high, &reports])?;
        }
    }
    Ok(rows.flush()?)
}

/// A row an answer: a dot for the count as a share of the reports, and a line for its interval.
fn picture(estimates: &[&EstimateAnswer]) -> String {
    const ROW: usize = 22;
    let rows: usize = estimates.iter().map(|of| of.estimate.answers.len() + 2).sum();
    let height = ROW * rows + 8;
    let mut drawn = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 640 {height}\" font-family=\"sans-serif\" \
         font-size=\"12\"><title>What reports say, with intervals that hold in 95 of 100 cases</title>"
    );
    let mut y = ROW;
    for EstimateAnswer { week, estimate, .. } in estimates {
        let (name, reports) = (escaped(&estimate.question), estimate.reports);
        let _ = write!(
            drawn,
            "<text x=\"0\" y=\"{y}\" font-weight=\"bold\">{name}, {week}: {reports} reports</text>"
        );
        let all = reports.max(1) as f64;
        for answer in &estimate.answers {
            y += ROW;
            let x = |count: f64| 200.0 + (count / all).clamp(0.0, 1.0) * 360.0;
            let (low, at, high) = (x(answer.low), x(answer.count), x(answer.high));
            let share = (answer.count / all).clamp(0.0, 1.0) * 100.0;
            let (label, middle) = (escaped(&answer.answer), y - 4);
            let _ = write!(
            drawn,
                "<text x=\"0\" y=\"{y}\">{label}</text><line x1=\"{low:.1}\" x2=\"{high:.1}\" y1=\"{middle}\" \
                 y2=\"{middle}\" stroke=\"#000\"/><circle cx=\"{at:.1}\" cy=\"{middle}\" r=\"3.5\"/><text x=\"575\" \
                 y=\"{y}\">{share:.1} %</text>"
            );
        }
        y += 2 * ROW;
    }
    drawn + "</svg>\n"
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
            let widest = estimate.answers.iter().map(|answer| answer.standard_error).fold(0.0, f64::max);
            let points = QUANTILE_95 * widest / (estimate.reports.max(1) as f64) * 100.0;
            println!("  so many reports tell a share to about ± {points:.1} points");
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
