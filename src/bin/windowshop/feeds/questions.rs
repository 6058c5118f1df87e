//! `questions.json`: what the shop asks its shoppers. The file may be missing; then nothing is asked.

use super::problem::{FeedError, read_json, refused};
use std::path::Path;
use windowshop::catalogue::format::Section;
use windowshop::report::questions::{Question, Questions};

/// The file's name.
pub(crate) const FILE: &str = "questions.json";

/// The pack's section of questions, checked as the engine will check it.
///
/// # Errors
/// [`FeedError`] where the file cannot be read, or asks for more than the engine's constants allow.
pub(crate) fn read(folder: &Path) -> Result<Option<(Section, Vec<u8>)>, FeedError> {
    let Some(questions) = read_json::<Vec<Question>>(folder, FILE)? else { return Ok(None) };
    let questions = Questions::new(questions).map_err(|error| refused(FILE, 0, String::new(), error))?;
    Ok(Some((Section::Questions, questions.to_bytes())))
}
