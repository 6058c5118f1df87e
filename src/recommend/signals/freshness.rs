//! Sales that opened lately: full at the opening, nothing at the closing.

use super::columns::Coded;
use super::{Column, Signal, Sums, weighted};
use crate::base::ids::{ItemIndex, SaleIndex};
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
        let sales = (0..context.catalogue.sale_count()).map(|row| SaleIndex(row as u32));
        let table = sales.map(|sale| weighted(value(context, sale), weight)).collect();
        Box::new(Prepared(Coded { codes: context.catalogue.item_sales(), table }))
    }
}

/// 0 to a million: the share of the sale that is still to come.
fn value(context: &Context<'_>, sale: SaleIndex) -> i64 {
    let (opens, closes) = context.catalogue.sale_times(sale);
    let length = closes.since(opens).max(1);
    let left = closes.since(context.now).clamp(0, length);
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
