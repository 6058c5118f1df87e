//! Offers: which coupon to surface to this shopper now, if any, from what this browser alone knows.

use super::Engine;
use super::views::OfferView;
use crate::base::time::{DAY, Timestamp};
use crate::shopper::EventKind;
use crate::shopper::lifecycle::{Thresholds, stage};
use crate::shopper::marks::Marks;
use crate::shopper::value::{figures, order_rows};
use crate::target::{Decision, Facts, LocalId, OfferReason, Surfacing, decide};
use alloc::string::String;
use alloc::vec::Vec;

/// How long after a refund care comes before promotion.
const CARE_DAYS: i64 = 7;

impl Engine {
    /// Sets the id by which arms are assigned: 16 bytes that the host drew at random once and keeps where memory
    /// is kept. Without it nobody is in an experiment and no offer is surfaced. It never leaves.
    pub fn set_local_id(&mut self, id: Option<LocalId>) {
        self.local = id;
    }

    /// The coupon to surface now, if any. That it was shown is told by observing `view_promotion` with it.
    pub fn offer(&self, now: Timestamp) -> Option<OfferView> {
        let offer = self.consider_offers(now).offer?;
        let placed = match offer.reason {
            OfferReason::AfterOrder { placed } | OfferReason::SinceLastOrder { placed } => Some(placed.0),
            OfferReason::NoOrderYet => None,
        };
        Some(OfferView {
            code: self.promotions.get(&offer.coupon).and_then(|promotion| promotion.code.clone()),
            campaign: offer.campaign,
            coupon: offer.coupon,
            reason: offer.reason.code(),
            placed,
            expires: offer.expires.map(|at| at.0),
        })
    }

    /// Every campaign with what came of it and why.
    pub fn consider_offers(&self, now: Timestamp) -> Decision {
        let orders = order_rows(&self.history);
        let figures = figures(&orders, now, self.catalogue.zone());
        let marks = Marks::of(&self.history);
        let dismissed: Vec<String> = marks.promotions.into_iter().collect();
        let shown = self.history.events().iter().filter(|event| event.kind == EventKind::ViewPromotion);
        let surfaced: Vec<Surfacing> = shown
            .filter_map(|event| Some(Surfacing { coupon: event.promotion.clone()?, at: event.at }))
            .collect();
        let mut refunds = self.history.orders().iter().filter(|order| order.kind == EventKind::Refund);
        let facts = Facts {
            id: self.local.as_ref().filter(|_| self.consent.remembers()),
            stage: stage(&figures, Thresholds::default()),
            figures: &figures,
            orders: &orders,
            needs_care: refunds.any(|refund| now.since(refund.at) < CARE_DAYS * DAY),
            refuses_coupons: false,
            surfaced: &surfaced,
            dismissed: &dismissed,
        };
        decide(&self.campaigns, &facts, now, self.catalogue.zone(), |coupon| {
            self.promotions.get(coupon).is_some_and(|promotion| promotion.is_open(now))
        })
    }
}
