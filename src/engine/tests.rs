//! What holds at the door: consent, forgetting, import, replay and reports. Carts and offers have rooms of their own.

mod carts;
mod offers;

use super::input::{EventInput, ItemInput};
use super::{Engine, EngineError, replay};
use crate::base::time::{DAY, MINUTE, Week};
use crate::catalogue::delta::Delta;
use crate::catalogue::format::Section;
use crate::catalogue::sample::{self, NOW};
use crate::catalogue::{AlignedBytes, writer};
use crate::recommend::{Request, Variant, Variants, Weights};
use crate::report::{AnswerSpace, Question, Questions, Wording};
use crate::shopper::account::AccountOrder;
use crate::shopper::event::EventError;
use crate::shopper::export::ExportedMemory;
use crate::shopper::reminders::Reminder;
use crate::shopper::sample::arbitrary_event;
use crate::shopper::{Account, Consent, Event, EventKind, Stage};
use crate::target::arms::{assign, local_id};
use crate::target::{Arm, Audience, Campaign, Campaigns, Fatigue};
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;
use proptest::prelude::*;

pub(super) fn engine() -> Engine {
    Engine::open(AlignedBytes::copy_of(&sample::bytes()), 7).expect("the sample opens")
}

fn engine_with(section: Section, bytes: Vec<u8>) -> Result<Engine, EngineError> {
    engine_of(vec![(section, bytes)])
}

fn engine_of(rooms: Vec<(Section, Vec<u8>)>) -> Result<Engine, EngineError> {
    let mut input = sample::input();
    input.rooms.extend(rooms);
    Engine::open(AlignedBytes::copy_of(&writer::write(&input).expect("packs")), 7)
}

fn happened(name: &str, item: &str) -> EventInput {
    let items = vec![ItemInput { id: item.into(), name: Some("A name".into()), ..ItemInput::default() }];
    EventInput { name: name.into(), items, order: Some("order-1".into()), ..EventInput::default() }
}

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

fn question() -> Question {
    let words = Wording {
        en: "Which category did you look at most this week?".into(),
        zh: "您本周看得最多的是哪类？".into(),
    };
    Question {
        id: "most-viewed".into(),
        answer: "most_viewed_category".into(),
        domain: AnswerSpace::Categories,
        epsilon_thousandths: 1_000,
        text: words.clone(),
        purpose: words,
        minimum_cohort: 100,
    }
}

#[test]
fn a_report_is_made_once_a_week_with_kept_consent_alone() {
    let questions = Questions::new(vec![question()]).expect("questions");
    let mut engine = engine_with(Section::Questions, questions.to_bytes()).expect("opens");
    assert_eq!(engine.report(NOW, &[3; 32]), Err(EngineError::ReportWithoutConsent));
    engine.set_consent(Consent::On);
    engine.observe(&happened("view_item", "it-07"), NOW).expect("understood");
    let report = engine.report(NOW, &[3; 32]).expect("makes").expect("asked");
    assert_eq!((report.truth.as_str(), report.week.as_str()), ("boots", Week::of(NOW).to_text().as_str()));
    engine.observe(&happened("view_item", "it-12"), NOW).expect("understood");
    engine.observe(&happened("view_item", "it-13"), NOW).expect("understood");
    assert_eq!(engine.report(NOW, &[9; 32]).expect("makes"), Some(report.clone()), "whatever happens after");
    assert_eq!(engine.budget(NOW).spent_thousandths, 0, "what has not gone has spent nothing");

    let id = report.body.id.to_string();
    assert!(engine.report_tried(&id, NOW) && !engine.report_tried("00", NOW));
    assert_eq!(engine.budget(NOW).spent_thousandths, 1_000);
    assert!(!engine.skip_report(NOW), "too late to leave it out");
    assert!(engine.report_sent(&id, NOW) && !engine.report_sent("00", NOW));
    let mut second_tab = engine_with(Section::Questions, questions.to_bytes()).expect("opens");
    second_tab.load_ledger(&engine.ledger_bytes()).expect("reads");
    assert_eq!(second_tab.ledger(), engine.ledger());
    engine.erase();
    assert!(engine.ledger().is_empty());
    assert!(engine.skip_report(NOW));
    assert_eq!(engine.report(NOW, &[3; 32]), Ok(None), "left out this week");
}

#[test]
fn a_report_knows_neither_sensitive_goods_nor_the_account_that_is_signed_in() {
    let of_stage = Question {
        answer: "stage".into(),
        domain: AnswerSpace::Labels(Stage::NAMES.map(String::from).to_vec()),
        ..question()
    };
    let questions = Questions::new(vec![of_stage]).expect("questions");
    let mut engine = engine_with(Section::Questions, questions.to_bytes()).expect("opens");
    engine.set_consent(Consent::On);
    let truth =
        |engine: &Engine| engine.preview_report(NOW, &[3; 32]).expect("previews").expect("asked").truth;
    // The only sensitive item of the sample.
    engine.observe(&happened("purchase", "it-23"), NOW.plus(-DAY)).expect("understood");
    assert_eq!(truth(&engine), "potential");
    let order = AccountOrder { id: "of-the-ledger".into(), at: NOW.plus(-2 * DAY).0, value: 900 };
    let account = Account { id: "a".into(), as_of: NOW.0, orders: vec![order], ..Account::default() };
    engine.set_account(Some(account)).expect("sound");
    assert_ne!(engine.lifecycle(NOW).0.stage, Stage::Potential, "which offers do know");
    assert_eq!(truth(&engine), "potential");
    let mut bought = happened("purchase", "it-07");
    bought.order = Some("order-2".into());
    engine.observe(&bought, NOW.plus(-DAY)).expect("understood");
    assert_eq!(truth(&engine), "new");
}

