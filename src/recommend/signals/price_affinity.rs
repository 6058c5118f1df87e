//! Price bands that are looked at more than the ordinary; a look counts half for the bands beside it.

use super::columns::at;
use super::lift::log_lift;
use super::{Column, Signal, Sums, weighted};
use crate::base::ids::ItemIndex;
use crate::recommend::context::Context;
use crate::recommend::evidence::{Subject, rest_on};
use crate::recommend::reason::Ground;
use crate::shopper::affinity::Affinities;
use alloc::boxed::Box;
use alloc::sync::Arc;
use alloc::vec;
use alloc::vec::Vec;

/// A price is called near another within one part in so many of it.
const NEAR: u64 = 4;

/// The signal `price_affinity`.
pub(super) struct PriceAffinity;

/// The contribution of each price band.
struct Prepared(Vec<i32>);

impl Signal for PriceAffinity {
    fn code(&self) -> &'static str {
        "price_affinity"
    }

    fn is_personal(&self) -> bool {
        true
    }

    fn default_weight(&self) -> i32 {
        500
    }

    fn prepare(&self, context: &Context<'_>, looks: &Affinities<'_>, weight: i32) -> Box<dyn Column> {
        let catalogue = context.catalogue;
        let priors = catalogue.price_band_priors();
        let mut sums = vec![0_i64; priors.len()];
        for (price, seen) in &looks.prices {
            let band = usize::from(catalogue.meta().price_band(*price));
            for (beside, part) in [(Some(band), 2), (band.checked_sub(1), 1), (band.checked_add(1), 1)] {
                if let Some(sum) = beside.and_then(|band| sums.get_mut(band)) {
                    *sum += seen * part / 4;
                }
            }
        }
        let lifts =
            sums.iter().zip(priors).map(|(seen, prior)| log_lift(*seen, *prior, context.weights.smoothing));
        let table = lifts.map(|lift| weighted(lift, weight)).collect();
        Box::new(Prepared(table))
    }
}

impl Column for Prepared {
    fn add(&self, _: &Context<'_>, sums: &mut Sums) {
        sums.price_bands(&self.0);
    }

    fn contribution(&self, context: &Context<'_>, item: ItemIndex) -> i32 {
        at(&self.0, context.facts.price_band(item))
    }

    fn reason(&self, context: &Context<'_>, item: ItemIndex) -> Option<Arc<Ground>> {
        // Bands are wide and a look counts for those beside it; what is said must be true to the eye.
        const CODE: &str = "price_affinity";
        let price = context.catalogue.price(item);
        let near = |seen: i64| seen.abs_diff(price) <= price.unsigned_abs() / NEAR;
        context.recall.evidence.ground(CODE, Subject::Price(price), &mut || {
            let mut reason = Ground { code: CODE, message: CODE, ..Ground::default() };
            rest_on(&mut reason, context, Subject::Price(price), &|seen| seen.price.is_some_and(near));
            (!reason.events.is_empty()).then_some(reason)
        })
    }
}
