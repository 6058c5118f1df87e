//! `windowshop price --cases`: other engines' carts by our engine under their manners, on cases of our own and, where they
//! are at hand, on the published ones.

#![cfg(feature = "native")]
#![allow(missing_docs, reason = "tests and their helpers")]

use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What the command counts of a file, and what it writes.
fn price(cases: &Path) -> (Value, Value) {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("results.json");
    let run = Command::new(env!("CARGO_BIN_EXE_windowshop"))
        .args(["--json", "price", "--cases"])
        .arg(cases)
        .arg("--out")
        .arg(&out)
        .output()
        .expect("runs");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let counts: Value = serde_json::from_slice(&run.stdout).expect("JSON");
    let results = std::fs::read(&out).expect("results");
    (counts[0].clone(), serde_json::from_slice(&results).expect("JSON"))
}

fn fixture() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/cases.json")
}

#[test]
fn each_manner_comes_out_as_stated() {
    let (counts, results) = price(&fixture());
    let cases: Vec<Value> = serde_json::from_slice(&std::fs::read(fixture()).expect("cases")).expect("JSON");
    for case in &cases {
        let told = &results[case["id"].as_str().expect("an id")];
        for (key, expected) in case["expected"].as_object().expect("what is expected") {
            assert_eq!(&told[key], expected, "{}: {key}", case["id"]);
        }
    }
    assert_eq!((&counts["agree"], &counts["refused"]), (&cases.len().into(), &0.into()));
}

#[test]
fn what_cannot_be_priced_is_told_and_the_rest_is_priced() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("mixed.json");
    let good = r#"{"id": "good", "cart": {"lines": [{"sku": "a", "qty": 1, "unit_price": 100}]}}"#;
    let odd = r#"{"id": "odd", "semantics": "magento", "cart": {"lines": []}}"#;
    let torn = r#"{"id": "torn", "cart": {"lines": [{"sku": "a", "qty": -1, "unit_price": 100}]}}"#;
    let kind = r#"{"id": "kind", "cart": {"lines": [{"sku": "a", "qty": 1, "unit_price": 1}]}, "promotions": [{"id": "p", "action": {"kind": "lottery"}}]}"#;
    std::fs::write(&file, format!("[{good}, {odd}, {torn}, {kind}]")).expect("writes");
    let (counts, results) = price(&file);
    assert_eq!(results["good"]["total"], 100);
    let error = |id: &str| results[id]["error"].as_str().expect("an error").to_string();
    assert!(error("odd").contains("there are ours, sylius, medusa"), "{}", error("odd"));
    assert!(
        error("kind").contains("promotions[0]") && error("kind").contains("lottery"),
        "{}",
        error("kind")
    );
    assert!(!error("torn").is_empty());
    assert_eq!((&counts["priced"], &counts["refused"]), (&1.into(), &3.into()));
}

#[test]
fn the_published_cases_reach_their_bars() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/promotions");
    if !folder.is_dir() {
        eprintln!("SKIPPED: the published cases are not at {}", folder.display());
        return;
    }
    for (file, bar) in [("best-combination", 150), ("sylius", 125), ("saleor", 18)] {
        let (counts, _) = price(&folder.join(format!("{file}.json")));
        let agree = counts["agree"].as_u64().expect("a count");
        assert!(agree >= bar, "{file}: {agree} come out as stated, {bar} are asked for");
    }
}
