//! How satisfied did the shopper say they were on the whole, in the week before? One of the five answers of `satisfaction`, or
//! `none`.
//!
//! The week before: the question is put to the shopper in that week, because a report goes within a minute of a visit's
//! beginning and would leave before most had answered (docs/decisions/0010).

use super::Evidence;
use crate::report::domains::NONE;
use crate::report::Asked;
use crate::shopper::EventKind;
use alloc::string::String;

/// Answers that a list must have: what is worked out may be any of them, whatever else the list has.
pub(super) const ALWAYS: &[&str] = &[NONE];

pub(super) fn answer(evidence: Evidence<'_>, asked: &Asked) -> String {
    let before = evidence.week.before();
    evidence.latest_reason(EventKind::Satisfaction, before, None, asked.domain())
}
