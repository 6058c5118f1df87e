//! What only the bench asks for: one decision, handed over as words and by serde-wasm-bindgen, without the time it took to
//! make. Built by `scripts/build-package bench`.

use crate::Machine;
use crate::ranking::REQUEST;
use crate::refusal::Refusal;
use crate::values::{instant, read, write};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use windowshop::engine::views::words_of;

#[wasm_bindgen]
impl Machine {
    /// Ranks, and keeps the decision.
    ///
    /// # Errors
    /// `request_invalid`, saying what is allowed.
    pub fn bench_decide(&mut self, request: JsValue, at: f64) -> Result<(), Refusal> {
        let request = read(request, "request_invalid", REQUEST)?;
        self.decided = Some(self.engine.decide(&request, instant(at))?.1);
        Ok(())
    }

    /// The decision as words.
    pub fn bench_words(&self) -> Option<Vec<u32>> {
        self.decided.as_ref().map(|decision| words_of(self.engine.catalogue(), decision))
    }

    /// The decision by serde-wasm-bindgen.
    ///
    /// # Errors
    /// `engine_failed` where the answer cannot be handed over.
    pub fn bench_objects(&self) -> Result<JsValue, Refusal> {
        write(&self.decided.as_ref().map(|decision| self.engine.ranking_view(decision)))
    }
}
