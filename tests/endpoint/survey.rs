//! What everybody may read of the survey: told of closed weeks, to anybody, with what was changed.

use crate::client::{Answer, get};
use crate::server::Server;
use serde_json::{Value, json};
use std::path::Path;
use std::process::Command;

fn run(words: &[&str], folders: &[&Path]) {
    let output =
        Command::new(env!("CARGO_BIN_EXE_windowshop")).args(words).args(folders).output().expect("runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// A small shop's packs with the demo's questions, and an empty data folder.
fn packed(folder: &Path) {
    let feed = folder.join("feed");
    std::fs::create_dir(&feed).expect("makes");
    for name in ["brands.jsonl", "categories.jsonl", "items.jsonl", "sales.jsonl", "shop.json"] {
        let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/feed-jsonl").join(name);
        std::fs::copy(from, feed.join(name)).expect("copies");
    }
    let questions = include_str!("../../src/bin/windowshop/demo/data/questions.json");
    std::fs::write(feed.join("questions.json"), questions).expect("writes");
    run(&["pack", "build"], &[&feed, Path::new("--out"), &folder.join("packs")]);
}

fn serve(folder: &Path) -> Server {
    let folders = ["packs", "data"].map(|name| (format!("--{name}"), folder.join(name)));
    Server::start(folders.into_iter().flat_map(|(option, folder)| [option.into(), folder]))
}

fn told(server: &Server) -> (Answer, Value) {
    let answer = get(&server.address, "/v1/survey", &[]);
    let value = answer.json();
    (answer, value)
}

#[test]
fn the_survey_is_told_to_everybody_once_its_week_is_closed() {
    let folder = tempfile::tempdir().expect("a folder");
    packed(folder.path());
    let server = serve(folder.path());
    let (answer, empty) = told(&server);
    assert_eq!((answer.status, answer.header("cache-control")), (200, Some("public, max-age=300")));
    assert_eq!(
        (&empty["index"], &empty["reports"], &empty["weeks"], &empty["heard"]),
        (&Value::Null, &json!(0), &json!([]), &json!([]))
    );
    let items = empty["items"].as_array().expect("a list");
    assert_eq!(items.len(), 13);
    assert!(items.iter().all(|item| item["refused"] == "too_few_reports" && item["score"].is_null()));
    drop(server);

    let (packs, data) = (folder.path().join("packs"), folder.path().join("data"));
    run(&["demo", "reports", "--shoppers", "5000", "--packs"], &[&packs, Path::new("--data"), &data]);
    let change =
        |date: &str| json!({ "date": date, "about": "site", "text": { "en": "Done.", "zh": "改了。" } });
    std::fs::write(packs.join("heard.json"), json!([change("2026-01-02"), change("2026-03-04")]).to_string())
        .expect("writes");
    let server = serve(folder.path());
    let (_, told) = told(&server);
    assert_eq!(told["reports"], 15_000);
    assert_eq!(told["weeks"].as_array().map(Vec::len), Some(3), "counts are summed over weeks");
    assert_eq!(told["heard"][0]["date"], "2026-03-04", "the newest first");
    let number = |figure: &Value, field: &str| figure[field].as_f64().expect("a number");
    let index = &told["index"];
    assert!(number(index, "low") < number(index, "value") && number(index, "value") < number(index, "high"));
    // What the demo's shoppers think: prices please, how problems are handled does not. Fixed chance, and four standard errors.
    for (question, score) in [("how-price", 84.625), ("how-handling", 61.75)] {
        let mut items = told["items"].as_array().expect("a list").iter();
        let item = items.find(|item| item["question"] == question).expect("told");
        let off = (number(&item["score"], "value") - score) / number(&item["score"], "standardError");
        assert!(off.abs() < 4.0, "{item}");
    }
    let shares =
        told["items"].as_array().expect("a list").iter().find(|item| item["question"] == "how-recommend");
    assert!(
        shares
            .is_some_and(|item| item["score"].is_null() && item["answers"][0]["share"]["value"].is_number())
    );
}

#[test]
fn a_list_of_changes_that_cannot_be_read_is_refused_at_the_start_by_name() {
    let folder = tempfile::tempdir().expect("a folder");
    packed(folder.path());
    for (written, words) in [
        ("{}", "a list of changes"),
        (r#"[{"date":"May","about":"site","text":{"en":"a","zh":"b"}}]"#, "no day"),
        (r#"[{"date":"2026-05-01","about":"the site","text":{"en":"a","zh":"b"}}]"#, "neither a dimension"),
        (r#"[{"date":"2026-05-01","about":"site","text":{"en":"a","zh":" "}}]"#, "both languages"),
    ] {
        std::fs::write(folder.path().join("packs/heard.json"), written).expect("writes");
        let output = Command::new(env!("CARGO_BIN_EXE_windowshop"))
            .args(["serve", "--port", "0", "--packs"])
            .arg(folder.path().join("packs"))
            .arg("--data")
            .arg(folder.path().join("data"))
            .output()
            .expect("runs");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(!output.status.success() && said.contains(words), "{written}: {said}");
    }
}
