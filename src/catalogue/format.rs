//! The pack's layout on disk: a header, then one section a column.
//!
//! All integers are little-endian and unsigned, times excepted. The file is
//!
//! | bytes | what |
//! |---|---|
//! | 0..8 | the magic `89 57 53 50 41 43 4B 0A` (`\x89WSPACK\n`) |
//! | 8..12 | the format, [`FORMAT`], as `u32` |
//! | 12..16 | the count of sections as `u32` |
//! | 16..24 | the length of the whole file as `u64` |
//! | 24..32 | XXH3-64 of the header with this field zero |
//! | 32.. | a 64-byte entry a section, by ascending id: id `u32`, zero `u32`, offset `u64`, length `u64`, XXH3-64 `u64`, SHA-256 |
//! | then | the sections in the order of their entries, each at the next multiple of eight, zeros between |
//!
//! A column that is called **narrow** at its [`Section`] is as wide as its largest number needs: all its numbers have 1, 2, 4 or 8
//! bytes, and the section's length over its rows says which. The writer takes the narrowest; a reader refuses a length that is none of
//! these.
//!
//! A column that is **by differences** has of each number what it is more than the one before, and the first as it is: seven bits a
//! byte, the least first, the last byte below 128, signs folded in (0, -1, 1, -2, … are 0, 1, 2, 3, …). Numbers that ascend take a
//! byte each then, and those that ascend evenly compress to nothing.
//!
//! The SHA-256 of the header is the pack's **state hash**: through the sections' own digests it commits to
//! every byte. The tab checks the XXH3 of each section (memory speed); `windowshop pack verify` and the
//! loader's integrity check compare SHA-256.

use alloc::vec::Vec;

/// The first eight bytes of a pack.
pub const MAGIC: [u8; 8] = *b"\x89WSPACK\n";
/// The layout that this code reads and writes.
pub const FORMAT: u32 = 4;
/// Bytes before the first section entry.
pub const PREFIX_BYTES: usize = 32;
/// Bytes of a section entry.
pub const ENTRY_BYTES: usize = 64;
/// Where a section may begin: at a multiple of this.
pub const ALIGNMENT: usize = 8;

