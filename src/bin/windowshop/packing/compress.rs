//! Compresses what a manifest names, once and as well as brotli can, for whoever serves it.
//!
//! A pack is fetched by every shopper of a day, so what takes half a minute here is saved by each of them. `name.br` beside `name` is
//! what nginx (`brotli_static`), Caddy (`precompressed`) and `windowshop serve` send in its place.

use super::files;
use super::manifest::FileEntry;
use anyhow::{Context, Result};
use brotli::enc::BrotliEncoderParams;
use std::io::Read as _;
use std::path::{Path, PathBuf};

/// The ending that is added to a file's name.
pub(crate) const ENDING: &str = ".br";

/// Where the compressed form of a file lies.
pub(crate) fn beside(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ENDING);
    name.into()
}

/// The compressed form of a file's bytes, where it lies beside the file and is that; what is damaged or of other bytes is none.
pub(crate) fn found(path: &Path, bytes: &[u8]) -> Option<Vec<u8>> {
    let packed = std::fs::read(beside(path)).ok()?;
    let mut unpacked = Vec::with_capacity(bytes.len());
    // One byte more would tell it from the file's, and what would unpack to far more is not unpacked further.
    let most = bytes.len() as u64 + 1;
    brotli::Decompressor::new(packed.as_slice(), 1 << 16).take(most).read_to_end(&mut unpacked).ok()?;
    (unpacked == bytes).then_some(packed)
}

/// Compresses a file of a manifest, unless that was done; its bytes then. Nothing where it would not be smaller.
pub(crate) fn compress(folder: &Path, entry: &FileEntry) -> Result<Option<usize>> {
    let path = folder.join(&entry.url);
    let bytes = std::fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
    if let Some(packed) = found(&path, &bytes) {
        return Ok(Some(packed.len()));
    }
    let mut packed = Vec::new();
    // The best effort, and the largest window that browsers take (RFC 7932 §9.1).
    let parameters =
        BrotliEncoderParams { quality: 11, lgwin: 24, size_hint: bytes.len(), ..Default::default() };
    brotli::BrotliCompress(&mut bytes.as_slice(), &mut packed, &parameters)
        .with_context(|| format!("cannot compress {}", path.display()))?;
    if packed.len() >= bytes.len() {
        return Ok(None);
    }
    files::replace(&beside(&path), &packed)?;
    Ok(Some(packed.len()))
}
