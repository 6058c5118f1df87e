//! A promotion made ready for a cart: what it takes off these lines at these amounts.

use super::benefits::{Base, Benefit, Given, Nature, Units};
use super::cart::{Cart, Tax};
use super::conditions::{Asked, Condition, Test, Unmet};
use super::facts::Facts;
use super::manners::{Halves, Manners, OverBudget, Remainder, UnitBase, Weights};
use super::promotion::{AppliesTo, Promotion};
use super::receipt::Reason;
use super::selector::Selector;
use super::shares::{Scratch, spread};
use crate::base::money::{Money, MoneyError};
use crate::base::time::Timestamp;
use alloc::vec::Vec;

/// A promotion that may be used: it gives something on the cart as it is.
#[derive(Debug, Clone)]
pub(super) struct Step<'a> {
    pub(super) promotion: &'a Promotion,
    /// Positions of what it takes off, ascending: its target lines, or the shipping behind all lines.
    pub(super) entries: Vec<usize>,
    /// What must hold when its turn comes.
    test: Test,
    /// What each of its entries may not cost less than; empty where that is nothing.
    floors: Vec<i64>,
    /// What each cost before promotions; empty where the benefit looks at what is left.
    originals: Vec<i64>,
    /// The units of each, and what part they are of.
    units: Vec<Units>,
    cap: Option<i64>,
    points: u32,
    /// What is left of its budget, where more than that is refused rather than cut short.
    budget: Option<i64>,
    /// Whether it is beyond its budget on the cart as it is, and could only be used behind others.
    pub(super) over_budget: bool,
    /// Whether it takes nothing off and gives something besides.
    pub(super) besides: bool,
    /// The most it could count for on the cart as it is.
    pub(super) alone: i64,
    remainder: Remainder,
    halves: Halves,
    /// What each entry weighs in a share, in hundredths of a percent of its amount; empty where all weigh alike.
    weights: Vec<u32>,
}

/// What a step gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Gives {
    /// What it takes off.
    pub(super) off: i64,
    /// What it counts for in the choice between combinations: what comes off, or what is given besides.
    pub(super) value: i64,
    /// The most it could count for on smaller amounts: more than `value` only where it is refused now because it is
    /// beyond what is left of a budget.
    pub(super) most: i64,
}

impl Gives {
    fn of(off: i64, value: i64) -> Self {
        Self { off, value, most: value }
    }
}

/// Room for working out what steps give, kept from call to call.
#[derive(Debug, Clone, Default)]
pub(super) struct Work {
    weights: Vec<i64>,
    room: Vec<i64>,
    each: Vec<i64>,
    units: Vec<Units>,
    /// What each entry of the step applied last gets off.
    pub(super) shares: Vec<i64>,
    scratch: Scratch,
}

impl<'a> Step<'a> {
    /// The step of a promotion, or the reason why it cannot be one.
    pub(super) fn new(
        promotion: &'a Promotion,
        cart: &Cart,
        facts: &Facts,
        now: Timestamp,
        manners: &Manners,
    ) -> Result<Result<Self, Reason>, MoneyError> {
        if promotion.code.as_ref().is_some_and(|code| facts.codes().binary_search(code).is_err()) {
            return Ok(Err(Reason::CodeNotEntered));
        }
        if let Some(of) = promotion.uses_per_account
            && facts.uses_left(&promotion.id, of) == 0
        {
            return Ok(Err(Reason::UsedUp { of }));
        }
        let budget = facts.budget_left(&promotion.id, promotion.budget);
        if budget.uses == Some(0) || budget.spend.is_some_and(|left| left <= Money::ZERO) {
            return Ok(Err(Reason::BudgetSpent));
        }
        let lines = |selector: &Selector| -> Vec<usize> {
            let matching = cart.lines().iter().enumerate().filter(|(_, line)| selector.matches(line));
            matching.map(|(at, _)| at).collect()
        };
        let target = lines(&promotion.target);
        let asked = Asked { cart, facts, now, lines: &target };
        let of = |condition: &Condition| condition.of().map(lines);
        let test = Test::all(&promotion.conditions, &asked, &of)?;
        match test {
            // Its time is told before its lines, and its lines before what else is missing.
            Test::Fails(unmet @ (Unmet::NotOpen { .. } | Unmet::Ended { .. })) => {
                return Ok(Err(unmet.into()));
            }
            _ if target.is_empty() => return Ok(Err(Reason::NoLine)),
            Test::Fails(unmet) => return Ok(Err(unmet.into())),
            _ => {}
        }
        let parts = promotion.benefit.parts();
        let mut entries: Vec<usize> = Vec::new();
        let mut units: Vec<Units> = Vec::new();
        for at in target {
            let Some(line) = cart.lines().get(at) else { continue };
            let part = parts.iter().position(|part| part.of.matches(line));
            // Lines that a bundle is not made of are none of its business.
            if parts.is_empty() || part.is_some() {
                entries.push(at);
                units.push(Units { price: 0, count: line.quantity, part: part.map(|part| part as u8) });
            }
        }
        if entries.is_empty() {
            return Ok(Err(Reason::NoLine));
        }
        if promotion.applies_to == AppliesTo::Shipping {
            if cart.shipping().is_none() {
                return Ok(Err(Reason::NoShipping));
            }
            entries = Vec::from([cart.lines().len()]);
            units = Vec::from([Units { price: 0, count: 1, part: None }]);
        }
        let clip = budget.spend.filter(|_| manners.over_budget == OverBudget::Clip);
        let cap = promotion.cap.into_iter().chain(clip).min();
        let weights = weights(cart, &entries, manners);
        let step = Self {
            floors: floors(promotion, cart, &entries)?,
            originals: originals(promotion, cart, &entries, manners),
            promotion,
            entries,
            test,
            units,
            cap: cap.map(Money::minor),
            points: facts.account.points,
            budget: budget.spend.filter(|_| clip.is_none()).map(Money::minor),
            over_budget: false,
            besides: matches!(promotion.benefit.nature(), Nature::Besides),
            alone: 0,
            remainder: manners.remainder,
            halves: manners.halves,
            weights,
        };
        let amounts = entries_of(cart);
        Ok(match step.gives(&amounts, &mut Work::default())? {
            // What pays looks at what is left to pay in the end, shipping and all.
            Ok(gives) if gives.most > 0 || promotion.is_tender() => {
                Ok(Self { over_budget: gives.value == 0, alone: gives.most, ..step })
            }
            Ok(_) => Err(Reason::SavesNothing),
            Err(unmet) => Err(unmet.into()),
        })
    }

