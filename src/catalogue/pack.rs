//! Opens a pack: checks all of it once, then hands out columns in place.
//!
//! A pack is accepted whole or refused whole, and a refusal names the section. After [`Pack::open`] every index
//! in every column is known to be in range, so that nothing above needs to doubt it. In what order a pack is read is `opening`'s
//! business, what columns must hold `check`'s.

use super::bytes::AlignedBytes;
use super::check::{NARROW, by_difference, width_of};
use super::format::{ENTRY_BYTES, FORMAT, PREFIX_BYTES, Section};
use super::meta::Meta;
use super::opening::Reading;
use super::strings::Strings;
use crate::base::digest::Digest;
use crate::base::time::Zone;
use crate::kernel::numbers::Numbers;
use alloc::vec::Vec;
use bytemuck::AnyBitPattern;
use core::ops::Range;

/// Why a pack is refused. Nothing of it is used then.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PackError {
    /// The bytes do not begin as a pack does.
    #[error("this is not a windowshop pack: it does not begin with the pack's magic bytes")]
    Foreign,
    /// The pack has a layout this engine does not know.
    #[error("the pack has format {found}; this engine reads format {FORMAT}: update whichever is older")]
    Format {
        /// The pack's format.
        found: u32,
    },
    /// The file is shorter or longer than its header says.
    #[error(
        "the pack is cut or has grown: its header says {expected} bytes, there are {found}; fetch it again"
    )]
    Length {
        /// What the header says.
        expected: u64,
        /// What is there.
        found: u64,
    },
    /// The header's own checksum or its entries are wrong.
    #[error("the pack's header is damaged; fetch it again")]
    Header,
    /// A section's bytes do not match their checksum.
    #[error("section {section} of the pack is damaged; fetch it again")]
    Damaged {
        /// The section's name.
        section: &'static str,
    },
    /// A section that must be there is not.
    #[error("section {section} is missing from the pack; build it again with `windowshop pack build`")]
    Missing {
        /// The section's name.
        section: &'static str,
    },
    /// A section's bytes are whole but what they say makes no sense.
    #[error(
        "section {section} of the pack makes no sense: {problem}; build it again with `windowshop pack build`"
    )]
    Nonsense {
        /// The section's name.
        section: &'static str,
        /// What does not hold.
        problem: &'static str,
    },
}

/// Where each section lies, by its id: looked up in every loop, so never searched for.
#[derive(Debug, Clone, Default)]
pub(super) struct Sections(Vec<Option<Range<usize>>>);

impl Sections {
    pub(super) fn of(&self, section: Section) -> Option<Range<usize>> {
        self.0.get(section as usize).cloned().flatten()
    }

    pub(super) fn put(&mut self, section: Section, range: Range<usize>) {
        if self.0.len() <= section as usize {
            self.0.resize(section as usize + 1, None);
        }
        if let Some(slot) = self.0.get_mut(section as usize) {
            *slot = Some(range);
        }
    }
}

/// An opened pack: immutable, the same for every shopper.
#[derive(Debug, Clone, Default)]
pub struct Pack {
    bytes: AlignedBytes,
    sections: Sections,
    state: Digest,
    meta: Meta,
    zone: Zone,
    /// How many items have returns.
    pub(super) returned: usize,
    /// The columns that are written by differences, as they are.
    pub(super) columns: Vec<Vec<u32>>,
    /// Place of each item among the ascending stable ids.
    pub(super) id_ranks: Vec<u32>,
}

impl Pack {
    /// A pack of which nothing was read yet.
    pub(super) fn unread(bytes: AlignedBytes) -> Self {
        Self { bytes, ..Self::default() }
    }

    /// Opens a pack, checking the header, each section's checksum and that every index is in range.
    ///
    /// # Errors
    /// [`PackError`], naming the section where there is one.
    pub fn open(bytes: AlignedBytes) -> Result<Self, PackError> {
        let (mut pack, mut reading) = (Self::unread(bytes), Reading::default());
        while reading.step(&mut pack, usize::MAX)?.is_some() {}
        reading.end(&pack)?;
        Ok(pack)
    }

    /// Takes in what the header says.
    pub(super) fn begin(&mut self, sections: Sections, state: Digest) {
        (self.sections, self.state) = (sections, state);
    }

    /// Takes in the pack's facts about itself.
    ///
    /// # Errors
    /// [`PackError::Nonsense`] where they name no zone.
    pub(super) fn meet(&mut self, meta: Meta) -> Result<(), PackError> {
        let problem = "its zone table is out of order";
        self.zone = meta.zone().ok_or(PackError::Nonsense { section: "meta", problem })?;
        self.meta = meta;
        Ok(())
    }

