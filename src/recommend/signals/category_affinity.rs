//! Categories that are looked at more than the ordinary: two parts the item's own, one part the top one above.

use super::columns::at;
use super::lift::log_lift;
use super::{Column, Signal, Sums, weighted};
use crate::base::ids::{CategoryIndex, ItemIndex};
use crate::catalogue::Catalogue;
use crate::recommend::context::Context;
use crate::recommend::evidence::{Counted, Subject, rest_on};
use crate::recommend::reason::Ground;
use crate::shopper::affinity::Affinities;
use alloc::boxed::Box;
use alloc::sync::Arc;
use alloc::vec;
use alloc::vec::Vec;

/// The signal `category_affinity`.
pub(super) struct CategoryAffinity;

/// The contribution of each category.
struct Prepared(Vec<i32>);

impl Signal for CategoryAffinity {
    fn code(&self) -> &'static str {
        "category_affinity"
    }

    fn is_personal(&self) -> bool {
        true
    }

    fn default_weight(&self) -> i32 {
        1_000
    }

    fn prepare(&self, context: &Context<'_>, looks: &Affinities<'_>, weight: i32) -> Box<dyn Column> {
        let catalogue = context.catalogue;
        let lifts = lifts(catalogue, looks, context.weights.smoothing);
        let table = lifts.into_iter().map(|lift| weighted(lift, weight)).collect();
        Box::new(Prepared(table))
    }
}

/// The lift of each category in millionths: two parts its own, one part that of the top one above.
pub(super) fn lifts(catalogue: &Catalogue, looks: &Affinities<'_>, smoothing: u32) -> Vec<i64> {
    let count = catalogue.category_count();
    let tops: Vec<usize> =
        (0..count).map(|row| catalogue.category_top(CategoryIndex(row as u32)).row()).collect();
    let (mut own_looks, mut top_looks) = (vec![0_i64; count], vec![0_i64; count]);
    let mut top_priors = vec![0_u32; count];
    for (row, top) in tops.iter().enumerate() {
        let prior = catalogue.category_priors().get(row).copied().unwrap_or(0);
        if let Some(sum) = top_priors.get_mut(*top) {
            *sum = sum.saturating_add(prior);
        }
    }
    for (id, looks) in &looks.categories {
        let Some(category) = catalogue.find_category(id) else { continue };
        if let Some(own) = own_looks.get_mut(category.row()) {
            *own += looks;
        }
        if let Some(top) = tops.get(category.row()).and_then(|top| top_looks.get_mut(*top)) {
            *top += looks;
        }
    }
    let lift = |row: usize| {
        let own = own_looks.get(row).copied().unwrap_or(0);
        let prior = catalogue.category_priors().get(row).copied().unwrap_or(0);
        let top = tops.get(row).copied().unwrap_or(row);
        let above = top_looks.get(top).copied().unwrap_or(0);
        let prior_above = top_priors.get(top).copied().unwrap_or(0);
        (2 * log_lift(own, prior, smoothing) + log_lift(above, prior_above, smoothing)) / 3
    };
    (0..count).map(lift).collect()
}

impl Column for Prepared {
    fn add(&self, _: &Context<'_>, sums: &mut Sums) {
        sums.categories(&self.0);
    }

    fn contribution(&self, context: &Context<'_>, item: ItemIndex) -> i32 {
        at(&self.0, context.facts.category(item))
    }

    fn reason(&self, context: &Context<'_>, item: ItemIndex) -> Option<Arc<Ground>> {
        const CODE: &str = "category_affinity";
        let catalogue = context.catalogue;
        let own = CategoryIndex(context.facts.category(item) as u32);
        let named = |category: CategoryIndex, whole: bool| {
            let id = catalogue.category_id(category);
            let mut reason = Ground { code: CODE, category: Some(id.into()), ..Ground::default() };
            let subject = if whole { Subject::Under(category.0) } else { Subject::Category(category.0) };
            let counted = rest_on(&mut reason, context, subject, &|seen| {
                let seen = seen.category.as_deref();
                seen == Some(id)
                    || whole
                        && seen
                            .and_then(|id| catalogue.find_category(id))
                            .map(|seen| catalogue.category_top(seen))
                            == Some(category)
            });
            reason.message = match counted {
                Counted::Week => "category_affinity.week",
                Counted::Past => "category_affinity.past",
                Counted::Other => "category_affinity.other",
            };
            reason
        };
        context.recall.evidence.ground(CODE, Subject::Category(own.0), &mut || {
            let reason = named(own, false);
            // Where only the category above was looked at, that is what the reason names.
            Some(if reason.count > 0 { reason } else { named(catalogue.category_top(own), true) })
        })
    }
}
