//! `windowshop evaluate attributes`: cold items, found by brand, category, size and attributes.

use crate::evaluation::attributes::{Evaluation, Figures, Ordinary, evaluate, steps};
use crate::output::Output;
use std::path::PathBuf;
use std::process::ExitCode;

/// Arguments of `windowshop evaluate attributes`.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// A folder with `events.parquet` (user_id, item_id, ts_ms, event), `items.parquet` (item_id, brand, category,
    /// type, demography, size, condition, color) and `test_queries.json.gz`.
    #[arg(long, value_name = "DIR")]
    data: PathBuf,
    /// Where the lists go: a line a query, its number from 0, a tab and 100 items, best first.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

impl Arguments {
    /// Chooses, ranks and prints.
    pub(crate) fn run(self, output: &Output) -> anyhow::Result<ExitCode> {
        let progress = Output::progress("choosing and ranking", steps());
        let evaluation = evaluate(&self.data, &self.out, &progress);
        progress.finish_and_clear();
        let evaluation = evaluation?;
        output.result(&evaluation, || print(&evaluation))?;
        Ok(ExitCode::SUCCESS)
    }
}

fn print(evaluation: &Evaluation) {
    println!("chosen: {:?}", evaluation.settings);
    println!(
        "{:<36}{:>9}{:>11}{:>16}{:>16}{:>16}",
        "", "queries", "candidates", "HR@20", "HR@100", "MRR@20"
    );
    let source = |(ordinary, figures): &(Ordinary, Figures)| {
        let name = match ordinary {
            Ordinary::Catalogue => "of these, the ordinary not learned",
            Ordinary::Reports => "of these, the ordinary from reports",
            Ordinary::Counted => "of these, the ordinary counted",
        };
        (name, *figures)
    };
    let sources = evaluation.sources.iter().map(source);
    let rows = [("test", evaluation.windowshop), ("where settings were chosen", evaluation.validation)];
    for (name, figures) in rows.into_iter().chain(sources) {
        let Figures { queries, candidates, .. } = figures;
        print!("{name:<36}{queries:>9}{candidates:>11}");
        for (share, error) in [
            (figures.hit_rate, figures.hit_rate_error),
            (figures.hit_rate_100, figures.hit_rate_100_error),
            (figures.reciprocal_rank, figures.reciprocal_rank_error),
        ] {
            print!("{:>16}", format!("{:.1}% ± {:.1}", share * 100.0, error * 100.0));
        }
        println!();
    }
}
