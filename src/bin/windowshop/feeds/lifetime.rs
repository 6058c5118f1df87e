//! `lifetime.json`: how often customers come back and what they spend then, as `windowshop fit` found it. The file may be
//! missing; then the tab has no such figures, and no audience that asks for them holds.

use super::files::read_json;
use super::problem::{FeedError, refused};
use std::path::Path;
use windowshop::catalogue::format::Section;
use windowshop::shopper::lifetime::Lifetime;

/// The file's name.
pub(crate) const FILE: &str = "lifetime.json";

/// The part of the file that the pack carries.
#[derive(serde::Deserialize)]
struct Fitted {
    table: Lifetime,
}

/// The pack's section, checked as the engine will check it.
///
/// # Errors
/// [`FeedError`] where the file cannot be read or its table does not hold together.
pub(crate) fn read(folder: &Path) -> Result<Option<(Section, Vec<u8>)>, FeedError> {
    let Some(Fitted { table }) = read_json(folder, FILE)? else { return Ok(None) };
    table.check().map_err(|error| refused(FILE, 0, format!("table.{}", error.path), error.reason))?;
    Ok(Some((Section::Lifetime, table.to_bytes())))
}