    /// Whether what another step takes off can make a difference to what it gives. Entries are in ascending order.
    pub(super) fn depends_on(&self, other: &Self) -> bool {
        let shared = |at: &usize| other.entries.binary_search(at).is_ok();
        self.entries.iter().any(shared) || self.test.looks_at(&other.entries)
    }

    /// What it gives where entries cost these amounts, or what is missing.
    pub(super) fn gives(&self, amounts: &[i64], work: &mut Work) -> Result<Result<Gives, Unmet>, MoneyError> {
        if let Err(unmet) = self.test.ask(amounts) {
            return Ok(Err(unmet));
        }
        let amount = self.entries.iter().filter_map(|at| amounts.get(*at)).sum();
        work.each.clear();
        let given = match self.promotion.applies_to {
            AppliesTo::Line | AppliesTo::Unit => self.of_each(amounts, work)?,
            AppliesTo::Order | AppliesTo::Shipping => self.give(amount, amounts, &self.units, work)?,
        };
        let off = match given {
            Given::Off(off) => off.minor(),
            Given::OffSome(off, of) => self.of_some(off.minor(), &of, amounts, work)?,
            Given::Besides(worth) => return Ok(Ok(Gives::of(0, worth.minor()))),
            Given::Unmet(unmet) => return Ok(Err(unmet)),
        };
        let mut most = amount;
        if !self.floors.is_empty() {
            most = self.entries.iter().zip(&self.floors).map(|(at, floor)| room(amounts, *at, *floor)).sum();
        }
        let off = self.promotion.benefit.whole(off.min(most).min(self.cap.unwrap_or(i64::MAX)));
        Ok(Ok(match self.budget {
            Some(left) if off > left => Gives { most: left, ..Gives::of(0, 0) },
            _ => Gives::of(off, off),
        }))
    }

    /// What it gives, with what it takes off each of its entries in [`Work::shares`]; `None` where nothing.
    pub(super) fn apply(&self, amounts: &[i64], work: &mut Work) -> Result<Option<Gives>, MoneyError> {
        let Some(gives) = self.gives(amounts, work)?.ok().filter(|gives| gives.value > 0) else {
            return Ok(None);
        };
        let at = |at: &usize| amounts.get(*at).copied().unwrap_or_default();
        work.weights.clear();
        work.room.clear();
        if work.each.is_empty() {
            work.weights.extend(self.entries.iter().map(at));
            if self.floors.is_empty() {
                work.room.extend_from_slice(&work.weights);
            } else {
                let entries = self.entries.iter().zip(&self.floors);
                work.room.extend(entries.map(|(at, floor)| room(amounts, *at, *floor)));
            }
            self.weigh(&mut work.weights)?;
        } else {
            // Each has its own already; a cap takes from all of them in proportion.
            work.weights.extend_from_slice(&work.each);
            work.room.extend_from_slice(&work.each);
        }
        spread(gives.off, &work.weights, &work.room, self.remainder, &mut work.scratch, &mut work.shares);
        Ok(Some(gives))
    }

