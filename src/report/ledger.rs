//! The ledger: every report this browser made, with the true answer, the disguise and what it spent.
//!
//! It is the shopper's alone: the host keeps it in its own store, outside every snapshot, and never sends it.
//! It only grows, and two copies (of two tabs) merge by union, so that nothing spent can be forgotten short of
//! erasing it. A week has one report: once made, it is that one, whatever happens to the history after.

use super::body::{Report, ReportError, ReportId, week_text};
use super::budget::{self, Spent, Standing};
use super::chance::Seed;
use super::questions::Asked;
use crate::base::order;
use crate::base::time::{Timestamp, Week};
use alloc::string::String;
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

/// The layout of the ledger's bytes that this code reads and writes.
pub const FORMAT: u8 = 2;

/// A report, and what only the shopper may know of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LedgerRow {
    /// What left, or is to leave.
    pub report: Report,
    /// The true answer, for the shopper's eyes alone.
    pub truth: String,
    /// Name of the randomiser.
    pub randomiser: String,
    /// What it spent, in thousandths of ε.
    pub epsilon_thousandths: u16,
    /// When it was made.
    pub made: Timestamp,
    /// When it was last handed to the network: from the first time on it may have left, whatever was answered. `None` while it
    /// cannot have.
    pub tried: Option<Timestamp>,
    /// When the endpoint accepted it; `None` until then.
    pub sent: Option<Timestamp>,
}

/// Every report this browser made, by week.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ledger {
    /// By week, then report id.
    reports: Vec<LedgerRow>,
    /// Weeks that the shopper left out, ascending.
    skipped: Vec<SkippedWeek>,
}

/// A week that the shopper left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
struct SkippedWeek(#[serde(with = "week_text")] Week);

/// Why a report is not made, or a ledger not read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LedgerError {
    /// The shopper left the week out.
    #[error("the report of {0} was left out")]
    Skipped(String),
    /// The budget does not allow it.
    #[error(
        "the privacy budget is spent: ε = {}.{:03} of {}.{:03} in {} days",
        .0.spent_thousandths / 1_000, .0.spent_thousandths % 1_000,
        .0.limit_thousandths / 1_000, .0.limit_thousandths % 1_000, .0.days
    )]
    Budget(Standing),
    /// The answer cannot be reported.
    #[error(transparent)]
    Report(#[from] ReportError),
    /// The bytes are not a ledger, or of a newer layout.
    #[error(
        "the ledger cannot be read: it is damaged or was written by a newer version; nothing is reported until it can"
    )]
    Unreadable,
}

impl Ledger {
    /// Every report, by week and then id.
    pub fn rows(&self) -> &[LedgerRow] {
        &self.reports
    }

    /// The week's report, if one was made. Where two tabs made one each before they knew of each other, it is
    /// the one already sent, else the earlier.
    pub fn of_week(&self, week: Week) -> Option<&LedgerRow> {
        let rows = self.reports.iter().filter(|row| row.report.week == week);
        rows.min_by_key(|row| (row.sent.is_none(), row.made, row.report.id))
    }

    /// Whether the shopper left the week out.
    pub fn is_skipped(&self, week: Week) -> bool {
        is_among(&self.skipped, week)
    }

    /// How the budget stands in a week: what was spent by reports that have left or may have.
    pub fn standing(&self, week: Week) -> Standing {
        let left = self.reports.iter().filter(|row| row.tried.is_some() || row.sent.is_some());
        budget::standing(left.map(spent), week)
    }

    /// Whether a report to `asked` could be made in `week`, or was.
    pub fn allows(&self, asked: &Asked, week: Week) -> bool {
        self.of_week(week).is_some()
            || (!self.is_skipped(week)
                && budget::allows(&self.spendings(), week, asked.question().epsilon_thousandths))
    }

    /// The week's report: the one already made, else a new one that disguises `truth`, entered before it is
    /// handed out. `seed` is the secret that the host keeps beside the ledger.
    ///
    /// # Errors
    /// [`LedgerError`] where the week was left out, the budget is spent or `truth` is not an answer; nothing is
    /// entered then.
    pub fn make(
        &mut self,
        asked: &Asked,
        week: Week,
        truth: &str,
        seed: &Seed,
        now: Timestamp,
    ) -> Result<LedgerRow, LedgerError> {
        let row = self.preview(asked, week, truth, seed, now)?;
        self.enter(row.clone());
        Ok(row)
    }

