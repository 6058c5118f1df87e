//! `windowshop train`: from the shop's click logs to the table and settings that a pack carries.

use crate::output::Output;
use crate::training::file::{LogFacts, Source};
use crate::training::learn::{learn, steps};
use crate::training::metrics::SegmentFigures;
use crate::training::scorer::Protocol;
use crate::training::settings::Settings;
use anyhow::Context;
use serde::Serialize;
use std::path::PathBuf;
use std::process::ExitCode;

/// Arguments of `windowshop train`.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Click logs in the order of time: CSV with session_id, pos, item_id and, where the shop has them, the item's
    /// brand and category; `.gz` is read too. The rows of a session stand together.
    #[arg(required = true, value_name = "LOG")]
    logs: Vec<PathBuf>,
    /// The file to write, for `windowshop pack build --trained`; compressed where its name ends with `.gz`.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// Keep only pairs of items that at least this many sessions have: a pair seen in one session is somebody's
    /// session, and a pack is read by everybody.
    #[arg(long, value_name = "COUNT", default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..))]
    min_sessions: u32,
    /// What the logs are.
    #[arg(long, value_enum, default_value = "logs")]
    source: Source,
}

/// What was learned, for a program to read.
#[derive(Serialize)]
struct Report {
    out: PathBuf,
    settings: Settings,
    log: LogFacts,
    validation: SegmentFigures,
}

impl Arguments {
    /// Learns and writes the file.
    pub(crate) fn run(self, output: &Output) -> anyhow::Result<ExitCode> {
        let progress = Output::progress("learning", steps());
        let learned = learn(&self.logs, self.min_sessions, Protocol::default(), &progress);
        progress.finish_and_clear();
        let trained = learned.context("nothing was written")?.trained(self.source);
        trained.write(&self.out)?;
        let report = Report {
            out: self.out,
            settings: trained.settings,
            log: trained.log,
            validation: trained.validation,
        };
        output.result(&report, || report.print())?;
        Ok(ExitCode::SUCCESS)
    }
}

impl Report {
    fn print(&self) {
        let log = self.log;
        println!("{} sessions, {} clicks, {} items", log.sessions, log.clicks, log.items);
        println!(
            "{} of {} pairs are in at least {} sessions and were kept; {} items have neighbours",
            log.pairs_kept, log.pairs, self.settings.min_sessions, log.items_with_neighbours
        );
        print_settings(&self.settings);
        println!("on the last tenth of the sessions, before they were learned too:");
        print_figures(&self.validation);
        println!("written to {}", self.out.display());
    }
}

/// Prints chosen settings, for people.
pub(crate) fn print_settings(settings: &Settings) {
    let (shape, blend) = (settings.shape, settings.blend);
    let part = |thousandths: u32| f64::from(thousandths) / 1_000.0;
    println!(
        "chosen: backward {}, popularity {}, back-off {}, decay {}, repeat {}",
        part(shape.backward_thousandths),
        part(shape.popularity_thousandths),
        part(shape.back_off_thousandths),
        part(blend.decay_thousandths),
        part(blend.repeat_thousandths)
    );
}

/// Prints figures, a line a part.
pub(crate) fn print_figures(figures: &SegmentFigures) {
    println!("{:<18}{:>9}{:>9}{:>9}", "", "queries", "HR@20", "MRR@20");
    for (name, part) in figures.rows() {
        let percent = |share: f64| share * 100.0;
        println!(
            "{name:<18}{:>9}{:>8.1}%{:>8.1}%",
            part.queries,
            percent(part.hit_rate),
            percent(part.reciprocal_rank)
        );
    }
}
