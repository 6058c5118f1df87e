//! What must hold for a promotion to be used, and what is missing where it does not. One file a kind of question,
//! registered by one line below; [`tree`] joins them by all, any and not.
//!
//! The order of registration is the pack's format: add new kinds at the end.

mod tree;

use super::cart::Cart;
use super::checks::{Checked, more_than_zero, some_ids, within};
use super::facts::Facts;
use super::selector::Selector;
use crate::base::money::{Money, MoneyError};
use crate::base::notation::{Fields, RuleError};
use crate::base::time::Timestamp;
use alloc::format;
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

pub(super) use tree::{Test, is_whole};

/// A kind of question about a cart and its facts.
trait Kind: Default {
    /// Reads the kind's own fields.
    fn read(from: &mut impl Fields) -> Self;

    /// Checks the kind's own values; gives the field and what is wrong with it.
    fn check(&self) -> Checked;

    /// The lines it is about, where it names any.
    fn of(&self) -> Option<&Selector> {
        None
    }

    /// Whether the fact it asks for was handed in. Where it was not it does not hold, and nor does that it does not.
    fn is_known(_: &Facts) -> bool {
        true
    }

    /// Whether it holds.
    fn ask(&self, of: &Asked<'_>) -> Result<Answer, MoneyError>;
}

/// What a question is asked about.
pub(super) struct Asked<'a> {
    pub(super) cart: &'a Cart,
    pub(super) facts: &'a Facts,
    pub(super) now: Timestamp,
    /// Positions of the lines that the question is about: those it names, else the promotion's target.
    pub(super) lines: &'a [usize],
}

/// What comes of a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Answer {
    /// It holds, whatever else is used.
    Holds,
    /// It does not.
    Fails(Unmet),
    /// The lines must still cost so much when the promotion's turn comes.
    Costs(Money),
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
    /// It is not the day or the hour for it.
    Hours,
    /// The account's tier is too low.
    Tier {
        /// Which it takes.
        at_least: u32,
    },
    /// The account is not of its groups.
    Group,
    /// It is for another of the account's orders, or how many there were is not known.
    OrderNumber {
        /// For which, where it is for one alone.
        is: u32,
    },
    /// A code that it takes was not entered.
    Code,
    /// It is for another payment method.
    Payment,
    /// It is for orders placed elsewhere.
    Channel,
    /// The account has too few points.
    Points {
        /// How many more it takes.
        missing: u32,
    },
    /// What must not hold does.
    Not,
}

