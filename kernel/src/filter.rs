//! Rows that may be shown, by a few facts each.

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

/// The rows of what has begun and is not over.
#[inline(never)]
pub fn open(opens: &[i64], closes: &[i64], now: i64) -> Vec<u32> {
    let mut rows = alloc::vec![0; opens.len().min(closes.len())];
    let mut count = 0;
    for (row, (opens, closes)) in (0..).zip(opens.iter().zip(closes)) {
        // Written whether it counts or not: a branch that is taken half of the time costs more.
        if let Some(slot) = rows.get_mut(count) {
            *slot = row;
        }
        count += usize::from(*opens <= now && now < *closes);
    }
    rows.truncate(count);
    rows
}

/// The sum of the first of the counts that some rows have; rows beyond them have none.
#[inline(never)]
pub fn counted(counts: &[(u32, u32)], rows: &[u32]) -> usize {
    rows.iter().filter_map(|row| counts.get(*row as usize)).map(|(count, _)| *count as usize).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec;

    #[test]
    fn what_is_open_has_begun_and_is_not_over() {
        assert_eq!(open(&[5, 6, 7, 5], &[9, 9, 9, 6], 6), [0, 1]);
        assert_eq!(open(&[1], &[], 6), [0; 0]);
    }

    #[test]
    fn counts_are_summed_over_the_rows_that_are_there() {
        assert_eq!(counted(&[(3, 9), (4, 9), (5, 9)], &[0, 2, 7]), 8);
        assert_eq!(counted(&[], &[0]), 0);
    }

    #[test]
    fn what_is_sold_out_hidden_or_left_out_is_no_row() {
        let mut found = vec![9];
        let stocked = [true, true, false, true, true];
        rows(1..5, &stocked, &[false, false, false, true], &[0, 1, 0, 0, 2], &[false, false], &mut found);
        assert_eq!(found, [9, 1, 4]);
        rows(0..5, &stocked, &[], &[0, 1, 0, 0, 2], &[true, false, true], &mut found);
        assert_eq!(found, [9, 1, 4, 1]);
    }
}
