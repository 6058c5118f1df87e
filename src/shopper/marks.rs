//! What the shopper marked: favourites, what lies in the bag, and what is not to be shown. A fold over the history.

use super::event::{Event, EventKind};
use super::history::History;
use alloc::collections::BTreeSet;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

/// Favourites and dismissals, by stable id.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Marks {
    /// Items marked.
    pub favourites: BTreeSet<String>,
    /// Items not to be shown.
    pub items: BTreeSet<String>,
    /// Brands not to be shown.
    pub brands: BTreeSet<String>,
    /// Categories not to be shown.
    pub categories: BTreeSet<String>,
    /// Items put in the bag and not taken out since.
    pub bag: BTreeSet<String>,
    /// Promotions not to be shown.
    pub promotions: BTreeSet<String>,
}

impl Marks {
    /// What a history marks: for each thing, its latest event decides.
    pub fn of(history: &History) -> Self {
        let mut marks = Self::default();
        for event in history.events() {
            marks.take(event);
        }
        marks
    }

    fn take(&mut self, event: &Event) {
        let items = event.items.iter().map(|item| item.id.clone());
        match event.kind {
            EventKind::FavouriteOn | EventKind::AddToWishlist => self.favourites.extend(items),
            EventKind::AddToCart => self.bag.extend(items),
            EventKind::RemoveFromCart => event.items.iter().for_each(|item| {
                self.bag.remove(&item.id);
            }),
            EventKind::FavouriteOff => event.items.iter().for_each(|item| {
                self.favourites.remove(&item.id);
            }),
            // A dismissal that names a brand or a category is about that, not about the item it was said at.
            EventKind::Dismiss => {
                if let Some(promotion) = &event.promotion {
                    self.promotions.insert(promotion.clone());
                } else if let Some(brand) = &event.brand {
                    self.brands.insert(brand.clone());
                } else if let Some(category) = &event.category {
                    self.categories.insert(category.clone());
                } else {
                    self.items.extend(items);
                }
            }
            EventKind::Undismiss => {
                if let Some(promotion) = &event.promotion {
                    self.promotions.remove(promotion);
                } else if let Some(brand) = &event.brand {
                    self.brands.remove(brand);
                } else if let Some(category) = &event.category {
                    self.categories.remove(category);
                } else {
                    event.items.iter().for_each(|item| {
                        self.items.remove(&item.id);
                    });
                }
            }
            _ => {}
        }
    }
}

/// Which of some events, oldest first, a favourite or a dismissal rests on: those that are the latest word on something that
/// they mark.
pub(super) fn rested_on(events: &[Event]) -> Vec<bool> {
    let mut rested = vec![false; events.len()];
    // A list of them and no set: few events mark anything.
    let mut spoken: Vec<(u8, &str)> = Vec::new();
    for (event, rests) in events.iter().zip(&mut rested).rev() {
        let (list, marks) = match event.kind {
            EventKind::FavouriteOn | EventKind::AddToWishlist => (0, true),
            EventKind::FavouriteOff => (0, false),
            EventKind::Dismiss => (1, true),
            EventKind::Undismiss => (1, false),
            _ => continue,
        };
        let mut say = |list: u8, id| {
            let is_latest = !spoken.contains(&(list, id));
            spoken.push((list, id));
            *rests |= is_latest && marks;
        };
        let named = [&event.promotion, &event.brand, &event.category];
        match (2..).zip(named).find(|(_, named)| list == 1 && named.is_some()) {
            Some((list, named)) => say(list, named.as_deref().unwrap_or_default()),
            None => event.items.iter().for_each(|item| say(list, &item.id)),
        }
    }
    rested
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::time::Timestamp;
    use crate::shopper::sample::{event, item};

    #[test]
    fn the_latest_word_counts() {
        let mut history = History::default();
        for (sequence, kind) in
            [EventKind::Dismiss, EventKind::Undismiss, EventKind::FavouriteOn, EventKind::Dismiss]
                .into_iter()
                .enumerate()
        {
            history.insert(event(sequence as u32, Timestamp(sequence as i64), kind, vec![item("it-01")]));
        }
        let mut brand = event(9, Timestamp(9), EventKind::Dismiss, vec![item("it-02")]);
        brand.brand = Some("lumen".into());
        history.insert(brand);
        let marks = Marks::of(&history);
        assert!(marks.items.contains("it-01") && !marks.items.contains("it-02"));
        assert!(marks.favourites.contains("it-01") && marks.brands.contains("lumen"));
        for (sequence, kind) in [(10, EventKind::AddToCart), (11, EventKind::RemoveFromCart)] {
            history.insert(event(sequence, Timestamp(i64::from(sequence)), kind, vec![item("it-03")]));
            assert_eq!(Marks::of(&history).bag.contains("it-03"), kind == EventKind::AddToCart);
        }
    }
}
