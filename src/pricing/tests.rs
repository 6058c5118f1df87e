//! The cases a reader of `docs/promotions.md` would try; [`laws`] has what holds for all carts and rules.

mod laws;
mod limits;
mod oracle;
mod rules;

use super::benefits::{Benefit, FixedAmount, Percent, Threshold};
use super::conditions::{Amount, Condition, Quantity, Window};
use super::*;
use crate::base::money::Money;
use alloc::format;
use alloc::string::ToString;
use alloc::vec;
use alloc::vec::Vec;

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
        ..Line::default()
    }
}

fn promotion(id: &str, benefit: Benefit) -> Promotion {
    Promotion { id: id.into(), benefit, ..Promotion::default() }
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
    price(&Cart::new(lines).expect("a cart"), &Facts::with_codes(codes), NOW, &promotions).expect("a receipt")
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
    let window = |opens: i64, closes: i64| {
        Condition::Window(Window { opens: Some(Timestamp(opens)), closes: Some(Timestamp(closes)) })
    };
    let mut early = promotion("early", off(100));
    early.conditions = vec![window(NOW.0 + 1, NOW.0 + 2)];
    let mut late = promotion("late", off(100));
    late.conditions = vec![window(NOW.0 - 2, NOW.0)];
    let mut other = promotion("other", off(100));
    other.target = brand("nobody");
    let mut units = promotion("units", off(100));
    units.conditions = vec![Condition::Quantity(Quantity { at_least: 5, of: None })];
    let mut lumen = promotion("lumen", off(3_000));
    lumen.target = brand("lumen");
    lumen.conditions = vec![Condition::Amount(Amount { at_least: money(19_900), of: None })];
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
    ends.conditions =
        vec![Condition::Window(Window { opens: Some(Timestamp(2)), closes: Some(Timestamp(1)) })];
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
    newer[0] = 99;
    assert_eq!(Promotions::from_bytes(&newer), Err(PromotionsError::Format(99)));
    assert_eq!(Promotions::from_bytes(&[]), Err(PromotionsError::Bytes));
}
