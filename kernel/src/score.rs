//! What tables say of the codes of rows, summed.

use crate::order::key;
use alloc::vec::Vec;

/// A contribution for each value of a code of one byte.
pub type ByteTable = [i32; 256];

/// The codes of consecutive rows, a column each. Where columns differ in length the shortest counts.
#[derive(Debug, Clone, Copy)]
pub struct Codes<'a> {
    /// Codes of one byte.
    pub small: [&'a [u8]; 2],
    /// Codes of two bytes.
    pub medium: &'a [u16],
    /// Codes of four bytes.
    pub large: [&'a [u32]; 2],
    /// What each row has of its own.
    pub values: &'a [i32],
}

/// What each code adds.
#[derive(Debug, Clone, Copy)]
pub struct Tables<'a> {
    /// For [`Codes::small`].
    pub small: [&'a ByteTable; 2],
    /// For [`Codes::medium`]; codes beyond it add nothing.
    pub medium: &'a [i32],
    /// For [`Codes::large`]; codes beyond one add nothing, so that an empty one stands for nothing but zeros.
    pub large: [&'a [i32]; 2],
    /// What every row adds.
    pub base: i32,
}

/// Sums for the rows at some places, into `scores`, over what was there; a place beyond the codes has what all rows add. Like the
/// other loops of this crate it is never inlined: in a caller that is built for size it would be built for size too.
#[inline(never)]
pub fn score(codes: Codes<'_>, tables: Tables<'_>, places: &[u32], scores: &mut Vec<i32>) {
    scores.clear();
    let [one, two] = codes.small;
    let [of_one, of_two] = tables.small;
    let [first, second] = codes.large;
    let [of_first, of_second] = tables.large;
    let count = [one.len(), two.len(), codes.medium.len(), first.len(), second.len()]
        .into_iter()
        .fold(codes.values.len(), usize::min);
    // Cut to one length, so that a place is checked once.
    let (one, two) = (&one[..count], &two[..count]);
    let (medium, first, second) = (&codes.medium[..count], &first[..count], &second[..count]);
    let values = &codes.values[..count];
    let of = |table: &[i32], code: usize| table.get(code).copied().unwrap_or(0);
    scores.extend(places.iter().map(|place| {
        let place = *place as usize;
        if place >= count {
            return tables.base;
        }
        let mut sum = tables.base.wrapping_add(values[place]);
        sum = sum.wrapping_add(of_one[usize::from(one[place])]).wrapping_add(of_two[usize::from(two[place])]);
        sum = sum.wrapping_add(of(tables.medium, usize::from(medium[place])));
        sum = sum.wrapping_add(of(of_first, first[place] as usize));
        sum.wrapping_add(of(of_second, second[place] as usize))
    }));
}

/// The same of rows that agree in their code of two bytes, whose addition is in the base: the key of each row by its score and its
/// rank, appended to `keys`; the largest of them, 0 where there are none. Places ascend; those beyond the codes or the ranks are
/// passed over.
#[inline(never)]
pub(crate) fn add_keys(
    codes: Codes<'_>,
    tables: Tables<'_>,
    sets: Sets<'_>,
    ranks: &[u32],
    places: &[u32],
    keys: &mut Vec<u64>,
) -> u64 {
    let [one, two] = codes.small;
    let [of_one, of_two] = tables.small;
    let [list_of, second] = codes.large;
    let [_, of_second] = tables.large;
    let Sets { lists, table, sums } = sets;
    let count = [one.len(), two.len(), list_of.len(), second.len(), ranks.len()]
        .into_iter()
        .fold(codes.values.len(), usize::min);
    // Cut to one length, so that a place is checked once.
    let (one, two, values) = (&one[..count], &two[..count], &codes.values[..count]);
    let (list_of, second, ranks) = (&list_of[..count], &second[..count], &ranks[..count]);
    let places = &places[..places.partition_point(|place| (*place as usize) < count)];
    let (known, mut most) = (keys.len(), 0);
    keys.resize(known + places.len(), 0);
    for (slot, place) in keys[known..].iter_mut().zip(places) {
        let place = *place as usize;
        if place >= count {
            break;
        }
        let mut sum = tables.base.wrapping_add(values[place]);
        sum = sum.wrapping_add(of_one[usize::from(one[place])]).wrapping_add(of_two[usize::from(two[place])]);
        let list = list_of[place] as usize;
        if let Some(of_list) = sums.get_mut(list) {
            if *of_list == UNKNOWN {
                *of_list = work_out(lists, list, table);
            }
            sum = sum.wrapping_add(*of_list);
        }
        sum = sum.wrapping_add(of_second.get(second[place] as usize).copied().unwrap_or(0));
        *slot = key(sum, ranks[place]);
        most = most.max(*slot);
    }
    most
}

/// [`Lists::sum`], out of the way of loops that seldom need it.
#[cold]
#[inline(never)]
fn work_out(lists: Lists<'_>, list: usize, table: &[i32]) -> i32 {
    lists.sum(list, table)
}

/// What each row has of its own before any table: thousandths of a value, towards zero and within `-bound..=bound`, and what a
/// code of one byte adds. As many as there are of both.
#[inline(never)]
pub fn own(mut values: Vec<i32>, factor: i32, bound: i32, codes: &[u8], of: &ByteTable) -> Vec<i32> {
    values.truncate(codes.len());
    for (value, code) in values.iter_mut().zip(codes) {
        *value = thousandths(*value, factor, bound).wrapping_add(of[usize::from(*code)]);
    }
    values
}

/// A value times thousandths, towards zero, within `-bound..=bound`.
#[inline]
fn thousandths(value: i32, factor: i32, bound: i32) -> i32 {
    let product = match value.checked_mul(factor) {
        Some(product) => product / 1_000,
        None => {
            (i64::from(value) * i64::from(factor) / 1_000).clamp(i64::from(-bound), i64::from(bound)) as i32
        }
    };
    product.clamp(-bound, bound)
}

/// Adds each of a few values at its row; rows beyond the scores are passed over.
pub fn add_sparse(scores: &mut [i32], rows: &[(u32, i32)]) {
    for (row, value) in rows {
        if let Some(score) = scores.get_mut(*row as usize) {
            *score = score.wrapping_add(*value);
        }
    }
}

/// Adds a value a row.
#[inline(never)]
pub fn add_dense(scores: &mut [i32], values: &[i32]) {
    for (score, value) in scores.iter_mut().zip(values) {
        *score = score.wrapping_add(*value);
    }
}

/// A sum that was not worked out yet; no sum of contributions is as small.
pub const UNKNOWN: i32 = i32::MIN;

/// So many sums that were not worked out yet.
#[inline(never)]
pub fn unknown(count: usize) -> Vec<i32> {
    alloc::vec![UNKNOWN; count]
}

/// Lists of codes, one behind the other: list `n` lies from `starts[n]` to `starts[n + 1]`.
#[derive(Debug, Clone, Copy)]
pub struct Lists<'a> {
    /// Where each begins, one more than there are lists.
    pub starts: &'a [u32],
    /// The codes of all.
    pub codes: &'a [u32],
}

impl<'a> Lists<'a> {
    /// One list; empty beyond the last.
    pub fn get(self, list: usize) -> &'a [u32] {
        let start = |list: usize| self.starts.get(list).map_or(0, |start| *start as usize);
        self.codes.get(start(list)..start(list + 1)).unwrap_or(&[])
    }

    /// The sum of a table over one list; codes beyond the table add nothing.
    pub fn sum(self, list: usize, table: &[i32]) -> i32 {
        self.get(list)
            .iter()
            .fold(0, |sum, code| sum.wrapping_add(table.get(*code as usize).copied().unwrap_or(0)))
    }
}

