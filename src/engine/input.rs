//! What hosts hand in: events as GA4 has them, made plain, and cart lines.

use crate::base::counts::Counts;
use crate::base::money::{Money, MoneyError};
use crate::pricing::{Account, Budget, Facts};
use alloc::string::String;
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

/// Something that happened, as the package makes it of a GA4 call.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct EventInput {
    /// GA4 name, such as `view_item`.
    pub name: String,
    /// The items it is about.
    pub items: Vec<ItemInput>,
    /// A brand, for reminders and dismissals.
    pub brand: Option<String>,
    /// A category, for dismissals.
    pub category: Option<String>,
    /// GA4's `transaction_id`.
    pub order: Option<String>,
    /// GA4's `search_term`.
    pub term: Option<String>,
    /// Why something was dismissed, or what was answered.
    pub reason: Option<String>,
    /// GA4's `promotion_id`.
    pub promotion: Option<String>,
    /// The question of the survey that was answered; none for the one on the whole.
    pub question: Option<String>,
    /// GA4's `item_list_id`; one that is no id is left out, for shops name lists as they like.
    pub list: Option<String>,
}

/// An item of an event. What is left out is filled in from the pack.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ItemInput {
    /// GA4's `item_id`.
    pub id: String,
    /// GA4's `item_name`, or the name from the text companion.
    pub name: Option<String>,
    /// GA4's `item_brand`: kept only for items that are not in the pack.
    pub brand: Option<String>,
    /// GA4's `item_category`: kept only for items that are not in the pack.
    pub category: Option<String>,
    /// GA4's `price` as a decimal text, such as `199.5`: read only for items that are not in the pack, and rounded
    /// half up to the currency's digits, because pages hand over the sums of binary fractions.
    pub price: Option<String>,
    /// GA4's `quantity`.
    pub quantity: Option<u32>,
    /// The size chosen: GA4's `item_variant`. For an item of the pack only one of its sizes is kept.
    pub size: Option<String>,
}

/// A price that a page worked out, such as `89.69999999999999`, in minor units: rounded half up, digit by digit.
///
/// # Errors
/// [`MoneyError::Text`] where it is not digits with at most one point, [`MoneyError::Overflow`] beyond counting.
pub(super) fn rounded_price(text: &str, exponent: u8) -> Result<Money, MoneyError> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let Some((kept, rest)) = fraction.as_bytes().split_at_checked(usize::from(exponent)) else {
        return Money::parse(text, exponent);
    };
    if !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(MoneyError::Text);
    }
    // With a zero in front, so that `.5` is half of something.
    let mut exact = String::from(if whole.is_empty() { "0" } else { whole });
    exact.push('.');
    exact.extend(kept.iter().map(|byte| char::from(*byte)));
    let amount = Money::parse(&exact, exponent)?;
    let up = !whole.starts_with('-') && rest.first().is_some_and(|byte| *byte >= b'5');
    amount.plus(Money::new(i64::from(up))?)
}

/// A line of a cart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CartLineInput {
    /// Stable id of the item.
    pub item: String,
    /// The size, where the item has several.
    #[serde(default)]
    pub size: Option<String>,
    /// How many, at least 1.
    pub quantity: u32,
}

/// A cart and what the shop knows besides: handed in, never read from memory.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CartInput {
    /// The lines.
    pub lines: Vec<CartLineInput>,
    /// Codes entered.
    #[serde(default)]
    pub codes: Vec<String>,
    /// What it costs to ship, in minor units, where that is known.
    #[serde(default)]
    pub shipping: Option<i64>,
    /// Who buys; a guest where left out.
    #[serde(default)]
    pub account: Option<AccountInput>,
    /// The payment method chosen, by the shop's own id.
    #[serde(default)]
    pub payment: Option<String>,
    /// Where the order is placed, by the shop's own id.
    #[serde(default)]
    pub channel: Option<String>,
    /// What is left of promotions' budgets, by their ids: known to the checkout that counts it, never handed in.
    #[serde(skip)]
    pub budget_left: Vec<(String, Budget)>,
}

/// What the shop knows of an account.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AccountInput {
    /// The member tier as a level; 0 is none.
    #[serde(default)]
    pub tier: u32,
    /// Ids of the customer groups it belongs to.
    #[serde(default)]
    pub groups: Vec<String>,
    /// Orders placed before; left out where that is not known.
    #[serde(default)]
    pub orders: Option<u32>,
    /// Points that it may spend.
    #[serde(default)]
    pub points: u32,
    /// Uses of promotions that are left, by their ids.
    #[serde(default)]
    pub uses_left: Counts,
}

impl CartInput {
    /// A guest's cart with codes entered.
    pub fn of(lines: &[CartLineInput], codes: &[&str]) -> Self {
        Self {
            lines: lines.to_vec(),
            codes: codes.iter().map(|code| String::from(*code)).collect(),
            ..Self::default()
        }
    }

    /// What it is priced with besides its lines.
    pub(super) fn facts(&self) -> Facts {
        let account = self.account.clone().unwrap_or_default();
        Facts {
            account: Account {
                tier: account.tier,
                groups: account.groups,
                orders: account.orders,
                points: account.points,
                uses_left: account.uses_left.into_pairs(),
            },
            payment: self.payment.clone(),
            channel: self.channel.clone(),
            budget_left: self.budget_left.clone(),
            ..Facts::with_codes(&self.codes)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::format;
    use proptest::prelude::*;

    #[test]
    fn computed_prices_are_rounded_half_up() {
        for (text, exponent, minor) in [
            ("89.69999999999999", 2, 8_970),
            ("0.30000000000000004", 2, 30),
            ("1.005", 2, 101),
            ("1.0049999999", 2, 100),
            ("199.5", 2, 19_950),
            ("0.999", 2, 100),
            (".5", 0, 1),
            ("1200.4", 0, 1_200),
            ("3", 2, 300),
        ] {
            assert_eq!(rounded_price(text, exponent).map(Money::minor), Ok(minor), "{text}");
        }
        for text in ["", ".", "1,50", "1.2.345", "1e-7", "12.34x", "¥12.345"] {
            assert!(rounded_price(text, 2).is_err(), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn rounding_is_never_further_than_half_a_unit(whole in 0_i64..1_000_000_000, thousandths in 0_i64..1_000) {
            let text = format!("{whole}.{thousandths:03}");
            let minor = rounded_price(&text, 2).expect("reads").minor();
            prop_assert!(((whole * 1_000 + thousandths) - minor * 10).abs() <= 5);
        }
    }
}
