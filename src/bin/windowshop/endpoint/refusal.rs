//! Refusals: `{"error": {"code", "message"}}` with a status. The code is for programs, the message for people. Some have
//! further members: of the error, or beside it.

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value};

/// Why a request is not done.
#[derive(Debug)]
pub(super) struct Refusal {
    status: StatusCode,
    code: &'static str,
    message: String,
    /// Further members of the error.
    details: Map<String, Value>,
    /// Members beside the error.
    beside: Map<String, Value>,
}

impl Refusal {
    pub(super) fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        Self { status, code, message: message.into(), details: Map::new(), beside: Map::new() }
    }

    /// The same with further members of the error, given as an object.
    pub(super) fn with(mut self, details: Value) -> Self {
        if let Value::Object(details) = details {
            self.details.extend(details);
        }
        self
    }

    /// The same with further members beside the error, given as an object.
    pub(super) fn beside(mut self, members: Value) -> Self {
        if let Value::Object(members) = members {
            self.beside.extend(members);
        }
        self
    }

    /// The request itself is wrong; sending it again makes no sense.
    pub(super) fn bad(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, code, message)
    }

    /// There is too much to do; sending it again later does make sense.
    pub(super) fn busy() -> Self {
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "busy", "too many requests at once; try again in a moment")
    }

    /// One network sends more than its share.
    pub(super) fn too_many() -> Self {
        let message = "too many reports from one network; send it again another day, with the same id";
        Self::new(StatusCode::TOO_MANY_REQUESTS, "too_many", message)
    }

    /// The store does not answer as it should; what it said is logged, not told.
    pub(super) fn store() -> Self {
        let message = "the database could not be written or read; nothing has changed, try again later";
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "store", message)
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let mut error = Map::new();
        error.insert("code".into(), self.code.into());
        error.insert("message".into(), self.message.into());
        error.extend(self.details);
        let mut body = Map::new();
        body.insert("error".into(), error.into());
        body.extend(self.beside);
        let mut response = (self.status, Json(body)).into_response();
        let headers = response.headers_mut();
        if self.status == StatusCode::SERVICE_UNAVAILABLE {
            headers.insert(header::RETRY_AFTER, HeaderValue::from_static("2"));
        }
        if self.status == StatusCode::TOO_MANY_REQUESTS {
            headers.insert(header::RETRY_AFTER, HeaderValue::from_static("86400"));
        }
        if self.status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}
