//! A ranking as one run of words, for hosts that read numbers faster than they are handed objects.
//!
//! Texts are written once and named by their numbers, which count from 1; 0 is none. What reasons have in common, which is all
//! but what they added, is a *ground*, written once and named by its number, which counts from 0. It is read from the first
//! word to the last:
//!
//! | part | each a `u32` |
//! | --- | --- |
//! | texts | bytes of all texts; how many; of each its length in UTF-16 units |
//! | grounds | how many; of each code, message, item, brand, category, attribute, size, all texts, then count and how many events; of each of these tab and sequence |
//! | list | surface, 1 where personal, variant |
//! | entries | how many; of each row, id, score, explored or 0, how many reasons; of each of these ground and contribution |
//! | list | total, state, digest; now, its low half and its high half |
//! | bytes | the texts one behind the other, in UTF-8, filled up to a word |
//!
//! What a field means stands at [`RankingView`](super::RankingView), the same for hosts that take objects. What reads this is
//! `pkg/ts/ranking.ts`.

use crate::catalogue::Catalogue;
use crate::recommend::{Decision, Ground, Grounds};
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

#[cfg(test)]
mod tests;

/// Words of an entry without its reasons, of each of these, of a ground without its events, and of each of these.
const ENTRY: usize = 5;
const REASON: usize = 2;
const GROUND: usize = 9;
const EVENT: usize = 2;

/// Writes a ranking.
pub fn words_of(catalogue: &Catalogue, decision: &Decision) -> Vec<u32> {
    let count: usize = decision.entries.iter().map(|entry| entry.reasons.len()).sum();
    let mut texts = Texts::with_room_for(decision.entries.len());
    let mut grounds = Grounds::with_room_for(count);
    let mut entries = vec![0; decision.entries.len() * ENTRY + count * REASON];
    let mut room = entries.as_mut_slice();
    let ids = catalogue.item_ids();
    for entry in &decision.entries {
        let id = texts.put(ids.bytes_of(entry.item.row()));
        let explored = entry.explored.unwrap_or(0);
        room = fill(room, [entry.item.0, id, entry.score as u32, explored, entry.reasons.len() as u32]);
        for reason in &entry.reasons {
            room = fill(room, [grounds.number(&reason.ground), reason.contribution as u32]);
        }
    }
    let told = written(&grounds.met, &mut texts);
    let (surface, variant) = (texts.put(decision.surface.as_bytes()), texts.maybe(decision.variant.as_ref()));
    let [state, digest] =
        [decision.state, decision.digest].map(|digest| texts.put(digest.to_hex().as_bytes()));
    let (total, now) = (decision.total as u32, decision.now.0);
    let bytes = texts.written.as_slice();

    let mut words = vec![bytes.len() as u32, texts.lengths.len() as u32];
    words.extend_from_slice(&texts.lengths);
    words.push(grounds.met.len() as u32);
    words.extend_from_slice(&told);
    words.extend_from_slice(&[surface, decision.personal.into(), variant, decision.entries.len() as u32]);
    words.extend_from_slice(&entries);
    words.extend_from_slice(&[total, state, digest, now as u32, (now >> 32) as u32]);
    let start = words.len();
    words.resize(start + bytes.len().div_ceil(4), 0);
    let room: &mut [u8] = bytemuck::cast_slice_mut(&mut words[start..]);
    room[..bytes.len()].copy_from_slice(bytes);
    words
}

/// Fills the beginning of a room, and gives the rest of it.
fn fill<const COUNT: usize>(room: &mut [u32], words: [u32; COUNT]) -> &mut [u32] {
    match room.split_first_chunk_mut() {
        Some((place, rest)) => {
            *place = words;
            rest
        }
        None => &mut [],
    }
}

/// Texts one behind the other, in UTF-8.
#[derive(Default)]
struct Texts {
    written: Vec<u8>,
    /// Of each, in UTF-16 units.
    lengths: Vec<u32>,
    /// Codes and keys of messages, with their numbers.
    fixed: Vec<(&'static str, u32)>,
}

impl Texts {
    /// None yet, with room for those of a list of so many.
    fn with_room_for(entries: usize) -> Self {
        let (written, lengths) = (Vec::with_capacity(32 * entries), Vec::with_capacity(2 * entries));
        Self { written, lengths, fixed: Vec::new() }
    }

    /// The number of a text, in UTF-8, that is written now.
    fn put(&mut self, text: &[u8]) -> u32 {
        self.written.extend_from_slice(text);
        let units = if text.is_ascii() {
            text.len() as u32
        } else {
            // Each unit but a second one of a pair begins with such a byte.
            text.iter().map(|byte| u32::from(byte & 0xC0 != 0x80) + u32::from(*byte >= 0xF0)).sum()
        };
        self.lengths.push(units);
        self.lengths.len() as u32
    }

    fn maybe(&mut self, text: Option<&String>) -> u32 {
        text.map_or(0, |text| self.put(text.as_bytes()))
    }

    /// The number of one of few texts. They are told apart by where they stand: one that stands twice is written twice.
    fn fixed(&mut self, text: &'static str) -> u32 {
        if let Some((_, number)) = self.fixed.iter().find(|(known, _)| core::ptr::eq(*known, text)) {
            return *number;
        }
        let number = self.put(text.as_bytes());
        self.fixed.push((text, number));
        number
    }
}

/// Writes grounds.
fn written(grounds: &[&Ground], texts: &mut Texts) -> Vec<u32> {
    let events: usize = grounds.iter().map(|ground| ground.events.len()).sum();
    let mut words = vec![0; grounds.len() * GROUND + events * EVENT];
    let mut room = words.as_mut_slice();
    for ground in grounds {
        let said = [
            texts.fixed(ground.code),
            texts.fixed(ground.message),
            texts.maybe(ground.item.as_ref()),
            texts.maybe(ground.brand.as_ref()),
            texts.maybe(ground.category.as_ref()),
            texts.maybe(ground.attribute.as_ref()),
            texts.maybe(ground.size.as_ref()),
            ground.count,
            ground.events.len() as u32,
        ];
        room = fill(room, said);
        for event in &ground.events {
            room = fill(room, [event.tab, event.sequence]);
        }
    }
    words
}
