//! Today's new: what opened at the latest opening hour, the heart of the shop.
//!
//! `brief` asks for the list to be read in five minutes: twelve items, one of each brand while there are others.

use super::filter::Filter;
use super::{Plan, Surface};
use crate::recommend::context::Context;
use crate::recommend::decision::{RecommendError, Request};
use crate::recommend::select::Mixing;

/// Items of the brief list.
const BRIEF: usize = 12;

/// The surface `new_today`.
pub(super) struct NewToday;

impl Surface for NewToday {
    fn code(&self) -> &'static str {
        "new_today"
    }

    fn plan(&self, context: &Context<'_>, request: &Request) -> Result<Plan, RecommendError> {
        let (opened, _) = context.catalogue.shop_day(context.now);
        let tier = Filter::new(context, request)
            .without_bought()
            .open_tier(&|sale| context.catalogue.sale_times(sale).0 >= opened);
        let (mixing, length) = if request.brief {
            (Mixing { window: BRIEF, brands: 1, categories: 4, ..Mixing::STROLL }, BRIEF)
        } else {
            (Mixing::STROLL, 120)
        };
        Ok(Plan::of(tier, mixing, length))
    }
}
