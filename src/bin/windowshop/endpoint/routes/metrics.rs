//! `GET /metrics`: how many requests were answered how, since this program started, as Prometheus reads it; shop key.
//!
//! A count is by route and status alone: the route as it is written in the router, never as it was asked for, so that no
//! address of a shopper's becomes a label.

use crate::endpoint::Shared;
use crate::endpoint::refusal::Refusal;
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderMap, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

/// The route of what is served as it lies.
const FILES: &str = "files";
/// Upper edges of the time that answers took, in seconds.
const EDGES: [f64; 8] = [0.001, 0.005, 0.01, 0.05, 0.15, 0.5, 1.0, 5.0];

/// What was counted.
#[derive(Debug, Default)]
pub(crate) struct Counts(Mutex<BTreeMap<String, Route>>);

/// One route's.
#[derive(Debug, Default, Clone)]
struct Route {
    /// By status.
    answers: BTreeMap<u16, u64>,
    /// By how long they took, each edge counting what lies below it.
    within: [u64; EDGES.len()],
    seconds: f64,
}

/// Counts an answer.
pub(super) async fn count(State(shared): State<Arc<Shared>>, request: Request, next: Next) -> Response {
    let path = request.extensions().get::<MatchedPath>();
    let route = path.map_or(FILES, MatchedPath::as_str).to_string();
    let began = Instant::now();
    let response = next.run(request).await;
    let took = began.elapsed().as_secs_f64();
    let mut counts = shared.counts.0.lock().unwrap_or_else(PoisonError::into_inner);
    let of = counts.entry(route).or_default();
    *of.answers.entry(response.status().as_u16()).or_default() += 1;
    for (count, edge) in of.within.iter_mut().zip(EDGES) {
        *count += u64::from(took <= edge);
    }
    of.seconds += took;
    response
}

/// Tells the counts.
pub(super) async fn tell(State(shared): State<Arc<Shared>>, headers: HeaderMap) -> Result<Response, Refusal> {
    shared.key.check(&headers, "metrics are for the shop")?;
    let counts = shared.counts.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
    Ok(([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], text(&counts)).into_response())
}

fn text(counts: &BTreeMap<String, Route>) -> String {
    let mut text = String::from(
        "# HELP windowshop_answers_total Answers by route and status.\n# TYPE windowshop_answers_total counter\n",
    );
    for (route, of) in counts {
        for (status, count) in &of.answers {
            let _ =
                writeln!(text, "windowshop_answers_total{{route=\"{route}\",status=\"{status}\"}} {count}");
        }
    }
    text.push_str(
        "# HELP windowshop_answer_seconds How long answers took.\n# TYPE windowshop_answer_seconds histogram\n",
    );
    for (route, of) in counts {
        let all: u64 = of.answers.values().sum();
        for (edge, count) in EDGES.iter().zip(of.within) {
            let _ =
                writeln!(text, "windowshop_answer_seconds_bucket{{route=\"{route}\",le=\"{edge}\"}} {count}");
        }
        let _ = writeln!(text, "windowshop_answer_seconds_bucket{{route=\"{route}\",le=\"+Inf\"}} {all}");
        let _ = writeln!(text, "windowshop_answer_seconds_sum{{route=\"{route}\"}} {}", of.seconds);
        let _ = writeln!(text, "windowshop_answer_seconds_count{{route=\"{route}\"}} {all}");
    }
    text
}
