//! Laws of pricing over random carts and rules, and the cases a reader of `docs/promotions.md` would try.

use super::benefits::{Benefit, FixedAmount, Percent, Threshold};
use super::conditions::Condition;
use super::*;
use crate::base::money::Money;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;
use proptest::prelude::*;
use proptest::sample::subsequence;

const NOW: Timestamp = Timestamp(1_795_000_000_000);

fn money(minor: i64) -> Money {
    Money::new(minor).expect("in range")
}

fn line(key: &str, brand: &str, unit_price: i64, quantity: u32) -> Line {
    Line {
        key: key.into(),
        item: format!("item-{key}"),
        brand: brand.into(),
        categories: vec![format!("category-{brand}"), "all".into()],
        unit_price: money(unit_price),
        list_price: money(unit_price),
        quantity,
    }
}

fn promotion(id: &str, benefit: Benefit) -> Promotion {
    Promotion {
        id: id.into(),
        code: None,
        layer: Layer::Order,
        priority: 0,
        group: None,
        exclusive: false,
        target: Selector::default(),
        conditions: vec![],
        benefit,
        cap: None,
        uses_per_account: None,
        budget: None,
    }
}

fn off(amount: i64) -> Benefit {
    Benefit::FixedAmount(FixedAmount { off: money(amount) })
}

fn percent(off: u32) -> Benefit {
    Benefit::Percent(Percent { off })
}

fn threshold(spend: i64, off: i64) -> Benefit {
    Benefit::Threshold(Threshold { spend: money(spend), off: money(off), times: 1 })
}

fn brand(id: &str) -> Selector {
    Selector { brands: vec![id.into()], ..Selector::default() }
}

fn priced(lines: Vec<Line>, codes: &[&str], promotions: Vec<Promotion>) -> Receipt {
    let promotions = Promotions::new(promotions).expect("promotions");
    price(&Cart::new(lines).expect("a cart"), codes, NOW, &promotions).expect("a receipt")
}

fn reason<'a>(receipt: &'a Receipt, id: &str) -> &'a Reason {
    &receipt.refused.iter().find(|refused| refused.promotion == id).expect("refused").reason
}

#[test]
fn limits_of_nothing_or_of_both_kinds_are_refused() {
    let refused = |uses_per_account, budget| {
        Promotion { uses_per_account, budget, ..promotion("p", off(1)) }.check().err().map(|error| error.path)
    };
    let budget = |uses, spend: Option<i64>| Some(Budget { uses, spend: spend.map(money) });
    assert_eq!(refused(Some(1), budget(Some(1), None)), None);
    assert_eq!(refused(None, budget(None, Some(1))), None);
    assert_eq!(refused(Some(0), None).as_deref(), Some("uses_per_account"));
    assert_eq!(refused(None, budget(Some(0), None)).as_deref(), Some("budget.uses"));
    assert_eq!(refused(None, budget(None, Some(0))).as_deref(), Some("budget.spend"));
    for both_or_none in [budget(Some(1), Some(1)), budget(None, None)] {
        assert_eq!(refused(None, both_or_none).as_deref(), Some("budget"));
    }
}

#[test]
fn a_discount_is_shared_by_largest_remainder() {
    let receipt = priced(
        vec![line("a", "x", 1_000, 1), line("b", "x", 1_000, 1), line("c", "x", 1_000, 1)],
        &[],
        vec![promotion("p", off(1_000))],
    );
    let totals: Vec<i64> = receipt.lines.iter().map(|line| line.total.minor()).collect();
    assert_eq!(totals, [666, 667, 667], "the odd cent goes to the first key");
    assert_eq!(receipt.total, money(2_000));
}

