//! How good an item was found to be: its stars, less the share that came back, both shrunk by how few there are.

use super::format::Section;
use super::pack::Pack;
use crate::kernel::numbers::Numbers;
use alloc::vec::Vec;

/// The rating everybody starts from, in millionths of a star: ratings are inflated (`docs/feed.md`).
const ORDINARY_RATING: i64 = 4_700_000;
/// Ratings that the ordinary counts as.
const ORDINARY_COUNT: i64 = 20;
/// Units sold that an ordinary share of returns counts as.
const ORDINARY_SOLD: i64 = 30;
/// Rows that are read at a time.
const BLOCK: usize = 128;
/// What it is told by, beside the rating: how many rated, were sold and came back.
const COUNTS: [Section; 3] = [Section::ItemRatingCount, Section::ItemSold, Section::ItemReturned];

/// How good the items of a pack were found to be: each -1,000,000 to 300,000, stars above the ordinary less the share returned; both
/// shrunk towards what is ordinary by how few there are.
#[derive(Debug, Clone, Copy)]
pub struct Qualities<'a> {
    ratings: &'a [u16],
    counts: [Numbers<'a>; 3],
}

impl<'a> Qualities<'a> {
    pub(super) fn of(pack: &'a Pack) -> Self {
        Self {
            ratings: pack.column(Section::ItemRating),
            counts: COUNTS.map(|section| pack.numbers(section)),
        }
    }

    /// Of every item.
    pub fn all(&self) -> Vec<i32> {
        // Columns are read some at a time, by loops for their widths.
        let mut all = Vec::with_capacity(self.ratings.len());
        let mut read = [[0; BLOCK]; 3];
        for (ratings, first) in self.ratings.chunks(BLOCK).zip((0..).step_by(BLOCK)) {
            for (column, room) in self.counts.iter().zip(&mut read) {
                column.read(first, room);
            }
            let [counts, sold, returned] = &read;
            let rows = ratings.iter().zip(counts).zip(sold.iter().zip(returned));
            all.extend(
                rows.map(|((rating, count), (sold, returned))| quality(*rating, *count, *sold, *returned)),
            );
        }
        all
    }

    /// Of one item, by its row; 0 beyond the last.
    pub fn at(&self, row: usize) -> i32 {
        self.ratings.get(row).map_or(0, |rating| self.with(*rating, row))
    }

    fn with(&self, rating: u16, row: usize) -> i32 {
        let [count, sold, returned] = self.counts.map(|column| column.at(row) as u32);
        quality(rating, count, sold, returned)
    }
}

fn quality(rating: u16, count: u32, sold: u32, returned: u32) -> i32 {
    let (rating, count) = (i64::from(rating) * 10_000, i64::from(count));
    let shrunk = (rating * count + ORDINARY_RATING * ORDINARY_COUNT) / (count + ORDINARY_COUNT);
    let returned = i64::from(returned) * 1_000_000 / (i64::from(sold) + ORDINARY_SOLD);
    (shrunk - ORDINARY_RATING - returned).max(-1_000_000) as i32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_ratings_and_few_sales_say_little() {
        assert_eq!(quality(0, 0, 0, 0), 0, "nobody rated it, nobody bought it");
        assert!(quality(500, 3, 0, 0) < quality(500, 300, 0, 0) && quality(500, 3, 0, 0) > 0);
        assert!(quality(470, 9, 300, 30) < quality(470, 9, 3, 0));
        assert_eq!(quality(100, u32::MAX, 10, 4_000), -1_000_000, "and never less");
    }
}
