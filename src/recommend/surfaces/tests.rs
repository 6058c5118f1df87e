//! What each surface shows, and what none does.

use super::SURFACES;
use crate::base::ids::ItemIndex;
use crate::base::time::{DAY, HOUR, MINUTE, Timestamp};
use crate::catalogue::sample::{NOW, catalogue, with};
use crate::catalogue::{Catalogue, SaleState};
use crate::recommend::{Context, Decision, RecommendError, Request, Weights, recommend};
use crate::shopper::sample::{arbitrary_event, event, item};
use crate::shopper::{Consent, Event, EventKind, History, RememberedItem, Reminders};
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;
use proptest::prelude::*;

fn history_of(events: Vec<Event>) -> History {
    let mut history = History::default();
    history.merge(events);
    history
}

fn run_at(
    catalogue: &Catalogue,
    history: &History,
    reminders: &Reminders,
    request: &Request,
    now: Timestamp,
) -> Result<Decision, RecommendError> {
    let weights = Weights::default();
    recommend(&Context::new(catalogue, now, &weights, Consent::On, history, reminders), request)
}

fn run(catalogue: &Catalogue, history: &History, request: &Request) -> Vec<String> {
    let decision = run_at(catalogue, history, &Reminders::default(), request, NOW).expect("a valid request");
    ids(catalogue, &decision)
}

fn ids(catalogue: &Catalogue, decision: &Decision) -> Vec<String> {
    decision.entries.iter().map(|entry| catalogue.item_id(entry.item).into()).collect()
}

/// A request for a surface with all that any of them may need.
fn request(surface: &str) -> Request {
    Request {
        item: Some("it-00".into()),
        brand: Some("lumen".into()),
        sale: Some("lumen-1".into()),
        items: vec!["it-00".into(), "it-06".into(), "it-18".into(), "gone".into(), "it-06".into()],
        ..Request::of(surface, 24)
    }
}

fn look(sequence: u32, minutes_ago: i64, id: &str, brand: &str, category: &str) -> Event {
    let item = RememberedItem { brand: Some(brand.into()), category: Some(category.into()), ..item(id) };
    event(sequence, NOW.plus(-minutes_ago * MINUTE), EventKind::ViewItem, vec![item])
}

#[test]
fn each_place_shows_its_own() {
    let catalogue = catalogue();
    let none = History::default();
    let of = |surface| run(&catalogue, &none, &request(surface));
    let among = |list: &[String], from: &str, to: &str| {
        !list.is_empty() && list.iter().all(|id| (from..to).contains(&id.as_str()))
    };
    assert!(among(&of("new_today"), "it-00", "it-12"), "two sales opened this morning");
    assert!(among(&of("preview"), "it-18", "it-24"));
    assert!(among(&of("opening_soon"), "it-18", "it-24"), "what opens tomorrow");
    assert!(among(&of("closing_soon"), "it-12", "it-18"), "what closes tomorrow at ten");
    assert!(among(&of("sale"), "it-00", "it-06"));
    assert_eq!(of("sale").len(), 6, "what is sold out too");
    assert_eq!(
        of("search"),
        ["it-00", "it-06", "it-18"],
        "as the shop found it; what is not open comes last"
    );
    assert_eq!(of("home").len(), 18);
    assert_eq!(of("deals").len(), 18, "all of the sample is 70 % off");
    assert!(of("again").is_empty(), "nothing was bought");
}

#[test]
fn the_brief_list_is_twelve_and_of_each_brand_one_at_first() {
    let catalogue = catalogue();
    let history = history_of(vec![look(0, 5, "it-06", "ferrow", "boots")]);
    let list = run(&catalogue, &history, &Request { brief: true, ..request("new_today") });
    assert_eq!(list.len(), 12);
    assert!(list[0].as_str() >= "it-06" && list[1].as_str() < "it-06", "{list:?}");
}

