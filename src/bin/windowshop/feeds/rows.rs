//! Opens a table's file, JSON Lines or CSV, and gives its rows in one shape.

use super::files::without_mark;
use super::problem::{FeedError, Problems, io};
use super::row::Cell;
use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::Value;
use std::fmt;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

/// Fields of a row, in the order of the file; members of a JSON object as `name.en`.
pub(super) type Cells = Vec<(String, Cell)>;

/// The one file of a table, and whether it is CSV.
fn file_of(folder: &Path, table: &'static str) -> Result<(PathBuf, bool), FeedError> {
    let lines = folder.join(format!("{table}.jsonl"));
    let csv = folder.join(format!("{table}.csv"));
    match (lines.is_file(), csv.is_file()) {
        (true, false) => Ok((lines, false)),
        (false, true) => Ok((csv, true)),
        (true, true) => Err(FeedError::Both { folder: folder.into(), table }),
        (false, false) => Err(FeedError::Missing { folder: folder.into(), table }),
    }
}

/// What is wrong with the columns of a CSV file: the column and the reason.
pub(super) type ColumnProblems = Vec<(String, String)>;

/// Walks the rows of a table, with the line each begins on; stops where there are too many problems. The columns of a CSV file
/// are looked at first, by `columns`: where they are off, that is told once and no row is read.
/// Returns the file's name.
pub(super) fn walk(
    folder: &Path,
    table: &'static str,
    problems: &mut Problems,
    columns: impl Fn(&[String]) -> ColumnProblems,
    mut each: impl FnMut(&str, u64, Cells, &mut Problems),
) -> Result<String, FeedError> {
    let (path, is_csv) = file_of(folder, table)?;
    let name = format!("{table}.{}", if is_csv { "csv" } else { "jsonl" });
    let file = BufReader::new(File::open(&path).map_err(io(&path))?);
    if is_csv {
        walk_csv(file, &name, problems, columns, &mut each);
    } else {
        walk_lines(file, &path, &name, problems, &mut each)?;
    }
    Ok(name)
}

fn walk_lines(
    file: impl BufRead,
    path: &Path,
    name: &str,
    problems: &mut Problems,
    each: &mut impl FnMut(&str, u64, Cells, &mut Problems),
) -> Result<(), FeedError> {
    for (line, bytes) in (1..).zip(file.split(b'\n')) {
        let bytes = bytes.map_err(io(path))?;
        let bytes = if line == 1 { without_mark(&bytes) } else { &bytes };
        if problems.is_full() {
            break;
        }
        if bytes.trim_ascii().is_empty() {
            continue;
        }
        match serde_json::from_slice::<Members>(bytes) {
            Ok(Members(members)) => each(name, line, members, problems),
            Err(error) => {
                problems.add(name, line, "", format!("is not a JSON object: {}", json_reason(&error)));
            }
        }
    }
    Ok(())
}

/// What serde_json says, without its line, which is always 1 here.
pub(crate) fn json_reason(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.replace(" at line 1 column ", " at column ")
}

fn walk_csv(
    file: impl BufRead,
    name: &str,
    problems: &mut Problems,
    columns: impl Fn(&[String]) -> ColumnProblems,
    each: &mut impl FnMut(&str, u64, Cells, &mut Problems),
) {
    let mut reader = ::csv::ReaderBuilder::new().from_reader(file);
    let header: Vec<String> = match reader.headers() {
        Ok(header) => header.iter().map(|field| field.trim_start_matches('\u{FEFF}').to_string()).collect(),
        Err(error) => return problems.add(name, 1, "", format!("has no header: {error}")),
    };
    let off = check_header(&header, columns);
    if !off.is_empty() {
        return off.into_iter().for_each(|(field, reason)| problems.add(name, 1, &field, reason));
    }
    let mut record = ::csv::StringRecord::new();
    while !problems.is_full() {
        match reader.read_record(&mut record) {
            Ok(false) => break,
            Ok(true) => {
                let line = record.position().map_or(0, ::csv::Position::line);
                let fields = header.iter().zip(record.iter()).filter(|(_, text)| !text.is_empty());
                let cells =
                    fields.map(|(field, text)| (field.clone(), Cell::Text(text.to_string()))).collect();
                each(name, line, cells, problems);
            }
            Err(error) => {
                let line = error.position().map_or(0, ::csv::Position::line);
                problems.add(name, line, "", csv_reason(&error));
            }
        }
    }
}

/// What is wrong with a header. Where it is not separated by commas nothing more is to be learnt from it.
fn check_header(header: &[String], columns: impl Fn(&[String]) -> ColumnProblems) -> ColumnProblems {
    let whole = |reason: &str| vec![(String::new(), reason.to_string())];
    match header {
        [] => return whole("is empty; a table has a header at least"),
        [one] if one.contains(';') => {
            return whole("is it separated by ;? Columns of a feed are separated by commas (RFC 4180)");
        }
        [one] if one.contains('\t') => {
            return whole("is it separated by tabs? Columns of a feed are separated by commas (RFC 4180)");
        }
        _ => {}
    }
    let mut off = columns(header);
    for (at, field) in header.iter().enumerate() {
        if header.iter().take(at).any(|earlier| earlier == field) {
            off.push((field.clone(), "is a column twice".into()));
        }
    }
    off
}

fn csv_reason(error: &::csv::Error) -> String {
    match error.kind() {
        ::csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
            format!("has {len} cells, the header has {expected_len}")
        }
        ::csv::ErrorKind::Utf8 { .. } => "is not UTF-8".into(),
        _ => format!("is not CSV: {error}"),
    }
}

/// The members of a JSON object, refusing a name that is there twice, and members of members as `a.b`.
struct Members(Cells);

impl<'de> Deserialize<'de> for Members {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Walk;
        impl<'de> Visitor<'de> for Walk {
            type Value = Members;

            fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
                to.write_str("one JSON object a line")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members, A::Error> {
                let mut cells: Cells = Vec::new();
                while let Some((name, value)) = map.next_entry::<String, Value>()? {
                    let members: Cells = match value {
                        Value::Object(members) if !members.is_empty() => members
                            .into_iter()
                            .map(|(member, value)| (format!("{name}.{member}"), Cell::Json(value)))
                            .collect(),
                        value => vec![(name, Cell::Json(value))],
                    };
                    for (name, cell) in members {
                        if cells.iter().any(|(earlier, _)| *earlier == name) {
                            return Err(serde::de::Error::custom(format!("{name:?} is there twice")));
                        }
                        cells.push((name, cell));
                    }
                }
                Ok(Members(cells))
            }
        }
        from.deserialize_map(Walk)
    }
}
