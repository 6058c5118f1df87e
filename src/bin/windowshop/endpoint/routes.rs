//! What can be asked of the endpoint; one file a route.
//!
//! | route | what |
//! |---|---|
//! | `GET /`, and what lies below | the storefront |
//! | `GET /v1/…` | the packs |
//! | `POST /v1/reports` | one randomised report |
//! | `GET /v1/estimates` | what reports say together; shop key |
//! | `GET /v1/survey` | what shoppers said of the shop, for everybody |
//! | `POST /v1/quotes` | what a cart costs; shop key, with `--checkout` |
//! | `POST /v1/redemptions`, `DELETE /v1/redemptions/{order}` | what is granted, and given back; likewise |
//! | `POST /demo/orders` | the demo shop's own backend, with `--demo-backend` |
//! | `GET /marketer` | the shop's page on its campaigns; shop key as the password, with `--checkout` |
//! | `GET /v1/openapi.json` | this table for programs |
//! | `GET /healthz` | whether writing works |
//! | `GET /metrics` | how many requests were answered how; shop key |

mod body;
mod description;
mod estimates;
mod files;
mod health;
mod marketer;
mod metrics;
mod orders;
mod quotes;
mod redemptions;
mod reports;
mod survey;

pub(crate) use estimates::{EstimateAnswer, say};
pub(crate) use marketer::escaped;
pub(super) use metrics::Counts;
pub(crate) use quotes::Quote;

use super::refusal::Refusal;
use super::{Shared, headers, limits};
use axum::error_handling::HandleErrorLayer;
use axum::http::StatusCode;
use axum::routing::{delete, get, post};
use axum::{BoxError, Router, middleware};
use std::sync::Arc;
use tower::ServiceBuilder;
use tower::limit::GlobalConcurrencyLimitLayer;
use tower::load_shed::LoadShedLayer;
use tower::timeout::TimeoutLayer;

/// The routes, with their limits.
pub(super) fn router(shared: Arc<Shared>) -> Router {
    // From the outside in: what fails within becomes a refusal, what is too much is turned away, what takes too
    // long is given up.
    let bounded = ServiceBuilder::new()
        .layer(HandleErrorLayer::new(given_up))
        .layer(LoadShedLayer::new())
        .layer(GlobalConcurrencyLimitLayer::new(limits::REQUESTS))
        .layer(TimeoutLayer::new(limits::REQUEST_TIME));
    Router::new()
        .route("/v1/reports", post(reports::take))
        .route("/v1/estimates", get(estimates::tell))
        .route("/v1/survey", get(survey::told))
        .route("/demo/orders", post(orders::take))
        .route("/v1/quotes", post(quotes::quote))
        .route("/v1/redemptions", post(redemptions::grant))
        .route("/v1/redemptions/{order}", delete(redemptions::give_back))
        .route("/v1/openapi.json", get(description::tell))
        .route("/marketer", get(marketer::page))
        .route("/marketer.css", get(marketer::style))
        .route("/healthz", get(health::check))
        .route("/metrics", get(metrics::tell))
        .fallback(files::serve)
        .method_not_allowed_fallback(other_method)
        .layer(bounded)
        .layer(middleware::map_response(headers::add))
        .layer(middleware::from_fn_with_state(Arc::clone(&shared), metrics::count))
        .with_state(shared)
}

async fn given_up(error: BoxError) -> Refusal {
    if error.is::<tower::timeout::error::Elapsed>() {
        let message = format!("the request took longer than {} seconds", limits::REQUEST_TIME.as_secs());
        return Refusal::new(StatusCode::REQUEST_TIMEOUT, "timeout", message);
    }
    Refusal::busy()
}

async fn other_method() -> Refusal {
    let message = "this address does not do that; the header Allow names what it does";
    Refusal::new(StatusCode::METHOD_NOT_ALLOWED, "method", message)
}
