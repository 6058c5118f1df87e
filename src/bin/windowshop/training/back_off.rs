//! What a table without rare pairs still knows of an item's further neighbourhood: neighbours of its neighbours.
//!
//! Where few sessions hold two items, the pair is left out, for it is somebody's session; but what leads from one to
//! the other through pairs that many sessions have is still known to everybody. A neighbour's neighbour counts its
//! share of the way: back-off × W\[a\]\[x\] × W\[x\]\[b\], summed over all x, beside what the pair itself counts. Nothing
//! but the finished rows is looked at, so a pair that was left out leaves no trace here either.

use super::table::{MILLION, Neighbour};
use rayon::prelude::*;
use std::collections::BTreeMap;

/// Neighbours that lead further, an item: the strongest. Ways cost their square, and a weak one adds next to nothing.
const LEADING: usize = 30;

/// Adds neighbours of neighbours to rows that are sorted, strongest first. `thousandths` is what the way through
/// another item counts; 0 leaves the rows as they are. Rows come back unsorted where it is not.
pub(super) fn add(rows: Vec<Vec<Neighbour>>, thousandths: u32) -> Vec<Vec<Neighbour>> {
    if thousandths == 0 {
        return rows;
    }
    let further = |(item, row): (usize, &Vec<Neighbour>)| {
        let mut sums: BTreeMap<u32, u64> = row.iter().map(|(to, weight)| (*to, u64::from(*weight))).collect();
        for (through, first) in row.iter().take(LEADING) {
            let onwards = rows.get(*through as usize).map_or(&[][..], Vec::as_slice);
            for (to, second) in onwards.iter().take(LEADING).filter(|(to, _)| *to as usize != item) {
                let way = u64::from(*first) * u64::from(*second) / u64::from(MILLION);
                *sums.entry(*to).or_insert(0) += way * u64::from(thousandths) / 1_000;
            }
        }
        // Two millions at most: a row's weights and its ways sum to one million each.
        let whole = |(to, weight): (u32, u64)| (to, u32::try_from(weight).unwrap_or(u32::MAX));
        sums.into_iter().map(whole).filter(|(_, weight)| *weight > 0).collect()
    };
    rows.par_iter().enumerate().map(further).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_through_another_item_counts_its_share() {
        // 0 leads to 1 and 2, 1 leads to 2 and back to 0, 2 leads nowhere.
        let rows = vec![vec![(1, 800_000), (2, 200_000)], vec![(2, 500_000), (0, 500_000)], vec![]];
        assert_eq!(add(rows.clone(), 0), rows);
        let more = add(rows, 500);
        // 2 from 0: itself 0.2, and half of 0.8 × 0.5; the way back to 0 counts nothing.
        assert_eq!(more[0], [(1, 800_000), (2, 400_000)]);
        // From 1: 0 and 2 themselves; through 0 to 2 half of 0.5 × 0.2.
        assert_eq!(more[1], [(0, 500_000), (2, 550_000)]);
        assert!(more[2].is_empty());
    }
}
