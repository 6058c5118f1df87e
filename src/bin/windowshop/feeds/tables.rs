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
use windowshop::catalogue::input::{BrandInput, CategoryInput, ItemInput, SaleInput};

/// A row type with its table.
pub(super) trait Table: Sized {
    /// The file's name without its ending.
    const NAME: &'static str;
    /// The field that holds the name shown to shoppers.
    const SHOWN: &'static str;
    /// CSV columns, names of languages aside; the first is `id`.
    const COLUMNS: &'static [&'static str];

    /// The columns that every row has something in, names of languages aside.
    const NEEDED: &'static [&'static str];
    /// The columns that may stand as several, one a name: `attributes.kind`.
    const PAIRS: &'static [&'static str] = &[];

    /// Reads a row; what is off is noted and stands in as a default.
    fn read(row: &mut Row<'_>) -> Self;

    /// Writes a row, names aside, as JSON has it.
    fn fields(&self, shop: &Shop) -> Map<String, Value>;
}

/// The names of all tables, of which each is a file of one of two endings.
pub(super) const NAMES: [&str; 5] =
    [AttributeName::NAME, BrandInput::NAME, CategoryInput::NAME, ItemInput::NAME, SaleInput::NAME];

/// Reads a table whole.
pub(super) fn read<T: Table>(
    folder: &Path,
    shop: &Shop,
    problems: &mut Problems,
    file_name: &mut String,
) -> Result<Vec<Named<T>>, FeedError> {
    let mut read = Vec::new();
    let columns = |header: &[String]| check_columns::<T>(header, shop);
    *file_name = rows::walk(folder, T::NAME, problems, columns, |file, line, cells, problems| {
        let mut row = Row { file, line, cells, asked: Vec::new(), off: Vec::new(), shop, problems };
        let names = row.names(T::SHOWN);
        let value = T::read(&mut row);
        row.finish();
        read.push(Named { row: value, names, line });
    })?;
    Ok(read)
}

/// Reads a table without which there is no shop: it has a row.
pub(super) fn read_needed<T: Table>(
    folder: &Path,
    shop: &Shop,
    problems: &mut Problems,
    file_name: &mut String,
) -> Result<Vec<Named<T>>, FeedError> {
    let before = problems.count();
    let read = read(folder, shop, problems, file_name)?;
    if read.is_empty() && problems.count() == before {
        problems.add(file_name, 0, "", format!("has no {}: was it written to its end?", T::NAME));
    }
    Ok(read)
}

/// What is wrong with the columns of a CSV file: one that is needed and not there, one that nobody knows.
fn check_columns<T: Table>(header: &[String], shop: &Shop) -> rows::ColumnProblems {
    let names = shop.languages.iter().map(|language| format!("{}.{language}", T::SHOWN));
    let names: Vec<String> = names.collect();
    let needed = T::NEEDED.iter().map(|column| (*column).to_string()).chain(names.iter().cloned());
    let mut off: rows::ColumnProblems = needed
        .filter(|column| !header.contains(column))
        .map(|column| (column, "is missing: no column has this name".to_string()))
        .collect();
    let known = |column: &String| {
        column.starts_with("x_")
            || T::COLUMNS.contains(&column.as_str())
            || names.contains(column)
            || column.split_once('.').is_some_and(|(field, _)| T::PAIRS.contains(&field))
    };
    for column in header.iter().filter(|column| !known(column)) {
        let known: Vec<&str> = T::COLUMNS.iter().copied().chain(names.iter().map(String::as_str)).collect();
        let reason =
            format!("is unknown here (known: {}); begin it with x_ to have it passed over", known.join(", "));
        off.push((column.clone(), reason));
    }
    off
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
