//! What is remembered: observing, loading, forgetting, exporting.

use super::Engine;
use super::error::EngineError;
use super::input::{EventInput, ItemInput, rounded_price};
use super::views::{DerivedView, DismissedView, Loaded, Observed, PriceWeightView, ReminderView, WeightView};
use crate::base::ids::{BrandIndex, SaleIndex};
use crate::base::order;
use crate::base::time::Timestamp;
use crate::catalogue::SaleState;
use crate::shopper::affinity::Affinities;
use crate::shopper::event::{ATTRIBUTES_MAX, EVENT_ITEMS_MAX, EventError, SHOWN_ITEMS_MAX, cut_text};
use crate::shopper::export::{self, ExportedMemory};
use crate::shopper::marks::Marks;
use crate::shopper::reminders::Reminder;
use crate::shopper::{Consent, Event, EventId, EventKind, RememberedItem, snapshot};
use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

impl Engine {
    /// What the shopper allowed.
    pub fn consent(&self) -> Consent {
        self.basis.consent
    }

    /// Changes what is allowed. Off forgets events and orders; reminders stay, for they were asked for.
    pub fn set_consent(&mut self, consent: Consent) {
        self.basis.consent = consent;
        if !consent.remembers() {
            self.basis.history.clear();
        }
    }

    /// Takes in what happened. Facts of an item that is in the pack come from the pack. A purchase whose order is
    /// remembered already changes nothing: a page of thanks that is opened again tells it again. Refunds add up,
    /// for an order may be given back in parts.
    ///
    /// # Errors
    /// [`EngineError::Event`] for a name that is not understood, a malformed field or a reminder of a brand that the
    /// pack does not know; nothing is kept then.
    pub fn observe(&mut self, input: &EventInput, now: Timestamp) -> Result<Observed, EngineError> {
        let event = self.event_of(input, now)?;
        let mut observed = Observed::default();
        let wrong = |field: &str, problem| {
            Err(EventError::Field { event: event.kind.name(), field: field.into(), problem }.into())
        };
        match (event.kind, &event.brand) {
            (EventKind::ReminderOn, Some(brand)) => {
                if self.basis.catalogue.find_brand(brand).is_none() {
                    return wrong("brand", "is no brand of the pack");
                }
                observed.reminders = self.basis.reminders.set(brand, now)?;
            }
            (EventKind::ViewPromotion, _) if event.promotion.is_none() => {
                return wrong("promotion", "is needed: GA4's promotion_id");
            }
            (EventKind::Dismiss, _) if event.promotion.as_ref().is_some_and(|id| !self.is_offered(id)) => {
                return wrong("promotion", "is no promotion of the pack and no offer's id");
            }
            (EventKind::ReminderOff, Some(brand)) => observed.reminders = self.basis.reminders.unset(brand),
            (EventKind::Purchase, _) if self.has_order(&event) => {}
            // Nothing is worked out of what a list showed: it is not remembered.
            (EventKind::ViewItemList, _) => {}
            _ if self.basis.consent.remembers() => {
                self.sequence += 1;
                self.basis.history.insert(event.clone());
                observed.dropped = self.basis.history.trim(now, self.bounds);
                observed.event = Some(event);
            }
            _ => {}
        }
        Ok(observed)
    }

    /// Whether an id is a promotion's, or that of a message by itself.
    fn is_offered(&self, id: &str) -> bool {
        self.promotions.get(id).is_some() || self.campaigns.of_coupon(id).is_some()
    }

    /// Takes in events of a log: those of an earlier visit or of another tab. Malformed ones are left out and
    /// counted.
    pub fn load(&mut self, events: Vec<Event>) -> Loaded {
        let read = events.len();
        let sound: Vec<Event> = events.into_iter().filter(|event| event.check().is_ok()).collect();
        let (kept, refused) = (sound.len(), read - sound.len());
        for event in sound.iter().filter(|event| event.id.tab == self.tab) {
            self.sequence = self.sequence.max(event.id.sequence.saturating_add(1));
        }
        let added = self.basis.history.merge(sound);
        Loaded { added, known: kept - added, refused }
    }

