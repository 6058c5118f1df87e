//! What shoppers, clocks and shops really do to an engine: each gives a sensible list.

#![cfg(feature = "native")]
#![allow(missing_docs, reason = "tests and their helpers")]

#[path = "fuzz/street.rs"]
mod street;

use street::{NOW, item_id};
use windowshop::base::time::{DAY, MINUTE, Timestamp};
use windowshop::catalogue::AlignedBytes;
use windowshop::engine::Engine;
use windowshop::engine::input::{EventInput, ItemInput};
use windowshop::recommend::Request;
use windowshop::shopper::Consent;

fn open(pack: &[u8]) -> Engine {
    let mut engine = Engine::open(AlignedBytes::copy_of(pack), 1).expect("the pack opens");
    engine.set_consent(Consent::On);
    engine
}

fn view(engine: &mut Engine, item: &str, at: Timestamp) {
    let item = ItemInput { id: item.into(), ..ItemInput::default() };
    let event = EventInput { name: "view_item".into(), items: vec![item], ..EventInput::default() };
    engine.observe(&event, at).expect("a view");
}

/// A list that somebody would want: long enough, buyable, of several brands.
fn sensible(engine: &Engine, now: Timestamp) {
    let (_, decision) = engine.decide(&Request::of("home", 24), now).expect("a list");
    assert_eq!(decision.entries.len(), 24);
    let brands: std::collections::BTreeSet<_> =
        decision.entries.iter().map(|entry| engine.catalogue().item_brand(entry.item)).collect();
    assert!(brands.len() >= 4, "{} brands", brands.len());
    assert!(decision.entries.iter().all(|entry| engine.catalogue().is_buyable(entry.item, now)));
}

#[test]
fn no_event_and_one_event() {
    let mut engine = open(&street::pack(120));
    sensible(&engine, NOW);
    view(&mut engine, &item_id(3), NOW);
    sensible(&engine, NOW);
}

#[test]
fn ten_thousand_events_in_a_second_stay_within_bounds() {
    let mut engine = open(&street::pack(120));
    for number in 0..10_000 {
        view(&mut engine, &item_id(number % 120), NOW.plus(number as i64 / 10));
    }
    assert_eq!(engine.history().len(), 2_000);
    sensible(&engine, NOW.plus(1_000));
}

#[test]
fn a_clock_that_jumps_back_a_year_and_forth_again() {
    let mut engine = open(&street::pack(120));
    for number in 0..5 {
        view(&mut engine, &item_id(number), NOW);
    }
    view(&mut engine, &item_id(9), NOW.plus(-365 * DAY));
    let (_, past) = engine.decide(&Request::of("home", 24), NOW.plus(-365 * DAY)).expect("a list");
    assert!(past.entries.is_empty(), "nothing was on sale then");
    sensible(&engine, NOW);
}

#[test]
fn items_that_left_the_catalogue() {
    let mut engine = open(&street::pack(120));
    for number in 0..30 {
        view(&mut engine, &format!("left-{number}"), NOW.plus(-i64::from(number) * DAY));
    }
    sensible(&engine, NOW);
}

#[test]
fn one_item_looked_at_five_hundred_times() {
    let mut engine = open(&street::pack(120));
    for number in 0..500 {
        view(&mut engine, &item_id(1), NOW.plus(-i64::from(number) * MINUTE));
    }
    sensible(&engine, NOW);
}

#[test]
fn a_brand_with_fifty_thousand_items() {
    let mut engine = open(&street::pack_of(50_000, 1));
    view(&mut engine, &item_id(1), NOW);
    let (_, decision) = engine.decide(&Request::of("home", 24), NOW).expect("a list");
    assert_eq!(decision.entries.len(), 24, "one brand alone still fills the page");
}
