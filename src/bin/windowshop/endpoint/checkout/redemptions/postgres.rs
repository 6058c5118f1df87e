//! Redemptions in a PostgreSQL database, which several endpoints may grant from at once.
//!
//! What an order is granted is decided under locks on its own row and on those of its promotions, so that no other process
//! sees what is left before it is taken. Everybody locks in one order: the order, then promotions by their bytes, then
//! grants; nobody waits for another in a circle.

use super::campaign::{Campaign, same_order};
use super::{
    Answer, Asked, BUDGETS, COUNTED, Done, Granted, Nullifier, Redemption, Redemptions, Refused, Spending,
    left_of, nullifier, thirty_two,
};
use crate::endpoint::key::fresh_key;
use crate::endpoint::limits;
use crate::endpoint::postgres::{Database, Part, Server};
use anyhow::{Context, Result};
use sqlx::Row;
use sqlx::postgres::{PgConnection, PgRow};
use std::collections::BTreeMap;
use windowshop::base::money::Money;
use windowshop::base::time::{DAY, Timestamp};
use windowshop::engine::PromotionLimits;
use windowshop::pricing::Budget;

/// Changes of the tables, in order.
static MIGRATIONS: sqlx::migrate::Migrator =
    sqlx::migrate!("src/bin/windowshop/endpoint/checkout/redemptions/postgres");

/// More connections would only wait for the same rows.
const PART: Part = Part { schema: "windowshop_checkout", migrations: &MIGRATIONS, connections: 8 };

/// Rows that are let go of in one transaction.
const AT_ONCE: u64 = 10_000;

/// A PostgreSQL database.
pub(super) struct Postgres(Database);

impl Postgres {
    pub(super) async fn open(server: &Server) -> Result<Self> {
        Ok(Self(Database::open(server, &PART, true).await?))
    }

    async fn learn(&self, campaigns: &[PromotionLimits]) -> Result<()> {
        let mut campaigns: Vec<_> = campaigns.iter().collect();
        campaigns.sort_by(|a, b| a.promotion.cmp(&b.promotion));
        let mut transaction = self.0.begin().await?;
        for campaign in campaigns {
            let budget = campaign.budget.unwrap_or_default();
            // A campaign that goes on keeps its key; what was destroyed at an end comes back as another key where the
            // shop has set a later end, so that accounts of before and after cannot be joined. A process that comes
            // with the same pack changes nothing.
            sqlx::query(
                "INSERT INTO campaigns AS kept (promotion, key, closes, per_account, budget_uses, budget_spent)
                 VALUES ($1, $2, $3, $4, $5, $6)
                 ON CONFLICT (promotion) DO UPDATE SET
                   key = CASE WHEN kept.key IS NULL AND kept.closes IS DISTINCT FROM excluded.closes
                         THEN excluded.key ELSE kept.key END,
                   closes = excluded.closes, per_account = excluded.per_account,
                   budget_uses = excluded.budget_uses, budget_spent = excluded.budget_spent
                 WHERE (kept.closes, kept.per_account, kept.budget_uses, kept.budget_spent) IS DISTINCT FROM
                   (excluded.closes, excluded.per_account, excluded.budget_uses, excluded.budget_spent)",
            )
            .bind(&campaign.promotion)
            .bind(fresh_key()?.as_slice())
            .bind(campaign.closes.map(|at| at.0))
            .bind(campaign.per_account.map(i64::from))
            .bind(budget.uses.map(i64::from))
            .bind(budget.spend.map(Money::minor))
            .execute(&mut *transaction)
            .await?;
        }
        transaction.commit().await
    }

    async fn grant(&self, redemption: &Redemption, now: Timestamp) -> Result<Result<Done, Refused>> {
        let order = &redemption.order;
        let mut transaction = self.0.begin().await?;
        // Who comes second with an order waits here until the first has committed, or has given up.
        let new = sqlx::query("INSERT INTO orders (id, day) VALUES ($1, $2) ON CONFLICT DO NOTHING")
            .bind(order)
            .bind(now.0.div_euclid(DAY))
            .execute(&mut *transaction)
            .await?
            .rows_affected()
            == 1;
        if !new {
            let before = known(&mut transaction, redemption).await?;
            transaction.roll_back().await?;
            return Ok(before);
        }
        let granted = match grant_all(&mut transaction, redemption, now).await? {
            Ok(granted) => granted,
            Err(refused) => {
                transaction.roll_back().await?;
                return Ok(Err(refused));
            }
        };
        transaction.commit().await?;
        Ok(Ok(Done { granted, known: false }))
    }

