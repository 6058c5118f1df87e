//! What shoppers said of the shop, worked out for everybody to read: each item of the survey, the five dimensions, the index.
//!
//! An item's counts are summed over the weeks that are closed, for a week that still takes reports would tell something else
//! every hour. An item whose answers are the five of satisfaction has a score, the mean of 100, 75, 50, 25 and 0 among those
//! who answered; any other has the shares of its answers. A dimension is the mean of its items, the index the plain mean of
//! the five dimensions; reports of different items are of different shoppers or weeks, so that their errors add up in squares.
//! Where one of its parts is not told, neither is the whole: a mean of whatever happens to be there would jump.

use super::heard::Heard;
use super::store::Tally;
use super::{is_closed, this_week};
use serde::Serialize;
use std::collections::BTreeSet;
use windowshop::base::scale::SATISFACTION;
use windowshop::base::time::Week;
use windowshop::report::estimate::QUANTILE_95;
use windowshop::report::{Asked, Dimension, Mean, ScoreError, SurveyItem, Wording, mean_of_answered};

/// Weeks that are summed, a year: an index of longer than that would hide what has changed.
const WEEKS: i64 = 53;

/// Whether a week counts: it is closed and not older than a year.
pub(super) fn counts(week: Week) -> bool {
    is_closed(week) && week.number() + WEEKS >= this_week().number()
}

/// A figure with its 95 % interval; scores are 0 to 100, shares per cent.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Figure {
    pub(super) value: f64,
    pub(super) standard_error: f64,
    pub(super) low: f64,
    pub(super) high: f64,
}

impl From<Mean> for Figure {
    fn from(mean: Mean) -> Self {
        let Mean { value, standard_error, low, high, .. } = mean;
        Self { value, standard_error, low, high }
    }
}

impl Figure {
    /// The plain mean of figures that know nothing of one another; nothing unless all are there.
    fn mean(parts: impl Iterator<Item = Option<Self>>) -> Option<Self> {
        let parts: Vec<Self> = parts.collect::<Option<_>>()?;
        let count = parts.len() as f64;
        if parts.is_empty() {
            return None;
        }
        let value = parts.iter().map(|part| part.value).sum::<f64>() / count;
        let variance: f64 = parts.iter().map(|part| part.standard_error * part.standard_error).sum();
        let standard_error = variance.sqrt() / count;
        let end = |side: f64| (value + side * QUANTILE_95 * standard_error).clamp(0.0, 100.0);
        Some(Self { value, standard_error, low: end(-1.0), high: end(1.0) })
    }
}

/// What is told of an answer.
#[derive(Debug, PartialEq, Serialize)]
pub(super) struct AnswerTold {
    answer: String,
    text: Wording,
    /// Its share of those who answered; absent where the item has a score or nothing is said.
    #[serde(skip_serializing_if = "Option::is_none")]
    share: Option<Figure>,
}

/// What is told of an item.
#[derive(Debug, PartialEq, Serialize)]
pub(super) struct ItemTold {
    question: String,
    text: Wording,
    dimension: Option<Dimension>,
    /// Reports of the weeks that count, answered or not.
    reports: u64,
    /// How many of them answered, by estimate.
    answered: Option<f64>,
    /// The mean of 100 to 0; only for items whose answers are the five of satisfaction.
    score: Option<Figure>,
    answers: Vec<AnswerTold>,
    /// Why nothing is said: `too_few_reports` or `too_few_answers`.
    #[serde(skip_serializing_if = "Option::is_none")]
    refused: Option<&'static str>,
}

/// What is told of a dimension.
#[derive(Debug, PartialEq, Serialize)]
pub(super) struct DimensionTold {
    dimension: Dimension,
    score: Option<Figure>,
    /// The questions whose mean it is.
    items: Vec<String>,
}

/// All that is told.
#[derive(Debug, PartialEq, Serialize)]
pub(super) struct Told {
    /// The weeks that reports are about, ascending.
    weeks: Vec<String>,
    /// Reports to all items.
    reports: u64,
    index: Option<Figure>,
    dimensions: Vec<DimensionTold>,
    items: Vec<ItemTold>,
    /// What the shop changed, newest first.
    heard: Vec<Heard>,
}

/// Works it out of the counts of the weeks that count.
pub(super) fn tell(survey: &[(&SurveyItem, &Asked)], tallies: &[Tally], heard: Vec<Heard>) -> Told {
    let items: Vec<ItemTold> = survey.iter().map(|(item, asked)| item_told(item, asked, tallies)).collect();
    let dimension = |dimension: Dimension| {
        let of: Vec<&ItemTold> = items.iter().filter(|item| item.dimension == Some(dimension)).collect();
        DimensionTold {
            dimension,
            score: Figure::mean(of.iter().map(|item| item.score)),
            items: of.iter().map(|item| item.question.clone()).collect(),
        }
    };
    let dimensions = Dimension::ALL.map(dimension);
    let of_survey = |tally: &&Tally| survey.iter().any(|(_, asked)| is_of(tally, asked));
    let weeks: BTreeSet<Week> = tallies.iter().filter(of_survey).map(|tally| tally.ballot.week).collect();
    Told {
        weeks: weeks.into_iter().map(Week::to_text).collect(),
        reports: items.iter().map(|item| item.reports).sum(),
        index: Figure::mean(dimensions.iter().map(|of| of.score)),
        dimensions: dimensions.into(),
        items,
        heard,
    }
}

fn is_of(tally: &Tally, asked: &Asked) -> bool {
    tally.ballot.question == asked.question().id && tally.ballot.edition == asked.edition()
}

fn item_told(item: &SurveyItem, asked: &Asked, tallies: &[Tally]) -> ItemTold {
    let answers = asked.domain().answers();
    let (mut reports, mut counts) = (0, vec![0; answers.len()]);
    for tally in tallies.iter().filter(|tally| is_of(tally, asked)) {
        reports += tally.reports;
        for (sum, count) in counts.iter_mut().zip(&tally.counts) {
            *sum += count;
        }
    }
    let labels = answers.get(..item.options.len()).unwrap_or_default();
    let place = |answer: &str| labels.iter().position(|label| label == answer);
    let scored = labels == SATISFACTION;
    let mean = |value: &dyn Fn(usize) -> f64| {
        mean_of_answered(asked, reports, &counts, |answer| place(answer).map(value))
    };
    let score = mean(&|place| 100.0 - 25.0 * place as f64);
    let share = |at: usize| {
        let one = mean(&|place| if place == at { 100.0 } else { 0.0 });
        one.ok().filter(|_| !scored).map(Figure::from)
    };
    let texts = labels.iter().zip(&item.options).enumerate();
    ItemTold {
        question: item.question.clone(),
        text: asked.question().text.clone(),
        dimension: item.dimension,
        reports,
        answered: score.as_ref().ok().map(|mean| mean.answered),
        answers: texts
            .map(|(at, (answer, text))| AnswerTold {
                answer: answer.clone(),
                text: text.clone(),
                share: share(at),
            })
            .collect(),
        refused: match &score {
            Ok(_) => None,
            Err(ScoreError::Estimate(_)) => Some("too_few_reports"),
            Err(_) => Some("too_few_answers"),
        },
        score: score.ok().filter(|_| scored).map(Figure::from),
    }
}

#[cfg(test)]
mod tests;
