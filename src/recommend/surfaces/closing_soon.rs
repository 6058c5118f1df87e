//! What closes at the next opening hour. Asked for by its name: elsewhere the time left never ranks.

use super::filter::Filter;
use super::{Plan, Surface};
use crate::recommend::context::Context;
use crate::recommend::decision::{RecommendError, Request};
use crate::recommend::select::Mixing;

/// The surface `closing_soon`.
pub(super) struct ClosingSoon;

impl Surface for ClosingSoon {
    fn code(&self) -> &'static str {
        "closing_soon"
    }

    fn plan(&self, context: &Context<'_>, request: &Request) -> Result<Plan, RecommendError> {
        let (_, next) = context.catalogue.shop_day(context.now);
        let tier = Filter::new(context, request)
            .without_bought()
            .open_tier(&|sale| context.catalogue.sale_times(sale).1 <= next);
        Ok(Plan::of(tier, Mixing::STROLL, 120))
    }
}
