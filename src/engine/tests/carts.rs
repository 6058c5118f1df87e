//! Carts: what is there of each line, what is left of gifts and budgets, and that a memory changes nothing.

use super::super::Engine;
use super::super::input::{CartInput, CartLineInput};
use super::{engine, engine_of, engine_with, happened};
use crate::base::money::Money;
use crate::base::time::DAY;
use crate::catalogue::format::Section;
use crate::catalogue::input::CategoryInput;
use crate::catalogue::sample::{self, NOW};
use crate::catalogue::{AlignedBytes, writer};
use crate::pricing::benefits::{Benefit, FixedAmount, Gift, Percent};
use crate::pricing::manners::{CategoryTax, Taxes};
use crate::pricing::{Budget, Manners, Promotion, Promotions, Selector};
use crate::shopper::Consent;
use alloc::string::ToString;
use alloc::vec;
use alloc::vec::Vec;

#[test]
fn a_cart_is_priced_for_what_can_be_bought() {
    let engine = engine();
    let line = |item: &str, size: Option<&str>, quantity| CartLineInput {
        item: item.into(),
        size: size.map(Into::into),
        quantity,
    };
    // it-07 has 1, 2 and 3 left; it-20 is of a preview.
    let lines = [line("it-07", Some("38"), 5), line("it-20", None, 1), line("it-12", None, 1)];
    let receipt = engine.price(&CartInput::of(&lines, &[]), NOW).expect("prices");
    let shown: Vec<_> =
        receipt.lines.iter().map(|line| (line.available, line.unit_price, line.total)).collect();
    assert_eq!(shown, vec![(2, 8_100, 16_200), (0, 12_000, 0), (1, 9_600, 9_600)]);
    assert_eq!((receipt.subtotal, receipt.total), (25_800, 25_800));
    let unknown =
        engine.price(&CartInput::of(&[line("it-07", Some("52"), 1)], &[]), NOW).expect_err("refused");
    assert_eq!(unknown.to_string(), "size \"52\" is not in the catalogue");
}

#[test]
fn a_gift_that_is_out_of_stock_is_not_promised() {
    // Of it-06 three are there.
    let gift = |units| {
        let benefit =
            Benefit::Gift(Gift { item: "it-06".into(), units, worth: Money::new(500).expect("in range") });
        let promotion = Promotion { id: "gift".into(), benefit, ..Promotion::default() };
        let promotions = Promotions::new(vec![promotion]).expect("promotions");
        let engine = engine_with(Section::Promotions, promotions.to_bytes()).expect("opens");
        let cart = [CartLineInput { item: "it-07".into(), size: None, quantity: 1 }];
        engine.price(&CartInput::of(&cart, &[]), NOW).expect("a receipt")
    };
    assert_eq!(gift(3).gifts.len(), 1);
    let refused = gift(4);
    assert!(refused.gifts.is_empty());
    assert_eq!(refused.refused[0].reason, "budget_spent");
}

#[test]
fn gifts_are_no_more_than_is_left_besides_what_is_bought_and_other_gifts() {
    // Of it-06 three are there.
    let gift = |id: &str, units| {
        let benefit =
            Benefit::Gift(Gift { item: "it-06".into(), units, worth: Money::new(500).expect("in range") });
        Promotion { id: id.into(), benefit, ..Promotion::default() }
    };
    let promotions = Promotions::new(vec![gift("one", 1), gift("two", 2)]).expect("promotions");
    let engine = engine_with(Section::Promotions, promotions.to_bytes()).expect("opens");
    let given = |bought| {
        let line = |item: &str, quantity| CartLineInput { item: item.into(), size: None, quantity };
        let mut cart = vec![line("it-07", 1), line("it-06", bought)];
        cart.truncate(if bought == 0 { 1 } else { 2 });
        let receipt = engine.price(&CartInput::of(&cart, &[]), NOW).expect("a receipt");
        receipt.gifts.iter().map(|gift| gift.promotion.clone()).collect::<Vec<_>>()
    };
    assert_eq!(given(0), ["one", "two"], "all three");
    assert_eq!(given(1), ["one"], "two are left: each could be given, both not");
    assert_eq!(given(2), ["one"]);
    assert!(given(3).is_empty(), "all are bought");
}

