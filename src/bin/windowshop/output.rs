//! How commands speak: text for people or one JSON value for programs, errors on standard error, progress bars.

use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;

/// The chosen manner of speaking.
pub(crate) struct Output {
    /// One JSON value instead of text.
    pub(crate) json: bool,
}

impl Output {
    /// Prints a result: as JSON, or by `text`.
    pub(crate) fn result<T: Serialize + ?Sized>(&self, value: &T, text: impl FnOnce()) -> anyhow::Result<()> {
        if self.json {
            println!("{}", serde_json::to_string_pretty(value)?);
        } else {
            text();
        }
        Ok(())
    }

    /// Tells what nobody asked for and somebody should know, beside the result.
    pub(crate) fn note(&self, text: &str) {
        if self.json {
            eprintln!("{}", serde_json::json!({ "note": text }));
        } else {
            eprintln!("windowshop: note: {text}");
        }
    }

    /// Tells a failure: what, and each cause behind it.
    pub(crate) fn failure(&self, error: &anyhow::Error) {
        if self.json {
            let causes: Vec<String> = error.chain().map(ToString::to_string).collect();
            eprintln!("{}", serde_json::json!({ "error": causes }));
        } else {
            eprintln!("windowshop: {error:#}");
        }
    }

    /// A bar for `length` steps of `what`; hidden where standard error is not a terminal.
    pub(crate) fn progress(what: &'static str, length: u64) -> ProgressBar {
        let style = ProgressStyle::with_template("{msg:24} {wide_bar} {pos}/{len} {eta}");
        let bar = ProgressBar::new(length).with_message(what);
        match style {
            Ok(style) => bar.with_style(style),
            Err(_) => bar,
        }
    }
}
