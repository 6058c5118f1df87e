//! Sales that opened lately: full at the opening, nothing at the closing.

use super::columns::at;
use super::{Column, Signal, Sums, weighted};
use crate::base::ids::ItemIndex;
use crate::base::time::Timestamp;
use crate::recommend::context::Context;
use crate::shopper::affinity::Affinities;
use alloc::boxed::Box;
use alloc::vec::Vec;

/// The signal `freshness`: the shop's own, the same for everybody.
pub(super) struct Freshness;

/// The contribution of each sale.
struct Prepared(Vec<i32>);

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

    fn prepare(&self, context: &Context<'_>, _: &Affinities<'_>, weight: i32) -> Box<dyn Column> {
        let times = context.catalogue.opens().iter().zip(context.catalogue.closes());
        let value =
            |(opens, closes): (&i64, &i64)| value(context.minute, Timestamp(*opens), Timestamp(*closes));
        let table = times.map(|times| weighted(value(times), weight)).collect();
        Box::new(Prepared(table))
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

impl Column for Prepared {
    fn add(&self, _: &Context<'_>, sums: &mut Sums) {
        sums.sales(&self.0);
    }

    fn contribution(&self, context: &Context<'_>, item: ItemIndex) -> i32 {
        at(&self.0, context.facts.sale(item))
    }
}
