//! Laws of surfacing: who is held out, who is left in peace, what comes when.

use super::figures::{Figure, FigureRange};
use super::*;
use crate::base::money::Money;
use crate::base::time::{DAY, Date, HOUR, Timestamp, Zone};
use crate::shopper::lifecycle::{Phase, Thresholds, stage};
use crate::shopper::value::{OrderRow, figures};
use crate::shopper::{Figures, Stage};
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use alloc::{format, vec};
use proptest::prelude::*;
use rand_chacha::ChaCha12Rng;
use rand_chacha::rand_core::{RngCore, SeedableRng};

/// An id that falls into the arm of every campaign below; tests check that where it matters.
const TREATED: LocalId = [1; 16];

fn money(minor: i64) -> Money {
    Money::new(minor).expect("in range")
}

fn shanghai() -> Zone {
    Zone::new("Asia/Shanghai", vec![(Timestamp(0), 28_800)]).expect("a zone")
}

fn at(year: i32, month: u8, day: u8, hour: i64) -> Timestamp {
    Timestamp(Date { year, month, day }.to_days() * DAY + (hour - 8) * HOUR)
}

fn date(at: Timestamp) -> String {
    let date = Date::from_days(shanghai().day(at));
    format!("{:04}-{:02}-{:02}", date.year, date.month, date.day)
}

fn coupon(promotion: &str, value: i64, cost: i64) -> Coupon {
    Coupon { promotion: promotion.into(), value: money(value), cost: money(cost), model: None }
}

fn campaign(id: &str, coupons: Vec<Coupon>) -> Campaign {
    Campaign {
        id: id.into(),
        salt: format!("salt-of-{id}"),
        audience: Audience::default(),
        trigger: None,
        waves: vec![],
        stops_at_purchase: false,
        read_out_days: 10,
        holdout: 1_000,
        arms: vec![Arm { id: "coupon".into(), weight: 1, coupons }],
        surfacings: 1,
        surfacings_in_all: 1_000,
        by_own_spend: false,
        messages: vec![],
    }
}

/// The default campaign of that name: new buyers of 11 November for at least 299, five coupons in 120 days.
fn festival_first() -> Campaign {
    Campaign {
        trigger: Some(Trigger {
            on: Some((11, 11)),
            at_least: money(29_900),
            first: true,
            ..Trigger::default()
        }),
        waves: vec![0, 30, 60, 90, 120],
        stops_at_purchase: true,
        ..campaign("festival-first", vec![coupon("festival-30", 900, 600)])
    }
}

fn one(campaign: Campaign) -> Campaigns {
    Campaigns::new(vec![campaign], Fatigue::default(), budget::PRICE_ONE).expect("campaigns")
}

/// A shopper as the engine would describe one.
#[derive(Clone, Default)]
struct Shopper {
    orders: Vec<OrderRow>,
    surfaced: Vec<Surfacing>,
    dismissed: Vec<String>,
    needs_care: bool,
    refuses_coupons: bool,
    settled: Option<Timestamp>,
    birthday: Option<(u8, u8)>,
    bought: Vec<Bought<'static>>,
}

impl Shopper {
    fn with_orders(orders: &[(Timestamp, i64)]) -> Self {
        let orders = orders.iter().map(|(at, value)| OrderRow { at: *at, value: money(*value) }).collect();
        Self { orders, ..Self::default() }
    }

    fn decides(&self, campaigns: &Campaigns, id: Option<&LocalId>, now: Timestamp) -> Decision {
        let known: Vec<OrderRow> = self.orders.iter().copied().filter(|order| order.at <= now).collect();
        let figures = figures(&known, now, &shanghai());
        let facts = Facts {
            id,
            stage: stage(&figures, Thresholds::default()),
            phase: Phase::of(&figures, Thresholds::default()),
            figures: &figures,
            moments: Moments {
                orders: &known,
                settled: self.settled,
                birthday: self.birthday,
                bought: &self.bought,
            },
            needs_care: self.needs_care,
            refuses_coupons: self.refuses_coupons,
            surfaced: &self.surfaced,
            dismissed: &self.dismissed,
        };
        decide(campaigns, &facts, now, &shanghai(), &AllUsable)
    }

