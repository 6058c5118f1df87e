//! Rows of the catalogue, as cards and pages show them.

use super::Engine;
use super::error::EngineError;
use super::views::{BrandView, CategoryView, ItemView, RatingView, SaleView, SizeView};
use crate::base::ids::{BrandIndex, CategoryIndex, ItemIndex, SaleIndex};
use crate::base::order;
use crate::base::time::{DAY, Timestamp};
use crate::catalogue::SaleState;
use crate::recommend::surfaces::shop_order;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

impl Engine {
    /// An item by its stable id.
    pub fn item(&self, id: &str) -> Option<ItemView> {
        self.basis.catalogue.find_item(id).map(|item| self.item_view(item))
    }

    /// An item by its row; `None` beyond the pack's rows.
    pub fn item_at(&self, row: u32) -> Option<ItemView> {
        ((row as usize) < self.basis.catalogue.item_count()).then(|| self.item_view(ItemIndex(row)))
    }

    /// A sale's item rows in shop order, those sold out last, without hidden ones.
    ///
    /// # Errors
    /// [`EngineError::Unknown`] where the sale is not in the catalogue.
    pub fn item_rows_of(&self, sale: &str) -> Result<Vec<u32>, EngineError> {
        let unknown = || EngineError::Unknown { kind: "sale", id: sale.into() };
        let sale = self.basis.catalogue.find_sale(sale).ok_or_else(unknown)?;
        let items = self.basis.catalogue.sale_items(sale).map(|row| ItemIndex(row as u32));
        let shown = items.filter(|item| !self.basis.catalogue.is_hidden(*item));
        let (stocked, sold_out): (Vec<_>, Vec<_>) =
            shown.partition(|item| self.basis.catalogue.units_left(*item) > 0);
        Ok(stocked.into_iter().chain(sold_out).map(|item| item.0).collect())
    }

    /// Every item row of visible sales in the shop's order, for shops that draw without a ranking.
    pub fn shop_order(&self, now: Timestamp) -> Vec<u32> {
        let catalogue = &self.basis.catalogue;
        let sales = (0..catalogue.sale_count()).map(|row| SaleIndex(row as u32));
        let rows: Vec<u32> = sales
            .filter(|sale| catalogue.is_visible(*sale, now))
            .flat_map(|sale| catalogue.sale_items(sale))
            .map(|row| row as u32)
            .filter(|row| !catalogue.is_hidden(ItemIndex(*row)))
            .collect();
        shop_order(catalogue, &rows, usize::MAX)
    }

    /// Sales that may be shown at `now`, and those ended, by opening and then id.
    pub fn sales(&self, now: Timestamp) -> Vec<SaleView> {
        let mut sales: Vec<SaleIndex> =
            (0..self.basis.catalogue.sale_count()).map(|row| SaleIndex(row as u32)).collect();
        order::sort_by_key(&mut sales, |sale| (self.basis.catalogue.sale_times(*sale).0, *sale));
        sales.into_iter().map(|sale| self.sale_view(sale, now)).collect()
    }

    /// A sale by its stable id.
    pub fn sale(&self, id: &str, now: Timestamp) -> Option<SaleView> {
        self.basis.catalogue.find_sale(id).map(|sale| self.sale_view(sale, now))
    }

    /// The brands, by id.
    pub fn brands(&self, now: Timestamp) -> Vec<BrandView> {
        (0..self.basis.catalogue.brand_count())
            .map(|row| self.brand_view(BrandIndex(row as u32), now))
            .collect()
    }

    /// A brand by its stable id.
    pub fn brand(&self, id: &str, now: Timestamp) -> Option<BrandView> {
        self.basis.catalogue.find_brand(id).map(|brand| self.brand_view(brand, now))
    }

    /// The categories, by id.
    pub fn categories(&self) -> Vec<CategoryView> {
        let rows = (0..self.basis.catalogue.category_count()).map(|row| CategoryIndex(row as u32));
        rows.map(|category| CategoryView {
            row: category.0,
            id: self.basis.catalogue.category_id(category).into(),
            parent: self
                .basis
                .catalogue
                .category_parent(category)
                .map(|parent| self.basis.catalogue.category_id(parent).into()),
        })
        .collect()
    }

