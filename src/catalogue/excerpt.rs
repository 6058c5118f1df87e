//! The excerpt of a pack: the same tables with fewer items, to be fetched before the whole.
//!
//! Brands, categories, sales, sizes, attributes, priors, price bands and what other rooms read stay as they are, so that an item
//! of an excerpt has the score that it has in the whole pack, but for co-visitation with items that are not there. Which items are taken is not settled here. It is worked out from
//! the tables by which columns are checked (`check`): a column that is added there is taken along.

use super::check::{BITS, COLUMNS, NARROW, Of, STARTS, TEXTS};
use super::format::Section;
use super::narrow::laid;
use super::pack::Pack;
use super::writer::seal;
use crate::base::ids::ItemIndex;
use crate::kernel::bits;
use alloc::vec;
use alloc::vec::Vec;

/// A pack that has only those items of another that are `taken`, in the same order, and is else the same.
pub fn excerpt(pack: &Pack, taken: impl Fn(ItemIndex) -> bool) -> Vec<u8> {
    let rows = Rows::of(pack, taken);
    seal(pack.sections().map(|(section, _)| (section, rows.bytes(pack, section))).collect())
}

/// Which rows of a pack are taken.
struct Rows {
    /// By [`Of`]; nothing where all are taken.
    taken: Vec<Option<Taken>>,
}

/// Which rows of one kind are taken.
struct Taken {
    rows: Vec<bool>,
    /// How many before each are, which is its own row in the excerpt where it is taken.
    places: Vec<u32>,
}

impl Rows {
    fn of(pack: &Pack, taken: impl Fn(ItemIndex) -> bool) -> Self {
        let count = pack.column::<u16>(Section::ItemSale).len() as u32;
        let items: Vec<bool> = (0..count).map(|row| taken(ItemIndex(row))).collect();
        let mut rows = Self { taken: (0..=Of::Neighbours as usize).map(|_| None).collect() };
        rows.put(Of::Items, items);
        let bits = pack.section(Section::ReturnBits);
        let returned = (0..count as usize).filter(|row| bits::is_set(bits, *row));
        rows.put(Of::Reasons, returned.flat_map(|row| [rows.takes(Of::Items, row); 8]).collect());
        rows.put(Of::Neighbours, rows.of_items(pack, Section::CovisitationItems));
        let starts: &[u32] = pack.column(Section::CovisitationStarts);
        let keys = starts.windows(2).map(|ends| span(ends).any(|row| rows.takes(Of::Neighbours, row)));
        rows.put(Of::Keys, keys.collect());
        rows.put(Of::Stock, rows.within(pack, Section::StockStarts, Of::Items));
        let sets: &[u32] = pack.column(Section::ItemAttributes);
        let mut used = vec![false; pack.column::<u32>(Section::AttributeStarts).len().saturating_sub(1)];
        for (_, set) in sets.iter().enumerate().filter(|(item, _)| rows.takes(Of::Items, *item)) {
            if let Some(slot) = used.get_mut(*set as usize) {
                *slot = true;
            }
        }
        rows.put(Of::AttributeSets, used);
        rows.put(Of::AttributeRows, rows.within(pack, Section::AttributeStarts, Of::AttributeSets));
        rows
    }

    fn put(&mut self, of: Of, rows: Vec<bool>) {
        if let Some(slot) = self.taken.get_mut(of as usize) {
            *slot = Some(Taken { places: places(rows.iter().copied()), rows });
        }
    }

    fn get(&self, of: Of) -> Option<&Taken> {
        self.taken.get(of as usize).and_then(Option::as_ref)
    }

    fn takes(&self, of: Of, row: usize) -> bool {
        self.get(of).is_none_or(|taken| taken.rows.get(row).copied().unwrap_or(false))
    }

