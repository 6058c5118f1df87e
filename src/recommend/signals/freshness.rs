//! Sales that opened lately: full at the opening, nothing at the closing.

use super::{Column, Signal, Sums, weighted};
use crate::base::ids::{ItemIndex, SaleIndex};
use crate::recommend::context::Context;
use alloc::boxed::Box;
use alloc::vec::Vec;

/// The signal `freshness`: the shop's own, the same for everybody.
pub(super) struct Freshness;

struct Prepared<'a> {
    context: &'a Context<'a>,
    /// The contribution of each sale.
    sales: Vec<i32>,
}

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
        Box::new(Prepared {
            context,
            sales: sales.map(|sale| weighted(value(context, sale), weight)).collect(),
        })
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
        sums.sales(&self.sales);
    }

    fn contribution(&self, item: ItemIndex) -> i32 {
        let sale = self.context.catalogue.item_sale(item);
        self.sales.get(sale.row()).copied().unwrap_or(0)
    }
}
