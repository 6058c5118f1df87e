//! What holds of packs and deltas: they read back what went in, and damage is refused by name.

use super::check::BY_DIFFERENCE;
use super::delta::{Delta, DeltaError};
use super::format::{ENTRY_BYTES, FORMAT, PREFIX_BYTES, Section};
use super::meta::Meta;
use super::narrow::{laid, narrowest};
use super::sample::{NOW, bytes, catalogue, input, with};
use super::writer::{WriteError, write};
use super::{AlignedBytes, Opening, Pack, PackError, SaleState};
use crate::base::money::AMOUNT_MAX;
use crate::base::time::{DAY, HOUR};
use crate::kernel::numbers::{Numbers, summed};
use alloc::string::ToString;
use alloc::vec;
use alloc::vec::Vec;
use proptest::prelude::*;

fn open(file: &[u8]) -> Result<Pack, PackError> {
    Pack::open(AlignedBytes::copy_of(file))
}

#[test]
fn a_pack_reads_back_what_went_in() {
    let catalogue = catalogue();
    let item = catalogue.find_item("it-07").expect("there");
    assert_eq!(catalogue.item_id(item), "it-07");
    assert_eq!(catalogue.brand_id(catalogue.item_brand(item)), "ferrow");
    assert_eq!(catalogue.category_id(catalogue.item_category(item)), "boots");
    assert_eq!((catalogue.price(item), catalogue.list_price(item)), (8_100, 27_000));
    assert_eq!(catalogue.percent_off(item), 70);
    assert_eq!(catalogue.rating(item), Some((470, 19)));
    assert_eq!(catalogue.return_reasons(item), [3, 2, 0, 0, 0, 0, 0, 0]);
    let stock: Vec<_> = catalogue.stock(item).map(|row| (row.size.to_string(), row.left)).collect();
    assert_eq!(stock, vec![("36".into(), 1), ("38".into(), 2), ("40".into(), 3)]);
    let attributes: Vec<_> =
        catalogue.attributes(item).iter().map(|row| catalogue.attribute_text(*row)).collect();
    assert_eq!(attributes, vec!["cloth=wool", "colour=red"]);
    assert_eq!(catalogue.outfit(catalogue.find_item("it-08").expect("there")), Some("outfit-1"));
    assert!(catalogue.flags(catalogue.find_item("it-23").expect("there")).sensitive());
    let dresses = catalogue.find_category("dresses").expect("there");
    assert_eq!(catalogue.category_id(catalogue.category_top(dresses)), "women");
    assert_eq!(catalogue.find_item("it-99"), None);

    let row = catalogue.covisitation("gone-01").expect("kept though the item left");
    let neighbours: Vec<_> =
        row.neighbours().map(|(item, weight)| (catalogue.item_id(item), weight)).collect();
    // The root of a third is 147.2 of 255 steps. Neighbours that left are left out.
    assert_eq!(neighbours, vec![("it-07", 900_000), ("it-13", 299_087)]);
}

#[test]
fn sales_open_and_close_on_the_minute() {
    let catalogue = catalogue();
    let sale = catalogue.find_sale("lumen-2").expect("there");
    let (opens, closes) = catalogue.sale_times(sale);
    assert_eq!(catalogue.sale_state(sale, opens.plus(-1)), SaleState::Preview);
    assert_eq!(catalogue.sale_state(sale, opens), SaleState::Open);
    assert_eq!(catalogue.sale_state(sale, closes.plus(-1)), SaleState::Open);
    assert_eq!(catalogue.sale_state(sale, closes), SaleState::Ended);
    assert!(catalogue.is_visible(sale, NOW) && !catalogue.is_visible(sale, opens.plus(-3 * DAY - 1)));
    assert_eq!(catalogue.shop_day(NOW), (NOW.plus(-2 * HOUR), NOW.plus(22 * HOUR)));
}

