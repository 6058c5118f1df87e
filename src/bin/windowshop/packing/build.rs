//! Builds everything a shop serves from a feed.

use super::manifest::{FORMAT, FileEntry, Manifest};
use super::shelf;
use super::{excerpt, files};
use crate::feeds::problem::FeedError;
use crate::feeds::{Feed, Texts, lifetime, questions, variants};
use crate::training::file::Trained;
use anyhow::{Context, Result};
use std::collections::BTreeMap;
use std::path::Path;
use windowshop::base::time::Timestamp;
use windowshop::catalogue::format::Section;
use windowshop::catalogue::input::TrainedInput;
use windowshop::catalogue::{AlignedBytes, Catalogue, Pack, writer};

/// What goes into a pack besides the feed.
#[derive(Debug, Default)]
pub(crate) struct Additions {
    /// What training found.
    pub(crate) trained: TrainedInput,
    /// Sections that other rooms read.
    pub(crate) rooms: Vec<(Section, Vec<u8>)>,
}

impl Additions {
    /// What a feed folder asks shoppers, and what training found.
    pub(crate) fn of(feed: &Path, trained: Option<&Trained>) -> Result<Self> {
        let mut additions = match trained {
            Some(trained) => Self { trained: trained.input(), rooms: trained.rooms()? },
            None => Self::default(),
        };
        additions.rooms.extend(questions::read(feed)?);
        additions.rooms.extend(lifetime::read(feed)?);
        let weights = trained.map(Trained::weights).unwrap_or_default();
        additions.rooms.extend(variants::read(feed, &weights)?);
        Ok(additions)
    }
}

/// Compiles a feed and opens the result, so that no pack is handed out that would be refused.
///
/// # Errors
/// [`FeedError::Refused`] with the feed's line where the writer finds fault.
pub(crate) fn compile(
    feed: &Feed,
    created: Timestamp,
    additions: Additions,
) -> Result<(Vec<u8>, Catalogue, Vec<Texts>)> {
    let (mut input, texts) = feed.input(created, additions.trained)?;
    input.rooms.extend(additions.rooms);
    let bytes = writer::write(&input).map_err(|error| FeedError::Refused(vec![feed.place(&error)]))?;
    let pack = Pack::open(AlignedBytes::copy_of(&bytes)).context("the pack just made does not open")?;
    let catalogue = Catalogue::new(pack);
    windowshop::engine::asked(&catalogue).context("what is asked of shoppers")?;
    Ok((bytes, catalogue, texts))
}

/// Writes the pack, its companions and, last, the manifest into `out`; packs of at least so many items have an excerpt.
pub(crate) fn write(
    out: &Path,
    bytes: &[u8],
    catalogue: &Catalogue,
    texts: &[Texts],
    excerpt_from: usize,
) -> Result<Manifest> {
    let manifest = put_files(out, bytes, catalogue, texts, excerpt_from)?;
    publish(out, &manifest)?;
    Ok(manifest)
}

/// Writes all of it but the manifest, so that nobody asks for it yet.
pub(crate) fn put_files(
    out: &Path,
    bytes: &[u8],
    catalogue: &Catalogue,
    texts: &[Texts],
    excerpt_from: usize,
) -> Result<Manifest> {
    std::fs::create_dir_all(out).with_context(|| format!("cannot make {}", out.display()))?;
    let state = catalogue.state().to_hex();
    let pack = files::put(out, "pack", "wspack", bytes)?;
    let (mut text, mut front, mut full) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    for texts in texts {
        let language = &texts.language;
        let companion =
            |stem: &str, bytes: &[u8]| files::put(out, &format!("{stem}-{language}"), "json", bytes);
        put(&mut text, language, put_text(out, &state, texts)?);
        let written = serde_json::to_vec(&shelf::of(catalogue, texts, Some(shelf::front_items(catalogue))))?;
        put(&mut front, language, companion("front", &written)?);
        let written = serde_json::to_vec(&shelf::of(catalogue, texts, None))?;
        put(&mut full, language, companion("shelf", &written)?);
    }
    let languages = texts.iter().map(|texts| texts.language.clone()).collect();
    let made = catalogue.meta().created.0;
    let large = catalogue.item_count() >= excerpt_from;
    let part = if large { excerpt::write(out, catalogue, texts)? } else { None };
    Ok(Manifest {
        format: FORMAT,
        made,
        state,
        pack,
        languages,
        text,
        front,
        shelf: full,
        deltas: Vec::new(),
        excerpt: part,
    })
}

/// Writes the manifest, whose files are there, and takes away those that neither it nor the one before names.
pub(crate) fn publish(out: &Path, manifest: &Manifest) -> Result<()> {
    // Shoppers who came a minute before still ask for what the manifest named until now.
    let before = out.join(super::manifest::NAME);
    let before = if before.is_file() { files::read_manifest(&before).ok() } else { None };
    files::put_manifest(out, manifest)?;
    files::clear(out, &[Some(manifest), before.as_ref()])
}

/// Writes the names of a pack in one language.
pub(super) fn put_text(out: &Path, pack: &str, texts: &Texts) -> Result<FileEntry> {
    files::put(out, &format!("text-{}", texts.language), "txt", &texts.written(pack)?)
}

fn put(to: &mut BTreeMap<String, FileEntry>, language: &str, entry: FileEntry) {
    to.insert(language.into(), entry);
}
