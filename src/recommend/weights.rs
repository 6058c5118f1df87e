//! The weights that training found, as scaled integers; the pack's section `weights`.

use super::brands::BrandBlend;
use super::signals::SIGNALS;
use alloc::string::String;
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

/// How signals are blended. Everything is an integer in the unit named.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Weights {
    /// Days after which a look counts half in affinities, at least 1.
    pub half_life_days: u16,
    /// What each further position back in the trail keeps, in 1/65,536; 52,429 is 0.8.
    pub position_decay: u32,
    /// How much an item's own look counts against the strongest co-visitation, in thousandths.
    pub repeat: u32,
    /// The strongest co-visitation assumed at least, in millionths, so that looks count where no table speaks.
    pub repeat_floor: u32,
    /// Looks that are assumed of the ordinary before any are seen, in thousandths: the smoothing of affinities.
    pub smoothing: u32,
    /// What each look of the session under way keeps of the one after it, in 1/65,536; 45,875 is 0.7.
    pub session_decay: u32,
    /// [`Weights::smoothing`] for the session, in thousandths of a look: it is short, and means what it says.
    pub session_smoothing: u32,
    /// How brands are ranked.
    pub brands: BrandBlend,
    /// Weights that differ from a signal's own default, by signal code, in thousandths.
    pub signals: Vec<(String, i32)>,
}

/// Why weights are refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum WeightsError {
    /// The bytes cannot be read.
    #[error("the weights cannot be read; train them again with `windowshop train`")]
    Damaged,
    /// A value is beyond its range.
    #[error("the weights' {field} is out of range: {allowed}")]
    Range {
        /// Which.
        field: &'static str,
        /// What is allowed.
        allowed: &'static str,
    },
    /// A signal is not known.
    #[error("the weights name signal {name:?}, which this engine does not have")]
    Signal {
        /// Its name.
        name: String,
    },
}

impl Default for Weights {
    /// Where no logs were trained on: smoothing, session and half-life near what is chosen on cold items
    /// (docs/quality.md); decay 0.8 and repeat 2 lie between the best of the public click sets.
    fn default() -> Self {
        Self {
            half_life_days: 14,
            position_decay: 52_429,
            repeat: 2_000,
            repeat_floor: 250_000,
            smoothing: 5_000,
            session_decay: 45_875,
            session_smoothing: 1_000,
            brands: BrandBlend::default(),
            signals: Vec::new(),
        }
    }
}

impl Weights {
    /// Reads the pack's section; an empty one gives the defaults.
    ///
    /// # Errors
    /// [`WeightsError`].
    pub fn from_section(bytes: &[u8]) -> Result<Self, WeightsError> {
        if bytes.is_empty() {
            return Ok(Self::default());
        }
        let (weights, rest) = postcard::take_from_bytes::<Self>(bytes).map_err(|_| WeightsError::Damaged)?;
        if !rest.is_empty() {
            return Err(WeightsError::Damaged);
        }
        weights.check()?;
        Ok(weights)
    }

    /// The bytes of the pack's section.
    ///
    /// # Errors
    /// [`WeightsError::Range`] or [`WeightsError::Signal`] where they would be refused again.
    pub fn to_section(&self) -> Result<Vec<u8>, WeightsError> {
        self.check()?;
        postcard::to_allocvec(self).map_err(|_| WeightsError::Damaged)
    }

    /// The weight of a signal in thousandths.
    pub fn of(&self, code: &str, default: i32) -> i32 {
        self.signals.iter().find(|(name, _)| name == code).map_or(default, |(_, weight)| *weight)
    }

    pub(super) fn check(&self) -> Result<(), WeightsError> {
        let range = |holds: bool, field, allowed| {
            if holds { Ok(()) } else { Err(WeightsError::Range { field, allowed }) }
        };
        range((1..=3_650).contains(&self.half_life_days), "half_life_days", "1 to 3650 days")?;
        range(self.position_decay <= 65_536, "position_decay", "0 to 65536, which is 1")?;
        range(self.repeat <= 100_000, "repeat", "0 to 100000 thousandths")?;
        range(self.repeat_floor <= 10_000_000, "repeat_floor", "0 to 10000000 millionths")?;
        range((1..=1_000_000).contains(&self.smoothing), "smoothing", "1 to 1000000 thousandths of a look")?;
        range(self.session_decay <= 65_536, "session_decay", "0 to 65536, which is 1")?;
        range(
            (1..=1_000_000).contains(&self.session_smoothing),
            "session_smoothing",
            "1 to 1000000 thousandths of a look",
        )?;
        range(self.brands.is_in_range(), "brands", "half-lives of 1 to 3650 days, parts up to 1000000000")?;
        for (name, weight) in &self.signals {
            if !SIGNALS.iter().any(|signal| signal.code() == name) {
                return Err(WeightsError::Signal { name: name.clone() });
            }
            range(weight.unsigned_abs() <= 100_000, "signals", "-100000 to 100000 thousandths")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec;

    #[test]
    fn weights_are_read_whole_or_refused() {
        let weights = Weights { signals: vec![("covisitation".into(), 4_000)], ..Weights::default() };
        let bytes = weights.to_section().expect("in range");
        assert_eq!(Weights::from_section(&bytes), Ok(weights));
        assert_eq!(Weights::from_section(&[]), Ok(Weights::default()));
        assert_eq!(Weights::from_section(&bytes[..bytes.len() - 1]), Err(WeightsError::Damaged));
        let unknown = Weights { signals: vec![("mood".into(), 1)], ..Weights::default() };
        assert_eq!(unknown.to_section(), Err(WeightsError::Signal { name: "mood".into() }));
        let wide = Weights { position_decay: 65_537, ..Weights::default() };
        assert!(matches!(wide.to_section(), Err(WeightsError::Range { field: "position_decay", .. })));
    }
}