    /// Lets go of what is beyond the bounds; the ids that went.
    pub fn trim(&mut self, now: Timestamp) -> Vec<EventId> {
        self.basis.history.trim(now, self.bounds)
    }

    /// The history in bytes: a cache for the next visit.
    pub fn snapshot(&self) -> Vec<u8> {
        snapshot::write(&self.basis.history)
    }

    /// Takes in a snapshot.
    ///
    /// # Errors
    /// [`EngineError::Snapshot`], telling damage from a newer format.
    pub fn restore(&mut self, bytes: &[u8]) -> Result<Loaded, EngineError> {
        let events = snapshot::read(bytes)?.all().cloned().collect();
        Ok(self.load(events))
    }

    /// Events and orders, newest first.
    pub fn history(&self) -> Vec<Event> {
        let mut all: Vec<Event> = self.basis.history.all().cloned().collect();
        all.reverse();
        all
    }

    /// Orders, newest first.
    pub fn orders(&self) -> Vec<Event> {
        self.basis.history.orders().iter().rev().cloned().collect()
    }

    /// Forgets events and orders by id, as if they had never been; how many there were.
    pub fn forget(&mut self, ids: &[EventId]) -> usize {
        self.basis.history.forget(ids)
    }

    /// Forgets everything but the choice: history, orders, reminders and the ledger.
    pub fn erase(&mut self) {
        self.basis.history.clear();
        self.basis.reminders.clear();
        self.erase_reports();
        self.basis.local = None;
    }

    /// Everything remembered, readable.
    pub fn export(&self, now: Timestamp) -> ExportedMemory {
        ExportedMemory {
            format: export::FORMAT,
            exported: now,
            consent: self.basis.consent,
            events: self.basis.history.events().to_vec(),
            orders: self.basis.history.orders().to_vec(),
            reminders: self.basis.reminders.list().to_vec(),
        }
    }

    /// Adds what an export holds. Its consent is not taken over: that is the shopper's click.
    ///
    /// # Errors
    /// [`EngineError::Import`], naming the place; nothing is added then.
    pub fn import(&mut self, memory: ExportedMemory) -> Result<Loaded, EngineError> {
        memory.check()?;
        let mut reminders = self.basis.reminders.clone();
        for reminder in &memory.reminders {
            reminders.set(&reminder.brand, reminder.since)?;
        }
        self.basis.reminders = reminders;
        if !self.basis.consent.remembers() {
            return Ok(Loaded::default());
        }
        Ok(self.load(memory.events.into_iter().chain(memory.orders).collect()))
    }

    /// The reminders as they are kept.
    pub fn kept_reminders(&self) -> &[Reminder] {
        self.basis.reminders.list()
    }

    /// Takes in kept reminders. Malformed ones, and those beyond what is kept, are left out and counted.
    pub fn load_reminders(&mut self, reminders: &[Reminder]) -> Loaded {
        let mut loaded = Loaded::default();
        for reminder in reminders {
            let sound = crate::base::ids::check_id(&reminder.brand).is_ok();
            match sound.then(|| self.basis.reminders.set(&reminder.brand, reminder.since)) {
                Some(Ok(true)) => loaded.added += 1,
                Some(Ok(false)) => loaded.known += 1,
                _ => loaded.refused += 1,
            }
        }
        loaded
    }

    /// The reminders with what is known of their brands: those open first, then by opening, then away.
    pub fn reminders(&self, now: Timestamp) -> Vec<ReminderView> {
        let mut views: Vec<ReminderView> =
            self.basis.reminders.list().iter().map(|kept| self.reminder(kept, now)).collect();
        let place = |view: &ReminderView| match view.state {
            "open" => 0,
            "preview" => 1,
            _ => 2,
        };
        order::sort_by(&mut views, |a, b| {
            (place(a), a.opens.unwrap_or(i64::MAX), &a.brand).cmp(&(
                place(b),
                b.opens.unwrap_or(i64::MAX),
                &b.brand,
            ))
        });
        views
    }

