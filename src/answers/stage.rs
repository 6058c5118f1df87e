//! At which lifecycle stage is the shopper? One of the stages' names.

use super::Evidence;
use crate::report::Asked;
use alloc::string::String;

pub(super) fn answer(evidence: Evidence<'_>, _: &Asked) -> String {
    evidence.stage.name().into()
}
