//! Reports: the week's question, its true answer, the disguise, and the ledger of what was spent.

use super::Engine;
use super::error::EngineError;
use super::views::{BudgetView, ReportView};
use crate::answers::{Evidence, check, truth};
use crate::base::time::{Timestamp, Week};
use crate::catalogue::Catalogue;
use crate::catalogue::format::Section;
use crate::recommend::Variants;
use crate::report::questions::CELL_MARK;
use crate::report::{Asked, Ledger, LedgerRow, Question, Questions, ReportId, Wording};
use crate::shopper::lifecycle::{Thresholds, stage};
use crate::shopper::value::{figures, order_rows};
use crate::shopper::{Consent, Event};
use crate::target::arms::{HOLDOUT, assign, local_id};
use crate::target::{Campaign, Campaigns};
use alloc::string::String;
use alloc::vec::Vec;

/// Coins that are told in clear beside an answer, so that each side is counted by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Coin {
    /// The arm of a campaign that is drawn for everybody.
    Arm,
    /// The variant of the ranking.
    Variant,
    /// The item of the survey, each of which is a question by itself.
    Item,
}

/// What asks for a campaign's outcome.
pub const CAMPAIGN_OUTCOME: &str = "campaign_outcome";

/// The cell of a campaign's arm.
fn cell(campaign: &Campaign, arm: &str) -> String {
    alloc::format!("{}{CELL_MARK}{arm}", campaign.id)
}

/// The campaign and the arm that the id of a question names, where it was asked with an arm in clear.
pub fn campaign_and_arm(id: &str) -> Option<(&str, &str)> {
    id.split_once(CELL_MARK)?.1.rsplit_once(CELL_MARK)
}

impl Coin {
    /// The coin of a question, by what it asks for.
    fn of(question: &Question, questions: &Questions) -> Option<Self> {
        match question.answer.as_str() {
            _ if questions.survey().find(&question.id).is_some() => Some(Self::Item),
            CAMPAIGN_OUTCOME => Some(Self::Arm),
            "variant_outcome" => Some(Self::Variant),
            _ => None,
        }
    }
}

/// Every question that shoppers may be asked from a pack: where one is asked with a coin in clear, one for each side of it,
/// such as `outcome/come-back/holdout`.
///
/// # Errors
/// [`EngineError`] where a section of the pack makes no sense, a question has too many answers or an id is too long, or where
/// a question's list lacks an answer that may be the true one ([`EngineError::Answer`]).
pub fn asked(catalogue: &Catalogue) -> Result<Vec<Asked>, EngineError> {
    let section = |section| catalogue.pack().section(section);
    let campaigns = Campaigns::from_section(section(Section::Campaigns))?;
    let variants = Variants::from_section(section(Section::Variants))?;
    let mut all = Vec::new();
    let questions = Questions::of(catalogue)?;
    for question in questions.all() {
        let asked = question.asked(catalogue).map_err(EngineError::Asked)?;
        check(&asked)?;
        let cells: Vec<String> = match Coin::of(question, &questions) {
            None | Some(Coin::Item) => {
                all.push(asked);
                continue;
            }
            Some(Coin::Variant) => variants.names().map(Into::into).collect(),
            Some(Coin::Arm) => campaigns
                .all()
                .iter()
                .flat_map(|campaign| {
                    let arms = campaign.arms.iter().map(|arm| arm.id.as_str());
                    arms.chain([HOLDOUT]).map(|arm| cell(campaign, arm))
                })
                .collect(),
        };
        for cell in cells {
            all.push(asked.of_cell(&cell).map_err(EngineError::Asked)?);
        }
    }
    Ok(all)
}

impl Engine {
    /// The week's report, made now or before: entered into the ledger, for the host to keep it there before
    /// anything is sent. `None` where the pack asks nothing or nothing may be said this week. `seed` is the
    /// 32-byte secret that the host keeps beside the ledger.
    ///
    /// # Errors
    /// [`EngineError::ReportWithoutConsent`], or what stands against the ledger.
    pub fn report(&mut self, now: Timestamp, seed: &[u8; 32]) -> Result<Option<ReportView>, EngineError> {
        let Some((asked, week, answer)) = self.asked_now(now, seed)? else { return Ok(None) };
        let row = self.ledger.make(&asked, week, &answer, seed, now)?;
        Ok(Some(self.report_view(&row)))
    }

    /// What [`Engine::report`] would make now; nothing is entered and nothing spent by looking.
    ///
    /// # Errors
    /// As [`Engine::report`].
    pub fn preview_report(&self, now: Timestamp, seed: &[u8; 32]) -> Result<Option<ReportView>, EngineError> {
        let Some((asked, week, answer)) = self.asked_now(now, seed)? else { return Ok(None) };
        let row = self.ledger.preview(&asked, week, &answer, seed, now)?;
        Ok(Some(self.report_view(&row)))
    }

    /// The question of a week, whichever side of its coin somebody is on; `None` where nothing is asked.
    ///
    /// # Errors
    /// [`EngineError::Asked`] where the pack's question cannot be asked.
    pub fn asked_in(&self, week: Week) -> Result<Option<Asked>, EngineError> {
        let asked = self.questions.of_week(week).map(|question| question.asked(&self.basis.catalogue));
        asked.transpose().map_err(EngineError::Asked)
    }

    /// The campaign that a week draws for everybody, where campaigns are asked about; whether or not somebody is of its
    /// audience.
    pub fn campaign_of(&self, week: Week) -> Option<&Campaign> {
        self.campaigns.all().get(self.questions.turn(week, self.campaigns.all().len())?)
    }

