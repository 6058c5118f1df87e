//! Redemptions in one SQLite file: one connection that writes, write-ahead log, synchronous FULL.

use super::campaign::{Campaign, same_order};
use super::{
    Answer, Asked, BUDGETS, COUNTED, Done, Granted, Nullifier, Redemption, Redemptions, Refused, Spending,
    left_of, nullifier, thirty_two,
};
use crate::endpoint::key::fresh_key;
use crate::endpoint::{database, limits};
use anyhow::Result;
use sqlx::sqlite::{SqlitePool, SqliteRow};
use sqlx::{Row, SqliteConnection};
use std::collections::BTreeMap;
use std::path::Path;
use windowshop::base::money::Money;
use windowshop::base::time::{DAY, Timestamp};
use windowshop::engine::PromotionLimits;
use windowshop::pricing::Budget;

/// The file, in the data folder.
pub(super) const FILE: &str = "redemptions.sqlite";

/// Changes of the tables, in order; a database of a newer version is refused.
static MIGRATIONS: sqlx::migrate::Migrator =
    sqlx::migrate!("src/bin/windowshop/endpoint/checkout/redemptions/sqlite");

/// A SQLite database. Transactions wait for one another in its pool of one connection, which is fairer than waiting for
/// the lock of the file.
pub(super) struct Sqlite(SqlitePool);

impl Sqlite {
    pub(super) async fn open(data: &Path) -> Result<Self> {
        Ok(Self(database::open(&data.join(FILE), true, 1, &MIGRATIONS).await?))
    }

    async fn learn(&self, campaigns: &[PromotionLimits]) -> Result<()> {
        let mut transaction = self.0.begin_with("BEGIN IMMEDIATE").await?;
        for campaign in campaigns {
            let budget = campaign.budget.unwrap_or_default();
            // A campaign that goes on keeps its key; what was destroyed at an end comes back as another key where the
            // shop has set a later end, so that accounts of before and after cannot be joined.
            sqlx::query(
                "INSERT INTO campaigns (promotion, key, closes, per_account, budget_uses, budget_spent)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                 ON CONFLICT (promotion) DO UPDATE SET
                   key = CASE WHEN key IS NULL AND closes IS NOT excluded.closes THEN excluded.key ELSE key END,
                   closes = excluded.closes, per_account = excluded.per_account,
                   budget_uses = excluded.budget_uses, budget_spent = excluded.budget_spent",
            )
            .bind(&campaign.promotion)
            .bind(fresh_key()?.as_slice())
            .bind(campaign.closes.map(|at| at.0))
            .bind(campaign.per_account)
            .bind(budget.uses)
            .bind(budget.spend.map(Money::minor))
            .execute(&mut *transaction)
            .await?;
        }
        Ok(transaction.commit().await?)
    }

    async fn grant(&self, redemption: &Redemption, now: Timestamp) -> Result<Result<Done, Refused>> {
        let mut transaction = self.0.begin_with("BEGIN IMMEDIATE").await?;
        if let Some(before) = known(&mut transaction, redemption).await? {
            return Ok(before);
        }
        let order = &redemption.order;
        sqlx::query("INSERT INTO orders (id, day) VALUES (?, ?)")
            .bind(order)
            .bind(now.0.div_euclid(DAY))
            .execute(&mut *transaction)
            .await?;
        let mut granted = Vec::with_capacity(redemption.asked.len());
        for asked in &redemption.asked {
            match grant_one(&mut transaction, redemption, asked, now).await? {
                Ok(one) => granted.push(one),
                // Dropping the transaction takes everything back.
                Err(refused) => return Ok(Err(refused)),
            }
        }
        transaction.commit().await?;
        Ok(Ok(Done { granted, known: false }))
    }

    async fn give_back(&self, order: &str) -> Result<Result<Done, Refused>> {
        let mut transaction = self.0.begin_with("BEGIN IMMEDIATE").await?;
        let Some(given_back) = given_back(&mut transaction, order).await? else {
            return Ok(Err(Refused::UnknownOrder { order: order.into() }));
        };
        let granted: Vec<Granted> =
            grants_of(&mut transaction, order).await?.into_iter().map(|(granted, _)| granted).collect();
        if !given_back {
            for one in &granted {
                sqlx::query("UPDATE campaigns SET uses = uses - 1, spent = spent - ?2 WHERE promotion = ?1")
                    .bind(&one.promotion)
                    .bind(one.amount)
                    .execute(&mut *transaction)
                    .await?;
            }
            // Without its nullifier the account may use the promotion again.
            sqlx::query("UPDATE grants SET nullifier = NULL WHERE order_id = ?")
                .bind(order)
                .execute(&mut *transaction)
                .await?;
            sqlx::query("UPDATE orders SET given_back = 1 WHERE id = ?")
                .bind(order)
                .execute(&mut *transaction)
                .await?;
            transaction.commit().await?;
        }
        Ok(Ok(Done { granted, known: given_back }))
    }

