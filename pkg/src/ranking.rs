//! Which items, in what order, and why.

use crate::Machine;
use crate::refusal::Refusal;
use crate::values::{instant, read, write};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

const REQUEST: &str = "the request cannot be read";

#[wasm_bindgen]
impl Machine {
    /// Ranks.
    ///
    /// # Errors
    /// `request_invalid`, saying what is allowed.
    pub fn recommend(&self, request: JsValue, at: f64) -> Result<JsValue, Refusal> {
        let request = read(request, "request_invalid", REQUEST)?;
        write(&self.engine.recommend(&request, instant(at))?)
    }

    /// Every signal behind one item's score.
    ///
    /// # Errors
    /// `request_invalid` where the item is not in the catalogue.
    pub fn explain(&self, item: &str, at: f64) -> Result<JsValue, Refusal> {
        write(&self.engine.explain(item, instant(at))?)
    }

    /// A decision on record, for `windowshop replay`.
    ///
    /// # Errors
    /// `request_invalid`, saying what is allowed.
    pub fn record(&self, request: JsValue, at: f64) -> Result<JsValue, Refusal> {
        let request = read(request, "request_invalid", REQUEST)?;
        write(&self.engine.record(&request, instant(at))?)
    }
}
