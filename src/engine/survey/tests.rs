//! When an item of the survey is put to somebody, once, and what becomes of the answer.

use super::super::input::EventInput;
use super::*;
use crate::base::scale::SATISFACTION;
use crate::base::time::DAY;
use crate::catalogue::format::Section;
use crate::catalogue::sample::{self, NOW};
use crate::catalogue::{AlignedBytes, writer};
use crate::report::{AnswerSpace, Dimension, Question, Questions, SurveyItem, Wording};
use crate::shopper::care::Care;
use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

const SEED: [u8; 32] = [5; 32];
const WEEK: i64 = 7 * DAY;

fn words(text: &str) -> Wording {
    Wording { en: text.into(), zh: alloc::format!("{text}？") }
}

fn question(id: &str, answer: &str, labels: &[&str]) -> Question {
    Question {
        id: id.into(),
        answer: answer.into(),
        domain: AnswerSpace::Labels(labels.iter().chain(&["none"]).map(|label| (*label).into()).collect()),
        epsilon_thousandths: 1_000,
        text: words(id),
        purpose: words(id),
        minimum_cohort: 100,
    }
}

/// A pack with two ordinary questions and a survey of these items.
fn engine(items: &[&str]) -> Engine {
    let mut questions =
        vec![question("a", "return_reason", &["late"]), question("z", "dismissal_reason", &["ugly"])];
    let mut survey = Vec::new();
    for id in items {
        let answer = if *id == "overall" { "satisfaction" } else { "survey_item" };
        questions.push(question(id, answer, &SATISFACTION));
        let dimension = (*id != "overall").then_some(Dimension::Goods);
        let options = SATISFACTION.iter().map(|label| words(label)).collect();
        survey.push(SurveyItem { question: (*id).into(), dimension, options });
    }
    let questions = Questions::new(questions).and_then(|all| all.with_survey(survey)).expect("questions");
    let mut input = sample::input();
    input.rooms.push((Section::Questions, questions.to_bytes()));
    input.rooms.push((Section::Survey, questions.survey().to_bytes()));
    let mut engine =
        Engine::open(AlignedBytes::copy_of(&writer::write(&input).expect("packs")), 7).expect("opens");
    engine.set_consent(Consent::On);
    engine
}

/// An instant of a week whose next one is the survey's.
fn before_its_turn(engine: &Engine) -> Timestamp {
    let asked = |at: &Timestamp| {
        let turn = engine.asked_in(Week::of(at.plus(WEEK))).expect("asks").expect("asked");
        engine.questions.survey().find(&turn.question().id).is_some()
    };
    (0..3).map(|weeks| NOW.plus(weeks * WEEK)).find(asked).expect("one of three weeks is the survey's")
}

fn say(engine: &mut Engine, question: Option<&str>, reason: &str, at: Timestamp) -> Result<(), EngineError> {
    let input = EventInput {
        name: "satisfaction".into(),
        question: question.map(Into::into),
        reason: Some(reason.into()),
        ..EventInput::default()
    };
    engine.observe(&input, at).map(|_| ())
}

#[test]
fn an_item_is_asked_in_the_week_before_its_report_and_once() {
    let mut engine = engine(&["price", "quality"]);
    let at = before_its_turn(&engine);
    let all = engine.survey_question(at, &SEED).expect("asks").expect("asked");
    let (asked, options) = all.split_first().expect("a question");
    assert_eq!((asked.en.as_str(), asked.zh.clone()), (asked.id.as_str(), alloc::format!("{}？", asked.id)));
    let ids: Vec<&str> = options.iter().map(|option| option.id.as_str()).collect();
    assert_eq!(ids, SATISFACTION, "the way not to answer is no option");
    assert!(options.iter().all(|option| option.zh == alloc::format!("{}？", option.en)));
    for other in [-WEEK, WEEK] {
        assert_eq!(engine.survey_question(at.plus(other), &SEED), Ok(None), "in no other week");
    }
    say(&mut engine, Some(&asked.id), "satisfied", at).expect("understood");
    assert_eq!(engine.survey_question(at.plus(DAY / 2), &SEED), Ok(None), "once");
    let report = engine.report(at.plus(WEEK), &SEED).expect("makes").expect("asked");
    assert_eq!((report.question.as_str(), report.truth.as_str()), (asked.id.as_str(), "satisfied"));
    let ids: Vec<_> = engine.history().iter().map(|event| event.id).collect();
    engine.forget(&ids);
    assert_eq!(engine.survey_question(at, &SEED), Ok(Some(all)), "what was taken back was never said");
}

