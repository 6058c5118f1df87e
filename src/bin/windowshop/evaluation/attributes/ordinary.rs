//! What everybody looks at, as each source of training knows it: what affinities are measured against.
//!
//! Counted is what the shop's own log or orders give. Reports is what the shop has that never saw a log: each shopper's
//! weeks before a span are answered, disguised and estimated as the engine and the endpoint do, and the estimate is
//! learned from by `windowshop train --source estimates`, all weeks taken as one of so many shoppers. Without either the
//! catalogue's own shares stand in.

use super::data::Data;
use crate::training::log::Logs;
use crate::training::scratch::Scratch;
use crate::training::sources::{Request, Source};
use anyhow::{Context, Result};
use indicatif::ProgressBar;
use serde::Serialize;
use std::collections::BTreeMap;
use std::io::Write;
use windowshop::base::time::{Timestamp, Week};
use windowshop::catalogue::input::TrainedInput;
use windowshop::report::chance::Chance;
use windowshop::report::domains::NONE;
use windowshop::report::estimate::estimate;
use windowshop::report::questions::{AnswerSpace, Question, Wording};

/// Where what is ordinary is known from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Ordinary {
    /// Nothing was learned.
    Catalogue,
    /// Randomised reports of the category looked at most, one a shopper and week.
    Reports,
    /// Every event before.
    Counted,
}

impl Ordinary {
    /// All of them, the poorest first.
    pub(crate) const ALL: [Self; 3] = [Self::Catalogue, Self::Reports, Self::Counted];

    /// What it gives a pack, from what happened before an instant.
    pub(super) fn learned(self, data: &Data, until: Timestamp) -> Result<TrainedInput> {
        Ok(match self {
            Self::Catalogue => TrainedInput::default(),
            Self::Counted => TrainedInput {
                brand_views: data.views(until, |item| item.brand.clone()),
                category_views: data.views(until, |item| item.category.clone()),
                ..TrainedInput::default()
            },
            Self::Reports => reported(data, until)?,
        })
    }
}

/// ε of a report, in thousandths: the most the engine allows.
const EPSILON_THOUSANDTHS: u16 = 1_000;

fn reported(data: &Data, until: Timestamp) -> Result<TrainedInput> {
    let words = |text: &str| Wording { en: text.into(), zh: text.into() };
    let question = Question {
        id: "category-of-the-week".into(),
        answer: "most_viewed_category".into(),
        domain: AnswerSpace::Categories,
        epsilon_thousandths: EPSILON_THOUSANDTHS,
        text: words("Which category?"),
        purpose: words("To know what is ordinary."),
        minimum_cohort: windowshop::report::questions::COHORT_MIN,
    };
    let asked = question.asked_among(data.top_categories())?;
    let domain = asked.domain();
    let mut chance = Chance::of_simulation([1; 32]);
    let (mut reports, mut counts) = (0_u64, vec![0_u64; domain.size()]);
    for answer in data.most_of_each_week(until) {
        let truth =
            domain.position(&answer).or_else(|| domain.position(NONE)).context("none is an answer")?;
        let disguise = asked.randomiser().disguise(truth, &mut chance);
        reports += 1;
        for (answer, count) in counts.iter_mut().enumerate() {
            *count += u64::from(asked.randomiser().supports(&disguise, answer));
        }
    }
    let said = SaidOfWeek { week: Week::of(until).to_text(), estimate: estimate(&asked, reports, &counts)? };
    let mut file = tempfile::Builder::new().suffix(".json").tempfile()?;
    serde_json::to_writer(&mut file, &[said])?;
    file.flush()?;
    let logs = Logs { files: &[file.path().into()], columns: &[], scratch: &Scratch::default() };
    let request = Request { logs, min_sessions: 1, questions: &[] };
    Ok(Source::Estimates.learn(&request, &ProgressBar::hidden())?.trained.input())
}

/// As the endpoint tells an estimate.
#[derive(Serialize)]
struct SaidOfWeek {
    week: String,
    #[serde(flatten)]
    estimate: windowshop::report::estimate::Estimate,
}

/// The text of which there is most; of equals the first.
pub(super) fn most<'a>(texts: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
    for text in texts {
        *counts.entry(text).or_insert(0) += 1;
    }
    let largest = counts.values().copied().max()?;
    counts.into_iter().find(|(_, count)| *count == largest).map(|(text, _)| text)
}
