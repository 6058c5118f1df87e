//! Ratings shrunk by their count, less the share that came back.

use super::{Column, Signal, Sums, weighted};
use crate::base::ids::ItemIndex;
use crate::recommend::context::Context;
use alloc::boxed::Box;

/// The signal `quality`: the shop's own, the same for everybody.
pub(super) struct Quality;

struct Prepared<'a> {
    context: &'a Context<'a>,
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

    fn prepare<'a>(&self, context: &'a Context<'a>, weight: i32) -> Box<dyn Column + 'a> {
        Box::new(Prepared { context, weight })
    }
}

impl Column for Prepared<'_> {
    fn add(&self, sums: &mut Sums) {
        sums.quality(self.weight);
    }

    fn contribution(&self, item: ItemIndex) -> i32 {
        weighted(i64::from(self.context.catalogue.quality(item)), self.weight)
    }
}
