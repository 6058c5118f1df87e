//! The questions that are known: those of the packs served, and every edition that was ever counted.

use super::store::{Edition, Store};
use anyhow::{Context, Result};
use std::collections::BTreeMap;
use windowshop::catalogue::Catalogue;
use windowshop::report::{Asked, Questions, Report, SurveyItem};

/// Every known edition of every known question.
#[derive(Clone, Default)]
pub(crate) struct Questionnaire {
    by_question: BTreeMap<String, Editions>,
    /// The survey of the latest pack.
    survey: Vec<SurveyItem>,
}

#[derive(Clone, Default)]
struct Editions {
    /// The edition of the latest pack.
    latest: Option<String>,
    asked: BTreeMap<String, Asked>,
}

impl Questionnaire {
    /// The editions that a store has kept.
    pub(crate) async fn of_store(store: &dyn Store) -> Result<Self> {
        let mut questionnaire = Self::default();
        for Edition { question, .. } in store.editions().await.context("cannot read the questions")? {
            questionnaire.enter(question.asked_among(std::iter::empty())?, false);
        }
        Ok(questionnaire)
    }

    /// The questions of a pack.
    pub(crate) fn of(catalogue: &Catalogue) -> Result<Self> {
        let mut questionnaire = Self::default();
        questionnaire.add(catalogue)?;
        Ok(questionnaire)
    }

    /// Adds the questions of a pack; they are the latest.
    pub(super) fn add(&mut self, catalogue: &Catalogue) -> Result<()> {
        for asked in windowshop::engine::asked(catalogue)? {
            self.enter(asked, true);
        }
        self.survey = Questions::of(catalogue)?.survey().items().to_vec();
        Ok(())
    }

    fn enter(&mut self, asked: Asked, latest: bool) {
        let editions = self.by_question.entry(asked.question().id.clone()).or_default();
        if latest || editions.latest.is_none() {
            editions.latest = Some(asked.edition().to_owned());
        }
        editions.asked.insert(asked.edition().to_owned(), asked);
    }

    /// Every edition, for the store to keep.
    pub(crate) fn editions(&self) -> Vec<Edition> {
        let asked = self.by_question.values().flat_map(|editions| editions.asked.values());
        asked.map(|asked| Edition { edition: asked.edition().to_owned(), question: asked.closed() }).collect()
    }

    /// The ids of the questions.
    pub(crate) fn ids(&self) -> Vec<&str> {
        self.by_question.keys().map(String::as_str).collect()
    }

    /// The survey's items in the latest pack, each with the latest edition of its question.
    pub(crate) fn survey(&self) -> Vec<(&SurveyItem, &Asked)> {
        let latest = |question: &String| {
            let editions = self.by_question.get(question)?;
            editions.asked.get(editions.latest.as_ref()?)
        };
        self.survey.iter().filter_map(|item| Some((item, latest(&item.question)?))).collect()
    }

    /// An edition of a question.
    pub(crate) fn edition(&self, question: &str, edition: &str) -> Option<&Asked> {
        self.by_question.get(question)?.asked.get(edition)
    }

    /// The edition that a report is of; the latest where it names none that is known. `None` where the question
    /// itself is not known.
    pub(super) fn of_report(&self, report: &Report) -> Option<&Asked> {
        let editions = self.by_question.get(&report.question)?;
        let named = report.edition().and_then(|edition| editions.asked.get(edition));
        named.or_else(|| editions.asked.get(editions.latest.as_ref()?))
    }
}