#[test]
fn the_same_rows_in_another_order_give_the_same_pack() {
    let mut shuffled = input();
    shuffled.brands.reverse();
    shuffled.categories.reverse();
    shuffled.sales.reverse();
    shuffled.items.rotate_left(6);
    assert_eq!(write(&shuffled).expect("packs"), bytes());
}

#[test]
fn bad_rows_are_named() {
    let refused = |change: fn(&mut super::input::CatalogueInput)| {
        let mut input = input();
        change(&mut input);
        write(&input).expect_err("refused").to_string()
    };
    assert_eq!(
        refused(|input| input.items[3].sale = "x".into()),
        "item \"it-03\" names sale \"x\", which is not in the feed"
    );
    assert_eq!(
        refused(|input| input.items[3].id = "it-04".into()),
        "item \"it-04\" is there twice; ids are unique"
    );
    assert_eq!(
        refused(|input| input.items[0].list_price = 1),
        "item \"it-00\": list_price is not below the price"
    );
    assert_eq!(
        refused(|input| input.items[0].stock[0].left = 9),
        "item \"it-00\": stock has more left than at opening"
    );
    assert_eq!(refused(|input| input.brands[0].id = "a b".into()).split(':').next(), Some("brand \"a b\""));
    let mut sale = input();
    sale.sales[0].closes = sale.sales[0].opens;
    assert!(matches!(write(&sale), Err(WriteError::Value { kind: "sale", field: "closes", .. })));
}

#[test]
fn refusals_name_the_section() {
    let file = bytes();
    assert_eq!(open(b"PK\x03\x04 something else").expect_err("refused"), PackError::Foreign);
    assert_eq!(open(&[]).expect_err("refused"), PackError::Foreign);
    for found in [FORMAT - 1, FORMAT + 1] {
        let mut other = file.clone();
        other[8] = found as u8;
        assert_eq!(open(&other).expect_err("refused"), PackError::Format { found });
    }
    assert!(matches!(open(&file[..file.len() - 8]), Err(PackError::Length { .. })));
    // Flip one byte in the middle of each section: the refusal carries that section's name.
    let pack = open(&file).expect("opens");
    let mut offset = PREFIX_BYTES + ENTRY_BYTES * pack.sections().count();
    for (section, length) in pack.sections().collect::<Vec<_>>() {
        offset = offset.next_multiple_of(8);
        if length > 0 {
            let mut damaged = file.clone();
            damaged[offset + length / 2] ^= 0x40;
            assert_eq!(open(&damaged).expect_err("refused"), PackError::Damaged { section: section.name() });
        }
        offset += length;
    }
    pack.verify_digests().expect("SHA-256 of all sections");
}

#[test]
fn an_index_out_of_range_is_refused_though_sealed() {
    // A writer that lies about its own rows is caught when the pack is opened, not when a shopper looks.
    let pack = open(&bytes()).expect("opens");
    let with = |of: Section, byte: u8| open(&lying(&pack, of, |bytes| bytes[0] = byte)).expect_err("refused");
    for section in [Section::ItemSale, Section::ItemAttributes] {
        let problem = "a number is larger than it may be, or points beyond what it counts";
        let expected = PackError::Nonsense { section: section.name(), problem };
        assert_eq!(with(section, 126), expected);
    }
    let own = pack.section(Section::ItemSale)[0];
    let elsewhere =
        PackError::Nonsense { section: "sales.items", problem: "an item lies in another sale than its own" };
    assert_eq!(with(Section::ItemSale, u8::from(own == 0)), elsewhere);
}

/// The pack with one section changed, and sealed again.
fn lying(pack: &Pack, of: Section, change: impl Fn(&mut Vec<u8>)) -> Vec<u8> {
    let mut sections: Vec<(Section, Vec<u8>)> =
        pack.sections().map(|(section, _)| (section, pack.section(section).to_vec())).collect();
    for (_, bytes) in sections.iter_mut().filter(|(section, _)| *section == of) {
        change(bytes);
    }
    super::writer::seal(sections)
}

