//! A place of each kind for tests, which run every case on each: files in a temporary folder, and a database on a server of
//! its own.

use super::super::postgres::Server;
use super::Place;
use anyhow::{Context as _, Result};
use sqlx::{ConnectOptions as _, Connection as _};
use std::path::{Path, PathBuf};

// The tests of the command use the same server, from there.
#[path = "../../../../../tests/endpoint/cluster.rs"]
pub(in crate::endpoint) mod cluster;

/// A place that is gone when the test ends.
pub(in crate::endpoint) enum Sample {
    /// A folder of files.
    Folder(tempfile::TempDir),
    /// A server.
    Postgres(cluster::Cluster),
}

/// Where a part of the tables is: the name of its SQLite file and of its schema.
pub(in crate::endpoint) struct Tables {
    pub(in crate::endpoint) file: &'static str,
    pub(in crate::endpoint) schema: &'static str,
}

impl Sample {
    pub(in crate::endpoint) fn sqlite() -> Self {
        Self::Folder(tempfile::tempdir().expect("a folder"))
    }

    /// `None` where there is no PostgreSQL, which is printed.
    pub(in crate::endpoint) fn postgres() -> Option<Self> {
        cluster::Cluster::start().map(Self::Postgres)
    }

    pub(in crate::endpoint) fn place(&self) -> Place {
        match self {
            Self::Folder(folder) => Place::Folder(folder.path().to_owned()),
            Self::Postgres(cluster) => Place::Postgres(Box::new(Server::of(&cluster.url()).expect("a URL"))),
        }
    }

    /// Runs a statement behind the program's back.
    pub(in crate::endpoint) async fn execute(&self, tables: &Tables, statement: &'static str) -> Result<()> {
        match self {
            Self::Folder(folder) => {
                let mut file = file(folder.path(), tables).await?;
                sqlx::raw_sql(statement).execute(&mut file).await?;
                file.close().await?;
            }
            Self::Postgres(cluster) => {
                cluster.query("shop", &format!("SET search_path = {}; {statement}", tables.schema));
            }
        }
        Ok(())
    }

    /// What a statement of each kind of database answers: one text, empty where it is NULL.
    pub(in crate::endpoint) async fn text(
        &self,
        tables: &Tables,
        [sqlite, postgres]: [&'static str; 2],
    ) -> Result<String> {
        Ok(match self {
            Self::Folder(folder) => {
                let mut file = file(folder.path(), tables).await?;
                let text: Option<String> = sqlx::query_scalar(sqlite).fetch_one(&mut file).await?;
                text.unwrap_or_default()
            }
            Self::Postgres(cluster) => {
                let told = cluster.query("shop", &format!("SET search_path = {}; {postgres}", tables.schema));
                told.strip_prefix("SET").unwrap_or(&told).trim().to_owned()
            }
        })
    }

    /// Every column of a part's tables but the record of versions, as `table.column`, sorted.
    pub(in crate::endpoint) async fn columns(&self, tables: &Tables) -> Result<Vec<String>> {
        let mut columns: Vec<String> = match self {
            Self::Folder(folder) => {
                let mut file = file(folder.path(), tables).await?;
                sqlx::query_scalar(
                    "SELECT tables.name || '.' || columns.name
                     FROM sqlite_schema AS tables, pragma_table_info(tables.name) AS columns
                     WHERE tables.type = 'table'",
                )
                .fetch_all(&mut file)
                .await?
            }
            // Of every schema there is, so that none is overlooked.
            Self::Postgres(cluster) => cluster
                .query(
                    "shop",
                    "SELECT table_schema || '.' || table_name || '.' || column_name FROM information_schema.columns
                     WHERE table_schema NOT IN ('pg_catalog', 'information_schema')",
                )
                .lines()
                .map(|line| line.strip_prefix(&format!("{}.", tables.schema)).unwrap_or(line).to_owned())
                .collect(),
        };
        columns.retain(|column| !column.starts_with("_sqlx_migrations."));
        columns.sort();
        Ok(columns)
    }

    /// Whether any file that tables are kept in holds these bytes. PostgreSQL's write-ahead log is left out: it is a
    /// record of what was done, let go of by its own rules (docs/endpoint.md).
    pub(in crate::endpoint) fn holds(&self, what: &[u8]) -> Result<bool> {
        let mut folders = match self {
            Self::Folder(folder) => vec![folder.path().to_owned()],
            Self::Postgres(cluster) => {
                // What was changed in memory is put into the files, and files that are gone are let go of.
                cluster.query("shop", "CHECKPOINT");
                vec![cluster.data().join("base")]
            }
        };
        let mut found = false;
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(&folder).with_context(|| folder.display().to_string())? {
                let path: PathBuf = entry?.path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    let bytes = std::fs::read(&path)?;
                    found |= bytes.windows(what.len()).any(|part| part == what);
                }
            }
        }
        Ok(found)
    }
}

async fn file(folder: &Path, tables: &Tables) -> Result<sqlx::SqliteConnection> {
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(folder.join(tables.file));
    Ok(options.disable_statement_logging().connect().await?)
}

/// Runs each case, an `async fn(&Sample) -> Result<()>`, on each kind of place.
macro_rules! on_each_store {
    ($($case:ident),+ $(,)?) => {
        mod sqlite {
            $(
                #[tokio::test]
                async fn $case() -> anyhow::Result<()> {
                    super::$case(&crate::endpoint::place::sample::Sample::sqlite()).await
                }
            )+
        }
        mod postgres {
            $(
                #[tokio::test]
                async fn $case() -> anyhow::Result<()> {
                    let Some(sample) = crate::endpoint::place::sample::Sample::postgres() else { return Ok(()) };
                    super::$case(&sample).await
                }
            )+
        }
    };
}
pub(in crate::endpoint) use on_each_store;
