//! For which announced brand was a reminder asked in the week: demand before the sale, days ahead (预购统计).
//!
//! Of several it is the one whose sale opens first, then the one whose id comes first; who asked for none answers `none`.

use super::Evidence;
use crate::base::time::Week;
use crate::report::Asked;
use crate::report::domains::NONE;
use alloc::string::String;

pub(super) fn answer(evidence: Evidence<'_>, asked: &Asked) -> String {
    let catalogue = evidence.catalogue;
    let reminders = evidence.reminders.iter().filter(|reminder| {
        Week::of(reminder.since) == evidence.week && asked.domain().position(&reminder.brand).is_some()
    });
    let opens = |brand: &str| {
        let of = catalogue
            .announced_sales()
            .filter(|sale| catalogue.brand_id(catalogue.sale_brand(*sale)) == brand);
        of.map(|sale| catalogue.sale_times(sale).0).min()
    };
    let first = reminders.min_by_key(|reminder| (opens(&reminder.brand), reminder.brand.as_str()));
    first.map_or_else(|| NONE.into(), |reminder| reminder.brand.clone())
}
