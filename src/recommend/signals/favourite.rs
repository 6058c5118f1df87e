//! Items the shopper marked.

use super::columns::Sparse;
use super::{Column, Signal, Sums, weighted};
use crate::base::ids::ItemIndex;
use crate::recommend::context::Context;
use crate::recommend::reason::Ground;
use crate::shopper::EventKind;
use crate::shopper::affinity::Affinities;
use alloc::boxed::Box;
use alloc::sync::Arc;
use alloc::vec::Vec;

/// The signal `favourite`.
pub(super) struct Favourite;

struct Prepared(Sparse);

impl Signal for Favourite {
    fn code(&self) -> &'static str {
        "favourite"
    }

    fn is_personal(&self) -> bool {
        true
    }

    fn default_weight(&self) -> i32 {
        3_000
    }

    fn prepare(&self, context: &Context<'_>, _: &Affinities<'_>, weight: i32) -> Box<dyn Column> {
        let items = context.recall.marks.favourites.iter().filter_map(|id| context.catalogue.find_item(id));
        let rows: Vec<(u32, i32)> = items.map(|item| (item.0, weighted(1_000_000, weight))).collect();
        Box::new(Prepared(Sparse::new(rows)))
    }
}

impl Column for Prepared {
    fn add(&self, _: &Context<'_>, sums: &mut Sums) {
        self.0.add(sums);
    }

    fn contribution(&self, _: &Context<'_>, item: ItemIndex) -> i32 {
        self.0.at(item.0)
    }

    fn reason(&self, context: &Context<'_>, item: ItemIndex) -> Option<Arc<Ground>> {
        let id = context.catalogue.item_id(item);
        let voice = context.voice;
        let marked = context.history.events().iter().rev().find(|event| {
            matches!(event.kind, EventKind::FavouriteOn | EventKind::AddToWishlist)
                && event.items.iter().any(|item| item.id == id && voice.has(item))
        })?;
        let events = [marked.id].to_vec();
        let ground =
            Ground { code: "favourite", message: "favourite", count: 1, events, ..Ground::default() };
        Some(Arc::new(ground))
    }
}
