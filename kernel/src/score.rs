//! What tables say of the codes of each row, summed.

/// A contribution for each value of a code of one byte.
pub type ByteTable = [i32; 256];

/// The codes of consecutive rows, a column each. Where columns differ in length the shortest counts.
#[derive(Debug, Clone, Copy)]
pub struct Codes<'a> {
    /// Codes of one byte.
    pub small: [&'a [u8]; 3],
    /// Codes of two bytes.
    pub medium: &'a [u16],
    /// Codes of four bytes.
    pub large: [&'a [u32]; 2],
    /// Values that are multiplied by [`Tables::factor`].
    pub values: &'a [i32],
}

/// What each code adds.
#[derive(Debug, Clone, Copy)]
pub struct Tables<'a> {
    /// For [`Codes::small`].
    pub small: [&'a ByteTable; 3],
    /// For [`Codes::medium`]; codes beyond it add nothing.
    pub medium: &'a [i32],
    /// For [`Codes::large`]; codes beyond one add nothing, so that an empty one stands for nothing but zeros.
    pub large: [&'a [i32]; 2],
    /// Thousandths of the values that are added, towards zero.
    pub factor: i32,
    /// What a value adds at most, either way.
    pub bound: i32,
    /// What every row adds.
    pub base: i32,
}

/// Sums into `scores`, over what was there. Like the other loops of this crate it is never inlined: in a caller that is built
/// for size it would be built for size too.
#[inline(never)]
pub fn score(codes: Codes<'_>, tables: Tables<'_>, scores: &mut [i32]) {
    match tables.large.map(<[i32]>::is_empty) {
        [true, true] => sum::<false, false>(codes, tables, scores),
        [true, false] => sum::<false, true>(codes, tables, scores),
        [false, true] => sum::<true, false>(codes, tables, scores),
        [false, false] => sum::<true, true>(codes, tables, scores),
    }
}

/// One loop for each set of columns that say anything: what says nothing is not read.
fn sum<const FIRST: bool, const SECOND: bool>(codes: Codes<'_>, tables: Tables<'_>, scores: &mut [i32]) {
    let [one, two, three] = codes.small;
    let [of_one, of_two, of_three] = tables.small;
    let [first, second] = codes.large;
    let [of_first, of_second] = tables.large;
    let count = [one.len(), two.len(), three.len(), codes.medium.len(), first.len(), second.len()]
        .into_iter()
        .fold(scores.len().min(codes.values.len()), usize::min);
    // Cut to one length, so that no row is checked again.
    let (one, two, three) = (&one[..count], &two[..count], &three[..count]);
    let (medium, first, second) = (&codes.medium[..count], &first[..count], &second[..count]);
    let (values, scores) = (&codes.values[..count], &mut scores[..count]);
    let of = |table: &[i32], code: usize| table.get(code).copied().unwrap_or(0);
    for row in 0..count {
        let mut sum = tables.base.wrapping_add(thousandths(values[row], tables.factor, tables.bound));
        sum = sum.wrapping_add(of_one[usize::from(one[row])]).wrapping_add(of_two[usize::from(two[row])]);
        sum = sum.wrapping_add(of_three[usize::from(three[row])]);
        sum = sum.wrapping_add(of(tables.medium, usize::from(medium[row])));
        if FIRST {
            sum = sum.wrapping_add(of(of_first, first[row] as usize));
        }
        if SECOND {
            sum = sum.wrapping_add(of(of_second, second[row] as usize));
        }
        scores[row] = sum;
    }
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

/// Works out the sum of a table over each of some lists, where `sums` says it is [`UNKNOWN`].
#[inline(never)]
pub fn sum_lists(wanted: &[u32], lists: Lists<'_>, table: &[i32], sums: &mut [i32]) {
    for list in wanted {
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
    fn codes_beyond_a_table_and_rows_beyond_the_scores_add_nothing() {
        let zeros = [0; 256];
        let codes =
            Codes { small: [&[0, 0]; 3], medium: &[0, 9], large: [&[7, 0], &[0, 0]], values: &[0, 0] };
        let tables =
            Tables { small: [&zeros; 3], medium: &[10], large: [&[5], &[]], factor: 500, bound: 9, base: 1 };
        let mut scores = vec![99, 99];
        score(codes, tables, &mut scores);
        assert_eq!(scores, [11, 6]);
        add_sparse(&mut scores, &[(1, -1), (9, 7)]);
        assert_eq!(scores, [11, 5]);
    }

    proptest! {
        #[test]
        fn a_score_is_the_sum_of_what_each_column_says(
            rows in prop::collection::vec((any::<[u8; 3]>(), 0u16..9, [0u32..9, 0u32..9], -2_000_000..400_000i32), 0..50),
            small in prop::collection::vec(-1_000_000..1_000_000i32, 3 * 256),
            tables in [prop::collection::vec(-1_000_000..1_000_000i32, 0..9), prop::collection::vec(-1_000_000..1_000_000i32, 0..9), prop::collection::vec(-1_000_000..1_000_000i32, 0..9)],
            factor in -100_000..100_000i32, base in -1_000_000..1_000_000i32,
        ) {
            let byte = |at: usize| -> ByteTable { small[at * 256..][..256].try_into().expect("a table") };
            let bytes = [byte(0), byte(1), byte(2)];
            let column = |at: usize| rows.iter().map(|row| row.0[at]).collect::<Vec<u8>>();
            let columns = [column(0), column(1), column(2)];
            let medium: Vec<u16> = rows.iter().map(|row| row.1).collect();
            let large = [0, 1].map(|at: usize| rows.iter().map(|row| row.2[at]).collect::<Vec<u32>>());
            let values: Vec<i32> = rows.iter().map(|row| row.3).collect();
            let mut scores = vec![7; rows.len()];
            let codes = Codes {
                small: [&columns[0], &columns[1], &columns[2]],
                medium: &medium,
                large: [&large[0], &large[1]],
                values: &values,
            };
            let all = Tables {
                small: [&bytes[0], &bytes[1], &bytes[2]],
                medium: &tables[0],
                large: [&tables[1], &tables[2]],
                factor,
                bound: 100_000_000,
                base,
            };
            score(codes, all, &mut scores);
            for (row, found) in rows.iter().zip(&scores) {
                let of = |table: &[i32], code: usize| i64::from(table.get(code).copied().unwrap_or(0));
                let expected = i64::from(base)
                    + (i64::from(row.3) * i64::from(factor) / 1_000).clamp(-100_000_000, 100_000_000)
                    + (0..3).map(|at| i64::from(bytes[at][usize::from(row.0[at])])).sum::<i64>()
                    + of(&tables[0], usize::from(row.1))
                    + of(&tables[1], row.2[0] as usize)
                    + of(&tables[2], row.2[1] as usize);
                prop_assert_eq!(i64::from(*found), expected);
            }
        }

        #[test]
        fn lists_are_summed_where_nobody_did_before(
            lists in prop::collection::vec(prop::collection::vec(0u32..6, 0..5), 1..9),
            table in prop::collection::vec(-900..900i32, 0..6),
            wanted in prop::collection::vec(0u32..12, 0..9),
        ) {
            let mut starts = vec![0];
            starts.extend(lists.iter().scan(0, |end, list| { *end += list.len() as u32; Some(*end) }));
            let codes: Vec<u32> = lists.iter().flatten().copied().collect();
            let mut sums = vec![UNKNOWN; lists.len()];
            sums[0] = 7;
            sum_lists(&wanted, Lists { starts: &starts, codes: &codes }, &table, &mut sums);
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