fn all_of(numbers: Numbers<'_>) -> Vec<u64> {
    (0..numbers.len()).map(|row| numbers.at(row)).collect()
}

/// The narrow columns of the sample, each with its rows and the first number that it must not have.
fn narrow_columns() -> [(Section, usize, u64); 12] {
    let (amount, count) = ((AMOUNT_MAX / catalogue().meta().price_unit) as u64 + 1, 1 << 32);
    [
        (Section::ItemPrice, 24, amount),
        (Section::ItemListPrice, 24, amount),
        (Section::ItemLowestPrice, 24, amount),
        (Section::ItemRatingCount, 24, count),
        (Section::ItemSold, 24, count),
        (Section::ItemReturned, 24, count),
        (Section::ItemShelfLife, 24, count),
        (Section::ItemOutfit, 24, 2),
        (Section::ReturnReasons, 22 * 8, count),
        (Section::StockSize, 72, 3),
        (Section::StockLeft, 72, count),
        (Section::StockSold, 72, count),
    ]
}

#[test]
fn a_length_that_is_no_width_is_refused_by_the_name_of_the_section() {
    let pack = open(&bytes()).expect("opens");
    for (section, rows, _) in narrow_columns() {
        for length in [0, rows - 1, rows + 1, 3 * rows, 16 * rows] {
            let refused = open(&lying(&pack, section, |bytes| bytes.resize(length, 0))).expect_err("refused");
            assert!(
                matches!(refused, PackError::Nonsense { section: named, .. } if named == section.name()),
                "{refused}"
            );
        }
    }
}

#[test]
fn a_column_may_be_wider_than_it_needs_but_holds_no_more_than_it_may() {
    let pack = open(&bytes()).expect("opens");
    for (section, rows, beyond) in narrow_columns() {
        let numbers = all_of(Numbers::of(pack.section(section), rows).expect("a width"));
        let with = |last: u64| {
            lying(&pack, section, |bytes| {
                // A number of eight bytes beside them makes all of them as wide.
                let wide = [&numbers[..rows - 1], &[last, u64::MAX]].concat();
                *bytes = narrowest(&wide);
                bytes.truncate(8 * rows);
            })
        };
        open(&with(beyond - 1)).unwrap_or_else(|refusal| panic!("{refusal}"));
        let refused = open(&with(beyond)).expect_err("refused");
        assert!(
            matches!(refused, PackError::Nonsense { section: named, .. } if named == section.name()),
            "{refused}"
        );
    }
}

#[test]
fn a_row_that_is_twice_among_the_ids_is_refused() {
    let pack = open(&bytes()).expect("opens");
    let twice = lying(&pack, Section::ItemsById, |bytes| {
        let mut rows = summed(bytes).expect("differences");
        rows[1] = rows[0];
        *bytes = laid(Section::ItemsById, &rows);
    });
    let named =
        PackError::Nonsense { section: "items.by_id", problem: "items are not in the order of their ids" };
    assert_eq!(open(&twice).expect_err("refused"), named);
}

#[test]
fn differences_that_sum_up_to_no_numbers_are_refused_by_the_name_of_the_section() {
    let pack = open(&bytes()).expect("opens");
    for section in BY_DIFFERENCE {
        // The first number is below 0; the last is cut.
        for change in [|bytes: &mut Vec<u8>| bytes[0] = 1, |bytes: &mut Vec<u8>| bytes.push(128)] {
            let refused = open(&lying(&pack, section, change)).expect_err("refused");
            let problem = "its differences cannot be read";
            assert_eq!(refused, PackError::Nonsense { section: section.name(), problem });
        }
    }
}

