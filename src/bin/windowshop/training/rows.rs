//! Reads tables a row at a time: CSV, JSON Lines and Parquet, chosen by the file's name; says of a bad row where it
//! is and why.
//!
//! Every value becomes text: numbers in their shortest form, instants as whole milliseconds since 1970 in UTC, what is
//! not there as empty text. At most one batch of rows is in memory. Which file has which format stands in [`Rows::open`]:
//! a new format is one file in `rows/` and one line there. What the columns mean is for the reader of the rows.

mod csv;
mod lines;
mod parquet;
mod text;

use std::path::{Path, PathBuf};

/// Why a table could not be read. Nothing is learned from it then.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub(crate) enum RowsError {
    /// It could not be opened, or reading stopped.
    #[error("cannot read {}", file.display())]
    Storage {
        /// The file.
        file: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// A working file could not be made, written or read back.
    #[error("cannot keep working files in {}; choose another folder with --scratch", folder.display())]
    Scratch {
        /// The folder.
        folder: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// It is not Parquet, or of a kind of Parquet that this command does not read.
    #[error("{} is not a Parquet file that can be read here", file.display())]
    Parquet {
        /// The file.
        file: PathBuf,
        /// What the reader says.
        source: ::parquet::errors::ParquetError,
    },
    /// A column that is needed is missing.
    #[error("{}, {place} has no column {column:?}", file.display())]
    Column {
        /// The file.
        file: PathBuf,
        /// Where columns are named: `line 1: the header` or `the schema`.
        place: &'static str,
        /// The column that is missing.
        column: &'static str,
    },
    /// A row is not what the format says.
    #[error("{}, {unit} {line}, {field}: {reason}", file.display())]
    Row {
        /// The file.
        file: PathBuf,
        /// What is counted: `line`, or `row` where the format has no lines.
        unit: &'static str,
        /// Which one, from 1; lines are those of the uncompressed text.
        line: u64,
        /// The column, or `row` where the row as a whole is off.
        field: &'static str,
        /// What is wrong, and what is allowed.
        reason: String,
    },
}

/// What goes wrong inside a format; [`Rows`] adds the file.
enum Trouble {
    Storage(std::io::Error),
    Parquet(::parquet::errors::ParquetError),
    Row { line: u64, field: &'static str, reason: String },
}

/// A format of tables.
trait Table: Send {
    /// Asks for a column, before the first row; `None` where this table cannot have it. A `required` one is
    /// refused in a row that lacks it, where the format can tell lacking from empty.
    fn find(&mut self, column: &str, required: Option<&'static str>) -> Result<Option<usize>, Trouble>;

    /// Whether the table, or its first row where rows name their own fields, has a field; members of members are
    /// written `a.b`.
    fn holds(&mut self, field: &str) -> Result<bool, Trouble>;

    /// Goes to the next row; `false` at the end.
    fn advance(&mut self) -> Result<bool, Trouble>;

    /// A cell of the current row, by what [`Table::find`] gave.
    fn cell(&self, column: usize) -> &str;

    /// The current row's line or number, from 1.
    fn line(&self) -> u64;

    /// How much of the file was read, in thousandths.
    fn progress(&self) -> u64;

    /// What [`Table::line`] counts.
    fn unit(&self) -> &'static str {
        "line"
    }

    /// Where columns are named.
    fn header(&self) -> &'static str {
        "line 1: the header"
    }
}

/// A table being read.
pub(crate) struct Rows {
    file: PathBuf,
    table: Box<dyn Table>,
    names: Vec<(String, String)>,
}

impl Rows {
    /// Opens a table: Parquet where its name ends with `.parquet` or `.pq`, JSON Lines where it ends with `.jsonl`,
    /// `.ndjson` or `.json`, else CSV with a header; text is decompressed on the way where `.gz` follows.
    pub(crate) fn open(file: &Path) -> Result<Self, RowsError> {
        let lower = file.to_string_lossy().to_ascii_lowercase();
        let name = lower.strip_suffix(".gz").unwrap_or(&lower);
        let ends = |endings: &[&str]| endings.iter().any(|ending| name.ends_with(ending));
        let opened: Result<Box<dyn Table>, Trouble> = if ends(&[".parquet", ".pq"]) {
            parquet::Parquet::open(file).map(|table| Box::new(table) as _)
        } else if ends(&[".jsonl", ".ndjson", ".json"]) {
            lines::Lines::open(file).map(|table| Box::new(table) as _)
        } else {
            csv::Csv::open(file).map(|table| Box::new(table) as _)
        };
        match opened {
            Ok(table) => Ok(Self { file: file.into(), table, names: Vec::new() }),
            Err(trouble) => Err(told(file, "line", trouble)),
        }
    }

    /// Takes columns under the names that the file gives them: each a name that is asked for, and the file's own.
    #[must_use]
    pub(crate) fn named(mut self, names: &[(String, String)]) -> Self {
        self.names = names.to_vec();
        self
    }

    /// Where a column is; `None` where the table cannot have it. In JSON Lines any row may have any field, so there a
    /// column is always found and its cell empty where a row lacks it. Ask before the first row.
    pub(crate) fn find(&mut self, column: &str) -> Result<Option<usize>, RowsError> {
        let column = own(&self.names, column);
        self.table.find(column, None).map_err(|trouble| told(&self.file, self.table.unit(), trouble))
    }

    /// Where a column is that must be there. Ask before the first row.
    pub(crate) fn need(&mut self, column: &'static str) -> Result<usize, RowsError> {
        let found = self.table.find(own(&self.names, column), Some(column));
        let found = found.map_err(|trouble| told(&self.file, self.table.unit(), trouble))?;
        found.ok_or_else(|| RowsError::Column { file: self.file.clone(), place: self.table.header(), column })
    }

    /// Whether the table's header, or the first of rows that name their own fields, has a field: tells layouts apart.
    pub(crate) fn holds(&mut self, field: &str) -> Result<bool, RowsError> {
        let field = own(&self.names, field);
        self.table.holds(field).map_err(|trouble| told(&self.file, self.table.unit(), trouble))
    }

    /// Goes to the next row; `false` at the end.
    pub(crate) fn advance(&mut self) -> Result<bool, RowsError> {
        self.table.advance().map_err(|trouble| told(&self.file, self.table.unit(), trouble))
    }

    /// A cell of the current row.
    pub(crate) fn cell(&self, column: usize) -> &str {
        self.table.cell(column)
    }

    /// The current row's line or number, from 1.
    pub(crate) fn line(&self) -> u64 {
        self.table.line()
    }

    /// How much of the file was read so far, in thousandths.
    pub(crate) fn progress(&self) -> u64 {
        self.table.progress()
    }

    /// The error that a field of the current row is.
    pub(crate) fn wrong(&self, field: &'static str, reason: impl std::fmt::Display) -> RowsError {
        let reason = format!("{reason}");
        told(&self.file, self.table.unit(), Trouble::Row { line: self.table.line(), field, reason })
    }
}

/// The file's own name of a column.
fn own<'a>(names: &'a [(String, String)], column: &'a str) -> &'a str {
    names.iter().find(|(asked, _)| asked == column).map_or(column, |(_, own)| own)
}

fn told(file: &Path, unit: &'static str, trouble: Trouble) -> RowsError {
    let file = file.into();
    match trouble {
        Trouble::Storage(source) => RowsError::Storage { file, source },
        Trouble::Parquet(source) => RowsError::Parquet { file, source },
        Trouble::Row { line, field, reason } => RowsError::Row { file, unit, line, field, reason },
    }
}

/// An instant as tables write it, in milliseconds: milliseconds since 1970, or RFC 3339.
///
/// # Errors
/// What is allowed, where it is neither.
pub(crate) fn instant(text: &str) -> Result<i64, String> {
    let milliseconds = text.parse::<i64>().ok();
    let milliseconds =
        milliseconds.or_else(|| text.parse::<jiff::Timestamp>().ok().map(jiff::Timestamp::as_millisecond));
    milliseconds.ok_or_else(|| {
        format!(
            "{text:?} is neither milliseconds since 1970 nor an instant such as 2026-11-22T10:00:00+08:00"
        )
    })
}

/// Whether a file's name says that it is gzip-compressed.
pub(crate) fn compressed(file: &Path) -> bool {
    file.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("gz"))
}

#[cfg(test)]
pub(crate) mod tests;