#[test]
fn what_a_request_lacks_is_named() {
    let catalogue = catalogue();
    let refused = |request: Request| {
        run_at(&catalogue, &History::default(), &Reminders::default(), &request, NOW).expect_err("refused")
    };
    let missing = |surface, field| RecommendError::Missing { surface, field };
    assert_eq!(refused(Request::of("sale", 5)), missing("sale", "sale"));
    assert_eq!(refused(Request::of("similar", 5)), missing("similar", "item or brand"));
    let unknown = Request { item: Some("gone".into()), ..Request::of("similar", 5) };
    assert_eq!(refused(unknown), RecommendError::Item { item: "gone".into() });
    let unknown = Request { sale: Some("gone".into()), ..Request::of("sale", 5) };
    assert_eq!(refused(unknown), RecommendError::Unknown { kind: "sale", id: "gone".into() });
}

#[test]
fn similar_is_about_its_subject_and_the_same_for_everybody() {
    let catalogue = catalogue();
    let request = Request { brand: None, ..request("similar") };
    let shopper = history_of(vec![look(0, 5, "it-12", "anselm", "watches")]);
    let one = run_at(&catalogue, &shopper, &Reminders::default(), &request, NOW).expect("valid");
    let other = run_at(&catalogue, &History::default(), &Reminders::default(), &request, NOW).expect("valid");
    assert_eq!(one, other);
    let list = ids(&catalogue, &one);
    assert!(list[0].as_str() > "it-00" && list[0].as_str() < "it-06", "another dress: {list:?}");
    assert!(!list.contains(&"it-00".into()));
    let reason = &one.entries[0].reasons[0];
    assert!(reason.message.starts_with("similar.") && reason.contribution > 0, "{reason:?}");
    assert!(reason.events.is_empty(), "it rests on nothing remembered");
}

#[test]
fn like_a_brand_means_other_brands() {
    let catalogue = catalogue();
    let list = run(&catalogue, &History::default(), &Request { item: None, ..request("similar") });
    assert_eq!(list.len(), 12);
    assert!(list.iter().all(|id| id.as_str() >= "it-06"), "none of lumen");
    // A brand of which the pack has no item is known by what is remembered of it.
    let gone = with(|input| {
        input.brands.push(crate::catalogue::input::BrandInput {
            id: "away".into(),
            tier: crate::catalogue::BrandTier::Luxury,
            interval_days: None,
            last_opened: None,
        });
    });
    let request = Request { item: None, brand: Some("away".into()), ..request("similar") };
    let looked = history_of(vec![look(0, 90_000, "old", "away", "boots")]);
    assert!(
        ("it-06".."it-12").contains(&run(&gone, &looked, &request)[0].as_str()),
        "boots were looked at there"
    );
    assert!(run(&gone, &History::default(), &request)[0].as_str() >= "it-12", "else its tier speaks");
}

#[test]
fn a_cart_is_topped_up_by_the_nearest_that_counts() {
    let catalogue = catalogue();
    let cart = Request { items: vec!["it-00".into()], ..Request::of("cart", 24) };
    let list = run(&catalogue, &History::default(), &cart);
    assert_eq!(list[0], "it-04", "the same outfit");
    assert!(!list.contains(&"it-00".into()));
    let short = Request { shortfall: Some(7_500), ..cart };
    let (weights, history, reminders) = (Weights::default(), History::default(), Reminders::default());
    let mut context = Context::new(&catalogue, NOW, &weights, Consent::Off, &history, &reminders);
    context.eligible = Some((0..24).map(|row| row >= 6).collect());
    let decision = recommend(&context, &short).expect("valid");
    assert!(!decision.entries.is_empty());
    for entry in &decision.entries {
        assert!(entry.item.0 >= 6 && catalogue.price(entry.item) >= 7_500);
    }
}

