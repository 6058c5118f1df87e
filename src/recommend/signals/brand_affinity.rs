//! Brands that are looked at more than the ordinary.

use super::columns::at;
use super::lift::lift_table;
use super::{Column, Signal, Sums};
use crate::base::ids::{BrandIndex, CategoryIndex, ItemIndex};
use crate::recommend::context::Context;
use crate::recommend::evidence::{Counted, Subject, is, rest_on, seen_this_week};
use crate::recommend::reason::Ground;
use crate::shopper::RememberedItem;
use crate::shopper::affinity::Affinities;
use alloc::boxed::Box;
use alloc::sync::Arc;
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
fn name_kind(context: &Context<'_>, reason: &mut Ground, brand: BrandIndex, category: CategoryIndex) {
    let catalogue = context.catalogue;
    let (row, kind) = (brand.0, Subject::Kind(brand.0, category.0));
    let (brand, category) = (catalogue.brand_id(brand), catalogue.category_id(category));
    let of_brand = |seen: &RememberedItem| is(seen.brand.as_ref(), brand);
    let of_kind = |seen: &RememberedItem| of_brand(seen) && is(seen.category.as_ref(), category);
    let things = seen_this_week(context, kind, &of_kind);
    if 2 * things <= seen_this_week(context, Subject::Brand(row), &of_brand) {
        return;
    }
    let mut named = Ground {
        code: reason.code,
        message: "brand_affinity.kind",
        brand: reason.brand.take(),
        category: Some(category.into()),
        ..Ground::default()
    };
    rest_on(&mut named, context, kind, &of_kind);
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

    fn reason(&self, context: &Context<'_>, item: ItemIndex) -> Option<Arc<Ground>> {
        const CODE: &str = "brand_affinity";
        let catalogue = context.catalogue;
        let [brand, category] =
            [context.facts.brand(item), context.facts.category(item)].map(|row| row as u32);
        let (brand, category) = (BrandIndex(brand), CategoryIndex(category));
        context.recall.evidence.ground(CODE, Subject::Kind(brand.0, category.0), &mut || {
            let id = catalogue.brand_id(brand);
            let mut reason = Ground { code: CODE, brand: Some(id.into()), ..Ground::default() };
            let matches = |seen: &RememberedItem| is(seen.brand.as_ref(), id);
            reason.message = match rest_on(&mut reason, context, Subject::Brand(brand.0), &matches) {
                Counted::Week => "brand_affinity.week",
                Counted::Past => "brand_affinity.past",
                Counted::Other => "brand_affinity.other",
            };
            if reason.message == "brand_affinity.week" {
                name_kind(context, &mut reason, brand, category);
            }
            Some(reason)
        })
    }
}
