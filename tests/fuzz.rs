//! The event stream under fire: bytes become calls of the engine in any order, with clocks that jump and items that are
//! not there. Nothing may panic, every list must hold the laws, and every recorded decision must replay.
//!
//! Bytes as reports and as ledgers too: whatever comes over the wire or out of storage is read as what it is or refused.
//!
//! The corpus in `tests/corpus/events` is played first, then inputs mutated from it for `FUZZ_SECONDS` (30; `make fuzz`
//! takes ten minutes). What fails is written to `target/fuzz` and belongs into the corpus once it is mended.

#![cfg(feature = "native")]
#![allow(missing_docs, reason = "tests and their helpers")]

#[path = "fuzz/machine.rs"]
mod machine;
#[path = "fuzz/street.rs"]
mod street;

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use windowshop::base::time::{Timestamp, Week};
use windowshop::report::{AnswerSpace, Asked, Ledger, Question, Report, Wording};

fn corpus() -> Vec<(PathBuf, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/events");
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder).expect("a corpus").map(|entry| entry.expect("a file").path()).collect();
    files.sort();
    files.into_iter().map(|path| (path.clone(), std::fs::read(path).expect("readable"))).collect()
}

/// Plays an input; what fails is kept in a file.
fn play(pack: &[u8], input: &[u8], named: &str) {
    let played = std::panic::catch_unwind(|| machine::play(pack, input));
    if played.is_err() {
        let mut hasher = DefaultHasher::new();
        input.hash(&mut hasher);
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/fuzz");
        std::fs::create_dir_all(&folder).expect("a folder");
        let path = folder.join(format!("failed-{:016x}", hasher.finish()));
        std::fs::write(&path, input).expect("written");
        panic!("{named} fails; it is kept in {}: mend it and add it to tests/corpus/events", path.display());
    }
}

#[test]
fn any_stream_of_events_gives_sensible_lists() {
    let pack = street::pack(120);
    let corpus = corpus();
    assert!(corpus.len() >= 6, "the corpus is there");
    for (path, input) in &corpus {
        play(&pack, input, &path.display().to_string());
    }
    let seconds = std::env::var("FUZZ_SECONDS").ok().and_then(|text| text.parse().ok()).unwrap_or(30);
    let until = Instant::now() + Duration::from_secs(seconds);
    let seed = std::env::var("FUZZ_SEED").ok().and_then(|text| text.parse().ok()).unwrap_or(1);
    let mut chance = Chance(seed);
    let mut pool: Vec<Vec<u8>> = corpus.into_iter().map(|(_, input)| input).collect();
    let mut rounds = 0_u64;
    while Instant::now() < until {
        let mut input = pool[chance.below(pool.len())].clone();
        for _ in 0..=chance.below(8) {
            mutate(&mut input, &mut chance);
        }
        input.truncate(4_096);
        play(&pack, &input, "a mutated input");
        // Without coverage to guide it, the pool drifts: a few descendants take the place of others, never of all.
        if rounds.is_multiple_of(64) && pool.len() < 256 {
            pool.push(input);
        }
        rounds += 1;
    }
    println!("{rounds} inputs from seed {seed} in {seconds} s");
}

/// Bytes mutated from reports and ledgers: what is taken for one is one, written back the same.
#[test]
fn any_bytes_are_a_report_that_could_be_or_none() {
    let words = Wording { en: "Which?".into(), zh: "哪个？".into() };
    let asked: Vec<Asked> = [2, 5, 11, 256]
        .into_iter()
        .map(|size: usize| {
            let question = Question {
                id: format!("of-{size}"),
                answer: "stage".into(),
                domain: AnswerSpace::Labels((0..size).map(|number| format!("a{number}")).collect()),
                epsilon_thousandths: 1_000,
                text: words.clone(),
                purpose: words.clone(),
                minimum_cohort: 100,
            };
            question.asked_among(std::iter::empty()).expect("a question")
        })
        .collect();
    let week = Week { year: 2026, week: 47 };
    let mut ledger = Ledger::default();
    let mut pool: Vec<Vec<u8>> = Vec::new();
    for (place, asked) in asked.iter().enumerate() {
        let report = asked.report(week, "a1", &[place as u8; 32]).expect("a report");
        pool.push(serde_json::to_vec(&report).expect("writes"));
        let week = Week { year: 2026, week: 40 + place as u8 };
        ledger.make(asked, week, "a0", &[7; 32], Timestamp(place as i64)).expect("made");
        pool.push(ledger.to_bytes());
    }
    let seconds = std::env::var("FUZZ_SECONDS").ok().and_then(|text| text.parse().ok()).unwrap_or(30);
    let until = Instant::now() + Duration::from_secs(seconds);
    let mut chance = Chance(std::env::var("FUZZ_SEED").ok().and_then(|text| text.parse().ok()).unwrap_or(1));
    let (mut rounds, mut taken) = (0_u64, 0_u64);
    while Instant::now() < until {
        let mut input = pool[chance.below(pool.len())].clone();
        for _ in 0..chance.below(4) {
            mutate(&mut input, &mut chance);
        }
        if let Ok(report) = serde_json::from_slice::<Report>(&input) {
            for asked in &asked {
                let Ok(disguise) = asked.read(&report) else { continue };
                assert!(asked.randomiser().possible(&disguise) && report.question == asked.question().id);
                let written = serde_json::to_vec(&report).expect("writes");
                assert_eq!(serde_json::from_slice::<Report>(&written).expect("reads"), report);
                taken += 1;
            }
        }
        if let Ok(read) = Ledger::from_bytes(&input) {
            assert_eq!(Ledger::from_bytes(&read.to_bytes()), Ok(read.clone()));
            let mut union = ledger.clone();
            union.merge(&read);
            assert!(union.checked().is_ok(), "a union is a ledger");
        }
        rounds += 1;
    }
    assert!(taken > 0, "some are reports still");
    println!("{rounds} inputs in {seconds} s, {taken} of them reports");
}

fn mutate(input: &mut Vec<u8>, chance: &mut Chance) {
    let place = chance.below(input.len() + 1);
    match chance.below(6) {
        0 => input.insert(place, chance.next() as u8),
        1 if !input.is_empty() => {
            input.remove(place.min(input.len() - 1));
        }
        2 if !input.is_empty() => {
            let at = place.min(input.len() - 1);
            input[at] ^= 1 << chance.below(8);
        }
        3 => input.truncate(place),
        4 => {
            let some = input[place / 2..place].to_vec();
            input.splice(place..place, some);
        }
        _ => {
            let noise: Vec<u8> = (0..chance.below(24)).map(|_| chance.next() as u8).collect();
            input.splice(place..place, noise);
        }
    }
}

/// A small generator (xorshift64*, Vigna 2016): the same seed plays the same inputs.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 8
    }

    fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit.max(1) as u64) as usize
    }
}
