//! Was there an order in the week before?
//!
//! Asked of everybody in a campaign drawn for all, eligible or not, with the arm in clear: the arm is a coin. Which campaign
//! and which arm is in the question's cell (`engine::reports`). The whole week before is looked at, so that the answer does
//! not depend on the hour at which the report is made.

use super::Evidence;
use crate::report::Asked;
use alloc::string::String;

/// Answers that a list must have: what is worked out may be any of them, whatever else the list has.
pub(super) const ALWAYS: &[&str] = &super::YES_OR_NO;

pub(super) fn answer(evidence: Evidence<'_>, _: &Asked) -> String {
    String::from(super::yes_or_no(evidence.ordered_in(evidence.week.before())))
}
