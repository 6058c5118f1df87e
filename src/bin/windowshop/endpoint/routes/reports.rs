//! `POST /v1/reports`: takes one randomised report. Acknowledged when its count is on the disk.

use super::body;
use crate::endpoint::networks::Sender;
use crate::endpoint::refusal::Refusal;
use crate::endpoint::store::{CountedReport, Taken};
use crate::endpoint::writer::NotTaken;
use crate::endpoint::{Shared, is_closed, limits, now, this_week};
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::{Extension, Json};
use serde_json::{Value, json};
use std::sync::Arc;
use windowshop::report::{Report, ReportError};

/// Checks a report and counts it. What is wrong with it is said, and changes nothing.
pub(super) async fn take(
    State(shared): State<Arc<Shared>>,
    Extension(sender): Extension<Sender>,
    request: Request,
) -> Result<(StatusCode, Json<Value>), Refusal> {
    let admitted = shared.networks.admit(sender, request.headers(), now()).map_err(|error| {
        tracing::error!("reports cannot be limited by network: {error:#}");
        Refusal::busy()
    })?;
    if !admitted {
        return Err(Refusal::too_many());
    }
    let report: Report = body::read(request, "a report", limits::BODY_BYTES).await?;
    let counted = read(&shared, &report)?;
    match shared.writer.take(counted).await {
        Ok(Taken::Counted) => Ok((StatusCode::ACCEPTED, Json(json!({ "counted": true })))),
        Ok(Taken::Known) => Ok((StatusCode::OK, Json(json!({ "counted": false, "known": true })))),
        Ok(Taken::Late) => Err(Refusal::bad("week", "reports for that week are not taken any more")),
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
    let this = this_week();
    if is_closed(report.week) || report.week.number() > this.number() {
        let message = format!(
            "reports are taken for this week ({}) and the one before, not for {}",
            this.to_text(),
            report.week.to_text()
        );
        return Err(Refusal::bad("week", message));
    }
    CountedReport::of(asked, report).map_err(|error| {
        let code = match error {
            ReportError::Edition { .. } => "edition",
            _ => "answer",
        };
        Refusal::bad(code, error.to_string())
    })
}
