//! What carts cost: the pack that is served with its deltas, and the ones before it for tabs that still hold them. Those before
//! are remembered, and at the start taken from the list of what was published, as far as their files still lie there.

use crate::endpoint::files::Files;
use crate::packing::manifest::Manifest;
use crate::packing::{files as names, list};
use anyhow::{Context, Result};
use std::sync::Arc;
use windowshop::base::digest::Digest;
use windowshop::catalogue::AlignedBytes;
use windowshop::catalogue::delta::Delta;
use windowshop::engine::{Engine, PromotionLimits};

/// Packs that are kept besides the one that is served: a tab that has been open for long loads the next one soon.
const PACKS_BEFORE: usize = 2;

/// A pack and its deltas, as files.
#[derive(Clone)]
struct Source {
    pack: Arc<[u8]>,
    deltas: Vec<Arc<[u8]>>,
}

/// Prices of one moment, and what is needed to tell those of a moment before.
pub(in crate::endpoint) struct Prices {
    engine: Engine,
    state: String,
    /// The newest first; the first is the one served.
    sources: Vec<Source>,
}

impl Prices {
    /// Reads the manifest and what it names from the files that are served.
    ///
    /// # Errors
    /// Where the manifest, the pack or a delta cannot be read.
    pub(in crate::endpoint) fn read(files: &Files, before: Option<&Self>) -> Result<Self> {
        let plain = |name: &str| -> Result<Arc<[u8]>> {
            let file = files.find(&format!("/v1/{name}"));
            Ok(file.with_context(|| format!("{name} is not among the packs"))?.plain().into())
        };
        let manifest: Manifest =
            serde_json::from_slice(&plain("pack.json")?).context("pack.json is not a manifest")?;
        let deltas = manifest.deltas.iter().map(|delta| plain(&delta.file.url)).collect::<Result<_>>()?;
        let source = Source { pack: plain(&manifest.pack.url)?, deltas };
        let (engine, _) = source.replay(|_| false)?;
        let state = engine.catalogue().state().to_hex();
        let earlier = before.map_or_else(|| published(files), |before| before.sources.clone());
        let earlier = earlier.into_iter().filter(|earlier| earlier.pack != source.pack).take(PACKS_BEFORE);
        let earlier: Vec<Source> = earlier.collect();
        let sources = std::iter::once(source).chain(earlier).collect();
        Ok(Self { engine, state, sources })
    }

    /// The engine, as everybody's tab has it now.
    pub(in crate::endpoint) fn engine(&self) -> &Engine {
        &self.engine
    }

    /// The state that is served, in hex.
    pub(in crate::endpoint) fn state(&self) -> &str {
        &self.state
    }

    /// The engine in a state that was served before; `None` where it is not known any more.
    ///
    /// # Errors
    /// Where a pack that was served cannot be read again.
    pub(in crate::endpoint) fn engine_of(&self, state: &str) -> Result<Option<Engine>> {
        for source in &self.sources {
            let (engine, found) = source.replay(|engine| engine.catalogue().state().to_hex() == state)?;
            if found {
                return Ok(Some(engine));
            }
        }
        Ok(None)
    }

    /// The promotions with their limits.
    pub(in crate::endpoint) fn campaigns(&self) -> Vec<PromotionLimits> {
        self.engine.promotion_limits()
    }
}

/// The packs that were published in the folder and still lie there, the newest first, each with what was published of its
/// deltas. Where the list is not there, or not whole, nobody knows of any; what cannot be opened is passed over.
fn published(files: &Files) -> Vec<Source> {
    let Some(text) = files.find(&format!("/v1/{}", list::NAME)) else { return Vec::new() };
    let text = String::from_utf8_lossy(text.plain());
    let list = match list::List::parse(&text) {
        Ok(list) => list,
        Err(error) => {
            tracing::warn!("packs of before are not known: {} is off: {error:#}", list::NAME);
            return Vec::new();
        }
    };
    let found = |stem: &str, ending: &str, sha256: &str| -> Option<Arc<[u8]>> {
        let file = files.find(&format!("/v1/{}", names::name(stem, ending, sha256)))?;
        (Digest::of(file.plain()).to_hex() == sha256).then(|| file.plain().into())
    };
    let lines: Vec<(&str, &str, &str)> = list.published().collect();
    let packs = lines.iter().enumerate().rev().filter(|(_, (kind, ..))| *kind == "pack");
    let source = |(place, (_, state, sha256)): (usize, &(&str, &str, &str))| {
        let pack = found("pack", "wspack", sha256)?;
        let (mut state, mut deltas) = ((*state).to_owned(), Vec::new());
        // Deltas of excerpts and of other packs apply to other states.
        for (_, to, sha256) in lines.iter().skip(place + 1).filter(|(kind, ..)| *kind == "delta") {
            let Some(bytes) = found("delta", "wsdelta", sha256) else { continue };
            if Delta::from_bytes(&bytes).is_ok_and(|delta| Digest(delta.applies_to).to_hex() == state) {
                deltas.push(bytes);
                (*to).clone_into(&mut state);
            }
        }
        // A pack of an earlier version of this command may be one that it reads no more.
        Some(Source { pack, deltas }).filter(|source| source.replay(|_| false).is_ok())
    };
    packs.filter_map(source).take(PACKS_BEFORE + 1).collect()
}

impl Source {
    /// The engine in the first state that is enough, from the pack's own on, and whether there was one; else in the last.
    fn replay(&self, mut enough: impl FnMut(&Engine) -> bool) -> Result<(Engine, bool)> {
        let mut engine = Engine::open(AlignedBytes::copy_of(&self.pack), 0)?;
        let mut deltas = self.deltas.iter();
        while !enough(&engine) {
            let Some(delta) = deltas.next() else { return Ok((engine, false)) };
            engine.apply_delta(delta)?;
        }
        Ok((engine, true))
    }
}
