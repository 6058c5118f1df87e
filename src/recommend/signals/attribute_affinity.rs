//! Attributes (cloth, colour, cut, style and whatever else the feed carries) looked at more than the ordinary.

use super::columns::Dense;
use super::lift::log_lift;
use super::{CONTRIBUTION_MAX, Column, Signal, weighted};
use crate::base::ids::ItemIndex;
use crate::recommend::context::Context;
use crate::recommend::evidence::rest_on;
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
    column: Dense,
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
        let column = if table.iter().any(|value| *value != 0) {
            (0..catalogue.item_count()).map(|row| sum(context, &table, ItemIndex(row as u32))).collect()
        } else {
            Vec::new()
        };
        Box::new(Prepared { context, table, column: Dense(column) })
    }
}

fn sum(context: &Context<'_>, table: &[i32], item: ItemIndex) -> i32 {
    let values = context.catalogue.attributes(item).iter().filter_map(|row| table.get(*row as usize));
    let sum: i64 = values.map(|value| i64::from(*value)).sum();
    sum.clamp(i64::from(-CONTRIBUTION_MAX), i64::from(CONTRIBUTION_MAX)) as i32
}

impl Column for Prepared<'_> {
    fn add(&self, scores: &mut [i32]) {
        self.column.add(scores);
    }

    fn contribution(&self, item: ItemIndex) -> i32 {
        self.column.at(item.row())
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
        rest_on(&mut reason, self.context, |seen| seen.attributes.iter().any(|attribute| attribute == text));
        Some(reason)
    }
}
