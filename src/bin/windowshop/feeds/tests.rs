//! Tests of the feed reader: one shop in two notations, and what is refused.

use super::problem::FeedError;
use super::{Feed, Format, read, write};
use anyhow::Result;
use proptest::prelude::*;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use windowshop::base::time::Timestamp;
use windowshop::catalogue::input::TrainedInput;
use windowshop::catalogue::{AlignedBytes, Catalogue, Pack, Role, writer};
use windowshop::recommend::Weights;

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)
}

/// The pack of a feed: two feeds are one where their packs and texts are.
fn packed(feed: &Feed) -> Result<(Vec<u8>, Vec<super::Texts>)> {
    let created = feed.shop.made.unwrap_or(Timestamp(1_790_000_000_000));
    let (input, texts) = feed.input(created, TrainedInput::default())?;
    Ok((writer::write(&input)?, texts))
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        fs::copy(entry.path(), to.join(entry.file_name()))?;
    }
    Ok(())
}

#[test]
fn csv_and_json_lines_say_the_same() -> Result<()> {
    let (csv, lines) = (read(&fixture("feed-csv"))?, read(&fixture("feed-jsonl"))?);
    assert_eq!(packed(&csv)?, packed(&lines)?);
    assert_eq!(csv.items.len(), 5);
    Ok(())
}

#[test]
fn an_item_has_the_role_of_its_outfit_or_of_its_goods_where_its_row_has_none() -> Result<()> {
    let folder = tempfile::tempdir()?;
    copy(&fixture("feed-jsonl"), folder.path())?;
    let own: Vec<Role> = read(folder.path())?.items.iter().map(|item| item.row.role).collect();
    let roles = r#"{"roles": [
        {"outfit": "office", "role": "profit", "looks": 120},
        {"brand": "anselm-row", "category": "men-shirts", "role": "traffic"},
        {"brand": "mossling", "category": "children", "role": "potential"},
        {"brand": "gone", "category": "men", "role": "marginal"}
    ]}"#;
    fs::write(folder.path().join("roles.json"), roles)?;
    let feed = read(folder.path())?;
    for (item, own) in feed.items.iter().zip(own) {
        let worked_out = match item.row.id.as_str() {
            "ar-2" | "ar-3" if item.row.outfit.is_some() => Role::Profit,
            "ar-1" if item.row.outfit.is_none() => Role::Traffic,
            "ar-1" => Role::Profit,
            "ml-1" => Role::Potential,
            _ => Role::None,
        };
        let expected = if own == Role::None { worked_out } else { own };
        assert_eq!(item.row.role, expected, "{}", item.row.id);
    }
    for (off, told) in [
        (
            r#"{"roles": [{"brand": "b", "role": "profit"}]}"#,
            "names either an outfit, or a brand and a category",
        ),
        (
            r#"{"roles": [{"outfit": "o", "role": "profit"}, {"outfit": "o", "role": "none"}]}"#,
            "is there twice",
        ),
    ] {
        fs::write(folder.path().join("roles.json"), off)?;
        let error = read(folder.path()).map(|_| ()).expect_err("refused").to_string();
        assert!(error.contains("roles.json") && error.contains(told), "{error}");
    }
    Ok(())
}

#[test]
fn what_is_written_reads_back_in_both_notations() -> Result<()> {
    let feed = read(&fixture("feed-jsonl"))?;
    for format in [Format::Jsonl, Format::Csv] {
        let folder = tempfile::tempdir()?;
        write(&feed, folder.path(), format)?;
        assert_eq!(packed(&read(folder.path())?)?, packed(&feed)?, "{format:?}");
    }
    Ok(())
}

