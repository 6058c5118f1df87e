//! The headers that every answer carries, whatever it is.

use axum::http::{HeaderName, HeaderValue, header};
use axum::response::Response;

/// What a page of ours may do: run its own scripts and our WebAssembly, and speak to where it came from. Nothing
/// inline, nothing from elsewhere, no frames, no forms.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; \
    style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; manifest-src 'self'; \
    worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// What the sealed worker may do: compile the WebAssembly that its page hands it, and nothing else. It can fetch nothing,
/// load no script and start no worker (docs/decisions/0012).
const SEALED: &str = "default-src 'none'; script-src 'wasm-unsafe-eval'";

/// Powers of the browser that a shop has no use for.
const PERMISSIONS_POLICY: &str = "accelerometer=(), camera=(), display-capture=(), geolocation=(), \
    gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=()";

/// Adds them; the Date header is added by the server itself, from its clock.
pub(super) async fn add(mut response: Response) -> Response {
    let fixed: [(HeaderName, &str); 4] = [
        (header::REFERRER_POLICY, "no-referrer"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (HeaderName::from_static("permissions-policy"), PERMISSIONS_POLICY),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    ];
    let headers = response.headers_mut();
    for (name, value) in fixed {
        headers.insert(name, HeaderValue::from_static(value));
    }
    // Only the sealed worker has a policy of its own.
    let page = HeaderValue::from_static(CONTENT_SECURITY_POLICY);
    headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(page);
    // Only the packs are for pages from elsewhere too, and say so themselves.
    let policy = HeaderName::from_static("cross-origin-resource-policy");
    headers.entry(policy).or_insert(HeaderValue::from_static("same-origin"));
    // What is not a file with a rule of its own is an answer of the moment.
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

/// Opens an answer to pages from every origin: for the packs, which are public and the same for everybody. Cookies
/// are never part of it, for `*` excludes them. The Date is exposed because the engine's clock is put right by it.
pub(super) fn open_to_all(response: &mut Response) {
    let fixed: [(HeaderName, &str); 3] = [
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
        (header::ACCESS_CONTROL_EXPOSE_HEADERS, "Date, ETag"),
        (HeaderName::from_static("cross-origin-resource-policy"), "cross-origin"),
    ];
    for (name, value) in fixed {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
}

/// Seals an answer that is the script of the sealed worker.
pub(super) fn seal(response: &mut Response) {
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(SEALED));
}
