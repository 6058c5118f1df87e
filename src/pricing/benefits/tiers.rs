//! The more is spent, the more comes off, by steps (满299减40，满599减100; 满2件9折，满3件8折).

use super::{Base, Checked, Given, Kind, Next, a_percentage, more_than_zero};
use crate::base::money::{Money, MoneyError};
use crate::base::notation::Fields;
use crate::pricing::conditions::Unmet;
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

/// The most steps.
const STEPS_MAX: usize = 10;
/// The most units a step asks for.
const UNITS_MAX: u32 = 10_000;

/// `{"tiers": {"steps": [{"spend": "299", "off": "40"}, {"spend": "599", "off": "100"}]}}`: the highest step that is
/// reached gives. A step asks for `spend` or for `units`, and gives `off` or `percent`; all steps of one benefit alike.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Tiers {
    /// The steps, ascending, each giving more than the one before.
    pub steps: Vec<TierStep>,
}

/// A step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct TierStep {
    /// What the target lines must still cost.
    pub spend: Option<Money>,
    /// How many units of them there must be.
    pub units: Option<u32>,
    /// What comes off.
    pub off: Option<Money>,
    /// Hundredths of a percent that come off.
    pub percent: Option<u32>,
}

impl TierStep {
    fn read(from: &mut impl Fields) -> Self {
        Self {
            spend: from.amount("spend"),
            units: from.count("units", 1, UNITS_MAX),
            off: from.amount("off"),
            percent: from.percent("percent"),
        }
    }

    fn gives(&self, base: Base<'_>) -> Result<Money, MoneyError> {
        match (self.off, self.percent) {
            (Some(off), _) => Ok(off),
            (None, percent) => base.percent_of(base.amount, percent.unwrap_or_default()),
        }
    }

    /// What is missing for it.
    fn missing(&self, base: Base<'_>) -> Result<Option<Unmet>, MoneyError> {
        if let Some(spend) = self.spend {
            let missing = spend.minus(base.amount)?;
            return Ok((missing > Money::ZERO).then_some(Unmet::Amount { missing }));
        }
        let units: u32 = base.units.iter().map(|line| line.count).sum();
        let missing = self.units.unwrap_or_default().saturating_sub(units);
        Ok((missing > 0).then_some(Unmet::Quantity { missing }))
    }
}

impl Kind for Tiers {
    fn read(from: &mut impl Fields) -> Self {
        from.require("steps");
        Self { steps: from.list("steps", TierStep::read) }
    }

    fn check(&self) -> Checked {
        if self.steps.is_empty() || self.steps.len() > STEPS_MAX {
            return Err(("steps", "are one to ten".into()));
        }
        for step in &self.steps {
            if step.spend.is_some() == step.units.is_some() || step.off.is_some() == step.percent.is_some() {
                return Err(("steps", "ask for spend or for units, and give off or percent".into()));
            }
            step.spend.map_or(Ok(()), |spend| more_than_zero("steps", spend))?;
            step.off.map_or(Ok(()), |off| more_than_zero("steps", off))?;
            step.percent.map_or(Ok(()), |percent| a_percentage("steps", percent))?;
            if let (Some(spend), Some(off)) = (step.spend, step.off)
                && off > spend
            {
                return Err(("steps", "give at most what must be spent".into()));
            }
        }
        for (before, after) in self.steps.iter().zip(self.steps.iter().skip(1)) {
            let alike = before.spend.is_some() == after.spend.is_some()
                && before.off.is_some() == after.off.is_some();
            let rises = before.spend < after.spend || before.units < after.units;
            let gives = before.off < after.off || before.percent < after.percent;
            if !(alike && rises && gives) {
                return Err((
                    "steps",
                    "are all of one form, ascending, each giving more than the one before".into(),
                ));
            }
        }
        Ok(())
    }

    fn give(&self, base: Base<'_>) -> Result<Given, MoneyError> {
        let mut missing = Unmet::Quantity { missing: 1 };
        for step in self.steps.iter().rev() {
            match step.missing(base)? {
                None => return Ok(Given::Off(step.gives(base)?)),
                Some(unmet) => missing = unmet,
            }
        }
        Ok(Given::Unmet(missing))
    }

    fn next(&self, base: Base<'_>) -> Result<Option<Next>, MoneyError> {
        let mut off = Money::ZERO;
        for step in &self.steps {
            match step.missing(base)? {
                None => off = step.gives(base)?,
                Some(Unmet::Amount { missing }) => {
                    let reached = Base { amount: base.amount.plus(missing)?, ..base };
                    return Ok(Some(Next { missing, more: step.gives(reached)?.minus(off)? }));
                }
                Some(_) => return Ok(None),
            }
        }
        Ok(None)
    }
}

#[cfg(test)]
mod tests {
    use super::super::Units;
    use super::*;
    use crate::pricing::manners::Halves;
    use alloc::vec;

    fn money(minor: i64) -> Money {
        Money::new(minor).expect("in range")
    }

    fn spent(spend: i64, off: i64) -> TierStep {
        TierStep { spend: Some(money(spend)), off: Some(money(off)), ..TierStep::default() }
    }

    #[test]
    fn the_highest_step_reached_gives_and_the_next_is_told() {
        let tiers = Tiers { steps: vec![spent(29_900, 4_000), spent(59_900, 10_000)] };
        let given = |amount| tiers.give(Base::of(amount)).expect("a discount");
        assert_eq!(given(29_899), Given::Unmet(Unmet::Amount { missing: money(1) }));
        assert_eq!(given(29_900), Given::Off(money(4_000)));
        assert_eq!(given(99_999), Given::Off(money(10_000)));
        let next = tiers.next(Base::of(50_000)).expect("a next step");
        assert_eq!(next, Some(Next { missing: money(9_900), more: money(6_000) }));
    }

    #[test]
    fn steps_may_count_units_and_give_percentages() {
        let step =
            |units, percent| TierStep { units: Some(units), percent: Some(percent), ..TierStep::default() };
        let tiers = Tiers { steps: vec![step(2, 1_000), step(3, 2_000)] };
        assert!(tiers.check().is_ok());
        let units = |count| [Units { price: 100, count, part: None }];
        let given = |count| {
            let base = Base { units: &units(count), ..Base::of(300) };
            tiers.give(base).expect("a discount")
        };
        assert_eq!(given(1), Given::Unmet(Unmet::Quantity { missing: 1 }));
        assert_eq!(given(2), Given::Off(money(30)));
        let shop = Base { units: &units(2), halves: Halves::Shop, ..Base::of(1_005) };
        assert_eq!(tiers.give(shop), Ok(Given::Off(money(100))), "9.045 are left: 9.05");
        assert_eq!(given(3), Given::Off(money(60)));
    }

    #[test]
    fn steps_out_of_order_or_of_two_forms_are_refused() {
        let refused = |steps: Vec<TierStep>| Tiers { steps }.check().is_err();
        assert!(refused(vec![]));
        assert!(refused(vec![spent(200, 20), spent(100, 30)]));
        assert!(refused(vec![spent(100, 20), spent(200, 20)]), "a step that gives no more");
        assert!(refused(vec![spent(100, 101)]));
        let percent = TierStep { spend: Some(money(300)), percent: Some(1_000), ..TierStep::default() };
        assert!(refused(vec![spent(100, 20), percent]));
        assert!(!refused(vec![spent(100, 20), spent(200, 50)]));
    }
}
