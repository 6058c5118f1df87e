//! Opens CSV tables with a header, plain or gzip-compressed, and says of a bad row where it is and why.

use std::fs::File;
use std::io::{BufReader, Read};
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
    /// The header lacks a column.
    #[error("{}, line 1: the header has no column {column:?}", file.display())]
    Column {
        /// The file.
        file: PathBuf,
        /// The column that is missing.
        column: &'static str,
    },
    /// A row is not what the format says.
    #[error("{}, line {line}, {field}: {reason}", file.display())]
    Row {
        /// The file.
        file: PathBuf,
        /// The line, from 1, in the uncompressed text.
        line: u64,
        /// The column, or `row` where the row as a whole is off.
        field: &'static str,
        /// What is wrong, and what is allowed.
        reason: String,
    },
}

/// A table being read.
pub(crate) struct Rows {
    file: PathBuf,
    reader: csv::Reader<Box<dyn Read>>,
    row: csv::StringRecord,
}

impl Rows {
    /// Opens a table; one whose name ends with `.gz` is decompressed on the way.
    pub(crate) fn open(file: &Path) -> Result<Self, RowsError> {
        let opened = File::open(file).map_err(|source| RowsError::Storage { file: file.into(), source })?;
        let opened = BufReader::with_capacity(1 << 16, opened);
        let text: Box<dyn Read> = if compressed(file) {
            Box::new(flate2::bufread::MultiGzDecoder::new(opened))
        } else {
            Box::new(opened)
        };
        let reader = csv::ReaderBuilder::new().from_reader(text);
        Ok(Self { file: file.into(), reader, row: csv::StringRecord::new() })
    }

    /// Where a column is; `None` where the header lacks it.
    pub(crate) fn find(&mut self, column: &str) -> Result<Option<usize>, RowsError> {
        match self.reader.headers() {
            Ok(header) => Ok(header.iter().position(|name| name == column)),
            Err(error) => Err(self.unreadable(error)),
        }
    }

    /// Where a column is that must be there.
    pub(crate) fn need(&mut self, column: &'static str) -> Result<usize, RowsError> {
        self.find(column)?.ok_or_else(|| RowsError::Column { file: self.file.clone(), column })
    }

    /// Goes to the next row; `false` at the end.
    pub(crate) fn advance(&mut self) -> Result<bool, RowsError> {
        self.reader.read_record(&mut self.row).map_err(|error| self.unreadable(error))
    }

    /// A cell of the current row.
    pub(crate) fn cell(&self, column: usize) -> &str {
        self.row.get(column).unwrap_or("")
    }

    /// The error that a field of the current row is.
    pub(crate) fn wrong(&self, field: &'static str, reason: impl std::fmt::Display) -> RowsError {
        let line = self.row.position().map_or(0, csv::Position::line);
        RowsError::Row { file: self.file.clone(), line, field, reason: format!("{reason}") }
    }

    /// The error of a row that is not even CSV, or of a file that stops being readable.
    fn unreadable(&self, error: csv::Error) -> RowsError {
        let line = error.position().map_or(0, csv::Position::line);
        let reason = match error.into_kind() {
            csv::ErrorKind::Io(source) => return RowsError::Storage { file: self.file.clone(), source },
            csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
                format!("has {len} fields, the header has {expected_len}")
            }
            csv::ErrorKind::Utf8 { .. } => "is not UTF-8".into(),
            other => format!("is not CSV: {other:?}"),
        };
        RowsError::Row { file: self.file.clone(), line, field: "row", reason }
    }
}

/// Whether a file's name says that it is gzip-compressed.
pub(crate) fn compressed(file: &Path) -> bool {
    file.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("gz"))
}
