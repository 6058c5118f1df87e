//! How SQLite files are opened: so that a commit is on the disk, what is deleted is overwritten, and a file that is damaged
//! or of a newer version is left alone.

use anyhow::{Context, Result, ensure};
use sqlx::migrate::Migrator;
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use sqlx::{ConnectOptions as _, Connection as _};
use std::path::Path;
use std::time::Duration;

/// How long a connection is waited for, and a lock.
const PATIENCE: Duration = Duration::from_secs(5);

/// Opens a file, making it where `make` allows it, and brings its tables up to date.
pub(super) async fn open(
    path: &Path,
    make: bool,
    connections: u32,
    migrations: &Migrator,
) -> Result<SqlitePool> {
    if make {
        for_the_owner_alone(path).with_context(|| format!("cannot make {}", path.display()))?;
    }
    let options = SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(make)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        // What is deleted is overwritten.
        .pragma("secure_delete", "ON")
        .busy_timeout(PATIENCE)
        // Statements are not logged, for the moment of one is the moment of a report or an order.
        .disable_statement_logging();
    let pool = SqlitePoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(PATIENCE)
        // Where a commit fails SQLite may have undone the transaction itself, and sqlx counts it as open for ever
        // (sqlx-sqlite 0.9): such a connection is replaced.
        .before_acquire(|connection, _| Box::pin(async move { Ok(!connection.is_in_transaction()) }))
        .connect_with(options)
        .await
        .with_context(|| format!("cannot open {}", path.display()))?;
    let check: String = sqlx::query_scalar("PRAGMA quick_check").fetch_one(&pool).await?;
    ensure!(check == "ok", "{} is damaged ({check}); restore it from a backup", path.display());
    migrations.run(&pool).await.with_context(|| format!("cannot use the tables of {}", path.display()))?;
    Ok(pool)
}

/// Makes a file that is not there yet so that nobody else on the machine can read it: redemptions hold the keys of nullifiers.
/// What SQLite puts beside it is as readable as the file is.
fn for_the_owner_alone(path: &Path) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => Err(error),
        _ => Ok(()),
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt as _;

    #[tokio::test]
    async fn nobody_else_on_the_machine_reads_a_file_that_is_made() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("new.sqlite");
        let migrations = Migrator::DEFAULT;
        let pool = open(&path, true, 1, &migrations).await.expect("opens");
        sqlx::query("CREATE TABLE t (a)").execute(&pool).await.expect("written");
        for file in std::fs::read_dir(folder.path()).expect("the folder") {
            let file = file.expect("a file");
            let mode = file.metadata().expect("its facts").permissions().mode() & 0o777;
            assert_eq!(mode, 0o600, "{}", file.path().display());
        }
    }
}
