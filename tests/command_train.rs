//! The command `windowshop train`, called as `docs/training.md` calls it.

use serde_json::Value;
use std::path::Path;
use std::process::{Command, Output};

fn run(folder: &Path, line: &str) -> Output {
    let mut words = line.split_whitespace();
    assert_eq!(words.next(), Some("windowshop"));
    let mut command = Command::new(env!("CARGO_BIN_EXE_windowshop"));
    command.current_dir(folder).args(words).output().expect("the command runs")
}

fn report(folder: &Path, line: &str) -> Value {
    let output = run(folder, &format!("{line} --json"));
    assert!(output.status.success(), "{line}: {}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("one JSON value")
}

/// The fenced blocks of the page: what stands behind the fence, and the text.
fn blocks() -> Vec<(String, String)> {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/training.md");
    let page = std::fs::read_to_string(page).expect("the page");
    let mut parts = page.split("```");
    parts.next();
    let mut blocks = Vec::new();
    while let (Some(block), Some(_)) = (parts.next(), parts.next()) {
        let (info, text) = block.split_once('\n').expect("a line");
        blocks.push((info.to_owned(), text.to_owned()));
    }
    blocks
}

#[test]
fn the_examples_of_the_page_do_what_it_says() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    let mut commands = Vec::new();
    for (info, text) in blocks() {
        if let Some((_, name)) = info.split_once(' ') {
            std::fs::write(folder.join(name), text).expect("a file");
        } else {
            // The first block is about a shop's own files.
            commands.extend(text.lines().filter(|line| !line.contains("2026")).map(str::to_owned));
        }
    }
    commands.retain(|line| line.starts_with("windowshop train "));
    assert_eq!(commands.len(), 4, "{commands:?}");
    let reports: Vec<Value> = commands.iter().map(|line| report(folder, line)).collect();
    let facts: Vec<_> = reports
        .iter()
        .map(|report| {
            let log = &report["log"];
            (
                report["source"].clone(),
                log["sessions"].clone(),
                log["pairs_kept"].clone(),
                report["categories"].clone(),
            )
        })
        .collect();
    let expected = serde_json::json!([
        ["logs", 2, 3, 3],
        ["logs", 1, 1, 1],
        ["orders", 2, 3, 3],
        ["estimates", 0, 0, 2],
    ]);
    assert_eq!(serde_json::to_value(facts).expect("JSON"), expected);
    for report in &reports {
        assert!(report["gives"].as_array().is_some_and(|gives| !gives.is_empty()));
        assert!(report["lacks"][0]["why"].is_string());
    }
    let estimates = std::fs::read_to_string(folder.join("from-estimates.json")).expect("a file");
    let estimates: Value = serde_json::from_str(&estimates).expect("JSON");
    assert_eq!(estimates["category_views"], serde_json::json!([["hats", 0], ["outerwear", 410]]));
}

/// A log of 300 sessions over 12 items, as CSV and as JSON Lines.
fn logs(folder: &Path) {
    let clicks = (0..300_u32).flat_map(|session| (0..4_u32).map(move |place| (session, place)));
    let clicks = clicks.map(|(session, place)| (session, place, (session * 7 + place * place) % 12));
    let row = |(session, place, item): (u32, u32, u32)| {
        format!("{session},{place},item-{item},brand-{}\n", item % 3)
    };
    let line = |(session, place, item): (u32, u32, u32)| {
        let brand = item % 3;
        format!(
            "{{\"item_id\":\"item-{item}\",\"brand\":\"brand-{brand}\",\"pos\":{place},\"session_id\":{session}}}\n"
        )
    };
    let csv = "session_id,pos,item_id,brand\n".to_owned() + &clicks.clone().map(row).collect::<String>();
    let lines: String = clicks.map(line).collect();
    std::fs::write(folder.join("log.csv"), csv).expect("a file");
    std::fs::write(folder.join("log.jsonl"), lines).expect("a file");
}

#[test]
fn every_format_and_every_number_of_threads_gives_the_same_bytes() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    logs(folder);
    let trained = |log: &str, threads: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_windowshop"));
        command.current_dir(folder).env("RAYON_NUM_THREADS", threads);
        let output =
            command.args(["train", log, "--out", "trained.json"]).output().expect("the command runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        std::fs::read(folder.join("trained.json")).expect("a file")
    };
    let one = trained("log.csv", "1");
    assert!(one.len() > 1_000);
    for (log, threads) in [("log.csv", "2"), ("log.csv", "3"), ("log.jsonl", "1"), ("log.jsonl", "2")] {
        assert_eq!(trained(log, threads), one, "{log} on {threads} threads");
    }
}

#[test]
fn what_cannot_be_done_is_said_and_nothing_is_written() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    logs(folder);
    for (line, expected) in [
        (
            "windowshop train log.csv --out t.json --source orders",
            "neither a column order_id nor a column customer_id",
        ),
        (
            "windowshop train log.csv --out t.json --source estimates",
            "is not what `windowshop estimates --json` prints",
        ),
        (
            "windowshop train log.csv --out t.json --column item_id=sku",
            "log.csv, line 1: the header has no column",
        ),
        ("windowshop train log.csv --out t.json --scratch nowhere", "cannot keep working files in nowhere"),
        ("windowshop train log.jsonl --out t.json --column pos=place", "log.jsonl, line 1, pos: is missing"),
    ] {
        let output = run(folder, line);
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(!output.status.success() && told.contains(expected), "{line}: {told}");
        assert!(!folder.join("t.json").exists(), "{line}");
    }
}