#[test]
fn the_better_of_two_in_a_group_is_taken_and_the_other_says_by_how_much() {
    let mut small = promotion("small", off(1_000));
    let mut large = promotion("large", percent(1_000));
    small.group = Some("one".into());
    large.group = Some("one".into());
    let receipt = priced(vec![line("a", "x", 16_100, 1)], &[], vec![small, large]);
    assert_eq!(receipt.used.iter().map(|used| used.promotion.as_str()).collect::<Vec<_>>(), ["large"]);
    let taken = Reason::GroupTaken { by: "large".into(), less: Some(money(610)) };
    assert_eq!(reason(&receipt, "small"), &taken);
}

#[test]
fn two_that_go_together_beat_an_exclusive_one_that_is_larger_than_either() {
    let mut alone = promotion("alone", off(5_000));
    alone.exclusive = true;
    let pair = [promotion("one", off(3_000)), promotion("two", off(3_000))];
    let receipt = priced(vec![line("a", "x", 10_000, 1)], &[], vec![alone, pair[0].clone(), pair[1].clone()]);
    assert_eq!(receipt.discount, money(6_000));
    let exclusive = Reason::Exclusive { with: "one".into(), less: Some(money(1_000)) };
    assert_eq!(reason(&receipt, "alone"), &exclusive);
}

#[test]
fn each_reason_tells_its_distance() {
    let mut coupon = promotion("coupon", off(100));
    coupon.code = Some("SUMMER20".into());
    let window = |opens: i64, closes: i64| Condition::Window {
        opens: Some(Timestamp(opens)),
        closes: Some(Timestamp(closes)),
    };
    let mut early = promotion("early", off(100));
    early.conditions = vec![window(NOW.0 + 1, NOW.0 + 2)];
    let mut late = promotion("late", off(100));
    late.conditions = vec![window(NOW.0 - 2, NOW.0)];
    let mut other = promotion("other", off(100));
    other.target = brand("nobody");
    let mut units = promotion("units", off(100));
    units.conditions = vec![Condition::Quantity { at_least: 5, of: None }];
    let mut lumen = promotion("lumen", off(3_000));
    lumen.target = brand("lumen");
    lumen.conditions = vec![Condition::Amount { at_least: money(19_900), of: None }];
    let full = promotion("full", threshold(29_900, 4_000));
    let tiny = promotion("tiny", percent(1));
    let cart = vec![line("a", "lumen", 1_200, 1), line("b", "x", 900, 2)];
    let receipt = priced(cart, &["summer19"], vec![coupon, early, late, other, units, lumen, full, tiny]);
    let expected = [
        ("coupon", Reason::CodeNotEntered),
        ("early", Reason::NotOpen { opens: Timestamp(NOW.0 + 1) }),
        ("full", Reason::AmountShort { missing: money(26_900) }),
        ("late", Reason::Ended { closed: NOW }),
        ("lumen", Reason::AmountShort { missing: money(18_700) }),
        ("other", Reason::NoLine),
        ("tiny", Reason::SavesNothing),
        ("units", Reason::QuantityShort { missing: 2 }),
    ];
    let refused: Vec<(&str, Reason)> =
        receipt.refused.iter().map(|refused| (refused.promotion.as_str(), refused.reason.clone())).collect();
    assert_eq!(refused, expected);
    assert_eq!(receipt.unknown_codes, ["SUMMER19"]);
    assert_eq!(receipt.refused[2].reason.shortfall(), Some(26_900));
}

#[test]
fn layers_and_priority_say_which_amounts_a_rule_looks_at() {
    let cart = || vec![line("a", "lumen", 20_000, 1), line("b", "x", 10_000, 1)];
    let mut line_layer = promotion("z-line", percent(1_000));
    line_layer.layer = Layer::Line;
    line_layer.target = brand("lumen");
    let ordered = promotion("a-order", percent(1_000));
    let receipt = priced(cart(), &[], vec![ordered, line_layer]);
    let used: Vec<(&str, i64)> =
        receipt.used.iter().map(|used| (used.promotion.as_str(), used.amount.minor())).collect();
    assert_eq!(used, [("z-line", 2_000), ("a-order", 2_800)]);
    // 300 is reached only where the threshold comes first.
    let mut first = promotion("threshold", threshold(30_000, 4_000));
    let mut then = promotion("percent", percent(1_000));
    then.priority = 1;
    assert_eq!(priced(cart(), &[], vec![first.clone(), then.clone()]).discount, money(6_600));
    first.priority = 2;
    let receipt = priced(cart(), &[], vec![first, then]);
    assert_eq!(
        receipt.discount,
        money(4_000),
        "the percentage first would leave too little for the threshold"
    );
    assert_eq!(reason(&receipt, "percent"), &Reason::NotBest { less: Some(money(1_000)) });
}

