//! Offers: what campaigns follow, with and without an account's ledger.

use super::super::Engine;
use super::super::input::{EventInput, ItemInput};
use super::engine_of;
use crate::base::time::{DAY, HOUR};
use crate::catalogue::format::Section;
use crate::catalogue::sample::NOW;
use crate::shopper::account::AccountOrder;
use crate::shopper::{Account, Consent};
use crate::target::arms::local_id;
use crate::target::{Arm, Audience, Campaign, Campaigns, Fatigue, Message, Trigger};
use alloc::string::String;
use alloc::vec;

/// A campaign that says how to care for what an order held, the day after.
fn care() -> Campaign {
    Campaign {
        id: "care".into(),
        salt: "care".into(),
        audience: Audience::default(),
        trigger: Some(Trigger { categories: vec!["boots".into()], ..Trigger::default() }),
        waves: vec![1],
        stops_at_purchase: false,
        read_out_days: 10,
        holdout: 100,
        arms: vec![Arm { id: "all".into(), weight: 1, coupons: vec![] }],
        surfacings: 3,
        surfacings_in_all: 9,
        by_own_spend: false,
        messages: vec![Message { step: 0, text: None, care: vec!["boots".into()], alone: true }],
    }
}

#[test]
fn what_an_order_held_is_known_though_the_ledger_tells_its_time_by_another_clock() {
    let campaigns = Campaigns::new(vec![care()], Fatigue::default(), 1_000_000).expect("campaigns");
    let mut engine: Engine = engine_of(vec![(Section::Campaigns, campaigns.to_bytes())]).expect("opens");
    engine.set_consent(Consent::On);
    engine.set_local_id(Some(local_id(&[1; 32])));
    let placed = NOW.plus(-DAY - HOUR);
    let bought = ItemInput { id: "it-07".into(), ..ItemInput::default() };
    let purchase = EventInput {
        name: "purchase".into(),
        items: vec![bought],
        order: Some("order-1".into()),
        ..EventInput::default()
    };
    engine.observe(&purchase, placed).expect("understood");
    let said = |engine: &Engine| -> Option<String> { engine.offer(NOW).and_then(|offer| offer.care) };
    assert_eq!(said(&engine).as_deref(), Some("boots"));
    let order = AccountOrder { id: "order-1".into(), at: placed.plus(-2_412).0, value: 9_000 };
    let account = Account { id: "a".into(), as_of: NOW.0, orders: Some(vec![order]), ..Account::default() };
    engine.set_account(Some(account)).expect("sound");
    assert_eq!(said(&engine).as_deref(), Some("boots"));
}
