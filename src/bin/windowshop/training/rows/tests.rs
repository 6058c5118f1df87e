//! What holds for every format of rows.

use super::*;
use ::parquet::data_type::{ByteArrayType, DoubleType, Int32Type, Int64Type};
use ::parquet::file::properties::WriterProperties;
use ::parquet::file::writer::SerializedFileWriter;
use ::parquet::schema::parser::parse_message_type;
use anyhow::Result;
use std::fs::File;
use std::io::Write;
use std::sync::Arc;

/// A Parquet file with columns `ts`, `session_id` (may lack values), `pos` and `price`, in groups of rows.
pub(crate) fn parquet_of(path: &Path, groups: &[&[(i64, Option<&str>, i32, f64)]]) -> Result<()> {
    let schema = "message log {
        required int64 ts (TIMESTAMP(MICROS, true));
        optional binary session_id (STRING);
        required int32 pos;
        required double price;
    }";
    let schema = Arc::new(parse_message_type(schema)?);
    let snappy = ::parquet::basic::Compression::SNAPPY;
    let properties = Arc::new(WriterProperties::builder().set_compression(snappy).build());
    let mut writer = SerializedFileWriter::new(File::create(path)?, schema, properties)?;
    for rows in groups {
        let mut group = writer.next_row_group()?;
        let mut at = 0;
        while let Some(mut column) = group.next_column()? {
            match at {
                0 => {
                    let instants: Vec<i64> = rows.iter().map(|row| row.0).collect();
                    column.typed::<Int64Type>().write_batch(&instants, None, None)?;
                }
                1 => {
                    let there: Vec<i16> = rows.iter().map(|row| i16::from(row.1.is_some())).collect();
                    let texts: Vec<_> = rows.iter().filter_map(|row| row.1.map(Into::into)).collect();
                    column.typed::<ByteArrayType>().write_batch(&texts, Some(&there), None)?;
                }
                2 => {
                    let places: Vec<i32> = rows.iter().map(|row| row.2).collect();
                    column.typed::<Int32Type>().write_batch(&places, None, None)?;
                }
                _ => {
                    let prices: Vec<f64> = rows.iter().map(|row| row.3).collect();
                    column.typed::<DoubleType>().write_batch(&prices, None, None)?;
                }
            }
            column.close()?;
            at += 1;
        }
        group.close()?;
    }
    writer.close()?;
    Ok(())
}

fn gzip(path: &Path, text: &str) -> Result<()> {
    let mut gzip = flate2::write::GzEncoder::new(File::create(path)?, flate2::Compression::fast());
    gzip.write_all(text.as_bytes())?;
    gzip.finish()?;
    Ok(())
}

/// The cells of some columns, row after row, each row with its line.
fn cells(path: &Path, columns: &[&str]) -> Result<Vec<(u64, Vec<String>)>, RowsError> {
    let mut rows = Rows::open(path)?;
    let mut found = Vec::new();
    for column in columns {
        found.push(rows.find(column)?);
    }
    let mut all = Vec::new();
    while rows.advance()? {
        let cell = |column: &Option<usize>| column.map_or("?", |column| rows.cell(column)).to_owned();
        all.push((rows.line(), found.iter().map(cell).collect()));
    }
    assert_eq!(rows.progress(), 1_000, "all of it was read");
    Ok(all)
}

