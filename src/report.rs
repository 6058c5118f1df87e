//! What may leave the tab, in what disguise, and what it can tell about everybody.
//!
//! A **question** ([`questions`]) comes with the pack and asks for one answer of a closed [`domains::Domain`].
//! A **randomiser** ([`randomisers`]) disguises the true answer with chance that the host seeds ([`chance`]);
//! the [`body::Report`] carries the disguise and nothing else. The [`ledger`] lists every report and what it
//! spent of the [`budget`]. An [`estimate`] is what the endpoint can say of all reports together. The [`survey`] is those
//! questions that a shopper answers with a click; a [`score`] is what its answers come to.
//!
//! The true answers are worked out in `answers`; sending, storing and time are the host's. Nothing in the
//! making of a report is a float: thresholds are integers, worked out with integers.

pub mod body;
pub mod budget;
pub mod chance;
pub mod domains;
pub mod estimate;
pub mod ledger;
pub mod questions;
pub mod randomisers;
pub mod score;
pub mod survey;

pub use body::{Report, ReportError, ReportId};
pub use domains::{ANSWERS_MAX, Domain, DomainError};
pub use estimate::{AnswerEstimate, Estimate, EstimateError, estimate};
pub use ledger::{Ledger, LedgerError, LedgerRow};
pub use questions::{AnswerSpace, Asked, BrandGroup, Question, QuestionError, Questions, Wording};
pub use randomisers::Randomiser;
pub use score::{Mean, ScoreError, mean_of_answered};
pub use survey::{Dimension, Survey, SurveyItem};