#[test]
fn a_text_is_written_in_lines_and_read_back() -> Result<()> {
    let (_, texts) = packed(&read(&fixture("feed-jsonl"))?)?;
    let text = texts.iter().find(|text| text.language == "zh").expect("a language of the shop");
    for count in [0, 1, 63, 64, 65, 200] {
        let items: Vec<String> = (0..count).map(|row| format!("件 {row}").repeat(row % 3)).collect();
        let text = super::Texts { items: items.clone(), ..text.clone() };
        let bytes = text.written("a state")?;
        assert_eq!(super::Texts::read(&bytes)?, (text, "a state".to_owned()));
        // As the page finds a name: by where its block begins, and by lines from there.
        let (head, lines) = core::str::from_utf8(&bytes)?.split_once('\n').expect("lines");
        let head: Value = serde_json::from_str(head)?;
        for (row, name) in items.iter().enumerate() {
            let start = head["starts"][row / 64].as_u64().expect("a start") as usize;
            assert_eq!(lines[start..].split('\n').nth(row % 64), Some(name.as_str()), "row {row} of {count}");
        }
    }
    let text = super::Texts { items: vec!["two\nlines".to_owned()], ..text.clone() };
    assert!(text.written("a state").is_err());
    for broken in ["", "{}", "{}\n", "a\nb\n"] {
        assert!(super::Texts::read(broken.as_bytes()).is_err(), "{broken:?}");
    }
    let two = super::Texts { items: vec!["one".to_owned(), "two".to_owned()], ..text };
    let shifted = String::from_utf8(two.written("a state")?)?.replace("\"starts\":[0]", "\"starts\":[1]");
    assert!(super::Texts::read(shifted.as_bytes()).is_err(), "its names do not begin there");
    Ok(())
}

#[test]
fn texts_lie_in_the_order_of_the_pack() -> Result<()> {
    let feed = read(&fixture("feed-jsonl"))?;
    let (bytes, texts) = packed(&feed)?;
    let catalogue = Catalogue::new(Pack::open(AlignedBytes::copy_of(&bytes))?);
    let text = texts.iter().find(|text| text.language == "zh").expect("a language of the shop");
    for named in &feed.items {
        let row = catalogue.find_item(&named.row.id).expect("packed").row();
        assert_eq!(text.items.get(row), named.names.get(1));
    }
    for named in &feed.sales {
        let row = catalogue.find_sale(&named.row.id).expect("packed").row();
        assert_eq!(text.sales.get(row), named.names.get(1));
    }
    assert_eq!(catalogue.meta().zone, "Europe/Berlin");
    // 10:00 in Berlin on 22 November is 09:00 UTC.
    let sale = catalogue.find_sale("anselm-row-1122").expect("packed");
    assert_eq!(catalogue.sale_times(sale).0, Timestamp(1_795_338_000_000));
    Ok(())
}

/// Reads the JSON Lines fixture with one file replaced by `text`, and tells why it is refused.
fn refusal(file: &str, text: &str) -> Result<String> {
    let folder = tempfile::tempdir()?;
    copy(&fixture("feed-jsonl"), folder.path())?;
    fs::write(folder.path().join(file), text)?;
    Ok(match read(folder.path()) {
        Ok(_) => "taken".into(),
        Err(error) => error.to_string().replace(&folder.path().display().to_string(), "FEED"),
    })
}

