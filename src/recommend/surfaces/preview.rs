//! The preview: what opens within the shop's days of preview. It can be looked at, kept and asked for, not bought.

use super::filter::Filter;
use super::{Plan, Surface};
use crate::catalogue::SaleState;
use crate::recommend::context::Context;
use crate::recommend::decision::{RecommendError, Request};
use crate::recommend::select::Mixing;

/// The surface `preview`.
pub(super) struct Preview;

impl Surface for Preview {
    fn code(&self) -> &'static str {
        "preview"
    }

    fn plan(&self, context: &Context<'_>, request: &Request) -> Result<Plan, RecommendError> {
        let (catalogue, now) = (context.catalogue, context.now);
        let tier = Filter::new(context, request).tier(&|sale| {
            catalogue.sale_state(sale, now) == SaleState::Preview && catalogue.is_visible(sale, now)
        });
        Ok(Plan::of(tier, Mixing::STROLL, 120))
    }
}
