//! `POST /v1/reports`: takes one randomised report. Acknowledged when its count is on the disk.

use crate::endpoint::refusal::Refusal;
use crate::endpoint::store::{Ballot, CountedReport, Taken};
use crate::endpoint::writer::NotTaken;
use crate::endpoint::{Shared, limits, now};
use axum::Json;
use axum::body::{HttpBody as _, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use serde_json::{Value, json};
use std::sync::Arc;
use windowshop::base::time::Week;
use windowshop::report::{Report, ReportError};

/// Checks a report and counts it. What is wrong with it is said, and changes nothing.
pub(super) async fn take(
    State(shared): State<Arc<Shared>>,
    request: Request,
) -> Result<(StatusCode, Json<Value>), Refusal> {
    let (head, body) = request.into_parts();
    if !is_json(&head.headers) {
        let message = "a report is sent as application/json";
        return Err(Refusal::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "media_type", message));
    }
    let announced = body.size_hint().lower();
    if announced > limits::BODY_BYTES as u64 {
        return Err(too_large());
    }
    let body = to_bytes(body, limits::BODY_BYTES).await.map_err(|error| cut_off(&error))?;
    let report: Report = serde_json::from_slice(&body)
        .map_err(|error| Refusal::bad("malformed", format!("the report cannot be read: {error}")))?;
    let counted = read(&shared, &report)?;
    match shared.writer.take(counted).await {
        Ok(Taken::Counted) => Ok((StatusCode::ACCEPTED, Json(json!({ "counted": true })))),
        Ok(Taken::Known) => Ok((StatusCode::OK, Json(json!({ "counted": false, "known": true })))),
        Err(NotTaken::Busy) => Err(Refusal::busy()),
        Err(NotTaken::Failed) => Err(Refusal::store()),
    }
}

/// Reads a report against its question.
fn read(shared: &Shared, report: &Report) -> Result<CountedReport, Refusal> {
    let questionnaire = shared.questionnaire();
    let Some(asked) = questionnaire.of_report(report) else {
        let known = questionnaire.ids().join(", ");
        let message = format!("there is no question {:?}; the questions are: {known}", report.question);
        return Err(Refusal::bad("unknown_question", message));
    };
    let this = Week::of(now()).number();
    if report.week.number() != this && report.week.number() != this - 1 {
        let message = format!(
            "reports are taken for this week ({}) and the one before, not for {}",
            Week::of(now()).to_text(),
            report.week.to_text()
        );
        return Err(Refusal::bad("week", message));
    }
    let disguise = asked.read(report).map_err(|error| {
        let code = match error {
            ReportError::Edition { .. } => "edition",
            _ => "answer",
        };
        Refusal::bad(code, error.to_string())
    })?;
    let size = asked.domain().size();
    let randomiser = asked.randomiser();
    Ok(CountedReport {
        id: report.id.0,
        ballot: Ballot {
            question: report.question.clone(),
            week: report.week,
            edition: asked.edition().to_owned(),
        },
        size,
        supports: (0..size).filter(|answer| randomiser.supports(&disguise, *answer)).collect(),
    })
}

fn is_json(headers: &HeaderMap) -> bool {
    let media = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or("");
    media.split(';').next().is_some_and(|media| media.trim().eq_ignore_ascii_case("application/json"))
}

fn too_large() -> Refusal {
    let message = format!("a report has at most {} bytes", limits::BODY_BYTES);
    Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large", message)
}

fn cut_off(error: &axum::Error) -> Refusal {
    let mut cause = Some(error as &dyn std::error::Error);
    while let Some(error) = cause {
        if error.is::<http_body_util::LengthLimitError>() {
            return too_large();
        }
        cause = error.source();
    }
    Refusal::bad("malformed", "the body could not be read to its end")
}
