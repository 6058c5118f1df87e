//! The endpoint as it runs: the real command on a port of its own, spoken to over real connections.

#![cfg(all(feature = "native", unix))]
#![allow(missing_docs, reason = "tests and their helpers")]

#[path = "endpoint/client.rs"]
mod client;
#[path = "endpoint/database.rs"]
mod database;
#[path = "endpoint/documented.rs"]
mod documented;
#[path = "endpoint/server.rs"]
mod server;
#[path = "endpoint/shop.rs"]
mod shop;
#[path = "endpoint/starts.rs"]
mod starts;
#[path = "endpoint/survey.rs"]
mod survey;

use client::{get, raw, request};
use database::{Database, on_each_store};
use proptest::prelude::*;
use serde_json::{Value, json};
use shop::{QUESTION, Shop, seed, this_week, weeks_ago};
use std::path::PathBuf;

const CATEGORIES: [&str; 4] = ["bags", "home", "shoes", "women"];

on_each_store!(
    a_report_counts_once_however_often_it_is_sent,
    what_is_counted_outlives_a_stop_and_a_crash,
    estimates_are_for_the_shop_and_for_enough_reports_alone,
    malformed_reports_are_told_what_is_wrong_and_change_nothing,
    a_new_pack_is_taken_up_and_reports_of_the_old_one_still_count,
    a_manifest_that_comes_before_its_pack_is_taken_up_once_that_is_there,
    nothing_of_a_sender_is_kept,
    no_level_of_the_log_tells_of_a_report,
    the_examples_of_the_document_run,
);

