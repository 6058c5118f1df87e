//! Which items, in what order, and why.

use crate::Machine;
use crate::refusal::Refusal;
use crate::values::{instant, read, write};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use windowshop::engine::EngineError;
use windowshop::engine::views::words_of;
use windowshop::target::arms::local_id;

pub(crate) const REQUEST: &str = "the request cannot be read";

#[wasm_bindgen]
impl Machine {
    /// Says by which secret this browser's variant, its tries and its arms are drawn; nothing where there is none.
    pub fn know(&mut self, secret: Option<Vec<u8>>) {
        self.engine.set_local_id(secret.as_deref().map(local_id));
    }

    /// Ranks. The answer comes as words, in the order of `windowshop::engine::views::words_of`.
    ///
    /// # Errors
    /// `request_invalid`, saying what is allowed.
    pub fn recommend(&self, request: JsValue, at: f64) -> Result<Vec<u32>, Refusal> {
        let request = read(request, "request_invalid", REQUEST)?;
        let decision = self.engine.decide(&request, instant(at))?.1;
        Ok(words_of(self.engine.catalogue(), &decision))
    }

    /// Ranks brands.
    ///
    /// # Errors
    /// `request_invalid`, saying what is allowed.
    pub fn ranked_brands(&self, request: JsValue, at: f64) -> Result<JsValue, Refusal> {
        let request = read(request, "request_invalid", REQUEST)?;
        write(&self.engine.ranked_brands(&request, instant(at))?)
    }

    /// Every signal behind one item's score.
    ///
    /// # Errors
    /// `not_in_catalogue` where the item is not there.
    pub fn explain(&self, item: &str, at: f64) -> Result<JsValue, Refusal> {
        if self.engine.catalogue().find_item(item).is_none() {
            return Err(EngineError::Unknown { kind: "item", id: item.into() }.into());
        }
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
