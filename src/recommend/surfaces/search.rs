//! A list that the shop found (a search, a channel of its own), put in this shopper's order.
//!
//! The shop's order stands where nothing is remembered. What is sold out or not open comes last, what is hidden or
//! dismissed not at all.

use super::filter::Filter;
use super::{Base, Plan, Surface, Tier};
use crate::base::ids::ItemIndex;
use crate::base::maps::Set;
use crate::recommend::context::Context;
use crate::recommend::decision::{RecommendError, Request};
use crate::recommend::select::Mixing;
use alloc::vec;
use alloc::vec::Vec;

/// The surface `search`.
pub(super) struct Search;

impl Surface for Search {
    fn code(&self) -> &'static str {
        "search"
    }

    fn plan(&self, context: &Context<'_>, request: &Request) -> Result<Plan, RecommendError> {
        let catalogue = context.catalogue;
        let filter = Filter::new(context, request);
        let mut seen: Set<u32> = Set::default();
        let found = request.items.iter().filter_map(|id| catalogue.find_item(id));
        let shown = found.filter(|item| {
            seen.insert(item.0)
                && catalogue.is_visible(catalogue.item_sale(*item), context.now)
                && filter.shows(*item)
        });
        let (there, gone): (Vec<ItemIndex>, Vec<ItemIndex>) =
            shown.partition(|item| filter.in_stock(*item) && filter.is_open(catalogue.item_sale(*item)));
        let rows = |items: Vec<ItemIndex>| Tier::Rows(items.into_iter().map(|item| item.0).collect());
        Ok(Plan {
            tiers: vec![rows(there), rows(gone)],
            // Found because it was asked for: nothing is held back for being much of one kind.
            mixing: Mixing::none(),
            length: usize::MAX,
            base: Base::Given,
            ..Plan::default()
        })
    }
}
