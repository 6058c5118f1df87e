//! A campaign: for whom, after what, in which steps, with which coupons, beside whom it leaves alone.

use super::arms::HOLDOUT;
use super::figures::FigureRange;
use super::messages::Message;
use super::model::Model;
use crate::base::ids::check_id;
use crate::base::money::Money;
use crate::base::notation::{Fields, RuleError};
use crate::base::time::{Date, Timestamp, Zone};
use crate::shopper::lifecycle::Phase;
use crate::shopper::{Figures, OrderRow, Stage};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

/// The holdout where a campaign says nothing: 10 %, in hundredths of a percent.
pub const HOLDOUT_DEFAULT: u16 = 1_000;
/// The smallest holdout, 1 %. There is always one, or nothing could be measured.
pub const HOLDOUT_MIN: u16 = 100;
/// The largest holdout, 90 %.
pub const HOLDOUT_MAX: u16 = 9_000;
/// Days from a step to its read-out where a campaign says nothing.
pub const READ_OUT_DAYS: u16 = 10;
/// The latest step or read-out, in days.
const DAYS_MAX: u16 = 730;
/// The most steps a campaign has.
pub(super) const STEPS_MAX: usize = 12;
const ARMS_MAX: usize = 8;
const COUPONS_MAX: usize = 20;
const WEIGHT_MAX: u32 = 1_000;
/// One in so many who are not held out sees any arm, at least: reports name the arm in clear, and one that hardly anybody sees would
/// be a name.
const ARM_ONE_IN: u32 = 20;
const SURFACINGS_MAX: u32 = 1_000;
/// Surfacings of a step where a campaign says nothing.
pub const SURFACINGS: u16 = 3;

/// A campaign.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Campaign {
    /// Stable id.
    pub id: String,
    /// What its assignment is salted with, unlike any other campaign's.
    pub salt: String,
    /// Whom it is for.
    pub audience: Audience,
    /// What it follows, if it follows something.
    pub trigger: Option<Trigger>,
    /// Days after that on which its steps are due, ascending; empty without a trigger.
    pub waves: Vec<u16>,
    /// Whether another order after the trigger's ends it.
    pub stops_at_purchase: bool,
    /// Days from a step to its read-out.
    pub read_out_days: u16,
    /// Who is left alone, in hundredths of a percent.
    pub holdout: u16,
    /// What the others see.
    pub arms: Vec<Arm>,
    /// On how many shop days a step's coupons are surfaced to one shopper at most; of a campaign without steps
    /// the whole.
    pub surfacings: u16,
    /// On how many shop days its coupons are surfaced to one shopper at most, all steps together.
    pub surfacings_in_all: u16,
    /// Whether an arm's coupon is the one on whose goods the shopper spent most, before what each is worth.
    pub by_own_spend: bool,
    /// What its steps say.
    pub messages: Vec<Message>,
}

/// Whom a campaign is for: all of it must hold.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Audience {
    /// The lifecycle stages; any where there are none.
    pub stages: Vec<Stage>,
    /// The phases; any where there are none.
    pub phases: Vec<Phase>,
    /// Bounds of figures.
    pub figures: Vec<FigureRange>,
}

/// What a campaign follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum After {
    /// An order.
    #[default]
    Order,
    /// A complaint that was settled.
    Settled,
    /// The birthday that the shopper gave the shop, every year.
    Birthday,
    /// A day of the calendar, every year.
    Day,
}

/// What a campaign follows, and which of it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Trigger {
    /// What it follows.
    pub after: After,
    /// Month and day: on which the order was placed, any day where there is none; or the day itself. By the shop's zone.
    pub on: Option<(u8, u8)>,
    /// What it came to at least.
    pub at_least: Money,
    /// Whether it must be the shopper's first.
    pub first: bool,
    /// Stable ids of categories, one of which something of the order must lie in; any where there are none. What an order
    /// held is known of this browser's own, and sensitive goods are none of it.
    pub categories: Vec<String>,
}

