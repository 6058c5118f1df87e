//! What kind of file a name's ending says it is.

/// The media type of a file, and whether compressing it pays.
pub(super) fn of(name: &str) -> (&'static str, bool) {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    match ending {
        "css" => ("text/css; charset=utf-8", true),
        "html" => ("text/html; charset=utf-8", true),
        "ico" => ("image/x-icon", true),
        "jpg" | "jpeg" => ("image/jpeg", false),
        "js" | "mjs" => ("text/javascript; charset=utf-8", true),
        "json" | "map" => ("application/json", true),
        "png" => ("image/png", false),
        "svg" => ("image/svg+xml", true),
        "txt" | "md" => ("text/plain; charset=utf-8", true),
        "wasm" => ("application/wasm", true),
        "webmanifest" => ("application/manifest+json", true),
        "webp" => ("image/webp", false),
        "woff2" => ("font/woff2", false),
        // Packs and deltas, and whatever is not known.
        _ => ("application/octet-stream", true),
    }
}