    /// Visits every evening from a day on; the dates on which a coupon was surfaced.
    fn visits(mut self, campaigns: &Campaigns, from: Timestamp, days: i64) -> Vec<String> {
        let mut shown = Vec::new();
        for now in (0..days).map(|day| from.plus(day * DAY)) {
            if let Some(offer) = self.decides(campaigns, Some(&TREATED), now).offer {
                shown.push(date(now));
                self.surfaced.push(Surfacing { coupon: offer.id, at: now });
            }
        }
        shown
    }
}

fn outcome(decision: &Decision) -> Outcome {
    decision.considered.first().expect("a campaign").outcome
}

fn is_treated(campaign: &Campaign) -> bool {
    arms::assign(campaign, &TREATED) == Assignment::Arm(0)
}

// ------------------------------------------------------------------ arms

#[test]
fn a_tenth_is_held_out_and_no_campaign_knows_the_other() {
    let (one, other) = (campaign("one", vec![]), campaign("other", vec![]));
    let mut chance = ChaCha12Rng::seed_from_u64(20_261_122);
    let mut held = [0_u32; 3];
    for _ in 0..100_000 {
        let mut id = [0; 16];
        chance.fill_bytes(&mut id);
        let (first, second) = (arms::assign(&one, &id), arms::assign(&other, &id));
        held[0] += u32::from(first == Assignment::Holdout);
        held[1] += u32::from(second == Assignment::Holdout);
        held[2] += u32::from(first == second && first == Assignment::Holdout);
    }
    // Four standard deviations of a binomial count: 95 at 10 %, 31 at 1 %.
    assert!(held[0].abs_diff(10_000) < 380, "{held:?}");
    assert!(held[1].abs_diff(10_000) < 380, "{held:?}");
    assert!(held[2].abs_diff(1_000) < 126, "{held:?}");
}

#[test]
fn a_local_id_follows_from_its_secret_alone() {
    // Python's hashlib: the first 16 bytes of SHA-256 over the purpose and the secret, each behind its length.
    let id = arms::local_id(&[7; 32]).iter().fold(String::new(), |text, byte| format!("{text}{byte:02x}"));
    assert_eq!(id, "99f7743d1d058fb2325715f8821a63b0");
    assert_ne!(arms::local_id(&[7; 32]), arms::local_id(&[8; 32]));
}

#[test]
fn arms_share_by_weight_what_is_not_held_out() {
    let mut split = campaign("split", vec![]);
    let arm = |id: &str, weight| Arm { id: id.into(), weight, coupons: vec![] };
    split.arms = vec![arm("a", 1), arm("b", 3)];
    let mut chance = ChaCha12Rng::seed_from_u64(5);
    let mut counts = [0_u32; 2];
    for _ in 0..40_000 {
        let mut id = [0; 16];
        chance.fill_bytes(&mut id);
        if let Assignment::Arm(at) = arms::assign(&split, &id) {
            counts[at] += 1;
        }
    }
    assert!(counts[0].abs_diff(9_000) < 340 && counts[1].abs_diff(27_000) < 380, "{counts:?}");
}

#[test]
fn an_assignment_is_what_it_was_in_the_first_release() {
    // A change here would move shoppers between arms of running campaigns. The ids come from Python's hashlib:
    // the first eight bytes of SHA-256 over purpose, salt and id, each behind its length, times 10,000 / 2⁶⁴.
    let festival = festival_first();
    let held: Vec<u8> =
        (0..60).filter(|id| arms::assign(&festival, &[*id; 16]) == Assignment::Holdout).collect();
    assert_eq!(held, [8, 38, 55, 59]);
}

