//! Which of the shop's groups of brands was looked at most in the week?
//!
//! Looks are `view_item` events of goods that are not sensitive. A brand of no group counts for `other`; of equals the one
//! earlier in the domain is the answer, and who looked at nothing answers `none`.

use super::Evidence;
use crate::report::domains::NONE;
use crate::report::domains::OTHER;
use crate::report::{AnswerSpace, Asked, BrandGroup};
use alloc::string::String;

/// Answers that a list must have: what is worked out may be any of them, whatever else the list has.
pub(super) const ALWAYS: &[&str] = &[NONE];

pub(super) fn answer<'a>(evidence: Evidence<'a>, asked: &'a Asked) -> String {
    let groups: &[BrandGroup] = match &asked.question().domain {
        AnswerSpace::BrandGroups(groups) => groups,
        _ => &[],
    };
    evidence.most_looked_at(asked.domain(), |item| {
        let brand = item.brand.as_ref()?;
        let group = groups.iter().find(|group| group.brands.contains(brand));
        Some(group.map_or(OTHER, |group| group.label.as_str()))
    })
}
