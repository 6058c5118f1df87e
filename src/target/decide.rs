//! The decision: at most one coupon now, with why; and for every campaign, why it was or was not that one.

use super::arms::{Assignment, LocalId, assign};
use super::budget::worth;
use super::campaign::{After, Campaign, Coupon, Moments};
use super::fatigue::{Surfacing, allows, days_surfaced};
use super::messages::Said;
use super::section::Campaigns;
use super::waves::{self, Wave};
use crate::base::time::{Timestamp, Zone};
use crate::shopper::lifecycle::{Phase, Treatment};
use crate::shopper::{Figures, Stage};
use alloc::string::String;
use alloc::vec::Vec;

/// What is known of the shopper, all of it in this browser.
#[derive(Debug, Clone, Copy)]
pub struct Facts<'a> {
    /// The id by which arms are assigned; nothing where nothing is kept, for then nobody is in the experiment.
    pub id: Option<&'a LocalId>,
    /// The lifecycle stage.
    pub stage: Stage,
    /// The figures of the orders.
    pub figures: &'a Figures,
    /// The course that the shopper is on.
    pub phase: Phase,
    /// What triggers look for: the orders, and what else happened.
    pub moments: Moments<'a>,
    /// Whether a return is open or the last answer was an unhappy one: then care comes first.
    pub needs_care: bool,
    /// Whether the shopper wants no coupons surfaced.
    pub refuses_coupons: bool,
    /// Coupons and messages surfaced so far.
    pub surfaced: &'a [Surfacing],
    /// Ids of coupons and messages that were dismissed.
    pub dismissed: &'a [String],
}

/// What is surfaced to this shopper now: a coupon, what its step says, or both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// Stable id of the campaign.
    pub campaign: String,
    /// Under what it is counted and dismissed: the coupon's id, or that of a message by itself.
    pub id: String,
    /// Stable id of the coupon's promotion, where there is a coupon.
    pub coupon: Option<String>,
    /// What is said.
    pub said: Option<Said>,
    /// Until when it is surfaced, where that is known. The coupon's own window is its promotion's.
    pub expires: Option<Timestamp>,
    /// Why it is shown.
    pub reason: OfferReason,
    /// What its model counted, in thousandths of a logit: the figure's name and its weight, of the card of use.
    pub terms: Vec<(&'static str, i32)>,
}

/// What is known of coupons elsewhere: they are promotions, which this room does not see.
pub trait Coupons {
    /// Whether it could be used now.
    fn usable(&self, coupon: &str) -> bool;

    /// What the shopper spent on what it is about, in minor units.
    fn own_spend(&self, coupon: &str) -> i64;
}

/// Coupons that can all be used, and of whose goods nothing was bought.
#[derive(Debug, Clone, Copy)]
pub struct AllUsable;

impl Coupons for AllUsable {
    fn usable(&self, _: &str) -> bool {
        true
    }

    fn own_spend(&self, _: &str) -> i64 {
        0
    }
}

/// Why an offer is shown, in a way that can be told to the shopper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum OfferReason {
    /// It follows an order.
    AfterOrder {
        /// When that was placed.
        placed: Timestamp,
    },
    /// It is for those who last ordered about then.
    SinceLastOrder {
        /// When the last order was placed.
        placed: Timestamp,
    },
    /// It is for those who have not ordered in this browser.
    NoOrderYet,
    /// A complaint was settled.
    AfterComplaint,
    /// It is the birthday that the shopper gave the shop.
    Birthday,
    /// It is a day of the calendar.
    Day,
}

impl OfferReason {
    /// The reason's code, by which message files name it.
    pub fn code(self) -> &'static str {
        match self {
            Self::AfterOrder { .. } => "after_order",
            Self::SinceLastOrder { .. } => "since_last_order",
            Self::NoOrderYet => "no_order_yet",
            Self::AfterComplaint => "after_complaint",
            Self::Birthday => "birthday",
            Self::Day => "day",
        }
    }
}

/// What was decided.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Decision {
    /// The coupon to surface; nothing is always a possible answer.
    pub offer: Option<Offer>,
    /// Why no campaign was even looked at, where none was.
    pub silence: Option<Silence>,
    /// Every campaign, by ascending id.
    pub considered: Vec<Considered>,
}

/// Why no campaign was looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Silence {
    /// Nothing is kept, so nobody could be held out.
    NotInExperiment,
    /// The shopper wants no coupons surfaced.
    CouponsRefused,
    /// Satisfaction comes before promotion.
    CareFirst,
    /// It is a quiet hour.
    Quiet,
    /// What was surfaced since the last order moved nothing: whoever stays away is left in peace.
    LeftInPeace,
}

impl Silence {
    /// The code, by which message files name it.
    pub fn code(self) -> &'static str {
        match self {
            Self::NotInExperiment => "not_in_experiment",
            Self::CouponsRefused => "coupons_refused",
            Self::CareFirst => "care_first",
            Self::Quiet => "quiet",
            Self::LeftInPeace => "left_in_peace",
        }
    }
}

