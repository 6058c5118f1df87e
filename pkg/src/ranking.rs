//! Which items, in what order, and why.

use crate::Machine;
use crate::refusal::Refusal;
use crate::values::{instant, read, write};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use windowshop::engine::EngineError;
use windowshop::target::arms::local_id;

const REQUEST: &str = "the request cannot be read";

#[wasm_bindgen]
impl Machine {
    /// Says by which secret this browser's variant, its tries and its arms are drawn; nothing where there is none.
    pub fn know(&mut self, secret: Option<Vec<u8>>) {
        self.engine.set_local_id(secret.as_deref().map(local_id));
    }

    /// Ranks. The answer is written as words (`windowshop::engine::views::FlatRanking`), good until the next call; told is
    /// where in this module's memory they begin.
    ///
    /// # Errors
    /// `request_invalid`, saying what is allowed.
    pub fn recommend(&mut self, request: JsValue, at: f64) -> Result<u32, Refusal> {
        let request = read(request, "request_invalid", REQUEST)?;
        self.engine.recommend_flat(&request, instant(at), &mut self.ranking)?;
        Ok(self.ranking.words().as_ptr().addr() as u32)
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
