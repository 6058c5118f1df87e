//! What a pack is made from: plain rows, as a feed or a test states them.
//!
//! Rows refer to one another by stable id. [`super::writer::write`] checks everything and numbers the rows.

use super::views::{BrandTier, Role};
use crate::base::time::{Timestamp, Zone};
use alloc::string::String;
use alloc::vec::Vec;

/// A whole catalogue, with what training added and what other rooms put in.
#[derive(Debug, Clone)]
pub struct CatalogueInput {
    /// When the pack is made.
    pub created: Timestamp,
    /// ISO 4217 code of the one currency.
    pub currency: String,
    /// Digits behind the point of the currency, 0 to 6.
    pub exponent: u8,
    /// The shop's zone; its table should reach two years ahead.
    pub zone: Zone,
    /// The minute of the day at which sales open; 600 is 10:00.
    pub opening_minute: u16,
    /// Days that a preview is visible before its opening.
    pub preview_days: u16,
    /// The brands, in any order.
    pub brands: Vec<BrandInput>,
    /// The categories, in any order.
    pub categories: Vec<CategoryInput>,
    /// The sales, in any order.
    pub sales: Vec<SaleInput>,
    /// The items; within a sale their order is the shop's own.
    pub items: Vec<ItemInput>,
    /// What training found; empty for a shop without logs.
    pub trained: TrainedInput,
    /// The bytes of sections that other rooms read, each at most once.
    pub rooms: Vec<(super::format::Section, Vec<u8>)>,
}

/// A brand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BrandInput {
    /// Stable id.
    pub id: String,
    /// Tier, by which its sign is drawn.
    pub tier: BrandTier,
    /// Days between its sales, where known.
    pub interval_days: Option<u16>,
    /// Its latest opening before the sales of this pack, where known.
    pub last_opened: Option<Timestamp>,
}

/// A category.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CategoryInput {
    /// Stable id.
    pub id: String,
    /// Stable id of the category above, if any.
    pub parent: Option<String>,
    /// Days until its goods are bought again, where they are.
    pub replenish_days: Option<u16>,
}

/// A brand's flash sale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SaleInput {
    /// Stable id.
    pub id: String,
    /// Stable id of its brand.
    pub brand: String,
    /// Opening.
    pub opens: Timestamp,
    /// Closing, after the opening.
    pub closes: Timestamp,
}

/// An item of one sale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemInput {
    /// Stable id.
    pub id: String,
    /// Stable id of its sale, which gives its brand.
    pub sale: String,
    /// Stable id of its category.
    pub category: String,
    /// Price in minor units.
    pub price: i64,
    /// Price before the sale, at least the price.
    pub list_price: i64,
    /// Lowest price of the last 30 days, where the shop says it.
    pub lowest_price: Option<i64>,
    /// Stock by size; an item without sizes has one row of size `one`.
    pub stock: Vec<StockInput>,
    /// Attributes, each `name=value`, such as `cloth=wool`.
    pub attributes: Vec<String>,
    /// Stable id of the outfit it is worn with.
    pub outfit: Option<String>,
    /// Rating times 100, 100 to 500; 0 where nobody rated.
    pub rating: u16,
    /// How many rated.
    pub rating_count: u32,
    /// Units sold before.
    pub sold: u32,
    /// Units returned, at most `sold`.
    pub returned: u32,
    /// Returns by reason; their sum is at most `returned`.
    pub return_reasons: [u32; 8],
    /// What it is for in the shop's assortment.
    pub role: Role,
    /// Whether it is never named in reasons and never drives other surfaces.
    pub sensitive: bool,
    /// Whether its authenticity is insured.
    pub authenticity_insured: bool,
    /// Whether it is of another season.
    pub off_season: bool,
    /// Best before, in days since 1970-01-01.
    pub shelf_life_days: Option<u32>,
}

/// Units of one size.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StockInput {
    /// The size as shown.
    pub size: String,
    /// Units left.
    pub left: u32,
    /// Units at opening, at least those left.
    pub at_opening: u32,
}

/// What training found in the shop's logs.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TrainedInput {
    /// Co-visitation rows, in any order; neighbours that are not in the catalogue are left out.
    pub covisitation: Vec<CovisitationRow>,
    /// Views by brand id, from which priors are made; where empty, the catalogue's own shares serve.
    pub brand_views: Vec<(String, u64)>,
    /// Views by category id; those of a category beneath which none is named are of all beneath it.
    pub category_views: Vec<(String, u64)>,
    /// What brands and categories are that neither names.
    pub unnamed: Unnamed,
}

/// What it says of a brand or category that views do not name it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Unnamed {
    /// Few looked at it: everybody's looks were counted.
    #[default]
    Rare,
    /// Nothing: nobody was asked about it. It has as many views an item as those that are named.
    Ordinary,
}

/// An item's neighbours: what else was looked at in sessions that held it.
#[derive(Debug, Clone, PartialEq)]
pub struct CovisitationRow {
    /// Stable id of the item; it need not be in the catalogue any more.
    pub item: String,
    /// Neighbours with their weights in millionths, positive.
    pub neighbours: Vec<(String, u32)>,
}
