//! How plain values cross: read whole or refused with the place, written as plain objects.

use crate::refusal::Refusal;
use js_sys::Array;
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::JsValue;
use windowshop::base::time::Timestamp;

/// An instant from JavaScript; what is no number is 1970.
pub(crate) fn instant(milliseconds: f64) -> Timestamp {
    Timestamp(milliseconds as i64)
}

/// Reads a plain value; `code` and `what` say what is wrong where it cannot be read.
pub(crate) fn read<T: DeserializeOwned>(
    value: JsValue,
    code: &'static str,
    what: &str,
) -> Result<T, Refusal> {
    serde_wasm_bindgen::from_value(value).map_err(|error| Refusal::new(code, &format!("{what}: {error}")))
}

/// Writes a plain value.
pub(crate) fn write<T: Serialize>(value: &T) -> Result<JsValue, Refusal> {
    serde_wasm_bindgen::to_value(value).map_err(|error| Refusal::new("engine_failed", &error))
}

/// The rows of a list that can be read.
pub(crate) fn read_rows<T: DeserializeOwned>(rows: &Array) -> Vec<T> {
    rows.iter().filter_map(|row| serde_wasm_bindgen::from_value(row).ok()).collect()
}