    async fn give_back(&self, order: &str) -> Result<Result<Done, Refused>> {
        let mut transaction = self.0.begin().await?;
        let given_back: Option<bool> =
            sqlx::query_scalar("SELECT given_back FROM orders WHERE id = $1 FOR UPDATE")
                .bind(order)
                .fetch_optional(&mut *transaction)
                .await?;
        let Some(given_back) = given_back else {
            transaction.roll_back().await?;
            return Ok(Err(Refused::UnknownOrder { order: order.into() }));
        };
        let grants = grants_of(&mut transaction, order).await?;
        let granted: Vec<Granted> = grants.into_iter().map(|(granted, _)| granted).collect();
        if !given_back {
            for one in &granted {
                sqlx::query("UPDATE campaigns SET uses = uses - 1, spent = spent - $2 WHERE promotion = $1")
                    .bind(&one.promotion)
                    .bind(one.amount)
                    .execute(&mut *transaction)
                    .await?;
            }
            // Without its nullifier the account may use the promotion again.
            sqlx::query("UPDATE grants SET nullifier = NULL WHERE order_id = $1")
                .bind(order)
                .execute(&mut *transaction)
                .await?;
            sqlx::query("UPDATE orders SET given_back = true WHERE id = $1")
                .bind(order)
                .execute(&mut *transaction)
                .await?;
        }
        transaction.commit().await?;
        Ok(Ok(Done { granted, known: given_back }))
    }

    async fn spending(&self) -> Result<Vec<Spending>> {
        let mut transaction = self.0.begin().await?;
        // Limited promotions have a count of their own, which outlives orders; of the others the orders that are kept tell.
        let spending = sqlx::query_as(
            "SELECT promotion, uses, spent, budget_spent, budget_uses FROM campaigns
             UNION ALL
             SELECT promotion, count(*), sum(amount)::bigint, NULL, NULL FROM grants JOIN orders ON orders.id = order_id
             WHERE NOT given_back AND promotion NOT IN (SELECT promotion FROM campaigns) GROUP BY promotion
             ORDER BY 1",
        )
        .fetch_all(&mut *transaction)
        .await?;
        transaction.commit().await?;
        Ok(spending)
    }

    async fn budgets(&self) -> Result<Vec<(String, Budget)>> {
        let mut transaction = self.0.begin().await?;
        let all: Vec<Spending> = sqlx::query_as(BUDGETS).fetch_all(&mut *transaction).await?;
        transaction.commit().await?;
        all.into_iter().map(Spending::left).collect()
    }

    async fn uses_left(&self, account: &str) -> Result<Vec<(String, u32)>> {
        let mut transaction = self.0.begin().await?;
        let mut left = Vec::new();
        for row in sqlx::query(COUNTED).fetch_all(&mut *transaction).await? {
            let promotion: String = row.try_get("promotion")?;
            let Some(key) = thirty_two(row.try_get("key")?, "key")? else { continue };
            let used = used(&mut transaction, &promotion, &nullifier(&key, account)).await?;
            left.push((promotion, left_of(row.try_get("per_account")?, used)));
        }
        transaction.commit().await?;
        Ok(left)
    }

