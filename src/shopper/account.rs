//! What the shop's own ledger says of the account that is signed in: handed in by its pages, never kept here.
//!
//! A browser forgets and people have several; the shop's account page knows the orders placed. Whoever is signed in gets
//! them counted in this tab, as long as the page says so: nothing of it is stored, signing out takes it away, and another
//! account's takes its place whole. Orders are told apart by their id, so an order that this browser saw and the ledger
//! names counts once, as the ledger states it.

use super::value::OrderRow;
use crate::base::counts::Counts;
use crate::base::ids::check_id;
use crate::base::money::{AMOUNT_MAX, Money};
use crate::base::order;
use crate::base::time::{Date, Timestamp};
use alloc::string::String;
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

/// Orders read of one account, at most.
pub const ORDERS_MAX: usize = 2_000;

/// What the ledger states.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Account {
    /// Which account, by any stable id of the shop's: tells one from another, and is told nobody.
    pub id: String,
    /// When the ledger was read; an older one never takes a newer one's place.
    pub as_of: i64,
    /// Orders placed; left out where the ledger was not asked for them, which says nothing of any.
    #[serde(default)]
    pub orders: Option<Vec<AccountOrder>>,
    /// What was given back of them.
    #[serde(default)]
    pub refunds: Vec<AccountRefund>,
    /// The member tier as a level; 0 is none.
    #[serde(default)]
    pub tier: u32,
    /// Points that may be spent.
    #[serde(default)]
    pub points: u32,
    /// Uses of promotions that are left, by their ids.
    #[serde(default)]
    pub uses_left: Counts,
    /// Ids of the customer groups it belongs to.
    #[serde(default)]
    pub groups: Vec<String>,
    /// Month and day of birth where the shopper gave them, such as `11-05`; never the year.
    #[serde(default)]
    pub birthday: Option<String>,
}

/// An order of an account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AccountOrder {
    /// Its id: GA4's `transaction_id`.
    pub id: String,
    /// When it was placed, UTC milliseconds.
    pub at: i64,
    /// What was paid, in minor units.
    pub value: i64,
}

/// What was given back of an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AccountRefund {
    /// The order's id.
    pub order: String,
    /// In minor units; the whole order where left out.
    #[serde(default)]
    pub value: Option<i64>,
}

/// Why an account's facts are refused, all of them.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("account: {field} {problem}")]
pub struct AccountError {
    /// The field, as a path such as `orders[2].value`.
    pub field: String,
    /// What is wrong, and what is allowed.
    pub problem: &'static str,
}

/// 2001-09-09: what is below was meant as seconds, or as nothing at all.
const MILLISECONDS_MIN: i64 = 1_000_000_000_000;
const NO_TIME: &str = "is UTC milliseconds, as Date.now() gives them (seconds times 1000)";

impl Account {
    /// Checks what comes from outside.
    ///
    /// # Errors
    /// [`AccountError`], naming the field.
    pub fn check(&self) -> Result<(), AccountError> {
        let wrong = |field: String, problem| Err(AccountError { field, problem });
        if check_id(&self.id).is_err() {
            return wrong(
                "id".into(),
                "is 1 to 64 bytes without spaces: any name the shop has for the account",
            );
        }
        let time = |at: i64| at >= MILLISECONDS_MIN;
        if !time(self.as_of) {
            return wrong("asOf".into(), NO_TIME);
        }
        if self.orders().len() > ORDERS_MAX || self.refunds.len() > ORDERS_MAX {
            return wrong("orders".into(), "and refunds are at most 2000");
        }
        let amount = |value: i64| (0..=AMOUNT_MAX).contains(&value);
        for (at, order) in self.orders().iter().enumerate() {
            if check_id(&order.id).is_err() {
                return wrong(alloc::format!("orders[{at}].id"), "is 1 to 64 bytes without spaces");
            }
            if !time(order.at) {
                return wrong(alloc::format!("orders[{at}].at"), NO_TIME);
            }
            if !amount(order.value) {
                return wrong(
                    alloc::format!("orders[{at}].value"),
                    "is an amount in minor units, zero or more",
                );
            }
        }
        let mut ids: Vec<&str> = self.orders().iter().map(|order| order.id.as_str()).collect();
        order::sort(&mut ids);
        if ids.windows(2).any(|pair| matches!(pair, [one, other] if one == other)) {
            return wrong("orders".into(), "have each their own id; one is there twice");
        }
        for (at, refund) in self.refunds.iter().enumerate() {
            if check_id(&refund.order).is_err() || refund.value.is_some_and(|value| !amount(value)) {
                return wrong(
                    alloc::format!("refunds[{at}]"),
                    "has an order's id and an amount, zero or more",
                );
            }
        }
        if self.birthday.is_some() && self.born().is_none() {
            return wrong("birthday".into(), "is a month and a day, such as 11-05");
        }
        Ok(())
    }

