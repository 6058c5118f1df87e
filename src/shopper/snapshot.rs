//! The history in bytes: a cache, keyed by format, that is read faster than the log.
//!
//! Layout: the magic, [`FORMAT`] as `u32`, the XXH3-64 of the body, the body (postcard). A damaged snapshot is
//! told from a newer one, for the host treats them differently: the first is set aside and rebuilt from the
//! log, the second is left alone. Format 1 is read too: its events name no question and no list.

use super::event::{Event, EventId, EventKind, RememberedItem};
use super::history::History;
use crate::base::digest::checksum;
use crate::base::time::Timestamp;
use alloc::string::String;
use alloc::vec::Vec;
use serde::Deserialize;

/// The first eight bytes of a snapshot.
pub const MAGIC: [u8; 8] = *b"\x89WSSNAP\n";
/// The layout that this code writes; it reads the one before too.
pub const FORMAT: u32 = 2;
/// The layout before events named a question and a list.
const BEFORE: u32 = 1;

/// Why a snapshot is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SnapshotError {
    /// Its bytes are not a snapshot's, or do not match their checksum.
    #[error("the snapshot is damaged: set it aside and rebuild it from the event log")]
    Damaged,
    /// A newer engine wrote it.
    #[error(
        "the snapshot has format {found} and this engine reads {FORMAT}: leave it untouched and run from memory"
    )]
    Newer {
        /// Its format.
        found: u32,
    },
}

/// An event as format 1 has it.
#[derive(Deserialize)]
#[cfg_attr(test, derive(serde::Serialize))]
struct EventBefore {
    id: EventId,
    at: Timestamp,
    kind: EventKind,
    items: Vec<RememberedItem>,
    brand: Option<String>,
    category: Option<String>,
    order: Option<String>,
    term: Option<String>,
    reason: Option<String>,
    promotion: Option<String>,
}

impl From<EventBefore> for Event {
    fn from(before: EventBefore) -> Self {
        let EventBefore { id, at, kind, items, brand, category, order, term, reason, promotion } = before;
        Self {
            id,
            at,
            kind,
            items,
            brand,
            category,
            order,
            term,
            reason,
            promotion,
            question: None,
            list: None,
        }
    }
}

/// Writes a history.
pub fn write(history: &History) -> Vec<u8> {
    let events: Vec<&Event> = history.all().collect();
    let body = postcard::to_allocvec(&events).unwrap_or_default();
    let mut bytes = Vec::with_capacity(body.len() + 20);
    bytes.extend_from_slice(&MAGIC);
    bytes.extend_from_slice(&FORMAT.to_le_bytes());
    bytes.extend_from_slice(&checksum(&body).to_le_bytes());
    bytes.extend_from_slice(&body);
    bytes
}

/// Reads a history back.
///
/// # Errors
/// [`SnapshotError`], telling damage from a newer format.
pub fn read(bytes: &[u8]) -> Result<History, SnapshotError> {
    let (magic, rest) = bytes.split_first_chunk::<8>().ok_or(SnapshotError::Damaged)?;
    let (format, rest) = rest.split_first_chunk::<4>().ok_or(SnapshotError::Damaged)?;
    let (seal, body) = rest.split_first_chunk::<8>().ok_or(SnapshotError::Damaged)?;
    if *magic != MAGIC {
        return Err(SnapshotError::Damaged);
    }
    let found = u32::from_le_bytes(*format);
    if found > FORMAT {
        return Err(SnapshotError::Newer { found });
    }
    if found < BEFORE || u64::from_le_bytes(*seal) != checksum(body) {
        return Err(SnapshotError::Damaged);
    }
    let read = if found == BEFORE {
        postcard::take_from_bytes::<Vec<EventBefore>>(body)
            .map(|(events, rest)| (events.into_iter().map(Event::from).collect(), rest))
    } else {
        postcard::take_from_bytes::<Vec<Event>>(body)
    };
    let (events, rest) = read.map_err(|_| SnapshotError::Damaged)?;
    if !rest.is_empty() || events.iter().any(|event: &Event| event.check().is_err()) {
        return Err(SnapshotError::Damaged);
    }
    let mut history = History::default();
    history.merge(events);
    Ok(history)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shopper::sample::arbitrary_event;
    use proptest::prelude::*;

    #[test]
    fn a_newer_one_is_told_from_a_damaged_one() {
        let mut bytes = write(&History::default());
        assert_eq!(read(&bytes), Ok(History::default()));
        bytes[8] = 3;
        assert_eq!(read(&bytes), Err(SnapshotError::Newer { found: 3 }));
        bytes[8] = 0;
        assert_eq!(read(&bytes), Err(SnapshotError::Damaged));
        assert_eq!(read(b""), Err(SnapshotError::Damaged));
        assert_eq!(read(b"not a snapshot at all, but long"), Err(SnapshotError::Damaged));
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(events in prop::collection::vec(arbitrary_event(), 0..30)) {
            let mut history = History::default();
            history.merge(events);
            prop_assert_eq!(read(&write(&history)), Ok(history));
        }

        #[test]
        fn the_format_before_is_read(events in prop::collection::vec(arbitrary_event(), 0..30)) {
            let mut history = History::default();
            history.merge(events.into_iter().map(|event| Event { question: None, list: None, ..event }).filter(|event| event.check().is_ok()).collect());
            let events: Vec<EventBefore> = history.all().cloned().map(|event| {
                let Event { id, at, kind, items, brand, category, order, term, reason, promotion, question: _, list: _ } = event;
                EventBefore { id, at, kind, items, brand, category, order, term, reason, promotion }
            }).collect();
            let body = postcard::to_allocvec(&events).expect("writes");
            let mut bytes = MAGIC.to_vec();
            bytes.extend_from_slice(&BEFORE.to_le_bytes());
            bytes.extend_from_slice(&checksum(&body).to_le_bytes());
            bytes.extend_from_slice(&body);
            prop_assert_eq!(read(&bytes), Ok(history));
        }

        #[test]
        fn no_damage_passes(events in prop::collection::vec(arbitrary_event(), 1..4), at in any::<prop::sample::Index>(), flip in 1u8..) {
            let mut history = History::default();
            history.merge(events);
            let mut bytes = write(&history);
            let at = at.index(bytes.len());
            bytes[at] ^= flip;
            prop_assert!(read(&bytes).is_err());
        }
    }
}
