//! The shop's own click logs: which items are looked at one after another.

use super::super::learn::{self, learn_from};
use super::super::scorer::Protocol;
use super::{Lack, Lesson, Request, Source};
use anyhow::Result;
use indicatif::ProgressBar;

pub(super) const GIVES: &[&str] = &["covisitation", "settings", "brand_views", "category_views"];

pub(super) const LACKS: &[Lack] = &[Lack {
    what: "what is bought together",
    why: "a look is not a purchase; orders say that",
}];

pub(super) fn steps() -> u64 {
    learn::steps()
}

pub(super) fn learn(request: &Request<'_>, progress: &ProgressBar) -> Result<Lesson> {
    let learned = learn_from(&request.logs, request.min_sessions, Protocol::default(), progress)?;
    let trained = learned.trained(Source::Logs);
    let mut notes = Vec::new();
    for (what, views) in [("brands", &trained.brand_views), ("categories", &trained.category_views)] {
        if views.is_empty() {
            notes.push(format!("no {what} that enough sessions hold: the catalogue's own shares stand in"));
        }
    }
    Ok(Lesson { trained, notes })
}
