//! The tables of a feed, one file each: how a row is read, and how it is written.

mod attributes;
mod brands;
mod categories;
mod items;
mod references;
mod sales;

pub(crate) use attributes::AttributeName;
pub(crate) use items::decimal;
pub(super) use references::check as check_references;

use super::problem::{FeedError, Problems};
use super::row::Row;
use super::shop::Shop;
use super::{Named, rows};
use serde_json::{Map, Value};
use std::path::Path;

/// A row type with its table.
pub(super) trait Table: Sized {
    /// The file's name without its ending.
    const NAME: &'static str;
    /// The field that holds the name shown to shoppers.
    const SHOWN: &'static str;
    /// CSV columns, names of languages aside; the first is `id`.
    const COLUMNS: &'static [&'static str];

    /// Reads a row; what is off is noted and stands in as a default.
    fn read(row: &mut Row<'_>) -> Self;

    /// Writes a row, names aside, as JSON has it.
    fn fields(&self, shop: &Shop) -> Map<String, Value>;
}

/// Reads a table whole.
pub(super) fn read<T: Table>(
    folder: &Path,
    shop: &Shop,
    problems: &mut Problems,
    file_name: &mut String,
) -> Result<Vec<Named<T>>, FeedError> {
    let mut read = Vec::new();
    *file_name = rows::walk(folder, T::NAME, problems, |file, line, cells, problems| {
        let mut row = Row { file, line, cells, asked: Vec::new(), shop, problems };
        let names = row.names(T::SHOWN);
        let value = T::read(&mut row);
        row.finish();
        read.push(Named { row: value, names, line });
    })?;
    Ok(read)
}

/// Reads a table that may be missing.
pub(super) fn read_optional<T: Table>(
    folder: &Path,
    shop: &Shop,
    problems: &mut Problems,
) -> Result<Vec<Named<T>>, FeedError> {
    let there = ["jsonl", "csv"].iter().any(|ending| folder.join(format!("{}.{ending}", T::NAME)).is_file());
    if there { read(folder, shop, problems, &mut String::new()) } else { Ok(Vec::new()) }
}

/// The table that holds rows of a kind, as the pack writer names kinds.
pub(super) fn file_stem(kind: &str) -> &'static str {
    match kind {
        "brand" => "brands",
        "category" => "categories",
        "sale" => "sales",
        "item" => "items",
        _ => "shop.json",
    }
}

/// Puts a field where it has a value.
pub(super) fn put(fields: &mut Map<String, Value>, name: &str, value: Option<Value>) {
    if let Some(value) = value {
        fields.insert(name.into(), value);
    }
}
