//! Where the command under test keeps what it counts and grants: its own data folder, or a PostgreSQL server of the test's.

#[path = "cluster.rs"]
mod cluster;

pub(crate) use cluster::Cluster;

/// A place for counts and grants.
pub(crate) enum Database {
    /// SQLite files in the data folder.
    Sqlite,
    /// A database on a server.
    Postgres(Cluster),
}

impl Database {
    /// `None` where there is no PostgreSQL, which is printed.
    pub(crate) fn postgres() -> Option<Self> {
        Cluster::start().map(Self::Postgres)
    }

    /// The options that name it.
    pub(crate) fn options(&self) -> Vec<String> {
        match self {
            Self::Sqlite => Vec::new(),
            Self::Postgres(cluster) => vec!["--database".into(), cluster.url()],
        }
    }
}

/// Runs each case, a `fn(Database)`, on each kind of database.
#[allow(unused_macros, reason = "one crate of tests has other names for its cases")]
macro_rules! on_each_store {
    ($($case:ident),+ $(,)?) => {
        mod sqlite {
            $(
                #[test]
                fn $case() {
                    super::$case(crate::database::Database::Sqlite);
                }
            )+
        }
        mod postgres {
            $(
                #[test]
                fn $case() {
                    crate::database::Database::postgres().into_iter().for_each(super::$case);
                }
            )+
        }
    };
}
#[allow(unused_imports, reason = "likewise")]
pub(crate) use on_each_store;
