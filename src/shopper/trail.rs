//! What was looked at last, newest first: the positions from which co-visitation and own history start.

use super::event::{EventId, EventKind};
use super::history::History;
use crate::base::time::Timestamp;
use alloc::string::String;
use alloc::vec::Vec;

/// Positions that count; what lies further back says nothing about the next look.
pub const POSITIONS_MAX: usize = 20;

/// One look, by position: the newest has age 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The item looked at.
    pub item: String,
    /// Its name as shown then.
    pub name: Option<String>,
    /// The event.
    pub event: EventId,
    /// When.
    pub at: Timestamp,
}

/// The last looks, newest first, at most [`POSITIONS_MAX`]. Sensitive goods leave no step unless allowed.
pub fn trail(history: &History) -> Vec<Step> {
    let (mut steps, voice) = (Vec::new(), history.voice());
    for event in history.events().iter().rev() {
        // select_item is the click that leads to view_item: counting both would count one look twice.
        let looks = matches!(
            event.kind,
            EventKind::ViewItem | EventKind::AddToCart | EventKind::AddToWishlist | EventKind::FavouriteOn
        );
        if !looks {
            continue;
        }
        for item in event.items.iter().filter(|item| voice.has(item)) {
            steps.push(Step {
                item: item.id.clone(),
                name: item.name.clone(),
                event: event.id,
                at: event.at,
            });
            if steps.len() == POSITIONS_MAX {
                return steps;
            }
        }
    }
    steps
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shopper::sample::{event, item, view};
    use alloc::vec;

    #[test]
    fn newest_first_bounded_and_without_sensitive_goods() {
        let mut history = History::default();
        for sequence in 0..30 {
            history.insert(view(sequence, Timestamp(i64::from(sequence)), "it-00"));
        }
        let mut private = item("it-23");
        private.sensitive = true;
        history.insert(event(40, Timestamp(40), EventKind::ViewItem, vec![private]));
        history.insert(event(41, Timestamp(41), EventKind::SelectItem, vec![item("it-05")]));
        history.insert(view(42, Timestamp(42), "it-07"));
        let steps = trail(&history);
        assert_eq!(steps.len(), POSITIONS_MAX);
        assert_eq!(
            steps.iter().map(|step| step.item.as_str()).take(2).collect::<Vec<_>>(),
            ["it-07", "it-00"]
        );
    }
}
