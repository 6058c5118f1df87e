//! Words say what the view says, field by field.

use super::words_of;
use crate::catalogue::sample::NOW;
use crate::engine::Engine;
use crate::engine::tests::engine;
use crate::engine::views::{RankedView, RankingView, ReasonView};
use crate::recommend::{Decision, Entry, Ground, Reason, Request};
use crate::shopper::sample::arbitrary_event;
use crate::shopper::{Consent, EventId};
use alloc::string::{String, ToString};
use alloc::sync::Arc;
use alloc::vec;
use alloc::vec::Vec;
use proptest::prelude::*;

/// Reads words in the order of the table in the module's head.
struct Reader<'a> {
    words: &'a [u32],
    at: usize,
    /// In UTF-16, as hosts cut them.
    texts: Vec<String>,
}

impl<'a> Reader<'a> {
    fn new(words: &'a [u32]) -> Self {
        let mut reader = Self { words, at: 0, texts: Vec::new() };
        let (bytes, count) = (reader.next() as usize, reader.next());
        let all: Vec<u8> = words.iter().flat_map(|word| word.to_ne_bytes()).collect();
        let start = 4 * (words.len() - bytes.div_ceil(4));
        let written = core::str::from_utf8(&all[start..start + bytes]).expect("UTF-8");
        let units: Vec<u16> = written.encode_utf16().collect();
        let mut rest = units.as_slice();
        for _ in 0..count {
            let (text, behind) = rest.split_at(reader.next() as usize);
            reader.texts.push(String::from_utf16(text).expect("cut between characters"));
            rest = behind;
        }
        assert!(rest.is_empty(), "every unit belongs to a text");
        reader
    }

    fn next(&mut self) -> u32 {
        self.at += 1;
        self.words[self.at - 1]
    }

    fn maybe(&mut self) -> Option<String> {
        let number = self.next() as usize;
        number.checked_sub(1).map(|number| self.texts[number].clone())
    }

    fn text(&mut self) -> String {
        self.maybe().expect("a text")
    }

    fn list<T>(&mut self, mut row: impl FnMut(&mut Self) -> T) -> Vec<T> {
        (0..self.next()).map(|_| row(self)).collect()
    }

    fn ground(&mut self) -> ReasonView {
        let (code, message) = (self.text(), self.text());
        let [item, brand, category, attribute, size] = [(); 5].map(|()| self.maybe());
        let count = self.next();
        let events = self.list(|reader| EventId { tab: reader.next(), sequence: reader.next() });
        ReasonView { code, message, contribution: 0, count, item, brand, category, attribute, size, events }
    }

    fn ranking(mut self) -> RankingView {
        let grounds = self.list(Self::ground);
        let (surface, personal, variant) = (self.text(), self.next() == 1, self.maybe());
        let items = self.list(|reader| RankedView {
            row: reader.next(),
            id: reader.text(),
            score: reader.next() as i32,
            explored: Some(reader.next()).filter(|count| *count != 0),
            reasons: reader.list(|reader| {
                let ground = grounds[reader.next() as usize].clone();
                ReasonView { contribution: reader.next() as i32, ..ground }
            }),
        });
        let total = self.next() as usize;
        let (state, digest) = (self.text(), self.text());
        let now = i64::from(self.next()) | i64::from(self.next()) << 32;
        RankingView { surface, personal, variant, items, total, state, digest, now }
    }
}

fn same(engine: &Engine, decision: &Decision) {
    let words = words_of(engine.catalogue(), decision);
    assert_eq!(Reader::new(&words).ranking(), engine.ranking_view(decision));
}

proptest! {
    #[test]
    fn words_say_what_the_view_says(
        events in prop::collection::vec(arbitrary_event(), 0..40),
        surface in prop::sample::select(vec!["home", "new_today", "closing_soon", "again"]),
    ) {
        let mut engine = engine();
        engine.set_consent(Consent::Session);
        engine.load(events);
        let decision = engine.decide(&Request::of(surface, 40), NOW).expect("ranked").1;
        same(&engine, &decision);
    }

    #[test]
    fn whatever_the_texts_and_numbers(
        texts in prop::collection::vec(prop::option::of("\\PC{0,9}"), 40),
        numbers in prop::collection::vec(prop::sample::select(vec![0, 1, 7, u32::MAX]), 60),
    ) {
        let engine = engine();
        let mut decision = engine.decide(&Request::of("home", 8), NOW).expect("ranked").1;
        let (mut texts, mut numbers) = (texts.into_iter().cycle(), numbers.into_iter().cycle());
        let mut text = || texts.next().flatten();
        let mut number = || numbers.next().unwrap_or_default();
        decision.variant = text();
        decision.now.0 = i64::from(number()) << 32 | i64::from(number());
        for Entry { score, explored, reasons, .. } in &mut decision.entries {
            *score = number() as i32;
            *explored = Some(number()).filter(|count| *count != 0);
            *reasons = (0..number() % 8).map(|_| {
                let ground = Ground {
                    code: if number() == 7 { "favourite" } else { "exploration" },
                    message: if number() == 7 { "favourite" } else { "reminder" },
                    count: number(),
                    item: text(),
                    brand: text(),
                    category: text(),
                    attribute: text(),
                    size: text(),
                    events: (0..number() % 4).map(|_| EventId { tab: number(), sequence: number() }).collect(),
                };
                Reason { contribution: number() as i32, ground: Arc::new(ground) }
            }).collect();
        }
        same(&engine, &decision);
    }
}

#[test]
fn reasons_that_are_alike_are_written_once() {
    let engine = engine();
    let mut decision = engine.decide(&Request::of("home", 8), NOW).expect("ranked").1;
    let before = words_of(engine.catalogue(), &decision).len();
    let brand = "a brand".to_string();
    for (entry, contribution) in decision.entries.iter_mut().zip(1..) {
        // Alike, but not the same one.
        let ground = Ground { code: "c", message: "m", brand: Some(brand.clone()), ..Ground::default() };
        entry.reasons = vec![Reason { contribution, ground: Arc::new(ground) }];
    }
    let words = words_of(engine.catalogue(), &decision);
    // A ground of nine words, three texts of ten bytes, their lengths; two words an entry.
    let more = 9 + 3 + (brand.len() + 2).div_ceil(4) + 2 * decision.entries.len();
    assert!(words.len().abs_diff(before + more) <= 1, "{} words, {} before", words.len(), before);
    same(&engine, &decision);
}
