//! What the endpoint keeps: counts, the ids of reports counted lately, and the editions of questions. One file a
//! database; a new one implements [`Store`] and gets a line in [`open`].
//!
//! Reports themselves are not kept: a report is added to its counts and its id noted in one transaction. Nothing
//! is known of a sender, so nothing of one can be kept.

mod postgres;
mod sqlite;
#[cfg(test)]
mod tests;

use super::place::Place;
use super::questionnaire::Questionnaire;
use anyhow::Result;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use windowshop::base::time::Week;
use windowshop::report::{Asked, Question, Report, ReportError};

/// A report, read and ready to be counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CountedReport {
    /// Its id.
    pub(crate) id: [u8; 16],
    /// What it counts for.
    pub(crate) ballot: Ballot,
    /// Answers of the question.
    pub(crate) size: usize,
    /// The answers it supports, by number.
    pub(crate) supports: Vec<usize>,
}

impl CountedReport {
    /// Reads a report to a question.
    ///
    /// # Errors
    /// [`ReportError`] where it answers another question or its randomiser makes no such answer.
    pub(crate) fn of(asked: &Asked, report: &Report) -> Result<Self, ReportError> {
        let disguise = asked.read(report)?;
        let (size, randomiser) = (asked.domain().size(), asked.randomiser());
        if !randomiser.plausible(&disguise, size) {
            return Err(ReportError::Impossible(randomiser.name()));
        }
        Ok(Self {
            id: report.id.0,
            ballot: Ballot {
                question: report.question.clone(),
                week: report.week,
                edition: asked.edition().to_owned(),
            },
            size,
            supports: (0..size).filter(|answer| randomiser.supports(&disguise, *answer)).collect(),
        })
    }
}

/// What is counted together: one edition of a question in one week.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Ballot {
    /// Id of the question.
    pub(crate) question: String,
    /// The week.
    pub(crate) week: Week,
    /// Edition of the question.
    pub(crate) edition: String,
}

/// What came of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Taken {
    /// It is counted now.
    Counted,
    /// It was counted before.
    Known,
    /// The ids of its week are forgotten, so nobody could tell whether it was counted; it is not.
    Late,
}

/// The counts of a ballot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Tally {
    /// What was counted.
    pub(crate) ballot: Ballot,
    /// How many reports.
    pub(crate) reports: u64,
    /// For each answer, how many of them support it.
    pub(crate) counts: Vec<u64>,
}

/// An edition of a question, with its answers listed out, so that old counts can be read when the pack has gone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Edition {
    /// Its digits.
    pub(crate) edition: String,
    /// The question with labels of its own.
    pub(crate) question: Question,
}

/// What a store is asked, and some time answers.
pub(crate) type Answer<'a, T> = Pin<Box<dyn Future<Output = Result<T>> + Send + 'a>>;

/// A place for counts. Whatever it answers with `Ok` outlives a crash.
pub(crate) trait Store: Send + Sync {
    /// Counts reports, all of them or none, each id once; answers when they are safe.
    fn take<'a>(&'a self, reports: &'a [CountedReport]) -> Answer<'a, Vec<Taken>>;
    /// The counts of a question and a week, or of all; by question, week and edition.
    fn tallies<'a>(&'a self, question: Option<&'a str>, week: Option<Week>) -> Answer<'a, Vec<Tally>>;
    /// What may be told of a ballot, whose tally was just read: as it was when `at_least` reports had come since what was
    /// told before, and from then on the same until as many more have. `None` while there are fewer. Where none have nothing
    /// is written, so that whoever asks often keeps no report waiting.
    fn release<'a>(&'a self, tally: &'a Tally, at_least: u64) -> Answer<'a, Option<Tally>>;
    /// Keeps editions of questions that are not kept yet.
    fn keep_editions<'a>(&'a self, editions: &'a [Edition]) -> Answer<'a, ()>;
    /// Every edition kept, by question and edition.
    fn editions(&self) -> Answer<'_, Vec<Edition>>;
    /// Lets go of the ids of reports about weeks before the one numbered `week`, but for the newest two weeks that have
    /// any, and of whatever else the database keeps of single reports for its own sake. What is about such a week comes
    /// too late from then on.
    fn forget_ids_before(&self, week: i64) -> Answer<'_, ()>;
    /// Writes something, to show that writing works.
    fn beat(&self) -> Answer<'_, ()>;
    /// Finishes and lets go of the files.
    fn close(&self) -> Answer<'_, ()>;
}

/// Tells anew what a ballot's tally is, where enough reports have come since it was told last ([`Store::release`]); `$4` is how
/// many.
const RELEASE: &str = "INSERT INTO released AS told (question, week, edition, reports, counts)
    SELECT question, week, edition, reports, counts FROM tallies
    WHERE question = $1 AND week = $2 AND edition = $3 AND reports >= $4
    ON CONFLICT (question, week, edition) DO UPDATE SET reports = excluded.reports, counts = excluded.counts
    WHERE excluded.reports >= told.reports + $4";
/// What was told last of a ballot.
const RELEASED: &str =
    "SELECT reports, counts FROM released WHERE question = $1 AND week = $2 AND edition = $3";

/// The tallies of a question and a week, or of all, as they may be told ([`released`]).
pub(crate) async fn told(
    store: &dyn Store,
    questionnaire: &Questionnaire,
    question: Option<&str>,
    week: Option<Week>,
) -> Result<Vec<Tally>> {
    released(store, questionnaire, store.tallies(question, week).await?).await
}

/// Tallies as they may be told: two tellings of one tally are the same or differ by a question's minimum cohort of reports at
/// least, so that nobody's report is the difference. Of which there are fewer, and which no known question explains, come
/// as they are: nothing is said of those.
pub(crate) async fn released(
    store: &dyn Store,
    questionnaire: &Questionnaire,
    mut tallies: Vec<Tally>,
) -> Result<Vec<Tally>> {
    for tally in &mut tallies {
        let Some(asked) = questionnaire.edition(&tally.ballot.question, &tally.ballot.edition) else {
            continue;
        };
        let cohort = u64::from(asked.question().minimum_cohort);
        if tally.reports < cohort {
            continue;
        }
        if let Some(released) = store.release(tally, cohort).await? {
            *tally = released;
        }
    }
    Ok(tallies)
}

/// Whether enough reports have come since a tally was told last.
fn is_due(tally: &Tally, told: Option<&Tally>, at_least: u64) -> bool {
    tally.reports >= told.map_or(0, |told| told.reports).saturating_add(at_least)
}

/// Opens the store at a place, making it where there is none.
pub(crate) async fn open(place: &Place) -> Result<Arc<dyn Store>> {
    at(place, true).await
}

/// Opens the store at a place, which must be there.
pub(crate) async fn open_existing(place: &Place) -> Result<Arc<dyn Store>> {
    at(place, false).await
}

async fn at(place: &Place, make: bool) -> Result<Arc<dyn Store>> {
    Ok(match place {
        Place::Folder(data) => Arc::new(sqlite::Sqlite::open(data, make).await?),
        Place::Postgres(server) => Arc::new(postgres::Postgres::open(server, make).await?),
    })
}
