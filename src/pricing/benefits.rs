//! What a promotion gives. One file a kind, registered by one line below.
//!
//! A benefit says how much comes off the target lines together; how that is shared among them, how much it may
//! be at most and with what it goes is the promotion's. The order of registration is the pack's format: add
//! new kinds at the end.

use super::conditions::Unmet;
use crate::base::money::{Money, MoneyError};
use crate::base::notation::{Fields, RuleError};
use alloc::format;
use alloc::string::String;
use serde::{Deserialize, Serialize};

/// A kind of benefit.
///
/// The search for the best combination cuts branches by what a benefit gives on the whole cart, so a benefit
/// must never give more on smaller amounts.
trait Kind: Default {
    /// Reads the kind's own fields.
    fn read(from: &mut impl Fields) -> Self;

    /// Checks the kind's own values; gives the field and what is wrong with it.
    fn check(&self) -> Result<(), (&'static str, String)>;

    /// What comes off the target lines together, zero or more.
    fn discount(&self, base: Base) -> Result<Given, MoneyError>;
}

/// What a benefit is worked out on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Base {
    /// What the target lines still cost.
    pub(super) amount: Money,
}

/// What a benefit gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Given {
    /// An amount off.
    Off(Money),
    /// Nothing yet, and what is missing for something.
    Unmet(Unmet),
}

macro_rules! benefits {
    ($($(#[$doc:meta])* $kind:ident in $module:ident;)*) => {
        $(mod $module;)*
        $(pub use $module::$kind;)*

        /// What a promotion gives, by kind.
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
        #[non_exhaustive]
        pub enum Benefit {
            $($(#[$doc])* $kind($kind),)*
        }

        impl Benefit {
            /// The names of the kinds, as files write them.
            pub const KINDS: &'static [&'static str] = &[$(stringify!($module),)*];

            /// The kind's name, as files write it.
            pub fn kind(&self) -> &'static str {
                match self { $(Self::$kind(_) => stringify!($module),)* }
            }

            /// Reads `{kind: {…}}`.
            pub fn read(from: &mut impl Fields) -> Option<Self> {
                from.kind(Self::KINDS, |from, at| {
                    let readers = [$(|from: &mut _| Self::$kind(Kind::read(from)),)*];
                    readers.get(at).map(|read| read(from))
                })
            }

            /// Checks the benefit's values.
            ///
            /// # Errors
            /// [`RuleError`] with the path of the first that makes no sense.
            pub fn check(&self) -> Result<(), RuleError> {
                let checked = match self { $(Self::$kind(benefit) => benefit.check(),)* };
                checked.map_err(|(field, reason)| {
                    RuleError { path: format!("benefit.{}.{field}", self.kind()), reason }
                })
            }

            pub(super) fn discount(&self, base: Base) -> Result<Given, MoneyError> {
                match self { $(Self::$kind(benefit) => benefit.discount(base),)* }
            }
        }
    };
}

benefits! {
    /// A percentage off.
    Percent in percent;
    /// An amount off.
    FixedAmount in fixed_amount;
    /// An amount off for each so much spent (满减).
    Threshold in threshold;
}

impl Default for Benefit {
    /// Nothing off: what stands in for a benefit that could not be read. It does not pass [`Self::check`].
    fn default() -> Self {
        Self::FixedAmount(FixedAmount::default())
    }
}

/// Refuses an amount that is not more than zero.
fn more_than_zero(field: &'static str, amount: Money) -> Result<(), (&'static str, String)> {
    if amount > Money::ZERO { Ok(()) } else { Err((field, "is more than zero".into())) }
}