#[test]
fn a_report_knows_no_dismissal_of_a_sensitive_category_or_brand() {
    let labels = ["too_dear", "none"].map(String::from).to_vec();
    let asked =
        Question { answer: "dismissal_reason".into(), domain: AnswerSpace::Labels(labels), ..question() };
    let questions = Questions::new(vec![asked]).expect("questions");
    let catalogue = sample::catalogue();
    let sensitive = catalogue.find_item("it-23").expect("there");
    let category: String = catalogue.category_id(catalogue.item_category(sensitive)).into();
    let brand: String = catalogue.brand_id(catalogue.item_brand(sensitive)).into();
    let told = |category: Option<String>, brand: Option<String>| {
        let mut engine = engine_with(Section::Questions, questions.to_bytes()).expect("opens");
        engine.set_consent(Consent::On);
        let mut dismissed = EventInput { brand, category, ..happened("dismiss", "it-07") };
        (dismissed.items, dismissed.reason) = (vec![], Some("too_dear".into()));
        engine.observe(&dismissed, NOW).expect("understood");
        engine.preview_report(NOW, &[3; 32]).expect("previews").expect("asked").truth
    };
    assert_eq!(told(Some(category), None), "none");
    assert_eq!(told(None, Some(brand)), "none");
    let other = catalogue.category_id(catalogue.item_category(catalogue.find_item("it-07").expect("there")));
    assert_eq!(told(Some(other.into()), None), "too_dear");
}

#[test]
fn a_campaigns_outcome_is_asked_with_the_arm_in_clear_and_counted_by_it() {
    let yes_or_no = AnswerSpace::Labels(vec!["no".into(), "yes".into()]);
    let outcome =
        Question { id: "outcome".into(), answer: "campaign_outcome".into(), domain: yes_or_no, ..question() };
    let questions = Questions::new(vec![outcome]).expect("questions");
    let campaign = |id: &str| Campaign {
        id: id.into(),
        salt: id.into(),
        audience: Audience::default(),
        trigger: None,
        waves: vec![],
        stops_at_purchase: false,
        read_out_days: 10,
        holdout: 5_000,
        arms: vec![Arm { id: "coupon".into(), weight: 1, coupons: vec![] }],
        surfacings: 3,
        surfacings_in_all: 9,
        by_own_spend: false,
        messages: vec![],
    };
    let all = vec![campaign("one"), campaign("two")];
    let campaigns = Campaigns::new(all, Fatigue::default(), 1_000_000).expect("campaigns");
    let rooms = vec![(Section::Questions, questions.to_bytes()), (Section::Campaigns, campaigns.to_bytes())];
    let open = || {
        let mut engine = engine_of(rooms.clone()).expect("opens");
        engine.set_consent(Consent::On);
        engine
    };
    let cells: Vec<String> = super::asked(open().catalogue())
        .expect("asks")
        .iter()
        .map(|asked| asked.question().id.clone())
        .collect();
    assert_eq!(
        cells,
        ["outcome/one/coupon", "outcome/one/holdout", "outcome/two/coupon", "outcome/two/holdout"]
    );

    let (mut held_out, mut drawn) = (0, BTreeSet::new());
    for browser in 0..100_u8 {
        let mut engine = open();
        let report = engine.report(NOW, &[browser; 32]).expect("makes").expect("asked");
        let expected = engine.campaign_of(Week::of(NOW)).expect("drawn");
        let arm = assign(expected, &local_id(&[browser; 32])).name(expected);
        assert_eq!(
            report.body.question,
            alloc::format!("outcome/{}/{arm}", expected.id),
            "the same coin as for offers"
        );
        let mut words = report.text.iter().chain(&report.purpose);
        assert!(words.all(|text| !text.is_empty()), "known with the cell behind its id");
        drawn.insert(expected.id.clone());
        held_out += u32::from(arm == "holdout");
    }
    assert_eq!(drawn.len(), 1, "one campaign a week, the same for everybody");
    assert!((30..=70).contains(&held_out), "{held_out} of 100 by a fair coin");
    let next = NOW.plus(7 * DAY);
    assert!(
        open().campaign_of(Week::of(next)).is_some_and(|campaign| !drawn.contains(&campaign.id)),
        "in turn"
    );

    // An order of the week before counts, whatever else; one of this week does not yet.
    for (days, truth) in [(0, "no"), (7, "yes"), (14, "no")] {
        let mut engine = open();
        engine.observe(&happened("purchase", "it-07"), NOW.plus(-days * DAY)).expect("understood");
        let report = engine.report(NOW, &[1; 32]).expect("makes").expect("asked");
        assert_eq!(report.truth, truth, "{days} days ago");
    }
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

#[test]
fn a_pack_that_asks_for_too_much_is_refused() {
    // 1,001 thousandths of ε, as a pack that was not made by our writer would carry it.
    let greedy =
        postcard::to_allocvec(&vec![Question { epsilon_thousandths: 1_001, ..question() }]).expect("writes");
    let refused = engine_with(Section::Questions, greedy).expect_err("refused");
    assert_eq!(refused.code(), "pack_refused");
}

fn remember(engine: &mut Engine, events: Vec<Event>) {
    engine.set_consent(Consent::On);
    engine.load(events);
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
