//! Tax of a priced cart: worked out after discounts, once for each rate, and allocated to the lines of that rate.
//!
//! Once for each rate and not line by line, so that a cart of many cheap lines does not round many times; by largest
//! remainder, so that the lines' taxes sum to it.

use super::cart::{Cart, Tax};
use crate::base::money::{Money, MoneyError};
use alloc::vec;
use alloc::vec::Vec;

/// What is taxed: an amount after discounts and its rate in hundredths of a percent.
type Taxed = (i64, u32);

/// The tax of every entry of a cart, as `amounts` cost in the end: lines, then the shipping.
pub(super) fn taxes(cart: &Cart, amounts: &[i64]) -> Result<Vec<Money>, MoneyError> {
    let rates = cart.lines().iter().map(|line| line.tax_rate);
    let rates = rates.chain(cart.shipping().map(|shipping| shipping.tax_rate));
    let taxed: Vec<Taxed> = amounts.iter().copied().zip(rates).collect();
    let mut taxes = vec![Money::ZERO; taxed.len()];
    for (at, (_, rate)) in taxed.iter().enumerate() {
        let first = !taxed.iter().take(at).any(|(_, before)| before == rate);
        if *rate == 0 || !first {
            continue;
        }
        let of_rate: Vec<usize> =
            taxed.iter().enumerate().filter(|(_, other)| other.1 == *rate).map(|(at, _)| at).collect();
        let weights: Vec<i64> =
            of_rate.iter().filter_map(|at| taxed.get(*at)).map(|(amount, _)| *amount).collect();
        let sum = Money::new(weights.iter().sum())?;
        let whole = match cart.tax() {
            Tax::Added => 10_000,
            Tax::Included => 10_000 + i64::from(*rate),
        };
        let tax = sum.share(i64::from(*rate), whole)?;
        for (at, share) in of_rate.iter().zip(tax.allocate(&weights)?) {
            if let Some(slot) = taxes.get_mut(*at) {
                *slot = share;
            }
        }
    }
    Ok(taxes)
}
