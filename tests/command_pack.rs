//! The command `windowshop pack`, called as a shop would call it: what it prints, writes and exits with.

use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn windowshop(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_windowshop")).args(arguments).output().expect("the command runs")
}

fn json(output: &Output) -> Value {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("one JSON value")
}

fn fixture(name: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name).display().to_string()
}

/// Builds the small shop into `folder` and returns the manifest and where it lies.
fn built(folder: &Path) -> (Value, PathBuf) {
    let out = folder.join("out").display().to_string();
    let manifest = json(&windowshop(&["--json", "pack", "build", &fixture("feed-csv"), "--out", &out]));
    (manifest, folder.join("out/pack.json"))
}

fn pack_of(manifest: &Value, path: &Path) -> PathBuf {
    path.with_file_name(manifest["pack"]["url"].as_str().expect("a name"))
}

#[test]
fn what_is_built_is_found_inside() {
    let folder = tempfile::tempdir().expect("a folder");
    let (manifest, path) = built(folder.path());
    let pack = pack_of(&manifest, &path).display().to_string();
    let inside = json(&windowshop(&["--json", "pack", "inspect", &pack, "--at", "2026-11-22T12:00"]));
    assert_eq!(inside["state"], manifest["state"]);
    assert_eq!(inside["zone"], "Europe/Berlin");
    assert_eq!(inside["items"], 5);
    assert_eq!(inside["sales"], serde_json::json!({ "open": 2, "preview": 1 }));
    assert_eq!(inside["brands"], serde_json::json!({ "first": 1, "second": 1, "third": 1 }));
}

#[test]
fn what_is_compressed_beforehand_goes_with_its_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("out");
    let build = |at: &str, more: &[&str]| {
        let (feed, out) = (fixture("feed-csv"), out.display().to_string());
        let arguments = ["--json", "pack", "build", &feed, "--out", &out, "--at", at];
        json(&windowshop(&[&arguments, more].concat()))
    };
    let manifest = build("2026-11-22T12:00", &["--compress"]);
    let pack = out.join(manifest["pack"]["url"].as_str().expect("a name"));
    let form = PathBuf::from(format!("{}.br", pack.display()));
    let mut unpacked = Vec::new();
    let packed = std::fs::read(&form).expect("a compressed pack");
    brotli::BrotliDecompress(&mut packed.as_slice(), &mut unpacked).expect("is brotli");
    assert_eq!(unpacked, std::fs::read(&pack).expect("the pack"));
    assert!(packed.len() < unpacked.len());
    assert_eq!(
        windowshop(&["pack", "verify", &out.join("pack.json").display().to_string()]).status.code(),
        Some(0)
    );
    // It stays for as long as its file does: for one build more.
    build("2026-11-23T12:00", &[]);
    assert!(pack.exists() && form.exists());
    build("2026-11-24T12:00", &[]);
    assert!(!pack.exists() && !form.exists());
}

#[test]
fn a_changed_byte_is_told_with_exit_code_three() {
    let folder = tempfile::tempdir().expect("a folder");
    let (manifest, path) = built(folder.path());
    let manifest_path = path.display().to_string();
    assert_eq!(windowshop(&["pack", "verify", &manifest_path]).status.code(), Some(0));
    let pack = pack_of(&manifest, &path);
    let mut bytes = std::fs::read(&pack).expect("the pack");
    let last = bytes.len() - 9;
    bytes[last] ^= 4;
    std::fs::write(&pack, bytes).expect("written");
    for file in [manifest_path.as_str(), &pack.display().to_string()] {
        let told = windowshop(&["pack", "verify", file]);
        assert_eq!(told.status.code(), Some(3), "{file}");
        assert!(String::from_utf8_lossy(&told.stdout).contains("DIFFERS"), "{file}");
    }
    let refused = windowshop(&["pack", "inspect", &pack.display().to_string()]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("is refused"));
}

