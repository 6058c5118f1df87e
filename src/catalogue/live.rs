//! The catalogue as it stands: a pack with the deltas of the day applied, and lookups over it.

use super::delta::{Delta, DeltaError};
use super::derived::Derived;
use super::format::Section;
use super::meta::Meta;
use super::pack::Pack;
use super::quality::Qualities;
use super::summary::{Summaries, Summary};
use super::views::{BrandTier, Covisitation, ItemFlags, Role, SaleState, StockRow};
use crate::base::digest::{Digest, checksum};
use crate::base::ids::{BrandIndex, CategoryIndex, ItemIndex, SaleIndex};
use crate::base::money::AMOUNT_MAX;
use crate::base::time::{DAY, Timestamp, Zone};
use crate::kernel::numbers::Numbers;
use crate::kernel::score::Lists;
use alloc::vec;
use alloc::vec::Vec;
use core::ops::Range;

/// What is on sale, as of the last delta.
#[derive(Debug, Clone)]
pub struct Catalogue {
    pack: Pack,
    state: Digest,
    /// Columns that deltas changed; until then the pack's own serve.
    left: Option<Vec<u32>>,
    prices: Option<Vec<i64>>,
    price_bands: Option<Vec<u8>>,
    percents: Option<Vec<u8>>,
    opens: Option<Vec<i64>>,
    closes: Option<Vec<i64>>,
    hidden: Option<Vec<bool>>,
    derived: Derived,
    summaries: Summaries,
    /// Rows of sensitive items, ascending.
    sensitive: Vec<u32>,
}

impl Catalogue {
    /// The catalogue of a pack, without deltas.
    pub fn new(pack: Pack) -> Self {
        let state = pack.state();
        let mut catalogue = Self {
            pack,
            state,
            left: None,
            prices: None,
            price_bands: None,
            percents: None,
            opens: None,
            closes: None,
            hidden: None,
            derived: Derived::default(),
            summaries: Summaries::default(),
            sensitive: Vec::new(),
        };
        catalogue.derive();
        let flags: &[u8] = catalogue.pack.column(Section::ItemFlags);
        let sensitive = flags.iter().enumerate().filter(|(_, flags)| ItemFlags(**flags).sensitive());
        catalogue.sensitive = sensitive.map(|(row, _)| row as u32).collect();
        catalogue.summaries = Summaries::of(&catalogue);
        catalogue
    }

    /// Works out what follows from the stock as it stands.
    fn derive(&mut self) {
        self.derived = Derived::of(self.stock_starts(), self.stock_sizes(), self.left(), self.size_count());
    }

    /// Applies a delta, whole.
    ///
    /// # Errors
    /// [`DeltaError`]; the catalogue is then as it was.
    pub fn apply(&mut self, delta: &Delta) -> Result<(), DeltaError> {
        if delta.applies_to != self.state.0 {
            return Err(DeltaError::State { wanted: Digest(delta.applies_to), found: self.state });
        }
        let mut next = self.clone_changes();
        let nonsense = |field, problem| DeltaError::Nonsense { field, problem };
        for (row, left) in &delta.stock {
            if *row as usize >= self.pack.stock_rows() {
                return Err(nonsense("stock", "a row is beyond the pack's"));
            }
            let column = next.left.get_or_insert_with(|| {
                let left = self.left();
                (0..left.len()).map(|row| left.at(row) as u32).collect()
            });
            set(column, *row, *left);
        }
        for (row, price) in &delta.prices {
            if *row as usize >= self.item_count() {
                return Err(nonsense("prices", "a row is beyond the pack's"));
            }
            let list = self.list_price(ItemIndex(*row));
            if !(0..=AMOUNT_MAX).contains(price) || *price > list {
                return Err(nonsense("prices", "a price is negative or above the list price"));
            }
            let percent = if list > 0 { i128::from(list - price) * 100 / i128::from(list) } else { 0 };
            let column = next.prices.get_or_insert_with(|| {
                let prices = self.prices();
                (0..prices.len()).map(|row| prices.at(row) as i64).collect()
            });
            set(column, *row, *price);
            let band = self.meta().price_band(*price);
            set(next.price_bands.get_or_insert_with(|| self.price_bands().to_vec()), *row, band);
            set(next.percents.get_or_insert_with(|| self.percents_off().to_vec()), *row, percent as u8);
        }
        for (row, opens, closes) in &delta.sales {
            if *row as usize >= self.sale_count() || opens >= closes {
                return Err(nonsense(
                    "sales",
                    "a row is beyond the pack's, or a sale closes before it opens",
                ));
            }
            set(next.opens.get_or_insert_with(|| self.opens().to_vec()), *row, opens.0);
            set(next.closes.get_or_insert_with(|| self.closes().to_vec()), *row, closes.0);
        }
        for (row, hidden) in &delta.hidden {
            if *row as usize >= self.item_count() {
                return Err(nonsense("hidden", "a row is beyond the pack's"));
            }
            let column = next.hidden.get_or_insert_with(|| vec![false; self.item_count()]);
            set(column, *row, *hidden);
        }
        self.left = next.left;
        if !delta.stock.is_empty() {
            self.derive();
        }
        self.prices = next.prices;
        self.price_bands = next.price_bands;
        self.percents = next.percents;
        self.opens = next.opens;
        self.closes = next.closes;
        self.hidden = next.hidden;
        self.summaries = Summaries::of(self);
        self.state = delta.state_after();
        Ok(())
    }

