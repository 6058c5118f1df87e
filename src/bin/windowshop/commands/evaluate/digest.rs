//! `windowshop evaluate digest`: decisions after real prefixes, for other hosts of the engine to make again.

use crate::evaluation::one_answer::{DECISIONS, PACK, decide};
use crate::output::Output;
use crate::training::learn::steps;
use std::path::PathBuf;
use std::process::ExitCode;

/// Arguments of `windowshop evaluate digest`.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// A folder with `train_sessions.csv.gz` and `test_queries.csv.gz`, as `evaluate next-item` reads them.
    #[arg(long, value_name = "DIR", default_value = "tests/data/serenade-small")]
    data: PathBuf,
    /// Where `pack.wspack` and `decisions.jsonl` (a record a line, as `replay` reads them) go.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
}

impl Arguments {
    /// Decides, writes and prints the combined digest.
    pub(crate) fn run(self, output: &Output) -> anyhow::Result<ExitCode> {
        let progress = Output::progress("learning and deciding", steps() + 1);
        let answer = decide(&self.data, &self.out, &progress);
        progress.finish_and_clear();
        let answer = answer?;
        output.result(&answer, || {
            println!("{} decisions over state {}", answer.decisions, answer.state);
            println!("{}  {PACK} and {DECISIONS} in {}", answer.digest, answer.out.display());
        })?;
        Ok(ExitCode::SUCCESS)
    }
}
