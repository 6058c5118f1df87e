//! What others who looked at the same looked at next, from the pack's table.

use super::columns::Sparse;
use super::warm::Warm;
use super::{Column, Signal, Sums, weighted};
use crate::base::ids::ItemIndex;
use crate::recommend::context::Context;
use crate::recommend::reason::Reason;
use alloc::boxed::Box;
use alloc::vec;

/// The signal `covisitation`.
pub(super) struct CoVisitation;

struct Prepared<'a> {
    context: &'a Context<'a>,
    warm: &'a Warm,
    rows: Sparse,
}

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

    fn prepare<'a>(&self, context: &'a Context<'a>, weight: i32) -> Box<dyn Column + 'a> {
        let warm = context.warm();
        let rows = warm.scores.iter().map(|(row, score, _)| (*row, weighted(*score, weight))).collect();
        Box::new(Prepared { context, rows: Sparse::new(rows), warm })
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
        let at = self.warm.scores.binary_search_by_key(&item.0, |(row, _, _)| *row).ok()?;
        let (_, _, position) = self.warm.scores.get(at)?;
        let step = self.context.looks.trail.get(*position)?;
        Some(Reason {
            code: "covisitation",
            message: if step.name.is_some() { "covisitation" } else { "covisitation.unnamed" },
            count: 1,
            item: step.name.clone(),
            events: vec![step.event],
            ..Reason::default()
        })
    }
}
