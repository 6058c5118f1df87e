//! One answer everywhere: real prefixes fed to the native library, as files from which any other host of the
//! engine can make the same decisions and compare.
//!
//! `pack.wspack` is a pack of a log's items and `decisions.jsonl` one record a line, as `windowshop replay`
//! reads them: request, time, memory and the digest of the decision. A host opens the pack, and for each line
//! erases, imports `memory` under its consent, sets the clock to `now`, asks `request` and takes the decision's
//! digest. The combined digest is the SHA-256 of those digests in hex, each followed by a line feed.

use super::queries;
use super::shop::{self, Tab};
use crate::training::file::{Source, Trained};
use crate::training::learn::learn;
use crate::training::scorer::Protocol;
use anyhow::{Context, Result};
use indicatif::ProgressBar;
use serde::Serialize;
use std::path::{Path, PathBuf};
use windowshop::base::digest::Digest;
use windowshop::engine::DecisionRecord;

/// The pack's file.
pub(crate) const PACK: &str = "pack.wspack";
/// The records' file.
pub(crate) const DECISIONS: &str = "decisions.jsonl";

/// What was decided, and where it lies.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Answer {
    /// The folder with [`PACK`] and [`DECISIONS`].
    pub(crate) out: PathBuf,
    /// How many decisions there are.
    pub(crate) decisions: usize,
    /// State hash of the pack.
    pub(crate) state: String,
    /// SHA-256 of the decisions' digests in hex, each followed by a line feed.
    pub(crate) digest: String,
}

/// Learns from `data/train_sessions.csv.gz`, decides after each prefix of `data/test_queries.csv.gz` and writes
/// pack and records into `out`.
///
/// # Errors
/// Where a file cannot be read or written, or a row is off.
pub(crate) fn decide(data: &Path, out: &Path, progress: &ProgressBar) -> Result<Answer> {
    let queries = queries::read(&data.join("test_queries.csv.gz"))?;
    let learned = learn(&[data.join("train_sessions.csv.gz")], 1, Protocol::default(), progress)?;
    let trained: Trained = learned.trained(Source::Logs);
    let items = &learned.vocabulary.items;
    let pack = shop::pack(&trained, items.by_id().into_iter().map(|item| items.id(item)))?;
    let mut tab = Tab::open(&pack)?;
    let (mut lines, mut digests) = (String::new(), String::new());
    for query in &queries {
        tab.visit(query)?;
        let record: DecisionRecord = tab.record()?;
        lines.push_str(&serde_json::to_string(&record)?);
        lines.push('\n');
        digests.push_str(&record.digest);
        digests.push('\n');
    }
    progress.inc(1);
    std::fs::create_dir_all(out).with_context(|| format!("cannot make {}", out.display()))?;
    for (name, bytes) in [(PACK, pack.as_slice()), (DECISIONS, lines.as_bytes())] {
        let file = out.join(name);
        std::fs::write(&file, bytes).with_context(|| format!("cannot write {}", file.display()))?;
    }
    Ok(Answer {
        out: out.into(),
        decisions: queries.len(),
        state: tab.state(),
        digest: Digest::of(digests.as_bytes()).to_hex(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;
    use windowshop::catalogue::AlignedBytes;
    use windowshop::engine::{Engine, replay};

    #[test]
    fn real_prefixes_get_the_same_decisions_every_time_and_from_their_records() -> Result<()> {
        let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/serenade-small");
        let folder = tempfile::tempdir()?;
        let one = decide(&data, &folder.path().join("one"), &ProgressBar::hidden())?;
        let other = decide(&data, &folder.path().join("other"), &ProgressBar::hidden())?;
        assert_eq!((one.decisions, &one.digest, &one.state), (1_000, &other.digest, &other.state));

        let engine = Engine::open(AlignedBytes::copy_of(&std::fs::read(one.out.join(PACK))?), 7)?;
        let mut different = BTreeSet::new();
        for line in std::fs::read_to_string(one.out.join(DECISIONS))?.lines().step_by(10) {
            let record: DecisionRecord = serde_json::from_str(line)?;
            let replayed = replay(engine.clone(), &record)?;
            assert!(replayed.same_state && replayed.same_decision, "{line}");
            assert_eq!(replayed.decision.entries.len(), 20);
            assert!(replayed.decision.personal);
            different.insert(record.digest);
        }
        assert!(different.len() > 90, "prefixes differ, and so do decisions: {}", different.len());
        Ok(())
    }
}