fn a_report_counts_once_however_often_it_is_sent(database: Database) {
    let shop = Shop::open_on(database, &CATEGORIES);
    let report = shop.report("women", 1);
    let first = shop.send(&report);
    assert_eq!((first.status, first.text()), (202, r#"{"counted":true}"#));
    for _ in 0..3 {
        let again = shop.send(&report);
        assert_eq!((again.status, again.text()), (200, r#"{"counted":false,"known":true}"#));
    }
    assert_eq!(shop.counted(), 1);
    let other = shop.asked().report(weeks_ago(1), "women", &seed(1)).expect("a report");
    assert_eq!(shop.send(&other).status, 202, "the week before is taken too");
    assert_eq!(shop.counted(), 2);
}

fn what_is_counted_outlives_a_stop_and_a_crash(database: Database) {
    let mut shop = Shop::open_on(database, &CATEGORIES);
    for shopper in 0..10 {
        assert_eq!(shop.send(&shop.report("women", shopper)).status, 202);
    }
    shop.crash_and_restart();
    assert_eq!(shop.counted(), 10);
    assert_eq!(shop.send(&shop.report("women", 3)).status, 200, "its id is still known");
    shop.restart();
    assert_eq!(shop.send(&shop.report("women", 10)).status, 202);
    assert_eq!(shop.counted(), 11);
}

fn estimates_are_for_the_shop_and_for_enough_reports_alone(database: Database) {
    let shop = Shop::open_on(database, &CATEGORIES);
    let ask = format!("question={QUESTION}");
    for authorization in [None, Some("Bearer "), Some("Bearer wrong"), Some("Basic abc"), Some(shop::KEY)] {
        let headers: Vec<_> = authorization.iter().map(|value| ("Authorization", *value)).collect();
        let refused = get(&shop.address, &format!("/v1/estimates?{ask}"), &headers);
        assert_eq!((refused.status, refused.code().as_str()), (401, "shop_key"), "{authorization:?}");
        assert_eq!(refused.header("www-authenticate"), Some("Bearer"));
    }
    assert_eq!(shop.estimates(&ask).code(), "too_few_reports");
    assert_eq!(shop.estimates("").code(), "malformed");
    assert_eq!(shop.estimates(&format!("{ask}&more=1")).code(), "malformed");
    assert_eq!(shop.estimates("question=other").code(), "unknown_question");
    assert_eq!(shop.estimates(&format!("{ask}&week=2026-W60")).code(), "week");

    // 150 shoppers, of whom 100 looked at women's wear most and 50 at nothing.
    for shopper in 0..150 {
        let truth = if shopper % 3 < 2 { "women" } else { "none" };
        assert_eq!(shop.send(&shop.report(truth, shopper)).status, 202);
        if shopper == 98 {
            let refused = shop.estimates(&ask);
            assert_eq!((refused.status, refused.code().as_str()), (409, "too_few_reports"));
            let row = shop.command_estimates()[0].clone();
            assert_eq!(row["reports"], 99);
            assert!(row["refused"].is_string() && row["answers"].is_null(), "{row}");
        }
    }
    let said = shop.estimates(&ask);
    assert_eq!(said.status, 200);
    let said = said.json();
    assert_eq!(said["week"], this_week().to_text());
    assert_eq!(said["reports"], 150);
    assert_eq!(said["randomiser"], "krr");
    assert!(said["epsilon"].as_f64().is_some_and(|epsilon| epsilon > 0.999 && epsilon <= 1.0), "{said}");
    let answers = said["answers"].as_array().expect("answers");
    let names: Vec<&str> = answers.iter().filter_map(|answer| answer["answer"].as_str()).collect();
    assert_eq!(names, ["bags", "home", "shoes", "women", "none"]);
    let number = |answer: &Value, field: &str| answer[field].as_f64().expect("a number");
    let total: f64 = answers.iter().map(|answer| number(answer, "count")).sum();
    assert!((total - 150.0).abs() < 1e-6, "k-ary estimates sum to the reports: {total}");
    // Fixed seeds: what chance did here it does each time. Four standard errors hold it with room to spare.
    for (name, truth) in [("women", 100.0), ("none", 50.0), ("bags", 0.0)] {
        let answer = answers.iter().find(|answer| answer["answer"] == name).expect("an answer");
        let off = (number(answer, "count") - truth) / number(answer, "standardError");
        assert!(off.abs() < 4.0, "{name}: {answer}");
        assert!(number(answer, "low") <= number(answer, "high"));
    }
    assert_eq!(shop.command_estimates()[0]["answers"], said["answers"], "the command says the same");
}

fn malformed_reports_are_told_what_is_wrong_and_change_nothing(database: Database) {
    let shop = Shop::open_on(database, &CATEGORIES);
    let good = serde_json::to_value(shop.report("women", 1)).expect("writes");
    let answer = good["answer"].as_str().expect("text").to_owned();
    let with = |field: &str, value: Value| {
        let mut body = good.clone();
        body[field] = value;
        body.to_string()
    };
    let cases = [
        (String::new(), "malformed"),
        ("[]".into(), "malformed"),
        (json!([good["question"], good["week"], good["id"], good["answer"]]).to_string(), "malformed"),
        ("{}".into(), "malformed"),
        (format!("{good}{good}"), "malformed"),
        (good.to_string().replacen('{', "{\"id\":\"00000000000000000000000000000000\",", 1), "malformed"),
        (with("who", json!("me")), "malformed"),
        (with("id", json!("0")), "malformed"),
        (with("id", json!("Z".repeat(32))), "malformed"),
        (with("id", json!(7)), "malformed"),
        (with("week", json!("2026-47")), "malformed"),
        (with("week", json!(weeks_ago(2).to_text())), "week"),
        (with("week", json!(weeks_ago(-1).to_text())), "week"),
        (with("question", json!("other")), "unknown_question"),
        (with("answer", json!("")), "answer"),
        (with("answer", json!(format!("{answer}00"))), "answer"),
        (with("answer", json!(format!("{}ff", &answer[..answer.len() - 2]))), "answer"),
        (with("answer", json!(answer.replace("krr", "oue"))), "answer"),
        (with("answer", json!(answer.to_uppercase())), "answer"),
        (with("answer", json!(format!("krr-00000000-{}", &answer[answer.len() - 2..]))), "edition"),
    ];
    for (body, code) in cases {
        let refused = shop.post(body.as_bytes());
        assert_eq!((refused.status, refused.code().as_str()), (400, code), "{body}");
        assert_eq!(refused.header("content-type"), Some("application/json"));
    }
    let untyped = request(&shop.address, "POST", "/v1/reports", &[], good.to_string().as_bytes());
    assert_eq!((untyped.status, untyped.code().as_str()), (415, "media_type"));
    let asked = get(&shop.address, "/v1/reports", &[]);
    assert_eq!((asked.status, asked.code().as_str(), asked.header("allow")), (405, "method", Some("POST")));
    assert_eq!(shop.counted(), 0);
    assert_eq!(shop.post(good.to_string().as_bytes()).status, 202, "the one they were made from is good");
}

#[test]
fn any_change_of_a_report_is_refused_or_another_report() {
    let shop = Shop::open(&CATEGORIES);
    let report = shop.report("women", 1);
    let good = serde_json::to_vec(&report).expect("writes");
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig {
        cases: 150,
        failure_persistence: None,
        ..ProptestConfig::default()
    });
    let changes = (any::<prop::sample::Index>(), any::<u8>(), 0_u8..3);
    runner
        .run(&(changes, prop::collection::vec(any::<u8>(), 0..200)), |((place, byte, how), noise)| {
            let mut body = good.clone();
            let place = place.index(body.len());
            match how {
                0 => body[place] = byte,
                1 => body.truncate(place),
                _ => body.splice(place..place, noise).for_each(drop),
            }
            let before = shop.counted();
            let answer = shop.post(&body);
            let read = serde_json::from_slice(&body).ok().filter(|read| shop.asked().read(read).is_ok());
            match answer.status {
                202 => {
                    prop_assert!(read.is_some(), "only what the engine reads is counted: {body:?}");
                    prop_assert_eq!(shop.counted(), before + 1);
                }
                200 => prop_assert_eq!(shop.counted(), before),
                status => {
                    prop_assert_eq!(status, 400);
                    prop_assert!(!answer.code().is_empty());
                    prop_assert_eq!(shop.counted(), before);
                }
            }
            Ok(())
        })
        .expect("holds");
}

#[test]
fn what_is_too_large_is_refused_before_it_is_read() {
    let shop = Shop::open(&CATEGORIES);
    let refused = shop.post(&[b' '; 4 * 1024 + 1]);
    assert_eq!((refused.status, refused.code().as_str()), (413, "too_large"));
    let boundary = shop.post(&[b' '; 4 * 1024]);
    assert_eq!((boundary.status, boundary.code().as_str()), (400, "malformed"));
    let announced = raw(
        &shop.address,
        b"POST /v1/reports HTTP/1.1\r\nHost: shop\r\nConnection: close\r\nContent-Type: application/json\r\n\
          Content-Length: 99999999999\r\n\r\n",
    );
    assert_eq!(announced.map(|answer| answer.status), Some(413));
    let crowded = format!("GET / HTTP/1.1\r\nHost: shop\r\nX-Padding: {}\r\n\r\n", "x".repeat(64 * 1024));
    assert!(raw(&shop.address, crowded.as_bytes()).is_none_or(|answer| answer.status == 431));
    assert_eq!(get(&shop.address, "/healthz", &[]).text(), r#"{"status":"ok"}"#);
}

#[test]
fn too_much_at_once_is_turned_away_and_what_never_ends_is_given_up() {
    use std::io::{Read as _, Write as _};
    const TAKEN_AT_ONCE: usize = 512;
    const TOO_MANY: usize = 64;
    let shop = Shop::open(&CATEGORIES);
    // More than are taken at once, each with a body that never comes. Which of them are too many is the scheduler's
    // choice; how many is not.
    let held: Vec<std::net::TcpStream> = (0..TAKEN_AT_ONCE + TOO_MANY)
        .map(|_| {
            let mut stream = std::net::TcpStream::connect(&shop.address).expect("connects");
            let head = "POST /v1/reports HTTP/1.1\r\nHost: shop\r\nConnection: close\r\n\
                Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{";
            stream.write_all(head.as_bytes()).expect("sends");
            stream
        })
        .collect();
    let (mut given_up, mut turned_away) = (0, 0);
    for mut stream in held {
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("an answer");
        if answer.starts_with("HTTP/1.1 503 ") {
            assert!(answer.contains("\"busy\"") && answer.contains("\r\nretry-after: 2\r\n"), "{answer}");
            turned_away += 1;
        } else {
            assert!(answer.starts_with("HTTP/1.1 408 ") && answer.contains("\"timeout\""), "{answer}");
            given_up += 1;
        }
    }
    assert_eq!((given_up, turned_away), (TAKEN_AT_ONCE, TOO_MANY));
    assert_eq!(get(&shop.address, "/healthz", &[]).status, 200, "and then there is room again");
    assert_eq!(shop.counted(), 0);
}

#[test]
fn metrics_count_by_route_and_status_and_are_for_the_shop() {
    let shop = Shop::open(&CATEGORIES);
    shop.send(&shop.report("women", 1));
    shop.send(&shop.report("women", 1));
    shop.post(b"{}");
    get(&shop.address, "/a-page-that-somebody-looked-at?and=what", &[]);
    assert_eq!(get(&shop.address, "/metrics", &[]).status, 401);
    let answer = shop.with_key("/metrics");
    let text = answer.text();
    for line in [
        r#"windowshop_answers_total{route="/v1/reports",status="202"} 1"#,
        r#"windowshop_answers_total{route="/v1/reports",status="200"} 1"#,
        r#"windowshop_answers_total{route="/v1/reports",status="400"} 1"#,
        r#"windowshop_answers_total{route="files",status="404"} 1"#,
        r#"windowshop_answer_seconds_count{route="/v1/reports"} 3"#,
        r#"windowshop_answer_seconds_bucket{route="/v1/reports",le="+Inf"} 3"#,
    ] {
        assert!(text.lines().any(|told| told == line), "{line} is not in\n{text}");
    }
    assert!(!text.contains("somebody"), "addresses are no labels");
}

#[test]
fn files_are_cached_coded_and_named_for_what_they_are() {
    let shop = Shop::open(&CATEGORIES);
    let manifest = get(&shop.address, "/v1/pack.json", &[]);
    assert_eq!(manifest.header("cache-control"), Some("no-cache"));
    assert_eq!(manifest.header("content-type"), Some("application/json"));
    let pack = format!("/v1/{}", manifest.json()["pack"]["url"].as_str().expect("a name"));
    let plain = get(&shop.address, &pack, &[]);
    assert_eq!(plain.header("cache-control"), Some("public, max-age=31536000, immutable"));
    assert_eq!(plain.header("content-encoding"), None);
    assert_eq!(plain.header("vary"), Some("Accept-Encoding"));
    assert_eq!(plain.body.len() as u64, manifest.json()["pack"]["bytes"].as_u64().expect("a length"));

    let mut tags = vec![plain.header("etag").expect("a tag").to_owned()];
    for (accepted, coding) in [("gzip, deflate, br", "br"), ("gzip", "gzip"), ("br;q=0, gzip", "gzip")] {
        let coded = get(&shop.address, &pack, &[("Accept-Encoding", accepted)]);
        assert_eq!(coded.header("content-encoding"), Some(coding));
        assert!(coded.body.len() < plain.body.len());
        assert_eq!(unpack(coding, &coded.body), plain.body, "{coding}");
        tags.push(coded.header("etag").expect("a tag").to_owned());
    }
    assert!(tags[0] != tags[1] && tags[1] != tags[2], "a tag for each coding: {tags:?}");
    for (tag, status) in [(tags[0].as_str(), 304), ("\"other\"", 200), ("\"other\", *", 304)] {
        let answer = get(&shop.address, &pack, &[("If-None-Match", tag)]);
        assert_eq!((answer.status, answer.body.is_empty()), (status, status == 304), "{tag}");
    }
    let head = request(&shop.address, "HEAD", &pack, &[], b"");
    assert_eq!((head.status, head.body.len()), (200, 0));
    assert_eq!(head.header("content-length"), Some(plain.body.len().to_string().as_str()));
    assert_eq!(request(&shop.address, "DELETE", &pack, &[], b"").header("allow"), Some("GET, HEAD"));

    let home = get(&shop.address, "/", &[]);
    assert_eq!(home.header("content-type"), Some("text/html; charset=utf-8"));
    assert_eq!(home.header("cache-control"), Some("no-cache"));
    let script = get(&shop.address, "/assets/index-A1b2C3d4.js", &[]);
    assert_eq!(script.header("content-type"), Some("text/javascript; charset=utf-8"));
    assert_eq!(script.header("cache-control"), Some("public, max-age=31536000, immutable"));
    let wasm = get(&shop.address, "/engine.wasm", &[]);
    assert_eq!(wasm.header("content-type"), Some("application/wasm"));
}

#[test]
fn every_answer_carries_the_strict_headers_and_an_honest_date() {
    let shop = Shop::open(&CATEGORIES);
    for target in ["/", "/v1/pack.json", "/nowhere", "/v1/nowhere", "/v1/estimates", "/healthz"] {
        let answer = get(&shop.address, target, &[]);
        let policy = answer.header("content-security-policy").expect("a policy");
        assert!(policy.starts_with("default-src 'none';"), "{policy}");
        assert!(
            policy.contains("script-src 'self' 'wasm-unsafe-eval';") && !policy.contains("unsafe-inline")
        );
        assert_eq!(answer.header("referrer-policy"), Some("no-referrer"), "{target}");
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{target}");
        assert!(answer.header("permissions-policy").is_some(), "{target}");
        assert!(answer.header("set-cookie").is_none(), "{target}");
        let date = answer.header("date").expect("a date");
        let said =
            jiff::fmt::rfc2822::DateTimeParser::new().parse_timestamp(date).expect("a date of RFC 9110");
        assert!((shop::now().0 - said.as_millisecond()).abs() < 5_000, "{date}");
    }
    assert_eq!(get(&shop.address, "/nowhere", &[]).status, 404);
    assert!(get(&shop.address, "/nowhere", &[]).text().contains("<a href=\"/\">"));
    assert_eq!(get(&shop.address, "/v1/nowhere", &[]).code(), "not_found");
}

#[test]
fn the_sealed_worker_has_a_policy_of_its_own_and_pages_may_start_it() {
    let shop = Shop::open(&CATEGORIES);
    let policy = |target: &str, headers: &[(&str, &str)]| {
        let answer = get(&shop.address, target, headers);
        (answer.status, answer.header("content-security-policy").expect("a policy").to_owned())
    };
    let sealed = "default-src 'none'; script-src 'wasm-unsafe-eval'";
    for target in ["/sealed-worker.js", "/assets/sealed-worker-A1b2C3d4.js"] {
        assert_eq!(policy(target, &[]), (200, sealed.to_owned()), "{target}");
        // A cache takes over the headers of the answer that says nothing has changed.
        assert_eq!(policy(target, &[("If-None-Match", "*")]), (304, sealed.to_owned()), "{target}");
    }
    for target in ["/", "/assets/index-A1b2C3d4.js", "/sealed-worker.js.map"] {
        assert!(policy(target, &[]).1.contains("worker-src 'self'"), "{target}");
    }
}

#[test]
fn packs_are_for_pages_of_every_origin_and_nothing_else_is() {
    let shop = Shop::open(&CATEGORIES);
    let from = [("Origin", "http://localhost:5173")];
    let manifest = get(&shop.address, "/v1/pack.json", &from);
    let pack = format!("/v1/{}", manifest.json()["pack"]["url"].as_str().expect("a name"));
    for target in ["/v1/pack.json", pack.as_str(), "/v1/nowhere.json"] {
        let answer = get(&shop.address, target, &from);
        assert_eq!(answer.header("access-control-allow-origin"), Some("*"), "{target}");
        assert_eq!(answer.header("access-control-allow-credentials"), None, "{target}");
        assert_eq!(answer.header("cross-origin-resource-policy"), Some("cross-origin"), "{target}");
        assert!(answer.header("access-control-expose-headers").is_some_and(|names| names.contains("Date")));
        let asked = request(&shop.address, "OPTIONS", target, &from, b"");
        assert_eq!((asked.status, asked.body.len()), (204, 0), "{target}");
        assert_eq!(asked.header("access-control-allow-origin"), Some("*"), "{target}");
        assert_eq!(asked.header("access-control-allow-methods"), Some("GET, HEAD"), "{target}");
    }
    for target in ["/", "/v1/estimates", "/v1/reports", "/healthz", "/engine.wasm"] {
        for method in ["GET", "OPTIONS"] {
            let answer = request(&shop.address, method, target, &from, b"");
            assert_eq!(answer.header("access-control-allow-origin"), None, "{method} {target}");
            assert_eq!(
                answer.header("cross-origin-resource-policy"),
                Some("same-origin"),
                "{method} {target}"
            );
        }
    }
}

#[test]
fn no_path_leads_out_of_the_folders() {
    let shop = Shop::open(&CATEGORIES);
    for target in [
        "/../secret.txt",
        "/v1/../../secret.txt",
        "/v1/..%2f..%2fsecret.txt",
        "/%2e%2e/secret.txt",
        "/..%5csecret.txt",
        "//secret.txt",
        "/assets/../../secret.txt",
        "/v1/../data/reports.sqlite",
        "/./index.html",
        "/etc/passwd",
        "/v1/pack.json/",
        "/\0",
    ] {
        let request = format!("GET {target} HTTP/1.1\r\nHost: shop\r\nConnection: close\r\n\r\n");
        let answer = raw(&shop.address, request.as_bytes()).expect("an answer");
        assert!(matches!(answer.status, 400 | 404), "{target}: {}", answer.status);
        assert!(!String::from_utf8_lossy(&answer.body).contains("not for the shop window"), "{target}");
    }
}

fn a_new_pack_is_taken_up_and_reports_of_the_old_one_still_count(database: Database) {
    let shop = Shop::open_on(database, &CATEGORIES);
    let old = shop.report("women", 1);
    shop.put_pack(&["bags", "women"]);
    let new = shop.report("women", 2);
    assert_ne!(old.edition(), new.edition());
    let taken_up = (0..100).any(|_| {
        std::thread::sleep(std::time::Duration::from_millis(100));
        shop.send(&new).status == 202
    });
    assert!(taken_up, "within ten seconds");
    assert_eq!(shop.send(&old).status, 202);
    assert_eq!(shop.counted(), 2);
    std::fs::write(shop.folder("packs/pack.json"), "{}").expect("writes");
    std::thread::sleep(std::time::Duration::from_secs(3));
    assert!(
        get(&shop.address, "/v1/pack.json", &[]).text().contains("wspack"),
        "what cannot be read changes nothing"
    );
    assert_eq!(shop.send(&new).status, 200, "and the question is still known");
}

fn a_manifest_that_comes_before_its_pack_is_taken_up_once_that_is_there(database: Database) {
    let shop = Shop::open_on(database, &CATEGORIES);
    let later = tempfile::tempdir().expect("a folder");
    shop::put_pack(later.path(), &["bags", "women"]);
    let mut files: Vec<PathBuf> = std::fs::read_dir(later.path())
        .expect("reads")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    files.sort_by_key(|file| !file.ends_with("pack.json"));
    for (at, file) in files.iter().enumerate() {
        let name = file.file_name().expect("a name");
        std::fs::copy(file, shop.folder("packs").join(name)).expect("copies");
        if at == 0 {
            // Long enough to be looked at.
            std::thread::sleep(std::time::Duration::from_secs(3));
        }
    }
    let manifest = std::fs::read_to_string(later.path().join("pack.json")).expect("reads");
    let taken_up = (0..100).any(|_| {
        std::thread::sleep(std::time::Duration::from_millis(100));
        get(&shop.address, "/v1/pack.json", &[]).text() == manifest
    });
    assert!(taken_up, "within ten seconds");
}

fn nothing_of_a_sender_is_kept(database: Database) {
    let mut shop = Shop::open_on(database, &CATEGORIES);
    let canary = "canary-7f3a9c";
    let report = serde_json::to_vec(&shop.report("women", 1)).expect("writes");
    let headers = [
        ("Content-Type", "application/json"),
        ("User-Agent", canary),
        ("Cookie", canary),
        ("X-Forwarded-For", canary),
        ("Referer", canary),
    ];
    assert_eq!(request(&shop.address, "POST", "/v1/reports", &headers, &report).status, 202);
    let keeps = |shop: &Shop, what: &[&str]| {
        let mut folders = vec![shop.folder("data")];
        if let Database::Postgres(cluster) = &shop.database {
            folders.push(cluster.data());
        }
        let mut found = false;
        while let Some(folder) = folders.pop() {
            for path in std::fs::read_dir(folder).expect("reads").flatten().map(|entry| entry.path()) {
                if path.is_dir() {
                    folders.push(path);
                    continue;
                }
                let bytes = std::fs::read(path).unwrap_or_default();
                found |=
                    what.iter().any(|text| bytes.windows(text.len()).any(|part| part == text.as_bytes()));
            }
        }
        found
    };
    let id = serde_json::from_slice::<Value>(&report).expect("JSON")["question"].to_string();
    assert!(keeps(&shop, &[id.trim_matches('"')]), "the test can see what is kept");
    let keeps = |shop: &Shop| keeps(shop, &[canary, "127.0.0.1"]);
    assert!(!keeps(&shop), "while it runs, log included");
    assert!(shop.stop());
    assert!(!keeps(&shop), "when it has stopped");
}

fn no_level_of_the_log_tells_of_a_report(database: Database) {
    let mut shop = Shop::open_on(database, &CATEGORIES);
    let told = shop.restart_telling_all();
    let read = || std::fs::read_to_string(&told).expect("reads");
    let report = shop.report("women", 1);
    let before = read();
    assert_eq!(shop.send(&report).status, 202);
    assert_eq!(read(), before, "not even that there was one");
    std::fs::write(shop.folder("packs/pack.json"), "{}").expect("writes");
    let is_told = (0..100).any(|_| {
        std::thread::sleep(std::time::Duration::from_millis(100));
        read() != before
    });
    assert!(is_told, "the test can see what is told");
    assert!(shop.stop());
    let told = read();
    for word in ["INSERT", "UPDATE", "tallies", &report.id.to_string(), &report.answer] {
        assert!(!told.contains(word), "{word} is told");
    }
}

fn the_examples_of_the_document_run(database: Database) {
    let document = include_str!("../docs/endpoint.md");
    let shop = Shop::open_on(database, &CATEGORIES);
    let report = shop.report("women", 0);
    // What the document shows, and what it is today.
    let today = |text: &str| {
        text.replace("2026-W47", &this_week().to_text())
            .replace("7ea097313a0cbf17d0df51ba4010c84d", &report.id.to_string())
            .replace("krr-53ddf675-03", &report.answer)
    };
    let examples = documented::examples(document);
    assert_eq!(examples.len(), 6);
    for (number, example) in examples.iter().enumerate() {
        if number + 1 == examples.len() {
            for shopper in 1..150 {
                assert_eq!(shop.send(&shop.report("women", shopper)).status, 202);
            }
        }
        let headers: Vec<_> =
            example.headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let body = today(&example.body);
        let answer =
            request(&shop.address, &example.method, &today(&example.target), &headers, body.as_bytes());
        assert_eq!(answer.status, example.status, "{example:?}: {}", answer.text());
        let shown: Value = serde_json::from_str(&today(&example.answer.to_string())).expect("JSON");
        documented::assert_as_shown(&shown, &answer.json(), "answer");
    }
}

#[test]
fn the_table_of_the_privacy_page_is_what_the_engine_computes() {
    use windowshop::report::Randomiser;
    use windowshop::report::estimate::QUANTILE_95;
    let page = include_str!("../docs/privacy.md");
    let rows: Vec<Vec<&str>> = page
        .lines()
        .filter(|line| line.contains(" points |"))
        .map(|line| line.trim_matches('|').split('|').map(str::trim).collect())
        .collect();
    assert_eq!(rows.len(), 3);
    for row in rows {
        let reports: f64 = row[0].replace(',', "").parse().expect("a count");
        for (cell, sizes) in row[1..].iter().zip([vec![2], vec![5], vec![8], vec![11, 256]]) {
            for size in sizes {
                let odds = Randomiser::of(size, 1_000).odds();
                let (p, q) = (odds.keep as f64 / odds.whole as f64, odds.invent as f64 / odds.whole as f64);
                let points = 100.0 * QUANTILE_95 * (q * (1.0 - q) / reports).sqrt() / (p - q);
                assert_eq!(*cell, format!("± {points:.1} points"), "{size} answers, {reports} reports");
            }
        }
    }
}

fn unpack(coding: &str, bytes: &[u8]) -> Vec<u8> {
    use std::io::Read as _;
    let mut plain = Vec::new();
    match coding {
        "br" => brotli::Decompressor::new(bytes, 4096).read_to_end(&mut plain),
        _ => flate2::read::GzDecoder::new(bytes).read_to_end(&mut plain),
    }
    .expect("unpacks");
    plain
}
