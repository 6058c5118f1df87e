//! The places in the shop that show items, a file each. A new one is its file and one line in [`SURFACES`].
//!
//! A surface says which items it may show, in which tiers, how mixed they are and where the list ends
//! ([`Plan`]). How good an item is within its tier is the business of `signals`; [`filter`] holds what is shown
//! nowhere.

mod again;
mod cart;
mod closing_soon;
mod deals;
mod filter;
mod home;
mod new_today;
mod opening_soon;
mod preview;
mod sale;
mod search;
mod shop_order;
mod similar;
#[cfg(test)]
mod tests;
mod tier;

pub(super) use again::due;
pub(super) use filter::Out;
pub use shop_order::shop_order;
pub(super) use tier::{Pool, Tier};

use super::context::Context;
use super::decision::{RecommendError, Request};
use super::select::Mixing;
use crate::shopper::History;
use alloc::vec;
use alloc::vec::Vec;

/// Every surface, in the order of the API's list.
pub const SURFACES: &[&dyn Surface] = &[
    &home::Home,
    &new_today::NewToday,
    &preview::Preview,
    &closing_soon::ClosingSoon,
    &opening_soon::OpeningSoon,
    &sale::OneSale,
    &similar::Similar,
    &cart::Cart,
    &again::Again,
    &deals::Deals,
    &search::Search,
];

/// A place in the shop that shows items.
pub trait Surface: Sync {
    /// Its code in requests.
    fn code(&self) -> &'static str;

    /// What it shows for a request.
    ///
    /// # Errors
    /// [`RecommendError`] where the request lacks what the surface is about, or names what is not there.
    fn plan(&self, context: &Context<'_>, request: &Request) -> Result<Plan, RecommendError>;
}

/// What a surface shows: which items, in which tiers, how mixed, how long.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    /// Every item of a tier comes before those of the next.
    pub(super) tiers: Vec<Tier>,
    /// How mixed each tier is.
    pub(super) mixing: Mixing,
    /// How long its list is at most: every list has an end.
    pub(super) length: usize,
    /// What the order is where nothing remembered may speak.
    pub(super) base: Base,
    /// Whether some slots go to brands that are new to the shopper, where the first tier is of sales.
    pub(super) explores: bool,
    /// What the list is about, where it is not about the shopper: looks that stand in for the history.
    pub(super) subject: Option<History>,
}

/// The order of a list that is not personal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Base {
    /// The shop's own order ([`shop_order`]).
    #[default]
    Shop,
    /// The order of the tiers' rows, as the host gave them.
    Given,
}

impl Plan {
    /// One tier.
    fn of(tier: impl Into<Tier>, mixing: Mixing, length: usize) -> Self {
        Self { tiers: vec![tier.into()], mixing, length, ..Self::default() }
    }
}

/// The surface of a code.
pub fn find(code: &str) -> Option<&'static dyn Surface> {
    SURFACES.iter().copied().find(|surface| surface.code() == code)
}
