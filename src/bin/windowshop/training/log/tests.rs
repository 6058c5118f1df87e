//! What reading click logs gives, and what it refuses.

use super::*;
use std::fs::File;
use std::io::Write;
use std::path::Path;

/// A log file with these lines behind the usual header.
pub(crate) fn log_of(folder: &Path, name: &str, lines: &str) -> anyhow::Result<PathBuf> {
    let path = folder.join(name);
    std::fs::write(&path, format!("session_id,pos,item_id\n{lines}"))?;
    Ok(path)
}

fn sessions(logs: &[PathBuf]) -> Result<Vec<(u64, Vec<String>)>, RowsError> {
    let mut vocabulary = Vocabulary::default();
    let mut met = Vec::new();
    let logs = Logs { files: logs, columns: &[], scratch: &Scratch::default() };
    read(&logs, &mut vocabulary, &mut |_| (), &mut |number, session| {
        met.push((number, session.items.clone()));
        Ok(())
    })?;
    let named =
        |items: Vec<u32>| items.into_iter().map(|item| vocabulary.items.id(item).to_owned()).collect();
    Ok(met.into_iter().map(|(number, items)| (number, named(items))).collect())
}

#[test]
fn sessions_come_whole_and_in_order_from_plain_and_compressed_files() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let plain = log_of(folder.path(), "one.csv", "7,0,coat\n7,2,hat\n8,0,coat\n")?;
    let path = folder.path().join("two.csv.gz");
    let mut gzip = flate2::write::GzEncoder::new(File::create(&path)?, flate2::Compression::fast());
    gzip.write_all(b"item_id,pos,ts,session_id\nboot,4,99,9\n")?;
    gzip.finish()?;
    let expected = [(0, vec!["coat", "hat"]), (1, vec!["coat"]), (2, vec!["boot"])];
    let expected = expected.map(|(number, items)| (number, items.into_iter().map(String::from).collect()));
    assert_eq!(sessions(&[plain, path])?, expected);
    Ok(())
}

#[test]
fn brands_and_categories_are_read_where_they_are() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("log.csv");
    std::fs::write(
        &path,
        "session_id,pos,item_id,brand,category\n1,0,coat,lumen,outer\n1,1,hat,lumen,head\n1,2,tag,,\n",
    )?;
    let mut vocabulary = Vocabulary::default();
    let mut met = Vec::new();
    let logs = Logs { files: &[path], columns: &[], scratch: &Scratch::default() };
    read(&logs, &mut vocabulary, &mut |_| (), &mut |_, session| {
        met.push((session.brands.clone(), session.categories.clone()));
        Ok(())
    })?;
    assert_eq!(met, [(vec![0, 0], vec![0, 1])]);
    assert_eq!(vocabulary.categories.id(1), "head");
    Ok(())
}

#[test]
fn a_bad_row_is_refused_with_file_line_and_field() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    for (lines, expected) in [
        ("1,0,coat\n1,x,hat\n", "line 3, pos: \"x\" is not a whole number"),
        ("1,1,coat\n1,1,hat\n", "line 3, pos: 1 does not come after 1"),
        ("1,0,coat\n2,0,hat\n1,1,hat\n", "line 4, session_id: session \"1\" comes again"),
        ("1,0,\n", "line 2, item_id: an id cannot be empty"),
        ("1,0,coat\n,0,coat\n", "line 3, session_id: an id cannot be empty"),
        ("1,0,coat\n1,1\n", "line 3, row: has 2 fields, the header has 3"),
    ] {
        let log = log_of(folder.path(), "bad.csv", lines)?;
        let error = sessions(&[log]).err().map(|error| error.to_string()).unwrap_or_default();
        assert!(error.contains("bad.csv") && error.contains(expected), "{error:?} for {lines:?}");
    }
    let headless = folder.path().join("headless.csv");
    std::fs::write(&headless, "session,pos,item_id\n1,0,coat\n")?;
    assert!(matches!(sessions(&[headless]), Err(RowsError::Column { column: "session_id", .. })));
    assert!(matches!(sessions(&[folder.path().join("none.csv")]), Err(RowsError::Storage { .. })));
    Ok(())
}

#[test]
fn events_of_ga4_give_their_looks() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("events.jsonl");
    let event = |name: &str, session: &str, items: &str| {
        format!(
            "{{\"name\":\"{name}\",\"session\":\"{session}\",\"ts\":9,\"params\":{{\"items\":[{items}]}}}}\n"
        )
    };
    let coat = "{\"item_id\":\"coat\",\"item_brand\":\"lumen\",\"item_category\":\"outer\"}";
    let hat = "{\"item_id\":\"hat\"}";
    let mut lines = event("session_start", "s0", "") + &event("view_item", "s1", coat);
    lines +=
        &(event("purchase", "s1", coat) + &event("view_item", "s1", hat) + &event("view_item", "s2", hat));
    std::fs::write(&path, &lines)?;
    let expected = [(0, vec!["coat", "hat"]), (1, vec!["hat"])];
    let expected = expected.map(|(number, items)| (number, items.into_iter().map(String::from).collect()));
    assert_eq!(sessions(std::slice::from_ref(&path))?, expected);
    for (more, expected) in [
        (event("view_item", "s1", hat), "line 6, session: session \"s1\" comes again"),
        (event("view_item", "s2", ""), "line 6, params.items.0.item_id: an id cannot be empty"),
        ("{\"name\":\"view_item\",\"params\":{}}".into(), "line 6, session: is missing"),
    ] {
        std::fs::write(&path, lines.clone() + &more)?;
        let error =
            sessions(std::slice::from_ref(&path)).err().map(|error| error.to_string()).unwrap_or_default();
        assert!(error.contains(expected), "{error}");
    }
    Ok(())
}

#[test]
fn a_gzip_file_cut_short_is_refused() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("cut.csv.gz");
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(b"session_id,pos,item_id\n1,0,coat\n1,1,hat\n")?;
    let whole = gzip.finish()?;
    std::fs::write(&path, &whole[..whole.len() - 6])?;
    assert!(matches!(sessions(&[path]), Err(RowsError::Storage { .. })));
    Ok(())
}

#[test]
fn equal_scores_are_ordered_by_id() {
    let mut names = Names::default();
    let numbers: Vec<u32> = ["b", "10", "9"].iter().filter_map(|id| names.number(id).ok()).collect();
    assert_eq!(numbers, [0, 1, 2]);
    assert_eq!(names.by_id(), [1, 2, 0]);
    assert_eq!(names.ranks(), [2, 0, 1]);
}