macro_rules! sections {
    ($($(#[$doc:meta])* $name:ident = $id:literal, $text:literal;)*) => {
        /// A section: one column, or one room's own bytes.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u32)]
        #[non_exhaustive]
        pub enum Section {
            $($(#[$doc])* $name = $id,)*
        }

        impl Section {
            /// Every section, by ascending id.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The section's name in messages and in `pack inspect`.
            pub fn name(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }

            /// The section of an id.
            pub fn from_id(id: u32) -> Option<Self> {
                match id { $($id => Some(Self::$name),)* _ => None }
            }
        }
    };
}

sections! {
    /// [`super::meta::Meta`], as postcard.
    Meta = 1, "meta";
    /// Starts of the brands' stable ids, `u32`, one more than brands.
    BrandIdStarts = 10, "brands.id_starts";
    /// The brands' stable ids, UTF-8.
    BrandIds = 11, "brands.ids";
    /// Tier, `u8`.
    BrandTier = 12, "brands.tier";
    /// Expected days between a brand's sales, `u16`, 0 where unknown.
    BrandInterval = 13, "brands.interval_days";
    /// Latest known opening before the pack was made, `i64` UTC milliseconds, 0 where unknown.
    BrandLastOpened = 14, "brands.last_opened";
    /// Starts of the categories' stable ids, `u32`.
    CategoryIdStarts = 20, "categories.id_starts";
    /// The categories' stable ids, UTF-8.
    CategoryIds = 21, "categories.ids";
    /// Parent category, `u16`, its own row for a top one.
    CategoryParent = 22, "categories.parent";
    /// Days until goods of the category are bought again, `u16`, 0 where never.
    CategoryReplenish = 23, "categories.replenish_days";
    /// Starts of the sales' stable ids, `u32`.
    SaleIdStarts = 30, "sales.id_starts";
    /// The sales' stable ids, UTF-8.
    SaleIds = 31, "sales.ids";
    /// Brand, `u16`.
    SaleBrand = 32, "sales.brand";
    /// Opening, `i64` UTC milliseconds.
    SaleOpens = 33, "sales.opens";
    /// Closing, `i64` UTC milliseconds.
    SaleCloses = 34, "sales.closes";
    /// First item of each sale, `u32`, one more than sales: items lie sale by sale.
    SaleItems = 35, "sales.items";
    /// Starts of the items' stable ids, `u32` by differences.
    ItemIdStarts = 40, "items.id_starts";
    /// The items' stable ids, UTF-8.
    ItemIds = 41, "items.ids";
    /// Rows by ascending stable id, `u32` by differences. The place of each row among them is worked out from it.
    ItemsById = 42, "items.by_id";
    /// Sale, `u16`, which says of which brand the item is.
    ItemSale = 44, "items.sale";
    /// Category, `u16`.
    ItemCategory = 46, "items.category";
    /// Price in [`super::meta::Meta::price_unit`], narrow.
    ItemPrice = 47, "items.price";
    /// Price before the sale, in the same unit, narrow.
    ItemListPrice = 48, "items.list_price";
    /// Lowest price of the last 30 days, in the same unit, narrow, 0 where the shop does not say.
    ItemLowestPrice = 49, "items.lowest_price";
    /// Price band, `u8`: how many edges of [`super::meta::Meta::price_edges`] the price reaches.
    ItemPriceBand = 50, "items.price_band";
    /// Whole percent off the list price, rounded down, `u8`.
    ItemPercentOff = 51, "items.percent_off";
    /// [`super::ItemFlags`], `u8`.
    ItemFlags = 52, "items.flags";
    /// [`super::Role`], `u8`.
    ItemRole = 53, "items.role";
    /// Rating times 100, `u16`.
    ItemRating = 54, "items.rating";
    /// How many rated, below 2^32, narrow.
    ItemRatingCount = 55, "items.rating_count";
    /// Units sold before, below 2^32, narrow.
    ItemSold = 56, "items.sold";
    /// Units returned, below 2^32, narrow.
    ItemReturned = 57, "items.returned";
    /// Best before, days since 1970-01-01 below 2^32, narrow, 0 where it keeps.
    ItemShelfLife = 58, "items.shelf_life_days";
    /// Outfit, narrow: equal numbers are worn together; 0 is none.
    ItemOutfit = 59, "items.outfit";
    /// Which items have returns, a bit an item: row `n` is bit `n % 8` of byte `n / 8`, the least first; those behind the last are 0.
    ReturnBits = 60, "returns.items";
    /// Eight counts of reasons for each of these, below 2^32, narrow.
    ReturnReasons = 61, "returns.reasons";
    /// Starts of the items' stock rows, `u32` by differences, one more than items.
    StockStarts = 70, "stock.starts";
    /// Size of a stock row, narrow.
    StockSize = 71, "stock.size";
    /// Units left, below 2^32, narrow.
    StockLeft = 72, "stock.left";
    /// Units sold of those that were there at opening, below 2^32, narrow.
    StockSold = 73, "stock.sold";
    /// Starts of the sizes' texts, `u32`.
    SizeStarts = 74, "sizes.starts";
    /// The sizes' texts, UTF-8.
    Sizes = 75, "sizes.texts";
    /// Starts of the attribute sets' rows, `u32` by differences, one more than sets. Items with the same attributes share a set.
    AttributeStarts = 80, "attributes.starts";
    /// Attribute of a row, `u32`.
    Attributes = 81, "attributes.rows";
    /// Starts of the attributes' texts, `u32`.
    AttributeTextStarts = 82, "attributes.text_starts";
    /// The attributes' texts, each `name=value`, UTF-8.
    AttributeTexts = 83, "attributes.texts";
    /// Starts of the outfits' stable ids, `u32`; the first is outfit 1.
    OutfitIdStarts = 84, "outfits.id_starts";
    /// The outfits' stable ids, UTF-8.
    OutfitIds = 85, "outfits.ids";
    /// Attribute set of each item, `u32` by differences; sets are numbered as items first have them.
    ItemAttributes = 86, "items.attribute_set";
    /// XXH3-64 of the stable ids that have co-visitation, `u64`, ascending.
    CovisitationKeys = 90, "covisitation.keys";
    /// Starts of their neighbours, `u32`, one more than keys.
    CovisitationStarts = 91, "covisitation.starts";
    /// Neighbouring items, `u32`.
    CovisitationItems = 92, "covisitation.items";
    /// Weight of a neighbour, `u8`: the root of its share of the row's largest, in 255 steps ([`super::steps`]).
    CovisitationSteps = 93, "covisitation.steps";
    /// The largest weight of the row, `u32` millionths.
    CovisitationLargest = 94, "covisitation.largest";
    /// Share of each brand among what is looked at, `u32` billionths.
    PriorBrand = 100, "priors.brand";
    /// Share of each category, `u32` billionths.
    PriorCategory = 101, "priors.category";
    /// Share of each price band, `u32` billionths.
    PriorPriceBand = 102, "priors.price_band";
    /// Share of each size, `u32` billionths.
    PriorSize = 103, "priors.size";
    /// Share of each attribute, `u32` billionths.
    PriorAttribute = 104, "priors.attribute";
    /// The weights of the signals; read by `recommend`.
    Weights = 110, "weights";
    /// Other weights and who sees them; read by `recommend`.
    Variants = 111, "variants";
    /// The promotions; read by `pricing`.
    Promotions = 120, "promotions";
    /// The campaigns; read by `target`.
    Campaigns = 121, "campaigns";
    /// The questions; read by `report`.
    Questions = 122, "questions";
    /// How often customers come back and what they spend; read by `shopper`.
    Lifetime = 123, "lifetime";
    /// Which questions are the survey's; read by `report`.
    Survey = 124, "survey";
}

/// A section's entry in the header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// Which section.
    pub section: Section,
    /// Where it begins in the file.
    pub offset: u64,
    /// Its bytes, without the zeros behind.
    pub length: u64,
    /// XXH3-64 of its bytes.
    pub checksum: u64,
    /// SHA-256 of its bytes.
    pub digest: [u8; 32],
}

impl Entry {
    /// Writes the entry's 64 bytes.
    pub fn write(&self, to: &mut Vec<u8>) {
        to.extend_from_slice(&(self.section as u32).to_le_bytes());
        to.extend_from_slice(&[0; 4]);
        for value in [self.offset, self.length, self.checksum] {
            to.extend_from_slice(&value.to_le_bytes());
        }
        to.extend_from_slice(&self.digest);
    }
}

/// Reads a little-endian `u32`; `None` beyond the end.
pub(super) fn read_u32(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

/// Reads a little-endian `u64`; `None` beyond the end.
pub(super) fn read_u64(bytes: &[u8], at: usize) -> Option<u64> {
    Some(u64::from_le_bytes(bytes.get(at..at.checked_add(8)?)?.try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_are_listed_by_ascending_id() {
        assert!(Section::ALL.is_sorted_by(|a, b| (*a as u32) < (*b as u32)));
        for section in Section::ALL {
            assert_eq!(Section::from_id(*section as u32), Some(*section));
        }
        assert_eq!(Section::from_id(9_999), None);
    }
}