    /// Makes weights heavier by the tax that is added to what they are of, where that is the shop's manner.
    fn weigh(&self, weights: &mut [i64]) -> Result<(), MoneyError> {
        for ((weight, heavier), units) in weights.iter_mut().zip(&self.weights).zip(&self.units) {
            // With tax, a unit is rounded before it is multiplied.
            let count = i64::from(units.count.max(1));
            let unit = Money::new(*weight)?.share(i64::from(*heavier), count.saturating_mul(10_000))?;
            *weight = unit.times(count)?.minor().max(*weight);
        }
        Ok(())
    }

    /// What comes off some units of the entries, which cost `of`; each entry's in [`Work::each`]. Less than `off` where what
    /// those units are of may not cost so little.
    fn of_some(&self, off: i64, of: &[i64], amounts: &[i64], work: &mut Work) -> Result<i64, MoneyError> {
        let floor = |at: usize| self.floors.get(at).copied().unwrap_or_default();
        work.room.clear();
        let entries = self.entries.iter().zip(of).enumerate();
        work.room.extend(entries.map(|(at, (place, of))| room(amounts, *place, floor(at)).min(*of)));
        work.weights.clear();
        work.weights.extend_from_slice(of);
        self.weigh(&mut work.weights)?;
        let off = off.min(work.room.iter().sum());
        spread(off, &work.weights, &work.room, self.remainder, &mut work.scratch, &mut work.each);
        Ok(off)
    }

    /// What more would come off for how much more spent, where entries cost these amounts and `off` comes off now. Nothing
    /// where a cap, a floor or what is left of a budget lets no more come off.
    pub(super) fn next(
        &self,
        amounts: &[i64],
        off: i64,
    ) -> Result<Option<super::benefits::Next>, MoneyError> {
        if self.promotion.applies_to != AppliesTo::Order {
            return Ok(None);
        }
        let amount: i64 = self.entries.iter().filter_map(|at| amounts.get(*at)).sum();
        let base = Base {
            amount: Money::new(amount)?,
            units: &self.units,
            points: self.points,
            halves: self.halves,
        };
        let Some(next) = self.promotion.benefit.next(base)? else { return Ok(None) };
        let before = match self.promotion.benefit.give(base)? {
            Given::Off(before) | Given::OffSome(before, _) => before.minor(),
            Given::Besides(_) | Given::Unmet(_) => 0,
        };
        let reached = (before + next.more.minor()).min(self.cap.unwrap_or(i64::MAX));
        if self.budget.is_some_and(|left| reached > left) {
            return Ok(None);
        }
        // Of a share that lines may not fall below, more that is spent leaves as large a share above it.
        let most = if self.floors.is_empty() { i64::MAX } else { self.above_floors(amounts, next.missing)? };
        let more = Money::new(reached.min(most) - off)?;
        Ok((more > Money::ZERO).then_some(super::benefits::Next { more, ..next }))
    }

    /// How far the entries are above their floors, with so much more spent on them in the same proportion.
    fn above_floors(&self, amounts: &[i64], more: Money) -> Result<i64, MoneyError> {
        let amount: i64 = self.entries.iter().filter_map(|at| amounts.get(*at)).sum();
        let above: i64 =
            self.entries.iter().zip(&self.floors).map(|(at, floor)| room(amounts, *at, *floor)).sum();
        Ok(Money::new(above)?.plus(more.share(above, amount.max(1))?)?.minor())
    }

    /// What it pays of what is left to pay, where entries cost these amounts in the end, or what is missing.
    pub(super) fn pays(&self, payable: Money, amounts: &[i64]) -> Result<Result<Money, Reason>, MoneyError> {
        if let Err(unmet) = self.test.ask(amounts) {
            return Ok(Err(unmet.into()));
        }
        let base = Base { amount: payable, units: &self.units, points: self.points, halves: self.halves };
        Ok(match self.promotion.benefit.give(base)? {
            Given::Off(off) if self.budget.is_some_and(|left| off.minor() > left) => Err(Reason::BudgetSpent),
            Given::Off(Money::ZERO) | Given::OffSome(..) | Given::Besides(_) => Err(Reason::SavesNothing),
            Given::Off(off) => Ok(off.min(Money::new(self.cap.unwrap_or(i64::from(payable)))?)),
            Given::Unmet(unmet) => Err(unmet.into()),
        })
    }

