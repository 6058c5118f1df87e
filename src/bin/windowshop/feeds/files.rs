//! Reads files that people and their programs write: some editors put a byte order mark before what is UTF-8 anyway, and no
//! JSON begins with one. It is taken off here and nowhere else.

use super::problem::{FeedError, io, refused};
use anyhow::Context;
use serde::de::DeserializeOwned;
use std::path::Path;

/// U+FEFF in UTF-8.
const MARK: &[u8] = b"\xEF\xBB\xBF";

/// What a file holds behind its mark, where it has one.
pub(crate) fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(MARK).unwrap_or(bytes)
}

/// A whole file of text, without its mark.
///
/// # Errors
/// Where it cannot be read or is not UTF-8.
pub(crate) fn read_text(path: &Path) -> std::io::Result<String> {
    let mut text = std::fs::read_to_string(path)?;
    if text.starts_with('\u{FEFF}') {
        text.drain(..MARK.len());
    }
    Ok(text)
}

/// A JSON value from a file, or from standard input where none is given; `what` says what it has to be.
pub(crate) fn read_given<T: DeserializeOwned>(path: Option<&Path>, what: &str) -> anyhow::Result<T> {
    let name = path.map_or_else(|| "standard input".into(), |path| path.display().to_string());
    let text = path.map_or_else(|| std::io::read_to_string(std::io::stdin()), read_text);
    let text = text.with_context(|| format!("cannot read {name}"))?;
    serde_json::from_str(&text).with_context(|| format!("{name} is not {what}"))
}

/// What a file of a feed holds as JSON; `None` where there is no such file.
///
/// # Errors
/// [`FeedError`] where it cannot be read, or holds something else, with the line.
pub(super) fn read_json<T: DeserializeOwned>(folder: &Path, file: &str) -> Result<Option<T>, FeedError> {
    let path = folder.join(file);
    if !path.is_file() {
        return Ok(None);
    }
    let bytes = std::fs::read(&path).map_err(io(&path))?;
    let held = serde_json::from_slice(without_mark(&bytes));
    held.map(Some).map_err(|error| refused(file, error.line(), String::new(), error))
}
