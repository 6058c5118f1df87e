//! Sales that opened lately: full at the opening, nothing at the closing.

use super::columns::Dense;
use super::{Column, Signal, weighted};
use crate::base::ids::ItemIndex;
use crate::recommend::context::Context;
use alloc::boxed::Box;

/// The signal `freshness`: the shop's own, the same for everybody.
pub(super) struct Freshness;

impl Signal for Freshness {
    fn code(&self) -> &'static str {
        "freshness"
    }

    fn is_personal(&self) -> bool {
        false
    }

    fn default_weight(&self) -> i32 {
        300
    }

    fn prepare<'a>(&self, context: &'a Context<'a>, weight: i32) -> Box<dyn Column + 'a> {
        let items = (0..context.catalogue.item_count()).map(|row| ItemIndex(row as u32));
        Box::new(Dense(items.map(|item| weighted(value(context, item), weight)).collect()))
    }
}

/// 0 to a million: the share of the sale that is still to come.
fn value(context: &Context<'_>, item: ItemIndex) -> i64 {
    let (opens, closes) = context.catalogue.sale_times(context.catalogue.item_sale(item));
    let length = closes.since(opens).max(1);
    let left = closes.since(context.now).clamp(0, length);
    match left.checked_mul(1_000_000) {
        Some(product) => product / length,
        // A sale of centuries; the wide division is too slow to be done for every item of the others.
        None => (i128::from(left) * 1_000_000 / i128::from(length)) as i64,
    }
}
