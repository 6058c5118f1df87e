//! The engine in a shop made of nothing but a log's items: one brand whose sale is always open.
//!
//! All items are alike but for their ids, so the signals that speak of brands, prices or stock add the same to
//! each, and the two that speak of what was looked at decide: the lists are those that the log alone can give.

use super::queries::Query;
use crate::training::file::Trained;
use crate::training::metrics::LIST_LENGTH;
use crate::training::scorer::Protocol;
use anyhow::Result;
use windowshop::base::time::{DAY, MINUTE, Timestamp, Zone};
use windowshop::catalogue::format::Section;
use windowshop::catalogue::input::{
    BrandInput, CatalogueInput, CategoryInput, ItemInput, SaleInput, StockInput, TrainedInput,
};
use windowshop::catalogue::{AlignedBytes, BrandTier, Role, writer};
use windowshop::engine::input::{EventInput, ItemInput as Viewed};
use windowshop::engine::{DecisionRecord, Engine};
use windowshop::recommend::Request;
use windowshop::shopper::Consent;

/// The time of every ranking, 2026-01-05 12:00 UTC: any would do, and one must be fixed.
pub(crate) const NOW: Timestamp = Timestamp(1_767_614_400_000);

/// Lays out a pack of items and of what was learned about them. The same input gives the same bytes.
///
/// # Errors
/// Where the writer refuses an id.
pub(crate) fn pack<'a>(trained: &Trained, items: impl Iterator<Item = &'a str>) -> Result<Vec<u8>> {
    const ONLY: &str = "all";
    let mut items: Vec<ItemInput> = items.map(|id| item(id, ONLY, ONLY)).collect();
    items.sort_by(|one, other| one.id.cmp(&other.id));
    let categories = vec![CategoryInput { id: ONLY.into(), parent: None, replenish_days: None }];
    let shop = Shop { brands: vec![ONLY.into()], categories, items };
    shop.pack(trained.input(), trained.rooms()?)
}

/// An item of which nothing is known but its id, its brand, whose sale has the brand's own id, and its category.
pub(crate) fn item(id: &str, brand: &str, category: &str) -> ItemInput {
    ItemInput {
        id: id.into(),
        sale: brand.into(),
        category: category.into(),
        price: 100,
        list_price: 100,
        lowest_price: None,
        stock: vec![StockInput { size: "one".into(), left: 1, at_opening: 1 }],
        attributes: Vec::new(),
        outfit: None,
        rating: 0,
        rating_count: 0,
        sold: 0,
        returned: 0,
        return_reasons: [0; 8],
        role: Role::None,
        sensitive: false,
        authenticity_insured: false,
        off_season: false,
        shelf_life_days: None,
    }
}

/// A shop in which every brand has one sale, of the brand's own id, that is open at any time a log may have.
pub(crate) struct Shop {
    /// Stable ids of the brands.
    pub(crate) brands: Vec<String>,
    /// The categories.
    pub(crate) categories: Vec<CategoryInput>,
    /// The items.
    pub(crate) items: Vec<ItemInput>,
}

impl Shop {
    /// Lays out the pack.
    ///
    /// # Errors
    /// Where the writer refuses an id.
    pub(crate) fn pack(self, trained: TrainedInput, rooms: Vec<(Section, Vec<u8>)>) -> Result<Vec<u8>> {
        let brand = |id: &String| BrandInput {
            id: id.clone(),
            tier: BrandTier::Third,
            interval_days: None,
            last_opened: None,
        };
        let sale = |id: &String| SaleInput {
            id: id.clone(),
            brand: id.clone(),
            opens: Timestamp(0),
            closes: NOW.plus(4 * DAY),
        };
        let input = CatalogueInput {
            created: NOW.plus(-DAY),
            currency: "XXX".into(),
            exponent: 2,
            zone: Zone::new("UTC", vec![(Timestamp(0), 0)])?,
            opening_minute: 600,
            preview_days: 0,
            brands: self.brands.iter().map(brand).collect(),
            categories: self.categories,
            sales: self.brands.iter().map(sale).collect(),
            items: self.items,
            trained,
            rooms,
        };
        Ok(writer::write(&input)?)
    }
}

/// A shopper's tab in that shop.
#[derive(Clone)]
pub(crate) struct Tab {
    engine: Engine,
}

impl Tab {
    /// Opens the shop.
    ///
    /// # Errors
    /// Where the engine refuses the pack.
    pub(crate) fn open(pack: &[u8]) -> Result<Self> {
        let mut engine = Engine::open(AlignedBytes::copy_of(pack), 0)?;
        engine.set_consent(Consent::Session);
        Ok(Self { engine })
    }

    /// A shopper new to the shop views the prefix of a query, an item a minute.
    ///
    /// # Errors
    /// Where the engine refuses an event.
    pub(crate) fn visit(&mut self, query: &Query) -> Result<()> {
        self.engine.erase();
        for (left, item) in (1..=query.prefix.len() as i64).rev().zip(&query.prefix) {
            let viewed = Viewed { id: item.clone(), ..Viewed::default() };
            let event = EventInput { name: "view_item".into(), items: vec![viewed], ..EventInput::default() };
            self.engine.observe(&event, NOW.plus(-left * MINUTE))?;
        }
        Ok(())
    }

    /// What the home page would show, as far as a protocol allows.
    ///
    /// # Errors
    /// Where the engine refuses the request.
    pub(crate) fn list(&self, query: &Query, protocol: Protocol) -> Result<Vec<String>> {
        let mut request = request();
        request.exclude =
            query.prefix.iter().filter(|item| !protocol.allows(&query.prefix, item)).cloned().collect();
        request.exclude.sort();
        request.exclude.dedup();
        let (_, decision) = self.engine.decide(&request, NOW)?;
        let id =
            |entry: &windowshop::recommend::Entry| self.engine.catalogue().item_id(entry.item).to_owned();
        Ok(decision.entries.iter().map(id).collect())
    }

    /// The same decision on record, without a protocol.
    ///
    /// # Errors
    /// Where the engine refuses the request.
    pub(crate) fn record(&self) -> Result<DecisionRecord> {
        Ok(self.engine.record(&request(), NOW)?)
    }

    /// State hash of the pack, in hex.
    pub(crate) fn state(&self) -> String {
        self.engine.catalogue().state().to_hex()
    }
}

/// A page of the home surface, all of one brand and category, for there is but one.
fn request() -> Request {
    let all = Some(LIST_LENGTH as u16);
    Request {
        brand_cap: all,
        category_cap: all,
        seen_cap: all,
        explore: Some(false),
        ..Request::of("home", LIST_LENGTH as u16)
    }
}
