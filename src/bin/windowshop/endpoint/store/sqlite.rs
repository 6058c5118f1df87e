//! The store in one SQLite file: write-ahead log, synchronous FULL, so that a commit is on the disk.

use super::{Answer, Ballot, CountedReport, Edition, RELEASE, RELEASED, Store, Taken, Tally, is_due};
use crate::endpoint::database;
use anyhow::{Context, Result, ensure};
use sqlx::sqlite::{SqlitePool, SqliteRow};
use sqlx::{QueryBuilder, Row, SqliteConnection};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use windowshop::base::time::Week;

/// The file, in the data folder.
pub(super) const FILE: &str = "reports.sqlite";

/// Rows written by one statement; SQLite takes 32,766 values at most.
const ROWS_A_STATEMENT: usize = 1_024;

/// Changes of the tables, in order; a database of a newer version is refused.
static MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!("src/bin/windowshop/endpoint/store/sqlite");

/// A SQLite database.
pub(super) struct Sqlite(SqlitePool);

impl Sqlite {
    pub(super) async fn open(data: &Path, make: bool) -> Result<Self> {
        let path = data.join(FILE);
        ensure!(make || path.exists(), "there are no reports in {}: {FILE} is not there", data.display());
        Ok(Self(database::open(&path, make, 4, &MIGRATIONS).await?))
    }

    async fn take(&self, reports: &[CountedReport]) -> Result<Vec<Taken>> {
        let mut transaction = self.0.begin_with("BEGIN IMMEDIATE").await?;
        let forgotten: i64 =
            sqlx::query_scalar("SELECT week FROM forgotten").fetch_one(&mut *transaction).await?;
        let mut fresh = note_ids(&mut transaction, reports, forgotten).await?;
        let taken: Vec<Taken> = reports
            .iter()
            .map(|report| {
                if report.ballot.week.number() < forgotten {
                    return Taken::Late;
                }
                // Taken out, so that a second of the same id in this batch is known.
                if fresh.remove(report.id.as_slice()) { Taken::Counted } else { Taken::Known }
            })
            .collect();
        let counted = || reports.iter().zip(&taken).filter(|(_, taken)| **taken == Taken::Counted);
        let mut changed: BTreeMap<&Ballot, Tally> = counted()
            .map(|(CountedReport { ballot, size, .. }, _)| {
                (ballot, Tally { ballot: ballot.clone(), reports: 0, counts: vec![0; *size] })
            })
            .collect();
        read_tallies(&mut transaction, &mut changed).await?;
        for (report, _) in counted() {
            let tally = changed.get_mut(&report.ballot).context("a report without its tally")?;
            tally.reports += 1;
            for answer in &report.supports {
                let count = tally
                    .counts
                    .get_mut(*answer)
                    .context("a report supports an answer beyond its question")?;
                *count += 1;
            }
        }
        write_tallies(&mut transaction, changed.values()).await?;
        transaction.commit().await?;
        Ok(taken)
    }

    async fn tallies(&self, question: Option<&str>, week: Option<Week>) -> Result<Vec<Tally>> {
        let rows = sqlx::query(
            "SELECT question, week, edition, reports, counts FROM tallies
             WHERE (?1 IS NULL OR question = ?1) AND (?2 IS NULL OR week = ?2) ORDER BY question, week, edition",
        )
        .bind(question)
        .bind(week.map(Week::number))
        .fetch_all(&self.0)
        .await?;
        rows.iter().map(|row| read_tally(read_ballot(row)?, row)).collect()
    }

    async fn release(&self, tally: &Tally, at_least: u64) -> Result<Option<Tally>> {
        let ballot = &tally.ballot;
        let told = self.released(ballot).await?;
        if !is_due(tally, told.as_ref(), at_least) {
            return Ok(told);
        }
        sqlx::query(RELEASE)
            .bind(&ballot.question)
            .bind(ballot.week.number())
            .bind(&ballot.edition)
            .bind(i64::try_from(at_least)?)
            .execute(&self.0)
            .await?;
        self.released(ballot).await
    }

