//! Packs and deltas from files, opened as a tab would open them.

use anyhow::Context;
use std::path::{Path, PathBuf};
use windowshop::catalogue::AlignedBytes;
use windowshop::engine::Engine;

/// An engine with a pack and the deltas on top of it.
pub(crate) fn open(pack: &Path, deltas: &[PathBuf]) -> anyhow::Result<Engine> {
    let read = |path: &Path| std::fs::read(path).with_context(|| format!("cannot read {}", path.display()));
    let bytes = AlignedBytes::copy_of(&read(pack)?);
    let mut engine = Engine::open(bytes, 0).with_context(|| format!("{} is refused", pack.display()))?;
    for delta in deltas {
        engine.apply_delta(&read(delta)?).with_context(|| format!("{} is refused", delta.display()))?;
    }
    Ok(engine)
}
