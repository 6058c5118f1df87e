//! Shapes counted pairs into the table: each item's strongest neighbours with weights in millionths.
//!
//! weight(a → b) is what b counts after a within [`super::settings::WINDOW`] positions, plus what it counts
//! before a, discounted by the shape's `backward`; divided by b's clicks to a power; and each row is divided by
//! its sum, so that every click of a history has an equal say and scores stand beside those of other signals.
//! Each weight is worked out by itself and a row is summed in one fixed order, so the table does not depend on
//! how many threads shape it.

use super::back_off;
use super::pairs::Pair;
use super::settings::Shape;
use rayon::prelude::*;
use windowshop::catalogue::steps::{step_of, weight_of};
use windowshop::catalogue::writer::NEIGHBOURS_MAX;

/// One, in the unit of weights.
pub(crate) const MILLION: u32 = 1_000_000;

/// Neighbours kept in a file of `windowshop train`: more than a pack holds, for a pack leaves out those that are
/// not on sale that day.
pub(crate) const NEIGHBOURS_IN_FILE: usize = 100;

/// What shaping needs to know of the log.
#[derive(Clone, Copy)]
pub(crate) struct Counted<'a> {
    /// All pairs, sorted.
    pub(crate) pairs: &'a [Pair],
    /// Clicks by item.
    pub(crate) clicks: &'a [u64],
    /// Each item's place among the ascending ids: equal weights are ordered by it.
    pub(crate) ranks: &'a [u32],
}

/// A neighbour and its weight in millionths.
pub(crate) type Neighbour = (u32, u32);

/// Each item's neighbours, strongest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Table {
    rows: Vec<Vec<Neighbour>>,
}

impl Table {
    /// Shapes the pairs that at least `min_sessions` sessions have, keeping `neighbours` an item.
    pub(crate) fn shape(counted: Counted<'_>, shape: Shape, min_sessions: u32, neighbours: usize) -> Self {
        let shaping = Shaping::new(counted, shape, min_sessions);
        let rank = |item: u32| counted.ranks.get(item as usize).copied().unwrap_or(u32::MAX);
        let sort = |row: &mut Vec<Neighbour>| {
            row.sort_unstable_by_key(|(item, weight)| (std::cmp::Reverse(*weight), rank(*item)));
        };
        let finish = |item: u32| {
            let row = shaping.row(item);
            let whole = row.iter().fold(0.0, |sum, (_, weight)| sum + weight);
            let millionths = |weight: f64| libm::round(weight / whole * f64::from(MILLION)) as u32;
            let mut row: Vec<Neighbour> =
                row.into_iter().map(|(item, weight)| (item, millionths(weight))).collect();
            row.retain(|(_, weight)| *weight > 0);
            sort(&mut row);
            row
        };
        let rows: Vec<Vec<Neighbour>> =
            (0..counted.clicks.len() as u32).into_par_iter().map(finish).collect();
        let mut rows = back_off::add(rows, shape.back_off_thousandths);
        rows.par_iter_mut().for_each(|row| {
            sort(row);
            row.truncate(neighbours);
            row.shrink_to_fit();
        });
        Self { rows }
    }

    /// The table as a pack holds it: at most [`NEIGHBOURS_MAX`] an item, weights in steps of a byte.
    pub(crate) fn packed(counted: Counted<'_>, shape: Shape, min_sessions: u32) -> Self {
        let mut table = Self::shape(counted, shape, min_sessions, NEIGHBOURS_MAX);
        for row in &mut table.rows {
            // As `catalogue::writer` does it; `evaluation` asserts that the engine ranks by the same numbers.
            let largest = row.first().map_or(1, |(_, largest)| *largest);
            for (_, weight) in row {
                *weight = weight_of(step_of(*weight, largest), largest);
            }
        }
        table
    }

    /// An item's neighbours.
    pub(crate) fn row(&self, item: u32) -> &[Neighbour] {
        self.rows.get(item as usize).map_or(&[], Vec::as_slice)
    }

    /// How many items the table was made for.
    pub(crate) fn items(&self) -> usize {
        self.rows.len()
    }
}

/// Finds an item's pairs from both sides without holding each pair twice.
struct Shaping<'a> {
    pairs: &'a [Pair],
    shape: Shape,
    min_sessions: u32,
    /// By item: what its weight as a neighbour is divided by.
    divisors: Vec<f64>,
    /// By item: where its pairs as the first item begin, and a last one where all end.
    as_low: Vec<u32>,
    /// By item: where its pairs as the second item begin in `by_high`, and a last one where all end.
    as_high: Vec<u32>,
    /// Places of pairs, by their second item and then by their first.
    by_high: Vec<u32>,
}

