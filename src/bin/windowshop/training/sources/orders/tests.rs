use super::super::super::file::Trained;
use super::super::super::log::Logs;
use super::super::super::scratch::Scratch;
use super::*;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

fn learned(files: &[PathBuf], columns: &[(&str, &str)], min_sessions: u32) -> Result<Lesson> {
    let columns: Vec<(String, String)> = columns.iter().map(|(name, own)| ((*name).into(), (*own).into())).collect();
    let logs = Logs { files, columns: &columns, scratch: &Scratch::default() };
    learn(&Request { logs, min_sessions, questions: &[] }, &ProgressBar::hidden())
}

fn file(folder: &Path, text: &str) -> Result<PathBuf> {
    let path = folder.join("orders.csv");
    std::fs::write(&path, text)?;
    Ok(path)
}

/// The neighbours of an item by id, with their weights.
fn row<'a>(lesson: &'a Lesson, item: &str) -> Vec<(&'a str, u32)> {
    let rows = lesson.trained.covisitation.iter().filter(|row| row.item == item);
    rows.flat_map(|row| row.neighbours.iter().map(|(id, weight)| (id.as_str(), *weight))).collect()
}

#[test]
fn what_one_order_holds_goes_together_each_way() -> Result<()> {
    let folder = tempfile::tempdir()?;
    // Rows of an order need not stand together.
    let path = file(
        folder.path(),
        "order_id,item_id,brand,category,quantity\n1,coat,lumen,outer,1\n2,boot,ajour,,3\n1,hat,lumen,head,2\n2,coat,lumen,outer,1\n1,coat,lumen,outer,1\n3,tie,lumen,,-1\n",
    )?;
    let lesson = learned(&[path], &[], 1)?;
    assert_eq!(row(&lesson, "coat"), [("boot", 500_000), ("hat", 500_000)]);
    assert_eq!(row(&lesson, "hat"), [("coat", 1_000_000)]);
    let trained = &lesson.trained;
    assert_eq!([trained.log.sessions, trained.log.clicks, trained.log.items], [2, 5, 3]);
    assert_eq!(trained.brand_views, [("ajour".to_owned(), 1), ("lumen".to_owned(), 4)]);
    assert_eq!(trained.settings.blend, Settings::default().blend, "looks are not in orders");
    assert!(lesson.notes[0].contains("1 rows with a quantity"), "{:?}", lesson.notes);
    assert!(!trained.covisitation.iter().any(|row| row.item == "tie"), "what was returned was not bought");
    Ok(())
}

#[test]
fn what_a_customer_buys_within_thirty_days_follows() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let text = "customer_id,ts,item_id\nann,2026-03-01T10:00:00Z,coat\nann,2026-03-31T10:00:00Z,hat\nann,2026-04-30T10:00:01Z,boot\n";
    let path = file(folder.path(), text)?;
    let lesson = learned(&[path], &[], 1)?;
    assert_eq!(row(&lesson, "coat"), [("hat", 1_000_000)], "thirty days are within");
    assert!(row(&lesson, "boot").is_empty(), "a second more is not");
    assert_eq!(lesson.trained.log.pairs, 1);
    Ok(())
}

#[test]
fn a_pair_counts_once_a_customer() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let mut text = "order_id,customer_id,ts,item_id\n".to_owned();
    for order in 0..9 {
        write!(text, "{order},ann,{order}000,secret\n{order},ann,{order}000,coat\n")?;
    }
    for customer in 0..3 {
        write!(text, "o{customer},c{customer},5,coat\no{customer},c{customer},5,hat\n")?;
    }
    let path = file(folder.path(), &text)?;
    let lesson = learned(&[path], &[], 3)?;
    assert_eq!(row(&lesson, "coat"), [("hat", 1_000_000)]);
    assert!(!serde_json::to_string(&lesson.trained)?.contains("secret"), "one customer's habit is nobody's business");
    Ok(())
}

#[test]
fn columns_may_have_other_names_and_bad_rows_are_refused_with_their_place() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let path = file(folder.path(), "basket,sku\n1,coat\n1,hat\n")?;
    let lesson = learned(&[path], &[("order_id", "basket"), ("item_id", "sku")], 1)?;
    assert_eq!(row(&lesson, "coat"), [("hat", 1_000_000)]);
    for (text, expected) in [
        ("item_id\ncoat\n", "neither a column order_id nor a column customer_id"),
        ("customer_id,item_id\nann,coat\n", "line 1: the header has no column \"ts\""),
        ("customer_id,ts,item_id\nann,yesterday,coat\n", "line 2, ts: \"yesterday\" is neither"),
        ("order_id,item_id,quantity\n1,coat,some\n", "line 2, quantity: \"some\" is not a number"),
        ("order_id,item_id\n,coat\n", "line 2, order_id: an id cannot be empty"),
        ("order_id,item_id\n1,a b\n", "line 2, item_id: an id holds no spaces"),
    ] {
        let path = file(folder.path(), text)?;
        let error = learned(&[path], &[], 1).err().map(|error| format!("{error:#}")).unwrap_or_default();
        assert!(error.contains(expected), "{error:?} should have {expected:?}");
    }
    Ok(())
}

#[test]
fn the_number_of_threads_changes_no_byte_and_the_order_of_rows_no_count() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let mut rows: Vec<String> = (0..600)
        .map(|row| format!("{},{},{},item-{}\n", row / 2, row % 41, row / 2 * 7_000_000, (row * row) % 23))
        .collect();
    let lesson = |rows: &[String], threads: usize| -> Result<Trained> {
        let path = file(folder.path(), &("order_id,customer_id,ts,item_id\n".to_owned() + &rows.concat()))?;
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build()?;
        Ok(pool.install(|| learned(&[path], &[], 1))?.trained)
    };
    let one = lesson(&rows, 1)?;
    assert!(one.validation.all.queries > 0 && one.log.pairs > 50, "{:?}", one.log);
    assert_eq!(serde_json::to_vec(&one)?, serde_json::to_vec(&lesson(&rows, 2)?)?);
    rows.reverse();
    assert_eq!(lesson(&rows, 2)?.log, one.log);
    Ok(())
}