#[test]
fn a_cap_holds_and_a_free_cart_is_not_made_freer() {
    let mut capped = promotion("capped", percent(5_000));
    capped.cap = Some(money(700));
    assert_eq!(priced(vec![line("a", "x", 9_999, 1)], &[], vec![capped.clone()]).discount, money(700));
    let mut all = promotion("all", percent(10_000));
    all.priority = 1;
    let receipt = priced(vec![line("a", "x", 9_999, 1)], &[], vec![capped, all]);
    assert_eq!(receipt.total, Money::ZERO);
    assert_eq!(receipt.used.len(), 1, "of equal savings the one with fewer promotions");
    assert_eq!(reason(&receipt, "capped"), &Reason::NotBest { less: Some(Money::ZERO) });
}

#[test]
fn an_empty_cart_costs_nothing() {
    let receipt = priced(vec![], &[], vec![promotion("p", off(100))]);
    assert_eq!(receipt.total, Money::ZERO);
    assert_eq!(reason(&receipt, "p"), &Reason::NoLine);
}

#[test]
fn beyond_the_bound_the_receipt_states_the_gap_and_is_no_worse_than_a_walk_by_priority() {
    // Percentages in a row cannot be cut well: the search ends at its bound.
    let many: Vec<Promotion> = (0..40)
        .map(|at| {
            let mut one = promotion(&format!("p{at:02}"), percent(100 + at));
            one.priority = at;
            one.group = Some(format!("g{}", at / 2));
            one
        })
        .collect();
    let cart: Vec<Line> = (0..10).map(|at| line(&format!("l{at}"), "x", 1_234 + at, 3)).collect();
    let receipt = priced(cart.clone(), &[], many.clone());
    let Search::Bounded { gap } = receipt.search else { panic!("it should not have been searched whole") };
    assert!(gap > Money::ZERO && gap <= receipt.total);
    let by_priority: Vec<Promotion> = many.into_iter().step_by(2).collect();
    let priority = priced(cart, &[], by_priority);
    assert!(receipt.discount >= priority.discount);
    let untold = receipt.refused.iter().all(|refused| {
        matches!(&refused.reason, Reason::GroupTaken { less: None, .. } | Reason::NotBest { less: None })
    });
    assert!(untold, "no distance is claimed that was not proven");
}

#[test]
fn promotions_are_refused_with_path_and_reason() {
    let refused = |promotion: Promotion| Promotions::new(vec![promotion]).expect_err("nonsense").to_string();
    assert_eq!(
        refused(promotion("p", off(0))),
        "promotion \"p\": benefit.fixed_amount.off: is more than zero"
    );
    let mut ends = promotion("p", off(1));
    ends.conditions = vec![Condition::Window { opens: Some(Timestamp(2)), closes: Some(Timestamp(1)) }];
    assert_eq!(refused(ends), "promotion \"p\": conditions[0].window.closes: is not after it opens");
    let twice = vec![promotion("p", off(1)), promotion("p", off(2))];
    assert_eq!(Promotions::new(twice), Err(PromotionsError::Twice("p".into())));
    let coded = |id: &str| Promotion { code: Some("A".into()), ..promotion(id, off(1)) };
    assert!(matches!(
        Promotions::new(vec![coded("p"), coded("q")]),
        Err(PromotionsError::CodeTwice { code, .. }) if code == "A"
    ));
}