proptest! {
    #[test]
    fn nobody_changes_sides_when_arms_or_audience_change(id: LocalId, weight in 1_u16..50, surfacings in 1_u16..9) {
        let festival = festival_first();
        let mut changed = festival.clone();
        changed.arms.push(Arm { id: "another".into(), weight, coupons: vec![] });
        changed.surfacings = surfacings;
        changed.audience.stages = vec![Stage::New];
        let held = |campaign: &Campaign| arms::assign(campaign, &id) == Assignment::Holdout;
        prop_assert_eq!(held(&festival), held(&changed));
        prop_assert_eq!(arms::assign(&festival, &id), arms::assign(&festival, &id));
        let mut larger = festival.clone();
        larger.holdout = 5_000;
        prop_assert!(!held(&festival) || held(&larger), "a larger holdout keeps those it had");
    }

    #[test]
    fn caps_hold_whatever_the_calendar(
        waves in prop::collection::btree_set(0_u16..200, 1..8), per_day in 0_u16..3, per_week in 0_u16..5, surfacings in 1_u16..4,
    ) {
        let purchase = at(2026, 11, 11, 21);
        let trigger = Some(Trigger::default());
        let waves: Vec<u16> = waves.into_iter().collect();
        let steps = waves.len();
        let kept = Campaign { waves, trigger: trigger.clone(), surfacings, ..campaign("a", vec![coupon("p", 5, 1)]) };
        let other = Campaign { waves: vec![0, 7], trigger, surfacings, ..campaign("b", vec![coupon("q", 9, 1), coupon("r", 8, 1)]) };
        let campaigns = Campaigns::new(vec![kept, other], Fatigue { per_day, per_week, ..Fatigue::default() }, budget::PRICE_ONE).expect("campaigns");
        let shown = Shopper::with_orders(&[(purchase, 30_000)]).visits(&campaigns, purchase, 250);
        let days: Vec<i64> = shown.iter().map(|date| {
            let part = |range: core::ops::Range<usize>| date[range].parse::<i32>().expect("a number");
            Date { year: part(0..4), month: part(5..7) as u8, day: part(8..10) as u8 }.to_days()
        }).collect();
        for day in &days {
            let of_week = days.iter().filter(|other| (*day - 6..=*day).contains(other)).count();
            prop_assert!(of_week <= usize::from(per_week));
        }
        prop_assert!(per_day > 0 || days.is_empty());
        prop_assert!(days.len() <= (steps + 2) * usize::from(surfacings));
    }
}

// ------------------------------------------------------------------ waves and stops

#[test]
fn a_daily_visitor_who_never_buys_again_sees_the_golden_calendar() {
    let campaigns = one(festival_first());
    assert!(is_treated(&campaigns.all()[0]));
    let purchase = at(2026, 11, 11, 21);
    let shopper = Shopper::with_orders(&[(purchase, 34_000)]);
    let shown = shopper.visits(&campaigns, purchase.plus(-30 * DAY), 365);
    assert_eq!(shown, ["2026-11-11", "2026-12-11", "2027-01-10", "2027-02-09", "2027-03-11"]);
}

#[test]
fn who_stays_away_sees_the_step_at_the_next_visit_until_the_next_is_due() {
    let campaigns = one(festival_first());
    let shopper = Shopper::with_orders(&[(at(2026, 11, 11, 21), 34_000)]);
    let offer = |now| shopper.decides(&campaigns, Some(&TREATED), now).offer.expect("an offer");
    let late = offer(at(2026, 12, 30, 9));
    assert_eq!(late.expires, Some(at(2027, 1, 10, 0)));
    assert_eq!(late.reason, OfferReason::AfterOrder { placed: at(2026, 11, 11, 21) });
    assert_eq!((late.campaign.as_str(), late.id.as_str()), ("festival-first", "festival-30"));
    let over = shopper.decides(&campaigns, Some(&TREATED), at(2027, 3, 21, 0));
    assert_eq!((over.offer.clone(), outcome(&over)), (None, Outcome::NotDue { next: None }));
}

