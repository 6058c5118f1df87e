//! Opens a pack: checks all of it once, then hands out columns in place.
//!
//! A pack is accepted whole or refused whole, and a refusal names the section. After [`Pack::open`] every index
//! in every column is known to be in range, so that nothing above needs to doubt it. What columns must hold is `check`'s to say.

use super::bytes::AlignedBytes;
use super::check::{BY_DIFFERENCE, NARROW, by_difference, check, width_of};
use super::format::{ALIGNMENT, ENTRY_BYTES, FORMAT, MAGIC, PREFIX_BYTES, Section, read_u32, read_u64};
use super::meta::Meta;
use super::strings::Strings;
use crate::base::digest::{Digest, checksum};
use crate::base::time::Zone;
use crate::kernel::bits::ones;
use crate::kernel::numbers::{Numbers, summed};
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
struct Sections(Vec<Option<Range<usize>>>);

impl Sections {
    fn of(&self, section: Section) -> Option<Range<usize>> {
        self.0.get(section as usize).cloned().flatten()
    }

    fn put(&mut self, section: Section, range: Range<usize>) {
        if self.0.len() <= section as usize {
            self.0.resize(section as usize + 1, None);
        }
        if let Some(slot) = self.0.get_mut(section as usize) {
            *slot = Some(range);
        }
    }
}

/// An opened pack: immutable, the same for every shopper.
#[derive(Debug, Clone)]
pub struct Pack {
    bytes: AlignedBytes,
    sections: Sections,
    state: Digest,
    meta: Meta,
    zone: Zone,
    /// How many items have returns.
    returned: usize,
    /// The columns that are written by differences, as they are.
    columns: Vec<Vec<u32>>,
    /// Place of each item among the ascending stable ids.
    id_ranks: Vec<u32>,
}

impl Pack {
    /// Opens a pack, checking the header, each section's checksum and that every index is in range.
    ///
    /// # Errors
    /// [`PackError`], naming the section where there is one.
    pub fn open(bytes: AlignedBytes) -> Result<Self, PackError> {
        let (sections, state) = read_header(bytes.as_slice())?;
        let named = |section: Section| sections.of(section).unwrap_or(0..0);
        let meta_bytes = bytes.as_slice().get(named(Section::Meta)).unwrap_or(&[]);
        let (meta, rest) = postcard::take_from_bytes::<Meta>(meta_bytes)
            .map_err(|_| PackError::Nonsense { section: "meta", problem: "it cannot be read" })?;
        let zone = meta
            .zone()
            .ok_or(PackError::Nonsense { section: "meta", problem: "its zone table is out of order" })?;
        let edges = &meta.price_edges;
        let wrong = [
            (!rest.is_empty(), "something stands behind it"),
            (meta.exponent > 6, "its exponent is over 6"),
            (meta.opening_minute >= 1_440, "its opening_minute is no minute of a day"),
            (
                edges.len() > 255 || !edges.is_sorted_by(|a, b| a < b),
                "its price_edges are over 255 or do not ascend",
            ),
            (meta.price_unit < 1, "its price_unit is under 1"),
        ];
        if let Some((_, problem)) = wrong.into_iter().find(|(is, _)| *is) {
            return Err(PackError::Nonsense { section: "meta", problem });
        }
        let mut columns = Vec::new();
        for section in BY_DIFFERENCE {
            let problem = "its differences cannot be read";
            let differences = bytes.as_slice().get(named(section)).unwrap_or(&[]);
            columns
                .push(summed(differences).ok_or(PackError::Nonsense { section: section.name(), problem })?);
        }
        let returned = ones(bytes.as_slice().get(named(Section::ReturnBits)).unwrap_or(&[]));
        let mut pack = Self { bytes, sections, state, meta, zone, returned, columns, id_ranks: Vec::new() };
        pack.id_ranks = check(&pack)?;
        Ok(pack)
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

/// Reads the header: where the sections are, all checked against their checksums, and the state hash.
fn read_header(file: &[u8]) -> Result<(Sections, Digest), PackError> {
    if file.get(..8).is_none_or(|magic| magic != MAGIC) {
        return Err(PackError::Foreign);
    }
    let format = read_u32(file, 8).ok_or(PackError::Header)?;
    if format != FORMAT {
        return Err(PackError::Format { found: format });
    }
    let count = read_u32(file, 12).ok_or(PackError::Header)? as usize;
    let length = read_u64(file, 16).ok_or(PackError::Header)?;
    if length != file.len() as u64 {
        return Err(PackError::Length { expected: length, found: file.len() as u64 });
    }
    let header_length = count.checked_mul(ENTRY_BYTES).and_then(|bytes| bytes.checked_add(PREFIX_BYTES));
    let header = header_length.and_then(|end| file.get(..end)).ok_or(PackError::Header)?;
    let mut unsealed = header.to_vec();
    unsealed.get_mut(24..32).ok_or(PackError::Header)?.fill(0);
    if read_u64(file, 24) != Some(checksum(&unsealed)) {
        return Err(PackError::Header);
    }
    let mut sections = Sections::default();
    let (mut end, mut last) = (header.len(), 0);
    for entry in (PREFIX_BYTES..header.len()).step_by(ENTRY_BYTES) {
        let (id, zero) = (read_u32(file, entry), read_u32(file, entry + 4));
        let (Some(id), Some(0)) = (id, zero) else { return Err(PackError::Header) };
        let section = Section::from_id(id).filter(|_| id > last).ok_or(PackError::Header)?;
        last = id;
        let offset = read_u64(file, entry + 8).ok_or(PackError::Header)?;
        let length = read_u64(file, entry + 16).ok_or(PackError::Header)?;
        let start = end.next_multiple_of(ALIGNMENT);
        if offset != start as u64 {
            return Err(PackError::Header);
        }
        let stop = usize::try_from(length)
            .ok()
            .and_then(|length| start.checked_add(length))
            .ok_or(PackError::Header)?;
        let bytes = file.get(start..stop).ok_or(PackError::Header)?;
        let padding = file.get(end..start).unwrap_or(&[]);
        if padding.iter().any(|byte| *byte != 0) || read_u64(file, entry + 24) != Some(checksum(bytes)) {
            return Err(PackError::Damaged { section: section.name() });
        }
        sections.put(section, start..stop);
        end = stop;
    }
    let tail = file.get(end..).unwrap_or(&[]);
    if tail.len() != end.next_multiple_of(ALIGNMENT) - end || tail.iter().any(|byte| *byte != 0) {
        return Err(PackError::Header);
    }
    Ok((sections, Digest::of(header)))
}
