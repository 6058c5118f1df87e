//! The remembered events a reason rests on.
//!
//! Most reasons of a page are about the same few brands and categories: what was found for one is kept for the next ([`Memo`]).

use super::context::Context;
use super::reason::Ground;
use crate::base::ids::{BrandIndex, CategoryIndex};
use crate::base::maps::Map;
use crate::base::order;
use crate::base::time::DAY;
use crate::kernel::text::{Marks, Tally, same};
use crate::shopper::{Event, EventId, EventKind, History, RememberedItem};
use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;
use spin::{Mutex, Once};

/// Events named in a reason, at most.
const EVENTS_NAMED: usize = 3;
/// How long ago is still 'this week'.
const WEEK: i64 = 7 * DAY;

/// What a reason's count counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Counted {
    /// Looks of the last seven days.
    Week,
    /// Looks, all of them longer ago.
    Past,
    /// No looks: things kept, put in the bag or bought.
    Other,
}

/// What a reason is about, by row: everything that its `matches` depends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Subject {
    /// A brand.
    Brand(u32),
    /// A brand's goods of one category.
    Kind(u32, u32),
    /// A category.
    Category(u32),
    /// A category and all whose top it is.
    Under(u32),
    /// A size.
    Size(u32),
    /// An attribute.
    Attribute(u32),
    /// What costs about as much as an amount.
    Price(i64),
    /// An item.
    Item(u32),
    /// A step of the trail, by its place.
    Step(u32),
}

/// Where a signal's code stands, and what it speaks of.
type GroundKey = (usize, Subject);

/// What was found in a history, by subject, for as long as it stays as it is.
#[derive(Debug, Default)]
pub(super) struct Memo {
    found: Mutex<Map<Subject, Found>>,
    numbers: Mutex<Map<Subject, u32>>,
    grounds: Mutex<Map<GroundKey, Option<Arc<Ground>>>>,
    places: Once<Places>,
}

/// Where brands and categories occur among the events, and among the orders: a long history is not walked for each of them.
#[derive(Debug, Default)]
struct Places {
    brands: [Marks; 2],
    categories: [Marks; 2],
}

impl Places {
    fn of(history: &History) -> Self {
        let mut places = Self::default();
        let lists = [history.events(), history.orders()].into_iter();
        let marks = places.brands.iter_mut().zip(&mut places.categories);
        for (events, (brands, categories)) in lists.zip(marks) {
            for (at, event) in (0..).zip(events) {
                for item in &event.items {
                    if let Some(brand) = &item.brand {
                        brands.add(at, brand);
                    }
                    if let Some(category) = &item.category {
                        categories.add(at, category);
                    }
                }
            }
        }
        places
    }
}

/// Events that may be about something, newest first.
struct Among<'h> {
    events: &'h [Event],
    /// Their places; all where there are none.
    places: Option<Vec<u32>>,
}

impl<'h> Among<'h> {
    /// The events and the orders that may be about a subject.
    fn of(context: &Context<'h>, subject: Subject) -> [Self; 2] {
        let (catalogue, history) = (context.catalogue, context.history);
        let places = || context.recall.evidence.places.call_once(|| Places::of(history));
        let found = match subject {
            Subject::Brand(row) | Subject::Kind(row, _) => {
                let id = catalogue.brand_id(BrandIndex(row));
                places().brands.each_ref().map(|marks| Some(marks.owners(id)))
            }
            Subject::Category(row) => {
                let id = catalogue.category_id(CategoryIndex(row));
                places().categories.each_ref().map(|marks| Some(marks.owners(id)))
            }
            Subject::Under(row) => {
                let rows = (0..catalogue.category_count()).map(|row| CategoryIndex(row as u32));
                let rows = rows.filter(|own| own.0 == row || catalogue.category_top(*own).0 == row);
                let ids: Vec<&str> = rows.map(|own| catalogue.category_id(own)).collect();
                places().categories.each_ref().map(|marks| {
                    let mut owners: Vec<u32> = ids.iter().flat_map(|id| marks.owners(id)).collect();
                    order::sort(&mut owners);
                    owners.dedup();
                    Some(owners)
                })
            }
            Subject::Size(_)
            | Subject::Attribute(_)
            | Subject::Price(_)
            | Subject::Item(_)
            | Subject::Step(_) => [None, None],
        };
        let [events, orders] = found;
        [Self { events: history.events(), places: events }, Self { events: history.orders(), places: orders }]
    }

