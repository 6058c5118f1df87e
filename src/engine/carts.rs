//! Carts: what the lines cost now, with what promotions, seen by no shopper's memory.

use super::Engine;
use super::error::EngineError;
use super::input::{CartInput, CartLineInput};
use super::views::{ReceiptLineView, ReceiptView, ShareView};
use crate::base::ids::ItemIndex;
use crate::base::money::Money;
use crate::base::time::Timestamp;
use crate::catalogue::SaleState;
use crate::pricing::{self, Budget, Cart, CartError, Line, Promotion, QUANTITY_MAX, ReceiptLine, Shipping};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

impl Engine {
    /// Prices a cart. Each line counts what is in stock of it in an open sale; the rest is said and not priced.
    ///
    /// # Errors
    /// [`EngineError::Unknown`] for an item or a size that the catalogue lacks, [`EngineError::Cart`] for
    /// malformed lines, [`EngineError::Money`] for amounts beyond counting.
    pub fn price(&self, asked: &CartInput, now: Timestamp) -> Result<ReceiptView, EngineError> {
        let lines = &asked.lines;
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
            // An item with a size and without one would count its stock twice.
            let same = |other: &str| {
                let (item, mixed) = (other.split(' ').next(), line.size.is_some() != other.contains(' '));
                other == key || (mixed && item == Some(line.item.as_str()))
            };
            if views.iter().any(|(other, ..)| same(other)) {
                return Err(CartError::Twice(key).into());
            }
            if available > 0 {
                priced.push(self.line(item, &key, available)?);
            }
            views.push((key, self.basis.catalogue.price(item), available));
        }
        let taxes = &self.promotions.manners().taxes;
        let mut cart = Cart::new(priced)?.taxed(taxes.tax);
        if let Some(fee) = asked.shipping {
            let tax_rate = taxes.shipping.unwrap_or(taxes.rate);
            cart = cart.shipped(Shipping { fee: Money::new(fee)?, tax_rate })?;
        }
        let mut facts = asked.facts().at(now, self.basis.catalogue.zone());
        // A gift of which too few are left besides what is bought, and besides other gifts, is none. Which of them are given is
        // known once it is priced; each time one promotion less is.
        let none_left = |promotion: &str| (promotion.into(), Budget { uses: Some(0), spend: None });
        let mut left: Vec<(&str, u64)> = Vec::new();
        for (promotion, gift) in self.promotions.gifts() {
            // One that the catalogue does not sell is the shop's own to count.
            let Some(item) = self.basis.catalogue.find_item(&gift.item) else { continue };
            let bought = lines.iter().zip(&views).filter(|(line, _)| line.item == gift.item);
            let taken: u64 = bought.map(|(_, (.., available))| u64::from(*available)).sum();
            let besides = self.basis.catalogue.units_left(item).saturating_sub(taken);
            if besides < u64::from(gift.units) {
                facts.budget_left.insert(0, none_left(promotion));
            }
            left.push((&gift.item, besides));
        }
        let mut receipt = loop {
            let receipt = pricing::price(&cart, &facts, now, &self.promotions)?;
            let given = |id: &str| -> u64 {
                let of_it = receipt.gifts.iter().filter(|gift| gift.item == id);
                of_it.map(|gift| u64::from(gift.quantity)).sum()
            };
            let beyond = left.iter().find(|(id, besides)| given(id) > *besides);
            let last = beyond.and_then(|(id, _)| receipt.gifts.iter().rfind(|gift| gift.item == *id));
            match last {
                Some(gift) => facts.budget_left.insert(0, none_left(&gift.promotion)),
                None => break receipt,
            }
        };
        let mut priced = core::mem::take(&mut receipt.lines);
        let lines = lines.iter().zip(&views).map(|(asked, (key, price, available))| {
            let of_key = priced.iter().position(|line| line.key == *key);
            line_view(asked, *price, *available, of_key.map(|at| priced.swap_remove(at)))
        });
        let lines = lines.collect();
        let mut view = ReceiptView { lines, state: self.basis.catalogue.state().to_hex(), ..receipt.into() };
        for refused in &mut view.refused {
            refused.everything = self.promotions.get(&refused.id).is_some_and(Promotion::is_for_everything);
        }
        Ok(view)
    }

    /// The item of a line and how many of what was asked for can be bought now.
    fn available(&self, line: &CartLineInput, now: Timestamp) -> Result<(ItemIndex, u32), EngineError> {
        let unknown = |kind, id: &str| EngineError::Unknown { kind, id: id.into() };
        let item = self.basis.catalogue.find_item(&line.item).ok_or_else(|| unknown("item", &line.item))?;
        let left = match &line.size {
            None => self.basis.catalogue.units_left(item),
            Some(size) => {
                let row = self.basis.catalogue.stock(item).find(|row| row.size == size);
                u64::from(row.ok_or_else(|| unknown("size", size))?.left)
            }
        };
        let open = self.basis.catalogue.sale_state(self.basis.catalogue.item_sale(item), now)
            == SaleState::Open
            && !self.basis.catalogue.is_hidden(item);
        let available = if open { left.min(u64::from(line.quantity)) as u32 } else { 0 };
        Ok((item, available))
    }

    pub(super) fn line(&self, item: ItemIndex, key: &str, quantity: u32) -> Result<Line, EngineError> {
        let catalogue = &self.basis.catalogue;
        let above = catalogue.category_line(catalogue.item_category(item));
        let categories: Vec<String> = above.map(|category| catalogue.category_id(category).into()).collect();
        Ok(Line {
            key: key.into(),
            item: catalogue.item_id(item).into(),
            brand: catalogue.brand_id(catalogue.item_brand(item)).into(),
            sale: catalogue.sale_id(catalogue.item_sale(item)).into(),
            attributes: if self.promotions.name_attributes() {
                let attributes = catalogue.attributes(item).iter();
                attributes.map(|attribute| catalogue.attribute_text(*attribute).into()).collect()
            } else {
                // Texts that no rule looks at need not be copied.
                Vec::new()
            },
            tax_rate: self.promotions.manners().taxes.of(&categories),
            categories,
            unit_price: Money::new(catalogue.price(item))?,
            list_price: Money::new(catalogue.list_price(item))?,
            quantity,
            floor: Money::ZERO,
        })
    }
}

fn line_view(
    asked: &CartLineInput,
    price: i64,
    available: u32,
    priced: Option<ReceiptLine>,
) -> ReceiptLineView {
    ReceiptLineView {
        item: asked.item.clone(),
        size: asked.size.clone(),
        quantity: asked.quantity,
        available,
        unit_price: price,
        subtotal: priced.as_ref().map_or(0, |line| line.subtotal.minor()),
        total: priced.as_ref().map_or(0, |line| line.total.minor()),
        tax: priced.as_ref().map_or(0, |line| line.tax.minor()),
        discounts: priced
            .map_or_else(Vec::new, |line| line.discounts.into_iter().map(ShareView::from).collect()),
    }
}
