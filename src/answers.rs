//! The true answer to each question, worked out from what this browser remembers; one file a question.
//!
//! A truth never leaves by itself: `report` disguises it first. A new question is its file and one line in the
//! list below; the pack then names it as a question's `answer`.

use crate::base::time::Week;
use crate::catalogue::Catalogue;
use crate::report::{Asked, Domain};
use crate::shopper::History;
use alloc::string::String;

/// What an answer may be worked out from.
#[derive(Clone, Copy)]
pub struct Evidence<'a> {
    /// What this browser remembers.
    pub history: &'a History,
    /// What is on sale.
    pub catalogue: &'a Catalogue,
    /// The week that the answer is about.
    pub week: Week,
}

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AnswerError {
    /// The pack asks for something that this engine cannot work out.
    #[error(
        "the question {question:?} asks for {answer:?}, which this engine does not know; the known answers are {known}"
    )]
    Unknown {
        /// The question.
        question: String,
        /// What it asks for.
        answer: String,
        /// What can be asked for.
        known: String,
    },
    /// The question's answers do not fit what it asks for.
    #[error("the question {question:?} has no answer {missing:?}, which {answer:?} can be")]
    Domain {
        /// The question.
        question: String,
        /// What it asks for.
        answer: String,
        /// The answer its domain lacks.
        missing: String,
    },
}

macro_rules! answers {
    ($($module:ident;)*) => {
        $(mod $module;)*

        /// What questions can ask for, by name.
        pub const KNOWN: &[&str] = &[$(stringify!($module),)*];

        fn work_out(answer: &str, evidence: Evidence<'_>, domain: &Domain) -> Option<String> {
            match answer {
                $(stringify!($module) => Some($module::answer(evidence, domain)),)*
                _ => None,
            }
        }
    };
}

answers! {
    most_viewed_category;
}

/// The true answer to a question: always one of its domain.
///
/// # Errors
/// [`AnswerError`] where the engine does not know what is asked for, or the domain lacks the answer; such a
/// question is left out, and the rest of the pack serves.
pub fn truth(asked: &Asked, evidence: Evidence<'_>) -> Result<String, AnswerError> {
    let question = asked.question();
    let found = work_out(&question.answer, evidence, asked.domain());
    let Some(answer) = found else {
        return Err(AnswerError::Unknown {
            question: question.id.clone(),
            answer: question.answer.clone(),
            known: KNOWN.join(", "),
        });
    };
    if asked.domain().position(&answer).is_none() {
        return Err(AnswerError::Domain {
            question: question.id.clone(),
            answer: question.answer.clone(),
            missing: answer,
        });
    }
    Ok(answer)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::sample;
    use crate::report::{AnswerSpace, Question, Wording};

    fn asked(answer: &str, domain: AnswerSpace) -> Asked {
        let words = Wording { en: "Which?".into(), zh: "哪个？".into() };
        let question = Question {
            id: "q".into(),
            answer: answer.into(),
            domain,
            epsilon_thousandths: 1_000,
            text: words.clone(),
            purpose: words,
            minimum_cohort: 100,
        };
        question.asked(&sample::catalogue()).expect("a question")
    }

    #[test]
    fn a_question_that_cannot_be_answered_says_why() {
        let (history, catalogue) = (History::default(), sample::catalogue());
        let evidence = Evidence { history: &history, catalogue: &catalogue, week: Week::of(sample::NOW) };
        let unknown = truth(&asked("shoe_size", AnswerSpace::Categories), evidence);
        assert!(matches!(unknown, Err(AnswerError::Unknown { .. })));
        let labels = AnswerSpace::Labels(alloc::vec!["women".into(), "men".into()]);
        let narrow = truth(&asked("most_viewed_category", labels), evidence);
        assert!(matches!(narrow, Err(AnswerError::Domain { missing, .. }) if missing == "none"));
        let answered = truth(&asked("most_viewed_category", AnswerSpace::Categories), evidence);
        assert_eq!(answered, Ok("none".into()));
    }
}
