//! One case for each kind of condition, benefit and limit.

use super::super::benefits::*;
use super::super::conditions::*;
use super::super::manners::{CategoryTax, OverBudget, Taxes};
use super::super::refund::{RefundError, Returned, refund};
use super::super::*;
use super::{NOW, brand, line, money, off, percent, priced, promotion, reason};
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

fn priced_with(lines: Vec<Line>, facts: &Facts, promotions: Vec<Promotion>) -> Receipt {
    let promotions = Promotions::new(promotions).expect("promotions");
    price(&Cart::new(lines).expect("a cart"), facts, NOW, &promotions).expect("a receipt")
}

fn on_condition(condition: Condition) -> Promotion {
    Promotion { conditions: vec![condition], ..promotion("p", off(100)) }
}

fn ids(of: &[&str]) -> Vec<String> {
    of.iter().map(|id| String::from(*id)).collect()
}

#[test]
fn each_account_fact_is_asked_for_and_a_guest_is_told_what_is_missing() {
    let member = Facts {
        account: Account { tier: 2, groups: ids(&["staff"]), orders: Some(0), ..Account::default() },
        payment: Some("card".into()),
        channel: Some("app".into()),
        week_minute: Some(600),
        ..Facts::with_codes(&["spring"])
    };
    let cases = [
        (Condition::Tier(Tier { at_least: 2 }), Reason::TierShort { at_least: 2 }),
        (Condition::CustomerGroup(CustomerGroup { any_of: ids(&["staff", "press"]) }), Reason::OtherGroup),
        (Condition::OrderNumber(OrderNumber { is: 1 }), Reason::OtherOrder { is: 1 }),
        (Condition::Payment(Payment { any_of: ids(&["card"]) }), Reason::OtherPayment),
        (Condition::Channel(Channel { any_of: ids(&["app"]) }), Reason::OtherChannel),
        (Condition::Hours(Hours { days: 1, from: 600, until: 601 }), Reason::Hours),
        (Condition::Code(Code { any_of: ids(&["SPRING"]) }), Reason::CodeNotEntered),
    ];
    let cart = || vec![line("a", "x", 1_000, 1)];
    for (condition, missing) in cases {
        let kind = condition.kind();
        let receipt = priced_with(cart(), &member, vec![on_condition(condition.clone())]);
        assert_eq!(receipt.discount, money(100), "{kind}");
        assert_eq!(receipt.unknown_codes.is_empty(), kind == "code", "{kind}");
        let guest = priced(cart(), &[], vec![on_condition(condition)]);
        assert_eq!(reason(&guest, "p"), &missing, "{kind}");
    }
}

#[test]
fn conditions_stand_in_one_another() {
    let selected = |of: Selector| Condition::Quantity(Quantity { at_least: 1, of: Some(of) });
    let rule = || Promotion {
        conditions: vec![
            Condition::Any(2),
            Condition::Amount(Amount { at_least: money(5_000), of: None }),
            Condition::All(2),
            selected(brand("x")),
            selected(brand("y")),
            Condition::Not(1),
            selected(brand("z")),
        ],
        ..promotion("p", off(100))
    };
    let used = |lines: Vec<Line>| priced(lines, &[], vec![rule()]).used.len() == 1;
    assert!(used(vec![line("a", "x", 5_000, 1)]), "enough is spent");
    assert!(used(vec![line("a", "x", 10, 1), line("b", "y", 190, 1)]), "or both brands are there");
    assert!(!used(vec![line("a", "x", 4_999, 1)]));
    assert!(!used(vec![line("a", "x", 5_000, 1), line("c", "z", 10, 1)]), "but never with the third");
    let short = priced(vec![line("a", "x", 4_000, 1)], &[], vec![rule()]);
    assert_eq!(reason(&short, "p"), &Reason::AmountShort { missing: money(1_000) });
    let excepted = priced(vec![line("a", "x", 5_000, 1), line("c", "z", 10, 1)], &[], vec![rule()]);
    assert_eq!(reason(&excepted, "p"), &Reason::Excepted);
    let torn =
        Promotion { conditions: vec![Condition::Any(2), selected(brand("x"))], ..promotion("p", off(1)) };
    assert_eq!(torn.check().map_err(|error| error.path), Err("conditions".into()));
}

