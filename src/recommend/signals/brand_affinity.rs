//! Brands that are looked at more than the ordinary.

use super::columns::at;
use super::lift::lift_table;
use super::{Column, Signal, Sums};
use crate::base::ids::{BrandIndex, ItemIndex};
use crate::recommend::context::Context;
use crate::recommend::evidence::{Counted, Subject, is, rest_on, seen_this_week};
use crate::recommend::reason::Reason;
use crate::shopper::RememberedItem;
use crate::shopper::affinity::Affinities;
use alloc::boxed::Box;
use alloc::vec::Vec;

/// The signal `brand_affinity`.
pub(super) struct BrandAffinity;

/// The contribution of each brand.
struct Prepared(Vec<i32>);

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

    fn prepare(&self, context: &Context<'_>, looks: &Affinities<'_>, weight: i32) -> Box<dyn Column> {
        let catalogue = context.catalogue;
        let (looks, smoothing) = (&looks.brands, context.weights.smoothing);
        let table = lift_table(looks, catalogue.brand_priors(), smoothing, weight, |value| {
            catalogue.find_brand(value).map(BrandIndex::row)
        });
        Box::new(Prepared(table))
    }
}

/// Where most of what was looked at of the brand this week is of the item's own kind, the reason says how many
/// things they were, of which kind.
fn name_kind(context: &Context<'_>, reason: &mut Reason, item: ItemIndex, brand: &str) {
    let catalogue = context.catalogue;
    let category = catalogue.category_id(catalogue.item_category(item));
    let of_brand = |seen: &RememberedItem| is(seen.brand.as_ref(), brand);
    let of_kind = |seen: &RememberedItem| of_brand(seen) && is(seen.category.as_ref(), category);
    let row = catalogue.item_brand(item).0;
    let kind = Subject::Kind(row, catalogue.item_category(item).0);
    let things = seen_this_week(context, kind, of_kind);
    if 2 * things <= seen_this_week(context, Subject::Brand(row), of_brand) {
        return;
    }
    let mut named = Reason {
        code: reason.code,
        message: "brand_affinity.kind",
        brand: reason.brand.take(),
        category: Some(category.into()),
        ..Reason::default()
    };
    rest_on(&mut named, context, kind, of_kind);
    named.count = things;
    *reason = named;
}

impl Column for Prepared {
    fn add(&self, _: &Context<'_>, sums: &mut Sums) {
        sums.brands(&self.0);
    }

    fn contribution(&self, context: &Context<'_>, item: ItemIndex) -> i32 {
        at(&self.0, context.facts.brand(item))
    }

    fn reason(&self, context: &Context<'_>, item: ItemIndex) -> Option<Reason> {
        let brand: BrandIndex = context.catalogue.item_brand(item);
        let id = context.catalogue.brand_id(brand);
        let mut reason = Reason { code: "brand_affinity", brand: Some(id.into()), ..Reason::default() };
        let matches = |seen: &RememberedItem| is(seen.brand.as_ref(), id);
        reason.message = match rest_on(&mut reason, context, Subject::Brand(brand.0), matches) {
            Counted::Week => "brand_affinity.week",
            Counted::Past => "brand_affinity.past",
            Counted::Other => "brand_affinity.other",
        };
        if reason.message == "brand_affinity.week" {
            name_kind(context, &mut reason, item, id);
        }
        Some(reason)
    }
}
