//! The best legal combination of promotions: the one that saves most.
//!
//! The promotions of a combination are worked out one after the other, in a fixed order ([`Promotion::order`]).
//! A combination is legal where each of them may go with the others and gives something when its turn comes.
//! Of those that save most the one with the fewest promotions is taken, then the one whose ids come first.
//!
//! The search walks the promotions in their order, takes each and leaves each, and cuts a branch where even all
//! that may still be used, each by itself on the amounts as they are, could not reach the best found: a promotion
//! never gives more on smaller amounts, and all together take off no more than there is.
//! It ends after [`NODES_MAX`] steps, so up to [`EXACT_MAX`] applicable promotions are always searched
//! whole, and more wherever cutting helps; beyond, the receipt states how much more there could be at most.
//! The first combination looked at is the one that a walk in order finds ([`Strategy::Priority`]), so the result is never
//! worse.

use super::benefits::Benefit;
use super::cart::Cart;
use super::conditions::Unmet;
use super::facts::Facts;
use super::manners::{Manners, Strategy};
use super::promotion::Promotion;
use super::receipt::{Reason, Search};
use super::section::Promotions;
use super::step::{Gives, Step, Work, entries_of};
use crate::base::money::{Money, MoneyError};
use crate::base::order;
use crate::base::time::Timestamp;
use alloc::vec;
use alloc::vec::Vec;

/// How many steps a search takes at most.
pub const NODES_MAX: u32 = 1 << 16;
/// Up to so many applicable promotions the search is always exact: 2¹⁶ − 1 steps decide about 16.
pub const EXACT_MAX: usize = 16;
/// How many steps are taken to find out by how much less a promotion that is not used would save.
const LESS_NODES_MAX: u32 = 1 << 12;

/// Every promotion, either as a step or with the reason why it cannot be one.
#[derive(Debug, Clone)]
pub(super) struct Candidates<'a> {
    /// In the order in which they are worked out.
    pub(super) steps: Vec<Step<'a>>,
    /// What pays, in order; none of it is part of a combination.
    pub(super) tenders: Vec<Step<'a>>,
    pub(super) refused: Vec<(&'a Promotion, Reason)>,
    /// What each step cannot go with, as rows of bits.
    conflicts: Vec<Vec<u64>>,
    /// To which steps each one makes a difference, as rows of bits.
    matters: Vec<Vec<u64>>,
    /// The first step of each step's group.
    groups: Vec<Option<usize>>,
    codes_at_most: usize,
    strategy: Strategy,
}

/// Tells the promotions that may be used from those that cannot, in one look at each.
pub(super) fn candidates<'a>(
    cart: &Cart,
    facts: &Facts,
    now: Timestamp,
    promotions: &'a Promotions,
) -> Result<Candidates<'a>, MoneyError> {
    let manners = promotions.manners();
    let (mut steps, mut tenders, mut refused) = (Vec::new(), Vec::new(), Vec::new());
    for promotion in promotions.all() {
        match Step::new(promotion, cart, facts, now, manners)? {
            Ok(step) if promotion.is_tender() => tenders.push(step),
            Ok(step) => steps.push(step),
            Err(reason) => refused.push((promotion, reason)),
        }
    }
    let in_order = |one: &Step<'_>, other: &Step<'_>| {
        let layered = !manners.without_layers;
        one.promotion.order(layered).cmp(&other.promotion.order(layered))
    };
    order::sort_by(&mut steps, in_order);
    order::sort_by(&mut tenders, in_order);
    Ok(Candidates::new(steps, tenders, refused, manners))
}

