//! How affinities are blended where every item is cold, and which blends are tried.

use serde::Serialize;
use windowshop::recommend::Weights;
use windowshop::recommend::signals::SIGNALS;

/// What is chosen. Signals that are not named here speak of nothing in this data and have no weight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(crate) struct AttributeSettings {
    /// Days after which a look counts half.
    pub(crate) half_life_days: u16,
    /// Looks assumed of the ordinary, in thousandths.
    pub(crate) smoothing: u32,
    /// What a look of the session keeps of the one after it, in 1/65,536.
    pub(crate) session_decay: u32,
    /// Looks assumed of the ordinary in a session, in thousandths.
    pub(crate) session_smoothing: u32,
    /// Weight of `session_affinity`, in thousandths.
    pub(crate) session: i32,
    /// Weight of `brand_affinity`.
    pub(crate) brand: i32,
    /// Weight of `category_affinity`.
    pub(crate) category: i32,
    /// Weight of `size_affinity`.
    pub(crate) size: i32,
    /// Weight of `attribute_affinity`.
    pub(crate) attribute: i32,
    /// Weight of `own_history`: what was touched may be touched again.
    pub(crate) own_history: i32,
}

impl AttributeSettings {
    /// Where choosing begins: the engine's own, all facts alike.
    const START: Self = Self {
        half_life_days: 30,
        smoothing: 5_000,
        session_decay: 45_875,
        session_smoothing: 1_000,
        session: 1_500,
        brand: 1_000,
        category: 1_000,
        size: 1_000,
        attribute: 1_000,
        own_history: 0,
    };

    /// The engine's weights.
    pub(super) fn weights(&self) -> Weights {
        let weight = |code: &str| match code {
            "session_affinity" => self.session,
            "brand_affinity" => self.brand,
            "category_affinity" => self.category,
            "size_affinity" => self.size,
            "attribute_affinity" => self.attribute,
            "own_history" => self.own_history,
            _ => 0,
        };
        Weights {
            half_life_days: self.half_life_days,
            smoothing: self.smoothing,
            session_decay: self.session_decay,
            session_smoothing: self.session_smoothing,
            signals: SIGNALS.iter().map(|signal| (signal.code().into(), weight(signal.code()))).collect(),
            ..Weights::default()
        }
    }
}

/// Another value of one setting.
type Change = fn(&mut AttributeSettings);

/// The settings in the order in which they are chosen, each with the values that are tried beside the one it has.
const CHANGES: &[&[Change]] = &[
    &[|it| it.session = 1_000, |it| it.session = 2_000, |it| it.session = 3_000, |it| it.session = 0],
    &[|it| it.session_decay = 32_768, |it| it.session_decay = 39_322, |it| it.session_decay = 58_982],
    &[|it| it.half_life_days = 14, |it| it.half_life_days = 60],
    &[|it| it.attribute = 700, |it| it.attribute = 400, |it| it.attribute = 1_300],
    &[|it| it.size = 600, |it| it.size = 1_500],
    &[|it| it.brand = 700, |it| it.brand = 1_300],
    &[|it| it.category = 600, |it| it.category = 1_500],
    &[|it| it.smoothing = 2_000, |it| it.smoothing = 10_000],
    &[|it| it.session_smoothing = 500, |it| it.session_smoothing = 3_000],
    &[|it| it.own_history = 1_000, |it| it.own_history = 4_000],
];

/// How many settings [`choose`] tries.
pub(super) fn steps() -> u64 {
    1 + CHANGES.iter().map(|values| values.len() as u64).sum::<u64>()
}

/// Chooses one setting after another by a merit; an equal merit keeps what was there.
pub(super) fn choose(mut merit: impl FnMut(&AttributeSettings) -> u64) -> AttributeSettings {
    let mut best = AttributeSettings::START;
    let mut most = merit(&best);
    for values in CHANGES {
        let before = best;
        for change in *values {
            let mut tried = before;
            change(&mut tried);
            let reached = merit(&tried);
            if reached > most {
                (best, most) = (tried, reached);
            }
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_tried_is_another_and_the_engine_takes_it() {
        for change in CHANGES.iter().copied().flatten() {
            let mut tried = AttributeSettings::START;
            change(&mut tried);
            assert_ne!(tried, AttributeSettings::START);
            assert!(tried.weights().to_section().is_ok());
        }
    }

    #[test]
    fn the_better_setting_is_kept_and_an_equal_one_is_not() {
        let chosen = choose(|it| u64::from(it.session == 2_000) + u64::from(it.half_life_days == 60));
        assert_eq!(
            chosen,
            AttributeSettings { session: 2_000, half_life_days: 60, ..AttributeSettings::START }
        );
        assert_eq!(choose(|_| 7), AttributeSettings::START);
    }
}