/// What an order held.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Bought<'a> {
    /// When it was placed.
    pub at: Timestamp,
    /// Stable ids of the categories of its items and of those above them.
    pub categories: Vec<&'a str>,
}

/// What a trigger looks for in a shopper's time with the shop.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Moments<'a> {
    /// The orders, oldest first.
    pub orders: &'a [OrderRow],
    /// When a complaint was settled last.
    pub settled: Option<Timestamp>,
    /// Month and day of birth, where the shopper gave them to the shop.
    pub birthday: Option<(u8, u8)>,
    /// What orders held, as far as this browser knows.
    pub bought: &'a [Bought<'a>],
}

/// What one part of the shoppers sees.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Arm {
    /// Its id within the campaign.
    pub id: String,
    /// Its share of those not held out, beside the other arms' weights.
    pub weight: u16,
    /// Coupons to choose from; none in an arm that is only measured.
    pub coupons: Vec<Coupon>,
}

/// A coupon of an arm.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coupon {
    /// Stable id of the promotion.
    pub promotion: String,
    /// What surfacing it is expected to bring in, by the shop's estimate.
    pub value: Money,
    /// What surfacing it is expected to cost.
    pub cost: Money,
    /// Where there is one, `value` is what an order brings in and `cost` what the coupon costs when it is used, and this
    /// says how likely either is.
    pub model: Option<Model>,
}

impl Audience {
    /// Whether a shopper belongs to it.
    pub fn holds(&self, stage: Stage, phase: Phase, figures: &Figures) -> bool {
        (self.stages.is_empty() || self.stages.contains(&stage))
            && (self.phases.is_empty() || self.phases.contains(&phase))
            && self.figures.iter().all(|range| range.holds(figures))
    }

    fn read(from: &mut impl Fields) -> Self {
        let stages = from.words("stages", &Stage::NAMES);
        let phases = from.words("phases", &Phase::NAMES);
        Self {
            phases: phases.into_iter().filter_map(|at| Phase::ALL.get(at).copied()).collect(),
            stages: stages.into_iter().filter_map(|at| Stage::ALL.get(at).copied()).collect(),
            figures: FigureRange::read_all(from),
        }
    }
}

impl Trigger {
    /// The latest order up to `now` that sets it off. Orders are in the order of time.
    pub fn find(&self, of: &Moments<'_>, now: Timestamp, zone: &Zone) -> Option<OrderRow> {
        let orders = of.orders;
        let known = orders.iter().take_while(|order| order.at <= now);
        let considered = known.take(if self.first { 1 } else { orders.len() });
        let held = |order: &OrderRow| {
            let mut same = of.bought.iter().filter(|bought| bought.at == order.at);
            self.categories.is_empty()
                || same
                    .any(|bought| self.categories.iter().any(|id| bought.categories.contains(&id.as_str())))
        };
        let set_off = considered
            .filter(|order| order.value >= self.at_least && self.is_on(order.at, zone) && held(order));
        set_off.last().copied()
    }

    /// The latest moment up to `now` that sets it off.
    pub fn moment(&self, of: &Moments<'_>, now: Timestamp, zone: &Zone) -> Option<Timestamp> {
        match self.after {
            After::Order => self.find(of, now, zone).map(|order| order.at),
            After::Settled => of.settled.filter(|at| *at <= now),
            After::Birthday => latest(of.birthday?, now, zone),
            After::Day => latest(self.on?, now, zone),
        }
    }

    fn is_on(&self, at: Timestamp, zone: &Zone) -> bool {
        let date = Date::from_days(zone.day(at));
        self.on.is_none_or(|on| on == (date.month, date.day))
    }

