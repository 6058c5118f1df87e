//! What the shop itself says of every item, its discount and its quality: the part of a score that is the same for everybody.
//!
//! Worked out when the catalogue or the blend changes and not for each ranking, which only adds what is said of this shopper. What
//! depends on the time (freshness) or on a shopper is not here.

use super::context::Context;
use super::signals::{CONTRIBUTION_MAX, SIGNALS, Sums};
use super::weights::Weights;
use crate::base::digest::Digest;
use crate::base::ids::SaleIndex;
use crate::base::time::Timestamp;
use crate::catalogue::Catalogue;
use crate::kernel::score::{ByteTable, most, own};
use crate::shopper::affinity::Affinities;
use crate::shopper::{Consent, History, Reminders};
use alloc::boxed::Box;
use alloc::vec::Vec;

/// The shop's own part of every item's score, in millionths.
#[derive(Debug, Clone)]
pub struct Standing {
    /// The catalogue that it is of.
    state: Digest,
    /// What it was worked out by.
    percents: Box<ByteTable>,
    quality: i32,
    /// By item row.
    pub(super) values: Vec<i32>,
    /// By sale the most of an item that is in stock and not hidden; the least number where there is none.
    pub(super) most: Vec<i32>,
}

impl Standing {
    /// That of a catalogue under a blend.
    pub fn of(catalogue: &Catalogue, weights: &Weights) -> Self {
        let (history, reminders) = (History::default(), Reminders::default());
        let nobody = Context::new(catalogue, Timestamp(0), weights, Consent::Off, &history, &reminders);
        let mut sums = Sums::default();
        for signal in SIGNALS.iter().filter(|signal| !signal.is_personal()) {
            let weight = weights.of(signal.code(), signal.default_weight());
            signal.prepare(&nobody, &Affinities::default(), weight).add(&nobody, &mut sums);
        }
        Self::by(catalogue, &sums)
    }

    /// That of a catalogue by what was said of whole percents off and of quality.
    pub(super) fn by(catalogue: &Catalogue, sums: &Sums) -> Self {
        let (percents, quality) = sums.of_shop();
        let values =
            own(catalogue.qualities().all(), quality, CONTRIBUTION_MAX, catalogue.percents_off(), percents);
        let most_of = |row: usize| {
            let sale = SaleIndex(row as u32);
            let of_sale = values.get(catalogue.sale_items(sale)).unwrap_or(&[]);
            most(catalogue.summary(sale).places(), of_sale).unwrap_or(i32::MIN)
        };
        let most = (0..catalogue.sale_count()).map(most_of).collect();
        Self { state: catalogue.state(), percents: Box::new(*percents), quality, values, most }
    }

    /// Whether it is what these sums say of this catalogue.
    pub(super) fn is_of(&self, catalogue: &Catalogue, sums: &Sums) -> bool {
        let (percents, quality) = sums.of_shop();
        self.state == catalogue.state() && self.quality == quality && *self.percents == *percents
    }
}