#[test]
fn consumables_come_back_when_they_run_low_and_cots_never() {
    let catalogue = with(|input| {
        for category in &mut input.categories {
            category.replenish_days = (category.id == "boots").then_some(20);
        }
    });
    let bought = |days_ago: i64, category: &str| {
        let item =
            RememberedItem { category: Some(category.into()), brand: Some("ferrow".into()), ..item("old") };
        event(days_ago as u32, NOW.plus(-days_ago * DAY), EventKind::Purchase, vec![item])
    };
    let again = |events| run(&catalogue, &history_of(events), &Request::of("again", 24));
    assert!(again(vec![bought(16, "boots")]).is_empty(), "not yet");
    assert_eq!(again(vec![bought(17, "boots")]).len(), 6);
    assert!(again(vec![bought(17, "boots"), bought(3, "boots")]).is_empty(), "there is a new one");
    assert!(again(vec![bought(40, "boots")]).is_empty(), "too long ago to be missed");
    assert!(again(vec![bought(17, "watches")]).is_empty(), "never again");
    // On the home page a due consumable has its reason, unless it is sensitive.
    let home = |sensitive: bool| {
        let mut order = bought(18, "boots");
        order.items[0].sensitive = sensitive;
        let decision = run_at(
            &catalogue,
            &history_of(vec![order]),
            &Reminders::default(),
            &Request::of("home", 24),
            NOW,
        );
        let entries = decision.expect("valid").entries;
        entries
            .iter()
            .flat_map(|entry| &entry.reasons)
            .filter(|reason| reason.code == "replenishment")
            .count()
    };
    assert_eq!((home(false), home(true)), (6, 0));
}

#[test]
fn sizes_hold() {
    let catalogue = catalogue();
    // it-00 has none in 36, it-01 one.
    let list = run(&catalogue, &History::default(), &Request { sizes: vec!["36".into()], ..request("sale") });
    assert!(!list.contains(&"it-00".into()) && list.contains(&"it-01".into()), "{list:?}");
    let none = Request { sizes: vec!["99".into()], ..request("home") };
    assert!(run(&catalogue, &History::default(), &none).is_empty());
}

#[test]
fn another_intent_is_followed_within_two_looks_and_leaves_the_profile_be() {
    let catalogue = catalogue();
    let months = (0..40).map(|number| {
        look(number, i64::from(number + 1) * 24 * 60, &alloc::format!("old-{number}"), "ferrow", "boots")
    });
    let usual: Vec<Event> = months.collect();
    let present = vec![look(90, 3, "p-1", "other", "watches"), look(91, 1, "p-2", "other", "watches")];
    let both = history_of(usual.iter().cloned().chain(present).collect());
    let open = Request { brand_cap: Some(24), category_cap: Some(24), ..Request::of("home", 6) };
    let kind = |history: &History, now: Timestamp| {
        let decision = run_at(&catalogue, history, &Reminders::default(), &open, now).expect("valid");
        let first = decision.entries.first().expect("a list").item;
        String::from(catalogue.category_id(catalogue.item_category(first)))
    };
    assert_eq!(kind(&history_of(usual), NOW), "boots");
    assert_eq!(kind(&both, NOW), "watches", "two looks are enough");
    assert_eq!(kind(&both, NOW.plus(HOUR)), "boots", "and an hour later all is as it was");
}

#[test]
fn a_reminder_says_when_the_brand_opens() {
    let catalogue = catalogue();
    let item = catalogue.find_item("it-18").expect("in the sample");
    let brand = catalogue.brand_id(catalogue.item_brand(item));
    let (opens, _) = catalogue.sale_times(catalogue.item_sale(item));
    let mut reminders = Reminders::default();
    reminders.set(brand, NOW).expect("room");
    for (surface, minutes_before, message, count) in [
        ("opening_soon", 20, "reminder.minutes", 20),
        ("preview", 180, "reminder.hours", 3),
        ("sale", -1, "reminder", 1),
    ] {
        let request =
            Request { sale: Some(catalogue.sale_id(catalogue.item_sale(item)).into()), ..request(surface) };
        let now = opens.plus(-minutes_before * MINUTE);
        let list = run_at(&catalogue, &History::default(), &reminders, &request, now).expect("valid");
        let reason =
            list.entries.first().and_then(|entry| entry.reasons.first()).expect("the reminder speaks");
        assert_eq!((reason.message, reason.count, reason.brand.as_deref()), (message, count, Some(brand)));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]
    /// Any usual with a few looks each evening, then one evening of a hundred looks and more at something else.
    #[test]
    fn one_long_evening_does_not_flood_the_profile(
        evenings in 12_i64..30,
        looks in 3_u32..8,
        flood in 60_u32..400,
        apart in 1_i64..20,
    ) {
        let catalogue = catalogue();
        let mut events = Vec::new();
        for evening in 0..evenings {
            for number in 0..looks {
                let sequence = evening as u32 * 10 + number;
                let minutes_ago = (evening + 2) * 24 * 60 - i64::from(number);
                events.push(look(sequence, minutes_ago, &alloc::format!("old-{sequence}"), "ferrow", "boots"));
            }
        }
        let ends = 24 * 60;
        for number in 0..flood {
            let (sequence, minutes_ago) = (1_000 + number, ends + i64::from(flood - number) * apart / 10);
            events.push(look(sequence, minutes_ago, &alloc::format!("p-{number}"), "anselm", "watches"));
        }
        let open = Request { brand_cap: Some(24), category_cap: Some(24), ..Request::of("home", 6) };
        let decision = run_at(&catalogue, &history_of(events), &Reminders::default(), &open, NOW).expect("valid");
        let first = decision.entries.first().expect("a list").item;
        prop_assert_eq!(catalogue.category_id(catalogue.item_category(first)), "boots");
    }
}

