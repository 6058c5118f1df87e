//! The figures that an audience may ask, a closed list. All are of this browser's own orders.

use crate::base::notation::{Fields, RuleError};
use crate::shopper::Figures;
use alloc::format;
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

/// A figure. The order is the pack's format: add new ones at the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Figure {
    /// Shop days since the last order.
    Recency,
    /// How many orders.
    Frequency,
    /// What they came to, in minor units.
    Monetary,
}

impl Figure {
    const ALL: [Self; 3] = [Self::Recency, Self::Frequency, Self::Monetary];

    /// The figure's name in campaign files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Recency => "recency",
            Self::Frequency => "frequency",
            Self::Monetary => "monetary",
        }
    }

    /// What the figure is for a shopper; nothing for the recency of somebody without orders.
    pub fn of(self, figures: &Figures) -> Option<i64> {
        match self {
            Self::Recency => figures.recency.map(i64::from),
            Self::Frequency => Some(i64::from(figures.frequency)),
            Self::Monetary => Some(figures.monetary),
        }
    }
}

/// Bounds of one figure, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct FigureRange {
    /// Which figure.
    pub figure: Figure,
    /// At least so much.
    pub at_least: Option<i64>,
    /// At most so much.
    pub at_most: Option<i64>,
}

impl FigureRange {
    /// Whether a shopper's figure lies within. A figure that is not there lies nowhere.
    pub fn holds(&self, figures: &Figures) -> bool {
        self.figure.of(figures).is_some_and(|value| {
            self.at_least.is_none_or(|least| value >= least) && self.at_most.is_none_or(|most| value <= most)
        })
    }

    /// Reads the ranges among an audience's fields: `"frequency": {"at_least": 2}`.
    pub fn read_all(from: &mut impl Fields) -> Vec<Self> {
        let mut ranges = Vec::new();
        for figure in Figure::ALL {
            ranges.extend(from.object(figure.name(), |from| {
                let mut bound = |field| match figure {
                    Figure::Monetary => from.amount(field).map(i64::from),
                    _ => from.count(field, 0, u32::MAX).map(i64::from),
                };
                Self { figure, at_least: bound("at_least"), at_most: bound("at_most") }
            }));
        }
        ranges
    }

    pub(super) fn check(&self) -> Result<(), RuleError> {
        let problem = |reason: &str| RuleError {
            path: format!("audience.{}", self.figure.name()),
            reason: reason.into(),
        };
        match (self.at_least, self.at_most) {
            (None, None) => Err(problem("has at_least, at_most or both")),
            (Some(least), Some(most)) if most < least => Err(problem("has at_most below at_least")),
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_are_included_and_an_absent_figure_lies_nowhere() {
        let range = FigureRange { figure: Figure::Recency, at_least: Some(10), at_most: Some(20) };
        let of = |recency| range.holds(&Figures { recency, ..Figures::default() });
        assert_eq!([Some(9), Some(10), Some(20), Some(21), None].map(of), [false, true, true, false, false]);
        let none = FigureRange { figure: Figure::Frequency, at_least: None, at_most: Some(0) };
        assert!(none.holds(&Figures::default()), "no orders are nought orders");
    }
}
