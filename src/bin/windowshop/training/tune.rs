//! Chooses the settings on sessions that the table has not learned yet.
//!
//! Every shape is tried with every decay and repeat weight, then every back-off in the best shape, and the sum of HR@20 and MRR@20 decides; an equal
//! sum keeps the earlier one. Tallies are whole numbers, so that threads may count queries in any order.

use super::metrics::{LIST_LENGTH, Segments};
use super::scorer::{Protocol, Scorer, powers};
use super::settings::{BACK_OFFS, Blend, Settings, Shape, shapes};
use super::table::{Counted, Table};
use rayon::prelude::*;

/// About how many queries settings are chosen on, at most.
pub(crate) const QUERIES_MAX: u64 = 15_000;

/// A prefix of a session and its next item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Query {
    /// The clicks so far, oldest first.
    pub(crate) history: Vec<Option<u32>>,
    /// The next item.
    pub(crate) target: u32,
}

/// The queries that a session makes: every prefix of it and what came next.
pub(crate) fn queries(session: &[u32]) -> impl Iterator<Item = Query> + '_ {
    (1..session.len()).map(|next| {
        // The whole prefix is kept: what has been seen counts even where it is too old to score by.
        Query { history: session[..next].iter().map(|item| Some(*item)).collect(), target: session[next] }
    })
}

/// What was chosen, and how it did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Choice {
    /// The settings.
    pub(crate) settings: Settings,
    /// Their tallies on the validation queries.
    pub(crate) tallies: Segments,
}

/// What was chosen of everything, and what would have been without the way through another item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Choices {
    /// Of everything.
    pub(crate) best: Choice,
    /// Of the shapes that have no back-off.
    pub(crate) without_back_off: Choice,
}

/// Chooses a shape, and of the blends given one; `step` is called after each shape.
pub(crate) fn choose(
    counted: Counted<'_>,
    queries: &[Query],
    min_sessions: u32,
    protocol: Protocol,
    blends: &[Blend],
    step: impl Fn(),
) -> Choices {
    let attempt = |best: Choice, shape: Shape| {
        let table = Table::packed(counted, shape, min_sessions);
        let tallies = tally(&table, counted.ranks, queries, blends, protocol);
        step();
        let choice = |(blend, tallies): (&Blend, Segments)| Choice {
            settings: Settings { min_sessions, shape, blend: *blend },
            tallies,
        };
        let better = |best: Choice, other: Choice| {
            if other.tallies.all.merit() > best.tallies.all.merit() { other } else { best }
        };
        blends.iter().zip(tallies).map(choice).fold(best, better)
    };
    // Where no attempt hits anything, as without queries, the default stands.
    let none =
        Choice { settings: Settings { min_sessions, ..Settings::default() }, tallies: Segments::default() };
    let without_back_off = shapes().fold(none, attempt);
    let shape = without_back_off.settings.shape;
    let further = BACK_OFFS.into_iter().map(|back_off_thousandths| Shape { back_off_thousandths, ..shape });
    Choices { best: further.fold(without_back_off, attempt), without_back_off }
}

/// The tallies of each blend over one table.
fn tally(
    table: &Table,
    ranks: &[u32],
    queries: &[Query],
    blends: &[Blend],
    protocol: Protocol,
) -> Vec<Segments> {
    let chunk = queries.len().div_ceil(64).max(1);
    let of_chunk = |queries: &[Query]| {
        let mut scorer = Scorer::new(table, ranks);
        let mut tallies = vec![Segments::default(); blends.len()];
        for query in queries {
            let mut decay = None;
            for (blend, tallies) in blends.iter().zip(&mut tallies) {
                if decay != Some(blend.decay_thousandths) {
                    decay = Some(blend.decay_thousandths);
                    scorer.take(&query.history, &powers(blend.decay_thousandths));
                }
                scorer.weigh_own(blend.repeat_thousandths);
                let place = scorer.place(query.target, &query.history, protocol, LIST_LENGTH);
                tallies.count(&query.history, &Some(query.target), place);
            }
        }
        tallies
    };
    queries.par_chunks(chunk).map(of_chunk).reduce(
        || vec![Segments::default(); blends.len()],
        |mut one, other| {
            for (sum, part) in one.iter_mut().zip(&other) {
                sum.add(part);
            }
            one
        },
    )
}
