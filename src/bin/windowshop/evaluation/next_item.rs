//! Next item: learn from sessions, rank what comes after prefixes of later ones, count the hits.

use super::baselines::Baselines;
use super::bootstrap::{Sum, standard_errors};
use super::queries::{self, Query};
use super::shop::{self, Tab};
use crate::training::file::Source;
use crate::training::learn::{Learned, learn};
use crate::training::metrics::{LIST_LENGTH, SegmentFigures, Segments, Tally};
use crate::training::scorer::{Protocol, Scorer, powers};
use crate::training::settings::Settings;
use anyhow::{Context, Result};
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
    /// Every so manieth query was ranked by the engine itself, the others by the arithmetic that it agreed with.
    pub(crate) engine_every: usize,
    /// The settings, chosen on the last tenth of the training sessions.
    pub(crate) settings: Settings,
    /// How they did on that tenth.
    pub(crate) validation: SegmentFigures,
    /// How we did on the test queries.
    pub(crate) windowshop: SegmentFigures,
    /// Standard errors of that, by the bootstrap over sessions.
    pub(crate) errors: SegmentErrors,
    /// What would have been chosen without the way through another item, and how that did.
    pub(crate) without_back_off: WithoutBackOff,
    /// How the most clicked items did.
    pub(crate) popularity: SegmentFigures,
    /// How the session's own items, then the most clicked, did.
    pub(crate) own_session: SegmentFigures,
}

/// The engine's arithmetic over a table of pairs alone.
#[derive(Debug, Serialize)]
pub(crate) struct WithoutBackOff {
    /// The settings, chosen on the last tenth of the training sessions.
    pub(crate) settings: Settings,
    /// How we did with them on the test queries.
    pub(crate) windowshop: SegmentFigures,
}

/// Standard errors of hit rate and mean reciprocal rank, as shares of one.
#[derive(Debug, Clone, Copy, Default, Serialize)]
pub(crate) struct Errors {
    /// Of the hit rate.
    pub(crate) hit_rate: f64,
    /// Of the mean reciprocal rank.
    pub(crate) reciprocal_rank: f64,
}

/// [`Errors`] of the parts that are always told apart.
#[derive(Debug, Clone, Copy, Default, Serialize)]
pub(crate) struct SegmentErrors {
    /// Sessions drawn from.
    pub(crate) sessions: usize,
    /// Every query.
    pub(crate) all: Errors,
    /// The target was in the prefix.
    pub(crate) repeat: Errors,
    /// The target was not in the prefix.
    pub(crate) new: Errors,
    /// The prefix has one to three clicks.
    pub(crate) short: Errors,
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
    engine_every: usize,
    progress: &ProgressBar,
) -> Result<Evaluation> {
    let queries = queries::read(&data.join("test_queries.csv.gz"))?;
    let learned = learn(&[data.join("train_sessions.csv.gz")], min_sessions, protocol, progress)?;
    let lists = rank(&learned, &queries, protocol, engine_every.max(1))?;
    let without_back_off = without_back_off(&learned, &queries, protocol);
    write(out, &queries, &lists).with_context(|| format!("cannot write {}", out.display()))?;
    progress.inc(1);

    let baselines = Baselines::new(&learned.clicks, &learned.ranks);
    let baseline = |list: &(dyn Fn(&[Option<u32>]) -> Vec<u32> + Sync)| {
        let named = |query: &Query| named(&learned, &list(&history(&learned, query)));
        figures(&queries, &queries.par_iter().map(named).collect::<Vec<_>>())
    };
    Ok(Evaluation {
        data: data.into(),
        engine_every,
        settings: learned.choice.settings,
        validation: learned.choice.tallies.figures(),
        windowshop: figures(&queries, &lists),
        errors: errors(&queries, &lists),
        without_back_off,
        popularity: baseline(&|history| baselines.popularity(history, protocol, LIST_LENGTH)),
        own_session: baseline(&|history| baselines.own_session(history, protocol, LIST_LENGTH)),
    })
}

