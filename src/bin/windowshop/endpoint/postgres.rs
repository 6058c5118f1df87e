//! How a PostgreSQL database is opened and written: so that an answer outlives a crash, nobody waits for ever, and who
//! lost a race tries again. Which tables there are stands beside each of them.
//!
//! Each part of the endpoint has a schema of its own. [`problem`] says what can be wrong with a database and what to do.

mod problem;
mod server;
#[cfg(test)]
mod tests;

pub(crate) use problem::DatabaseError;
pub(crate) use server::Server;

use anyhow::{Context, Result};
use sqlx::migrate::{MigrateError, Migrator};
use sqlx::pool::PoolConnection;
use sqlx::postgres::{PgConnection, PgPool, PgPoolOptions};
use sqlx::{AssertSqlSafe, Connection as _, Row};
use std::future::Future;
use std::ops::{Deref, DerefMut};
use std::time::Duration;

/// How long a connection is waited for.
const PATIENCE: Duration = Duration::from_secs(5);
/// How long a transaction may take from its first word to its answer. Less than a request has, more than the server's own
/// limits in [`SESSION`]: only a server that has fallen silent is given up by this.
const TRANSACTION_TIME: Duration = Duration::from_secs(8);
/// How long other processes are waited for that make the tables, and how long tidying may take.
const LONG_TIME: Duration = Duration::from_secs(120);
/// How often somebody who lost a race tries again.
const TRIES: u32 = 10;
/// The oldest server that works; older ones are no longer maintained.
const OLDEST: i32 = 14;
/// Names the lock under which tables are made, one for all parts: "wshop" in ASCII.
const MIGRATION_LOCK: i64 = 0x77_7368_6f70;

/// What every session begins with. The server ends what a process has left hanging, so that no lock outlives its owner
/// for long; and a commit is on the disk before it is answered, whatever the server's default (what asks for more than
/// that, such as `remote_apply`, is left as it is).
const SESSION: &str = "
SET statement_timeout = '5s';
SET lock_timeout = '5s';
SET idle_in_transaction_session_timeout = '10s';
SET tcp_keepalives_idle = 10;
SET tcp_keepalives_interval = 5;
SET tcp_keepalives_count = 3;
SET tcp_user_timeout = '20s';
SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off';
";

/// One part's tables in a database.
pub(super) struct Database {
    pool: PgPool,
    server: Server,
}

/// A part of a database: its schema, and the changes of its tables in order.
pub(super) struct Part {
    /// Its schema, a plain word.
    pub(super) schema: &'static str,
    /// Changes of the tables, in order; a database of a newer version is refused.
    pub(super) migrations: &'static Migrator,
    /// Connections at most.
    pub(super) connections: u32,
}

impl Database {
    /// Opens a part of a database, making its tables where `make` allows it, and brings them up to date.
    ///
    /// # Errors
    /// [`DatabaseError`], which says what to do.
    pub(super) async fn open(server: &Server, part: &Part, make: bool) -> Result<Self> {
        check(server).await?;
        tokio::time::timeout(LONG_TIME, prepare(server, part, make))
            .await
            .map_err(|_| DatabaseError::Silent { place: server.to_string() })??;
        let session = format!("SET search_path = {};{SESSION}", part.schema);
        let pool = PgPoolOptions::new()
            .max_connections(part.connections)
            .acquire_timeout(PATIENCE)
            .after_connect(move |connection, _| {
                let session = session.clone();
                Box::pin(async move {
                    sqlx::raw_sql(AssertSqlSafe(session)).execute(connection).await?;
                    Ok(())
                })
            })
            .connect_lazy_with(server.options().clone());
        Ok(Self { pool, server: server.clone() })
    }

    /// Begins a transaction.
    pub(super) async fn begin(&self) -> Result<Transaction> {
        let mut transaction = self.lease().await?;
        // Said in full, for a server's defaults may be others.
        let begin = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE";
        sqlx::raw_sql(begin).execute(&mut *transaction).await?;
        Ok(transaction)
    }

