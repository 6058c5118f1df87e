//! Events within bounds, and orders apart and longer, both in the order (time, tab, number).

use super::event::{Event, EventId, EventKind, RememberedItem};
use super::marks::rested_on;
use crate::base::order;
use crate::base::time::{DAY, Timestamp, Week};
use alloc::vec::Vec;

/// How much is kept, and how long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// Events besides orders.
    pub events: usize,
    /// Days of them.
    pub event_days: u16,
    /// Orders: purchases and refunds.
    pub orders: usize,
    /// Days of them.
    pub order_days: u16,
}

impl Default for Bounds {
    /// 2,000 events and 90 days; 500 orders and three years.
    fn default() -> Self {
        Self { events: 2_000, event_days: 90, orders: 500, order_days: 1_096 }
    }
}

/// What is remembered, in order and without doubles.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct History {
    events: Vec<Event>,
    orders: Vec<Event>,
}

/// Which of the items that are remembered may count for anything and be named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Voice {
    /// Whether the shopper allowed sensitive goods.
    pub sensitive: bool,
}

impl Voice {
    /// Whether an item may.
    pub fn has(self, item: &RememberedItem) -> bool {
        self.sensitive || !item.sensitive
    }
}

impl History {
    /// The events besides orders, oldest first.
    pub fn events(&self) -> &[Event] {
        &self.events
    }

    /// The orders (purchases and refunds), oldest first.
    pub fn orders(&self) -> &[Event] {
        &self.orders
    }

    /// Events and orders together, oldest first.
    pub fn all(&self) -> impl Iterator<Item = &Event> {
        let (mut events, mut orders) = (self.events.iter().peekable(), self.orders.iter().peekable());
        core::iter::from_fn(move || match (events.peek(), orders.peek()) {
            (Some(event), Some(order)) if event.key() <= order.key() => events.next(),
            (_, Some(_)) => orders.next(),
            (_, None) => events.next(),
        })
    }

    /// Events and orders together, newest first: [`Self::all`] from its other end.
    pub fn newest_first(&self) -> impl Iterator<Item = &Event> {
        let (mut events, mut orders) =
            (self.events.iter().rev().peekable(), self.orders.iter().rev().peekable());
        core::iter::from_fn(move || match (events.peek(), orders.peek()) {
            (Some(event), Some(order)) if event.key() > order.key() => events.next(),
            (_, Some(_)) => orders.next(),
            (_, None) => events.next(),
        })
    }

    /// Which items may speak: sensitive ones only where the shopper allowed it, by the latest word on that.
    pub fn voice(&self) -> Voice {
        let word = |event: &&Event| matches!(event.kind, EventKind::SensitiveOn | EventKind::SensitiveOff);
        let latest = self.events.iter().rev().find(word);
        Voice { sensitive: latest.is_some_and(|event| event.kind == EventKind::SensitiveOn) }
    }

    /// Whether anything of it is about goods that may speak: not what the shop put forward, nor what was wished of the shop.
    pub fn is_about_goods(&self) -> bool {
        let voice = self.voice();
        let named = |event: &Event| {
            event.items.iter().any(|item| voice.has(item))
                || event.items.is_empty() && (event.brand.is_some() || event.category.is_some())
        };
        let mut events = self.events.iter().chain(&self.orders);
        events.any(|event| event.kind != EventKind::ViewPromotion && named(event))
    }

    /// The same without sensitive goods, and without what was about nothing else: what reports are worked out of. Of what names
    /// no goods and yet a brand or a category, `is_sensitive` tells.
    #[must_use]
    pub fn without_sensitive(&self, is_sensitive: impl Fn(&Event) -> bool) -> Self {
        let of = |events: &[Event]| -> Vec<Event> {
            let told = events.iter().filter_map(|event| {
                let mut told = event.clone();
                told.items.retain(|item| !item.sensitive);
                let speaks =
                    if event.items.is_empty() { !is_sensitive(event) } else { !told.items.is_empty() };
                speaks.then_some(told)
            });
            told.collect()
        };
        Self { events: of(&self.events), orders: of(&self.orders) }
    }

    /// The events of a kind in a week, orders among them, in no order.
    pub fn of_kind(&self, kind: EventKind, week: Week) -> impl Iterator<Item = &Event> {
        let all = self.events.iter().chain(&self.orders);
        all.filter(move |event| event.kind == kind && Week::of(event.at) == week)
    }

    /// Whether nothing is remembered.
    pub fn is_empty(&self) -> bool {
        self.events.is_empty() && self.orders.is_empty()
    }