    fn reminder(&self, kept: &Reminder, now: Timestamp) -> ReminderView {
        let mut view = ReminderView {
            brand: kept.brand.clone(),
            since: kept.since.0,
            sale: None,
            opens: None,
            state: "away",
        };
        let Some(brand) = self.basis.catalogue.find_brand(&kept.brand) else { return view };
        if let Some(sale) = self.next_sale(brand, now) {
            view.sale = Some(self.basis.catalogue.sale_id(sale).into());
            view.opens = Some(self.basis.catalogue.sale_times(sale).0.0);
            view.state = if self.basis.catalogue.sale_state(sale, now) == SaleState::Open {
                "open"
            } else {
                "preview"
            };
        } else {
            view.opens =
                self.basis.catalogue.brand_expected(brand).filter(|back| *back > now).map(|back| back.0);
        }
        view
    }

    /// A brand's live sale, else its next one.
    pub(super) fn next_sale(&self, brand: BrandIndex, now: Timestamp) -> Option<SaleIndex> {
        let catalogue = &self.basis.catalogue;
        let sales = (0..catalogue.sale_count()).map(|row| SaleIndex(row as u32));
        let mine = sales.filter(|sale| catalogue.sale_brand(*sale) == brand);
        mine.filter(|sale| catalogue.sale_state(*sale, now) != SaleState::Ended)
            .min_by_key(|sale| (catalogue.sale_times(*sale).0, *sale))
    }

    /// Items marked, by id.
    pub fn favourites(&self) -> Vec<String> {
        Marks::of(&self.basis.history).favourites.into_iter().collect()
    }

    /// What was worked out from memory, heaviest first.
    pub fn derived(&self, now: Timestamp) -> DerivedView {
        let affinities = Affinities::of(&self.basis.history, now, self.basis.weights.half_life_days);
        let marks = Marks::of(&self.basis.history);
        let mut bands: Vec<(u8, i64)> = Vec::new();
        for (price, weight) in &affinities.prices {
            let band = self.basis.catalogue.meta().price_band(*price);
            // Prices ascend, and bands with them.
            match bands.last_mut() {
                Some((last, sum)) if *last == band => *sum += weight,
                _ => bands.push((band, *weight)),
            }
        }
        let edges = &self.basis.catalogue.meta().price_edges;
        let edge = |at: usize| edges.get(at).copied().unwrap_or(0);
        let mut prices: Vec<PriceWeightView> = bands
            .into_iter()
            .map(|(band, weight)| {
                let band = usize::from(band);
                PriceWeightView { from: band.checked_sub(1).map_or(0, edge), to: edge(band), weight }
            })
            .collect();
        order::sort_by_key(&mut prices, |band| (core::cmp::Reverse(band.weight), band.from));
        DerivedView {
            brands: heaviest(affinities.brands),
            categories: heaviest(affinities.categories),
            prices,
            sizes: heaviest(affinities.sizes),
            attributes: heaviest(affinities.attributes),
            favourites: marks.favourites.into_iter().collect(),
            dismissed: DismissedView {
                items: marks.items.into_iter().collect(),
                brands: marks.brands.into_iter().collect(),
                categories: marks.categories.into_iter().collect(),
            },
        }
    }

    fn event_of(&self, input: &EventInput, now: Timestamp) -> Result<Event, EventError> {
        let kind =
            EventKind::from_name(&input.name).ok_or_else(|| EventError::Name { name: input.name.clone() })?;
        let mut items = Vec::new();
        let shown = matches!(kind, EventKind::ViewItemList | EventKind::ViewPromotion);
        for (at, item) in input.items.iter().enumerate().take(EVENT_ITEMS_MAX + 1) {
            match self.remembered(kind, at, item) {
                // A list view shows more than it says: its head is kept.
                _ if shown && items.len() == SHOWN_ITEMS_MAX => break,
                Ok(item) => items.push(item),
                // What was shown beside something malformed was shown all the same.
                Err(_) if shown => {}
                Err(error) => return Err(error),
            }
        }
        let text = |text: &Option<String>| text.as_deref().map(|text| cut_text(text).to_owned());
        let event = Event {
            id: EventId { tab: self.tab, sequence: self.sequence },
            at: now,
            kind,
            items,
            brand: input.brand.clone(),
            category: input.category.clone(),
            order: input.order.clone(),
            term: text(&input.term),
            reason: text(&input.reason),
            promotion: input.promotion.clone(),
            question: input.question.clone(),
            list: input.list.clone().filter(|list| crate::base::ids::check_id(list).is_ok()),
        };
        event.check()?;
        self.checked_answer(event)
    }

