//! For which announced brand was a reminder asked in the week: demand before the sale, days ahead (预购统计).
//!
//! Of several it is the one whose sale opens first, then the one whose id comes first; who asked for none answers `none`. A brand
//! of which nothing but sensitive goods is announced counts for none: a report never tells of those.

use super::Evidence;
use crate::base::time::Week;
use crate::report::Asked;
use crate::report::domains::NONE;
use alloc::string::String;

/// Answers that a list must have: what is worked out may be any of them, whatever else the list has.
pub(super) const ALWAYS: &[&str] = &[NONE];

pub(super) fn answer(evidence: Evidence<'_>, asked: &Asked) -> String {
    let catalogue = evidence.catalogue;
    let reminders = evidence.reminders.iter().filter(|reminder| {
        Week::of(reminder.since) == evidence.week && asked.domain().position(&reminder.brand).is_some()
    });
    let opens = |brand: &str| {
        let of = catalogue.announced_sales().filter(|sale| {
            catalogue.brand_id(catalogue.sale_brand(*sale)) == brand && catalogue.has_plain(*sale)
        });
        of.map(|sale| catalogue.sale_times(sale).0).min()
    };
    let known = reminders.filter_map(|reminder| Some((opens(&reminder.brand)?, reminder.brand.as_str())));
    known.min().map_or(NONE, |(_, brand)| brand).into()
}
