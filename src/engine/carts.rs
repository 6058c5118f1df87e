//! Carts: what the lines cost now, with what promotions, seen by no shopper's memory.

use super::Engine;
use super::error::EngineError;
use super::input::CartLineInput;
use super::views::{ReceiptLineView, ReceiptView, RefusedView, ShareView, UsedView};
use crate::base::ids::ItemIndex;
use crate::base::money::Money;
use crate::base::time::Timestamp;
use crate::catalogue::SaleState;
use crate::pricing::{self, Cart, CartError, Line, QUANTITY_MAX, ReceiptLine};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

impl Engine {
    /// Prices a cart with the codes entered. Each line counts what is in stock of it in an open sale; the rest is
    /// said and not priced.
    ///
    /// # Errors
    /// [`EngineError::Unknown`] for an item or a size that the catalogue lacks, [`EngineError::Cart`] for
    /// malformed lines, [`EngineError::Money`] for amounts beyond counting.
    pub fn price(
        &self,
        lines: &[CartLineInput],
        codes: &[String],
        now: Timestamp,
    ) -> Result<ReceiptView, EngineError> {
        let mut views: Vec<(String, i64, u32)> = Vec::with_capacity(lines.len());
        let mut priced = Vec::with_capacity(lines.len());
        for line in lines {
            let (item, available) = self.available(line, now)?;
            // Ids have no spaces, so that a key is one line's alone, and can be read in a refusal.
            let key =
                line.size.as_ref().map_or_else(|| line.item.clone(), |size| format!("{} {size}", line.item));
            // Refused whether or not it is in stock: what a cart may hold does not depend on the hour.
            if !(1..=QUANTITY_MAX).contains(&line.quantity) {
                return Err(CartError::Quantity { key, quantity: line.quantity }.into());
            }
            if views.iter().any(|(other, ..)| *other == key) {
                return Err(CartError::Twice(key).into());
            }
            if available > 0 {
                priced.push(self.line(item, &key, available)?);
            }
            views.push((key, self.catalogue.price(item), available));
        }
        let receipt = pricing::price(&Cart::new(priced)?, codes, now, &self.promotions)?;
        let of_key = |key: &str| receipt.lines.iter().find(|line| line.key == key);
        Ok(ReceiptView {
            lines: lines
                .iter()
                .zip(&views)
                .map(|(asked, (key, price, available))| line_view(asked, *price, *available, of_key(key)))
                .collect(),
            subtotal: receipt.subtotal.minor(),
            discount: receipt.discount.minor(),
            total: receipt.total.minor(),
            used: receipt
                .used
                .iter()
                .map(|used| UsedView {
                    id: used.promotion.clone(),
                    code: used.code.clone(),
                    amount: used.amount.minor(),
                })
                .collect(),
            refused: receipt
                .refused
                .iter()
                .map(|refused| RefusedView {
                    id: refused.promotion.clone(),
                    code: refused.code.clone(),
                    reason: refused.reason.code(),
                    shortfall: refused.reason.shortfall(),
                })
                .collect(),
            unknown_codes: receipt.unknown_codes.clone(),
            state: self.catalogue.state().to_hex(),
        })
    }

    /// The item of a line and how many of what was asked for can be bought now.
    fn available(&self, line: &CartLineInput, now: Timestamp) -> Result<(ItemIndex, u32), EngineError> {
        let unknown = |kind, id: &str| EngineError::Unknown { kind, id: id.into() };
        let item = self.catalogue.find_item(&line.item).ok_or_else(|| unknown("item", &line.item))?;
        let left = match &line.size {
            None => self.catalogue.units_left(item),
            Some(size) => {
                let row = self.catalogue.stock(item).find(|row| row.size == size);
                u64::from(row.ok_or_else(|| unknown("size", size))?.left)
            }
        };
        let open = self.catalogue.sale_state(self.catalogue.item_sale(item), now) == SaleState::Open
            && !self.catalogue.is_hidden(item);
        let available = if open { left.min(u64::from(line.quantity)) as u32 } else { 0 };
        Ok((item, available))
    }

    pub(super) fn line(&self, item: ItemIndex, key: &str, quantity: u32) -> Result<Line, EngineError> {
        let catalogue = &self.catalogue;
        let category = catalogue.item_category(item);
        let mut categories = Vec::from([String::from(catalogue.category_id(category))]);
        let top = catalogue.category_top(category);
        if top != category {
            categories.push(catalogue.category_id(top).into());
        }
        Ok(Line {
            key: key.into(),
            item: catalogue.item_id(item).into(),
            brand: catalogue.brand_id(catalogue.item_brand(item)).into(),
            categories,
            unit_price: Money::new(catalogue.price(item))?,
            list_price: Money::new(catalogue.list_price(item))?,
            quantity,
        })
    }
}

fn line_view(
    asked: &CartLineInput,
    price: i64,
    available: u32,
    priced: Option<&ReceiptLine>,
) -> ReceiptLineView {
    ReceiptLineView {
        item: asked.item.clone(),
        size: asked.size.clone(),
        quantity: asked.quantity,
        available,
        unit_price: price,
        subtotal: priced.map_or(0, |line| line.subtotal.minor()),
        discounts: priced.map_or_else(Vec::new, |line| {
            let shares = line.discounts.iter();
            shares
                .map(|share| ShareView { promotion: share.promotion.clone(), amount: share.amount.minor() })
                .collect()
        }),
        total: priced.map_or(0, |line| line.total.minor()),
    }
}
