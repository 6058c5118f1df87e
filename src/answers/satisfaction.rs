//! What did the shopper answer in the week, of their own choice? One of the five answers of `satisfaction`, or `none`.

use super::Evidence;
use crate::report::Asked;
use crate::shopper::EventKind;
use alloc::string::String;

pub(super) fn answer(evidence: Evidence<'_>, asked: &Asked) -> String {
    evidence.latest_reason(EventKind::Satisfaction, asked.domain())
}
