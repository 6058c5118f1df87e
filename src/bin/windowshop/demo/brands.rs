//! The demo's brands: invented names, a tier, what they sell and the colours they like.

use super::chance::{Chance, Dealer};
use super::words::{Profile, Words};
use std::collections::BTreeSet;
use windowshop::catalogue::BrandTier;

/// Top categories with their shares of the shop, in percent (domain facts, section 2).
pub(super) const CATEGORY_SHARES: [(&str, u32); 10] = [
    ("women", 30),
    ("men", 8),
    ("shoes", 13),
    ("bags", 9),
    ("accessories", 8),
    ("beauty", 10),
    ("fragrance", 2),
    ("mother-baby", 8),
    ("children", 5),
    ("home", 7),
];
/// Tiers with their shares of the brands, in percent.
pub(super) const TIER_SHARES: [(BrandTier, u32); 4] =
    [(BrandTier::Luxury, 3), (BrandTier::First, 12), (BrandTier::Second, 45), (BrandTier::Third, 40)];
/// Styles of women's brands.
const WOMEN_STYLES: [&str; 4] = ["fresh", "lively", "forest", "high-end"];
/// Colours that a brand likes.
const LIKED_COLOURS: usize = 9;

/// A brand of the demo.
#[derive(Debug, Clone)]
pub(super) struct Brand {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) tier: BrandTier,
    pub(super) top: &'static str,
    /// Place among the profiles.
    pub(super) profile: usize,
    /// How its prices stand to others of its tier, in percent.
    pub(super) price_percent: u32,
    pub(super) style: Option<&'static str>,
    pub(super) colours: Vec<String>,
}

/// Makes the brands, numbered as the calendar numbers them: categories and tiers are dealt out along the
/// calendar, so that every few days have them in proportion.
pub(super) fn make(seed: u64, count: usize, words: &Words) -> Vec<Brand> {
    let mut tops = Dealer::new(CATEGORY_SHARES.iter().map(|(_, share)| *share));
    let mut tiers: Vec<Dealer> =
        CATEGORY_SHARES.iter().map(|_| Dealer::new(TIER_SHARES.iter().map(|(_, share)| *share))).collect();
    let mut profiles: Vec<(Vec<usize>, Dealer)> = CATEGORY_SHARES
        .iter()
        .map(|(top, _)| {
            let places: Vec<usize> = (0..words.profiles.len())
                .filter(|place| words.profiles.get(*place).is_some_and(|profile| profile.top == *top))
                .collect();
            let weight =
                |place: &usize| words.profiles.get(*place).map_or(0, |profile: &Profile| profile.weight);
            let dealer = Dealer::new(places.iter().map(weight));
            (places, dealer)
        })
        .collect();
    let all: Vec<&String> = words.colours.keys().collect();
    let mut brands = Vec::with_capacity(count);
    for (number, name) in names(seed, count, words).into_iter().enumerate() {
        let mut chance = Chance::of(seed, "brand", &[number as i64]);
        let top = tops.next();
        let tier = tiers.get_mut(top).map_or(0, Dealer::next);
        let profile = profiles.get_mut(top).and_then(|(places, dealer)| places.get(dealer.next()).copied());
        let top = CATEGORY_SHARES.get(top).map_or("women", |(top, _)| *top);
        let mut colours: Vec<String> = all.iter().map(ToString::to_string).collect();
        chance.shuffle(&mut colours);
        colours.truncate(LIKED_COLOURS);
        let style = match top {
            "women" => chance.pick(&WOMEN_STYLES).copied(),
            "men" => Some("business-casual"),
            _ => None,
        };
        brands.push(Brand {
            id: slug(&name),
            name,
            tier: TIER_SHARES.get(tier).map_or(BrandTier::Third, |(tier, _)| *tier),
            top,
            profile: profile.unwrap_or(0),
            price_percent: chance.between(80, 125),
            style,
            colours,
        });
    }
    brands
}

/// Invented names: two words, a compound, or a pair. None is a name we know to be somebody's.
fn names(seed: u64, count: usize, words: &Words) -> Vec<String> {
    let empty = Vec::new();
    let list = |name: &str| words.names.get(name).unwrap_or(&empty);
    let excluded: BTreeSet<&String> = list("excluded").iter().collect();
    let mut people: Vec<String> = Vec::new();
    for first in list("first") {
        people.extend(list("second").iter().map(|second| format!("{first} {second}")));
    }
    let mut compounds: Vec<String> = Vec::new();
    for head in list("head") {
        for tail in list("tail") {
            let doubled = head.chars().last() == tail.chars().next();
            let name = format!("{head}{tail}");
            if !doubled && !excluded.contains(&name) {
                compounds.push(name);
            }
        }
    }
    let mut pairs: Vec<String> = Vec::new();
    for one in list("second") {
        let others = list("second").iter().filter(|other| *other != one);
        pairs.extend(others.map(|other| format!("{one} & {other}")));
    }
    let mut chance = Chance::of(seed, "names", &[]);
    for names in [&mut people, &mut compounds, &mut pairs] {
        chance.shuffle(names);
    }
    let mut taken = BTreeSet::new();
    let mut names = Vec::with_capacity(count);
    while names.len() < count {
        let list = match chance.below(100) {
            0..55 => &mut people,
            55..90 => &mut compounds,
            _ => &mut pairs,
        };
        // A list that has run out leaves the choice to the others; together they have several thousand.
        let Some(name) = list.pop().or_else(|| people.pop()) else { break };
        if taken.insert(slug(&name)) {
            names.push(name);
        }
    }
    names
}

/// A name as a stable id.
fn slug(name: &str) -> String {
    name.to_lowercase().replace(" & ", "-and-").replace(' ', "-")
}
