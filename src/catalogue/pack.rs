//! Opens a pack: checks all of it once, then hands out columns in place.
//!
//! A pack is accepted whole or refused whole, and a refusal names the section. After [`Pack::open`] every index
//! in every column is known to be in range, so that nothing above needs to doubt it.

use super::bytes::AlignedBytes;
use super::format::{ALIGNMENT, ENTRY_BYTES, FORMAT, MAGIC, PREFIX_BYTES, Section, read_u32, read_u64};
use super::meta::Meta;
use super::strings::Strings;
use crate::base::digest::{Digest, checksum};
use crate::base::ids::{ID_BYTES_MAX, check_id};
use crate::base::money::AMOUNT_MAX;
use crate::base::time::Zone;
use crate::kernel::text::plain;
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
        let edges_fit = meta.price_edges.len() < 256 && meta.price_edges.is_sorted_by(|a, b| a < b);
        if !rest.is_empty() || !edges_fit || meta.exponent > 6 || meta.opening_minute >= 1_440 {
            return Err(PackError::Nonsense { section: "meta", problem: "a value is out of its range" });
        }
        let pack = Self { bytes, sections, state, meta, zone };
        pack.check()?;
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

    /// The sections that are there, by ascending id, with their lengths in bytes.
    pub fn sections(&self) -> impl Iterator<Item = (Section, usize)> {
        Section::ALL
            .iter()
            .filter_map(|section| self.sections.of(*section).map(|range| (*section, range.len())))
    }

    /// A column, in place.
    pub(super) fn column<T: AnyBitPattern>(&self, section: Section) -> &[T] {
        bytemuck::try_cast_slice(self.section(section)).unwrap_or(&[])
    }

    /// A column of texts, in place.
    pub(super) fn strings(&self, starts: Section, bytes: Section) -> Strings<'_> {
        Strings { starts: self.column(starts), bytes: self.section(bytes) }
    }

    fn check(&self) -> Result<(), PackError> {
        let brands = self.check_ids(Section::BrandIdStarts, Section::BrandIds, true)?;
        self.check_rows::<u8>(Section::BrandTier, brands)?;
        self.check_rows::<u16>(Section::BrandInterval, brands)?;
        self.check_rows::<i64>(Section::BrandLastOpened, brands)?;
        let categories = self.check_ids(Section::CategoryIdStarts, Section::CategoryIds, true)?;
        self.check_indexes::<u16>(Section::CategoryParent, categories, categories)?;
        self.check_rows::<u16>(Section::CategoryReplenish, categories)?;
        let sales = self.check_ids(Section::SaleIdStarts, Section::SaleIds, true)?;
        self.check_indexes::<u16>(Section::SaleBrand, sales, brands)?;
        let opens = self.check_rows::<i64>(Section::SaleOpens, sales)?;
        let closes = self.check_rows::<i64>(Section::SaleCloses, sales)?;
        if opens.iter().zip(closes).any(|(opens, closes)| opens >= closes) {
            return nonsense(Section::SaleCloses, "a sale closes before it opens");
        }
        let items = self.check_ids(Section::ItemIdStarts, Section::ItemIds, false)?;
        self.check_starts(Section::SaleItems, sales, items)?;
        self.check_items(items, sales, brands, categories)?;
        self.check_stock_and_attributes(items)?;
        self.check_covisitation(items)?;
        self.check_rows::<u32>(Section::PriorBrand, brands)?;
        self.check_rows::<u32>(Section::PriorCategory, categories)?;
        self.check_rows::<u32>(Section::PriorPriceBand, self.meta.price_edges.len() + 1)?;
        self.check_rows::<u32>(Section::PriorSize, self.strings(Section::SizeStarts, Section::Sizes).len())?;
        let attributes = self.strings(Section::AttributeTextStarts, Section::AttributeTexts).len();
        self.check_rows::<u32>(Section::PriorAttribute, attributes)?;
        Ok(())
    }

    fn check_items(
        &self,
        items: usize,
        sales: usize,
        brands: usize,
        categories: usize,
    ) -> Result<(), PackError> {
        let by_id = self.check_indexes::<u32>(Section::ItemsById, items, items)?;
        let rank = self.check_indexes::<u32>(Section::ItemIdRank, items, items)?;
        let ids = self.strings(Section::ItemIdStarts, Section::ItemIds);
        // Ids ascend as their bytes do.
        let mut last = &[][..];
        for (place, row) in by_id.iter().enumerate() {
            let id = ids.bytes_of(*row as usize);
            if id <= last || rank.get(*row as usize) != Some(&(place as u32)) {
                return nonsense(Section::ItemsById, "items are not in the order of their ids");
            }
            last = id;
        }
        self.check_indexes::<u16>(Section::ItemSale, items, sales)?;
        self.check_indexes::<u16>(Section::ItemBrand, items, brands)?;
        self.check_indexes::<u16>(Section::ItemCategory, items, categories)?;
        self.check_sales()?;
        for section in [Section::ItemPrice, Section::ItemListPrice, Section::ItemLowestPrice] {
            if self.check_rows::<i64>(section, items)?.iter().any(|amount| !(0..=AMOUNT_MAX).contains(amount))
            {
                return nonsense(section, "an amount is negative or beyond 2^53-1");
            }
        }
        self.check_indexes::<u8>(Section::ItemPriceBand, items, self.meta.price_edges.len() + 1)?;
        self.check_indexes::<u8>(Section::ItemPercentOff, items, 101)?;
        self.check_rows::<u8>(Section::ItemFlags, items)?;
        self.check_rows::<u8>(Section::ItemRole, items)?;
        self.check_rows::<u16>(Section::ItemRating, items)?;
        for section in
            [Section::ItemRatingCount, Section::ItemSold, Section::ItemReturned, Section::ItemShelfLife]
        {
            self.check_rows::<u32>(section, items)?;
        }
        let outfits = self.check_ids(Section::OutfitIdStarts, Section::OutfitIds, true)?;
        self.check_indexes::<u32>(Section::ItemOutfit, items, outfits + 1)?;
        let returned: &[u32] = self.column(Section::ReturnItems);
        if !returned.is_sorted_by(|a, b| a < b) || returned.last().is_some_and(|row| *row as usize >= items) {
            return nonsense(Section::ReturnItems, "rows are out of order");
        }
        self.check_rows::<u32>(Section::ReturnReasons, returned.len() * 8)?;
        Ok(())
    }

    /// Loops walk a catalogue sale by sale, each of one brand.
    fn check_sales(&self) -> Result<(), PackError> {
        let of_sales: &[u16] = self.column(Section::SaleBrand);
        let item_sales: &[u16] = self.column(Section::ItemSale);
        let item_brands: &[u16] = self.column(Section::ItemBrand);
        let starts: &[u32] = self.column(Section::SaleItems);
        for (sale, (bounds, brand)) in starts.windows(2).zip(of_sales).enumerate() {
            let &[start, end] = bounds else { continue };
            let rows = start as usize..end as usize;
            let other = |column: &[u16], own: u16| {
                column.get(rows.clone()).is_none_or(|of| of.iter().any(|it| *it != own))
            };
            if other(item_sales, sale as u16) || other(item_brands, *brand) {
                return nonsense(
                    Section::SaleItems,
                    "an item lies in another sale than its own, or is of another brand",
                );
            }
        }
        Ok(())
    }

    fn check_stock_and_attributes(&self, items: usize) -> Result<(), PackError> {
        let sizes = self.check_texts(Section::SizeStarts, Section::Sizes)?;
        let stock = self.column::<u16>(Section::StockSize).len();
        self.check_starts(Section::StockStarts, items, stock)?;
        self.check_indexes::<u16>(Section::StockSize, stock, sizes)?;
        self.check_rows::<u32>(Section::StockLeft, stock)?;
        self.check_rows::<u32>(Section::StockAtOpening, stock)?;
        let texts = self.check_texts(Section::AttributeTextStarts, Section::AttributeTexts)?;
        let rows = self.column::<u32>(Section::Attributes).len();
        let sets = self.column::<u32>(Section::AttributeStarts).len().saturating_sub(1);
        self.check_starts(Section::AttributeStarts, sets, rows)?;
        self.check_indexes::<u32>(Section::ItemAttributes, items, sets)?;
        self.check_indexes::<u32>(Section::Attributes, rows, texts)?;
        Ok(())
    }

    fn check_covisitation(&self, items: usize) -> Result<(), PackError> {
        let keys: &[u64] = self.column(Section::CovisitationKeys);
        if !keys.is_sorted_by(|a, b| a < b) {
            return nonsense(Section::CovisitationKeys, "keys are out of order");
        }
        let rows = self.column::<u32>(Section::CovisitationItems).len();
        self.check_starts(Section::CovisitationStarts, keys.len(), rows)?;
        self.check_indexes::<u32>(Section::CovisitationItems, rows, items)?;
        self.check_rows::<u8>(Section::CovisitationWeights, rows)?;
        self.check_rows::<u32>(Section::CovisitationScales, keys.len())?;
        Ok(())
    }

    /// A column of exactly `rows` values.
    fn check_rows<T: AnyBitPattern>(&self, section: Section, rows: usize) -> Result<&[T], PackError> {
        let bytes = self.section(section);
        if bytes.is_empty() && rows > 0 && self.sections.of(section).is_none() {
            return Err(PackError::Missing { section: section.name() });
        }
        let column = bytemuck::try_cast_slice(bytes).map_err(|_| PackError::Nonsense {
            section: section.name(),
            problem: "its length is not whole values",
        })?;
        if column.len() != rows {
            return nonsense(section, "it has another count of rows than the rest");
        }
        Ok(column)
    }

    /// A column of `rows` values below `limit`.
    fn check_indexes<T: AnyBitPattern + Into<u32>>(
        &self,
        section: Section,
        rows: usize,
        limit: usize,
    ) -> Result<&[T], PackError> {
        let column = self.check_rows::<T>(section, rows)?;
        if column.iter().any(|index| (*index).into() as usize >= limit) {
            return nonsense(section, "a value points beyond what it counts");
        }
        Ok(column)
    }

    /// A column of `rows + 1` ascending starts from 0 to `end`.
    fn check_starts(&self, section: Section, rows: usize, end: usize) -> Result<(), PackError> {
        let starts = self.check_rows::<u32>(section, rows + 1)?;
        let bounds = (starts.first().copied(), starts.last().map(|last| *last as usize));
        if bounds != (Some(0), Some(end)) || !starts.is_sorted() {
            return nonsense(section, "starts are out of order");
        }
        Ok(())
    }

    /// A column of texts; how many there are.
    fn check_texts(&self, starts: Section, bytes: Section) -> Result<usize, PackError> {
        let texts = self.strings(starts, bytes);
        if texts.starts.is_empty() {
            return Err(PackError::Missing { section: starts.name() });
        }
        self.check_starts(starts, texts.len(), texts.bytes.len())?;
        let whole = core::str::from_utf8(texts.bytes)
            .map_err(|_| PackError::Nonsense { section: bytes.name(), problem: "it is not UTF-8" })?;
        if texts.starts.iter().any(|start| !whole.is_char_boundary(*start as usize)) {
            return nonsense(starts, "a text begins inside a character");
        }
        Ok(texts.len())
    }

    /// A column of stable ids, ascending where `ascending`; how many there are.
    fn check_ids(&self, starts: Section, bytes: Section, ascending: bool) -> Result<usize, PackError> {
        let count = self.check_texts(starts, bytes)?;
        let texts = self.strings(starts, bytes);
        // Most shops' ids are plain throughout: then only their lengths are left to be looked at.
        let plain = plain(texts.bytes);
        let is_id = |id: &[u8]| {
            let fits = (1..=ID_BYTES_MAX).contains(&id.len());
            fits && (plain || core::str::from_utf8(id).is_ok_and(|id| check_id(id).is_ok()))
        };
        let mut last = &[][..];
        for id in (0..count).map(|row| texts.bytes_of(row)) {
            if !is_id(id) || (ascending && id <= last) {
                return nonsense(bytes, "ids are malformed or out of order");
            }
            last = id;
        }
        Ok(count)
    }
}

fn nonsense<T>(section: Section, problem: &'static str) -> Result<T, PackError> {
    Err(PackError::Nonsense { section: section.name(), problem })
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
