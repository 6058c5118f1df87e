//! Bytes as calls of the engine: a small machine whose instructions are the door's calls.

use super::street::{self, NOW};
use std::collections::BTreeSet;
use windowshop::base::time::{DAY, HOUR, MINUTE, SECOND, Timestamp};
use windowshop::catalogue::AlignedBytes;
use windowshop::catalogue::delta::Delta;
use windowshop::engine::input::{CartInput, CartLineInput, EventInput, ItemInput};
use windowshop::engine::{Engine, replay};
use windowshop::recommend::Request;
use windowshop::recommend::surfaces::SURFACES;
use windowshop::shopper::{Consent, EventKind};

struct Tape<'a>(&'a [u8]);

impl Tape<'_> {
    fn byte(&mut self) -> u8 {
        let (first, rest) = self.0.split_first().map_or((0, &[][..]), |(first, rest)| (*first, rest));
        self.0 = rest;
        first
    }

    fn below(&mut self, limit: usize) -> usize {
        usize::from(self.byte()) % limit
    }
}

/// Plays a tape against a fresh engine and checks what it says.
pub(crate) fn play(pack: &[u8], tape: &[u8]) {
    let mut engine = Engine::open(AlignedBytes::copy_of(pack), 7).expect("the pack opens");
    engine.set_consent(Consent::On);
    engine.set_local_id(Some([7; 16]));
    let mut now = NOW;
    let mut tape = Tape(tape);
    while !tape.0.is_empty() {
        now = step(&mut engine, pack, &mut tape, now);
    }
    // Whatever happened, the home page has a list where anything is on sale.
    check(&engine, &Request::of("home", 24), now);
}

fn step(engine: &mut Engine, pack: &[u8], tape: &mut Tape<'_>, now: Timestamp) -> Timestamp {
    match tape.byte() % 16 {
        // Most instructions are events.
        0..=6 => {
            let event = event(tape);
            // An event may be refused, whole; it may not do harm.
            let _ = engine.observe(&event, now);
        }
        7 => {
            let unit = [SECOND, MINUTE, HOUR, DAY, -HOUR, -365 * DAY][tape.below(6)];
            return Timestamp(now.plus(unit * i64::from(tape.byte())).0.clamp(0, 4_000_000_000_000));
        }
        8 | 9 => {
            let request = request(tape);
            check(engine, &request, now);
        }
        10 => {
            let ids: Vec<_> = engine.history().iter().step_by(3).map(|event| event.id).collect();
            let before = engine.history().len();
            assert_eq!(engine.forget(&ids), ids.len());
            assert_eq!(engine.history().len(), before - ids.len());
        }
        11 => {
            // What is taken out comes back the same.
            let memory = engine.export(now);
            let mut other = Engine::open(AlignedBytes::copy_of(pack), 8).expect("opens");
            other.set_consent(Consent::On);
            other.import(memory.clone()).expect("an export can be imported");
            assert_eq!(other.export(now).events, memory.events);
            let snapshot = engine.snapshot();
            let mut again = Engine::open(AlignedBytes::copy_of(pack), 9).expect("opens");
            again.set_consent(Consent::On);
            again.restore(&snapshot).expect("a snapshot can be restored");
            assert_eq!(again.history(), engine.history());
        }
        12 => {
            let mut snapshot = engine.snapshot();
            let at = tape.below(snapshot.len().max(1));
            if let Some(byte) = snapshot.get_mut(at) {
                *byte ^= tape.byte() | 1;
            }
            let _ = engine.restore(&snapshot);
        }
        13 => {
            let rows = engine.catalogue().item_count() as u32;
            let delta = Delta {
                applies_to: engine.catalogue().state().0,
                made: now,
                stock: (0..tape.below(6))
                    .map(|_| (u32::from(tape.byte()) % (2 * rows), u32::from(tape.byte() % 3)))
                    .collect(),
                prices: Vec::new(),
                sales: Vec::new(),
                hidden: (0..tape.below(4))
                    .map(|_| (u32::from(tape.byte()) % rows, tape.byte().is_multiple_of(2)))
                    .collect(),
            };
            engine.apply_delta(&delta.to_bytes()).expect("rows of the pack");
        }
        14 => {
            let line = |tape: &mut Tape<'_>| CartLineInput {
                item: street::item_id(tape.below(130)),
                size: tape.byte().is_multiple_of(2).then(|| "38".into()),
                quantity: u32::from(tape.byte()),
            };
            let lines: Vec<CartLineInput> = (0..tape.below(5)).map(|_| line(tape)).collect();
            if let Ok(receipt) = engine.price(&CartInput::of(&lines, &[]), now) {
                assert_eq!(receipt.subtotal - receipt.discount, receipt.total);
                assert_eq!(receipt.lines.iter().map(|line| line.total).sum::<i64>(), receipt.total);
            }
        }
        _ => {
            let consent = [Consent::On, Consent::Session, Consent::Off, Consent::On][tape.below(4)];
            engine.set_consent(consent);
            let _ = engine.offer(now);
        }
    }
    now
}