#[test]
fn another_order_ends_the_series_and_others_are_not_set_off() {
    let campaigns = one(festival_first());
    let festival = at(2026, 11, 11, 21);
    let now = at(2026, 12, 20, 9);
    let of = |orders: &[(Timestamp, i64)]| {
        outcome(&Shopper::with_orders(orders).decides(&campaigns, Some(&TREATED), now))
    };
    assert_eq!(of(&[(festival, 34_000)]), Outcome::Surfaced);
    assert_eq!(of(&[(festival, 34_000), (at(2026, 12, 1, 9), 100)]), Outcome::Bought);
    assert_eq!(of(&[(festival, 29_899)]), Outcome::NotTriggered);
    assert_eq!(of(&[(at(2026, 11, 12, 0), 34_000)]), Outcome::NotTriggered, "the day after");
    assert_eq!(of(&[(at(2026, 9, 1, 9), 100), (festival, 34_000)]), Outcome::NotTriggered, "not the first");
    assert_eq!(of(&[]), Outcome::NotTriggered);
}

// ------------------------------------------------------------------ who is left in peace

#[test]
fn care_comes_before_promotion_and_a_refusal_is_heard() {
    let campaigns = one(festival_first());
    let now = at(2026, 11, 12, 9);
    let shopper = Shopper::with_orders(&[(at(2026, 11, 11, 21), 34_000)]);
    assert!(shopper.decides(&campaigns, Some(&TREATED), now).offer.is_some());
    let silence = |shopper: Shopper, id| {
        let decision = shopper.decides(&campaigns, id, now);
        assert_eq!((decision.offer, decision.considered.len()), (None, 0));
        decision.silence
    };
    let caring = Shopper { needs_care: true, ..shopper.clone() };
    assert_eq!(silence(caring, Some(&TREATED)), Some(Silence::CareFirst), "an open return");
    let refusing = Shopper { refuses_coupons: true, ..shopper.clone() };
    assert_eq!(silence(refusing, Some(&TREATED)), Some(Silence::CouponsRefused));
    assert_eq!(silence(shopper, None), Some(Silence::NotInExperiment), "without kept consent");
}

#[test]
fn a_dismissal_ends_the_series() {
    let campaigns = one(festival_first());
    let mut shopper = Shopper::with_orders(&[(at(2026, 11, 11, 21), 34_000)]);
    shopper.dismissed = vec!["festival-30".into()];
    for day in [12, 13, 20] {
        let decision = shopper.decides(&campaigns, Some(&TREATED), at(2026, 11, day, 9));
        assert_eq!(outcome(&decision), Outcome::Dismissed);
    }
}

#[test]
fn the_holdout_is_as_eligible_as_the_others_and_sees_nothing() {
    let campaigns = one(festival_first());
    let held = (0..=255)
        .map(|byte| [byte; 16])
        .find(|id| arms::assign(&campaigns.all()[0], id) == Assignment::Holdout);
    let held = held.expect("somebody is held out");
    let now = at(2026, 11, 12, 9);
    let of = |orders: &[(Timestamp, i64)]| Shopper::with_orders(orders).decides(&campaigns, Some(&held), now);
    let eligible = of(&[(at(2026, 11, 11, 21), 34_000)]);
    assert_eq!((eligible.offer.clone(), outcome(&eligible)), (None, Outcome::Holdout));
    assert_eq!(outcome(&of(&[])), Outcome::NotTriggered, "not of the experiment's population");
}

