//! What is known of an item from before: units sold and returned, why, and how it was rated.

use super::chance::Chance;

/// Weights of the eight return reasons for what is worn.
const WORN: [u32; 8] = [26, 14, 18, 14, 10, 12, 3, 3];
/// And for everything else.
const USED: [u32; 8] = [0, 0, 34, 32, 6, 2, 12, 14];

/// An item's record.
#[derive(Default)]
pub(super) struct Record {
    pub(super) sold: u32,
    pub(super) returned: u32,
    pub(super) reasons: [u32; 8],
    /// Times 100.
    pub(super) rating: u16,
    pub(super) rating_count: u32,
}

/// Makes a record; nearly half of a flash sale's items are new and have none.
pub(super) fn record(top: &str, chance: &mut Chance) -> Record {
    if !chance.percent(55) {
        return Record::default();
    }
    let sold = 3 + chance.skewed(900);
    let (usual, worn) = match top {
        "women" => (18, true),
        "shoes" => (16, true),
        "men" => (12, true),
        "children" => (9, true),
        "bags" => (8, false),
        "accessories" => (7, false),
        "home" => (6, false),
        "mother-baby" => (4, false),
        _ => (3, false),
    };
    // Half to double the usual share.
    let share = usual * (50 + chance.skewed(150)) / 100;
    let returned = (sold * share + chance.below(100)) / 100;
    let weights = if worn { WORN } else { USED };
    let mut reasons = [0; 8];
    for _ in 0..returned {
        let place = chance.weighted(weights.iter().copied());
        if let Some(count) = reasons.get_mut(place) {
            *count += 1;
        }
    }
    let rating_count = sold.saturating_sub(returned) * chance.between(12, 38) / 100;
    // Ratings are inflated and lie close together; what comes back often is rated a little lower.
    let rating = 488 - share.min(40) / 2 - chance.skewed(40) + chance.below(8);
    let rating = if rating_count == 0 { 0 } else { rating.clamp(380, 497) as u16 };
    Record { sold, returned: returned.min(sold), reasons, rating, rating_count }
}
