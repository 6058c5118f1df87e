//! Consumables that may be running low, where what was bought is not sensitive. (Those that are have the surface
//! `again`.)

use super::columns::Coded;
use super::{Column, Signal, Sums, weighted};
use crate::base::ids::ItemIndex;
use crate::recommend::context::Context;
use crate::recommend::evidence::is;
use crate::recommend::reason::Reason;
use crate::recommend::surfaces::due;
use crate::shopper::EventKind;
use alloc::boxed::Box;
use alloc::vec;

/// The signal `replenishment`.
pub(super) struct Replenishment;

struct Prepared<'a> {
    context: &'a Context<'a>,
    column: Coded<'a, u16>,
}

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

    fn prepare<'a>(&self, context: &'a Context<'a>, weight: i32) -> Box<dyn Column + 'a> {
        let catalogue = context.catalogue;
        let mut table = vec![0; catalogue.category_count()];
        for due in due(context).iter().filter(|due| due.speaks) {
            if let Some(slot) = table.get_mut(due.category.row()) {
                *slot = weighted(1_000_000, weight);
            }
        }
        Box::new(Prepared { context, column: Coded { codes: catalogue.item_categories(), table } })
    }
}

impl Column for Prepared<'_> {
    fn add(&self, sums: &mut Sums) {
        sums.categories(&self.column.table);
    }

    fn contribution(&self, item: ItemIndex) -> i32 {
        self.column.at(item.row())
    }

    fn reason(&self, item: ItemIndex) -> Option<Reason> {
        let catalogue = self.context.catalogue;
        let id = catalogue.category_id(catalogue.item_category(item));
        let voice = self.context.voice;
        let bought =
            |item: &&crate::shopper::RememberedItem| is(item.category.as_ref(), id) && voice.has(item);
        let purchases = self.context.history.orders().iter().rev();
        let order = purchases
            .filter(|order| order.kind == EventKind::Purchase)
            .find(|order| order.items.iter().any(|item| bought(&item)))?;
        Some(Reason {
            code: "replenishment",
            message: "replenishment",
            count: 1,
            item: order.items.iter().find(bought).and_then(|item| item.name.clone()),
            category: Some(id.into()),
            events: vec![order.id],
            ..Reason::default()
        })
    }
}
