//! What the columns of a pack must hold for everything above to walk them without a doubt.
//!
//! Columns are checked by a table: what there is one for each of, how wide it is and what its numbers stay below. What holds
//! between columns has functions of its own.

use super::format::Section;
use super::pack::{Pack, PackError};
use crate::base::ids::{ID_BYTES_MAX, check_id};
use crate::base::money::AMOUNT_MAX;
use crate::kernel::bits::fit;
use crate::kernel::numbers::{Numbers, are_all};
use crate::kernel::text::{lengths_fit, places, plain};
use alloc::vec::Vec;

/// What there are so many of: by this columns are counted, and below this their numbers stay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Of {
    /// No limit.
    Anything,
    /// Amounts of money up to 2^53-1, in the unit of prices.
    Amounts,
    /// Counts, below 2^32.
    Counts,
    Percents,
    Bands,
    Brands,
    Categories,
    Sales,
    Items,
    /// Eight for each item with returns.
    Reasons,
    /// Outfits, and none.
    Outfits,
    Stock,
    Sizes,
    /// Sizes, as far as they can be numbered.
    SizeNumbers,
    Attributes,
    AttributeSets,
    AttributeRows,
    Keys,
    Neighbours,
}

/// How many there are of each, as far as it is known.
#[derive(Debug, Clone, Default)]
pub(super) struct Count([u64; Of::Neighbours as usize + 1]);

impl Count {
    fn of(&self, what: Of) -> u64 {
        self.0.get(what as usize).copied().unwrap_or(0)
    }

    #[inline]
    fn put(&mut self, what: Of, count: u64) {
        if let Some(slot) = self.0.get_mut(what as usize) {
            *slot = count;
        }
    }
}

/// How texts lie: as they come, or stable ids, ascending or as they come.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Texts {
    Any,
    Ids,
    AscendingIds,
}

/// Columns of text: starts, bytes, what there are as many of, and how they lie.
pub(super) static TEXTS: [(Section, Section, Of, Texts); 7] = [
    (Section::BrandIdStarts, Section::BrandIds, Of::Brands, Texts::AscendingIds),
    (Section::CategoryIdStarts, Section::CategoryIds, Of::Categories, Texts::AscendingIds),
    (Section::SaleIdStarts, Section::SaleIds, Of::Sales, Texts::AscendingIds),
    (Section::ItemIdStarts, Section::ItemIds, Of::Items, Texts::Ids),
    (Section::OutfitIdStarts, Section::OutfitIds, Of::Outfits, Texts::AscendingIds),
    (Section::SizeStarts, Section::Sizes, Of::Sizes, Texts::Any),
    (Section::AttributeTextStarts, Section::AttributeTexts, Of::Attributes, Texts::Any),
];

/// Columns of starts, what they are of, and what they point into.
pub(super) static STARTS: [(Section, Of, Of); 4] = [
    (Section::SaleItems, Of::Sales, Of::Items),
    (Section::StockStarts, Of::Items, Of::Stock),
    (Section::AttributeStarts, Of::AttributeSets, Of::AttributeRows),
    (Section::CovisitationStarts, Of::Keys, Of::Neighbours),
];

/// The most attributes of one item. What occurs in a category is worked out of them, so that they bound how much memory an
/// opened pack takes.
pub(super) const ATTRIBUTES_MAX: u32 = 64;

/// The width of a column that is as wide as its largest number needs (`format`).
pub(super) const NARROW: u8 = 0;