    /// The row that [`Ledger::make`] would enter now; nothing is entered.
    ///
    /// # Errors
    /// As [`Ledger::make`].
    pub fn preview(
        &self,
        asked: &Asked,
        week: Week,
        truth: &str,
        seed: &Seed,
        now: Timestamp,
    ) -> Result<LedgerRow, LedgerError> {
        if let Some(row) = self.of_week(week) {
            return Ok(row.clone());
        }
        if self.is_skipped(week) {
            return Err(LedgerError::Skipped(week.to_text()));
        }
        let epsilon_thousandths = asked.question().epsilon_thousandths;
        if !budget::allows(&self.spendings(), week, epsilon_thousandths) {
            return Err(LedgerError::Budget(budget::standing(self.spendings(), week)));
        }
        Ok(LedgerRow {
            report: asked.report(week, truth, seed)?,
            truth: truth.into(),
            randomiser: asked.randomiser().name().into(),
            epsilon_thousandths,
            made: now,
            tried: None,
            sent: None,
        })
    }

    /// Notes that the endpoint accepted a report. `false` where the ledger does not know it.
    pub fn mark_sent(&mut self, id: ReportId, at: Timestamp) -> bool {
        let mut known = false;
        for row in self.reports.iter_mut().filter(|row| row.report.id == id) {
            row.sent = earlier(row.sent, Some(at));
            known = true;
        }
        known
    }

    /// Notes that a report is about to be handed to the network. `false` where the ledger does not know it, or its
    /// week was left out: then it must not go.
    pub fn mark_tried(&mut self, id: ReportId, at: Timestamp) -> bool {
        let mut may_go = false;
        for row in self.reports.iter_mut().filter(|row| row.report.id == id) {
            if !is_among(&self.skipped, row.report.week) {
                row.tried = row.tried.max(Some(at));
                may_go = true;
            }
        }
        may_go
    }

    /// Leaves a week's report out. One that was made and cannot have left yet goes from the ledger and spends nothing;
    /// one that may have left stays and is not tried again, and `false` says that it is too late to leave it out wholly.
    pub fn skip(&mut self, week: Week) -> bool {
        self.leave_out(week);
        let may_have_left = |row: &LedgerRow| row.tried.is_some() || row.sent.is_some();
        self.reports.retain(|row| row.report.week != week || may_have_left(row));
        self.of_week(week).is_none()
    }

    fn leave_out(&mut self, week: Week) {
        if let Err(place) = self.skipped.binary_search(&SkippedWeek(week)) {
            self.skipped.insert(place, SkippedWeek(week));
        }
    }

    /// The reports yet to be sent among `weeks`, of weeks not left out: one a week, by week.
    pub fn unsent(&self, weeks: &[Week]) -> Vec<&LedgerRow> {
        let mut weeks = weeks.to_vec();
        order::sort(&mut weeks);
        weeks.dedup();
        let open = weeks.into_iter().filter(|week| !self.is_skipped(*week));
        open.filter_map(|week| self.of_week(week)).filter(|row| row.sent.is_none()).collect()
    }

    /// Takes in what another copy knows: the union of both, whichever is asked first.
    pub fn merge(&mut self, other: &Self) {
        for row in &other.reports {
            self.enter(row.clone());
        }
        for SkippedWeek(week) in &other.skipped {
            self.leave_out(*week);
        }
        // What another copy left out in time is out here too.
        let skipped = &self.skipped;
        self.reports.retain(|row| row.tried.is_some() || !is_among(skipped, row.report.week));
    }