    fn item_view(&self, item: ItemIndex) -> ItemView {
        let catalogue = &self.basis.catalogue;
        let flags = catalogue.flags(item);
        let (sold, returned) = catalogue.sold_and_returned(item);
        let stock: Vec<_> = catalogue.stock(item).collect();
        ItemView {
            row: item.0,
            id: catalogue.item_id(item).into(),
            brand: catalogue.brand_id(catalogue.item_brand(item)).into(),
            category: catalogue.category_id(catalogue.item_category(item)).into(),
            sale: catalogue.sale_id(catalogue.item_sale(item)).into(),
            price: catalogue.price(item),
            list_price: catalogue.list_price(item),
            lowest_price: catalogue.lowest_price(item),
            percent_off: catalogue.percent_off(item),
            stock: catalogue.units_left(item),
            stock_at_opening: stock.iter().map(|row| u64::from(row.at_opening)).sum(),
            sizes: stock.iter().map(|row| SizeView { size: row.size.into(), stock: row.left }).collect(),
            rating: catalogue.rating(item).map(|(value, count)| RatingView { value, count }),
            sold,
            returned,
            return_reasons: catalogue.return_reasons(item),
            sensitive: flags.sensitive(),
            authenticity_insured: flags.authenticity_insured(),
            off_season: flags.off_season(),
            shelf_life_until: catalogue.shelf_life_days(item).map(|days| i64::from(days) * DAY),
            outfit: catalogue.outfit(item).map(Into::into),
            attributes: catalogue
                .attributes(item)
                .iter()
                .map(|row| catalogue.attribute_text(*row).into())
                .collect(),
        }
    }

    fn sale_view(&self, sale: SaleIndex, now: Timestamp) -> SaleView {
        let catalogue = &self.basis.catalogue;
        let (opens, closes) = catalogue.sale_times(sale);
        let brand = catalogue.sale_brand(sale);
        let items = catalogue.sale_items(sale);
        let percents = catalogue.percents_off().get(items.clone()).unwrap_or(&[]);
        SaleView {
            row: sale.0,
            id: catalogue.sale_id(sale).into(),
            brand: catalogue.brand_id(brand).into(),
            tier: catalogue.brand_tier(brand).name(),
            category: self.main_category(sale),
            opens: opens.0,
            closes: closes.0,
            state: match catalogue.sale_state(sale, now) {
                SaleState::Preview => "preview",
                SaleState::Open => "open",
                SaleState::Ended => "ended",
            },
            opened_today: opens == catalogue.shop_day(now).0,
            items: items.len(),
            percent_off_up_to: percents.iter().copied().max().unwrap_or(0),
        }
    }

    /// The category most of a sale's items are in; of equals the lesser id.
    fn main_category(&self, sale: SaleIndex) -> String {
        let mut counts = vec![0_u32; self.basis.catalogue.category_count()];
        let categories =
            self.basis.catalogue.item_categories().get(self.basis.catalogue.sale_items(sale)).unwrap_or(&[]);
        for category in categories {
            if let Some(count) = counts.get_mut(usize::from(*category)) {
                *count += 1;
            }
        }
        let most = counts.iter().enumerate().max_by_key(|(row, count)| (**count, core::cmp::Reverse(*row)));
        most.map_or_else(String::new, |(row, _)| {
            self.basis.catalogue.category_id(CategoryIndex(row as u32)).into()
        })
    }

    fn brand_view(&self, brand: BrandIndex, now: Timestamp) -> BrandView {
        let sale = self.next_sale(brand, now);
        let expected =
            self.basis.catalogue.brand_expected(brand).filter(|back| sale.is_none() && *back > now);
        BrandView {
            row: brand.0,
            id: self.basis.catalogue.brand_id(brand).into(),
            tier: self.basis.catalogue.brand_tier(brand).name(),
            sale: sale.map(|sale| self.basis.catalogue.sale_id(sale).into()),
            expected_back: expected.map(|back| back.0),
        }
    }
}
