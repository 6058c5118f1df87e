//! Who may know whom: reads the sources' imports and holds the plan of ARCHITECTURE.md.
//!
//! A room of the engine may name only the rooms that stand below it; siblings do not know one another, and
//! `engine` joins them. Test modules (`tests.rs`, `sample.rs`, `#[cfg(test)]`) may look around.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// What each room may name, besides itself.
fn allowed() -> BTreeMap<&'static str, Vec<&'static str>> {
    BTreeMap::from([
        ("base", vec!["kernel"]),
        ("kernel", vec![]),
        ("catalogue", vec!["base", "kernel"]),
        ("pricing", vec!["base", "catalogue"]),
        ("shopper", vec!["base", "catalogue", "kernel"]),
        ("report", vec!["base", "catalogue"]),
        ("recommend", vec!["base", "catalogue", "kernel", "shopper"]),
        ("target", vec!["base", "catalogue", "shopper"]),
        ("answers", vec!["base", "catalogue", "shopper", "report"]),
        (
            "engine",
            vec!["answers", "base", "catalogue", "pricing", "recommend", "report", "shopper", "target"],
        ),
    ])
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// The rooms that a source names with `crate::room`, without its tests and comments.
fn named(text: &str) -> Vec<String> {
    let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or(text);
    let code = code.split("#[cfg(test)]\npub(crate) mod tests {").next().unwrap_or(code);
    let mut rooms = Vec::new();
    for line in code.lines().filter(|line| !line.trim_start().starts_with("//")) {
        for rest in line.split("crate::").skip(1) {
            let room: String = rest.chars().take_while(|c| c.is_ascii_lowercase() || *c == '_').collect();
            if !room.is_empty() {
                rooms.push(room);
            }
        }
        assert!(!line.contains("crate::{"), "name rooms one a line, so that this test can read them: {line}");
    }
    rooms
}

#[test]
fn rooms_know_only_what_stands_below_them() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let allowed = allowed();
    let mut files = Vec::new();
    sources(&root, &mut files);
    files.sort();
    let (mut broken, mut read) = (Vec::new(), 0);
    for path in files {
        let inside = path.strip_prefix(&root).expect("inside").to_path_buf();
        let name = inside.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let first = inside.components().next().and_then(|part| part.as_os_str().to_str()).unwrap_or_default();
        if first == "bin" || first == "lib.rs" || name == "tests.rs" || name == "sample.rs" {
            continue;
        }
        let room = first.trim_end_matches(".rs");
        let may =
            allowed.get(room).unwrap_or_else(|| panic!("{room} has no place in the plan: give it one here"));
        read += 1;
        for other in named(&fs::read_to_string(&path).expect("a source")) {
            if other != room && !may.contains(&other.as_str()) {
                broken.push(format!("{} names {other}, which {room} may not know", inside.display()));
            }
        }
    }
    assert!(read > 50, "the sources were not found");
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn the_engine_has_no_way_out() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    let engine = files.iter().filter(|path| !path.starts_with(root.join("bin")));
    let head = fs::read_to_string(root.join("lib.rs")).expect("the library");
    assert!(head.contains("#![no_std]"), "no_std holds the law against input and output at compile time");
    for path in engine {
        let text = fs::read_to_string(path).expect("a source");
        let code = text.split("#[cfg(test)]").next().unwrap_or(&text);
        let is_test = path.ends_with("tests.rs") || path.ends_with("sample.rs");
        for forbidden in ["std::", "extern crate std", "unsafe ", "JsValue", "wasm_bindgen", "println!"] {
            let found = code
                .lines()
                .filter(|line| !line.trim_start().starts_with("//"))
                .any(|line| line.contains(forbidden));
            assert!(is_test || !found || path.ends_with("lib.rs"), "{} has {forbidden:?}", path.display());
        }
    }
}

#[test]
fn the_reader_of_imports_sees_what_it_should() {
    let text = "use crate::base::time;\n// crate::engine in words\nlet x = crate::shopper::Event;\n#[cfg(test)]\nmod tests {\nuse crate::engine;\n}";
    assert_eq!(named(text), ["base", "shopper"]);
}
