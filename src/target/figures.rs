//! The figures that an audience may ask, a closed list. All are of this browser's own orders, and of the account that is
//! signed in where the shop's pages say so.

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
    /// Days of buying expected within the table's horizon, in thousandths.
    Expected,
    /// The chance that the shopper still buys here, in ten-thousandths.
    Alive,
    /// What a day of buying would come to, in minor units.
    Average,
    /// What the horizon would come to, in minor units.
    Value,
    /// What was saved of list prices, in ten-thousandths.
    Discount,
    /// Orders with the brand that most of them had, in ten-thousandths.
    Loyalty,
    /// The member tier.
    Tier,
    /// Points that may be spent.
    Points,
    /// The shop's bin of the recency.
    RecencyBin,
    /// The shop's bin of the frequency.
    FrequencyBin,
    /// The shop's bin of the monetary value.
    MonetaryBin,
}

/// What a figure counts in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Whole numbers.
    Count,
    /// Minor units of the shop's currency.
    Money,
    /// Ten-thousandths.
    Share,
}

impl Figure {
    const ALL: [Self; 14] = [
        Self::Recency,
        Self::Frequency,
        Self::Monetary,
        Self::Expected,
        Self::Alive,
        Self::Average,
        Self::Value,
        Self::Discount,
        Self::Loyalty,
        Self::Tier,
        Self::Points,
        Self::RecencyBin,
        Self::FrequencyBin,
        Self::MonetaryBin,
    ];

    /// What it counts in.
    pub fn unit(self) -> Unit {
        match self {
            Self::Monetary | Self::Average | Self::Value => Unit::Money,
            Self::Alive | Self::Discount | Self::Loyalty => Unit::Share,
            _ => Unit::Count,
        }
    }

    /// The figure's name in campaign files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Recency => "recency",
            Self::Frequency => "frequency",
            Self::Monetary => "monetary",
            Self::Expected => "expected_thousandths",
            Self::Alive => "alive",
            Self::Average => "average",
            Self::Value => "value",
            Self::Discount => "discount",
            Self::Loyalty => "brand_loyalty",
            Self::Tier => "tier",
            Self::Points => "points",
            Self::RecencyBin => "recency_bin",
            Self::FrequencyBin => "frequency_bin",
            Self::MonetaryBin => "monetary_bin",
        }
    }

    /// What the figure is for a shopper; nothing for the recency of somebody without orders.
    pub fn of(self, figures: &Figures) -> Option<i64> {
        match self {
            Self::Recency => figures.recency.map(i64::from),
            Self::Frequency => Some(i64::from(figures.frequency)),
            Self::Monetary => Some(figures.monetary),
            Self::Expected => figures.expectation.map(|of| i64::from(of.expected)),
            Self::Alive => figures.expectation.map(|of| i64::from(of.alive)),
            Self::Average => figures.expectation.map(|of| of.average),
            Self::Value => figures.expectation.map(|of| of.value),
            Self::Discount => figures.habits.discount.map(i64::from),
            Self::Loyalty => figures.habits.loyalty.map(i64::from),
            Self::Tier => Some(i64::from(figures.tier)),
            Self::Points => Some(i64::from(figures.points)),
            Self::RecencyBin => figures.recency.map(|_| i64::from(figures.bins[0])),
            Self::FrequencyBin => Some(i64::from(figures.bins[1])),
            Self::MonetaryBin => Some(i64::from(figures.bins[2])),
        }
    }
}

/// The shop's bins: edges, ascending, of which a figure's bin is how many it reaches. An ABC split is two edges of what
/// orders came to.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Bins {
    /// Of the days since the last order.
    pub recency: Vec<u32>,
    /// Of the orders.
    pub frequency: Vec<u32>,
    /// Of what they came to, in minor units.
    pub monetary: Vec<i64>,
}

impl Bins {
    /// The bins that figures lie in.
    pub fn of(&self, figures: &Figures) -> [u8; 3] {
        let reached = |edges: &mut dyn Iterator<Item = bool>| edges.filter(|reached| *reached).count() as u8;
        [
            reached(&mut self.recency.iter().map(|edge| figures.recency.is_some_and(|days| days >= *edge))),
            reached(&mut self.frequency.iter().map(|edge| figures.frequency >= *edge)),
            reached(&mut self.monetary.iter().map(|edge| figures.monetary >= *edge)),
        ]
    }

    /// Reads `"bins": {"recency": [..], "frequency": [..], "monetary": [{"from": ".."}]}`.
    pub fn read(from: &mut impl Fields) -> Self {
        Self {
            recency: from.counts("recency", 0, u32::MAX),
            frequency: from.counts("frequency", 0, u32::MAX),
            monetary: from.list("monetary", |from| from.required_amount("from").minor()),
        }
    }

    pub(super) fn check(&self) -> Result<(), RuleError> {
        let rises = |edges: &[i64]| edges.len() <= 10 && edges.is_sorted_by(|a, b| a < b);
        let wide = |edges: &[u32]| edges.iter().map(|edge| i64::from(*edge)).collect::<Vec<i64>>();
        if rises(&wide(&self.recency)) && rises(&wide(&self.frequency)) && rises(&self.monetary) {
            return Ok(());
        }
        Err(RuleError {
            path: "bins".into(),
            reason: "are at most 10 edges each, each above the one before".into(),
        })
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
                let mut bound = |field| match figure.unit() {
                    Unit::Money => from.amount(field).map(i64::from),
                    Unit::Share => from.percent(field).map(i64::from),
                    Unit::Count => from.count(field, 0, u32::MAX).map(i64::from),
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
