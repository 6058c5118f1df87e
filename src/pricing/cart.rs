//! What is priced: lines of a cart, checked and put in a fixed order.

use crate::base::money::{AMOUNT_MAX, Money, MoneyError};
use crate::base::order;
use alloc::string::String;
use alloc::vec::Vec;

/// The most lines a cart has.
pub const LINES_MAX: usize = 500;
/// The most units a line has.
pub const QUANTITY_MAX: u32 = 9_999;
/// The highest tax: 100 percent, in hundredths.
pub const TAX_RATE_MAX: u32 = 10_000;

/// One line: units of one item in one size, at the price of the catalogue.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Line {
    /// Tells the lines of a cart apart and breaks ties, such as item and size; each once.
    pub key: String,
    /// Stable id of the item.
    pub item: String,
    /// Stable id of its brand.
    pub brand: String,
    /// Stable ids of its category and all above it.
    pub categories: Vec<String>,
    /// Stable id of its sale; empty where it is in none.
    pub sale: String,
    /// Its attributes, as the feed writes them.
    pub attributes: Vec<String>,
    /// Price of a unit before promotions, zero or more.
    pub unit_price: Money,
    /// Price of a unit before the sale, for the rules that ask for it.
    pub list_price: Money,
    /// Units, 1 to [`QUANTITY_MAX`].
    pub quantity: u32,
    /// What promotions may not take a unit below; zero where there is no floor. One above the price changes nothing: the
    /// line is then just not reduced.
    pub floor: Money,
    /// Tax in hundredths of a percent, at most [`TAX_RATE_MAX`].
    pub tax_rate: u32,
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
    /// A tax is beyond 100 percent.
    #[error("line {0:?} has a tax of more than 100 percent")]
    Tax(String),
    /// The shipping costs less than nothing.
    #[error("the shipping costs less than zero")]
    Shipping,
    /// There are too many lines.
    #[error("a cart of {0} lines is more than {LINES_MAX}")]
    TooLong(usize),
    /// The cart is worth more than can be counted.
    #[error("the cart is worth more than {AMOUNT_MAX} minor units")]
    Overflow,
}

/// A cart: lines by ascending key, with their amounts, and what it costs to ship them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cart {
    lines: Vec<Line>,
    amounts: Vec<Money>,
    subtotal: Money,
    shipping: Option<Shipping>,
    tax: Tax,
}

/// What it costs to ship a cart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Shipping {
    /// The fee before promotions, zero or more.
    pub fee: Money,
    /// Tax in hundredths of a percent.
    pub tax_rate: u32,
}

/// Whether prices hold the tax already.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub enum Tax {
    /// They do: a receipt says how much of what is paid is tax.
    #[default]
    Included,
    /// They do not: a receipt adds it.
    Added,
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
            if line.unit_price < Money::ZERO || line.list_price < Money::ZERO || line.floor < Money::ZERO {
                return Err(CartError::Price(line.key.clone()));
            }
            if line.tax_rate > TAX_RATE_MAX {
                return Err(CartError::Tax(line.key.clone()));
            }
            let amount = line.unit_price.times(i64::from(line.quantity));
            let amount = amount.map_err(|_: MoneyError| CartError::Overflow)?;
            subtotal = subtotal.plus(amount).map_err(|_: MoneyError| CartError::Overflow)?;
            amounts.push(amount);
        }
        Ok(Self { lines, amounts, subtotal, shipping: None, tax: Tax::Included })
    }

    /// The same cart with what it costs to ship it.
    ///
    /// # Errors
    /// [`CartError`] for a fee or a tax that makes no sense, or together beyond counting.
    pub fn shipped(self, shipping: Shipping) -> Result<Self, CartError> {
        if shipping.fee < Money::ZERO || shipping.tax_rate > TAX_RATE_MAX {
            return Err(CartError::Shipping);
        }
        self.subtotal.plus(shipping.fee).map_err(|_: MoneyError| CartError::Overflow)?;
        Ok(Self { shipping: Some(shipping), ..self })
    }

    /// The same cart with prices that hold the tax, or do not.
    #[must_use]
    pub fn taxed(self, tax: Tax) -> Self {
        Self { tax, ..self }
    }

    /// The lines, by ascending key.
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// What each line costs before promotions.
    pub fn amounts(&self) -> &[Money] {
        &self.amounts
    }

    /// What it costs to ship, where that is known.
    pub fn shipping(&self) -> Option<Shipping> {
        self.shipping
    }

    /// Whether prices hold the tax.
    pub fn tax(&self) -> Tax {
        self.tax
    }

    /// What the lines cost before promotions.
    pub fn subtotal(&self) -> Money {
        self.subtotal
    }
}

/// A code as it is compared: without surrounding white space, ASCII letters large.
pub fn plain_code(code: &str) -> String {
    code.trim().to_ascii_uppercase()
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
            unit_price,
            list_price: unit_price,
            quantity,
            ..Line::default()
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
        let taxed = Line { tax_rate: TAX_RATE_MAX + 1, ..line("a", 1, 1) };
        assert_eq!(Cart::new(vec![taxed]), Err(CartError::Tax("a".into())));
        let fee = Shipping { fee: Money::new(-1).expect("in range"), tax_rate: 0 };
        assert_eq!(Cart::default().shipped(fee), Err(CartError::Shipping));
    }
}
