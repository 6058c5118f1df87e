//! What must hold for a promotion to be used, and what is missing where it does not.
//!
//! The order of the kinds is the pack's format: add new ones at the end.

use super::selector::Selector;
use crate::base::money::Money;
use crate::base::notation::{Fields, RuleError};
use crate::base::time::Timestamp;
use alloc::format;
use serde::{Deserialize, Serialize};

/// The most units a condition asks for.
const UNITS_MAX: u32 = 1_000_000;

/// One thing that must hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Condition {
    /// Lines cost at least so much, after the promotions worked out before.
    Amount {
        /// How much, more than zero.
        at_least: Money,
        /// Which lines; without it the promotion's target.
        of: Option<Selector>,
    },
    /// There are at least so many units.
    Quantity {
        /// How many, at least one.
        at_least: u32,
        /// Of which lines; without it the promotion's target.
        of: Option<Selector>,
    },
    /// It is the time for it.
    Window {
        /// From this instant on; without it since ever.
        opens: Option<Timestamp>,
        /// Until just before this instant; without it for ever.
        closes: Option<Timestamp>,
    },
}

/// What is missing for a promotion.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unmet {
    /// Money to be spent.
    Amount {
        /// How much more.
        missing: Money,
    },
    /// Units.
    Quantity {
        /// How many more.
        missing: u32,
    },
    /// It has not begun.
    NotOpen {
        /// When it does.
        opens: Timestamp,
    },
    /// It is over.
    Ended {
        /// Since when.
        closed: Timestamp,
    },
}

impl Condition {
    /// The names of the kinds, as files write them.
    pub const KINDS: &'static [&'static str] = &["amount", "quantity", "window"];

    /// Reads `{kind: {…}}`.
    pub fn read(from: &mut impl Fields) -> Option<Self> {
        from.kind(Self::KINDS, |from, at| match at {
            0 => Some(Self::Amount {
                at_least: from.required_amount("at_least"),
                of: from.object("of", Selector::read),
            }),
            1 => Some(Self::Quantity {
                at_least: from.required_count("at_least", 1, UNITS_MAX),
                of: from.object("of", Selector::read),
            }),
            2 => Some(Self::Window { opens: from.instant("opens"), closes: from.instant("closes") }),
            _ => None,
        })
    }

    pub(super) fn check(&self, path: &str) -> Result<(), RuleError> {
        let problem = |field: &str, reason: &str| {
            Err(RuleError { path: format!("{path}.{}.{field}", self.kind()), reason: reason.into() })
        };
        match self {
            Self::Amount { at_least, .. } if *at_least <= Money::ZERO => {
                problem("at_least", "is more than zero")
            }
            Self::Quantity { at_least, .. } if !(1..=UNITS_MAX).contains(at_least) => {
                problem("at_least", "is a whole number from 1 to 1000000")
            }
            Self::Window { opens: Some(opens), closes: Some(closes) } if closes <= opens => {
                problem("closes", "is not after it opens")
            }
            Self::Window { opens: None, closes: None } => {
                problem("opens", "or closes is given; leave out a window that never closes")
            }
            Self::Amount { of: Some(of), .. } | Self::Quantity { of: Some(of), .. } => {
                of.check(&format!("{path}.{}.of", self.kind()))
            }
            _ => Ok(()),
        }
    }

    /// The kind's name, as files write it.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Amount { .. } => "amount",
            Self::Quantity { .. } => "quantity",
            Self::Window { .. } => "window",
        }
    }

    /// Whether a window is open at `now`.
    pub(super) fn window(&self, now: Timestamp) -> Result<(), Unmet> {
        match *self {
            Self::Window { closes: Some(closed), .. } if now >= closed => Err(Unmet::Ended { closed }),
            Self::Window { opens: Some(opens), .. } if now < opens => Err(Unmet::NotOpen { opens }),
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_holds_from_its_opening_to_just_before_its_closing() {
        let window = Condition::Window { opens: Some(Timestamp(10)), closes: Some(Timestamp(20)) };
        assert_eq!(window.window(Timestamp(9)), Err(Unmet::NotOpen { opens: Timestamp(10) }));
        assert_eq!(window.window(Timestamp(10)), Ok(()));
        assert_eq!(window.window(Timestamp(19)), Ok(()));
        assert_eq!(window.window(Timestamp(20)), Err(Unmet::Ended { closed: Timestamp(20) }));
    }

    #[test]
    fn nonsense_is_refused_with_its_path() {
        let path = |condition: Condition| condition.check("conditions[0]").map_err(|error| error.path);
        let closed = Condition::Window { opens: Some(Timestamp(20)), closes: Some(Timestamp(20)) };
        assert_eq!(path(closed), Err("conditions[0].window.closes".into()));
        assert_eq!(
            path(Condition::Amount { at_least: Money::ZERO, of: None }),
            Err("conditions[0].amount.at_least".into())
        );
        let of = Selector { brands: alloc::vec!["a b".into()], ..Selector::default() };
        assert_eq!(
            path(Condition::Quantity { at_least: 1, of: Some(of) }),
            Err("conditions[0].quantity.of.brands".into())
        );
        let fine = Condition::Amount { at_least: Money::new(1).expect("in range"), of: None };
        assert_eq!(path(fine), Ok(()));
    }
}
