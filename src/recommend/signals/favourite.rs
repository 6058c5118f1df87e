//! Items the shopper marked.

use super::columns::Sparse;
use super::{Column, Signal, Sums, weighted};
use crate::base::ids::ItemIndex;
use crate::recommend::context::Context;
use crate::recommend::reason::Reason;
use crate::shopper::EventKind;
use alloc::boxed::Box;
use alloc::vec::Vec;

/// The signal `favourite`.
pub(super) struct Favourite;

struct Prepared<'a> {
    context: &'a Context<'a>,
    rows: Sparse,
}

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

    fn prepare<'a>(&self, context: &'a Context<'a>, weight: i32) -> Box<dyn Column + 'a> {
        let items = context.marks.favourites.iter().filter_map(|id| context.catalogue.find_item(id));
        let rows: Vec<(u32, i32)> = items.map(|item| (item.0, weighted(1_000_000, weight))).collect();
        Box::new(Prepared { context, rows: Sparse::new(rows) })
    }
}

impl Column for Prepared<'_> {
    fn add(&self, sums: &mut Sums) {
        self.rows.add(sums);
    }

    fn contribution(&self, item: ItemIndex) -> i32 {
        self.rows.at(item.0)
    }

    fn reason(&self, item: ItemIndex) -> Option<Reason> {
        let id = self.context.catalogue.item_id(item);
        let voice = self.context.voice;
        let marked = self.context.history.events().iter().rev().find(|event| {
            matches!(event.kind, EventKind::FavouriteOn | EventKind::AddToWishlist)
                && event.items.iter().any(|item| item.id == id && voice.has(item))
        })?;
        let events = [marked.id].to_vec();
        Some(Reason { code: "favourite", message: "favourite", count: 1, events, ..Reason::default() })
    }
}
