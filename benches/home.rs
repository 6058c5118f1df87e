//! The home list, natively, for the shoppers of the benchmark in Chromium (`benches/browser`): what the same code takes as a
//! program of this machine. What is measured stands in functions that are never inlined, so that callgrind can count the
//! instructions of each (`benches/instructions.mjs`).
//!
//! usage: cargo bench --bench home -- PACK SHOPPERS NOW ROUNDS [STEP]
//! where the time is STEP milliseconds later with each round; without it the same list is asked for again and again.
//! prints one JSON object: of each shopper the least time in milliseconds. Without arguments it says so and does nothing, so that
//! a plain `cargo bench` passes.

use serde::Deserialize;
use std::time::Instant;
use windowshop::base::time::Timestamp;
use windowshop::catalogue::AlignedBytes;
use windowshop::engine::input::EventInput;
use windowshop::engine::views::RankingView;
use windowshop::engine::{Engine, EngineError};
use windowshop::recommend::Request;
use windowshop::shopper::Consent;
use windowshop::shopper::export::ExportedMemory;

#[derive(Deserialize)]
struct Shopper {
    memory: ExportedMemory,
}

#[inline(never)]
fn opened(pack: &[u8]) -> Result<Engine, EngineError> {
    Engine::open(AlignedBytes::copy_of(pack), 1)
}

#[inline(never)]
fn taken_in(engine: &mut Engine, memory: ExportedMemory) -> Result<(), EngineError> {
    engine.import(memory).map(|_| ())
}

#[inline(never)]
fn listed(engine: &Engine, request: &Request, now: Timestamp) -> Result<RankingView, EngineError> {
    engine.recommend(request, now)
}

/// An item is looked at, and the list is asked for again.
#[inline(never)]
fn looked(
    engine: &mut Engine,
    item: &str,
    request: &Request,
    now: Timestamp,
) -> Result<RankingView, EngineError> {
    let item = windowshop::engine::input::ItemInput { id: item.into(), ..Default::default() };
    let look = EventInput { name: "view_item".into(), items: vec![item], ..EventInput::default() };
    engine.observe(&look, now)?;
    engine.recommend(request, now)
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let given: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with("--")).collect();
    let [pack, shoppers, now, rounds, step @ ..] = given.as_slice() else {
        eprintln!("home: skipped; give PACK SHOPPERS NOW ROUNDS (benches/browser does)");
        return Ok(());
    };
    let now = Timestamp(now.parse()?);
    let mut engine = opened(&std::fs::read(pack)?)?;
    let shoppers: Vec<Shopper> = serde_json::from_slice(&std::fs::read(shoppers)?)?;
    let request = Request { explore: Some(false), ..Request::of("home", 48) };
    let rounds: usize = rounds.parse()?;
    let step: i64 = step.first().map_or(Ok(0), |step| step.parse())?;
    let mut least = Vec::new();
    for shopper in shoppers {
        engine.erase();
        engine.set_consent(Consent::Session);
        taken_in(&mut engine, shopper.memory)?;
        let mut took = f64::INFINITY;
        let mut first = String::new();
        for round in 0..=rounds {
            let at = now.plus(round as i64 * step);
            let began = Instant::now();
            let list = std::hint::black_box(listed(&engine, &request, at)?);
            took = took.min(began.elapsed().as_secs_f64() * 1_000.0);
            first = list.items.into_iter().next().map_or(first, |item| item.id);
        }
        least.push(took);
        std::hint::black_box(looked(&mut engine, &first, &request, now)?);
    }
    println!("{}", serde_json::json!({ "least": least }));
    Ok(())
}
