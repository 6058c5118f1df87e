//! Tests of the demo shop: the same for the same plan, in the mixes of the domain facts, and open to everybody's path.

use super::brands::{CATEGORY_SHARES, TIER_SHARES};
use super::calendar::{CYCLE_DAYS, Calendar, FESTIVAL_SALE_DAYS};
use super::personas::{self, Persona};
use super::prices::TENTHS;
use super::stock::{BROKEN_AT_CLOSING, BROKEN_AT_OPENING, stock};
use super::words::Words;
use super::{Demo, Plan, chance::Chance};
use crate::feeds::{Feed, Format, questions};
use crate::packing::build::{Additions, compile};
use anyhow::{Context, Result};
use std::collections::{BTreeMap, BTreeSet};
use windowshop::base::time::{DAY, Date, Timestamp};
use windowshop::catalogue::{BrandTier, Catalogue, SaleState};
use windowshop::shopper::EventKind;
use windowshop::shopper::export::ExportedMemory;

fn day(year: i32, month: u8, day: u8) -> i64 {
    Date { year, month, day }.to_days()
}

fn plan() -> Plan {
    Plan { seed: 1, day: day(2026, 11, 23), full: false }
}

fn feed(plan: Plan) -> Result<Feed> {
    Demo::draw(plan)?.feed()
}

fn packed(feed: &Feed) -> Result<(Vec<u8>, Catalogue)> {
    let created = feed.shop.made.context("made")?;
    let (bytes, catalogue, _) = compile(feed, created, Additions::default())?;
    Ok((bytes, catalogue))
}

/// Percent of `whole`.
fn percent(part: usize, whole: usize) -> f64 {
    part as f64 * 100.0 / whole as f64
}

#[test]
fn the_same_plan_gives_the_same_bytes_and_another_seed_another_shop() -> Result<()> {
    let one = packed(&feed(plan())?)?.0;
    assert_eq!(one, packed(&feed(plan())?)?.0);
    assert_ne!(one, packed(&feed(Plan { seed: 2, ..plan() })?)?.0);
    let folder = tempfile::tempdir()?;
    let demo = Demo::draw(plan())?;
    let (log, again) = (folder.path().join("log.csv.gz"), folder.path().join("again.csv.gz"));
    let (sessions, clicks) = demo.write_clicks(&log)?;
    Demo::draw(plan())?.write_clicks(&again)?;
    assert_eq!(std::fs::read(log)?, std::fs::read(again)?);
    assert!(sessions > 10_000 && clicks > 5 * sessions, "{sessions} sessions, {clicks} clicks");
    Ok(())
}

#[test]
fn tomorrow_goes_on_with_today() -> Result<()> {
    let (today, tomorrow) = (feed(plan())?, feed(Plan { day: plan().day + 1, ..plan() })?);
    let earlier: BTreeMap<&str, _> = today.items.iter().map(|named| (named.row.id.as_str(), named)).collect();
    let mut both = 0;
    for named in &tomorrow.items {
        let Some(before) = earlier.get(named.row.id.as_str()) else { continue };
        both += 1;
        assert_eq!(before.names, named.names);
        assert_eq!(before.row.price, named.row.price);
        for (before, after) in before.row.stock.iter().zip(&named.row.stock) {
            assert_eq!((&before.size, before.at_opening), (&after.size, after.at_opening));
            assert!(before.left >= after.left, "{}: stock only goes down", named.row.id);
        }
    }
    assert!(both > 10_000, "{both} items in both");
    Ok(())
}

#[test]
fn the_street_has_twelve_openings_and_about_fifty_open_sales_at_any_hour() -> Result<()> {
    let (_, catalogue) = packed(&feed(plan())?)?;
    let midnight = super::instant_of(plan().day, 0);
    for hour in 0..24 {
        let now = midnight.plus(hour * 3_600_000);
        let (opened, next) = catalogue.shop_day(now);
        let sales = || (0..catalogue.sale_count() as u32).map(windowshop::base::ids::SaleIndex);
        let open: Vec<_> =
            sales().filter(|sale| catalogue.sale_state(*sale, now) == SaleState::Open).collect();
        let since = |at: Timestamp| sales().filter(|sale| catalogue.sale_times(*sale).0 == at).count();
        assert!((44..=60).contains(&open.len()), "{} open at {hour}", open.len());
        assert_eq!((since(opened), since(next)), (12, 12), "at {hour}");
        let closing = open.iter().filter(|sale| catalogue.sale_times(**sale).1 == next).count();
        assert!(closing >= 5, "{closing} close next at {hour}");
        let items: usize = open.iter().map(|sale| catalogue.sale_items(*sale).len()).sum();
        assert!((8_500..=12_500).contains(&items), "{items} items live at {hour}");
    }
    Ok(())
}