    fn read(from: &mut impl Fields) -> Self {
        let kinds = [
            ("order", After::Order),
            ("settled", After::Settled),
            ("birthday", After::Birthday),
            ("day", After::Day),
        ];
        Self {
            after: from.choice("after", &kinds).unwrap_or_default(),
            on: from.yearly_day("on"),
            at_least: from.amount("at_least").unwrap_or_default(),
            first: from.flag("first"),
            categories: from.ids("categories"),
        }
    }
}

impl Arm {
    fn read(from: &mut impl Fields) -> Self {
        Self {
            id: from.required_id("id"),
            weight: from.count("weight", 1, WEIGHT_MAX).unwrap_or(1) as u16,
            coupons: from.list("coupons", |from| Coupon {
                promotion: from.required_id("promotion"),
                value: from.required_amount("value"),
                cost: from.required_amount("cost"),
                model: from.object("model", Model::read),
            }),
        }
    }
}

impl Campaign {
    /// Whether a coupon, or a message by itself, is one of its own.
    pub fn has(&self, id: &str) -> bool {
        self.coupons().any(|one| one.promotion == id) || self.says(id)
    }

    /// Its coupons, arm by arm.
    pub fn coupons(&self) -> impl Iterator<Item = &Coupon> {
        self.arms.iter().flat_map(|arm| &arm.coupons)
    }

    /// Reads a campaign's fields (`docs/campaigns.md`). What is off is noted there and stands in as a default,
    /// so the result is for use only where nothing was noted and [`Self::check`] holds.
    pub fn read(from: &mut impl Fields) -> Self {
        from.require("arms");
        let days = |days: Option<u32>, default| days.map_or(default, |days| days as u16);
        Self {
            id: from.required_id("id"),
            salt: from.required_id("salt"),
            audience: from.object("audience", Audience::read).unwrap_or_default(),
            trigger: from.object("trigger", Trigger::read),
            waves: from.counts("waves", 0, u32::from(DAYS_MAX)).into_iter().map(|day| day as u16).collect(),
            stops_at_purchase: from.flag("stops_at_purchase"),
            read_out_days: days(from.count("read_out_days", 1, u32::from(DAYS_MAX)), READ_OUT_DAYS),
            holdout: from
                .percent("holdout")
                .map_or(HOLDOUT_DEFAULT, |share| u16::try_from(share).unwrap_or(u16::MAX)),
            arms: from.list("arms", Arm::read),
            surfacings: from.count("surfacings", 1, SURFACINGS_MAX).map_or(SURFACINGS, |most| most as u16),
            surfacings_in_all: from
                .count("surfacings_in_all", 1, SURFACINGS_MAX)
                .map_or(SURFACINGS_MAX as u16, |most| most as u16),
            by_own_spend: from.flag("by_own_spend"),
            messages: from.list("messages", Message::read),
        }
    }