#[test]
fn prices_are_counted_in_what_all_are_multiples_of() {
    let told = |of: [i64; 3]| {
        let catalogue = with(|input| {
            for item in &mut input.items {
                (item.price, item.list_price, item.lowest_price) =
                    (of[0], of[1], Some(of[2]).filter(|price| *price > 0));
            }
        });
        let item = catalogue.find_item("it-07").expect("there");
        let told =
            [catalogue.price(item), catalogue.list_price(item), catalogue.lowest_price(item).unwrap_or(0)];
        assert_eq!(told, of);
        catalogue.meta().price_unit
    };
    assert_eq!(told([19_900, 39_900, 0]), 100);
    assert_eq!(told([19_999, 39_900, 19_900]), 1);
    assert_eq!(told([0, AMOUNT_MAX, 0]), AMOUNT_MAX);
    assert_eq!(told([0, 0, 0]), 1);
}

#[test]
fn a_meta_that_makes_no_sense_is_refused_with_the_field() {
    let pack = open(&bytes()).expect("opens");
    let refused = |change: &dyn Fn(&mut Meta)| {
        let mut meta = pack.meta().clone();
        change(&mut meta);
        let lying = lying(&pack, Section::Meta, |bytes| *bytes = postcard::to_allocvec(&meta).expect("meta"));
        match open(&lying).expect_err("refused") {
            PackError::Nonsense { section: "meta", problem } => problem,
            other => panic!("{other}"),
        }
    };
    assert_eq!(refused(&|meta| meta.price_unit = 0), "its price_unit is under 1");
    assert_eq!(refused(&|meta| meta.exponent = 7), "its exponent is over 6");
    assert_eq!(refused(&|meta| meta.opening_minute = 1_440), "its opening_minute is no minute of a day");
    let edges = "its price_edges are over 255 or do not ascend";
    assert_eq!(refused(&|meta| meta.price_edges = vec![2, 1]), edges);
    assert_eq!(refused(&|meta| meta.price_edges = (0..256).collect()), edges);
    let longer = lying(&pack, Section::Meta, |bytes| bytes.push(0));
    let problem = "something stands behind it";
    assert_eq!(open(&longer).expect_err("refused"), PackError::Nonsense { section: "meta", problem });
}

#[test]
fn bits_that_are_not_one_an_item_are_refused() {
    let pack = open(&bytes()).expect("opens");
    for change in [|bytes: &mut Vec<u8>| bytes.push(0), Vec::clear] {
        let refused = open(&lying(&pack, Section::ReturnBits, change)).expect_err("refused");
        let problem = "it has another count of bits than the rest, or one behind the last";
        assert_eq!(refused, PackError::Nonsense { section: "returns.items", problem });
    }
    // An item more with returns, and no counts of them.
    let unset = pack.section(Section::ReturnBits).iter().position(|byte| *byte != 255).expect("there");
    let refused = open(&lying(&pack, Section::ReturnBits, |bytes| bytes[unset] = 255)).expect_err("refused");
    assert!(matches!(refused, PackError::Nonsense { section: "returns.reasons", .. }), "{refused}");
}

#[test]
fn what_was_there_at_opening_is_told_however_much_was_sold() {
    let counts = [(0, 7), (7, 7), (u32::MAX, u32::MAX), (0, u32::MAX), (5, 6)];
    let catalogue = with(|input| {
        let rows = input.items.iter_mut().flat_map(|item| &mut item.stock);
        for (row, (left, at_opening)) in rows.zip(counts) {
            (row.left, row.at_opening) = (left, at_opening);
        }
    });
    let items = ["it-00", "it-01"].map(|id| catalogue.find_item(id).expect("there"));
    let rows = items.into_iter().flat_map(|item| catalogue.stock(item));
    let told: Vec<(u32, u32)> = rows.map(|row| (row.left, row.at_opening)).take(counts.len()).collect();
    assert_eq!(told, counts);
}