    /// Writes the ledger: its layout's number, then postcard.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = alloc::vec![FORMAT];
        // Writing to memory cannot fail: every length is known and nothing is refused by the format.
        bytes.extend(postcard::to_allocvec(self).unwrap_or_default());
        bytes
    }

    /// Reads what [`Ledger::to_bytes`] wrote.
    ///
    /// # Errors
    /// [`LedgerError::Unreadable`] for anything else, and for a ledger whose rows are out of order.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, LedgerError> {
        let [FORMAT, rest @ ..] = bytes else { return Err(LedgerError::Unreadable) };
        match postcard::take_from_bytes::<Self>(rest) {
            Ok((ledger, [])) => ledger.checked(),
            _ => Err(LedgerError::Unreadable),
        }
    }

    /// Checks a ledger that was read from elsewhere, such as a JSON export.
    ///
    /// # Errors
    /// [`LedgerError::Unreadable`] where its rows or weeks are out of order or repeated.
    pub fn checked(self) -> Result<Self, LedgerError> {
        let in_order = self.reports.is_sorted_by(|a, b| key(a) < key(b));
        if in_order && self.skipped.is_sorted_by(|a, b| a < b) {
            Ok(self)
        } else {
            Err(LedgerError::Unreadable)
        }
    }

    fn spendings(&self) -> impl Iterator<Item = Spent> + Clone {
        self.reports.iter().map(spent)
    }

    fn enter(&mut self, row: LedgerRow) {
        match self.reports.binary_search_by(|of| key(of).cmp(&key(&row))) {
            Err(place) => self.reports.insert(place, row),
            Ok(place) => {
                if let Some(known) = self.reports.get_mut(place) {
                    // The same bytes: what was made first, and accepted first, stands.
                    if (row.made, &row.truth) < (known.made, &known.truth) {
                        known.truth = row.truth;
                        known.made = row.made;
                    }
                    known.epsilon_thousandths = known.epsilon_thousandths.max(row.epsilon_thousandths);
                    known.sent = earlier(known.sent, row.sent);
                    known.tried = known.tried.max(row.tried);
                }
            }
        }
    }
}

fn is_among(skipped: &[SkippedWeek], week: Week) -> bool {
    skipped.binary_search(&SkippedWeek(week)).is_ok()
}

fn spent(row: &LedgerRow) -> Spent {
    Spent { week: row.report.week, thousandths: row.epsilon_thousandths }
}

fn earlier(one: Option<Timestamp>, other: Option<Timestamp>) -> Option<Timestamp> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    }
}

fn key(row: &LedgerRow) -> (Week, ReportId, &str, &str) {
    (row.report.week, row.report.id, &row.report.question, &row.report.answer)
}

#[cfg(test)]
mod tests {
    use super::super::questions::tests::{asked, joined, question};
    use super::*;
    use proptest::prelude::*;

    const SEED: Seed = [9; 32];

    fn week(number: i64) -> Week {
        Week::numbered(number)
    }

    #[test]
    fn a_weeks_report_is_made_once_whatever_comes_after() {
        let mut ledger = Ledger::default();
        let first = ledger.make(&asked(5), week(2_900), "a1", &SEED, Timestamp(1)).expect("made");
        let again = ledger.make(&asked(5), week(2_900), "a4", &[1; 32], Timestamp(2)).expect("the same");
        assert_eq!(first, again);
        assert_eq!(ledger.rows().len(), 1);
        assert_eq!(ledger.unsent(&[week(2_900), week(2_899)]), [&first]);
        assert!(ledger.mark_sent(first.report.id, Timestamp(9)));
        assert!(ledger.unsent(&[week(2_900)]).is_empty());
        assert!(!ledger.mark_sent(ReportId([0; 16]), Timestamp(9)));
    }