/// Columns of numbers: their bytes, what there is one for each of, and what the numbers stay below.
pub(super) static COLUMNS: [(Section, u8, Of, Of); 39] = [
    (Section::BrandTier, 1, Of::Brands, Of::Anything),
    (Section::BrandInterval, 2, Of::Brands, Of::Anything),
    (Section::BrandLastOpened, 8, Of::Brands, Of::Anything),
    (Section::CategoryParent, 2, Of::Categories, Of::Categories),
    (Section::CategoryReplenish, 2, Of::Categories, Of::Anything),
    (Section::SaleBrand, 2, Of::Sales, Of::Brands),
    (Section::SaleOpens, 8, Of::Sales, Of::Anything),
    (Section::SaleCloses, 8, Of::Sales, Of::Anything),
    (Section::ItemsById, 4, Of::Items, Of::Items),
    (Section::ItemSale, 2, Of::Items, Of::Sales),
    (Section::ItemCategory, 2, Of::Items, Of::Categories),
    (Section::ItemPrice, NARROW, Of::Items, Of::Amounts),
    (Section::ItemListPrice, NARROW, Of::Items, Of::Amounts),
    (Section::ItemLowestPrice, NARROW, Of::Items, Of::Amounts),
    (Section::ItemPriceBand, 1, Of::Items, Of::Bands),
    (Section::ItemPercentOff, 1, Of::Items, Of::Percents),
    (Section::ItemFlags, 1, Of::Items, Of::Anything),
    (Section::ItemRole, 1, Of::Items, Of::Anything),
    (Section::ItemRating, 2, Of::Items, Of::Anything),
    (Section::ItemRatingCount, NARROW, Of::Items, Of::Counts),
    (Section::ItemSold, NARROW, Of::Items, Of::Counts),
    (Section::ItemReturned, NARROW, Of::Items, Of::Counts),
    (Section::ItemShelfLife, NARROW, Of::Items, Of::Counts),
    (Section::ItemOutfit, NARROW, Of::Items, Of::Outfits),
    (Section::ItemAttributes, 4, Of::Items, Of::AttributeSets),
    (Section::ReturnReasons, NARROW, Of::Reasons, Of::Counts),
    (Section::StockSize, NARROW, Of::Stock, Of::SizeNumbers),
    (Section::StockLeft, NARROW, Of::Stock, Of::Counts),
    (Section::StockSold, NARROW, Of::Stock, Of::Counts),
    (Section::Attributes, 4, Of::AttributeRows, Of::Attributes),
    (Section::CovisitationKeys, 8, Of::Keys, Of::Anything),
    (Section::CovisitationItems, 4, Of::Neighbours, Of::Items),
    (Section::CovisitationSteps, 1, Of::Neighbours, Of::Anything),
    (Section::CovisitationLargest, 4, Of::Keys, Of::Anything),
    (Section::PriorBrand, 4, Of::Brands, Of::Anything),
    (Section::PriorCategory, 4, Of::Categories, Of::Anything),
    (Section::PriorPriceBand, 4, Of::Bands, Of::Anything),
    (Section::PriorSize, 4, Of::Sizes, Of::Anything),
    (Section::PriorAttribute, 4, Of::Attributes, Of::Anything),
];

/// The bytes of a number of a column, [`NARROW`] where they depend on the numbers; nothing where it is no column of numbers.
pub(super) fn width_of(section: Section) -> Option<u8> {
    COLUMNS.iter().find(|(of, ..)| *of == section).map(|(_, width, ..)| *width)
}

/// Sections that have a bit for each, and what there is one for each of.
pub(super) static BITS: [(Section, Of); 1] = [(Section::ReturnBits, Of::Items)];

/// Sections of numbers of 32 bits that are written by their differences (`format`).
pub(super) static BY_DIFFERENCE: [Section; 5] = [
    Section::ItemIdStarts,
    Section::ItemsById,
    Section::StockStarts,
    Section::AttributeStarts,
    Section::ItemAttributes,
];

/// The place of a section among those that are written by differences.
pub(super) fn by_difference(section: Section) -> Option<usize> {
    BY_DIFFERENCE.iter().position(|of| *of == section)
}

