//! Writes files named by their content, and checks them against a manifest.

use super::list::List;
use super::manifest::{self, DeltaEntry, FileEntry, Manifest};
use super::{compress, list};
use crate::packs;
use anyhow::{Context, Result};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use windowshop::base::digest::Digest;
use windowshop::catalogue::Catalogue;

/// Hex digits of the SHA-256 that a file's name carries.
const NAME_DIGITS: usize = 16;

/// Writes bytes into `folder` as `<stem>-<hash>.<ending>`.
pub(crate) fn put(folder: &Path, stem: &str, ending: &str, bytes: &[u8]) -> Result<FileEntry> {
    let sha256 = Digest::of(bytes).to_hex();
    let url = name(stem, ending, &sha256);
    replace(&folder.join(&url), bytes)?;
    Ok(FileEntry { url, bytes: bytes.len() as u64, sha256 })
}

/// The name that [`put`] gives to what has this SHA-256.
pub(crate) fn name(stem: &str, ending: &str, sha256: &str) -> String {
    format!("{stem}-{}.{ending}", sha256.get(..NAME_DIGITS).unwrap_or(sha256))
}

/// Writes a file whole or not at all: beside its place, then moved into it.
pub(crate) fn replace(path: &Path, bytes: &[u8]) -> Result<()> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".part");
    std::fs::write(&beside, bytes).with_context(|| format!("cannot write {}", path.display()))?;
    std::fs::rename(&beside, path).with_context(|| format!("cannot write {}", path.display()))
}

/// Writes the manifest; the last step, so that it never names a file that is not there yet, nor one that the list of
/// packs does not have.
pub(crate) fn put_manifest(folder: &Path, manifest: &Manifest) -> Result<()> {
    list::publish(folder, manifest)?;
    let mut text = serde_json::to_string_pretty(manifest)?;
    text.push('\n');
    replace(&folder.join(manifest::NAME), text.as_bytes())
}

/// Takes away files of earlier builds: those named as [`put`] names them that none of `kept` names. Files with
/// any other name are somebody else's and stay.
pub(crate) fn clear(folder: &Path, kept: &[Option<&Manifest>]) -> Result<()> {
    let kept: BTreeSet<&str> =
        kept.iter().flatten().flat_map(|manifest| manifest.files()).map(|file| file.url.as_str()).collect();
    let entries = std::fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    for entry in entries {
        let path = entry?.path();
        let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        // A compressed form goes with its file.
        let plain = name.strip_suffix(compress::ENDING).unwrap_or(&name);
        if is_ours(plain) && !kept.contains(plain) && path.is_file() {
            std::fs::remove_file(&path).with_context(|| format!("cannot take away {}", path.display()))?;
        }
    }
    Ok(())
}

/// The pack of a folder and the deltas on top of it that make a state, by the list of all that was published there.
///
/// # Errors
/// Where the list names no such state, or a file that it names cannot be read.
pub(crate) fn of_state(folder: &Path, state: &str) -> Result<(PathBuf, Vec<PathBuf>)> {
    let path = folder.join(list::NAME);
    let list = List::read(&path)?;
    let (mut state, mut deltas) = (state.to_owned(), Vec::new());
    loop {
        let (kind, sha256) = list.of_state(&state).with_context(|| {
            format!(
                "{} names nothing with the state {state}: the record is of another shop, or of a pack that was cleared",
                path.display()
            )
        })?;
        let ending = if kind == "delta" { "wsdelta" } else { "wspack" };
        let file = folder.join(name(kind, ending, sha256));
        if kind != "delta" || deltas.len() == list.len() {
            deltas.reverse();
            return Ok((file, deltas));
        }
        state = Digest(packs::delta(&file)?.applies_to).to_hex();
        deltas.push(file);
    }
}

/// Whether a name is one that [`put`] gives: a known stem, a hash and its ending.
fn is_ours(name: &str) -> bool {
    let Some((stem, ending)) = name.rsplit_once('.') else { return false };
    let Some((stem, hash)) = stem.rsplit_once('-') else { return false };
    let known = match ending {
        "wspack" => matches!(stem, "pack" | "excerpt"),
        "wsdelta" => stem == "delta",
        "txt" => stem.starts_with("text-"),
        // Texts were JSON once: an earlier build's are taken away too.
        "json" => ["text-", "front-", "shelf-"].iter().any(|kind| stem.starts_with(kind)),
        _ => false,
    };
    known && hash.len() == NAME_DIGITS && hash.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

/// Reads a manifest.
pub(crate) fn read_manifest(path: &Path) -> Result<Manifest> {
    let bytes = std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    let manifest: Manifest =
        serde_json::from_slice(&bytes).with_context(|| format!("{} is not a manifest", path.display()))?;
    anyhow::ensure!(
        manifest.format == manifest::FORMAT,
        "{} has format {}, this command reads {}",
        path.display(),
        manifest.format,
        manifest::FORMAT
    );
    for file in manifest.files() {
        anyhow::ensure!(
            !file.url.is_empty() && !file.url.contains(['/', '\\', ':']) && !file.url.starts_with('.'),
            "{} names {:?}, which is not a file beside it",
            path.display(),
            file.url
        );
    }
    Ok(manifest)
}

/// Opens a pack that a manifest names, as its deltas make it.
pub(crate) fn catalogue(folder: &Path, pack: &FileEntry, deltas: &[DeltaEntry]) -> Result<Catalogue> {
    packs::catalogue(&folder.join(&pack.url), deltas.iter().map(|delta| folder.join(&delta.file.url)))
}

/// What is wrong with a file beside its manifest; `None` where it is the one named.
pub(crate) fn difference(folder: &Path, entry: &FileEntry) -> Option<String> {
    match std::fs::read(folder.join(&entry.url)) {
        Err(error) => Some(format!("cannot be read: {error}")),
        Ok(bytes) if bytes.len() as u64 != entry.bytes => {
            Some(format!("has {} bytes, the manifest says {}", bytes.len(), entry.bytes))
        }
        Ok(bytes) => {
            let found = Digest::of(&bytes).to_hex();
            (found != entry.sha256)
                .then(|| format!("has SHA-256 {found}, the manifest says {}", entry.sha256))
        }
    }
}
