//! `GET /healthz`: writes to the store and says whether that worked.

use crate::endpoint::Shared;
use crate::endpoint::refusal::Refusal;
use axum::Json;
use axum::extract::State;
use serde_json::{Value, json};
use std::sync::Arc;

pub(super) async fn check(State(shared): State<Arc<Shared>>) -> Result<Json<Value>, Refusal> {
    shared.store.beat().await.map_err(|error| {
        tracing::error!("the store cannot be written: {error:#}");
        Refusal::store()
    })?;
    Ok(Json(json!({ "status": "ok" })))
}
