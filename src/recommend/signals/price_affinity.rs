//! Price bands that are looked at more than the ordinary; a look counts half for the bands beside it.

use super::columns::Coded;
use super::lift::log_lift;
use super::{Column, Signal, Sums, weighted};
use crate::base::ids::ItemIndex;
use crate::recommend::context::Context;
use crate::recommend::evidence::{Subject, rest_on};
use crate::recommend::reason::Reason;
use alloc::boxed::Box;
use alloc::vec;

/// A price is called near another within one part in so many of it.
const NEAR: u64 = 4;

/// The signal `price_affinity`.
pub(super) struct PriceAffinity;

struct Prepared<'a> {
    context: &'a Context<'a>,
    column: Coded<'a, u8>,
}

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

    fn prepare<'a>(&self, context: &'a Context<'a>, weight: i32) -> Box<dyn Column + 'a> {
        let catalogue = context.catalogue;
        let priors = catalogue.price_band_priors();
        let mut looks = vec![0_i64; priors.len()];
        for (price, seen) in &context.looks.affinities.prices {
            let band = usize::from(catalogue.meta().price_band(*price));
            for (beside, part) in [(Some(band), 2), (band.checked_sub(1), 1), (band.checked_add(1), 1)] {
                if let Some(sum) = beside.and_then(|band| looks.get_mut(band)) {
                    *sum += seen * part / 4;
                }
            }
        }
        let lifts =
            looks.iter().zip(priors).map(|(seen, prior)| log_lift(*seen, *prior, context.weights.smoothing));
        let table = lifts.map(|lift| weighted(lift, weight)).collect();
        Box::new(Prepared { context, column: Coded { codes: catalogue.price_bands(), table } })
    }
}

impl Column for Prepared<'_> {
    fn add(&self, sums: &mut Sums) {
        sums.price_bands(&self.column.table);
    }

    fn contribution(&self, item: ItemIndex) -> i32 {
        self.column.at(item.row())
    }

    fn reason(&self, item: ItemIndex) -> Option<Reason> {
        // Bands are wide and a look counts for those beside it; what is said must be true to the eye.
        let price = self.context.catalogue.price(item);
        let near = |seen: i64| seen.abs_diff(price) <= price.unsigned_abs() / NEAR;
        let mut reason = Reason { code: "price_affinity", message: "price_affinity", ..Reason::default() };
        rest_on(&mut reason, self.context, Subject::Price(price), |seen| seen.price.is_some_and(near));
        if reason.events.is_empty() {
            return None;
        }
        Some(reason)
    }
}
