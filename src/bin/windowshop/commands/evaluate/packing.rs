//! `windowshop evaluate packing`: what a pack's rounding of the co-visitation table changes in lists.

use crate::evaluation::packing::{LENGTH, Packing, evaluate};
use crate::output::Output;
use crate::training::learn::steps;
use std::path::PathBuf;
use std::process::ExitCode;

/// Arguments of `windowshop evaluate packing`.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// A folder with `train_sessions.csv.gz` and `test_queries.csv.gz`, as `evaluate next-item` takes it.
    #[arg(long, value_name = "DIR")]
    data: PathBuf,
    /// Keep only pairs that at least this many sessions have; packs that ship are trained with 5.
    #[arg(long, value_name = "COUNT", default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..))]
    min_sessions: u32,
}

impl Arguments {
    /// Trains, ranks and prints.
    pub(crate) fn run(self, output: &Output) -> anyhow::Result<ExitCode> {
        let progress = Output::progress("learning and ranking", steps() + 1);
        let packing = evaluate(&self.data, self.min_sessions, &progress);
        progress.finish_and_clear();
        let packing = packing?;
        output.result(&packing, || print(&packing))?;
        Ok(ExitCode::SUCCESS)
    }
}

fn print(packing: &Packing) {
    println!("{} items, {} histories with a list of up to {LENGTH}", packing.items, packing.lists);
    println!("recall@{LENGTH} of weights in steps:              {:.4}", packing.recall_of_steps);
    println!("recall@{LENGTH} of steps and fewer neighbours:    {:.4}", packing.recall);
    println!("lists that are the same with weights in steps: {:.4}", packing.same);
}
