//! What every room stands on: money, time, stable ids, digests and maps with a fixed hasher.
//!
//! Nothing here knows what is sold or who looks at it.

pub mod counts;
pub mod digest;
pub mod ids;
pub mod maps;
pub mod money;
pub mod notation;
pub mod order;
pub mod scale;
pub mod time;
