//! What this session is about: brand, category, size and attributes looked at since the last pause, more than the
//! ordinary, the last look most.
//!
//! The affinities know all that is remembered; somebody who looks for a present is somebody else for an hour. The
//! parts have the weights of the signals that speak of the same from memory, and this signal's own weight says how
//! much more a session counts than a memory. (Measured by `windowshop evaluate attributes`, docs/quality.md.)

use super::attribute_affinity::{most_of, sum_of};
use super::category_affinity::lifts;
use super::lift::lift_table;
use super::size_affinity::{best, best_of_sets};
use super::{CONTRIBUTION_MAX, Column, SIGNALS, Signal, Sums, weighted};
use crate::base::ids::{BrandIndex, CategoryIndex, ItemIndex};
use crate::kernel::text::among;
use crate::recommend::context::Context;
use crate::recommend::evidence::{Subject, is, is_remembered, rest_on};
use crate::recommend::reason::Ground;
use crate::shopper::affinity::Affinities;
use alloc::boxed::Box;
use alloc::sync::Arc;
use alloc::vec::Vec;

/// The signal `session_affinity`.
pub(super) struct SessionAffinity;

struct Prepared {
    parts: Parts,
    weight: i32,
    /// Whether it says anything.
    speaks: bool,
}

/// What each value of an item's facts adds, before the signal's own weight.
struct Parts {
    brands: Vec<i32>,
    /// The item's own category and the top one above it, as `category_affinity` mixes them.
    categories: Vec<i32>,
    sizes: Vec<i32>,
    attributes: Vec<i32>,
}

impl Signal for SessionAffinity {
    fn code(&self) -> &'static str {
        "session_affinity"
    }

    fn is_personal(&self) -> bool {
        true
    }

    fn default_weight(&self) -> i32 {
        3_000
    }

    fn prepare(&self, context: &Context<'_>, _: &Affinities<'_>, weight: i32) -> Box<dyn Column> {
        let session = if context.consent.remembers() {
            Affinities::of_session(context.history, context.minute, context.weights.session_decay)
        } else {
            Affinities::default()
        };
        let parts = Parts::of(context, &session);
        Box::new(Prepared { parts, weight, speaks: session.total > 0 && weight != 0 })
    }
}

/// The tables times the weight, where that is the same as weighing their sum: the weight is whole, and no sum, of which
/// `attributes` is the most that those of an item add, reaches a bound.
fn scaled(tables: [&[i32]; 4], attributes: u64, weight: i32) -> Option<[Vec<i32>; 4]> {
    let factor = (weight % 1_000 == 0).then_some(weight / 1_000)?;
    let largest = |table: &[i32]| table.iter().map(|value| value.unsigned_abs()).max().unwrap_or(0);
    let [others @ .., _] = tables;
    let sum: u64 = others.into_iter().map(|table| u64::from(largest(table))).sum::<u64>() + attributes;
    let fits = sum.saturating_mul(u64::from(factor.unsigned_abs()).max(1))
        < u64::from(CONTRIBUTION_MAX.unsigned_abs());
    fits.then(|| tables.map(|table| table.iter().map(|value| value * factor).collect()))
}

/// The weight of the signal that speaks of the same from memory.
fn memory_weight(context: &Context<'_>, code: &str) -> i32 {
    let default =
        SIGNALS.iter().find(|signal| signal.code() == code).map_or(0, |signal| signal.default_weight());
    context.weights.of(code, default)
}

impl Parts {
    fn of(context: &Context<'_>, session: &Affinities<'_>) -> Self {
        let catalogue = context.catalogue;
        let smoothing = context.weights.session_smoothing;
        let table = |looks: &[(&str, i64)], priors: &[u32], code, find: &dyn Fn(&str) -> Option<usize>| {
            lift_table(looks, priors, smoothing, memory_weight(context, code), find)
        };
        Self {
            brands: table(&session.brands, catalogue.brand_priors(), "brand_affinity", &|id| {
                catalogue.find_brand(id).map(BrandIndex::row)
            }),
            categories: categories(context, session),
            sizes: table(&session.sizes, catalogue.size_priors(), "size_affinity", &|size| {
                catalogue.find_size(size).map(usize::from)
            }),
            attributes: table(
                &session.attributes,
                catalogue.attribute_priors(),
                "attribute_affinity",
                &|text| catalogue.find_attribute(text).map(|row| row as usize),
            ),
        }
    }

    fn brand(&self, context: &Context<'_>, item: ItemIndex) -> i32 {
        at(&self.brands, context.facts.brand(item))
    }

    fn category(&self, context: &Context<'_>, item: ItemIndex) -> i32 {
        at(&self.categories, context.facts.category(item))
    }

    /// The attribute that adds most.
    fn attribute(&self, context: &Context<'_>, item: ItemIndex) -> Option<(u32, i32)> {
        let rows = context.facts.attributes_of(item).iter();
        rows.map(|row| (*row, at(&self.attributes, *row as usize)))
            .max_by_key(|(row, value)| (*value, core::cmp::Reverse(*row)))
    }