    /// Its orders; none where it states none.
    pub fn orders(&self) -> &[AccountOrder] {
        self.orders.as_deref().unwrap_or(&[])
    }

    /// Month and day of birth.
    pub fn born(&self) -> Option<(u8, u8)> {
        let (month, day) = self.birthday.as_deref()?.split_once('-')?;
        let (month, day) = (month.parse().ok()?, day.parse().ok()?);
        Date::is_yearly(month, day).then_some((month, day))
    }

    /// When an order was placed, as the ledger states it; nothing where it does not name it.
    pub fn placed(&self, order: &str) -> Option<Timestamp> {
        self.orders().iter().find(|known| known.id == order).map(|known| Timestamp(known.at))
    }

    /// Its orders by ascending id, each once, less what was given back.
    pub fn rows(&self) -> Vec<(&str, OrderRow)> {
        let mut sorted: Vec<&AccountOrder> = self.orders().iter().collect();
        order::sort_by(&mut sorted, |a, b| a.id.cmp(&b.id));
        sorted.dedup_by(|later, kept| later.id == kept.id);
        let mut rows: Vec<(&str, OrderRow)> = sorted
            .into_iter()
            .map(|order| {
                let value = Money::new(order.value).unwrap_or_default();
                (order.id.as_str(), OrderRow { at: Timestamp(order.at), value })
            })
            .collect();
        for refund in &self.refunds {
            let found = rows.binary_search_by(|(id, _)| (*id).cmp(refund.order.as_str()));
            if let Some((_, row)) = found.ok().and_then(|at| rows.get_mut(at)) {
                let left = refund.value.map_or(0, |back| (row.value.minor() - back).max(0));
                row.value = Money::new(left).unwrap_or_default();
            }
        }
        rows
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString;
    use alloc::vec;

    #[test]
    fn refunds_come_off_and_what_is_malformed_is_refused_by_name() {
        let order = |id: &str, value| AccountOrder { id: id.into(), at: MILLISECONDS_MIN, value };
        let refund = |order: &str, value| AccountRefund { order: order.into(), value };
        let account = Account {
            id: "a".into(),
            as_of: MILLISECONDS_MIN,
            orders: Some(vec![order("1", 900), order("2", 500), order("3", 100)]),
            refunds: vec![refund("1", Some(300)), refund("2", None), refund("4", Some(1))],
            birthday: Some("02-29".into()),
            ..Account::default()
        };
        assert_eq!(account.check(), Ok(()));
        assert_eq!(account.born(), Some((2, 29)));
        let values: Vec<i64> = account.rows().iter().map(|(_, row)| row.value.minor()).collect();
        assert_eq!(values, [600, 0, 100]);
        let refused = |account: Account| account.check().expect_err("refused").to_string();
        let negative = Account { orders: Some(vec![order("1", -1)]), ..account.clone() };
        assert_eq!(refused(negative), "account: orders[0].value is an amount in minor units, zero or more");
        assert!(refused(Account { birthday: Some("2-30".into()), ..account.clone() }).contains("birthday"));
        assert!(refused(Account { id: String::new(), ..account.clone() }).contains("id"));
        let twice = vec![order("1", 900), order("2", 500), order("1", 900)];
        assert!(refused(Account { orders: Some(twice), ..account.clone() }).contains("one is there twice"));
        let in_seconds = MILLISECONDS_MIN / 1_000;
        assert!(refused(Account { as_of: in_seconds, ..account }).contains("asOf is UTC milliseconds"));
    }
}
