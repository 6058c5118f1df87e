//! A promotion: who may have it together with what, on which lines, when, and what it gives.

use super::benefits::{Benefit, Nature};
use super::conditions::{Condition, is_whole};
use super::selector::Selector;
use crate::base::ids::check_id;
use crate::base::money::Money;
use crate::base::notation::{Fields, RuleError};
use crate::base::time::Timestamp;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

/// The most conditions a promotion has, those that join others among them.
pub const CONDITIONS_MAX: usize = 32;
/// The most promotions that one cannot go with.
pub const NOT_WITH_MAX: usize = 100;
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
    /// Then what is off the shipping.
    Shipping,
}

impl Layer {
    const WORDS: [(&str, Self); 2] = [("line", Self::Line), ("order", Self::Order)];
}

/// What a benefit is worked out on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub enum AppliesTo {
    /// The target lines together.
    #[default]
    Order,
    /// Each target line by itself.
    Line,
    /// Each unit of the target lines by itself.
    Unit,
    /// The shipping. The target lines are then what must be in the cart.
    Shipping,
}

impl AppliesTo {
    const WORDS: [(&str, Self); 4] =
        [("order", Self::Order), ("line", Self::Line), ("unit", Self::Unit), ("shipping", Self::Shipping)];

    /// The layer where none is named.
    fn layer(self, nature: Nature) -> Layer {
        match self {
            Self::Shipping => Layer::Shipping,
            Self::Line | Self::Unit => Layer::Line,
            Self::Order if nature == Nature::Units => Layer::Line,
            Self::Order => Layer::Order,
        }
    }
}

/// A promotion; with a code it is a coupon.
///
/// Promotions of one receipt are worked out one after the other, by layer, then priority, then id, each on the
/// amounts the ones before it left: conditions, thresholds and percentages all look at those.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
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
    /// Stable ids of promotions that it cannot go with, whichever of the two says so.
    pub not_with: Vec<String>,
    /// The lines it is about and takes its benefit off.
    pub target: Selector,
    /// What the benefit is worked out on.
    pub applies_to: AppliesTo,
    /// What must hold, all of it.
    pub conditions: Vec<Condition>,
    /// What it gives.
    pub benefit: Benefit,
    /// The most it takes off a cart.
    pub cap: Option<Money>,
    /// Hundredths of a percent of a line's price before promotions that it may not take the line below.
    pub floor: Option<u32>,
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
        self.windows().all(|window| window.holds(now).is_ok())
    }

    /// The earliest end of its windows; `None` where it goes on.
    pub fn closes(&self) -> Option<Timestamp> {
        self.windows().filter_map(|window| window.closes).min()
    }

    /// The windows that must be open: those that no `any` or `not` stands above.
    fn windows(&self) -> impl Iterator<Item = &super::conditions::Window> {
        let mut inside = 0_usize;
        self.conditions.iter().filter_map(move |condition| {
            let beneath = inside > 0;
            inside = inside.saturating_sub(1);
            match condition {
                // Whatever stands beneath these need not hold by itself.
                Condition::Any(count) | Condition::Not(count) => inside += usize::from(*count),
                _ if beneath => inside += usize::from(condition.children()),
                _ => {}
            }
            match condition {
                Condition::Window(window) if !beneath => Some(window),
                _ => None,
            }
        })
    }

    /// Every selector it has: its target's, its conditions' and its benefit's.
    pub fn selectors(&self) -> impl Iterator<Item = &Selector> {
        let conditions = self.conditions.iter().filter_map(Condition::of);
        let parts = self.benefit.parts().iter().map(|part| &part.of);
        core::iter::once(&self.target).chain(conditions).chain(parts)
    }

    /// Whether it is about whatever is in a cart, and not about some goods alone.
    pub fn is_for_everything(&self) -> bool {
        self.selectors().all(|selector| *selector == Selector::default())
    }

    /// Whether it pays rather than takes off.
    pub fn is_tender(&self) -> bool {
        self.benefit.nature() == Nature::Tender
    }

    /// Its place among those of one receipt, where layers count and where they do not.
    pub(super) fn order(&self, layered: bool) -> (Layer, u32, &str) {
        (if layered { self.layer } else { Layer::default() }, self.priority, &self.id)
    }

    /// Reads a promotion's fields (`docs/promotions.md`). What is off is noted there and stands in as a default,
    /// so the result is for use only where nothing was noted and [`Self::check`] holds.
    pub fn read(from: &mut impl Fields) -> Self {
        from.require("benefit");
        let layer = from.choice("layer", &Layer::WORDS);
        let applies_to = from.choice("applies_to", &AppliesTo::WORDS).unwrap_or_default();
        let benefit = from.object("benefit", Benefit::read).flatten().unwrap_or_default();
        Self {
            id: from.required_id("id"),
            code: from.id("code").map(|code| super::cart::plain_code(&code)),
            layer: layer.unwrap_or(applies_to.layer(benefit.nature())),
            priority: from.count("priority", 0, PRIORITY_MAX).unwrap_or(0),
            group: from.id("group"),
            exclusive: from.flag("exclusive"),
            not_with: from.ids("not_with"),
            target: from.object("target", Selector::read).unwrap_or_default(),
            applies_to,
            conditions: from.list("conditions", Condition::read).into_iter().flatten().collect(),
            benefit,
            cap: from.amount("cap"),
            floor: from.percent("floor"),
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
        if !is_whole(&self.conditions) {
            return problem("conditions", "stand in one another at most eight deep, each whole".into());
        }
        if self.not_with.len() > NOT_WITH_MAX {
            return problem("not_with", format!("names at most {NOT_WITH_MAX} promotions"));
        }
        if self.not_with.contains(&self.id) {
            return problem("not_with", "names the promotion itself".into());
        }
        if self.floor.is_some_and(|floor| !(1..=10_000).contains(&floor)) {
            return problem("floor", "is more than 0 and at most 100 percent".into());
        }
        self.check_fit()?;
        self.target.check("target")?;
        for (at, condition) in self.conditions.iter().enumerate() {
            condition.check(&format!("conditions[{at}]"))?;
        }
        self.benefit.check()
    }

    /// Checks that what it applies to, its layer and its benefit go together.
    fn check_fit(&self) -> Result<(), RuleError> {
        let problem = |path: &str, reason: &str| Err(RuleError { path: path.into(), reason: reason.into() });
        let of_shipping = self.applies_to == AppliesTo::Shipping;
        if of_shipping != (self.layer == Layer::Shipping) {
            return problem("layer", "is left out for what applies to shipping");
        }
        let by_line = matches!(self.applies_to, AppliesTo::Line | AppliesTo::Unit);
        if by_line && matches!(self.benefit, Benefit::RedeemedPoints(_)) {
            return problem("applies_to", "is order or shipping where points are spent, each of them once");
        }
        match self.benefit.nature() {
            Nature::Amount => Ok(()),
            _ if self.applies_to != AppliesTo::Order => {
                problem("applies_to", "is left out for this kind of benefit")
            }
            Nature::Besides if self.cap.is_some() || self.floor.is_some() => {
                problem("cap", "and floor are left out where nothing comes off")
            }
            Nature::Tender if self.exclusive || self.group.is_some() || !self.not_with.is_empty() => problem(
                "group",
                "exclusive and not_with are left out for a voucher, which goes with everything",
            ),
            Nature::Tender if self.cap.is_some() || self.floor.is_some() => {
                problem("cap", "and floor are left out for a voucher, which takes nothing off")
            }
            Nature::Units | Nature::Besides | Nature::Tender => Ok(()),
        }
    }
}
