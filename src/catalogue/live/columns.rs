//! Whole columns, for loops that walk over all items, sales or attributes.

use super::Catalogue;
use crate::catalogue::format::Section;
use crate::catalogue::quality::Qualities;
use crate::kernel::numbers::Numbers;
use crate::kernel::score::Lists;
use crate::kernel::sets::Sets;

impl Catalogue {
    /// Sale of each item.
    pub fn item_sales(&self) -> &[u16] {
        self.pack.column(Section::ItemSale)
    }

    /// Category of each item.
    pub fn item_categories(&self) -> &[u16] {
        self.pack.column(Section::ItemCategory)
    }

    /// Place of each item among the ascending stable ids: breaks ties.
    pub fn item_id_ranks(&self) -> &[u32] {
        self.pack.id_ranks()
    }

    /// Price band of each item.
    pub fn price_bands(&self) -> &[u8] {
        self.changes.price_bands.as_deref().unwrap_or_else(|| self.pack.column(Section::ItemPriceBand))
    }

    /// Whole percent off of each item.
    pub fn percents_off(&self) -> &[u8] {
        self.changes.percents.as_deref().unwrap_or_else(|| self.pack.column(Section::ItemPercentOff))
    }

    /// Units left of each stock row.
    pub fn left(&self) -> Numbers<'_> {
        self.changes.left().unwrap_or_else(|| self.pack.numbers(Section::StockLeft))
    }

    /// Starts of the items' stock rows, one more than items.
    pub fn stock_starts(&self) -> &[u32] {
        self.pack.column(Section::StockStarts)
    }

    /// Size of each stock row.
    pub fn stock_sizes(&self) -> Numbers<'_> {
        self.pack.numbers(Section::StockSize)
    }

    /// Whether each item is in stock in some size.
    pub fn stocked(&self) -> &[bool] {
        &self.derived.stocked
    }

    /// Whether each item was hidden by a delta; empty where none was.
    pub fn hidden(&self) -> &[bool] {
        self.changes.hidden.as_deref().unwrap_or(&[])
    }

    /// Set of sizes in stock of each item.
    pub fn size_sets(&self) -> &[u32] {
        &self.derived.size_sets.of_rows
    }

    /// The sets of sizes in stock, each ascending.
    pub fn sets_of_sizes(&self) -> &Sets {
        &self.derived.size_sets
    }

    /// The sizes of each set of sizes in stock, ascending.
    pub fn sizes_of_sets(&self) -> impl Iterator<Item = &[u16]> {
        let sets = self.sets_of_sizes();
        (0..sets.starts.len().saturating_sub(1)).map(|set| sets.get(set))
    }

    /// Attribute set of each item.
    pub fn attribute_sets(&self) -> &[u32] {
        self.pack.column(Section::ItemAttributes)
    }

    /// Starts of the attribute sets' rows, one more than sets.
    pub fn attribute_starts(&self) -> &[u32] {
        self.pack.column(Section::AttributeStarts)
    }

    /// Of each attribute the number of its name; those of one name lie together.
    pub fn attribute_names(&self) -> &[u32] {
        &self.summaries.names
    }

    /// How many attributes of each name an item has at most.
    pub fn most_of_attribute_names(&self) -> &[u32] {
        &self.summaries.most
    }

    /// Attribute of each attribute row.
    pub fn attribute_rows(&self) -> &[u32] {
        self.pack.column(Section::Attributes)
    }

    /// The attributes of each set.
    pub fn attribute_lists(&self) -> Lists<'_> {
        Lists { starts: self.attribute_starts(), codes: self.attribute_rows() }
    }

    /// Role code of each item, as [`crate::catalogue::Role::from_code`] reads it.
    pub fn roles(&self) -> &[u8] {
        self.pack.column(Section::ItemRole)
    }

    /// How good items were found to be.
    pub fn qualities(&self) -> Qualities<'_> {
        Qualities::of(&self.pack)
    }

    /// Yes-or-no facts of each item, the bits of [`crate::catalogue::ItemFlags`].
    pub fn item_flags(&self) -> &[u8] {
        self.pack.column(Section::ItemFlags)
    }

    /// Rows of sensitive items, ascending.
    pub fn sensitive_items(&self) -> &[u32] {
        &self.sensitive
    }

    /// Row of each place among the ascending stable ids.
    pub fn items_by_id(&self) -> &[u32] {
        self.pack.column(Section::ItemsById)
    }

    /// Opening of each sale, UTC milliseconds.
    pub fn opens(&self) -> &[i64] {
        self.changes.opens.as_deref().unwrap_or_else(|| self.pack.column(Section::SaleOpens))
    }

    /// Closing of each sale, UTC milliseconds.
    pub fn closes(&self) -> &[i64] {
        self.changes.closes.as_deref().unwrap_or_else(|| self.pack.column(Section::SaleCloses))
    }

    /// Share of each brand among what is looked at, in billionths.
    pub fn brand_priors(&self) -> &[u32] {
        self.pack.column(Section::PriorBrand)
    }

    /// Share of each category, in billionths.
    pub fn category_priors(&self) -> &[u32] {
        self.pack.column(Section::PriorCategory)
    }

    /// Share of each price band, in billionths.
    pub fn price_band_priors(&self) -> &[u32] {
        self.pack.column(Section::PriorPriceBand)
    }

    /// Share of each size, in billionths.
    pub fn size_priors(&self) -> &[u32] {
        self.pack.column(Section::PriorSize)
    }

    /// Share of items with each attribute, in billionths.
    pub fn attribute_priors(&self) -> &[u32] {
        self.pack.column(Section::PriorAttribute)
    }
}
