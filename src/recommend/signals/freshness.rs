//! Sales that opened lately: full at the opening, nothing at the closing.

use super::columns::Coded;
use super::{Column, Signal, Sums, weighted};
use crate::base::ids::ItemIndex;
use crate::base::time::Timestamp;
use crate::recommend::context::Context;
use alloc::boxed::Box;

/// The signal `freshness`: the shop's own, the same for everybody.
pub(super) struct Freshness;

struct Prepared<'a>(Coded<'a, u16>);

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
        let times = context.catalogue.opens().iter().zip(context.catalogue.closes());
        let value = |(opens, closes): (&i64, &i64)| value(context.now, Timestamp(*opens), Timestamp(*closes));
        let table = times.map(|times| weighted(value(times), weight)).collect();
        Box::new(Prepared(Coded { codes: context.catalogue.item_sales(), table }))
    }
}

/// 0 to a million: the share of the sale that is still to come.
fn value(now: Timestamp, opens: Timestamp, closes: Timestamp) -> i64 {
    let length = closes.since(opens).max(1);
    let left = closes.since(now).clamp(0, length);
    match left.checked_mul(1_000_000) {
        Some(product) => product / length,
        // A sale of centuries; the wide division is too slow for the others.
        None => (i128::from(left) * 1_000_000 / i128::from(length)) as i64,
    }
}

impl Column for Prepared<'_> {
    fn add(&self, sums: &mut Sums) {
        sums.sales(&self.0.table);
    }

    fn contribution(&self, item: ItemIndex) -> i32 {
        self.0.at(item.row())
    }
}
