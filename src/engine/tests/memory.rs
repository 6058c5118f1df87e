//! Export, import, forgetting, and what was worked out before.

use super::super::input::{EventInput, ItemInput};
use super::{engine, happened, remember};
use crate::catalogue::delta::Delta;
use crate::catalogue::sample::NOW;
use crate::recommend::Request;
use crate::shopper::export::ExportedMemory;
use crate::shopper::reminders::Reminder;
use crate::shopper::sample::arbitrary_event;
use crate::shopper::{Consent, EventKind};
use crate::target::arms::local_id;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;
use proptest::prelude::*;

#[test]
fn an_import_that_does_not_fit_leaves_everything_as_it_was() {
    let reminders = |range: core::ops::Range<u32>| -> Vec<Reminder> {
        range.map(|at| Reminder { brand: alloc::format!("brand-{at}"), since: NOW }).collect()
    };
    let mut engine = engine();
    engine.set_consent(Consent::On);
    engine.load_reminders(&reminders(0..450));
    let memory = ExportedMemory { reminders: reminders(440..551), ..engine.export(NOW) };
    assert_eq!(engine.import(memory).expect_err("refused").code(), "reminders_full");
    assert_eq!(engine.kept_reminders().len(), 450);
}

proptest! {
    #[test]
    fn forgetting_equals_rebuilding_from_the_rest(
        events in prop::collection::vec(arbitrary_event(), 1..50), keep in prop::collection::vec(any::<bool>(), 50),
    ) {
        let mut whole = engine();
        remember(&mut whole, events);
        let all = whole.history();
        let (mut rest, mut ids) = (Vec::new(), Vec::new());
        for (event, keep) in all.into_iter().zip(keep) {
            if keep { rest.push(event) } else { ids.push(event.id) }
        }
        prop_assert_eq!(whole.forget(&ids), ids.len());
        let mut rebuilt = engine();
        remember(&mut rebuilt, rest);
        // Everything a host can see is the same.
        let request = Request::of("home", 24);
        prop_assert_eq!(whole.recommend(&request, NOW), rebuilt.recommend(&request, NOW));
        prop_assert_eq!(whole.derived(NOW), rebuilt.derived(NOW));
        prop_assert_eq!(whole.export(NOW), rebuilt.export(NOW));
        prop_assert_eq!(whole.snapshot(), rebuilt.snapshot());
        prop_assert_eq!(whole.favourites(), rebuilt.favourites());
    }

    #[test]
    fn what_was_worked_out_before_changes_no_list(
        events in prop::collection::vec(arbitrary_event(), 1..30),
        steps in prop::collection::vec((0..9_u8, any::<prop::sample::Index>(), 0..150_i64), 1..12),
    ) {
        let mut engine = engine();
        remember(&mut engine, events.clone());
        let mut now = NOW;
        for (what, which, seconds) in steps {
            // Whole minutes are passed in the midst of it.
            now = now.plus(seconds * 1_000);
            let brand = |name: &str| EventInput { name: name.into(), brand: Some("lumen".into()), ..EventInput::default() };
            match what {
                0 => drop(engine.observe(&happened("view_item", &alloc::format!("it-{:02}", which.index(24))), now)),
                1 => drop(engine.observe(&brand("reminder_on"), now)),
                2 => drop(engine.observe(&brand("dismiss"), now)),
                3 => drop(engine.forget(&[which.get(&events).id])),
                4 => engine.set_consent(*which.get(&[Consent::Off, Consent::Session, Consent::On])),
                5 => engine.set_local_id(Some(local_id(&[which.index(9) as u8]))),
                6 => {
                    let (applies_to, stock) = (engine.catalogue().state().0, vec![(which.index(48) as u32, 0)]);
                    let (prices, sales, hidden) = (Vec::new(), Vec::new(), Vec::new());
                    let delta = Delta { applies_to, made: now, stock, prices, sales, hidden };
                    engine.apply_delta(&delta.to_bytes()).expect("a delta for this state");
                }
                7 => drop(engine.load(vec![which.get(&events).clone()])),
                _ => {}
            }
            let surface = *which.get(&["home", "new_today", "again", "closing_soon", "deals"]);
            let request = Request::of(surface, 24);
            // A copy works out its own.
            let fresh = engine.clone();
            prop_assert_eq!(engine.recommend(&request, now), fresh.recommend(&request, now), "{} at {:?}", surface, now);
            prop_assert_eq!(engine.explain("it-03", now).ok(), fresh.explain("it-03", now).ok());
        }
    }

    #[test]
    fn what_is_exported_is_imported(events in prop::collection::vec(arbitrary_event(), 0..40)) {
        let mut first = engine();
        remember(&mut first, events);
        first.observe(&EventInput { name: "reminder_on".into(), brand: Some("lumen".into()), ..EventInput::default() }, NOW).expect("ok");
        let text = serde_json::to_string(&first.export(NOW)).expect("writes");
        let mut second = engine();
        second.set_consent(Consent::On);
        second.import(serde_json::from_str(&text).expect("reads")).expect("imports");
        prop_assert_eq!(second.export(NOW), first.export(NOW));
        let known = second.import(first.export(NOW)).expect("again");
        prop_assert_eq!(known.added, 0);
        let mut third = engine();
        third.set_consent(Consent::On);
        third.restore(&first.snapshot()).expect("reads");
        prop_assert_eq!(third.history(), first.history());
    }

    #[test]
    fn any_event_from_outside_is_taken_or_refused_whole(
        name in prop::sample::select(EventKind::ALL).prop_map(EventKind::name).prop_map(String::from).boxed()
            .prop_union(any::<String>().boxed()),
        id in any::<String>(), price in any::<String>(), size in any::<String>(), quantity in any::<u32>(), at in any::<i64>(),
    ) {
        let mut engine = engine();
        engine.set_consent(Consent::On);
        let item = ItemInput { id, price: Some(price), size: Some(size), quantity: Some(quantity), ..ItemInput::default() };
        let input = EventInput { name, items: vec![item], order: Some("o".into()), ..EventInput::default() };
        let before = engine.export(NOW);
        if engine.observe(&input, crate::base::time::Timestamp(at)).is_err() {
            prop_assert_eq!(engine.export(NOW), before);
        }
        engine.recommend(&Request::of("home", 24), NOW).expect("still ranks");
    }
}
