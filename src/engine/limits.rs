//! What promotions are limited by beyond one cart: for whoever grants them at the checkout.

use super::Engine;
use crate::base::time::Timestamp;
use crate::pricing::{Budget, Promotion};
use alloc::string::String;
use alloc::vec::Vec;

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
    pub budget: Option<Budget>,
}

impl Engine {
    /// The limits of every promotion of the pack, by ascending id.
    pub fn promotion_limits(&self) -> Vec<PromotionLimits> {
        let limits = |promotion: &Promotion| PromotionLimits {
            promotion: promotion.id.clone(),
            closes: promotion.closes(),
            per_account: promotion.uses_per_account,
            budget: promotion.budget,
        };
        self.promotions.all().iter().map(limits).collect()
    }
}
