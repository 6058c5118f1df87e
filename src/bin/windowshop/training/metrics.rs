//! Hit rate and mean reciprocal rank, summed exactly, for all queries and for the parts that differ.
//!
//! Both are usual for next-item prediction (Ludewig and Jannach, "Evaluation of session-based recommendation
//! algorithms", UMUAI 2018, §4): a query is one prefix of a session and its single next item.

use serde::{Deserialize, Serialize};

/// How many places of a list are looked at.
pub(crate) const LIST_LENGTH: usize = 20;

/// The least common multiple of 1 to [`LIST_LENGTH`]: one over a rank is a whole number of its parts.
const PARTS: u64 = 232_792_560;

/// How many first clicks count as a short prefix.
pub(crate) const SHORT_PREFIX: usize = 3;

/// Queries, those whose target was in the list, and the sum of one over its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Tally {
    queries: u64,
    hits: u64,
    reciprocal_parts: u64,
}

impl Tally {
    /// Counts one query, whose target stood at a place of the list (0 is the first), or nowhere.
    pub(crate) fn count(&mut self, place: Option<usize>) {
        self.queries += 1;
        if let Some(place) = place.filter(|place| *place < LIST_LENGTH) {
            self.hits += 1;
            self.reciprocal_parts += PARTS / (place as u64 + 1);
        }
    }

    /// Adds what another tally counted.
    pub(crate) fn add(&mut self, other: Self) {
        self.queries += other.queries;
        self.hits += other.hits;
        self.reciprocal_parts += other.reciprocal_parts;
    }

    /// Queries, hits, and the sum of one over the places in parts of which a query has [`Tally::parts`] at most.
    pub(crate) fn sums(self) -> [u64; 3] {
        [self.queries, self.hits, self.reciprocal_parts]
    }

    /// What a target in the first place adds to the last of [`Tally::sums`].
    pub(crate) fn parts() -> u64 {
        PARTS
    }

    /// The figures by which settings are compared: hit rate plus mean reciprocal rank, times the queries.
    pub(crate) fn merit(self) -> u64 {
        self.hits * PARTS + self.reciprocal_parts
    }

    /// The figures as shares of one; both 0 where nothing was counted.
    pub(crate) fn figures(self) -> Figures {
        let queries = self.queries.max(1) as f64;
        Figures {
            queries: self.queries,
            hit_rate: self.hits as f64 / queries,
            reciprocal_rank: self.reciprocal_parts as f64 / PARTS as f64 / queries,
        }
    }
}

/// HR@20 and MRR@20 of a set of queries.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Figures {
    /// Queries counted.
    pub(crate) queries: u64,
    /// Share of the queries whose target is among the first 20.
    pub(crate) hit_rate: f64,
    /// Mean of one over the target's place, 0 where it is not among the first 20.
    pub(crate) reciprocal_rank: f64,
}

/// Tallies of all queries and of the parts that are always told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Segments {
    /// Every query.
    pub(crate) all: Tally,
    /// The target was in the prefix.
    pub(crate) repeat: Tally,
    /// The target was not in the prefix.
    pub(crate) new: Tally,
    /// The prefix has at most [`SHORT_PREFIX`] clicks.
    pub(crate) short: Tally,
}

impl Segments {
    /// Counts one query into all parts it belongs to.
    pub(crate) fn count<T: PartialEq>(&mut self, prefix: &[T], target: &T, place: Option<usize>) {
        self.all.count(place);
        if prefix.contains(target) {
            self.repeat.count(place);
        } else {
            self.new.count(place);
        }
        if prefix.len() <= SHORT_PREFIX {
            self.short.count(place);
        }
    }

    /// Adds what others counted.
    pub(crate) fn add(&mut self, other: &Self) {
        self.all.add(other.all);
        self.repeat.add(other.repeat);
        self.new.add(other.new);
        self.short.add(other.short);
    }

    /// The tally of each part, in the order of [`SegmentFigures::rows`].
    pub(crate) fn tallies(&self) -> [Tally; 4] {
        [self.all, self.repeat, self.new, self.short]
    }

    /// The figures of each part.
    pub(crate) fn figures(&self) -> SegmentFigures {
        SegmentFigures {
            all: self.all.figures(),
            repeat: self.repeat.figures(),
            new: self.new.figures(),
            short: self.short.figures(),
        }
    }
}

/// [`Figures`] of all queries and of the parts that are always told apart.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SegmentFigures {
    /// Every query.
    pub(crate) all: Figures,
    /// The target was in the prefix.
    pub(crate) repeat: Figures,
    /// The target was not in the prefix.
    pub(crate) new: Figures,
    /// The prefix has one to three clicks.
    pub(crate) short: Figures,
}

impl SegmentFigures {
    /// The parts with their names, as tables print them.
    pub(crate) fn rows(&self) -> [(&'static str, Figures); 4] {
        [
            ("all targets", self.all),
            ("repeat targets", self.repeat),
            ("new targets", self.new),
            ("prefixes of 1-3", self.short),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_the_textbook_ones() {
        // Targets at places 1, 4, 20, 21 and nowhere: 3 hits of 5, (1 + 1/4 + 1/20) / 5.
        let mut tally = Tally::default();
        for place in [Some(0), Some(3), Some(19), Some(20), None] {
            tally.count(place);
        }
        let figures = tally.figures();
        assert_eq!(figures.queries, 5);
        assert!((figures.hit_rate - 0.6).abs() < 1e-12);
        assert!((figures.reciprocal_rank - 0.26).abs() < 1e-12);
        assert!(Tally::default().figures().hit_rate.abs() < 1e-12, "no queries, no division by zero");
    }

    #[test]
    fn every_place_divides_the_parts() {
        for place in 1..=LIST_LENGTH as u64 {
            assert_eq!(PARTS % place, 0, "one over {place} would be rounded");
        }
    }

    #[test]
    fn parts_are_told_apart() {
        let mut segments = Segments::default();
        segments.count(&["a", "b"], &"a", Some(0));
        segments.count(&["a", "b", "c", "d"], &"e", Some(1));
        segments.count(&["a"], &"b", None);
        let figures = segments.figures();
        assert_eq!(
            [figures.all.queries, figures.repeat.queries, figures.new.queries, figures.short.queries],
            [3, 1, 2, 2]
        );
        assert!((figures.repeat.reciprocal_rank - 1.0).abs() < 1e-12);
        assert!((figures.new.reciprocal_rank - 0.25).abs() < 1e-12);
        assert!((figures.short.hit_rate - 0.5).abs() < 1e-12);
    }

    #[test]
    fn tallies_add_up_in_any_order() {
        let mut one = Segments::default();
        one.count(&[1], &2, Some(2));
        let mut other = Segments::default();
        other.count(&[2], &2, Some(6));
        let (mut ab, mut ba) = (one, other);
        ab.add(&other);
        ba.add(&one);
        assert_eq!(ab, ba);
        assert!(ab.all.merit() > one.all.merit());
    }
}
