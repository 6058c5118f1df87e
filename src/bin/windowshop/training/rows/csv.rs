//! CSV with a header.

use super::text::{Progress, Text};
use super::{Table, Trouble};
use std::path::Path;

pub(super) struct Csv {
    reader: ::csv::Reader<Text>,
    row: ::csv::StringRecord,
    progress: Progress,
}

impl Csv {
    pub(super) fn open(file: &Path) -> Result<Self, Trouble> {
        let (text, progress) = Text::open(file)?;
        let reader = ::csv::ReaderBuilder::new().buffer_capacity(1 << 16).from_reader(text);
        Ok(Self { reader, row: ::csv::StringRecord::new(), progress })
    }
}

impl Table for Csv {
    fn find(&mut self, column: &str, _: Option<&'static str>) -> Result<Option<usize>, Trouble> {
        let header = self.reader.headers().map_err(unreadable)?;
        Ok(header.iter().position(|name| name == column))
    }

    fn holds(&mut self, field: &str) -> Result<bool, Trouble> {
        Ok(self.find(field, None)?.is_some())
    }

    fn advance(&mut self) -> Result<bool, Trouble> {
        self.reader.read_record(&mut self.row).map_err(unreadable)
    }

    fn cell(&self, column: usize) -> &str {
        self.row.get(column).unwrap_or("")
    }

    fn line(&self) -> u64 {
        self.row.position().map_or(0, ::csv::Position::line)
    }

    fn progress(&self) -> u64 {
        self.progress.thousandths()
    }
}

/// The trouble with a row that is not even CSV, or with a file that stops being readable.
fn unreadable(error: ::csv::Error) -> Trouble {
    let line = error.position().map_or(0, ::csv::Position::line);
    let reason = match error.into_kind() {
        ::csv::ErrorKind::Io(source) => return Trouble::Storage(source),
        ::csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
            format!("has {len} fields, the header has {expected_len}")
        }
        ::csv::ErrorKind::Utf8 { .. } => "is not UTF-8".into(),
        other => format!("is not CSV: {other:?}"),
    };
    Trouble::Row { line, field: "row", reason }
}
