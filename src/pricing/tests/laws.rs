//! Laws of pricing over random carts and rules.

use super::super::benefits::{
    Base, Benefit, Bundle, FixedPrice, Given, NthUnit, Part, Threshold, TierStep, Tiers, Units,
};
use super::super::conditions::{Amount, Condition, Quantity, Window};
use super::super::manners::{Halves, Strategy as Manner, Weights};
use super::super::*;
use super::oracle::brute_force;
use super::{NOW, line, money, off, percent, promotion};
use crate::base::money::Money;
use alloc::format;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;
use proptest::prelude::*;
use proptest::sample::subsequence;

const BRANDS: [&str; 3] = ["x", "y", "z"];

fn any_cart() -> impl Strategy<Value = Vec<Line>> {
    let row = (0..3_usize, 0..20_000_i64, 1..4_u32, prop::option::weighted(0.2, 0..20_000_i64), 0..3_u32);
    prop::collection::vec(row, 0..6).prop_map(|rows| {
        let named = rows.into_iter().enumerate();
        named
            .map(|(at, (of, price, units, floor, tax))| Line {
                floor: money(floor.unwrap_or(0)),
                tax_rate: [0, 700, 1_900][tax as usize],
                ..line(&format!("l{at}"), BRANDS[of], price, units)
            })
            .collect()
    })
}

fn any_selector() -> impl Strategy<Value = Selector> {
    subsequence(BRANDS.to_vec(), 0..=2).prop_map(|brands| Selector {
        brands: brands.into_iter().map(String::from).collect(),
        ..Selector::default()
    })
}

/// Kinds that the oracle knows; the second says whether it counts units over all lines.
fn any_benefit() -> impl Strategy<Value = (Benefit, bool)> {
    let of_amount = prop_oneof![
        (1..=10_000_u32).prop_map(percent),
        (1..9_000_i64).prop_map(off),
        (0..15_000_i64).prop_map(|price| Benefit::FixedPrice(FixedPrice { price: money(price) })),
        (1..20_000_i64, 1..=100_i64, 1..4_u32).prop_map(|(spend, part, times)| {
            let off = money((spend * part / 100).max(1));
            Benefit::Threshold(Threshold { spend: money(spend), off, times })
        }),
        (1..9_000_i64, 1..9_000_i64, 1..500_i64).prop_map(|(spend, more, off)| {
            let step = |spend, off: i64| TierStep {
                spend: Some(money(spend)),
                off: Some(money(off)),
                ..TierStep::default()
            };
            Benefit::Tiers(Tiers {
                steps: vec![step(spend, off.min(spend)), step(spend + more, off.min(spend) + 1)],
            })
        }),
        (1..4_u32, 1..4_u32, 1..5_000_u32).prop_map(|(units, more, off)| {
            let step = |units, percent| TierStep {
                units: Some(units),
                percent: Some(percent),
                ..TierStep::default()
            };
            Benefit::Tiers(Tiers { steps: vec![step(units, off), step(units + more, off * 2)] })
        }),
    ];
    let of_units = (1..4_u32, 1..=10_000_u32, 1..3_u32)
        .prop_map(|(every, percent, times)| Benefit::NthUnit(NthUnit { every, percent, times }));
    prop_oneof![6 => of_amount.prop_map(|of| (of, false)), 1 => of_units.prop_map(|of| (of, true))]
}

fn any_leaf() -> impl Strategy<Value = Condition> {
    prop_oneof![
        (1..30_000_i64, prop::option::of(any_selector()))
            .prop_map(|(at_least, of)| Condition::Amount(Amount { at_least: money(at_least), of })),
        (1..6_u32, prop::option::of(any_selector()))
            .prop_map(|(at_least, of)| Condition::Quantity(Quantity { at_least, of })),
        (-2..2_i64).prop_map(|at| Condition::Window(Window {
            opens: Some(Timestamp(NOW.0 + at)),
            closes: Some(Timestamp(NOW.0 + at + 2)),
        })),
    ]
}

