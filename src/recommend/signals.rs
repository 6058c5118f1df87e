//! One reason to rank an item up or down, a file each. A new one is its file and one line in [`SIGNALS`].
//!
//! A signal is prepared for one memory and becomes a [`Column`]: it adds its contribution to every item's score
//! at once, and tells the same contribution, and its reason, for one item. Contributions are millionths and
//! never beyond ±[`CONTRIBUTION_MAX`], so that no sum of all signals overflows.

mod attribute_affinity;
mod brand_affinity;
mod category_affinity;
mod columns;
mod covisitation;
mod discount;
mod favourite;
mod freshness;
mod lift;
mod own_history;
mod price_affinity;
mod quality;
mod reminder;
mod replenishment;
mod role;
mod session_affinity;
mod size_affinity;
mod sums;
mod warm;

pub(super) use sums::Facts;
pub use sums::Sums;
pub(super) use warm::Warm;

use super::context::Context;
use super::reason::Ground;
use crate::base::ids::ItemIndex;
use crate::shopper::affinity::Affinities;
use alloc::boxed::Box;
use alloc::sync::Arc;

/// The largest contribution either way, in millionths.
pub const CONTRIBUTION_MAX: i32 = 100_000_000;

/// Every signal, in the fixed order of contributions.
pub const SIGNALS: &[&dyn Signal] = &[
    &own_history::OwnHistory,
    &covisitation::CoVisitation,
    &brand_affinity::BrandAffinity,
    &category_affinity::CategoryAffinity,
    &price_affinity::PriceAffinity,
    &size_affinity::SizeAffinity,
    &attribute_affinity::AttributeAffinity,
    &replenishment::Replenishment,
    &session_affinity::SessionAffinity,
    &reminder::Reminder,
    &favourite::Favourite,
    &freshness::Freshness,
    &discount::Discount,
    &quality::Quality,
    &role::Role,
];

/// One reason to rank an item up or down.
pub trait Signal: Sync {
    /// Its code in explanations, weights and messages.
    fn code(&self) -> &'static str;

    /// Whether it speaks from what is remembered. The others are the shop's own and hold for everybody.
    fn is_personal(&self) -> bool;

    /// Its weight in thousandths, where the pack does not say.
    fn default_weight(&self) -> i32;

    /// Works out what it says of one memory at one minute; `looks` are that memory's affinities, `weight` is in thousandths.
    fn prepare(&self, context: &Context<'_>, looks: &Affinities<'_>, weight: i32) -> Box<dyn Column>;
}

/// A signal prepared for the memory of a context. It is kept from one ranking to the next, so it holds nothing of the context
/// that it was prepared for and is handed it.
pub trait Column: Send + Sync {
    /// Adds its contributions to what the others say.
    fn add(&self, context: &Context<'_>, sums: &mut Sums);

    /// The contribution of one item: what [`Column::add`] adds to its score.
    fn contribution(&self, context: &Context<'_>, item: ItemIndex) -> i32;

    /// Why, for one item; `None` where the signal is the shop's own or nothing can be named.
    fn reason(&self, context: &Context<'_>, item: ItemIndex) -> Option<Arc<Ground>> {
        let _ = (context, item);
        None
    }
}

/// A value in millionths times a weight in thousandths, within ±[`CONTRIBUTION_MAX`].
pub(super) fn weighted(value: i64, weight: i32) -> i32 {
    const BOUND: i64 = CONTRIBUTION_MAX as i64;
    if let Ok(value) = i32::try_from(value) {
        // Mostly: whether a product of 64 bits overflows is a question that WebAssembly answers slowly.
        return (i64::from(value) * i64::from(weight) / 1_000).clamp(-BOUND, BOUND) as i32;
    }
    match value.checked_mul(i64::from(weight)) {
        Some(product) => (product / 1_000).clamp(-BOUND, BOUND) as i32,
        // What overflows is beyond the bound too. (Wider numbers would do, but this runs for every item.)
        None if (value < 0) == (weight < 0) => CONTRIBUTION_MAX,
        None => -CONTRIBUTION_MAX,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_sum_of_all_signals_overflows() {
        assert!((SIGNALS.len() as i64) * i64::from(CONTRIBUTION_MAX) <= i64::from(i32::MAX));
        assert_eq!(weighted(i64::MAX, 100_000), CONTRIBUTION_MAX);
        assert_eq!(weighted(i64::MIN, 100_000), -CONTRIBUTION_MAX);
        assert_eq!(weighted(i64::MAX, -100_000), -CONTRIBUTION_MAX);
        assert_eq!(weighted(1_500_000, 500), 750_000);
        assert_eq!(weighted(-1_999, 1), -1, "towards zero");
    }

    #[test]
    fn codes_are_distinct() {
        for (at, signal) in SIGNALS.iter().enumerate() {
            assert!(SIGNALS.iter().skip(at + 1).all(|other| other.code() != signal.code()));
        }
    }
}
