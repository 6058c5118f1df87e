//! Whether what a manifest names goes together: texts with their packs, and the excerpt with the pack that it is of.
//!
//! That each file is the one that is named is `files`' to say. Here files are opened and compared.

use super::files;
use super::manifest::{FileEntry, Manifest, Part};
use crate::feeds::Texts;
use anyhow::{Context, Result, ensure};
use std::path::Path;
use windowshop::base::ids::{ItemIndex, SaleIndex};
use windowshop::catalogue::{Catalogue, excerpt};

/// What was compared, and what is wrong with it where something is.
pub(crate) fn findings(folder: &Path, manifest: &Manifest) -> Vec<(String, Option<String>)> {
    let told = |what: String, result: Result<()>| (what, result.err().map(|error| format!("{error:#}")));
    let (mut findings, mut opened) = (Vec::new(), Vec::new());
    for part in manifest.parts() {
        let goes = files::catalogue(folder, part.pack, part.deltas).and_then(|catalogue| {
            let goes = goes_with(folder, &part, &manifest.languages, &catalogue);
            opened.push(catalogue);
            goes
        });
        findings.push(told(format!("text (of the {})", part.kind), goes));
    }
    if let (Some(of), [whole, some]) = (&manifest.excerpt, opened.as_slice()) {
        findings.push(told("excerpt (of the pack)".into(), is_excerpt(folder, &of.pack, whole, some)));
    }
    findings
}

/// Whether a pack has its text in every language, its deltas one after the other, and nobody else's.
fn goes_with(folder: &Path, part: &Part<'_>, languages: &[String], catalogue: &Catalogue) -> Result<()> {
    let items = catalogue.item_count();
    ensure!(
        part.text.keys().all(|of| languages.contains(of)),
        "there is text in a language that is not named"
    );
    for language in languages {
        let file = part.text.get(language).with_context(|| format!("there is no text in {language}"))?;
        let bytes =
            std::fs::read(folder.join(&file.url)).with_context(|| format!("cannot read {}", file.url))?;
        let (text, of) = Texts::read(&bytes).with_context(|| format!("{} is no text", file.url))?;
        ensure!(of == part.state, "{} is of the state {of}, the pack's is {}", file.url, part.state);
        let own = &text.language;
        ensure!(own == language, "{} is in {own}, and is named as in {language}", file.url);
        for (kind, names, rows) in [
            ("items", text.items.len(), items),
            ("brands", text.brands.len(), catalogue.brand_count()),
            ("categories", text.categories.len(), catalogue.category_count()),
            ("sales", text.sales.len(), catalogue.sale_count()),
        ] {
            ensure!(names == rows, "{} has {names} names for {rows} {kind}", file.url);
        }
    }
    let mut at = part.state;
    for delta in part.deltas {
        ensure!(delta.from == at, "{} goes on from {}, and comes after {at}", delta.file.url, delta.from);
        at = &delta.to;
    }
    let state = catalogue.state().to_hex();
    ensure!(state == at, "the deltas lead to {state}, and {at} is named");
    Ok(())
}

/// Whether a pack is another with fewer items and nothing else, when it was made and as deltas have made both since.
fn is_excerpt(folder: &Path, pack: &FileEntry, whole: &Catalogue, some: &Catalogue) -> Result<()> {
    let bytes = std::fs::read(folder.join(&pack.url)).with_context(|| format!("cannot read {}", pack.url))?;
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
            facts(whole, of) == facts(some, item),
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
