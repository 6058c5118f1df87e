//! What goes with a cart: worn together with what lies in it, looked at together, of another kind at the same level.
//!
//! With a shortfall, what closes it comes first, the nearest to it before what goes far beyond; the host says which
//! items count towards it.

use super::filter::Filter;
use super::similar::{copy_of, looks_at};
use super::{Plan, Surface};
use crate::base::ids::ItemIndex;
use crate::recommend::context::Context;
use crate::recommend::decision::{RecommendError, Request};
use crate::recommend::select::Mixing;
use alloc::vec;
use alloc::vec::Vec;

/// What closes a shortfall comes by how far it goes beyond, in steps of percent; within a step by score.
const NEAR: [i64; 4] = [110, 125, 150, 200];

/// The surface `cart`.
pub(super) struct Cart;

impl Surface for Cart {
    fn code(&self) -> &'static str {
        "cart"
    }

    fn plan(&self, context: &Context<'_>, request: &Request) -> Result<Plan, RecommendError> {
        let catalogue = context.catalogue;
        let cart: Vec<ItemIndex> = request.items.iter().filter_map(|id| catalogue.find_item(id)).collect();
        let mut rows = Filter::new(context, request).buyable();
        rows.retain(|row| !cart.contains(&ItemIndex(*row)));
        let outfits: Vec<&str> = cart.iter().filter_map(|item| catalogue.outfit(*item)).collect();
        let top = |item: ItemIndex| catalogue.category_top(catalogue.item_category(item));
        let kinds: Vec<_> = cart.iter().map(|item| top(*item)).collect();
        let worn_together =
            |row: &u32| catalogue.outfit(ItemIndex(*row)).is_some_and(|outfit| outfits.contains(&outfit));
        // A second of the same kind is seldom what a cart lacks.
        let another_kind = |row: &u32| !kinds.contains(&top(ItemIndex(*row)));
        let mixing = Mixing { window: 8, brands: 3, categories: 3, ..Mixing::STROLL };
        let subject = looks_at(context, cart.iter().map(|item| copy_of(catalogue, *item)).collect());
        let tiers = if let Some(shortfall) = request.shortfall {
            let counts = |row: &u32| context.is_eligible(ItemIndex(*row));
            rows.retain(|row| counts(row) && catalogue.price(ItemIndex(*row)) >= shortfall);
            let mut tiers = Vec::with_capacity(NEAR.len() + 1);
            for percent in NEAR {
                let within = i128::from(shortfall) * i128::from(percent) / 100;
                let closes = |row: &u32| i128::from(catalogue.price(ItemIndex(*row))) <= within;
                let (near, beyond): (Vec<u32>, Vec<u32>) = rows.into_iter().partition(closes);
                tiers.push(near.into());
                rows = beyond;
            }
            tiers.push(rows.into());
            tiers
        } else {
            let (outfit, rest): (Vec<u32>, Vec<u32>) = rows.into_iter().partition(worn_together);
            let (other, same): (Vec<u32>, Vec<u32>) = rest.into_iter().partition(another_kind);
            vec![outfit.into(), other.into(), same.into()]
        };
        Ok(Plan { tiers, mixing, length: 24, subject: Some(subject), ..Plan::default() })
    }
}
