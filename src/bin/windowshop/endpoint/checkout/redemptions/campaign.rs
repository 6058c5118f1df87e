//! The limits of one promotion and what they allow: the same on every database, which locks the row it hands in.

use super::{Asked, CampaignKey, Granted, Nullifier, Redemption, Refused, nullifier};
use windowshop::base::time::Timestamp;

/// A promotion's limits, and what is used of them.
pub(super) struct Campaign {
    /// The key of its nullifiers; gone when the promotion has ended.
    pub(super) key: Option<CampaignKey>,
    /// When it ends, in UTC milliseconds.
    pub(super) closes: Option<i64>,
    /// Uses of one account.
    pub(super) per_account: Option<i64>,
    /// Uses of all accounts together.
    pub(super) budget_uses: Option<i64>,
    /// What all accounts together may have, in minor units.
    pub(super) budget_spent: Option<i64>,
    /// Uses so far.
    pub(super) uses: i64,
    /// What they took off, in minor units.
    pub(super) spent: i64,
}

/// How an account stands to a promotion that counts its uses.
pub(super) struct Account {
    /// What stands for it.
    pub(super) nullifier: Nullifier,
    /// Uses it may have.
    pub(super) of: i64,
}

impl Campaign {
    /// What stands for the account, where its uses are counted.
    pub(super) fn account(
        &self,
        asked: &Asked,
        account: &str,
        now: Timestamp,
    ) -> Result<Option<Account>, Refused> {
        let ended = || Refused::Ended { promotion: asked.promotion.clone() };
        if self.closes.is_some_and(|closes| closes <= now.0) {
            return Err(ended());
        }
        let Some(of) = self.per_account else { return Ok(None) };
        // The key is destroyed at the end alone: where it is gone, another process's clock has come to the end before ours.
        let key = self.key.ok_or_else(ended)?;
        Ok(Some(Account { nullifier: nullifier(&key, account), of }))
    }

    /// What is granted, where an account that had `used` uses has some left, and so has the budget.
    pub(super) fn grant(&self, asked: &Asked, used: Option<(i64, &Account)>) -> Result<Granted, Refused> {
        let promotion = asked.promotion.clone();
        if let Some((used, Account { of, .. })) = used
            && used >= *of
        {
            return Err(Refused::UsedUp { promotion, used, of: *of });
        }
        // What is left of the budget, and what this takes of it.
        let of_uses = self.budget_uses.map(|budget| (budget - self.uses, 1));
        let budget = of_uses.or(self.budget_spent.map(|budget| (budget - self.spent, asked.amount)));
        if let Some((left, wanted)) = budget
            && wanted > left
        {
            return Err(Refused::BudgetGone { promotion, left: left.max(0), asked: wanted });
        }
        Ok(Granted {
            amount: asked.amount,
            uses_left: used.map(|(used, account)| account.of - used - 1),
            budget_left: budget.map(|(left, wanted)| left - wanted),
            promotion,
        })
    }
}

/// Whether an order that was granted something before asks for the same now. `keys` are those of its promotions; where one
/// is gone, nobody can tell any more, and nobody is told.
pub(super) fn same_order(
    redemption: &Redemption,
    granted: &[(Granted, Option<Nullifier>)],
    key: impl Fn(&str) -> Option<CampaignKey>,
) -> bool {
    granted.len() == redemption.asked.len()
        && granted.iter().zip(&redemption.asked).all(|((granted, account), asked)| {
            let same_account = |account: &Nullifier| {
                key(&asked.promotion).is_some_and(|key| nullifier(&key, &redemption.account) == *account)
            };
            granted.promotion == asked.promotion
                && granted.amount == asked.amount
                && account.as_ref().is_none_or(same_account)
        })
}