    async fn spending(&self) -> Result<Vec<Spending>> {
        // Limited promotions have a count of their own, which outlives orders; of the others the orders that are kept tell.
        let spending = sqlx::query_as(
            "SELECT promotion, uses, spent, budget_spent, budget_uses FROM campaigns
             UNION ALL
             SELECT promotion, COUNT(*), SUM(amount), NULL, NULL FROM grants JOIN orders ON orders.id = order_id
             WHERE given_back = 0 AND promotion NOT IN (SELECT promotion FROM campaigns) GROUP BY promotion
             ORDER BY 1",
        )
        .fetch_all(&self.0)
        .await?;
        Ok(spending)
    }

    async fn budgets(&self) -> Result<Vec<(String, Budget)>> {
        let all: Vec<Spending> = sqlx::query_as(BUDGETS).fetch_all(&self.0).await?;
        all.into_iter().map(Spending::left).collect()
    }

    async fn uses_left(&self, account: &str) -> Result<Vec<(String, u32)>> {
        let mut connection = self.0.acquire().await?;
        let mut left = Vec::new();
        for row in sqlx::query(COUNTED).fetch_all(&mut *connection).await? {
            let promotion: String = row.try_get("promotion")?;
            let Some(key) = thirty_two(row.try_get("key")?, "key")? else { continue };
            let used = used(&mut connection, &promotion, &nullifier(&key, account)).await?;
            left.push((promotion, left_of(row.try_get("per_account")?, used)));
        }
        Ok(left)
    }

    async fn tidy(&self, now: Timestamp) -> Result<()> {
        let mut transaction = self.0.begin_with("BEGIN IMMEDIATE").await?;
        sqlx::query(
            "UPDATE grants SET nullifier = NULL WHERE nullifier IS NOT NULL
             AND promotion IN (SELECT promotion FROM campaigns WHERE closes <= ?)",
        )
        .bind(now.0)
        .execute(&mut *transaction)
        .await?;
        sqlx::query("UPDATE campaigns SET key = NULL WHERE closes <= ?")
            .bind(now.0)
            .execute(&mut *transaction)
            .await?;
        sqlx::query("DELETE FROM orders WHERE day < ?")
            .bind(now.0.div_euclid(DAY) - limits::ORDERS_KEPT_DAYS)
            .execute(&mut *transaction)
            .await?;
        transaction.commit().await?;
        // What was deleted is not left in the write-ahead file either.
        sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").execute(&self.0).await?;
        Ok(())
    }
}

/// What an order that is known was granted, where this is the same order.
async fn known(
    connection: &mut SqliteConnection,
    redemption: &Redemption,
) -> Result<Option<Result<Done, Refused>>> {
    let order = &redemption.order;
    let Some(given_back) = given_back(connection, order).await? else { return Ok(None) };
    if given_back {
        return Ok(Some(Err(Refused::GivenBack { order: order.clone() })));
    }
    let grants = grants_of(connection, order).await?;
    let mut keys = BTreeMap::new();
    for (granted, _) in &grants {
        let key = campaign(connection, &granted.promotion).await?.and_then(|campaign| campaign.key);
        keys.insert(granted.promotion.clone(), key);
    }
    if !same_order(redemption, &grants, |promotion| keys.get(promotion).copied().flatten()) {
        return Ok(Some(Err(Refused::OrderDiffers { order: order.clone() })));
    }
    let granted = grants.into_iter().map(|(granted, _)| granted).collect();
    Ok(Some(Ok(Done { granted, known: true })))
}

