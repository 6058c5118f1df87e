//! The WebAssembly face of Windowshop: the only place that knows `JsValue`.
//!
//! Small objects cross through serde-wasm-bindgen, columns and bytes as typed arrays. No logic lives here.

use wasm_bindgen::prelude::wasm_bindgen;

/// The version of the engine in this module.
#[wasm_bindgen]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").into()
}