    /// The state hash: the pack's, or what the last delta made of it.
    pub fn state(&self) -> Digest {
        self.state
    }

    /// The pack beneath.
    pub fn pack(&self) -> &Pack {
        &self.pack
    }

    /// The pack's facts about itself.
    pub fn meta(&self) -> &Meta {
        self.pack.meta()
    }

    /// The shop's zone.
    pub fn zone(&self) -> &Zone {
        self.pack.zone()
    }

    /// The shop day that holds `now`: from the latest opening hour to the next.
    pub fn shop_day(&self, now: Timestamp) -> (Timestamp, Timestamp) {
        self.zone().shop_day(now, self.meta().opening_minute)
    }

    /// How many items there are.
    pub fn item_count(&self) -> usize {
        self.pack.column::<u16>(Section::ItemSale).len()
    }

    /// How many brands there are.
    pub fn brand_count(&self) -> usize {
        self.pack.column::<u8>(Section::BrandTier).len()
    }

    /// How many categories there are.
    pub fn category_count(&self) -> usize {
        self.pack.column::<u16>(Section::CategoryParent).len()
    }

    /// How many sales there are.
    pub fn sale_count(&self) -> usize {
        self.pack.column::<u16>(Section::SaleBrand).len()
    }

    /// How many sizes there are.
    pub fn size_count(&self) -> usize {
        self.pack.strings(Section::SizeStarts, Section::Sizes).len()
    }

    /// How many attributes there are.
    pub fn attribute_count(&self) -> usize {
        self.pack.strings(Section::AttributeTextStarts, Section::AttributeTexts).len()
    }

    // ---- stable ids

    /// The item of a stable id.
    pub fn find_item(&self, id: &str) -> Option<ItemIndex> {
        let by_id: &[u32] = self.pack.column(Section::ItemsById);
        let ids = self.pack.strings(Section::ItemIdStarts, Section::ItemIds);
        let row = ids.find_in(id, by_id)?;
        Some(ItemIndex(row as u32))
    }

    /// The brand of a stable id.
    pub fn find_brand(&self, id: &str) -> Option<BrandIndex> {
        let row = self.pack.strings(Section::BrandIdStarts, Section::BrandIds).find(id)?;
        Some(BrandIndex(row as u32))
    }

    /// The category of a stable id.
    pub fn find_category(&self, id: &str) -> Option<CategoryIndex> {
        let row = self.pack.strings(Section::CategoryIdStarts, Section::CategoryIds).find(id)?;
        Some(CategoryIndex(row as u32))
    }

    /// The sale of a stable id.
    pub fn find_sale(&self, id: &str) -> Option<SaleIndex> {
        let row = self.pack.strings(Section::SaleIdStarts, Section::SaleIds).find(id)?;
        Some(SaleIndex(row as u32))
    }