#[test]
fn bad_rows_are_told_with_file_line_field_and_reason() -> Result<()> {
    let good = fs::read_to_string(fixture("feed-jsonl/items.jsonl"))?;
    let first = good.lines().next().unwrap_or_default();
    let with = |field: &str, value: Value| -> Result<String> {
        let mut row: Value = serde_json::from_str(first)?;
        row["id"] = "new".into();
        row[field] = value;
        Ok(format!("{}\n{row}\n", good.trim_end()))
    };
    let mut told = String::new();
    let mut tell = |what: &str, refused: String| told.extend([what, "\n  ", &refused, "\n"]);
    tell("an id twice", refusal("items.jsonl", &format!("{good}{first}\n"))?);
    for (what, field, value) in [
        ("a price that is a number", "price", 168.5.into()),
        ("a price with three digits", "price", "168.005".into()),
        ("a price with a sign", "price", "€168".into()),
        ("a price above the list price", "price", "561".into()),
        ("a rating beyond five", "rating", "5.01".into()),
        (
            "more left than at opening",
            "stock",
            serde_json::json!([{ "size": "S", "left": 3, "at_opening": 2 }]),
        ),
        ("stock of another shape", "stock", serde_json::json!({ "S": 3 })),
        ("a reason that is not one", "return_reasons", serde_json::json!({ "ugly": 1 })),
        ("a role that is not one", "role", "hero".into()),
        ("a date that is not one", "shelf_life_until", "2027-02-30".into()),
        ("a null", "outfit", Value::Null),
        ("a typing error", "lowest_prize", "1.00".into()),
        ("a name without one language", "name", serde_json::json!({ "en": "Shirt" })),
        ("a sale that is not there", "sale", "nowhere".into()),
        ("a field to be passed over", "x_note", "own".into()),
    ] {
        tell(what, refusal("items.jsonl", &with(field, value)?)?);
    }
    tell("half a line", refusal("items.jsonl", &good[..200])?);
    tell("an empty file", refusal("items.jsonl", "")?);
    tell("a field twice", refusal("brands.jsonl", "{\"id\":\"a\",\"id\":\"b\"}")?);
    let sale = "{\"id\":\"s\",\"brand\":\"mossling\",\"title\":{\"en\":\"a\",\"zh\":\"b\"},";
    let times = "\"opens\":\"2026-10-25T02:30\",\"closes\":\"2026-10-24T10:00+02:00\"}";
    tell("a time shown twice", refusal("sales.jsonl", &format!("{sale}{times}"))?);
    tell("both notations", refusal("items.csv", "id\n")?);
    tell(
        "an unknown zone",
        refusal(
            "shop.json",
            "{\"currency\":\"EUR\",\"exponent\":2,\"zone\":\"Mars/Olympus\",\"opening\":\"25:00\",\"preview_days\":3,\"languages\":[]}",
        )?,
    );
    tell("another currency field", refusal("shop.json", "{\"curency\":\"EUR\"}")?);
    insta::assert_snapshot!(told);
    Ok(())
}

/// Reads the CSV fixture with one file replaced by what `change` makes of it, and tells why it is refused.
fn changed_csv(file: &str, change: impl FnOnce(&str) -> String) -> Result<String> {
    let folder = tempfile::tempdir()?;
    copy(&fixture("feed-csv"), folder.path())?;
    let path = folder.path().join(file);
    let text = fs::read_to_string(&path)?;
    fs::write(&path, change(&text))?;
    Ok(read(folder.path()).map_or_else(|error| error.to_string(), |_| "taken".into()))
}

#[test]
fn a_table_that_is_cut_off_is_refused_by_its_name() -> Result<()> {
    let head = |text: &str| text.lines().next().map(|line| format!("{line}\n")).unwrap_or_default();
    for file in ["items.csv", "brands.csv", "sales.csv", "categories.csv"] {
        let told = changed_csv(file, |_| String::new())?;
        assert!(told.contains(&format!("{file}:1: is empty; a table has a header at least")), "{told}");
        let told = changed_csv(file, head)?;
        let table = file.trim_end_matches(".csv");
        assert!(told.contains(&format!("{file}: has no {table}: was it written to its end?")), "{told}");
        assert_eq!(told.lines().count(), 2, "what follows from it is not told: {told}");
    }
    Ok(())
}

#[test]
fn a_header_that_is_off_is_told_once() -> Result<()> {
    let rename = |from: &'static str, to: &'static str| move |text: &str| text.replacen(from, to, 1);
    let told = changed_csv("items.csv", rename("price", "prize"))?;
    assert!(told.contains("items.csv:1: price: is missing: no column has this name"), "{told}");
    assert!(told.contains("items.csv:1: prize: is unknown here (known: id, sale"), "{told}");
    assert_eq!(told.lines().count(), 3, "{told}");
    let told = changed_csv("items.csv", rename("name.en", "name"))?;
    assert!(told.contains("items.csv:1: name.en: is missing"), "{told}");
    let told = changed_csv("brands.csv", |text| text.replace(',', ";"))?;
    assert!(told.contains("brands.csv:1: is it separated by ;? Columns of a feed are"), "{told}");
    assert_eq!(told.lines().count(), 2, "{told}");
    assert_eq!(changed_csv("items.csv", rename("outfit", "x_outfit"))?, "taken");
    Ok(())
}