#[test]
fn audiences_follow_stage_and_figures() {
    let mut back = campaign("come-back", vec![coupon("back-20", 500, 100)]);
    back.audience.stages = vec![Stage::Lapsing];
    back.audience.figures = vec![FigureRange { figure: Figure::Frequency, at_least: None, at_most: Some(1) }];
    let campaigns = one(back);
    assert!(is_treated(&campaigns.all()[0]));
    let bought = at(2026, 6, 1, 12);
    let of = |orders: &[(Timestamp, i64)], days: i64| {
        outcome(&Shopper::with_orders(orders).decides(&campaigns, Some(&TREATED), bought.plus(days * DAY)))
    };
    assert_eq!(of(&[(bought, 5_000)], 60), Outcome::NotInAudience);
    assert_eq!(of(&[(bought, 5_000)], 61), Outcome::Surfaced);
    assert_eq!(of(&[(bought, 5_000)], 120), Outcome::Surfaced);
    assert_eq!(of(&[(bought, 5_000)], 121), Outcome::NotInAudience);
    assert_eq!(of(&[(bought.plus(-DAY), 1), (bought, 5_000)], 61), Outcome::NotInAudience, "two orders");
    assert_eq!(of(&[], 61), Outcome::NotInAudience);
}

// ------------------------------------------------------------------ which coupon

#[test]
fn none_is_surfaced_where_none_is_worth_its_price() {
    let now = at(2026, 11, 12, 9);
    let with_price = |price| {
        let coupons = vec![coupon("dear", 2_000, 1_500), coupon("modest", 900, 300)];
        let campaigns =
            Campaigns::new(vec![campaign("a", coupons)], Fatigue::default(), price).expect("campaigns");
        assert!(is_treated(&campaigns.all()[0]));
        let decision = Shopper::default().decides(&campaigns, Some(&TREATED), now);
        (decision.offer.as_ref().map(|offer| offer.id.clone()), outcome(&decision))
    };
    assert_eq!(with_price(0), (Some("dear".into()), Outcome::Surfaced));
    assert_eq!(with_price(budget::PRICE_ONE), (Some("modest".into()), Outcome::Surfaced));
    assert_eq!(with_price(3 * budget::PRICE_ONE), (None, Outcome::NotWorthIt));
}

#[test]
fn of_two_campaigns_the_one_worth_more_is_surfaced_and_stays_for_the_day() {
    let now = at(2026, 11, 12, 9);
    let both = vec![campaign("a", vec![coupon("p", 500, 100)]), campaign("b", vec![coupon("q", 900, 100)])];
    let campaigns = Campaigns::new(both, Fatigue::default(), budget::PRICE_ONE).expect("campaigns");
    assert!(campaigns.all().iter().all(is_treated));
    let mut shopper = Shopper::default();
    let outcomes =
        |decision: &Decision| decision.considered.iter().map(|one| one.outcome).collect::<Vec<_>>();
    let first = shopper.decides(&campaigns, Some(&TREATED), now);
    assert_eq!(outcomes(&first), [Outcome::Outbid, Outcome::Surfaced]);
    assert_eq!(first.offer.as_ref().map(|offer| offer.reason), Some(OfferReason::NoOrderYet));
    shopper.surfaced = vec![Surfacing { coupon: "p".into(), at: now.plus(-HOUR) }];
    let then = shopper.decides(&campaigns, Some(&TREATED), now);
    assert_eq!(outcomes(&then), [Outcome::Surfaced, Outcome::Capped], "one a day, and it is the one shown");
}

struct Gone;
impl Coupons for Gone {
    fn usable(&self, _: &str) -> bool {
        false
    }
    fn own_spend(&self, _: &str) -> i64 {
        0
    }
}

#[test]
fn a_coupon_that_cannot_be_used_is_not_surfaced() {
    let campaigns = one(campaign("a", vec![coupon("p", 500, 100)]));
    let facts = Facts {
        id: Some(&TREATED),
        stage: Stage::Potential,
        phase: Phase::Exploring,
        figures: &Figures::default(),
        moments: Moments::default(),
        needs_care: false,
        refuses_coupons: false,
        surfaced: &[],
        dismissed: &[],
    };
    let decision = decide(&campaigns, &facts, at(2026, 11, 12, 9), &shanghai(), &Gone);
    assert_eq!((decision.offer.clone(), outcome(&decision)), (None, Outcome::NotUsable));
}

