//! What is priced: lines of a cart, checked and put in a fixed order.

use crate::base::money::{AMOUNT_MAX, Money, MoneyError};
use crate::base::order;
use alloc::string::String;
use alloc::vec::Vec;

/// The most lines a cart has.
pub const LINES_MAX: usize = 500;
/// The most units a line has.
pub const QUANTITY_MAX: u32 = 9_999;

/// One line: units of one item in one size, at the price of the catalogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Tells the lines of a cart apart and breaks ties, such as item and size; each once.
    pub key: String,
    /// Stable id of the item.
    pub item: String,
    /// Stable id of its brand.
    pub brand: String,
    /// Stable ids of its category and all above it.
    pub categories: Vec<String>,
    /// Price of a unit before promotions, zero or more.
    pub unit_price: Money,
    /// Price of a unit before the sale, for the rules that ask for it.
    pub list_price: Money,
    /// Units, 1 to [`QUANTITY_MAX`].
    pub quantity: u32,
}

/// Why lines are not a cart.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CartError {
    /// Two lines have one key.
    #[error("line {0:?} is in the cart twice; add up the quantities")]
    Twice(String),
    /// A quantity is none or too many.
    #[error("line {key:?} has {quantity} units; a line has 1 to {QUANTITY_MAX}")]
    Quantity {
        /// The line.
        key: String,
        /// Its quantity.
        quantity: u32,
    },
    /// A price is below zero.
    #[error("line {0:?} has a price below zero")]
    Price(String),
    /// There are too many lines.
    #[error("a cart of {0} lines is more than {LINES_MAX}")]
    TooLong(usize),
    /// The cart is worth more than can be counted.
    #[error("the cart is worth more than {AMOUNT_MAX} minor units")]
    Overflow,
}

/// A cart: lines by ascending key, with their amounts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cart {
    lines: Vec<Line>,
    amounts: Vec<Money>,
    subtotal: Money,
}

impl Cart {
    /// A cart of these lines, in any order.
    ///
    /// # Errors
    /// [`CartError`] at the first line, by key, that cannot be priced.
    pub fn new(mut lines: Vec<Line>) -> Result<Self, CartError> {
        if lines.len() > LINES_MAX {
            return Err(CartError::TooLong(lines.len()));
        }
        order::sort_by(&mut lines, |a, b| a.key.cmp(&b.key));
        let mut amounts = Vec::with_capacity(lines.len());
        let mut subtotal = Money::ZERO;
        let mut before: Option<&str> = None;
        for line in &lines {
            if before == Some(&line.key) {
                return Err(CartError::Twice(line.key.clone()));
            }
            before = Some(&line.key);
            if line.quantity == 0 || line.quantity > QUANTITY_MAX {
                return Err(CartError::Quantity { key: line.key.clone(), quantity: line.quantity });
            }
            if line.unit_price < Money::ZERO || line.list_price < Money::ZERO {
                return Err(CartError::Price(line.key.clone()));
            }
            let amount = line.unit_price.times(i64::from(line.quantity));
            let amount = amount.map_err(|_: MoneyError| CartError::Overflow)?;
            subtotal = subtotal.plus(amount).map_err(|_: MoneyError| CartError::Overflow)?;
            amounts.push(amount);
        }
        Ok(Self { lines, amounts, subtotal })
    }

    /// The lines, by ascending key.
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// What each line costs before promotions.
    pub fn amounts(&self) -> &[Money] {
        &self.amounts
    }

    /// What the cart costs before promotions.
    pub fn subtotal(&self) -> Money {
        self.subtotal
    }
}

/// A code as it is compared: without surrounding white space, ASCII letters large.
pub fn plain_code(code: &str) -> String {
    code.trim().to_ascii_uppercase()
}

/// The codes entered, as they are compared, each once, sorted; empty ones left out.
pub(super) fn entered_codes<C: AsRef<str>>(codes: &[C]) -> Vec<String> {
    let mut entered: Vec<String> = codes.iter().map(|code| plain_code(code.as_ref())).collect();
    entered.retain(|code| !code.is_empty());
    order::sort(&mut entered);
    entered.dedup();
    entered
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec;

    fn line(key: &str, unit_price: i64, quantity: u32) -> Line {
        let unit_price = Money::new(unit_price).expect("in range");
        Line {
            key: key.into(),
            item: key.into(),
            brand: "b".into(),
            categories: vec![],
            unit_price,
            list_price: unit_price,
            quantity,
        }
    }

    #[test]
    fn a_cart_is_checked_and_ordered() {
        let cart = Cart::new(vec![line("b", 150, 2), line("a", 99, 1)]).expect("a cart");
        assert_eq!(cart.lines().iter().map(|line| line.key.as_str()).collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!(cart.subtotal().minor(), 399);
        assert_eq!(Cart::new(vec![line("a", 1, 1), line("a", 2, 1)]), Err(CartError::Twice("a".into())));
        assert_eq!(
            Cart::new(vec![line("a", 1, 0)]),
            Err(CartError::Quantity { key: "a".into(), quantity: 0 })
        );
        assert_eq!(Cart::new(vec![line("a", -1, 1)]), Err(CartError::Price("a".into())));
        assert_eq!(Cart::new(vec![line("a", AMOUNT_MAX, 2)]), Err(CartError::Overflow));
        assert_eq!(Cart::new(vec![line("a", 1, 1); 501]), Err(CartError::TooLong(501)));
    }

    #[test]
    fn codes_are_compared_without_case_space_or_repetition() {
        assert_eq!(entered_codes(&[" summer20", "SUMMER20 ", "", "a1"]), ["A1", "SUMMER20"]);
    }
}
