//! Cold items: of goods that nobody has seen yet, which one a shopper takes, from brand, category, size and
//! attributes alone.
//!
//! The data is `events.parquet` (user_id, item_id, ts_ms, event: `wishlist` or `order`), `items.parquet` (item_id,
//! brand, category as a path, type, demography, size, condition, color) and `test_queries.json.gz` (`candidates`, and
//! `queries` of user, time and target). A pack holds the candidates that anybody touched since [`TEST_FROM`], each
//! brand's sale open; before each query the shopper's events before it are loaded, no others, and the home surface is
//! asked for a hundred items. A fact that is missing is a value of its own. Settings are chosen on the two months
//! before [`TEST_FROM`], one after another, by the sum of both hit rates.

mod data;
mod ordinary;
mod settings;

use super::bootstrap::{Sum, standard_errors};
use anyhow::{Context, Result};
use data::{Data, Query};
use indicatif::ProgressBar;
pub(crate) use ordinary::Ordinary;
use rayon::prelude::*;
use serde::Serialize;
pub(crate) use settings::AttributeSettings;
use settings::steps as setting_steps;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use windowshop::base::time::{DAY, Timestamp};
use windowshop::catalogue::AlignedBytes;
use windowshop::engine::Engine;
use windowshop::recommend::Request;
use windowshop::shopper::Consent;

/// Where the test part begins: 2022-12-01T00:00Z.
const TEST_FROM: Timestamp = Timestamp(1_669_852_800_000);
/// Where the part begins on which settings are chosen: 61 days before.
const VALIDATION_FROM: Timestamp = Timestamp(TEST_FROM.0 - 61 * DAY);
/// Items of a list.
const LIST: u16 = 100;
/// Items of its head.
const HEAD: usize = 20;
/// The least common multiple of 1 to [`HEAD`], so that reciprocal ranks are whole.
const PARTS: u64 = 232_792_560;

/// What an evaluation found.
#[derive(Debug, Serialize)]
pub(crate) struct Evaluation {
    /// The folder.
    pub(crate) data: PathBuf,
    /// What was chosen.
    pub(crate) settings: AttributeSettings,
    /// How that did where it was chosen.
    pub(crate) validation: Figures,
    /// The same there by where it is known from what is ordinary.
    pub(crate) sources: Vec<(Ordinary, Figures)>,
    /// How it did on the test queries.
    pub(crate) windowshop: Figures,
}

/// Figures over queries, as shares of one, with standard errors by the bootstrap over shoppers.
#[derive(Debug, Clone, Copy, Serialize)]
pub(crate) struct Figures {
    /// Queries.
    pub(crate) queries: usize,
    /// Shoppers.
    pub(crate) shoppers: usize,
    /// Items that could be chosen.
    pub(crate) candidates: usize,
    /// HR@20.
    pub(crate) hit_rate: f64,
    /// Its standard error.
    pub(crate) hit_rate_error: f64,
    /// HR@100.
    pub(crate) hit_rate_100: f64,
    /// Its standard error.
    pub(crate) hit_rate_100_error: f64,
    /// MRR@20.
    pub(crate) reciprocal_rank: f64,
    /// Its standard error.
    pub(crate) reciprocal_rank_error: f64,
}

/// Steps of the progress bar that [`evaluate`] takes.
pub(crate) fn steps() -> u64 {
    setting_steps() + 1
}

/// Chooses settings before [`TEST_FROM`], ranks for the test queries and writes the lists to `out`, a line a query:
/// its number from 0, a tab, items best first.
///
/// # Errors
/// Where a file cannot be read or written, or is off.
pub(crate) fn evaluate(folder: &Path, out: &Path, progress: &ProgressBar) -> Result<Evaluation> {
    let data = Data::read(folder)?;
    let queries = data.test_queries(folder)?;
    let chosen_on = data.queries(VALIDATION_FROM, TEST_FROM);
    let mut failed = None;
    let settings = settings::choose(|settings| {
        progress.inc(1);
        let lists = rank(&data, (VALIDATION_FROM, TEST_FROM), &chosen_on, settings, Ordinary::Counted);
        let lists = lists.map_err(|error| failed = Some(error)).unwrap_or_default();
        places(&chosen_on, &lists).map(|place| u64::from(place < HEAD) + u64::from(place < LIST.into())).sum()
    });
    if let Some(error) = failed {
        return Err(error);
    }
    let validation = |ordinary| -> Result<(Ordinary, Figures)> {
        let lists = rank(&data, (VALIDATION_FROM, TEST_FROM), &chosen_on, &settings, ordinary)?;
        Ok((ordinary, figures(&chosen_on, &lists)))
    };
    let sources = Ordinary::ALL.into_iter().map(validation).collect::<Result<Vec<_>>>()?;
    let counted = sources.iter().find(|(ordinary, _)| *ordinary == Ordinary::Counted);
    let validation = counted.context("counted is one of all")?.1;
    let lists = rank(&data, (TEST_FROM, Timestamp(i64::MAX)), &queries, &settings, Ordinary::Counted)?;
    let mut text = String::new();
    for (number, list) in lists.items.iter().enumerate() {
        writeln!(text, "{number}\t{}", list.join(" "))?;
    }
    std::fs::write(out, text).with_context(|| format!("cannot write {}", out.display()))?;
    progress.inc(1);
    Ok(Evaluation {
        data: folder.into(),
        settings,
        validation,
        sources,
        windowshop: figures(&queries, &lists),
    })
}