#[test]
fn a_fact_that_nobody_handed_in_holds_neither_so_nor_otherwise() {
    let unless =
        |condition| Promotion { conditions: vec![Condition::Not(1), condition], ..promotion("p", off(100)) };
    let refused = |rule: Promotion, facts: &Facts| {
        let receipt = priced_with(vec![line("a", "x", 1_000, 1)], facts, vec![rule]);
        receipt.refused.first().map(|refused| refused.reason.clone())
    };
    let nothing = Facts::default();
    let cash = || unless(Condition::Payment(Payment { any_of: ids(&["cash"]) }));
    assert_eq!(refused(cash(), &nothing), Some(Reason::OtherPayment));
    let paid = |by: &str| Facts { payment: Some(by.into()), ..Facts::default() };
    assert_eq!(refused(cash(), &paid("cash")), Some(Reason::Excepted));
    assert_eq!(refused(cash(), &paid("card")), None);
    let app = || unless(Condition::Channel(Channel { any_of: ids(&["app"]) }));
    assert_eq!(refused(app(), &nothing), Some(Reason::OtherChannel));
    let first = || unless(Condition::OrderNumber(OrderNumber { is: 1 }));
    assert_eq!(refused(first(), &nothing), Some(Reason::OtherOrder { is: 1 }));
    // A guest has no tier and is of no group: that is known.
    assert_eq!(refused(unless(Condition::Tier(Tier { at_least: 1 })), &nothing), None);
    let deep = vec![Condition::Not(1), Condition::Any(2), Condition::Tier(Tier { at_least: 1 })];
    let deep = [deep, cash().conditions.split_off(1)].concat();
    let rule = Promotion { conditions: deep, ..promotion("p", off(100)) };
    assert_eq!(refused(rule, &nothing), Some(Reason::OtherPayment), "however deep");
}

#[test]
fn what_a_bundle_saves_is_shared_by_the_units_that_it_is_made_of() {
    let part = |id: &str| Part { of: brand(id), units: 1 };
    let bundle =
        Benefit::Bundle(Bundle { of: vec![part("coat"), part("shoe")], price: money(20_000), times: 1 });
    let cart = vec![
        line("dear", "coat", 30_000, 1),
        line("boots", "shoe", 15_000, 1),
        line("plain", "coat", 16_100, 2),
        line("odd", "shoe", 3_333, 1),
    ];
    let totals = |promotion: Promotion| -> Vec<i64> {
        // By their keys.
        priced(cart.clone(), &[], vec![promotion]).lines.iter().map(|line| line.total.minor()).collect()
    };
    assert_eq!(totals(promotion("p", bundle.clone())), [6_667, 13_333, 3_333, 32_200]);
    let capped = Promotion { cap: Some(money(9_000)), ..promotion("p", bundle.clone()) };
    assert_eq!(totals(capped), [12_000, 24_000, 3_333, 32_200]);
    // None below half of what it costs: less comes off than the bundle would save.
    let floored = Promotion { floor: Some(5_000), ..promotion("p", bundle) };
    assert_eq!(totals(floored), [7_500, 15_000, 3_333, 32_200]);
    let pairs =
        Benefit::Bundle(Bundle { of: vec![part("coat"), part("shoe")], price: money(20_000), times: 9 });
    // A second one of 161.00 and 33.33 costs less than the bundle.
    assert_eq!(totals(promotion("p", pairs)), [6_667, 13_333, 3_333, 32_200]);
}

#[test]
fn a_window_under_any_does_not_close_a_promotion() {
    let window = |closes| Condition::Window(Window { opens: None, closes: Some(Timestamp(closes)) });
    let mut rule = promotion("p", off(1));
    rule.conditions = vec![Condition::Any(2), Condition::All(1), window(5), window(7), window(9)];
    assert_eq!(rule.closes(), Some(Timestamp(9)));
    assert!(rule.is_open(Timestamp(8)));
    assert!(!rule.is_open(Timestamp(9)));
}

