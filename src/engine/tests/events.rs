//! What is told: consent, names, items, orders and reminders.

use super::super::input::{EventInput, ItemInput};
use super::super::{Engine, EngineError};
use super::{engine, happened};
use crate::base::time::DAY;
use crate::catalogue::sample::{self, NOW};
use crate::shopper::Consent;
use crate::shopper::event::EventError;
use alloc::string::ToString;

#[test]
fn nothing_is_remembered_before_consent_but_what_was_asked_for() {
    let mut engine = engine();
    let observed = engine.observe(&happened("view_item", "it-07"), NOW).expect("understood");
    assert_eq!((observed.event, engine.history().len()), (None, 0));
    let reminder =
        EventInput { name: "reminder_on".into(), brand: Some("lumen".into()), ..EventInput::default() };
    assert!(engine.observe(&reminder, NOW).expect("understood").reminders);
    assert_eq!(
        engine.reminders(NOW)[0].sale.as_deref(),
        Some("lumen-1"),
        "the live sale comes before the next"
    );

    engine.set_consent(Consent::Session);
    let event =
        engine.observe(&happened("view_item", "it-07"), NOW).expect("understood").event.expect("remembered");
    let copy = &event.items[0];
    assert_eq!(
        (copy.brand.as_deref(), copy.category.as_deref(), copy.price),
        (Some("ferrow"), Some("boots"), Some(8_100))
    );
    engine.set_consent(Consent::Off);
    assert!(engine.history().is_empty(), "off forgets");
    assert_eq!(engine.kept_reminders().len(), 1, "but not what was asked for");
    engine.erase();
    assert!(engine.kept_reminders().is_empty(), "which erasing does");
}

#[test]
fn unknown_names_and_malformed_fields_are_refused_by_name() {
    let mut engine = engine();
    engine.set_consent(Consent::On);
    let refused = |engine: &mut Engine, input: EventInput| engine.observe(&input, NOW).expect_err("refused");
    let unknown = refused(&mut engine, EventInput { name: "page_view".into(), ..EventInput::default() });
    assert_eq!(unknown.code(), "event_unknown");
    let mut price = happened("view_item", "it-99");
    price.items[0].price = Some("12,345".into());
    let field = refused(&mut engine, price);
    assert!(
        matches!(&field, EngineError::Event(EventError::Field { field, .. }) if field == "items[0].price")
    );
    let empty = refused(&mut engine, EventInput { name: "view_item".into(), ..EventInput::default() });
    assert_eq!(empty.to_string(), "view_item event: items has at least one item");
    let spaced = refused(&mut engine, happened("view_item", "a b"));
    assert!(spaced.to_string().contains("items[0].id"));
    assert!(engine.history().is_empty(), "nothing of it is kept");
}

#[test]
fn items_that_are_not_in_the_pack_are_remembered_as_the_shop_states_them() {
    let mut engine = engine();
    engine.set_consent(Consent::On);
    let mut input = happened("purchase", "elsewhere-1");
    input.items[0].price = Some("199.5".into());
    input.items[0].brand = Some("ferrow".into());
    let event = engine.observe(&input, NOW).expect("understood").event.expect("remembered");
    assert_eq!((event.items[0].price, event.items[0].brand.as_deref()), (Some(19_950), Some("ferrow")));
    assert_eq!(engine.orders().len(), 1);
}

#[test]
fn what_the_pack_knows_wins_over_what_is_stated() {
    let mut engine = engine();
    engine.set_consent(Consent::On);
    let mut input = happened("add_to_cart", "it-07");
    input.items[0].price = Some("¥1".into());
    input.items[0].size = Some("midnight blue".into());
    let event = engine.observe(&input, NOW).expect("understood").event.expect("remembered");
    assert_eq!((event.items[0].price, event.items[0].size.as_deref()), (Some(8_100), None));
    input.items[0].size = Some("38".into());
    let event = engine.observe(&input, NOW).expect("understood").event.expect("remembered");
    assert_eq!(event.items[0].size.as_deref(), Some("38"));
}