    async fn released(&self, ballot: &Ballot) -> Result<Option<Tally>> {
        let row = sqlx::query(RELEASED)
            .bind(&ballot.question)
            .bind(ballot.week.number())
            .bind(&ballot.edition)
            .fetch_optional(&self.0)
            .await?;
        row.map(|row| read_tally(ballot.clone(), &row)).transpose()
    }

    async fn keep_editions(&self, editions: &[Edition]) -> Result<()> {
        let mut transaction = self.0.begin_with("BEGIN IMMEDIATE").await?;
        for Edition { edition, question } in editions {
            sqlx::query("INSERT OR IGNORE INTO editions (question, edition, definition) VALUES (?, ?, ?)")
                .bind(&question.id)
                .bind(edition)
                .bind(serde_json::to_string(question)?)
                .execute(&mut *transaction)
                .await?;
        }
        Ok(transaction.commit().await?)
    }

    async fn editions(&self) -> Result<Vec<Edition>> {
        let rows = sqlx::query("SELECT edition, definition FROM editions ORDER BY question, edition")
            .fetch_all(&self.0)
            .await?;
        rows.iter()
            .map(|row| {
                let question = serde_json::from_str(row.try_get("definition")?)?;
                Ok(Edition { edition: row.try_get("edition")?, question })
            })
            .collect()
    }
}

/// Notes the ids of reports in one statement, which is what a batch's time goes into otherwise; those that were not known.
async fn note_ids(
    connection: &mut SqliteConnection,
    reports: &[CountedReport],
    forgotten: i64,
) -> Result<BTreeSet<Vec<u8>>> {
    let mut fresh = BTreeSet::new();
    let in_time: Vec<_> = reports.iter().filter(|report| report.ballot.week.number() >= forgotten).collect();
    for some in in_time.chunks(ROWS_A_STATEMENT) {
        let mut statement = QueryBuilder::new("INSERT OR IGNORE INTO counted (week, id) ");
        statement.push_values(some, |mut row, report| {
            row.push_bind(report.ballot.week.number()).push_bind(report.id.as_slice());
        });
        statement.push(" RETURNING id");
        let ids: Vec<Vec<u8>> = statement.build_query_scalar().fetch_all(&mut *connection).await?;
        fresh.extend(ids);
    }
    Ok(fresh)
}

/// Writes counts over what was there.
async fn write_tallies(
    connection: &mut SqliteConnection,
    tallies: impl Iterator<Item = &Tally>,
) -> Result<()> {
    let rows = tallies.map(|tally| {
        let counts: Vec<u8> = tally.counts.iter().flat_map(|count| count.to_le_bytes()).collect();
        Ok((&tally.ballot, i64::try_from(tally.reports)?, counts))
    });
    for some in rows.collect::<Result<Vec<_>>>()?.chunks(ROWS_A_STATEMENT) {
        let mut statement =
            QueryBuilder::new("INSERT INTO tallies (question, week, edition, reports, counts) ");
        statement.push_values(some, |mut row, (ballot, reports, counts)| {
            row.push_bind(&ballot.question).push_bind(ballot.week.number()).push_bind(&ballot.edition);
            row.push_bind(reports).push_bind(counts);
        });
        statement.push(" ON CONFLICT DO UPDATE SET reports = excluded.reports, counts = excluded.counts");
        statement.build().execute(&mut *connection).await?;
    }
    Ok(())
}

