//! What a cart costs.

use crate::Machine;
use crate::refusal::Refusal;
use crate::values::{instant, read, write};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use windowshop::engine::input::CartLineInput;

#[wasm_bindgen]
impl Machine {
    /// Prices a cart with the codes entered.
    ///
    /// # Errors
    /// `cart_invalid` or `not_in_catalogue`, naming the line.
    pub fn price(&self, lines: JsValue, codes: Vec<String>, at: f64) -> Result<JsValue, Refusal> {
        let lines: Vec<CartLineInput> = read(lines, "cart_invalid", "the cart cannot be read")?;
        write(&self.engine.price(&lines, &codes, instant(at))?)
    }
}
