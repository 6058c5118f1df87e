//! Every case of some files: what each costs, and how many come out as they state.

use crate::cases;
use crate::output::Output;
use anyhow::Context;
use serde_json::{Map, Value, json};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// How many cases of a file that cannot be priced are told one by one.
const TOLD_MAX: usize = 5;

/// Prices every case. Where a case states what it expects and comes out otherwise, that is counted and no error: to see the
/// difference is what the command is for.
pub(super) fn price(paths: &[PathBuf], out: Option<&Path>, output: &Output) -> anyhow::Result<ExitCode> {
    let mut results = Map::new();
    let mut files = Vec::new();
    for path in paths {
        let outcomes = cases::price(path)?;
        // The rest stands with its reason in what is written.
        for (id, reason) in outcomes.refused.iter().take(TOLD_MAX) {
            tracing::warn!("{}: {id} was not priced: {reason}", path.display());
        }
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let (stated, agree) = outcomes.expected;
        let (priced, refused) = (outcomes.results.len() - outcomes.refused.len(), outcomes.refused.len());
        files.push((name, priced, refused, stated, agree));
        results.extend(outcomes.results);
    }
    let text = serde_json::to_string_pretty(&Value::Object(results))?;
    let Some(path) = out else {
        println!("{text}");
        return Ok(ExitCode::SUCCESS);
    };
    std::fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))?;
    let told: Vec<Value> = files
        .iter()
        .map(|(name, priced, refused, stated, agree)| {
            json!({ "file": name, "priced": priced, "refused": refused, "stated": stated, "agree": agree })
        })
        .collect();
    output.result(&told, || {
        for (name, priced, refused, stated, agree) in &files {
            println!("{name}: {priced} priced, {refused} refused; of {stated} that state what they expect {agree} come out so");
        }
    })?;
    Ok(ExitCode::SUCCESS)
}
