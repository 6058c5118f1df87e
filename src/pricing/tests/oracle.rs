//! What the best legal combination saves, by trying every subset with plain arithmetic of its own.

use super::super::benefits::{Benefit, TierStep};
use super::super::conditions::Condition;
use super::super::*;
use super::NOW;
use crate::base::money::Money;
use alloc::vec;
use alloc::vec::Vec;

/// What the best legal combination saves, and how few promotions it needs; of those with one promotion, where it is named.
pub(super) fn brute_force(
    lines: &[Line],
    facts: &Facts,
    promotions: &[Promotion],
    codes_at_most: usize,
    with: Option<&str>,
) -> (i64, usize) {
    let mut lines = lines.to_vec();
    lines.sort_by(|a, b| a.key.cmp(&b.key));
    let mut ordered: Vec<&Promotion> = promotions.iter().collect();
    ordered.sort_by_key(|promotion| (promotion.layer, promotion.priority, promotion.id.clone()));
    let mut best = (0, 0);
    for subset in 0_u32..1 << ordered.len() {
        let chosen: Vec<&Promotion> =
            (0..ordered.len()).filter(|at| subset >> at & 1 == 1).map(|at| ordered[at]).collect();
        let codes = chosen.iter().filter(|one| one.code.is_some()).count();
        if codes <= codes_at_most
            && with.is_none_or(|id| chosen.iter().any(|one| one.id == id))
            && let Some(saved) = saved_by(&lines, facts, &chosen)
            && (saved > best.0 || (saved == best.0 && chosen.len() < best.1))
        {
            best = (saved, chosen.len());
        }
    }
    best
}

fn saved_by(lines: &[Line], facts: &Facts, chosen: &[&Promotion]) -> Option<i64> {
    let together = |one: &Promotion, other: &Promotion| {
        (one.group.is_some() && one.group == other.group)
            || one.not_with.contains(&other.id)
            || other.not_with.contains(&one.id)
    };
    for (at, one) in chosen.iter().enumerate() {
        let alone = one.exclusive && chosen.len() > 1;
        let coded = one.code.as_ref().is_some_and(|code| !facts.codes().contains(code));
        if alone || coded || chosen[..at].iter().any(|other| together(one, other)) {
            return None;
        }
    }
    let whole: Vec<i64> =
        lines.iter().map(|line| line.unit_price.minor() * i64::from(line.quantity)).collect();
    let mut left = whole.clone();
    for promotion in chosen {
        let target: Vec<usize> =
            (0..lines.len()).filter(|at| promotion.target.matches(&lines[*at])).collect();
        let mut conditions = promotion.conditions.as_slice();
        while !conditions.is_empty() {
            let (holds, rest) = holds(conditions, lines, &target, &left, &whole);
            if !holds {
                return None;
            }
            conditions = rest;
        }
        let room = |at: usize| {
            let own =
                lines[at].floor.minor().min(lines[at].unit_price.minor()) * i64::from(lines[at].quantity);
            let share = whole[at] * i64::from(promotion.floor.unwrap_or(0));
            (left[at] - own.max((share + 9_999) / 10_000)).max(0)
        };
        let mut each: Vec<i64> = target
            .iter()
            .map(|at| {
                let (amount, units) = (left[*at], i64::from(lines[*at].quantity));
                let gives = match promotion.applies_to {
                    AppliesTo::Order | AppliesTo::Shipping => 0,
                    AppliesTo::Line => off(promotion, amount, units),
                    AppliesTo::Unit => (0..units)
                        .map(|unit| off(promotion, amount / units + i64::from(unit < amount % units), units))
                        .sum(),
                };
                gives.min(room(*at))
            })
            .collect();
        let rooms: Vec<i64> = target.iter().map(|at| room(*at)).collect();
        let cap = promotion.cap.map_or(i64::MAX, Money::minor);
        let (given, weights, rooms) = if promotion.applies_to == AppliesTo::Order {
            let base: i64 = target.iter().map(|at| left[*at]).sum();
            let given = match &promotion.benefit {
                Benefit::NthUnit(nth) => {
                    let mut prices: Vec<i64> = target
                        .iter()
                        .flat_map(|at| {
                            let units = i64::from(lines[*at].quantity);
                            vec![left[*at] / units; units as usize]
                        })
                        .collect();
                    prices.sort_unstable();
                    let reduced = (prices.len() / nth.every as usize).min(nth.times as usize);
                    prices
                        .iter()
                        .take(reduced)
                        .map(|price| (price * i64::from(nth.percent) + 5_000) / 10_000)
                        .sum()
                }
                _ => off(promotion, base, target.iter().map(|at| i64::from(lines[*at].quantity)).sum()),
            };
            let weights: Vec<i64> = target.iter().map(|at| left[*at]).collect();
            (given.min(rooms.iter().sum()).min(cap), weights, rooms)
        } else {
            let given = each.iter().sum::<i64>().min(cap);
            (given, each.clone(), core::mem::take(&mut each))
        };
        if given <= 0 {
            return None;
        }
        for (at, share) in target.iter().zip(shared(given, &weights, &rooms)) {
            left[*at] -= share;
        }
    }
    Some(whole.iter().sum::<i64>() - left.iter().sum::<i64>())
}