impl Of {
    /// The section behind which it is known how many there are.
    fn known_behind(self) -> Section {
        match self {
            Self::Brands => Section::BrandIds,
            Self::Categories => Section::CategoryIds,
            Self::Sales => Section::SaleIds,
            Self::Items => Section::ItemIds,
            Self::Reasons => Section::ReturnBits,
            Self::Outfits => Section::OutfitIds,
            Self::Stock => Section::StockStarts,
            Self::Sizes | Self::SizeNumbers => Section::Sizes,
            Self::Attributes => Section::AttributeTexts,
            Self::AttributeSets | Self::AttributeRows => Section::AttributeStarts,
            Self::Keys => Section::CovisitationKeys,
            Self::Neighbours => Section::CovisitationStarts,
            Self::Anything | Self::Amounts | Self::Counts | Self::Percents | Self::Bands => Section::Meta,
        }
    }
}

/// Checks what can be checked when all sections up to one are there, and no earlier.
///
/// # Errors
/// [`PackError`], naming the section.
pub(super) fn check(pack: &mut Pack, at: Section, count: &mut Count) -> Result<(), PackError> {
    for (starts, bytes, of, lie) in TEXTS.iter().filter(|(_, bytes, ..)| *bytes == at) {
        count.put(*of, check_texts(pack, *starts, *bytes, *lie)? as u64);
    }
    count_others(pack, at, count);
    let is_time = |own: Section, of: Of, into: Of| own.max(of.known_behind()).max(into.known_behind()) == at;
    for (starts, of, into) in STARTS.iter().filter(|(own, of, into)| is_time(*own, *of, *into)) {
        check_starts(pack, *starts, count.of(*of), count.of(*into))?;
    }
    for (section, of) in BITS.iter().filter(|(own, of)| is_time(*own, *of, *of)) {
        if !fit(pack.section(*section), count.of(*of) as usize) {
            return nonsense(*section, "it has another count of bits than the rest, or one behind the last");
        }
    }
    for (section, width, of, below) in COLUMNS.iter().filter(|(own, _, of, below)| is_time(*own, *of, *below))
    {
        let limit = Some(count.of(*below)).filter(|_| *below != Of::Anything);
        check_numbers(pack, *section, *width, count.of(*of) as usize, limit)?;
    }
    match at {
        Section::SaleCloses => check_times(pack),
        Section::ItemsById => check_order_of_ids(pack).map(|ranks| pack.id_ranks = ranks),
        Section::ItemSale => check_sales(pack),
        Section::AttributeStarts => check_sets(pack),
        Section::CovisitationKeys if !pack.column::<u64>(at).is_sorted_by(|a, b| a < b) => {
            nonsense(at, "keys are out of order")
        }
        _ => Ok(()),
    }
}

/// Counts what is no text.
fn count_others(pack: &Pack, at: Section, count: &mut Count) {
    match at {
        Section::Meta => {
            count.put(Of::Amounts, (AMOUNT_MAX / pack.meta().price_unit) as u64 + 1);
            count.put(Of::Counts, 1 << 32);
            count.put(Of::Percents, 101);
            count.put(Of::Bands, pack.meta().price_edges.len() as u64 + 1);
        }
        Section::ReturnBits => count.put(Of::Reasons, 8 * pack.returned() as u64),
        Section::StockStarts => count.put(Of::Stock, pack.stock_rows() as u64),
        Section::Sizes => count.put(Of::SizeNumbers, count.of(Of::Sizes).min(1 << 16)),
        Section::AttributeStarts => {
            count.put(Of::AttributeSets, pack.column::<u32>(at).len().saturating_sub(1) as u64);
            count.put(Of::AttributeRows, pack.last_start(at) as u64);
        }
        Section::OutfitIds => count.put(Of::Outfits, count.of(Of::Outfits) + 1),
        Section::CovisitationKeys => count.put(Of::Keys, pack.column::<u64>(at).len() as u64),
        Section::CovisitationStarts => count.put(Of::Neighbours, pack.last_start(at) as u64),
        _ => {}
    }
}

