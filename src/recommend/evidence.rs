//! The remembered events a reason rests on.

use super::reason::Reason;
use crate::base::time::{DAY, Timestamp};
use crate::shopper::{Event, EventKind, History, RememberedItem};

/// Events named in a reason, at most.
const EVENTS_NAMED: usize = 3;
/// How long ago is still 'this week'.
const WEEK: i64 = 7 * DAY;

/// Fills a reason with the looks at items that `matches` holds for: the newest three, the name of the newest,
/// and a count of those of the last seven days, or of all where there are none. `true` where the count is the
/// week's. Sensitive goods are never named.
pub(super) fn rest_on(
    reason: &mut Reason,
    history: &History,
    now: Timestamp,
    matches: impl Fn(&RememberedItem) -> bool,
) -> bool {
    let (mut week, mut all) = (0, 0);
    for event in history.events().iter().rev().filter(|event| is_look(event)) {
        let Some(item) = event.items.iter().find(|item| !item.sensitive && matches(item)) else { continue };
        all += 1;
        week += u32::from(now.since(event.at) < WEEK);
        if reason.events.len() < EVENTS_NAMED {
            reason.events.push(event.id);
        }
        if reason.item.is_none() {
            reason.item.clone_from(&item.name);
        }
    }
    // Purchases feed affinities too, and are the best of evidence where no look is left.
    for event in history.orders().iter().rev().filter(|event| event.kind == EventKind::Purchase) {
        if event.items.iter().any(|item| !item.sensitive && matches(item)) {
            all += 1;
            week += u32::from(now.since(event.at) < WEEK);
            if reason.events.len() < EVENTS_NAMED {
                reason.events.push(event.id);
            }
        }
    }
    reason.count = if week > 0 { week } else { all };
    week > 0
}

fn is_look(event: &Event) -> bool {
    matches!(
        event.kind,
        EventKind::ViewItem | EventKind::AddToCart | EventKind::AddToWishlist | EventKind::FavouriteOn
    )
}
