//! A ranking as one run of words, for hosts that read memory faster than they are handed objects.
//!
//! Each text, event and sentence is written once and named by its number, however many reasons share it; what is absent is
//! [`ABSENT`]. In this order, each a `u32`:
//!
//! | part | words |
//! | --- | --- |
//! | head | [`HEAD`] words: words in all; bytes of the texts; how many texts, events, sentences and entries; the texts of surface, variant, state and digest; 1 where personal; total; now, its low half and its high half |
//! | events | of each: tab, sequence |
//! | sentences | of each: code, message, count, item, brand, category, attribute, size; all but the count are texts |
//! | entries | of each: row, id, score, explored, how many reasons; of each of these: sentence, contribution, how many events, their numbers |
//! | texts | of each: its length in UTF-16 units |
//! | bytes | the texts one behind the other, in UTF-8, filled up to a word |
//!
//! What a field means stands at [`RankingView`](super::RankingView), the same for hosts that take objects. What reads this is
//! `pkg/ts/ranking.ts`.

use crate::base::time::Timestamp;
use crate::catalogue::Catalogue;
use crate::engine::{Engine, EngineError};
use crate::recommend::{Decision, Reason, Request};
use alloc::string::String;
use alloc::vec::Vec;
use core::hash::{Hash, Hasher};
use rustc_hash::FxHasher;

/// Stands where there is no text, and where nothing was explored.
pub const ABSENT: u32 = u32::MAX;

/// Words of the head.
pub const HEAD: usize = 14;

/// The last ranking as words. The room they take is used again for the next.
#[derive(Debug, Clone, Default)]
pub struct FlatRanking {
    words: Vec<u32>,
    entries: Vec<u32>,
    texts: Texts,
    sentences: Numbers,
    events: Numbers,
}

impl Engine {
    /// Ranks, and writes the answer as words.
    ///
    /// # Errors
    /// [`EngineError::Request`] where the request is out of range; what was written before then stays.
    pub fn recommend_flat(
        &self,
        request: &Request,
        now: Timestamp,
        to: &mut FlatRanking,
    ) -> Result<(), EngineError> {
        to.write(self.catalogue(), &self.decide(request, now)?.1);
        Ok(())
    }
}

impl FlatRanking {
    /// The words of the last ranking; none where there was none yet.
    pub fn words(&self) -> &[u32] {
        &self.words
    }

    /// Writes a ranking in place of the last.
    pub fn write(&mut self, catalogue: &Catalogue, decision: &Decision) {
        let reasons = || decision.entries.iter().flat_map(|entry| &entry.reasons);
        self.entries.clear();
        self.texts.clear();
        self.sentences.clear(reasons().count());
        self.events.clear(reasons().map(|reason| reason.events.len()).sum());

        let (mut sentences, mut events) = (Vec::new(), Vec::new());
        for entry in &decision.entries {
            let id = self.texts.put(catalogue.item_id(entry.item));
            let explored = entry.explored.unwrap_or(ABSENT);
            let count = entry.reasons.len() as u32;
            self.entries.extend_from_slice(&[entry.item.0, id, entry.score as u32, explored, count]);
            for reason in &entry.reasons {
                let sentence = self.sentences.of(hash_of(reason), reason, &mut sentences, says_the_same);
                let count = reason.events.len() as u32;
                self.entries.extend_from_slice(&[sentence, reason.contribution as u32, count]);
                for event in &reason.events {
                    let number =
                        self.events.of(event.tab ^ event.sequence, *event, &mut events, PartialEq::eq);
                    self.entries.push(number);
                }
            }
        }

        let Self { words, entries, texts, .. } = self;
        let now = decision.now.0 as u64;
        words.clear();
        // The first three are known at the end.
        words.extend_from_slice(&[
            0,
            0,
            0,
            events.len() as u32,
            sentences.len() as u32,
            decision.entries.len() as u32,
            texts.put(decision.surface),
            texts.maybe(decision.variant.as_ref()),
            texts.put(&decision.state.to_hex()),
            texts.put(&decision.digest.to_hex()),
            decision.personal.into(),
            decision.total as u32,
            now as u32,
            (now >> 32) as u32,
        ]);
        for event in events {
            words.extend_from_slice(&[event.tab, event.sequence]);
        }
        for reason in sentences {
            let Reason { code, message, count, item, brand, category, attribute, size, .. } = reason;
            words.extend_from_slice(&[texts.fixed(code), texts.fixed(message), *count]);
            for argument in [item, brand, category, attribute, size] {
                words.push(texts.maybe(argument.as_ref()));
            }
        }
        words.extend_from_slice(entries);
        words.extend_from_slice(&texts.lengths);
        let bytes = texts.written.as_bytes();
        let before = words.len();
        words.resize(before + bytes.len().div_ceil(4), 0);
        let sizes = [words.len() as u32, bytes.len() as u32, texts.lengths.len() as u32];
        let room: &mut [u8] = bytemuck::cast_slice_mut(&mut words[before..]);
        room[..bytes.len()].copy_from_slice(bytes);
        words[..3].copy_from_slice(&sizes);
    }
}