#[test]
fn what_it_applies_to_says_where_a_rule_rounds() {
    let cart = || vec![line("a", "x", 105, 3), line("b", "y", 105, 1)];
    let of = |applies_to, benefit| {
        let layer = if applies_to == AppliesTo::Order { Layer::Order } else { Layer::Line };
        priced(cart(), &[], vec![Promotion { layer, applies_to, ..promotion("p", benefit) }]).discount.minor()
    };
    assert_eq!(of(AppliesTo::Order, percent(1_000)), 42, "10 % of 4.20");
    assert_eq!(of(AppliesTo::Line, percent(1_000)), 32 + 11, "10 % of 3.15 and of 1.05");
    assert_eq!(of(AppliesTo::Unit, percent(1_000)), 4 * 11, "10 % of 1.05, four times");
    assert_eq!(of(AppliesTo::Order, off(10)), 10);
    assert_eq!(of(AppliesTo::Line, off(10)), 20);
    assert_eq!(of(AppliesTo::Unit, off(10)), 40);
    let price = |price| Benefit::FixedPrice(FixedPrice { price: money(price) });
    assert_eq!(of(AppliesTo::Unit, price(99)), 24);
    assert_eq!(of(AppliesTo::Unit, price(120)), 0, "nothing is made dearer");
    assert_eq!(of(AppliesTo::Line, price(99)), 216 + 6);
}

#[test]
fn floors_hold_and_the_others_take_what_is_left() {
    let mut floored = line("a", "x", 5_000, 1);
    floored.floor = money(4_500);
    let receipt = priced(vec![floored, line("b", "y", 2_000, 1)], &[], vec![promotion("p", off(2_000))]);
    let totals: Vec<i64> = receipt.lines.iter().map(|line| line.total.minor()).collect();
    assert_eq!(totals, [4_500, 500]);
    let half = Promotion { floor: Some(5_000), ..promotion("p", off(9_999)) };
    let receipt = priced(vec![line("a", "x", 333, 1)], &[], vec![half]);
    assert_eq!(receipt.total, money(167), "half of 3.33, rounded up");
}

#[test]
fn shipping_is_reduced_last_and_by_itself() {
    let free = Promotion {
        applies_to: AppliesTo::Shipping,
        layer: Layer::Shipping,
        conditions: vec![Condition::Amount(Amount { at_least: money(10_000), of: None })],
        ..promotion("ship", percent(10_000))
    };
    let half = promotion("half", percent(5_000));
    let promotions = Promotions::new(vec![free, half]).expect("promotions");
    let priced = |amount| {
        let cart = Cart::new(vec![line("a", "x", amount, 1)]).expect("a cart");
        let cart = cart.shipped(Shipping { fee: money(1_000), tax_rate: 0 }).expect("a fee");
        price(&cart, &Facts::default(), NOW, &promotions).expect("a receipt")
    };
    let receipt = priced(20_000);
    assert_eq!((receipt.total, receipt.shipping.map(|fee| fee.total)), (money(10_000), Some(money(0))));
    let receipt = priced(12_000);
    assert_eq!(receipt.total, money(7_000), "half leaves too little for free shipping");
    let receipt = priced(9_000);
    assert_eq!(reason(&receipt, "ship"), &Reason::AmountShort { missing: money(1_000) });
    let unknown =
        Promotion { applies_to: AppliesTo::Shipping, layer: Layer::Shipping, ..promotion("p", off(1)) };
    let receipt = super::priced(vec![line("a", "x", 1, 1)], &[], vec![unknown]);
    assert_eq!(reason(&receipt, "p"), &Reason::NoShipping);
}