    /// Of what starts point into: whether that which it belongs to is taken.
    fn within(&self, pack: &Pack, starts: Section, of: Of) -> Vec<bool> {
        let ends = pack.column::<u32>(starts).windows(2).enumerate();
        let owners = ends.flat_map(|(row, ends)| span(ends).map(move |_| row));
        owners.map(|row| self.takes(of, row)).collect()
    }

    /// Of a column of items: whether each is taken.
    fn of_items(&self, pack: &Pack, section: Section) -> Vec<bool> {
        let items: &[u32] = pack.column(section);
        items.iter().map(|item| self.takes(Of::Items, *item as usize)).collect()
    }

    /// A section as the excerpt has it.
    fn bytes(&self, pack: &Pack, section: Section) -> Vec<u8> {
        if let Some((.., of, below)) = COLUMNS.iter().find(|(column, ..)| *column == section) {
            return match self.get(*below) {
                Some(named) => self.rows(pack, section, *of, named),
                None => self.numbers(pack, section, *of),
            };
        }
        if let Some((_, of, into)) = STARTS.iter().find(|(starts, ..)| *starts == section) {
            let starts: &[u32] = pack.column(section);
            return match self.get(*into) {
                Some(into) => laid(section, &self.starts(starts, *of, &into.places)),
                None => pack.section(section).to_vec(),
            };
        }
        if let Some((_, _, of, _)) = TEXTS.iter().find(|(starts, ..)| *starts == section) {
            let starts: &[u32] = pack.column(section);
            let bytes = self.within(pack, section, *of);
            return laid(section, &self.starts(starts, *of, &places(bytes.into_iter())));
        }
        if let Some((starts, _, of, _)) = TEXTS.iter().find(|(_, texts, ..)| *texts == section) {
            let texts = pack.section(section);
            let taken = pack.column::<u32>(*starts).windows(2).enumerate();
            let taken = taken.filter(|(row, _)| self.takes(*of, *row));
            return taken.flat_map(|(_, ends)| texts.get(span(ends)).unwrap_or_default()).copied().collect();
        }
        if let Some((_, of)) = BITS.iter().find(|(bits, _)| *bits == section) {
            let own = pack.section(section);
            let taken = (0..8 * own.len()).filter(|row| self.takes(*of, *row));
            return bits::of(taken.map(|row| bits::is_set(own, row)));
        }
        pack.section(section).to_vec()
    }

    /// A column whose numbers are rows of which some are taken: those, by their rows in the excerpt.
    fn rows(&self, pack: &Pack, section: Section, of: Of, named: &Taken) -> Vec<u8> {
        // What is listed in another order than its own goes by what it names alone.
        let in_order = section != Section::ItemsById;
        let numbers = pack.column::<u32>(section).iter().map(|number| *number as usize).enumerate();
        let taken = numbers.filter(|(row, number)| {
            (!in_order || self.takes(of, *row)) && named.rows.get(*number).copied().unwrap_or(false)
        });
        let places = taken.map(|(_, number)| named.places.get(number).copied().unwrap_or(0));
        laid(section, &places.collect::<Vec<u32>>())
    }

    /// A column of other numbers, no narrower than it was.
    fn numbers(&self, pack: &Pack, section: Section, of: Of) -> Vec<u8> {
        let bytes = pack.section(section);
        let width = match super::check::width_of(section) {
            Some(NARROW) | None => pack.width(section).unwrap_or(1),
            Some(width) => usize::from(width),
        };
        let rows = bytes.chunks_exact(width.max(1)).enumerate();
        rows.filter(|(row, _)| self.takes(of, *row)).flat_map(|(_, number)| number).copied().collect()
    }

    /// Starts, by where each row of what they point into comes to lie.
    fn starts(&self, starts: &[u32], of: Of, places: &[u32]) -> Vec<u32> {
        let place = |start: u32| places.get(start as usize).copied().unwrap_or(0);
        let rows = starts.iter().take(starts.len().saturating_sub(1)).enumerate();
        let taken = rows.filter(|(row, _)| self.takes(of, *row)).map(|(_, start)| place(*start));
        let last = starts.last().map(|last| place(*last));
        taken.chain(last).collect()
    }
}

