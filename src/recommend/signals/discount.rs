//! The discount, bounded: every item here is reduced, and depth must not dominate the order.

use super::{Column, Signal, Sums, weighted};
use crate::base::ids::ItemIndex;
use crate::recommend::context::Context;
use alloc::boxed::Box;
use alloc::vec::Vec;

/// The signal `discount`: the shop's own, the same for everybody.
pub(super) struct Discount;

struct Prepared<'a> {
    context: &'a Context<'a>,
    /// The contribution of each whole percent off, 0 to 100.
    percents: Vec<i32>,
}

impl Signal for Discount {
    fn code(&self) -> &'static str {
        "discount"
    }

    fn is_personal(&self) -> bool {
        false
    }

    fn default_weight(&self) -> i32 {
        200
    }

    fn prepare<'a>(&self, context: &'a Context<'a>, weight: i32) -> Box<dyn Column + 'a> {
        Box::new(Prepared {
            context,
            percents: (0..=100).map(|percent| weighted(value(percent), weight)).collect(),
        })
    }
}

/// 0 to a million: the share off the list price.
fn value(percent: u8) -> i64 {
    i64::from(percent) * 10_000
}

impl Column for Prepared<'_> {
    fn add(&self, sums: &mut Sums) {
        sums.percents_off(&self.percents);
    }

    fn contribution(&self, item: ItemIndex) -> i32 {
        let percent = self.context.catalogue.percent_off(item);
        self.percents.get(usize::from(percent)).copied().unwrap_or(0)
    }
}