    /// Takes a connection that is given back only by who says that all is well with it.
    async fn lease(&self) -> Result<Transaction> {
        Ok(Transaction { connection: self.pool.acquire().await?, ended: false })
    }

    /// Does something until it is done: again where it lost a race with another process, not for ever where the server
    /// has fallen silent.
    ///
    /// # Errors
    /// [`DatabaseError`] where the database is the reason, and whatever else goes wrong in `once`.
    pub(super) async fn until_done<T, F>(&self, mut once: impl FnMut() -> F) -> Result<T>
    where
        F: Future<Output = Result<T>>,
    {
        for tried in 1.. {
            let error = match tokio::time::timeout(TRANSACTION_TIME, once()).await {
                Ok(Ok(done)) => return Ok(done),
                Ok(Err(error)) => error,
                Err(_) => return Err(DatabaseError::Silent { place: self.server.to_string() }.into()),
            };
            if tried == TRIES || !problem::lost_a_race(&error) {
                return Err(self.server.explain(error));
            }
            tokio::time::sleep(pause(tried)).await;
        }
        unreachable!("the loop above ends by returning")
    }

    /// Takes out of tables what was changed or deleted in them, which PostgreSQL otherwise keeps a while. Where another
    /// process is at it, or the user does not own the tables, nothing happens.
    pub(super) async fn sweep(&self, how: &'static str) -> Result<()> {
        let mut connection = self.lease().await?;
        let swept = async {
            sqlx::raw_sql("SET statement_timeout = 0").execute(&mut *connection).await?;
            sqlx::raw_sql(how).execute(&mut *connection).await?;
            sqlx::raw_sql("SET statement_timeout = '5s'").execute(&mut *connection).await?;
            anyhow::Ok(())
        };
        match tokio::time::timeout(LONG_TIME, swept).await {
            Ok(done) => done.map_err(|error| self.server.explain(error))?,
            Err(_) => return Err(DatabaseError::Silent { place: self.server.to_string() }.into()),
        }
        connection.ended = true;
        Ok(())
    }

    /// Lets go of every connection.
    pub(super) async fn close(&self) {
        self.pool.close().await;
    }
}

/// How long somebody waits who lost a race: longer each time, and by chance, so that two do not meet again.
fn pause(tried: u32) -> Duration {
    let chance = getrandom::u32().unwrap_or_default() % 16;
    Duration::from_millis(u64::from(chance * tried))
}

/// A connection in a transaction. One that is not brought to an end is never used again: its connection is closed, and the
/// server undoes what it began.
pub(super) struct Transaction {
    connection: PoolConnection<sqlx::Postgres>,
    ended: bool,
}

impl Transaction {
    /// Makes what was done hold, crash or not.
    pub(super) async fn commit(mut self) -> Result<()> {
        sqlx::raw_sql("COMMIT").execute(&mut *self.connection).await?;
        self.ended = true;
        Ok(())
    }

    /// Undoes what was done.
    pub(super) async fn roll_back(mut self) -> Result<()> {
        sqlx::raw_sql("ROLLBACK").execute(&mut *self.connection).await?;
        self.ended = true;
        Ok(())
    }
}

impl Deref for Transaction {
    type Target = PgConnection;

    fn deref(&self) -> &PgConnection {
        &self.connection
    }
}

impl DerefMut for Transaction {
    fn deref_mut(&mut self) -> &mut PgConnection {
        &mut self.connection
    }
}

impl Drop for Transaction {
    fn drop(&mut self) {
        if !self.ended {
            self.connection.close_on_drop();
        }
    }
}

