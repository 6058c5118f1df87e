//! Why was something sent back? The reason of the week's latest return that gave one of the question's answers; `none`
//! where there is no such.

use super::Evidence;
use crate::report::domains::NONE;
use crate::report::Asked;
use crate::shopper::EventKind;
use alloc::string::String;

/// Answers that a list must have: what is worked out may be any of them, whatever else the list has.
pub(super) const ALWAYS: &[&str] = &[NONE];

pub(super) fn answer(evidence: Evidence<'_>, asked: &Asked) -> String {
    evidence.latest_reason(EventKind::ReturnOpened, evidence.week, None, asked.domain())
}
