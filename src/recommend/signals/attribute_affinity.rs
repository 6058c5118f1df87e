//! Attributes (cloth, colour, cut, style and whatever else the feed carries) looked at more than the ordinary.

use super::lift::lift_table;
use super::{CONTRIBUTION_MAX, Column, Signal, Sums};
use crate::base::ids::ItemIndex;
use crate::catalogue::Catalogue;
use crate::kernel::text::among;
use crate::recommend::context::Context;
use crate::recommend::evidence::{Subject, rest_on};
use crate::recommend::reason::Ground;
use crate::shopper::affinity::Affinities;
use alloc::boxed::Box;
use alloc::sync::Arc;
use alloc::vec;
use alloc::vec::Vec;

/// The signal `attribute_affinity`.
pub(super) struct AttributeAffinity;

struct Prepared {
    /// The contribution of each attribute.
    table: Vec<i32>,
}

impl Signal for AttributeAffinity {
    fn code(&self) -> &'static str {
        "attribute_affinity"
    }

    fn is_personal(&self) -> bool {
        true
    }

    fn default_weight(&self) -> i32 {
        200
    }

    fn prepare(&self, context: &Context<'_>, looks: &Affinities<'_>, weight: i32) -> Box<dyn Column> {
        let catalogue = context.catalogue;
        let (looks, smoothing) = (&looks.attributes, context.weights.smoothing);
        let table = lift_table(looks, catalogue.attribute_priors(), smoothing, weight, |value| {
            catalogue.find_attribute(value).map(|row| row as usize)
        });
        Box::new(Prepared { table })
    }
}

/// What the attributes of an item say together, which could be more than a signal may.
pub(super) fn sum_of(context: &Context<'_>, table: &[i32], item: ItemIndex) -> i64 {
    let value = |row: &u32| table.get(*row as usize).map_or(0, |value| i64::from(*value));
    context.facts.attributes_of(item).iter().map(value).sum()
}

/// What no item's attributes exceed together, either way.
pub(super) fn most_of(catalogue: &Catalogue, table: &[i32]) -> u64 {
    let most = catalogue.most_of_attribute_names().iter();
    // The strongest of each name, as often as an item may have one.
    let mut strongest = vec![0_u64; most.len()];
    for (name, value) in catalogue.attribute_names().iter().zip(table) {
        if let Some(strongest) = strongest.get_mut(*name as usize) {
            *strongest = u64::from(value.unsigned_abs()).max(*strongest);
        }
    }
    most.zip(strongest).map(|(most, strongest)| u64::from(*most) * strongest).sum()
}

impl Column for Prepared {
    fn add(&self, context: &Context<'_>, sums: &mut Sums) {
        let catalogue = context.catalogue;
        if most_of(catalogue, &self.table) <= u64::from(CONTRIBUTION_MAX.unsigned_abs()) {
            sums.attributes(&self.table);
        } else {
            sums.dense(catalogue.item_count(), |item| self.contribution(context, item));
        }
    }

    fn contribution(&self, context: &Context<'_>, item: ItemIndex) -> i32 {
        const BOUND: i64 = CONTRIBUTION_MAX as i64;
        sum_of(context, &self.table, item).clamp(-BOUND, BOUND) as i32
    }

    fn reason(&self, context: &Context<'_>, item: ItemIndex) -> Option<Arc<Ground>> {
        const CODE: &str = "attribute_affinity";
        let rows = context.facts.attributes_of(item).iter();
        let strongest = rows.max_by_key(|row| (self.table.get(**row as usize), core::cmp::Reverse(**row)))?;
        let subject = Subject::Attribute(*strongest);
        context.recall.evidence.ground(CODE, subject, &mut || {
            let text = context.catalogue.attribute_text(*strongest);
            let attribute = Some(text.into());
            let mut reason = Ground { code: CODE, message: CODE, attribute, ..Ground::default() };
            rest_on(&mut reason, context, subject, &|seen| among(&seen.attributes, text));
            Some(reason)
        })
    }
}
