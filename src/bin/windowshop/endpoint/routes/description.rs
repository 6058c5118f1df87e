//! `GET /v1/openapi.json`: what can be asked here, for programs (OpenAPI 3.1). `scripts/describe` has schemathesis compare
//! it with the running endpoint.

use axum::http::header;
use axum::response::{IntoResponse, Response};

/// The description, written by hand: it says more than types could.
const DESCRIPTION: &str = include_str!("../openapi.json");

pub(super) async fn tell() -> Response {
    ([(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "no-cache")], DESCRIPTION)
        .into_response()
}

#[cfg(test)]
mod tests {
    use super::DESCRIPTION;

    /// Every route of the router is described, but for pages that people look at and the demo's own.
    #[test]
    fn every_route_is_described() {
        let description: serde_json::Value = serde_json::from_str(DESCRIPTION).expect("JSON");
        let routes = include_str!("../routes.rs").split(".route(\"").skip(1);
        let mut described = 0;
        for route in routes.filter_map(|rest| rest.split('"').next()) {
            if ["/marketer", "/marketer.css", "/demo/orders", "/v1/openapi.json"].contains(&route) {
                continue;
            }
            assert!(description["paths"][route].is_object(), "{route} is not in openapi.json");
            described += 1;
        }
        assert!(described >= 7, "{described}");
    }
}
