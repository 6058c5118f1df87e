//! What a cart is priced with besides its lines: what the shop knows of the account, and how and where it is bought.
//!
//! These are handed in by the shop's own pages or backend. Nothing here is read from what a browser remembers, so that
//! the same facts give everybody the same receipt (law 9).

use super::cart::plain_code;
use super::promotion::Budget;
use crate::base::order;
use crate::base::time::{Timestamp, Zone};
use alloc::string::String;
use alloc::vec::Vec;

/// Minutes of a day.
pub const DAY_MINUTES: u16 = 1_440;

/// What is known of the account that buys. A guest is the default: no tier, no group, no orders known, no points.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Account {
    /// The member tier as a level: 0 is none, a higher one has what a lower one has.
    pub tier: u32,
    /// Stable ids of the customer groups it belongs to.
    pub groups: Vec<String>,
    /// Orders placed before this one; `None` where that is not known, and no condition on it holds.
    pub orders: Option<u32>,
    /// Loyalty points that may be spent.
    pub points: u32,
    /// Uses of a promotion that are left, by its id; one that is not named has all it allows.
    pub uses_left: Vec<(String, u32)>,
}

/// What a cart is priced with.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Facts {
    /// The codes entered, as they are compared, each once, sorted ([`Self::with_codes`]).
    pub(crate) codes: Vec<String>,
    /// Who buys.
    pub account: Account,
    /// The payment method chosen, by the shop's own id.
    pub payment: Option<String>,
    /// Where the order is placed, such as `app`, by the shop's own id.
    pub channel: Option<String>,
    /// What is left of a promotion's budget, by its id; one that is not named has it whole. A gift that is out of stock
    /// has no use left.
    pub budget_left: Vec<(String, Budget)>,
    /// What the shop's clocks show, as minutes since Monday 00:00; `None` where no zone is known, and no condition on
    /// hours holds.
    pub week_minute: Option<u16>,
}

impl Facts {
    /// A guest's facts with these codes entered. Codes are compared without surrounding white space and ASCII case; empty
    /// ones are left out.
    pub fn with_codes<C: AsRef<str>>(codes: &[C]) -> Self {
        let mut entered: Vec<String> = codes.iter().map(|code| plain_code(code.as_ref())).collect();
        entered.retain(|code| !code.is_empty());
        order::sort(&mut entered);
        entered.dedup();
        Self { codes: entered, ..Self::default() }
    }

    /// The codes entered, as they are compared, sorted.
    pub fn codes(&self) -> &[String] {
        &self.codes
    }

    /// The same with what the clocks of a zone show at `now`.
    #[must_use]
    pub fn at(mut self, now: Timestamp, zone: &Zone) -> Self {
        // 1970-01-01 was a Thursday, three days into its week.
        let day = zone.day(now).saturating_add(3).rem_euclid(7) as u16;
        self.week_minute = Some(day * DAY_MINUTES + zone.minute(now));
        self
    }

    /// Uses of a promotion that are left to the account, of as many as it allows.
    pub(super) fn uses_left(&self, promotion: &str, allowed: u32) -> u32 {
        let named = self.account.uses_left.iter().find(|(id, _)| id == promotion);
        named.map_or(allowed, |(_, left)| (*left).min(allowed))
    }

    /// What is left of a promotion's budget.
    pub(super) fn budget_left(&self, promotion: &str, whole: Option<Budget>) -> Budget {
        let named = self.budget_left.iter().find(|(id, _)| id == promotion);
        named.map(|(_, left)| *left).or(whole).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec;

    #[test]
    fn codes_are_compared_without_case_space_or_repetition() {
        assert_eq!(Facts::with_codes(&[" summer20", "SUMMER20 ", "", "a1"]).codes(), ["A1", "SUMMER20"]);
    }

    #[test]
    fn the_week_begins_on_monday_by_the_shops_clocks() {
        let shanghai = Zone::new("Asia/Shanghai", vec![(Timestamp(0), 8 * 3_600)]).expect("a zone");
        // Sunday 2026-11-22 16:30 UTC is Monday 00:30 in Shanghai.
        let sunday = Timestamp(1_795_365_000_000);
        assert_eq!(Facts::default().at(sunday, &shanghai).week_minute, Some(30));
        let utc = Zone::new("UTC", vec![(Timestamp(0), 0)]).expect("a zone");
        assert_eq!(Facts::default().at(sunday, &utc).week_minute, Some(6 * 1_440 + 16 * 60 + 30));
    }
}
