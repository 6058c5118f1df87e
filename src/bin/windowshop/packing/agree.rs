//! Whether what a manifest names goes together: texts with their packs, and the excerpt with the pack that it is of.
//!
//! That each file is the one that is named is `files`' to say. Here files are opened and compared.

use super::files;
use super::manifest::{DeltaEntry, FileEntry, Manifest};
use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;
use windowshop::base::ids::{ItemIndex, SaleIndex};
use windowshop::catalogue::{Catalogue, excerpt};

/// What of a text says which pack it is of.
#[derive(Deserialize)]
struct Named {
    pack: String,
    items: Vec<String>,
}

/// A pack that a manifest names, and what belongs to it.
struct Part<'a> {
    state: &'a str,
    pack: &'a FileEntry,
    text: &'a BTreeMap<String, FileEntry>,
    deltas: &'a [DeltaEntry],
}

/// What was compared, and what is wrong with it where something is.
pub(crate) fn findings(folder: &Path, manifest: &Manifest) -> Vec<(String, Option<String>)> {
    let told =
        |what: &str, result: Result<()>| (what.to_owned(), result.err().map(|error| format!("{error:#}")));
    let Manifest { state, pack, text, deltas, .. } = manifest;
    let whole = Part { state, pack, text, deltas };
    let mut findings = vec![told("text (of the pack)", goes_with(folder, &whole, &manifest.languages))];
    if let Some(of) = &manifest.excerpt {
        let some = Part { state: &of.state, pack: &of.pack, text: &of.text, deltas: &of.deltas };
        findings.push(told("text (of the excerpt)", goes_with(folder, &some, &manifest.languages)));
        findings.push(told("excerpt (of the pack)", is_excerpt(folder, &whole, &some)));
    }
    findings
}

/// Whether a pack has its text in every language, its deltas one after the other, and nobody else's.
fn goes_with(folder: &Path, part: &Part<'_>, languages: &[String]) -> Result<()> {
    let items = files::catalogue(folder, part.pack, &[])?.item_count();
    ensure!(
        part.text.keys().all(|of| languages.contains(of)),
        "there is text in a language that is not named"
    );
    for language in languages {
        let file = part.text.get(language).with_context(|| format!("there is no text in {language}"))?;
        let bytes =
            std::fs::read(folder.join(&file.url)).with_context(|| format!("cannot read {}", file.url))?;
        let text: Named =
            serde_json::from_slice(&bytes).with_context(|| format!("{} is no text", file.url))?;
        let of = &text.pack;
        ensure!(of == part.state, "{} is of the state {of}, the pack's is {}", file.url, part.state);
        ensure!(text.items.len() == items, "{} has {} names for {items} items", file.url, text.items.len());
    }
    let mut at = part.state;
    for delta in part.deltas {
        ensure!(delta.from == at, "{} goes on from {}, and comes after {at}", delta.file.url, delta.from);
        at = &delta.to;
    }
    let state = files::catalogue(folder, part.pack, part.deltas)?.state().to_hex();
    ensure!(state == at, "the deltas lead to {state}, and {at} is named");
    Ok(())
}

/// Whether a pack is another with fewer items and nothing else, when it was made and as deltas have made both since.
fn is_excerpt(folder: &Path, whole: &Part<'_>, some: &Part<'_>) -> Result<()> {
    let bytes = std::fs::read(folder.join(&some.pack.url))
        .with_context(|| format!("cannot read {}", some.pack.url))?;
    let [whole, some] = [
        files::catalogue(folder, whole.pack, whole.deltas)?,
        files::catalogue(folder, some.pack, some.deltas)?,
    ];
    let taken = |item: ItemIndex| some.find_item(whole.item_id(item)).is_some();
    ensure!(
        excerpt(whole.pack(), taken) == bytes,
        "it is not the pack with fewer items: something else differs"
    );
    for sale in (0..whole.sale_count() as u32).map(SaleIndex) {
        let id = whole.sale_id(sale);
        ensure!(
            whole.sale_times(sale) == some.sale_times(sale),
            "after the deltas sale {id} has other times"
        );
    }
    for item in (0..some.item_count() as u32).map(ItemIndex) {
        let id = some.item_id(item);
        let of = whole.find_item(id).with_context(|| format!("the pack has no item {id}"))?;
        ensure!(
            facts(&whole, of) == facts(&some, item),
            "after the deltas item {id} is another than the pack's"
        );
    }
    Ok(())
}

/// What deltas change of an item.
fn facts(catalogue: &Catalogue, item: ItemIndex) -> (i64, bool, Vec<u32>) {
    let left = catalogue.stock(item).map(|stock| stock.left);
    (catalogue.price(item), catalogue.is_hidden(item), left.collect())
}
