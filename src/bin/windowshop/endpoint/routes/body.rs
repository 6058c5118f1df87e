//! Bodies: JSON of a bounded length, or a refusal that says what is wrong with it.

use crate::endpoint::refusal::Refusal;
use axum::body::{HttpBody as _, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, StatusCode, header};
use serde::de::DeserializeOwned;

/// Reads the JSON of a request; `what` is what it is called in refusals, such as `a report`.
pub(super) async fn read<T: DeserializeOwned>(
    request: Request,
    what: &str,
    bytes_max: usize,
) -> Result<T, Refusal> {
    let (head, body) = request.into_parts();
    if !is_json(&head.headers) {
        let message = format!("{what} is sent as application/json");
        return Err(Refusal::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "media_type", message));
    }
    let too_large = || {
        let message = format!("{what} has at most {bytes_max} bytes");
        Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large", message)
    };
    if body.size_hint().lower() > bytes_max as u64 {
        return Err(too_large());
    }
    let body = to_bytes(body, bytes_max).await.map_err(|error| {
        if is_limit(&error) {
            return too_large();
        }
        Refusal::bad("malformed", "the body could not be read to its end")
    })?;
    // A list of the fields' values would be read as well.
    if body.iter().find(|byte| !byte.is_ascii_whitespace()).is_some_and(|byte| *byte != b'{') {
        return Err(Refusal::bad("malformed", format!("{what} is one JSON object")));
    }
    serde_json::from_slice(&body)
        .map_err(|error| Refusal::bad("malformed", format!("{what} cannot be read: {error}")))
}

fn is_json(headers: &HeaderMap) -> bool {
    let media = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or("");
    media.split(';').next().is_some_and(|media| media.trim().eq_ignore_ascii_case("application/json"))
}

fn is_limit(error: &axum::Error) -> bool {
    let mut cause = Some(error as &dyn std::error::Error);
    while let Some(error) = cause {
        if error.is::<http_body_util::LengthLimitError>() {
            return true;
        }
        cause = error.source();
    }
    false
}