/// Largest remainder, ties to the earlier; what one has no room for the others take.
fn shared(given: i64, weights: &[i64], rooms: &[i64]) -> Vec<i64> {
    let mut fixed: Vec<Option<i64>> = vec![None; weights.len()];
    loop {
        let open: Vec<usize> = (0..weights.len()).filter(|at| fixed[*at].is_none()).collect();
        let left = given - fixed.iter().flatten().sum::<i64>();
        let base: i64 = open.iter().map(|at| weights[*at]).sum();
        let mut shares = vec![0; weights.len()];
        if base > 0 {
            let mut parts: Vec<(i64, i64, usize)> =
                open.iter().map(|at| (left * weights[*at] / base, left * weights[*at] % base, *at)).collect();
            let spare = left - parts.iter().map(|part| part.0).sum::<i64>();
            parts.sort_by_key(|part| (-part.1, part.2));
            for (place, part) in parts.iter().enumerate() {
                shares[part.2] = part.0 + i64::from((place as i64) < spare);
            }
        }
        let over: Vec<usize> = open.iter().copied().filter(|at| shares[*at] > rooms[*at]).collect();
        if over.is_empty() {
            return (0..weights.len()).map(|at| fixed[at].unwrap_or(shares[at])).collect();
        }
        for at in over {
            fixed[at] = Some(rooms[at]);
        }
    }
}

fn off(promotion: &Promotion, base: i64, units: i64) -> i64 {
    let part = |percent: u32| (base * i64::from(percent) + 5_000) / 10_000;
    match &promotion.benefit {
        Benefit::Percent(percent) => part(percent.off),
        Benefit::FixedAmount(fixed) => fixed.off.minor().min(base),
        Benefit::FixedPrice(fixed) => (base - fixed.price.minor()).max(0),
        Benefit::Threshold(threshold) => {
            threshold.off.minor() * (base / threshold.spend.minor()).min(i64::from(threshold.times))
        }
        Benefit::Tiers(tiers) => {
            let reached = |tier: &&TierStep| {
                tier.spend.is_none_or(|spend| spend.minor() <= base)
                    && tier.units.is_none_or(|asked| i64::from(asked) <= units)
            };
            let tier = tiers.steps.iter().rfind(reached);
            tier.map_or(0, |tier| tier.off.map_or_else(|| part(tier.percent.unwrap_or(0)), Money::minor))
        }
        _ => panic!("the oracle does not know {}", promotion.benefit.kind()),
    }
}

/// Whether the first of some conditions holds, and what stands behind it.
fn holds<'a>(
    conditions: &'a [Condition],
    lines: &[Line],
    target: &[usize],
    left: &[i64],
    whole: &[i64],
) -> (bool, &'a [Condition]) {
    let (first, mut rest) = conditions.split_first().expect("one more");
    let of = |selector: &Option<Selector>| -> Vec<usize> {
        match selector {
            Some(selector) => (0..lines.len()).filter(|at| selector.matches(&lines[*at])).collect(),
            None => target.to_vec(),
        }
    };
    let mut beneath = |count: u8, left: &[i64]| -> Vec<bool> {
        (0..count)
            .map(|_| {
                let (one, after) = holds(rest, lines, target, left, whole);
                rest = after;
                one
            })
            .collect()
    };
    let result = match first {
        Condition::All(count) => !beneath(*count, left).contains(&false),
        Condition::Any(count) => beneath(*count, left).contains(&true),
        Condition::Not(count) => !beneath(*count, whole).contains(&true),
        Condition::Amount(amount) => {
            of(&amount.of).iter().map(|at| left[*at]).sum::<i64>() >= amount.at_least.minor()
        }
        Condition::Quantity(quantity) => {
            of(&quantity.of).iter().map(|at| lines[*at].quantity).sum::<u32>() >= quantity.at_least
        }
        Condition::Window(window) => {
            window.opens.is_none_or(|opens| opens <= NOW) && window.closes.is_none_or(|closes| NOW < closes)
        }
        _ => panic!("the oracle does not know {}", first.kind()),
    };
    (result, rest)
}
