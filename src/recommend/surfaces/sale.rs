//! Inside one brand's sale: all of it, what is sold out last. Open or not: a preview can be looked at.

use super::filter::Filter;
use super::{Plan, Surface, Tier};
use crate::base::ids::ItemIndex;
use crate::recommend::context::Context;
use crate::recommend::decision::{RecommendError, Request};
use crate::recommend::select::Mixing;
use alloc::vec;
use alloc::vec::Vec;

/// The surface `sale`.
pub(super) struct OneSale;

impl Surface for OneSale {
    fn code(&self) -> &'static str {
        "sale"
    }

    fn plan(&self, context: &Context<'_>, request: &Request) -> Result<Plan, RecommendError> {
        let catalogue = context.catalogue;
        let id = request.sale.as_deref().ok_or(RecommendError::Missing { surface: "sale", field: "sale" })?;
        let unknown = || RecommendError::Unknown { kind: "sale", id: id.into() };
        let sale = catalogue.find_sale(id).ok_or_else(unknown)?;
        if !catalogue.is_visible(sale, context.now) {
            return Ok(Plan::default());
        }
        let filter = Filter::new(context, request);
        let items = catalogue.sale_items(sale).map(|row| ItemIndex(row as u32));
        let shown = items.filter(|item| filter.shows(*item));
        let (there, gone): (Vec<ItemIndex>, Vec<ItemIndex>) = shown.partition(|item| filter.in_stock(*item));
        // One brand: only kinds are mixed. With sizes asked for, what is not there in them is not shown.
        let rows = |items: Vec<ItemIndex>| Tier::Rows(items.into_iter().map(|item| item.0).collect());
        let tiers = if request.sizes.is_empty() { vec![rows(there), rows(gone)] } else { vec![rows(there)] };
        let mixing = Mixing { window: 8, brands: 8, categories: 4, ..Mixing::STROLL };
        Ok(Plan { tiers, mixing, length: usize::MAX, ..Plan::default() })
    }
}
