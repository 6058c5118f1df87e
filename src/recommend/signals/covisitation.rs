//! What others who looked at the same looked at next, from the pack's table.

use super::columns::Sparse;
use super::{Column, Signal, Sums, weighted};
use crate::base::ids::ItemIndex;
use crate::recommend::context::Context;
use crate::recommend::evidence::Subject;
use crate::recommend::reason::Ground;
use crate::shopper::affinity::Affinities;
use alloc::boxed::Box;
use alloc::sync::Arc;
use alloc::vec;

/// The signal `covisitation`.
pub(super) struct CoVisitation;

struct Prepared(Sparse);

impl Signal for CoVisitation {
    fn code(&self) -> &'static str {
        "covisitation"
    }

    fn is_personal(&self) -> bool {
        true
    }

    fn default_weight(&self) -> i32 {
        4_000
    }

    fn prepare(&self, context: &Context<'_>, _: &Affinities<'_>, weight: i32) -> Box<dyn Column> {
        let warm = context.warm();
        let rows = warm.scores.iter().map(|(row, score, _)| (*row, weighted(*score, weight))).collect();
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
        const CODE: &str = "covisitation";
        let scores = &context.warm().scores;
        let at = scores.binary_search_by_key(&item.0, |(row, _, _)| *row).ok()?;
        let (_, _, position) = scores.get(at)?;
        let step = context.recall.trail.get(*position)?;
        context.recall.evidence.ground(CODE, Subject::Step(*position as u32), &mut || {
            Some(Ground {
                code: CODE,
                message: if step.name.is_some() { CODE } else { "covisitation.unnamed" },
                count: 1,
                item: step.name.clone(),
                events: vec![step.event],
                ..Ground::default()
            })
        })
    }
}