/// Lists by query, and how many items there were to choose from.
#[derive(Default)]
struct Lists {
    items: Vec<Vec<String>>,
    candidates: usize,
}

/// Ranks the items touched within a span of time, through the engine.
fn rank(
    data: &Data,
    span: (Timestamp, Timestamp),
    queries: &[Query],
    settings: &AttributeSettings,
    ordinary: Ordinary,
) -> Result<Lists> {
    let (pack, candidates) = data.pack(span, settings, ordinary)?;
    let mut engine = Engine::open(AlignedBytes::copy_of(&pack), 0)?;
    engine.set_consent(Consent::Session);
    // What is measured is the order: not mixed, and nothing tried.
    let all = Some(LIST);
    let request = Request {
        brand_cap: all,
        category_cap: all,
        seen_cap: all,
        explore: Some(false),
        ..Request::of("home", LIST)
    };
    let list = |engine: &mut Engine, query: &Query| -> Result<Vec<String>> {
        engine.erase();
        engine.load(data.events_before(query));
        engine.trim(query.at);
        let (_, decision) = engine.decide(&request, query.at)?;
        let id = |entry: &windowshop::recommend::Entry| engine.catalogue().item_id(entry.item).to_owned();
        Ok(decision.entries.iter().map(id).collect())
    };
    let items: Result<Vec<_>> =
        queries.par_iter().map_init(|| engine.clone(), |engine, query| list(engine, query)).collect();
    Ok(Lists { items: items?, candidates })
}

/// The place of each target in its list, or beyond it.
fn places<'a>(queries: &'a [Query], lists: &'a Lists) -> impl Iterator<Item = usize> + 'a {
    queries
        .iter()
        .zip(&lists.items)
        .map(|(query, list)| list.iter().position(|item| *item == query.target).unwrap_or(usize::MAX))
}

fn figures(queries: &[Query], lists: &Lists) -> Figures {
    let mut shoppers: Vec<&str> = queries.iter().map(|query| query.shopper.as_str()).collect();
    shoppers.sort_unstable();
    shoppers.dedup();
    let mut groups = vec![vec![Sum::default(); 3]; shoppers.len()];
    for (query, place) in queries.iter().zip(places(queries, lists)) {
        let group = shoppers.binary_search(&query.shopper.as_str()).ok();
        let Some(group) = group.and_then(|at| groups.get_mut(at)) else { continue };
        let head = place < HEAD;
        let counted = [
            (u64::from(head), 1),
            (u64::from(place < LIST.into()), 1),
            (if head { PARTS / (place as u64 + 1) } else { 0 }, PARTS),
        ];
        for (sum, (numerator, denominator)) in group.iter_mut().zip(counted) {
            sum.numerator += numerator;
            sum.denominator += denominator;
        }
    }
    let errors = standard_errors(&groups);
    let share = |figure: usize| {
        let sums = groups.iter().filter_map(|group| group.get(figure));
        let (numerator, denominator) =
            sums.fold((0_u64, 0_u64), |(one, other), sum| (one + sum.numerator, other + sum.denominator));
        numerator as f64 / denominator.max(1) as f64
    };
    let error = |figure: usize| errors.get(figure).copied().unwrap_or(0.0);
    Figures {
        queries: queries.len(),
        shoppers: shoppers.len(),
        candidates: lists.candidates,
        hit_rate: share(0),
        hit_rate_error: error(0),
        hit_rate_100: share(1),
        hit_rate_100_error: error(1),
        reciprocal_rank: share(2),
        reciprocal_rank_error: error(2),
    }
}

#[cfg(test)]
mod tests;
