//! The best legal combination of promotions: the one that saves most.
//!
//! The promotions of a combination are worked out one after the other, in a fixed order ([`Promotion::order`]).
//! A combination is legal where each of them may go with the others and gives something when its turn comes.
//! Of those that save most the one with the fewest promotions is taken, then the one whose ids come first.
//!
//! The search walks the promotions in their order, takes each and leaves each, and cuts a branch where even all
//! that may still be used, each by itself on the amounts as they are, could not reach the best found: a promotion
//! never gives more on smaller amounts.
//! It ends after [`NODES_MAX`] steps, so up to [`EXACT_MAX`] applicable promotions are always searched
//! whole, and more wherever cutting helps; beyond, the receipt states how much more there could be at most.
//! The first combination looked at is the one that a walk by priority finds, so the result is never worse.

use super::benefits::{Base, Given};
use super::cart::Cart;
use super::conditions::{Condition, Unmet};
use super::promotion::Promotion;
use super::receipt::{Reason, Search};
use super::section::Promotions;
use super::selector::Selector;
use crate::base::money::{Money, MoneyError};
use crate::base::order;
use crate::base::time::Timestamp;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

/// How many steps a search takes at most.
pub const NODES_MAX: u32 = 1 << 14;
/// Up to so many applicable promotions the search is always exact: 2¹⁴ − 1 steps decide about 14.
pub const EXACT_MAX: usize = 14;

/// A promotion that may be used: it gives something on the cart as it is.
#[derive(Debug, Clone)]
pub(super) struct Step<'a> {
    pub(super) promotion: &'a Promotion,
    /// Positions of the target lines, ascending.
    target: Vec<usize>,
    /// What lines must cost when its turn comes.
    amounts: Vec<(Money, Vec<usize>)>,
    /// Its group's number; steps of one group have one number.
    group: Option<usize>,
}

/// Every promotion, either as a step or with the reason why it cannot be one.
#[derive(Debug, Clone)]
pub(super) struct Candidates<'a> {
    /// In the order in which they are worked out.
    pub(super) steps: Vec<Step<'a>>,
    pub(super) refused: Vec<(&'a Promotion, Reason)>,
}

/// What a step takes off which line, and in all.
type Shares = (Vec<(usize, Money)>, Money);

impl Step<'_> {
    /// What it takes off in all; nothing where there is nothing to take off, or what is missing.
    fn gives(&self, amounts: &[Money]) -> Result<Result<Money, Unmet>, MoneyError> {
        for (at_least, lines) in &self.amounts {
            let missing = at_least.minus(sum(lines, amounts)?)?;
            if missing > Money::ZERO {
                return Ok(Err(Unmet::Amount { missing }));
            }
        }
        let amount = sum(&self.target, amounts)?;
        Ok(match self.promotion.benefit.discount(Base { amount })? {
            Given::Off(off) => Ok(off.min(amount).min(self.promotion.cap.unwrap_or(amount))),
            Given::Unmet(unmet) => Err(unmet),
        })
    }

    /// What it takes off each line, where it takes anything off.
    fn apply(&self, amounts: &[Money]) -> Result<Option<Shares>, MoneyError> {
        let Some(total) = self.gives(amounts)?.ok().filter(|total| *total > Money::ZERO) else {
            return Ok(None);
        };
        let weights: Vec<i64> = self.target.iter().map(|at| amount_at(amounts, *at).minor()).collect();
        let shares = self.target.iter().copied().zip(total.allocate(&weights)?).collect();
        Ok(Some((shares, total)))
    }
}

fn amount_at(amounts: &[Money], at: usize) -> Money {
    amounts.get(at).copied().unwrap_or_default()
}

fn sum(lines: &[usize], amounts: &[Money]) -> Result<Money, MoneyError> {
    lines.iter().try_fold(Money::ZERO, |sum, at| sum.plus(amount_at(amounts, *at)))
}

/// Tells the promotions that may be used from those that cannot, in one look at each.
pub(super) fn candidates<'a>(
    cart: &Cart,
    codes: &[String],
    now: Timestamp,
    promotions: &'a Promotions,
) -> Result<Candidates<'a>, MoneyError> {
    let mut found = Candidates { steps: Vec::new(), refused: Vec::new() };
    for promotion in promotions.all() {
        match candidate(cart, codes, now, promotion)? {
            Ok(step) => found.steps.push(step),
            Err(reason) => found.refused.push((promotion, reason)),
        }
    }
    order::sort_by(&mut found.steps, |a, b| a.promotion.order().cmp(&b.promotion.order()));
    number_groups(&mut found.steps);
    Ok(found)
}