#[test]
fn of_what_could_not_be_read_nothing_more_is_said() -> Result<()> {
    let good = fs::read_to_string(fixture("feed-jsonl/items.jsonl"))?;
    let mut row: Value = serde_json::from_str(good.lines().next().unwrap_or_default())?;
    row["id"] = "new".into();
    row["list_price"] = Value::Null;
    row["sold"] = "many".into();
    let told = refusal("items.jsonl", &format!("{}\n{row}\n", good.trim_end()))?;
    assert!(told.contains("list_price: is a text") && !told.contains("is below the price"), "{told}");
    assert!(told.contains("sold: is a whole number") && !told.contains("more than was sold"), "{told}");
    let sale = r#"{"id":"s","brand":"mossling","title":{"en":"a","zh":"b"},"opens":"2026-10-25T10:00","closes":"soon"}"#;
    let told = refusal("sales.jsonl", sale)?;
    assert!(told.contains("closes: \"soon\" is not an instant") && !told.contains("not after"), "{told}");
    let told = refusal("attributes.jsonl", r#"{"name":{"en":"a","zh":"b"}}"#)?;
    assert!(told.contains("attribute: is missing") && !told.contains("is written"), "{told}");
    Ok(())
}

#[test]
fn a_byte_order_mark_is_no_part_of_any_file() -> Result<()> {
    let folder = tempfile::tempdir()?;
    copy(&fixture("feed-jsonl"), folder.path())?;
    fs::write(folder.path().join("roles.json"), r#"{"roles": []}"#)?;
    fs::write(folder.path().join("promotions.json"), r#"{"promotions": []}"#)?;
    fs::write(folder.path().join("questions.json"), "[]")?;
    let variants = r#"{"salt":"s","variants":[{"name":"a","share":1000}]}"#;
    fs::write(folder.path().join("variants.json"), variants)?;
    let before = packed(&read(folder.path())?)?;
    for entry in fs::read_dir(folder.path())? {
        let path = entry?.path();
        fs::write(&path, format!("\u{FEFF}{}", fs::read_to_string(&path)?))?;
    }
    assert_eq!(packed(&read(folder.path())?)?, before);
    super::questions::read(folder.path())?;
    assert!(super::variants::read(folder.path(), &Weights::default())?.is_some());
    Ok(())
}

#[test]
fn a_currency_has_its_own_digits() -> Result<()> {
    let of = |currency: &str, exponent: u8| {
        changed_csv("shop.json", |text| {
            let mut shop: Value = serde_json::from_str(text).unwrap_or_default();
            (shop["currency"], shop["exponent"]) = (currency.into(), exponent.into());
            shop.to_string()
        })
    };
    for (currency, digits, other) in [("JPY", 0, 2), ("KWD", 3, 2), ("XOF", 0, 3)] {
        let told = of(currency, other)?;
        assert!(told.contains(&format!("shop.json: exponent: is {digits} for {currency}")), "{told}");
        assert!(!of(currency, digits)?.contains("shop.json"));
    }
    assert_eq!(of("EUR", 2)?, "taken");
    Ok(())
}

#[test]
fn what_is_seldom_meant_is_noted() -> Result<()> {
    let folder = tempfile::tempdir()?;
    copy(&fixture("feed-jsonl"), folder.path())?;
    let name = r#""name": {"en": "a", "zh": "b"}"#;
    let promotions = format!(
        r#"{{"promotions": [
            {{"id": "gone", {name}, "target": {{"items": ["ar-1", "no-item"], "sales": ["no-sale"]}}, "benefit": {{"percent": {{"off": "10"}}}}}},
            {{"id": "gift", {name}, "benefit": {{"gift": {{"item": "no-pouch", "worth": "5"}}}}}}
        ]}}"#
    );
    fs::write(folder.path().join("promotions.json"), promotions)?;
    let mut feed = read(folder.path())?;
    assert_eq!(
        feed.notes(),
        [
            "promotion gone names items that the feed does not have: no-item",
            "promotion gone names sales that the feed does not have: no-sale",
            "promotion gift gives no-pouch, which the feed does not have: nobody gets it",
        ]
    );
    feed.rules = super::Rules::default();
    assert_eq!(feed.notes(), [""; 0]);
    if let Some(item) = feed.items.first_mut() {
        item.row.price = 0;
    }
    assert_eq!(feed.notes(), ["1 cost nothing, a price of 0: ar-1"]);
    Ok(())
}

