//! Where an endpoint keeps what it counts and grants: files in its data folder, or a PostgreSQL database that several
//! endpoints share. What is kept there is [`store`](super::store)'s and the checkout's.

use super::postgres::{DatabaseError, Server};
use std::fmt;
use std::path::{Path, PathBuf};

/// The option that names a database, for every command that opens one.
#[derive(clap::Args)]
pub(crate) struct DatabaseOption {
    /// PostgreSQL database to use instead of files in the data folder: postgres://user:password@host:5432/name. Several
    /// endpoints may share it.
    // Taken as text and read later: what is wrong with a value is told by clap with the value, and it holds a password.
    #[arg(long = "database", id = "database", env = "WINDOWSHOP_DATABASE", hide_env_values = true)]
    #[arg(value_name = "URL")]
    url: Option<String>,
}

/// A place for counts and grants. Shown without its password.
#[derive(Clone)]
pub(crate) enum Place {
    /// SQLite files in a data folder.
    Folder(PathBuf),
    /// A PostgreSQL database.
    Postgres(Box<Server>),
}

impl Place {
    /// The database that is named; else the data folder.
    ///
    /// # Errors
    /// Where the database's URL cannot be read, or nothing is named.
    pub(crate) fn of(database: &DatabaseOption, data: Option<&Path>) -> Result<Self, DatabaseError> {
        match (database.url.as_deref().filter(|url| !url.is_empty()), data) {
            (Some(url), _) => Ok(Self::Postgres(Box::new(Server::of(url)?))),
            (None, Some(data)) => Ok(Self::Folder(data.to_owned())),
            (None, None) => Err(DatabaseError::Nowhere),
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Folder(folder) => folder.display().fmt(f),
            Self::Postgres(server) => server.fmt(f),
        }
    }
}

#[cfg(test)]
pub(super) mod sample;
