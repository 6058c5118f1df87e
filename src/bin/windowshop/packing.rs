//! Makes the files that a shop serves: the pack, its companions a language, and the manifest that names them.
//!
//! All but the manifest are immutable and named by their content; the manifest, `pack.json`, is the one file
//! whose content changes. [`manifest`] is its shape, [`shelf`] that of the display companions, [`files`] writes
//! and checks, [`build`] does all of it for a feed,
//! [`compress`] does what compression can do beforehand, [`delta`] makes the day's change, [`excerpt`] what is fetched first, [`agree`] compares what goes together, [`list`] notes what was ever published. `docs/pack.md` tells
//! readers outside this command what each file holds.

pub(crate) mod agree;
pub(crate) mod build;
pub(crate) mod compress;
pub(crate) mod delta;
pub(crate) mod excerpt;
pub(crate) mod files;
pub(crate) mod list;
pub(crate) mod manifest;
pub(crate) mod shelf;

#[cfg(test)]
mod tests;
