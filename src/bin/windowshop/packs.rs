//! Packs and deltas from files, opened as a tab would open them.

use anyhow::{Context, Result};
use std::path::{Path, PathBuf};
use windowshop::catalogue::delta::Delta;
use windowshop::catalogue::{AlignedBytes, Catalogue, Pack};
use windowshop::engine::Engine;

fn read(path: &Path) -> Result<Vec<u8>> {
    std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))
}

fn refused(path: &Path) -> String {
    format!("{} is refused", path.display())
}

/// A pack.
pub(crate) fn pack(path: &Path) -> Result<Pack> {
    Pack::open(AlignedBytes::copy_of(&read(path)?)).with_context(|| refused(path))
}

/// A delta.
pub(crate) fn delta(path: &Path) -> Result<Delta> {
    Delta::from_bytes(&read(path)?).with_context(|| refused(path))
}

/// What is on sale by a pack and the deltas on top of it.
pub(crate) fn catalogue(path: &Path, deltas: impl IntoIterator<Item = PathBuf>) -> Result<Catalogue> {
    let mut catalogue = Catalogue::new(pack(path)?);
    for path in deltas {
        catalogue.apply(&delta(&path)?).with_context(|| refused(&path))?;
    }
    Ok(catalogue)
}

/// An engine with a pack and the deltas on top of it.
pub(crate) fn open(pack: &Path, deltas: &[PathBuf]) -> Result<Engine> {
    let bytes = AlignedBytes::copy_of(&read(pack)?);
    let mut engine = Engine::open(bytes, 0).with_context(|| refused(pack))?;
    for delta in deltas {
        engine.apply_delta(&read(delta)?).with_context(|| refused(delta))?;
    }
    Ok(engine)
}