#[test]
fn a_newer_section_is_told_from_a_damaged_one() {
    let bytes = Promotions::new(vec![promotion("p", off(1))]).expect("promotions").to_bytes();
    assert_eq!(Promotions::from_bytes(&bytes[..bytes.len() - 1]), Err(PromotionsError::Bytes));
    let longer: Vec<u8> = bytes.iter().copied().chain([0]).collect();
    assert_eq!(Promotions::from_bytes(&longer), Err(PromotionsError::Bytes));
    let mut newer = bytes;
    newer[0] = 3;
    assert_eq!(Promotions::from_bytes(&newer), Err(PromotionsError::Format(3)));
    assert_eq!(Promotions::from_bytes(&[]), Err(PromotionsError::Bytes));
}

// ------------------------------------------------------------------ random carts and rules

const BRANDS: [&str; 3] = ["x", "y", "z"];

fn any_cart() -> impl Strategy<Value = Vec<Line>> {
    prop::collection::vec((0..3_usize, 0..20_000_i64, 1..4_u32), 0..6).prop_map(|rows| {
        let named = rows.into_iter().enumerate();
        named.map(|(at, (of, price, units))| line(&format!("l{at}"), BRANDS[of], price, units)).collect()
    })
}

fn any_selector() -> impl Strategy<Value = Selector> {
    subsequence(BRANDS.to_vec(), 0..=2).prop_map(|brands| Selector {
        brands: brands.into_iter().map(String::from).collect(),
        ..Selector::default()
    })
}

fn any_benefit() -> impl Strategy<Value = Benefit> {
    prop_oneof![
        (1..=10_000_u32).prop_map(percent),
        (1..9_000_i64).prop_map(off),
        (1..20_000_i64, 1..=100_i64, 1..4_u32).prop_map(|(spend, part, times)| {
            let off = money((spend * part / 100).max(1));
            Benefit::Threshold(Threshold { spend: money(spend), off, times })
        }),
    ]
}

fn any_condition() -> impl Strategy<Value = Condition> {
    prop_oneof![
        (1..30_000_i64, prop::option::of(any_selector()))
            .prop_map(|(at_least, of)| Condition::Amount { at_least: money(at_least), of }),
        (1..6_u32, prop::option::of(any_selector()))
            .prop_map(|(at_least, of)| Condition::Quantity { at_least, of }),
        (-2..2_i64).prop_map(|at| Condition::Window {
            opens: Some(Timestamp(NOW.0 + at)),
            closes: Some(Timestamp(NOW.0 + at + 2)),
        }),
    ]
}

fn any_promotions(most: usize) -> impl Strategy<Value = Vec<Promotion>> {
    let rule = (
        any_benefit(),
        any_selector(),
        prop::collection::vec(any_condition(), 0..2),
        prop::option::of(1..5_000_i64),
        prop::option::weighted(0.3, 0..2_u8),
        prop::bool::weighted(0.1),
        (prop::bool::ANY, 0..3_u32, prop::option::weighted(0.3, 0..3_u8)),
    );
    prop::collection::vec(rule, 0..=most).prop_map(|rules| {
        let named = rules.into_iter().enumerate();
        named
            .map(|(at, (benefit, target, conditions, cap, group, exclusive, (of_line, priority, coded)))| {
                Promotion {
                    id: format!("p{at}"),
                    code: coded.map(|code| format!("C{code}-{at}")),
                    layer: if of_line { Layer::Line } else { Layer::Order },
                    priority,
                    group: group.map(|group| format!("g{group}")),
                    exclusive,
                    target,
                    conditions,
                    benefit,
                    cap: cap.map(money),
                    uses_per_account: None,
                    budget: None,
                }
            })
            .collect()
    })
}

