//! What must be put right before anything is offered: open returns and complaints, an unhappy answer, and whether the
//! shopper wants no coupons put forward. A fold over the history; nobody is told.

use super::event::EventKind;
use super::history::History;
use crate::base::scale::SATISFACTION;
use crate::base::time::{DAY, Timestamp};
use alloc::vec::Vec;

/// How long after a refund that nobody said more of.
const AFTER_REFUND: i64 = 7 * DAY;

/// What must be put right.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Care {
    /// Whether a return or a complaint is open.
    pub open: bool,
    /// Whether the last answer was an unhappy one and nothing was settled since.
    pub unhappy: bool,
    /// When something was given back last.
    pub refunded: Option<Timestamp>,
    /// When a complaint was settled last.
    pub settled: Option<Timestamp>,
    /// Whether the shopper wants no coupons put forward.
    pub refuses_coupons: bool,
}

impl Care {
    /// What a history says, up to `now`.
    pub fn of(history: &History, now: Timestamp) -> Self {
        let mut care = Self::default();
        let mut open: Vec<(bool, &str)> = Vec::new();
        for event in history.all().filter(|event| event.at <= now) {
            let about = event.order.as_deref().unwrap_or_default();
            match event.kind {
                EventKind::ReturnOpened => open.push((true, about)),
                EventKind::ComplaintOpened => open.push((false, about)),
                EventKind::ReturnClosed => {
                    open.retain(|one| *one != (true, about));
                    care.unhappy = false;
                }
                EventKind::ComplaintClosed => {
                    open.retain(|one| *one != (false, about));
                    care.unhappy = false;
                    care.settled = Some(event.at);
                }
                // What was said of prices or of delivery alone is no word on the whole, and neither is a skipped question.
                EventKind::Satisfaction if event.question.is_none() => {
                    let answer = event.reason.as_deref();
                    if let Some(place) = SATISFACTION.iter().position(|one| Some(*one) == answer) {
                        care.unhappy = place >= 3;
                    }
                }
                EventKind::Refund => care.refunded = Some(event.at),
                EventKind::CouponsOff => care.refuses_coupons = true,
                EventKind::CouponsOn => care.refuses_coupons = false,
                _ => {}
            }
        }
        care.open = !open.is_empty();
        care
    }

    /// Whether care comes before promotion.
    pub fn comes_first(&self, now: Timestamp) -> bool {
        self.open || self.unhappy || self.refunded.is_some_and(|at| now.since(at) < AFTER_REFUND)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shopper::event::Event;
    use crate::shopper::sample::event;
    use alloc::vec;

    #[test]
    fn care_ends_when_what_was_opened_is_closed() {
        let mut history = History::default();
        let mut sequence = 0;
        let mut say = |history: &mut History, kind, order: Option<&str>, reason: Option<&str>| {
            sequence += 1;
            let at = Timestamp(i64::from(sequence) * DAY);
            let said = Event {
                order: order.map(Into::into),
                reason: reason.map(Into::into),
                ..event(sequence, at, kind, vec![])
            };
            history.insert(said);
            let now = at.plus(1);
            Care::of(history, now).comes_first(now)
        };
        let history = &mut history;
        assert!(say(history, EventKind::ReturnOpened, Some("1"), None));
        assert!(
            say(history, EventKind::ReturnClosed, Some("2"), None),
            "another one's end is not this one's"
        );
        assert!(!say(history, EventKind::ReturnClosed, Some("1"), None));
        assert!(say(history, EventKind::Satisfaction, None, Some("dissatisfied")));
        assert!(!say(history, EventKind::Satisfaction, None, Some("satisfied")));
        assert!(say(history, EventKind::Satisfaction, None, Some("very_dissatisfied")));
        assert!(!say(history, EventKind::ComplaintClosed, None, None));
        assert!(!say(history, EventKind::CouponsOff, None, None));
        assert!(Care::of(history, Timestamp(i64::MAX)).refuses_coupons);
        assert!(say(history, EventKind::Refund, Some("1"), None), "a refund is a bad day too");
        assert_eq!(Care::of(history, Timestamp(8 * DAY)).settled, Some(Timestamp(7 * DAY)));
    }
}