/// What became of a campaign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Considered {
    /// Stable id of the campaign.
    pub campaign: String,
    /// What the coin said, before anything else was looked at.
    pub assignment: Assignment,
    /// What came of it.
    pub outcome: Outcome,
}

/// What came of a campaign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Outcome {
    /// Its coupon is the offer.
    Surfaced,
    /// Another campaign's coupon is worth more now.
    Outbid,
    /// The shopper dismissed one of its coupons, which ended it.
    Dismissed,
    /// It is for others.
    NotInAudience,
    /// No order set it off.
    NotTriggered,
    /// An order after the one that set it off ended it.
    Bought,
    /// No step is due.
    NotDue {
        /// When the next one is, if there is one.
        next: Option<Timestamp>,
    },
    /// It would have been considered, but this browser is of the holdout.
    Holdout,
    /// No coupon of the arm can be used now.
    NotUsable,
    /// A cap on how often offers are surfaced is reached.
    Capped,
    /// No coupon of the arm is worth its price of budget.
    NotWorthIt,
}

impl Outcome {
    /// The outcome's code, by which message files name it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Surfaced => "surfaced",
            Self::Outbid => "outbid",
            Self::Dismissed => "dismissed",
            Self::NotInAudience => "not_in_audience",
            Self::NotTriggered => "not_triggered",
            Self::Bought => "bought",
            Self::NotDue { .. } => "not_due",
            Self::Holdout => "holdout",
            Self::NotUsable => "not_usable",
            Self::Capped => "capped",
            Self::NotWorthIt => "not_worth_it",
        }
    }
}

/// Decides what to surface at `now`, if anything: a message that stands alone, or else the coupon worth most beside its
/// price of budget, ties by id of
/// campaign, then of coupon. `coupons` knows promotions, which this room does not.
pub fn decide(
    campaigns: &Campaigns,
    facts: &Facts<'_>,
    now: Timestamp,
    zone: &Zone,
    coupons: &impl Coupons,
) -> Decision {
    let silent = |silence| Decision { silence: Some(silence), ..Decision::default() };
    let Some(id) = facts.id else { return silent(Silence::NotInExperiment) };
    if facts.refuses_coupons {
        return silent(Silence::CouponsRefused);
    }
    if facts.needs_care {
        return silent(Silence::CareFirst);
    }
    if campaigns.fatigue().is_quiet(now, zone) {
        return silent(Silence::Quiet);
    }
    let since = facts.moments.orders.last().map_or(Timestamp(i64::MIN), |order| order.at);
    let unanswered = days_surfaced(facts.surfaced, since, zone);
    if facts.phase.treatment(unanswered, usize::from(campaigns.fatigue().patience)) == Treatment::Stop {
        return silent(Silence::LeftInPeace);
    }
    let look = Look { campaigns, facts, now, zone, coupons };
    let mut considered: Vec<Considered> = Vec::with_capacity(campaigns.all().len());
    let mut best: Option<(i128, usize, Offer)> = None;
    for (at, campaign) in campaigns.all().iter().enumerate() {
        let assignment = assign(campaign, id);
        let outcome = match look.consider(campaign, assignment) {
            Err(outcome) => outcome,
            Ok((worth, offer)) => {
                if best.as_ref().is_none_or(|(most, ..)| worth > *most) {
                    best = Some((worth, at, offer));
                }
                Outcome::Outbid
            }
        };
        considered.push(Considered { campaign: campaign.id.clone(), assignment, outcome });
    }
    let offer = best.map(|(_, at, offer)| {
        if let Some(winner) = considered.get_mut(at) {
            winner.outcome = Outcome::Surfaced;
        }
        offer
    });
    Decision { offer, silence: None, considered }
}

/// What every campaign is looked at beside.
struct Look<'a, C> {
    campaigns: &'a Campaigns,
    facts: &'a Facts<'a>,
    now: Timestamp,
    zone: &'a Zone,
    coupons: &'a C,
}

