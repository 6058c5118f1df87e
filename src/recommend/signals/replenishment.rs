//! Consumables that may be running low, where what was bought is not sensitive. (Those that are have the surface
//! `again`.)

use super::columns::at;
use super::{Column, Signal, Sums, weighted};
use crate::base::ids::ItemIndex;
use crate::recommend::context::Context;
use crate::recommend::evidence::is;
use crate::recommend::reason::Ground;
use crate::recommend::surfaces::due;
use crate::shopper::EventKind;
use crate::shopper::affinity::Affinities;
use alloc::boxed::Box;
use alloc::sync::Arc;
use alloc::vec;
use alloc::vec::Vec;

/// The signal `replenishment`.
pub(super) struct Replenishment;

/// The contribution of each category.
struct Prepared(Vec<i32>);

impl Signal for Replenishment {
    fn code(&self) -> &'static str {
        "replenishment"
    }

    fn is_personal(&self) -> bool {
        true
    }

    fn default_weight(&self) -> i32 {
        2_000
    }

    fn prepare(&self, context: &Context<'_>, _: &Affinities<'_>, weight: i32) -> Box<dyn Column> {
        let catalogue = context.catalogue;
        let mut table = vec![0; catalogue.category_count()];
        for due in due(context).iter().filter(|due| due.speaks) {
            if let Some(slot) = table.get_mut(due.category.row()) {
                *slot = weighted(1_000_000, weight);
            }
        }
        Box::new(Prepared(table))
    }
}

impl Column for Prepared {
    fn add(&self, _: &Context<'_>, sums: &mut Sums) {
        sums.categories(&self.0);
    }

    fn contribution(&self, context: &Context<'_>, item: ItemIndex) -> i32 {
        at(&self.0, context.facts.category(item))
    }

    fn reason(&self, context: &Context<'_>, item: ItemIndex) -> Option<Arc<Ground>> {
        let catalogue = context.catalogue;
        let id = catalogue.category_id(catalogue.item_category(item));
        let voice = context.voice;
        let bought =
            |item: &&crate::shopper::RememberedItem| is(item.category.as_ref(), id) && voice.has(item);
        let purchases = context.history.orders().iter().rev();
        let order = purchases
            .filter(|order| order.kind == EventKind::Purchase)
            .find(|order| order.items.iter().any(|item| bought(&item)))?;
        Some(Arc::new(Ground {
            code: "replenishment",
            message: "replenishment",
            count: 1,
            item: order.items.iter().find(bought).and_then(|item| item.name.clone()),
            category: Some(id.into()),
            events: vec![order.id],
            ..Ground::default()
        }))
    }
}