#[test]
fn gifts_and_points_are_given_besides_and_change_no_price() {
    let gift = Gift { item: "pouch".into(), units: 2, worth: money(500) };
    let double = PointsMultiplier { times: 200, worth: money(100) };
    let mut gift = promotion("gift", Benefit::Gift(gift));
    let points = promotion("points", Benefit::PointsMultiplier(double));
    let tenth = promotion("tenth", percent(1_000));
    let cart = || vec![line("a", "x", 4_000, 1)];
    let receipt = priced(cart(), &[], vec![gift.clone(), points, tenth.clone()]);
    assert_eq!(receipt.total, money(3_600));
    assert_eq!((receipt.gifts[0].item.as_str(), receipt.gifts[0].quantity), ("pouch", 2));
    assert_eq!((receipt.points[0].times, receipt.points[0].amount), (200, money(3_600)));
    // Where one must be chosen, worth counts: 5.00 is more than the tenth of 40.00.
    gift.not_with = ids(&["tenth"]);
    let receipt = priced(cart(), &[], vec![gift, tenth]);
    assert_eq!(receipt.total, money(4_000));
    let less = Some(money(100));
    assert_eq!(reason(&receipt, "tenth"), &Reason::NotWith { with: "gift".into(), less });
}

#[test]
fn points_are_spent_in_whole_steps() {
    let redeemed =
        promotion("points", Benefit::RedeemedPoints(RedeemedPoints { points: 100, off: money(100) }));
    let facts = Facts { account: Account { points: 350, ..Account::default() }, ..Facts::default() };
    let receipt = priced_with(vec![line("a", "x", 1_000, 1)], &facts, vec![redeemed.clone()]);
    assert_eq!((receipt.total, receipt.points_spent), (money(700), 300));
    let capped = Promotion { cap: Some(money(250)), ..redeemed.clone() };
    let receipt = priced_with(vec![line("a", "x", 1_000, 1)], &facts, vec![capped]);
    assert_eq!(
        (receipt.total, receipt.points_spent),
        (money(800), 200),
        "none is spent for a part of a step"
    );
    let other = Promotion { id: "others".into(), ..redeemed.clone() };
    let both = priced_with(vec![line("a", "x", 1_000, 1)], &facts, vec![redeemed.clone(), other]);
    assert_eq!((both.total, both.points_spent), (money(700), 300), "no point is spent twice");
    let each = Promotion { applies_to: AppliesTo::Line, layer: Layer::Line, ..redeemed.clone() };
    assert_eq!(each.check().map_err(|error| error.path), Err("applies_to".into()));
    let guest = priced(vec![line("a", "x", 1_000, 1)], &[], vec![redeemed]);
    assert_eq!(reason(&guest, "points"), &Reason::PointsShort { missing: 100 });
}

#[test]
fn a_voucher_pays_and_takes_nothing_off() {
    let voucher = |id: &str, amount| Promotion {
        code: Some(id.to_ascii_uppercase()),
        ..promotion(id, Benefit::Voucher(Voucher { amount: money(amount) }))
    };
    let all = || vec![voucher("v1", 3_000), voucher("v2", 9_000), promotion("tenth", percent(1_000))];
    let receipt = priced(vec![line("a", "x", 10_000, 1)], &["v1", "v2"], all());
    assert_eq!((receipt.discount, receipt.total, receipt.payable), (money(1_000), money(9_000), money(0)));
    let paid: Vec<i64> = receipt.tenders.iter().map(|tender| tender.amount.minor()).collect();
    assert_eq!(paid, [3_000, 6_000], "the second pays what the first left");
    let one = priced(vec![line("a", "x", 10_000, 1)], &["v1"], all());
    assert_eq!((one.total, one.payable), (money(9_000), money(6_000)));
}

