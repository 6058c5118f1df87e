//! What limits do to one another: the end of a search, of a cap, of a budget.

use super::super::benefits::{Benefit, FixedPrice, Next, Threshold, Voucher};
use super::super::manners::{OverBudget, Strategy, UnitBase};
use super::super::*;
use super::{NOW, brand, line, money, off, percent, priced, promotion, reason, threshold};
use alloc::format;
use alloc::vec;
use alloc::vec::Vec;

fn priced_by(manners: Manners, lines: Vec<Line>, promotions: Vec<Promotion>) -> Receipt {
    let promotions =
        Promotions::new(promotions).and_then(|all| all.with_manners(manners)).expect("promotions");
    price(&Cart::new(lines).expect("a cart"), &Facts::default(), NOW, &promotions).expect("a receipt")
}

#[test]
fn a_search_that_does_not_end_is_no_worse_than_a_walk_to_the_exclusive_one() {
    let lines = || vec![line("a", "small", 10_000, 1), line("b", "large", 100_000, 1)];
    let small = |at: u32| Promotion {
        target: brand("small"),
        priority: at,
        ..promotion(&format!("p{at:02}"), off(1_000))
    };
    let half = Promotion { exclusive: true, priority: 99, ..promotion("half", percent(5_000)) };
    let all = || (0..24).map(small).chain([half.clone()]).collect::<Vec<_>>();
    let by_priority = Manners { strategy: Strategy::Priority, ..Manners::default() };
    let walked = priced_by(by_priority, lines(), all());
    assert_eq!(walked.discount, money(55_000));
    assert_eq!(priced(lines(), &[], all()).discount, money(55_000));
}

#[test]
fn nothing_more_is_promised_than_is_left_to_take_off() {
    let all = (0..20).map(|at| promotion(&format!("p{at:02}"), off(1_000))).collect();
    let receipt = priced(vec![line("a", "x", 10_000, 1)], &[], all);
    assert_eq!((receipt.total, receipt.search), (money(0), Search::Exact));
}

#[test]
fn an_exclusive_one_beyond_its_budget_lets_others_by() {
    let budget = Some(Budget { spend: Some(money(5_000)), uses: None });
    let fifth = Promotion { exclusive: true, budget, ..promotion("a", percent(2_000)) };
    let manners =
        Manners { strategy: Strategy::Priority, over_budget: OverBudget::Refuse, ..Manners::default() };
    let receipt =
        priced_by(manners, vec![line("a", "x", 30_000, 1)], vec![fifth, promotion("b", off(1_000))]);
    assert_eq!(receipt.discount, money(1_000));
    assert_eq!(reason(&receipt, "a"), &Reason::BudgetSpent);
}

#[test]
fn what_comes_next_is_what_a_cap_a_floor_and_a_budget_leave() {
    let thrice = Benefit::Threshold(Threshold { spend: money(29_900), off: money(4_000), times: 3 });
    let next = |promotion: Promotion, over_budget| {
        let manners = Manners { over_budget, ..Manners::default() };
        priced_by(manners, vec![line("a", "x", 32_000, 1)], vec![promotion]).used[0].next
    };
    let plain = promotion("p", thrice);
    let more = |amount| Some(Next { missing: money(27_800), more: money(amount) });
    assert_eq!(next(plain.clone(), OverBudget::Clip), more(4_000));
    let capped = |cap| Promotion { cap: Some(money(cap)), ..plain.clone() };
    assert_eq!(next(capped(5_000), OverBudget::Clip), more(1_000));
    assert_eq!(next(capped(4_000), OverBudget::Clip), None);
    let of_budget =
        |spend| Promotion { budget: Some(Budget { spend: Some(money(spend)), uses: None }), ..plain.clone() };
    assert_eq!(next(of_budget(6_500), OverBudget::Clip), more(2_500));
    assert_eq!(next(of_budget(6_500), OverBudget::Refuse), None);
    // Of 598.00 a tenth may come off.
    let floored = Promotion { floor: Some(9_000), ..plain.clone() };
    assert_eq!(next(floored, OverBudget::Clip), more(5_980 - 3_200));
}

#[test]
fn a_voucher_pays_the_shipping_of_goods_that_cost_nothing_and_says_where_its_budget_is_spent() {
    let voucher = Promotion {
        budget: Some(Budget { spend: Some(money(500)), uses: None }),
        ..promotion("v", Benefit::Voucher(Voucher { amount: money(3_000) }))
    };
    let cart = |fee| {
        let shipping = Shipping { fee: money(fee), tax_rate: 0 };
        Cart::new(vec![line("a", "x", 1_000, 1)]).and_then(|cart| cart.shipped(shipping)).expect("a cart")
    };
    let free = || promotion("free", percent(10_000));
    let pays = |over_budget, fee| {
        let promotions = Promotions::new(vec![voucher.clone(), free()]);
        let manners = Manners { over_budget, ..Manners::default() };
        let promotions = promotions.and_then(|all| all.with_manners(manners)).expect("promotions");
        price(&cart(fee), &Facts::default(), NOW, &promotions).expect("a receipt")
    };
    assert_eq!(pays(OverBudget::Refuse, 400).payable, money(0));
    let beyond = pays(OverBudget::Refuse, 800);
    assert_eq!(beyond.payable, money(800));
    assert_eq!(reason(&beyond, "v"), &Reason::BudgetSpent);
    assert_eq!(pays(OverBudget::Clip, 800).payable, money(300));
    assert_eq!(reason(&pays(OverBudget::Clip, 0), "v"), &Reason::SavesNothing);
}

#[test]
fn what_a_unit_cost_before_is_asked_by_percentages_alone() {
    let of_units = |id: &str, benefit| Promotion { applies_to: AppliesTo::Unit, ..promotion(id, benefit) };
    let first = Promotion { priority: 0, ..promotion("first", off(3_000)) };
    let price = Benefit::FixedPrice(FixedPrice { price: money(9_900) });
    let manners = Manners { unit_base: UnitBase::Original, ..Manners::default() };
    let of = |benefit, cost| {
        let second = Promotion { priority: 1, ..of_units("second", benefit) };
        priced_by(manners.clone(), vec![line("a", "x", cost, 1)], vec![first.clone(), second]).total
    };
    assert_eq!(of(price.clone(), 12_000), money(9_000), "it costs less than 99 already");
    assert_eq!(of(price, 13_900), money(9_900));
    assert_eq!(of(percent(1_000), 12_000), money(7_800), "a tenth of 120.00");
    assert_eq!(of(threshold(9_000, 1_000), 12_000), money(8_000), "the 90.00 that are left reach it");
}
