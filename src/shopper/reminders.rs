//! Brands the shopper asked to hear of, with when. Kept in any state of consent, because they were asked for.

use crate::base::time::Timestamp;
use alloc::string::String;
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

/// Reminders kept at most; asking for more is refused rather than forgetting one silently.
pub const REMINDERS_MAX: usize = 500;

/// A brand the shopper asked to hear of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reminder {
    /// Stable id of the brand.
    pub brand: String,
    /// When it was asked for.
    pub since: Timestamp,
}

/// There are as many reminders as are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("there are {REMINDERS_MAX} reminders already; take one back first")]
pub struct RemindersFull;

/// The reminders, by brand.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reminders(Vec<Reminder>);

impl Reminders {
    /// The reminders, ascending by brand.
    pub fn list(&self) -> &[Reminder] {
        &self.0
    }

    /// Whether a brand has one.
    pub fn has(&self, brand: &str) -> bool {
        self.place(brand).is_ok()
    }

    /// Asks for a brand; asking again keeps the first time. `false` where it was there.
    ///
    /// # Errors
    /// [`RemindersFull`] beyond [`REMINDERS_MAX`].
    pub fn set(&mut self, brand: &str, since: Timestamp) -> Result<bool, RemindersFull> {
        match self.place(brand) {
            Ok(_) => Ok(false),
            Err(_) if self.0.len() >= REMINDERS_MAX => Err(RemindersFull),
            Err(place) => {
                self.0.insert(place, Reminder { brand: brand.into(), since });
                Ok(true)
            }
        }
    }

    /// Takes a brand back; `false` where there was none.
    pub fn unset(&mut self, brand: &str) -> bool {
        self.place(brand).is_ok_and(|place| {
            self.0.remove(place);
            true
        })
    }

    /// Forgets them all.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    fn place(&self, brand: &str) -> Result<usize, usize> {
        self.0.binary_search_by(|reminder| reminder.brand.as_str().cmp(brand))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::format;

    #[test]
    fn asked_for_is_kept_until_taken_back() {
        let mut reminders = Reminders::default();
        assert_eq!(reminders.set("lumen", Timestamp(5)), Ok(true));
        assert_eq!(reminders.set("lumen", Timestamp(9)), Ok(false));
        assert_eq!(reminders.set("anselm", Timestamp(7)), Ok(true));
        assert_eq!(
            reminders.list().iter().map(|reminder| reminder.brand.as_str()).collect::<Vec<_>>(),
            ["anselm", "lumen"]
        );
        assert_eq!(reminders.list().last().map(|reminder| reminder.since), Some(Timestamp(5)));
        assert!(reminders.unset("lumen") && !reminders.unset("lumen") && !reminders.has("lumen"));
    }

    #[test]
    fn none_is_forgotten_for_another() {
        let mut reminders = Reminders::default();
        for number in 0..REMINDERS_MAX {
            assert_eq!(reminders.set(&format!("brand-{number}"), Timestamp(0)), Ok(true));
        }
        assert_eq!(reminders.set("one-more", Timestamp(0)), Err(RemindersFull));
        assert_eq!(reminders.set("brand-0", Timestamp(0)), Ok(false));
    }
}
