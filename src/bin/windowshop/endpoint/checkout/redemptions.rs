//! What was granted at checkouts: how often an account used a promotion, what is left of its budget. One file a
//! database; a new one implements [`Redemptions`] and gets a line in [`open`].
//!
//! An account is never kept. Where a promotion counts uses of one, a [`Nullifier`] stands for it: the same for the same
//! account and campaign, another for every other campaign, and nobody's any more once the campaign's key is destroyed at
//! its end. That makes nullifiers, and the shop's own order numbers, pseudonymous personal data (`docs/privacy.md`). All
//! of it lies in a file or a schema of its own, apart from the counts of reports.

mod campaign;
mod postgres;
mod sqlite;
#[cfg(test)]
mod tests;

use crate::endpoint::key::keyed;
use crate::endpoint::place::Place;
use crate::endpoint::store::Answer;
use anyhow::{Result, ensure};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use windowshop::base::money::Money;
use windowshop::base::time::Timestamp;
use windowshop::engine::PromotionLimits;
use windowshop::pricing::Budget;

/// A promotion asked for, with what it takes off.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Asked {
    /// The promotion's id.
    pub(crate) promotion: String,
    /// What it takes off, in minor units.
    pub(crate) amount: i64,
}

/// What an order asks for: all of it is granted or nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Redemption {
    /// The shop's own number of the order.
    pub(crate) order: String,
    /// Who buys, by whatever name the shop gives; not kept.
    pub(crate) account: String,
    /// What is asked for, by promotion, each once.
    pub(crate) asked: Vec<Asked>,
}

/// What was granted of a promotion, and what was left then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Granted {
    /// The promotion's id.
    pub(crate) promotion: String,
    /// What it takes off, in minor units.
    pub(crate) amount: i64,
    /// Uses that the account has left; absent where they are not counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) uses_left: Option<i64>,
    /// What all accounts have left together, in uses or minor units; absent where there is no budget.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) budget_left: Option<i64>,
}

/// What came of a redemption or of giving one back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Done {
    /// What the order was granted, by promotion.
    pub(crate) granted: Vec<Granted>,
    /// It was done before, and is done once.
    pub(crate) known: bool,
}

/// Why nothing was granted or given back. Nothing has changed then.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Refused {
    /// No pack served here had the promotion.
    #[error("there is no promotion {promotion:?} in any pack that was served here")]
    Unknown {
        /// Its id.
        promotion: String,
    },
    /// The promotion is over.
    #[error("{promotion} has ended")]
    Ended {
        /// Its id.
        promotion: String,
    },
    /// The account has had it.
    #[error("{promotion} was used {used} of {of} times by this account")]
    UsedUp {
        /// Its id.
        promotion: String,
        /// Uses so far.
        used: i64,
        /// Uses allowed.
        of: i64,
    },
    /// All accounts together have had it.
    #[error("{left} is left of the budget of {promotion}, and {asked} was asked for")]
    BudgetGone {
        /// Its id.
        promotion: String,
        /// What is left, in uses or minor units.
        left: i64,
        /// What was asked for.
        asked: i64,
    },
    /// The order was granted something else.
    #[error(
        "order {order} was granted other promotions, amounts or another account; an order's number is used once"
    )]
    OrderDiffers {
        /// Its number.
        order: String,
    },
    /// The order was given back.
    #[error("what order {order} was granted has been given back; a new order has a new number")]
    GivenBack {
        /// Its number.
        order: String,
    },
    /// The order is not known.
    #[error("nothing was granted to order {order}")]
    UnknownOrder {
        /// Its number.
        order: String,
    },
}

/// What was granted of a promotion, less what was given back.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub(crate) struct Spending {
    /// Its id.
    pub(crate) promotion: String,
    /// Uses.
    pub(crate) uses: i64,
    /// What it took off, in minor units.
    pub(crate) spent: i64,
    /// What is planned, in minor units; nothing without a budget in money.
    pub(crate) budget_spent: Option<i64>,
    /// How many uses are planned; nothing without a budget in uses.
    pub(crate) budget_uses: Option<i64>,
}

