//! What is given back for units that come back: their stored shares of what was paid, never more than that.
//!
//! Nothing is priced anew. A promotion that the units left over would not have reached stays given: the shares of the
//! receipt are what was agreed. The last unit of a line gets what rounding left.

use super::cart::Tax;
use super::receipt::Receipt;
use crate::base::money::{Money, MoneyError};
use alloc::string::String;
use alloc::vec::Vec;

/// Units of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Returned {
    /// The line's key.
    pub key: String,
    /// How many units.
    pub quantity: u32,
}

/// What is given back.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Refund {
    /// For each line that was named, in that order.
    pub lines: Vec<RefundLine>,
    /// Of all of them, with the tax where that was added.
    pub total: Money,
    /// The tax in it.
    pub tax: Money,
    /// How much of it goes back to vouchers that paid; the rest goes back to the shopper's money.
    pub to_vouchers: Money,
}

/// What is given back for a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefundLine {
    /// The line's key.
    pub key: String,
    /// How many units come back.
    pub quantity: u32,
    /// What was paid for them, with the tax where that was added.
    pub amount: Money,
    /// The tax in it.
    pub tax: Money,
}

/// Why nothing can be given back.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RefundError {
    /// The receipt has no such line.
    #[error("the receipt has no line {0:?}")]
    Unknown(String),
    /// A line is named twice.
    #[error("line {0:?} is named twice; add up the units")]
    Twice(String),
    /// More units come back than are still out.
    #[error("{quantity} units of line {key:?} are more than the {left} that have not come back yet")]
    TooMany {
        /// The line.
        key: String,
        /// How many are asked for.
        quantity: u32,
        /// How many there are left.
        left: u32,
    },
    /// An amount is beyond counting.
    #[error(transparent)]
    Money(#[from] MoneyError),
}

/// What is given back for `returned`, after what came back before.
///
/// Units are alike, so a line's amount is shared among them in the order in which they come back, rounded down: all of
/// them together give back what was paid for the line, whatever the steps.
///
/// # Errors
/// [`RefundError`] where `returned` is not of the receipt, or more than is left of it; nothing is given back then.
pub fn refund(receipt: &Receipt, before: &[Returned], returned: &[Returned]) -> Result<Refund, RefundError> {
    let mut refund = Refund::default();
    for (at, one) in returned.iter().enumerate() {
        if returned.iter().take(at).any(|other| other.key == one.key) {
            return Err(RefundError::Twice(one.key.clone()));
        }
        let unknown = || RefundError::Unknown(one.key.clone());
        let line = receipt.lines.iter().find(|line| line.key == one.key).ok_or_else(unknown)?;
        let out: u32 = before.iter().filter(|back| back.key == one.key).map(|back| back.quantity).sum();
        let left = line.quantity.saturating_sub(out);
        if one.quantity == 0 || one.quantity > left {
            return Err(RefundError::TooMany { key: one.key.clone(), quantity: one.quantity, left });
        }
        let paid = paid(receipt, line.total, line.tax)?;
        let (from, to) = (i64::from(out), i64::from(out) + i64::from(one.quantity));
        let amount = between(paid, from, to, i64::from(line.quantity))?;
        let tax = between(line.tax, from, to, i64::from(line.quantity))?;
        refund.total = refund.total.plus(amount)?;
        refund.tax = refund.tax.plus(tax)?;
        refund.lines.push(RefundLine { key: one.key.clone(), quantity: one.quantity, amount, tax });
    }
    let vouchers = receipt.tenders.iter().try_fold(Money::ZERO, |sum, tender| sum.plus(tender.amount))?;
    if vouchers > Money::ZERO {
        let earlier = earlier(receipt, before)?;
        let now = earlier.plus(refund.total)?;
        refund.to_vouchers = between(vouchers, earlier.minor(), now.minor(), receipt.total.minor())?;
    }
    Ok(refund)
}

fn paid(receipt: &Receipt, total: Money, tax: Money) -> Result<Money, MoneyError> {
    if receipt.tax_is == Tax::Added { total.plus(tax) } else { Ok(total) }
}

/// What was given back before.
fn earlier(receipt: &Receipt, before: &[Returned]) -> Result<Money, MoneyError> {
    let mut sum = Money::ZERO;
    for line in &receipt.lines {
        let out: u32 = before.iter().filter(|back| back.key == line.key).map(|back| back.quantity).sum();
        let out = i64::from(out.min(line.quantity));
        let paid = paid(receipt, line.total, line.tax)?;
        sum = sum.plus(between(paid, 0, out, i64::from(line.quantity))?)?;
    }
    Ok(sum)
}

/// The part of an amount that lies between two of `of` steps, rounded down at both ends: parts that follow one another sum
/// to what lies between the first and the last.
fn between(amount: Money, from: i64, to: i64, of: i64) -> Result<Money, MoneyError> {
    let down = |steps: i64| i128::from(amount.minor()) * i128::from(steps) / i128::from(of.max(1));
    let part = i64::try_from(down(to) - down(from)).map_err(|_| MoneyError::Overflow)?;
    Money::new(part)
}
