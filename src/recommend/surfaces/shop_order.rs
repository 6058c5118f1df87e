//! The shop's own order, the same for everybody: what is shown without consent and without the engine.
//!
//! The first of each sale, then the second of each, and so on; of one round the sale that opened last comes
//! first, ties by the sale's id. So brands are mixed and today's sales lead. The shelf files of `windowshop pack
//! build` are in this order too.

use crate::base::ids::{ItemIndex, SaleIndex};
use crate::base::order;
use crate::catalogue::Catalogue;
use alloc::vec::Vec;
use core::cmp::Reverse;

/// Item rows in the shop's order.
pub fn shop_order(catalogue: &Catalogue, rows: &[u32]) -> Vec<u32> {
    let mut ordered: Vec<_> = rows
        .iter()
        .map(|row| {
            let sale: SaleIndex = catalogue.item_sale(ItemIndex(*row));
            let round = (*row as usize).saturating_sub(catalogue.sale_items(sale).start);
            ((round, Reverse(catalogue.sale_times(sale).0), sale), *row)
        })
        .collect();
    // Sales are numbered by ascending id, so the number breaks ties as the id would.
    order::sort(&mut ordered);
    ordered.into_iter().map(|(_, row)| row).collect()
}