/// What a table says of lists of codes, the sum of each worked out when it is first asked for.
#[derive(Debug)]
pub struct Sets<'a> {
    /// The lists; the first of [`Codes::large`] are their numbers.
    pub lists: Lists<'a>,
    /// What each code of a list adds.
    pub table: &'a [i32],
    /// By list, [`UNKNOWN`] where it was not asked for; lists beyond it add nothing.
    pub sums: &'a mut [i32],
}

/// Works out the sum of a table over the list of each of some places, where `sums` says it is [`UNKNOWN`].
#[inline(never)]
pub fn sum_lists(list_of: &[u32], places: &[u32], lists: Lists<'_>, table: &[i32], sums: &mut [i32]) {
    for list in places.iter().filter_map(|place| list_of.get(*place as usize)) {
        if let Some(sum) = sums.get_mut(*list as usize).filter(|sum| **sum == UNKNOWN) {
            *sum = lists.sum(*list as usize, table);
        }
    }
}

/// The largest value of a table at some codes; codes beyond it have 0. `None` without codes.
#[inline(never)]
pub fn most(codes: &[u32], table: &[i32]) -> Option<i32> {
    codes.iter().map(|code| table.get(*code as usize).copied().unwrap_or(0)).max()
}

/// Adds to each of some values the largest value of a table at the codes of its list; a list without codes adds nothing.
#[inline(never)]
pub fn add_most_of_lists(values: &mut [i64], lists: Lists<'_>, table: &[i32]) {
    for (list, value) in values.iter_mut().enumerate() {
        *value += i64::from(most(lists.get(list), table).unwrap_or(0));
    }
}