/// Gives the steps of one group one number, so that the search need not compare texts.
fn number_groups(steps: &mut [Step<'_>]) {
    for at in 0..steps.len() {
        let group = steps.get(at).and_then(|step| step.promotion.group.as_ref());
        let first = group.and_then(|_| steps.iter().position(|step| step.promotion.group.as_ref() == group));
        if let Some(step) = steps.get_mut(at) {
            step.group = first;
        }
    }
}

fn candidate<'a>(
    cart: &Cart,
    codes: &[String],
    now: Timestamp,
    promotion: &'a Promotion,
) -> Result<Result<Step<'a>, Reason>, MoneyError> {
    if promotion.code.as_ref().is_some_and(|code| codes.binary_search(code).is_err()) {
        return Ok(Err(Reason::CodeNotEntered));
    }
    for condition in &promotion.conditions {
        if let Err(unmet) = condition.window(now) {
            return Ok(Err(unmet.into()));
        }
    }
    let lines = |selector: &Selector| -> Vec<usize> {
        let matching = cart.lines().iter().enumerate().filter(|(_, line)| selector.matches(line));
        matching.map(|(at, _)| at).collect()
    };
    let target = lines(&promotion.target);
    if target.is_empty() {
        return Ok(Err(Reason::NoLine));
    }
    let mut amounts = Vec::new();
    for condition in &promotion.conditions {
        match condition {
            Condition::Quantity { at_least, of } => {
                let of = of.as_ref().map_or_else(|| target.clone(), lines);
                let units = of.iter().filter_map(|at| cart.lines().get(*at)).map(|line| line.quantity).sum();
                if let Some(missing) = at_least.checked_sub(units).filter(|missing| *missing > 0) {
                    return Ok(Err(Reason::QuantityShort { missing }));
                }
            }
            Condition::Amount { at_least, of } => {
                amounts.push((*at_least, of.as_ref().map_or_else(|| target.clone(), lines)));
            }
            Condition::Window { .. } => {}
        }
    }
    let step = Step { promotion, target, amounts, group: None };
    Ok(match step.gives(cart.amounts())? {
        Ok(total) if total > Money::ZERO => Ok(step),
        Ok(_) => Err(Reason::SavesNothing),
        Err(unmet) => Err(unmet.into()),
    })
}

/// A combination and what it does.
#[derive(Debug, Clone)]
pub(super) struct Found {
    /// Positions among the steps, ascending: the order in which they were worked out.
    pub(super) chosen: Vec<usize>,
    /// What each chosen one takes off which line.
    pub(super) shares: Vec<Vec<(usize, Money)>>,
    pub(super) saved: Money,
    pub(super) search: Search,
}

/// The best legal combination; an empty one where nothing applies.
pub(super) fn best(cart: &Cart, candidates: &Candidates<'_>) -> Result<Found, MoneyError> {
    let (chosen, saved, search) = search(cart, candidates, None)?;
    let mut amounts = cart.amounts().to_vec();
    let mut shares = Vec::with_capacity(chosen.len());
    for step in chosen.iter().filter_map(|at| candidates.steps.get(*at)) {
        if let Some((given, _)) = step.apply(&amounts)? {
            take_off(&mut amounts, &given)?;
            shares.push(given);
        }
    }
    Ok(Found { chosen, shares, saved, search })
}

/// What the best legal combination that holds one step saves, where the search for it ended.
pub(super) fn best_with(
    cart: &Cart,
    candidates: &Candidates<'_>,
    step: usize,
) -> Result<Option<Money>, MoneyError> {
    let (_, saved, search) = search(cart, candidates, Some(step))?;
    Ok((search == Search::Exact).then_some(saved))
}

fn take_off(amounts: &mut [Money], shares: &[(usize, Money)]) -> Result<(), MoneyError> {
    for (at, share) in shares {
        if let Some(amount) = amounts.get_mut(*at) {
            *amount = amount.minus(*share)?;
        }
    }
    Ok(())
}

