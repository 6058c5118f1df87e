//! What a cart costs, and the coupon to surface.

use crate::Machine;
use crate::refusal::Refusal;
use crate::values::{instant, read, write};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use windowshop::engine::input::CartInput;
use windowshop::shopper::Account;

#[wasm_bindgen]
impl Machine {
    /// Prices a cart with what is handed in besides.
    ///
    /// # Errors
    /// `cart_invalid` or `not_in_catalogue`, naming the line.
    pub fn price(&self, cart: JsValue, at: f64) -> Result<JsValue, Refusal> {
        let cart: CartInput = read(cart, "cart_invalid", "the cart cannot be read")?;
        write(&self.engine.price(&cart, instant(at))?)
    }

    /// Says who is signed in; nothing at sign-out. Whether something changed.
    ///
    /// # Errors
    /// `account_invalid`, naming the field.
    pub fn set_account(&mut self, account: JsValue) -> Result<bool, Refusal> {
        let account: Option<Account> = read(account, "account_invalid", "the account cannot be read")?;
        Ok(self.engine.set_account(account)?)
    }

    /// What is worked out of the shopper's orders.
    ///
    /// # Errors
    /// `engine_failed` where the answer cannot be handed over.
    pub fn customer(&self, at: f64) -> Result<JsValue, Refusal> {
        write(&self.engine.customer(instant(at)))
    }

    /// The coupon to surface now, if any. By the secret that [`Machine::know`] was told an arm is assigned.
    ///
    /// # Errors
    /// `engine_failed` where the answer cannot be handed over.
    pub fn offer(&self, at: f64) -> Result<JsValue, Refusal> {
        write(&self.engine.offer(instant(at)))
    }
}