#[test]
fn one_table_reads_alike_in_every_format() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let csv = "session_id,ts,price,pos\na,1500,2.5,0\n,1501,10,1\n\"é, b\",-1,0,2\n";
    let lines = "{\"session_id\":\"a\",\"ts\":1500,\"pos\":0,\"price\":2.5}\n\
        {\"pos\":1,\"other\":{\"session_id\":[1,{}]},\"session_id\":null,\"ts\":1501,\"price\":10.0}\n\
        {\"session_id\":\"\\u00e9, b\",\"ts\":-1,\"price\":0,\"pos\":2}";
    std::fs::write(folder.path().join("log.csv"), csv)?;
    std::fs::write(folder.path().join("log.jsonl"), lines)?;
    gzip(&folder.path().join("log.csv.gz"), csv)?;
    gzip(&folder.path().join("log.ndjson.gz"), lines)?;
    let rows = [(1_500_999, Some("a"), 0, 2.5), (1_501_000, None, 1, 10.0), (-1, Some("é, b"), 2, 0.0)];
    parquet_of(&folder.path().join("log.parquet"), &[&rows[..1], &rows[1..]])?;
    let expected = [["a", "1500", "2.5", "0"], ["", "1501", "10", "1"], ["é, b", "-1", "0", "2"]];
    for name in ["log.csv", "log.csv.gz", "log.jsonl", "log.ndjson.gz", "log.parquet"] {
        let found = cells(&folder.path().join(name), &["session_id", "ts", "price", "pos"])?;
        let texts: Vec<Vec<String>> = found.iter().map(|(_, cells)| cells.clone()).collect();
        assert_eq!(texts, expected, "{name}");
        let lines: Vec<u64> = found.iter().map(|(line, _)| *line).collect();
        assert_eq!(lines, if name.contains("csv") { [2, 3, 4] } else { [1, 2, 3] }, "{name}");
    }
    assert!(Rows::open(&folder.path().join("log.parquet"))?.find("brand")?.is_none());
    assert!(Rows::open(&folder.path().join("log.csv"))?.find("brand")?.is_none());
    Ok(())
}

#[test]
fn rows_of_many_batches_come_in_order() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let names: Vec<String> = (0..9_000).map(|row| format!("s{row}")).collect();
    let rows: Vec<(i64, Option<&str>, i32, f64)> = names
        .iter()
        .zip(0..)
        .map(|(name, row)| (0, (row % 7 != 0).then_some(name.as_str()), row, f64::NAN))
        .collect();
    let path = folder.path().join("log.parquet");
    parquet_of(&path, &[&rows[..5_000], &[], &rows[5_000..]])?;
    let found = cells(&path, &["pos", "session_id", "price"])?;
    assert_eq!(found.len(), 9_000);
    for (row, (line, cells)) in found.iter().enumerate() {
        let name = if row % 7 == 0 { String::new() } else { format!("s{row}") };
        assert_eq!((*line, cells), (row as u64 + 1, &vec![row.to_string(), name, String::new()]));
    }
    Ok(())
}

#[test]
fn members_of_members_and_of_lists_are_columns_by_their_path() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("events.json");
    std::fs::write(
        &path,
        "\u{FEFF}{\"a\":{\"list\":[{\"id\":\"x\"},{\"id\":\"y\",\"n\":[1]}]}}\n\n{\"a\":7}\n{\"a\":{\"list\":[]}}\n",
    )?;
    let found = cells(&path, &["a.list.1.id", "a.list.0.id"])?;
    let expected = [(1, ["y", "x"]), (3, ["", ""]), (4, ["", ""])];
    assert_eq!(found, expected.map(|(line, cells)| (line, cells.map(String::from).to_vec())));
    let mut rows = Rows::open(&path)?;
    assert!(rows.holds("a.list")? && !rows.holds("a.lost")?);
    let whole = rows.need("a")?;
    let error = rows.advance().err().map(|error| error.to_string()).unwrap_or_default();
    assert!(error.contains("line 1, row") && error.contains("a text or a number is expected"), "{error}");
    assert_eq!(rows.cell(whole), "");
    Ok(())
}