#[test]
fn limits_of_an_account_and_of_all_are_kept() {
    let limited =
        |uses_per_account, budget| Promotion { uses_per_account, budget, ..promotion("p", off(500)) };
    let cart = || vec![line("a", "x", 1_000, 1)];
    let used = |left| Facts {
        account: Account { uses_left: vec![("p".into(), left)], ..Account::default() },
        ..Facts::default()
    };
    assert_eq!(priced_with(cart(), &used(1), vec![limited(Some(1), None)]).discount, money(500));
    let up = priced_with(cart(), &used(0), vec![limited(Some(1), None)]);
    assert_eq!(reason(&up, "p"), &Reason::UsedUp { of: 1 });
    let whole = Some(Budget { spend: Some(money(9_999)), uses: None });
    let left = |spend| Facts {
        budget_left: vec![("p".into(), Budget { spend: Some(money(spend)), uses: None })],
        ..Facts::default()
    };
    assert_eq!(priced_with(cart(), &left(200), vec![limited(None, whole)]).discount, money(200), "cut short");
    let spent = priced_with(cart(), &left(0), vec![limited(None, whole)]);
    assert_eq!(reason(&spent, "p"), &Reason::BudgetSpent);
    let refuse = Manners { over_budget: OverBudget::Refuse, ..Manners::default() };
    let promotions = Promotions::new(vec![limited(None, whole)]).and_then(|all| all.with_manners(refuse));
    let cart = Cart::new(cart()).expect("a cart");
    let receipt = price(&cart, &left(200), NOW, &promotions.expect("promotions")).expect("a receipt");
    assert_eq!(receipt.discount, money(0));
    assert_eq!(reason(&receipt, "p"), &Reason::BudgetSpent);
}

#[test]
fn what_is_beyond_its_budget_alone_may_fit_behind_another() {
    let tenth = Promotion {
        priority: 1,
        budget: Some(Budget { spend: Some(money(950)), uses: None }),
        ..promotion("tenth", percent(1_000))
    };
    let refuse = Manners { over_budget: OverBudget::Refuse, ..Manners::default() };
    let promotions = Promotions::new(vec![promotion("first", off(1_000)), tenth]);
    let promotions = promotions.and_then(|all| all.with_manners(refuse)).expect("promotions");
    let cart = Cart::new(vec![line("a", "x", 10_000, 1)]).expect("a cart");
    let receipt = price(&cart, &Facts::default(), NOW, &promotions).expect("a receipt");
    // A tenth of 100.00 is beyond 9.50, a tenth of the 90.00 left is not.
    assert_eq!(receipt.discount, money(1_900));
}

#[test]
fn codes_are_limited_where_the_shop_says_so() {
    let coupon =
        |id: &str, amount| Promotion { code: Some(id.to_ascii_uppercase()), ..promotion(id, off(amount)) };
    let manners = Manners { codes_at_most: Some(1), ..Manners::default() };
    let all = Promotions::new(vec![coupon("a", 100), coupon("b", 300), promotion("c", off(50))]);
    let all = all.and_then(|all| all.with_manners(manners)).expect("promotions");
    let cart = Cart::new(vec![line("l", "x", 1_000, 1)]).expect("a cart");
    let receipt = price(&cart, &Facts::with_codes(&["a", "b"]), NOW, &all).expect("a receipt");
    assert_eq!(receipt.discount, money(350));
    assert_eq!(reason(&receipt, "a"), &Reason::CodesTaken { less: Some(money(200)) });
}

#[test]
fn tax_is_worked_out_after_discounts_once_a_rate() {
    let taxed = |key: &str, price, rate| Line { tax_rate: rate, ..line(key, "x", price, 1) };
    let lines = || vec![taxed("a", 1_000, 1_900), taxed("b", 1_000, 1_900), taxed("c", 1_000, 700)];
    let promotions = Promotions::new(vec![promotion("p", off(300))]).expect("promotions");
    let of = |tax| {
        let cart = Cart::new(lines()).expect("a cart").taxed(tax);
        price(&cart, &Facts::default(), NOW, &promotions).expect("a receipt")
    };
    let added = of(Tax::Added);
    // 19 % of 18.00 is 3.42, 7 % of 9.00 is 0.63.
    assert_eq!((added.tax, added.total), (money(342 + 63), money(2_700 + 405)));
    let included = of(Tax::Included);
    // 18.00 hold 2.87 at 19 %, and 9.00 hold 0.59 at 7 %.
    assert_eq!((included.tax, included.total), (money(287 + 59), money(2_700)));
    let taxes: Vec<i64> = included.lines.iter().map(|line| line.tax.minor()).collect();
    assert_eq!(taxes, [144, 143, 59]);
    let taxes = Taxes {
        rate: 1_300,
        categories: vec![CategoryTax { category: "food".into(), rate: 900 }],
        ..Taxes::default()
    };
    assert_eq!((taxes.of(&ids(&["tea", "food"])), taxes.of(&ids(&["coats"]))), (900, 1_300));
}

