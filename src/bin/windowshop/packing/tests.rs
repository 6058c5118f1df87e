//! Tests of what a shop serves: files named by content, one manifest, deltas on top.

use super::build::{self, Additions};
use super::delta::{self, Waiting};
use super::{agree, excerpt, files, list, manifest, shelf};
use crate::feeds::{self, Feed, Texts};
use crate::packs;
use anyhow::{Context, Result};
use serde_json::Value;
use std::path::Path;
use windowshop::base::ids::{ItemIndex, SaleIndex};
use windowshop::base::time::{DAY, HOUR, Timestamp};
use windowshop::catalogue::Catalogue;

const MADE: Timestamp = Timestamp(1_795_338_000_000);

fn small() -> Result<Feed> {
    Ok(feeds::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/feed-jsonl"))?)
}

fn compiled() -> Result<(Vec<u8>, Catalogue, Vec<Texts>)> {
    build::compile(&small()?, MADE, Additions::default())
}

#[test]
fn files_are_named_by_their_content_and_verified_by_the_manifest() -> Result<()> {
    let (bytes, catalogue, texts) = compiled()?;
    let folder = tempfile::tempdir()?;
    let written = build::write(folder.path(), &bytes, &catalogue, &texts, excerpt::FROM)?;
    assert_eq!(files::read_manifest(&folder.path().join(manifest::NAME))?, written);
    assert_eq!(written.languages, ["en", "zh"]);
    assert_eq!(written.files().len(), 7);
    assert_eq!(written.excerpt, None, "a small pack has none");
    for file in written.files() {
        assert_eq!(files::difference(folder.path(), file), None);
        assert!(file.url.contains(&file.sha256[..16]), "{}", file.url);
    }
    // One bit of any file, and it is told.
    let file = written.text.get("zh").context("a text")?;
    let path = folder.path().join(&file.url);
    let mut bytes = std::fs::read(&path)?;
    bytes[40] ^= 1;
    std::fs::write(&path, &bytes)?;
    assert!(files::difference(folder.path(), file).is_some_and(|told| told.contains("SHA-256")));
    std::fs::remove_file(&path)?;
    assert!(files::difference(folder.path(), file).is_some_and(|told| told.contains("cannot be read")));
    Ok(())
}

#[test]
fn the_build_before_last_is_taken_away_and_nothing_else() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let there = |url: &str| folder.path().join(url).is_file();
    for name in ["notes.json", "text-en.txt", "pack-0123.wspack", "pack-0123456789abcdeg.wspack"] {
        std::fs::write(folder.path().join(name), "somebody's own")?;
    }
    let mut packs = Vec::new();
    for made in 0..3 {
        let created = MADE.plus(made * 86_400_000);
        let (bytes, catalogue, texts) = build::compile(&small()?, created, Additions::default())?;
        packs.push(build::write(folder.path(), &bytes, &catalogue, &texts, excerpt::FROM)?.pack.url);
    }
    assert_eq!(packs.iter().map(|url| there(url)).collect::<Vec<_>>(), [false, true, true]);
    // The manifest, the list of packs, two builds of seven files, and four that are not ours.
    assert_eq!(std::fs::read_dir(folder.path())?.count(), 2 + 2 * 7 + 4);
    Ok(())
}

#[test]
fn a_manifest_leads_nowhere_else() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join(manifest::NAME);
    let file = |url: &str| manifest::FileEntry { url: url.into(), bytes: 1, sha256: String::new() };
    for url in ["../secret", "/etc/passwd", "https://elsewhere", ".hidden", ""] {
        let written = manifest::Manifest {
            format: manifest::FORMAT,
            made: 0,
            state: String::new(),
            pack: file(url),
            languages: vec![],
            text: [].into(),
            front: [].into(),
            shelf: [].into(),
            deltas: vec![],
            excerpt: None,
        };
        files::put_manifest(folder.path(), &written)?;
        assert!(files::read_manifest(&path).is_err(), "{url}");
    }
    Ok(())
}