// ------------------------------------------------------------------ the section

type Change<'a> = &'a dyn Fn(&mut Campaign);

#[test]
fn campaigns_are_refused_with_path_and_reason() {
    let refused = |change: &dyn Fn(&mut Campaign)| {
        let mut campaign = festival_first();
        change(&mut campaign);
        Campaigns::new(vec![campaign], Fatigue::default(), 0).expect_err("nonsense").to_string()
    };
    let cases: [(Change<'_>, &str); 8] = [
        (&|campaign| campaign.holdout = 0, "holdout: is 1 to 90 percent"),
        (&|campaign| campaign.waves = vec![30, 30], "waves: are at most 12 days, each later"),
        (&|campaign| campaign.trigger = None, "waves: are counted from the order of a trigger"),
        (&|campaign| campaign.waves.clear(), "waves: are missing"),
        (&|campaign| campaign.arms.clear(), "arms: are 1 to 8"),
        (
            &|campaign| {
                let other = Arm { id: "many".into(), weight: 20, coupons: vec![] };
                campaign.arms.push(other);
            },
            "arms: each weigh a twentieth",
        ),
        (
            &|campaign| campaign.trigger = Some(Trigger { on: Some((2, 30)), ..Trigger::default() }),
            "trigger.on: is a month",
        ),
        (
            &|campaign| campaign.arms[0].coupons[0].cost = money(-1),
            "arms[0].coupons[0]: has a value or a cost below zero",
        ),
    ];
    for (change, expected) in cases {
        let told = refused(change);
        assert!(told.contains(expected), "{told}");
    }
    let twice = |one: Campaign, other: Campaign| Campaigns::new(vec![one, other], Fatigue::default(), 0);
    let named = |id: &str, coupons: &[&str]| {
        campaign(id, coupons.iter().map(|promotion| coupon(promotion, 1, 1)).collect())
    };
    assert_eq!(twice(named("a", &[]), named("a", &[])), Err(CampaignsError::Twice("a".into())));
    assert!(matches!(twice(named("a", &["p"]), named("b", &["p"])), Err(CampaignsError::CouponTwice { .. })));
    let salted = Campaign { salt: "salt-of-a".into(), ..named("b", &[]) };
    assert!(matches!(twice(named("a", &[]), salted), Err(CampaignsError::SaltTwice { .. })));
}

#[test]
fn sections_read_back_and_damage_is_refused_or_still_whole() {
    let both = vec![festival_first(), campaign("come-back", vec![coupon("back-20", 500, 100)])];
    let campaigns = Campaigns::new(both, Fatigue::default(), 1_500_000).expect("campaigns");
    let bytes = campaigns.to_bytes();
    assert_eq!(Campaigns::from_bytes(&bytes), Ok(campaigns));
    assert_eq!(Campaigns::from_bytes(&bytes[..bytes.len() - 1]), Err(CampaignsError::Bytes));
    for place in 0..bytes.len() {
        for bit in 0..8 {
            let mut damaged = bytes.clone();
            damaged[place] ^= 1 << bit;
            if let Ok(read) = Campaigns::from_bytes(&damaged) {
                assert!(read.all().iter().all(|campaign| campaign.check().is_ok()));
            }
        }
    }
    let mut newer = bytes;
    newer[0] = 9;
    assert_eq!(Campaigns::from_bytes(&newer), Err(CampaignsError::Format(9)));
}

// ------------------------------------------------------------------ what campaigns follow

#[test]
fn a_campaign_follows_what_an_order_held_a_settled_complaint_a_birthday_or_a_day() {
    let follows = |trigger: Trigger, shopper: Shopper| {
        let campaign = Campaign {
            trigger: Some(trigger),
            waves: vec![0],
            surfacings: 1,
            ..campaign("a", vec![coupon("p", 900, 100)])
        };
        shopper.visits(&one(campaign), at(2026, 12, 1, 21), 60)
    };
    let placed = at(2026, 12, 5, 20);
    let bought = |categories: Vec<&'static str>| Shopper {
        bought: vec![Bought { at: placed, categories }],
        ..Shopper::with_orders(&[(placed, 10_000)])
    };
    let baby = || Trigger { categories: vec!["children".into()], ..Trigger::default() };
    assert_eq!(follows(baby(), bought(vec!["rompers", "children"])), ["2026-12-05"]);
    assert!(follows(baby(), bought(vec!["coats"])).is_empty());
    assert!(follows(baby(), Shopper::with_orders(&[(placed, 10_000)])).is_empty(), "nothing is known of it");
    let settled = Shopper { settled: Some(placed), ..Shopper::default() };
    assert_eq!(follows(Trigger { after: After::Settled, ..Trigger::default() }, settled), ["2026-12-05"]);
    let born = Shopper { birthday: Some((1, 9)), ..Shopper::default() };
    assert_eq!(
        follows(Trigger { after: After::Birthday, ..Trigger::default() }, born.clone()),
        ["2027-01-09"]
    );
    let day = Trigger { after: After::Day, on: Some((12, 24)), ..Trigger::default() };
    assert_eq!(follows(day, Shopper::default()), ["2026-12-24"]);
    let nobody = Shopper { birthday: None, ..born };
    assert!(follows(Trigger { after: After::Birthday, ..Trigger::default() }, nobody).is_empty());
}