#[test]
fn new_brands_are_tried_in_some_slots_with_their_odds() {
    const NEW: usize = 6;
    let catalogue = with(|input| {
        let (brand, sale, one) = (input.brands[0].clone(), input.sales[0].clone(), input.items[0].clone());
        // The last one sells nothing but sensitive goods: no slot is for what is not put forward.
        for number in 0..=NEW {
            let (id, of_sale) = (alloc::format!("new-{number}"), alloc::format!("new-{number}-1"));
            input.brands.push(crate::catalogue::input::BrandInput { id: id.clone(), ..brand.clone() });
            let sale =
                crate::catalogue::input::SaleInput { id: of_sale.clone(), brand: id.clone(), ..sale.clone() };
            input.sales.push(sale);
            let item = crate::catalogue::input::ItemInput {
                id,
                sale: of_sale,
                category: "coats".into(),
                sensitive: number == NEW,
                ..one.clone()
            };
            input.items.push(item);
        }
    });
    let discreet = alloc::format!("new-{NEW}");
    let known = ["lumen", "ferrow", "anselm"];
    let history = history_of(
        (0..7).map(|number| look(number, 5, "old", known[number as usize % 3], "boots")).collect(),
    );
    let mut drawn = alloc::collections::BTreeMap::new();
    for seed in 0..300 {
        let request =
            Request { seed: Some(seed), brand_cap: Some(24), category_cap: Some(24), ..request("home") };
        let decision = run_at(&catalogue, &history, &Reminders::default(), &request, NOW).expect("valid");
        let slots: Vec<usize> =
            (0..decision.entries.len()).filter(|at| decision.entries[*at].explored.is_some()).collect();
        // Fewer than eight looks: one slot in twelve.
        assert_eq!(slots, [11, 23]);
        for slot in slots {
            let entry = &decision.entries[slot];
            assert_eq!(entry.reasons[0].code, "exploration");
            let brand = catalogue.brand_id(catalogue.item_brand(entry.item));
            assert!(!known.contains(&brand));
            let before = &decision.entries[..slot];
            let brand_of = |entry: &crate::recommend::Entry| catalogue.item_brand(entry.item);
            assert!(before.iter().all(|other| brand_of(other) != brand_of(entry)), "new in the list too");
            let new_before = before.iter().filter(|other| {
                let brand = catalogue.brand_id(brand_of(other));
                !known.contains(&brand) && brand != discreet
            });
            assert_eq!(entry.explored, Some((NEW - new_before.count()) as u32));
            if slot == 11 {
                *drawn.entry(String::from(brand)).or_insert(0) += 1;
            }
        }
    }
    assert_eq!(drawn.len(), NEW);
    assert!(!drawn.contains_key(&discreet));
    // 300 draws among six: 50 each, give or take four standard errors.
    assert!(drawn.values().all(|count| (24..=76).contains(count)), "{drawn:?}");
}