#[test]
fn the_shelf_has_the_documented_shape() -> Result<()> {
    let (_, catalogue, texts) = compiled()?;
    let texts = texts.iter().find(|texts| texts.language == "zh").context("a language")?;
    let written: Value = serde_json::to_value(shelf::of(&catalogue, texts, None))?;
    insta::assert_json_snapshot!(written);
    let front: Value = serde_json::to_value(shelf::of(&catalogue, texts, Some(1)))?;
    assert_eq!(front["items"]["id"], serde_json::json!(["tg-1", "ar-1", "ml-1"]));
    assert_eq!(front["sales"], written["sales"]);
    Ok(())
}

#[test]
fn a_newer_feed_becomes_a_delta_and_what_cannot_waits() -> Result<()> {
    let (_, mut catalogue, _) = compiled()?;
    let mut newer = small()?;
    let (same, waiting) = delta::between(&catalogue, &newer, MADE);
    assert!(
        same.stock.is_empty() && same.prices.is_empty() && same.sales.is_empty() && same.hidden.is_empty()
    );
    assert_eq!(waiting, Waiting::default());
    newer.items[0].row.stock[0].left = 1;
    newer.items[1].row.price = 9_000;
    newer.items[3].row.list_price = 50_000;
    newer.sales[0].row.closes = newer.sales[0].row.closes.plus(3_600_000);
    let gone = newer.items.remove(4).row.id;
    let mut fresh = newer.items[0].clone();
    fresh.row.id = "fresh".into();
    newer.items.push(fresh);
    let (change, waiting) = delta::between(&catalogue, &newer, MADE);
    assert_eq!(waiting, Waiting { items: 1, list_prices: 1, ..Waiting::default() });
    catalogue.apply(&change)?;
    let item = |id: &str| catalogue.find_item(id).context("an item");
    assert_eq!(catalogue.stock(item("ar-1")?).next().map(|row| row.left), Some(1));
    assert_eq!(catalogue.price(item("ar-2")?), 9_000);
    assert!(catalogue.is_hidden(item(&gone)?));
    // Once applied, the same feed changes nothing more.
    let (nothing, _) = delta::between(&catalogue, &newer, MADE);
    assert!(nothing.stock.is_empty() && nothing.prices.is_empty() && nothing.hidden.is_empty());
    Ok(())
}

#[test]
fn changes_are_taken_whole_or_refused_by_line() -> Result<()> {
    let (_, catalogue, _) = compiled()?;
    let instant = |_: &str| Ok(Timestamp(1_800_000_000_000));
    let good = "{\"item\":\"ar-1\",\"size\":\"S\",\"left\":2}\n\n{\"item\":\"ar-1\",\"price\":\"150.00\",\"hidden\":true}\n\
                {\"sale\":\"tideglass-1120\",\"closes\":\"2027-01-15\"}\n";
    let taken = delta::from_changes(&catalogue, "changes.jsonl", good, MADE, instant)?;
    assert_eq!((taken.stock.len(), taken.prices.len(), taken.hidden.len(), taken.sales.len()), (1, 1, 1, 1));
    let bad = "{\"item\":\"nowhere\",\"left\":1}\n{\"item\":\"ar-1\",\"left\":1}\n{\"item\":\"ar-1\",\"size\":\"XL\",\"left\":1}\n\
               {\"item\":\"ar-1\",\"price\":\"9999.00\"}\n{\"item\":\"ar-1\"}\n{\"sale\":\"tideglass-1120\",\"price\":\"1\"}\n\
               {\"itme\":\"ar-1\"}\n{}\n{\"item\":\"ar-1\",\"opens\":\"x\"}\n";
    let refused = delta::from_changes(&catalogue, "changes.jsonl", bad, MADE, instant);
    insta::assert_snapshot!(refused.err().map(|error| error.to_string()).unwrap_or_default());
    Ok(())
}

/// The small shop in the evening, served with an excerpt though it is small: no sale is today's any more, and two are open.
fn served(folder: &Path) -> Result<(manifest::Manifest, Catalogue)> {
    let (bytes, catalogue, texts) = build::compile(&small()?, MADE.plus(13 * HOUR), Additions::default())?;
    Ok((build::write(folder, &bytes, &catalogue, &texts, 1)?, catalogue))
}