impl Spending {
    /// What is left of the budget, by the promotion's id. Of one that was made smaller meanwhile that may be nothing.
    fn left(self) -> Result<(String, Budget)> {
        let uses = self.budget_uses.map(|budget| u32::try_from((budget - self.uses).max(0))).transpose()?;
        let spend = self.budget_spent.map(|budget| Money::new((budget - self.spent).max(0))).transpose()?;
        Ok((self.promotion, Budget { uses, spend }))
    }
}

/// What is left of the budgets of promotions that have one; for all databases.
const BUDGETS: &str = "SELECT promotion, uses, spent, budget_spent, budget_uses FROM campaigns
    WHERE budget_uses IS NOT NULL OR budget_spent IS NOT NULL";

/// The promotions that count uses of an account, with the keys of its nullifiers; for all databases.
const COUNTED: &str =
    "SELECT promotion, key, per_account FROM campaigns WHERE per_account IS NOT NULL AND key IS NOT NULL";

/// How many uses are left of so many.
fn left_of(allowed: i64, used: i64) -> u32 {
    u32::try_from((allowed - used).max(0)).unwrap_or(u32::MAX)
}

/// A key that nullifiers of one campaign are made with.
pub(crate) type CampaignKey = [u8; 32];
/// An account within one campaign.
pub(crate) type Nullifier = [u8; 32];

/// The nullifier of an account: HMAC-SHA256 of the account under the campaign's key (RFC 2104).
pub(crate) fn nullifier(key: &CampaignKey, account: &str) -> Nullifier {
    keyed(key, account.as_bytes())
}

/// The thirty-two bytes of a column, or none.
fn thirty_two(found: Option<Vec<u8>>, column: &str) -> Result<Option<[u8; 32]>> {
    let Some(found) = found else { return Ok(None) };
    ensure!(found.len() == 32, "{column} has {} bytes, not 32", found.len());
    Ok(found.try_into().ok())
}

/// A place for grants. Whatever it answers with `Ok` outlives a crash.
pub(crate) trait Redemptions: Send + Sync {
    /// Takes in the promotions of a pack with their limits; those of earlier packs stay until they end.
    fn learn<'a>(&'a self, campaigns: &'a [PromotionLimits]) -> Answer<'a, ()>;
    /// Grants an order everything it asks for, or nothing. The same order again is answered as it was the first time.
    fn grant<'a>(&'a self, asked: &'a Redemption, now: Timestamp) -> Answer<'a, Result<Done, Refused>>;
    /// Gives back what an order was granted; once, however often it is asked.
    fn give_back<'a>(&'a self, order: &'a str) -> Answer<'a, Result<Done, Refused>>;
    /// What was granted of every limited promotion, less what was given back.
    fn spending(&self) -> Answer<'_, Vec<Spending>>;
    /// What is left of every budget, by promotion.
    fn budgets(&self) -> Answer<'_, Vec<(String, Budget)>>;
    /// The uses that an account has left of every promotion that counts them and is not over.
    fn uses_left<'a>(&'a self, account: &'a str) -> Answer<'a, Vec<(String, u32)>>;
    /// Destroys keys and nullifiers of campaigns that are over, and lets go of old orders.
    fn tidy(&self, now: Timestamp) -> Answer<'_, ()>;
    /// Finishes and lets go of the files.
    fn close(&self) -> Answer<'_, ()>;
}

/// Opens the redemptions at a place, making them where there are none.
pub(crate) async fn open(place: &Place) -> Result<Arc<dyn Redemptions>> {
    Ok(match place {
        Place::Folder(data) => Arc::new(sqlite::Sqlite::open(data).await?),
        Place::Postgres(server) => Arc::new(postgres::Postgres::open(server).await?),
    })
}