#[test]
fn at_most_twenty_problems_are_told() -> Result<()> {
    let rows = "{\"id\":\"a b\"}\n".repeat(50);
    let told = refusal("items.jsonl", &rows)?;
    assert_eq!(told.lines().count(), 22, "{told}");
    assert!(told.ends_with("and perhaps more: reading stopped here"));
    Ok(())
}

#[test]
fn the_zone_table_reaches_two_years_ahead() -> Result<()> {
    let made = Timestamp(1_795_338_000_000);
    let zone = super::clock::table("Europe/Berlin", made)?;
    let last = zone.transitions().last().map(|(at, _)| at.0).unwrap_or_default();
    // Two changes a year: the last one within the table is the one of October 2028.
    assert!(last > made.0 + 700 * 86_400_000, "{last}");
    assert_eq!(super::clock::table("Asia/Shanghai", made)?.transitions().len(), 1);
    Ok(())
}

/// What a damaged feed may do: be refused, naming the file, or mean the same as before.
fn refused_or_equal(csv: bool, table: usize, line: usize, at: usize, what: u8) -> Result<(), TestCaseError> {
    let fail = |error: &dyn std::fmt::Display| TestCaseError::fail(error.to_string());
    let name = ["brands", "categories", "sales", "items"].get(table % 4).copied().unwrap_or("items");
    let (notation, ending) = if csv { ("feed-csv", "csv") } else { ("feed-jsonl", "jsonl") };
    let file = format!("{name}.{ending}");
    let text = fs::read_to_string(fixture(notation).join(&file)).map_err(|error| fail(&error))?;
    let mut lines: Vec<String> = text.lines().map(ToString::to_string).collect();
    let place = line % lines.len();
    let Some(row) = lines.get_mut(place) else { return Ok(()) };
    let at = (0..=at % row.len()).rev().find(|at| row.is_char_boundary(*at)).unwrap_or(0);
    match what % 4 {
        0 => row.insert(at, '\u{7}'),
        // Half a CSV cell may well be a value (60 cut to 6), which no reader can tell: cells are lost whole.
        1 if csv => row.truncate(row.rfind(',').unwrap_or(0)),
        1 => row.truncate(at.max(1)),
        2 if !csv => *row = row.replacen("\":", "_\":", 1),
        2 => row.push_str(",surplus"),
        _ => *row = row.replacen('"', "", 1),
    }
    let folder = tempfile::tempdir().map_err(|error| fail(&error))?;
    copy(&fixture(notation), folder.path()).map_err(|error| fail(&error))?;
    fs::write(folder.path().join(&file), lines.join("\n")).map_err(|error| fail(&error))?;
    match read(folder.path()) {
        Err(FeedError::Refused(problems)) => {
            prop_assert!(!problems.is_empty() && problems.iter().all(|problem| !problem.reason.is_empty()));
            Ok(())
        }
        Err(error) => Err(TestCaseError::fail(format!("another error: {error}"))),
        Ok(feed) => {
            let before = read(&fixture(notation)).map_err(|error| fail(&error))?;
            let same = packed(&feed).map_err(|error| fail(&error))?
                == packed(&before).map_err(|error| fail(&error))?;
            prop_assert!(same, "{file}:{} was taken as something else: {:?}", place + 1, lines.get(place));
            Ok(())
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]
    #[test]
    fn a_damaged_line_is_refused_or_means_the_same(csv: bool, table in 0usize..4, line in 0usize..9, at in 0usize..600, what: u8) {
        refused_or_equal(csv, table, line, at, what)?;
    }
}