/// A sale opens before it closes.
fn check_times(pack: &Pack) -> Result<(), PackError> {
    let (opens, closes) = (pack.column::<i64>(Section::SaleOpens), pack.column::<i64>(Section::SaleCloses));
    if opens.iter().zip(closes).any(|(opens, closes)| opens >= closes) {
        return nonsense(Section::SaleCloses, "a sale closes before it opens");
    }
    Ok(())
}

/// No item has more attributes than it may have.
fn check_sets(pack: &Pack) -> Result<(), PackError> {
    let starts: &[u32] = pack.column(Section::AttributeStarts);
    if starts.windows(2).any(|set| matches!(set, [start, end] if end - start > ATTRIBUTES_MAX)) {
        return nonsense(Section::AttributeStarts, "an item has more attributes than it may have");
    }
    Ok(())
}

/// A column of exactly `rows` numbers of a width, all below a limit where there is one.
fn check_numbers(
    pack: &Pack,
    section: Section,
    width: u8,
    rows: usize,
    limit: Option<u64>,
) -> Result<(), PackError> {
    let bytes: &[u8] = pack.column(section);
    if rows > 0 && !pack.has(section) {
        return Err(PackError::Missing { section: section.name() });
    }
    let column = Numbers::of(bytes, rows)
        .filter(|column| rows == 0 || width == NARROW || column.width() == usize::from(width));
    match column {
        None => nonsense(section, "it has another count of rows than the rest, or another width than it may"),
        Some(column) if limit.is_some_and(|limit| !column.are_below(limit)) => {
            nonsense(section, "a number is larger than it may be, or points beyond what it counts")
        }
        Some(_) => Ok(()),
    }
}

/// A column of `rows + 1` ascending starts from 0 to `end`.
fn check_starts(pack: &Pack, section: Section, rows: u64, end: u64) -> Result<(), PackError> {
    let starts: &[u32] = pack.column(section);
    if starts.is_empty() {
        return Err(PackError::Missing { section: section.name() });
    }
    let bounds = (starts.first().copied(), starts.last().map(|last| u64::from(*last)));
    if starts.len() as u64 != rows + 1 || bounds != (Some(0), Some(end)) || !starts.is_sorted() {
        return nonsense(section, "starts are out of order");
    }
    Ok(())
}

/// A column of texts; how many there are.
fn check_texts(pack: &Pack, starts: Section, bytes: Section, lie: Texts) -> Result<usize, PackError> {
    let texts = pack.strings(starts, bytes);
    check_starts(pack, starts, texts.len() as u64, texts.bytes.len() as u64)?;
    // Most shops' ids are plain throughout: then only their lengths are left to be looked at.
    let plain = plain(texts.bytes);
    if !plain {
        let whole = core::str::from_utf8(texts.bytes)
            .map_err(|_| PackError::Nonsense { section: bytes.name(), problem: "it is not UTF-8" })?;
        if texts.starts.iter().any(|start| !whole.is_char_boundary(*start as usize)) {
            return nonsense(starts, "a text begins inside a character");
        }
    }
    if lie == Texts::Any || (plain && lie == Texts::Ids && lengths_fit(texts.starts, ID_BYTES_MAX as u32)) {
        return Ok(texts.len());
    }
    let is_id = |id: &[u8]| {
        let fits = (1..=ID_BYTES_MAX).contains(&id.len());
        fits && (plain || core::str::from_utf8(id).is_ok_and(|id| check_id(id).is_ok()))
    };
    let mut last = &[][..];
    for id in (0..texts.len()).map(|row| texts.bytes_of(row)) {
        if !is_id(id) || (lie == Texts::AscendingIds && id <= last) {
            return nonsense(bytes, "ids are malformed or out of order");
        }
        last = id;
    }
    Ok(texts.len())
}

