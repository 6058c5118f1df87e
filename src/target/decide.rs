//! The decision: at most one coupon now, with why; and for every campaign, why it was or was not that one.

use super::arms::{Assignment, LocalId, assign};
use super::budget::worth;
use super::campaign::{Campaign, Coupon};
use super::fatigue::{Surfacing, allows};
use super::section::Campaigns;
use super::waves::{self, Wave};
use crate::base::time::{Timestamp, Zone};
use crate::shopper::{Figures, OrderRow, Stage};
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
    /// The orders, oldest first.
    pub orders: &'a [OrderRow],
    /// Whether a return is open or the last answer was an unhappy one: then care comes first.
    pub needs_care: bool,
    /// Whether the shopper wants no coupons surfaced.
    pub refuses_coupons: bool,
    /// Coupons surfaced so far.
    pub surfaced: &'a [Surfacing],
    /// Stable ids of coupons that were dismissed.
    pub dismissed: &'a [String],
}

/// A coupon surfaced to this shopper now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// Stable id of the campaign.
    pub campaign: String,
    /// Stable id of the coupon's promotion.
    pub coupon: String,
    /// Until when it is surfaced, where that is known. The coupon's own window is its promotion's.
    pub expires: Option<Timestamp>,
    /// Why it is shown.
    pub reason: OfferReason,
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
}

impl OfferReason {
    /// The reason's code, by which message files name it.
    pub fn code(self) -> &'static str {
        match self {
            Self::AfterOrder { .. } => "after_order",
            Self::SinceLastOrder { .. } => "since_last_order",
            Self::NoOrderYet => "no_order_yet",
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

/// Decides which coupon to surface at `now`, if any: the one worth most beside its price of budget, ties by id of
/// campaign, then of coupon. `usable` says whether a coupon could be used now; it knows promotions, which this
/// room does not.
pub fn decide(
    campaigns: &Campaigns,
    facts: &Facts<'_>,
    now: Timestamp,
    zone: &Zone,
    usable: impl Fn(&str) -> bool,
) -> Decision {
    let silent = |silence| Decision { silence: Some(silence), ..Decision::default() };
    let Some(id) = facts.id else { return silent(Silence::NotInExperiment) };
    if facts.refuses_coupons {
        return silent(Silence::CouponsRefused);
    }
    if facts.needs_care {
        return silent(Silence::CareFirst);
    }
    let mut considered: Vec<Considered> = Vec::with_capacity(campaigns.all().len());
    let mut best: Option<(i128, usize, Offer)> = None;
    for (at, campaign) in campaigns.all().iter().enumerate() {
        let assignment = assign(campaign, id);
        let found = consider(campaigns, campaign, assignment, facts, now, zone, &usable);
        let outcome = match found {
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

/// The best coupon of a campaign for this shopper now, with what it is worth.
fn consider(
    campaigns: &Campaigns,
    campaign: &Campaign,
    assignment: Assignment,
    facts: &Facts<'_>,
    now: Timestamp,
    zone: &Zone,
    usable: &impl Fn(&str) -> bool,
) -> Result<(i128, Offer), Outcome> {
    if facts.dismissed.iter().any(|coupon| campaign.has(coupon)) {
        return Err(Outcome::Dismissed);
    }
    if !campaign.audience.holds(facts.stage, facts.figures) {
        return Err(Outcome::NotInAudience);
    }
    let (reason, wave) = step(campaign, facts, now, zone)?;
    // Only now: those held out must be as eligible as those they are compared with.
    let Assignment::Arm(arm) = assignment else { return Err(Outcome::Holdout) };
    let coupons = campaign.arms.get(arm).map(|arm| arm.coupons.as_slice()).unwrap_or_default();
    let coupons: Vec<&Coupon> = coupons.iter().filter(|coupon| usable(&coupon.promotion)).collect();
    if coupons.is_empty() {
        return Err(Outcome::NotUsable);
    }
    let price = campaigns.budget_price();
    let mut paying: Vec<(i128, &Coupon)> = coupons
        .into_iter()
        .map(|coupon| (worth(coupon, price), coupon))
        .filter(|(worth, _)| *worth > 0)
        .collect();
    if paying.is_empty() {
        return Err(Outcome::NotWorthIt);
    }
    paying.retain(|(_, coupon)| {
        let due = wave.map(|wave| wave.due);
        allows(campaigns.fatigue(), campaign, &coupon.promotion, due, facts.surfaced, now, zone)
    });
    let best =
        paying.into_iter().max_by(|a, b| a.0.cmp(&b.0).then_with(|| b.1.promotion.cmp(&a.1.promotion)));
    let (worth, coupon) = best.ok_or(Outcome::Capped)?;
    let offer = Offer {
        campaign: campaign.id.clone(),
        coupon: coupon.promotion.clone(),
        expires: wave.map(|wave| wave.expires),
        reason,
    };
    Ok((worth, offer))
}

/// Whether a campaign may be shown now: why, and which step of it, where it has steps.
fn step(
    campaign: &Campaign,
    facts: &Facts<'_>,
    now: Timestamp,
    zone: &Zone,
) -> Result<(OfferReason, Option<Wave>), Outcome> {
    let Some(trigger) = &campaign.trigger else {
        let reason = match facts.orders.iter().rfind(|order| order.at <= now) {
            Some(order) => OfferReason::SinceLastOrder { placed: order.at },
            None => OfferReason::NoOrderYet,
        };
        return Ok((reason, None));
    };
    let order = trigger.find(facts.orders, now, zone).ok_or(Outcome::NotTriggered)?;
    if campaign.stops_at_purchase && facts.orders.iter().any(|later| later.at > order.at && later.at <= now) {
        return Err(Outcome::Bought);
    }
    let calendar = waves::calendar(order.at, &campaign.waves, campaign.read_out_days, zone);
    let wave = waves::due(&calendar, now).map_err(|next| Outcome::NotDue { next })?;
    Ok((OfferReason::AfterOrder { placed: order.at }, Some(wave)))
}