    /// All bytes of the file.
    pub(super) fn file(&self) -> &[u8] {
        self.bytes.as_slice()
    }

    /// The same, to be written.
    pub(super) fn room(&mut self) -> &mut [u8] {
        self.bytes.as_mut_slice()
    }

    /// Where a section lies, if it is there.
    pub(super) fn range(&self, section: Section) -> Option<Range<usize>> {
        self.sections.of(section)
    }

    /// Checks every section's SHA-256 as well, for `windowshop pack verify`.
    ///
    /// # Errors
    /// [`PackError::Damaged`] naming the first section that differs.
    pub fn verify_digests(&self) -> Result<(), PackError> {
        let file = self.bytes.as_slice();
        for (at, section) in Section::ALL.iter().filter(|id| self.sections.of(**id).is_some()).enumerate() {
            let entry = PREFIX_BYTES + at * ENTRY_BYTES;
            let stated = file.get(entry + 32..entry + 64).unwrap_or(&[]);
            if Digest::of(self.section(*section)).0 != stated {
                return Err(PackError::Damaged { section: section.name() });
            }
        }
        Ok(())
    }

    /// The state hash: the SHA-256 of the header, which commits to every byte.
    pub fn state(&self) -> Digest {
        self.state
    }

    /// The pack's facts about itself.
    pub fn meta(&self) -> &Meta {
        &self.meta
    }

    /// The shop's zone.
    pub fn zone(&self) -> &Zone {
        &self.zone
    }

    /// The bytes of a section; empty where the pack has none.
    pub fn section(&self, section: Section) -> &[u8] {
        let range = self.sections.of(section).unwrap_or(0..0);
        self.bytes.as_slice().get(range).unwrap_or(&[])
    }

    /// Whether a section is there, be it empty.
    pub(super) fn has(&self, section: Section) -> bool {
        self.sections.of(section).is_some()
    }

    /// The sections that are there, by ascending id, with their lengths in bytes.
    pub fn sections(&self) -> impl Iterator<Item = (Section, usize)> {
        Section::ALL
            .iter()
            .filter_map(|section| self.sections.of(*section).map(|range| (*section, range.len())))
    }

    /// A column, in place or as it was read when the pack was opened.
    pub(super) fn column<T: AnyBitPattern>(&self, section: Section) -> &[T] {
        bytemuck::try_cast_slice(self.bytes_of(section)).unwrap_or(&[])
    }

    /// The numbers of a column as bytes. One routine for columns of all types, not a copy for each: the module is smaller by it.
    #[inline(never)]
    fn bytes_of(&self, section: Section) -> &[u8] {
        match by_difference(section).and_then(|at| self.columns.get(at)) {
            Some(column) => bytemuck::cast_slice(column),
            None => self.section(section),
        }
    }

    /// A narrow column, in place.
    pub(super) fn numbers(&self, section: Section) -> Numbers<'_> {
        Numbers::of(self.section(section), self.rows_of(section)).unwrap_or_default()
    }

    /// How many bytes each number of a section has, where that depends on the numbers.
    pub fn width(&self, section: Section) -> Option<usize> {
        (width_of(section) == Some(NARROW)).then(|| self.numbers(section).width())
    }

    /// How many numbers a narrow column has.
    fn rows_of(&self, section: Section) -> usize {
        match section {
            Section::ReturnReasons => 8 * self.returned,
            Section::StockSize | Section::StockLeft | Section::StockSold => self.stock_rows(),
            _ => self.column::<u16>(Section::ItemSale).len(),
        }
    }

    /// How many items have returns.
    pub(super) fn returned(&self) -> usize {
        self.returned
    }

    /// How many rows of stock there are.
    pub(super) fn stock_rows(&self) -> usize {
        self.last_start(Section::StockStarts)
    }

    /// How much a column of starts points into.
    pub(super) fn last_start(&self, starts: Section) -> usize {
        self.column::<u32>(starts).last().map_or(0, |last| *last as usize)
    }

    /// Place of each item among the ascending stable ids.
    pub(super) fn id_ranks(&self) -> &[u32] {
        &self.id_ranks
    }

    /// A column of texts, in place.
    pub(super) fn strings(&self, starts: Section, bytes: Section) -> Strings<'_> {
        Strings { starts: self.column(starts), bytes: self.section(bytes) }
    }
}
