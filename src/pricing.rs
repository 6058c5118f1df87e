//! What a cart costs: the best legal combination of its promotions, exactly, and why each other one was refused.
//!
//! This room cannot see a shopper: same cart, codes, promotions and `now`, same receipt, for everybody
//! (law 9). A [`Promotion`] has conditions ([`conditions`]), target lines ([`selector`]) and a benefit
//! ([`benefits`], one file a kind). [`cart`] is what is priced, [`combine`] finds the best legal combination,
//! [`receipt`] is what comes of it: parts that sum exactly, and a reason and a distance for each refusal.
//! [`section`] is how promotions travel in a pack. Which coupon to show to whom is `target`, not here.

pub mod benefits;
pub mod cart;
pub mod combine;
pub mod conditions;
mod explain;
pub mod promotion;
pub mod receipt;
pub mod section;
pub mod selector;

#[cfg(test)]
mod tests;

pub use cart::{Cart, CartError, Line, QUANTITY_MAX};
pub use promotion::{Budget, Layer, Promotion};
pub use receipt::{Applied, Reason, Receipt, ReceiptLine, Refused, Search, Share};
pub use section::{Promotions, PromotionsError};
pub use selector::Selector;

use crate::base::money::MoneyError;
use crate::base::time::Timestamp;

/// Prices a cart: the best legal combination of the promotions that apply at `now` with the codes entered.
///
/// Codes are compared without regard to surrounding white space and ASCII case. The order of lines, promotions
/// and codes changes nothing.
///
/// # Errors
/// [`MoneyError::Overflow`] where an amount of a rule and this cart is beyond what can be counted exactly.
pub fn price<C: AsRef<str>>(
    cart: &Cart,
    codes: &[C],
    now: Timestamp,
    promotions: &Promotions,
) -> Result<Receipt, MoneyError> {
    let entered = cart::entered_codes(codes);
    let candidates = combine::candidates(cart, &entered, now, promotions)?;
    let found = combine::best(cart, &candidates)?;
    explain::receipt(cart, &entered, promotions, &candidates, &found)
}
