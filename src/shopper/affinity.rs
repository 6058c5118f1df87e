//! What is looked for: decayed weights over brand, category, price, size and other attributes.
//!
//! A fold over the history in integers, so that the order of events cannot matter. How far these weights lift
//! an item above the ordinary is `recommend`'s business.

use super::event::{Event, EventKind, RememberedItem};
use super::history::{History, Voice};
use crate::base::time::{DAY, MINUTE, Timestamp};
use crate::kernel::numbers::gather;
use crate::kernel::text::Tally;
use alloc::string::String;
use alloc::vec::Vec;

/// One look at one item, undecayed, in the unit of weights.
pub const LOOK: i64 = 1_000_000;

/// A pause of so long ends a session (the customary 30 minutes of web analytics).
pub const PAUSE: i64 = 30 * MINUTE;

/// Decayed weights by stable id; a look now weighs [`LOOK`].
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Affinities<'h> {
    /// By brand. All of these ascend, each name once.
    pub brands: Vec<(&'h str, i64)>,
    /// By category, as the item has it (not those above).
    pub categories: Vec<(&'h str, i64)>,
    /// By price in minor units.
    pub prices: Vec<(i64, i64)>,
    /// By size chosen.
    pub sizes: Vec<(&'h str, i64)>,
    /// By attribute `name=value`.
    pub attributes: Vec<(&'h str, i64)>,
    /// All of it together: how much was looked at.
    pub total: i64,
}

/// What an event weighs, in looks. A cart or a purchase says more than a glance (`domain.md` has orders at three).
pub fn looks_of(kind: EventKind) -> i64 {
    match kind {
        EventKind::ViewItem => 1,
        EventKind::AddToCart | EventKind::AddToWishlist | EventKind::FavouriteOn | EventKind::Purchase => 3,
        _ => 0,
    }
}

impl<'h> Affinities<'h> {
    /// The affinities of a history at `now`, halved every `half_life_days`.
    ///
    /// The looks of one session count less the more there were before them, so that an evening on somebody else's
    /// present does not drown what was looked for in a year. Sensitive goods count for nothing unless allowed. Events from the future
    /// weigh as if they were now.
    pub fn of(history: &'h History, now: Timestamp, half_life_days: u16) -> Self {
        let (mut fold, mut session, voice) = (Fold::default(), Session::default(), history.voice());
        for event in history.all() {
            fold.take(event, voice, now, half_life_days, &mut session);
        }
        fold.done()
    }

    /// The affinities of the session under way at `now`: what was looked at since the last pause of half an hour,
    /// each look counting `decay` (in 1/65,536) of the one after it. Nothing where the last look is longer ago.
    ///
    /// Orders count as looks do; sensitive goods count for nothing and take no place unless allowed.
    pub fn of_session(history: &'h History, now: Timestamp, decay: u32) -> Self {
        let (mut fold, voice) = (Fold::default(), history.voice());
        let (mut after, mut power) = (now, 65_536_u64);
        for event in history.newest_first() {
            let looks = looks_of(event.kind);
            if after.since(event.at) > PAUSE || power == 0 {
                break;
            }
            after = event.at;
            if looks == 0 || !event.items.iter().any(|item| voice.has(item)) {
                continue;
            }
            let decayed = looks * ((LOOK * power as i64) >> 16);
            for item in event.items.iter().filter(|item| voice.has(item)) {
                fold.take_item(item, decayed);
            }
            power = (power * u64::from(decay)) >> 16;
        }
        fold.done()
    }
}

/// The affinities of what was walked over so far.
#[derive(Default)]
struct Fold<'h> {
    brands: Tally<'h>,
    categories: Tally<'h>,
    /// Taken down one by one: few of them are the same.
    prices: Vec<(i64, i64)>,
    sizes: Tally<'h>,
    attributes: Tally<'h>,
    total: i64,
}

impl<'h> Fold<'h> {
    fn done(mut self) -> Affinities<'h> {
        // Into an order: what they came in is an accident.
        gather(&mut self.prices);
        Affinities {
            brands: self.brands.into_sums(),
            categories: self.categories.into_sums(),
            prices: self.prices,
            sizes: self.sizes.into_sums(),
            attributes: self.attributes.into_sums(),
            total: self.total,
        }
    }

    fn take(
        &mut self,
        event: &'h Event,
        voice: Voice,
        now: Timestamp,
        half_life_days: u16,
        session: &mut Session,
    ) {
        let looks = looks_of(event.kind);
        if looks == 0 {
            return;
        }
        // What was bought was meant.
        let heard = if event.kind == EventKind::Purchase { LOOK } else { session.hear(event.at, looks) };
        let decayed = looks * heard * decay(now.since(event.at), half_life_days) / LOOK;
        for item in event.items.iter().filter(|item| voice.has(item)) {
            self.take_item(item, decayed);
        }
    }

    fn take_item(&mut self, item: &'h RememberedItem, weight: i64) {
        self.total += weight;
        let add = |tally: &mut Tally<'h>, key: &'h Option<String>| {
            if let Some(key) = key {
                tally.add(key, weight);
            }
        };
        add(&mut self.brands, &item.brand);
        add(&mut self.categories, &item.category);
        add(&mut self.sizes, &item.size);
        if let Some(price) = item.price {
            self.prices.push((price, weight));
        }
        for attribute in &item.attributes {
            self.attributes.add(attribute, weight);
        }
    }
}

/// Looks of a session that count in full. From there on each counts by the inverse square of how many there were, so that
/// a session never counts more than twice as many looks as this.
const SESSION_LOOKS: i64 = 12;

/// The session that a walk through the history is in.
#[derive(Debug, Clone, Copy, Default)]
struct Session {
    /// The latest look.
    latest: Option<Timestamp>,
    /// Looks so far.
    looks: i64,
}

impl Session {
    /// How much so many looks more are heard, each, in [`LOOK`]s.
    fn hear(&mut self, at: Timestamp, looks: i64) -> i64 {
        if self.latest.is_none_or(|latest| at.since(latest) > PAUSE) {
            self.looks = 0;
        }
        (self.latest, self.looks) = (Some(at), self.looks + looks);
        let beyond = self.looks.max(SESSION_LOOKS);
        LOOK * SESSION_LOOKS / beyond * SESSION_LOOKS / beyond
    }
}

/// What is left of a look after `age` milliseconds, in millionths: 2^(-age / half-life).
pub fn decay(age: i64, half_life_days: u16) -> i64 {
    let half_lives = age.max(0) as f64 / (f64::from(half_life_days.max(1)) * DAY as f64);
    libm::round(libm::exp2(-half_lives) * LOOK as f64) as i64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shopper::sample::{event, item};
    use alloc::vec;

    fn look(sequence: u32, at: Timestamp, kind: EventKind, sensitive: bool) -> Event {
        let item = RememberedItem {
            brand: Some("lumen".into()),
            category: Some("dresses".into()),
            price: Some(6_000),
            sensitive,
            attributes: vec!["cloth=wool".into()],
            ..item("it-00")
        };
        event(sequence, at, kind, vec![item])
    }

    #[test]
    fn a_session_ends_with_a_pause_and_its_last_look_counts_most() {
        let now = Timestamp(100 * DAY);
        let mut history = History::default();
        history.insert(look(0, now.plus(-70 * MINUTE), EventKind::ViewItem, false));
        history.insert(look(1, now.plus(-35 * MINUTE), EventKind::Purchase, false));
        history.insert(look(2, now.plus(-10 * MINUTE), EventKind::ViewItemList, false));
        history.insert(look(3, now.plus(-9 * MINUTE), EventKind::ViewItem, true));
        history.insert(look(4, now.plus(-8 * MINUTE), EventKind::ViewItem, false));
        // One look, half of an order's three, and nothing of what lies behind the pause before it.
        let session = Affinities::of_session(&history, now, 32_768);
        assert!(session.brands.contains(&("lumen", LOOK + 3 * LOOK / 2)));
        assert_eq!(session.total, LOOK + 3 * LOOK / 2);
        assert_eq!(Affinities::of_session(&history, now.plus(PAUSE), 32_768), Affinities::default());
        assert_eq!(Affinities::of_session(&history, now, 0).total, LOOK, "no decay: the last look alone");
    }

    #[test]
    fn a_long_session_is_heard_as_a_short_one() {
        let now = Timestamp(100 * DAY);
        let total = |looks: u32, apart: i64, kind| {
            let mut history = History::default();
            for number in 0..looks {
                history.insert(look(number, now.plus(i64::from(number) * apart), kind, false));
            }
            Affinities::of(&history, now.plus(DAY), 3_650).total / LOOK
        };
        assert_eq!(
            total(12, MINUTE, EventKind::ViewItem),
            11,
            "twelve count in full, but for a day's fading"
        );
        assert!((12..=23).contains(&total(480, MINUTE, EventKind::ViewItem)));
        assert!((12..=23).contains(&total(160, MINUTE, EventKind::FavouriteOn)));
        assert_eq!(total(40, 31 * MINUTE, EventKind::ViewItem), 39, "sessions apart each count in full");
        assert_eq!(total(40, MINUTE, EventKind::Purchase), 119, "what was bought was meant");
    }

    #[test]
    fn looks_fade_by_half() {
        let now = Timestamp(100 * DAY);
        let mut history = History::default();
        history.insert(look(0, now, EventKind::ViewItem, false));
        history.insert(look(1, now.plus(-14 * DAY), EventKind::Purchase, false));
        history.insert(look(2, now.plus(DAY), EventKind::ViewItem, false));
        history.insert(look(3, now, EventKind::ViewItem, true));
        history.insert(look(4, now, EventKind::ViewItemList, false));
        let affinities = Affinities::of(&history, now, 14);
        assert!(affinities.brands.contains(&("lumen", 3_500_000)));
        assert_eq!(affinities.prices, [(6_000, 3_500_000)]);
        assert!(affinities.attributes.contains(&("cloth=wool", 3_500_000)));
        assert_eq!(affinities.total, 3_500_000);
    }
}
