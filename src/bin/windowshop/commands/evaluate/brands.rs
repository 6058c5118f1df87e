//! `windowshop evaluate brands`: the brands that a shopper looks at on a day.

use crate::evaluation::brands::{Evaluation, evaluate, steps};
use crate::output::Output;
use std::path::PathBuf;
use std::process::ExitCode;

/// Arguments of `windowshop evaluate brands`.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// A folder with `events.parquet` (user_id, brand_id, event, date) and `test_user_days.json.gz`.
    #[arg(long, value_name = "DIR")]
    data: PathBuf,
}

impl Arguments {
    /// Chooses, ranks and prints.
    pub(crate) fn run(self, output: &Output) -> anyhow::Result<ExitCode> {
        let progress = Output::progress("choosing and ranking", steps());
        let evaluation = evaluate(&self.data, &progress);
        progress.finish_and_clear();
        let evaluation = evaluation?;
        output.result(&evaluation, || print(&evaluation))?;
        Ok(ExitCode::SUCCESS)
    }
}

fn print(evaluation: &Evaluation) {
    println!("chosen: {:?}", evaluation.settings);
    println!("{:<24}{:>9}{:>9}{:>16}{:>22}", "", "queries", "targets", "HR@20", "HR@20 of new brands");
    for (name, figures) in [
        ("validation, own looks", &evaluation.validation_own),
        ("validation", &evaluation.validation),
        ("test", &evaluation.windowshop),
    ] {
        let cell = |share: f64, error: f64| format!("{:.1}% ± {:.1}", share * 100.0, error * 100.0);
        println!(
            "{name:<24}{:>9}{:>9}{:>16}{:>22}",
            figures.queries,
            figures.targets,
            cell(figures.hit_rate, figures.hit_rate_error),
            cell(figures.new_hit_rate, figures.new_hit_rate_error)
        );
    }
}
