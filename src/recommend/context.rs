//! What a ranking is made from: the catalogue, the time, and one shopper's memory worked out for it.

use super::recall::{Prepared, Recall};
use super::signals::{Facts, Warm};
use super::standing::Standing;
use super::weights::Weights;
use crate::base::ids::ItemIndex;
use crate::base::time::Timestamp;
use crate::catalogue::Catalogue;
use crate::shopper::history::Voice;
use crate::shopper::marks::Marks;
use crate::shopper::{Consent, History, Reminders};
use alloc::sync::Arc;
use alloc::vec::Vec;

/// Everything a ranking may look at.
#[derive(Debug)]
pub struct Context<'a> {
    /// What is on sale.
    pub catalogue: &'a Catalogue,
    /// The time of the ranking.
    pub now: Timestamp,
    /// The whole minute that the memory is looked back from, so that what follows from it can be kept for as long.
    pub minute: Timestamp,
    /// How signals are blended.
    pub weights: &'a Weights,
    /// What the shopper allowed; without it nothing remembered is used.
    pub consent: Consent,
    /// What is remembered.
    pub history: &'a History,
    /// Brands asked for.
    pub reminders: &'a Reminders,
    /// What follows from the memory.
    pub(super) recall: Arc<Recall>,
    /// Which remembered items may speak.
    pub voice: Voice,
    /// By item row: whether it counts towards what the host asks about (a coupon's items); `None` where it asks
    /// about nothing. The rules behind it are `pricing`'s, which this room does not know.
    pub eligible: Option<Vec<bool>>,
    /// Columns of the catalogue, looked up once.
    pub(super) facts: Facts<'a>,
    /// What the shop says of every item, where that was worked out before.
    pub standing: Option<&'a Standing>,
    /// Whether the shop's own order is shown though something is remembered. What is not to be shown stays so.
    pub shop_order: bool,
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
        let recall = Arc::new(Recall::of(history, consent));
        Self::recalled(catalogue, now, weights, consent, history, reminders, recall)
    }

    /// The same, of what was worked out before: from the same memory, catalogue and weights, and in the same minute.
    pub fn recalled(
        catalogue: &'a Catalogue,
        now: Timestamp,
        weights: &'a Weights,
        consent: Consent,
        history: &'a History,
        reminders: &'a Reminders,
        recall: Arc<Recall>,
    ) -> Self {
        Self {
            catalogue,
            now,
            minute: now.minute(),
            weights,
            consent,
            history,
            reminders,
            recall,
            voice: history.voice(),
            eligible: None,
            facts: Facts::of(catalogue),
            standing: None,
            shop_order: false,
        }
    }

    /// The same place and time with other looks: what a list about a subject is made from. What is not to be shown
    /// stays so.
    pub(super) fn about<'b>(&self, subject: &'b History, nothing: &'b Reminders) -> Context<'b>
    where
        'a: 'b,
    {
        Context {
            catalogue: self.catalogue,
            now: self.now,
            minute: self.minute,
            weights: self.weights,
            consent: Consent::Session,
            history: subject,
            reminders: nothing,
            recall: Arc::new(Recall::about(subject)),
            voice: self.voice,
            eligible: None,
            facts: self.facts,
            standing: self.standing,
            shop_order: false,
        }
    }

    /// What is not to be shown, and favourites.
    pub fn marks(&self) -> &Marks {
        &self.recall.marks
    }

    /// The items of the trail's steps, where they are in the catalogue.
    pub(super) fn trail_items(&self) -> &[Option<ItemIndex>] {
        self.recall.trail_items(self)
    }

    /// What goes together with what was looked at last.
    pub(super) fn warm(&self) -> &Warm {
        self.recall.warm(self)
    }

    /// Every signal, prepared.
    pub(super) fn columns(&self) -> &[Prepared] {
        self.recall.columns(self)
    }

    /// Whether an item counts towards what the host asks about; all do where it asks about nothing.
    pub fn is_eligible(&self, item: ItemIndex) -> bool {
        self.eligible.as_ref().is_none_or(|eligible| eligible.get(item.row()) == Some(&true))
    }

    /// Whether what is remembered is kept out of an item: it is sensitive, and the shopper did not allow that.
    pub fn is_discreet(&self, item: ItemIndex) -> bool {
        self.catalogue.flags(item).sensitive() && !self.voice.sensitive
    }

    /// Whether anything remembered can and may speak for an item.
    pub fn is_personal(&self) -> bool {
        self.consent.remembers()
            && !self.shop_order
            && (self.history.is_about_goods() || !self.reminders.list().is_empty())
    }
}