impl<'a> Shaping<'a> {
    fn new(counted: Counted<'a>, shape: Shape, min_sessions: u32) -> Self {
        let power = f64::from(shape.popularity_thousandths) / 1_000.0;
        let divisor = |clicks: &u64| {
            let divisor = if power > 0.0 { libm::pow(*clicks as f64, power) } else { 1.0 };
            divisor.max(1.0)
        };
        let (pairs, items) = (counted.pairs, counted.clicks.len());
        let begins = |side: usize| {
            let mut begins = vec![0_u32; items + 1];
            for pair in pairs {
                if let Some(count) = begins.get_mut(pair.items[side] as usize + 1) {
                    *count += 1;
                }
            }
            let mut sum = 0;
            for begin in &mut begins {
                sum += *begin;
                *begin = sum;
            }
            begins
        };
        let as_high = begins(1);
        let (mut free, mut by_high) = (as_high.clone(), vec![0_u32; pairs.len()]);
        for (place, pair) in pairs.iter().enumerate() {
            if let Some(at) = free.get_mut(pair.items[1] as usize) {
                if let Some(slot) = by_high.get_mut(*at as usize) {
                    *slot = place as u32;
                }
                *at += 1;
            }
        }
        let divisors = counted.clicks.par_iter().map(divisor).collect();
        Self { pairs, shape, min_sessions, divisors, as_low: begins(0), as_high, by_high }
    }