/// What each of some groups reaches at most, but those that are left out: what the group has and what it has besides, by whichever
/// of up to two says more; and where it is known what one reaches, that. Appended to `to` as keys of the groups' places.
#[inline(never)]
pub fn bounds(
    groups: &[u32],
    left_out: &[bool],
    said: [Option<(i64, &[i32])>; 2],
    reached: &[i32],
    to: &mut Vec<u64>,
) {
    for (place, group) in (0..).zip(groups).map(|(place, group)| (place, *group as usize)) {
        if left_out.get(group) == Some(&true) {
            continue;
        }
        let of = |(besides, of_groups): (i64, &[i32])| {
            besides + i64::from(of_groups.get(group).copied().unwrap_or(0))
        };
        let most = said.into_iter().flatten().map(of).max().unwrap_or(0);
        let most = most.clamp(i32::MIN.into(), i32::MAX.into()) as i32;
        to.push(key(most.min(reached.get(place as usize).copied().unwrap_or(most)), place));
    }
}

/// How many codes of each group one list has at most, at least what `most` holds.
#[inline(never)]
pub fn most_codes_of_groups(lists: Lists<'_>, group_of: &[u32], most: &mut [u32]) {
    let mut counts = alloc::vec![0_u32; most.len()];
    for list in 0..lists.starts.len().saturating_sub(1) {
        let codes = lists.get(list);
        let group = |code: &u32| group_of.get(*code as usize).map_or(usize::MAX, |group| *group as usize);
        for group in codes.iter().map(group) {
            if let (Some(count), Some(most)) = (counts.get_mut(group), most.get_mut(group)) {
                *count += 1;
                *most = (*most).max(*count);
            }
        }
        for group in codes.iter().map(group) {
            if let Some(count) = counts.get_mut(group) {
                *count = 0;
            }
        }
    }
}

