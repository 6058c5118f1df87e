//! How long the engine takes natively: opening a pack, taking in an event, ranking the home page.
//!
//! The catalogue is made here (10,000 items of 50 brands in 50 open sales) and the shopper has 200 looks. Read
//! the numbers beside one another, not beside another day's: the machine is shared.

#![allow(missing_docs, reason = "criterion's macros make functions without")]

use criterion::{Criterion, criterion_group, criterion_main};
use windowshop::base::time::{DAY, MINUTE, Timestamp, Zone};
use windowshop::catalogue::input::{
    BrandInput, CatalogueInput, CategoryInput, ItemInput, SaleInput, StockInput, TrainedInput,
};
use windowshop::catalogue::writer::write;
use windowshop::catalogue::{AlignedBytes, BrandTier, Role};
use windowshop::engine::Engine;
use windowshop::engine::input::EventInput;
use windowshop::recommend::Request;
use windowshop::shopper::Consent;

const NOW: Timestamp = Timestamp(1_795_060_800_000);
const SALES: usize = 50;
const ITEMS: usize = 200;

fn pack() -> Vec<u8> {
    let item = |sale: usize, number: usize| ItemInput {
        id: format!("it-{sale:02}-{number:03}"),
        sale: format!("sale-{sale:02}"),
        category: format!("category-{}", sale % 10),
        price: 5_000 + (number * 97 + sale * 31) as i64 % 60_000,
        list_price: 120_000,
        lowest_price: None,
        stock: ["36", "38", "40"]
            .map(|size| StockInput { size: size.into(), left: 3, at_opening: 8 })
            .to_vec(),
        attributes: vec![format!("colour=c{}", number % 32), format!("cloth=k{}", number % 9)],
        outfit: None,
        rating: 470,
        rating_count: 10,
        sold: 40,
        returned: 4,
        return_reasons: [0; 8],
        role: Role::None,
        sensitive: false,
        authenticity_insured: true,
        off_season: false,
        shelf_life_days: None,
    };
    let input = CatalogueInput {
        created: NOW,
        currency: "CNY".into(),
        exponent: 2,
        zone: Zone::new("Asia/Shanghai", vec![(Timestamp(0), 28_800)]).expect("a zone"),
        opening_minute: 600,
        preview_days: 3,
        brands: (0..SALES)
            .map(|at| BrandInput {
                id: format!("brand-{at:02}"),
                tier: BrandTier::Second,
                interval_days: Some(30),
                last_opened: None,
            })
            .collect(),
        categories: (0..10)
            .map(|at| CategoryInput { id: format!("category-{at}"), parent: None, replenish_days: None })
            .collect(),
        sales: (0..SALES)
            .map(|at| SaleInput {
                id: format!("sale-{at:02}"),
                brand: format!("brand-{at:02}"),
                opens: NOW.plus(-DAY),
                closes: NOW.plus(3 * DAY),
            })
            .collect(),
        items: (0..SALES).flat_map(|sale| (0..ITEMS).map(move |number| item(sale, number))).collect(),
        trained: TrainedInput::default(),
        rooms: Vec::new(),
    };
    write(&input).expect("packs")
}

fn look(number: usize) -> EventInput {
    let item = windowshop::engine::input::ItemInput {
        id: format!("it-{:02}-{:03}", number % 7, number * 13 % ITEMS),
        ..windowshop::engine::input::ItemInput::default()
    };
    EventInput { name: "view_item".into(), items: vec![item], ..EventInput::default() }
}

fn ranking(criterion: &mut Criterion) {
    let file = pack();
    criterion.bench_function("open a pack of 10,000 items", |bencher| {
        bencher.iter(|| Engine::open(AlignedBytes::copy_of(&file), 1).expect("opens"));
    });
    let mut engine = Engine::open(AlignedBytes::copy_of(&file), 1).expect("opens");
    let request = Request::of("home", 48);
    criterion.bench_function("home, nobody remembered", |bencher| {
        bencher.iter(|| engine.decide(&request, NOW).expect("ranks"));
    });
    engine.set_consent(Consent::Session);
    for number in 0..200 {
        engine.observe(&look(number), NOW.plus(-(number as i64) * MINUTE)).expect("understood");
    }
    criterion.bench_function("home, 200 looks remembered", |bencher| {
        bencher.iter(|| engine.decide(&request, NOW).expect("ranks"));
    });
    criterion.bench_function("a look, and home again", |bencher| {
        bencher.iter_batched(
            || engine.clone(),
            |mut engine| {
                engine.observe(&look(201), NOW).expect("understood");
                engine.decide(&request, NOW).expect("ranks")
            },
            criterion::BatchSize::LargeInput,
        );
    });
}

criterion_group!(benches, ranking);
criterion_main!(benches);
