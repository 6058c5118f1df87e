//! Which of the shop's groups of brands was looked at most in the week?
//!
//! Looks are `view_item` events of goods that are not sensitive. A brand of no group counts for `other`; of equals the one
//! earlier in the domain is the answer, and who looked at nothing answers `none`.

use super::Evidence;
use crate::base::time::Week;
use crate::report::Domain;
use crate::report::domains::OTHER;
use crate::report::questions::{AnswerSpace, BrandGroup};
use crate::shopper::EventKind;
use alloc::string::String;
use alloc::vec;

pub(super) fn answer(evidence: Evidence<'_>, domain: &Domain) -> String {
    let groups: &[BrandGroup] = match evidence.space {
        AnswerSpace::BrandGroups(groups) => groups,
        _ => &[],
    };
    let mut looks = vec![0_u32; domain.size()];
    let events = evidence.history.events().iter();
    let of_week =
        events.filter(|event| event.kind == EventKind::ViewItem && Week::of(event.at) == evidence.week);
    for item in of_week.flat_map(|event| &event.items).filter(|item| !item.sensitive) {
        let Some(brand) = &item.brand else { continue };
        let group = groups.iter().find(|group| group.brands.contains(brand));
        let label = group.map_or(OTHER, |group| group.label.as_str());
        if let Some(count) = domain.position(label).and_then(|place| looks.get_mut(place)) {
            *count = count.saturating_add(1);
        }
    }
    super::most(&looks, domain)
}