    /// Takes an event in at its place. `false` where its id is known already; then nothing changes.
    pub fn insert(&mut self, event: Event) -> bool {
        if self.find(event.id).is_some() {
            return false;
        }
        let list = if event.kind.is_order() { &mut self.orders } else { &mut self.events };
        let place = list.partition_point(|kept| kept.key() < event.key());
        list.insert(place, event);
        true
    }

    /// Takes many events in; how many were new. Of two with one id, the one that was there first stays.
    pub fn merge(&mut self, events: Vec<Event>) -> usize {
        let before = self.events.len() + self.orders.len();
        let mut all: Vec<Event> = self.events.drain(..).chain(self.orders.drain(..)).chain(events).collect();
        // Stable, so that the first of equals is the one that was there.
        order::sort_by_key(&mut all, |event| event.id);
        all.dedup_by_key(|event| event.id);
        order::sort_by_key(&mut all, Event::key);
        (self.orders, self.events) = all.into_iter().partition(|event| event.kind.is_order());
        self.events.len() + self.orders.len() - before
    }

    /// The event of an id.
    pub fn find(&self, id: EventId) -> Option<&Event> {
        self.events.iter().chain(&self.orders).find(|event| event.id == id)
    }

    /// Forgets events by id; how many were there.
    pub fn forget(&mut self, ids: &[EventId]) -> usize {
        let before = self.events.len() + self.orders.len();
        for list in [&mut self.events, &mut self.orders] {
            list.retain(|event| !ids.contains(&event.id));
        }
        before - self.events.len() - self.orders.len()
    }

    /// The latest word on each choice that stands until another is said: on sensitive goods, and on coupons.
    fn standing(&self) -> [Option<EventId>; 2] {
        let latest = |words: [EventKind; 2]| {
            self.events.iter().rev().find(|event| words.contains(&event.kind)).map(|event| event.id)
        };
        [
            latest([EventKind::SensitiveOn, EventKind::SensitiveOff]),
            latest([EventKind::CouponsOn, EventKind::CouponsOff]),
        ]
    }

    /// Lets go of what is beyond the bounds at `now`; the ids of what went, the older list by list. A choice that still stands
    /// stays, however old: nobody who said no finds a yes one day. What a mark rests on is beyond the count last of all, so that
    /// many looks take away no favourite and bring back nothing that was not wished.
    ///
    /// Events from the future (a clock that went back) stay: time alone will bring them in.
    pub fn trim(&mut self, now: Timestamp, bounds: Bounds) -> Vec<EventId> {
        let standing = self.standing();
        let mut gone = Vec::new();
        for (list, most, days) in [
            (&mut self.events, bounds.events, bounds.event_days),
            (&mut self.orders, bounds.orders, bounds.order_days),
        ] {
            let oldest = now.plus(-i64::from(days) * DAY);
            let stands = |event: &Event| standing.contains(&Some(event.id));
            let expired = list.partition_point(|event| event.at < oldest);
            let (kept, old): (Vec<Event>, Vec<Event>) = list.drain(..expired).partition(stands);
            list.splice(0..0, kept);
            gone.extend(old.into_iter().map(|event| event.id));
            let mut over = list.len().saturating_sub(most);
            if over == 0 {
                continue;
            }
            let marks = rested_on(list);
            let mut of_marks = over.saturating_sub(marks.iter().filter(|marks| !**marks).count());
            let mut marks = marks.into_iter();
            list.retain(|event| {
                let is_mark = marks.next() == Some(true);
                if over == 0 || stands(event) || (is_mark && of_marks == 0) {
                    return true;
                }
                over -= 1;
                of_marks -= usize::from(is_mark);
                gone.push(event.id);
                false
            });
        }
        gone
    }

