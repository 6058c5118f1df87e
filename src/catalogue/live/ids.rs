//! Stable ids and texts, and the rows that they are of.

use super::Catalogue;
use crate::base::ids::{BrandIndex, CategoryIndex, ItemIndex, SaleIndex};
use crate::catalogue::Strings;
use crate::catalogue::format::Section;

impl Catalogue {
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
        self.item_ids().get(item.row())
    }

    /// The stable ids of all items, by row.
    pub fn item_ids(&self) -> Strings<'_> {
        self.pack.strings(Section::ItemIdStarts, Section::ItemIds)
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
}
