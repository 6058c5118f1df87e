//! Looks at the folders now and then, and takes up a new pack or a new storefront as soon as it is whole.
//!
//! A pack's manifest is written last, and so is the storefront's `index.html`: when either changes everything is
//! read anew, as it is when `heard.json` does. What cannot be read changes nothing; the old goes on being served, and a warning says why.
//! It is looked at a few times more, for a file of it may still be on its way; what the database alone stands against is tried
//! until it no longer does.

use super::checkout::Checkout;
use super::checkout::prices::Prices;
use super::files::Files;
use super::questionnaire::Questionnaire;
use super::{Settings, Shared, heard, limits};
use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;
use windowshop::catalogue::{AlignedBytes, Catalogue, Pack};

/// The folders that are looked at.
pub(super) struct Folders {
    pub(super) site: Option<PathBuf>,
    pub(super) packs: PathBuf,
}

/// When the files that are written last were written, and how long they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct State([Option<(SystemTime, u64)>; 3]);

impl State {
    fn of(site: Option<&Path>, packs: &Path) -> Self {
        let last = |path: PathBuf| {
            let facts = std::fs::metadata(path).ok()?;
            Some((facts.modified().ok()?, facts.len()))
        };
        Self([
            site.and_then(|site| last(site.join("index.html"))),
            last(packs.join("pack.json")),
            last(packs.join("heard.json")),
        ])
    }
}

/// What the endpoint reads of a pack's manifest: which file is the pack.
#[derive(Deserialize)]
struct Manifest {
    pack: Named,
}

#[derive(Deserialize)]
struct Named {
    url: String,
}

/// Looks whether every file that a manifest names is there, as it says.
fn check_named(manifest: &Value, files: &Files) -> Result<()> {
    if let (Some(Value::String(url)), Some(Value::String(sha256))) =
        (manifest.get("url"), manifest.get("sha256"))
    {
        let file = files.find(&format!("/v1/{url}"));
        let file = file.with_context(|| format!("pack.json names {url:?}, which is not there"))?;
        let found = file.digest().to_hex();
        ensure!(found == *sha256, "{url} has SHA-256 {found}, and pack.json says {sha256}");
    }
    match manifest {
        Value::Array(all) => all.iter().try_for_each(|one| check_named(one, files)),
        Value::Object(all) => all.values().try_for_each(|one| check_named(one, files)),
        _ => Ok(()),
    }
}

/// Reads both folders, and the pack's questions into the questionnaire.
pub(super) fn read(
    settings: &Settings,
    known: &Files,
    questionnaire: &mut Questionnaire,
) -> Result<(Files, State)> {
    read_folders(settings.site.as_deref(), &settings.packs, known, questionnaire)
}

fn read_folders(
    site: Option<&Path>,
    packs: &Path,
    known: &Files,
    questionnaire: &mut Questionnaire,
) -> Result<(Files, State)> {
    // Looked at first: what changes while it is read is read again.
    let state = State::of(site, packs);
    let files = Files::read(site, packs, known)?;
    let manifest = files.find("/v1/pack.json").with_context(|| {
        format!("{} holds no pack.json; `windowshop pack build` makes one", packs.display())
    })?;
    let named: Value = serde_json::from_slice(manifest.plain()).context("pack.json is not a manifest")?;
    let manifest = Manifest::deserialize(&named).context("pack.json is not a manifest")?;
    let name = manifest.pack.url;
    let file = files
        .find(&format!("/v1/{name}"))
        .with_context(|| format!("pack.json names {name:?}, which is not there"))?;
    let pack = Pack::open(AlignedBytes::copy_of(file.plain()))
        .with_context(|| format!("{name} cannot be served"))?;
    questionnaire.add(&Catalogue::new(pack)).with_context(|| format!("{name} cannot be served"))?;
    check_named(&named, &files)?;
    heard::read(&files)?;
    if let Some(site) = site.filter(|_| files.find("/").is_none()) {
        tracing::warn!("{} holds no index.html: nobody sees a page at /", site.display());
    }
    Ok((files, state))
}

/// Why what was found is not served.
enum Trouble {
    /// It cannot be read, or not yet: a file that is named may still be on its way.
    Unreadable(anyhow::Error),
    /// What has to be kept of it cannot be.
    Store(anyhow::Error),
}

/// Looks for changes until it is dropped.
pub(super) async fn watch(folders: Folders, shared: Arc<Shared>, mut state: State) {
    let folders = Arc::new(folders);
    // What could not be taken up, and how often it was looked at.
    let mut refused: Option<(State, u32)> = None;
    loop {
        tokio::time::sleep(limits::LOOK_EVERY).await;
        let found = State::of(folders.site.as_deref(), &folders.packs);
        let looks = refused.as_ref().filter(|(of, _)| *of == found).map_or(0, |(_, looks)| *looks);
        if found == state || looks >= limits::LOOKS {
            continue;
        }
        match take_up(&folders, &shared).await {
            Ok(read_state) => {
                // Who was warned is told that it is over.
                if refused.take().is_some() {
                    tracing::warn!("what could not be taken up before is served now");
                } else {
                    tracing::info!("what is served has changed");
                }
                state = read_state;
            }
            // The warning comes once.
            Err(Trouble::Unreadable(error)) => {
                if looks == 0 {
                    tracing::warn!("what is served stays as it was: {error:#}");
                }
                refused = Some((found, looks + 1));
            }
            Err(Trouble::Store(error)) => {
                if looks == 0 {
                    tracing::warn!("a new pack is not served yet, and is tried again until it is: {error:#}");
                }
                refused = Some((found, looks.max(1)));
            }
        }
    }
}

/// Reads the folders and serves what is there; what it was read of.
async fn take_up(folders: &Arc<Folders>, shared: &Arc<Shared>) -> Result<State, Trouble> {
    let (known, mut questionnaire) = (shared.files(), Questionnaire::clone(&shared.questionnaire()));
    let at = Arc::clone(folders);
    let before = shared.checkout.as_ref().map(Checkout::prices);
    let read = tokio::task::spawn_blocking(move || {
        let (files, state) = read_folders(at.site.as_deref(), &at.packs, &known, &mut questionnaire)?;
        let prices = before.map(|before| Prices::read(&files, Some(&*before))).transpose()?;
        anyhow::Ok((files, state, questionnaire, prices))
    });
    let read = read.await.map_err(|error| Trouble::Unreadable(error.into()))?;
    let (files, state, questionnaire, prices) = read.map_err(Trouble::Unreadable)?;
    let kept = shared.store.keep_editions(&questionnaire.editions()).await;
    kept.context("its questions cannot be kept").map_err(Trouble::Store)?;
    if let Some((checkout, prices)) = shared.checkout.as_ref().zip(prices) {
        let replaced = checkout.replace(prices).await;
        replaced.context("its campaigns cannot be kept").map_err(Trouble::Store)?;
    }
    shared.replace(files, questionnaire);
    Ok(state)
}
