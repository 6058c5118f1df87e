//! For which announced brand was a reminder asked in the week: demand before the sale, days ahead (预购统计).
//!
//! Of several it is the one whose sale opens first, then the one whose id comes first; who asked for none answers `none`.

use super::Evidence;
use crate::base::ids::SaleIndex;
use crate::base::time::Week;
use crate::report::Domain;
use crate::report::domains::NONE;
use alloc::string::String;

pub(super) fn answer(evidence: Evidence<'_>, domain: &Domain) -> String {
    let catalogue = evidence.catalogue;
    let asked = evidence.reminders.iter().filter(|reminder| {
        Week::of(reminder.since) == evidence.week && domain.position(&reminder.brand).is_some()
    });
    let opens = |brand: &str| {
        let sales = (0..catalogue.sale_count()).map(|row| SaleIndex(row as u32));
        let of = sales.filter(|sale| catalogue.brand_id(catalogue.sale_brand(*sale)) == brand);
        let times = of.map(|sale| catalogue.sale_times(sale).0);
        times.filter(|opens| *opens > catalogue.meta().created).min()
    };
    let first = asked.min_by_key(|reminder| (opens(&reminder.brand), reminder.brand.as_str()));
    first.map_or_else(|| NONE.into(), |reminder| reminder.brand.clone())
}
