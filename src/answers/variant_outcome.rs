//! Was there an order in the week before? Asked with the ranking's variant in clear, which is a coin
//! (`recommend::variants`); the variant is in the question's cell (`engine::reports`).

use super::Evidence;
use crate::report::Asked;
use alloc::string::String;

/// Answers that a list must have: what is worked out may be any of them, whatever else the list has.
pub(super) const ALWAYS: &[&str] = &super::YES_OR_NO;

pub(super) fn answer(evidence: Evidence<'_>, _: &Asked) -> String {
    String::from(super::yes_or_no(evidence.ordered_in(evidence.week.before())))
}
