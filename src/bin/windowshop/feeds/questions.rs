//! `questions.json`: what the shop asks its shoppers, and which of it is the survey. The file may be missing; then nothing is
//! asked.

use super::files::read_json;
use super::problem::{FeedError, refused};
use serde::Deserialize;
use std::path::Path;
use windowshop::catalogue::format::Section;
use windowshop::report::questions::{AnswerSpace, Question, Questions, Wording};
use windowshop::report::survey::{Dimension, SurveyItem};

/// The file's name.
pub(crate) const FILE: &str = "questions.json";

/// A question as the file has it: what the survey needs stands with it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    id: String,
    answer: String,
    domain: AnswerSpace,
    epsilon_thousandths: u16,
    text: Wording,
    purpose: Wording,
    minimum_cohort: u32,
    survey: Option<OfSurvey>,
}

/// What makes a question an item of the survey.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OfSurvey {
    dimension: Option<Dimension>,
    options: Vec<Wording>,
}

/// The pack's sections of questions and of the survey, checked as the engine will check them.
///
/// # Errors
/// [`FeedError`] where the file cannot be read, or asks for more than the engine's constants allow.
pub(crate) fn read(folder: &Path) -> Result<Vec<(Section, Vec<u8>)>, FeedError> {
    let Some(rows) = read_json::<Vec<Row>>(folder, FILE)? else { return Ok(Vec::new()) };
    let (mut questions, mut items) = (Vec::new(), Vec::new());
    for row in rows {
        let Row { id, answer, domain, epsilon_thousandths, text, purpose, minimum_cohort, survey } = row;
        items.extend(survey.map(|OfSurvey { dimension, options }| SurveyItem {
            question: id.clone(),
            dimension,
            options,
        }));
        questions.push(Question { id, answer, domain, epsilon_thousandths, text, purpose, minimum_cohort });
    }
    items.sort_by(|a, b| a.question.cmp(&b.question));
    let surveyed = !items.is_empty();
    let questions = Questions::new(questions)
        .and_then(|questions| questions.with_survey(items))
        .map_err(|error| refused(FILE, 0, String::new(), error))?;
    let mut sections = vec![(Section::Questions, questions.to_bytes())];
    // A pack without a survey is the one that it was before there were surveys.
    if surveyed {
        sections.push((Section::Survey, questions.survey().to_bytes()));
    }
    Ok(sections)
}
