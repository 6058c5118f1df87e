//! What deltas changed of a pack's columns, and how one more changes it: all of it, or nothing.

use super::Catalogue;
use crate::base::ids::ItemIndex;
use crate::base::money::AMOUNT_MAX;
use crate::catalogue::delta::{Delta, DeltaError};
use crate::kernel::numbers::Numbers;
use alloc::vec;
use alloc::vec::Vec;

/// The columns that deltas changed; for those that none did the pack's own serve.
#[derive(Debug, Clone, Default)]
pub(super) struct Changes {
    left: Option<Vec<u32>>,
    /// In minor units.
    pub(super) prices: Option<Vec<i64>>,
    pub(super) price_bands: Option<Vec<u8>>,
    pub(super) percents: Option<Vec<u8>>,
    pub(super) opens: Option<Vec<i64>>,
    pub(super) closes: Option<Vec<i64>>,
    pub(super) hidden: Option<Vec<bool>>,
}

impl Changes {
    /// Units left of each stock row.
    pub(super) fn left(&self) -> Option<Numbers<'_>> {
        let column = self.left.as_deref()?;
        Numbers::of(bytemuck::cast_slice(column), column.len())
    }

    /// These and one delta more, of a catalogue that they are the changes of.
    ///
    /// # Errors
    /// [`DeltaError::Nonsense`] at the first row that is not there or value that is out of range.
    pub(super) fn with(&self, catalogue: &Catalogue, delta: &Delta) -> Result<Self, DeltaError> {
        let mut next = self.clone();
        let nonsense = |field, problem| DeltaError::Nonsense { field, problem };
        for (row, left) in &delta.stock {
            if *row as usize >= catalogue.pack.stock_rows() {
                return Err(nonsense("stock", "a row is beyond the pack's"));
            }
            let column = next.left.get_or_insert_with(|| {
                let left = catalogue.left();
                let mut column = vec![0; left.len()];
                left.read(0, &mut column);
                column
            });
            set(column, *row, *left);
        }
        for (row, price) in &delta.prices {
            if *row as usize >= catalogue.item_count() {
                return Err(nonsense("prices", "a row is beyond the pack's"));
            }
            let list = catalogue.list_price(ItemIndex(*row));
            if !(0..=AMOUNT_MAX).contains(price) || *price > list {
                return Err(nonsense("prices", "a price is negative or above the list price"));
            }
            let percent = if list > 0 { i128::from(list - price) * 100 / i128::from(list) } else { 0 };
            let known = || catalogue.item_range().map(|row| catalogue.price(ItemIndex(row as u32))).collect();
            set(next.prices.get_or_insert_with(known), *row, *price);
            let band = catalogue.meta().price_band(*price);
            set(next.price_bands.get_or_insert_with(|| catalogue.price_bands().to_vec()), *row, band);
            set(next.percents.get_or_insert_with(|| catalogue.percents_off().to_vec()), *row, percent as u8);
        }
        for (row, opens, closes) in &delta.sales {
            if *row as usize >= catalogue.sale_count() || opens >= closes {
                return Err(nonsense(
                    "sales",
                    "a row is beyond the pack's, or a sale closes before it opens",
                ));
            }
            set(next.opens.get_or_insert_with(|| catalogue.opens().to_vec()), *row, opens.0);
            set(next.closes.get_or_insert_with(|| catalogue.closes().to_vec()), *row, closes.0);
        }
        for (row, hidden) in &delta.hidden {
            if *row as usize >= catalogue.item_count() {
                return Err(nonsense("hidden", "a row is beyond the pack's"));
            }
            let column = next.hidden.get_or_insert_with(|| vec![false; catalogue.item_count()]);
            set(column, *row, *hidden);
        }
        Ok(next)
    }
}

fn set<T>(column: &mut [T], row: u32, value: T) {
    if let Some(slot) = column.get_mut(row as usize) {
        *slot = value;
    }
}
