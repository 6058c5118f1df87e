//! The discount, bounded: every item here is reduced, and depth must not dominate the order.

use super::columns::Dense;
use super::{Column, Signal, weighted};
use crate::base::ids::ItemIndex;
use crate::recommend::context::Context;
use alloc::boxed::Box;

/// The signal `discount`: the shop's own, the same for everybody.
pub(super) struct Discount;

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
        let items = (0..context.catalogue.item_count()).map(|row| ItemIndex(row as u32));
        Box::new(Dense(items.map(|item| weighted(value(context, item), weight)).collect()))
    }
}

/// 0 to a million: the share off the list price.
fn value(context: &Context<'_>, item: ItemIndex) -> i64 {
    i64::from(context.catalogue.percent_off(item)) * 10_000
}
