//! Conditions joined by all, any and not, made ready for a cart: what does not depend on other promotions is answered once.

use super::{Answer, Asked, Condition, Unmet};
use crate::base::money::{Money, MoneyError};
use alloc::vec::Vec;

/// The deepest tree.
pub(super) const DEPTH_MAX: usize = 8;

/// What must hold, with everything answered but what lines cost when the promotion's turn comes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::pricing) enum Test {
    /// It holds.
    Holds,
    /// It does not.
    Fails(Unmet),
    /// Lines cost at least so much.
    Costs(Money, Vec<usize>),
    /// All of these.
    All(Vec<Test>),
    /// One of these.
    Any(Vec<Test>),
}

impl Test {
    /// All of a promotion's conditions. `lines` gives the positions that a condition is about.
    pub(in crate::pricing) fn all<'a>(
        conditions: &[Condition],
        asked: &Asked<'a>,
        lines: &dyn Fn(&Condition) -> Option<Vec<usize>>,
    ) -> Result<Self, MoneyError> {
        let mut left = conditions.iter();
        let mut all = Vec::new();
        while let Some(condition) = left.next() {
            all.push(Self::one(condition, &mut left, asked, lines, DEPTH_MAX)?);
        }
        Ok(Self::joined(all))
    }

    fn one<'a>(
        condition: &Condition,
        left: &mut core::slice::Iter<'_, Condition>,
        asked: &Asked<'a>,
        lines: &dyn Fn(&Condition) -> Option<Vec<usize>>,
        depth: usize,
    ) -> Result<Self, MoneyError> {
        let mut beneath = Vec::new();
        let written = left.as_slice();
        for _ in 0..condition.children() {
            // A tree whose counts do not add up or that is too deep does not pass the check of its promotion.
            let Some(child) = left.next().filter(|_| depth > 0) else { break };
            beneath.push(Self::one(child, left, asked, lines, depth.saturating_sub(1))?);
        }
        Ok(match condition {
            Condition::All(_) => Self::joined(beneath),
            Condition::Any(_) if beneath.contains(&Self::Holds) => Self::Holds,
            Condition::Any(_) => {
                let fails = beneath.iter().all(|test| matches!(test, Self::Fails(_)));
                match beneath.first() {
                    Some(first) if fails => first.clone(),
                    _ => Self::Any(beneath),
                }
            }
            Condition::Not(_) => {
                // What lines cost falls from promotion to promotion, so 'less than' would come true on the way. It is
                // asked of what they cost before all of them, which no choice changes.
                let before: Vec<i64> = asked.cart.amounts().iter().map(|amount| amount.minor()).collect();
                let none = beneath.iter().all(|test| test.ask(&before).is_err());
                let children = written.get(..written.len() - left.as_slice().len()).unwrap_or_default();
                // That nobody said how it is paid is no word that it is paid otherwise.
                match children.iter().find(|child| !child.is_known(asked.facts)) {
                    Some(unknown) => match unknown.ask(asked)? {
                        Answer::Fails(unmet) => Self::Fails(unmet),
                        _ => Self::Fails(Unmet::Not),
                    },
                    None if none => Self::Holds,
                    None => Self::Fails(Unmet::Not),
                }
            }
            leaf => {
                let own = lines(leaf);
                let lines = own.as_deref().unwrap_or(asked.lines);
                match leaf.ask(&Asked { lines, ..*asked })? {
                    Answer::Holds => Self::Holds,
                    Answer::Fails(unmet) => Self::Fails(unmet),
                    Answer::Costs(at_least) => Self::Costs(at_least, lines.to_vec()),
                }
            }
        })
    }

    fn joined(all: Vec<Self>) -> Self {
        if let Some(fails) = all.iter().find(|test| matches!(test, Self::Fails(_))) {
            return fails.clone();
        }
        let mut left: Vec<Self> = all.into_iter().filter(|test| *test != Self::Holds).collect();
        match (left.pop(), left.is_empty()) {
            (None, _) => Self::Holds,
            (Some(only), true) => only,
            (Some(last), false) => {
                left.push(last);
                Self::All(left)
            }
        }
    }

    /// Whether what one of these lines costs can make a difference to it.
    pub(in crate::pricing) fn looks_at(&self, lines: &[usize]) -> bool {
        match self {
            Self::Holds | Self::Fails(_) => false,
            Self::Costs(_, of) => of.iter().any(|line| lines.contains(line)),
            Self::All(tests) | Self::Any(tests) => tests.iter().any(|test| test.looks_at(lines)),
        }
    }

    /// Whether it holds where lines cost these amounts.
    pub(in crate::pricing) fn ask(&self, amounts: &[i64]) -> Result<(), Unmet> {
        match self {
            Self::Holds => Ok(()),
            Self::Fails(unmet) => Err(*unmet),
            Self::Costs(at_least, lines) => {
                let costs: i64 = lines.iter().filter_map(|at| amounts.get(*at)).sum();
                match Money::new(at_least.minor() - costs) {
                    Ok(missing) if missing > Money::ZERO => Err(Unmet::Amount { missing }),
                    _ => Ok(()),
                }
            }
            Self::All(all) => all.iter().try_for_each(|test| test.ask(amounts)),
            Self::Any(any) => {
                let mut first = Ok(());
                for test in any {
                    match test.ask(amounts) {
                        Ok(()) => return Ok(()),
                        Err(unmet) if first.is_ok() => first = Err(unmet),
                        Err(_) => {}
                    }
                }
                first
            }
        }
    }
}

/// Whether counts of a written tree add up and none is deeper than [`DEPTH_MAX`].
pub(in crate::pricing) fn is_whole(conditions: &[Condition]) -> bool {
    // How many are still to come on each level.
    let mut open: Vec<u8> = Vec::new();
    for condition in conditions {
        while open.last() == Some(&0) {
            open.pop();
        }
        if let Some(left) = open.last_mut() {
            *left -= 1;
        }
        if condition.children() > 0 {
            open.push(condition.children());
        }
        if open.len() > DEPTH_MAX {
            return false;
        }
    }
    open.iter().all(|left| *left == 0)
}
