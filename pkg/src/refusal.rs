//! How a refusal crosses: as `{ code, message }`.

use alloc::string::{String, ToString};
use core::fmt::Display;
use serde::Serialize;
use windowshop::engine::EngineError;

/// What was refused and why; `code` is one of `ErrorCode` in `ts/errors.ts`.
#[derive(Debug, Serialize)]
pub(crate) struct Refusal {
    code: &'static str,
    message: String,
}

impl Refusal {
    /// A refusal of what could not be read, with the words that say where.
    pub(crate) fn new(code: &'static str, words: &dyn Display) -> Self {
        Self { code, message: words.to_string() }
    }
}

impl From<EngineError> for Refusal {
    fn from(error: EngineError) -> Self {
        Self::new(error.code(), &error)
    }
}
