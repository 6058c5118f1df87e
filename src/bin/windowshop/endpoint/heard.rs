//! `heard.json`, beside the packs: what the shop changed because of what its shoppers told it. The shop writes it by hand; the
//! file may be missing. It is checked whenever the folder is read, and refused whole.

use super::files::Files;
use crate::feeds::clock::date_days;
use crate::feeds::files::without_mark;
use anyhow::{Context, Result, ensure};
use serde::{Deserialize, Serialize};
use windowshop::base::ids::check_id;
use windowshop::report::Wording;

/// The file's address.
const FILE: &str = "/v1/heard.json";
/// The most changes that are told: a page that nobody reads to its end tells nothing.
const CHANGES_MAX: usize = 100;

/// Something that was changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Heard {
    /// The day, such as 2026-11-22.
    date: String,
    /// A dimension, or the id of an item of the survey, which may have gone since.
    about: String,
    /// What changed.
    text: Wording,
}

/// What was changed, newest first.
///
/// # Errors
/// Where the file is no list of changes, or one of them names no day or nothing that it is about.
pub(super) fn read(files: &Files) -> Result<Vec<Heard>> {
    let Some(file) = files.find(FILE) else { return Ok(Vec::new()) };
    let mut changes: Vec<Heard> = serde_json::from_slice(without_mark(file.plain()))
        .context("heard.json is a list of changes, each with date, about and text in en and zh")?;
    ensure!(changes.len() <= CHANGES_MAX, "heard.json has more than {CHANGES_MAX} changes");
    for Heard { date, about, text } in &changes {
        ensure!(date_days(date).is_some(), "heard.json: {date:?} is no day such as 2026-11-22");
        ensure!(
            check_id(about).is_ok(),
            "heard.json: {about:?} is neither a dimension nor the id of a question"
        );
        ensure!(!text.is_lacking(), "heard.json: the change of {date} is not told in both languages");
    }
    changes.sort_by(|a, b| (&b.date, &a.about).cmp(&(&a.date, &b.about)));
    Ok(changes)
}