    #[test]
    fn a_week_left_out_has_no_report() {
        let mut ledger = Ledger::default();
        ledger.skip(week(2_900));
        let refused = ledger.make(&asked(5), week(2_900), "a1", &SEED, Timestamp(1));
        assert_eq!(refused, Err(LedgerError::Skipped(week(2_900).to_text())));
        let made = ledger.make(&asked(5), week(2_901), "a1", &SEED, Timestamp(1)).expect("made");
        assert!(ledger.skip(week(2_901)));
        assert!(ledger.unsent(&[week(2_901)]).is_empty(), "what was left out is not sent any more");
        assert!(ledger.rows().is_empty(), "what cannot have left spent nothing");
        assert!(!ledger.mark_tried(made.report.id, Timestamp(2)), "and must not go");
        let made = ledger.make(&asked(5), week(2_902), "a1", &SEED, Timestamp(3)).expect("made");
        assert_eq!(ledger.standing(week(2_902)).spent_thousandths, 0);
        assert!(ledger.mark_tried(made.report.id, Timestamp(4)));
        assert_eq!(ledger.standing(week(2_902)).spent_thousandths, 1_000);
        assert!(
            ledger.mark_tried(made.report.id, Timestamp(6))
                && ledger.mark_tried(made.report.id, Timestamp(5))
        );
        assert_eq!(ledger.rows()[0].tried, Some(Timestamp(6)), "when it was tried last");
        assert!(!ledger.skip(week(2_902)), "it may have left: too late");
        assert_eq!(ledger.rows().len(), 1);
        assert!(!ledger.mark_tried(made.report.id, Timestamp(7)), "but it is not tried again");
        assert_eq!(ledger.standing(week(2_902)).spent_thousandths, 1_000, "and is spent");
    }

    #[test]
    fn a_spent_budget_says_so() {
        let mut ledger = Ledger::default();
        for number in 0..8 {
            ledger.make(&asked(5), week(2_900 + number), "a1", &SEED, Timestamp(number)).expect("made");
        }
        let refused = ledger.make(&asked(5), week(2_908), "a1", &SEED, Timestamp(9)).expect_err("spent");
        insta::assert_snapshot!(refused, @"the privacy budget is spent: ε = 8.000 of 8.000 in 90 days");
        assert!(!ledger.allows(&asked(5), week(2_908)));
        assert!(ledger.allows(&asked(5), week(2_907)), "asking for a report already made spends nothing");
    }

    #[test]
    fn a_ledger_reads_back_as_bytes_and_as_text_and_damage_is_refused() {
        let mut ledger = Ledger::default();
        ledger.make(&asked(5), week(2_900), "a1", &SEED, Timestamp(1)).expect("made");
        ledger.make(&asked(20), week(2_901), "a19", &SEED, Timestamp(2)).expect("made");
        ledger.skip(week(2_902));
        let bytes = ledger.to_bytes();
        assert_eq!(Ledger::from_bytes(&bytes), Ok(ledger.clone()));
        let text = serde_json::to_string(&ledger).expect("writes");
        assert!(text.contains("\"skipped\":[\"2025-W33\"]"), "{text}");
        assert_eq!(serde_json::from_str::<Ledger>(&text).expect("reads").checked(), Ok(ledger.clone()));
        assert_eq!(Ledger::from_bytes(&[]), Err(LedgerError::Unreadable));
        let mut newer = bytes.clone();
        if let Some(format) = newer.first_mut() {
            *format += 1;
        }
        assert_eq!(Ledger::from_bytes(&newer), Err(LedgerError::Unreadable));
        ledger.reports.reverse();
        assert_eq!(Ledger::from_bytes(&ledger.to_bytes()), Err(LedgerError::Unreadable));
    }

    /// What may happen to the ledgers of two tabs.
    #[derive(Debug, Clone)]
    enum Step {
        /// A tab takes in the stored copy, makes the report of a week with an ε and stores the union.
        Make { tab: usize, week: i64, thousandths: u16, truth: usize },
        /// A tab is loaded again from the stored copy.
        Reload { tab: usize },
        /// A tab comes back with a copy of long ago, as a browser profile that is restored has it.
        Restore { tab: usize },
        /// A tab stores what it has, however old.
        Store { tab: usize },
        /// The shopper leaves a week out.
        Skip { tab: usize, week: i64 },
        /// A tab takes in the stored copy, notes that the report of a week goes, stores that, and sends it: one step under
        /// the lock of the ledger, as the host takes them.
        Try { tab: usize, week: i64 },
    }

