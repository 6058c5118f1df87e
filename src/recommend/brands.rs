//! Which brands, in what order: what the shopper comes back to, and of the rest what everybody looks at.
//!
//! A brand's score is a sum of three parts in looks: its own decayed looks, the looks that everybody's share of it
//! is assumed to be worth before any is seen (so a share stands in for what is not known, as a Dirichlet prior does:
//! Jurafsky and Martin, Speech and Language Processing, 3rd ed. draft, §3.5), and a reminder that was asked for.
//! Everybody's shares are the pack's brand priors: a shop that counts lately viewed brands in `brand_views` ranks by
//! what is trending. (Measured by `windowshop evaluate brands`, docs/quality.md.)

use super::context::Context;
use crate::base::ids::BrandIndex;
use crate::base::order;
use crate::base::time::{DAY, Timestamp};
use crate::shopper::History;
use crate::shopper::affinity::{LOOK, decay, looks_of};
use alloc::vec;
use alloc::vec::Vec;
use core::cmp::Reverse;
use serde::{Deserialize, Serialize};

/// How brands' scores are made up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct BrandBlend {
    /// Days after which a day's looks count half, 1 to 3,650.
    pub half_life_days: u16,
    /// The same for what counts besides while it is fresh, 1 to 3,650.
    pub recent_days: u16,
    /// What that counts, in thousandths of a look.
    pub recent: u32,
    /// Looks shared out among all brands by everybody's views, in thousandths.
    pub ordinary: u32,
}

impl Default for BrandBlend {
    /// Near what is chosen on a public log of brands (docs/quality.md).
    fn default() -> Self {
        Self { half_life_days: 30, recent_days: 3, recent: 2_000, ordinary: 200_000 }
    }
}

impl BrandBlend {
    /// Whether every value is in its range.
    pub(super) fn is_in_range(&self) -> bool {
        let days = 1..=3_650;
        days.contains(&self.half_life_days)
            && days.contains(&self.recent_days)
            && self.recent <= 1_000_000
            && self.ordinary <= 1_000_000_000
    }
}

/// Which brands are asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BrandRequest {
    /// How many at most.
    #[serde(default = "default_limit")]
    pub limit: u16,
    /// How many of them at least are brands never looked at, so that a list does not close in on itself; as far as
    /// there are any.
    #[serde(default)]
    pub new: u16,
    /// Whether brands that have a reminder are left out: a list of brands to be reminded of has no use for them.
    #[serde(default)]
    pub without_reminders: bool,
}

fn default_limit() -> u16 {
    24
}

/// A brand and what puts it where it is. All in millionths of a look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RankedBrand {
    /// The brand.
    pub brand: BrandIndex,
    /// What the shopper's own looks add; 0 for a brand never looked at.
    pub own: i64,
    /// What everybody's share adds.
    pub ordinary: i64,
    /// What a reminder adds.
    pub reminder: i64,
}

impl RankedBrand {
    /// The sum of the parts.
    pub fn score(&self) -> i64 {
        self.own + self.ordinary + self.reminder
    }
}

/// What a reminder counts, in looks: as a favourite does.
const REMINDER: i64 = 3 * LOOK;

/// Ranks the pack's brands: by score, of equal ones by id. Dismissed brands are left out. Without consent the list is
/// everybody's.
pub fn rank_brands(context: &Context<'_>, request: &BrandRequest) -> Vec<RankedBrand> {
    let (catalogue, blend) = (context.catalogue, context.weights.brands);
    let remembers = context.consent.remembers();
    let count = catalogue.brand_priors().len();
    let (mut own, mut reminded) = (vec![0_i64; count], vec![false; count]);
    let mut left_out = vec![false; count];
    let row_of = |id: &str| catalogue.find_brand(id).map(BrandIndex::row);
    if remembers {
        for (id, looks) in own_looks(context.history, context.now, blend) {
            set(&mut own, row_of(id), looks);
        }
        for reminder in context.reminders.list() {
            set(&mut reminded, row_of(&reminder.brand), true);
            set(&mut left_out, row_of(&reminder.brand), request.without_reminders);
        }
    }
    for id in &context.marks().brands {
        set(&mut left_out, row_of(id), true);
    }
    let at = |row: usize| RankedBrand {
        brand: BrandIndex(row as u32),
        own: own.get(row).copied().unwrap_or(0),
        // Billionths of thousandths of looks, to millionths of looks.
        ordinary: catalogue.brand_priors().get(row).map_or(0, |prior| i64::from(*prior))
            * i64::from(blend.ordinary)
            / 1_000_000,
        reminder: if reminded.get(row) == Some(&true) { REMINDER } else { 0 },
    };
    let shown = (0..count).filter(|row| left_out.get(*row) != Some(&true));
    let mut brands: Vec<RankedBrand> = shown.map(at).collect();
    order::sort_by_key(&mut brands, |brand| (Reverse(brand.score()), brand.brand));
    keep_new(brands, request)
}

fn set<T>(column: &mut [T], row: Option<usize>, value: T) {
    if let Some(slot) = row.and_then(|row| column.get_mut(row)) {
        *slot = value;
    }
}