/// How many are taken before each, and at last in all.
fn places(taken: impl Iterator<Item = bool>) -> Vec<u32> {
    let mut count = 0;
    let mut places: Vec<u32> = vec![0];
    places.extend(taken.map(|taken| {
        count += u32::from(taken);
        count
    }));
    places
}

/// The rows between two starts.
fn span(ends: &[u32]) -> core::ops::Range<usize> {
    match ends {
        [from, to] => *from as usize..*to as usize,
        _ => 0..0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::sample::{bytes, catalogue};
    use crate::catalogue::{AlignedBytes, Catalogue};
    use alloc::string::String;
    use proptest::prelude::*;

    fn opened(taken: impl Fn(ItemIndex) -> bool) -> Catalogue {
        let file = excerpt(catalogue().pack(), taken);
        Catalogue::new(Pack::open(AlignedBytes::copy_of(&file)).expect("an excerpt opens"))
    }

    #[test]
    fn of_everything_it_is_the_pack_itself() {
        assert!(excerpt(catalogue().pack(), |_| true) == bytes());
    }

    #[test]
    fn of_nothing_it_opens_and_has_nothing() {
        let none = opened(|_| false);
        assert_eq!((none.item_count(), none.sale_count(), none.brand_count()), (0, 4, 3));
        assert!(none.covisitation("gone-01").is_none());
    }

    /// All that a catalogue says of an item, without its rows.
    fn said(catalogue: &Catalogue, item: ItemIndex) -> String {
        let stock = catalogue.stock(item).map(|stock| (stock.size, stock.left, stock.at_opening));
        let attributes = catalogue.attributes(item).iter().map(|row| catalogue.attribute_text(*row));
        let facts = (
            catalogue.sale_id(catalogue.item_sale(item)),
            catalogue.brand_id(catalogue.item_brand(item)),
            catalogue.category_id(catalogue.item_category(item)),
            (catalogue.price(item), catalogue.list_price(item), catalogue.lowest_price(item)),
            (
                catalogue.percent_off(item),
                catalogue.flags(item).0,
                catalogue.role(item),
                catalogue.rating(item),
            ),
            (catalogue.sold_and_returned(item), catalogue.return_reasons(item)),
            (catalogue.shelf_life_days(item), catalogue.outfit(item)),
            stock.collect::<Vec<_>>(),
            attributes.collect::<Vec<_>>(),
        );
        alloc::format!("{facts:?}")
    }

    proptest! {
        #[test]
        fn an_item_is_what_it_was(taken in prop::collection::vec(any::<bool>(), 24)) {
            let whole = catalogue();
            let takes = |item: ItemIndex| taken.get(item.row()).copied().unwrap_or(false);
            let some = opened(takes);
            let (mut row, mut of_sale) = (0, vec![0; whole.sale_count()]);
            for item in (0..whole.item_count() as u32).map(ItemIndex) {
                let found = some.find_item(whole.item_id(item));
                prop_assert_eq!(found, takes(item).then_some(ItemIndex(row)), "in the same order");
                if let Some(found) = found {
                    prop_assert_eq!(said(&some, found), said(&whole, item));
                    of_sale[whole.item_sale(item).row()] += 1;
                    row += 1;
                }
            }
            let counts: Vec<usize> = (0..4).map(|sale| some.sale_items(crate::base::ids::SaleIndex(sale)).len()).collect();
            prop_assert_eq!(counts, of_sale);
            let neighbours = |of: &Catalogue| of.covisitation("gone-01").map_or_else(Vec::new, |row| {
                row.neighbours().map(|(item, weight)| (String::from(of.item_id(item)), weight)).collect()
            });
            let left: Vec<_> = neighbours(&whole).into_iter().filter(|(id, _)| some.find_item(id).is_some()).collect();
            prop_assert_eq!(neighbours(&some), left);
        }
    }
}
