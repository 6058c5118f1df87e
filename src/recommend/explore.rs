//! Exploration: some slots of a list go to brands that are new to the shopper, by a seeded rule.
//!
//! One slot in 8, 12 or 24, by how open this shopper is to new brands. Which brand it is, is drawn with equal odds
//! among those that are left; the odds are kept in the decision as the propensity, so that what comes of it can be
//! judged without bias (Horvitz and Thompson, "A Generalization of Sampling Without Replacement", 1952). The best item
//! of that brand is shown.

use super::context::Context;
use crate::base::digest::checksum;
use crate::base::ids::{BrandIndex, ItemIndex};
use crate::base::maps::{Map, Set};
use crate::base::order;
use crate::shopper::EventKind;
use alloc::vec::Vec;

/// Slots from one exploration to the next, by openness: accepts all, accepts, resists new brands.
const RATES: [usize; 3] = [8, 12, 24];
/// Looks from which openness is told; before that a shopper counts as one who accepts.
const LOOKS_MIN: usize = 8;

/// An item that stands in a slot of exploration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Explored {
    /// The place in the whole list.
    pub(super) place: usize,
    /// Among how many brands it was drawn: the propensity is one over it.
    pub(super) one_in: u32,
}

/// Every how many slots a new brand is tried: from the share of this shopper's remembered looks that were first looks
/// at a brand. (That suggestions of new brands were opened is not remembered apart from looks.)
pub(super) fn rate(context: &Context<'_>) -> usize {
    let (mut known, mut firsts, mut looks) = (Set::default(), 0, 0);
    let voice = context.history.voice();
    for event in context.history.events().iter().filter(|event| event.kind == EventKind::ViewItem) {
        for brand in
            event.items.iter().filter(|item| voice.has(item)).filter_map(|item| item.brand.as_deref())
        {
            looks += 1;
            firsts += usize::from(known.insert(brand));
        }
    }
    let [often, sometimes, seldom] = RATES;
    match looks {
        0..LOOKS_MIN => sometimes,
        _ if 2 * firsts >= looks => often,
        _ if 5 * firsts >= looks => sometimes,
        _ => seldom,
    }
}

/// Puts new brands into a ranked list. `ranked` is in order and as long as what is wanted and the slots together;
/// `candidates` are all rows the list could show. Gives the list and which of it was explored.
pub(super) fn explore(
    context: &Context<'_>,
    ranked: &[u32],
    candidates: &[u32],
    scores: &[i32],
    seed: u32,
    wanted: usize,
) -> (Vec<u32>, Vec<Explored>) {
    let rate = rate(context);
    let fresh = draw(context, candidates, scores, seed);
    let mut fresh = fresh.as_slice();
    let (mut list, mut explored) = (Vec::with_capacity(wanted), Vec::new());
    let (mut shown_brands, mut shown): (Set<u16>, Set<u32>) = (Set::default(), Set::default());
    let brand_of = |row: u32| context.catalogue.item_brand(ItemIndex(row)).0 as u16;
    let mut ranked = ranked.iter().copied();
    while list.len() < wanted {
        let mut next = None;
        if list.len() % rate == rate - 1 {
            // A brand that the list itself has shown by now is no longer new.
            let is_new = |row: &&u32| !shown_brands.contains(&brand_of(**row));
            let one_in = fresh.iter().filter(is_new).count() as u32;
            if let Some(at) = fresh.iter().position(|row| is_new(&row)) {
                next = fresh.get(at).copied();
                fresh = fresh.get(at + 1..).unwrap_or_default();
                explored.push(Explored { place: list.len(), one_in });
            }
        }
        let Some(row) = next.or_else(|| ranked.by_ref().find(|row| !shown.contains(row))) else { break };
        shown_brands.insert(brand_of(row));
        shown.insert(row);
        list.push(row);
    }
    (list, explored)
}

/// The best item of each brand that is new to the shopper, in the order drawn.
fn draw(context: &Context<'_>, candidates: &[u32], scores: &[i32], seed: u32) -> Vec<u32> {
    let catalogue = context.catalogue;
    let known = &context.looks.affinities.brands;
    let ranks = catalogue.item_id_ranks();
    let key = |row: u32| (core::cmp::Reverse(scores.get(row as usize)), ranks.get(row as usize));
    let mut best: Map<u16, u32> = Map::default();
    for row in candidates {
        let brand = catalogue.item_brand(ItemIndex(*row));
        let slot = best.entry(brand.0 as u16).or_insert(*row);
        if key(*row) < key(*slot) {
            *slot = *row;
        }
    }
    let mut drawn: Vec<(u64, u16, u32)> = best
        .into_iter()
        .map(|(brand, row)| (brand, row, catalogue.brand_id(BrandIndex(u32::from(brand)))))
        .filter(|(_, _, id)| !known.contains_key(*id) && !context.reminders.has(id))
        .map(|(brand, row, id)| (lot(seed, id), brand, row))
        .collect();
    order::sort(&mut drawn);
    drawn.into_iter().map(|(_, _, row)| row).collect()
}

/// A brand's lot: a fixed hash of seed and id, so that each order of brands is as likely as any other over seeds.
fn lot(seed: u32, brand: &str) -> u64 {
    let mut bytes = Vec::with_capacity(4 + brand.len());
    bytes.extend_from_slice(&seed.to_le_bytes());
    bytes.extend_from_slice(brand.as_bytes());
    checksum(&bytes)
}
