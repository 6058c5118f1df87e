//! What this session is about: the categories looked at since the last pause, more than the ordinary.
//!
//! It stands beside `category_affinity`, which knows all that is remembered, and weighs more: a session about watches
//! on a memory of shoes is followed at once, and the memory stays what it is.

use super::category_affinity::lifts;
use super::columns::Coded;
use super::{Column, Signal, weighted};
use crate::base::ids::ItemIndex;
use crate::recommend::context::Context;
use crate::recommend::evidence::{Counted, rest_on};
use crate::recommend::reason::Reason;
use alloc::boxed::Box;

/// The part of the usual smoothing that a session's looks are smoothed by.
const SMOOTHING_PART: u32 = 5;

/// The signal `session_intent`.
pub(super) struct SessionIntent;

struct Prepared<'a> {
    context: &'a Context<'a>,
    column: Coded<'a, u16>,
}

impl Signal for SessionIntent {
    fn code(&self) -> &'static str {
        "session_intent"
    }

    fn is_personal(&self) -> bool {
        true
    }

    fn default_weight(&self) -> i32 {
        3_000
    }

    fn prepare<'a>(&self, context: &'a Context<'a>, weight: i32) -> Box<dyn Column + 'a> {
        let catalogue = context.catalogue;
        // A session is short: what is assumed of the ordinary must not drown its first two looks.
        let smoothing = (context.weights.smoothing / SMOOTHING_PART).max(1);
        let lifts = lifts(catalogue, &context.looks.session, smoothing);
        let table = lifts.into_iter().map(|lift| weighted(lift, weight)).collect();
        Box::new(Prepared { context, column: Coded { codes: catalogue.item_categories(), table } })
    }
}

impl Column for Prepared<'_> {
    fn add(&self, scores: &mut [i32]) {
        self.column.add(scores);
    }

    fn contribution(&self, item: ItemIndex) -> i32 {
        self.column.at(item.row())
    }

    fn reason(&self, item: ItemIndex) -> Option<Reason> {
        let catalogue = self.context.catalogue;
        let own = catalogue.item_category(item);
        // Where only the category above was looked at, that is what the reason names.
        let looked = |id: &str| self.context.looks.session.categories.contains_key(id);
        let named = if looked(catalogue.category_id(own)) { own } else { catalogue.category_top(own) };
        let id = catalogue.category_id(named);
        let code = "session_intent";
        let mut reason = Reason { code, message: code, category: Some(id.into()), ..Reason::default() };
        let counted = rest_on(&mut reason, self.context.history, self.context.now, |seen| {
            let seen = seen.category.as_deref().and_then(|id| catalogue.find_category(id));
            seen.is_some_and(|seen| seen == named || catalogue.category_top(seen) == named)
        });
        if counted == Counted::Other {
            reason.message = "session_intent.other";
        }
        Some(reason)
    }
}