#[test]
fn a_bad_feed_writes_nothing_and_says_where() {
    let folder = tempfile::tempdir().expect("a folder");
    let feed = folder.path().join("feed");
    std::fs::create_dir(&feed).expect("a folder");
    for entry in std::fs::read_dir(fixture("feed-csv")).expect("the fixture") {
        let entry = entry.expect("a file");
        std::fs::copy(entry.path(), feed.join(entry.file_name())).expect("copied");
    }
    let items = feed.join("items.csv");
    let text = std::fs::read_to_string(&items).expect("items").replace("396,990", "396.005,990");
    std::fs::write(&items, text).expect("written");
    let out = folder.path().join("out");
    let (feed, to) = (feed.display().to_string(), out.display().to_string());
    let refused = windowshop(&["pack", "build", &feed, "--out", &to]);
    assert_eq!(refused.status.code(), Some(1));
    let told = String::from_utf8_lossy(&refused.stderr).into_owned();
    let expected = "items.csv:4: price: the amount has more digits behind the point than the currency's 2";
    assert!(told.contains(expected), "{told}");
    assert!(!out.exists());
}

#[test]
fn a_delta_is_named_in_the_manifest_and_stacks() {
    let folder = tempfile::tempdir().expect("a folder");
    let (manifest, path) = built(folder.path());
    let (manifest_path, changes) = (path.display().to_string(), folder.path().join("changes.jsonl"));
    let changes_path = changes.display().to_string();
    let mut state = manifest["state"].clone();
    for left in [2, 1] {
        std::fs::write(&changes, format!("{{\"item\":\"ar-1\",\"size\":\"S\",\"left\":{left}}}\n"))
            .expect("written");
        let made = ["--json", "pack", "delta", &manifest_path, &changes_path, "--at", "2026-11-22T14:00"];
        let report = json(&windowshop(&made));
        assert_eq!(report["from"], state);
        assert_ne!(report["to"], state);
        state = report["to"].clone();
    }
    let written: Value = serde_json::from_slice(&std::fs::read(&path).expect("it is there")).expect("JSON");
    assert_eq!(written["deltas"].as_array().map(Vec::len), Some(2));
    assert_eq!(written["deltas"][1]["to"], state);
    assert_eq!(written["state"], manifest["state"], "the pack stays the one it was");
    assert_eq!(windowshop(&["pack", "verify", &manifest_path]).status.code(), Some(0));
    let nothing =
        json(&windowshop(&["--json", "pack", "delta", &manifest_path, &fixture("feed-csv"), "--dry-run"]));
    assert_eq!((&nothing["stock"], &nothing["file"]), (&serde_json::json!(1), &Value::Null));
}

#[test]
fn a_change_that_hides_most_of_what_is_on_sale_is_refused_unless_it_is_meant() {
    let folder = tempfile::tempdir().expect("a folder");
    let (_, path) = built(folder.path());
    let (manifest_path, changes) = (path.display().to_string(), folder.path().join("changes.jsonl"));
    let changes_path = changes.display().to_string();
    let delta = |more: &[&str]| {
        let arguments =
            ["--json", "pack", "delta", &manifest_path, &changes_path, "--at", "2026-11-22T14:00"];
        windowshop(&[&arguments, more].concat())
    };
    let before = std::fs::read(&path).expect("the manifest");
    // A byte order mark is no part of a file of changes.
    let hide = |id: &str| format!("{{\"item\":\"{id}\",\"hidden\":true}}\n");
    std::fs::write(&changes, format!("\u{FEFF}{}{}{}", hide("ar-1"), hide("ar-2"), hide("ar-3")))
        .expect("written");
    let refused = delta(&[]);
    let told = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert_eq!(refused.status.code(), Some(1));
    assert!(told.contains("hides 3 of the 5 items on sale") && told.contains("--hide-most"), "{told}");
    assert_eq!(std::fs::read(&path).expect("the manifest"), before, "nothing is written");
    let tried = delta(&["--dry-run"]);
    assert!(String::from_utf8_lossy(&tried.stderr).contains("hides 3 of the 5"));
    assert_eq!(tried.status.code(), Some(3), "in earnest it would not be done");
    let told: Value = serde_json::from_slice(&tried.stdout).expect("one JSON value");
    assert_eq!(told["hidden"], 3);
    assert_eq!(json(&delta(&["--hide-most"]))["hidden"], 3);
}

