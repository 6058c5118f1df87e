//! What a ranking is made from: the catalogue, the time, and one shopper's memory worked out for it.

use super::evidence::Memo;
use super::signals::{Facts, Warm};
use super::standing::Standing;
use super::weights::Weights;
use crate::base::ids::ItemIndex;
use crate::base::time::Timestamp;
use crate::catalogue::Catalogue;
use crate::shopper::affinity::Affinities;
use crate::shopper::history::Voice;
use crate::shopper::marks::Marks;
use crate::shopper::trail::{Step, trail};
use crate::shopper::{Consent, History, Reminders};
use alloc::vec::Vec;
use core::cell::OnceCell;

/// One shopper's memory, worked out for a ranking at one instant.
#[derive(Debug, Clone, Default)]
pub struct Looks<'h> {
    /// What is looked for.
    pub affinities: Affinities<'h>,
    /// What was looked at last, newest first.
    pub trail: Vec<Step>,
}

impl<'h> Looks<'h> {
    /// Works the memory out.
    pub fn of(history: &'h History, now: Timestamp, weights: &Weights) -> Self {
        let days = weights.half_life_days;
        Self { affinities: Affinities::of(history, now, days), trail: trail(history) }
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
    pub looks: Looks<'a>,
    /// Which remembered items may speak.
    pub voice: Voice,
    /// By item row: whether it counts towards what the host asks about (a coupon's items); `None` where it asks
    /// about nothing. The rules behind it are `pricing`'s, which this room does not know.
    pub eligible: Option<Vec<bool>>,
    /// What was found in the history for reasons.
    pub(super) evidence: Memo,
    /// Columns of the catalogue, looked up once.
    pub(super) facts: Facts<'a>,
    rows: OnceCell<Vec<Option<ItemIndex>>>,
    warm: OnceCell<Warm>,
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
        let (marks, looks) = if consent.remembers() {
            (Marks::of(history), Looks::of(history, now, weights))
        } else {
            (Marks::default(), Looks::default())
        };
        Self {
            catalogue,
            now,
            weights,
            consent,
            history,
            reminders,
            marks,
            looks,
            voice: history.voice(),
            eligible: None,
            evidence: Memo::default(),
            facts: Facts::of(catalogue),
            rows: OnceCell::new(),
            warm: OnceCell::new(),
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
            weights: self.weights,
            consent: Consent::Session,
            history: subject,
            reminders: nothing,
            marks: Marks::default(),
            looks: Looks::of(subject, self.now, self.weights),
            voice: self.voice,
            eligible: None,
            evidence: Memo::default(),
            facts: self.facts,
            rows: OnceCell::new(),
            warm: OnceCell::new(),
            standing: self.standing,
            shop_order: false,
        }
    }

    /// The items of the trail's steps, where they are in the catalogue.
    pub(super) fn trail_items(&self) -> &[Option<ItemIndex>] {
        self.rows.get_or_init(|| {
            self.looks.trail.iter().map(|step| self.catalogue.find_item(&step.item)).collect()
        })
    }

    /// What goes together with what was looked at last.
    pub(super) fn warm(&self) -> &Warm {
        self.warm.get_or_init(|| Warm::of(self))
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
