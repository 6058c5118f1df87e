//! The discount, bounded: every item here is reduced, and depth must not dominate the order.

use super::columns::at;
use super::{Column, Signal, Sums, weighted};
use crate::base::ids::ItemIndex;
use crate::recommend::context::Context;
use crate::shopper::affinity::Affinities;
use alloc::boxed::Box;
use alloc::vec::Vec;

/// The signal `discount`: the shop's own, the same for everybody.
pub(super) struct Discount;

/// The contribution of each whole percent off.
struct Prepared(Vec<i32>);

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

    fn prepare(&self, _: &Context<'_>, _: &Affinities<'_>, weight: i32) -> Box<dyn Column> {
        let table = (0..=100).map(|percent| weighted(value(percent), weight)).collect();
        Box::new(Prepared(table))
    }
}

/// 0 to a million: the share off the list price.
fn value(percent: u8) -> i64 {
    i64::from(percent) * 10_000
}

impl Column for Prepared {
    fn add(&self, _: &Context<'_>, sums: &mut Sums) {
        sums.percents_off(&self.0);
    }

    fn contribution(&self, context: &Context<'_>, item: ItemIndex) -> i32 {
        at(&self.0, context.facts.percent_off(item))
    }
}
