//! How many of each size there are: end-of-line stock with broken runs, sold down as the sale goes on.

use super::chance::Chance;
use windowshop::catalogue::BrandTier;
use windowshop::catalogue::input::StockInput;

/// Of items that come in sizes, the share in percent that lacks one at opening (domain facts, section 2).
pub(super) const BROKEN_AT_OPENING: u32 = 35;
/// The share that lacks one by closing.
pub(super) const BROKEN_AT_CLOSING: u32 = 60;

/// The sizes of a run, in the order shown.
pub(super) fn sizes(run: &str) -> &'static [&'static str] {
    match run {
        "women" => &["XS", "S", "M", "L", "XL"],
        "men" => &["S", "M", "L", "XL", "XXL"],
        "women-waist" => &["25", "26", "27", "28", "29", "30"],
        "men-waist" => &["29", "30", "31", "32", "33", "34", "36"],
        "women-shoes" => &["35", "36", "37", "38", "39", "40"],
        "men-shoes" => &["39", "40", "41", "42", "43", "44"],
        "child" => &["100", "110", "120", "130", "140", "150"],
        "child-shoes" => &["24", "26", "28", "30", "32", "34"],
        "baby" => &["52", "59", "66", "73", "80"],
        "belt" => &["80", "85", "90", "95"],
        "hat" => &["56", "58", "60"],
        "bed" => &["1.5 m", "1.8 m", "2.0 m"],
        "towel" => &["34 × 76 cm", "70 × 140 cm"],
        _ => &["one"],
    }
}

/// Stock of an item when `passed` thousandths of its sale have passed.
pub(super) fn stock(run: &str, tier: BrandTier, passed: u32, chance: &mut Chance) -> Vec<StockInput> {
    let sizes = sizes(run);
    let most = match tier {
        BrandTier::Luxury => 4,
        BrandTier::First => 10,
        BrandTier::Second => 24,
        BrandTier::Third => 36,
    };
    let most = if sizes.len() == 1 { most * 3 } else { most };
    // Every draw is made whatever has passed, so that tomorrow's stock is today's, sold further.
    let demand = 15 + chance.skewed(85);
    let broken = chance.below(100);
    let sold_out_at = chance.below(20_000);
    let lacking: Vec<usize> = (0..=chance.skewed(2)).map(|_| edge(sizes.len(), chance)).collect();
    let runs_out = chance.below(sizes.len() as u32) as usize;
    let lacks_at_opening = sizes.len() > 1 && broken < BROKEN_AT_OPENING;
    let closing_share = BROKEN_AT_CLOSING - BROKEN_AT_OPENING;
    let ran_out =
        broken >= BROKEN_AT_OPENING && (broken - BROKEN_AT_OPENING) * 1_000 < closing_share * passed;
    let mut rows: Vec<StockInput> = sizes
        .iter()
        .enumerate()
        .map(|(place, size)| {
            let units = chance.between(most / 3 + 1, most + 1);
            let at_opening = if lacks_at_opening && lacking.contains(&place) { 0 } else { units };
            let sold = (at_opening * demand * passed / 100_000).min(at_opening.saturating_sub(1));
            let left = if ran_out && place == runs_out && sizes.len() > 1 { 0 } else { at_opening - sold };
            StockInput { size: (*size).into(), left, at_opening }
        })
        .collect();
    // A few have sold out altogether by the time.
    if sold_out_at < passed {
        for row in &mut rows {
            row.left = 0;
        }
    }
    rows
}

/// A place in a run of sizes, more often at its ends.
fn edge(length: usize, chance: &mut Chance) -> usize {
    let last = length.saturating_sub(1);
    match chance.below(100) {
        0..35 => 0,
        35..65 => last,
        _ => chance.below(length as u32) as usize,
    }
}
