//! What a promotion gives. One file a kind, registered by one line below.
//!
//! A benefit says how much comes off an amount, off some units, or what is given besides; on which lines, at most how much
//! and with what it goes is the promotion's. The order of registration is the pack's format: add new kinds at the end.

use super::checks::{Checked, a_percentage, more_than_zero, within};
use super::conditions::Unmet;
use super::manners::Halves;
use super::selector::Selector;
use crate::base::money::{Money, MoneyError};
use crate::base::notation::{Fields, RuleError};
use alloc::format;
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

/// What a kind of benefit is worked out on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nature {
    /// An amount: of all target lines together, of each, of each unit, or of the shipping.
    Amount,
    /// The units of the target lines, dearest and cheapest.
    Units,
    /// Nothing: it is given besides, such as a gift.
    Besides,
    /// What is to be paid in the end: it pays, and takes nothing off.
    Tender,
}

/// A kind of benefit.
///
/// The search for the best combination cuts branches by what a benefit gives on the whole cart, so a benefit must never
/// give more on smaller amounts.
trait Kind: Default {
    /// What it is worked out on.
    const NATURE: Nature = Nature::Amount;

    /// Reads the kind's own fields.
    fn read(from: &mut impl Fields) -> Self;

    /// Checks the kind's own values; gives the field and what is wrong with it.
    fn check(&self) -> Checked;

    /// What it gives, zero or more.
    fn give(&self, base: Base<'_>) -> Result<Given, MoneyError>;

    /// As much of an amount off as is given in whole.
    fn whole(&self, off: i64) -> i64 {
        off
    }

    /// How much more must be spent for how much more off, where there is a next step.
    fn next(&self, _: Base<'_>) -> Result<Option<Next>, MoneyError> {
        Ok(None)
    }

    /// The parts that a line may be of, by position; a line is of the first that it matches.
    fn parts(&self) -> &[Part] {
        &[]
    }
}

/// What a benefit is worked out on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Base<'a> {
    /// What still costs so much: the target lines together, one of them, one unit of it, or the shipping.
    pub(super) amount: Money,
    /// The target lines by their units, for [`Nature::Units`].
    pub(super) units: &'a [Units],
    /// Points that the account may spend.
    pub(super) points: u32,
    /// Who gets half a cent of a percentage.
    pub(super) halves: Halves,
}

impl Base<'_> {
    /// A share of an amount in hundredths of a percent, half a cent to whom the shop's manners give it.
    fn percent_of(&self, amount: Money, hundredths: u32) -> Result<Money, MoneyError> {
        let off = i64::from(hundredths);
        match self.halves {
            Halves::Shopper => amount.share(off, 10_000),
            Halves::Shop => amount.minus(amount.share(10_000 - off, 10_000)?),
        }
    }
}

/// The units of one line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Units {
    /// What one still costs, rounded down.
    pub(super) price: i64,
    /// How many.
    pub(super) count: u32,
    /// The part that the line is of; `None` where the benefit has no parts, or the line is of none.
    pub(super) part: Option<u8>,
}

/// Some units of some lines, which a benefit takes together.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Part {
    /// Of which lines.
    pub of: Selector,
    /// How many, at least one.
    pub units: u32,
}

/// What a benefit gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Given {
    /// An amount off.
    Off(Money),
    /// An amount off some of the units alone, and what those of each line cost.
    OffSome(Money, Vec<i64>),
    /// Something besides, and what that counts for in the choice between combinations.
    Besides(Money),
    /// Nothing yet, and what is missing for something.
    Unmet(Unmet),
}

/// A next step of a benefit that is used already.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Next {
    /// How much more must be spent on its lines.
    pub missing: Money,
    /// How much more comes off then.
    pub more: Money,
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

            /// What it is worked out on.
            pub fn nature(&self) -> Nature {
                match self { $(Self::$kind(_) => <$kind as Kind>::NATURE,)* }
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
                let path = |field: &str| format!("benefit.{}.{field}", self.kind());
                checked.map_err(|(field, reason)| RuleError { path: path(field), reason })?;
                for (at, part) in self.parts().iter().enumerate() {
                    part.of.check(&path(&format!("of[{at}].of")))?;
                }
                Ok(())
            }

            pub(super) fn give(&self, base: Base<'_>) -> Result<Given, MoneyError> {
                match self { $(Self::$kind(benefit) => benefit.give(base),)* }
            }

            pub(super) fn whole(&self, off: i64) -> i64 {
                match self { $(Self::$kind(benefit) => benefit.whole(off),)* }
            }

            pub(super) fn next(&self, base: Base<'_>) -> Result<Option<Next>, MoneyError> {
                match self { $(Self::$kind(benefit) => benefit.next(base),)* }
            }

            /// The parts that a line may be of; none for most kinds.
            pub fn parts(&self) -> &[Part] {
                match self { $(Self::$kind(benefit) => benefit.parts(),)* }
            }
        }
    };
}

pub use tiers::TierStep;

benefits! {
    /// A percentage off.
    Percent in percent;
    /// An amount off.
    FixedAmount in fixed_amount;
    /// An amount off for each so much spent (满减).
    Threshold in threshold;
    /// What it costs.
    FixedPrice in fixed_price;
    /// The more is bought, the more comes off, by steps.
    Tiers in tiers;
    /// Each n-th unit free or reduced.
    NthUnit in nth_unit;
    /// Units of several kinds together for one price.
    Bundle in bundle;
    /// An item that is put in besides.
    Gift in gift;
    /// More points for what is bought.
    PointsMultiplier in points_multiplier;
    /// Points spent.
    RedeemedPoints in redeemed_points;
    /// A voucher that pays (抵用券).
    Voucher in voucher;
}

impl Default for Benefit {
    /// Nothing off: what stands in for a benefit that could not be read. It does not pass [`Self::check`].
    fn default() -> Self {
        Self::FixedAmount(FixedAmount::default())
    }
}

#[cfg(test)]
impl Base<'static> {
    /// An amount, without units or points.
    pub(super) fn of(amount: i64) -> Self {
        Self { amount: Money::new(amount).expect("in range"), units: &[], points: 0, halves: Halves::Shopper }
    }
}