#[test]
fn a_change_beyond_what_was_there_at_opening_is_refused_and_a_price_of_nothing_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let (_, path) = built(folder.path());
    let changes = folder.path().join("changes.jsonl");
    let (manifest_path, changes_path) = (path.display().to_string(), changes.display().to_string());
    let delta = |change: &str| {
        std::fs::write(&changes, change).expect("written");
        windowshop(&["pack", "delta", &manifest_path, &changes_path, "--at", "2026-11-22T14:00"])
    };
    let refused = delta("{\"item\":\"ar-1\",\"size\":\"S\",\"left\":4000}\n");
    assert_eq!(refused.status.code(), Some(1));
    let told = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(told.contains("changes.jsonl:1: left: is more than the"), "{told}");
    // A feed may have had more delivered since: as many as there were are told, and the rest waits.
    let feed = folder.path().join("feed");
    std::fs::create_dir(&feed).expect("a folder");
    for entry in std::fs::read_dir(fixture("feed-csv")).expect("the fixture") {
        let entry = entry.expect("a file");
        let text = std::fs::read_to_string(entry.path()).expect("text").replace("M:0/8", "M:90/90");
        std::fs::write(feed.join(entry.file_name()), text).expect("written");
    }
    let restocked = ["--json", "pack", "delta", &manifest_path, &feed.display().to_string(), "--dry-run"];
    let report = json(&windowshop(&restocked));
    assert_eq!([&report["stock"], &report["waiting"]["restocked"]], [1, 1], "{report}");
    let free = delta("{\"item\":\"ar-1\",\"price\":\"0\"}\n");
    let told = String::from_utf8_lossy(&free.stderr).into_owned();
    assert!(free.status.success() && told.contains("1 cost nothing, a price of 0: ar-1"), "{told}");
}

#[test]
fn a_persona_prints_a_file_to_import() {
    let list = json(&windowshop(&["--json", "demo", "persona"]));
    assert_eq!(list.as_array().map(Vec::len), Some(12));
    let memory = json(&windowshop(&["demo", "persona", "parent", "--date", "2026-11-23"]));
    assert_eq!(memory["format"], 1);
    assert_eq!(memory["orders"].as_array().map(Vec::len), Some(5));
    let unknown = windowshop(&["demo", "persona", "nobody"]);
    assert_eq!(unknown.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&unknown.stderr).contains("first-visit"));
}

#[test]
fn a_file_whose_name_is_misspelt_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let feed = folder.path().join("feed");
    std::fs::create_dir(&feed).expect("makes");
    for entry in std::fs::read_dir(fixture("feed-csv")).expect("reads") {
        let entry = entry.expect("an entry");
        std::fs::copy(entry.path(), feed.join(entry.file_name())).expect("copies");
    }
    for name in ["promotion.json", "x_notes.json", "README.md"] {
        std::fs::write(feed.join(name), "{}").expect("writes");
    }
    let (feed, out) = (feed.display().to_string(), folder.path().join("out").display().to_string());
    let built = windowshop(&["pack", "build", &feed, "--out", &out]);
    let told = String::from_utf8_lossy(&built.stderr).into_owned();
    assert!(built.status.success(), "{told}");
    let unread: Vec<&str> = told.lines().filter(|line| line.contains("was not read")).collect();
    assert_eq!(unread, ["windowshop: note: promotion.json is no file of a feed and was not read"]);
}
