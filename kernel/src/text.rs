//! Short texts: told apart, looked up, and weights summed by them.
//!
//! Ids and words of a shop are a few bytes long; what costs is how many are compared, and that in a module built for size each
//! comparison is a call of a loop over single bytes.

use crate::order::merge_sort;
use alloc::string::String;
use alloc::vec::Vec;
use core::cmp::Ordering;
use hashbrown::HashTable;

/// Whether two texts are the same.
#[inline(never)]
pub fn same(one: &str, other: &str) -> bool {
    one.len() == other.len() && order(one.as_bytes(), other.as_bytes()) == Ordering::Equal
}

/// The order of two texts, by their bytes.
#[inline]
fn order(one: &[u8], other: &[u8]) -> Ordering {
    let ((ones, _), (others, _)) = (one.as_chunks::<8>(), other.as_chunks::<8>());
    for (one, other) in ones.iter().zip(others) {
        let (one, other) = (u64::from_be_bytes(*one), u64::from_be_bytes(*other));
        if one != other {
            return one.cmp(&other);
        }
    }
    let alike = 8 * ones.len().min(others.len());
    one[alike..].iter().cmp(&other[alike..])
}

/// Whether all bytes are printable ASCII and none a space: what most ids of a shop are made of.
#[inline(never)]
pub fn plain(bytes: &[u8]) -> bool {
    let (parts, rest) = bytes.as_chunks::<64>();
    // No way out inside a part, so that it is one run of vector instructions.
    let is = |plain: bool, byte: &u8| plain & byte.is_ascii_graphic();
    parts.iter().all(|part| part.iter().fold(true, is)) && rest.iter().fold(true, is)
}

/// Whether all texts have at least a byte and at most so many; where each begins is told by `starts`, which ascend.
#[inline(never)]
pub fn lengths_fit(starts: &[u32], most: u32) -> bool {
    starts
        .iter()
        .zip(starts.iter().skip(1))
        .all(|(start, end)| (1..=most).contains(&end.wrapping_sub(*start)))
}

/// By row the place of its text, where the texts ascend in the order of these rows and none is there twice, so that no row is either.
#[inline(never)]
pub fn places(starts: &[u32], bytes: &[u8], rows: &[u32]) -> Option<Vec<u32>> {
    let mut places = alloc::vec![0; rows.len()];
    let mut last = &[][..];
    for (place, row) in (0..).zip(rows) {
        let row = *row as usize;
        let text = bytes.get(*starts.get(row)? as usize..*starts.get(row + 1)? as usize)?;
        if order(last, text) != Ordering::Less {
            return None;
        }
        last = text;
        *places.get_mut(row)? = place;
    }
    Some(places)
}

/// The row of a text among some: text `n` lies in `bytes` from `starts[n]` to `starts[n + 1]`. They ascend, in the order of `rows`
/// where that is given.
#[inline(never)]
pub fn find(starts: &[u32], bytes: &[u8], rows: Option<&[u32]>, text: &str) -> Option<usize> {
    let (mut low, mut high) = (0, rows.map_or(starts.len().saturating_sub(1), <[u32]>::len));
    while low < high {
        let middle = low + (high - low) / 2;
        let row = rows.map_or(Some(middle), |rows| rows.get(middle).map(|row| *row as usize))?;
        let range = *starts.get(row)? as usize..*starts.get(row + 1)? as usize;
        match order(bytes.get(range)?, text.as_bytes()) {
            Ordering::Less => low = middle + 1,
            Ordering::Equal => return Some(row),
            Ordering::Greater => high = middle,
        }
    }
    None
}

/// Weights by text, summed.
#[derive(Debug, Default)]
pub struct Tally<'a> {
    sums: HashTable<(&'a str, i64)>,
}

impl<'a> Tally<'a> {
    /// Adds to a text's weight.
    #[inline(never)]
    pub fn add(&mut self, text: &'a str, weight: i64) {
        let is = |known: &(&str, i64)| {
            known.0.len() == text.len() && order(known.0.as_bytes(), text.as_bytes()).is_eq()
        };
        let slot = self.sums.entry(hash(text), is, |known| hash(known.0)).or_insert((text, 0));
        slot.into_mut().1 += weight;
    }

    /// How many texts there are.
    pub fn count(&self) -> usize {
        self.sums.len()
    }

    /// The texts and their weights; texts ascend.
    #[inline(never)]
    pub fn into_sums(self) -> Vec<(&'a str, i64)> {
        let mut sums: Vec<_> = self.sums.into_iter().collect();
        merge_sort(&mut sums, |(one, _), (other, _)| order(one.as_bytes(), other.as_bytes()).is_gt());
        sums
    }
}

/// Texts and what has them, to be found again without a look at those that have others.
#[derive(Debug, Default)]
pub struct Marks {
    owners: Vec<u32>,
    marks: Vec<u32>,
}

impl Marks {
    /// Another text of an owner; owners come in their order.
    #[inline(never)]
    pub fn add(&mut self, owner: u32, text: &str) {
        self.owners.push(owner);
        self.marks.push(mark(text));
    }

    /// The owners of a text, each once, in their order; others may be among them, though hardly ever.
    #[inline(never)]
    pub fn owners(&self, text: &str) -> Vec<u32> {
        let (wanted, mut owners) = (mark(text), Vec::new());
        for (owner, mark) in self.owners.iter().zip(&self.marks) {
            if *mark == wanted && owners.last() != Some(owner) {
                owners.push(*owner);
            }
        }
        owners
    }
}

fn mark(text: &str) -> u32 {
    hash(text) as u32
}

