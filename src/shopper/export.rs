//! Everything this browser remembers in readable form, out and in again.

use super::consent::Consent;
use super::event::{Event, EventError};
use super::reminders::{REMINDERS_MAX, Reminder};
use crate::base::ids::check_id;
use crate::base::time::Timestamp;
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

/// The layout that this code writes and reads.
pub const FORMAT: u32 = 1;
/// Events and orders read from one file, at most.
pub const EVENTS_MAX: usize = 20_000;

/// Everything remembered, as `history.export` gives it and `history.import` takes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExportedMemory {
    /// [`FORMAT`].
    pub format: u32,
    /// When it was written.
    pub exported: Timestamp,
    /// What was allowed then.
    pub consent: Consent,
    /// Events besides orders, oldest first.
    pub events: Vec<Event>,
    /// Orders, oldest first.
    pub orders: Vec<Event>,
    /// Reminders, by brand.
    pub reminders: Vec<Reminder>,
}

/// Why a file cannot be imported. Nothing of it is taken then.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ImportError {
    /// It has a layout this engine does not know.
    #[error("the file has format {found}; this engine reads format {FORMAT}")]
    Format {
        /// The file's format.
        found: u32,
    },
    /// It has more events than any browser keeps.
    #[error("the file has {found} events; at most {EVENTS_MAX} are read")]
    TooMany {
        /// How many it has.
        found: usize,
    },
    /// One of its events is malformed.
    #[error("{list}[{at}]: {cause}")]
    Event {
        /// Which list.
        list: &'static str,
        /// Which of it, from 0.
        at: usize,
        /// What is wrong.
        cause: EventError,
    },
    /// An event stands in the wrong list.
    #[error("{list}[{at}] belongs into the other list: purchases and refunds are orders, all else events")]
    List {
        /// Which list.
        list: &'static str,
        /// Which of it, from 0.
        at: usize,
    },
    /// A reminder is malformed, or there are too many.
    #[error(
        "reminders[{at}] is malformed: a reminder names a brand of 1 to 64 bytes, and there are at most {REMINDERS_MAX}"
    )]
    Reminder {
        /// Which, from 0.
        at: usize,
    },
}

impl ExportedMemory {
    /// Checks a file that comes from outside.
    ///
    /// # Errors
    /// [`ImportError`], naming the place.
    pub fn check(&self) -> Result<(), ImportError> {
        if self.format != FORMAT {
            return Err(ImportError::Format { found: self.format });
        }
        let found = self.events.len().saturating_add(self.orders.len());
        if found > EVENTS_MAX {
            return Err(ImportError::TooMany { found });
        }
        for (list, events, orders) in [("events", &self.events, false), ("orders", &self.orders, true)] {
            for (at, event) in events.iter().enumerate() {
                event.check().map_err(|cause| ImportError::Event { list, at, cause })?;
                if event.kind.is_order() != orders {
                    return Err(ImportError::List { list, at });
                }
            }
        }
        for (at, reminder) in self.reminders.iter().enumerate() {
            if check_id(&reminder.brand).is_err() || at >= REMINDERS_MAX {
                return Err(ImportError::Reminder { at });
            }
        }
        Ok(())
    }
}