fn history(learned: &Learned, query: &Query) -> Vec<Option<u32>> {
    query.prefix.iter().map(|item| learned.vocabulary.items.find(item)).collect()
}

fn named(learned: &Learned, list: &[u32]) -> Vec<String> {
    list.iter().map(|item| learned.vocabulary.items.id(*item).to_owned()).collect()
}

fn figures(queries: &[Query], lists: &[Vec<String>]) -> SegmentFigures {
    let mut segments = Segments::default();
    for (query, list) in queries.iter().zip(lists) {
        count(&mut segments, query, list);
    }
    segments.figures()
}

fn count(segments: &mut Segments, query: &Query, list: &[String]) {
    segments.count(&query.prefix, &query.target, list.iter().position(|item| *item == query.target));
}

/// Standard errors of [`figures`]: consecutive queries of a session share a prefix, so sessions are what is drawn.
fn errors(queries: &[Query], lists: &[Vec<String>]) -> SegmentErrors {
    let sessions = queries::sessions(queries);
    let mut groups: Vec<Segments> = vec![Segments::default(); sessions.last().map_or(0, |last| last + 1)];
    for ((query, list), session) in queries.iter().zip(lists).zip(sessions) {
        if let Some(group) = groups.get_mut(session) {
            count(group, query, list);
        }
    }
    let sums = |tally: Tally| {
        let [queries, hits, reciprocal_parts] = tally.sums();
        [
            Sum { numerator: hits, denominator: queries },
            Sum { numerator: reciprocal_parts, denominator: queries * Tally::parts() },
        ]
    };
    let rows: Vec<Vec<Sum>> =
        groups.iter().map(|group| group.tallies().into_iter().flat_map(sums).collect()).collect();
    let errors = standard_errors(&rows);
    let of = |part: usize| Errors {
        hit_rate: errors.get(part * 2).copied().unwrap_or(0.0),
        reciprocal_rank: errors.get(part * 2 + 1).copied().unwrap_or(0.0),
    };
    SegmentErrors { sessions: groups.len(), all: of(0), repeat: of(1), new: of(2), short: of(3) }
}

/// What the way through another item adds is told against this; the engine ranks none of it.
fn without_back_off(learned: &Learned, queries: &[Query], protocol: Protocol) -> WithoutBackOff {
    let settings = learned.without_back_off.settings;
    let (table, powers) = (learned.packed(settings), powers(settings.blend.decay_thousandths));
    let chunk = |queries: &[Query]| -> Vec<Vec<String>> {
        let mut scorer = Scorer::new(&table, &learned.ranks);
        let mut list = |query: &Query| {
            scorer.ranked(&history(learned, query), &powers, settings.blend, protocol, LIST_LENGTH)
        };
        queries.iter().map(|query| named(learned, &list(query))).collect()
    };
    let lists: Vec<Vec<String>> =
        queries.par_chunks(queries.len().div_ceil(32).max(1)).flat_map_iter(chunk).collect();
    WithoutBackOff { settings, windowshop: figures(queries, &lists) }
}