    fn sum(&self, context: &Context<'_>, item: ItemIndex) -> i64 {
        let size = best(context, &self.sizes, item).map_or(0, |(_, value)| value);
        let attributes = sum_of(context, &self.attributes, item);
        let brand = self.brand(context, item);
        i64::from(brand) + i64::from(self.category(context, item)) + i64::from(size) + attributes
    }
}

/// What each category adds, as `category_affinity` mixes its own and the top one above.
fn categories(context: &Context<'_>, session: &Affinities<'_>) -> Vec<i32> {
    let weight = memory_weight(context, "category_affinity");
    let lifts = lifts(context.catalogue, session, context.weights.session_smoothing);
    lifts.into_iter().map(|lift| weighted(lift, weight)).collect()
}

fn at<T: Copy + Default>(column: &[T], row: usize) -> T {
    column.get(row).copied().unwrap_or_default()
}

/// What the signal says of a brand, a category, a size or an attribute.
fn said_of(context: &Context<'_>, code: &'static str, subject: Subject) -> Ground {
    let catalogue = context.catalogue;
    let mut reason = Ground { code, ..Ground::default() };
    match subject {
        Subject::Brand(row) => {
            let brand = catalogue.brand_id(BrandIndex(row));
            reason.message = "session_affinity.brand";
            reason.brand = Some(brand.into());
            rest_on(&mut reason, context, subject, &|seen| is(seen.brand.as_ref(), brand));
        }
        Subject::Category(row) => {
            // Where only the category above was looked at, that is what the reason names.
            let category = CategoryIndex(row);
            let under = |above: CategoryIndex, seen: Option<&str>| {
                let seen = seen.and_then(|id| catalogue.find_category(id));
                seen.is_some_and(|seen| seen == above || catalogue.category_top(seen) == above)
            };
            let own = is_remembered(context, Subject::Under(row), &|seen| {
                under(category, seen.category.as_deref())
            });
            let named = if own { category } else { catalogue.category_top(category) };
            reason.message = "session_affinity.category";
            reason.category = Some(catalogue.category_id(named).into());
            rest_on(&mut reason, context, Subject::Under(named.0), &|seen| {
                under(named, seen.category.as_deref())
            });
        }
        Subject::Size(row) => {
            let size = catalogue.size_text(row as u16);
            reason.message = "session_affinity.size";
            reason.size = Some(size.into());
            rest_on(&mut reason, context, subject, &|seen| is(seen.size.as_ref(), size));
        }
        Subject::Attribute(row) => {
            let text = catalogue.attribute_text(row);
            reason.message = "session_affinity.attribute";
            reason.attribute = Some(text.into());
            rest_on(&mut reason, context, subject, &|seen| among(&seen.attributes, text));
        }
        // Of nothing else it speaks.
        _ => {}
    }
    reason
}

impl Column for Prepared {
    fn add(&self, context: &Context<'_>, sums: &mut Sums) {
        if !self.speaks {
            return;
        }
        let catalogue = context.catalogue;
        let sizes = best_of_sets(catalogue, &self.parts.sizes);
        let attributes = &self.parts.attributes;
        let tables = [&self.parts.brands, &self.parts.categories, sizes.as_slice(), attributes];
        if let Some([brands, categories, sizes, attributes]) =
            scaled(tables, most_of(catalogue, attributes), self.weight)
        {
            sums.brands(&brands);
            sums.categories(&categories);
            sums.size_sets(&sizes);
            sums.attributes(&attributes);
        } else {
            sums.dense(catalogue.item_count(), |item| self.contribution(context, item));
        }
    }

    fn contribution(&self, context: &Context<'_>, item: ItemIndex) -> i32 {
        if self.speaks { weighted(self.parts.sum(context, item), self.weight) } else { 0 }
    }

    /// Names the part that adds most.
    fn reason(&self, context: &Context<'_>, item: ItemIndex) -> Option<Arc<Ground>> {
        const CODE: &str = "session_affinity";
        let parts = &self.parts;
        let size = best(context, &parts.sizes, item);
        let attribute = parts.attribute(context, item);
        let strongest = [
            parts.brand(context, item),
            parts.category(context, item),
            size.map_or(0, |(_, value)| value),
            attribute.map_or(0, |(_, value)| value),
        ];
        let most = strongest.iter().copied().max().filter(|most| *most > 0)?;
        let subject = match strongest.iter().position(|value| *value == most)? {
            0 => Subject::Brand(context.facts.brand(item) as u32),
            1 => Subject::Category(context.facts.category(item) as u32),
            2 => Subject::Size(size?.0.into()),
            _ => Subject::Attribute(attribute?.0),
        };
        let evidence = &context.recall.evidence;
        evidence.ground(CODE, subject, &mut || Some(said_of(context, CODE, subject)))
    }
}