    fn newest_first(&self) -> impl Iterator<Item = &'h Event> {
        let count = self.places.as_ref().map_or(self.events.len(), Vec::len);
        (0..count).rev().filter_map(|at| match &self.places {
            Some(places) => self.events.get(*places.get(at)? as usize),
            None => self.events.get(at),
        })
    }
}

/// Whether anything that was remembered is about a subject, be it a look or not. Sensitive goods do not count unless allowed.
pub(super) fn is_remembered(
    context: &Context<'_>,
    subject: Subject,
    matches: &dyn Fn(&RememberedItem) -> bool,
) -> bool {
    let voice = context.voice;
    Among::of(context, subject).iter().any(|among| {
        let mut items = among.newest_first().flat_map(|event| &event.items);
        items.any(|item| voice.has(item) && matches(item))
    })
}

/// What a reason rests on.
#[derive(Debug, Clone)]
struct Found {
    counted: Counted,
    count: u32,
    events: Vec<EventId>,
    item: Option<String>,
}

impl Memo {
    /// What a signal says of a subject, worked out once: it depends on nothing else.
    pub(super) fn ground(
        &self,
        code: &'static str,
        subject: Subject,
        work_out: &mut dyn FnMut() -> Option<Ground>,
    ) -> Option<Arc<Ground>> {
        let key = (code.as_ptr().addr(), subject);
        let known = self.grounds.lock().get(&key).cloned();
        known.unwrap_or_else(|| {
            let ground = work_out().map(Arc::new);
            self.grounds.lock().insert(key, ground.clone());
            ground
        })
    }

    /// A number that depends on a subject alone, worked out once. A subject has one number: who asks for two needs two subjects.
    pub(super) fn number(&self, subject: Subject, work_out: impl FnOnce() -> u32) -> u32 {
        let known = self.numbers.lock().get(&subject).copied();
        if let Some(number) = known {
            return number;
        }
        let number = work_out();
        self.numbers.lock().insert(subject, number);
        number
    }
}

/// Whether what a remembered item says of itself is this.
pub(super) fn is(said: Option<&String>, text: &str) -> bool {
    said.is_some_and(|said| same(said, text))
}

/// Fills a reason with the events at items that `matches` holds for: the newest three, the name of the newest, and a
/// count of the looks of the last seven days, or of all where there are none. Sensitive goods are not named unless allowed.
/// `matches` depends on the subject alone.
pub(super) fn rest_on(
    reason: &mut Ground,
    context: &Context<'_>,
    subject: Subject,
    matches: &dyn Fn(&RememberedItem) -> bool,
) -> Counted {
    let known = context.recall.evidence.found.lock().get(&subject).cloned();
    let found = known.unwrap_or_else(|| {
        let found = find(context, subject, matches);
        context.recall.evidence.found.lock().insert(subject, found.clone());
        found
    });
    (reason.count, reason.events, reason.item) = (found.count, found.events, found.item);
    found.counted
}

/// One routine for all subjects, not a copy for each: the module is smaller by it.
fn find(context: &Context<'_>, subject: Subject, matches: &dyn Fn(&RememberedItem) -> bool) -> Found {
    let Context { minute: now, voice, .. } = *context;
    let [looks, orders] = Among::of(context, subject);
    let (mut events, mut name) = (Vec::new(), None);
    let (mut week, mut all, mut others) = (0, 0, 0);
    for event in looks.newest_first().filter(|event| is_look(event)) {
        // With looks of this week nothing older is counted, and named are the newest.
        let is_old = now.since(event.at) >= WEEK;
        if is_old && week > 0 && events.len() == EVENTS_NAMED && name.is_some() {
            break;
        }
        let Some(item) = event.items.iter().find(|item| voice.has(item) && matches(item)) else { continue };
        // Only a look is counted as one, though keeping says more.
        if event.kind == EventKind::ViewItem {
            all += 1;
            week += u32::from(!is_old);
        } else {
            others += 1;
        }
        if events.len() < EVENTS_NAMED {
            events.push(event.id);
        }
        if name.is_none() {
            name.clone_from(&item.name);
        }
    }
    // Purchases feed affinities too, and are the best of evidence where no look is left.
    for event in orders.newest_first().filter(|event| event.kind == EventKind::Purchase) {
        if event.items.iter().any(|item| voice.has(item) && matches(item)) {
            others += 1;
            if events.len() < EVENTS_NAMED {
                events.push(event.id);
            }
        }
    }
    let (count, counted) = match (week, all) {
        (0, 0) => (others, Counted::Other),
        (0, all) => (all, Counted::Past),
        (week, _) => (week, Counted::Week),
    };
    Found { counted, count, events, item: name }
}

