//! What follows from one shopper's memory at one minute: worked out once, and kept for as long as nothing changes.
//!
//! A page asks for several lists, and a list is asked for again and again: what the signals say, and what a reason rests on, is the
//! same until something happens or the minute is over. Nothing here depends on a request; who keeps it (`engine`) lets go of it
//! as soon as anything that it was worked out from may have changed.

use super::context::Context;
use super::evidence::Memo;
use super::scorer::Said;
use super::signals::{Column, SIGNALS, Signal, Sums, Warm};
use super::surfaces::Out;
use crate::base::ids::ItemIndex;
use crate::shopper::affinity::Affinities;
use crate::shopper::marks::Marks;
use crate::shopper::trail::{Step, trail};
use crate::shopper::{Consent, History};
use alloc::boxed::Box;
use alloc::vec::Vec;
use core::fmt;
use spin::Once;

/// What is remembered, worked out.
#[derive(Default)]
pub struct Recall {
    /// What is not to be shown, and favourites.
    pub(super) marks: Marks,
    /// What was looked at last, newest first.
    pub(super) trail: Vec<Step>,
    /// What was found in the history for reasons.
    pub(super) evidence: Memo,
    found: Once<Found>,
    spoken: Once<Spoken>,
    said: Once<Said>,
}

/// What is remembered, as far as it is in the catalogue.
struct Found {
    /// The items of the trail's steps.
    trail: Vec<Option<ItemIndex>>,
    /// What goes together with them.
    warm: Warm,
    /// What is left out of lists.
    out: Out,
}

/// Every signal prepared, in the fixed order, and which brands were looked at.
struct Spoken {
    columns: Vec<Prepared>,
    /// Rows, ascending.
    brands: Vec<u32>,
}

/// A signal and what it became.
pub(super) struct Prepared {
    /// Whether it speaks from what is remembered.
    pub(super) is_personal: bool,
    /// What it became.
    pub(super) column: Box<dyn Column>,
}

impl fmt::Debug for Recall {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.debug_struct("Recall")
            .field("marks", &self.marks)
            .field("trail", &self.trail)
            .finish_non_exhaustive()
    }
}

impl Recall {
    /// Of a history; without consent it counts as empty.
    pub fn of(history: &History, consent: Consent) -> Self {
        if !consent.remembers() {
            return Self::default();
        }
        Self { marks: Marks::of(history), ..Self::about(history) }
    }

    /// Of looks that nobody marked anything by.
    pub(super) fn about(history: &History) -> Self {
        Self { trail: trail(history), ..Self::default() }
    }

    /// The items of the trail's steps, where they are in the catalogue.
    pub(super) fn trail_items(&self, context: &Context<'_>) -> &[Option<ItemIndex>] {
        &self.found(context).trail
    }

    /// What goes together with what was looked at last.
    pub(super) fn warm(&self, context: &Context<'_>) -> &Warm {
        &self.found(context).warm
    }

    /// What is left out of lists.
    pub(super) fn out(&self, context: &Context<'_>) -> &Out {
        &self.found(context).out
    }

    fn found(&self, context: &Context<'_>) -> &Found {
        self.found.call_once(|| Found {
            trail: self.trail.iter().map(|step| context.catalogue.find_item(&step.item)).collect(),
            warm: Warm::of(context),
            out: Out::of(context),
        })
    }

    /// Every signal, prepared.
    pub(super) fn columns(&self, context: &Context<'_>) -> &[Prepared] {
        &self.spoken(context).columns
    }

    /// Whether anything of a brand was looked at; the brand by its row.
    pub(super) fn knows(&self, context: &Context<'_>, brand: u32) -> bool {
        self.spoken(context).brands.binary_search(&brand).is_ok()
    }

    fn spoken(&self, context: &Context<'_>) -> &Spoken {
        self.spoken.call_once(|| {
            let remembers = context.consent.remembers();
            let days = context.weights.half_life_days;
            let looks = if remembers {
                Affinities::of(context.history, context.minute, days)
            } else {
                Affinities::default()
            };
            let prepare = |signal: &&'static dyn Signal| {
                let weight = context.weights.of(signal.code(), signal.default_weight());
                Prepared {
                    is_personal: signal.is_personal(),
                    column: signal.prepare(context, &looks, weight),
                }
            };
            // Brands' ids ascend as their rows do, and so do those that were looked at.
            let brands = looks.brands.iter().filter_map(|(id, _)| context.catalogue.find_brand(id));
            Spoken {
                columns: SIGNALS.iter().map(prepare).collect(),
                brands: brands.map(|brand| brand.0).collect(),
            }
        })
    }

    /// What the signals say together; of sensitive goods too where `of_all`, else the shop's own alone.
    pub(super) fn said(&self, context: &Context<'_>, of_all: bool) -> &Said {
        self.said.call_once(|| {
            let (mut shop, mut all) = (Sums::default(), Sums::default());
            for Prepared { is_personal, column } in self.columns(context) {
                column.add(context, if *is_personal { &mut all } else { &mut shop });
            }
            all.all(&shop);
            Said::new(context.catalogue, all, (!of_all).then_some(shop))
        })
    }
}