/// That all goes together, or that one thing does not.
fn assert_agreed(folder: &Path, manifest: &manifest::Manifest, but: Option<&str>) {
    let found = agree::findings(folder, manifest);
    let wrong: Vec<&str> =
        found.iter().filter(|(_, problem)| problem.is_some()).map(|(what, _)| what.as_str()).collect();
    assert_eq!(wrong, but.into_iter().collect::<Vec<_>>(), "{found:?}");
}

#[test]
fn an_excerpt_has_an_item_of_each_sale_with_its_names_and_is_published() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let (written, whole) = served(folder.path())?;
    assert_eq!(files::read_manifest(&folder.path().join(manifest::NAME))?, written);
    let part = written.excerpt.clone().context("an excerpt")?;
    let some = files::catalogue(folder.path(), &part.pack, &part.deltas)?;
    assert_eq!(some.state().to_hex(), part.state);
    assert_eq!(some.sale_count(), whole.sale_count());
    let made = whole.meta().created;
    for sale in (0..whole.sale_count() as u32).map(SaleIndex) {
        let (opens, closes) = whole.sale_times(sale);
        let soon = closes > made && opens < made.plus(DAY);
        let items = whole.sale_items(sale).len();
        assert_eq!(
            some.sale_items(sale).len(),
            if soon { items.div_ceil(5) } else { 0 },
            "{}",
            whole.sale_id(sale)
        );
    }
    let text = |entry: Option<&manifest::FileEntry>| -> Result<(Texts, String)> {
        Texts::read(&std::fs::read(folder.path().join(&entry.context("a text")?.url))?)
    };
    let ((all, of_all), (few, of_few)) = (text(written.text.get("zh"))?, text(part.text.get("zh"))?);
    assert_eq!((of_all, of_few), (written.state.clone(), part.state.clone()));
    assert_eq!(few.sales, all.sales);
    assert_eq!(few.items.len(), some.item_count());
    for item in (0..some.item_count() as u32).map(ItemIndex) {
        let row = whole.find_item(some.item_id(item)).context("of the whole")?.row();
        assert_eq!(few.items.get(item.row()), all.items.get(row));
    }
    assert_agreed(folder.path(), &written, None);
    // Each that is of another pack, or that lacks something, is told.
    let of = part.clone();
    let spoil = |change: &dyn Fn(&mut manifest::Manifest, &mut manifest::Excerpt)| {
        let (mut spoilt, mut part) = (written.clone(), of.clone());
        change(&mut spoilt, &mut part);
        spoilt.excerpt = Some(part);
        spoilt
    };
    let others = spoil(&|whole, part| part.text = whole.text.clone());
    assert_agreed(folder.path(), &others, Some("text (of the excerpt)"));
    let others = spoil(&|whole, part| whole.text = part.text.clone());
    assert_agreed(folder.path(), &others, Some("text (of the pack)"));
    let swapped = spoil(&|whole, _| {
        let mut files = whole.text.values().rev().cloned().collect::<Vec<_>>().into_iter();
        whole.text.values_mut().for_each(|file| *file = files.next().expect("as many"));
    });
    assert_agreed(folder.path(), &swapped, Some("text (of the pack)"));
    let missing = spoil(&|_, part| part.text.retain(|language, _| language == "en"));
    assert_agreed(folder.path(), &missing, Some("text (of the excerpt)"));
    let other = tempfile::tempdir()?;
    let later = build::compile(&small()?, MADE.plus(14 * HOUR), Additions::default())?;
    let elsewhere =
        build::write(other.path(), &later.0, &later.1, &later.2, 1)?.excerpt.context("an excerpt")?;
    for file in std::iter::once(&elsewhere.pack).chain(elsewhere.text.values()) {
        std::fs::copy(other.path().join(&file.url), folder.path().join(&file.url))?;
    }
    let foreign = spoil(&|_, part| *part = elsewhere.clone());
    assert_agreed(folder.path(), &foreign, Some("excerpt (of the pack)"));

    let list = list::List::read(&folder.path().join(list::NAME))?;
    assert!(list.place(&part.pack.sha256).is_some(), "it is in the list of packs");
    Ok(())
}