    /// Takes out some nullifiers of campaigns that are over and forgets some old orders; says how many. What another process
    /// is at is left to it.
    async fn let_go_of_some(&self, now: Timestamp) -> Result<(u64, u64)> {
        let mut transaction = self.0.begin().await?;
        let taken_out = sqlx::query(
            "UPDATE grants SET nullifier = NULL WHERE (order_id, promotion) IN
             (SELECT order_id, promotion FROM grants JOIN campaigns USING (promotion)
              WHERE nullifier IS NOT NULL AND closes <= $1 LIMIT $2 FOR UPDATE OF grants SKIP LOCKED)",
        )
        .bind(now.0)
        .bind(AT_ONCE as i64)
        .execute(&mut *transaction)
        .await?;
        let forgotten = sqlx::query(
            "DELETE FROM orders WHERE id IN
             (SELECT id FROM orders WHERE day < $1 LIMIT $2 FOR UPDATE SKIP LOCKED)",
        )
        .bind(now.0.div_euclid(DAY) - limits::ORDERS_KEPT_DAYS)
        .bind(AT_ONCE as i64)
        .execute(&mut *transaction)
        .await?;
        transaction.commit().await?;
        Ok((taken_out.rows_affected(), forgotten.rows_affected()))
    }

    /// Destroys the keys of campaigns that are over, with the nullifiers that were made until now; says how many.
    async fn destroy_keys(&self, now: Timestamp) -> Result<u64> {
        let mut transaction = self.0.begin().await?;
        // Locked first, and in order: nobody grants in between.
        let over: Vec<String> = sqlx::query_scalar(
            "SELECT promotion FROM campaigns WHERE closes <= $1 AND key IS NOT NULL ORDER BY promotion FOR UPDATE",
        )
        .bind(now.0)
        .fetch_all(&mut *transaction)
        .await?;
        sqlx::query(
            "UPDATE grants SET nullifier = NULL WHERE nullifier IS NOT NULL AND promotion = ANY ($1)",
        )
        .bind(&over)
        .execute(&mut *transaction)
        .await?;
        let destroyed = sqlx::query("UPDATE campaigns SET key = NULL WHERE promotion = ANY ($1)")
            .bind(&over)
            .execute(&mut *transaction)
            .await?;
        transaction.commit().await?;
        Ok(destroyed.rows_affected())
    }

    async fn tidy(&self, now: Timestamp) -> Result<()> {
        let mut changed = false;
        loop {
            let (taken_out, forgotten) = self.0.until_done(|| self.let_go_of_some(now)).await?;
            changed |= taken_out + forgotten > 0;
            if taken_out.max(forgotten) < AT_ONCE {
                break;
            }
        }
        if self.0.until_done(|| self.destroy_keys(now)).await? > 0 {
            // Written anew, so that the file has no trace of the key. The table has a row a promotion: that takes no time.
            self.0.sweep("VACUUM FULL campaigns").await?;
            changed = true;
        }
        if changed {
            self.0.sweep("VACUUM (SKIP_LOCKED) grants, orders").await?;
        }
        Ok(())
    }
}

/// What an order that is known was granted, where this is the same order.
async fn known(connection: &mut PgConnection, redemption: &Redemption) -> Result<Result<Done, Refused>> {
    let order = &redemption.order;
    let given_back: Option<bool> =
        sqlx::query_scalar("SELECT given_back FROM orders WHERE id = $1 FOR UPDATE")
            .bind(order)
            .fetch_optional(&mut *connection)
            .await?;
    let given_back = given_back.context("the order was let go of just now; ask again")?;
    if given_back {
        return Ok(Err(Refused::GivenBack { order: order.clone() }));
    }
    let grants = grants_of(connection, order).await?;
    let promotions: Vec<&str> = grants.iter().map(|(granted, _)| &*granted.promotion).collect();
    let mut keys = BTreeMap::new();
    for row in sqlx::query("SELECT promotion, key FROM campaigns WHERE promotion = ANY ($1)")
        .bind(promotions)
        .fetch_all(connection)
        .await?
    {
        keys.insert(row.try_get::<String, _>("promotion")?, thirty_two(row.try_get("key")?, "key")?);
    }
    if !same_order(redemption, &grants, |promotion| keys.get(promotion).copied().flatten()) {
        return Ok(Err(Refused::OrderDiffers { order: order.clone() }));
    }
    let granted = grants.into_iter().map(|(granted, _)| granted).collect();
    Ok(Ok(Done { granted, known: true }))
}

