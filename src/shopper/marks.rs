//! What the shopper marked: favourites, what lies in the bag, and what is not to be shown. A fold over the history.

use super::event::{Event, EventKind};
use super::history::History;
use alloc::collections::BTreeSet;
use alloc::string::String;
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
    let mut spoken: BTreeSet<(u8, &str)> = BTreeSet::new();
    let mut rested: Vec<bool> = events
        .iter()
        .rev()
        .map(|event| {
            let (list, marks) = match event.kind {
                EventKind::FavouriteOn | EventKind::AddToWishlist => (0, true),
                EventKind::FavouriteOff => (0, false),
                EventKind::Dismiss => (1, true),
                EventKind::Undismiss => (1, false),
                _ => return false,
            };
            let named = [&event.promotion, &event.brand, &event.category];
            let mut named = (2..).zip(named).filter_map(|(kind, named)| Some((kind, named.as_deref()?)));
            let mut is_latest = false;
            match named.next().filter(|_| list == 1) {
                Some(word) => is_latest = spoken.insert(word),
                None => event.items.iter().for_each(|item| is_latest |= spoken.insert((list, &item.id))),
            }
            is_latest && marks
        })
        .collect();
    rested.reverse();
    rested
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::time::Timestamp;
    use crate::shopper::sample::{event, item};
    use alloc::vec;

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