/// Fills in the counts so far of ballots that have any.
async fn read_tallies(
    connection: &mut SqliteConnection,
    tallies: &mut BTreeMap<&Ballot, Tally>,
) -> Result<()> {
    let ballots: Vec<&Ballot> = tallies.keys().copied().collect();
    for some in ballots.chunks(ROWS_A_STATEMENT) {
        let mut statement = QueryBuilder::new(
            "SELECT question, week, edition, reports, counts FROM tallies WHERE (question, week, edition) IN (",
        );
        statement.push_values(some, |mut row, ballot| {
            row.push_bind(&ballot.question).push_bind(ballot.week.number()).push_bind(&ballot.edition);
        });
        for row in statement.push(")").build().fetch_all(&mut *connection).await? {
            let so_far = read_tally(read_ballot(&row)?, &row)?;
            let tally = tallies.get_mut(&so_far.ballot).context("counts that were not asked for")?;
            let (found, size) = (so_far.counts.len(), tally.counts.len());
            ensure!(
                found == size,
                "the counts of {:?} have {found} answers, not {size}",
                so_far.ballot.question
            );
            *tally = so_far;
        }
    }
    Ok(())
}

/// The ballot of a row.
fn read_ballot(row: &SqliteRow) -> Result<Ballot> {
    Ok(Ballot {
        question: row.try_get("question")?,
        week: Week::numbered(row.try_get("week")?),
        edition: row.try_get("edition")?,
    })
}

/// A ballot's reports and counts, in a row.
fn read_tally(ballot: Ballot, row: &SqliteRow) -> Result<Tally> {
    let reports = u64::try_from(row.try_get::<i64, _>("reports")?)?;
    Ok(Tally { ballot, reports, counts: read_counts(row.try_get("counts")?)? })
}

fn read_counts(bytes: &[u8]) -> Result<Vec<u64>> {
    ensure!(bytes.len().is_multiple_of(8), "counts are stored in eights of bytes, not {}", bytes.len());
    Ok(bytes.chunks_exact(8).filter_map(|eight| eight.try_into().ok().map(u64::from_le_bytes)).collect())
}

impl Store for Sqlite {
    fn take<'a>(&'a self, reports: &'a [CountedReport]) -> Answer<'a, Vec<Taken>> {
        Box::pin(self.take(reports))
    }

    fn tallies<'a>(&'a self, question: Option<&'a str>, week: Option<Week>) -> Answer<'a, Vec<Tally>> {
        Box::pin(self.tallies(question, week))
    }

    fn release<'a>(&'a self, tally: &'a Tally, at_least: u64) -> Answer<'a, Option<Tally>> {
        Box::pin(self.release(tally, at_least))
    }

    fn keep_editions<'a>(&'a self, editions: &'a [Edition]) -> Answer<'a, ()> {
        Box::pin(self.keep_editions(editions))
    }

    fn editions(&self) -> Answer<'_, Vec<Edition>> {
        Box::pin(self.editions())
    }

    fn forget_ids_before(&self, week: i64) -> Answer<'_, ()> {
        Box::pin(async move {
            let mut transaction = self.0.begin_with("BEGIN IMMEDIATE").await?;
            // The newest two weeks that have any ids keep them, so that a clock far ahead forgets nothing that could still
            // come again when it is put right.
            let newest: Option<i64> =
                sqlx::query_scalar("SELECT max(week) FROM counted").fetch_one(&mut *transaction).await?;
            if let Some(week) = newest.map(|newest| week.min(newest - 1)) {
                sqlx::query("UPDATE forgotten SET week = max(week, ?)")
                    .bind(week)
                    .execute(&mut *transaction)
                    .await?;
                sqlx::query("DELETE FROM counted WHERE week < ?")
                    .bind(week)
                    .execute(&mut *transaction)
                    .await?;
            }
            transaction.commit().await?;
            // The write-ahead file has each transaction by itself: folded in and cut, only the tables are left.
            sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").execute(&self.0).await?;
            Ok(())
        })
    }

    fn beat(&self) -> Answer<'_, ()> {
        Box::pin(async move {
            let beaten = sqlx::query("UPDATE health SET beats = beats + 1").execute(&self.0).await?;
            ensure!(beaten.rows_affected() == 1, "the row of /healthz is gone");
            Ok(())
        })
    }

    fn close(&self) -> Answer<'_, ()> {
        Box::pin(async move {
            self.0.close().await;
            Ok(())
        })
    }
}