    fn step() -> impl Strategy<Value = Step> {
        prop_oneof![
            6 => (0_usize..2, 2_900_i64..2_940, 1_u16..=1_000, 0_usize..5)
                .prop_map(|(tab, week, thousandths, truth)| Step::Make { tab, week, thousandths, truth }),
            1 => (0_usize..2).prop_map(|tab| Step::Reload { tab }),
            1 => (0_usize..2).prop_map(|tab| Step::Restore { tab }),
            1 => (0_usize..2).prop_map(|tab| Step::Store { tab }),
            1 => (0_usize..2, 2_900_i64..2_940).prop_map(|(tab, week)| Step::Skip { tab, week }),
            3 => (0_usize..2, 2_900_i64..2_940).prop_map(|(tab, week)| Step::Try { tab, week }),
        ]
    }

    proptest! {
        /// Reloads, two tabs and a clock that jumps: no run of 14 weeks spends more than 8, no week reports
        /// twice, and nothing that may have left is ever lost.
        #[test]
        fn the_budget_is_never_exceeded(steps in prop::collection::vec(step(), 1..120)) {
            let mut stored = Ledger::default();
            let mut tabs = [Ledger::default(), Ledger::default()];
            let mut old = Ledger::default();
            for (moment, step) in steps.into_iter().enumerate() {
                let before = stored.clone();
                match step {
                    Step::Make { tab, week: number, thousandths, truth } => {
                        let mut asking = question("q", 5);
                        asking.epsilon_thousandths = thousandths;
                        let asked = joined(&asking);
                        if let Some(tab) = tabs.get_mut(tab) {
                            tab.merge(&stored);
                            let truth = alloc::format!("a{truth}");
                            let _ = tab.make(&asked, week(number), &truth, &SEED, Timestamp(moment as i64));
                            stored.merge(tab);
                        }
                    }
                    Step::Reload { tab } => if let Some(tab) = tabs.get_mut(tab) { *tab = stored.clone(); },
                    Step::Restore { tab } => if let Some(tab) = tabs.get_mut(tab) {
                        *tab = core::mem::replace(&mut old, stored.clone());
                    },
                    Step::Store { tab } => if let Some(tab) = tabs.get(tab) { stored.merge(tab); },
                    Step::Skip { tab, week: number } => if let Some(tab) = tabs.get_mut(tab) { tab.skip(week(number)); },
                    Step::Try { tab, week: number } => if let Some(tab) = tabs.get_mut(tab) {
                        tab.merge(&stored);
                        let made = tab.of_week(week(number)).map(|row| row.report.id);
                        if made.is_some_and(|id| tab.mark_tried(id, Timestamp(moment as i64))) {
                            stored.merge(tab);
                        }
                    },
                }
                if stored == before {
                    continue;
                }
                for row in before.rows().iter().filter(|row| row.tried.is_some()) {
                    prop_assert!(stored.rows().iter().any(|of| of.report == row.report));
                }
                for first in 2_880_i64..2_945 {
                    let run = first..first + budget::BUDGET_WEEKS;
                    let rows = stored.rows().iter().filter(|row| run.contains(&row.report.week.number()));
                    let spent: u32 = rows.map(|row| u32::from(row.epsilon_thousandths)).sum();
                    prop_assert!(spent <= budget::BUDGET_THOUSANDTHS);
                }
                prop_assert!(stored.rows().is_sorted_by(|a, b| a.report.week < b.report.week), "one report a week");
            }
        }

        /// Union: in any order, and again, the same.
        #[test]
        fn merging_is_a_union(weeks in prop::collection::vec((2_900_i64..2_920, 0_usize..5, any::<bool>(), 0_i64..100), 0..12)) {
            let (mut one, mut other) = (Ledger::default(), Ledger::default());
            for (number, truth, left, at) in weeks {
                let side = if left { &mut one } else { &mut other };
                let row = side.make(&asked(5), week(number), &alloc::format!("a{truth}"), &SEED, Timestamp(at));
                if let (Ok(row), true) = (row, at % 2 == 0) {
                    side.mark_sent(row.report.id, Timestamp(at));
                }
            }
            let (mut there, mut back) = (one.clone(), other.clone());
            there.merge(&other);
            back.merge(&one);
            prop_assert_eq!(&there, &back);
            there.merge(&back);
            prop_assert_eq!(&there, &back);
            prop_assert_eq!(Ledger::from_bytes(&there.to_bytes()), Ok(there));
        }
    }
}
