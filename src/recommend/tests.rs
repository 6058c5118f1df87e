//! What holds of every ranking: the filter, additivity, the total order, and reasons that rest on real events.

use super::ranked::{Ranked, first_of_sale};
use super::scorer::{Said, Scorer};
use super::select::tests::Plain;
use super::select::{Mixing, Source, Taken, mix};
use super::signals::{SIGNALS, Sums};
use super::surfaces::{SURFACES, Tier};
use super::{Context, Decision, RecommendError, Request, Weights, decision, explain_item, recommend};
use crate::base::ids::{ItemIndex, SaleIndex};
use crate::base::time::{DAY, MINUTE, Timestamp};
use crate::catalogue::Catalogue;
use crate::catalogue::delta::Delta;
use crate::catalogue::sample::{NOW, catalogue, with};
use crate::kernel::order::score_and_number;
use crate::shopper::affinity::Affinities;
use crate::shopper::sample::{arbitrary_event, event, item};
use crate::shopper::{Consent, Event, EventId, EventKind, History, RememberedItem, Reminders};
use alloc::vec;
use alloc::vec::Vec;
use core::cmp::Reverse;
use proptest::prelude::*;

fn remembered(catalogue: &Catalogue, id: &str) -> RememberedItem {
    let found = catalogue.find_item(id).expect("in the sample");
    RememberedItem {
        name: Some(alloc::format!("Item {id}")),
        brand: Some(catalogue.brand_id(catalogue.item_brand(found)).into()),
        category: Some(catalogue.category_id(catalogue.item_category(found)).into()),
        price: Some(catalogue.price(found)),
        ..item(id)
    }
}

fn history_of(events: Vec<Event>) -> History {
    let mut history = History::default();
    history.merge(events);
    history
}

fn run(catalogue: &Catalogue, history: &History, consent: Consent, request: &Request) -> Decision {
    let (weights, reminders) = (Weights::default(), Reminders::default());
    let context = Context::new(catalogue, NOW, &weights, consent, history, &reminders);
    recommend(&context, request).expect("a valid request")
}

fn ids<'a>(catalogue: &'a Catalogue, decision: &Decision) -> Vec<&'a str> {
    decision.entries.iter().map(|entry| catalogue.item_id(entry.item)).collect()
}

#[test]
fn looks_at_a_brand_bring_its_neighbours_with_a_reason_that_names_them() {
    let catalogue = catalogue();
    let views = (0..5).map(|number| {
        let id = alloc::format!("it-{:02}", 6 + number);
        event(
            number,
            NOW.plus(-i64::from(number + 1) * MINUTE),
            EventKind::ViewItem,
            vec![remembered(&catalogue, &id)],
        )
    });
    let history = history_of(views.collect());
    let decision = run(
        &catalogue,
        &history,
        Consent::Session,
        &Request { brand_cap: Some(6), category_cap: Some(6), seen_cap: Some(6), ..Request::of("home", 6) },
    );
    assert!(decision.personal);
    assert!(ids(&catalogue, &decision).iter().all(|id| ("it-06".."it-12").contains(id)), "ferrow leads");
    let unseen = decision
        .entries
        .iter()
        .find(|entry| catalogue.item_id(entry.item) == "it-11")
        .expect("unseen, of the brand");
    let reason =
        unseen.reasons.iter().find(|reason| reason.code == "brand_affinity").expect("the brand speaks");
    assert_eq!(
        (reason.message, reason.count, reason.brand.as_deref(), reason.category.as_deref()),
        ("brand_affinity.kind", 5, Some("ferrow"), Some("boots")),
        "five boots of ferrow this week"
    );
    assert_eq!(reason.events.len(), 3);
    assert_eq!(reason.item.as_deref(), Some("Item it-06"), "the newest look is named");
}

#[test]
fn what_a_reason_says_of_one_kind_it_does_not_say_of_another() {
    let catalogue = catalogue();
    let views = (0..4).map(|number| {
        let seen = remembered(&catalogue, &alloc::format!("it-{number:02}"));
        event(number, NOW.plus(-MINUTE), EventKind::ViewItem, vec![seen])
    });
    let (history, weights, reminders) =
        (history_of(views.collect()), Weights::default(), Reminders::default());
    let context = Context::new(&catalogue, NOW, &weights, Consent::On, &history, &reminders);
    let brand = |id: &str| {
        let reasons = explain_item(&context, id).expect("there").reasons;
        let brand = reasons.iter().find(|reason| reason.code == "brand_affinity").expect("the brand speaks");
        (brand.message, brand.category.clone())
    };
    assert_eq!(brand("it-05"), ("brand_affinity.kind", Some("dresses".into())));
    assert_eq!(brand("it-20"), ("brand_affinity.week", None), "a coat of the same brand");
    assert_eq!(brand("it-04"), ("brand_affinity.kind", Some("dresses".into())));
}