proptest! {
    /// Whatever the surface and the memory: nothing hidden, dismissed or shown twice; pages continue one another; what
    /// can be bought can be bought.
    #[test]
    fn every_surface_holds_the_laws(
        events in prop::collection::vec(arbitrary_event(), 0..50),
        which in 0..SURFACES.len(), hours in -80i64..120, limit in 1u16..12, brief in any::<bool>(),
    ) {
        let catalogue = catalogue();
        let history = history_of(events);
        let now = NOW.plus(hours * HOUR);
        let mut reminders = Reminders::default();
        reminders.set("lumen", now).expect("room");
        let surface = SURFACES[which].code();
        let request = Request { limit, brief, ..request(surface) };
        let decision = run_at(&catalogue, &history, &reminders, &request, now).expect("valid");
        let weights = Weights::default();
        let context = Context::new(&catalogue, now, &weights, Consent::On, &history, &reminders);
        for entry in &decision.entries {
            prop_assert!(!context.marks().items.contains(catalogue.item_id(entry.item)));
            prop_assert!(!context.marks().brands.contains(catalogue.brand_id(catalogue.item_brand(entry.item))));
            prop_assert!(!catalogue.is_hidden(entry.item));
            prop_assert!(catalogue.is_visible(catalogue.item_sale(entry.item), now));
            let buyable = catalogue.is_buyable(entry.item, now);
            match surface {
                "sale" | "search" => {}
                "preview" | "opening_soon" => prop_assert!(
                    catalogue.sale_state(catalogue.item_sale(entry.item), now) == SaleState::Preview
                ),
                _ => prop_assert!(buyable),
            }
            prop_assert_eq!(entry.contributions.iter().sum::<i32>(), entry.score);
        }
        let mut rows: Vec<u32> = decision.entries.iter().map(|entry| entry.item.0).collect();
        rows.sort_unstable();
        rows.dedup();
        prop_assert_eq!(rows.len(), decision.entries.len(), "nothing twice");
        let next = Request { offset: limit, ..request.clone() };
        let next = run_at(&catalogue, &history, &reminders, &next, now).expect("valid");
        prop_assert!(next.entries.iter().all(|entry| !rows.contains(&entry.item.0)), "pages do not overlap");
        let whole = Request { limit: 2 * limit, ..request };
        let whole = run_at(&catalogue, &history, &reminders, &whole, now).expect("valid");
        let paged: Vec<ItemIndex> =
            decision.entries.iter().chain(&next.entries).map(|entry| entry.item).collect();
        prop_assert_eq!(whole.entries.iter().map(|entry| entry.item).collect::<Vec<_>>(), paged);
    }

    /// Deltas hold at once: what sold out, was hidden or has closed by one is shown nowhere that it could be bought.
    #[test]
    fn what_a_delta_took_is_gone_at_once(
        stock in prop::collection::vec((0u32..72, 0u32..2), 0..72),
        hidden in prop::collection::vec((0u32..24, any::<bool>()), 0..24),
        sales in prop::collection::vec((0u32..4, -100i64..50, 1i64..100), 0..4),
        which in 0..SURFACES.len(), remembered in any::<bool>(),
    ) {
        let mut catalogue = catalogue();
        let delta = crate::catalogue::delta::Delta {
            applies_to: catalogue.state().0,
            made: NOW,
            stock,
            prices: Vec::new(),
            sales: sales.into_iter().map(|(row, opens, hours)| {
                (row, NOW.plus(opens * HOUR), NOW.plus((opens + hours) * HOUR))
            }).collect(),
            hidden,
        };
        catalogue.apply(&delta).expect("a delta for this state");
        let history = if remembered {
            history_of(vec![look(0, 5, "it-06", "ferrow", "boots"), look(1, 4, "it-00", "lumen", "dresses")])
        } else {
            History::default()
        };
        let surface = SURFACES[which].code();
        let decision = run_at(&catalogue, &history, &Reminders::default(), &request(surface), NOW).expect("valid");
        for entry in &decision.entries {
            let sale = catalogue.item_sale(entry.item);
            prop_assert!(!catalogue.is_hidden(entry.item) && catalogue.is_visible(sale, NOW));
            match surface {
                "sale" | "search" => {}
                "preview" | "opening_soon" => prop_assert!(catalogue.units_left(entry.item) > 0),
                _ => prop_assert!(catalogue.is_buyable(entry.item, NOW)),
            }
        }
    }
}
