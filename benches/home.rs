//! The home list, natively, for the shoppers of the benchmark in Chromium (`benches/browser`): what the same code takes as a
//! program of this machine.
//!
//! usage: cargo bench --bench home -- PACK SHOPPERS NOW ROUNDS
//! prints one JSON object: of each shopper the least time in milliseconds. Without arguments it says so and does nothing, so that
//! a plain `cargo bench` passes.

use serde::Deserialize;
use std::time::Instant;
use windowshop::base::time::Timestamp;
use windowshop::catalogue::AlignedBytes;
use windowshop::engine::Engine;
use windowshop::recommend::Request;
use windowshop::shopper::Consent;
use windowshop::shopper::export::ExportedMemory;

#[derive(Deserialize)]
struct Shopper {
    memory: ExportedMemory,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let given: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with("--")).collect();
    let [pack, shoppers, now, rounds] = given.as_slice() else {
        eprintln!("home: skipped; give PACK SHOPPERS NOW ROUNDS (benches/browser does)");
        return Ok(());
    };
    let now = Timestamp(now.parse()?);
    let mut engine = Engine::open(AlignedBytes::copy_of(&std::fs::read(pack)?), 1)?;
    let shoppers: Vec<Shopper> = serde_json::from_slice(&std::fs::read(shoppers)?)?;
    let request = Request { explore: Some(false), ..Request::of("home", 48) };
    let rounds: usize = rounds.parse()?;
    let mut least = Vec::new();
    for shopper in shoppers {
        engine.erase();
        engine.set_consent(Consent::Session);
        engine.import(shopper.memory)?;
        let mut took = f64::INFINITY;
        for _ in 0..=rounds {
            let began = Instant::now();
            std::hint::black_box(engine.recommend(&request, now)?);
            took = took.min(began.elapsed().as_secs_f64() * 1_000.0);
        }
        least.push(took);
    }
    println!("{}", serde_json::json!({ "least": least }));
    Ok(())
}