#[test]
fn a_list_loses_what_is_malformed_and_nothing_else() {
    let mut engine = engine();
    engine.set_consent(Consent::On);
    for (name, kept) in [("view_promotion", Some(2)), ("view_item", None)] {
        let mut input = EventInput { promotion: Some("p".into()), ..happened(name, "it-07") };
        input.items.push(ItemInput { id: "a b".into(), ..ItemInput::default() });
        input.items.push(ItemInput {
            id: "it-98".into(),
            price: Some("dear".into()),
            ..ItemInput::default()
        });
        input.items.push(ItemInput { id: "it-99".into(), ..ItemInput::default() });
        let observed = engine.observe(&input, NOW).ok();
        assert_eq!(observed.and_then(|seen| seen.event).map(|event| event.items.len()), kept, "{name}");
    }
}

#[test]
fn what_a_list_showed_is_not_remembered() {
    let mut engine = engine();
    engine.set_consent(Consent::On);
    let observed = engine.observe(&happened("view_item_list", "it-07"), NOW).expect("understood");
    assert_eq!((observed.event, engine.history().len()), (None, 0));
}

#[test]
fn goods_that_have_left_are_as_sensitive_as_they_were_or_as_others_of_their_kind_are() {
    let mut engine = engine();
    engine.set_consent(Consent::On);
    let mut is_sensitive = |id: &str, category: Option<&str>, brand: Option<&str>| {
        let mut input = happened("view_item", id);
        input.items[0].category = category.map(Into::into);
        input.items[0].brand = brand.map(Into::into);
        engine.observe(&input, NOW).expect("understood").event.expect("remembered").items[0].sensitive
    };
    let catalogue = sample::catalogue();
    // The only sensitive item of the sample, its category and its brand.
    let sensitive = catalogue.find_item("it-23").expect("there");
    let category = catalogue.category_id(catalogue.item_category(sensitive));
    let brand = catalogue.brand_id(catalogue.item_brand(sensitive));
    let other = catalogue.find_item("it-07").expect("there");
    let of_other = catalogue.category_id(catalogue.item_category(other));
    assert!(is_sensitive("gone-1", Some(category), None));
    assert!(is_sensitive("gone-1", Some(of_other), None), "as it was remembered");
    assert!(is_sensitive("gone-2", None, Some(brand)));
    assert!(!is_sensitive("gone-3", Some(of_other), Some(brand)), "its category says more than its brand");
    assert!(!is_sensitive("gone-4", None, None));
}

#[test]
fn an_order_is_one_order_however_often_it_is_told() {
    let mut engine = engine();
    engine.set_consent(Consent::On);
    let mut tell = |name: &str, at| engine.observe(&happened(name, "it-07"), at).expect("understood").event;
    assert!(tell("purchase", NOW).is_some());
    assert!(tell("purchase", NOW.plus(DAY)).is_none());
    assert!(
        tell("refund", NOW).is_some() && tell("refund", NOW).is_some(),
        "parts are given back one by one"
    );
    assert_eq!(engine.orders().len(), 3);
}

#[test]
fn a_reminder_is_of_a_brand_that_the_pack_knows() {
    let mut engine = engine();
    let reminder = |name: &str| EventInput {
        name: name.into(),
        brand: Some("no-such-brand".into()),
        ..EventInput::default()
    };
    let refused = engine.observe(&reminder("reminder_on"), NOW).expect_err("refused");
    assert_eq!(
        (refused.code(), refused.to_string().as_str()),
        ("event_invalid", "reminder_on event: brand is no brand of the pack")
    );
    assert!(
        engine.observe(&reminder("reminder_off"), NOW).is_ok(),
        "one that was kept earlier can be taken back"
    );
}

#[test]
fn a_promotion_that_is_none_is_not_dismissed_and_a_banner_needs_its_id() {
    let mut engine = engine();
    engine.set_consent(Consent::On);
    let tell = |name: &str, promotion: Option<&str>| EventInput {
        name: name.into(),
        promotion: promotion.map(Into::into),
        ..EventInput::default()
    };
    let refused = |engine: &mut Engine, input: &EventInput| match engine.observe(input, NOW) {
        Err(EngineError::Event(EventError::Field { field, .. })) => field,
        other => panic!("{other:?}"),
    };
    assert_eq!(refused(&mut engine, &tell("dismiss", Some("gone"))), "promotion");
    assert_eq!(refused(&mut engine, &tell("view_promotion", None)), "promotion");
    engine.observe(&tell("view_promotion", Some("a-banner")), NOW).expect("pages have banners of their own");
}