#[test]
fn covisitation_speaks_for_items_whose_source_has_left() {
    let catalogue = catalogue();
    let gone = RememberedItem { name: Some("Old boots".into()), ..item("gone-01") };
    let history = history_of(vec![event(0, NOW.plus(-MINUTE), EventKind::ViewItem, vec![gone])]);
    let decision = run(&catalogue, &history, Consent::On, &Request::of("home", 6));
    assert_eq!(ids(&catalogue, &decision)[..2], ["it-07", "it-13"]);
    let reason = &decision.entries[0].reasons[0];
    assert_eq!((reason.code, reason.item.as_deref()), ("covisitation", Some("Old boots")));
}

#[test]
fn without_consent_the_order_is_the_shops() {
    let catalogue = catalogue();
    let history = history_of(vec![event(0, NOW, EventKind::ViewItem, vec![remembered(&catalogue, "it-12")])]);
    let off = run(&catalogue, &history, Consent::Off, &Request::of("home", 6));
    let empty = run(&catalogue, &History::default(), Consent::On, &Request::of("home", 6));
    assert!(!off.personal && !empty.personal);
    // What the shop put forward by itself is nothing that anybody looked for.
    let shown = Event { promotion: Some("p".into()), ..event(0, NOW, EventKind::ViewPromotion, vec![]) };
    let offered = run(&catalogue, &history_of(vec![shown]), Consent::On, &Request::of("home", 6));
    assert_eq!((offered.personal, ids(&catalogue, &offered)), (false, ids(&catalogue, &empty)));
    assert_eq!(
        ids(&catalogue, &off),
        ["it-06", "it-00", "it-12", "it-07", "it-01", "it-13"],
        "sales take turns"
    );
    assert_eq!(off.digest, empty.digest, "and it is the same for everybody");
    assert!(off.entries.iter().all(|entry| entry.reasons.is_empty()));
}

#[test]
fn sensitive_goods_neither_drive_nor_show_in_reasons() {
    let catalogue = with(|input| {
        for item in &mut input.items {
            item.sensitive = item.sale == "ferrow-1";
        }
    });
    let private = RememberedItem { sensitive: true, ..remembered(&catalogue, "it-06") };
    // Alone they leave the shop's order as it is.
    let alone = history_of(vec![event(0, NOW.plus(-2 * MINUTE), EventKind::ViewItem, vec![private.clone()])]);
    let quiet = run(&catalogue, &alone, Consent::On, &Request::of("home", 20));
    let empty = run(&catalogue, &History::default(), Consent::On, &Request::of("home", 20));
    assert!(!quiet.personal);
    assert_eq!(quiet.digest, empty.digest);
    let public = remembered(&catalogue, "it-12");
    let history = history_of(vec![
        event(0, NOW.plus(-2 * MINUTE), EventKind::ViewItem, vec![private]),
        event(1, NOW.plus(-MINUTE), EventKind::ViewItem, vec![public]),
    ]);
    let decision = run(&catalogue, &history, Consent::On, &Request::of("home", 20));
    let tells = |decision: &Decision| {
        let mut reasons = decision.entries.iter().flat_map(|entry| &entry.reasons);
        reasons.any(|reason| {
            reason.brand.as_deref() == Some("ferrow") || reason.events.iter().any(|id| id.sequence == 0)
        })
    };
    assert!(!tells(&decision));

    // The shopper may allow it, and take that back; each holds in the very next list.
    let mut history = history;
    history.insert(event(2, NOW.plus(-2), EventKind::SensitiveOn, vec![]));
    let allowed = run(&catalogue, &history, Consent::On, &Request::of("home", 20));
    assert!(tells(&allowed));
    let id = history.events().last().expect("the word").id;
    history.insert(event(3, NOW.plus(-1), EventKind::SensitiveOff, vec![]));
    let taken_back = run(&catalogue, &history, Consent::On, &Request::of("home", 20));
    assert!(!tells(&taken_back));
    history.forget(&[id, EventId { sequence: 3, ..id }]);
    assert_eq!(run(&catalogue, &history, Consent::On, &Request::of("home", 20)).digest, decision.digest);
}