fn event(tape: &mut Tape<'_>) -> EventInput {
    let kind = EventKind::ALL[tape.below(EventKind::ALL.len())];
    let items = (0..tape.below(3))
        .map(|_| ItemInput {
            // Some are not in the pack.
            id: street::item_id(tape.below(140)),
            brand: Some(street::brand_id(tape.below(10))),
            category: (!tape.byte().is_multiple_of(3)).then(|| "formula".into()),
            price: Some(format!("{}.{:02}", tape.byte(), tape.byte() % 100)),
            quantity: Some(u32::from(tape.byte() % 4)),
            size: tape.byte().is_multiple_of(3).then(|| "40".into()),
            ..ItemInput::default()
        })
        .collect();
    EventInput {
        name: kind.name().into(),
        items,
        brand: tape.byte().is_multiple_of(2).then(|| street::brand_id(tape.below(10))),
        category: tape.byte().is_multiple_of(4).then(|| "shoes".into()),
        order: Some(format!("order-{}", tape.byte() % 8)),
        term: Some("wool".into()),
        reason: None,
        promotion: None,
        question: None,
        list: None,
    }
}

fn request(tape: &mut Tape<'_>) -> Request {
    Request {
        offset: u16::from(tape.byte()),
        brand_cap: tape.byte().is_multiple_of(3).then(|| u16::from(tape.byte() % 9)),
        sizes: if tape.byte().is_multiple_of(4) { vec!["38".into()] } else { Vec::new() },
        item: Some(street::item_id(tape.below(130))),
        brand: Some(street::brand_id(tape.below(10))),
        sale: Some(format!("sale-{}", tape.below(9))),
        items: (0..tape.below(12)).map(|_| street::item_id(tape.below(130))).collect(),
        shortfall: tape.byte().is_multiple_of(3).then(|| i64::from(tape.byte()) * 100),
        brief: tape.byte().is_multiple_of(2),
        seed: Some(u32::from(tape.byte())),
        ..Request::of(SURFACES[tape.below(SURFACES.len())].code(), u16::from(tape.byte() % 60))
    }
}

/// The laws of every list, and that a record of it replays.
fn check(engine: &Engine, request: &Request, now: Timestamp) {
    let Ok((_, decision)) = engine.decide(request, now) else { return };
    let mut seen = BTreeSet::new();
    for entry in &decision.entries {
        assert!(seen.insert(entry.item), "nothing twice");
        assert_eq!(entry.contributions.iter().sum::<i32>(), entry.score);
        assert!(entry.reasons.len() <= 3);
        assert!(!engine.catalogue().is_hidden(entry.item));
        if !["sale", "search", "preview", "opening_soon"].contains(&request.surface.as_str()) {
            assert!(engine.catalogue().is_buyable(entry.item, now));
        }
    }
    assert!(decision.entries.len() <= usize::from(request.limit));
    let record = engine.record(request, now).expect("what was decided can be recorded");
    let replayed = replay(engine.clone(), &record).expect("a record can be replayed");
    assert!(replayed.same_state && replayed.same_decision, "a record replays");
}
