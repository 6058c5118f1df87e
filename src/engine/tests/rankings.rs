//! Records, variants, and lists of an excerpt.

use super::super::input::EventInput;
use super::super::{Engine, replay};
use super::{engine, engine_with, happened};
use crate::base::time::MINUTE;
use crate::catalogue::format::Section;
use crate::catalogue::sample::{self, NOW};
use crate::catalogue::{AlignedBytes, writer};
use crate::recommend::{Request, Variant, Variants, Weights};
use crate::shopper::Consent;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

#[test]
fn a_record_is_reproduced_and_a_changed_one_is_not() {
    let mut engine = engine();
    engine.set_consent(Consent::On);
    for (minute, item) in ["it-06", "it-07", "it-12"].into_iter().enumerate() {
        engine
            .observe(&happened("view_item", item), NOW.plus(-(minute as i64) * MINUTE))
            .expect("understood");
    }
    let record = engine.record(&Request::of("home", 6), NOW).expect("records");
    let other = Engine::open(AlignedBytes::copy_of(&sample::bytes()), 99).expect("opens");
    let found = replay(other.clone(), &record).expect("replays");
    assert!(found.same_state && found.same_decision);
    assert_eq!(found.explained(), &engine.recommend(&Request::of("home", 6), NOW).expect("ranks"));

    let mut changed = record.clone();
    changed.memory.events.pop();
    let found = replay(other.clone(), &changed).expect("replays");
    assert!(found.same_state && !found.same_decision);
    let mut foreign = sample::input();
    foreign.created = foreign.created.plus(1);
    let foreign =
        Engine::open(AlignedBytes::copy_of(&writer::write(&foreign).expect("packs")), 0).expect("opens");
    assert!(!replay(foreign, &record).expect("replays").same_state);
}

#[test]
fn each_browser_sees_one_variant_and_a_record_names_it() {
    let blend = |name: &str, share, weight| Variant {
        name: name.into(),
        share,
        weights: Weights { signals: vec![("brand_affinity".into(), weight)], ..Weights::default() },
    };
    let all = vec![blend("plain", 300, 0), blend("bold", 300, 9_000)];
    let variants = Variants::new("s".into(), 400, all).expect("variants");
    let mut engine = engine_with(Section::Variants, variants.to_section()).expect("opens");
    let request = Request::of("home", 24);
    assert_eq!(engine.recommend(&request, NOW).expect("a list").variant, None, "nobody, before a click");
    engine.set_consent(Consent::On);
    engine.observe(&happened("view_item", "it-07"), NOW).expect("understood");
    let hidden = EventInput { order: None, ..happened("dismiss", "it-03") };
    engine.observe(&hidden, NOW).expect("understood");
    assert_eq!(engine.recommend(&request, NOW).expect("a list").variant, None, "nor without an id");

    let mut lists: BTreeMap<String, BTreeSet<Vec<(String, i32)>>> = BTreeMap::new();
    for browser in 0..40_u8 {
        engine.set_local_id(Some([browser; 16]));
        let list = engine.recommend(&request, NOW).expect("a list");
        let record = engine.record(&request, NOW).expect("a record");
        assert_eq!(record.request.variant, list.variant);
        // Whoever replays it has another id, or none.
        let mut other = engine.clone();
        other.set_local_id(None);
        let replayed = replay(other, &record).expect("replays");
        assert!(replayed.same_decision && replayed.explained().variant == list.variant);
        assert!(
            list.items.iter().all(|item| item.id != "it-03"),
            "what was put away stays away in every variant"
        );
        let name = list.variant.expect("assigned");
        assert_eq!(list.personal, name != "shop_order");
        let scores = list.items.into_iter().map(|item| (item.id, item.score)).collect();
        lists.entry(name).or_default().insert(scores);
    }
    let names: Vec<&str> = lists.keys().map(String::as_str).collect();
    assert_eq!(names, ["bold", "plain", "shop_order"]);
    assert_ne!(lists["bold"], lists["plain"]);
    assert_eq!(lists["shop_order"].len(), 1, "the same for everybody who sees it");
    let unknown = Request { variant: Some("other".into()), ..request };
    assert_eq!(engine.recommend(&unknown, NOW).expect_err("refused").code(), "request_invalid");
}

#[test]
fn an_item_of_an_excerpt_has_the_score_it_has_in_the_whole_pack() {
    let mut whole = engine();
    let taken = |item: crate::base::ids::ItemIndex| item.row() % 3 != 1;
    let file = crate::catalogue::excerpt(whole.catalogue().pack(), taken);
    let mut some = Engine::open(AlignedBytes::copy_of(&file), 7).expect("an excerpt opens");
    for engine in [&mut whole, &mut some] {
        engine.set_consent(Consent::Session);
        for item in ["it-06", "it-08", "it-14"] {
            engine.observe(&happened("view_item", item), NOW).expect("understood");
        }
    }
    let scores = |engine: &Engine| {
        let list = engine.recommend(&Request { explore: Some(false), ..Request::of("home", 24) }, NOW);
        list.expect("ranks").items.into_iter().map(|item| (item.id, item.score)).collect::<BTreeMap<_, _>>()
    };
    let (all, found) = (scores(&whole), scores(&some));
    assert!(found.len() > 5 && found.len() < all.len());
    for (item, score) in found {
        assert_eq!(all.get(&item), Some(&score), "{item}");
    }
}
