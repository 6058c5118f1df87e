//! The store in a PostgreSQL database, which several endpoints may write at once.
//!
//! A report is counted by whoever inserts its id; who comes second waits for the first to commit and then knows the id.
//! Rows are locked in one order everywhere, ids by week and bytes and then tallies by question, week and edition, so that two
//! writers never wait for one another in a circle. A tally is added to in place and last of all: its lock is held for
//! the time of a commit.

use super::{Answer, Ballot, CountedReport, Edition, RELEASE, RELEASED, Store, Taken, Tally, is_due};
use crate::endpoint::postgres::{Database, Part, Server};
use anyhow::{Context, Result, ensure};
use sqlx::Row;
use sqlx::postgres::{PgConnection, PgRow};
use std::collections::{BTreeMap, BTreeSet};
use windowshop::base::time::Week;

/// Changes of the tables, in order.
static MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!("src/bin/windowshop/endpoint/store/postgres");

/// One writer, one beat, one tidier, and one for who reads estimates.
const PART: Part = Part { schema: "windowshop_reports", migrations: &MIGRATIONS, connections: 4 };

/// Names the lock between those who count, who share it, and the one who says which weeks are forgotten: "wforg" in ASCII.
const FORGETTING_LOCK: i64 = 0x77_666f_7267;

/// Ids that are forgotten in one transaction.
const FORGOTTEN_AT_ONCE: i64 = 10_000;

/// A PostgreSQL database.
pub(super) struct Postgres(Database);

impl Postgres {
    pub(super) async fn open(server: &Server, make: bool) -> Result<Self> {
        Ok(Self(Database::open(server, &PART, make).await?))
    }

    async fn take(&self, reports: &[CountedReport]) -> Result<Vec<Taken>> {
        let mut transaction = self.0.begin().await?;
        // In a statement of its own, so that the next sees what was forgotten while this one waited.
        sqlx::query("SELECT pg_advisory_xact_lock_shared($1)")
            .bind(FORGETTING_LOCK)
            .execute(&mut *transaction)
            .await?;
        let forgotten: i64 =
            sqlx::query_scalar("SELECT week FROM forgotten").fetch_one(&mut *transaction).await?;
        // The first of each id, by id.
        let mut first: BTreeMap<&[u8], usize> = BTreeMap::new();
        for (at, report) in reports.iter().enumerate() {
            let possible = report.supports.iter().all(|answer| *answer < report.size);
            ensure!(possible, "a report supports an answer beyond its question");
            if report.ballot.week.number() >= forgotten {
                first.entry(report.id.as_slice()).or_insert(at);
            }
        }
        let weeks =
            first.values().filter_map(|at| reports.get(*at)).map(|report| report.ballot.week.number());
        let noted: BTreeSet<Vec<u8>> = sqlx::query_scalar(
            "INSERT INTO counted (week, id)
             SELECT given.week, given.id FROM unnest($1::bytea[], $2::bigint[]) AS given (id, week)
             ORDER BY given.week, given.id
             ON CONFLICT DO NOTHING RETURNING id",
        )
        .bind(first.keys().copied().collect::<Vec<_>>())
        .bind(weeks.collect::<Vec<_>>())
        .fetch_all(&mut *transaction)
        .await?
        .into_iter()
        .collect();
        let counted = |at: usize, report: &CountedReport| {
            first.get(report.id.as_slice()) == Some(&at) && noted.contains(report.id.as_slice())
        };
        let mut added: BTreeMap<&Ballot, (i64, Vec<i64>)> = BTreeMap::new();
        let mut taken = Vec::with_capacity(reports.len());
        for (at, report) in reports.iter().enumerate() {
            if report.ballot.week.number() < forgotten {
                taken.push(Taken::Late);
                continue;
            }
            if !counted(at, report) {
                taken.push(Taken::Known);
                continue;
            }
            let (number, counts) = added.entry(&report.ballot).or_insert_with(|| (0, vec![0; report.size]));
            ensure!(counts.len() == report.size, "reports to {:?} differ in their answers", report.ballot);
            *number += 1;
            for answer in &report.supports {
                *counts.get_mut(*answer).context("a report supports an answer beyond its question")? += 1;
            }
            taken.push(Taken::Counted);
        }
        for (ballot, (number, counts)) in added {
            let written = sqlx::query(
                "INSERT INTO tallies AS kept (question, week, edition, reports, counts) VALUES ($1, $2, $3, $4, $5)
                 ON CONFLICT (question, week, edition) DO UPDATE SET
                   reports = kept.reports + excluded.reports,
                   counts = ARRAY (
                     SELECT pair.before + pair.more
                     FROM unnest(kept.counts, excluded.counts) WITH ORDINALITY AS pair (before, more, answer)
                     ORDER BY pair.answer
                   )
                 WHERE cardinality(kept.counts) = cardinality(excluded.counts)",
            )
            .bind(&ballot.question)
            .bind(ballot.week.number())
            .bind(&ballot.edition)
            .bind(number)
            .bind(&counts)
            .execute(&mut *transaction)
            .await?;
            ensure!(
                written.rows_affected() == 1,
                "the counts of {:?} have other than {} answers",
                ballot.question,
                counts.len()
            );
        }
        transaction.commit().await?;
        Ok(taken)
    }