#[test]
fn a_dismissal_holds_in_the_next_ranking_and_is_undone_as_easily() {
    let catalogue = catalogue();
    let mut brand = event(0, NOW.plus(-3), EventKind::Dismiss, vec![]);
    brand.brand = Some("ferrow".into());
    let mut category = event(1, NOW.plus(-2), EventKind::Dismiss, vec![]);
    category.category = Some("women".into());
    let one = event(2, NOW.plus(-1), EventKind::Dismiss, vec![item("it-12")]);
    let mut undo = brand.clone();
    (undo.kind, undo.id.sequence, undo.at) = (EventKind::Undismiss, 3, NOW);
    let decision = run(
        &catalogue,
        &history_of(vec![brand.clone(), category.clone(), one.clone()]),
        Consent::On,
        &Request::of("home", 24),
    );
    assert_eq!(decision.entries.len(), 5, "five watches are left");
    assert!(ids(&catalogue, &decision).iter().all(|id| ("it-13".."it-18").contains(id)));
    let decision =
        run(&catalogue, &history_of(vec![brand, category, one, undo]), Consent::On, &Request::of("home", 24));
    assert_eq!(decision.entries.len(), 11, "and the boots again");
}

#[test]
fn out_of_range_is_refused_by_name() {
    let catalogue = catalogue();
    let (weights, history, reminders) = (Weights::default(), History::default(), Reminders::default());
    let context = Context::new(&catalogue, NOW, &weights, Consent::Off, &history, &reminders);
    let refused = |request: Request| recommend(&context, &request).expect_err("refused");
    assert!(matches!(refused(Request::of("attic", 5)), RecommendError::Surface { .. }));
    assert!(matches!(refused(Request::of("home", 0)), RecommendError::Range { field: "limit", .. }));
    assert!(matches!(refused(Request::of("home", 201)), RecommendError::Range { field: "limit", .. }));
    let cap = Request { brand_cap: Some(0), ..Request::of("home", 5) };
    assert!(matches!(refused(cap), RecommendError::Range { field: "brandCap", .. }));
    let beyond =
        recommend(&context, &Request { offset: 9_000, ..Request::of("home", 5) }).expect("an empty page");
    assert!(beyond.entries.is_empty() && beyond.total == 18);
}

/// The rows of a sale with their scores.
fn scores_of(catalogue: &Catalogue, scorer: &mut Scorer<'_>, sale: SaleIndex) -> Vec<(u32, i32)> {
    let items = catalogue.sale_items(sale);
    let places: Vec<u32> = (0..items.len() as u32).collect();
    items.map(|row| row as u32).zip(scorer.places(sale, &places).iter().copied()).collect()
}

/// Whether the score of an item that can be shown is within what is said of its sale; and within what is said of its category
/// there, unless something is said of it alone.
fn is_bounded(catalogue: &Catalogue, scorer: &Scorer<'_>, item: ItemIndex, score: i32) -> bool {
    let sale = catalogue.item_sale(item);
    let place = (item.row() - catalogue.sale_items(sale).start) as u32;
    let mut bounds = Vec::new();
    scorer.bounds(sale, &[], &mut bounds);
    let mut close = bounds.into_iter().map(score_and_number);
    let close = close.find(|(_, category)| catalogue.summary(sale).places_of(*category).contains(&place));
    close.is_none_or(|(close, _)| {
        (score <= close || scorer.few(sale).contains(&place))
            && score <= scorer.reach().of(sale.row())
            && close <= scorer.reach().of(sale.row())
    })
}

