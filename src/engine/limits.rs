//! What promotions are limited by beyond one cart: for whoever grants them at the checkout.

use super::Engine;
use crate::base::time::Timestamp;
use crate::pricing::conditions::Condition;
use crate::pricing::{Budget, Promotion};
use alloc::string::String;
use alloc::vec::Vec;

/// What all accounts have of a promotion together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PromotionBudget {
    /// So many uses.
    Uses(i64),
    /// So much given, in minor units.
    Spent(i64),
}

/// A promotion's limits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PromotionLimits {
    /// Its id.
    pub promotion: String,
    /// When it ends; `None` where it goes on.
    pub closes: Option<Timestamp>,
    /// Uses of one account.
    pub per_account: Option<u32>,
    /// What all accounts have together.
    pub budget: Option<PromotionBudget>,
}

impl Engine {
    /// The limits of every promotion of the pack, by ascending id.
    pub fn promotion_limits(&self) -> Vec<PromotionLimits> {
        let limits = |promotion: &Promotion| PromotionLimits {
            promotion: promotion.id.clone(),
            closes: closes(promotion),
            per_account: promotion.uses_per_account,
            budget: promotion.budget.and_then(budget),
        };
        self.promotions.all().iter().map(limits).collect()
    }
}

fn budget(budget: Budget) -> Option<PromotionBudget> {
    let uses = budget.uses.map(|uses| PromotionBudget::Uses(uses.into()));
    uses.or_else(|| budget.spend.map(|spend| PromotionBudget::Spent(spend.minor())))
}

/// The earliest end of a promotion's windows.
fn closes(promotion: &Promotion) -> Option<Timestamp> {
    let end = |condition: &Condition| match condition {
        Condition::Window { closes, .. } => *closes,
        _ => None,
    };
    promotion.conditions.iter().filter_map(end).min()
}