    async fn tallies(&self, question: Option<&str>, week: Option<Week>) -> Result<Vec<Tally>> {
        let mut transaction = self.0.begin().await?;
        let rows = sqlx::query(
            "SELECT question, week, edition, reports, counts FROM tallies
             WHERE ($1::text IS NULL OR question = $1) AND ($2::bigint IS NULL OR week = $2)
             ORDER BY question, week, edition",
        )
        .bind(question)
        .bind(week.map(Week::number))
        .fetch_all(&mut *transaction)
        .await?;
        transaction.commit().await?;
        rows.iter()
            .map(|row| {
                let ballot = Ballot {
                    question: row.try_get("question")?,
                    week: Week::numbered(row.try_get("week")?),
                    edition: row.try_get("edition")?,
                };
                read_tally(ballot, row)
            })
            .collect()
    }

    async fn release(&self, tally: &Tally, at_least: u64) -> Result<Option<Tally>> {
        let ballot = &tally.ballot;
        let mut transaction = self.0.begin().await?;
        let told = released(&mut transaction, ballot).await?;
        if !is_due(tally, told.as_ref(), at_least) {
            transaction.roll_back().await?;
            return Ok(told);
        }
        sqlx::query(RELEASE)
            .bind(&ballot.question)
            .bind(ballot.week.number())
            .bind(&ballot.edition)
            .bind(i64::try_from(at_least)?)
            .execute(&mut *transaction)
            .await?;
        let told = released(&mut transaction, ballot).await?;
        transaction.commit().await?;
        Ok(told)
    }

    async fn keep_editions(&self, editions: &[Edition]) -> Result<()> {
        let mut rows = Vec::with_capacity(editions.len());
        for Edition { edition, question } in editions {
            rows.push((&*question.id, &**edition, serde_json::to_string(question)?));
        }
        rows.sort();
        let mut transaction = self.0.begin().await?;
        for (question, edition, definition) in rows {
            sqlx::query(
                "INSERT INTO editions (question, edition, definition) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
            )
            .bind(question)
            .bind(edition)
            .bind(definition)
            .execute(&mut *transaction)
            .await?;
        }
        transaction.commit().await
    }

    async fn editions(&self) -> Result<Vec<Edition>> {
        let mut transaction = self.0.begin().await?;
        let rows = sqlx::query("SELECT edition, definition FROM editions ORDER BY question, edition")
            .fetch_all(&mut *transaction)
            .await?;
        transaction.commit().await?;
        rows.iter()
            .map(|row| {
                let question = serde_json::from_str(row.try_get("definition")?)?;
                Ok(Edition { edition: row.try_get("edition")?, question })
            })
            .collect()
    }

    /// Says that ids before a week are forgotten, but for the newest two weeks that have any, so that a clock far ahead
    /// forgets nothing that could still come again when it is put right. `None` where there are no ids.
    async fn close_weeks(&self, week: i64) -> Result<Option<i64>> {
        let mut transaction = self.0.begin().await?;
        sqlx::query("SELECT pg_advisory_xact_lock($1)")
            .bind(FORGETTING_LOCK)
            .execute(&mut *transaction)
            .await?;
        let newest: Option<i64> =
            sqlx::query_scalar("SELECT max(week) FROM counted").fetch_one(&mut *transaction).await?;
        let week = newest.map(|newest| week.min(newest - 1));
        if let Some(week) = week {
            sqlx::query("UPDATE forgotten SET week = $1 WHERE week < $1")
                .bind(week)
                .execute(&mut *transaction)
                .await?;
        }
        transaction.commit().await?;
        Ok(week)
    }

