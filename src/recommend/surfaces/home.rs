//! The home page's feed: everything that can be bought now, less what was dismissed or is bought already.

use super::Surface;
use crate::base::ids::{ItemIndex, SaleIndex};
use crate::base::maps::Set;
use crate::catalogue::SaleState;
use crate::recommend::context::Context;
use crate::shopper::EventKind;
use alloc::vec;
use alloc::vec::Vec;

/// The surface `home`.
pub(super) struct Home;

impl Surface for Home {
    fn code(&self) -> &'static str {
        "home"
    }

    fn candidates(&self, context: &Context<'_>) -> Vec<u32> {
        let catalogue = context.catalogue;
        let marks = &context.marks;
        let mut left_out: Set<u32> =
            marks.items.iter().filter_map(|id| catalogue.find_item(id)).map(|item| item.0).collect();
        if context.consent.remembers() {
            let bought = context.history.orders().iter().filter(|order| order.kind == EventKind::Purchase);
            let items =
                bought.flat_map(|order| &order.items).filter_map(|item| catalogue.find_item(&item.id));
            left_out.extend(items.map(|item| item.0));
        }
        let mut brands = vec![false; catalogue.brand_count()];
        for brand in marks.brands.iter().filter_map(|id| catalogue.find_brand(id)) {
            if let Some(slot) = brands.get_mut(brand.row()) {
                *slot = true;
            }
        }
        let dismissed: Vec<_> =
            marks.categories.iter().filter_map(|id| catalogue.find_category(id)).collect();
        let categories: Vec<bool> = (0..catalogue.category_count())
            .map(|row| crate::base::ids::CategoryIndex(row as u32))
            .map(|category| {
                dismissed.contains(&category) || dismissed.contains(&catalogue.category_top(category))
            })
            .collect();
        let is_left_out = |column: &[bool], row: u16| column.get(usize::from(row)).copied().unwrap_or(false);

        let mut rows = Vec::new();
        for sale in (0..catalogue.sale_count()).map(|row| SaleIndex(row as u32)) {
            let brand = catalogue.sale_brand(sale).row();
            if catalogue.sale_state(sale, context.now) != SaleState::Open || brands.get(brand) == Some(&true)
            {
                continue;
            }
            for row in catalogue.sale_items(sale) {
                let item = ItemIndex(row as u32);
                let category = catalogue.item_categories().get(row).copied().unwrap_or(0);
                let shown = !is_left_out(&categories, category)
                    && !left_out.contains(&item.0)
                    && !catalogue.is_hidden(item)
                    && catalogue.units_left(item) > 0;
                if shown {
                    rows.push(item.0);
                }
            }
        }
        // Items lie sale by sale, so the rows ascend.
        rows
    }

    fn window(&self) -> usize {
        24
    }

    fn brand_cap(&self) -> usize {
        5
    }

    fn length(&self) -> usize {
        120
    }
}