proptest! {
    #[test]
    fn every_list_holds_the_laws(
        events in prop::collection::vec(arbitrary_event(), 0..60),
        day in 0i64..100, limit in 1u16..40, cap in prop::option::of(1u16..5),
    ) {
        let catalogue = catalogue();
        let history = history_of(events);
        let now = Timestamp(20_700 * DAY + day * DAY);
        let now = if day % 2 == 0 { NOW } else { now };
        let (weights, mut reminders) = (Weights::default(), Reminders::default());
        reminders.set("lumen", now).expect("room");
        let context = Context::new(&catalogue, now, &weights, Consent::On, &history, &reminders);
        let request = Request { brand_cap: cap, ..Request::of("home", limit) };
        let decision = recommend(&context, &request).expect("valid");

        // The filter truly holds.
        for entry in &decision.entries {
            prop_assert!(catalogue.is_buyable(entry.item, now));
            prop_assert!(!context.marks().items.contains(catalogue.item_id(entry.item)));
            let brand = catalogue.brand_id(catalogue.item_brand(entry.item));
            prop_assert!(!context.marks().brands.contains(brand));
        }
        // A score is the sum of its contributions; a reason says one of them, and rests on real events.
        for entry in &decision.entries {
            prop_assert_eq!(entry.contributions.iter().sum::<i32>(), entry.score);
            let from = usize::from(entry.explored.is_some());
            prop_assert!(entry.reasons[from..].is_sorted_by(|a, b| a.contribution >= b.contribution));
            prop_assert_eq!(entry.explored.is_some(), entry.reasons.iter().any(|reason| reason.code == "exploration"));
            for reason in entry.reasons.iter().filter(|reason| reason.code != "exploration") {
                prop_assert!(entry.told_contributions().any(|told| told == (reason.code, reason.contribution)));
                for id in &reason.events {
                    let event = history.find(*id).expect("a remembered event");
                    prop_assert!(event.items.iter().any(|item| context.voice.has(item)));
                }
            }
        }
        // What reasons share is what each would have by itself.
        for item in catalogue.item_range().map(|row| catalogue.item_id(ItemIndex(row as u32))) {
            let alone = Context::new(&catalogue, now, &weights, Consent::On, &history, &reminders);
            let [shared, alone] = [&context, &alone].map(|context| explain_item(context, item).expect("there"));
            prop_assert_eq!(shared, alone);
        }
        // No item twice, and the whole list is the pages one after another.
        let mut rows: Vec<u32> = decision.entries.iter().map(|entry| entry.item.0).collect();
        rows.sort_unstable();
        rows.dedup();
        prop_assert_eq!(rows.len(), decision.entries.len());
        let second = recommend(&context, &Request { offset: limit, ..request.clone() }).expect("valid");
        for entry in &second.entries {
            prop_assert!(!rows.contains(&entry.item.0), "nothing is shown twice");
        }
        prop_assert_eq!(recommend(&context, &request).expect("valid"), decision, "the same again");
    }

    #[test]
    fn a_column_adds_what_it_says(
        events in prop::collection::vec(arbitrary_event(), 0..60),
        weight in prop_oneof![Just(None), (-3_000..60_000i32).prop_map(Some), (-3..90i32).prop_map(|whole| Some(whole * 1_000))],
    ) {
        let catalogue = catalogue();
        let history = history_of(events);
        let (weights, mut reminders) = (Weights::default(), Reminders::default());
        reminders.set("ferrow", NOW).expect("room");
        let context = Context::new(&catalogue, NOW, &weights, Consent::On, &history, &reminders);
        for signal in SIGNALS {
            let own = weights.of(signal.code(), signal.default_weight());
            let looks = Affinities::of(&history, context.minute, weights.half_life_days);
            let column = signal.prepare(&context, &looks, weight.unwrap_or(own));
            let mut sums = Sums::default();
            column.add(&context, &mut sums);
            let said = Said::new(&catalogue, sums, None);
            let mut scorer = Scorer::new(&context, &said);
            for sale in (0..catalogue.sale_count()).map(|row| SaleIndex(row as u32)) {
                for (row, score) in scores_of(&catalogue, &mut scorer, sale) {
                    let item = ItemIndex(row);
                    prop_assert_eq!(column.contribution(&context, item), score, "{} at {}", signal.code(), row);
                    prop_assert!(is_bounded(&catalogue, &scorer, item, score), "{} at {}: {}", signal.code(), row, score);
                }
            }
        }
    }

    #[test]
    fn items_named_by_their_sales_are_those_that_are_listed(
        events in prop::collection::vec(arbitrary_event(), 0..60),
        stock in prop::collection::vec((0u32..72, 0u32..2), 0..72),
        prices in prop::collection::vec((0u32..24, 1_000i64..9_000), 0..9),
        hidden in prop::collection::vec((0u32..24, any::<bool>()), 0..12),
        which in 0..SURFACES.len(),
        caps in (1usize..9, 1usize..4, 1usize..4, 1usize..3), wanted in 1usize..30,
    ) {
        let mut catalogue = catalogue();
        let applies_to = catalogue.state().0;
        let delta = Delta { applies_to, made: NOW, stock, prices, sales: Vec::new(), hidden };
        catalogue.apply(&delta).expect("a delta for this state");
        let history = history_of(events);
        let (weights, reminders) = (Weights::default(), Reminders::default());
        let context = Context::new(&catalogue, NOW, &weights, Consent::On, &history, &reminders);
        let request = Request { item: Some("it-00".into()), sale: Some("lumen-1".into()), ..Request::of("", 24) };
        let plan = SURFACES[which].plan(&context, &request).expect("a valid request");
        let seen: Vec<u32> = context.recall.trail.iter().filter_map(|step| catalogue.find_item(&step.item)).map(|item| item.0).collect();
        for tier in &plan.tiers {
            let rows = tier.rows(&catalogue).into_owned();
            prop_assert_eq!(tier.count(), rows.len());
            let mut scorer = decision::personal_scorer(&context);
            let sales = (0..catalogue.sale_count()).map(|row| SaleIndex(row as u32));
            let scores: Vec<(u32, i32)> = sales.flat_map(|sale| scores_of(&catalogue, &mut scorer, sale)).collect();
            let mut all: Vec<(Reverse<i32>, &str, u32)> = scores
                .iter()
                .filter(|(row, _)| rows.contains(row))
                .map(|(row, score)| (Reverse(*score), catalogue.item_id(ItemIndex(*row)), *row))
                .collect();
            all.sort_unstable();
            for tier in [tier, &Tier::Rows(rows)] {
                let mut ranked = Ranked::new(&catalogue, &mut scorer, (tier, tier.count()), &seen);
                for (_, _, row) in &all {
                    let item = ItemIndex(*row);
                    let (brand, category) = (catalogue.item_brand(item).0 as u16, catalogue.item_category(item).0 as u16);
                    prop_assert_eq!(ranked.peek(&Taken::none()), Some((brand, category, seen.contains(row))));
                    prop_assert_eq!(ranked.take(), Some(*row));
                }
                prop_assert_eq!(ranked.peek(&Taken::none()), None);
                // Mixed they are what comes of all of them in their order, whatever was left unseen because its groups were full.
                let groups = |row: u32| {
                    let item = ItemIndex(row);
                    (catalogue.item_brand(item).0 as u16, catalogue.item_category(item).0 as u16, seen.contains(&row))
                };
                let mut plain = Plain::of(all.iter().map(|(_, _, row)| (*row, groups(*row))));
                let mut ranked = Ranked::new(&catalogue, &mut scorer, (tier, tier.count()), &seen);
                let mixing = Mixing { window: caps.0, brands: caps.1, categories: caps.2, seen: caps.3 };
                prop_assert_eq!(mix(&mut ranked, mixing, wanted), mix(&mut plain, mixing, wanted));
            }
            if let Tier::Sales(pool) = tier {
                for sale in pool.sales() {
                    let of_sale = |row: &&u32| catalogue.item_sale(ItemIndex(**row)) == sale;
                    let plain = |row: &&u32| !catalogue.flags(ItemIndex(**row)).sensitive();
                    let rows = tier.rows(&catalogue);
                    prop_assert_eq!(pool.count(&catalogue, sale), rows.iter().filter(of_sale).count());
                    prop_assert_eq!(pool.count_plain(&catalogue, sale), rows.iter().filter(of_sale).filter(plain).count());
                    let first = all.iter().map(|(_, _, row)| row).find(|row| of_sale(row) && plain(row));
                    let found = first_of_sale(&catalogue, &mut scorer, pool, sale, |row| plain(&&row));
                    prop_assert_eq!(found.map(|(_, row)| row), first.copied());
                }
            }
        }
    }

    #[test]
    fn what_orders_a_list_is_what_is_explained(events in prop::collection::vec(arbitrary_event(), 0..60)) {
        let catalogue = catalogue();
        let history = history_of(events);
        let (weights, reminders) = (Weights::default(), Reminders::default());
        let context = Context::new(&catalogue, NOW, &weights, Consent::On, &history, &reminders);
        prop_assume!(context.is_personal());
        let mut found = Vec::new();
        for _ in 0..4 {
            let mut scorer = decision::personal_scorer(&context);
            let sales = (0..catalogue.sale_count()).map(|row| SaleIndex(row as u32));
            found.push(sales.clone().map(|sale| i64::from(scorer.reach().of(sale.row()))).sum::<i64>());
            for sale in sales {
                for (row, score) in scores_of(&catalogue, &mut scorer, sale) {
                    let item = ItemIndex(row);
                    let entry = explain_item(&context, catalogue.item_id(item)).expect("there");
                    prop_assert_eq!(entry.score, score, "{} among {:?}", row, catalogue.sensitive_items());
                    prop_assert!(is_bounded(&catalogue, &scorer, item, score), "{} at {}", score, row);
                }
            }
            drop(scorer);
            // What a list found out bounds the next ones more closely, and as truly.
            recommend(&context, &Request { explore: Some(false), ..Request::of("home", 200) }).expect("valid");
        }
        prop_assert!(found.is_sorted_by(|earlier, later| earlier >= later));
    }
}
