//! How what comes off is shared among lines: in proportion to what they cost, none below what it must cost.

use super::manners::Remainder;
use alloc::vec::Vec;

/// Room for the working of [`spread`], kept from call to call.
#[derive(Debug, Clone, Default)]
pub(super) struct Scratch {
    keys: Vec<u64>,
    open: Vec<usize>,
}

/// Shares `total` in proportion to `weights`, none more than its `room`, and writes the shares to `shares`.
///
/// Where shares in proportion would be more than some have room for, those take what they have room for and the rest is
/// shared among the others, until it fits. The shares sum to `total` where `total` is at most all room together, and no
/// room is more than its weight; what is asked beyond that is not given.
pub(super) fn spread(
    total: i64,
    weights: &[i64],
    room: &[i64],
    remainder: Remainder,
    scratch: &mut Scratch,
    shares: &mut Vec<i64>,
) {
    shares.clear();
    shares.resize(weights.len(), 0);
    let mut open = core::mem::take(&mut scratch.open);
    open.clear();
    open.extend(0..weights.len());
    let mut left = total;
    while left > 0 {
        let sum: i64 = open.iter().filter_map(|at| weights.get(*at)).sum();
        if sum <= 0 {
            break;
        }
        let mut spare = left;
        scratch.keys.clear();
        for at in &open {
            let weight = weights.get(*at).copied().unwrap_or_default();
            let (share, over) = proportion(left, weight, sum);
            spare -= share;
            if let Some(slot) = shares.get_mut(*at) {
                *slot = share;
            }
            if over > 0 {
                // By remainder, then by position: amounts have 53 bits and positions nine.
                let rank = match remainder {
                    Remainder::Largest => (sum - over) as u64,
                    Remainder::First => 0,
                };
                scratch.keys.push(rank << 10 | *at as u64);
            }
        }
        scratch.keys.sort_unstable();
        for key in scratch.keys.iter().take(usize::try_from(spare).unwrap_or(usize::MAX)) {
            if let Some(slot) = shares.get_mut((key & 1_023) as usize) {
                *slot += 1;
            }
        }
        let before = open.len();
        open.retain(|at| {
            let (share, room) = (shares.get_mut(*at), room.get(*at).copied().unwrap_or_default());
            match share {
                Some(share) if *share > room => {
                    *share = room;
                    left -= room;
                    false
                }
                _ => true,
            }
        });
        if open.len() == before {
            break;
        }
        for at in &open {
            if let Some(slot) = shares.get_mut(*at) {
                *slot = 0;
            }
        }
    }
    scratch.open = open;
}

/// `left * weight / sum` and what is over.
fn proportion(left: i64, weight: i64, sum: i64) -> (i64, i64) {
    if let Some(product) = left.checked_mul(weight) {
        return (product / sum, product % sum);
    }
    let (product, sum) = (i128::from(left) * i128::from(weight), i128::from(sum));
    ((product / sum) as i64, (product % sum) as i64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec;
    use proptest::prelude::*;

    fn spread_of(total: i64, weights: &[i64], room: &[i64], remainder: Remainder) -> Vec<i64> {
        let mut shares = vec![];
        spread(total, weights, room, remainder, &mut Scratch::default(), &mut shares);
        shares
    }

    #[test]
    fn odd_cents_go_to_the_largest_remainder_or_to_the_first() {
        let weights = [100, 100, 250];
        assert_eq!(spread_of(10, &weights, &weights, Remainder::Largest), [2, 2, 6]);
        assert_eq!(spread_of(11, &weights, &weights, Remainder::Largest), [3, 2, 6]);
        assert_eq!(spread_of(10, &weights, &weights, Remainder::First), [3, 2, 5]);
    }

    #[test]
    fn what_one_has_no_room_for_the_others_take() {
        let weights = [1_000, 2_000, 5_000, 3_000];
        assert_eq!(spread_of(1_200, &weights, &[1_000, 100, 0, 400], Remainder::Largest), [700, 100, 0, 400]);
        assert_eq!(spread_of(9_999, &weights, &[1, 2, 3, 4], Remainder::Largest), [1, 2, 3, 4]);
    }

    proptest! {
        #[test]
        fn shares_sum_to_the_whole_and_fit(
            rows in prop::collection::vec((0..1_i64 << 45, 0..=100_i64), 1..40), part in 0..=1_000_i64, first in any::<bool>(),
        ) {
            let weights: Vec<i64> = rows.iter().map(|row| row.0).collect();
            let room: Vec<i64> = rows.iter().map(|row| (i128::from(row.0) * i128::from(row.1) / 100) as i64).collect();
            let total = (room.iter().map(|room| i128::from(*room)).sum::<i128>() * i128::from(part) / 1_000) as i64;
            let shares = spread_of(total, &weights, &room, if first { Remainder::First } else { Remainder::Largest });
            prop_assert_eq!(shares.iter().sum::<i64>(), total);
            for (share, room) in shares.iter().zip(&room) {
                prop_assert!((0..=*room).contains(share));
            }
        }
    }
}