#[test]
fn the_place_of_an_item_among_the_ids_is_told() {
    let catalogue = with(|input| input.items.reverse());
    let ranks = catalogue.item_id_ranks();
    assert_eq!(ranks.len(), catalogue.item_count());
    for (place, row) in catalogue.items_by_id().iter().enumerate() {
        assert_eq!(ranks[*row as usize] as usize, place);
    }
    assert!(!ranks.is_sorted(), "rows are not in the order of their ids here");
}

#[test]
fn a_delta_changes_the_day_and_its_state() {
    let mut catalogue = catalogue();
    let item = catalogue.find_item("it-00").expect("there");
    let before = catalogue.state();
    let delta = Delta {
        applies_to: before.0,
        made: NOW,
        stock: catalogue.stock(item).map(|row| (row.row, 0)).collect(),
        prices: vec![(item.0, 5_000)],
        sales: vec![(catalogue.item_sale(item).0, NOW.plus(-HOUR), NOW.plus(HOUR))],
        hidden: vec![(1, true)],
    };
    assert!(catalogue.is_buyable(item, NOW));
    let delta = Delta::from_bytes(&delta.to_bytes()).expect("reads back");
    catalogue.apply(&delta).expect("applies");
    assert_eq!(
        (catalogue.units_left(item), catalogue.price(item), catalogue.percent_off(item)),
        (0, 5_000, 75)
    );
    assert!(!catalogue.is_buyable(item, NOW), "sold out");
    assert_eq!(catalogue.state(), delta.state_after());
    assert!(matches!(catalogue.apply(&delta), Err(DeltaError::State { .. })), "a delta applies once");
}

#[test]
fn a_bad_delta_changes_nothing() {
    let mut catalogue = catalogue();
    let good = Delta {
        applies_to: catalogue.state().0,
        made: NOW,
        stock: vec![(0, 0)],
        prices: vec![],
        sales: vec![],
        hidden: vec![],
    };
    for bad in [
        Delta { stock: vec![(0, 0), (9_999, 1)], ..good.clone() },
        Delta { prices: vec![(0, -1)], ..good.clone() },
        Delta { sales: vec![(0, NOW, NOW)], ..good.clone() },
        Delta { hidden: vec![(9_999, true)], ..good.clone() },
    ] {
        let left = all_of(catalogue.left());
        assert!(matches!(catalogue.apply(&bad), Err(DeltaError::Nonsense { .. })));
        assert_eq!(
            (all_of(catalogue.left()), catalogue.state()),
            (left, crate::base::digest::Digest(good.applies_to))
        );
    }
}

