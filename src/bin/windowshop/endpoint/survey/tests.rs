//! The index of a made-up crowd, and what is said where it is too small.

use super::*;
use crate::endpoint::store::Ballot;
use windowshop::report::chance::Chance;
use windowshop::report::estimate::simulate;
use windowshop::report::{AnswerSpace, Question};

/// Two items of goods and one of every other dimension, and one that counts for none.
const ITEMS: [(&str, Option<Dimension>); 7] = [
    ("delivery", Some(Dimension::Delivery)),
    ("payment", Some(Dimension::Payment)),
    ("price", Some(Dimension::Goods)),
    ("quality", Some(Dimension::Goods)),
    ("recommend", None),
    ("service", Some(Dimension::Service)),
    ("site", Some(Dimension::Site)),
];
/// What everybody answers to, best first, and how many do not.
const TRUTHS: [u64; 6] = [300, 600, 150, 100, 50, 400];

fn week(number: i64) -> Week {
    (0..number).fold(Week::from_text("2026-W01").expect("a week"), |week, _| week.after())
}

fn survey() -> Vec<(SurveyItem, Asked)> {
    let words = |text: &str| Wording { en: text.into(), zh: text.into() };
    let item = |(id, dimension): &(&str, Option<Dimension>)| {
        let labels: Vec<&str> = match dimension {
            Some(_) => SATISFACTION.to_vec(),
            None => vec!["yes", "no", "unknown"],
        };
        let question = Question {
            id: (*id).into(),
            answer: "survey_item".into(),
            domain: AnswerSpace::Labels(
                labels.iter().chain(&["none"]).map(|label| (*label).into()).collect(),
            ),
            epsilon_thousandths: 1_000,
            text: words(id),
            purpose: words(id),
            minimum_cohort: 100,
        };
        let options = labels.iter().map(|label| words(label)).collect();
        let asked = question.asked_among(std::iter::empty()).expect("a question");
        (SurveyItem { question: (*id).into(), dimension: *dimension, options }, asked)
    };
    ITEMS.iter().map(item).collect()
}

fn tally(asked: &Asked, week: Week, truths: &[u64], chance: &mut Chance) -> Tally {
    let truths = truths.get(..asked.domain().size()).unwrap_or(truths);
    let counts = simulate(asked, truths, chance);
    let ballot = Ballot { question: asked.question().id.clone(), week, edition: asked.edition().into() };
    Tally { ballot, reports: truths.iter().sum(), counts }
}

fn told(survey: &[(SurveyItem, Asked)], tallies: &[Tally]) -> Told {
    let survey: Vec<_> = survey.iter().map(|(item, asked)| (item, asked)).collect();
    tell(&survey, tallies, Vec::new())
}

#[test]
fn the_index_is_the_plain_mean_of_five_and_its_interval_holds_in_95_of_100() {
    let survey = survey();
    let mut chance = Chance::of_simulation([7; 32]);
    let answered: u64 = TRUTHS.iter().take(5).sum();
    let truth =
        TRUTHS.iter().take(5).enumerate().map(|(at, n)| (100 - 25 * at) as f64 * *n as f64).sum::<f64>()
            / answered as f64;
    let rounds = 120;
    let (mut index_held, mut goods_held, mut errors, mut squares) = (0, 0, 0.0, 0.0);
    for _ in 0..rounds {
        let tallies: Vec<Tally> = survey
            .iter()
            .flat_map(|(_, asked)| [week(1), week(9)].map(|week| tally(asked, week, &TRUTHS, &mut chance)))
            .collect();
        let told = told(&survey, &tallies);
        assert_eq!((told.weeks.len(), told.dimensions.len()), (2, 5));
        let scores: Vec<f64> = told.dimensions.iter().map(|of| of.score.expect("a score").value).collect();
        let index = told.index.expect("an index");
        assert!((index.value - scores.iter().sum::<f64>() / 5.0).abs() < 1e-9, "plain mean: {index:?}");
        let goods = told.dimensions.iter().find(|of| of.dimension == Dimension::Goods).expect("goods");
        assert_eq!(goods.items, ["price", "quality"]);
        let goods = goods.score.expect("a score");
        goods_held += u32::from(goods.low <= truth && truth <= goods.high);
        index_held += u32::from(index.low <= truth && truth <= index.high);
        errors += index.standard_error;
        squares += (index.value - truth) * (index.value - truth);
    }
    let rounds = f64::from(rounds);
    // A share of 0.95 over 120 has a deviation of 0.02; four of them.
    for held in [index_held, goods_held] {
        assert!((f64::from(held) / rounds - 0.95).abs() < 0.08, "{held} of {rounds}");
    }
    let ratio = errors / rounds / (squares / rounds).sqrt();
    assert!((ratio - 1.0).abs() < 0.25, "standard error beside the spread: {ratio}");
}

