//! What occurs in each sale: by this a ranking tells how good a sale's best item can be at most, and how many of its items
//! may be shown, without walking over them.
//!
//! Worked out from the columns whenever they change; nothing here is stored. What is made of it is `recommend`'s business.

use super::live::Catalogue;
use super::views::ItemFlags;
use crate::base::ids::SaleIndex;
use crate::base::order;
use crate::kernel::occur::Seen;
use alloc::vec;
use alloc::vec::Vec;

/// What occurs in one sale; no code twice.
#[derive(Debug, Clone, Copy)]
pub struct Summary<'a> {
    /// Categories.
    pub categories: &'a [u32],
    /// How many items of each of them are in stock and not hidden.
    pub shown: &'a [u32],
    /// The places of these in the sale, those of one category behind the other, ascending.
    pub places: &'a [u32],
    /// How many of those are not sensitive.
    pub plain: &'a [u32],
    /// Price bands.
    pub price_bands: &'a [u32],
    /// Role codes.
    pub roles: &'a [u32],
    /// Attributes, ascending: those of one name lie together.
    pub attributes: &'a [u32],
    /// Sets of sizes in stock.
    pub size_sets: &'a [u32],
}

impl<'a> Summary<'a> {
    /// The places of the items of a category that are in stock and not hidden, ascending; the category by its number in this
    /// summary.
    pub fn places_of(&self, category: u32) -> &'a [u32] {
        let (before, rest) = self.shown.split_at_checked(category as usize).unwrap_or_default();
        let start = before.iter().map(|count| *count as usize).sum::<usize>();
        let count = rest.first().map_or(0, |count| *count as usize);
        self.places.get(start..start + count).unwrap_or(&[])
    }
}

/// The summaries of all sales, and what attributes have in common.
#[derive(Debug, Clone, Default)]
pub(super) struct Summaries {
    categories: Lists,
    shown: Lists,
    places: Lists,
    plain: Lists,
    price_bands: Lists,
    roles: Lists,
    attributes: Lists,
    size_sets: Lists,
    /// By sale whether any item is sensitive.
    pub(super) sensitive: Vec<bool>,
    everything: Codes,
    /// What occurs in each category in any sale, among what is in stock and not hidden: attributes, ascending, and sets of sizes.
    attributes_of_categories: Lists,
    size_sets_of_categories: Lists,
    /// Of each attribute the number of its name; names are numbered as they ascend.
    pub(super) names: Vec<u32>,
    /// How many attributes of each name one item has at most.
    pub(super) most: Vec<u32>,
}

/// Every code there is.
#[derive(Debug, Clone, Default)]
struct Codes {
    bytes: Vec<u32>,
    categories: Vec<u32>,
    attributes: Vec<u32>,
    size_sets: Vec<u32>,
}

/// Lists of numbers, one behind the other.
#[derive(Debug, Clone, Default)]
struct Lists {
    /// Where each ends.
    ends: Vec<u32>,
    values: Vec<u32>,
}

impl Lists {
    fn get(&self, row: usize) -> &[u32] {
        let end = |row: usize| self.ends.get(row).map_or(0, |end| *end as usize);
        let start = row.checked_sub(1).map_or(0, end);
        self.values.get(start..end(row)).unwrap_or(&[])
    }

    fn push(&mut self, values: impl IntoIterator<Item = u32>) {
        self.values.extend(values);
        self.ends.push(self.values.len() as u32);
    }
}