#[test]
fn a_brand_is_expected_after_its_interval() {
    let catalogue = with(|input| input.brands[1].interval_days = None);
    let expected = |id| catalogue.brand_expected(catalogue.find_brand(id).expect("there"));
    assert_eq!(expected("lumen"), Some(NOW.plus(31 * DAY - 2 * HOUR)));
    assert_eq!(expected("ferrow"), None);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]
    #[test]
    fn any_changed_byte_is_refused(at in any::<prop::sample::Index>(), flip in 1u8..) {
        let mut file = bytes();
        let at = at.index(file.len());
        file[at] ^= flip;
        prop_assert!(open(&file).is_err(), "byte {at} changed unnoticed");
    }

    #[test]
    fn a_pack_that_comes_in_pieces_is_what_it_is_as_a_whole(
        cuts in prop::collection::vec(any::<prop::sample::Index>(), 0..12),
        damage in prop::option::of((any::<prop::sample::Index>(), 1u8..)),
    ) {
        let mut file = bytes();
        if let Some((at, flip)) = damage {
            file[at.index(bytes().len())] ^= flip;
        }
        let mut opening = Opening::of(AlignedBytes::zeroed(file.len()));
        let mut cuts: Vec<usize> = cuts.iter().map(|cut| cut.index(file.len() + 1)).collect();
        cuts.sort_unstable();
        for cut in cuts.into_iter().chain([file.len()]) {
            // What has not arrived yet is not there.
            opening.room()[..cut].copy_from_slice(&file[..cut]);
            opening.arrived(cut);
        }
        let whole = Opening::of(AlignedBytes::copy_of(&file)).finish();
        let pieces = opening.finish();
        prop_assert_eq!(whole.is_err(), damage.is_some());
        // Everything that was worked out, to the last number.
        prop_assert_eq!(alloc::format!("{pieces:?}"), alloc::format!("{whole:?}"));
        prop_assert_eq!(open(&file).err(), whole.err());
    }

    #[test]
    fn what_any_width_holds_reads_back(amounts in prop::array::uniform3(0..=AMOUNT_MAX), counts in prop::array::uniform5(any::<u32>()), shift in 0_u32..48) {
        let [one, two, three] = amounts.map(|amount| amount >> shift);
        let [rated, sold, returned, days, left] = counts.map(|count| count >> (shift % 32));
        let returned = returned.min(sold);
        let catalogue = with(|input| {
            let item = &mut input.items[7];
            (item.price, item.list_price, item.lowest_price) = (one.min(two), one.max(two), Some(three.max(1)));
            (item.rating, item.rating_count) = if rated == 0 { (0, 0) } else { (300, rated) };
            (item.sold, item.returned, item.return_reasons) = (sold, returned, [0, 0, 0, 0, 0, 0, 0, returned]);
            item.shelf_life_days = Some(days);
            (item.stock[1].left, item.stock[1].at_opening) = (left / 2, left);
        });
        let item = catalogue.find_item("it-07").expect("there");
        prop_assert_eq!((catalogue.price(item), catalogue.list_price(item)), (one.min(two), one.max(two)));
        prop_assert_eq!(catalogue.lowest_price(item), Some(three.max(1)));
        prop_assert_eq!(catalogue.rating(item), (rated > 0).then_some((300, rated)));
        prop_assert_eq!(catalogue.sold_and_returned(item), (sold, returned));
        prop_assert_eq!(catalogue.return_reasons(item), [0, 0, 0, 0, 0, 0, 0, returned]);
        prop_assert_eq!(catalogue.shelf_life_days(item), (days > 0).then_some(days));
        prop_assert_eq!(catalogue.stock(item).nth(1).map(|row| (row.left, row.at_opening)), Some((left / 2, left)));
        prop_assert_eq!(catalogue.units_left(item), u64::from(1 + left / 2 + 3));
        let each: Vec<i32> = catalogue.item_range().map(|row| catalogue.qualities().at(row)).collect();
        prop_assert_eq!(catalogue.qualities().all(), each);
        let neighbour = catalogue.find_item("it-08").expect("there");
        prop_assert_eq!((catalogue.price(neighbour), catalogue.sold_and_returned(neighbour)), (8_400, (48, 8)));
    }

    #[test]
    fn any_cut_is_refused(at in any::<prop::sample::Index>()) {
        let file = bytes();
        prop_assert!(open(&file[..at.index(file.len())]).is_err());
    }

    #[test]
    fn any_bytes_are_read_without_panic(file in prop::collection::vec(any::<u8>(), 0..400), sealed in any::<bool>()) {
        let mut file = file;
        if sealed {
            file.splice(0..0, super::format::MAGIC.into_iter().chain(FORMAT.to_le_bytes()));
        }
        prop_assert!(open(&file).is_err());
        prop_assert!(Delta::from_bytes(&file).is_err());
    }

    #[test]
    fn any_changed_byte_of_a_delta_is_refused(at in any::<prop::sample::Index>(), flip in 1u8..) {
        let delta = Delta { applies_to: [7; 32], made: NOW, stock: vec![(1, 2)], prices: vec![(3, 4)], sales: vec![], hidden: vec![(5, true)] };
        let mut file = delta.to_bytes();
        let at = at.index(file.len());
        file[at] ^= flip;
        prop_assert!(Delta::from_bytes(&file).is_err());
    }
}
