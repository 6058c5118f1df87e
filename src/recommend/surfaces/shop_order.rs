//! The shop's own order, the same for everybody: what is shown without consent and without the engine.
//!
//! The first candidate of each sale, then the second of each, and so on; of one round the sale that opened last comes
//! first, ties by the sale's id. So brands are mixed and today's sales lead. A page without the engine makes the same
//! list of the front file (`www/src/shop/files.ts`; a browser test compares the two).

use crate::base::ids::{ItemIndex, SaleIndex};
use crate::base::order;
use crate::catalogue::Catalogue;
use alloc::vec;
use alloc::vec::Vec;
use core::cmp::Reverse;

/// Item rows, given ascending, in the shop's order.
pub fn shop_order(catalogue: &Catalogue, rows: &[u32]) -> Vec<u32> {
    let mut seen = vec![0_u32; catalogue.sale_count()];
    let mut ordered: Vec<_> = rows
        .iter()
        .map(|row| {
            let sale: SaleIndex = catalogue.item_sale(ItemIndex(*row));
            let round = seen.get_mut(sale.row()).map_or(0, |seen| {
                *seen += 1;
                *seen
            });
            ((round, Reverse(catalogue.sale_times(sale).0), sale), *row)
        })
        .collect();
    // Sales are numbered by ascending id, so the number breaks ties as the id would.
    order::sort(&mut ordered);
    ordered.into_iter().map(|(_, row)| row).collect()
}
