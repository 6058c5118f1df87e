//! What was seen comes back, decayed: between a fifth and a half of next looks are at items looked at before.
//!
//! Each position of the trail gives its item repeat × (the strongest co-visitation) × decay^age.

use super::columns::Sparse;
use super::{Column, Signal, Sums, weighted};
use crate::base::ids::ItemIndex;
use crate::kernel::text::same;
use crate::recommend::context::Context;
use crate::recommend::evidence::{Counted, Subject, rest_on};
use crate::recommend::reason::Ground;
use crate::shopper::affinity::Affinities;
use alloc::boxed::Box;
use alloc::sync::Arc;

/// The signal `own_history`.
pub(super) struct OwnHistory;

struct Prepared(Sparse);

impl Signal for OwnHistory {
    fn code(&self) -> &'static str {
        "own_history"
    }

    fn is_personal(&self) -> bool {
        true
    }

    fn default_weight(&self) -> i32 {
        4_000
    }

    fn prepare(&self, context: &Context<'_>, _: &Affinities<'_>, weight: i32) -> Box<dyn Column> {
        let warm = context.warm();
        let steps = context.trail_items().iter().zip(&warm.decays);
        let rows = steps.filter_map(|(item, decay)| {
            let item = (*item)?;
            let value = (warm.largest * i64::from(context.weights.repeat) / 1_000 * i64::from(*decay)) >> 16;
            Some((item.0, weighted(value, weight)))
        });
        Box::new(Prepared(Sparse::new(rows.collect())))
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
        let mut reason = Ground { code: "own_history", message: "own_history", ..Ground::default() };
        let counted = rest_on(&mut reason, context, Subject::Item(item.0), &|seen| same(&seen.id, id));
        if counted == Counted::Other {
            reason.message = "own_history.other";
        }
        Some(Arc::new(reason))
    }
}