    fn give(
        &self,
        amount: i64,
        amounts: &[i64],
        units: &[Units],
        work: &mut Work,
    ) -> Result<Given, MoneyError> {
        let mut units = units;
        if self.promotion.benefit.nature() == Nature::Units {
            work.units.clear();
            for (at, of) in self.entries.iter().zip(units) {
                let amount = amounts.get(*at).copied().unwrap_or_default();
                work.units.push(Units { price: amount / i64::from(of.count.max(1)), ..*of });
            }
            units = &work.units;
        }
        self.promotion.benefit.give(Base {
            amount: Money::new(amount)?,
            units,
            points: self.points,
            halves: self.halves,
        })
    }

    /// What comes off each entry, or each unit of it, by itself; each entry's in [`Work::each`].
    fn of_each(&self, amounts: &[i64], work: &mut Work) -> Result<Given, MoneyError> {
        let by_unit = self.promotion.applies_to == AppliesTo::Unit;
        let mut first = None;
        let mut sum = Money::ZERO;
        for (at, place) in self.entries.iter().enumerate() {
            let amount = amounts.get(*place).copied().unwrap_or_default();
            let units = self.units.get(at..=at).unwrap_or_default();
            let count = i64::from(units.first().map_or(1, |units| units.count).max(1));
            let mut of = |amount: i64, times: i64| -> Result<Money, MoneyError> {
                let base =
                    Base { amount: Money::new(amount)?, units, points: self.points, halves: self.halves };
                match self.promotion.benefit.give(base)? {
                    Given::Off(off) | Given::OffSome(off, _) => off.times(times),
                    Given::Besides(_) => Ok(Money::ZERO),
                    Given::Unmet(unmet) => {
                        first = first.or(Some(unmet));
                        Ok(Money::ZERO)
                    }
                }
            };
            let off = match self.originals.get(at) {
                Some(original) => of(original / count, count)?,
                None if by_unit => {
                    // An amount that units do not share evenly: the first ones cost a cent more.
                    let (price, dearer) = (amount / count, amount % count);
                    let more = if dearer > 0 { of(price + 1, dearer)? } else { Money::ZERO };
                    of(price, count - dearer)?.plus(more)?
                }
                None => of(amount, 1)?,
            };
            let floor = self.floors.get(at).copied().unwrap_or_default();
            let off = off.min(Money::new(room(amounts, *place, floor))?);
            work.each.push(off.minor());
            sum = sum.plus(off)?;
        }
        Ok(match first {
            Some(unmet) if sum == Money::ZERO => Given::Unmet(unmet),
            _ => Given::Off(sum),
        })
    }
}

/// What every entry of a cart costs before promotions: its lines, then the shipping where there is any.
pub(super) fn entries_of(cart: &Cart) -> Vec<i64> {
    let shipping = cart.shipping().map(|shipping| shipping.fee);
    cart.amounts().iter().copied().chain(shipping).map(Money::minor).collect()
}

/// How far an entry is above its floor.
fn room(amounts: &[i64], at: usize, floor: i64) -> i64 {
    amounts.get(at).map_or(0, |amount| (amount - floor).max(0))
}

fn floors(promotion: &Promotion, cart: &Cart, entries: &[usize]) -> Result<Vec<i64>, MoneyError> {
    let mut floors = Vec::with_capacity(entries.len());
    for at in entries {
        let Some((line, amount)) = cart.lines().get(*at).zip(cart.amounts().get(*at)) else {
            floors.push(0);
            continue;
        };
        let own = line.floor.min(line.unit_price).times(i64::from(line.quantity))?;
        // Rounded up: what is left is at least the share.
        let share = i128::from(amount.minor()) * i128::from(promotion.floor.unwrap_or_default());
        let of_promotion = ((share + 9_999) / 10_000) as i64;
        floors.push(own.minor().max(of_promotion));
    }
    if floors.iter().all(|floor| *floor == 0) {
        floors.clear();
    }
    Ok(floors)
}

fn originals(promotion: &Promotion, cart: &Cart, entries: &[usize], manners: &Manners) -> Vec<i64> {
    let by_unit = promotion.applies_to == AppliesTo::Unit && matches!(promotion.benefit, Benefit::Percent(_));
    let wanted = by_unit && manners.unit_base == UnitBase::Original;
    let amount = |at: &usize| cart.amounts().get(*at).map(|amount| amount.minor());
    if wanted { entries.iter().filter_map(amount).collect() } else { Vec::new() }
}

/// What every entry weighs where a discount is shared by prices with the tax that is added to them.
fn weights(cart: &Cart, entries: &[usize], manners: &Manners) -> Vec<u32> {
    if manners.weights == Weights::Price || cart.tax() == Tax::Included {
        return Vec::new();
    }
    let rate = |at: &usize| cart.lines().get(*at).map_or(0, |line| line.tax_rate);
    entries.iter().map(|at| 10_000 + rate(at)).collect()
}