/// A condition with what stands beneath it.
fn any_condition() -> impl Strategy<Value = Vec<Condition>> {
    let leaf = any_leaf().prop_map(|leaf| vec![leaf]);
    leaf.prop_recursive(3, 8, 3, |beneath| {
        (0..3_u8, prop::collection::vec(beneath, 1..3)).prop_map(|(kind, beneath)| {
            let count = beneath.len() as u8;
            let head = [Condition::All(count), Condition::Any(count), Condition::Not(count)];
            core::iter::once(head[usize::from(kind)].clone()).chain(beneath.into_iter().flatten()).collect()
        })
    })
}

fn any_promotions(most: usize) -> impl Strategy<Value = Vec<Promotion>> {
    let rule = (
        any_benefit(),
        any_selector(),
        prop::collection::vec(any_condition(), 0..2),
        prop::option::of(1..5_000_i64),
        prop::option::weighted(0.3, 0..2_u8),
        prop::bool::weighted(0.1),
        (0..4_usize, 0..3_u32, prop::option::weighted(0.3, 0..3_u8)),
        (prop::option::weighted(0.2, 1..=10_000_u32), prop::option::weighted(0.2, 0..8_usize)),
    );
    prop::collection::vec(rule, 0..=most).prop_map(|rules| {
        let count = rules.len();
        let named = rules.into_iter().enumerate();
        named
            .map(|(at, (benefit, target, conditions, cap, group, exclusive, placed, limits))| {
                let (place, priority, coded) = placed;
                let ((benefit, of_units), (floor, apart)) = (benefit, limits);
                let applies_to =
                    [AppliesTo::Order, AppliesTo::Order, AppliesTo::Line, AppliesTo::Unit][place];
                let applies_to = if of_units { AppliesTo::Order } else { applies_to };
                let apart = apart.filter(|other| *other < count && *other != at);
                Promotion {
                    id: format!("p{at}"),
                    code: coded.map(|code| format!("C{code}-{at}")),
                    layer: if place > 0 { Layer::Line } else { Layer::Order },
                    priority,
                    group: group.map(|group| format!("g{group}")),
                    exclusive,
                    not_with: apart.map(|other| format!("p{other}")).into_iter().collect(),
                    target,
                    applies_to,
                    conditions: conditions.concat(),
                    benefit,
                    cap: cap.map(money),
                    floor,
                    uses_per_account: None,
                    budget: None,
                }
            })
            .collect()
    })
}

/// Codes of the first two kinds are entered, those of the third are not.
fn facts_of(promotions: &[Promotion]) -> Facts {
    let codes = promotions.iter().filter_map(|promotion| promotion.code.clone());
    Facts::with_codes(&codes.filter(|code| !code.starts_with("C2")).collect::<Vec<_>>())
}

/// How many carts each law is tried on: `make fuzz` asks for a million, by proptest's own `PROPTEST_CASES`.
fn cases() -> u32 {
    ProptestConfig::default().cases.max(400)
}

fn of_shop(promotions: Vec<Promotion>, manners: Manners) -> Promotions {
    let promotions = Promotions::new(promotions).expect("promotions");
    promotions.with_manners(manners).expect("manners")
}

