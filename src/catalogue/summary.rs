//! What occurs in each sale: by this a ranking tells how good a sale's best item can be at most, and how many of its items
//! may be shown, without walking over them.
//!
//! Worked out from the columns whenever they change; nothing here is stored. What is made of it is `recommend`'s business.

use super::live::Catalogue;
use super::views::ItemFlags;
use crate::base::ids::SaleIndex;
use crate::base::order;
use crate::kernel::occur::{Apart, Rows, Seen, as_rows};
use crate::kernel::score;
use alloc::vec;
use alloc::vec::Vec;

/// What occurs in one sale; no code twice. Each is looked up when it is asked for: most that ask want one.
#[derive(Debug, Clone, Copy)]
pub struct Summary<'a> {
    all: &'a Summaries,
    sale: usize,
}

impl<'a> Summary<'a> {
    /// Categories of the items that are in stock and not hidden.
    pub fn categories(&self) -> &'a [u32] {
        self.all.categories.get(self.sale)
    }

    /// The number of the first of them among the categories of all sales; the others follow.
    pub fn first_category(&self) -> usize {
        self.all.categories.starts.get(self.sale).map_or(0, |start| *start as usize)
    }

    /// How many of these items each category has.
    pub fn shown(&self) -> &'a [u32] {
        self.all.shown.get(self.sale)
    }

    /// Their places in the sale, those of one category behind the other, ascending.
    pub fn places(&self) -> &'a [u32] {
        self.all.places.get(self.sale)
    }

    /// How many of them are not sensitive, by category.
    pub fn plain(&self) -> &'a [u32] {
        self.all.plain.get(self.sale)
    }

    /// The places of the items of a category that are in stock and not hidden, ascending; the category by its number in this
    /// summary.
    pub fn places_of(&self, category: u32) -> &'a [u32] {
        let (before, rest) = self.shown().split_at_checked(category as usize).unwrap_or_default();
        let start = before.iter().map(|count| *count as usize).sum::<usize>();
        let count = rest.first().map_or(0, |count| *count as usize);
        self.places().get(start..start + count).unwrap_or(&[])
    }
}

/// The summaries of all sales, and what occurs in each category.
#[derive(Debug, Clone, Default)]
pub(super) struct Summaries {
    pub(super) categories: Lists,
    shown: Lists,
    places: Lists,
    plain: Lists,
    pub(super) price_bands: Lists,
    pub(super) roles: Lists,
    /// By sale whether any item is sensitive.
    pub(super) sensitive: Vec<bool>,
    /// By sale how many items are in stock and not hidden, and how many of them are not sensitive.
    pub(super) counts: Vec<(u32, u32)>,
    /// By category the attributes of its items in any sale, ascending, and their sets of sizes; of what can be shown.
    attributes_of_categories: Lists,
    size_sets_of_categories: Lists,
    /// Of each attribute the number of its name; names are numbered as they ascend.
    pub(super) names: Vec<u32>,
    /// How many attributes of each name one item has at most.
    pub(super) most: Vec<u32>,
}

/// Lists of numbers, one behind the other.
#[derive(Debug, Clone)]
pub(super) struct Lists {
    /// Where each begins, and the last ends.
    starts: Vec<u32>,
    values: Vec<u32>,
}

impl Default for Lists {
    fn default() -> Self {
        Self { starts: vec![0], values: Vec::new() }
    }
}

impl Lists {
    fn get(&self, row: usize) -> &[u32] {
        self.all().get(row)
    }

    fn push(&mut self, values: &[u32]) {
        self.values.extend_from_slice(values);
        self.starts.push(self.values.len() as u32);
    }

    /// How many numbers all of them have.
    pub(super) fn count(&self) -> usize {
        self.values.len()
    }

    /// All of them, as the kernel takes them.
    pub(super) fn all(&self) -> score::Lists<'_> {
        score::Lists { starts: &self.starts, codes: &self.values }
    }
}

impl Summaries {
    /// From the columns as they stand.
    pub(super) fn of(catalogue: &Catalogue) -> Self {
        Self::of_sales(catalogue).and_attributes(catalogue)
    }

