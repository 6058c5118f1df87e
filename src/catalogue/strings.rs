//! Columns of text: starts and UTF-8 bytes, with a lookup where the texts ascend.

use crate::kernel::text::find;

/// A column of texts by row, read in place. [`super::Pack`] has checked that starts ascend and bytes are UTF-8.
#[derive(Debug, Clone, Copy)]
pub struct Strings<'a> {
    pub(super) starts: &'a [u32],
    pub(super) bytes: &'a [u8],
}

impl<'a> Strings<'a> {
    /// How many texts there are.
    pub(super) fn len(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// One text; empty beyond the end.
    pub fn get(&self, row: usize) -> &'a str {
        core::str::from_utf8(self.bytes_of(row)).unwrap_or("")
    }

    /// The bytes of one text; none beyond the end.
    pub fn bytes_of(&self, row: usize) -> &'a [u8] {
        let (Some(start), Some(end)) = (self.starts.get(row), self.starts.get(row + 1)) else { return &[] };
        self.bytes.get(*start as usize..*end as usize).unwrap_or(&[])
    }

    /// The row of a text, where the texts ascend.
    pub(super) fn find(&self, text: &str) -> Option<usize> {
        find(self.starts, self.bytes, None, text)
    }

    /// The row of a text, where the texts ascend in the order of these rows.
    pub(super) fn find_in(&self, text: &str, rows: &[u32]) -> Option<usize> {
        find(self.starts, self.bytes, Some(rows), text)
    }
}
