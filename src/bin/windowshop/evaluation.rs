//! Evaluation: how well what was learned ranks what shoppers look at next, beside what is simpler.
//!
//! [`queries`] are prefixes of sessions with their next item; [`next_item`] trains, ranks and counts;
//! [`attributes`] does so for items that are all new and [`brands`] for brands;
//! [`shop`] is the engine with a pack of the log's items, so that what is measured is what ships; [`baselines`]
//! are what a shop has without us, [`bootstrap`] says how far a figure would wander. [`propensity`] estimates from what was
//! shown by chance. [`one_answer`] writes decisions for other hosts of the engine to make again.
//! [`packing`] tells what a pack loses of a table. [`intervals`] holds made-up surveys and looks whether estimates keep their word.
//! [`value`], [`redemption`], [`uplift`], [`response`] and [`budget`] are of customers and coupons.
//! What counts as a hit is `training::metrics`.

pub(crate) mod attributes;
pub(crate) mod baselines;
pub(crate) mod bootstrap;
pub(crate) mod brands;
pub(crate) mod budget;
pub(crate) mod campaigns;
pub(crate) mod intervals;
pub(crate) mod next_item;
pub(crate) mod one_answer;
pub(crate) mod packing;
pub(crate) mod propensity;
pub(crate) mod queries;
pub(crate) mod redemption;
pub(crate) mod response;
pub(crate) mod shop;
pub(crate) mod uplift;
pub(crate) mod value;
