//! What a ranking is made from: the catalogue, the time, and one shopper's memory worked out for it.

use super::weights::Weights;
use crate::base::time::Timestamp;
use crate::catalogue::Catalogue;
use crate::shopper::affinity::Affinities;
use crate::shopper::marks::Marks;
use crate::shopper::trail::{Step, trail};
use crate::shopper::{Consent, History, Reminders};
use alloc::vec::Vec;

/// One shopper's memory, worked out for a ranking at one instant.
#[derive(Debug, Clone, Default)]
pub struct Looks {
    /// What is looked for.
    pub affinities: Affinities,
    /// What was looked at last, newest first.
    pub trail: Vec<Step>,
}

impl Looks {
    /// Works the memory out.
    pub fn of(history: &History, now: Timestamp, weights: &Weights) -> Self {
        Self { affinities: Affinities::of(history, now, weights.half_life_days), trail: trail(history) }
    }
}

/// Everything a ranking may look at.
#[derive(Debug)]
pub struct Context<'a> {
    /// What is on sale.
    pub catalogue: &'a Catalogue,
    /// The time of the ranking.
    pub now: Timestamp,
    /// How signals are blended.
    pub weights: &'a Weights,
    /// What the shopper allowed; without it nothing remembered is used.
    pub consent: Consent,
    /// What is remembered.
    pub history: &'a History,
    /// Brands asked for.
    pub reminders: &'a Reminders,
    /// What is not to be shown, and favourites.
    pub marks: Marks,
    /// What follows from the history.
    pub looks: Looks,
}

impl<'a> Context<'a> {
    /// Works out what a ranking needs. Without consent the memory counts as empty.
    pub fn new(
        catalogue: &'a Catalogue,
        now: Timestamp,
        weights: &'a Weights,
        consent: Consent,
        history: &'a History,
        reminders: &'a Reminders,
    ) -> Self {
        let (marks, looks) = if consent.remembers() {
            (Marks::of(history), Looks::of(history, now, weights))
        } else {
            (Marks::default(), Looks::default())
        };
        Self { catalogue, now, weights, consent, history, reminders, marks, looks }
    }

    /// Whether anything remembered can speak for an item.
    pub fn is_personal(&self) -> bool {
        self.consent.remembers() && !(self.history.is_empty() && self.reminders.list().is_empty())
    }
}
