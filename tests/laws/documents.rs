//! Documents say what is there: every dependency has its line, links lead somewhere, nothing names a machine.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Names of dependencies in a manifest of cargo.
fn cargo_dependencies(manifest: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut inside = false;
    for line in manifest.lines() {
        if line.starts_with('[') {
            inside = matches!(line, "[dependencies]" | "[dev-dependencies]");
        } else if let (true, Some((name, _))) = (inside && !line.starts_with('#'), line.split_once(" =")) {
            names.push(name.trim().to_owned());
        }
    }
    names
}

/// Names of dependencies in a manifest of npm.
fn npm_dependencies(manifest: &str) -> Vec<String> {
    let value: serde_json::Value = serde_json::from_str(manifest).expect("JSON");
    let groups = ["dependencies", "devDependencies", "peerDependencies"];
    groups
        .iter()
        .filter_map(|group| value[*group].as_object())
        .flat_map(|group| group.keys().cloned())
        .collect()
}

#[test]
fn every_dependency_has_its_line() {
    let page = read("docs/dependencies.md");
    let mut missing = Vec::new();
    let cargo = ["Cargo.toml", "kernel/Cargo.toml", "pkg/Cargo.toml"]
        .map(|path| cargo_dependencies(&read(path)))
        .concat();
    let npm = ["package.json", "pkg/package.json", "www/package.json", "tests/browser/package.json"]
        .map(|path| npm_dependencies(&read(path)))
        .concat();
    assert!(cargo.len() > 20 && npm.len() > 5, "the manifests were not read");
    for name in cargo.into_iter().chain(npm).filter(|name| name != "windowshop") {
        if !page.contains(&format!("| `{name}` |")) {
            missing.push(name);
        }
    }
    assert!(missing.is_empty(), "docs/dependencies.md has no line for {}", missing.join(", "));
}

/// The files that git tracks, or nothing where this is no checkout.
fn tracked() -> Vec<PathBuf> {
    let output = Command::new("git").args(["ls-files", "-z"]).current_dir(root()).output();
    let output = output.unwrap_or_else(|error| panic!("git lists the files that are looked at: {error}"));
    let names = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(!names.is_empty(), "git lists no file of this folder: run the tests in a clone");
    names.split('\0').filter(|name| !name.is_empty()).map(PathBuf::from).collect()
}

#[test]
fn relative_links_lead_somewhere() {
    let mut dead = Vec::new();
    for page in
        tracked().into_iter().filter(|path| path.extension().is_some_and(|extension| extension == "md"))
    {
        let text = read(&page.to_string_lossy());
        for rest in text.split("](").skip(1) {
            let target = rest.split([')', '#', ' ']).next().unwrap_or_default();
            if target.is_empty() || target.contains("://") || target.starts_with("mailto:") {
                continue;
            }
            let beside = root().join(page.parent().unwrap_or(Path::new(""))).join(target);
            if !beside.exists() {
                dead.push(format!("{} links to {target}", page.display()));
            }
        }
    }
    assert!(dead.is_empty(), "{}", dead.join("\n"));
}

#[test]
fn nothing_tracked_names_a_machine() {
    // Written in pieces, so that this file does not find itself.
    let forbidden = [["/ro", "ot/"].concat(), ["/wo", "rk/"].concat(), ["\"resolved\": \"", "http"].concat()];
    let mut found = Vec::new();
    for path in tracked() {
        let Ok(text) = fs::read_to_string(root().join(&path)) else { continue };
        for word in &forbidden {
            if text.contains(word.as_str()) {
                found.push(format!("{} has {word}", path.display()));
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn the_plan_stays_short() {
    let plan = read("ARCHITECTURE.md");
    assert!(plan.lines().count() <= 200, "ARCHITECTURE.md is a plan, not a book");
    for room in [
        "base",
        "catalogue",
        "pricing",
        "shopper",
        "recommend",
        "target",
        "report",
        "answers",
        "engine",
        "kernel",
    ] {
        let path = if room == "kernel" { "kernel/src/lib.rs".to_owned() } else { format!("src/{room}.rs") };
        assert!(plan.contains(&format!("({path})")), "ARCHITECTURE.md does not lead to {room}");
    }
}