#[test]
fn the_mixes_are_those_of_the_domain_facts() -> Result<()> {
    let feed = feed(plan())?;
    let words = Words::read()?;
    let top = |category: &str| {
        words
            .category(category)
            .map_or(String::new(), |row| row.parent.clone().unwrap_or_else(|| row.id.clone()))
    };
    let mut tops: BTreeMap<String, usize> = BTreeMap::new();
    let mut tenths: BTreeMap<u32, usize> = BTreeMap::new();
    for named in &feed.items {
        *tops.entry(top(&named.row.category)).or_default() += 1;
        let tenth = (named.row.price * 100 / named.row.list_price + 5) / 10;
        *tenths.entry(tenth as u32).or_default() += 1;
        assert!(named.row.price * 100 >= named.row.list_price * 17, "{}", named.row.id);
    }
    for (category, share) in CATEGORY_SHARES {
        let found = percent(tops.get(category).copied().unwrap_or(0), feed.items.len());
        assert!((found - f64::from(share)).abs() < 3.5, "{category}: {found:.1} % for {share} %");
    }
    for (tenth, share) in TENTHS {
        let found = percent(tenths.get(&tenth).copied().unwrap_or(0), feed.items.len());
        assert!((found - f64::from(share)).abs() < 2.5, "{tenth}/10: {found:.1} % for {share} %");
    }
    for (tier, share) in TIER_SHARES {
        let count = feed.brands.iter().filter(|named| named.row.tier == tier).count();
        let found = percent(count, feed.brands.len());
        assert!((found - f64::from(share)).abs() < 1.5, "{tier:?}: {found:.1} % for {share} %");
    }
    let sensitive = feed.items.iter().filter(|named| named.row.sensitive).count();
    assert!((3.0..15.0).contains(&percent(sensitive, feed.items.len())));
    Ok(())
}

#[test]
fn size_runs_break_as_a_sale_goes_on() {
    for (passed, share) in [(0, BROKEN_AT_OPENING), (1_000, BROKEN_AT_CLOSING)] {
        let broken = (0..4_000)
            .filter(|number| {
                let mut chance = Chance::of(1, "test", &[*number]);
                stock("women", BrandTier::Second, passed, &mut chance).iter().any(|row| row.left == 0)
            })
            .count();
        let found = percent(broken, 4_000);
        // Those that sold out altogether come on top.
        assert!((found - f64::from(share)).abs() < 5.0, "{found:.1} % for {share} % after {passed}");
    }
}

#[test]
fn brands_come_back_about_once_a_month() {
    let first = day(2026, 3, 2);
    let calendar = Calendar::new(1, 360, first, first + 200);
    let mut before: BTreeMap<usize, i64> = BTreeMap::new();
    let mut lengths: BTreeMap<i64, usize> = BTreeMap::new();
    for today in first..first + 200 {
        let openings = calendar.openings(today);
        let expected =
            if matches!(Date::from_days(today), Date { month: 11, day: 11, .. }) { 36 } else { 12 };
        assert_eq!(openings.len(), expected);
        assert_eq!(openings.iter().collect::<BTreeSet<_>>().len(), expected);
        for brand in openings {
            *lengths.entry(calendar.length(brand, today)).or_default() += 1;
            if let Some(last) = before.insert(brand, today) {
                assert!((CYCLE_DAYS - 4..=CYCLE_DAYS + 4).contains(&(today - last)), "{}", today - last);
            }
        }
    }
    let all: usize = lengths.values().sum();
    for (days, share) in [(3, 20.0), (4, 30.0), (5, 50.0)] {
        let found = percent(lengths.get(&days).copied().unwrap_or(0), all);
        assert!((found - share).abs() < 4.0, "{days} days: {found:.1} %");
    }
}

#[test]
fn the_year_has_its_peaks_and_its_festival() {
    for festival in [day(2026, 2, 17), day(2027, 2, 6)] {
        let calendar = Calendar::new(1, 360, festival - 5, festival + 9);
        for (offset, long) in [(-4, false), (-3, true), (0, true), (7, true), (8, false)] {
            let found = calendar.length(3, festival + offset) == FESTIVAL_SALE_DAYS;
            assert_eq!(found, long, "{offset} days from the festival");
        }
    }
    let peak = day(2026, 11, 11);
    let calendar = Calendar::new(1, 360, peak - 60, peak + 60);
    let counts: Vec<usize> = (peak - 1..=peak + 1).map(|day| calendar.openings(day).len()).collect();
    assert_eq!(counts, [12, 36, 12]);
    // No brand has two sales at once, not even then.
    for brand in calendar.openings(peak) {
        let near =
            (peak - 5..=peak + 5).filter(|day| *day != peak && calendar.openings(*day).contains(&brand));
        assert_eq!(near.count(), 0, "brand {brand}");
    }
}

