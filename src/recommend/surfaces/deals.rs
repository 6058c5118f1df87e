//! The deals channel: the deepest reductions (at most 3折, 70 % off) and, where the host names promotions' items, those.

use super::filter::Filter;
use super::{Plan, Surface};
use crate::base::ids::ItemIndex;
use crate::recommend::context::Context;
use crate::recommend::decision::{RecommendError, Request};
use crate::recommend::select::Mixing;

/// Whole percent off from which a reduction belongs here.
const DEEP: u8 = 70;

/// The surface `deals`.
pub(super) struct Deals;

impl Surface for Deals {
    fn code(&self) -> &'static str {
        "deals"
    }

    fn plan(&self, context: &Context<'_>, request: &Request) -> Result<Plan, RecommendError> {
        let catalogue = context.catalogue;
        let mut rows = Filter::new(context, request).without_bought().buyable();
        rows.retain(|row| match &context.eligible {
            // A channel of one promotion: what it takes something off.
            Some(_) => context.is_eligible(ItemIndex(*row)),
            None => catalogue.percent_off(ItemIndex(*row)) >= DEEP,
        });
        Ok(Plan::of(rows, Mixing::STROLL, 120))
    }
}