/// Grants one promotion, where all its limits allow it.
async fn grant_one(
    connection: &mut SqliteConnection,
    redemption: &Redemption,
    asked: &Asked,
    now: Timestamp,
) -> Result<Result<Granted, Refused>> {
    let Some(campaign) = campaign(connection, &asked.promotion).await? else {
        return Ok(Err(Refused::Unknown { promotion: asked.promotion.clone() }));
    };
    let account = match campaign.account(asked, &redemption.account, now) {
        Ok(account) => account,
        Err(refused) => return Ok(Err(refused)),
    };
    let mut used = None;
    if let Some(account) = &account {
        used = Some((self::used(connection, &asked.promotion, &account.nullifier).await?, account));
    }
    let granted = match campaign.grant(asked, used) {
        Ok(granted) => granted,
        Err(refused) => return Ok(Err(refused)),
    };
    sqlx::query("UPDATE campaigns SET uses = uses + 1, spent = spent + ?2 WHERE promotion = ?1")
        .bind(&granted.promotion)
        .bind(granted.amount)
        .execute(&mut *connection)
        .await?;
    sqlx::query(
        "INSERT INTO grants (order_id, promotion, amount, nullifier, uses_left, budget_left) VALUES (?, ?, ?, ?, ?, ?)",
    )
    .bind(&redemption.order)
    .bind(&granted.promotion)
    .bind(granted.amount)
    .bind(account.as_ref().map(|account| account.nullifier.as_slice()))
    .bind(granted.uses_left)
    .bind(granted.budget_left)
    .execute(connection)
    .await?;
    Ok(Ok(granted))
}

/// How often an account, for which the nullifier stands, has used a promotion.
async fn used(connection: &mut SqliteConnection, promotion: &str, nullifier: &Nullifier) -> Result<i64> {
    let count = sqlx::query_scalar("SELECT count(*) FROM grants WHERE promotion = ? AND nullifier = ?");
    Ok(count.bind(promotion).bind(nullifier.as_slice()).fetch_one(connection).await?)
}

/// Whether an order was given back; `None` where it is not known.
async fn given_back(connection: &mut SqliteConnection, order: &str) -> Result<Option<bool>> {
    let found = sqlx::query_scalar("SELECT given_back FROM orders WHERE id = ?");
    let found: Option<i64> = found.bind(order).fetch_optional(connection).await?;
    Ok(found.map(|given_back| given_back != 0))
}

/// What an order was granted, by promotion, with the account's nullifier.
async fn grants_of(
    connection: &mut SqliteConnection,
    order: &str,
) -> Result<Vec<(Granted, Option<Nullifier>)>> {
    let rows = sqlx::query(
        "SELECT promotion, amount, nullifier, uses_left, budget_left FROM grants WHERE order_id = ? ORDER BY promotion",
    )
    .bind(order)
    .fetch_all(connection)
    .await?;
    let read = |row: &SqliteRow| -> Result<(Granted, Option<Nullifier>)> {
        let granted = Granted {
            promotion: row.try_get("promotion")?,
            amount: row.try_get("amount")?,
            uses_left: row.try_get("uses_left")?,
            budget_left: row.try_get("budget_left")?,
        };
        Ok((granted, thirty_two(row.try_get("nullifier")?, "nullifier")?))
    };
    rows.iter().map(read).collect()
}

async fn campaign(connection: &mut SqliteConnection, promotion: &str) -> Result<Option<Campaign>> {
    let row = sqlx::query(
        "SELECT key, closes, per_account, budget_uses, budget_spent, uses, spent FROM campaigns WHERE promotion = ?",
    )
    .bind(promotion)
    .fetch_optional(connection)
    .await?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(Campaign {
        key: thirty_two(row.try_get("key")?, "key")?,
        closes: row.try_get("closes")?,
        per_account: row.try_get("per_account")?,
        budget_uses: row.try_get("budget_uses")?,
        budget_spent: row.try_get("budget_spent")?,
        uses: row.try_get("uses")?,
        spent: row.try_get("spent")?,
    }))
}

impl Redemptions for Sqlite {
    fn learn<'a>(&'a self, campaigns: &'a [PromotionLimits]) -> Answer<'a, ()> {
        Box::pin(self.learn(campaigns))
    }

    fn grant<'a>(&'a self, asked: &'a Redemption, now: Timestamp) -> Answer<'a, Result<Done, Refused>> {
        Box::pin(self.grant(asked, now))
    }

    fn give_back<'a>(&'a self, order: &'a str) -> Answer<'a, Result<Done, Refused>> {
        Box::pin(self.give_back(order))
    }

    fn spending(&self) -> Answer<'_, Vec<Spending>> {
        Box::pin(self.spending())
    }

    fn budgets(&self) -> Answer<'_, Vec<(String, Budget)>> {
        Box::pin(self.budgets())
    }

    fn uses_left<'a>(&'a self, account: &'a str) -> Answer<'a, Vec<(String, u32)>> {
        Box::pin(self.uses_left(account))
    }

    fn tidy(&self, now: Timestamp) -> Answer<'_, ()> {
        Box::pin(self.tidy(now))
    }

    fn close(&self) -> Answer<'_, ()> {
        Box::pin(async move {
            self.0.close().await;
            Ok(())
        })
    }
}
