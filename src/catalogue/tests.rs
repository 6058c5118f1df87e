//! What holds of packs and deltas: they read back what went in, and damage is refused by name.

use super::delta::{Delta, DeltaError};
use super::format::{ENTRY_BYTES, PREFIX_BYTES, Section};
use super::sample::{NOW, bytes, catalogue, input, with};
use super::writer::{WriteError, write};
use super::{AlignedBytes, Pack, PackError, SaleState};
use crate::base::time::{DAY, HOUR};
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
        row.items.iter().map(|row| catalogue.item_id(crate::base::ids::ItemIndex(*row))).collect();
    assert_eq!(neighbours, vec!["it-07", "it-13"], "neighbours that left are left out");
    assert_eq!(u32::from(row.weights[1]) * row.scale / 1_000, 300, "a weight survives to its step");
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
    let mut newer = file.clone();
    newer[8] = 2;
    assert_eq!(open(&newer).expect_err("refused"), PackError::Format { found: 2 });
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
    let file = bytes();
    let pack = open(&file).expect("opens");
    let with = |of: Section, byte: u8| {
        let mut sections: Vec<(Section, Vec<u8>)> =
            pack.sections().map(|(section, _)| (section, pack.section(section).to_vec())).collect();
        for (_, bytes) in sections.iter_mut().filter(|(section, _)| *section == of) {
            bytes[0] = byte;
        }
        open(&super::writer::seal(sections)).expect_err("refused")
    };
    for section in [Section::ItemBrand, Section::ItemAttributes] {
        let expected =
            PackError::Nonsense { section: section.name(), problem: "a value points beyond what it counts" };
        assert_eq!(with(section, 200), expected);
    }
    let own = pack.section(Section::ItemBrand)[0];
    let elsewhere = PackError::Nonsense {
        section: "sales.items",
        problem: "an item lies in another sale than its own, or is of another brand",
    };
    assert_eq!(with(Section::ItemBrand, u8::from(own == 0)), elsewhere);
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
        let left = catalogue.left().to_vec();
        assert!(matches!(catalogue.apply(&bad), Err(DeltaError::Nonsense { .. })));
        assert_eq!(
            (catalogue.left(), catalogue.state()),
            (&left[..], crate::base::digest::Digest(good.applies_to))
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
    fn any_cut_is_refused(at in any::<prop::sample::Index>()) {
        let file = bytes();
        prop_assert!(open(&file[..at.index(file.len())]).is_err());
    }

    #[test]
    fn any_bytes_are_read_without_panic(file in prop::collection::vec(any::<u8>(), 0..400), sealed in any::<bool>()) {
        let mut file = file;
        if sealed {
            file.splice(0..0, super::format::MAGIC.into_iter().chain(1u32.to_le_bytes()));
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
