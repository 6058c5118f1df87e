//! `GET /v1/estimates?question=…&week=…`: what the reports of a week say together, to who has the shop key.

use crate::endpoint::questionnaire::Questionnaire;
use crate::endpoint::refusal::Refusal;
use crate::endpoint::store::{Tally, told};
use crate::endpoint::{Shared, this_week};
use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use windowshop::base::time::Week;
use windowshop::report::{Estimate, EstimateError, Wording, estimate};

/// What is asked for.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Asking {
    question: String,
    week: Option<String>,
}

/// What is told.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct EstimateAnswer {
    /// The ISO week.
    pub(crate) week: String,
    /// The question in plain words.
    pub(crate) text: Wording,
    /// Counts with intervals, each of which holds the truth in 95 of 100 cases.
    #[serde(flatten)]
    pub(crate) estimate: Estimate,
    /// Reports of the week to other editions of the question (a pack with other answers): they are not in here.
    pub(crate) reports_to_other_editions: u64,
}

/// Tells an estimate, or honestly none.
pub(super) async fn tell(
    State(shared): State<Arc<Shared>>,
    headers: HeaderMap,
    asking: Result<Query<Asking>, QueryRejection>,
) -> Result<Json<EstimateAnswer>, Refusal> {
    shared.key.check(&headers, "estimates are for the shop")?;
    let Query(asking) = asking.map_err(|_| {
        Refusal::bad(
            "malformed",
            "ask with ?question=<id>&week=<ISO week>, the week such as 2026-W47; it may be left out",
        )
    })?;
    let week = match &asking.week {
        None => this_week(),
        Some(text) => Week::from_text(text)
            .ok_or_else(|| Refusal::bad("week", format!("{text:?} is not an ISO week such as 2026-W47")))?,
    };
    let questionnaire = shared.questionnaire();
    if !questionnaire.ids().contains(&asking.question.as_str()) {
        let known = questionnaire.ids().join(", ");
        let message = format!("there is no question {:?}; the questions are: {known}", asking.question);
        return Err(Refusal::new(StatusCode::NOT_FOUND, "unknown_question", message));
    }
    let tallies = told(shared.store.as_ref(), &questionnaire, Some(&asking.question), Some(week))
        .await
        .map_err(|error| {
            tracing::error!("counts could not be read: {error:#}");
            Refusal::store()
        })?;
    match say(&questionnaire, &tallies) {
        Some(Ok(answer)) => Ok(Json(answer)),
        Some(Err(error)) => {
            let code =
                if matches!(error, EstimateError::TooFew { .. }) { "too_few_reports" } else { "counts" };
            Err(Refusal::new(StatusCode::CONFLICT, code, error.to_string()))
        }
        None => {
            let message = format!("nobody has reported for {} yet", week.to_text());
            Err(Refusal::new(StatusCode::CONFLICT, "too_few_reports", message))
        }
    }
}

/// What the counts of one question and week say: those of the edition with the most reports. `None` without any.
pub(crate) fn say(
    questionnaire: &Questionnaire,
    tallies: &[Tally],
) -> Option<Result<EstimateAnswer, EstimateError>> {
    let known = tallies.iter().filter_map(|tally| {
        questionnaire.edition(&tally.ballot.question, &tally.ballot.edition).map(|asked| (tally, asked))
    });
    let (tally, asked) = known.max_by_key(|(tally, _)| tally.reports)?;
    let all: u64 = tallies.iter().map(|tally| tally.reports).sum();
    Some(estimate(asked, tally.reports, &tally.counts).map(|estimate| EstimateAnswer {
        week: tally.ballot.week.to_text(),
        text: asked.question().text.clone(),
        estimate,
        reports_to_other_editions: all - tally.reports,
    }))
}