/// A kind that holds where a fact is one of some of the shop's own ids.
macro_rules! any_of {
    ($(#[$doc:meta])* $kind:ident: |$facts:ident, $id:ident| $holds:expr, known $known:expr, else $unmet:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
        pub struct $kind {
            /// The shop's ids, any of which will do.
            pub any_of: Vec<String>,
        }

        impl Kind for $kind {
            fn read(from: &mut impl Fields) -> Self {
                from.require("any_of");
                Self { any_of: from.ids("any_of") }
            }

            fn check(&self) -> Checked {
                some_ids("any_of", &self.any_of)
            }

            fn is_known(facts: &Facts) -> bool {
                let known: fn(&Facts) -> bool = $known;
                known(facts)
            }

            fn ask(&self, of: &Asked<'_>) -> Result<Answer, MoneyError> {
                let $facts = of.facts;
                let holds = self.any_of.iter().any(|$id| $holds);
                Ok(if holds { Answer::Holds } else { Answer::Fails(Unmet::$unmet) })
            }
        }
    };
}

macro_rules! conditions {
    ($($(#[$doc:meta])* $kind:ident in $module:ident;)*) => {
        $(mod $module;)*
        $(pub use $module::$kind;)*

        /// One thing that must hold. `All`, `Any` and `Not` are followed by the conditions they are about, each with its
        /// own: a tree in the order in which it is written, so that reading one never recurses.
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
        #[non_exhaustive]
        pub enum Condition {
            /// All of the next so many hold.
            All(u8),
            /// One of the next so many holds.
            Any(u8),
            /// None of the next so many holds, looking at what lines cost before promotions.
            Not(u8),
            $($(#[$doc])* $kind($kind),)*
        }

        impl Condition {
            /// The names of the kinds, as files write them.
            pub const KINDS: &'static [&'static str] = &["all", "any", "not", $(stringify!($module),)*];

            /// The kind's name, as files write it.
            pub fn kind(&self) -> &'static str {
                match self {
                    Self::All(_) => "all",
                    Self::Any(_) => "any",
                    Self::Not(_) => "not",
                    $(Self::$kind(_) => stringify!($module),)*
                }
            }

            /// The lines it is about, where it names any.
            pub fn of(&self) -> Option<&Selector> {
                match self {
                    $(Self::$kind(condition) => condition.of(),)*
                    _ => None,
                }
            }

            /// Reads one of the kinds by its position among them, without the first three.
            fn read_kind(from: &mut impl Fields, at: usize) -> Option<Self> {
                let readers = [$(|from: &mut _| Self::$kind(Kind::read(from)),)*];
                readers.get(at).map(|read| read(from))
            }

            fn check_kind(&self) -> Checked {
                match self {
                    $(Self::$kind(condition) => condition.check(),)*
                    _ => Ok(()),
                }
            }

            /// Whether the fact it asks for was handed in.
            pub(super) fn is_known(&self, facts: &Facts) -> bool {
                match self {
                    $(Self::$kind(_) => <$kind as Kind>::is_known(facts),)*
                    _ => true,
                }
            }

            /// Whether it holds; for the first three see [`Test`].
            pub(super) fn ask(&self, of: &Asked<'_>) -> Result<Answer, MoneyError> {
                match self {
                    $(Self::$kind(condition) => condition.ask(of),)*
                    _ => Ok(Answer::Holds),
                }
            }
        }
    };
}

conditions! {
    /// Lines cost at least so much, after the promotions worked out before.
    Amount in amount;
    /// There are at least so many units.
    Quantity in quantity;
    /// It is the time for it.
    Window in window;
    /// It is the day of the week and the hour for it.
    Hours in hours;
    /// The account's tier is at least so high.
    Tier in tier;
    /// The account belongs to one of some groups.
    CustomerGroup in customer_group;
    /// It is the account's first or n-th order.
    OrderNumber in order_number;
    /// A code is entered.
    Code in code;
    /// A payment method is chosen.
    Payment in payment;
    /// The order is placed in a channel.
    Channel in channel;
}

impl Condition {
    /// Reads `{kind: {…}}` and what stands beneath it.
    pub fn read(from: &mut impl Fields) -> Vec<Self> {
        let read = from.kind(Self::KINDS, |from, at| {
            if let Some(at) = at.checked_sub(3) {
                return Self::read_kind(from, at).map(|one| Vec::from([one]));
            }
            from.require("of");
            let of = from.list("of", Self::read);
            let head = [Self::All, Self::Any, Self::Not].get(at).copied()?;
            // A longer list is refused by the check of how many a promotion has.
            let count = u8::try_from(of.len()).unwrap_or(u8::MAX);
            Some(core::iter::once(head(count)).chain(of.into_iter().flatten()).collect())
        });
        read.unwrap_or_default()
    }

    /// How many conditions stand directly beneath it.
    pub(super) fn children(&self) -> u8 {
        match self {
            Self::All(count) | Self::Any(count) | Self::Not(count) => *count,
            _ => 0,
        }
    }

    pub(super) fn check(&self, path: &str) -> Result<(), RuleError> {
        let problem =
            |field: &str, reason| RuleError { path: format!("{path}.{}.{field}", self.kind()), reason };
        if let Self::All(0) | Self::Any(0) | Self::Not(0) = self {
            return Err(problem("of", "names at least one condition".into()));
        }
        self.check_kind().map_err(|(field, reason)| problem(field, reason))?;
        self.of().map_or(Ok(()), |of| of.check(&format!("{path}.{}.of", self.kind())))
    }
}
