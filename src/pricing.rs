//! What a cart costs: the best legal combination of its promotions, exactly, and why each other one was refused.
//!
//! This room cannot see a shopper: same cart, facts, promotions and `now`, same receipt, for everybody (law 9).
//! A [`Promotion`] has conditions ([`conditions`], one file a kind), target lines ([`selector`]) and a benefit
//! ([`benefits`], one file a kind). [`cart`] is what is priced, [`facts`] what the shop knows of who buys it and how;
//! [`manners`] are a shop's settings. A [`step`] is a promotion made ready for a cart, [`shares`] spreads what it takes
//! off, [`combine`] finds the best legal combination, [`receipt`] is what comes of it: parts that sum exactly, and a
//! reason and a distance for each refusal. [`refund`] gives back from a receipt. [`section`] is how promotions travel in
//! a pack. Which coupon to show to whom is `target`, not here.

pub mod benefits;
pub mod cart;
mod checks;
pub mod combine;
pub mod conditions;
mod explain;
pub mod facts;
pub mod manners;
pub mod promotion;
pub mod receipt;
pub mod refund;
pub mod section;
pub mod selector;
mod shares;
mod step;
mod tax;

#[cfg(test)]
mod tests;

pub use cart::{Cart, CartError, Line, QUANTITY_MAX, Shipping, Tax};
pub use facts::{Account, Facts};
pub use manners::Manners;
pub use promotion::{AppliesTo, Budget, Layer, Promotion};
pub use receipt::{Applied, Reason, Receipt, ReceiptLine, Refused, Search, Share};
pub use section::{Promotions, PromotionsError};
pub use selector::Selector;

use crate::base::money::MoneyError;
use crate::base::time::Timestamp;

/// Prices a cart: the best legal combination of the promotions that apply at `now` with these facts.
///
/// The order of lines, promotions and codes changes nothing.
///
/// # Errors
/// [`MoneyError::Overflow`] where an amount of a rule and this cart is beyond what can be counted exactly.
pub fn price(
    cart: &Cart,
    facts: &Facts,
    now: Timestamp,
    promotions: &Promotions,
) -> Result<Receipt, MoneyError> {
    let candidates = combine::candidates(cart, facts, now, promotions)?;
    let found = combine::best(cart, &candidates)?;
    explain::receipt(cart, facts, promotions, &candidates, &found)
}
