//! Next item: learn from sessions, rank what comes after prefixes of later ones, count the hits.

use super::baselines::Baselines;
use super::queries::{self, Query};
use crate::training::learn::{Learned, learn};
use crate::training::metrics::{LIST_LENGTH, SegmentFigures, Segments};
use crate::training::scorer::{Protocol, Scorer, powers};
use crate::training::settings::Settings;
use anyhow::Context;
use indicatif::ProgressBar;
use rayon::prelude::*;
use serde::Serialize;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

/// What an evaluation found.
#[derive(Debug, Serialize)]
pub(crate) struct Evaluation {
    /// The folder with sessions and queries.
    pub(crate) data: PathBuf,
    /// The settings, chosen on the last tenth of the training sessions.
    pub(crate) settings: Settings,
    /// How they did on that tenth.
    pub(crate) validation: SegmentFigures,
    /// How we did on the test queries.
    pub(crate) windowshop: SegmentFigures,
    /// How the most clicked items did.
    pub(crate) popularity: SegmentFigures,
    /// How the session's own items, then the most clicked, did.
    pub(crate) own_session: SegmentFigures,
}

/// Trains on `data/train_sessions.csv.gz`, ranks `data/test_queries.csv.gz` and writes the lists to `out`.
///
/// # Errors
/// Where a file cannot be read or written, or a row is off.
pub(crate) fn evaluate(
    data: &Path,
    out: &Path,
    min_sessions: u32,
    protocol: Protocol,
    progress: &ProgressBar,
) -> anyhow::Result<Evaluation> {
    let queries = queries::read(&data.join("test_queries.csv.gz"))?;
    let learned = learn(&[data.join("train_sessions.csv.gz")], min_sessions, protocol, progress)?;
    let lists = rank(&learned, &queries, protocol);
    write(out, &queries, &lists, &learned).with_context(|| format!("cannot write {}", out.display()))?;
    progress.inc(1);

    let baselines = Baselines::new(&learned.clicks, &learned.ranks);
    let figures = |list: &(dyn Fn(usize, &[Option<u32>]) -> Vec<u32> + Sync)| {
        let tally = |(at, query): (usize, &Query)| {
            let history = history(&learned, query);
            let target = learned.vocabulary.items.find(&query.target);
            let place = list(at, &history).into_iter().position(|item| Some(item) == target);
            let mut segments = Segments::default();
            segments.count(&query.prefix, &query.target, place);
            segments
        };
        let add = |mut one: Segments, other: Segments| {
            one.add(&other);
            one
        };
        queries.par_iter().enumerate().map(tally).reduce(Segments::default, add).figures()
    };
    Ok(Evaluation {
        data: data.into(),
        settings: learned.choice.settings,
        validation: learned.choice.tallies.figures(),
        windowshop: figures(&|at, _| lists.get(at).cloned().unwrap_or_default()),
        popularity: figures(&|_, history| baselines.popularity(history, protocol, LIST_LENGTH)),
        own_session: figures(&|_, history| baselines.own_session(history, protocol, LIST_LENGTH)),
    })
}

fn history(learned: &Learned, query: &Query) -> Vec<Option<u32>> {
    query.prefix.iter().map(|item| learned.vocabulary.items.find(item)).collect()
}

fn rank(learned: &Learned, queries: &[Query], protocol: Protocol) -> Vec<Vec<u32>> {
    let (table, blend) = (learned.packed(), learned.choice.settings.blend);
    let powers = powers(blend.decay_thousandths);
    let chunk = |queries: &[Query]| {
        let mut scorer = Scorer::new(&table, &learned.ranks);
        let list = |query: &Query| {
            let history = history(learned, query);
            scorer.take(&history, &powers);
            scorer.weigh_own(blend.repeat_thousandths);
            scorer.list(&history, protocol, LIST_LENGTH)
        };
        queries.iter().map(list).collect::<Vec<_>>()
    };
    queries.par_chunks(1_024).flat_map_iter(chunk).collect()
}

fn write(out: &Path, queries: &[Query], lists: &[Vec<u32>], learned: &Learned) -> std::io::Result<()> {
    let mut file = BufWriter::new(File::create(out)?);
    for (query, list) in queries.iter().zip(lists) {
        let items: Vec<&str> = list.iter().map(|item| learned.vocabulary.items.id(*item)).collect();
        writeln!(file, "{}\t{}", query.id, items.join(" "))?;
    }
    file.flush()
}
