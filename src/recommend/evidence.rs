//! The remembered events a reason rests on.

use super::context::Context;
use super::reason::Reason;
use crate::base::maps::Set;
use crate::base::time::DAY;
use crate::shopper::{Event, EventKind, RememberedItem};

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

/// Fills a reason with the events at items that `matches` holds for: the newest three, the name of the newest, and a
/// count of the looks of the last seven days, or of all where there are none. Sensitive goods are not named unless allowed.
pub(super) fn rest_on(
    reason: &mut Reason,
    context: &Context<'_>,
    matches: impl Fn(&RememberedItem) -> bool,
) -> Counted {
    let Context { history, now, voice, .. } = *context;
    let (mut week, mut all, mut others) = (0, 0, 0);
    for event in history.events().iter().rev().filter(|event| is_look(event)) {
        let Some(item) = event.items.iter().find(|item| voice.has(item) && matches(item)) else { continue };
        // Only a look is counted as one, though keeping says more.
        if event.kind == EventKind::ViewItem {
            all += 1;
            week += u32::from(now.since(event.at) < WEEK);
        } else {
            others += 1;
        }
        if reason.events.len() < EVENTS_NAMED {
            reason.events.push(event.id);
        }
        if reason.item.is_none() {
            reason.item.clone_from(&item.name);
        }
    }
    // Purchases feed affinities too, and are the best of evidence where no look is left.
    for event in history.orders().iter().rev().filter(|event| event.kind == EventKind::Purchase) {
        if event.items.iter().any(|item| voice.has(item) && matches(item)) {
            others += 1;
            if reason.events.len() < EVENTS_NAMED {
                reason.events.push(event.id);
            }
        }
    }
    let (count, counted) = match (week, all) {
        (0, 0) => (others, Counted::Other),
        (0, all) => (all, Counted::Past),
        (week, _) => (week, Counted::Week),
    };
    reason.count = count;
    counted
}

/// How many different things that `matches` holds for were looked at in the last seven days. Sensitive goods do not count
/// unless allowed.
pub(super) fn seen_this_week(context: &Context<'_>, matches: impl Fn(&RememberedItem) -> bool) -> u32 {
    let Context { history, now, voice, .. } = *context;
    let week = history.events().iter().rev().take_while(|event| now.since(event.at) < WEEK);
    let looks = week.filter(|event| event.kind == EventKind::ViewItem);
    let items = looks.flat_map(|event| &event.items).filter(|item| voice.has(item) && matches(item));
    items.map(|item| item.id.as_str()).collect::<Set<&str>>().len() as u32
}

fn is_look(event: &Event) -> bool {
    matches!(
        event.kind,
        EventKind::ViewItem | EventKind::AddToCart | EventKind::AddToWishlist | EventKind::FavouriteOn
    )
}