    /// Forgets everything.
    pub fn clear(&mut self) {
        self.events.clear();
        self.orders.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shopper::sample::{arbitrary_event, event, item, view};
    use alloc::vec;
    use proptest::prelude::*;

    #[test]
    fn bounds_hold_by_count_and_by_age() {
        let now = Timestamp(200 * DAY);
        let mut history = History::default();
        for day in 0..150 {
            history.insert(view(day, now.plus(-i64::from(day) * DAY), "it-00"));
        }
        let gone = history.trim(now, Bounds::default());
        assert_eq!((history.events().len(), gone.len()), (91, 59));
        let gone = history.trim(now, Bounds { events: 10, ..Bounds::default() });
        assert_eq!((history.events().len(), gone.len()), (10, 81));
        assert!(history.events().iter().all(|event| now.since(event.at) < 10 * DAY), "the newest stay");
    }

    #[test]
    fn a_choice_stands_until_another_is_said_however_long_ago() {
        let now = Timestamp(500 * DAY);
        let mut history = History::default();
        let mut say = |day: i64, kind| {
            let said = event(day as u32, Timestamp(day * DAY), kind, vec![]);
            history.insert(said);
        };
        for (day, kind) in [
            (1, EventKind::CouponsOff),
            (2, EventKind::SensitiveOn),
            (3, EventKind::CouponsOn),
            (4, EventKind::CouponsOff),
            (5, EventKind::Search),
        ] {
            say(day, kind);
        }
        for day in 400..500_u32 {
            history.insert(view(day, Timestamp(i64::from(day) * DAY), "it-00"));
        }
        let bounds = Bounds { events: 20, ..Bounds::default() };
        let gone: Vec<u32> = history.trim(now, bounds).into_iter().map(|id| id.sequence).collect();
        assert_eq!((gone.len(), &gone[..3]), (85, &[1, 3, 5][..]), "twenty stay, these two among them");
        assert!(history.trim(now, bounds).is_empty(), "and so it stays");
        assert!(history.events().is_sorted_by_key(Event::key) && history.voice().sensitive);
        assert!(crate::shopper::care::Care::of(&history, now).refuses_coupons);
    }

    #[test]
    fn many_looks_take_no_mark_away() {
        let mut history = History::default();
        let mut say = |sequence: u32, kind, id: &str| {
            history.insert(event(sequence, Timestamp(i64::from(sequence)), kind, vec![item(id)]));
        };
        say(1, EventKind::FavouriteOn, "it-01");
        say(2, EventKind::Dismiss, "it-02");
        say(3, EventKind::FavouriteOn, "it-03");
        say(4, EventKind::FavouriteOff, "it-03");
        say(5, EventKind::Dismiss, "it-02");
        for look in 10..30 {
            say(look, EventKind::ViewItem, "it-00");
        }
        let bounds = Bounds { events: 10, ..Bounds::default() };
        let gone: Vec<u32> = history.trim(Timestamp(30), bounds).into_iter().map(|id| id.sequence).collect();
        assert_eq!((gone.len(), &gone[..4]), (15, &[2, 3, 4, 10][..]), "what was said again, or taken back");
        let kept =
            |history: &History| history.events().iter().map(|event| event.id.sequence).collect::<Vec<_>>();
        assert_eq!(kept(&history), [&[1, 5][..], &(22..30).collect::<Vec<_>>()].concat());
        history.trim(Timestamp(30), Bounds { events: 1, ..bounds });
        assert_eq!(kept(&history), [5], "where there are marks alone the oldest go");
    }

    proptest! {
        #[test]
        fn the_order_of_arrival_does_not_matter(
            events in prop::collection::vec(arbitrary_event(), 0..40).prop_shuffle(),
            split in any::<prop::sample::Index>(),
        ) {
            let mut one_by_one = History::default();
            for event in &events {
                one_by_one.insert(event.clone());
            }
            let mut by_halves = History::default();
            let split = if events.is_empty() { 0 } else { split.index(events.len()) };
            // Two tabs that saw some of the same: a union, whichever is read first. Ids are unique by content here.
            let unique: Vec<Event> = one_by_one.all().cloned().collect();
            by_halves.merge(unique[split.min(unique.len())..].to_vec());
            by_halves.merge(unique.clone());
            prop_assert_eq!(&by_halves, &one_by_one);
            let walked: Vec<_> = one_by_one.all().map(Event::key).collect();
            prop_assert!(walked.is_sorted());
            let mut backwards: Vec<_> = one_by_one.newest_first().map(Event::key).collect();
            backwards.reverse();
            prop_assert_eq!(walked, backwards);
        }

        #[test]
        fn forgetting_equals_never_having_seen(events in prop::collection::vec(arbitrary_event(), 0..40), keep in prop::collection::vec(any::<bool>(), 40)) {
            let mut whole = History::default();
            whole.merge(events);
            let all: Vec<Event> = whole.all().cloned().collect();
            let (mut rest, mut forgotten) = (Vec::new(), Vec::new());
            for (event, keep) in all.into_iter().zip(keep) {
                if keep { rest.push(event) } else { forgotten.push(event.id) }
            }
            prop_assert_eq!(whole.forget(&forgotten), forgotten.len());
            let mut rebuilt = History::default();
            rebuilt.merge(rest);
            prop_assert_eq!(whole, rebuilt);
        }
    }
}
