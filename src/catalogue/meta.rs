//! The pack's facts about itself: when it was made, its currency, its zone, its price bands.

use crate::base::time::{Timestamp, Zone};
use alloc::string::String;
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

/// The pack's facts about itself; the section `meta`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meta {
    /// When the pack was made.
    pub created: Timestamp,
    /// ISO 4217 code of its one currency.
    pub currency: String,
    /// Digits behind the point of that currency, 0 to 6.
    pub exponent: u8,
    /// IANA name of the shop's zone.
    pub zone: String,
    /// The zone's offsets: from each instant on, seconds east of UTC.
    pub offsets: Vec<(Timestamp, i32)>,
    /// The minute of the shop's day at which sales open; 600 is 10:00.
    pub opening_minute: u16,
    /// Ascending lower edges of the price bands above the first, in minor units; at most 255.
    pub price_edges: Vec<i64>,
    /// Days that a preview is visible before its opening.
    pub preview_days: u16,
    /// What columns of prices count, in minor units, at least 1: the largest that all of them are multiples of.
    pub price_unit: i64,
}

impl Meta {
    /// The shop's zone; `None` where the table makes no sense.
    pub fn zone(&self) -> Option<Zone> {
        Zone::new(&self.zone, self.offsets.clone()).ok()
    }

    /// The band of a price: how many edges it reaches.
    pub fn price_band(&self, minor: i64) -> u8 {
        self.price_edges.partition_point(|edge| *edge <= minor) as u8
    }
}
