//! Columns on their way to a file: how each kind is written, and how sections are laid out and sealed.

use crate::base::digest::{Digest, checksum};
use crate::catalogue::format::{ALIGNMENT, ENTRY_BYTES, Entry, FORMAT, MAGIC, PREFIX_BYTES, Section};
use crate::catalogue::narrow::{laid, narrowest};
use alloc::vec::Vec;

/// The columns of a pack on their way to a file.
#[derive(Default)]
pub(super) struct Columns(Vec<(Section, Vec<u8>)>);

impl Columns {
    pub(super) fn put<T: bytemuck::NoUninit>(&mut self, section: Section, values: impl Iterator<Item = T>) {
        let values: Vec<T> = values.collect();
        self.raw(section, bytemuck::cast_slice(&values).to_vec());
    }

    /// A column of numbers of 32 bits, by differences where the format has it so.
    pub(super) fn rows(&mut self, section: Section, numbers: impl Iterator<Item = u32>) {
        self.raw(section, laid(section, &numbers.collect::<Vec<u32>>()));
    }

    /// A column as wide as its largest number needs.
    pub(super) fn narrow<T: Into<u64>>(&mut self, section: Section, numbers: impl Iterator<Item = T>) {
        self.raw(section, narrowest(&numbers.map(Into::into).collect::<Vec<u64>>()));
    }

    pub(super) fn raw(&mut self, section: Section, bytes: Vec<u8>) {
        self.0.push((section, bytes));
    }

    pub(super) fn strings<'a>(
        &mut self,
        starts_in: Section,
        bytes_in: Section,
        texts: impl Iterator<Item = &'a str> + Clone,
    ) {
        self.rows(starts_in, starts(texts.clone().map(str::len)));
        self.raw(bytes_in, texts.flat_map(str::bytes).collect());
    }

    pub(super) fn finish(mut self) -> Vec<u8> {
        self.0.sort_by_key(|(section, _)| *section as u32);
        self.0.dedup_by_key(|(section, _)| *section);
        let mut offset = PREFIX_BYTES + ENTRY_BYTES * self.0.len();
        let mut entries = Vec::with_capacity(offset);
        for (section, bytes) in &self.0 {
            let entry = Entry {
                section: *section,
                offset: offset as u64,
                length: bytes.len() as u64,
                checksum: checksum(bytes),
                digest: Digest::of(bytes).0,
            };
            entry.write(&mut entries);
            offset = (offset + bytes.len()).next_multiple_of(ALIGNMENT);
        }
        let mut file = Vec::with_capacity(offset);
        file.extend_from_slice(&MAGIC);
        file.extend_from_slice(&FORMAT.to_le_bytes());
        file.extend_from_slice(&(self.0.len() as u32).to_le_bytes());
        file.extend_from_slice(&(offset as u64).to_le_bytes());
        file.extend_from_slice(&[0; 8]);
        file.extend_from_slice(&entries);
        let seal = checksum(&file).to_le_bytes();
        if let Some(field) = file.get_mut(24..32) {
            field.copy_from_slice(&seal);
        }
        for (_, bytes) in self.0 {
            file.extend_from_slice(&bytes);
            file.resize(file.len().next_multiple_of(ALIGNMENT), 0);
        }
        file
    }
}

/// Lays out and seals sections that are already bytes, as [`write`] does with those it makes.
pub fn seal(sections: Vec<(Section, Vec<u8>)>) -> Vec<u8> {
    Columns(sections).finish()
}

/// What there is up to and with each.
pub(super) fn running_sum(counts: Vec<u32>) -> Vec<u32> {
    let mut sum = 0;
    counts
        .into_iter()
        .map(|count| {
            sum += count;
            sum
        })
        .collect()
}

/// Where each of some begins that lie one behind the other, and the last ends.
pub(super) fn starts(lengths: impl Iterator<Item = usize>) -> impl Iterator<Item = u32> {
    running_sum(core::iter::once(0).chain(lengths.map(|length| length as u32)).collect()).into_iter()
}
