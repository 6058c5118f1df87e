//! Golden lists: what each persona sees in each place of the demo shop, and what must be so for them.

use super::personas::{self, Persona};
use super::{Demo, Plan};
use crate::packing::build::{Additions, compile};
use crate::wording::Wording;
use anyhow::{Context, Result};
use std::collections::BTreeMap;
use std::fmt::Write;
use windowshop::base::ids::ItemIndex;
use windowshop::base::time::{DAY, Date, Timestamp};
use windowshop::catalogue::AlignedBytes;
use windowshop::engine::Engine;
use windowshop::engine::views::RankingView;
use windowshop::recommend::{Decision, Request};
use windowshop::shopper::export::ExportedMemory;

/// The demo shop on one day, and every persona's memory of it.
struct Street {
    pack: Vec<u8>,
    names: Vec<String>,
    memories: BTreeMap<String, (Persona, ExportedMemory)>,
}

impl Street {
    fn open() -> Result<Self> {
        let plan = Plan { seed: 1, day: Date { year: 2026, month: 11, day: 23 }.to_days(), full: false };
        let demo = Demo::draw(plan)?;
        let feed = demo.feed()?;
        let created = feed.shop.made.context("made")?;
        let (pack, _, texts) = compile(&feed, created, Additions::default())?;
        let english = texts.into_iter().find(|texts| texts.language == "en").context("English")?;
        let play = |persona: Persona| Ok((persona.id.clone(), (persona.clone(), demo.persona(&persona)?)));
        let memories = personas::all()?.into_iter().map(play).collect::<Result<_>>()?;
        Ok(Self { pack, names: english.items, memories })
    }

    /// The tab of a persona, and when they look.
    fn visit(&self, id: &str) -> Result<(Engine, Timestamp)> {
        let (_, memory) = self.memories.get(id).context("a persona")?;
        let mut engine = Engine::open(AlignedBytes::copy_of(&self.pack), 9)?;
        engine.set_consent(memory.consent);
        engine.import(memory.clone())?;
        Ok((engine, memory.exported))
    }

    fn list(&self, id: &str, request: &Request) -> Result<(Engine, Decision)> {
        let (engine, now) = self.visit(id)?;
        let (_, decision) = engine.decide(request, now)?;
        Ok((engine, decision))
    }
}

/// The categories of a list, by stable id.
fn categories(engine: &Engine, decision: &Decision) -> Vec<String> {
    let catalogue = engine.catalogue();
    let of = |item: ItemIndex| catalogue.category_id(catalogue.item_category(item)).to_owned();
    decision.entries.iter().map(|entry| of(entry.item)).collect()
}

fn told(street: &Street, engine: &Engine, wording: &Wording, ranking: &RankingView) -> String {
    let mut text = String::new();
    for item in &ranking.items {
        let name = street.names.get(item.row as usize).map_or("", String::as_str);
        let why = item.reasons.first().map_or_else(String::new, |reason| wording.sentence(reason, engine));
        let _ = writeln!(text, "    {name} [{}] {why}", item.id);
    }
    text
}

#[test]
fn what_each_persona_sees_in_each_place() -> Result<()> {
    let street = Street::open()?;
    let wording = Wording::of(Some("en"), None)?;
    let mut golden = String::new();
    for (id, (persona, memory)) in &street.memories {
        let (engine, now) = street.visit(id)?;
        let _ = writeln!(golden, "{id}: {}", persona.summary().must);
        let last = memory.events.last().and_then(|event| event.items.first()).map(|item| item.id.clone());
        for surface in [
            "home",
            "new_today",
            "preview",
            "opening_soon",
            "closing_soon",
            "again",
            "deals",
            "similar",
            "cart",
        ] {
            let about = last.clone().filter(|item| engine.catalogue().find_item(item).is_some());
            if ["similar", "cart"].contains(&surface) && about.is_none() {
                continue;
            }
            let request = Request {
                item: about.clone(),
                items: about.into_iter().collect(),
                brief: surface == "new_today",
                ..Request::of(surface, 4)
            };
            let ranking = engine.recommend(&request, now)?;
            let _ = writeln!(golden, "  {surface}, {} in all", ranking.total);
            golden.push_str(&told(&street, &engine, &wording, &ranking));
        }
    }
    insta::assert_snapshot!(golden);
    Ok(())
}

