//! `pack.json`: which files belong together. The one mutable file, written last.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The layout that this command writes.
pub(crate) const FORMAT: u32 = 1;
/// The manifest's file name.
pub(crate) const NAME: &str = "pack.json";

/// The manifest. Addresses are relative to its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Manifest {
    /// [`FORMAT`].
    pub(crate) format: u32,
    /// When the pack was made, UTC milliseconds.
    pub(crate) made: i64,
    /// State hash of the pack, in hex.
    pub(crate) state: String,
    /// The pack.
    pub(crate) pack: FileEntry,
    /// Languages, the shop's own first.
    pub(crate) languages: Vec<String>,
    /// The text by language: names in the order of the pack's rows.
    pub(crate) text: BTreeMap<String, FileEntry>,
    /// First paint by language: every sale and the first items of each.
    pub(crate) front: BTreeMap<String, FileEntry>,
    /// Every item by language, to show without the engine.
    pub(crate) shelf: BTreeMap<String, FileEntry>,
    /// Deltas since the pack, in the order they apply.
    pub(crate) deltas: Vec<DeltaEntry>,
    /// What may be fetched before the pack, where it is large.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) excerpt: Option<Excerpt>,
}

/// The pack with fewer items, as the manifest names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Excerpt {
    /// State hash of its pack, in hex.
    pub(crate) state: String,
    /// The pack.
    pub(crate) pack: FileEntry,
    /// The text by language, for the languages of the manifest.
    pub(crate) text: BTreeMap<String, FileEntry>,
    /// What the manifest's deltas change of it, in the order they apply.
    pub(crate) deltas: Vec<DeltaEntry>,
}

/// A pack that a manifest names, whole or not, and what belongs to it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Part<'a> {
    /// `pack` or `excerpt`.
    pub(crate) kind: &'static str,
    /// State hash of the pack, in hex.
    pub(crate) state: &'a str,
    /// The pack.
    pub(crate) pack: &'a FileEntry,
    /// The text by language.
    pub(crate) text: &'a BTreeMap<String, FileEntry>,
    /// Deltas since, in the order they apply.
    pub(crate) deltas: &'a [DeltaEntry],
}

/// A file, named by its content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct FileEntry {
    /// The file's name; an address relative to the manifest.
    pub(crate) url: String,
    /// Its length.
    pub(crate) bytes: u64,
    /// Its SHA-256, in hex.
    pub(crate) sha256: String,
}

/// A delta, with the states before and after it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct DeltaEntry {
    /// The file.
    #[serde(flatten)]
    pub(crate) file: FileEntry,
    /// State hash it applies to, in hex.
    pub(crate) from: String,
    /// State hash it leads to, in hex.
    pub(crate) to: String,
    /// When it was made, UTC milliseconds.
    pub(crate) made: i64,
}

impl Manifest {
    /// The pack and, where there is one, its excerpt.
    pub(crate) fn parts(&self) -> impl Iterator<Item = Part<'_>> {
        let Self { state, pack, text, deltas, .. } = self;
        let whole = Part { kind: "pack", state, pack, text, deltas };
        let excerpt = self.excerpt.as_ref().map(|Excerpt { state, pack, text, deltas }| Part {
            kind: "excerpt",
            state,
            pack,
            text,
            deltas,
        });
        std::iter::once(whole).chain(excerpt)
    }

    /// What engines open: the packs and deltas it names, each with what it is, when it was made and its state.
    pub(crate) fn opened(&self) -> impl Iterator<Item = (&'static str, i64, &str, &FileEntry)> {
        self.parts().flat_map(|Part { kind, state, pack, deltas, .. }| {
            let deltas = deltas.iter().map(|delta| ("delta", delta.made, delta.to.as_str(), &delta.file));
            std::iter::once((kind, self.made, state, pack)).chain(deltas)
        })
    }

    /// Every file it names, the pack first.
    pub(crate) fn files(&self) -> Vec<&FileEntry> {
        let companions = [&self.text, &self.front, &self.shelf].into_iter().flat_map(BTreeMap::values);
        let of_excerpt = self.parts().skip(1).flat_map(|Part { pack, text, deltas, .. }| {
            let deltas = deltas.iter().map(|delta| &delta.file);
            std::iter::once(pack).chain(text.values()).chain(deltas)
        });
        std::iter::once(&self.pack)
            .chain(companions)
            .chain(self.deltas.iter().map(|delta| &delta.file))
            .chain(of_excerpt)
            .collect()
    }
}
