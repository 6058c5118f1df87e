//! `GET /v1/survey`: what shoppers said of the shop and what was changed because of it, to everybody. No key is asked for and
//! nobody's own answer is in it; caches may keep it for some minutes.

use crate::endpoint::refusal::Refusal;
use crate::endpoint::survey::{counts, tell};
use crate::endpoint::{Shared, heard, store};
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderName, header};
use axum::response::IntoResponse;
use std::sync::Arc;

/// How long caches may keep it: counts of closed weeks change once a week.
const CACHING: &str = "public, max-age=300";

/// Tells it.
pub(super) async fn told(State(shared): State<Arc<Shared>>) -> Result<impl IntoResponse, Refusal> {
    let failed = |error: anyhow::Error| {
        tracing::error!("the survey could not be read: {error:#}");
        Refusal::store()
    };
    let questionnaire = shared.questionnaire();
    let survey = questionnaire.survey();
    let mut tallies = shared.store.tallies(None, None).await.map_err(failed)?;
    tallies.retain(|tally| {
        counts(tally.ballot.week) && survey.iter().any(|(item, _)| item.question == tally.ballot.question)
    });
    let tallies = store::released(shared.store.as_ref(), &questionnaire, tallies).await.map_err(failed)?;
    // Checked when the folder was read.
    let heard = heard::read(&shared.files()).unwrap_or_default();
    let headers: [(HeaderName, &str); 1] = [(header::CACHE_CONTROL, CACHING)];
    Ok((headers, Json(tell(&survey, &tallies, heard))))
}
