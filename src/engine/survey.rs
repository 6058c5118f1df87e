//! The survey at the door: which of its items this browser has in a week, and whether it may be put to the shopper now.
//!
//! An item is put to the shopper in the week before that in which the survey has its turn among the reports, for a report
//! goes within a minute of a visit's beginning: it would leave before most had answered, and whether it waited for an answer
//! would tell of one (docs/decisions/0010). What is answered is an event like every other.

use super::Engine;
use super::error::EngineError;
use super::views::SpokenView;
use crate::base::time::{Timestamp, Week};
use crate::report::Asked;
use crate::report::domains::NONE;
use crate::shopper::event::EventError;
use crate::shopper::{Consent, Event, EventKind};
use crate::target::LocalId;
use crate::target::arms::local_id;
use alloc::vec::Vec;

/// What asks for the answer on the whole: its event names no question, for shops told it before there was a survey.
const ON_THE_WHOLE: &str = "satisfaction";

impl Engine {
    /// The item that may be put to the shopper now: its question, and then its answers in the order in which they are shown.
    /// What is answered goes with next week's report. `None` where memory is not kept, next week asks for something else,
    /// nothing may be reported then, or it was answered or skipped. `seed` is the secret that the host keeps beside the
    /// ledger.
    ///
    /// # Errors
    /// [`EngineError::Asked`] where the pack's question cannot be asked.
    pub fn survey_question(
        &self,
        now: Timestamp,
        seed: &[u8; 32],
    ) -> Result<Option<Vec<SpokenView>>, EngineError> {
        let (this, next) = (Week::of(now), Week::of(now).after());
        let survey = self.questions.survey();
        let turn = self.questions.of_week(next);
        if self.basis.consent != Consent::On
            || turn.is_none_or(|question| survey.find(&question.id).is_none())
        {
            return Ok(None);
        }
        let Some(asked) = self.item_of(next, &local_id(seed))? else { return Ok(None) };
        let question = asked.question();
        let named = self.named(&question.id);
        let mut said = self.basis.history.of_kind(EventKind::Satisfaction, this);
        if !self.ledger.allows(&asked, next) || said.any(|event| event.question.as_deref() == named) {
            return Ok(None);
        }
        let words = survey.find(&question.id).map_or(&[][..], |item| &item.options);
        let mut told = Vec::new();
        // The last answer, `none`, is no option: it has no words.
        let answers = asked.domain().answers().iter().zip(words);
        for (id, words) in [(&question.id, &question.text)].into_iter().chain(answers) {
            told.push(SpokenView { id: id.clone(), en: words.en.clone(), zh: words.zh.clone() });
        }
        Ok(Some(told))
    }

    /// The item of the survey that a browser has in a week; `None` where the pack has no survey.
    pub(super) fn item_of(&self, week: Week, id: &LocalId) -> Result<Option<Asked>, EngineError> {
        let item = self.questions.survey().draw(week, id);
        let question = item.and_then(|item| self.questions.find(&item.question));
        let asked = question.map(|question| question.asked(&self.basis.catalogue));
        asked.transpose().map_err(EngineError::Asked)
    }

    /// How an event names a question of the survey: the one on the whole by nothing.
    fn named<'a>(&self, question: &'a str) -> Option<&'a str> {
        let found = self.questions.find(question);
        let whole = found.is_some_and(|question| question.answer == ON_THE_WHOLE);
        (!whole).then_some(question)
    }

    /// An event with its answer checked and its question named as memory has it.
    ///
    /// # Errors
    /// [`EventError::Field`] where it answers no item of the pack's survey, or with what is no answer to it.
    pub(super) fn checked_answer(&self, mut event: Event) -> Result<Event, EventError> {
        let Some(id) = event.question.take() else { return Ok(event) };
        let wrong = |field: &str, problem| {
            Err(EventError::Field { event: event.kind.name(), field: field.into(), problem })
        };
        let survey = self.questions.survey();
        let question = survey.find(&id).and_then(|item| self.questions.find(&item.question));
        let Some(question) = question else {
            return wrong("question", "is no question of the pack's survey");
        };
        let reason = event.reason.as_deref().unwrap_or(NONE);
        let asked = question.asked(&self.basis.catalogue);
        if asked.is_ok_and(|asked| asked.domain().position(reason).is_none()) {
            return wrong("reason", "is one of the question's answers, or none");
        }
        event.question = self.named(&id).map(Into::into);
        Ok(event)
    }
}

#[cfg(test)]
mod tests;
