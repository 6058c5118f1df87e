//! Brands that are looked at more than the ordinary.

use super::columns::Coded;
use super::lift::log_lift;
use super::{Column, Signal, weighted};
use crate::base::ids::{BrandIndex, ItemIndex};
use crate::recommend::context::Context;
use crate::recommend::evidence::{Counted, rest_on};
use crate::recommend::reason::Reason;
use alloc::boxed::Box;
use alloc::vec;

/// The signal `brand_affinity`.
pub(super) struct BrandAffinity;

struct Prepared<'a> {
    context: &'a Context<'a>,
    column: Coded<'a, u16>,
}

impl Signal for BrandAffinity {
    fn code(&self) -> &'static str {
        "brand_affinity"
    }

    fn is_personal(&self) -> bool {
        true
    }

    fn default_weight(&self) -> i32 {
        1_000
    }

    fn prepare<'a>(&self, context: &'a Context<'a>, weight: i32) -> Box<dyn Column + 'a> {
        let catalogue = context.catalogue;
        let mut table = vec![0; catalogue.brand_count()];
        for (id, looks) in &context.looks.affinities.brands {
            let Some(brand) = catalogue.find_brand(id) else { continue };
            let prior = catalogue.brand_priors().get(brand.row()).copied().unwrap_or(0);
            if let Some(slot) = table.get_mut(brand.row()) {
                *slot = weighted(log_lift(*looks, prior, context.weights.smoothing), weight);
            }
        }
        Box::new(Prepared { context, column: Coded { codes: catalogue.item_brands(), table } })
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
        let brand: BrandIndex = self.context.catalogue.item_brand(item);
        let id = self.context.catalogue.brand_id(brand);
        let mut reason = Reason { code: "brand_affinity", brand: Some(id.into()), ..Reason::default() };
        let matches = |seen: &crate::shopper::RememberedItem| seen.brand.as_deref() == Some(id);
        reason.message = match rest_on(&mut reason, self.context.history, self.context.now, matches) {
            Counted::Week => "brand_affinity.week",
            Counted::Past => "brand_affinity.past",
            Counted::Other => "brand_affinity.other",
        };
        Some(reason)
    }
}