/// Codes of the first two kinds are entered, those of the third are not.
fn codes_of(promotions: &[Promotion]) -> Vec<String> {
    let codes = promotions.iter().filter_map(|promotion| promotion.code.clone());
    codes.filter(|code| !code.starts_with("C2")).collect()
}

/// What the best legal combination saves, and how few promotions it needs, by trying every subset with plain
/// arithmetic of its own.
fn brute_force(lines: &[Line], codes: &[String], promotions: &[Promotion]) -> (i64, usize) {
    let mut lines = lines.to_vec();
    lines.sort_by(|a, b| a.key.cmp(&b.key));
    let mut ordered: Vec<&Promotion> = promotions.iter().collect();
    ordered.sort_by_key(|promotion| (promotion.layer, promotion.priority, promotion.id.clone()));
    let mut best = (0, 0);
    for subset in 0_u32..1 << ordered.len() {
        let chosen: Vec<&Promotion> =
            (0..ordered.len()).filter(|at| subset >> at & 1 == 1).map(|at| ordered[at]).collect();
        if let Some(saved) = saved_by(&lines, codes, &chosen)
            && (saved > best.0 || (saved == best.0 && chosen.len() < best.1))
        {
            best = (saved, chosen.len());
        }
    }
    best
}

fn saved_by(lines: &[Line], codes: &[String], chosen: &[&Promotion]) -> Option<i64> {
    let together = |one: &Promotion, other: &Promotion| one.group.is_some() && one.group == other.group;
    for (at, one) in chosen.iter().enumerate() {
        let alone = one.exclusive && chosen.len() > 1;
        let coded = one.code.as_ref().is_some_and(|code| !codes.contains(code));
        if alone || coded || chosen[..at].iter().any(|other| together(one, other)) {
            return None;
        }
    }
    let mut left: Vec<i64> =
        lines.iter().map(|line| line.unit_price.minor() * i64::from(line.quantity)).collect();
    let whole: i64 = left.iter().sum();
    for promotion in chosen {
        let of = |selector: &Selector| -> Vec<usize> {
            (0..lines.len()).filter(|at| selector.matches(&lines[*at])).collect()
        };
        let target = of(&promotion.target);
        let amount = |places: &[usize], left: &[i64]| places.iter().map(|at| left[*at]).sum::<i64>();
        for condition in &promotion.conditions {
            let holds = match condition {
                Condition::Amount { at_least, of: lines } => {
                    amount(&lines.as_ref().map_or(target.clone(), of), &left) >= at_least.minor()
                }
                Condition::Quantity { at_least, of: chosen } => {
                    let places = chosen.as_ref().map_or(target.clone(), of);
                    places.iter().map(|at| lines[*at].quantity).sum::<u32>() >= *at_least
                }
                Condition::Window { opens, closes } => {
                    opens.is_none_or(|opens| opens <= NOW) && closes.is_none_or(|closes| NOW < closes)
                }
            };
            if !holds {
                return None;
            }
        }
        let base = amount(&target, &left);
        let given = match &promotion.benefit {
            Benefit::Percent(percent) => (base * i64::from(percent.off) + 5_000) / 10_000,
            Benefit::FixedAmount(fixed) => fixed.off.minor(),
            Benefit::Threshold(threshold) => {
                threshold.off.minor() * (base / threshold.spend.minor()).min(i64::from(threshold.times))
            }
        };
        let given = given.min(base).min(promotion.cap.map_or(base, Money::minor));
        if given <= 0 {
            return None;
        }
        // Largest remainder, ties to the earlier key.
        let mut shares: Vec<(i64, i64, usize)> =
            target.iter().map(|at| (given * left[*at] / base, given * left[*at] % base, *at)).collect();
        let spare = given - shares.iter().map(|share| share.0).sum::<i64>();
        shares.sort_by_key(|share| (-share.1, share.2));
        for (place, share) in shares.into_iter().enumerate() {
            left[share.2] -= share.0 + i64::from((place as i64) < spare);
        }
    }
    Some(whole - left.iter().sum::<i64>())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn the_combination_is_the_best_of_all(lines in any_cart(), promotions in any_promotions(7)) {
        let codes = codes_of(&promotions);
        let (saved, count) = brute_force(&lines, &codes, &promotions);
        let promotions = Promotions::new(promotions).expect("promotions");
        let receipt = price(&Cart::new(lines).expect("a cart"), &codes, NOW, &promotions).expect("a receipt");
        prop_assert_eq!(receipt.search, Search::Exact);
        prop_assert_eq!(receipt.discount.minor(), saved);
        prop_assert_eq!(receipt.used.len(), count);
    }

    #[test]
    fn the_parts_equal_the_whole(lines in any_cart(), promotions in any_promotions(12)) {
        let codes = codes_of(&promotions);
        let count = promotions.len();
        let promotions = Promotions::new(promotions).expect("promotions");
        let receipt = price(&Cart::new(lines).expect("a cart"), &codes, NOW, &promotions).expect("a receipt");
        let mut total = 0;
        for line in &receipt.lines {
            let off: i64 = line.discounts.iter().map(|share| share.amount.minor()).sum();
            prop_assert!(line.discounts.iter().all(|share| share.amount > Money::ZERO));
            prop_assert_eq!(line.subtotal.minor() - off, line.total.minor());
            prop_assert!(line.total >= Money::ZERO);
            total += line.total.minor();
        }
        prop_assert_eq!(total, receipt.total.minor());
        prop_assert_eq!(receipt.subtotal.minor() - receipt.discount.minor(), total);
        for used in &receipt.used {
            let shares = receipt.lines.iter().flat_map(|line| &line.discounts);
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
    }

    #[test]
    fn order_changes_nothing(
        (lines, shuffled) in any_cart().prop_flat_map(|lines| (Just(lines.clone()), Just(lines).prop_shuffle())),
        (promotions, mixed) in any_promotions(8).prop_flat_map(|all| (Just(all.clone()), Just(all).prop_shuffle())),
    ) {
        let codes = codes_of(&promotions);
        let backwards: Vec<String> = codes.iter().rev().map(|code| format!(" {} ", code.to_lowercase())).collect();
        let one = Promotions::new(promotions).expect("promotions");
        let other = Promotions::new(mixed).expect("promotions");
        prop_assert_eq!(one.to_bytes(), other.to_bytes());
        let receipt = price(&Cart::new(lines).expect("a cart"), &codes, NOW, &one).expect("a receipt");
        let again = price(&Cart::new(shuffled).expect("a cart"), &backwards, NOW, &other).expect("a receipt");
        prop_assert_eq!(postcard::to_allocvec(&receipt), postcard::to_allocvec(&again));
    }

    #[test]
    fn a_benefit_never_gives_more_on_less(benefit in any_benefit(), amount in 0..60_000_i64, less in 0..60_000_i64) {
        let given = |amount: i64| match benefit.discount(benefits::Base { amount: money(amount) }) {
            Ok(benefits::Given::Off(off)) => off.minor(),
            _ => 0,
        };
        prop_assert!(given(amount.min(less)) <= given(amount.max(less)));
    }

    #[test]
    fn sections_read_back_and_damage_never_panics(
        promotions in any_promotions(4), flip in any::<prop::sample::Index>(), mask in 1..=255_u8,
    ) {
        let promotions = Promotions::new(promotions).expect("promotions");
        let mut bytes = promotions.to_bytes();
        prop_assert_eq!(Promotions::from_bytes(&bytes), Ok(promotions));
        let at = flip.index(bytes.len());
        bytes[at] ^= mask;
        if let Ok(read) = Promotions::from_bytes(&bytes) {
            // Whatever was accepted is whole: each rule passes the same checks as one that was written.
            prop_assert!(read.all().iter().all(|promotion| promotion.check().is_ok()));
        }
    }
}