#[test]
fn a_refund_uses_the_stored_shares_and_never_gives_more_than_was_paid() {
    let voucher = Promotion { ..promotion("v", Benefit::Voucher(Voucher { amount: money(500) })) };
    let receipt = priced(
        vec![line("a", "x", 333, 3), line("b", "y", 1_000, 1)],
        &[],
        vec![promotion("p", off(100)), voucher],
    );
    let back = |key: &str, quantity| vec![Returned { key: key.into(), quantity }];
    let paid = receipt.lines[0].total.minor();
    let first = refund(&receipt, &[], &back("a", 1)).expect("a refund");
    assert_eq!(first.total.minor(), paid / 3);
    let rest = refund(&receipt, &back("a", 1), &back("a", 2)).expect("a refund");
    assert_eq!(first.total.minor() + rest.total.minor(), paid);
    let other = refund(&receipt, &back("a", 3), &back("b", 1)).expect("a refund");
    let to_vouchers: i64 = [&first, &rest, &other].iter().map(|refund| refund.to_vouchers.minor()).sum();
    assert_eq!(to_vouchers, 500, "what a voucher paid goes back to it");
    let too_many = RefundError::TooMany { key: "a".into(), quantity: 3, left: 2 };
    assert_eq!(refund(&receipt, &back("a", 1), &back("a", 3)), Err(too_many));
    assert_eq!(refund(&receipt, &[], &back("z", 1)), Err(RefundError::Unknown("z".into())));
}

#[test]
fn what_does_not_fit_together_is_refused_with_its_path() {
    let refused = |promotion: Promotion| promotion.check().expect_err("nonsense").path;
    let of_line =
        |benefit| Promotion { applies_to: AppliesTo::Line, layer: Layer::Line, ..promotion("p", benefit) };
    let voucher = Benefit::Voucher(Voucher { amount: money(1) });
    assert_eq!(refused(of_line(voucher.clone())), "applies_to");
    assert_eq!(refused(Promotion { exclusive: true, ..promotion("p", voucher) }), "group");
    assert_eq!(refused(Promotion { applies_to: AppliesTo::Shipping, ..promotion("p", off(1)) }), "layer");
    assert_eq!(refused(Promotion { not_with: ids(&["p"]), ..promotion("p", off(1)) }), "not_with");
    assert_eq!(refused(Promotion { floor: Some(10_001), ..promotion("p", off(1)) }), "floor");
    let unknown = Promotions::new(vec![Promotion { not_with: ids(&["q"]), ..promotion("p", off(1)) }]);
    assert!(matches!(unknown, Err(PromotionsError::NotWith { other, .. }) if other == "q"));
}

#[test]
fn sixteen_that_all_may_go_together_are_searched_whole() {
    // Percentages by one and the same amount, in an order in which most leave less for the thresholds behind them: hardly a
    // branch can be cut.
    let mut all: Vec<Promotion> = (0..12)
        .map(|at| Promotion { priority: at, ..promotion(&alloc::format!("p{at:02}"), percent(500 + at)) })
        .collect();
    all.extend((12..16_u32).map(|at| Promotion {
        priority: at,
        ..promotion(&alloc::format!("p{at}"), super::threshold(6_000 + i64::from(at), 2_000))
    }));
    let receipt = priced((0..4).map(|at| line(&alloc::format!("l{at}"), "x", 2_503, 1)).collect(), &[], all);
    assert_eq!(receipt.search, Search::Exact);
}
