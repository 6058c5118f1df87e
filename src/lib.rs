//! Windowshop: a recommendation engine that lives in the shopper's own window.
//!
//! This library is the engine: it reads a pack (the catalogue of a flash-sale shop, the same for every
//! shopper), remembers what one browser did, and says which items to show, why, what a cart costs, which
//! coupon to surface and what disguised answer may leave. It has no clock, no network, no disk and no source
//! of chance: a host hands it bytes, the time and seeds, and gets bytes and values back. The same inputs give
//! the same outputs natively and in WebAssembly.
//!
//! The rooms, from the ground up; a room knows only those named before it (`tests/laws` holds that):
//!
//! - [`base`]: money, time, ids, digests, maps. [`kernel`]: the hot loops.
//! - [`catalogue`]: what is on sale, read from a pack in place.
//! - [`pricing`]: what a cart costs. It cannot see a shopper.
//! - [`shopper`]: what this browser remembers, and what follows from it.
//! - [`recommend`], [`target`], [`answers`]: which items, which coupon, which true answer.
//! - [`report`]: what may leave, in what disguise.
//! - [`engine`]: the one door that joins them.
#![no_std]

extern crate alloc;
#[cfg(test)]
extern crate std;

#[cfg(target_endian = "big")]
compile_error!("the pack format is little-endian and read in place: big-endian machines are not supported");

pub use windowshop_kernel as kernel;

pub mod answers;
pub mod base;
pub mod catalogue;
pub mod engine;
pub mod pricing;
pub mod recommend;
pub mod report;
pub mod shopper;
pub mod target;
