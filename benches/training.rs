//! `windowshop train` on a synthetic log of any length: how long it takes a million clicks, and how much memory.
//!
//! `scripts/bench-training` runs it; without `TRAINING_EVENTS` it does nothing, so that `cargo bench` stays short.
//! The log is drawn from a seed: sessions of 2 to 12 clicks, most of them among the 40 items of one or two shelves, shelves
//! and items on them by Zipf's law, one click in ten anywhere. It says nothing about how good recommendations are.

use flate2::write::GzEncoder;
use parquet::data_type::{ByteArray, ByteArrayType, Int32Type, Int64Type};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{RngCore, SeedableRng};
use std::error::Error;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

/// Items on a shelf.
const SHELF: u64 = 40;
/// Clicks in a row group of Parquet.
const GROUP: usize = 500_000;

struct Click {
    session: u64,
    position: u32,
    item: u64,
}

/// Zipf's law over `0..n`: the inverse of its sum, approximated by the integral, which is close enough for a load.
fn zipf(chance: &mut ChaCha8Rng, n: u64) -> u64 {
    let share = (chance.next_u64() >> 11) as f64 / (1_u64 << 53) as f64;
    (libm::exp(share * libm::log(n as f64 + 1.0)) as u64).saturating_sub(1).min(n - 1)
}

/// Draws sessions until there are `events` clicks.
fn draw(
    events: u64,
    items: u64,
    mut each: impl FnMut(&Click) -> Result<(), Box<dyn Error>>,
) -> Result<(), Box<dyn Error>> {
    let mut chance = ChaCha8Rng::seed_from_u64(1);
    let (mut drawn, shelves) = (0, (items / SHELF).max(1));
    for session in 0.. {
        let mut shelf = zipf(&mut chance, shelves);
        for position in 0..2 + chance.next_u32() % 11 {
            if drawn == events {
                return Ok(());
            }
            let item = match chance.next_u32() % 10 {
                0 => zipf(&mut chance, items),
                1 => {
                    shelf = zipf(&mut chance, shelves);
                    shelf * SHELF
                }
                _ => shelf * SHELF + zipf(&mut chance, SHELF),
            };
            // Spread over the numbers, so that popular items do not stand together by id.
            let item = (item % items).wrapping_mul(7_919) % items;
            each(&Click { session, position, item })?;
            drawn += 1;
        }
    }
    Ok(())
}

fn brand(item: u64) -> u64 {
    item % 3_000
}

fn write_csv(path: &Path, events: u64, items: u64) -> Result<(), Box<dyn Error>> {
    let mut file = GzEncoder::new(BufWriter::new(File::create(path)?), flate2::Compression::fast());
    writeln!(file, "session_id,pos,item_id,ts,brand,category")?;
    let mut lines = Vec::new();
    draw(events, items, |click| {
        let Click { session, position, item } = click;
        let ts = 1_760_000_000_000 + session * 40 + u64::from(*position) * 9_000;
        writeln!(
            lines,
            "s{session},{position},item-{item},{ts},brand-{},category-{}",
            brand(*item),
            item % 200
        )?;
        if lines.len() > 1 << 16 {
            file.write_all(&lines)?;
            lines.clear();
        }
        Ok(())
    })?;
    file.write_all(&lines)?;
    file.finish()?.flush()?;
    Ok(())
}

fn write_parquet(path: &Path, events: u64, items: u64) -> Result<(), Box<dyn Error>> {
    let schema = "message log {
        required int64 session_id; required int32 pos; required binary item_id (STRING);
        required binary brand (STRING); required binary category (STRING);
    }";
    let properties = WriterProperties::builder().set_compression(parquet::basic::Compression::SNAPPY).build();
    let schema = Arc::new(parse_message_type(schema)?);
    let mut file = SerializedFileWriter::new(File::create(path)?, schema, Arc::new(properties))?;
    let mut waiting: Vec<(i64, i32, u64)> = Vec::new();
    let mut write = |waiting: &mut Vec<(i64, i32, u64)>| -> Result<(), Box<dyn Error>> {
        let texts = |prefix: &str, of: fn(u64) -> u64| -> Vec<ByteArray> {
            waiting.iter().map(|(_, _, item)| format!("{prefix}-{}", of(*item)).as_str().into()).collect()
        };
        let mut group = file.next_row_group()?;
        let mut place = 0;
        while let Some(mut column) = group.next_column()? {
            match place {
                0 => {
                    let sessions: Vec<i64> = waiting.iter().map(|row| row.0).collect();
                    column.typed::<Int64Type>().write_batch(&sessions, None, None)?;
                }
                1 => {
                    let positions: Vec<i32> = waiting.iter().map(|row| row.1).collect();
                    column.typed::<Int32Type>().write_batch(&positions, None, None)?;
                }
                2 => {
                    column.typed::<ByteArrayType>().write_batch(&texts("item", |item| item), None, None)?;
                }
                3 => {
                    column.typed::<ByteArrayType>().write_batch(&texts("brand", brand), None, None)?;
                }
                _ => {
                    let categories = texts("category", |item| item % 200);
                    column.typed::<ByteArrayType>().write_batch(&categories, None, None)?;
                }
            }
            column.close()?;
            place += 1;
        }
        group.close()?;
        waiting.clear();
        Ok(())
    };
    draw(events, items, |click| {
        waiting.push((click.session as i64, click.position as i32, click.item));
        if waiting.len() == GROUP { write(&mut waiting) } else { Ok(()) }
    })?;
    write(&mut waiting)?;
    file.close()?;
    Ok(())
}

fn main() -> Result<(), Box<dyn Error>> {
    let number =
        |name: &str| std::env::var(name).ok().and_then(|text| text.replace('_', "").parse::<u64>().ok());
    let Some(events) = number("TRAINING_EVENTS") else {
        println!("training: nothing to do without TRAINING_EVENTS; scripts/bench-training sets it");
        return Ok(());
    };
    let items = number("TRAINING_ITEMS").unwrap_or(100_000);
    let format = std::env::var("TRAINING_FORMAT").unwrap_or_else(|_| "csv.gz".into());
    let folder = tempfile::tempdir()?;
    let log = folder.path().join(format!("log.{format}"));
    if format == "parquet" {
        write_parquet(&log, events, items)?;
    } else {
        write_csv(&log, events, items)?;
    }
    let mut train = Command::new(env!("CARGO_BIN_EXE_windowshop"));
    train.arg("train").arg(&log).arg("--out").arg(folder.path().join("trained.json.gz"));
    let output = train.args(["--scratch".as_ref(), folder.path().as_os_str(), "--json".as_ref()]).output()?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned().into());
    }
    let report: serde_json::Value = serde_json::from_slice(&output.stdout)?;
    let seconds = report["seconds"].as_f64().unwrap_or(f64::NAN);
    let memory = report["peak_memory_bytes"].as_u64();
    let told = serde_json::json!({
        "events": events,
        "items": items,
        "format": format,
        "file_megabytes": std::fs::metadata(&log)?.len() / 1_000_000,
        "seconds": seconds,
        "seconds_per_million": seconds * 1e6 / events as f64,
        "peak_memory_megabytes": memory.map(|bytes| bytes / 1_000_000),
        "log": report["log"],
    });
    println!("{}", serde_json::to_string_pretty(&told)?);
    // The limit is the project's promise for 50 million clicks on the machine that builds it.
    match memory {
        Some(bytes) if bytes > 2_000_000_000 => Err("more than 2 GB of memory were in use".into()),
        _ => Ok(()),
    }
}