#[test]
fn words_fit_together_and_pictures_know_them() -> Result<()> {
    let words = Words::read()?;
    let kinds: BTreeSet<&str> = words.goods.iter().map(|good| good.kind.as_str()).collect();
    assert_eq!(kinds.len(), 63, "one of each kind that pictures draw");
    let own = |category: &str| words.category(category).is_some_and(|row| row.parent.is_some());
    for good in &words.goods {
        assert!(own(&good.category), "{}", good.category);
        assert!(words.palettes.contains_key(&good.palette), "{}", good.palette);
        assert!(!good.makes.is_empty() && good.list.0 < good.list.1, "{} {}", good.category, good.kind);
    }
    for colour in words.palettes.values().flatten() {
        assert!(words.colours.contains_key(colour), "{colour}");
    }
    for (kind, (_, patterns)) in &words.weaves {
        assert!(kinds.contains(kind.as_str()), "{kind}");
        assert!(patterns.iter().all(|pattern| words.patterns.contains_key(pattern)), "{kind}");
    }
    for profile in &words.profiles {
        assert!(CATEGORY_SHARES.iter().any(|(top, _)| *top == profile.top), "{}", profile.top);
        assert_eq!(profile.goods.iter().map(|(_, share)| share).sum::<u32>(), 100, "{:?}", profile.titles);
        assert!(
            profile
                .goods
                .iter()
                .all(|(category, _)| words.goods.iter().any(|good| good.category == *category))
        );
    }
    Ok(())
}

#[test]
fn names_are_given_in_both_languages_and_seldom_twice_in_a_sale() -> Result<()> {
    let feed = feed(plan())?;
    let mut seen = BTreeSet::new();
    let mut twice = 0;
    for named in &feed.items {
        assert_eq!(named.names.len(), 2);
        assert!(
            named.names.iter().all(|name| !name.contains("  ") && name.trim() == name && !name.is_empty())
        );
        assert!(named.names.get(1).is_some_and(|name| !name.is_ascii()), "{:?}", named.names);
        twice += usize::from(!seen.insert((&named.row.sale, named.names.first())));
    }
    assert!(percent(twice, feed.items.len()) < 5.0, "{twice} of {}", feed.items.len());
    let ids: BTreeSet<&String> = feed.brands.iter().map(|named| &named.row.id).collect();
    assert_eq!(ids.len(), 360);
    Ok(())
}

#[test]
fn full_scale_has_brands_enough() -> Result<()> {
    let demo = Demo::draw(Plan { full: true, ..plan() })?;
    assert_eq!(demo.street.brands.len(), 3_000);
    assert_eq!(demo.street.calendar.openings(plan().day).len(), 100);
    let open = demo.street.openings(plan().day - 9, plan().day);
    let open = open.iter().filter(|opening| opening.day + opening.length > plan().day).count();
    assert!((400..=460).contains(&open), "{open}");
    // Of more coming brands than a question has answers nothing is asked; of the others everything.
    let coming = demo.street.openings(plan().day + 1, plan().day + 3).len();
    assert!(coming > windowshop::report::ANSWERS_MAX, "{coming}");
    let folder = tempfile::tempdir()?;
    std::fs::write(folder.path().join(questions::FILE), demo.questions()?)?;
    assert_eq!(questions::read(folder.path())?.len(), 2, "the questions, and which of them are the survey's");
    assert!(!demo.questions()?.contains("announced_brands") && demo.questions()?.contains("coupon-outcome"));
    Ok(())
}