#[test]
fn an_item_without_a_scale_tells_shares_of_those_who_answered() {
    let survey = survey();
    let (_, asked) = survey.iter().find(|(item, _)| item.question == "recommend").expect("there");
    let mut chance = Chance::of_simulation([8; 32]);
    let told = told(&survey, &[tally(asked, week(1), &[14_000, 2_000, 4_000, 10_000], &mut chance)]);
    let item = told.items.iter().find(|item| item.question == "recommend").expect("told");
    assert_eq!((item.score, item.refused, item.reports), (None, None, 30_000));
    let shares: Vec<Figure> = item.answers.iter().map(|answer| answer.share.expect("a share")).collect();
    let sum: f64 = shares.iter().map(|share| share.value).sum();
    assert!((sum - 100.0).abs() < 0.1, "{sum}");
    for (share, truth) in shares.iter().zip([70.0, 10.0, 20.0]) {
        assert!((share.value - truth).abs() < 4.0 * share.standard_error, "{truth}: {share:?}");
    }
    assert!(told.index.is_none() && told.dimensions.iter().all(|of| of.score.is_none()));
}

#[test]
fn what_is_too_little_or_another_edition_is_not_told_and_the_whole_waits_for_its_parts() {
    let survey = survey();
    let mut chance = Chance::of_simulation([9; 32]);
    let mut tallies: Vec<Tally> =
        survey.iter().map(|(_, asked)| tally(asked, week(1), &TRUTHS, &mut chance)).collect();
    assert!(told(&survey, &tallies).index.is_some());
    let last = tallies.last_mut().expect("there");
    *last = tally(&survey.last().expect("there").1, week(1), &[10, 20, 10, 5, 5, 20], &mut chance);
    let few = told(&survey, &tallies);
    let site = few.items.last().expect("there");
    assert_eq!((site.refused, site.score, site.reports), (Some("too_few_reports"), None, 70));
    assert!(few.index.is_none(), "without one dimension there is no index");
    assert_eq!(few.dimensions.iter().filter(|of| of.score.is_some()).count(), 4);
    let last = tallies.last_mut().expect("there");
    *last = tally(&survey.last().expect("there").1, week(1), &[0, 0, 0, 0, 0, 2_000], &mut chance);
    assert_eq!(told(&survey, &tallies).items.last().expect("there").refused, Some("too_few_answers"));
    let last = tallies.last_mut().expect("there");
    last.ballot.edition = "00000000".into();
    assert_eq!(told(&survey, &tallies).items.last().expect("there").reports, 0);
}

#[test]
fn a_week_counts_once_it_takes_no_reports_and_for_a_year() {
    let ago = |weeks: u32| (0..weeks).fold(this_week(), |week, _| week.before());
    assert!(
        !is_closed(ago(0)) && !is_closed(ago(1)),
        "reports of this week and the one before are still taken"
    );
    assert!(is_closed(ago(2)) && counts(ago(2)) && counts(ago(53)) && !counts(ago(54)));
}
