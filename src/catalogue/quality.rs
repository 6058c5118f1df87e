//! How good an item was found to be: its stars, less the share that came back, both shrunk by how few there are.

use super::format::Section;
use super::pack::Pack;

/// The rating everybody starts from, in millionths of a star: ratings are inflated (`docs/feed.md`).
const ORDINARY_RATING: i64 = 4_700_000;
/// Ratings that the ordinary counts as.
const ORDINARY_COUNT: i64 = 20;
/// Units sold that an ordinary share of returns counts as.
const ORDINARY_SOLD: i64 = 30;

/// Of every item: -1,000,000 to 300,000, stars above the ordinary less the share returned; both shrunk towards what is
/// ordinary by how few there are.
pub(super) fn qualities(pack: &Pack) -> impl Iterator<Item = i32> {
    let ratings =
        pack.column::<u16>(Section::ItemRating).iter().zip(pack.column::<u32>(Section::ItemRatingCount));
    let sales = pack.column::<u32>(Section::ItemSold).iter().zip(pack.column::<u32>(Section::ItemReturned));
    ratings.zip(sales).map(|((rating, count), (sold, returned))| quality(*rating, *count, *sold, *returned))
}

/// The same of one row; nothing beyond the last.
pub(super) fn quality_of(pack: &Pack, row: usize) -> Option<i32> {
    let rating = pack.column::<u16>(Section::ItemRating).get(row)?;
    let count = pack.column::<u32>(Section::ItemRatingCount).get(row)?;
    let sold = pack.column::<u32>(Section::ItemSold).get(row)?;
    Some(quality(*rating, *count, *sold, *pack.column::<u32>(Section::ItemReturned).get(row)?))
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