    /// Whether the order of a purchase is remembered, with items where it has some: conversions are told without them, and the order
    /// behind.
    fn has_order(&self, purchase: &Event) -> bool {
        let mut orders = self.basis.history.orders().iter();
        orders.any(|known| {
            known.kind == EventKind::Purchase
                && known.order == purchase.order
                && (purchase.items.is_empty() || !known.items.is_empty())
        })
    }

    /// Whether an item that the pack has no more is taken for sensitive goods: as it was remembered, else as the pack's goods of
    /// its kind are, or else as remembered ones are.
    fn was_sensitive(&self, item: &RememberedItem) -> bool {
        let remembered = || self.basis.history.newest_first().flat_map(|event| &event.items);
        if let Some(known) = remembered().find(|known| known.id == item.id) {
            return known.sensitive;
        }
        let told = self.basis.catalogue.is_sensitive_kind(item.category.as_deref(), item.brand.as_deref());
        told.unwrap_or_else(|| {
            let alike = |other: &RememberedItem| item.category.is_some() && other.category == item.category;
            remembered().any(|other| other.sensitive && alike(other))
        })
    }

    /// The copy of an item's facts that is kept: the pack's where it has the item, else what the shop states.
    fn remembered(
        &self,
        kind: EventKind,
        at: usize,
        input: &ItemInput,
    ) -> Result<RememberedItem, EventError> {
        let wrong = |field: &str, problem| EventError::Field {
            event: kind.name(),
            field: format!("items[{at}].{field}"),
            problem,
        };
        let mut item = RememberedItem {
            id: input.id.clone(),
            name: input.name.as_deref().map(|name| cut_text(name).to_owned()),
            brand: input.brand.clone(),
            category: input.category.clone(),
            price: None,
            list_price: None,
            quantity: input.quantity.unwrap_or(1),
            size: input.size.clone(),
            sensitive: false,
            attributes: Vec::new(),
        };
        if let Some(found) = self.basis.catalogue.find_item(&input.id) {
            let catalogue = &self.basis.catalogue;
            item.brand = Some(catalogue.brand_id(catalogue.item_brand(found)).into());
            item.category = Some(catalogue.category_id(catalogue.item_category(found)).into());
            item.price = Some(catalogue.price(found));
            item.list_price = Some(catalogue.list_price(found));
            item.sensitive = catalogue.flags(found).sensitive();
            let attributes = catalogue.attributes(found).iter().take(ATTRIBUTES_MAX);
            item.attributes = attributes.map(|row| catalogue.attribute_text(*row).into()).collect();
            // A variant may be a colour; only what is a size of the item is remembered as one.
            item.size = item.size.filter(|size| catalogue.stock(found).any(|row| row.size == size));
        } else {
            if let Some(text) = &input.price {
                let price = rounded_price(text, self.basis.catalogue.meta().exponent);
                item.price = Some(price.map_err(|_| wrong("price", "is a decimal amount"))?.minor());
            }
            item.sensitive = self.was_sensitive(&item);
        }
        item.check().map_err(|(field, problem)| wrong(field, problem))?;
        Ok(item)
    }
}

fn heaviest(weights: Vec<(&str, i64)>) -> Vec<WeightView> {
    let mut views: Vec<WeightView> =
        weights.into_iter().map(|(id, weight)| WeightView { id: id.into(), weight }).collect();
    // Stable: of equal weights the lesser id comes first.
    order::sort_by_key(&mut views, |view| core::cmp::Reverse(view.weight));
    views
}
