//! The home page's feed, a stroll: everything that can be bought now, less what was dismissed or is bought already.

use super::filter::Filter;
use super::{Plan, Surface};
use crate::recommend::context::Context;
use crate::recommend::decision::{RecommendError, Request};
use crate::recommend::select::Mixing;

/// The surface `home`.
pub(super) struct Home;

impl Surface for Home {
    fn code(&self) -> &'static str {
        "home"
    }

    fn plan(&self, context: &Context<'_>, request: &Request) -> Result<Plan, RecommendError> {
        let tier = Filter::new(context, request).without_bought().whole_open_tier();
        Ok(Plan { explores: true, ..Plan::of(tier, Mixing::STROLL, 120) })
    }
}