#[test]
fn whoever_skips_or_is_silent_reports_that_they_said_nothing() {
    for skips in [true, false] {
        let mut engine = engine(&["price"]);
        let at = before_its_turn(&engine);
        if skips {
            say(&mut engine, Some("price"), "none", at).expect("understood");
            assert_eq!(engine.survey_question(at, &SEED), Ok(None), "it is not asked again");
        }
        let report = engine.report(at.plus(WEEK), &SEED).expect("makes").expect("asked");
        assert_eq!((report.question.as_str(), report.truth.as_str()), ("price", "none"));
    }
}

#[test]
fn browsers_draw_their_items_and_report_on_the_one_they_were_asked() {
    let engine = engine(&["delivery", "overall", "price", "quality"]);
    let at = before_its_turn(&engine);
    let mut drawn = BTreeMap::<String, u32>::new();
    for browser in 0..200_u8 {
        let seed = [browser; 32];
        let asked = engine.survey_question(at, &seed).expect("asks").expect("asked").swap_remove(0).id;
        let report = engine.preview_report(at.plus(WEEK), &seed).expect("makes").expect("asked");
        assert_eq!(report.question, asked);
        *drawn.entry(asked).or_default() += 1;
    }
    // Fifty each, with a standard deviation of six.
    assert!(drawn.len() == 4 && drawn.values().all(|count| (26..=74).contains(count)), "{drawn:?}");
    let all = super::super::asked(engine.catalogue()).expect("asks");
    let ids: Vec<&str> = all.iter().map(|asked| asked.question().id.as_str()).collect();
    assert_eq!(ids, ["a", "delivery", "overall", "price", "quality", "z"], "each is counted by itself");
}

#[test]
fn only_the_answer_on_the_whole_makes_somebody_unhappy() {
    let mut engine = engine(&["overall", "price"]);
    let unhappy = |engine: &Engine| Care::of(&engine.basis.history, NOW.plus(DAY)).unhappy;
    say(&mut engine, Some("price"), "very_dissatisfied", NOW).expect("understood");
    assert!(!unhappy(&engine), "prices are not the whole");
    say(&mut engine, Some("overall"), "dissatisfied", NOW).expect("understood");
    assert!(unhappy(&engine));
    assert_eq!(engine.history()[0].question, None, "it is named as it was before there was a survey");
    say(&mut engine, Some("price"), "very_satisfied", NOW).expect("understood");
    say(&mut engine, None, "none", NOW).expect("understood");
    assert!(unhappy(&engine), "neither another question nor a skipped one says that all is well");
    say(&mut engine, None, "fair", NOW).expect("understood");
    assert!(!unhappy(&engine));
}

#[test]
fn nothing_is_asked_where_nothing_could_be_reported() {
    let mut engine = engine(&["price"]);
    let at = before_its_turn(&engine);
    for consent in [Consent::Off, Consent::Session] {
        engine.set_consent(consent);
        assert_eq!(engine.survey_question(at, &SEED), Ok(None));
    }
    engine.set_consent(Consent::On);
    assert!(engine.survey_question(at, &SEED).expect("asks").is_some());
    assert!(engine.skip_report(at.plus(WEEK)));
    assert_eq!(engine.survey_question(at, &SEED), Ok(None), "next week's report was left out");
    let none = super::super::tests::engine();
    assert_eq!(none.survey_question(at, &SEED), Ok(None), "a pack without a survey");
}

#[test]
fn an_answer_to_no_question_or_with_no_answer_is_refused_whole() {
    let mut engine = engine(&["price"]);
    for (question, reason, field) in
        [("gone", "fair", "question"), ("a", "late", "question"), ("price", "cheap", "reason")]
    {
        let refused = say(&mut engine, Some(question), reason, NOW).expect_err("refused");
        assert!(
            matches!(&refused, EngineError::Event(EventError::Field { field: of, .. }) if of == field),
            "{refused}"
        );
    }
    assert!(say(&mut engine, None, "cheap", NOW).is_err());
    assert!(engine.history().is_empty());
}