    /// The size of a text.
    pub fn find_size(&self, text: &str) -> Option<u16> {
        self.pack.strings(Section::SizeStarts, Section::Sizes).find(text).map(|row| row as u16)
    }

    /// The attribute of a text `name=value`.
    pub fn find_attribute(&self, text: &str) -> Option<u32> {
        let row = self.pack.strings(Section::AttributeTextStarts, Section::AttributeTexts).find(text)?;
        Some(row as u32)
    }

    /// An item's stable id.
    pub fn item_id(&self, item: ItemIndex) -> &str {
        self.pack.strings(Section::ItemIdStarts, Section::ItemIds).get(item.row())
    }

    /// A brand's stable id.
    pub fn brand_id(&self, brand: BrandIndex) -> &str {
        self.pack.strings(Section::BrandIdStarts, Section::BrandIds).get(brand.row())
    }

    /// A category's stable id.
    pub fn category_id(&self, category: CategoryIndex) -> &str {
        self.pack.strings(Section::CategoryIdStarts, Section::CategoryIds).get(category.row())
    }

    /// A sale's stable id.
    pub fn sale_id(&self, sale: SaleIndex) -> &str {
        self.pack.strings(Section::SaleIdStarts, Section::SaleIds).get(sale.row())
    }

    /// A size's text.
    pub fn size_text(&self, size: u16) -> &str {
        self.pack.strings(Section::SizeStarts, Section::Sizes).get(usize::from(size))
    }

    /// An attribute's text, `name=value`.
    pub fn attribute_text(&self, attribute: u32) -> &str {
        self.pack.strings(Section::AttributeTextStarts, Section::AttributeTexts).get(attribute as usize)
    }

    // ---- columns, for hot loops

    /// Sale of each item.
    pub fn item_sales(&self) -> &[u16] {
        self.pack.column(Section::ItemSale)
    }

    /// Brand of each item.
    pub fn item_brands(&self) -> &[u16] {
        self.pack.column(Section::ItemBrand)
    }

    /// Category of each item.
    pub fn item_categories(&self) -> &[u16] {
        self.pack.column(Section::ItemCategory)
    }

    /// Place of each item among the ascending stable ids: breaks ties.
    pub fn item_id_ranks(&self) -> &[u32] {
        self.pack.id_ranks()
    }

