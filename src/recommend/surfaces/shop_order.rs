//! The shop's own order, the same for everybody: what is shown without consent and without the engine.
//!
//! The first candidate of each sale, then the second of each, and so on; of one round the sale that opened last comes
//! first, ties by the sale's id. So brands are mixed and today's sales lead. A page without the engine makes the same
//! list of the front file (`www/src/shop/files.ts`; a browser test compares the two).

use crate::base::ids::{ItemIndex, SaleIndex};
use crate::base::order;
use crate::base::time::Timestamp;
use crate::catalogue::Catalogue;
use alloc::vec::Vec;
use core::cmp::Reverse;

/// The first `most` of item rows, given ascending, in the shop's order.
pub fn shop_order(catalogue: &Catalogue, rows: &[u32], most: usize) -> Vec<u32> {
    // Items lie sale by sale.
    let sales = catalogue.item_sales();
    let runs = rows.chunk_by(|one, other| sales.get(*one as usize) == sales.get(*other as usize));
    // Sales are numbered by ascending id, so the number breaks ties as the id would.
    let mut runs: Vec<(Reverse<Timestamp>, SaleIndex, &[u32])> = runs
        .filter_map(|run| {
            let sale = catalogue.item_sale(ItemIndex(*run.first()?));
            Some((Reverse(catalogue.sale_times(sale).0), sale, run))
        })
        .collect();
    order::sort(&mut runs);
    let rounds = runs.iter().map(|(_, _, run)| run.len()).max().unwrap_or(0);
    (0..rounds)
        .flat_map(|round| runs.iter().filter_map(move |(_, _, run)| run.get(round)))
        .copied()
        .take(most)
        .collect()
}
