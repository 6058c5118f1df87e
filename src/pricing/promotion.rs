//! A promotion: who may have it together with what, on which lines, when, and what it gives.

use super::benefits::Benefit;
use super::conditions::Condition;
use super::selector::Selector;
use crate::base::ids::check_id;
use crate::base::money::Money;
use crate::base::notation::{Fields, RuleError};
use crate::base::time::Timestamp;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

/// The most conditions a promotion has.
pub const CONDITIONS_MAX: usize = 16;
/// The most uses that a limit counts.
pub const USES_MAX: u32 = 1_000_000_000;
/// The largest priority.
pub const PRIORITY_MAX: u32 = 1_000_000;

/// When a promotion is worked out among those of one receipt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub enum Layer {
    /// First: what is off the goods themselves.
    Line,
    /// Then, on what is left: what is off the order.
    #[default]
    Order,
}

impl Layer {
    const WORDS: [&str; 2] = ["line", "order"];
    const ALL: [Self; 2] = [Self::Line, Self::Order];
}

/// A promotion; with a code it is a coupon.
///
/// Promotions of one receipt are worked out one after the other, by layer, then priority, then id, each on the
/// amounts the ones before it left: conditions, thresholds and percentages all look at those.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Promotion {
    /// Stable id.
    pub id: String,
    /// The code a shopper enters ([`super::cart::plain_code`]); without one it applies by itself.
    pub code: Option<String>,
    /// When it is worked out.
    pub layer: Layer,
    /// Within the layer, lower is first.
    pub priority: u32,
    /// At most one promotion of a group is used.
    pub group: Option<String>,
    /// Whether it is used alone or not at all.
    pub exclusive: bool,
    /// The lines it is about and takes its benefit off.
    pub target: Selector,
    /// What must hold, all of it.
    pub conditions: Vec<Condition>,
    /// What it gives.
    pub benefit: Benefit,
    /// The most it takes off a cart.
    pub cap: Option<Money>,
    /// How often one account may use it. Who grants counts them; a receipt knows no account.
    pub uses_per_account: Option<u32>,
    /// What all accounts have of it together. Who grants counts it.
    pub budget: Option<Budget>,
}

/// What a promotion may give in all: so many uses, or so much.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Budget {
    /// Uses, at least one.
    pub uses: Option<u32>,
    /// An amount, more than zero.
    pub spend: Option<Money>,
}

impl Budget {
    fn read(from: &mut impl Fields) -> Self {
        Self { uses: from.count("uses", 1, USES_MAX), spend: from.amount("spend") }
    }

    fn check(self) -> Result<(), (&'static str, &'static str)> {
        match (self.uses, self.spend) {
            (Some(0), None) => Err(("budget.uses", "is at least one")),
            (None, Some(spend)) if spend <= Money::ZERO => Err(("budget.spend", "is more than zero")),
            (Some(_), None) | (None, Some(_)) => Ok(()),
            _ => Err(("budget", "is of uses or of spend, one of them")),
        }
    }
}

impl Promotion {
    /// Whether it is the time for it at `now`: every window of its conditions is open.
    pub fn is_open(&self, now: Timestamp) -> bool {
        self.conditions.iter().all(|condition| condition.window(now).is_ok())
    }

    /// The earliest end of its windows; `None` where it goes on.
    pub fn closes(&self) -> Option<Timestamp> {
        let end = |condition: &Condition| match condition {
            Condition::Window { closes, .. } => *closes,
            _ => None,
        };
        self.conditions.iter().filter_map(end).min()
    }

    /// Its place among those of one receipt.
    pub(super) fn order(&self) -> (Layer, u32, &str) {
        (self.layer, self.priority, &self.id)
    }

    /// Reads a promotion's fields (`docs/promotions.md`). What is off is noted there and stands in as a default,
    /// so the result is for use only where nothing was noted and [`Self::check`] holds.
    pub fn read(from: &mut impl Fields) -> Self {
        from.require("benefit");
        let layer = from.word("layer", &Layer::WORDS).and_then(|at| Layer::ALL.get(at).copied());
        Self {
            id: from.required_id("id"),
            code: from.id("code").map(|code| super::cart::plain_code(&code)),
            layer: layer.unwrap_or_default(),
            priority: from.count("priority", 0, PRIORITY_MAX).unwrap_or(0),
            group: from.id("group"),
            exclusive: from.flag("exclusive"),
            target: from.object("target", Selector::read).unwrap_or_default(),
            conditions: from.list("conditions", Condition::read).into_iter().flatten().collect(),
            benefit: from.object("benefit", Benefit::read).flatten().unwrap_or_default(),
            cap: from.amount("cap"),
            uses_per_account: from.count("uses_per_account", 1, USES_MAX),
            budget: from.object("budget", Budget::read),
        }
    }

    /// Checks that every value makes sense.
    ///
    /// # Errors
    /// [`RuleError`] with the path of the first that does not.
    pub fn check(&self) -> Result<(), RuleError> {
        let problem = |path: &str, reason: String| Err(RuleError { path: path.into(), reason });
        for (path, id) in
            [("id", Some(&self.id)), ("code", self.code.as_ref()), ("group", self.group.as_ref())]
        {
            if let Some(Err(error)) = id.map(|id| check_id(id)) {
                return problem(path, format!("{error}"));
            }
        }
        if self.code.as_ref().is_some_and(|code| *code != super::cart::plain_code(code)) {
            return problem("code", "is written with large letters in a pack".into());
        }
        if self.priority > PRIORITY_MAX {
            return problem("priority", format!("is a whole number from 0 to {PRIORITY_MAX}"));
        }
        if self.cap.is_some_and(|cap| cap <= Money::ZERO) {
            return problem("cap", "is more than zero; leave it out where there is none".into());
        }
        if self.uses_per_account == Some(0) {
            return problem(
                "uses_per_account",
                "is at least one; leave it out where there is no limit".into(),
            );
        }
        if let Some(Err((path, reason))) = self.budget.map(Budget::check) {
            return problem(path, reason.into());
        }
        if self.conditions.len() > CONDITIONS_MAX {
            return problem("conditions", format!("are at most {CONDITIONS_MAX}"));
        }
        self.target.check("target")?;
        for (at, condition) in self.conditions.iter().enumerate() {
            condition.check(&format!("conditions[{at}]"))?;
        }
        self.benefit.check()
    }
}