    /// The part that does not hang on attributes.
    pub(super) fn of_sales(catalogue: &Catalogue) -> Self {
        let mut all = Self::default();
        // Looked up once: what follows is asked of every item.
        let bytes_of = [catalogue.price_bands(), catalogue.roles()];
        let rows = Rows {
            groups: catalogue.item_categories(),
            shown: catalogue.stocked(),
            hidden: catalogue.hidden(),
            flags: catalogue.item_flags(),
        };
        // As many at once as there can be: what grows leaves holes behind it, and a module's memory never shrinks.
        all.places.values.reserve(catalogue.item_count());
        let (mut bytes, mut apart) = (Seen::of(256), Apart::of(catalogue.category_count()));
        for sale in (0..catalogue.sale_count()).map(|row| SaleIndex(row as u32)) {
            let items = catalogue.sale_items(sale);
            for (list, column) in [&mut all.price_bands, &mut all.roles].into_iter().zip(bytes_of) {
                bytes.begin_bytes(column, &items);
                list.push(bytes.found());
            }
            apart.take(rows, &items, ItemFlags::SENSITIVE);
            all.categories.push(apart.found());
            all.places.push(apart.places());
            let (shown, plain): (Vec<u32>, Vec<u32>) = apart.counts().unzip();
            all.counts.push((shown.iter().sum(), plain.iter().sum()));
            all.shown.push(&shown);
            all.plain.push(&plain);
            all.sensitive.push(apart.any_marked);
        }
        all
    }

    /// The rest.
    pub(super) fn and_attributes(mut self, catalogue: &Catalogue) -> Self {
        self.name(catalogue);
        score::most_codes_of_groups(catalogue.attribute_lists(), &self.names, &mut self.most);
        self.gather_categories(catalogue);
        self
    }

    /// Finds what occurs in each category.
    fn gather_categories(&mut self, catalogue: &Catalogue) {
        let lists = catalogue.attribute_lists();
        let columns = [catalogue.attribute_sets(), catalogue.size_sets()];
        let mut seen = [Seen::of(lists.starts.len()), Seen::of(catalogue.sizes_of_sets().count())];
        let mut attributes = Seen::of(catalogue.attribute_count());
        // The rows of one category behind those of another, in one piece that is given back whole: `ends` are where each ends.
        let mut ends = vec![0_usize; catalogue.category_count()];
        for (category, shown) in self.categories.values.iter().zip(&self.shown.values) {
            if let Some(count) = ends.get_mut(*category as usize) {
                *count += *shown as usize;
            }
        }
        let mut sum = 0;
        for end in &mut ends {
            (*end, sum) = (sum, sum + *end);
        }
        let mut rows = vec![0; catalogue.item_count()];
        for sale in (0..catalogue.sale_count()).map(|row| SaleIndex(row as u32)) {
            let (summary, first) = (self.get(sale), catalogue.sale_items(sale).start as u32);
            for (number, category) in (0..).zip(summary.categories()) {
                let Some(end) = ends.get_mut(*category as usize) else { continue };
                let places = summary.places_of(number);
                as_rows(places, first, rows.get_mut(*end..).unwrap_or(&mut []));
                *end += places.len();
            }
        }
        let mut start = 0;
        for end in ends {
            let rows = rows.get(start..end).unwrap_or(&[]);
            start = end;
            for (seen, column) in seen.iter_mut().zip(columns) {
                seen.begin();
                seen.take_at(column, rows);
            }
            let [sets, size_sets] = &seen;
            attributes.begin();
            attributes.take_lists(lists, sets.found());
            let mut ascending = attributes.found().to_vec();
            order::sort(&mut ascending);
            self.attributes_of_categories.push(&ascending);
            self.size_sets_of_categories.push(size_sets.found());
        }
    }

    /// The attributes, ascending, and the sets of sizes in stock that occur in a category, in any sale.
    pub(super) fn of_category(&self, category: usize) -> (&[u32], &[u32]) {
        (self.attributes_of_categories.get(category), self.size_sets_of_categories.get(category))
    }

    /// Numbers the names of attributes.
    fn name(&mut self, catalogue: &Catalogue) {
        let mut name = "";
        for attribute in 0..catalogue.attribute_count() {
            let text = catalogue.attribute_text(attribute as u32);
            let own = text.split_once('=').map_or(text, |(name, _)| name);
            // Texts ascend; should one name lie in two places, it counts as two, which only loosens a bound.
            if self.most.is_empty() || own != name {
                self.most.push(1);
                name = own;
            }
            self.names.push(self.most.len() as u32 - 1);
        }
    }

    /// What occurs in a sale.
    pub(super) fn get(&self, sale: SaleIndex) -> Summary<'_> {
        Summary { all: self, sale: sale.row() }
    }
}
