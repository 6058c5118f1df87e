//! What a coupon is expected to change: two score cards over the shopper's own figures, added up in integers.
//!
//! One card gives the chance that a coupon is used where it is surfaced, the other the chance that its order comes anyway.
//! What surfacing brings in is the difference, what it costs is the first: a coupon to somebody who buys anyway costs and
//! brings nothing (T-learner: Künzel et al., PNAS 116, 2019, with additive logistic models). Each term that holds is a
//! reason that can be read. The weights come with the pack, the same for everybody.

use super::figures::FigureRange;
use crate::base::notation::{Fields, RuleError};
use crate::shopper::Figures;
use alloc::format;
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

/// A chance of one, in the unit of [`Card::chance`].
pub const ONE: i64 = 1_000_000;
/// The largest weight, in thousandths of a logit.
const WEIGHT_MAX: u32 = 20_000;
const TERMS_MAX: usize = 40;

/// A card: a constant, and weights of what holds.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Card {
    /// In thousandths of a logit.
    pub constant: i32,
    /// What is added for each that holds.
    pub terms: Vec<Term>,
}

/// A weight and when it counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Term {
    /// Counts where a figure lies here.
    pub range: FigureRange,
    /// In thousandths of a logit.
    pub weight: i32,
}

/// The two cards of a coupon.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Model {
    /// The chance that the coupon is used where it is surfaced.
    pub uses: Card,
    /// The chance that the order comes where it is not.
    pub anyway: Card,
}

impl Card {
    /// The terms that hold.
    pub fn holding(&self, figures: &Figures) -> impl Iterator<Item = &Term> {
        self.terms.iter().filter(|term| term.range.holds(figures))
    }

    /// What the terms that hold add up to with the constant, in thousandths of a logit.
    pub fn sum(&self, figures: &Figures) -> i32 {
        self.holding(figures).fold(self.constant, |sum, term| sum.saturating_add(term.weight))
    }

    /// The chance, in millionths.
    pub fn chance(&self, figures: &Figures) -> i64 {
        // libm is the same on every machine, and what comes of it is rounded at once.
        let sum = f64::from(self.sum(figures)) / 1_000.0;
        libm::round(ONE as f64 / (1.0 + libm::exp(-sum))) as i64
    }

    fn read(from: &mut impl Fields) -> Self {
        Self {
            constant: signed(from),
            terms: from.list("terms", |from| {
                let weight = signed(from);
                let ranges = FigureRange::read_all(from);
                if ranges.len() != 1 {
                    from.problem("", "has bounds of one figure, such as \"recency\": {\"at_most\": 30}");
                }
                let none =
                    FigureRange { figure: super::figures::Figure::Recency, at_least: None, at_most: None };
                Term { range: ranges.first().copied().unwrap_or(none), weight }
            }),
        }
    }

    fn check(&self, card: &str) -> Result<(), RuleError> {
        if self.terms.len() > TERMS_MAX {
            return Err(RuleError { path: format!("{card}.terms"), reason: "are at most 40".into() });
        }
        let weights = self.terms.iter().map(|term| term.weight).chain([self.constant]);
        if weights.into_iter().any(|weight| weight.unsigned_abs() > WEIGHT_MAX) {
            let reason = "has a weight beyond 20000 thousandths of a logit".into();
            return Err(RuleError { path: card.into(), reason });
        }
        self.terms.iter().try_for_each(|term| term.range.check())
    }
}

/// `add` or `less`, in thousandths of a logit.
fn signed(from: &mut impl Fields) -> i32 {
    let add = from.count("add", 0, WEIGHT_MAX).unwrap_or(0);
    let less = from.count("less", 0, WEIGHT_MAX).unwrap_or(0);
    add as i32 - less as i32
}

impl Model {
    /// Reads `{"uses": card, "anyway": card}`.
    pub fn read(from: &mut impl Fields) -> Self {
        from.require("uses");
        from.require("anyway");
        Self {
            uses: from.object("uses", Card::read).unwrap_or_default(),
            anyway: from.object("anyway", Card::read).unwrap_or_default(),
        }
    }

    pub(super) fn check(&self) -> Result<(), RuleError> {
        self.uses.check("model.uses")?;
        self.anyway.check("model.anyway")
    }
}

#[cfg(test)]
mod tests {
    use super::super::figures::Figure;
    use super::*;
    use alloc::vec;

    #[test]
    fn a_card_adds_up_what_holds() {
        let term = |figure, at_least, weight| Term {
            range: FigureRange { figure, at_least: Some(at_least), at_most: None },
            weight,
        };
        let card = Card {
            constant: -1_000,
            terms: vec![term(Figure::Frequency, 2, 1_000), term(Figure::Monetary, 500, -700)],
        };
        let of = |frequency, monetary| Figures { frequency, monetary, ..Figures::default() };
        assert_eq!(card.sum(&of(1, 0)), -1_000);
        assert_eq!(card.chance(&of(2, 0)), 500_000);
        assert_eq!(card.sum(&of(2, 500)), -700);
        let far = Card { constant: i32::MIN, terms: vec![] };
        assert_eq!(far.chance(&Figures::default()), 0);
    }
}
