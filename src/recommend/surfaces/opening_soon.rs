//! What opens at the next opening, the brands whose reminder was asked for first.

use super::filter::Filter;
use super::{Plan, Surface};
use crate::base::ids::SaleIndex;
use crate::catalogue::SaleState;
use crate::recommend::context::Context;
use crate::recommend::decision::{RecommendError, Request};
use crate::recommend::select::Mixing;
use alloc::vec;

/// The surface `opening_soon`.
pub(super) struct OpeningSoon;

impl Surface for OpeningSoon {
    fn code(&self) -> &'static str {
        "opening_soon"
    }

    fn plan(&self, context: &Context<'_>, request: &Request) -> Result<Plan, RecommendError> {
        let (catalogue, now) = (context.catalogue, context.now);
        let sales = (0..catalogue.sale_count()).map(|row| SaleIndex(row as u32));
        let opening = |sale: SaleIndex| catalogue.sale_times(sale).0;
        let to_come = sales.filter(|sale| {
            catalogue.sale_state(*sale, now) == SaleState::Preview && catalogue.is_visible(*sale, now)
        });
        let next = to_come.map(opening).min();
        let filter = Filter::new(context, request);
        let is_next = |sale: SaleIndex| {
            catalogue.sale_state(sale, now) == SaleState::Preview && Some(opening(sale)) == next
        };
        // A reminder is kept in any state of consent because it was asked for, so it leads in any state too.
        let asked = |sale: SaleIndex| context.reminders.has(catalogue.brand_id(catalogue.sale_brand(sale)));
        let first = filter.tier(&|sale| is_next(sale) && asked(sale));
        let rest = filter.tier(&|sale| is_next(sale) && !asked(sale));
        let mixing = Mixing::STROLL;
        Ok(Plan { tiers: vec![first, rest], mixing, length: 120, ..Plan::default() })
    }
}
