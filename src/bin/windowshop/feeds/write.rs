//! Writes a feed folder, as JSON Lines or CSV; reading it back gives the same feed.

use super::problem::{FeedError, Problem, io};
use super::shop::Shop;
use super::tables::Table;
use super::{Feed, Named, pairs};
use serde_json::{Map, Value};
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use windowshop::catalogue::input::StockInput;

/// The notation of the tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub(crate) enum Format {
    /// JSON Lines.
    #[default]
    Jsonl,
    /// CSV.
    Csv,
}

/// Writes a feed into a folder, which is made where it is missing.
pub(crate) fn write(feed: &Feed, folder: &Path, format: Format) -> Result<(), FeedError> {
    std::fs::create_dir_all(folder).map_err(io(folder))?;
    let shop = folder.join("shop.json");
    std::fs::write(&shop, feed.shop.to_json()).map_err(io(&shop))?;
    table(&feed.shop, &feed.brands, folder, format)?;
    table(&feed.shop, &feed.categories, folder, format)?;
    table(&feed.shop, &feed.sales, folder, format)?;
    table(&feed.shop, &feed.items, folder, format)?;
    if !feed.attributes.is_empty() {
        table(&feed.shop, &feed.attributes, folder, format)?;
    }
    feed.rules.write(folder)
}

fn table<T: Table>(shop: &Shop, rows: &[Named<T>], folder: &Path, format: Format) -> Result<(), FeedError> {
    let (ending, other) = match format {
        Format::Jsonl => ("jsonl", "csv"),
        Format::Csv => ("csv", "jsonl"),
    };
    // A folder written before in the other notation would be ambiguous.
    let stale = folder.join(format!("{}.{other}", T::NAME));
    if stale.is_file() {
        std::fs::remove_file(&stale).map_err(io(&stale))?;
    }
    let path = folder.join(format!("{}.{ending}", T::NAME));
    let mut to = BufWriter::new(File::create(&path).map_err(io(&path))?);
    match format {
        Format::Jsonl => lines(shop, rows, &mut to).map_err(io(&path))?,
        Format::Csv => {
            let mut writer = ::csv::Writer::from_writer(&mut to);
            write_csv(shop, rows, &mut writer).map_err(|reason| {
                let file = format!("{}.csv", T::NAME);
                FeedError::Refused(vec![Problem { file, line: 0, field: String::new(), reason }])
            })?;
        }
    }
    to.flush().map_err(io(&path))
}

fn lines<T: Table>(shop: &Shop, rows: &[Named<T>], to: &mut impl Write) -> std::io::Result<()> {
    for named in rows {
        let names: Map<String, Value> = shop
            .languages
            .iter()
            .zip(&named.names)
            .map(|(tag, name)| (tag.clone(), name.clone().into()))
            .collect();
        let mut fields = named.row.fields(shop);
        fields.insert(T::SHOWN.into(), names.into());
        serde_json::to_writer(&mut *to, &fields)?;
        to.write_all(b"\n")?;
    }
    Ok(())
}

fn write_csv<T: Table>(
    shop: &Shop,
    rows: &[Named<T>],
    to: &mut ::csv::Writer<impl Write>,
) -> Result<(), String> {
    let names = shop.languages.iter().map(|language| format!("{}.{language}", T::SHOWN));
    let header = T::COLUMNS.iter().map(|column| (*column).to_string()).chain(names);
    to.write_record(header).map_err(|error| error.to_string())?;
    for named in rows {
        let fields = named.row.fields(shop);
        let mut record: Vec<String> = Vec::new();
        for column in T::COLUMNS {
            record.push(fields.get(*column).map_or(Ok(String::new()), cell)?);
        }
        record.extend(named.names.iter().cloned());
        to.write_record(record).map_err(|error| error.to_string())?;
    }
    to.flush().map_err(|error| error.to_string())
}

/// A value in CSV's compact notation.
fn cell(value: &Value) -> Result<String, String> {
    let no_bars = |text: String| {
        if text.contains('|') {
            Err(format!("{text:?} holds a |, which CSV keeps for itself: write JSON Lines"))
        } else {
            Ok(text)
        }
    };
    match value {
        Value::String(text) => Ok(text.clone()),
        Value::Array(rows) => {
            let stock: Vec<StockInput> = rows.iter().filter_map(stock_row).collect();
            pairs::stock_text(&stock)
                .ok_or_else(|| "a size holds a |, which CSV keeps for itself".to_string())
        }
        Value::Object(members) => {
            let pair = |(name, value): (&String, &Value)| {
                let text = value.as_str().map_or_else(|| value.to_string(), ToString::to_string);
                no_bars(format!("{name}={text}"))
            };
            Ok(members.iter().map(pair).collect::<Result<Vec<_>, _>>()?.join("|"))
        }
        other => Ok(other.to_string()),
    }
}

fn stock_row(value: &Value) -> Option<StockInput> {
    let count = |name: &str| value.get(name)?.as_u64()?.try_into().ok();
    Some(StockInput {
        size: value.get("size")?.as_str()?.into(),
        left: count("left")?,
        at_opening: count("at_opening")?,
    })
}
