//! Everything else: files from the table, in the best coding the client takes.

use crate::endpoint::Shared;
use crate::endpoint::codings::Coding;
use crate::endpoint::refusal::Refusal;
use crate::endpoint::{files, headers};
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use std::sync::Arc;

/// What stands where there is no page and the storefront brings none of its own.
const NOT_FOUND: &str = "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>Not here</title>\n\
    <h1>Nothing is here</h1>\n<p>The sale may have ended. <a href=\"/\">To today's sales</a></p>\n\
    <p lang=\"zh\">此处没有页面，特卖可能已结束。<a href=\"/\">看今日特卖</a></p>\n</html>\n";

/// Serves a file. Those of the packs, below `/v1/`, are for pages of every origin: a development server, a shop that
/// lives elsewhere.
pub(super) async fn serve(
    State(shared): State<Arc<Shared>>,
    method: Method,
    uri: Uri,
    request: HeaderMap,
) -> Response {
    if !uri.path().starts_with("/v1/") {
        let mut response = file(&shared, &method, &uri, &request);
        if files::is_sealed_worker(uri.path()) {
            headers::seal(&mut response);
        }
        return response;
    }
    let mut response =
        if method == Method::OPTIONS { preflight() } else { file(&shared, &method, &uri, &request) };
    headers::open_to_all(&mut response);
    response
}

/// What a page from elsewhere may ask of the packs (the Fetch standard's CORS preflight).
fn preflight() -> Response {
    let mut response = StatusCode::NO_CONTENT.into_response();
    for (name, value) in [
        (header::ALLOW, "GET, HEAD, OPTIONS"),
        (header::ACCESS_CONTROL_ALLOW_METHODS, "GET, HEAD"),
        (header::ACCESS_CONTROL_ALLOW_HEADERS, "If-None-Match, Cache-Control"),
        (header::ACCESS_CONTROL_MAX_AGE, "86400"),
    ] {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

fn file(shared: &Shared, method: &Method, uri: &Uri, headers: &HeaderMap) -> Response {
    if *method != Method::GET && *method != Method::HEAD {
        let refusal = Refusal::new(StatusCode::METHOD_NOT_ALLOWED, "method", "files are for GET and HEAD");
        let mut response = refusal.into_response();
        response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
        return response;
    }
    let table = shared.files();
    let Some(file) = table.find(uri.path()) else {
        if uri.path().starts_with("/v1/") {
            return Refusal::new(StatusCode::NOT_FOUND, "not_found", "there is no such file").into_response();
        }
        let own = table.find("/404.html").map(|page| page.plain().to_vec());
        let page = own.unwrap_or_else(|| NOT_FOUND.as_bytes().to_vec());
        return (StatusCode::NOT_FOUND, [(header::CONTENT_TYPE, "text/html; charset=utf-8")], page)
            .into_response();
    };
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let accepted = text(header::ACCEPT_ENCODING).map_or(Coding::Identity, Coding::accepted);
    let (coding, body, tag) = file.body(accepted);
    let unchanged = text(header::IF_NONE_MATCH).is_some_and(|tags| names(tags, &tag));
    let mut response = Response::new(Body::empty());
    let fields = response.headers_mut();
    fields.insert(header::CACHE_CONTROL, HeaderValue::from_static(file.caching));
    fields.insert(header::VARY, HeaderValue::from_static("Accept-Encoding"));
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        fields.insert(header::ETAG, tag);
    }
    if unchanged {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        return response;
    }
    fields.insert(header::CONTENT_TYPE, HeaderValue::from_static(file.media));
    if let Some(name) = coding.name() {
        fields.insert(header::CONTENT_ENCODING, HeaderValue::from_static(name));
    }
    fields.insert(header::CONTENT_LENGTH, HeaderValue::from(body.len()));
    if *method == Method::GET {
        *response.body_mut() = Body::from(body);
    }
    response
}

/// Whether an If-None-Match header names a tag (RFC 9110 §13.1.2: weak comparison, or any).
fn names(tags: &str, tag: &str) -> bool {
    tags.split(',').map(str::trim).any(|one| one == "*" || one.strip_prefix("W/").unwrap_or(one) == tag)
}