impl<'a> Candidates<'a> {
    fn new(
        steps: Vec<Step<'a>>,
        tenders: Vec<Step<'a>>,
        refused: Vec<(&'a Promotion, Reason)>,
        manners: &Manners,
    ) -> Self {
        let first_of = |step: &Step<'_>| {
            let group = step.promotion.group.as_ref();
            group.and_then(|_| steps.iter().position(|other| other.promotion.group.as_ref() == group))
        };
        let groups: Vec<Option<usize>> = steps.iter().map(first_of).collect();
        let words = steps.len().div_ceil(64);
        let mut conflicts = vec![vec![0_u64; words]; steps.len()];
        let mut matters = conflicts.clone();
        for (at, step) in steps.iter().enumerate() {
            let (Some(row), Some(to)) = (conflicts.get_mut(at), matters.get_mut(at)) else { continue };
            for (other, against) in steps.iter().enumerate() {
                let grouped = groups.get(at) == groups.get(other) && step.promotion.group.is_some();
                if at != other && (grouped || apart(step.promotion, against.promotion)) {
                    set(row, other);
                } else if at < other && against.depends_on(step) {
                    set(to, other);
                }
            }
        }
        let codes_at_most = manners.codes_at_most.map_or(usize::MAX, |most| most as usize);
        Self {
            steps,
            tenders,
            refused,
            conflicts,
            matters,
            groups,
            codes_at_most,
            strategy: manners.strategy,
        }
    }

    /// Whether a step may be used together with those chosen.
    fn may_join(&self, at: usize, chosen: &Chosen) -> bool {
        let free = |row: &Vec<u64>| row.iter().zip(&chosen.bits).all(|(row, bits)| row & bits == 0);
        self.conflicts.get(at).is_some_and(free) && (chosen.codes < self.codes_at_most || !self.has_code(at))
    }

    fn has_code(&self, at: usize) -> bool {
        self.steps.get(at).is_some_and(|step| step.promotion.code.is_some())
    }

    /// Whether a combination with so many codes takes no further one.
    pub(super) fn codes_taken(&self, codes: usize) -> bool {
        codes >= self.codes_at_most
    }

    /// Whether a step may be in what is looked for: one that must be used takes along what cannot go with it.
    fn leaves_open(&self, forced: Option<usize>, at: usize) -> bool {
        forced.is_none_or(|forced| !self.conflict(at, forced))
    }

    /// Whether two steps cannot be in one combination.
    pub(super) fn conflict(&self, at: usize, other: usize) -> bool {
        self.conflicts.get(at).is_some_and(|row| is_set(row, other))
    }
}

/// Whether two promotions cannot go together, their groups aside. Two that spend points would spend the same ones.
fn apart(one: &Promotion, other: &Promotion) -> bool {
    let spends = |promotion: &Promotion| matches!(promotion.benefit, Benefit::RedeemedPoints(_));
    let named = one.not_with.contains(&other.id) || other.not_with.contains(&one.id);
    one.exclusive || other.exclusive || named || (spends(one) && spends(other))
}

fn set(row: &mut [u64], at: usize) {
    if let Some(word) = row.get_mut(at / 64) {
        *word |= 1 << (at % 64);
    }
}

fn is_set(row: &[u64], at: usize) -> bool {
    row.get(at / 64).is_some_and(|word| word >> (at % 64) & 1 == 1)
}

/// The steps of a combination in the making.
#[derive(Debug, Clone, Default)]
struct Chosen {
    steps: Vec<usize>,
    bits: Vec<u64>,
    codes: usize,
}

/// A combination and what it does.
#[derive(Debug, Clone)]
pub(super) struct Found {
    /// Positions among the steps, ascending: the order in which they were worked out.
    pub(super) chosen: Vec<usize>,
    /// What each chosen one takes off each of its entries.
    pub(super) shares: Vec<Vec<i64>>,
    /// How much more would come off for how much more spent, of each chosen one.
    pub(super) next: Vec<Option<super::benefits::Next>>,
    /// What every entry costs in the end.
    pub(super) amounts: Vec<i64>,
    /// What the combination counts for: what it saves and what is given besides.
    pub(super) value: i64,
    /// The most that a combination with each step counted for, of those that were looked at.
    pub(super) with: Vec<i64>,
    /// What was missing for a step when its turn came, where the walk went by it.
    pub(super) missed: Vec<(usize, Unmet)>,
    pub(super) search: Search,
}

