//! Everything that can be refused at the door, with a stable code that hosts share.

use crate::answers::AnswerError;
use crate::base::money::MoneyError;
use crate::base::notation::RuleError;
use crate::catalogue::PackError;
use crate::catalogue::delta::DeltaError;
use crate::pricing::{CartError, PromotionsError};
use crate::recommend::{RecommendError, VariantsError, WeightsError};
use crate::report::{LedgerError, QuestionError};
use crate::shopper::account::AccountError;
use crate::shopper::event::EventError;
use crate::shopper::export::ImportError;
use crate::shopper::reminders::RemindersFull;
use crate::shopper::snapshot::SnapshotError;
use crate::target::CampaignsError;
use alloc::string::String;

/// Why a call was refused. Nothing has changed then.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EngineError {
    /// The pack is refused.
    #[error(transparent)]
    Pack(#[from] PackError),
    /// The pack's weights are refused.
    #[error(transparent)]
    Weights(#[from] WeightsError),
    /// The pack's variants are refused.
    #[error(transparent)]
    Variants(#[from] VariantsError),
    /// The pack's promotions are refused.
    #[error(transparent)]
    Promotions(#[from] PromotionsError),
    /// The pack's campaigns are refused.
    #[error(transparent)]
    Campaigns(#[from] CampaignsError),
    /// The pack's questions are refused.
    #[error(transparent)]
    Questions(#[from] QuestionError),
    /// The pack's table of how often customers come back is refused.
    #[error("the section {0}")]
    Lifetime(RuleError),
    /// What is said of the account is refused.
    #[error(transparent)]
    Account(#[from] AccountError),
    /// The delta is refused.
    #[error(transparent)]
    Delta(#[from] DeltaError),
    /// The event is refused.
    #[error(transparent)]
    Event(#[from] EventError),
    /// There are too many reminders.
    #[error(transparent)]
    Reminders(#[from] RemindersFull),
    /// The snapshot is not read.
    #[error(transparent)]
    Snapshot(#[from] SnapshotError),
    /// The file is not imported.
    #[error(transparent)]
    Import(#[from] ImportError),
    /// The request is refused.
    #[error(transparent)]
    Request(#[from] RecommendError),
    /// The cart is refused.
    #[error(transparent)]
    Cart(#[from] CartError),
    /// An amount is beyond what can be counted.
    #[error(transparent)]
    Money(#[from] MoneyError),
    /// No report is made.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// What is asked makes no question of this pack.
    #[error(transparent)]
    Asked(QuestionError),
    /// The question has no answer.
    #[error(transparent)]
    Answer(#[from] AnswerError),
    /// A report is asked for without kept consent.
    #[error("no report is made unless the shopper chose to have memory kept")]
    ReportWithoutConsent,
    /// An id is not in the catalogue.
    #[error("{kind} {id:?} is not in the catalogue")]
    Unknown {
        /// What the id names.
        kind: &'static str,
        /// The id.
        id: String,
    },
}

impl EngineError {
    /// The code that JavaScript sees: stable, in snake case.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Pack(_)
            | Self::Weights(_)
            | Self::Variants(_)
            | Self::Promotions(_)
            | Self::Campaigns(_)
            | Self::Lifetime(_)
            | Self::Questions(_) => "pack_refused",
            Self::Account(_) => "account_invalid",
            Self::Delta(DeltaError::State { .. }) => "delta_out_of_step",
            Self::Delta(_) => "delta_refused",
            Self::Event(EventError::Name { .. }) => "event_unknown",
            Self::Event(_) => "event_invalid",
            Self::Reminders(_) => "reminders_full",
            Self::Snapshot(SnapshotError::Newer { .. }) => "snapshot_newer",
            Self::Snapshot(_) => "snapshot_damaged",
            Self::Import(_) => "import_refused",
            Self::Request(_) => "request_invalid",
            Self::Cart(_) | Self::Money(_) => "cart_invalid",
            Self::Ledger(_) | Self::Asked(_) | Self::Answer(_) | Self::ReportWithoutConsent => {
                "report_refused"
            }
            Self::Unknown { .. } => "not_in_catalogue",
        }
    }
}
