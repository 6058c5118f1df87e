//! Puts candidates in their final order: by score, mixed so that no brand fills a page.

use crate::base::maps::Map;
use crate::kernel;
use alloc::collections::VecDeque;
use alloc::vec::Vec;

/// The first `wanted` of a list: windows of items, each with at most `cap` of one group while others are left, each
/// item as high in the order as that allows. What was shown does not change when more is asked for.
pub(super) fn select(
    candidates: &[u32],
    scores: &[i32],
    ranks: &[u32],
    group_of: impl Fn(u32) -> u16,
    mixing: Mixing,
    wanted: usize,
) -> Vec<u32> {
    mix(kernel::by_score(candidates, scores, ranks), group_of, mixing, wanted)
}

/// How mixed a list is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Mixing {
    /// Items mixed together, at least 1.
    pub(super) window: usize,
    /// Items of one group in a window, at least 1.
    pub(super) cap: usize,
}

/// Mixes an ordered list.
pub(super) fn mix(
    ordered: impl IntoIterator<Item = u32>,
    group_of: impl Fn(u32) -> u16,
    mixing: Mixing,
    wanted: usize,
) -> Vec<u32> {
    let mut list = Vec::new();
    let mut ordered = ordered.into_iter();
    // Held back because their group was full in a window; they come first in the next, in their order.
    let mut held: VecDeque<u32> = VecDeque::new();
    while list.len() < wanted {
        // A window is always filled whole, so that its last items do not depend on how many are wanted.
        let end = list.len() + mixing.window;
        let mut taken: Map<u16, usize> = Map::default();
        let mut still_held = VecDeque::new();
        let before = list.len();
        while list.len() < end {
            let Some(row) = held.pop_front().or_else(|| ordered.next()) else { break };
            let count = taken.entry(group_of(row)).or_insert(0);
            if *count < mixing.cap {
                *count += 1;
                list.push(row);
            } else {
                still_held.push_back(row);
            }
        }
        // What was held before comes before what was held now: both keep their order.
        still_held.append(&mut held);
        held = still_held;
        if list.len() < end {
            // Only full groups are left: rather a window of one brand than an empty one.
            let missing = end - list.len();
            list.extend(held.drain(..missing.min(held.len())));
        }
        if list.len() == before {
            break;
        }
    }
    list.truncate(wanted);
    list
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec;
    use proptest::prelude::*;

    fn run(groups: &[u16], scores: &[i32], window: usize, cap: usize, wanted: usize) -> Vec<u32> {
        let rows: Vec<u32> = (0..scores.len() as u32).collect();
        let group_of = |row: u32| groups.get(row as usize).copied().unwrap_or(0);
        select(&rows, scores, &rows, group_of, Mixing { window, cap }, wanted)
    }

    #[test]
    fn a_full_brand_waits_for_the_next_window() {
        let list = run(&[1, 1, 1, 2, 2, 3], &[9, 8, 7, 6, 5, 4], 3, 2, 6);
        assert_eq!(list, vec![0, 1, 3, 2, 4, 5]);
    }

    #[test]
    fn one_brand_alone_still_fills_the_window() {
        assert_eq!(run(&[1; 5], &[5, 4, 3, 2, 1], 4, 2, 5), vec![0, 1, 2, 3, 4]);
    }

    proptest! {
        #[test]
        fn lists_are_stable_whole_and_mixed(
            rows in prop::collection::vec((0u16..5, -50i32..50), 1..60), window in 1usize..9, cap in 1usize..4, wanted in 1usize..70,
        ) {
            let (groups, scores): (Vec<u16>, Vec<i32>) = rows.into_iter().unzip();
            let whole = run(&groups, &scores, window, cap, groups.len());
            let mut seen = whole.clone();
            seen.sort_unstable();
            prop_assert_eq!(seen, (0..groups.len() as u32).collect::<Vec<_>>(), "each is there once");
            let some = run(&groups, &scores, window, cap, wanted);
            prop_assert_eq!(&some[..], &whole[..wanted.min(whole.len())], "asking for fewer gives the same ones");
            // The first window: no group beyond its cap while another group could have filled the place.
            let first = &whole[..window.min(whole.len())];
            let distinct: usize = (0..5).map(|group| groups.iter().filter(|of| **of == group).count().min(cap)).sum();
            for group in 0..5 {
                let count = first.iter().filter(|row| groups[**row as usize] == group).count();
                prop_assert!(count <= cap || distinct < first.len());
            }
        }
    }
}
