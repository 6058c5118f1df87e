//! Why a feed is refused: each problem with its file, line, field and reason.

use std::fmt::{self, Write as _};
use std::path::PathBuf;

/// How many problems are collected before reading stops.
pub(crate) const PROBLEMS_MAX: usize = 20;

/// One thing that is wrong in a feed.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub(crate) struct Problem {
    /// The file, such as `items.csv`.
    pub(crate) file: String,
    /// The line, from 1; 0 where it is about the file as a whole.
    pub(crate) line: u64,
    /// The field; empty where it is about the line as a whole.
    pub(crate) field: String,
    /// What is wrong and what to do.
    pub(crate) reason: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "{}", self.file)?;
        if self.line > 0 {
            write!(to, ":{}", self.line)?;
        }
        if !self.field.is_empty() {
            write!(to, ": {}", self.field)?;
        }
        write!(to, ": {}", self.reason)
    }
}

/// What was found wrong so far.
#[derive(Debug, Default)]
pub(crate) struct Problems(Vec<Problem>);

impl Problems {
    /// Notes one more, up to [`PROBLEMS_MAX`].
    pub(crate) fn add(&mut self, file: &str, line: u64, field: &str, reason: impl Into<String>) {
        if !self.is_full() {
            self.0.push(Problem { file: file.into(), line, field: field.into(), reason: reason.into() });
        }
    }

    /// Whether nothing was wrong.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether there is no sense in reading on.
    pub(crate) fn is_full(&self) -> bool {
        self.0.len() >= PROBLEMS_MAX
    }

    /// How many were noted.
    pub(crate) fn count(&self) -> usize {
        self.0.len()
    }

    /// A refusal, where anything was wrong.
    ///
    /// # Errors
    /// [`FeedError::Refused`].
    pub(crate) fn into_result(self) -> Result<(), FeedError> {
        if self.0.is_empty() { Ok(()) } else { Err(FeedError::Refused(self.0)) }
    }
}

/// Why a feed was not taken. A feed is taken whole or not at all.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub(crate) enum FeedError {
    /// A file cannot be read or written.
    #[error("cannot open {}: {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A table's file is not there.
    #[error("{} has neither {table}.jsonl nor {table}.csv; a feed has one of them", folder.display())]
    Missing {
        /// The feed.
        folder: PathBuf,
        /// The table.
        table: &'static str,
    },
    /// A table is there twice.
    #[error("{} has both {table}.jsonl and {table}.csv; a feed has one of them", folder.display())]
    Both {
        /// The feed.
        folder: PathBuf,
        /// The table.
        table: &'static str,
    },
    /// Rows are off.
    #[error("the feed is refused whole:{}", list(.0))]
    Refused(Vec<Problem>),
}

fn list(problems: &[Problem]) -> String {
    let mut text = String::new();
    for problem in problems {
        // Writing into a text has no way to fail.
        let _ = write!(text, "\n  {problem}");
    }
    if problems.len() >= PROBLEMS_MAX {
        text.push_str("\n  and perhaps more: reading stopped here");
    }
    text
}

/// Refuses a file of one object or list, at a field of it; the field is empty where it is about the whole.
pub(super) fn refused(file: &str, line: usize, field: String, reason: impl fmt::Display) -> FeedError {
    let reason = reason.to_string();
    FeedError::Refused(vec![Problem { file: file.into(), line: line as u64, field, reason }])
}

/// Makes an [`FeedError::Io`] of a path.
pub(crate) fn io(path: &std::path::Path) -> impl FnOnce(std::io::Error) -> FeedError + use<> {
    let path = path.to_path_buf();
    move |source| FeedError::Io { path, source }
}
