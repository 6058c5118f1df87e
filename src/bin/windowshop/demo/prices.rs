//! What the demo's items cost: a list price by kind and tier, and the share of it that is asked.

use super::brands::Brand;
use super::chance::Chance;
use super::words::Good;
use windowshop::catalogue::BrandTier;

/// Tenths of the list price that are asked (折) at a sale's deepest, with the shares of sales in percent.
const DEEPEST: [(u32, u32); 5] = [(2, 10), (3, 54), (4, 14), (5, 10), (6, 12)];
/// How many tenths above its sale's deepest an item stands, with the shares of items in percent.
const ABOVE: [(u32, u32); 3] = [(0, 50), (1, 30), (2, 20)];
/// No item asks more tenths than that.
const TENTHS_MAX: u32 = 7;
/// Tenths that items ask, with their shares in percent (domain facts, section 2): what the two tables above give.
#[cfg(test)]
pub(super) const TENTHS: [(u32, u32); 6] = [(2, 5), (3, 30), (4, 25), (5, 20), (6, 12), (7, 8)];
/// Minor units of a yuan.
const FEN: i64 = 100;

/// The prices of an item.
pub(super) struct Prices {
    /// Minor units.
    pub(super) price: i64,
    pub(super) list_price: i64,
    pub(super) lowest_price: Option<i64>,
    /// The tenths it was made from.
    pub(super) tenths: u32,
}

/// How deep a sale goes: the tenths of the list price that its most reduced items ask.
pub(super) fn deepest(chance: &mut Chance) -> u32 {
    drawn(&DEEPEST, chance)
}

fn drawn(table: &[(u32, u32)], chance: &mut Chance) -> u32 {
    table.get(chance.weighted(table.iter().map(|(_, share)| *share))).map_or(0, |(tenths, _)| *tenths)
}

/// Prices an item of a sale that goes as deep as `deepest`.
pub(super) fn price(good: &Good, brand: &Brand, deepest: u32, chance: &mut Chance) -> Prices {
    let (low, high) = good.list;
    let tier_percent = match brand.tier {
        BrandTier::Luxury => 420,
        BrandTier::First => 190,
        BrandTier::Second => 100,
        BrandTier::Third => 62,
    };
    let second_tier = u64::from(low + chance.skewed(high - low) + chance.below((high - low) / 4 + 1));
    let list = round(second_tier * tier_percent * u64::from(brand.price_percent) / 10_000);
    let tenths = (deepest + drawn(&ABOVE, chance)).min(TENTHS_MAX);
    // Half of the prices are the plain share, half lie up to two points beside it, but never below the sale's deepest.
    let points = if chance.percent(50) { 0 } else { i64::from(chance.below(41)) - 20 };
    let share = (i64::from(tenths) * 100 + points).max(i64::from(deepest) * 100);
    let price = ((list as i64 * share + 999) / 1_000).max(9);
    let lowest_price = chance.percent(40).then(|| {
        let above = i64::from(chance.skewed(50));
        (price * (100 + above) / 100).min(list as i64) * FEN
    });
    Prices { price: price * FEN, list_price: list as i64 * FEN, lowest_price, tenths }
}

/// The nearest price that shops write: ...9 below 200, ...90 or ...40 above.
fn round(yuan: u64) -> u64 {
    match yuan {
        0..200 => (yuan + 5) / 10 * 10 - u64::from(yuan >= 15),
        200..2_000 => (yuan + 25) / 50 * 50 - 10,
        _ => (yuan + 50) / 100 * 100 - 10,
    }
    .max(19)
}
