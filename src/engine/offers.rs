//! Offers: which coupon to surface to this shopper now, if any, from what this browser alone knows.

use super::Engine;
use super::error::EngineError;
use super::views::{CustomerView, ExpectationView, OfferView, TermView};
use crate::base::time::Timestamp;
use crate::catalogue::Catalogue;
use crate::pricing::Promotions;
use crate::shopper::care::Care;
use crate::shopper::habits::Habits;
use crate::shopper::lifecycle::{Phase, Since, Thresholds, since, stage};
use crate::shopper::marks::Marks;
use crate::shopper::value::{Figures, figures, order_rows};
use crate::shopper::{Account, Event, EventKind, History, OrderRow, RememberedItem};
use crate::target::{
    Bought, Campaigns, Coupons, Decision, Facts, LocalId, Moments, OfferReason, Said, Surfacing, decide,
};
use alloc::string::String;
use alloc::vec::Vec;

impl Engine {
    /// Sets the id by which arms are assigned: 16 bytes that the host drew at random once and keeps where memory
    /// is kept. Without it nobody is in an experiment and no offer is surfaced. It never leaves.
    pub fn set_local_id(&mut self, id: Option<LocalId>) {
        // Said before each list: what was worked out stays, as long as it says nothing new.
        if self.basis.local != id {
            self.basis.local = id;
            self.see_variant();
        }
    }

    /// Says who is signed in, as the shop's ledger states it; `None` at sign-out. It is held and never stored. An older
    /// statement of the same account changes nothing; another account takes its place whole. Whether something changed.
    ///
    /// # Errors
    /// [`EngineError::Account`], naming the field; what was said before then stands.
    pub fn set_account(&mut self, account: Option<Account>) -> Result<bool, EngineError> {
        if let Some(account) = &account {
            account.check()?;
            let older = |known: &Account| known.id == account.id && known.as_of > account.as_of;
            if self.account.as_ref().is_some_and(older) {
                return Ok(false);
            }
        }
        let changed = self.account != account;
        self.account = account;
        Ok(changed)
    }

    /// What is worked out of the shopper's orders, for the shopper to see. Stages and phases are the shop's own words and
    /// are not among it.
    pub fn customer(&self, now: Timestamp) -> CustomerView {
        let orders = order_rows(&self.basis.history, self.account.as_ref());
        let figures = self.figures(&orders, now);
        CustomerView {
            recency: figures.recency,
            frequency: figures.frequency,
            monetary: figures.monetary,
            from_account: self.account.as_ref().map_or(0, |account| account.orders().len()),
            expectation: figures.expectation.map(|of| ExpectationView {
                horizon_days: self.lifetime.as_ref().map_or(0, |table| table.horizon_days),
                expected: of.expected,
                alive: of.alive,
                average: of.average,
                value: of.value,
            }),
            discount: figures.habits.discount,
            loyalty: figures.habits.loyalty,
        }
    }

    /// The stage and course of a shopper, with the day on which the stage began, for the shop's developer: never shown.
    pub fn lifecycle(&self, now: Timestamp) -> (Since, Phase) {
        let orders = order_rows(&self.basis.history, self.account.as_ref());
        let found = since(&orders, now, Thresholds::default(), self.basis.catalogue.zone());
        let figures = self.figures(&orders, now);
        (found, Phase::of(&figures, Thresholds::default()))
    }

    /// What to surface now, if anything. That it was shown is told by observing `view_promotion` with its id.
    pub fn offer(&self, now: Timestamp) -> Option<OfferView> {
        let offer = self.consider_offers(now).offer?;
        let placed = match offer.reason {
            OfferReason::AfterOrder { placed } | OfferReason::SinceLastOrder { placed } => Some(placed.0),
            _ => None,
        };
        let promotion = offer.coupon.as_ref().and_then(|coupon| self.promotions.get(coupon));
        let (message, care) = match offer.said {
            Some(Said::Text(id)) => (Some(id), None),
            Some(Said::Care(category)) => (None, Some(category)),
            None => (None, None),
        };
        let term = |(figure, weight)| TermView { figure, weight };
        Some(OfferView {
            code: promotion.and_then(|promotion| promotion.code.clone()),
            campaign: offer.campaign,
            id: offer.id,
            coupon: offer.coupon,
            message,
            care,
            terms: offer.terms.into_iter().map(term).collect(),
            reason: offer.reason.code(),
            placed,
            expires: offer.expires.map(|at| at.0),
        })
    }

