//! Brands whose reminder the shopper asked for.

use super::columns::at;
use super::{Column, Signal, Sums, weighted};
use crate::base::ids::ItemIndex;
use crate::base::time::{DAY, HOUR, MINUTE};
use crate::recommend::context::Context;
use crate::recommend::reason::Ground;
use crate::shopper::affinity::Affinities;
use alloc::boxed::Box;
use alloc::sync::Arc;
use alloc::vec;
use alloc::vec::Vec;

/// The signal `reminder`.
pub(super) struct Reminder;

/// The contribution of each brand.
struct Prepared(Vec<i32>);

impl Signal for Reminder {
    fn code(&self) -> &'static str {
        "reminder"
    }

    fn is_personal(&self) -> bool {
        true
    }

    fn default_weight(&self) -> i32 {
        2_000
    }

    fn prepare(&self, context: &Context<'_>, _: &Affinities<'_>, weight: i32) -> Box<dyn Column> {
        let catalogue = context.catalogue;
        let mut table = vec![0; catalogue.brand_count()];
        // A reminder is kept without consent, but the order of the shop is then the same for all.
        if context.consent.remembers() {
            for reminder in context.reminders.list() {
                let brand = catalogue.find_brand(&reminder.brand);
                if let Some(slot) = brand.and_then(|brand| table.get_mut(brand.row())) {
                    *slot = weighted(1_000_000, weight);
                }
            }
        }
        Box::new(Prepared(table))
    }
}

/// The message for an opening so many milliseconds ahead, and how many of its units that is, rounded up: nobody should
/// be told that there is less time than there is.
fn wait(left: i64) -> (&'static str, u32) {
    let units = |unit: i64| u32::try_from((left + unit - 1) / unit).unwrap_or(u32::MAX);
    if left <= 0 {
        ("reminder", 1)
    } else if left <= HOUR {
        ("reminder.minutes", units(MINUTE))
    } else if left <= DAY {
        ("reminder.hours", units(HOUR))
    } else {
        ("reminder.days", units(DAY))
    }
}

impl Column for Prepared {
    fn add(&self, _: &Context<'_>, sums: &mut Sums) {
        sums.brands(&self.0);
    }

    fn contribution(&self, context: &Context<'_>, item: ItemIndex) -> i32 {
        at(&self.0, context.facts.brand(item))
    }

    fn reason(&self, context: &Context<'_>, item: ItemIndex) -> Option<Arc<Ground>> {
        let (catalogue, now) = (context.catalogue, context.now);
        let brand = Some(catalogue.brand_id(catalogue.item_brand(item)).into());
        let (message, count) = wait(catalogue.sale_times(catalogue.item_sale(item)).0.since(now));
        Some(Arc::new(Ground { code: "reminder", message, brand, count, ..Ground::default() }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wait_is_told_in_the_unit_that_reads_best() {
        for (left, expected) in [
            (-1, ("reminder", 1)),
            (0, ("reminder", 1)),
            (1, ("reminder.minutes", 1)),
            (20 * MINUTE, ("reminder.minutes", 20)),
            (20 * MINUTE + 1, ("reminder.minutes", 21)),
            (HOUR, ("reminder.minutes", 60)),
            (HOUR + 1, ("reminder.hours", 2)),
            (DAY, ("reminder.hours", 24)),
            (2 * DAY + HOUR, ("reminder.days", 3)),
            (i64::MAX / 2, ("reminder.days", u32::MAX)),
        ] {
            assert_eq!(wait(left), expected, "{left}");
        }
    }
}