#[test]
fn another_intent_leads_while_it_lasts_and_the_profile_comes_back() -> Result<()> {
    let street = Street::open()?;
    let (engine, decision) = street.list("for-another", &Request::of("home", 8))?;
    let kinds = categories(&engine, &decision);
    assert_eq!(kinds.first().map(String::as_str), Some("watches"), "{kinds:?}");
    assert!(kinds.iter().filter(|kind| *kind == "watches").count() >= 3, "{kinds:?}");
    let (engine, now) = street.visit("for-another")?;
    let (_, later) = engine.decide(&Request::of("home", 8), now.plus(DAY / 4))?;
    let kinds = categories(&engine, &later);
    let shoes = kinds.iter().filter(|kind| *kind == "ankle-boots" || *kind == "flats").count();
    assert!(shoes >= 3, "the usual leads again: {kinds:?}");
    Ok(())
}

#[test]
fn formula_comes_back_a_cot_does_not_and_neither_is_named() -> Result<()> {
    let street = Street::open()?;
    let (engine, decision) = street.list("parent", &Request::of("again", 24))?;
    let kinds = categories(&engine, &decision);
    assert!(kinds.iter().all(|kind| kind == "formula"), "{kinds:?}");
    for surface in ["home", "again", "new_today", "deals"] {
        let (engine, decision) = street.list("parent", &Request::of(surface, 60))?;
        for reason in decision.entries.iter().flat_map(|entry| &entry.reasons) {
            let about = format!("{:?} {:?}", reason.category, reason.item);
            assert!(!about.contains("formula") && !about.contains("nursery"), "{about}");
        }
        assert!(surface == "again" || !categories(&engine, &decision).contains(&"nursery".into()));
    }
    Ok(())
}

#[test]
fn who_refuses_and_who_is_new_see_the_shops_order() -> Result<()> {
    let street = Street::open()?;
    let request = Request::of("home", 60);
    let lists = ["refuser", "first-visit", "slow-phone"]
        .map(|id| street.list(id, &request).map(|(_, decision)| decision));
    for decision in lists {
        let decision = decision?;
        assert!(!decision.personal && decision.entries.iter().all(|entry| entry.reasons.is_empty()));
        assert_eq!(decision.entries.len(), 60);
    }
    Ok(())
}

#[test]
fn a_brand_that_is_away_has_others_like_it() -> Result<()> {
    let street = Street::open()?;
    let (engine, now) = street.visit("waiting")?;
    let brand = street.memories.get("waiting").and_then(|(_, memory)| memory.reminders.first());
    let brand = brand.context("a reminder")?.brand.clone();
    let request = Request { brand: Some(brand), ..Request::of("similar", 8) };
    let (_, decision) = engine.decide(&request, now)?;
    assert_eq!(decision.entries.len(), 8);
    let brands: std::collections::BTreeSet<_> =
        decision.entries.iter().map(|entry| engine.catalogue().item_brand(entry.item)).collect();
    assert_eq!(brands.len(), 8, "eight brands, each once");
    Ok(())
}

#[test]
fn a_stroll_of_five_pages_repeats_nothing_and_ends() -> Result<()> {
    let street = Street::open()?;
    let (engine, now) = street.visit("stroller")?;
    let mut seen = std::collections::BTreeSet::new();
    for page in 0..6 {
        let request = Request { offset: page * 24, ..Request::of("home", 24) };
        let (_, decision) = engine.decide(&request, now)?;
        assert_eq!(decision.entries.len(), if page < 5 { 24 } else { 0 }, "120 and an end");
        for entry in &decision.entries {
            assert!(seen.insert(entry.item), "nothing twice");
        }
        let brands: std::collections::BTreeSet<_> =
            decision.entries.iter().map(|entry| engine.catalogue().item_brand(entry.item)).collect();
        assert!(page == 5 || brands.len() >= 6, "mixed: {} brands on page {page}", brands.len());
    }
    Ok(())
}
