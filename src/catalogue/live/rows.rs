//! What is known of one item, sale, brand or category, by its row.

use super::Catalogue;
use crate::base::digest::checksum;
use crate::base::ids::{BrandIndex, CategoryIndex, ItemIndex, SaleIndex};
use crate::base::time::{DAY, Timestamp};
use crate::catalogue::format::Section;
use crate::catalogue::summary::Summary;
use crate::catalogue::views::{BrandTier, Covisitation, ItemFlags, Role, SaleState, StockRow};
use crate::kernel::bits::rank;
use crate::kernel::score::Lists;
use core::ops::Range;

impl Catalogue {
    /// An item's sale.
    pub fn item_sale(&self, item: ItemIndex) -> SaleIndex {
        SaleIndex(u32::from(at(self.item_sales(), item.row())))
    }

    /// An item's brand.
    pub fn item_brand(&self, item: ItemIndex) -> BrandIndex {
        self.sale_brand(self.item_sale(item))
    }

    /// An item's category.
    pub fn item_category(&self, item: ItemIndex) -> CategoryIndex {
        CategoryIndex(u32::from(at(self.item_categories(), item.row())))
    }

    /// An item's price in minor units.
    pub fn price(&self, item: ItemIndex) -> i64 {
        match &self.changes.prices {
            Some(prices) => at(prices, item.row()),
            None => self.amount(Section::ItemPrice, item),
        }
    }

    /// An item's price before the sale, in minor units.
    pub fn list_price(&self, item: ItemIndex) -> i64 {
        self.amount(Section::ItemListPrice, item)
    }

    /// An item's lowest price of the last 30 days, where the shop says it.
    pub fn lowest_price(&self, item: ItemIndex) -> Option<i64> {
        Some(self.amount(Section::ItemLowestPrice, item)).filter(|price| *price > 0)
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
        let bits = self.pack.section(Section::ReturnBits);
        let Some(row) = rank(bits, item.row()) else { return [0; 8] };
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
        let [sizes, left] = [self.stock_sizes(), self.left()];
        // Of what the pack says is left, not of what a delta made of it.
        let [kept, sold] = [Section::StockLeft, Section::StockSold].map(|of| self.pack.numbers(of));
        let at_opening = move |row| kept.at(row).saturating_add(sold.at(row)).min(u32::MAX.into());
        range(self.stock_starts(), item.row()).map(move |row| StockRow {
            row: row as u32,
            size: self.size_text(sizes.at(row) as u16),
            left: left.at(row) as u32,
            at_opening: at_opening(row) as u32,
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
        self.hidden().get(item.row()) == Some(&true)
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

    /// By sale how many of its items are in stock and not hidden, and how many of them are not sensitive.
    pub fn counts_of_sales(&self) -> &[(u32, u32)] {
        &self.summaries.counts
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

    /// How many categories the summaries of all sales have together.
    pub fn categories_of_sales(&self) -> usize {
        self.summaries.categories.count()
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

    /// Whether a sale has any item that is not sensitive.
    pub fn has_plain(&self, sale: SaleIndex) -> bool {
        let flags = self.item_flags().get(self.sale_items(sale)).unwrap_or(&[]);
        flags.iter().any(|flags| !ItemFlags(*flags).sensitive())
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

    /// A category and all above it, the nearest first.
    pub fn category_line(&self, category: CategoryIndex) -> impl Iterator<Item = CategoryIndex> {
        // As many as there are categories end even where parents form a ring.
        core::iter::successors(Some(category), |here| self.category_parent(*here)).take(self.category_count())
    }

    /// The top category above a category, or itself.
    pub fn category_top(&self, category: CategoryIndex) -> CategoryIndex {
        self.category_line(category).last().unwrap_or(category)
    }

    /// Whether goods of a category, or where the pack does not know it of a brand, are taken for sensitive ones: some of them are.
    /// Of a category that has no goods now, those under the same top one tell; `None` where nothing does.
    pub fn is_sensitive_kind(&self, category: Option<&str>, brand: Option<&str>) -> Option<bool> {
        let tell = |is_of: &dyn Fn(ItemIndex) -> bool| {
            let sensitive = self.sensitive_items().iter().any(|row| is_of(ItemIndex(*row)));
            let any = || (0..self.item_count()).any(|row| is_of(ItemIndex(row as u32)));
            (sensitive || any()).then_some(sensitive)
        };
        if let Some(own) = category.and_then(|id| self.find_category(id)) {
            let top = self.category_top(own);
            return tell(&|item| self.item_category(item) == own)
                .or_else(|| tell(&|item| self.category_top(self.item_category(item)) == top));
        }
        let own = brand.and_then(|id| self.find_brand(id))?;
        tell(&|item| self.item_brand(item) == own)
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

    /// An item's amount in a column of prices, in minor units.
    fn amount(&self, section: Section, item: ItemIndex) -> i64 {
        self.pack.numbers(section).at(item.row()) as i64 * self.meta().price_unit
    }

    /// An item's number in a narrow column of counts or of what is numbered.
    fn count(&self, section: Section, item: ItemIndex) -> u32 {
        self.pack.numbers(section).at(item.row()) as u32
    }
}

/// A column's value; `Pack::open` has checked that rows are in range, so the default is never seen.
fn at<T: Copy + Default>(column: &[T], row: usize) -> T {
    column.get(row).copied().unwrap_or_default()
}

fn range(starts: &[u32], row: usize) -> Range<usize> {
    at(starts, row) as usize..at(starts, row + 1) as usize
}