    /// Checks that every value makes sense.
    ///
    /// # Errors
    /// [`RuleError`] with the path of the first that does not.
    pub fn check(&self) -> Result<(), RuleError> {
        let problem = |path: &str, reason: &str| Err(RuleError { path: path.into(), reason: reason.into() });
        for (path, id) in [("id", &self.id), ("salt", &self.salt)] {
            check_id(id).map_err(|error| RuleError { path: path.into(), reason: format!("{error}") })?;
        }
        for range in &self.audience.figures {
            range.check()?;
        }
        match &self.trigger {
            None if !self.waves.is_empty() => {
                return problem("waves", "are counted from the order of a trigger; give one");
            }
            None if self.stops_at_purchase => {
                return problem("stops_at_purchase", "needs a trigger; without one an audience says who");
            }
            Some(_) if self.waves.is_empty() => {
                return problem("waves", "are missing: on which days after the order, such as [0, 30]");
            }
            Some(Trigger { after: After::Day, on: None, .. }) => {
                return problem("trigger.on", "is missing: which day of the year, such as 12-25");
            }
            Some(Trigger { after: After::Settled | After::Birthday, on: Some(_), .. }) => {
                return problem("trigger.on", "is for orders and days of the calendar");
            }
            Some(Trigger { on: Some((month, day)), .. }) if !Date::is_yearly(*month, *day) => {
                return problem("trigger.on", "is a month and a day, such as 11-11");
            }
            Some(Trigger { at_least, .. }) if *at_least < Money::ZERO => {
                return problem("trigger.at_least", "is below zero");
            }
            _ => {}
        }
        if self.waves.len() > STEPS_MAX || !self.waves.is_sorted_by(|a, b| a < b) {
            return problem("waves", "are at most 12 days, each later than the one before");
        }
        if self.waves.iter().chain([&self.read_out_days]).any(|days| *days > DAYS_MAX)
            || self.read_out_days == 0
        {
            return problem(
                "waves",
                "and read_out_days are at most 730, and a read-out at least a day later",
            );
        }
        if !(HOLDOUT_MIN..=HOLDOUT_MAX).contains(&self.holdout) {
            return problem(
                "holdout",
                "is 1 to 90 percent: without it there is no natural rate to compare with",
            );
        }
        if self.surfacings == 0 || self.surfacings_in_all == 0 {
            return problem("surfacings", "and surfacings_in_all are at least 1");
        }
        if !(1..=ARMS_MAX).contains(&self.arms.len()) {
            return problem("arms", "are 1 to 8");
        }
        for (at, arm) in self.arms.iter().enumerate() {
            self.check_arm(at, arm)?;
        }
        let whole: u32 = self.arms.iter().map(|arm| u32::from(arm.weight)).sum();
        if self.arms.iter().any(|arm| u32::from(arm.weight) * ARM_ONE_IN < whole) {
            return problem("arms", "each weigh a twentieth of all together, at least: reports name them");
        }
        self.check_messages()
    }

    fn check_arm(&self, at: usize, arm: &Arm) -> Result<(), RuleError> {
        let problem =
            |field: &str, reason: String| Err(RuleError { path: format!("arms[{at}].{field}"), reason });
        if let Err(error) = check_id(&arm.id) {
            return problem("id", format!("{error}"));
        }
        if arm.id == HOLDOUT {
            return problem("id", "is what those are called who see nothing".into());
        }
        if self.arms.iter().take(at).any(|earlier| earlier.id == arm.id) {
            return problem("id", "is another arm's too".into());
        }
        if !(1..=WEIGHT_MAX).contains(&u32::from(arm.weight)) {
            return problem("weight", "is 1 to 1000".into());
        }
        if arm.coupons.len() > COUPONS_MAX {
            return problem("coupons", "are at most 20".into());
        }
        for (place, coupon) in arm.coupons.iter().enumerate() {
            if let Err(error) = check_id(&coupon.promotion) {
                return problem(&format!("coupons[{place}].promotion"), format!("{error}"));
            }
            if arm.coupons.iter().take(place).any(|earlier| earlier.promotion == coupon.promotion) {
                return problem(&format!("coupons[{place}].promotion"), "is in this arm twice".into());
            }
            if coupon.value < Money::ZERO || coupon.cost < Money::ZERO {
                return problem(&format!("coupons[{place}]"), "has a value or a cost below zero".into());
            }
            if let Some(Err(error)) = coupon.model.as_ref().map(Model::check) {
                return problem(&format!("coupons[{place}].{}", error.path), error.reason);
            }
        }
        Ok(())
    }
}

/// The start of the latest such day of the year up to `now`; 29 February is the 28th in other years.
fn latest((month, day): (u8, u8), now: Timestamp, zone: &Zone) -> Option<Timestamp> {
    let this = Date::from_days(zone.day(now)).year;
    let of_year = |year: i32| {
        let asked = Date { year, month, day }.to_days();
        let date = Date::from_days(asked);
        zone.instant(if date.month == month { asked } else { asked - 1 }, 0)
    };
    [this, this - 1].into_iter().map(of_year).find(|at| *at <= now)
}
