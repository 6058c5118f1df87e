//! The discount, bounded: every item here is reduced, and depth must not dominate the order.

use super::columns::Coded;
use super::{Column, Signal, Sums, weighted};
use crate::base::ids::ItemIndex;
use crate::recommend::context::Context;
use alloc::boxed::Box;

/// The signal `discount`: the shop's own, the same for everybody.
pub(super) struct Discount;

struct Prepared<'a>(Coded<'a, u8>);

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
        let table = (0..=100).map(|percent| weighted(value(percent), weight)).collect();
        Box::new(Prepared(Coded { codes: context.catalogue.percents_off(), table }))
    }
}

/// 0 to a million: the share off the list price.
fn value(percent: u8) -> i64 {
    i64::from(percent) * 10_000
}

impl Column for Prepared<'_> {
    fn add(&self, sums: &mut Sums) {
        sums.percents_off(&self.0.table);
    }

    fn contribution(&self, item: ItemIndex) -> i32 {
        self.0.at(item.row())
    }
}