    /// An item's neighbours by ascending number, unscaled.
    fn row(&self, item: u32) -> Vec<(u32, f64)> {
        let place = item as usize;
        let of = |begins: &[u32]| match begins.get(place..=place + 1) {
            Some([begin, end]) => *begin as usize..*end as usize,
            _ => 0..0,
        };
        // A pair's first item has the smaller number, so neighbours before the item come from `by_high`.
        let lower = self.by_high.get(of(&self.as_high)).unwrap_or_default().iter();
        let lower = lower.filter_map(|place| self.pairs.get(*place as usize));
        let lower = lower.map(|pair| (pair, pair.items[0], pair.falling, pair.rising));
        let higher = self.pairs.get(of(&self.as_low)).unwrap_or_default().iter();
        let higher = higher.map(|pair| (pair, pair.items[1], pair.rising, pair.falling));
        let backward_thousandths = u64::from(self.shape.backward_thousandths);
        lower
            .chain(higher)
            .filter(|(pair, ..)| pair.sessions >= self.min_sessions)
            .filter_map(|(_, to, forward, backward)| {
                let whole = u64::from(forward) * 1_000 + u64::from(backward) * backward_thousandths;
                let divisor = self.divisors.get(to as usize).copied().unwrap_or(1.0);
                (whole > 0).then(|| (to, whole as f64 / divisor))
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::training::pairs::Pairs;
    use crate::training::scratch::Scratch;
    use proptest::prelude::*;

    fn shape(backward_thousandths: u32, popularity_thousandths: u32) -> Shape {
        Shape { backward_thousandths, popularity_thousandths, back_off_thousandths: 0 }
    }

    /// Pairs, clicks and ranks of sessions over a few items; ranks are the numbers.
    fn count(sessions: &[Vec<u32>], items: u32) -> (Vec<Pair>, Vec<u64>, Vec<u32>) {
        let mut pairs = Pairs::new(&Scratch::default(), 1_000);
        let mut clicks = vec![0; items as usize];
        for session in sessions {
            pairs.count(session).unwrap_or_else(|error| panic!("{error}"));
            for item in session {
                clicks[*item as usize] += 1;
            }
        }
        let kept = pairs.kept(1).unwrap_or_else(|error| panic!("{error}"));
        (kept.pairs, clicks, (0..items).collect())
    }

    fn table(sessions: &[Vec<u32>], items: u32, shape: Shape, min_sessions: u32) -> Table {
        let (pairs, clicks, ranks) = count(sessions, items);
        Table::shape(Counted { pairs: &pairs, clicks: &clicks, ranks: &ranks }, shape, min_sessions, 30)
    }

    #[test]
    fn a_known_log_gives_the_table_worked_out_by_hand() {
        // Session 0 1 2: 0→1 at 1, 0→2 at 2, 1→2 at 1. Session 1 0: 1→0 at 1.
        let log = [vec![0, 1, 2], vec![1, 0]];
        // Half backwards. Row 0: 1 has 1 + 0.5, 2 has 0.5. Row 1: 0 has 1 + 0.5, 2 has 1. Row 2: 0.25 and 0.5.
        let halves = table(&log, 3, shape(500, 0), 1);
        assert_eq!(halves.row(0), [(1, 750_000), (2, 250_000)]);
        assert_eq!(halves.row(1), [(0, 600_000), (2, 400_000)]);
        assert_eq!(halves.row(2), [(1, 666_667), (0, 333_333)]);
        // Divided by clicks (0 and 1 have two, 2 has one): row 0 is 1.5/2 and 0.5/1.
        let rare = table(&log, 3, shape(500, 1_000), 1);
        assert_eq!(rare.row(0), [(1, 600_000), (2, 400_000)]);
        // Nothing backwards: the last item of a session leads nowhere.
        assert!(table(&log, 3, shape(0, 0), 1).row(2).is_empty());
    }

    #[test]
    fn equal_weights_stand_in_the_order_of_their_ids() {
        let (pairs, clicks, _) = count(&[vec![0, 1], vec![0, 2], vec![0, 3]], 4);
        let counted = Counted { pairs: &pairs, clicks: &clicks, ranks: &[0, 3, 1, 2] };
        let table = Table::shape(counted, shape(1_000, 0), 1, 2);
        assert_eq!(table.row(0), [(2, 333_333), (3, 333_333)]);
    }

    #[test]
    fn a_packed_row_is_the_writers() {
        let (pairs, clicks, ranks) = count(&[vec![0, 1, 1, 2, 3, 1, 4], vec![0, 1, 0, 3]], 5);
        let counted = Counted { pairs: &pairs, clicks: &clicks, ranks: &ranks };
        let shape = shape(500, 300);
        let (exact, packed) = (Table::shape(counted, shape, 1, 30), Table::packed(counted, shape, 1));
        for item in 0..5 {
            let largest = exact.row(item)[0].1;
            for ((one, exact), (other, packed)) in exact.row(item).iter().zip(packed.row(item)) {
                assert_eq!(one, other);
                // Half a step of the root is one in 255 of the weight at most.
                assert_eq!(*packed, weight_of(step_of(*packed, largest), largest));
                assert!(exact.abs_diff(*packed) <= largest.div_ceil(255), "{exact} became {packed}");
            }
        }
    }

    proptest! {
        /// A pair that fewer than k sessions have leaves no trace in the table: it is as if those sessions had
        /// never put the two together.
        #[test]
        fn a_pair_of_few_sessions_leaves_no_trace(
            sessions in prop::collection::vec(prop::collection::vec(0_u32..8, 0..6), 0..20),
            min_sessions in 1_u32..5,
        ) {
            let shape = shape(500, 0);
            let table = table(&sessions, 8, shape, min_sessions);
            let (pairs, clicks, ranks) = count(&sessions, 8);
            let enough: Vec<Pair> = pairs.iter().filter(|pair| pair.sessions >= min_sessions).copied().collect();
            let of_enough = Counted { pairs: &enough, clicks: &clicks, ranks: &ranks };
            prop_assert_eq!(&table, &Table::shape(of_enough, shape, 1, 30));
            // Nor do ways through other items lead over a pair that was left out.
            let further = Shape { back_off_thousandths: 300, ..shape };
            let all = Counted { pairs: &pairs, ..of_enough };
            prop_assert_eq!(
                Table::shape(all, further, min_sessions, 30),
                Table::shape(of_enough, further, 1, 30)
            );
            for item in 0..8 {
                for (neighbour, _) in table.row(item) {
                    let together = |session: &&Vec<u32>| session.contains(&item) && session.contains(neighbour);
                    prop_assert!(sessions.iter().filter(together).count() >= min_sessions as usize);
                }
            }
        }

        #[test]
        fn one_thread_or_two_give_the_same_table(
            sessions in prop::collection::vec(prop::collection::vec(0_u32..20, 0..12), 0..30),
        ) {
            let with_threads = |threads| {
                let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
                pool.map(|pool| pool.install(|| table(&sessions, 20, shape(500, 300), 1))).ok()
            };
            let one = with_threads(1);
            prop_assert!(one.is_some());
            prop_assert_eq!(one, with_threads(2));
        }
    }
}
