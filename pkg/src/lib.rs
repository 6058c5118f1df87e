//! The WebAssembly face of Windowshop: the only place that knows `JsValue`.
//!
//! Small objects cross through serde-wasm-bindgen; columns cross as typed arrays and lists of texts. No logic lives
//! here: a method reads what it is handed, asks the engine once and writes down the answer. What is refused throws
//! `{ code, message }`, which `ts/machine.ts` makes a typed error of. The types of what crosses stand in
//! `windowshop::engine::{input, views}`; each file here is a group of calls.
//!
//! The module imports nothing that yields the global object, code from text, a constructor, a clock or chance:
//! `tests/golden/wasm-imports.txt` lists every import with its glue.

#![allow(
    clippy::missing_errors_doc,
    reason = "what is refused is told where it is refused: the engine's own methods"
)]
#![allow(clippy::needless_pass_by_value, reason = "wasm-bindgen hands lists over by value")]

#[cfg(feature = "bench")]
mod bench;
mod carts;
mod catalogue;
mod memory;
mod ranking;
mod refusal;
mod reports;
mod values;

use refusal::Refusal;
use wasm_bindgen::prelude::wasm_bindgen;
use windowshop::catalogue::AlignedBytes;
use windowshop::engine::Engine;

/// An engine in WebAssembly: one opened pack, one shopper.
#[wasm_bindgen]
pub struct Machine {
    engine: Engine,
    /// What the bench hands over in one form and the other.
    #[cfg(feature = "bench")]
    decided: Option<windowshop::recommend::Decision>,
}

#[wasm_bindgen]
impl Machine {
    /// Opens a pack. `tab` is a random number that tells this tab's events from another's.
    ///
    /// # Errors
    /// `pack_refused`, naming the section.
    #[wasm_bindgen(constructor)]
    pub fn new(pack: &js_sys::Uint8Array, tab: u32) -> Result<Machine, Refusal> {
        // Copied once, straight to where the columns are read in place.
        let mut bytes = AlignedBytes::zeroed(pack.length() as usize);
        pack.copy_to(bytes.as_mut_slice());
        Ok(Self {
            engine: Engine::open(bytes, tab)?,
            #[cfg(feature = "bench")]
            decided: None,
        })
    }

    /// Applies a delta, whole.
    ///
    /// # Errors
    /// `delta_refused` or `delta_out_of_step`; the catalogue is then as it was.
    pub fn apply_delta(&mut self, delta: &[u8]) -> Result<(), Refusal> {
        Ok(self.engine.apply_delta(delta)?)
    }
}
