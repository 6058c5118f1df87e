//! `questions.json`: what the shop asks its shoppers. The file may be missing; then nothing is asked.

use super::problem::{FeedError, Problem, io};
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
    let path = folder.join(FILE);
    if !path.is_file() {
        return Ok(None);
    }
    let bytes = std::fs::read(&path).map_err(io(&path))?;
    let refused = |line: usize, reason: String| {
        FeedError::Refused(vec![Problem {
            file: FILE.into(),
            line: line as u64,
            field: String::new(),
            reason,
        }])
    };
    let questions: Vec<Question> =
        serde_json::from_slice(&bytes).map_err(|error| refused(error.line(), error.to_string()))?;
    let questions = Questions::new(questions).map_err(|error| refused(0, error.to_string()))?;
    Ok(Some((Section::Questions, questions.to_bytes())))
}