    /// Forgets some ids and says how many. Those that another process is forgetting are left to it.
    async fn forget_some(&self, week: i64) -> Result<i64> {
        let mut transaction = self.0.begin().await?;
        let forgotten = sqlx::query(
            "DELETE FROM counted WHERE (week, id) IN
             (SELECT week, id FROM counted WHERE week < $1 LIMIT $2 FOR UPDATE SKIP LOCKED)",
        )
        .bind(week)
        .bind(FORGOTTEN_AT_ONCE)
        .execute(&mut *transaction)
        .await?;
        transaction.commit().await?;
        Ok(i64::try_from(forgotten.rows_affected())?)
    }

    async fn forget_ids_before(&self, week: i64) -> Result<()> {
        let mut any = false;
        // Nothing is counted for a week that is closed: its ids can go one part after the other.
        while let Some(week) = self.0.until_done(|| self.close_weeks(week)).await? {
            let forgotten = self.0.until_done(|| self.forget_some(week)).await?;
            any |= forgotten > 0;
            if forgotten < FORGOTTEN_AT_ONCE {
                break;
            }
        }
        // Rows as they were before the latest reports, of which two in a row tell what one report added.
        self.0.sweep("VACUUM (SKIP_LOCKED) tallies").await?;
        if any {
            self.0.sweep("VACUUM (SKIP_LOCKED) counted").await?;
        }
        Ok(())
    }

    async fn beat(&self) -> Result<()> {
        let mut transaction = self.0.begin().await?;
        let beaten = sqlx::query("UPDATE health SET beats = beats + 1").execute(&mut *transaction).await?;
        ensure!(beaten.rows_affected() == 1, "the row of /healthz is gone");
        transaction.commit().await
    }
}

/// A ballot's reports and counts, in a row.
fn read_tally(ballot: Ballot, row: &PgRow) -> Result<Tally> {
    let counts: Vec<i64> = row.try_get("counts")?;
    let counts = counts.into_iter().map(u64::try_from).collect::<Result<_, _>>()?;
    Ok(Tally { ballot, reports: u64::try_from(row.try_get::<i64, _>("reports")?)?, counts })
}

/// What was told last of a ballot.
async fn released(connection: &mut PgConnection, ballot: &Ballot) -> Result<Option<Tally>> {
    let row = sqlx::query(RELEASED)
        .bind(&ballot.question)
        .bind(ballot.week.number())
        .bind(&ballot.edition)
        .fetch_optional(connection)
        .await?;
    row.map(|row| read_tally(ballot.clone(), &row)).transpose()
}

impl Store for Postgres {
    fn take<'a>(&'a self, reports: &'a [CountedReport]) -> Answer<'a, Vec<Taken>> {
        Box::pin(self.0.until_done(move || self.take(reports)))
    }

    fn tallies<'a>(&'a self, question: Option<&'a str>, week: Option<Week>) -> Answer<'a, Vec<Tally>> {
        Box::pin(self.0.until_done(move || self.tallies(question, week)))
    }

    fn release<'a>(&'a self, tally: &'a Tally, at_least: u64) -> Answer<'a, Option<Tally>> {
        Box::pin(self.0.until_done(move || self.release(tally, at_least)))
    }

    fn keep_editions<'a>(&'a self, editions: &'a [Edition]) -> Answer<'a, ()> {
        Box::pin(self.0.until_done(move || self.keep_editions(editions)))
    }

    fn editions(&self) -> Answer<'_, Vec<Edition>> {
        Box::pin(self.0.until_done(move || self.editions()))
    }

    fn forget_ids_before(&self, week: i64) -> Answer<'_, ()> {
        Box::pin(self.forget_ids_before(week))
    }

    fn beat(&self) -> Answer<'_, ()> {
        Box::pin(self.0.until_done(move || self.beat()))
    }

    fn close(&self) -> Answer<'_, ()> {
        Box::pin(async move {
            self.0.close().await;
            Ok(())
        })
    }
}
