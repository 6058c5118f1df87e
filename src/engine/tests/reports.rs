//! Reports: what is asked, once a week, and what none of them knows.

use super::super::input::EventInput;
use super::super::{Engine, EngineError};
use super::{engine_of, engine_with, happened};
use crate::base::time::{DAY, Week};
use crate::catalogue::format::Section;
use crate::catalogue::sample::{self, NOW};
use crate::report::{AnswerSpace, Question, Questions, Wording};
use crate::shopper::account::AccountOrder;
use crate::shopper::{Account, Consent, Stage};
use crate::target::arms::{assign, local_id};
use crate::target::{Arm, Audience, Campaign, Campaigns, Fatigue};
use alloc::collections::BTreeSet;
use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;

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
    let account = Account { id: "a".into(), as_of: NOW.0, orders: Some(vec![order]), ..Account::default() };
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
    let cells: Vec<String> = super::super::asked(open().catalogue())
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
fn a_pack_that_asks_for_too_much_is_refused() {
    // 1,001 thousandths of ε, as a pack that was not made by our writer would carry it.
    let greedy =
        postcard::to_allocvec(&vec![Question { epsilon_thousandths: 1_001, ..question() }]).expect("writes");
    let refused = engine_with(Section::Questions, greedy).expect_err("refused");
    assert_eq!(refused.code(), "pack_refused");
}
