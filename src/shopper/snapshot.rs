//! The history in bytes: a cache, keyed by format, that is read faster than the log.
//!
//! Layout: the magic, [`FORMAT`] as `u32`, the XXH3-64 of the body, the body (postcard). A damaged snapshot is
//! told from a newer one, for the host treats them differently: the first is set aside and rebuilt from the
//! log, the second is left alone.

use super::event::Event;
use super::history::History;
use crate::base::digest::checksum;
use alloc::vec::Vec;

/// The first eight bytes of a snapshot.
pub const MAGIC: [u8; 8] = *b"\x89WSSNAP\n";
/// The layout that this code writes and reads.
pub const FORMAT: u32 = 1;

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
    if found != FORMAT || u64::from_le_bytes(*seal) != checksum(body) {
        return Err(SnapshotError::Damaged);
    }
    let (events, rest) = postcard::take_from_bytes::<Vec<Event>>(body).map_err(|_| SnapshotError::Damaged)?;
    if !rest.is_empty() || events.iter().any(|event| event.check().is_err()) {
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
        bytes[8] = 2;
        assert_eq!(read(&bytes), Err(SnapshotError::Newer { found: 2 }));
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