#[test]
fn what_is_off_is_told_with_its_place() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let told = |name: &str, bytes: &[u8]| -> Result<String> {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes)?;
        let read = || -> Result<(), RowsError> {
            let mut rows = Rows::open(&path)?;
            rows.need("session_id")?;
            while rows.advance()? {}
            Ok(())
        };
        Ok(read().err().map(|error| error.to_string()).unwrap_or_default())
    };
    for (name, bytes, expected) in [
        ("a.jsonl", &b"{\"session_id\":1}\n{\"pos\":1}\n"[..], "a.jsonl, line 2, session_id: is missing"),
        ("b.jsonl", b"{\"session_id\":null}\n", "b.jsonl, line 1, session_id: is missing"),
        ("c.jsonl", b"{\"session_id\":1}\n[1]\n", "c.jsonl, line 2, row: is not a JSON object"),
        ("d.jsonl", b"{\"session_id\":1} 2\n", "d.jsonl, line 1, row: is not a JSON object: trailing"),
        (
            "e.jsonl",
            b"{\"session_id\":1,\"session_id\":2}\n",
            "line 1, row: is not a JSON object: a member is there twice",
        ),
        ("f.jsonl", b"\n{\"session_id\":\"\xFF\"}\n", "f.jsonl, line 2, row: is not a JSON object"),
        ("g.jsonl", b"{\"session_id\":", "g.jsonl, line 1, row: is not a JSON object"),
        ("h.csv", b"session_id\n1,2\n", "h.csv, line 2, row: has 2 fields, the header has 1"),
        ("i.csv", b"session\n1\n", "i.csv, line 1: the header has no column \"session_id\""),
        ("j.parquet", b"session_id\n1\n", "j.parquet is not a Parquet file"),
    ] {
        let error = told(name, bytes)?;
        assert!(error.contains(expected), "{name}: {error:?}");
    }
    let path = folder.path().join("k.parquet");
    parquet_of(&path, &[&[(0, Some("a"), 0, 0.0), (0, None, 0, 0.0)]])?;
    let whole = std::fs::read(&path)?;
    let error = told("k.parquet", &whole)?;
    assert!(error.contains("k.parquet, row 2, session_id: is missing"), "{error}");
    // A file that was cut short is refused at once; one that was damaged inside, where it is.
    assert!(told("k.parquet", &whole[..whole.len() - 1])?.contains("is not a Parquet file"));
    let mut damaged = whole.clone();
    damaged[4..60].fill(0xFF);
    assert!(!told("k.parquet", &damaged)?.is_empty());
    let mut rows = Rows::open(&folder.path().join("k.parquet"))?;
    assert!(matches!(rows.need("brand"), Err(RowsError::Column { column: "brand", .. })));
    Ok(())
}

/// Files that other programs wrote: Spark's and pandas' ways differ from our own writer's.
#[test]
fn parquet_of_other_writers_reads() -> Result<()> {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    if !data.is_dir() {
        eprintln!("SKIPPED parquet_of_other_writers_reads: there is no {}", data.display());
        return Ok(());
    }
    for (name, columns, count) in [
        ("clicks/sellpy/events.parquet", &["user_id", "item_id", "ts_ms", "event"][..], 28_000..29_000),
        ("clicks/tmall_brands/events.parquet", &["date", "brand_id", "event"], 100_000..300_000),
        (
            "customers/complete-journey/transactions.parquet",
            &["household_id", "basket_id", "product_id", "quantity", "transaction_timestamp"],
            500_000..2_000_000,
        ),
        ("customers/complete-journey/products.parquet", &["product_id", "brand"], 50_000..200_000),
    ] {
        let found = cells(&data.join(name), columns)?;
        assert!(count.contains(&found.len()), "{name} has {} rows", found.len());
        for (line, cells) in &found {
            for (column, cell) in columns.iter().zip(cells) {
                assert!(!cell.is_empty() && cell != "?", "{name}, row {line}, {column}: {cell:?}");
                if ["ts_ms", "date", "transaction_timestamp"].contains(column) {
                    // Milliseconds of the years 2010 to 2030: units were told apart.
                    let instant: i64 = cell.parse()?;
                    assert!(
                        (1_262_000_000_000..1_893_000_000_000).contains(&instant),
                        "{name}, {column}: {cell}"
                    );
                }
            }
        }
    }
    Ok(())
}