/// The best legal combination, or the one of a walk in order; an empty one where nothing applies.
pub(super) fn best(cart: &Cart, candidates: &Candidates<'_>) -> Result<Found, MoneyError> {
    let mut missed = Vec::new();
    let mut with = vec![0; candidates.steps.len()];
    let (chosen, value, search) = match candidates.strategy {
        Strategy::Best => search(cart, candidates, None, NODES_MAX, &mut with)?,
        Strategy::Priority => walk_in_order(cart, candidates, &mut missed)?,
    };
    let mut amounts = entries_of(cart);
    let mut work = Work::default();
    let (mut shares, mut next) = (Vec::new(), Vec::new());
    for step in chosen.iter().filter_map(|at| candidates.steps.get(*at)) {
        let gives = step.apply(&amounts, &mut work)?;
        next.push(step.next(&amounts, gives.map_or(0, |gives| gives.off))?);
        take_off(&mut amounts, step, &work.shares);
        shares.push(work.shares.clone());
    }
    Ok(Found { chosen, shares, next, amounts, value, with, missed, search })
}

/// What the best legal combination that holds one step counts for, where the search for it ended. `with` is what was seen
/// of such combinations so far; only what counts for more is looked for.
pub(super) fn best_with(
    cart: &Cart,
    candidates: &Candidates<'_>,
    step: usize,
    with: &mut [i64],
) -> Result<Option<i64>, MoneyError> {
    if candidates.strategy == Strategy::Priority {
        return Ok(None);
    }
    let (_, value, search) = search(cart, candidates, Some(step), LESS_NODES_MAX, with)?;
    Ok((search == Search::Exact).then_some(value))
}

fn take_off(amounts: &mut [i64], step: &Step<'_>, shares: &[i64]) {
    for (at, share) in step.entries.iter().zip(shares) {
        if let Some(amount) = amounts.get_mut(*at) {
            *amount -= share;
        }
    }
}

fn walk_in_order(
    cart: &Cart,
    candidates: &Candidates<'_>,
    missed: &mut Vec<(usize, Unmet)>,
) -> Result<(Vec<usize>, i64, Search), MoneyError> {
    let mut amounts = entries_of(cart);
    let mut work = Work::default();
    let mut chosen = Chosen { bits: vec![0; candidates.steps.len().div_ceil(64)], ..Chosen::default() };
    let mut value = 0;
    // Every step that is within its budget gives something on the cart as it is, so the first exclusive one of them applies.
    let alone = candidates.steps.iter().position(|step| step.promotion.exclusive && !step.over_budget);
    for (at, step) in candidates.steps.iter().enumerate() {
        if alone.is_some_and(|alone| alone != at) || !candidates.may_join(at, &chosen) {
            continue;
        }
        match step.gives(&amounts, &mut work)? {
            Err(unmet) => missed.push((at, unmet)),
            Ok(Gives { value: 0, .. }) => {}
            Ok(gives) => {
                step.apply(&amounts, &mut work)?;
                take_off(&mut amounts, step, &work.shares);
                chosen.steps.push(at);
                set(&mut chosen.bits, at);
                chosen.codes += usize::from(candidates.has_code(at));
                value += gives.value;
            }
        }
    }
    Ok((chosen.steps, value, Search::InOrder))
}

fn search(
    cart: &Cart,
    candidates: &Candidates<'_>,
    forced: Option<usize>,
    nodes: u32,
    with: &mut [i64],
) -> Result<(Vec<usize>, i64, Search), MoneyError> {
    let steps = candidates.steps.len();
    let seen = forced.and_then(|step| with.get(step)).filter(|seen| **seen > 0);
    let mut walk = Walk {
        best: seen.map(|seen| (*seen, Vec::new())),
        with,
        candidates,
        forced,
        nodes,
        beyond: 0,
        chosen: Chosen { bits: vec![0; steps.div_ceil(64)], ..Chosen::default() },
        rows: Vec::new(),
        most: vec![0; 2 * steps],
        work: Work::default(),
    };
    let gives = candidates.steps.iter().enumerate();
    let open = |at| candidates.leaves_open(forced, at);
    let gives = gives.map(|(at, step)| if open(at) { step.alone } else { 0 }).collect();
    let amounts = entries_of(cart);
    walk.rows.push(Row { left: amounts.iter().sum(), amounts, gives });
    if forced.is_none() {
        let (in_order, value, _) = walk_in_order(cart, candidates, &mut Vec::new())?;
        walk.chosen.steps = in_order;
        walk.end(value);
        walk.chosen.steps.clear();
    }
    walk.down(0, 0, 0)?;
    let (value, chosen) = walk.best.unwrap_or_default();
    let gap = walk.beyond - value;
    let search = if gap <= 0 { Search::Exact } else { Search::Bounded { gap: Money::new(gap)? } };
    Ok((chosen, value, search))
}

