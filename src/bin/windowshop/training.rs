//! Training: what a shop's own click log says about which items go together, as a file for `pack build`.
//!
//! [`sources`] has one file for each thing that can be learned from. Tables are read in [`rows`]; a click log is
//! streamed by [`log`], which finds sessions that come again with [`marks`], and its sessions wait in a [`spool`]. Pairs
//! of items are counted in integers ([`pairs`]), beyond what fits in memory in sorted [`runs`] in [`scratch`] files;
//! shaped into rows of neighbours ([`table`], with [`back_off`] to neighbours of neighbours) under [`settings`] that are chosen on the last tenth of the sessions
//! ([`tune`], by the engine's own arithmetic in [`scorer`] and the figures of [`metrics`]); and written to a file
//! ([`file`]). [`learn`] leads through it.
//! The same log gives the same bytes, on any number of threads. Ranking test queries is `evaluation`.

mod back_off;
pub(crate) mod file;
pub(crate) mod learn;
pub(crate) mod log;
pub(crate) mod marks;
pub(crate) mod metrics;
pub(crate) mod pairs;
pub(crate) mod rows;
pub(crate) mod runs;
pub(crate) mod scorer;
pub(crate) mod scratch;
pub(crate) mod settings;
pub(crate) mod sources;
pub(crate) mod spool;
pub(crate) mod table;
pub(crate) mod tune;