    /// Every campaign with what came of it and why.
    pub fn consider_offers(&self, now: Timestamp) -> Decision {
        let orders = order_rows(&self.basis.history, self.account.as_ref());
        let figures = self.figures(&orders, now);
        let marks = Marks::of(&self.basis.history);
        let care = Care::of(&self.basis.history, now);
        let dismissed: Vec<String> = marks.promotions.into_iter().collect();
        let shown = self.basis.history.events().iter().filter(|event| event.kind == EventKind::ViewPromotion);
        // Pages tell of banners too, as GA4 has it; only what a campaign put forward counts for its caps.
        let ours = shown.filter(|event| {
            let of = |id: &String| self.campaigns.of_coupon(id).is_some();
            event.promotion.as_ref().is_some_and(of)
        });
        let surfaced: Vec<Surfacing> = ours
            .filter_map(|event| Some(Surfacing { coupon: event.promotion.clone()?, at: event.at }))
            .collect();
        let shop = Shop {
            promotions: &self.promotions,
            history: &self.basis.history,
            catalogue: &self.basis.catalogue,
            account: self.account.as_ref(),
            now,
        };
        let bought: Vec<Bought<'_>> = shop.purchases().map(|order| shop.held(order)).collect();
        let facts = Facts {
            id: self.basis.local.as_ref().filter(|_| self.basis.consent.remembers()),
            stage: stage(&figures, Thresholds::default()),
            phase: Phase::of(&figures, Thresholds::default()),
            figures: &figures,
            moments: Moments {
                orders: &orders,
                settled: care.settled,
                birthday: self.account.as_ref().and_then(Account::born),
                bought: &bought,
            },
            needs_care: care.comes_first(now),
            refuses_coupons: care.refuses_coupons,
            surfaced: &surfaced,
            dismissed: &dismissed,
        };
        decide(&self.campaigns, &facts, now, self.basis.catalogue.zone(), &shop)
    }

    /// The campaigns of the pack.
    pub fn campaigns(&self) -> &Campaigns {
        &self.campaigns
    }

    pub(super) fn figures(&self, orders: &[OrderRow], now: Timestamp) -> Figures {
        let zone = self.basis.catalogue.zone();
        let mut figures = figures(orders, now, zone);
        figures.expectation = self.lifetime.as_ref().and_then(|table| table.of(orders, now, zone));
        figures.habits = Habits::of(&self.basis.history);
        if let Some(account) = &self.account {
            (figures.tier, figures.points) = (account.tier, account.points);
        }
        figures.bins = self.campaigns.bins().of(&figures);
        figures
    }
}

/// What promotions and the history say of coupons.
struct Shop<'a> {
    promotions: &'a Promotions,
    history: &'a History,
    catalogue: &'a Catalogue,
    account: Option<&'a Account>,
    now: Timestamp,
}

impl<'a> Shop<'a> {
    fn purchases(&self) -> impl Iterator<Item = &'a Event> + use<'a> {
        self.history.orders().iter().filter(|order| order.kind == EventKind::Purchase)
    }

    /// The categories of an item and above it.
    fn categories(&self, item: &'a RememberedItem) -> Vec<&'a str> {
        let own = item.category.as_deref();
        match own.and_then(|id| self.catalogue.find_category(id)) {
            Some(category) => self
                .catalogue
                .category_line(category)
                .map(|above| self.catalogue.category_id(above))
                .collect(),
            // One that the pack no longer has counts by itself.
            None => own.into_iter().collect(),
        }
    }

    /// What an order held, sensitive goods left out.
    fn held(&self, order: &'a Event) -> Bought<'a> {
        let items = order.items.iter().filter(|item| !item.sensitive);
        // An order that the ledger names stands as that states it, also in `order_rows`.
        let stated = order.order.as_deref().zip(self.account).and_then(|(id, account)| account.placed(id));
        Bought {
            at: stated.unwrap_or(order.at),
            categories: items.flat_map(|item| self.categories(item)).collect(),
        }
    }
}

impl Coupons for Shop<'_> {
    fn usable(&self, coupon: &str) -> bool {
        self.promotions.get(coupon).is_some_and(|promotion| promotion.is_open(self.now))
    }

    fn own_spend(&self, coupon: &str) -> i64 {
        let Some(promotion) = self.promotions.get(coupon) else { return 0 };
        let items = self.purchases().flat_map(|order| &order.items).filter(|item| !item.sensitive);
        let spent = items.filter(|item| {
            promotion.target.is_about(&item.id, item.brand.as_deref(), &self.categories(item))
        });
        spent.fold(0_i64, |sum, item| {
            sum.saturating_add(item.price.unwrap_or(0).max(0).saturating_mul(i64::from(item.quantity)))
        })
    }
}