#[test]
fn two_opposite_shoppers_get_the_same_receipt() {
    let tenth = Promotion {
        id: "tenth".into(),
        code: Some("SUMMER".into()),
        benefit: Benefit::Percent(Percent { off: 1_000 }),
        ..Promotion::default()
    };
    let shop = || {
        let promotions = Promotions::new(vec![tenth.clone()]).expect("promotions");
        engine_with(Section::Promotions, promotions.to_bytes()).expect("opens")
    };
    let (mut one, mut other) = (shop(), shop());
    one.set_consent(Consent::On);
    for _ in 0..20 {
        one.observe(&happened("purchase", "it-07"), NOW.plus(-DAY)).expect("understood");
    }
    other.set_consent(Consent::Off);
    let cart = [CartLineInput { item: "it-07".into(), size: None, quantity: 2 }];
    let price = |engine: &Engine| engine.price(&CartInput::of(&cart, &["SUMMER"]), NOW).expect("prices");
    assert_eq!(price(&one), price(&other));
    assert!(price(&one).discount > 0);
}

#[test]
fn a_category_between_an_items_own_and_the_top_one_is_meant_too() {
    let of_dresses = Promotion {
        id: "dresses".into(),
        target: Selector { categories: vec!["dresses".into()], ..Selector::default() },
        benefit: Benefit::Percent(Percent { off: 1_000 }),
        ..Promotion::default()
    };
    let tax = |category: &str, rate| CategoryTax { category: category.into(), rate };
    let taxes =
        Taxes { rate: 1_300, categories: vec![tax("women", 600), tax("dresses", 900)], ..Taxes::default() };
    let manners = Manners { taxes, ..Manners::default() };
    let promotions = Promotions::new(vec![of_dresses]).and_then(|all| all.with_manners(manners));
    let mut input = sample::input();
    input.rooms.push((Section::Promotions, promotions.expect("promotions").to_bytes()));
    input.categories.push(CategoryInput {
        id: "maxi".into(),
        parent: Some("dresses".into()),
        replenish_days: None,
    });
    input.items[1].category = "maxi".into();
    let item = input.items[1].id.clone();
    let engine = Engine::open(AlignedBytes::copy_of(&writer::write(&input).expect("packs")), 7);
    let cart = [CartLineInput { item, size: None, quantity: 1 }];
    let receipt = engine.expect("opens").price(&CartInput::of(&cart, &[]), NOW).expect("prices");
    assert_eq!(receipt.discount, receipt.subtotal / 10);
    let nine_in_it = (receipt.total * 9 + 54) / 109;
    assert_eq!(receipt.lines[0].tax, nine_in_it, "the nearest rate counts");
}

#[test]
fn what_is_left_of_a_budget_is_what_the_checkout_says() {
    let budget = Some(Budget { uses: Some(1_000), spend: None });
    let benefit = Benefit::FixedAmount(FixedAmount { off: Money::new(1_000).expect("in range") });
    let first = Promotion { id: "first".into(), benefit, budget, ..Promotion::default() };
    let promotions = Promotions::new(vec![first]).expect("promotions");
    let engine = engine_of(vec![(Section::Promotions, promotions.to_bytes())]).expect("opens");
    let lines = [CartLineInput { item: "it-07".into(), size: None, quantity: 1 }];
    let price = |uses: Option<u32>| {
        let budget_left = uses.map(|uses| ("first".into(), Budget { uses: Some(uses), spend: None }));
        let cart = CartInput { budget_left: budget_left.into_iter().collect(), ..CartInput::of(&lines, &[]) };
        engine.price(&cart, NOW).expect("prices")
    };
    assert_eq!([price(None), price(Some(1))].map(|receipt| receipt.discount), [1_000, 1_000]);
    let spent = price(Some(0));
    assert_eq!((spent.discount, spent.refused[0].reason), (0, "budget_spent"));
}
