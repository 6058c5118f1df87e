//! A small shop to be fuzzed: brands, categories with and without a cycle, sales in every state, sensitive goods.

use windowshop::base::time::{DAY, HOUR, Timestamp, Zone};
use windowshop::catalogue::input::{
    BrandInput, CatalogueInput, CategoryInput, CovisitationRow, ItemInput, SaleInput, StockInput,
    TrainedInput,
};
use windowshop::catalogue::{BrandTier, Role, writer};

/// The shop's noon.
pub(crate) const NOW: Timestamp = Timestamp(1_795_060_800_000);
pub(crate) const BRANDS: usize = 8;
const CATEGORIES: [(&str, Option<&str>, Option<u16>); 6] = [
    ("women", None, None),
    ("dresses", Some("women"), None),
    ("shoes", None, None),
    ("baby", None, None),
    ("formula", Some("baby"), Some(21)),
    ("watches", None, None),
];

pub(crate) fn brand_id(number: usize) -> String {
    format!("brand-{number}")
}

pub(crate) fn item_id(number: usize) -> String {
    format!("item-{number:05}")
}

/// A pack of `items` items, dealt out to the brands' sales in turn.
pub(crate) fn pack(items: usize) -> Vec<u8> {
    pack_of(items, BRANDS)
}

/// The same with so many brands.
pub(crate) fn pack_of(items: usize, brands: usize) -> Vec<u8> {
    let brand = |number: usize| BrandInput {
        id: brand_id(number),
        tier: [BrandTier::Luxury, BrandTier::First, BrandTier::Second, BrandTier::Third][number % 4],
        interval_days: Some(30),
        last_opened: None,
    };
    // Two in eight are still to open, one has ended, the others are open.
    let sale = |number: usize| {
        let opens = match number % 8 {
            6 => DAY - 2 * HOUR,
            7 => 2 * DAY - 2 * HOUR,
            5 => -6 * DAY,
            late => -2 * HOUR - late as i64 * DAY / 2,
        };
        SaleInput {
            id: format!("sale-{number}"),
            brand: brand_id(number),
            opens: NOW.plus(opens),
            closes: NOW.plus(opens + 4 * DAY),
        }
    };
    let category = |(id, parent, days): (&str, Option<&str>, Option<u16>)| CategoryInput {
        id: id.into(),
        parent: parent.map(Into::into),
        replenish_days: days,
    };
    let item = |number: usize| {
        let list_price = 10_000 + (number as i64 * 977) % 90_000;
        ItemInput {
            id: item_id(number),
            sale: format!("sale-{}", number % brands),
            category: CATEGORIES[number % CATEGORIES.len()].0.into(),
            price: list_price * (2 + number as i64 % 6) / 10,
            list_price,
            lowest_price: None,
            stock: vec![
                StockInput { size: "38".into(), left: (number % 3) as u32, at_opening: 9 },
                StockInput { size: "40".into(), left: (number % 5) as u32, at_opening: 9 },
            ],
            attributes: vec![format!("colour={}", number % 7), "cloth=wool".into()],
            outfit: (number % 9 < 3).then(|| format!("outfit-{}", number / 9)),
            rating: 0,
            rating_count: 0,
            sold: 0,
            returned: 0,
            return_reasons: [0; 8],
            role: Role::None,
            sensitive: number % 6 == 4,
            authenticity_insured: false,
            off_season: false,
            shelf_life_days: None,
        }
    };
    let row = |number: usize| CovisitationRow {
        item: item_id(number),
        neighbours: (1..4).map(|step| (item_id((number + step) % items), 400_000 / step as u32)).collect(),
    };
    let input = CatalogueInput {
        created: NOW.plus(-3 * HOUR),
        currency: "CNY".into(),
        exponent: 2,
        zone: Zone::new("Asia/Shanghai", vec![(Timestamp(0), 28_800)]).expect("a zone"),
        opening_minute: 600,
        preview_days: 3,
        brands: (0..brands).map(brand).collect(),
        categories: CATEGORIES.into_iter().map(category).collect(),
        sales: (0..brands).map(sale).collect(),
        items: (0..items).map(item).collect(),
        trained: TrainedInput {
            covisitation: (0..items.min(200)).map(row).collect(),
            ..TrainedInput::default()
        },
        rooms: Vec::new(),
    };
    writer::write(&input).expect("a pack")
}
