//! What is on sale, the same for every shopper: the pack, its delta, and lookups over both.
//!
//! A **pack** is one immutable file of columns, read in place. [`format`] is its header and sections,
//! [`writer`] makes one from [`input`], [`Pack`] opens one and refuses damage by the name of the section, [`Opening`] does so while it comes,
//! [`delta`] changes stock, prices and sales during the day, [`excerpt()`] is the same pack with fewer items, and [`Catalogue`] is
//! what the rooms above ask.
//! What belongs to another room (promotions, campaigns, questions, weights) travels here as bytes that only
//! that room reads. Display text is a companion file and never enters the engine.

pub mod bytes;
mod check;
pub mod delta;
mod derived;
mod excerpt;
pub mod format;
pub mod input;
mod live;
pub mod meta;
mod narrow;
mod opening;
mod pack;
mod quality;
#[cfg(test)]
pub(crate) mod sample;
pub mod steps;
mod strings;
mod summary;
#[cfg(test)]
mod tests;
mod views;
pub mod writer;

pub use bytes::AlignedBytes;
pub use excerpt::excerpt;
pub use live::Catalogue;
pub use opening::Opening;
pub use pack::{Pack, PackError};
pub use quality::Qualities;
pub use strings::Strings;
pub use summary::Summary;
pub use views::{BrandTier, Covisitation, ItemFlags, Role, SaleState, StockRow};
