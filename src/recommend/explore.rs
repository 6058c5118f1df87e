//! Exploration: some slots of a list go to brands that are new to the shopper, by a seeded rule.
//!
//! One slot in 8, 12 or 24, by how open this shopper is to new brands. Which brand it is, is drawn with equal odds
//! among those that are left; the odds are kept in the decision as the propensity, so that what comes of it can be
//! judged without bias (Horvitz and Thompson, "A Generalization of Sampling Without Replacement", 1952). The best item
//! of that brand is shown.

use super::context::Context;
use super::ranked::first_of_sale;
use super::scorer::Scorer;
use super::surfaces::Pool;
use crate::base::digest::checksum;
use crate::base::ids::{BrandIndex, ItemIndex};
use crate::base::maps::Set;
use crate::base::order;
use crate::shopper::EventKind;
use alloc::vec;
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

/// Selections from lists from which openness is told; before that, looks tell it.
const SELECTIONS_MIN: usize = 16;
/// What a selection says that was a try: the `reason` of its event.
const TRIED: &str = "exploration";

/// Every how many slots a new brand is tried: by how many of the things opened from lists were tries. Who opens a share
/// of them as large as the densest rate gives them, or larger, is open to new brands; who opens less than the sparsest
/// rate gives, resists them. Before enough was opened, first looks at a brand among all looks tell it.
pub(super) fn rate(context: &Context<'_>) -> usize {
    let [often, sometimes, seldom] = RATES;
    let (mut known, mut firsts, mut looks) = (Set::default(), 0, 0);
    let (mut selections, mut tries) = (0, 0);
    let voice = context.voice;
    for event in context.history.events() {
        let items = event.items.iter().filter(|item| voice.has(item));
        if event.kind == EventKind::SelectItem && items.clone().next().is_some() {
            selections += 1;
            tries += usize::from(event.reason.as_deref() == Some(TRIED));
        }
        if event.kind != EventKind::ViewItem {
            continue;
        }
        for brand in items.filter_map(|item| item.brand.as_deref()) {
            looks += 1;
            firsts += usize::from(known.insert(brand));
        }
    }
    if selections >= SELECTIONS_MIN {
        return match tries {
            _ if often * tries >= selections => often,
            _ if seldom * tries >= selections => sometimes,
            _ => seldom,
        };
    }
    match looks {
        0..LOOKS_MIN => sometimes,
        _ if 2 * firsts >= looks => often,
        _ if 5 * firsts >= looks => sometimes,
        _ => seldom,
    }
}

/// Puts new brands into a ranked list. `ranked` is in order and as long as what is wanted and the slots together;
/// `pool` has all that the list could show. Gives the list and which of it was explored.
pub(super) fn explore(
    context: &Context<'_>,
    ranked: &[u32],
    pool: &Pool,
    scorer: &mut Scorer<'_>,
    seed: u32,
    wanted: usize,
) -> (Vec<u32>, Vec<Explored>) {
    let rate = rate(context);
    let drawn = draw(context, pool, seed);
    let mut fresh = drawn.as_slice();
    let (mut list, mut explored) = (Vec::with_capacity(wanted), Vec::new());
    let (mut shown_brands, mut shown): (Set<u32>, Set<u32>) = (Set::default(), Set::default());
    let brand_of = |row: u32| context.catalogue.item_brand(ItemIndex(row)).0;
    let mut ranked = ranked.iter().copied();
    while list.len() < wanted {
        let mut next = None;
        if list.len() % rate == rate - 1 {
            // A brand that the list itself has shown by now is no longer new.
            let is_new = |brand: &&BrandIndex| !shown_brands.contains(&brand.0);
            let one_in = fresh.iter().filter(is_new).count() as u32;
            if let Some(at) = fresh.iter().position(|brand| is_new(&brand)) {
                next = fresh.get(at).and_then(|brand| best(context, pool, scorer, *brand));
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

/// The brands that are new to the shopper and have something to show, in the order drawn.
fn draw(context: &Context<'_>, pool: &Pool, seed: u32) -> Vec<BrandIndex> {
    let catalogue = context.catalogue;
    let mut drawn: Vec<(u64, BrandIndex)> = Vec::new();
    let mut seen = vec![false; catalogue.brand_count()];
    for sale in pool.sales() {
        // What is sensitive is put forward in no slot, unless the shopper allowed that.
        let count = if context.voice.sensitive { Pool::count } else { Pool::count_plain };
        let brand = catalogue.sale_brand(sale);
        let Some(seen) = seen.get_mut(brand.row()).filter(|seen| !**seen) else { continue };
        let id = catalogue.brand_id(brand);
        if count(pool, catalogue, sale) > 0
            && !context.recall.knows(context, brand.0)
            && !context.reminders.has(id)
        {
            *seen = true;
            drawn.push((lot(seed, id), brand));
        }
    }
    order::sort(&mut drawn);
    drawn.into_iter().map(|(_, brand)| brand).collect()
}

/// The best item of a brand.
fn best(context: &Context<'_>, pool: &Pool, scorer: &mut Scorer<'_>, brand: BrandIndex) -> Option<u32> {
    let catalogue = context.catalogue;
    let may = |row: u32| context.voice.sensitive || !catalogue.flags(ItemIndex(row)).sensitive();
    let firsts = pool.sales_of(catalogue, brand);
    firsts.filter_map(|sale| first_of_sale(catalogue, scorer, pool, sale, may)).max().map(|(_, row)| row)
}

/// A brand's lot: a fixed hash of seed and id, so that each order of brands is as likely as any other over seeds.
fn lot(seed: u32, brand: &str) -> u64 {
    let mut bytes = Vec::with_capacity(4 + brand.len());
    bytes.extend_from_slice(&seed.to_le_bytes());
    bytes.extend_from_slice(brand.as_bytes());
    checksum(&bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::time::MINUTE;
    use crate::catalogue::sample::{NOW, catalogue};
    use crate::recommend::Weights;
    use crate::shopper::sample::{event, item};
    use crate::shopper::{Consent, History, Reminders};

    #[test]
    fn who_opens_tries_gets_more_of_them() {
        let (catalogue, weights, reminders) = (catalogue(), Weights::default(), Reminders::default());
        let rate_of = |selections: u32, tries: u32| {
            let mut history = History::default();
            for number in 0..selections {
                let at = NOW.plus(-i64::from(number) * MINUTE);
                let mut selected = event(number, at, EventKind::SelectItem, [item("it-00")].to_vec());
                selected.reason = (number < tries).then(|| TRIED.into());
                history.insert(selected);
            }
            rate(&Context::new(&catalogue, NOW, &weights, Consent::On, &history, &reminders))
        };
        assert_eq!([rate_of(0, 0), rate_of(15, 15)], [12, 12], "too few to tell, and no looks either");
        assert_eq!([rate_of(16, 2), rate_of(40, 5), rate_of(16, 16)], [8, 8, 8]);
        assert_eq!([rate_of(16, 1), rate_of(24, 1)], [12, 12]);
        assert_eq!([rate_of(25, 1), rate_of(16, 0)], [24, 24]);
    }
}
