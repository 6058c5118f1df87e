//! Brands in an order made for one shopper: those a shopper may want to be reminded of.

use super::Engine;
use super::error::EngineError;
use crate::base::time::Timestamp;
use crate::recommend::brands::{BrandRequest, RankedBrand, rank_brands};
use crate::recommend::{LIMIT_MAX, RecommendError};
use alloc::string::String;
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

/// A brand with what puts it where it is, in millionths of a look.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RankedBrandView {
    /// Stable id.
    pub brand: String,
    /// The sum of the parts.
    pub score: i64,
    /// What the shopper's own looks add; 0 for a brand never looked at.
    pub own: i64,
    /// What everybody's share adds.
    pub ordinary: i64,
    /// What a reminder adds.
    pub reminder: i64,
}

impl Engine {
    /// Ranks the pack's brands.
    ///
    /// # Errors
    /// [`EngineError::Request`] where the limit is out of range.
    pub fn ranked_brands(
        &self,
        request: &BrandRequest,
        now: Timestamp,
    ) -> Result<Vec<RankedBrandView>, EngineError> {
        if !(1..=LIMIT_MAX).contains(&request.limit) {
            return Err(RecommendError::Range { field: "limit", allowed: "1 to 200" }.into());
        }
        let view = |ranked: RankedBrand| RankedBrandView {
            brand: self.basis.catalogue.brand_id(ranked.brand).into(),
            score: ranked.score(),
            own: ranked.own,
            ordinary: ranked.ordinary,
            reminder: ranked.reminder,
        };
        Ok(rank_brands(&self.context(now), request).into_iter().map(view).collect())
    }
}
