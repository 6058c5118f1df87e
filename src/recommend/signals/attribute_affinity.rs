//! Attributes (cloth, colour, cut, style and whatever else the feed carries) looked at more than the ordinary.

use super::columns::Coded;
use super::lift::log_lift;
use super::{CONTRIBUTION_MAX, Column, Signal, Sums, weighted};
use crate::base::ids::ItemIndex;
use crate::catalogue::Catalogue;
use crate::kernel::score::sums_of_lists;
use crate::recommend::context::Context;
use crate::recommend::evidence::{Subject, rest_on};
use crate::recommend::reason::Reason;
use alloc::boxed::Box;
use alloc::vec;
use alloc::vec::Vec;

/// The signal `attribute_affinity`.
pub(super) struct AttributeAffinity;

struct Prepared<'a> {
    context: &'a Context<'a>,
    /// The contribution of each attribute.
    table: Vec<i32>,
    /// The contribution of each set of attributes; empty where none has any.
    sets: Coded<'a, u32>,
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

    fn prepare<'a>(&self, context: &'a Context<'a>, weight: i32) -> Box<dyn Column + 'a> {
        let catalogue = context.catalogue;
        let mut table = vec![0; catalogue.attribute_count()];
        for (text, looks) in &context.looks.affinities.attributes {
            let Some(attribute) = catalogue.find_attribute(text).map(|row| row as usize) else { continue };
            let prior = catalogue.attribute_priors().get(attribute).copied().unwrap_or(0);
            if let Some(slot) = table.get_mut(attribute) {
                *slot = weighted(log_lift(*looks, prior, context.weights.smoothing), weight);
            }
        }
        let sets = Coded { codes: catalogue.attribute_sets(), table: sums_of_sets(catalogue, &table) };
        Box::new(Prepared { context, table, sets })
    }
}

/// What each set of attributes says together; empty where no attribute says anything.
pub(super) fn sums_of_sets(catalogue: &Catalogue, table: &[i32]) -> Vec<i32> {
    if table.iter().all(|value| *value == 0) {
        return Vec::new();
    }
    sums_of_lists(catalogue.attribute_starts(), catalogue.attribute_rows(), table, CONTRIBUTION_MAX)
}

impl Column for Prepared<'_> {
    fn add(&self, sums: &mut Sums) {
        sums.attribute_sets(&self.sets.table);
    }

    fn contribution(&self, item: ItemIndex) -> i32 {
        self.sets.at(item.row())
    }

    fn reason(&self, item: ItemIndex) -> Option<Reason> {
        let catalogue = self.context.catalogue;
        let rows = catalogue.attributes(item).iter();
        let strongest = rows.max_by_key(|row| (self.table.get(**row as usize), core::cmp::Reverse(**row)))?;
        let text = catalogue.attribute_text(*strongest);
        let mut reason = Reason {
            code: "attribute_affinity",
            message: "attribute_affinity",
            attribute: Some(text.into()),
            ..Reason::default()
        };
        rest_on(&mut reason, self.context, Subject::Attribute(*strongest), |seen| {
            seen.attributes.iter().any(|attribute| attribute == text)
        });
        Some(reason)
    }
}