/// How many different things that `matches` holds for were looked at in the last seven days. Sensitive goods do not count
/// unless allowed. `matches` depends on the subject alone.
pub(super) fn seen_this_week(
    context: &Context<'_>,
    subject: Subject,
    matches: &dyn Fn(&RememberedItem) -> bool,
) -> u32 {
    let Context { minute: now, voice, .. } = *context;
    context.recall.evidence.number(subject, || {
        let [events, _] = Among::of(context, subject);
        let week = events.newest_first().take_while(|event| now.since(event.at) < WEEK);
        let looks = week.filter(|event| event.kind == EventKind::ViewItem);
        let items = looks.flat_map(|event| &event.items).filter(|item| voice.has(item) && matches(item));
        let mut things = Tally::default();
        for item in items {
            things.add(&item.id, 1);
        }
        things.count() as u32
    })
}

fn is_look(event: &Event) -> bool {
    matches!(
        event.kind,
        EventKind::ViewItem | EventKind::AddToCart | EventKind::AddToWishlist | EventKind::FavouriteOn
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::time::Timestamp;
    use crate::catalogue::sample::catalogue;
    use crate::recommend::Weights;
    use crate::shopper::sample::arbitrary_event;
    use crate::shopper::{Consent, Reminders};
    use proptest::prelude::*;

    type Matches<'m> = &'m dyn Fn(&RememberedItem) -> bool;

    /// What a reason rests on, by a walk over everything.
    fn plainly(history: &History, now: Timestamp, matches: Matches<'_>) -> (u32, Vec<EventId>) {
        let voice = history.voice();
        let about = |event: &&Event| event.items.iter().any(|item| voice.has(item) && matches(item));
        let looks = history.events().iter().rev().filter(|event| is_look(event)).filter(about);
        let bought = history.orders().iter().rev().filter(|order| order.kind == EventKind::Purchase);
        let all: Vec<&Event> = looks.chain(bought.filter(about)).collect();
        let seen = all.iter().filter(|event| event.kind == EventKind::ViewItem);
        let week = seen.clone().filter(|event| now.since(event.at) < WEEK).count();
        let count = [week, seen.count(), all.len()].into_iter().find(|count| *count > 0).unwrap_or(0);
        (count as u32, all.iter().take(EVENTS_NAMED).map(|event| event.id).collect())
    }

    proptest! {
        #[test]
        fn what_is_looked_up_is_what_a_walk_finds(
            events in prop::collection::vec(arbitrary_event(), 0..120), day in 0i64..70, brand in 0u32..3, category in 0u32..5,
        ) {
            let catalogue = catalogue();
            let mut history = History::default();
            history.merge(events);
            let now = Timestamp((20_700 + day) * DAY);
            let (weights, reminders) = (Weights::default(), Reminders::default());
            let context = Context::new(&catalogue, now, &weights, Consent::On, &history, &reminders);
            let (row, brand, kind) = (brand, catalogue.brand_id(BrandIndex(brand)), CategoryIndex(category));
            let id = catalogue.category_id(kind);
            let of_brand = |seen: &RememberedItem| seen.brand.as_deref() == Some(brand);
            let of_category = |seen: &RememberedItem| seen.category.as_deref() == Some(id);
            let of_kind = |seen: &RememberedItem| of_brand(seen) && of_category(seen);
            let under = |seen: &RememberedItem| {
                let own = seen.category.as_deref().and_then(|id| catalogue.find_category(id));
                own.is_some_and(|own| own == kind || catalogue.category_top(own) == kind)
            };
            let of_attribute =
                |seen: &RememberedItem| seen.attributes.iter().any(|own| own == catalogue.attribute_text(0));
            let subjects: [(Subject, Matches<'_>); 5] = [
                (Subject::Brand(row), &of_brand),
                (Subject::Category(category), &of_category),
                (Subject::Kind(row, category), &of_kind),
                (Subject::Under(category), &under),
                (Subject::Attribute(0), &of_attribute),
            ];
            for (subject, matches) in subjects {
                let (count, events) = plainly(&history, now, matches);
                let mut reason = Ground::default();
                rest_on(&mut reason, &context, subject, matches);
                prop_assert_eq!((reason.count, &reason.events), (count, &events), "{:?}", subject);
                let voice = history.voice();
                let any = history.all().flat_map(|event| &event.items).any(|item| voice.has(item) && matches(item));
                prop_assert_eq!(is_remembered(&context, subject, matches), any);
            }
        }
    }
}