impl<C: Coupons> Look<'_, C> {
    /// What a campaign has for this shopper now, with what it is worth.
    fn consider(&self, campaign: &Campaign, assignment: Assignment) -> Result<(i128, Offer), Outcome> {
        let facts = self.facts;
        if facts.dismissed.iter().any(|id| campaign.has(id)) {
            return Err(Outcome::Dismissed);
        }
        if !campaign.audience.holds(facts.stage, facts.phase, facts.figures) {
            return Err(Outcome::NotInAudience);
        }
        let Due { reason, moment, wave } = step(campaign, facts, self.now, self.zone)?;
        // Only now: those held out must be as eligible as those they are compared with.
        let Assignment::Arm(arm) = assignment else { return Err(Outcome::Holdout) };
        let at = wave.map_or(0, |wave| wave.step);
        let message = campaign.message(at);
        let alone = message.is_some_and(|message| message.alone);
        let offer = Offer {
            campaign: campaign.id.clone(),
            id: campaign.message_id(at),
            coupon: None,
            said: message.and_then(|message| message.said(moment, facts.moments.bought)),
            expires: wave.map(|wave| wave.expires),
            reason,
            terms: Vec::new(),
        };
        let due = wave.map(|wave| wave.due);
        let found = if alone { Err(Outcome::NotUsable) } else { self.best_coupon(campaign, arm, due) };
        match found {
            Ok((worth, coupon)) => {
                let terms = terms(coupon, facts.figures);
                let coupon = coupon.promotion.clone();
                Ok((worth, Offer { id: coupon.clone(), coupon: Some(coupon), terms, ..offer }))
            }
            // What is said once is said before what is offered again and again; without its coupon it only fills a gap.
            Err(Outcome::NotUsable | Outcome::NotWorthIt) if offer.said.is_some() => {
                if self.was_said(&offer.id, due) || !self.allows(campaign, &offer.id, due) {
                    return Err(Outcome::Capped);
                }
                Ok((if alone { i128::MAX } else { 0 }, offer))
            }
            Err(outcome) => Err(outcome),
        }
    }

    /// The coupon of an arm that is worth most to this shopper now, and what it is worth.
    fn best_coupon<'a>(
        &self,
        campaign: &'a Campaign,
        arm: usize,
        due: Option<Timestamp>,
    ) -> Result<(i128, &'a Coupon), Outcome> {
        let coupons = campaign.arms.get(arm).map(|arm| arm.coupons.as_slice()).unwrap_or_default();
        let coupons: Vec<&Coupon> =
            coupons.iter().filter(|coupon| self.coupons.usable(&coupon.promotion)).collect();
        if coupons.is_empty() {
            return Err(Outcome::NotUsable);
        }
        let price = self.campaigns.budget_price();
        let mut paying: Vec<(i128, &Coupon)> = coupons
            .into_iter()
            .map(|coupon| (worth(coupon, price, self.facts.figures), coupon))
            .filter(|(worth, _)| *worth > 0)
            .collect();
        if paying.is_empty() {
            return Err(Outcome::NotWorthIt);
        }
        paying.retain(|(_, coupon)| self.allows(campaign, &coupon.promotion, due));
        let own = |coupon: &Coupon| {
            if campaign.by_own_spend { self.coupons.own_spend(&coupon.promotion) } else { 0 }
        };
        let ranked = paying.into_iter().map(|(worth, coupon)| ((own(coupon), worth), coupon));
        let best = ranked.max_by(|a, b| a.0.cmp(&b.0).then_with(|| b.1.promotion.cmp(&a.1.promotion)));
        let ((_, worth), coupon) = best.ok_or(Outcome::Capped)?;
        Ok((worth, coupon))
    }

    /// Whether surfacing something of a campaign now stays within every cap.
    fn allows(&self, campaign: &Campaign, id: &str, due: Option<Timestamp>) -> bool {
        let fatigue = self.campaigns.fatigue();
        allows(fatigue, campaign, id, due, self.facts.surfaced, self.now, self.zone)
    }

    /// Whether a message was said on a day before this one, since its step became due.
    fn was_said(&self, id: &str, due: Option<Timestamp>) -> bool {
        let today = self.zone.day(self.now);
        self.facts.surfaced.iter().any(|one| {
            one.coupon == id && self.zone.day(one.at) < today && due.is_none_or(|due| one.at >= due)
        })
    }
}

/// What makes a campaign due.
struct Due {
    reason: OfferReason,
    /// What set it off, where something did.
    moment: Option<Timestamp>,
    /// Which step of it, where it has steps.
    wave: Option<Wave>,
}

/// Whether a campaign may be shown now, and why.
fn step(campaign: &Campaign, facts: &Facts<'_>, now: Timestamp, zone: &Zone) -> Result<Due, Outcome> {
    let Some(trigger) = &campaign.trigger else {
        let reason = match facts.moments.orders.iter().rfind(|order| order.at <= now) {
            Some(order) => OfferReason::SinceLastOrder { placed: order.at },
            None => OfferReason::NoOrderYet,
        };
        return Ok(Due { reason, moment: None, wave: None });
    };
    let moment = trigger.moment(&facts.moments, now, zone).ok_or(Outcome::NotTriggered)?;
    let mut orders = facts.moments.orders.iter();
    if campaign.stops_at_purchase && orders.any(|later| later.at > moment && later.at <= now) {
        return Err(Outcome::Bought);
    }
    let calendar = waves::calendar(moment, &campaign.waves, campaign.read_out_days, zone);
    let wave = waves::due(&calendar, now).map_err(|next| Outcome::NotDue { next })?;
    let reason = match trigger.after {
        After::Order => OfferReason::AfterOrder { placed: moment },
        After::Settled => OfferReason::AfterComplaint,
        After::Birthday => OfferReason::Birthday,
        After::Day => OfferReason::Day,
    };
    Ok(Due { reason, moment: Some(moment), wave: Some(wave) })
}

/// What the model of a coupon counted for a shopper.
fn terms(coupon: &Coupon, figures: &Figures) -> Vec<(&'static str, i32)> {
    let holding = coupon.model.iter().flat_map(|model| model.uses.holding(figures));
    holding.map(|term| (term.range.figure.name(), term.weight)).collect()
}
