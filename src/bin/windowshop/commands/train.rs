//! `windowshop train`: from the shop's click logs, orders or estimates to the file that a pack carries.

use crate::output::Output;
use crate::training::file::LogFacts;
use crate::training::log::Logs;
use crate::training::metrics::SegmentFigures;
use crate::training::scratch::Scratch;
use crate::training::settings::Settings;
use crate::training::sources::{Lack, Request, Source};
use anyhow::Context;
use serde::Serialize;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

/// Arguments of `windowshop train`.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Tables of one source: CSV with a header, JSON Lines (.jsonl, .ndjson, .json), each also with .gz, or Parquet
    /// (.parquet). Click logs come in the order of time, and the rows of a session stand together.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The file to write, for `windowshop pack build --trained`; compressed where its name ends with `.gz`.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// What the files are.
    #[arg(long, value_enum, default_value = "logs")]
    source: Source,
    /// Keep only pairs of items that at least this many sessions have (of orders: customers, or orders where customers
    /// are not named): a pair seen in one session is somebody's session, and a pack is read by everybody.
    #[arg(long, value_name = "COUNT", default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..))]
    min_sessions: u32,
    /// A column that the files call otherwise, such as `item_id=sku`; may be given several times.
    #[arg(long, value_name = "NAME=COLUMN", value_parser = named)]
    column: Vec<(String, String)>,
    /// Of estimates: what the answers of a question are, where its id has neither word, such as `taste=brands`.
    #[arg(long, value_name = "QUESTION=categories|brands", value_parser = named)]
    question: Vec<(String, String)>,
    /// Folder for working files, which take about as much room as the log; by default the system's temporary folder.
    #[arg(long, value_name = "DIR")]
    scratch: Option<PathBuf>,
}

pub(super) fn named(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, column)) if !name.is_empty() && !column.is_empty() => Ok((name.into(), column.into())),
        _ => Err("write two names with = between".into()),
    }
}

/// What was learned, for a program to read.
#[derive(Serialize)]
struct Report {
    out: PathBuf,
    source: Source,
    /// The parts of the file that the source gives.
    gives: &'static [&'static str],
    /// What it cannot give, and what stands in.
    lacks: &'static [Lack],
    notes: Vec<String>,
    settings: Settings,
    log: LogFacts,
    brands: usize,
    categories: usize,
    validation: SegmentFigures,
    /// What it took; differs from run to run, so it is not in the file.
    seconds: f64,
    /// The most memory that was in use at once; null where the system does not say.
    peak_memory_bytes: Option<u64>,
}

impl Arguments {
    /// Learns and writes the file.
    pub(crate) fn run(self, output: &Output) -> anyhow::Result<ExitCode> {
        let began = Instant::now();
        let progress = Output::progress("learning", self.source.steps());
        let scratch = self.scratch.as_deref().map_or_else(Scratch::default, Scratch::in_folder);
        let logs = Logs { files: &self.files, columns: &self.column, scratch: &scratch };
        let request = Request { logs, min_sessions: self.min_sessions, questions: &self.question };
        let lesson = self.source.learn(&request, &progress);
        progress.finish_and_clear();
        let lesson = lesson.context("nothing was written")?;
        let trained = lesson.trained;
        trained.write(&self.out)?;
        let report = Report {
            out: self.out,
            source: self.source,
            gives: self.source.gives(),
            lacks: self.source.lacks(),
            notes: lesson.notes,
            settings: trained.settings,
            log: trained.log,
            brands: trained.brand_views.len(),
            categories: trained.category_views.len(),
            validation: trained.validation,
            seconds: began.elapsed().as_secs_f64(),
            peak_memory_bytes: peak_memory(),
        };
        output.result(&report, || report.print())?;
        Ok(ExitCode::SUCCESS)
    }
}

/// The most memory that this process had at once, where the system says so (Linux).
fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().strip_suffix(" kB")?.parse::<u64>().ok()? * 1_024)
}

impl Report {
    fn print(&self) {
        let log = self.log;
        let (session, click) = match self.source {
            Source::Orders => ("buyers", "purchases"),
            _ => ("sessions", "clicks"),
        };
        if log.sessions > 0 {
            println!("{} {session}, {} {click}, {} items", log.sessions, log.clicks, log.items);
            println!(
                "{} of {} pairs are in at least {} {session} and were kept; {} items have neighbours",
                log.pairs_kept, log.pairs, self.settings.min_sessions, log.items_with_neighbours
            );
            print_settings(&self.settings);
            println!("on a tenth of the {session}, before they were learned too:");
            print_figures(&self.validation);
        }
        println!("{} brands and {} categories have views", self.brands, self.categories);
        for note in &self.notes {
            println!("note: {note}");
        }
        for lack in self.lacks {
            println!("not from here: {}, because {}", lack.what, lack.why);
        }
        if let Some(bytes) = self.peak_memory_bytes {
            println!("{:.1} s, at most {} MB of memory", self.seconds, bytes.div_ceil(1 << 20));
        }
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
