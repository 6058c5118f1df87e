//! Rows that may be shown, by a few facts each.

use crate::order::Keys;
use alloc::vec::Vec;

/// Appends the rows of a range that are `stocked`, not `hidden` and not of a category that is left out. `hidden` and `left_out`
/// may be shorter than what they are asked about: then nothing is said against the rest.
#[inline(never)]
pub fn rows(
    range: core::ops::Range<usize>,
    stocked: &[bool],
    hidden: &[bool],
    categories: &[u16],
    left_out: &[bool],
    into: &mut Vec<u32>,
) {
    let is = |column: &[bool], row: usize| column.get(row).copied().unwrap_or(false);
    let first = range.start;
    let facts = stocked.get(range.clone()).unwrap_or(&[]).iter().zip(categories.get(range).unwrap_or(&[]));
    into.extend(facts.enumerate().filter_map(|(place, (stocked, category))| {
        let row = first + place;
        (*stocked && !is(left_out, usize::from(*category)) && !is(hidden, row)).then_some(row as u32)
    }));
}

/// Which group each row is of.
#[derive(Debug, Clone, Copy)]
pub struct Groups<'a> {
    /// The group of each row.
    pub of: &'a [u16],
    /// How many groups there are.
    pub count: usize,
}

/// The first row of each group among candidates, by `keys`; rows that have a flag that is `left_out` do not count.
#[inline(never)]
pub fn best_of_groups(
    candidates: &[u32],
    groups: Groups<'_>,
    keys: Keys<'_>,
    flags: &[u8],
    left_out: u8,
) -> Vec<Option<u32>> {
    let mut best: Vec<Option<(i32, u32, u32)>> = alloc::vec![None; groups.count];
    for row in candidates {
        let at = *row as usize;
        let (Some(group), Some(score), Some(rank)) =
            (groups.of.get(at), keys.scores.get(at), keys.ranks.get(at))
        else {
            continue;
        };
        if flags.get(at).is_some_and(|flags| flags & left_out != 0) {
            continue;
        }
        let Some(slot) = best.get_mut(usize::from(*group)) else { continue };
        let better = |(most, least, _): (i32, u32, u32)| *score > most || *score == most && *rank < least;
        if slot.is_none_or(better) {
            *slot = Some((*score, *rank, *row));
        }
    }
    best.into_iter().map(|slot| slot.map(|(_, _, row)| row)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec;

    #[test]
    fn what_is_sold_out_hidden_or_left_out_is_no_row() {
        let mut found = vec![9];
        let stocked = [true, true, false, true, true];
        rows(1..5, &stocked, &[false, false, false, true], &[0, 1, 0, 0, 2], &[false, false], &mut found);
        assert_eq!(found, [9, 1, 4]);
        rows(0..5, &stocked, &[], &[0, 1, 0, 0, 2], &[true, false, true], &mut found);
        assert_eq!(found, [9, 1, 4, 1]);
    }

    #[test]
    fn the_best_of_each_group_is_the_first_of_equals() {
        let groups = Groups { of: &[1, 1, 1, 3], count: 4 };
        let keys = Keys { scores: &[5, 7, 7, -1], ranks: &[3, 2, 1, 0] };
        let best = |left_out| best_of_groups(&[0, 1, 2, 3], groups, keys, &[1, 0, 3, 2], left_out);
        assert_eq!(best(0), [None, Some(2), None, Some(3)]);
        assert_eq!(best(1), [None, Some(1), None, Some(3)]);
        assert_eq!(best(2), [None, Some(1), None, None]);
    }
}
