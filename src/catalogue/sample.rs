//! A small catalogue for tests of the rooms above: 3 brands, 4 categories, 4 sales, 24 items.
//!
//! `lumen` sells dresses and coats, `ferrow` boots, `anselm` watches. At [`NOW`] the sales `lumen-1`, `ferrow-1`
//! and `anselm-1` are open and `lumen-2` is a preview.

use super::bytes::AlignedBytes;
use super::format::Section;
use super::input::{
    BrandInput, CatalogueInput, CategoryInput, CovisitationRow, ItemInput, SaleInput, StockInput,
    TrainedInput,
};
use super::live::Catalogue;
use super::pack::Pack;
use super::views::{BrandTier, Role};
use super::writer::write;
use crate::base::time::{DAY, HOUR, Timestamp, Zone};
use alloc::format;
use alloc::string::ToString;
use alloc::vec;
use alloc::vec::Vec;

/// 2026-11-19 12:00 in Shanghai.
pub(crate) const NOW: Timestamp = Timestamp(1_795_060_800_000);

pub(crate) fn input() -> CatalogueInput {
    let brand =
        |id: &str, tier| BrandInput { id: id.into(), tier, interval_days: Some(30), last_opened: None };
    let category = |id: &str, parent: Option<&str>| CategoryInput {
        id: id.into(),
        parent: parent.map(Into::into),
        replenish_days: None,
    };
    let sale = |id: &str, brand: &str, opens: i64, days: i64| SaleInput {
        id: id.into(),
        brand: brand.into(),
        opens: NOW.plus(opens),
        closes: NOW.plus(opens + days * DAY),
    };
    let mut items = Vec::new();
    for (sale, category, first) in [
        ("lumen-1", "dresses", 0),
        ("ferrow-1", "boots", 6),
        ("anselm-1", "watches", 12),
        ("lumen-2", "coats", 18),
    ] {
        for number in first..first + 6 {
            items.push(item(number, sale, category));
        }
    }
    CatalogueInput {
        created: NOW.plus(-2 * HOUR),
        currency: "CNY".into(),
        exponent: 2,
        zone: Zone::new("Asia/Shanghai", vec![(Timestamp(0), 28_800)]).expect("a zone"),
        opening_minute: 600,
        preview_days: 3,
        brands: vec![
            brand("lumen", BrandTier::Second),
            brand("ferrow", BrandTier::First),
            brand("anselm", BrandTier::Luxury),
        ],
        categories: vec![
            category("women", None),
            category("dresses", Some("women")),
            category("coats", Some("women")),
            category("boots", None),
            category("watches", None),
        ],
        sales: vec![
            sale("lumen-1", "lumen", -2 * HOUR, 4),
            sale("ferrow-1", "ferrow", -2 * HOUR, 5),
            sale("anselm-1", "anselm", -2 * DAY - 2 * HOUR, 3),
            sale("lumen-2", "lumen", DAY - 2 * HOUR, 4),
        ],
        items,
        trained: TrainedInput {
            covisitation: vec![CovisitationRow {
                item: "gone-01".into(),
                neighbours: vec![
                    ("it-07".into(), 900_000),
                    ("it-13".into(), 300_000),
                    ("gone-02".into(), 800_000),
                ],
            }],
            ..TrainedInput::default()
        },
        rooms: Vec::new(),
    }
}

fn item(number: u32, sale: &str, category: &str) -> ItemInput {
    let list_price = i64::from(20_000 + number * 1_000);
    ItemInput {
        id: format!("it-{number:02}"),
        sale: sale.into(),
        category: category.into(),
        price: list_price * 3 / 10,
        list_price,
        lowest_price: number.is_multiple_of(2).then_some(list_price * 3 / 10),
        stock: ["36", "38", "40"]
            .iter()
            .enumerate()
            .map(|(at, size)| StockInput {
                size: size.to_string(),
                left: number % 3 + at as u32,
                at_opening: 8,
            })
            .collect(),
        attributes: vec![
            format!("colour={}", if number.is_multiple_of(2) { "green" } else { "red" }),
            "cloth=wool".into(),
        ],
        outfit: number.is_multiple_of(4).then(|| "outfit-1".to_string()),
        rating: if number.is_multiple_of(5) { 0 } else { 470 },
        rating_count: if number.is_multiple_of(5) { 0 } else { 12 + number },
        sold: 40 + number,
        returned: number,
        return_reasons: [number / 2, number / 3, 0, 0, 0, 0, 0, 0],
        role: Role::None,
        sensitive: number == 23,
        authenticity_insured: true,
        off_season: number.is_multiple_of(7),
        shelf_life_days: None,
    }
}

pub(crate) fn bytes() -> Vec<u8> {
    write(&input()).expect("the sample can be packed")
}

pub(crate) fn catalogue() -> Catalogue {
    with(|_| ())
}

/// The sample with changes.
pub(crate) fn with(change: impl FnOnce(&mut CatalogueInput)) -> Catalogue {
    let mut input = input();
    change(&mut input);
    let file = write(&input).expect("the changed sample can be packed");
    Catalogue::new(Pack::open(AlignedBytes::copy_of(&file)).expect("it opens"))
}

/// The sample with one room's own section.
pub(crate) fn with_room(section: Section, bytes: Vec<u8>) -> Catalogue {
    with(|input| input.rooms.push((section, bytes)))
}