/// What is known after some choices.
#[derive(Debug, Clone, Default)]
struct Row {
    /// What every entry still costs.
    amounts: Vec<i64>,
    /// Their sum.
    left: i64,
    /// The most that each step that is still to come could count for by itself.
    gives: Vec<i64>,
}

struct Walk<'a> {
    candidates: &'a Candidates<'a>,
    /// A step that must be in the combination.
    forced: Option<usize>,
    /// How many more steps may be taken.
    nodes: u32,
    best: Option<(i64, Vec<usize>)>,
    with: &'a mut [i64],
    /// The most that a branch not looked into could have counted for.
    beyond: i64,
    chosen: Chosen,
    /// One row a step chosen, and the first for none.
    rows: Vec<Row>,
    /// The most that a group gives, for [`Self::bound`].
    most: Vec<i64>,
    work: Work,
}

impl Walk<'_> {
    /// Works out what the steps behind the one that was just taken would give by themselves in the row after `level`.
    fn look(&mut self, level: usize, taken: usize) -> Result<(), MoneyError> {
        let candidates = self.candidates;
        let Some([row, next]) = self.rows.get_mut(level..=level + 1) else { return Ok(()) };
        let matters = candidates.matters.get(taken).map(Vec::as_slice).unwrap_or_default();
        let gave = row.gives.iter().zip(&mut next.gives);
        for ((at, step), (gave, slot)) in candidates.steps.iter().enumerate().zip(gave).skip(taken + 1) {
            // What gave nothing gives nothing on smaller amounts, nor beside more steps.
            *slot = if *gave == 0 || !candidates.may_join(at, &self.chosen) {
                0
            } else if is_set(matters, at) {
                step.gives(&next.amounts, &mut self.work)?.map_or(0, |gives| gives.most)
            } else {
                *gave
            };
        }
        Ok(())
    }

    /// Decides about the steps from a position on, with those chosen that the row of `level` stands behind.
    fn down(&mut self, from: usize, level: usize, value: i64) -> Result<(), MoneyError> {
        let candidates = self.candidates;
        for (at, step) in candidates.steps.iter().enumerate().skip(from) {
            let gives = self.rows.get(level).and_then(|row| row.gives.get(at)).copied().unwrap_or_default();
            if gives == 0 {
                if self.forced == Some(at) {
                    return Ok(());
                }
                continue;
            }
            let most = value + self.bound(at, level, false);
            if self.is_beaten(most) {
                return Ok(());
            }
            if self.nodes == 0 {
                self.beyond = self.beyond.max(most);
                break;
            }
            self.nodes -= 1;
            self.take(step, at, level, value)?;
            if self.forced == Some(at) {
                return Ok(());
            }
        }
        self.end(value);
        Ok(())
    }

    fn take(&mut self, step: &Step<'_>, at: usize, level: usize, value: i64) -> Result<(), MoneyError> {
        let codes = usize::from(self.candidates.has_code(at));
        self.chosen.steps.push(at);
        set(&mut self.chosen.bits, at);
        self.chosen.codes += codes;
        self.taken(step, at, level, value)?;
        self.chosen.steps.pop();
        self.chosen.codes -= codes;
        if let Some(word) = self.chosen.bits.get_mut(at / 64) {
            *word &= !(1 << (at % 64));
        }
        Ok(())
    }

    /// Goes on behind a step that was just chosen.
    fn taken(&mut self, step: &Step<'_>, at: usize, level: usize, value: i64) -> Result<(), MoneyError> {
        // Where the step that must be used no longer can be, there is nothing to find.
        if self.forced.is_some_and(|forced| forced > at && !self.candidates.may_join(forced, &self.chosen)) {
            return Ok(());
        }
        let rest = self.bound(at + 1, level, true);
        let Some(row) = self.rows.get(level) else { return Ok(()) };
        if rest == 0 {
            // Nothing may follow, so that what each line gets need not be worked out.
            if let Ok(gives) = step.gives(&row.amounts, &mut self.work)?
                && gives.value > 0
            {
                self.end(value + gives.value);
            }
            return Ok(());
        }
        let most = value + rest + row.gives.get(at).copied().unwrap_or_default();
        if self.is_beaten(most) {
            return Ok(());
        }
        if self.rows.len() == level + 1 {
            let gives = vec![0; self.candidates.steps.len()];
            self.rows.push(Row { gives, ..Row::default() });
        }
        let Some([row, next]) = self.rows.get_mut(level..=level + 1) else { return Ok(()) };
        let Some(gives) = step.apply(&row.amounts, &mut self.work)? else { return Ok(()) };
        next.amounts.clone_from(&row.amounts);
        next.left = row.left - gives.off;
        take_off(&mut next.amounts, step, &self.work.shares);
        self.look(level, at)?;
        self.down(at + 1, level + 1, value + gives.value)
    }

    /// The most that the steps from a position on could still count for: of each group the one that gives most, or
    /// one that stands alone, never more codes than may be used, and no more off than there is. `joining` leaves out those that may not join what
    /// was chosen since the row was looked at.
    fn bound(&mut self, from: usize, level: usize, joining: bool) -> i64 {
        let Some(row) = self.rows.get(level) else { return 0 };
        let (mut together, mut alone, mut coded, mut largest) = (0_i64, 0_i64, 0_i64, 0_i64);
        let mut besides = 0_i64;
        let codes_left = self.candidates.codes_at_most.saturating_sub(self.chosen.codes);
        // Where codes are limited, those with a code of a group and those without count apart: a limit that takes away
        // the one must not take the other along.
        let limited = self.candidates.codes_at_most != usize::MAX;
        self.most.fill(0);
        let steps = self.candidates.steps.iter().zip(&row.gives).zip(&self.candidates.groups);
        let steps = steps.enumerate().skip(from);
        for (at, ((step, gives), group)) in steps {
            if *gives == 0 || (joining && !self.candidates.may_join(at, &self.chosen)) {
                continue;
            }
            if step.promotion.exclusive {
                alone = alone.max(*gives);
                continue;
            }
            if step.besides {
                besides = besides.saturating_add(*gives);
            }
            let mut more = *gives;
            let has_code = step.promotion.code.is_some();
            let apart = if limited && has_code { row.gives.len() } else { 0 };
            if let Some(most) = group.and_then(|group| self.most.get_mut(group + apart)) {
                more = (*gives - *most).max(0);
                *most = (*most).max(*gives);
            }
            if has_code {
                coded = coded.saturating_add(more);
                largest = largest.max(*gives);
            } else {
                together = together.saturating_add(more);
            }
        }
        let coded = coded.min(largest.saturating_mul(i64::try_from(codes_left).unwrap_or(i64::MAX)));
        together.saturating_add(coded).min(row.left.saturating_add(besides)).max(alone)
    }

    /// Whether nothing that counts for so much at most could be taken. Equals may be, by fewer promotions or ids; where
    /// a step must be used only the value is asked for.
    fn is_beaten(&self, most: i64) -> bool {
        let least = i64::from(self.forced.is_some());
        self.best.as_ref().is_some_and(|(best, _)| most < best.saturating_add(least))
    }

    /// Takes the combination chosen, where it is better than the best so far.
    fn end(&mut self, value: i64) {
        let chosen = &self.chosen.steps;
        for at in chosen {
            if let Some(seen) = self.with.get_mut(*at) {
                *seen = value.max(*seen);
            }
        }
        if self.forced.is_some_and(|forced| !chosen.contains(&forced)) {
            return;
        }
        let better = self.best.as_ref().is_none_or(|(best, before)| {
            let by_count = || before.len().cmp(&chosen.len());
            let by_ids = || self.ids(before).cmp(&self.ids(chosen));
            value.cmp(best).then_with(by_count).then_with(by_ids).is_gt()
        });
        if better {
            self.best = Some((value, chosen.clone()));
        }
    }

    fn ids(&self, chosen: &[usize]) -> Vec<&str> {
        let steps = chosen.iter().filter_map(|at| self.candidates.steps.get(*at));
        let mut ids: Vec<&str> = steps.map(|step| step.promotion.id.as_str()).collect();
        order::sort(&mut ids);
        ids
    }
}
