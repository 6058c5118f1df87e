//! At which lifecycle stage is the shopper? One of the stages' names.

use super::Evidence;
use crate::shopper::Stage;
use crate::report::Asked;
use alloc::string::String;

/// Answers that a list must have: what is worked out may be any of them, whatever else the list has.
pub(super) const ALWAYS: &[&str] = &Stage::NAMES;

pub(super) fn answer(evidence: Evidence<'_>, _: &Asked) -> String {
    evidence.stage.name().into()
}