/// What the codes of one row say at most, being some of these, which come group by group: of each group the most, if anything, as
/// often as a row may have a code of it.
#[inline(never)]
pub fn most_of_groups(codes: &[u32], group_of: &[u32], times: &[u32], table: &[i32]) -> i64 {
    let close =
        |group: u32, most: i32| i64::from(times.get(group as usize).copied().unwrap_or(1)) * i64::from(most);
    let (mut sum, mut group, mut strongest) = (0, 0, 0);
    for code in codes {
        let of = group_of.get(*code as usize).copied().unwrap_or(u32::MAX);
        if of != group {
            sum += close(group, strongest);
            (group, strongest) = (of, 0);
        }
        strongest = table.get(*code as usize).copied().unwrap_or(0).max(strongest);
    }
    sum + close(group, strongest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec;
    use alloc::vec::Vec;
    use proptest::prelude::*;

    #[test]
    fn the_most_codes_of_a_group_that_one_list_has() {
        let lists = Lists { starts: &[0, 3, 3, 5, 7], codes: &[0, 2, 1, 2, 9, 3, 3] };
        let mut most = [1, 1, 1];
        most_codes_of_groups(lists, &[0, 0, 1, 2], &mut most);
        assert_eq!(most, [2, 1, 2], "there is no code 9");
    }

    #[test]
    fn codes_beyond_a_table_and_places_beyond_the_codes_add_nothing() {
        let zeros = [0; 256];
        let codes =
            Codes { small: [&[0, 0]; 2], medium: &[0, 9], large: [&[7, 0], &[0, 0]], values: &[0, 0] };
        let tables = Tables { small: [&zeros; 2], medium: &[10], large: [&[5], &[]], base: 1 };
        let mut scores = vec![99, 99];
        score(codes, tables, &[1, 0, 2], &mut scores);
        assert_eq!(scores, [6, 11, 1]);
        add_sparse(&mut scores, &[(1, -1), (9, 7)]);
        assert_eq!(scores, [6, 10, 1]);
    }

    proptest! {
        #[test]
        fn a_score_is_the_sum_of_what_each_column_says(
            rows in prop::collection::vec((any::<[u8; 2]>(), 0u16..9, [0u32..9, 0u32..9], -2_000_000..400_000i32), 0..50),
            small in prop::collection::vec(-1_000_000..1_000_000i32, 2 * 256),
            tables in [prop::collection::vec(-1_000_000..1_000_000i32, 0..9), prop::collection::vec(-1_000_000..1_000_000i32, 0..9), prop::collection::vec(-1_000_000..1_000_000i32, 0..9)],
            places in prop::collection::vec(0u32..50, 0..50), base in -1_000_000..1_000_000i32,
        ) {
            let byte = |at: usize| -> ByteTable { small[at * 256..][..256].try_into().expect("a table") };
            let bytes = [byte(0), byte(1)];
            let column = |at: usize| rows.iter().map(|row| row.0[at]).collect::<Vec<u8>>();
            let columns = [column(0), column(1)];
            let medium: Vec<u16> = rows.iter().map(|row| row.1).collect();
            let large = [0, 1].map(|at: usize| rows.iter().map(|row| row.2[at]).collect::<Vec<u32>>());
            let values: Vec<i32> = rows.iter().map(|row| row.3).collect();
            let codes = Codes {
                small: [&columns[0], &columns[1]],
                medium: &medium,
                large: [&large[0], &large[1]],
                values: &values,
            };
            let all = Tables {
                small: [&bytes[0], &bytes[1]],
                medium: &tables[0],
                large: [&tables[1], &tables[2]],
                base,
            };
            let mut scores = Vec::new();
            score(codes, all, &places, &mut scores);
            prop_assert_eq!(scores.len(), places.len());
            for (place, found) in places.iter().zip(&scores) {
                let of = |table: &[i32], code: usize| i64::from(table.get(code).copied().unwrap_or(0));
                let expected = i64::from(base) + rows.get(*place as usize).map_or(0, |row| {
                    i64::from(row.3)
                        + (0..2).map(|at| i64::from(bytes[at][usize::from(row.0[at])])).sum::<i64>()
                        + of(&tables[0], usize::from(row.1))
                        + of(&tables[1], row.2[0] as usize)
                        + of(&tables[2], row.2[1] as usize)
                });
                prop_assert_eq!(i64::from(*found), expected);
            }
        }

        #[test]
        fn what_a_row_has_of_its_own_is_a_part_of_its_value_and_what_its_code_adds(
            rows in prop::collection::vec((any::<u8>(), -2_000_000..400_000i32), 0..50),
            table in prop::collection::vec(-1_000_000..1_000_000i32, 256),
            factor in -100_000..100_000i32,
        ) {
            let of: ByteTable = table.try_into().expect("a table");
            let codes: Vec<u8> = rows.iter().map(|row| row.0).collect();
            let found = own(rows.iter().map(|row| row.1).collect(), factor, 100_000_000, &codes, &of);
            prop_assert_eq!(found.len(), rows.len());
            for ((code, value), found) in rows.iter().zip(found) {
                let part = (i64::from(*value) * i64::from(factor) / 1_000).clamp(-100_000_000, 100_000_000);
                prop_assert_eq!(i64::from(found), part + i64::from(of[usize::from(*code)]));
            }
        }

        #[test]
        fn lists_are_summed_where_nobody_did_before(
            lists in prop::collection::vec(prop::collection::vec(0u32..6, 0..5), 1..9),
            table in prop::collection::vec(-900..900i32, 0..6),
            list_of in prop::collection::vec(0u32..12, 0..9),
            places in prop::collection::vec(0u32..12, 0..9),
        ) {
            let mut starts = vec![0];
            starts.extend(lists.iter().scan(0, |end, list| { *end += list.len() as u32; Some(*end) }));
            let codes: Vec<u32> = lists.iter().flatten().copied().collect();
            let mut sums = vec![UNKNOWN; lists.len()];
            sums[0] = 7;
            sum_lists(&list_of, &places, Lists { starts: &starts, codes: &codes }, &table, &mut sums);
            let wanted: Vec<u32> = places.iter().filter_map(|place| list_of.get(*place as usize)).copied().collect();
            for (row, list) in lists.iter().enumerate() {
                let expected = match row {
                    0 => 7,
                    _ if !wanted.contains(&(row as u32)) => UNKNOWN,
                    _ => list.iter().map(|code| table.get(*code as usize).copied().unwrap_or(0)).sum(),
                };
                prop_assert_eq!(sums[row], expected);
            }
        }
    }

    #[test]
    fn a_group_reaches_what_it_has_and_what_all_have_by_whichever_says_more() {
        let mut found = vec![key(7, 7)];
        bounds(
            &[2, 0, 9],
            &[false, true],
            [Some((10, &[1, 2, 3])), Some((11, &[-5, 0, 1]))],
            &[],
            &mut found,
        );
        assert_eq!(found, [key(7, 7), key(13, 0), key(11, 1), key(11, 2)]);
        found.clear();
        bounds(&[0, 1, 2], &[false, true], [Some((i64::MAX / 2, &[])), None], &[], &mut found);
        assert_eq!(found, [key(i32::MAX, 0), key(i32::MAX, 2)], "what is left out is not there");
    }

    #[test]
    fn each_value_has_the_most_of_its_own_list_besides() {
        let lists = Lists { starts: &[0, 2, 2, 4], codes: &[0, 2, 1, 9] };
        let mut values = [10, 20, i64::from(i32::MAX), 40];
        add_most_of_lists(&mut values, lists, &[-3, -4, -5]);
        // A code beyond the table says nothing, which is more than -4; the second list is empty, the fourth is not there.
        assert_eq!(values, [7, 20, i64::from(i32::MAX), 40]);
    }

    #[test]
    fn of_each_group_the_most_counts_as_often_as_a_row_may_have_it() {
        let table = [-5, 3, 4, 7, -1];
        assert_eq!(most_of_groups(&[0, 1, 2, 3, 4], &[0, 0, 1, 1, 2], &[1, 2], &table), 3 + 2 * 7);
        assert_eq!(most_of_groups(&[0, 4, 9], &[0, 0, 1, 1, 2], &[1, 2], &table), 0);
        assert_eq!(most_of_groups(&[], &[], &[], &table), 0);
    }

    #[test]
    fn the_most_of_no_codes_is_nothing() {
        assert_eq!(most(&[], &[5]), None);
        assert_eq!(most(&[0, 1], &[-5, -3]), Some(-3));
        assert_eq!(most(&[0, 9], &[-5]), Some(0), "beyond the table");
    }
}