#[test]
fn what_is_written_is_a_feed_like_any_other() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let feed = feed(plan())?;
    let packs: Vec<Vec<u8>> = [Format::Jsonl, Format::Csv]
        .into_iter()
        .map(|format| {
            crate::feeds::write(&feed, folder.path(), format)?;
            Ok(packed(&crate::feeds::read(folder.path())?)?.0)
        })
        .collect::<Result<_>>()?;
    let straight = packed(&feed)?.0;
    assert!(packs.iter().all(|pack| *pack == straight));
    let asked = Demo::draw(plan())?.questions()?;
    assert!(asked.contains("announced_brands"));
    std::fs::write(folder.path().join(questions::FILE), &asked)?;
    let sections = questions::read(folder.path())?;
    assert_eq!(sections.len(), 2, "the questions, and which of them are the survey's");
    std::fs::write(folder.path().join(questions::FILE), asked.replace("1000", "1001"))?;
    let refused = questions::read(folder.path()).err().map(|error| error.to_string()).unwrap_or_default();
    assert!(refused.contains("questions.json: the question"), "{refused}");
    Ok(())
}

/// The memories of all personas on the plan's day.
fn memories(plan: Plan) -> Result<BTreeMap<String, (Persona, ExportedMemory)>> {
    let demo = Demo::draw(plan)?;
    let play = |persona: Persona| Ok((persona.id.clone(), (persona.clone(), demo.persona(&persona)?)));
    personas::all()?.into_iter().map(play).collect()
}

#[test]
fn personas_can_be_played_on_any_day() -> Result<()> {
    for plan in
        [plan(), Plan { day: day(2027, 2, 9), ..plan() }, Plan { seed: 7, day: day(2026, 7, 1), ..plan() }]
    {
        let memories = memories(plan)?;
        assert_eq!(memories.len(), 12);
        for (id, (persona, memory)) in &memories {
            assert_eq!(persona.summary().id, *id);
            let quiet = ["first-visit", "slow-phone", "refuser"].contains(&id.as_str());
            assert_eq!(quiet, memory.events.is_empty() && memory.orders.is_empty(), "{id}");
            assert!(
                memory.events.iter().chain(&memory.orders).all(|event| event.at <= memory.exported),
                "{id}"
            );
            let ids: BTreeSet<_> = memory.events.iter().chain(&memory.orders).map(|event| event.id).collect();
            assert_eq!(ids.len(), memory.events.len() + memory.orders.len(), "{id}");
        }
    }
    Ok(())
}

#[test]
fn personas_are_who_they_say() -> Result<()> {
    let memories = memories(plan())?;
    let of = |id: &str| memories.get(id).map(|(_, memory)| memory).context("a persona");
    let bought = |memory: &ExportedMemory| {
        memory.orders.iter().filter(|order| order.kind == EventKind::Purchase).cloned().collect::<Vec<_>>()
    };
    assert_eq!(of("busy")?.reminders.len(), 3);
    assert_eq!((of("stroller")?.events.len(), bought(of("stroller")?).len()), (60, 1));
    let loyal = bought(of("loyal")?);
    let brands: BTreeSet<_> = loyal.iter().filter_map(|order| order.items.first()?.brand.clone()).collect();
    assert_eq!((loyal.len(), brands.len()), (6, 2));
    let once = bought(of("one-timer")?);
    let price = once.first().and_then(|order| order.items.first()?.price).context("a price")?;
    assert!(once.len() == 1 && (32_000..=36_000).contains(&price), "{price}");
    let small =
        of("wrong-size")?.orders.iter().filter(|order| order.reason.as_deref() == Some("too_small")).count();
    assert_eq!((small, bought(of("wrong-size")?).len()), (2, 3));
    let categories = |id: &str| -> Result<Vec<String>> {
        Ok(bought(of(id)?).iter().filter_map(|order| order.items.first()?.category.clone()).collect())
    };
    let parent = categories("parent")?;
    assert_eq!(parent.iter().filter(|category| *category == "formula").count(), 3);
    assert!(parent.contains(&"nursery".into()) && parent.contains(&"children-tops".into()), "{parent:?}");
    let latest = of("parent")?.orders.iter().rfind(|order| order.items.iter().any(|item| item.sensitive));
    let since = of("parent")?.exported.since(latest.context("formula")?.at);
    assert_eq!(since / DAY, 21);
    let last = of("for-another")?.events.last().and_then(|event| event.items.first());
    assert_eq!(last.and_then(|item| item.category.as_deref()), Some("watches"));
    // The brand that is waited for is away, and its usual interval brings it back within days of the twelfth.
    let (_, catalogue) = packed(&feed(plan())?)?;
    let brand = of("waiting")?.reminders.first().and_then(|reminder| catalogue.find_brand(&reminder.brand));
    let expected =
        catalogue.brand_expected(brand.context("a brand of the shop")?).context("it comes back")?;
    let days = expected.since(super::opening_of(plan().day)) / DAY;
    assert!((8..=16).contains(&days), "{days}");
    Ok(())
}
