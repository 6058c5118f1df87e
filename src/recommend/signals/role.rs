//! What an item is for in the shop's assortment, and for whom: traffic leads, marginal goods do not; who stays away is shown
//! both first, and who comes regularly what is sold without being reduced.
//!
//! Whose course it is follows from orders alone, of this browser; without any it is the shop's own order.

use super::columns::at;
use super::{Column, Signal, Sums, weighted};
use crate::base::ids::ItemIndex;
use crate::catalogue;
use crate::recommend::context::Context;
use crate::shopper::affinity::Affinities;
use crate::shopper::lifecycle::{Phase, Thresholds};
use crate::shopper::value::{figures, order_rows};
use alloc::boxed::Box;
use alloc::vec::Vec;

/// The signal `role`: the shop's own, the same for everybody.
pub(super) struct Role;

/// The contribution of each role.
struct Prepared(Vec<i32>);

impl Signal for Role {
    fn code(&self) -> &'static str {
        "role"
    }

    fn is_personal(&self) -> bool {
        false
    }

    fn default_weight(&self) -> i32 {
        100
    }

    fn prepare(&self, context: &Context<'_>, _: &Affinities<'_>, weight: i32) -> Box<dyn Column> {
        let phase = phase(context);
        let roles = (0..=u8::MAX).map(catalogue::Role::from_code);
        let table = roles.map(|role| weighted(value(role, phase), weight)).collect();
        Box::new(Prepared(table))
    }
}

impl Column for Prepared {
    fn add(&self, _: &Context<'_>, sums: &mut Sums) {
        sums.roles(&self.0);
    }

    fn contribution(&self, context: &Context<'_>, item: ItemIndex) -> i32 {
        at(&self.0, context.facts.role(item))
    }
}

/// The course of somebody who ordered in this browser.
fn phase(context: &Context<'_>) -> Option<Phase> {
    if !context.consent.remembers() {
        return None;
    }
    let orders = order_rows(context.history, None);
    let figures = figures(&orders, context.minute, context.catalogue.zone());
    (!orders.is_empty()).then(|| Phase::of(&figures, Thresholds::default()))
}

/// -500,000 to 1,500,000, by role and course.
fn value(role: catalogue::Role, phase: Option<Phase>) -> i64 {
    let [traffic, profit, potential, marginal] = match phase {
        // What appeals to all brings back who stays away, and what sells badly is cleared along with it.
        Some(Phase::Declining) => [1_500_000, 0, 250_000, 500_000],
        // What is seldom reduced keeps those who come for more than the price.
        Some(Phase::Growing | Phase::Stable) => [500_000, 1_000_000, 500_000, -500_000],
        Some(Phase::Exploring) | None => [1_000_000, 500_000, 500_000, -500_000],
    };
    match role {
        catalogue::Role::None => 0,
        catalogue::Role::Traffic => traffic,
        catalogue::Role::Profit => profit,
        catalogue::Role::Potential => potential,
        catalogue::Role::Marginal => marginal,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::Role;

    #[test]
    fn who_stays_away_is_shown_what_appeals_and_who_comes_what_keeps() {
        let order = |phase| {
            let mut roles = [Role::Traffic, Role::Profit, Role::Marginal, Role::Potential];
            roles.sort_by_key(|role| core::cmp::Reverse(value(*role, phase)));
            roles
        };
        assert_eq!(order(Some(Phase::Declining))[..2], [Role::Traffic, Role::Marginal]);
        assert_eq!(order(Some(Phase::Stable))[0], Role::Profit);
        assert_eq!(order(None)[3], Role::Marginal, "the shop's own order");
    }
}