    /// This week's question and its true answer, where something may be said.
    fn asked_now(
        &self,
        now: Timestamp,
        seed: &[u8; 32],
    ) -> Result<Option<(Asked, Week, String)>, EngineError> {
        if self.basis.consent != Consent::On {
            return Err(EngineError::ReportWithoutConsent);
        }
        let week = Week::of(now);
        let Some(asked) = self.asked_in(week)? else { return Ok(None) };
        let Some(asked) = self.in_cell(&asked, week, seed)? else { return Ok(None) };
        if self.ledger.is_skipped(week) || !self.ledger.allows(&asked, week) {
            return Ok(None);
        }
        // Of sensitive goods nothing is told, and nothing of the account that is signed in: it is stored nowhere, and a report is.
        let kind = |event: &Event| {
            let (category, brand) = (event.category.as_deref(), event.brand.as_deref());
            // Of what nothing is known any more nothing is told either.
            let told = || self.basis.catalogue.is_sensitive_kind(category, brand).unwrap_or(true);
            (category.is_some() || brand.is_some()) && told()
        };
        let history = self.basis.history.without_sensitive(kind);
        let zone = self.basis.catalogue.zone();
        let figures = figures(&order_rows(&history, None), now, zone);
        let evidence = Evidence {
            history: &history,
            catalogue: &self.basis.catalogue,
            week,
            reminders: self.basis.reminders.list(),
            stage: stage(&figures, Thresholds::default()),
        };
        // What this engine does not know is left out, whoever is asked: a newer one may.
        Ok(truth(&asked, evidence).map(|answer| (asked, week, answer)))
    }

    /// A week's question on one browser's side of its coin, if it has one; `seed` is the browser's secret. Nothing where
    /// there is nothing to ask about.
    ///
    /// # Errors
    /// [`EngineError::Asked`] where the id of the cell is too long.
    pub fn in_cell(&self, asked: &Asked, week: Week, seed: &[u8; 32]) -> Result<Option<Asked>, EngineError> {
        let id = local_id(seed);
        let cell = match Coin::of(asked.question(), &self.questions) {
            None => return Ok(Some(asked.clone())),
            Some(Coin::Item) => return self.item_of(week, &id),
            Some(Coin::Variant) => self.basis.variants.assign(&id).map(|assigned| assigned.name().into()),
            Some(Coin::Arm) => {
                self.campaign_of(week).map(|campaign| cell(campaign, assign(campaign, &id).name(campaign)))
            }
        };
        cell.map(|cell: String| asked.of_cell(&cell).map_err(EngineError::Asked)).transpose()
    }

    /// Notes that the endpoint accepted a report; `false` where the ledger does not know its id (32 hex digits).
    pub fn report_sent(&mut self, id: &str, now: Timestamp) -> bool {
        self.report_id(id).is_some_and(|id| self.ledger.mark_sent(id, now))
    }

    /// Notes that a report is about to be handed to the network, for the host to keep before it does. `false` where it
    /// must not go: the ledger does not know it, or its week was left out.
    pub fn report_tried(&mut self, id: &str, now: Timestamp) -> bool {
        self.report_id(id).is_some_and(|id| self.ledger.mark_tried(id, now))
    }

    /// Leaves this week's report out; `false` where it has left or may have.
    pub fn skip_report(&mut self, now: Timestamp) -> bool {
        self.ledger.skip(Week::of(now))
    }

    /// Every report made, newest week first.
    pub fn ledger(&self) -> Vec<ReportView> {
        self.ledger.rows().iter().rev().map(|row| self.report_view(row)).collect()
    }

    /// The ledger as the host keeps it.
    pub fn ledger_bytes(&self) -> Vec<u8> {
        self.ledger.to_bytes()
    }

    /// Takes in a kept ledger: the union of both.
    ///
    /// # Errors
    /// [`EngineError::Ledger`] where it cannot be read; nothing is reported then, for what was spent is not known.
    pub fn load_ledger(&mut self, bytes: &[u8]) -> Result<(), EngineError> {
        self.ledger.merge(&Ledger::from_bytes(bytes)?);
        Ok(())
    }

    /// How the budget stands.
    pub fn budget(&self, now: Timestamp) -> BudgetView {
        let standing = self.ledger.standing(Week::of(now));
        BudgetView {
            spent_thousandths: standing.spent_thousandths,
            limit_thousandths: standing.limit_thousandths,
            days: standing.days,
        }
    }

    pub(super) fn erase_reports(&mut self) {
        self.ledger = Ledger::default();
    }

    /// The report that the ledger knows by 32 hex digits.
    fn report_id(&self, text: &str) -> Option<ReportId> {
        let mut ids = self.ledger.rows().iter().map(|row| row.report.id);
        ids.find(|id| alloc::format!("{id}") == text)
    }

    fn report_view(&self, row: &LedgerRow) -> ReportView {
        let question = self.questions.find(&row.report.question);
        let words = |of: fn(&Question) -> &Wording| {
            question.map(of).map_or_else(Default::default, |words| [words.en.clone(), words.zh.clone()])
        };
        ReportView {
            question: row.report.question.clone(),
            text: words(|question| &question.text),
            purpose: words(|question| &question.purpose),
            week: row.report.week.to_text(),
            truth: row.truth.clone(),
            randomiser: row.randomiser.clone(),
            epsilon_thousandths: row.epsilon_thousandths,
            answers: question
                .and_then(|question| question.asked(&self.basis.catalogue).ok())
                .map(|asked| asked.domain().size()),
            body: row.report.clone(),
            made: row.made.0,
            tried: row.tried.map(|tried| tried.0),
            sent: row.sent.map(|sent| sent.0),
        }
    }
}
