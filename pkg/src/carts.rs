//! What a cart costs, and the coupon to surface.

use crate::question::Question;
use crate::refusal::Refusal;
use crate::writer::Writer;
use windowshop::engine::Engine;
use windowshop::engine::input::CartInput;
use windowshop::shopper::Account;

/// Prices a cart with what is handed in besides. `cart_invalid` or `not_in_catalogue` name the line.
pub(crate) fn price(
    engine: &mut Engine,
    asked: &mut Question<'_>,
    answer: &mut Writer,
) -> Result<(), Refusal> {
    let cart: CartInput = asked.read("cart_invalid", "the cart cannot be read")?;
    answer.write(&engine.price(&cart, asked.instant())?);
    Ok(())
}

/// Says who is signed in; nothing at sign-out. Whether something changed. `account_invalid` names the field.
pub(crate) fn set_account(
    engine: &mut Engine,
    asked: &mut Question<'_>,
    answer: &mut Writer,
) -> Result<(), Refusal> {
    let account: Option<Account> = asked.read("account_invalid", "the account cannot be read")?;
    answer.write(&engine.set_account(account)?);
    Ok(())
}

/// What is worked out of the shopper's orders.
pub(crate) fn customer(
    engine: &mut Engine,
    asked: &mut Question<'_>,
    answer: &mut Writer,
) -> Result<(), Refusal> {
    answer.write(&engine.customer(asked.instant()));
    Ok(())
}

/// The coupon to surface now, if any. By the secret that [`crate::ranking::know`] was told an arm is assigned.
pub(crate) fn offer(
    engine: &mut Engine,
    asked: &mut Question<'_>,
    answer: &mut Writer,
) -> Result<(), Refusal> {
    answer.write(&engine.offer(asked.instant()));
    Ok(())
}
