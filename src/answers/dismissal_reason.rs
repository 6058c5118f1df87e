//! Why was something sent away? The reason of the week's latest dismissal that gave one of the question's answers; `none`
//! where there is no such.

use super::Evidence;
use crate::report::Domain;
use crate::shopper::EventKind;
use alloc::string::String;

pub(super) fn answer(evidence: Evidence<'_>, domain: &Domain) -> String {
    evidence.latest_reason(EventKind::Dismiss, domain)
}
