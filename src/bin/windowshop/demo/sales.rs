//! One sale of the demo: its title and its items.

use super::Plan;
use super::brands::Brand;
use super::chance::Chance;
use super::words::{Good, Words};
use super::{naming, prices, record, stock};
use crate::feeds::Named;
use std::collections::BTreeSet;
use windowshop::base::time::Timestamp;
use windowshop::catalogue::input::{ItemInput, SaleInput};
use windowshop::catalogue::{BrandTier, Role};

/// How often a name that the sale has already is drawn anew.
const TRIES: usize = 40;
/// Items of a sale, give or take [`SPREAD`].
const ITEMS: u32 = 200;
const SPREAD: u32 = 40;
/// The same at full scale.
const ITEMS_FULL: u32 = 233;
/// Of the items of a category outside of what bodies wear, none are off season.
const WORN: [&str; 5] = ["women", "men", "shoes", "children", "bags"];

/// A sale to be made: a brand and the day it opens.
#[derive(Debug, Clone, Copy)]
pub(super) struct Opening<'a> {
    pub(super) brand: &'a Brand,
    /// The brand's number.
    pub(super) number: usize,
    /// Since 1970-01-01.
    pub(super) day: i64,
    /// How many days it lasts.
    pub(super) length: i64,
}

impl Opening<'_> {
    /// The sale's stable id: short, because items carry it too.
    pub(super) fn id(&self) -> String {
        format!("{}.{}", base36(self.number as i64), base36(self.day))
    }

    /// The sale's row.
    pub(super) fn sale(&self, plan: &Plan, words: &Words) -> Named<SaleInput> {
        let mut chance = Chance::of(plan.seed, "sale", &[self.number as i64, self.day]);
        let titles = words.profiles.get(self.brand.profile).map(|profile| profile.titles.as_slice());
        let title = titles.and_then(|titles| chance.pick(titles));
        let names = title.map(|title| vec![title.en.clone(), title.zh.clone()]).unwrap_or_default();
        let at = |day: i64| -> Timestamp { super::opening_of(day) };
        let row = SaleInput {
            id: self.id(),
            brand: self.brand.id.clone(),
            opens: at(self.day),
            closes: at(self.day + self.length),
        };
        Named { row, names, line: 0 }
    }

    /// The sale's items as they stand at the beginning of the plan's day; at most `most` of them.
    pub(super) fn items(&self, plan: &Plan, words: &Words, most: usize) -> Vec<Named<ItemInput>> {
        let key = [self.number as i64, self.day];
        let mut chance = Chance::of(plan.seed, "items", &key);
        let usual = if plan.full { ITEMS_FULL } else { ITEMS };
        let count = chance.between(usual - SPREAD, usual + SPREAD) as usize;
        // Opening hours to opening hours: nothing has passed before the sale's own day is over.
        let passed = ((plan.day - self.day).clamp(0, self.length) * 1_000 / self.length.max(1)) as u32;
        let sale = self.id();
        let deepest = prices::deepest(&mut Chance::of(plan.seed, "deepest", &key));
        let mut taken: BTreeSet<String> = BTreeSet::new();
        let mut items = Vec::with_capacity(count.min(most));
        for number in 0..count.min(most) {
            let mut chance = Chance::of(plan.seed, "item", &[key[0], key[1], number as i64]);
            let mut drawn = None;
            for _ in 0..TRIES {
                let Some(good) = self.good(words, &mut chance) else { break };
                let named = naming::name(good, self.brand, words, &mut chance);
                let fresh = named.names.first().is_some_and(|name| taken.insert(name.clone()));
                drawn = Some((good, named));
                if fresh {
                    break;
                }
            }
            let Some((good, named)) = drawn else { continue };
            items.push(Named {
                row: self.item(
                    good,
                    named.attributes,
                    format!("{sale}-{}", base36(number as i64)),
                    passed,
                    plan.day,
                    deepest,
                    words,
                    &mut chance,
                ),
                names: named.names,
                line: 0,
            });
        }
        self.dress(&mut items, &sale, plan.seed);
        items
    }

    fn good<'a>(&self, words: &'a Words, chance: &mut Chance) -> Option<&'a Good> {
        let profile = words.profiles.get(self.brand.profile)?;
        let place = chance.weighted(profile.goods.iter().map(|(_, share)| *share));
        let (category, _) = profile.goods.get(place)?;
        let goods: Vec<&Good> = words.goods.iter().filter(|good| good.category == *category).collect();
        goods.get(chance.weighted(goods.iter().map(|good| good.weight))).copied()
    }

    #[expect(clippy::too_many_arguments, reason = "everything an item is made from, called once")]
    fn item(
        &self,
        good: &Good,
        attributes: Vec<String>,
        id: String,
        passed: u32,
        today: i64,
        deepest: u32,
        words: &Words,
        chance: &mut Chance,
    ) -> ItemInput {
        let brand = self.brand;
        let prices = prices::price(good, brand, deepest, chance);
        let stock = stock::stock(&good.sizes, brand.tier, passed, chance);
        let record = record::record(brand.top, chance);
        let role = role(prices.tenths, chance);
        let insured = match good.category.as_str() {
            "skin-care" | "make-up" | "perfume" | "watches" | "formula" => true,
            _ => matches!(brand.tier, BrandTier::Luxury | BrandTier::First) && chance.percent(60),
        };
        let keeps = match good.category.as_str() {
            "formula" | "wellness" => Some(240),
            "skin-care" | "make-up" | "hair-and-body" | "perfume" => Some(500),
            _ => None,
        };
        let worn = WORN.contains(&brand.top);
        ItemInput {
            id,
            sale: self.id(),
            category: good.category.clone(),
            price: prices.price,
            list_price: prices.list_price,
            lowest_price: prices.lowest_price,
            stock,
            attributes,
            outfit: None,
            rating: record.rating,
            rating_count: record.rating_count,
            sold: record.sold,
            returned: record.returned,
            return_reasons: record.reasons,
            role,
            sensitive: words.category(&good.category).is_some_and(|row| row.sensitive == Some(true)),
            authenticity_insured: insured,
            off_season: chance.percent(55) && worn,
            shelf_life_days: keeps.map(|days: u32| {
                // Bought stock is not fresh from the mill, but never close to its date.
                (today.max(self.day) as u32) + days * chance.between(60, 140) / 100
            }),
        }
    }

    /// Puts neighbouring items of different categories together as outfits.
    fn dress(&self, items: &mut [Named<ItemInput>], sale: &str, seed: u64) {
        if !matches!(self.brand.top, "women" | "men" | "children") {
            return;
        }
        let mut chance = Chance::of(seed, "outfits", &[self.number as i64, self.day]);
        for (number, group) in items.chunks_mut(6).enumerate() {
            let together = chance.percent(50);
            let mut categories: BTreeSet<String> = BTreeSet::new();
            for named in group.iter_mut() {
                if together && categories.len() < 3 && categories.insert(named.row.category.clone()) {
                    named.row.outfit = Some(format!("{sale}-o{}", base36(number as i64)));
                }
            }
            // One thing alone is no outfit.
            if categories.len() < 2 {
                for named in group {
                    named.row.outfit = None;
                }
            }
        }
    }
}

/// What an item is for: what is seldom reduced far binds the core, what is reduced most draws or clears.
fn role(tenths: u32, chance: &mut Chance) -> Role {
    const ROLES: [Role; 5] = [Role::None, Role::Traffic, Role::Profit, Role::Marginal, Role::Potential];
    let weights: [u32; 5] = match tenths {
        0..=2 => [30, 30, 0, 35, 5],
        3..=4 => [40, 20, 10, 18, 12],
        _ => [30, 5, 45, 5, 15],
    };
    ROLES.get(chance.weighted(weights.into_iter())).copied().unwrap_or_default()
}

/// A number in digits and small letters.
pub(super) fn base36(number: i64) -> String {
    let mut digits = Vec::new();
    let mut rest = number.unsigned_abs();
    loop {
        digits.push(char::from_digit((rest % 36) as u32, 36).unwrap_or('0'));
        rest /= 36;
        if rest == 0 {
            break;
        }
    }
    digits.into_iter().rev().collect()
}
