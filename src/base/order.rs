//! Sorting for the lists that are not in a hot loop, in one small routine.
//!
//! `core` compiles a sort of several kilobytes for every element type and comparison. In a module that shoppers
//! download that was a fifth of all code, so here only the comparison is compiled anew: the order is found on row
//! numbers and then applied by swaps. Equal elements keep their order. `kernel` has a quicker one for its own.

use alloc::vec::Vec;
use core::cmp::Ordering;

/// Sorts by a comparison, stably.
pub fn sort_by<T>(list: &mut [T], mut compare: impl FnMut(&T, &T) -> Ordering) {
    let order = {
        let list: &[T] = list;
        stable_order(list.len(), &mut |one, other| match (list.get(one), list.get(other)) {
            (Some(one), Some(other)) => compare(one, other),
            // Rows come from the list's own length.
            _ => Ordering::Equal,
        })
    };
    apply(list, order);
}

/// Sorts by a key, stably.
pub fn sort_by_key<T, K: Ord>(list: &mut [T], mut key: impl FnMut(&T) -> K) {
    sort_by(list, |one, other| key(one).cmp(&key(other)));
}

/// Sorts in the elements' own order.
pub fn sort<T: Ord>(list: &mut [T]) {
    sort_by(list, T::cmp);
}

/// Rows in the order of a comparison: merges runs of doubling length (von Neumann's merge sort, from the bottom up).
fn stable_order(count: usize, compare: &mut dyn FnMut(usize, usize) -> Ordering) -> Vec<usize> {
    let mut from: Vec<usize> = (0..count).collect();
    let mut to: Vec<usize> = Vec::with_capacity(count);
    let mut run = 1;
    while run < count {
        for pair in from.chunks(2 * run) {
            let (mut left, mut right) = pair.split_at(run.min(pair.len()));
            while let ([one, rest_of_left @ ..], [other, rest_of_right @ ..]) = (left, right) {
                if compare(*one, *other) == Ordering::Greater {
                    to.push(*other);
                    right = rest_of_right;
                } else {
                    to.push(*one);
                    left = rest_of_left;
                }
            }
            to.extend_from_slice(left);
            to.extend_from_slice(right);
        }
        core::mem::swap(&mut from, &mut to);
        to.clear();
        run *= 2;
    }
    from
}

/// Puts each element where its row stands in `order`, along the cycles of the permutation.
fn apply<T>(list: &mut [T], mut order: Vec<usize>) {
    for start in 0..list.len() {
        let mut at = start;
        // A place is settled once it points to itself.
        while let Some(next) = order.get(at).copied().filter(|next| *next != start) {
            if next == at {
                break;
            }
            list.swap(at, next);
            if let Some(place) = order.get_mut(at) {
                *place = at;
            }
            at = next;
        }
        if let Some(place) = order.get_mut(at) {
            *place = at;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_order_is_that_of_the_standard_library(list in prop::collection::vec((0u8..6, any::<u16>()), 0..70)) {
            let mut ours = list.clone();
            sort_by_key(&mut ours, |(key, _)| *key);
            let mut theirs = list.clone();
            theirs.sort_by_key(|(key, _)| *key);
            prop_assert_eq!(&ours, &theirs, "stable by key");
            sort(&mut ours);
            theirs.sort_unstable();
            prop_assert_eq!(ours, theirs);
        }
    }
}
