//! What did the shopper answer to this item of the survey, in the week before? One of its labels, or `none` where they skipped
//! it or were not asked. `satisfaction` says why it is the week before.

use super::Evidence;
use crate::report::domains::NONE;
use crate::report::Asked;
use crate::shopper::EventKind;
use alloc::string::String;

/// Answers that a list must have: what is worked out may be any of them, whatever else the list has.
pub(super) const ALWAYS: &[&str] = &[NONE];

pub(super) fn answer(evidence: Evidence<'_>, asked: &Asked) -> String {
    let before = evidence.week.before();
    evidence.latest_reason(EventKind::Satisfaction, before, Some(&asked.question().id), asked.domain())
}