/// Gives the items' places among the ascending stable ids.
fn check_order_of_ids(pack: &Pack) -> Result<Vec<u32>, PackError> {
    let ids = pack.strings(Section::ItemIdStarts, Section::ItemIds);
    // There are as many rows as items, and none is there twice, so each is there once.
    places(ids.starts, ids.bytes, pack.column(Section::ItemsById))
        .map_or_else(|| nonsense(Section::ItemsById, "items are not in the order of their ids"), Ok)
}

/// Loops walk a catalogue sale by sale.
fn check_sales(pack: &Pack) -> Result<(), PackError> {
    let item_sales: &[u16] = pack.column(Section::ItemSale);
    let starts: &[u32] = pack.column(Section::SaleItems);
    for (sale, bounds) in starts.windows(2).enumerate() {
        let &[start, end] = bounds else { continue };
        let rows = start as usize..end as usize;
        if !are_all(item_sales, rows, sale as u16) {
            return nonsense(Section::SaleItems, "an item lies in another sale than its own");
        }
    }
    Ok(())
}

fn nonsense<T>(section: Section, problem: &'static str) -> Result<T, PackError> {
    Err(PackError::Nonsense { section: section.name(), problem })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::AlignedBytes;
    use crate::catalogue::sample::bytes;
    use crate::catalogue::writer::seal;
    use crate::kernel::write::differences;
    use alloc::string::ToString;

    #[test]
    fn every_section_is_checked_once_or_another_rooms() {
        let texts = TEXTS.iter().flat_map(|(starts, bytes, ..)| [*starts, *bytes]);
        let starts = STARTS.iter().map(|(starts, ..)| *starts);
        let mut checked: Vec<Section> = texts
            .chain(starts)
            .chain(BITS.iter().map(|(of, _)| *of))
            .chain(COLUMNS.iter().map(|(of, ..)| *of))
            .collect();
        checked.sort_unstable();
        let own = |section: &&Section| **section != Section::Meta && **section < Section::Weights;
        assert_eq!(checked, Section::ALL.iter().filter(own).copied().collect::<Vec<_>>());
    }

    #[test]
    fn an_item_with_more_attributes_than_it_may_have_is_refused() {
        let pack = Pack::open(AlignedBytes::copy_of(&bytes())).expect("opens");
        let sets = pack.column::<u32>(Section::AttributeStarts).len();
        let opened = |attributes: u32| {
            let mut starts = alloc::vec![attributes; sets];
            starts[0] = 0;
            let sections = pack.sections().map(|(of, _)| match of {
                Section::AttributeStarts => (of, differences(&starts)),
                Section::Attributes => (of, alloc::vec![0; 4 * attributes as usize]),
                _ => (of, pack.section(of).to_vec()),
            });
            Pack::open(AlignedBytes::copy_of(&seal(sections.collect()))).map(|_| ())
        };
        assert_eq!(opened(ATTRIBUTES_MAX), Ok(()));
        let refused = opened(ATTRIBUTES_MAX + 1).expect_err("refused").to_string();
        assert!(refused.contains("attributes.starts") && refused.contains("more attributes"), "{refused}");
    }

    #[test]
    fn a_column_with_a_byte_more_or_none_is_refused_by_its_name() {
        let pack = Pack::open(AlignedBytes::copy_of(&bytes())).expect("opens");
        for (section, ..) in &COLUMNS {
            for length in [0, pack.section(*section).len() + 1] {
                let sections = pack.sections().map(|(of, _)| {
                    let mut bytes = pack.section(of).to_vec();
                    if of == *section {
                        bytes.resize(length, 0);
                    }
                    (of, bytes)
                });
                let refused =
                    Pack::open(AlignedBytes::copy_of(&seal(sections.collect()))).expect_err("refused");
                // Those that others are counted by are missed there.
                let named = match section {
                    Section::CovisitationKeys => [Section::CovisitationStarts, *section],
                    section => [*section; 2],
                };
                assert!(
                    matches!(refused, PackError::Nonsense { section, .. } if named.iter().any(|of| of.name() == section)),
                    "{refused}"
                );
            }
        }
    }
}
