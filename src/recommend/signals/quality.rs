//! Ratings shrunk by their count, less the share that came back.

use super::{Column, Signal, Sums, weighted};
use crate::base::ids::ItemIndex;
use crate::recommend::context::Context;
use crate::shopper::affinity::Affinities;
use alloc::boxed::Box;

/// The signal `quality`: the shop's own, the same for everybody.
pub(super) struct Quality;

struct Prepared {
    weight: i32,
}

impl Signal for Quality {
    fn code(&self) -> &'static str {
        "quality"
    }

    fn is_personal(&self) -> bool {
        false
    }

    fn default_weight(&self) -> i32 {
        500
    }

    fn prepare(&self, _: &Context<'_>, _: &Affinities<'_>, weight: i32) -> Box<dyn Column> {
        Box::new(Prepared { weight })
    }
}

impl Column for Prepared {
    fn add(&self, _: &Context<'_>, sums: &mut Sums) {
        sums.quality(self.weight);
    }

    fn contribution(&self, context: &Context<'_>, item: ItemIndex) -> i32 {
        weighted(i64::from(context.facts.qualities.at(item.row())), self.weight)
    }
}