/// The head of a list, with at least the asked-for number of new brands where there are so many.
fn keep_new(brands: Vec<RankedBrand>, request: &BrandRequest) -> Vec<RankedBrand> {
    let limit = usize::from(request.limit);
    let new = brands.iter().filter(|brand| brand.own == 0).count().min(usize::from(request.new));
    let mut room = limit.saturating_sub(new);
    let takes = |brand: &RankedBrand| {
        // A new brand may take any place, one looked at only those that are not kept for new ones.
        brand.own == 0
            || room > 0 && {
                room -= 1;
                true
            }
    };
    let mut list: Vec<RankedBrand> = brands.into_iter().filter(takes).collect();
    list.truncate(limit);
    list
}

/// Each brand's looks: those of one day count as their square root, for ten looks at one visit are not ten visits;
/// and days fade on two scales. Days are counted back from `now`. Sensitive goods count for nothing unless allowed.
fn own_looks(history: &History, now: Timestamp, blend: BrandBlend) -> Vec<(&str, i64)> {
    let mut days: Vec<(&str, i64, i64)> = Vec::new();
    let voice = history.voice();
    for event in history.all() {
        let age = now.since(event.at).max(0) / DAY;
        for item in event.items.iter().filter(|item| voice.has(item)) {
            if let Some(brand) = &item.brand {
                days.push((brand, age, looks_of(event.kind)));
            }
        }
    }
    order::sort_by(&mut days, |one, other| (one.0, one.1).cmp(&(other.0, other.1)));
    let mut brands: Vec<(&str, i64)> = Vec::new();
    for day in days.chunk_by(|one, other| (one.0, one.1) == (other.0, other.1)) {
        let Some((brand, age, _)) = day.first() else { continue };
        let looks: i64 = day.iter().map(|(_, _, looks)| looks).sum();
        let root = (looks.unsigned_abs() * 1_000_000).isqrt() as i64;
        let fresh = decay(age * DAY, blend.recent_days) * i64::from(blend.recent) / 1_000;
        // Thousandths times millionths.
        let value = root * (decay(age * DAY, blend.half_life_days) + fresh) / 1_000;
        match brands.last_mut() {
            Some((last, sum)) if last == brand => *sum += value,
            _ => brands.push((brand, value)),
        }
    }
    brands.retain(|(_, value)| *value > 0);
    brands
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::sample::{NOW, catalogue};
    use crate::recommend::Weights;
    use crate::shopper::sample::{event, item};
    use crate::shopper::{Consent, EventKind, RememberedItem, Reminders};
    use alloc::string::String;

    fn look(sequence: u32, days: i64, kind: EventKind, brand: &str) -> crate::shopper::Event {
        let seen = RememberedItem { brand: Some(brand.into()), ..item("it-gone") };
        event(sequence, NOW.plus(-days * DAY), kind, vec![seen])
    }

    fn ids(
        history: &History,
        reminders: &Reminders,
        consent: Consent,
        request: &BrandRequest,
    ) -> Vec<String> {
        let (catalogue, weights) = (catalogue(), Weights::default());
        let context = Context::new(&catalogue, NOW, &weights, consent, history, reminders);
        let ranked = rank_brands(&context, request);
        assert!(ranked.windows(2).all(|pair| pair[0].own == 0 || pair[0].score() >= pair[1].score()));
        ranked.into_iter().map(|brand| catalogue.brand_id(brand.brand).into()).collect()
    }

    #[test]
    fn a_days_looks_are_worth_their_root_and_fade_on_two_scales() {
        let mut history = History::default();
        for sequence in 0..4 {
            history.insert(look(sequence, 0, EventKind::ViewItem, "lumen"));
        }
        history.insert(look(9, 30, EventKind::ViewItem, "ferrow"));
        let blend = BrandBlend { half_life_days: 30, recent_days: 3, recent: 2_000, ordinary: 0 };
        let own = own_looks(&history, NOW, blend);
        let [("ferrow", ferrow), ("lumen", lumen)] = own[..] else { panic!("{own:?}") };
        assert_eq!(lumen, 2 * 3 * LOOK, "four looks are two, fresh ones three times");
        // Half a look, and two of the thousandth part that ten recent half-lives leave.
        assert!((501_900..502_000).contains(&ferrow));
    }

    #[test]
    fn own_brands_lead_reminders_count_and_new_ones_keep_their_places() {
        let nothing = (History::default(), Reminders::default());
        let all = BrandRequest { limit: 100, new: 0, without_reminders: false };
        let everybodys = ids(&nothing.0, &nothing.1, Consent::Session, &all);
        let (first, last) = (everybodys[0].clone(), everybodys[everybodys.len() - 1].clone());
        let mut history = History::default();
        for sequence in 0..400 {
            history.insert(look(sequence, i64::from(sequence % 40), EventKind::Purchase, &last));
        }
        assert_eq!(ids(&history, &nothing.1, Consent::Session, &all)[0], last);
        assert_eq!(ids(&history, &nothing.1, Consent::Off, &all), everybodys, "without consent, everybody's");
        let one = BrandRequest { limit: 1, new: 1, without_reminders: false };
        assert_eq!(
            ids(&history, &nothing.1, Consent::Session, &one),
            [first],
            "the place is kept for a new one"
        );

        let mut reminders = Reminders::default();
        assert!(reminders.set(&last, NOW).is_ok());
        let without = BrandRequest { without_reminders: true, ..all.clone() };
        assert!(!ids(&history, &reminders, Consent::Session, &without).contains(&last));
        let mut dismissed = event(999, NOW, EventKind::Dismiss, vec![]);
        dismissed.brand = Some(last.clone());
        history.insert(dismissed);
        assert!(!ids(&history, &nothing.1, Consent::Session, &all).contains(&last));
    }
}
