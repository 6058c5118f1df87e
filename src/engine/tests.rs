//! What holds at the door, by what is told, remembered, ranked, reported, priced and offered; here is what these rooms share.

mod carts;
mod events;
mod memory;
mod offers;
mod rankings;
mod reports;

use super::input::{EventInput, ItemInput};
use super::{Engine, EngineError};
use crate::catalogue::format::Section;
use crate::catalogue::sample;
use crate::catalogue::{AlignedBytes, writer};
use crate::shopper::{Consent, Event};
use alloc::vec;
use alloc::vec::Vec;

pub(super) fn engine() -> Engine {
    Engine::open(AlignedBytes::copy_of(&sample::bytes()), 7).expect("the sample opens")
}

fn engine_with(section: Section, bytes: Vec<u8>) -> Result<Engine, EngineError> {
    engine_of(vec![(section, bytes)])
}

fn engine_of(rooms: Vec<(Section, Vec<u8>)>) -> Result<Engine, EngineError> {
    let mut input = sample::input();
    input.rooms.extend(rooms);
    Engine::open(AlignedBytes::copy_of(&writer::write(&input).expect("packs")), 7)
}

fn happened(name: &str, item: &str) -> EventInput {
    let items = vec![ItemInput { id: item.into(), name: Some("A name".into()), ..ItemInput::default() }];
    EventInput { name: name.into(), items, order: Some("order-1".into()), ..EventInput::default() }
}

fn remember(engine: &mut Engine, events: Vec<Event>) {
    engine.set_consent(Consent::On);
    engine.load(events);
}
