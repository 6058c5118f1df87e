//! The places in the shop that show items, a file each. A new one is its file and one line in [`SURFACES`].

mod home;
mod shop_order;

pub use shop_order::shop_order;

use super::context::Context;
use alloc::vec::Vec;

/// Every surface.
pub const SURFACES: &[&dyn Surface] = &[&home::Home];

/// A place in the shop that shows items.
pub trait Surface: Sync {
    /// Its code in requests.
    fn code(&self) -> &'static str;

    /// The item rows it may show, ascending: only such as can truly be bought or looked at there.
    fn candidates(&self, context: &Context<'_>) -> Vec<u32>;

    /// How many items in a row are mixed together; at least 1. It does not depend on how many are asked for, so
    /// that asking for more gives the same list, continued.
    fn window(&self) -> usize;

    /// Items of one brand in a window, where the request does not say; at least 1.
    fn brand_cap(&self) -> usize;

    /// How long its list is at most: every list has an end.
    fn length(&self) -> usize;
}

/// The surface of a code.
pub fn find(code: &str) -> Option<&'static dyn Surface> {
    SURFACES.iter().copied().find(|surface| surface.code() == code)
}