#[test]
fn an_offer_tells_what_its_model_counted() {
    let term = |figure, at_least, weight| model::Term {
        range: FigureRange { figure, at_least: Some(at_least), at_most: None },
        weight,
    };
    let uses = model::Card {
        constant: 0,
        terms: vec![term(Figure::Frequency, 2, 400), term(Figure::Monetary, 1_000_000, 900)],
    };
    let anyway = model::Card { constant: -9_000, terms: vec![] };
    let coupon = Coupon { model: Some(Model { uses, anyway }), ..coupon("p", 900, 100) };
    let campaigns = one(campaign("a", vec![coupon]));
    let now = at(2026, 12, 1, 21);
    let shopper = Shopper::with_orders(&[(now.plus(-9 * DAY), 5_000), (now.plus(-DAY), 5_000)]);
    let offer = shopper.decides(&campaigns, Some(&TREATED), now).offer.expect("is worth it");
    assert_eq!(offer.terms, [("frequency", 400)]);
}

#[test]
fn quiet_hours_and_patience_hold() {
    let campaigns = |fatigue| {
        Campaigns::new(vec![campaign("a", vec![coupon("p", 900, 100)])], fatigue, budget::PRICE_ONE)
            .expect("campaigns")
    };
    let night = Fatigue { quiet: Some((22 * 60, 8 * 60)), ..Fatigue::default() };
    let shopper = Shopper::default();
    let silence = |hour| shopper.decides(&campaigns(night), Some(&TREATED), at(2026, 12, 1, hour)).silence;
    assert_eq!(
        [silence(21), silence(23), silence(7), silence(8)],
        [None, Some(Silence::Quiet), Some(Silence::Quiet), None]
    );
    // Lapsing, and shown one on three days since: enough for a patience of three.
    let now = at(2026, 12, 1, 21);
    let away = |days: i64| Shopper {
        surfaced: (1..=days)
            .map(|day| Surfacing { coupon: "p".into(), at: now.plus(-10 * day * DAY) })
            .collect(),
        ..Shopper::with_orders(&[(now.plus(-70 * DAY), 10_000)])
    };
    let patient = Fatigue { patience: 3, ..Fatigue::default() };
    let silence = |days| away(days).decides(&campaigns(patient), Some(&TREATED), now).silence;
    assert_eq!([silence(2), silence(3)], [None, Some(Silence::LeftInPeace)]);
}