fn manners(codes_at_most: Option<u32>) -> Manners {
    Manners { codes_at_most, ..Manners::default() }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases()))]

    #[test]
    fn the_combination_is_the_best_of_all(
        lines in any_cart(), promotions in any_promotions(7), codes_at_most in prop::option::of(1..3_u32),
    ) {
        let facts = facts_of(&promotions);
        let most = codes_at_most.map_or(usize::MAX, |most| most as usize);
        let (saved, count) = brute_force(&lines, &facts, &promotions, most, None);
        let shop = of_shop(promotions.clone(), manners(codes_at_most));
        let cart = Cart::new(lines.clone()).expect("a cart");
        let receipt = price(&cart, &facts, NOW, &shop).expect("a receipt");
        prop_assert_eq!(receipt.search, Search::Exact);
        prop_assert_eq!(receipt.discount.minor(), saved);
        prop_assert_eq!(receipt.used.len(), count);
        for refused in &receipt.refused {
            if let Some(less) = refused.reason.less() {
                let (with, _) = brute_force(&lines, &facts, &promotions, most, Some(&refused.promotion));
                prop_assert_eq!(saved - with, less.minor(), "{:?}", refused);
            }
        }
    }

    #[test]
    fn a_walk_in_order_is_legal_and_no_better(lines in any_cart(), promotions in any_promotions(8)) {
        let facts = facts_of(&promotions);
        let cart = Cart::new(lines).expect("a cart");
        let best = price(&cart, &facts, NOW, &of_shop(promotions.clone(), manners(Some(1)))).expect("a receipt");
        let in_order = Manners { strategy: Manner::Priority, ..manners(Some(1)) };
        let walked = price(&cart, &facts, NOW, &of_shop(promotions, in_order)).expect("a receipt");
        prop_assert!(walked.discount <= best.discount);
        prop_assert!(walked.used.iter().filter(|used| used.code.is_some()).count() <= 1);
        prop_assert!(best.discount == Money::ZERO || walked.discount > Money::ZERO);
    }

    #[test]
    fn the_parts_equal_the_whole(
        lines in any_cart(), promotions in any_promotions(12), fee in prop::option::of(0..2_000_i64), added in any::<bool>(),
        units in 1..3_u32, to_the_shop in any::<bool>(),
    ) {
        let facts = facts_of(&promotions);
        let mut promotions = promotions;
        promotions.push(Promotion {
            applies_to: AppliesTo::Shipping, layer: Layer::Shipping, ..promotion("ship", percent(3_333))
        });
        let count = promotions.len();
        let other = Manners { halves: Halves::Shop, weights: Weights::WithTax, ..Manners::default() };
        let promotions = of_shop(promotions, if to_the_shop { other } else { Manners::default() });
        let mut cart = Cart::new(lines).expect("a cart").taxed(if added { Tax::Added } else { Tax::Included });
        if let Some(fee) = fee {
            cart = cart.shipped(Shipping { fee: money(fee), tax_rate: 1_900 }).expect("a fee");
        }
        let receipt = price(&cart, &facts, NOW, &promotions).expect("a receipt");
        let (mut total, mut tax) = (0, 0);
        for line in &receipt.lines {
            let off: i64 = line.discounts.iter().map(|share| share.amount.minor()).sum();
            prop_assert!(line.discounts.iter().all(|share| share.amount > Money::ZERO));
            prop_assert_eq!(line.subtotal.minor() - off, line.total.minor());
            prop_assert!(line.total >= Money::ZERO);
            total += line.total.minor();
            tax += line.tax.minor();
        }
        for (line, of) in receipt.lines.iter().zip(cart.lines()) {
            let floor = of.floor.min(of.unit_price).minor() * i64::from(of.quantity);
            prop_assert!(line.total.minor() >= floor, "no line is taken below its floor");
        }
        let shipping = receipt.shipping.clone().unwrap_or_default();
        let off: i64 = shipping.discounts.iter().map(|share| share.amount.minor()).sum();
        prop_assert_eq!(shipping.subtotal.minor() - off, shipping.total.minor());
        total += shipping.total.minor();
        tax += shipping.tax.minor();
        prop_assert_eq!(tax, receipt.tax.minor());
        let before = receipt.subtotal.minor() + shipping.subtotal.minor();
        prop_assert_eq!(before - receipt.discount.minor(), total);
        prop_assert_eq!(total + if added { tax } else { 0 }, receipt.total.minor());
        prop_assert_eq!(receipt.payable, receipt.total);
        for used in &receipt.used {
            let shares = receipt.lines.iter().flat_map(|line| &line.discounts).chain(&shipping.discounts);
            let of: i64 = shares.filter(|share| share.promotion == used.promotion).map(|share| share.amount.minor()).sum();
            prop_assert_eq!(of, used.amount.minor());
            prop_assert!(of > 0);
        }
        let mut named: Vec<&str> = receipt.used.iter().map(|used| used.promotion.as_str())
            .chain(receipt.refused.iter().map(|refused| refused.promotion.as_str())).collect();
        named.sort_unstable();
        named.dedup();
        prop_assert_eq!(named.len(), count, "each promotion is used or refused");
        prop_assert_eq!(receipt.used.len() + receipt.refused.len(), count);
        // Sent back unit by unit or in steps, all lines give back what was paid for them, and never more on the way.
        let (mut back, mut given) = (Vec::new(), 0);
        for line in &receipt.lines {
            let mut left = line.quantity;
            while left > 0 {
                let step = vec![refund::Returned { key: line.key.clone(), quantity: units.min(left) }];
                let refund = refund::refund(&receipt, &back, &step).expect("a refund");
                given += refund.total.minor();
                left -= units.min(left);
                back.extend(step);
            }
        }
        let paid: i64 = receipt.lines.iter().map(|line| line.total.minor() + if added { line.tax.minor() } else { 0 }).sum();
        prop_assert_eq!(given, paid);
    }

    #[test]
    fn order_changes_nothing(
        (lines, shuffled) in any_cart().prop_flat_map(|lines| (Just(lines.clone()), Just(lines).prop_shuffle())),
        (promotions, mixed) in any_promotions(8).prop_flat_map(|all| (Just(all.clone()), Just(all).prop_shuffle())),
    ) {
        let facts = facts_of(&promotions);
        let backwards: Vec<String> = facts.codes().iter().rev().map(|code| format!(" {} ", code.to_lowercase())).collect();
        let one = Promotions::new(promotions).expect("promotions");
        let other = Promotions::new(mixed).expect("promotions");
        prop_assert_eq!(one.to_bytes(), other.to_bytes());
        let receipt = price(&Cart::new(lines).expect("a cart"), &facts, NOW, &one).expect("a receipt");
        let again = price(&Cart::new(shuffled).expect("a cart"), &Facts::with_codes(&backwards), NOW, &other).expect("a receipt");
        prop_assert_eq!(postcard::to_allocvec(&receipt), postcard::to_allocvec(&again));
    }

    #[test]
    fn a_benefit_never_gives_more_on_less(
        benefit in any_benefit(), amount in 0..60_000_i64, less in 0..60_000_i64,
        prices in prop::collection::vec((0..9_000_i64, 1..4_u32, 0..2_u8), 1..6), drop in 0..9_000_i64, points in 0..900_u32,
        to_the_shop in any::<bool>(),
    ) {
        let part = || Part { of: Selector::default(), units: 2 };
        let bundle = Benefit::Bundle(Bundle { of: vec![part(), part()], price: money(9_000), times: 3 });
        let units = |drop: i64| -> Vec<Units> {
            let lines = prices.iter().map(|(price, count, part)| Units { price: (price - drop).max(0), count: *count, part: Some(*part) });
            lines.collect()
        };
        let halves = if to_the_shop { Halves::Shop } else { Halves::Shopper };
        let given = |benefit: &Benefit, amount: i64, units: &[Units]| {
            match benefit.give(Base { amount: money(amount), units, points, halves }) {
                Ok(Given::Off(off)) => off.minor(),
                _ => 0,
            }
        };
        for benefit in [&benefit.0, &bundle] {
            let lower = given(benefit, amount.min(less), &units(drop));
            prop_assert!(lower <= given(benefit, amount.max(less), &units(0)));
        }
    }

    #[test]
    fn sections_read_back_and_damage_never_panics(
        lines in any_cart(), promotions in any_promotions(4), flip in any::<prop::sample::Index>(), mask in 1..=255_u8,
    ) {
        let promotions = Promotions::new(promotions).expect("promotions");
        let mut bytes = promotions.to_bytes();
        prop_assert_eq!(Promotions::from_bytes(&bytes), Ok(promotions));
        let at = flip.index(bytes.len());
        bytes[at] ^= mask;
        if let Ok(read) = Promotions::from_bytes(&bytes) {
            // Whatever was accepted is whole: each rule passes the same checks as one that was written, and prices.
            prop_assert!(read.all().iter().all(|promotion| promotion.check().is_ok()));
            let facts = facts_of(read.all());
            let _ = price(&Cart::new(lines).expect("a cart"), &facts, NOW, &read);
        }
    }
}