impl Summaries {
    /// From the columns as they stand.
    pub(super) fn of(catalogue: &Catalogue) -> Self {
        // Looked up once: what follows is asked of every item.
        let lists = catalogue.attribute_lists();
        let (categories_of, flags) = (catalogue.item_categories(), catalogue.item_flags());
        let (stocked, hidden) = (catalogue.stocked(), catalogue.hidden());
        let bytes_of = [catalogue.price_bands(), catalogue.roles()];
        let (attribute_sets_of, size_sets_of) = (catalogue.attribute_sets(), catalogue.size_sets());

        let (mut all, category_count) = (Self::default(), catalogue.category_count());
        all.name(catalogue);
        let sets = lists.starts.len().saturating_sub(1);
        all.count_names((0..sets).map(|set| lists.get(set)));
        let up_to = |count: usize| (0..count as u32).collect::<Vec<u32>>();
        let size_set_count = catalogue.sizes_of_sets().count();
        all.everything = Codes {
            bytes: up_to(256),
            categories: up_to(category_count),
            attributes: up_to(catalogue.attribute_count()),
            size_sets: up_to(size_set_count),
        };
        let (mut bytes, mut categories) = (Seen::of(256), Seen::of(category_count));
        let (mut attributes, mut size_sets) =
            (Seen::of(catalogue.attribute_count()), Seen::of(size_set_count));
        let mut attribute_sets = Seen::of(sets);
        let (mut shown, mut plain) = (vec![0_u32; category_count], vec![0_u32; category_count]);
        let (mut begins, mut places) = (vec![0_u32; category_count], Vec::new());
        for sale in (0..catalogue.sale_count()).map(|row| SaleIndex(row as u32)) {
            let items = catalogue.sale_items(sale);
            for (list, column) in [&mut all.price_bands, &mut all.roles].into_iter().zip(bytes_of) {
                bytes.begin_bytes(column, &items);
                list.push(bytes.found().iter().copied());
            }
            size_sets.begin_large(size_sets_of, &items);
            all.size_sets.push(size_sets.found().iter().copied());
            attribute_sets.begin_large(attribute_sets_of, &items);
            attributes.begin();
            for set in attribute_sets.found() {
                attributes.take(lists.get(*set as usize));
            }
            let mut ascending = attributes.found().to_vec();
            order::sort(&mut ascending);
            all.attributes.push(ascending);

            categories.begin_words(categories_of, &items);
            let mut any_sensitive = false;
            let is_shown = |row: usize| hidden.get(row) != Some(&true) && stocked.get(row) == Some(&true);
            let category_of =
                |row: usize| categories_of.get(row).map_or(0, |category| usize::from(*category));
            for row in items.clone() {
                let sensitive = flags.get(row).is_some_and(|flags| ItemFlags(*flags).sensitive());
                any_sensitive |= sensitive;
                if !is_shown(row) {
                    continue;
                }
                for (counts, counted) in [(&mut shown, true), (&mut plain, !sensitive)] {
                    if let Some(count) = counts.get_mut(category_of(row)) {
                        *count += u32::from(counted);
                    }
                }
            }
            all.categories.push(categories.found().iter().copied());
            // Where the places of each category begin; each place moves it on.
            let (mut next, first) = (0, items.start);
            for category in categories.found() {
                if let (Some(begin), Some(count)) =
                    (begins.get_mut(*category as usize), shown.get(*category as usize))
                {
                    *begin = next;
                    next += *count;
                }
            }
            places.clear();
            places.resize(next as usize, 0);
            for row in items.filter(|row| is_shown(*row)) {
                let Some(begin) = begins.get_mut(category_of(row)) else { continue };
                if let Some(place) = places.get_mut(*begin as usize) {
                    *place = (row - first) as u32;
                }
                *begin += 1;
            }
            all.places.push(places.iter().copied());
            for (list, counts) in [(&mut all.shown, &mut shown), (&mut all.plain, &mut plain)] {
                // Taken out, so that the next sale counts from nothing.
                let count = |category: &u32| counts.get_mut(*category as usize).map_or(0, core::mem::take);
                list.push(categories.found().iter().map(count));
            }
            all.sensitive.push(any_sensitive);
        }
        all.gather_categories(catalogue);
        all
    }

    /// Finds what occurs in each category.
    fn gather_categories(&mut self, catalogue: &Catalogue) {
        let lists = catalogue.attribute_lists();
        let (sets_of, size_sets_of) = (catalogue.attribute_sets(), catalogue.size_sets());
        let mut sets = Seen::of(lists.starts.len());
        let mut attributes = Seen::of(catalogue.attribute_count());
        let mut size_sets = Seen::of(self.everything.size_sets.len());
        let mut rows: Vec<Vec<u32>> = vec![Vec::new(); catalogue.category_count()];
        for sale in (0..catalogue.sale_count()).map(|row| SaleIndex(row as u32)) {
            let (summary, first) = (self.get(sale), catalogue.sale_items(sale).start as u32);
            for (number, category) in (0..).zip(summary.categories) {
                if let Some(rows) = rows.get_mut(*category as usize) {
                    rows.extend(summary.places_of(number).iter().map(|place| first + place));
                }
            }
        }
        for rows in rows {
            for (seen, column) in [(&mut sets, sets_of), (&mut size_sets, size_sets_of)] {
                seen.begin();
                seen.take_at(column, &rows);
            }
            attributes.begin();
            for set in sets.found() {
                attributes.take(lists.get(*set as usize));
            }
            let mut ascending = attributes.found().to_vec();
            order::sort(&mut ascending);
            self.attributes_of_categories.push(ascending);
            self.size_sets_of_categories.push(size_sets.found().iter().copied());
        }
    }

    /// The attributes, ascending, and the sets of sizes in stock that occur in a category, in any sale.
    pub(super) fn of_category(&self, category: usize) -> (&[u32], &[u32]) {
        (self.attributes_of_categories.get(category), self.size_sets_of_categories.get(category))
    }

    /// What occurs anywhere, which nobody counted.
    pub(super) fn everything(&self) -> Summary<'_> {
        Summary {
            categories: &self.everything.categories,
            shown: &[],
            places: &[],
            plain: &[],
            price_bands: &self.everything.bytes,
            roles: &self.everything.bytes,
            attributes: &self.everything.attributes,
            size_sets: &self.everything.size_sets,
        }
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

    /// Finds how many attributes of one name a set has at most.
    fn count_names<'a>(&mut self, sets: impl Iterator<Item = &'a [u32]>) {
        let mut counts = vec![0_u32; self.most.len()];
        for attributes in sets {
            let name = |attribute: &u32| self.names.get(*attribute as usize).map_or(0, |name| *name as usize);
            for name in attributes.iter().map(name) {
                if let (Some(count), Some(most)) = (counts.get_mut(name), self.most.get_mut(name)) {
                    *count += 1;
                    *most = (*most).max(*count);
                }
            }
            for name in attributes.iter().map(name) {
                if let Some(count) = counts.get_mut(name) {
                    *count = 0;
                }
            }
        }
    }

    /// What occurs in a sale.
    pub(super) fn get(&self, sale: SaleIndex) -> Summary<'_> {
        let row = sale.row();
        Summary {
            categories: self.categories.get(row),
            shown: self.shown.get(row),
            places: self.places.get(row),
            plain: self.plain.get(row),
            price_bands: self.price_bands.get(row),
            roles: self.roles.get(row),
            attributes: self.attributes.get(row),
            size_sets: self.size_sets.get(row),
        }
    }
}
