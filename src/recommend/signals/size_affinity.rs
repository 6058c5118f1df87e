//! Items in stock in a size that was chosen before. A mild signal: a size is never a filter by itself.

use super::lift::lift_table;
use super::{Column, Signal, Sums};
use crate::base::ids::ItemIndex;
use crate::catalogue::Catalogue;
use crate::recommend::context::Context;
use crate::recommend::evidence::{Subject, is, rest_on};
use crate::recommend::reason::Ground;
use crate::shopper::affinity::Affinities;
use alloc::boxed::Box;
use alloc::sync::Arc;
use alloc::vec::Vec;

/// The signal `size_affinity`.
pub(super) struct SizeAffinity;

struct Prepared {
    /// The contribution of each size.
    table: Vec<i32>,
}

impl Signal for SizeAffinity {
    fn code(&self) -> &'static str {
        "size_affinity"
    }

    fn is_personal(&self) -> bool {
        true
    }

    fn default_weight(&self) -> i32 {
        300
    }

    fn prepare(&self, context: &Context<'_>, looks: &Affinities<'_>, weight: i32) -> Box<dyn Column> {
        let catalogue = context.catalogue;
        let (looks, smoothing) = (&looks.sizes, context.weights.smoothing);
        let table = lift_table(looks, catalogue.size_priors(), smoothing, weight, |value| {
            catalogue.find_size(value).map(usize::from)
        });
        Box::new(Prepared { table })
    }
}

/// What each set of sizes in stock says: what its strongest size does.
pub(super) fn best_of_sets(catalogue: &Catalogue, table: &[i32]) -> Vec<i32> {
    if table.iter().all(|value| *value <= 0) {
        return Vec::new();
    }
    let value = |size: &u16| table.get(usize::from(*size)).copied().unwrap_or(0);
    catalogue.sizes_of_sets().map(|sizes| sizes.iter().map(value).fold(0, i32::max)).collect()
}

/// The strongest size of an item that is in stock, by its row in the pack.
pub(super) fn best(context: &Context<'_>, table: &[i32], item: ItemIndex) -> Option<(u16, i32)> {
    let sizes = context.facts.sizes_of(item).iter();
    let valued = sizes.filter_map(|size| Some((*size, *table.get(usize::from(*size))?)));
    valued.filter(|(_, value)| *value > 0).max_by_key(|(size, value)| (*value, core::cmp::Reverse(*size)))
}

impl Column for Prepared {
    fn add(&self, context: &Context<'_>, sums: &mut Sums) {
        sums.size_sets(&best_of_sets(context.catalogue, &self.table));
    }

    fn contribution(&self, context: &Context<'_>, item: ItemIndex) -> i32 {
        best(context, &self.table, item).map_or(0, |(_, value)| value)
    }

    fn reason(&self, context: &Context<'_>, item: ItemIndex) -> Option<Arc<Ground>> {
        const CODE: &str = "size_affinity";
        let (size, _) = best(context, &self.table, item)?;
        let subject = Subject::Size(size.into());
        context.recall.evidence.ground(CODE, subject, &mut || {
            let size = context.catalogue.size_text(size);
            let mut reason =
                Ground { code: CODE, message: CODE, size: Some(size.into()), ..Ground::default() };
            rest_on(&mut reason, context, subject, &|seen| is(seen.size.as_ref(), size));
            Some(reason)
        })
    }
}