/// Texts one behind the other.
#[derive(Debug, Clone, Default)]
struct Texts {
    written: String,
    /// Of each, in UTF-16 units.
    lengths: Vec<u32>,
    /// Codes and keys of messages, with their numbers.
    fixed: Vec<(&'static str, u32)>,
}

impl Texts {
    fn clear(&mut self) {
        self.written.clear();
        self.lengths.clear();
        self.fixed.clear();
    }

    /// The number of a text that is written now.
    fn put(&mut self, text: &str) -> u32 {
        self.written.push_str(text);
        let length = if text.is_ascii() { text.len() } else { text.encode_utf16().count() };
        self.lengths.push(length as u32);
        self.lengths.len() as u32 - 1
    }

    fn maybe(&mut self, text: Option<&String>) -> u32 {
        text.map_or(ABSENT, |text| self.put(text))
    }

    /// The number of one of few texts. They are told apart by where they stand: one that stands twice is written twice.
    fn fixed(&mut self, text: &'static str) -> u32 {
        if let Some((_, number)) = self.fixed.iter().find(|(known, _)| core::ptr::eq(*known, text)) {
            return *number;
        }
        let number = self.put(text);
        self.fixed.push((text, number));
        number
    }
}

/// Numbers of what was met before, by hashes: at most half of the places are ever taken.
#[derive(Debug, Clone, Default)]
struct Numbers {
    /// One more than a number; 0 where none is.
    places: Vec<u32>,
}

impl Numbers {
    /// Forgets all, and makes room for so many.
    fn clear(&mut self, most: usize) {
        self.places.clear();
        self.places.resize((2 * most + 1).next_power_of_two(), 0);
    }

    /// The number of a value in a list of those met, which it is added to where none is the same.
    fn of<T>(&mut self, hash: u32, value: T, met: &mut Vec<T>, same: impl Fn(&T, &T) -> bool) -> u32 {
        let last = self.places.len() - 1;
        let mut at = hash as usize & last;
        while let Some(place) = self.places.get_mut(at) {
            let Some(number) = place.checked_sub(1) else {
                met.push(value);
                *place = met.len() as u32;
                break;
            };
            if met.get(number as usize).is_some_and(|known| same(known, &value)) {
                return number;
            }
            at = (at + 1) & last;
        }
        met.len() as u32 - 1
    }
}

/// Equal for reasons that say the same.
fn hash_of(reason: &Reason) -> u32 {
    let mut hasher = FxHasher::default();
    (reason.message.len() as u32, reason.count).hash(&mut hasher);
    for argument in [&reason.item, &reason.brand, &reason.category, &reason.attribute, &reason.size] {
        argument.as_deref().unwrap_or_default().hash(&mut hasher);
    }
    hasher.finish() as u32
}

/// Whether two reasons are one sentence of one signal.
fn says_the_same(one: &&Reason, other: &&Reason) -> bool {
    let said = |reason: &&Reason| (reason.code, reason.message, reason.count);
    said(one) == said(other)
        && one.item == other.item
        && one.brand == other.brand
        && one.category == other.category
        && one.attribute == other.attribute
        && one.size == other.size
}