#[test]
fn what_changes_during_the_day_changes_in_the_excerpt_too() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let (mut written, mut whole) = served(folder.path())?;
    let part = written.excerpt.as_mut().context("an excerpt")?;
    let excerpted = files::catalogue(folder.path(), &part.pack, &[])?;
    let id = excerpted.item_id(ItemIndex(0)).to_owned();
    let of = whole.find_item(&id).context("of the whole")?;
    let size = whole.stock(of).next().context("a size")?.size.to_owned();
    let other = (0..whole.item_count() as u32)
        .map(ItemIndex)
        .find(|item| excerpted.find_item(whole.item_id(*item)).is_none());
    let other = whole.item_id(other.context("an item that is not in it")?).to_owned();
    let sale = whole.sale_id(SaleIndex(0)).to_owned();
    let read = |text: &str| feeds::clock::instant(text, &jiff::tz::TimeZone::UTC);
    let days = [
        format!("{{\"item\":\"{other}\",\"hidden\":true}}"),
        format!(
            "{{\"item\":\"{id}\",\"size\":\"{size}\",\"left\":0}}\n{{\"item\":\"{id}\",\"price\":\"1\"}}"
        ),
        format!(
            "{{\"item\":\"{id}\",\"hidden\":true}}\n{{\"sale\":\"{sale}\",\"closes\":\"2027-01-01T00:00\"}}"
        ),
    ];
    for day in days {
        let change = delta::from_changes(&whole, "day.jsonl", &day, MADE, read)?;
        excerpt::follow(folder.path(), part, &change, &whole)?;
        whole.apply(&change)?;
    }
    assert_eq!(part.deltas.len(), 2, "what it does not have changes nothing of it");
    let now = files::catalogue(folder.path(), &part.pack, &part.deltas)?;
    assert_eq!(part.deltas.last().context("a delta")?.to, now.state().to_hex());
    let of = now.find_item(&id).context("still there")?;
    assert!(now.is_hidden(of) && now.price(of) == 100);
    assert_eq!(now.stock(of).next().map(|stock| stock.left), Some(0));
    assert_eq!(now.sale_times(SaleIndex(0)), whole.sale_times(SaleIndex(0)));
    for file in written.files() {
        assert_eq!(files::difference(folder.path(), file), None);
    }
    // Every state that was published is found again by itself, once the list names it.
    files::put_manifest(folder.path(), &written)?;
    let part = written.excerpt.as_ref().context("an excerpt")?;
    let states = part.deltas.iter().map(|delta| delta.to.as_str());
    for (deltas, state) in std::iter::once(part.state.as_str()).chain(states).enumerate() {
        let (pack, found) = files::of_state(folder.path(), state)?;
        assert_eq!(found.len(), deltas);
        assert_eq!(packs::catalogue(&pack, found)?.state().to_hex(), state);
    }
    assert!(files::of_state(folder.path(), &"0".repeat(64)).is_err());
    // Deltas of the one that the other has not.
    if let Some(part) = written.excerpt.as_mut() {
        part.deltas.pop();
    }
    assert_agreed(folder.path(), &written, Some("excerpt (of the pack)"));
    Ok(())
}

#[test]
fn an_excerpt_has_all_of_todays_new_and_is_no_second_pack() -> Result<()> {
    let feed = small()?;
    for (hours, todays) in [(0, None), (-46, Some("tideglass-1120"))] {
        let folder = tempfile::tempdir()?;
        let (bytes, catalogue, texts) = build::compile(&feed, MADE.plus(hours * HOUR), Additions::default())?;
        let written = build::write(folder.path(), &bytes, &catalogue, &texts, 1)?;
        // At the opening of the largest sale it would be most of the pack.
        assert_eq!(written.excerpt.is_some(), todays.is_some());
        let (Some(part), Some(id)) = (written.excerpt, todays) else { continue };
        let some = files::catalogue(folder.path(), &part.pack, &part.deltas)?;
        let sale = some.find_sale(id).context("a sale")?;
        assert_eq!(some.sale_items(sale).len(), catalogue.sale_items(sale).len());
        assert_eq!(some.item_count(), some.sale_items(sale).len(), "the others are not open yet");
    }
    Ok(())
}
