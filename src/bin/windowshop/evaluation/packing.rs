//! What a pack loses of a table: lists by the table as a pack holds it, beside lists by the table as it was learned.
//!
//! Two steps lose something: a pack holds so many neighbours of an item at most, and their weights in steps of a byte. What is
//! ranked are the histories of a set's test queries; what came next is not looked at, so nothing can be chosen by it.

use super::queries;
use crate::training::learn::learn;
use crate::training::scorer::{Protocol, Scorer, powers};
use crate::training::table::{NEIGHBOURS_IN_FILE, Table};
use anyhow::Result;
use indicatif::ProgressBar;
use rayon::prelude::*;
use serde::Serialize;
use std::path::{Path, PathBuf};
use windowshop::base::maps::Set;
use windowshop::catalogue::writer::NEIGHBOURS_MAX;

/// How long the lists are.
pub(crate) const LENGTH: usize = 48;

/// What was found.
#[derive(Debug, Serialize)]
pub(crate) struct Packing {
    /// The folder with sessions and queries.
    pub(crate) data: PathBuf,
    /// Items of the table.
    pub(crate) items: usize,
    /// Histories with a list by the table as it was learned; the others have none to lose.
    pub(crate) lists: usize,
    /// The share of a list that is still in the list by the packed table, on average: weights in steps alone, beside a table of as
    /// many neighbours.
    pub(crate) recall_of_steps: f64,
    /// The same of both losses together, beside the table as a file holds it.
    pub(crate) recall: f64,
    /// The share of lists that are the same, slot by slot, with weights in steps.
    pub(crate) same: f64,
}

/// Trains on `data/train_sessions.csv.gz` and ranks the histories of `data/test_queries.csv.gz`.
///
/// # Errors
/// Where a file cannot be read, or a row is off.
pub(crate) fn evaluate(data: &Path, min_sessions: u32, progress: &ProgressBar) -> Result<Packing> {
    let protocol = Protocol::default();
    let learned = learn(&[data.join("train_sessions.csv.gz")], min_sessions, protocol, progress)?;
    let settings = learned.choice.settings;
    let powers = powers(settings.blend.decay_thousandths);
    let histories: Vec<Vec<Option<u32>>> = queries::read(&data.join("test_queries.csv.gz"))?
        .iter()
        .map(|query| query.prefix.iter().map(|item| learned.vocabulary.items.find(item)).collect())
        .collect();
    let lists = |table: &Table| -> Vec<Vec<u32>> {
        let chunk = |histories: &[Vec<Option<u32>>]| -> Vec<Vec<u32>> {
            let mut scorer = Scorer::new(table, &learned.ranks);
            let mut list = |history: &Vec<Option<u32>>| {
                scorer.ranked(history, &powers, settings.blend, protocol, LENGTH)
            };
            histories.iter().map(&mut list).collect()
        };
        histories.par_chunks(histories.len().div_ceil(32).max(1)).flat_map_iter(chunk).collect()
    };
    let packed = lists(&learned.packed(settings));
    let as_many = lists(&learned.exact(settings, NEIGHBOURS_MAX));
    let whole = lists(&learned.exact(settings, NEIGHBOURS_IN_FILE));
    progress.inc(1);
    let with_any = as_many.iter().filter(|list| !list.is_empty()).count();
    let same =
        as_many.iter().zip(&packed).filter(|(exact, packed)| !exact.is_empty() && exact == packed).count();
    Ok(Packing {
        data: data.into(),
        items: learned.vocabulary.items.len(),
        lists: with_any,
        recall_of_steps: recall(&as_many, &packed),
        recall: recall(&whole, &packed),
        same: same as f64 / with_any.max(1) as f64,
    })
}

/// The share of each list that is in the other, on average over those that have anything.
fn recall(exact: &[Vec<u32>], other: &[Vec<u32>]) -> f64 {
    let of = |(exact, other): (&Vec<u32>, &Vec<u32>)| {
        let found: Set<&u32> = other.iter().collect();
        let kept = exact.iter().filter(|item| found.contains(item)).count();
        (!exact.is_empty()).then(|| kept as f64 / exact.len() as f64)
    };
    let shares: Vec<f64> = exact.iter().zip(other).filter_map(of).collect();
    shares.iter().sum::<f64>() / shares.len().max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_lost_is_told_by_lists_that_have_something() {
        let exact = [vec![1, 2, 3, 4], vec![], vec![7, 8]];
        let other = [vec![4, 3, 9, 1], vec![5], vec![8, 7]];
        assert!((recall(&exact, &other) - 0.875).abs() < 1e-12);
        assert!(recall(&[vec![]], &[vec![1]]).abs() < 1e-12, "nothing to lose");
    }
}
