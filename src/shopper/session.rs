//! The session: what happened since the shopper last paused, which is what is looked for now.
//!
//! Somebody who looks for a present is somebody else for an hour. So intent is taken from the session first; what is
//! usual speaks through [`super::affinity`].

use super::history::History;
use crate::base::time::{MINUTE, Timestamp};
use alloc::vec::Vec;

/// A pause of so long ends a session (the customary 30 minutes of web analytics).
pub const PAUSE: i64 = 30 * MINUTE;
/// Events of a session that count, the newest.
pub const SESSION_EVENTS_MAX: usize = 200;

/// The events of the session that is under way at `now`; empty where the last one is longer ago than [`PAUSE`].
///
/// Events from the future (a clock that went back) belong to it.
pub fn session(history: &History, now: Timestamp) -> History {
    let mut events = Vec::new();
    let mut after = now;
    for event in history.events().iter().rev().take(SESSION_EVENTS_MAX) {
        if after.since(event.at) > PAUSE {
            break;
        }
        after = event.at;
        events.push(event.clone());
    }
    let mut session = History::default();
    session.merge(events);
    session
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::time::DAY;
    use crate::shopper::sample::view;

    #[test]
    fn a_pause_of_half_an_hour_ends_it() {
        let now = Timestamp(100 * DAY);
        let mut history = History::default();
        for (sequence, minutes) in [300, 61, 59, 31, 30, 5].into_iter().enumerate() {
            history.insert(view(sequence as u32, now.plus(-minutes * MINUTE), "it-00"));
        }
        assert_eq!(session(&history, now).events().len(), 5, "each is within half an hour of the next");
        assert_eq!(session(&history, now.plus(PAUSE)).events().len(), 0);
        assert_eq!(session(&history, now.plus(-DAY)).events().len(), 5, "a clock that went back");
    }
}