/// Grants everything that is asked for, where all limits allow it; else the first that does not.
async fn grant_all(
    connection: &mut PgConnection,
    redemption: &Redemption,
    now: Timestamp,
) -> Result<Result<Vec<Granted>, Refused>> {
    let mut campaigns = lock_campaigns(connection, &redemption.asked).await?;
    let mut all = Vec::with_capacity(redemption.asked.len());
    for asked in &redemption.asked {
        let Some(campaign) = campaigns.remove(&asked.promotion) else {
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
        sqlx::query("UPDATE campaigns SET uses = uses + 1, spent = spent + $2 WHERE promotion = $1")
            .bind(&granted.promotion)
            .bind(granted.amount)
            .execute(&mut *connection)
            .await?;
        sqlx::query(
            "INSERT INTO grants (order_id, promotion, amount, nullifier, uses_left, budget_left)
             VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .bind(&redemption.order)
        .bind(&granted.promotion)
        .bind(granted.amount)
        .bind(account.as_ref().map(|account| account.nullifier.as_slice()))
        .bind(granted.uses_left)
        .bind(granted.budget_left)
        .execute(&mut *connection)
        .await?;
        all.push(granted);
    }
    Ok(Ok(all))
}

/// How often an account, for which the nullifier stands, has used a promotion.
async fn used(connection: &mut PgConnection, promotion: &str, nullifier: &Nullifier) -> Result<i64> {
    let count = sqlx::query_scalar("SELECT count(*) FROM grants WHERE promotion = $1 AND nullifier = $2");
    Ok(count.bind(promotion).bind(nullifier.as_slice()).fetch_one(connection).await?)
}

/// The limits of promotions, which nobody else changes until the transaction ends.
async fn lock_campaigns(
    connection: &mut PgConnection,
    asked: &[Asked],
) -> Result<BTreeMap<String, Campaign>> {
    let promotions: Vec<&str> = asked.iter().map(|asked| &*asked.promotion).collect();
    let rows = sqlx::query(
        "SELECT promotion, key, closes, per_account, budget_uses, budget_spent, uses, spent FROM campaigns
         WHERE promotion = ANY ($1) ORDER BY promotion FOR UPDATE",
    )
    .bind(promotions)
    .fetch_all(connection)
    .await?;
    let read = |row: &PgRow| {
        let campaign = Campaign {
            key: thirty_two(row.try_get("key")?, "key")?,
            closes: row.try_get("closes")?,
            per_account: row.try_get("per_account")?,
            budget_uses: row.try_get("budget_uses")?,
            budget_spent: row.try_get("budget_spent")?,
            uses: row.try_get("uses")?,
            spent: row.try_get("spent")?,
        };
        Ok((row.try_get("promotion")?, campaign))
    };
    rows.iter().map(read).collect()
}

/// What an order was granted, by promotion, with the account's nullifier.
async fn grants_of(connection: &mut PgConnection, order: &str) -> Result<Vec<(Granted, Option<Nullifier>)>> {
    let rows = sqlx::query(
        "SELECT promotion, amount, nullifier, uses_left, budget_left FROM grants WHERE order_id = $1 ORDER BY promotion",
    )
    .bind(order)
    .fetch_all(connection)
    .await?;
    let read = |row: &PgRow| {
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

impl Redemptions for Postgres {
    fn learn<'a>(&'a self, campaigns: &'a [PromotionLimits]) -> Answer<'a, ()> {
        Box::pin(self.0.until_done(move || self.learn(campaigns)))
    }

    fn grant<'a>(&'a self, asked: &'a Redemption, now: Timestamp) -> Answer<'a, Result<Done, Refused>> {
        Box::pin(self.0.until_done(move || self.grant(asked, now)))
    }

    fn give_back<'a>(&'a self, order: &'a str) -> Answer<'a, Result<Done, Refused>> {
        Box::pin(self.0.until_done(move || self.give_back(order)))
    }

    fn spending(&self) -> Answer<'_, Vec<Spending>> {
        Box::pin(self.0.until_done(move || self.spending()))
    }

    fn budgets(&self) -> Answer<'_, Vec<(String, Budget)>> {
        Box::pin(self.0.until_done(move || self.budgets()))
    }

    fn uses_left<'a>(&'a self, account: &'a str) -> Answer<'a, Vec<(String, u32)>> {
        Box::pin(self.0.until_done(move || self.uses_left(account)))
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