/// The ends of a text and its length, mixed: what tells most words of a shop apart, at a glance.
#[inline]
fn hash(text: &str) -> u64 {
    let bytes = text.as_bytes();
    let ends = bytes.first_chunk::<8>().zip(bytes.last_chunk::<8>());
    let short = || (bytes.iter().fold(0, |sum: u64, byte| (sum << 8) | u64::from(*byte)), 0);
    let (head, tail) =
        ends.map_or_else(short, |(head, tail)| (u64::from_le_bytes(*head), u64::from_le_bytes(*tail)));
    // Twice, so that every bit of both ends reaches those by which a table tells slots apart.
    let mixed = (head ^ bytes.len() as u64).wrapping_mul(MIX).rotate_left(32) ^ tail;
    let mixed = mixed.wrapping_mul(MIX);
    mixed ^ (mixed >> 32)
}

/// An odd number without a pattern: the golden ratio's part of 2^64.
pub(crate) const MIX: u64 = 0x9e37_79b9_7f4a_7c15;

/// Whether a text is among some.
#[inline(never)]
pub fn among(texts: &[String], text: &str) -> bool {
    texts.iter().any(|one| one.len() == text.len() && order(one.as_bytes(), text.as_bytes()).is_eq())
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::collections::BTreeMap;

    #[test]
    fn what_is_not_printable_is_not_plain() {
        for (at, byte) in [(0, b' '), (63, 0x7f), (64, 0x1f), (129, 0xc3)] {
            let mut bytes = [b'~'; 130];
            bytes[1] = b'!';
            assert!(plain(&bytes));
            bytes[at] = byte;
            assert!(!plain(&bytes), "{byte} at {at}");
        }
        assert!(plain(&[]));
    }
    use alloc::string::String;
    use alloc::vec::Vec;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn whoever_has_a_text_is_found_by_it(
            owned in prop::collection::vec((0u32..9, "[ab]{0,3}|[ab]{15,18}"), 0..60), asked in "[ab]{0,3}|[ab]{15,18}",
        ) {
            let mut owned = owned;
            owned.sort_by_key(|(owner, _)| *owner);
            let mut marks = Marks::default();
            for (owner, text) in &owned {
                marks.add(*owner, text);
            }
            let found = marks.owners(&asked);
            prop_assert!(found.is_sorted_by(|one, other| one < other), "each once, in their order");
            for (owner, _) in owned.iter().filter(|(_, text)| *text == asked) {
                prop_assert!(found.contains(owner));
            }
        }

        #[test]
        fn a_text_is_among_those_it_is_one_of(texts in prop::collection::vec("[ab]{0,2}|[ab]{8,9}", 0..6), text in "[ab]{0,2}|[ab]{8,9}") {
            prop_assert_eq!(among(&texts, &text), texts.contains(&text));
        }

        #[test]
        fn texts_are_told_apart_and_ordered_as_their_bytes_are(one in "[ab]{0,20}", other in "[ab]{0,20}") {
            prop_assert_eq!(same(&one, &other), one == other);
            prop_assert!(same(&one, &one.clone()));
            prop_assert_eq!(order(one.as_bytes(), other.as_bytes()), one.cmp(&other));
        }

        #[test]
        fn a_text_is_found_where_it_is(mut texts in prop::collection::btree_set("[ab]{0,12}", 0..40), other in "[ab]{0,12}") {
            texts.remove(&other);
            let texts: Vec<String> = texts.into_iter().collect();
            let bytes: String = texts.concat();
            let ends = texts.iter().scan(0, |end, text| { *end += text.len() as u32; Some(*end) });
            let starts: Vec<u32> = core::iter::once(0).chain(ends).collect();
            let places: Vec<u32> = (0..texts.len() as u32).collect();
            for rows in [None, Some(places.as_slice())] {
                for (row, text) in texts.iter().enumerate() {
                    prop_assert_eq!(find(&starts, bytes.as_bytes(), rows, text), Some(row));
                }
                prop_assert_eq!(find(&starts, bytes.as_bytes(), rows, &other), None);
            }
            let of = |rows: &[u32]| super::places(&starts, bytes.as_bytes(), rows);
            prop_assert_eq!(of(&places), Some(places.clone()).filter(|_| texts.first().is_none_or(|text| !text.is_empty())));
            if let [one, rest @ ..] = places.as_slice() {
                prop_assert_eq!(of(&[rest, &[*one]].concat()).is_some(), rest.is_empty() && !bytes.is_empty(), "out of order");
                prop_assert_eq!(of(&[&places[..], &[*one]].concat()), None, "twice");
                prop_assert_eq!(of(&[places.len() as u32]), None, "beyond the last");
            }
            let longest = texts.iter().map(String::len).max().unwrap_or(0) as u32;
            let shortest = texts.iter().map(String::len).min().unwrap_or(1);
            prop_assert_eq!(lengths_fit(&starts, longest), shortest > 0);
            prop_assert!(longest == 0 || !lengths_fit(&starts, longest - 1));
        }

        #[test]
        fn weights_of_one_text_are_summed(weights in prop::collection::vec(("[ab]{0,3}", -9..9i64), 0..60)) {
            let (mut tally, mut sums) = (Tally::default(), BTreeMap::new());
            for (text, weight) in &weights {
                tally.add(text, *weight);
                *sums.entry(text.as_str()).or_insert(0) += *weight;
            }
            prop_assert_eq!(tally.count(), sums.len());
            prop_assert_eq!(tally.into_sums(), sums.into_iter().collect::<Vec<_>>());
        }
    }
}