/// Ranks through the engine, and makes sure that settings were chosen by its own arithmetic. Where the engine is asked
/// about some of the queries only, the arithmetic answers the others.
fn rank(
    learned: &Learned,
    queries: &[Query],
    protocol: Protocol,
    engine_every: usize,
) -> Result<Vec<Vec<String>>> {
    let items = learned.vocabulary.items.by_id();
    let pack = shop::pack(
        &learned.trained(Source::Logs),
        items.iter().map(|item| learned.vocabulary.items.id(*item)),
    )?;
    let tab = Tab::open(&pack)?;
    let settings = learned.choice.settings;
    let (table, blend) = (learned.packed(settings), settings.blend);
    let powers = powers(blend.decay_thousandths);
    let chunk = |queries: &[Query]| -> Result<Vec<Vec<String>>> {
        let mut tab = tab.clone();
        let mut scorer = Scorer::new(&table, &learned.ranks);
        let mut lists = Vec::with_capacity(queries.len());
        for (at, query) in queries.iter().enumerate() {
            let history = history(learned, query);
            let expected = named(learned, &scorer.ranked(&history, &powers, blend, protocol, LIST_LENGTH));
            if at % engine_every != 0 {
                lists.push(expected);
                continue;
            }
            tab.visit(query)?;
            let list = tab.list(query, protocol)?;
            // Where nothing speaks for more items, the engine fills the page in the order of ids.
            anyhow::ensure!(
                list.starts_with(&expected),
                "query {}: the engine ranks {list:?}, the arithmetic that settings were chosen by {expected:?}",
                query.id
            );
            lists.push(list);
        }
        Ok(lists)
    };
    let lists: Result<Vec<_>> = queries.par_chunks(queries.len().div_ceil(32).max(1)).map(chunk).collect();
    Ok(lists?.into_iter().flatten().collect())
}

fn write(out: &Path, queries: &[Query], lists: &[Vec<String>]) -> std::io::Result<()> {
    let mut file = BufWriter::new(File::create(out)?);
    for (query, list) in queries.iter().zip(lists) {
        writeln!(file, "{}\t{}", query.id, list.join(" "))?;
    }
    file.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Real prefixes, among them items looked at twice; that the engine and the arithmetic agree on every list
    /// is what `evaluate` itself makes sure of.
    #[test]
    fn real_prefixes_are_ranked_written_and_counted() -> Result<()> {
        let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/serenade-small");
        let folder = tempfile::tempdir()?;
        let out = folder.path().join("ranked.tsv");
        let queries = queries::read(&data.join("test_queries.csv.gz"))?;
        for protocol in [
            Protocol::default(),
            Protocol { exclude_last: true, without_seen: false },
            Protocol { exclude_last: true, without_seen: true },
        ] {
            let found = evaluate(&data, &out, 1, protocol, 1, &ProgressBar::hidden())?;
            assert_eq!(found.windowshop.all.queries, 1_000);
            let new = found.windowshop.new.queries;
            assert_eq!(
                new,
                queries.iter().filter(|query| !query.prefix.contains(&query.target)).count() as u64
            );
            assert!(found.windowshop.new.hit_rate > found.own_session.new.hit_rate);
            // In so small a set every next item may be hit, so the place in the list is what wanders.
            assert!((0.001..0.1).contains(&found.errors.all.reciprocal_rank), "{:?}", found.errors);
            assert!((2..1_000).contains(&found.errors.sessions));
            assert!(found.own_session.new.hit_rate >= found.popularity.new.hit_rate);

            let mut hits = 0;
            let lists = std::fs::read_to_string(&out)?;
            assert_eq!(lists.lines().count(), queries.len());
            for (line, query) in lists.lines().zip(&queries) {
                let (id, items) = line.split_once('\t').context("an id and a list")?;
                let items: Vec<&str> = items.split(' ').collect();
                assert_eq!((id, items.len()), (query.id.as_str(), LIST_LENGTH));
                assert!(items.iter().all(|item| protocol.allows(&query.prefix, &(*item).to_owned())));
                hits += u64::from(items.contains(&query.target.as_str()));
            }
            let counted = found.windowshop.all.hit_rate * 1_000.0;
            assert!((counted - hits as f64).abs() < 1e-6, "{hits} in the file, {counted} counted");
        }
        Ok(())
    }

    #[test]
    fn a_folder_without_the_files_is_refused_by_name() {
        let folder = Path::new("nowhere");
        let error = evaluate(folder, folder, 1, Protocol::default(), 1, &ProgressBar::hidden());
        let told = error.err().map(|error| format!("{error:#}")).unwrap_or_default();
        assert!(told.contains("nowhere") && told.contains("test_queries.csv.gz"), "{told}");
    }
}