/// Whether this server can be used at all.
async fn check(server: &Server) -> Result<(), DatabaseError> {
    let asked = async {
        let mut connection = server.connect().await?;
        let row = sqlx::query(
            "SELECT current_setting('server_version_num')::int AS version, pg_is_in_recovery() AS standby,
             current_setting('server_encoding') AS encoding, current_setting('fsync') AS fsync",
        )
        .fetch_one(&mut connection)
        .await?;
        // Whether it hears the goodbye changes nothing.
        let _ = connection.close().await;
        let version: i32 = row.try_get("version")?;
        let standby: bool = row.try_get("standby")?;
        let (encoding, fsync): (String, String) = (row.try_get("encoding")?, row.try_get("fsync")?);
        Ok((version, standby, encoding, fsync))
    };
    let place = || server.to_string();
    let asked = tokio::time::timeout(TRANSACTION_TIME, asked).await;
    let asked = asked.map_err(|_| DatabaseError::Silent { place: place() })?;
    let (version, standby, encoding, fsync) = asked.map_err(|error| DatabaseError::of(server, &error))?;
    if version / 10_000 < OLDEST {
        return Err(DatabaseError::OldServer { place: place(), found: version / 10_000, oldest: OLDEST });
    }
    if standby {
        return Err(DatabaseError::ReadOnly { place: place() });
    }
    if encoding != "UTF8" {
        return Err(DatabaseError::Encoding { place: place(), found: encoding });
    }
    if fsync == "off" {
        tracing::warn!(
            "{server} runs with fsync off: what it is told does not outlive a crash of its machine"
        );
    }
    Ok(())
}

/// Makes the tables or brings them up to date. Where there is nothing to do, reading is all that is asked for, so that
/// whoever makes tables may be another user than whoever fills them.
async fn prepare(server: &Server, part: &Part, make: bool) -> Result<()> {
    let (schema, migrations) = (part.schema, part.migrations);
    let told = |error: sqlx::Error| DatabaseError::of(server, &error);
    let mut connection = server.connect().await.map_err(told)?;
    let made = applied(&mut connection, schema).await.map_err(told)?;
    if made.is_none() && !make {
        return Err(DatabaseError::Missing { place: server.to_string() }.into());
    }
    let made = made.unwrap_or_default();
    if let Some((found, _)) = made.iter().find(|(version, _)| !migrations.version_exists(*version)) {
        return Err(DatabaseError::Newer { place: server.to_string(), schema, found: *found }.into());
    }
    let known = migrations.iter().map(|migration| (migration.version, &*migration.checksum));
    if !known.eq(made.iter().map(|(version, checksum)| (*version, &**checksum))) {
        // Two that start at once make tables one after the other; the lock goes with the connection.
        sqlx::query("SELECT pg_advisory_lock($1)")
            .bind(MIGRATION_LOCK)
            .execute(&mut connection)
            .await
            .map_err(told)?;
        let there: bool = sqlx::query_scalar("SELECT to_regnamespace($1) IS NOT NULL")
            .bind(schema)
            .fetch_one(&mut connection)
            .await
            .map_err(told)?;
        if !there {
            let create = AssertSqlSafe(format!("CREATE SCHEMA {schema}"));
            sqlx::raw_sql(create).execute(&mut connection).await.map_err(told)?;
        }
        let path = AssertSqlSafe(format!("SET search_path = {schema}"));
        sqlx::raw_sql(path).execute(&mut connection).await.map_err(told)?;
        migrations.run(&mut connection).await.map_err(|error| match error {
            MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) => told(error),
            other => DatabaseError::Tables { place: server.to_string(), schema, source: other },
        })?;
    }
    connection.close().await.context("the database hung up on a goodbye")
}

/// Version and checksum of every change that was made to a schema's tables; `None` where there are none.
async fn applied(
    connection: &mut PgConnection,
    schema: &'static str,
) -> Result<Option<Vec<(i64, Vec<u8>)>>, sqlx::Error> {
    let table = format!("{schema}._sqlx_migrations");
    let there: bool = sqlx::query_scalar("SELECT to_regclass($1) IS NOT NULL")
        .bind(&table)
        .fetch_one(&mut *connection)
        .await?;
    if !there {
        return Ok(None);
    }
    let rows = AssertSqlSafe(format!("SELECT version, checksum FROM {table} WHERE success ORDER BY version"));
    sqlx::query_as(rows).fetch_all(connection).await.map(Some)
}
