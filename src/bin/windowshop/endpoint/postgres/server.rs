//! Which PostgreSQL server, which database on it, and as whom: what a URL says.

use super::DatabaseError;
use sqlx::ConnectOptions as _;
use sqlx::postgres::{PgConnectOptions, PgConnection};
use std::fmt;
use std::str::FromStr as _;

/// What may stand behind the `?` of a URL.
const PARAMETERS: [&str; 6] = ["sslmode", "sslrootcert", "sslcert", "sslkey", "host", "application_name"];

/// A database and who uses it. Shown without the password, in texts for people and for debugging.
#[derive(Clone)]
pub(crate) struct Server {
    options: PgConnectOptions,
    name: String,
}

impl Server {
    /// Reads a URL. What it leaves out is taken from the environment as `psql` does (PGHOST, PGUSER, PGPASSWORD, …).
    ///
    /// # Errors
    /// [`DatabaseError::Url`], which repeats nothing of it.
    pub(crate) fn of(url: &str) -> Result<Self, DatabaseError> {
        let wrong = |what: &str| DatabaseError::Url { what: what.to_owned() };
        let rest = url.strip_prefix("postgres://").or_else(|| url.strip_prefix("postgresql://"));
        let rest = rest.ok_or_else(|| wrong("it does not begin with postgres://"))?;
        let (place, parameters) = rest.split_once('?').unwrap_or((rest, ""));
        // A password with a character of URLs in it would be taken for a host or a name, and be told to everybody.
        let name = place.split_once('/').map_or("", |(_, name)| name);
        if name.contains(['@', ':', '/']) || rest.contains('#') || parameters.contains('@') {
            return Err(wrong("a character has to be written as % and two digits"));
        }
        for parameter in parameters.split('&').filter(|parameter| !parameter.is_empty()) {
            let known = parameter.split_once('=').is_some_and(|(name, _)| PARAMETERS.contains(&name));
            if !known {
                return Err(wrong(&format!("what may follow the ? is {}", PARAMETERS.join(", "))));
            }
        }
        let mut options = PgConnectOptions::from_str(url)
            .map_err(|_| wrong("its host, its port or a setting behind the ? is none"))?
            // Statements are not logged, for they hold ids of reports and orders.
            .disable_statement_logging();
        if options.get_application_name().is_none() {
            options = options.application_name("windowshop");
        }
        let host = options
            .get_socket()
            .map_or_else(|| options.get_host().to_owned(), |socket| socket.display().to_string());
        let database = options.get_database().unwrap_or(options.get_username());
        let name = format!("{host}:{}/{database}", options.get_port());
        Ok(Self { options, name })
    }

    /// How to connect.
    pub(super) fn options(&self) -> &PgConnectOptions {
        &self.options
    }

    /// As whom.
    pub(super) fn user(&self) -> &str {
        self.options.get_username()
    }

    /// A connection of its own.
    pub(super) async fn connect(&self) -> Result<PgConnection, sqlx::Error> {
        self.options.connect().await
    }

    /// An error with what to do about it, where it is the database's.
    pub(super) fn explain(&self, error: anyhow::Error) -> anyhow::Error {
        match error.downcast::<sqlx::Error>() {
            Ok(error) => DatabaseError::of(self, &error).into(),
            Err(other) => other,
        }
    }
}

impl fmt::Display for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Server({})", self.name)
    }
}
