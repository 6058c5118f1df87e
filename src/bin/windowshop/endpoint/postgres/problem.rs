//! What can be wrong with a PostgreSQL database, and what to do about it. No text holds a password.

use super::Server;
use std::borrow::Cow;

/// Why a database cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub(crate) enum DatabaseError {
    /// Nothing is named.
    #[error("say where reports are kept: --data DIR, or --database URL")]
    Nowhere,
    /// The URL is none. Its own words are left out, for a password may be among them.
    #[error(
        "the database's URL cannot be read: {what}; write postgres://user:password@host:5432/name, and in the password \
         %40 for @, %3A for :, %2F for /, %3F for ?, %23 for #, %25 for %"
    )]
    Url {
        /// What is wrong with it.
        what: String,
    },
    /// Nobody answers there.
    #[error(
        "cannot reach the database at {place} ({why}); see that it runs there and lets this machine connect"
    )]
    Unreachable {
        /// Where.
        place: String,
        /// What was said.
        why: String,
    },
    /// It was reached, and answers no more.
    #[error("the database at {place} does not answer; see whether it, its disk or the network hangs")]
    Silent {
        /// Where.
        place: String,
    },
    /// It does not let the user in.
    #[error(
        "the database at {place} does not let {user:?} in ({why}); see the user and the password of the URL, and pg_hba.conf"
    )]
    NotLetIn {
        /// Where.
        place: String,
        /// Who.
        user: String,
        /// What was said.
        why: String,
    },
    /// There is no such database on the server.
    #[error(
        "there is no such database at {place} ({why}); make it once: CREATE DATABASE name OWNER {user:?}"
    )]
    NoDatabase {
        /// Where.
        place: String,
        /// Who asked.
        user: String,
        /// What was said.
        why: String,
    },
    /// The user may not do what has to be done.
    #[error(
        "the user {user:?} has not the rights it needs at {place} ({why}); let it own the database, or give it CREATE on the \
         database for the first start, or have the tables' owner start this version once"
    )]
    NoRights {
        /// Where.
        place: String,
        /// Who.
        user: String,
        /// What was said.
        why: String,
    },
    /// No connection is free, or none is made in time.
    #[error(
        "no connection to the database at {place} could be had ({why}); see whether it is starting or hangs, and else raise its \
         max_connections (each endpoint takes up to twelve)"
    )]
    NoConnection {
        /// Where.
        place: String,
        /// What was said.
        why: String,
    },
    /// It takes no writes.
    #[error("the database at {place} takes no writes: it is a standby; give the URL of the primary")]
    ReadOnly {
        /// Where.
        place: String,
    },
    /// The server is too old.
    #[error(
        "the database at {place} is PostgreSQL {found}, and {oldest} is the oldest that works; upgrade it"
    )]
    OldServer {
        /// Where.
        place: String,
        /// Its version.
        found: i32,
        /// The oldest that works.
        oldest: i32,
    },
    /// It cannot keep every text.
    #[error("the database at {place} keeps texts as {found}; make one with ENCODING 'UTF8'")]
    Encoding {
        /// Where.
        place: String,
        /// How it keeps texts.
        found: String,
    },
    /// Its tables are those of a newer version of this program.
    #[error(
        "the tables in {schema} at {place} are of a newer version (change {found} of them is not known here); start that \
         version of windowshop. Nothing was changed"
    )]
    Newer {
        /// Where.
        place: String,
        /// Which part.
        schema: &'static str,
        /// The change that is not known.
        found: i64,
    },
    /// Its tables are not those of any version.
    #[error(
        "the tables in {schema} at {place} are not as this program made them; restore them from a backup"
    )]
    Tables {
        /// Where.
        place: String,
        /// Which part.
        schema: &'static str,
        /// What does not fit.
        source: sqlx::migrate::MigrateError,
    },
    /// No endpoint has used it.
    #[error("there are no reports at {place}; `windowshop serve --database` makes its tables")]
    Missing {
        /// Where.
        place: String,
    },
    /// Something else.
    #[error("the database at {place} could not do it: {why}")]
    Other {
        /// Where.
        place: String,
        /// What was said.
        why: String,
    },
}

impl DatabaseError {
    /// What an error of sqlx means, by its SQLSTATE (PostgreSQL's manual, appendix A).
    pub(super) fn of(server: &Server, error: &sqlx::Error) -> Self {
        let (place, user) = (server.to_string(), server.user().to_owned());
        // Its own words, once: sqlx says the same in a chain of three.
        let why = match error {
            sqlx::Error::Database(error) => error.message().to_owned(),
            sqlx::Error::Io(error) => error.to_string(),
            other => other.to_string(),
        };
        match code(error).as_deref() {
            Some("28000" | "28P01") => Self::NotLetIn { place, user, why },
            Some("3D000") => Self::NoDatabase { place, user, why },
            Some("42501") => Self::NoRights { place, user, why },
            Some("53300") => Self::NoConnection { place, why },
            Some("25006") => Self::ReadOnly { place },
            // It is starting or stopping.
            Some("57P01" | "57P02" | "57P03") => Self::Unreachable { place, why },
            Some(_) => Self::Other { place, why },
            None => match error {
                sqlx::Error::Io(_) | sqlx::Error::Tls(_) => Self::Unreachable { place, why },
                sqlx::Error::PoolTimedOut => Self::NoConnection { place, why },
                _ => Self::Other { place, why },
            },
        }
    }
}

/// The SQLSTATE of an error, where the server gave one.
fn code(error: &sqlx::Error) -> Option<Cow<'_, str>> {
    error.as_database_error().and_then(sqlx::error::DatabaseError::code)
}

/// Whether something failed only because another transaction was in its way, and nothing of it was done.
pub(super) fn lost_a_race(error: &anyhow::Error) -> bool {
    let Some(error) = error.downcast_ref::<sqlx::Error>() else { return false };
    // serialization_failure, deadlock_detected.
    matches!(code(error).as_deref(), Some("40001" | "40P01"))
}
