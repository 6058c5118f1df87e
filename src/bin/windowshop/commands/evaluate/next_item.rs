//! `windowshop evaluate next-item`: hit rate and reciprocal rank of the next item, beside simpler rankings.

use crate::commands::train::print_settings;
use crate::evaluation::next_item::{Evaluation, evaluate};
use crate::output::Output;
use crate::training::learn::steps;
use crate::training::metrics::{Figures, SegmentFigures};
use crate::training::scorer::Protocol;
use std::path::PathBuf;
use std::process::ExitCode;

/// Arguments of `windowshop evaluate next-item`.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// A folder with `train_sessions.csv.gz` (session_id,pos,item_id; sessions in the order of time) and
    /// `test_queries.csv.gz` (query_id,prefix,target; a prefix is item ids with spaces between, oldest first).
    #[arg(long, value_name = "DIR")]
    data: PathBuf,
    /// Where the lists go: a line a query, `query_id<TAB>item item …`, best first, 20 items.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// Leave out the item being looked at: where it is not a legal answer.
    #[arg(long)]
    exclude_last: bool,
    /// Leave out every item of the prefix: what is found that was not seen before.
    #[arg(long)]
    without_seen: bool,
    /// Keep only pairs that at least this many sessions have. 1 compares with the literature; packs that ship are
    /// trained with 5 (`windowshop train`).
    #[arg(long, value_name = "COUNT", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..))]
    min_sessions: u32,
    /// Let the engine itself rank every so manieth query only, and the arithmetic that it must agree with the others:
    /// quicker where there are many queries of many items.
    #[arg(long, value_name = "COUNT", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..))]
    engine_every: u32,
}

impl Arguments {
    /// Trains, ranks and prints.
    pub(crate) fn run(self, output: &Output) -> anyhow::Result<ExitCode> {
        let progress = Output::progress("learning and ranking", steps() + 1);
        let protocol = Protocol { exclude_last: self.exclude_last, without_seen: self.without_seen };
        let evaluation = evaluate(
            &self.data,
            &self.out,
            self.min_sessions,
            protocol,
            self.engine_every as usize,
            &progress,
        );
        progress.finish_and_clear();
        let evaluation = evaluation?;
        output.result(&evaluation, || print(&evaluation))?;
        Ok(ExitCode::SUCCESS)
    }
}

fn print(evaluation: &Evaluation) {
    match evaluation.settings.min_sessions {
        1 => println!("pairs of any session, as in the literature; packs that ship keep those of at least 5"),
        count => println!("pairs that at least {count} sessions have"),
    }
    print_settings(&evaluation.settings);
    println!("on the last tenth of the training sessions, on which that was chosen:");
    print_rows(&[("windowshop", &evaluation.validation)]);
    println!("on the test queries:");
    print_rows(&[
        ("windowshop", &evaluation.windowshop),
        ("own session", &evaluation.own_session),
        ("popularity", &evaluation.popularity),
    ]);
    let error = evaluation.errors.all;
    println!(
        "standard errors over {} sessions: {:.2} / {:.2}",
        evaluation.errors.sessions,
        error.hit_rate * 100.0,
        error.reciprocal_rank * 100.0
    );
}

fn print_rows(rankings: &[(&str, &SegmentFigures)]) {
    print!("{:<18}{:>9}", "HR@20 / MRR@20", "queries");
    for (name, _) in rankings {
        print!("{name:>17}");
    }
    println!();
    let Some((_, first)) = rankings.first() else { return };
    for (at, (part, counted)) in first.rows().into_iter().enumerate() {
        print!("{part:<18}{:>9}", counted.queries);
        for (_, ranking) in rankings {
            let figures = ranking.rows().into_iter().nth(at).map(|(_, figures)| figures);
            print!("{:>17}", figures.map(percents).unwrap_or_default());
        }
        println!();
    }
}

fn percents(figures: Figures) -> String {
    format!("{:.1} / {:.1}", figures.hit_rate * 100.0, figures.reciprocal_rank * 100.0)
}
