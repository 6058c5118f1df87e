//! How a refusal crosses: as `{ code, message }`.

use core::fmt::Display;
use serde::Serialize;
use wasm_bindgen::JsValue;
use windowshop::engine::EngineError;

/// What was refused and why; `code` is one of `ErrorCode` in `ts/errors.ts`.
#[derive(Debug, Serialize)]
pub struct Refusal {
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

impl From<Refusal> for JsValue {
    fn from(refusal: Refusal) -> Self {
        // Two texts can always be written; the bare code is only the compiler's wish.
        serde_wasm_bindgen::to_value(&refusal).unwrap_or_else(|_| Self::from_str(refusal.code))
    }
}