fn search(
    cart: &Cart,
    candidates: &Candidates<'_>,
    forced: Option<usize>,
) -> Result<(Vec<usize>, Money, Search), MoneyError> {
    let steps = &candidates.steps;
    let mut walk = Walk { steps, forced, nodes: 0, best: None, beyond: 0, chosen: Vec::new() };
    walk.down(0, cart.amounts(), Money::ZERO)?;
    let beyond = walk.beyond;
    let (saved, chosen) = walk.best.unwrap_or_default();
    let gap = beyond - saved.minor();
    let search = if gap <= 0 { Search::Exact } else { Search::Bounded { gap: Money::new(gap)? } };
    Ok((chosen, saved, search))
}

struct Walk<'a> {
    steps: &'a [Step<'a>],
    /// A step that must be in the combination.
    forced: Option<usize>,
    nodes: u32,
    best: Option<(Money, Vec<usize>)>,
    /// The most that a branch not looked into could have saved.
    beyond: i64,
    chosen: Vec<usize>,
}

impl Walk<'_> {
    fn down(&mut self, at: usize, amounts: &[Money], saved: Money) -> Result<(), MoneyError> {
        let steps = self.steps;
        let Some(step) = steps.get(at) else {
            self.end(saved);
            return Ok(());
        };
        let most = saved.minor() + self.most(at, amounts)?;
        if self.best.as_ref().is_some_and(|(best, _)| most < best.minor()) {
            return Ok(());
        }
        if self.nodes == NODES_MAX {
            self.beyond = self.beyond.max(most);
            self.end(saved);
            return Ok(());
        }
        self.nodes += 1;
        if self.may_join(step)
            && let Some((shares, total)) = step.apply(amounts)?
        {
            let mut next = amounts.to_vec();
            take_off(&mut next, &shares)?;
            self.chosen.push(at);
            self.down(at + 1, &next, saved.plus(total)?)?;
            self.chosen.pop();
        }
        if self.forced == Some(at) { Ok(()) } else { self.down(at + 1, amounts, saved) }
    }

    /// Whether a step may be used together with those chosen.
    fn may_join(&self, step: &Step<'_>) -> bool {
        let mut chosen = self.chosen.iter().filter_map(|at| self.steps.get(*at));
        chosen.all(|other| {
            let exclusive = step.promotion.exclusive || other.promotion.exclusive;
            !exclusive && (step.group.is_none() || step.group != other.group)
        })
    }

    /// The most that the steps from a position on could still take off: of each group the one that gives most, or
    /// one that stands alone, and never more than there is.
    fn most(&self, from: usize, amounts: &[Money]) -> Result<i64, MoneyError> {
        let left: i64 = amounts.iter().map(|amount| amount.minor()).sum();
        let (mut together, mut alone) = (0_i64, 0_i64);
        let mut groups: Vec<i64> = vec![0; self.steps.len()];
        for step in self.steps.iter().skip(from).filter(|step| self.may_join(step)) {
            let gives = step.gives(amounts)?.map_or(0, Money::minor);
            if step.promotion.exclusive {
                alone = alone.max(gives);
            } else if let Some(most) = step.group.and_then(|group| groups.get_mut(group)) {
                together = together.saturating_add((gives - *most).max(0));
                *most = gives.max(*most);
            } else {
                together = together.saturating_add(gives);
            }
        }
        Ok(together.max(alone).min(left))
    }

    /// Takes the combination chosen, where it is better than the best so far.
    fn end(&mut self, saved: Money) {
        if self.forced.is_some_and(|forced| !self.chosen.contains(&forced)) {
            return;
        }
        let better = self.best.as_ref().is_none_or(|(best, chosen)| {
            let by_count = || chosen.len().cmp(&self.chosen.len());
            let by_ids = || self.ids(chosen).cmp(&self.ids(&self.chosen));
            saved.cmp(best).then_with(by_count).then_with(by_ids).is_gt()
        });
        if better {
            self.best = Some((saved, self.chosen.clone()));
        }
    }

    fn ids(&self, chosen: &[usize]) -> Vec<&str> {
        let mut ids: Vec<&str> = chosen
            .iter()
            .filter_map(|at| self.steps.get(*at))
            .map(|step| step.promotion.id.as_str())
            .collect();
        order::sort(&mut ids);
        ids
    }
}
