//! Finds a session that comes again after others, without remembering every session in memory.

use super::runs::{Record, Runs, put_growth, take_growth};
use super::scratch::{Bytes, Scratch, put};
use std::io;

/// Marks that wait in memory, 24 bytes each.
const WAITING: usize = 1 << 20;

/// Where a session began.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Mark {
    /// XXH3-64 of its id.
    pub(crate) session: u64,
    /// Which file, from 0.
    pub(crate) file: u32,
    /// The line or row of its first click there.
    pub(crate) line: u64,
}

impl Record for Mark {
    type Key = Self;
    const FIRST: Self = Self { session: 0, file: 0, line: 0 };

    fn key(&self) -> Self {
        *self
    }

    fn add(&mut self, _: &Self) -> bool {
        false
    }

    fn put(&self, before: &Self, to: &mut Vec<u8>) {
        put_growth(self.session, before.session, to);
        put(self.file.into(), to);
        put(self.line, to);
    }

    fn take<R: io::Read>(before: &Self, from: &mut Bytes<R>) -> io::Result<Self> {
        let session = take_growth(before.session, from)?;
        Ok(Self { session, file: from.take()? as u32, line: from.take()? })
    }
}

/// Where sessions began.
pub(crate) struct Marks(Runs<Mark>);

impl Marks {
    /// None yet.
    pub(crate) fn new(scratch: &Scratch) -> Self {
        Self(Runs::new(scratch, WAITING))
    }

    /// Notes where a session began.
    pub(crate) fn push(&mut self, mark: Mark) -> io::Result<()> {
        self.0.push(mark)
    }

    /// The first place where a session begins a second time.
    pub(crate) fn again(mut self) -> io::Result<Option<Mark>> {
        let (mut before, mut again): (Option<Mark>, Option<Mark>) = (None, None);
        self.0.merge(|mark| {
            if before.is_some_and(|before| before.session == mark.session)
                && again.is_none_or(|again| (mark.file, mark.line) < (again.file, again.line))
            {
                again = Some(mark);
            }
            before = Some(mark);
            Ok(())
        })?;
        Ok(again)
    }
}