    /// Price of each item in minor units.
    fn prices(&self) -> Numbers<'_> {
        changed(self.prices.as_deref()).unwrap_or_else(|| self.pack.numbers(Section::ItemPrice))
    }

    /// Price band of each item.
    pub fn price_bands(&self) -> &[u8] {
        self.price_bands.as_deref().unwrap_or_else(|| self.pack.column(Section::ItemPriceBand))
    }

    /// Whole percent off of each item.
    pub fn percents_off(&self) -> &[u8] {
        self.percents.as_deref().unwrap_or_else(|| self.pack.column(Section::ItemPercentOff))
    }

    /// Units left of each stock row.
    pub fn left(&self) -> Numbers<'_> {
        changed(self.left.as_deref()).unwrap_or_else(|| self.pack.numbers(Section::StockLeft))
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
        self.hidden.as_deref().unwrap_or(&[])
    }

    /// Set of sizes in stock of each item.
    pub fn size_sets(&self) -> &[u32] {
        &self.derived.size_sets.of_rows
    }

    /// The sizes of each set of sizes in stock, ascending.
    pub fn sizes_of_sets(&self) -> impl Iterator<Item = &[u16]> {
        let sets = &self.derived.size_sets;
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

    /// Role code of each item, as [`Role::from_code`] reads it.
    pub fn roles(&self) -> &[u8] {
        self.pack.column(Section::ItemRole)
    }

    /// How good items were found to be.
    pub fn qualities(&self) -> Qualities<'_> {
        Qualities::of(&self.pack)
    }

    /// Yes-or-no facts of each item, the bits of [`ItemFlags`].
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
        self.opens.as_deref().unwrap_or_else(|| self.pack.column(Section::SaleOpens))
    }

    /// Closing of each sale, UTC milliseconds.
    pub fn closes(&self) -> &[i64] {
        self.closes.as_deref().unwrap_or_else(|| self.pack.column(Section::SaleCloses))
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

    // ---- rows

    /// An item's sale.
    pub fn item_sale(&self, item: ItemIndex) -> SaleIndex {
        SaleIndex(u32::from(at(self.item_sales(), item.row())))
    }

    /// An item's brand.
    pub fn item_brand(&self, item: ItemIndex) -> BrandIndex {
        BrandIndex(u32::from(at(self.item_brands(), item.row())))
    }

    /// An item's category.
    pub fn item_category(&self, item: ItemIndex) -> CategoryIndex {
        CategoryIndex(u32::from(at(self.item_categories(), item.row())))
    }

    /// An item's price in minor units.
    pub fn price(&self, item: ItemIndex) -> i64 {
        self.prices().at(item.row()) as i64
    }

    /// An item's price before the sale, in minor units.
    pub fn list_price(&self, item: ItemIndex) -> i64 {
        self.pack.numbers(Section::ItemListPrice).at(item.row()) as i64
    }

    /// An item's lowest price of the last 30 days, where the shop says it.
    pub fn lowest_price(&self, item: ItemIndex) -> Option<i64> {
        let price = self.pack.numbers(Section::ItemLowestPrice).at(item.row()) as i64;
        Some(price).filter(|price| *price > 0)
    }

    /// An item's whole percent off.
    pub fn percent_off(&self, item: ItemIndex) -> u8 {
        at(self.percents_off(), item.row())
    }

    /// An item's yes-or-no facts.
    pub fn flags(&self, item: ItemIndex) -> ItemFlags {
        ItemFlags(at(self.pack.column(Section::ItemFlags), item.row()))
    }

    /// An item's role in the assortment.
    pub fn role(&self, item: ItemIndex) -> Role {
        Role::from_code(at(self.pack.column(Section::ItemRole), item.row()))
    }

    /// An item's rating times 100 and how many gave it; `None` where nobody did.
    pub fn rating(&self, item: ItemIndex) -> Option<(u16, u32)> {
        let count = self.count(Section::ItemRatingCount, item);
        (count > 0).then(|| (at(self.pack.column(Section::ItemRating), item.row()), count))
    }

    /// Units of an item sold before, and returned of them.
    pub fn sold_and_returned(&self, item: ItemIndex) -> (u32, u32) {
        (self.count(Section::ItemSold, item), self.count(Section::ItemReturned, item))
    }

    /// An item's returns by reason.
    pub fn return_reasons(&self, item: ItemIndex) -> [u32; 8] {
        let rows: &[u32] = self.pack.column(Section::ReturnItems);
        let Ok(row) = rows.binary_search(&item.0) else { return [0; 8] };
        let counts = self.pack.numbers(Section::ReturnReasons);
        core::array::from_fn(|reason| counts.at(row * 8 + reason) as u32)
    }

    /// An item's best-before day, in days since 1970-01-01.
    pub fn shelf_life_days(&self, item: ItemIndex) -> Option<u32> {
        Some(self.count(Section::ItemShelfLife, item)).filter(|days| *days > 0)
    }

    /// The stable id of the outfit an item is worn with.
    pub fn outfit(&self, item: ItemIndex) -> Option<&str> {
        let outfit = self.count(Section::ItemOutfit, item);
        let ids = self.pack.strings(Section::OutfitIdStarts, Section::OutfitIds);
        outfit.checked_sub(1).map(|row| ids.get(row as usize))
    }

    /// An item's sizes with what is left, in the order of the feed.
    pub fn stock(&self, item: ItemIndex) -> impl Iterator<Item = StockRow<'_>> {
        let [sizes, left, opening] =
            [self.stock_sizes(), self.left(), self.pack.numbers(Section::StockAtOpening)];
        range(self.stock_starts(), item.row()).map(move |row| StockRow {
            row: row as u32,
            size: self.size_text(sizes.at(row) as u16),
            left: left.at(row) as u32,
            at_opening: opening.at(row) as u32,
        })
    }

    /// Units left of an item in all sizes.
    pub fn units_left(&self, item: ItemIndex) -> u64 {
        let left = self.left();
        range(self.stock_starts(), item.row()).map(|row| left.at(row)).sum()
    }

    /// An item's attributes.
    pub fn attributes(&self, item: ItemIndex) -> &[u32] {
        self.attribute_lists().get(at(self.attribute_sets(), item.row()) as usize)
    }

    /// Whether a delta hid an item.
    pub fn is_hidden(&self, item: ItemIndex) -> bool {
        self.hidden.as_deref().is_some_and(|column| column.get(item.row()).copied().unwrap_or(false))
    }

    /// Brand of each sale.
    pub fn sale_brands(&self) -> &[u16] {
        self.pack.column(Section::SaleBrand)
    }

    /// A sale's brand.
    pub fn sale_brand(&self, sale: SaleIndex) -> BrandIndex {
        BrandIndex(u32::from(at(self.sale_brands(), sale.row())))
    }

    /// A sale's opening and closing.
    pub fn sale_times(&self, sale: SaleIndex) -> (Timestamp, Timestamp) {
        (Timestamp(at(self.opens(), sale.row())), Timestamp(at(self.closes(), sale.row())))
    }

    /// A sale's items, in shop order.
    pub fn sale_items(&self, sale: SaleIndex) -> Range<usize> {
        range(self.sale_starts(), sale.row())
    }

    /// Where each sale's items begin, one more than there are sales.
    pub fn sale_starts(&self) -> &[u32] {
        self.pack.column(Section::SaleItems)
    }

    /// The rows of all items.
    pub fn item_range(&self) -> Range<usize> {
        0..self.item_count()
    }

    /// The attributes, ascending, and the sets of sizes in stock that items of a category have that can be shown.
    pub fn of_category(&self, category: usize) -> (&[u32], &[u32]) {
        self.summaries.of_category(category)
    }

    /// How many items of a sale are in stock and not hidden, and how many of them are not sensitive.
    pub fn shown_of(&self, sale: SaleIndex) -> (u32, u32) {
        at(&self.summaries.counts, sale.row())
    }

    /// Whether any item of a sale is sensitive.
    pub fn has_sensitive(&self, sale: SaleIndex) -> bool {
        self.summaries.sensitive.get(sale.row()) == Some(&true)
    }

    /// What occurs in every sale, a list for each: categories, price bands and roles.
    pub fn occurring(&self) -> [Lists<'_>; 3] {
        [&self.summaries.categories, &self.summaries.price_bands, &self.summaries.roles]
            .map(|lists| lists.all())
    }

    /// What occurs in a sale.
    pub fn summary(&self, sale: SaleIndex) -> Summary<'_> {
        self.summaries.get(sale)
    }

    /// Where a sale stands at an instant. An opening further ahead than the preview's days counts as a preview too:
    /// whether to show it yet is [`Catalogue::is_visible`].
    pub fn sale_state(&self, sale: SaleIndex, now: Timestamp) -> SaleState {
        let (opens, closes) = self.sale_times(sale);
        if now < opens {
            SaleState::Preview
        } else if now < closes {
            SaleState::Open
        } else {
            SaleState::Ended
        }
    }

    /// Sales that open after the pack was made, the same for everybody who has it.
    pub fn announced_sales(&self) -> impl Iterator<Item = SaleIndex> {
        let sales = (0..self.sale_count()).map(|row| SaleIndex(row as u32));
        sales.filter(|sale| self.sale_times(*sale).0 > self.meta().created)
    }

    /// Whether a sale may be shown: open, or a preview within the shop's days of preview.
    pub fn is_visible(&self, sale: SaleIndex, now: Timestamp) -> bool {
        let (opens, closes) = self.sale_times(sale);
        let preview = i64::from(self.meta().preview_days) * DAY;
        opens.plus(-preview) <= now && now < closes
    }

    /// Whether an item can be bought: its sale is open, it is not hidden and some size is in stock.
    pub fn is_buyable(&self, item: ItemIndex, now: Timestamp) -> bool {
        self.sale_state(self.item_sale(item), now) == SaleState::Open
            && !self.is_hidden(item)
            && self.units_left(item) > 0
    }

    /// A brand's tier.
    pub fn brand_tier(&self, brand: BrandIndex) -> BrandTier {
        BrandTier::from_code(at(self.pack.column(Section::BrandTier), brand.row()))
    }

    /// When a brand is expected back: its latest opening plus its usual interval, where both are known.
    pub fn brand_expected(&self, brand: BrandIndex) -> Option<Timestamp> {
        let interval = i64::from(at(self.pack.column::<u16>(Section::BrandInterval), brand.row()));
        let last = at(self.pack.column::<i64>(Section::BrandLastOpened), brand.row());
        let sales = (0..self.sale_count()).map(|row| SaleIndex(row as u32));
        let latest =
            sales.filter(|sale| self.sale_brand(*sale) == brand).map(|sale| self.sale_times(sale).0.0);
        let latest = latest.fold(last, i64::max);
        (interval > 0 && latest > 0).then(|| Timestamp(latest).plus(interval * DAY))
    }

    /// A category's parent; `None` for a top one.
    pub fn category_parent(&self, category: CategoryIndex) -> Option<CategoryIndex> {
        let parent =
            CategoryIndex(u32::from(at(self.pack.column::<u16>(Section::CategoryParent), category.row())));
        (parent != category).then_some(parent)
    }

    /// The top category above a category, or itself.
    pub fn category_top(&self, category: CategoryIndex) -> CategoryIndex {
        let mut top = category;
        // As many steps as there are categories end even where parents form a ring.
        for _ in 0..self.category_count() {
            match self.category_parent(top) {
                Some(parent) => top = parent,
                None => break,
            }
        }
        top
    }

    /// Days until goods of a category are bought again.
    pub fn replenish_days(&self, category: CategoryIndex) -> Option<u16> {
        Some(at(self.pack.column::<u16>(Section::CategoryReplenish), category.row())).filter(|days| *days > 0)
    }

    /// The co-visitation row of an item's stable id, which need not be in the catalogue any more.
    pub fn covisitation(&self, item_id: &str) -> Option<Covisitation<'_>> {
        let keys: &[u64] = self.pack.column(Section::CovisitationKeys);
        let row = keys.binary_search(&checksum(item_id.as_bytes())).ok()?;
        let rows = range(self.pack.column(Section::CovisitationStarts), row);
        Some(Covisitation {
            items: self.pack.column(Section::CovisitationItems).get(rows.clone())?,
            steps: self.pack.column(Section::CovisitationSteps).get(rows)?,
            largest: at(self.pack.column(Section::CovisitationLargest), row),
        })
    }

    /// How many items have co-visitation.
    pub fn covisitation_rows(&self) -> usize {
        self.pack.column::<u64>(Section::CovisitationKeys).len()
    }

    /// An item's number in a narrow column of counts or of what is numbered.
    fn count(&self, section: Section, item: ItemIndex) -> u32 {
        self.pack.numbers(section).at(item.row()) as u32
    }

    fn clone_changes(&self) -> Changes {
        Changes {
            left: self.left.clone(),
            prices: self.prices.clone(),
            price_bands: self.price_bands.clone(),
            percents: self.percents.clone(),
            opens: self.opens.clone(),
            closes: self.closes.clone(),
            hidden: self.hidden.clone(),
        }
    }
}

/// Columns on their way to the next state.
struct Changes {
    left: Option<Vec<u32>>,
    prices: Option<Vec<i64>>,
    price_bands: Option<Vec<u8>>,
    percents: Option<Vec<u8>>,
    opens: Option<Vec<i64>>,
    closes: Option<Vec<i64>>,
    hidden: Option<Vec<bool>>,
}

fn set<T>(column: &mut [T], row: u32, value: T) {
    if let Some(slot) = column.get_mut(row as usize) {
        *slot = value;
    }
}

/// A column that deltas changed, as numbers.
fn changed<T: bytemuck::NoUninit>(column: Option<&[T]>) -> Option<Numbers<'_>> {
    column.and_then(|column| Numbers::of(bytemuck::cast_slice(column), column.len()))
}

/// A column's value; [`Pack::open`] has checked that rows are in range, so the default is never seen.
fn at<T: Copy + Default>(column: &[T], row: usize) -> T {
    column.get(row).copied().unwrap_or_default()
}

fn range(starts: &[u32], row: usize) -> Range<usize> {
    at(starts, row) as usize..at(starts, row + 1) as usize
}
