//! A pack on its way: each section is checked as soon as it is there, so that next to nothing is left to do behind the last byte.
//!
//! Sections are read in their order, whatever has arrived, so that what a pack is refused for does not hang on how it came. What a
//! section must hold is `check`'s to say; what follows from several is worked out by `live`.

use super::bytes::AlignedBytes;
use super::check::{BY_DIFFERENCE, Count, check};
use super::format::{ALIGNMENT, ENTRY_BYTES, FORMAT, MAGIC, PREFIX_BYTES, Section, read_u32, read_u64};
use super::live::Catalogue;
use super::meta::Meta;
use super::pack::{Pack, PackError, Sections};
use crate::base::digest::{Digest, checksum};
use crate::kernel::bits::ones;
use crate::kernel::numbers::summed;

/// A catalogue whose pack is on its way.
#[derive(Debug, Clone)]
pub struct Opening {
    catalogue: Catalogue,
    reading: Reading,
    /// Why it will be refused.
    refused: Option<PackError>,
}

impl Opening {
    /// That of a pack whose bytes come, or are there.
    pub fn of(bytes: AlignedBytes) -> Self {
        Self { catalogue: Catalogue::unread(Pack::unread(bytes)), reading: Reading::default(), refused: None }
    }

    /// Where the pack's bytes go, from its first on. What was told to have arrived stays as it is.
    pub fn room(&mut self) -> &mut [u8] {
        self.catalogue.room()
    }

    /// Takes in that so many bytes are there, from the first on, and does what can be done with them. What is wrong with them is
    /// told by [`Opening::finish`].
    #[inline(never)]
    pub fn arrived(&mut self, length: usize) {
        if self.refused.is_none() {
            self.refused = self.read(length).err();
        }
    }

    /// The catalogue, all of whose bytes are there.
    ///
    /// # Errors
    /// [`PackError`], naming the section where there is one; nothing of the pack is used then.
    pub fn finish(mut self) -> Result<Catalogue, PackError> {
        self.arrived(usize::MAX);
        match self.refused {
            Some(refused) => Err(refused),
            None => self.reading.end(self.catalogue.pack()).map(|()| self.catalogue),
        }
    }

    fn read(&mut self, arrived: usize) -> Result<(), PackError> {
        while let Some(section) = self.reading.step(self.catalogue.unread_pack(), arrived)? {
            self.catalogue.take_in(section);
        }
        Ok(())
    }
}

/// How far a pack was read.
#[derive(Debug, Clone, Default)]
pub(super) struct Reading {
    /// How many of [`Section::ALL`] are done with, once the header is.
    done: Option<usize>,
    /// Of those that are there, where the next one's entry lies.
    entry: usize,
    /// Where the last one ends.
    end: usize,
    count: Count,
}

impl Reading {
    /// Reads the header or the next section, where it has arrived, and tells which section is done with; that may be one that the
    /// pack has not. Nothing where more has to arrive, or all is done.
    pub(super) fn step(&mut self, pack: &mut Pack, arrived: usize) -> Result<Option<Section>, PackError> {
        let Some(done) = self.done else {
            let Some((sections, state, end)) = read_header(pack.file(), arrived)? else { return Ok(None) };
            pack.begin(sections, state);
            (self.done, self.entry, self.end) = (Some(0), PREFIX_BYTES, end);
            return self.step(pack, arrived);
        };
        let Some(section) = Section::ALL.get(done).copied() else { return Ok(None) };
        if let Some(range) = pack.range(section) {
            if range.end > arrived {
                return Ok(None);
            }
            let file = pack.file();
            let padding = file.get(self.end..range.start).unwrap_or(&[]);
            let sum = checksum(file.get(range.clone()).unwrap_or(&[]));
            if !are_zero(padding) || read_u64(file, self.entry + 24) != Some(sum) {
                return Err(PackError::Damaged { section: section.name() });
            }
            (self.entry, self.end) = (self.entry + ENTRY_BYTES, range.end);
        }
        self.done = Some(done + 1);
        if section == Section::Meta {
            pack.meet(meta(pack.section(section))?)?;
        }
        if BY_DIFFERENCE.contains(&section) {
            let problem = "its differences cannot be read";
            let unread = PackError::Nonsense { section: section.name(), problem };
            pack.columns.push(summed(pack.section(section)).ok_or(unread)?);
        }
        if section == Section::ReturnBits {
            pack.returned = ones(pack.section(section));
        }
        check(pack, section, &mut self.count)?;
        Ok(Some(section))
    }

    /// What is behind the last section, when all were read.
    pub(super) fn end(&self, pack: &Pack) -> Result<(), PackError> {
        let tail = pack.file().get(self.end..).unwrap_or(&[]);
        if are_zero(tail) { Ok(()) } else { Err(PackError::Header) }
    }
}

fn are_zero(bytes: &[u8]) -> bool {
    bytes.iter().all(|byte| *byte == 0)
}

/// The pack's facts about itself, in its first section.
fn meta(bytes: &[u8]) -> Result<Meta, PackError> {
    let nonsense = |problem| PackError::Nonsense { section: "meta", problem };
    let (meta, rest) = postcard::take_from_bytes::<Meta>(bytes).map_err(|_| nonsense("it cannot be read"))?;
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
    match wrong.into_iter().find(|(is, _)| *is) {
        Some((_, problem)) => Err(nonsense(problem)),
        None => Ok(meta),
    }
}

/// Reads the header, where it has arrived: where the sections are, the state hash, and where the header ends.
fn read_header(file: &[u8], arrived: usize) -> Result<Option<(Sections, Digest, usize)>, PackError> {
    let here = arrived.min(file.len());
    if here < PREFIX_BYTES && here < file.len() {
        return Ok(None);
    }
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
    if here < header.len() {
        return Ok(None);
    }
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
        let stop = usize::try_from(length).ok().and_then(|length| start.checked_add(length));
        let stop = stop.filter(|stop| offset == start as u64 && *stop <= file.len());
        end = stop.ok_or(PackError::Header)?;
        sections.put(section, start..end);
    }
    if file.len() != end.next_multiple_of(ALIGNMENT) {
        return Err(PackError::Header);
    }
    Ok(Some((sections, Digest::of(header), header.len())))
}
