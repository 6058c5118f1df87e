//! Who would get a campaign: its audience in words, how many shoppers it takes to measure it, and a year of the twelve
//! personas of the demo shop, played by the engine that runs in the tab.

use crate::demo::{Demo, Plan, personas};
use crate::feeds::clock::date_text;
use crate::feeds::files::read_text;
use crate::feeds::problem::Problems;
use crate::feeds::rules::{MESSAGES, PROMOTIONS, Rules};
use crate::feeds::{Feed, decimal};
use crate::fitting::experiment::{Answers, cohort};
use crate::packing::build::{Additions, compile};
use anyhow::{Context, Result};
use serde::Serialize;
use std::path::Path;
use windowshop::base::money::Money;
use windowshop::base::time::{DAY, Timestamp};
use windowshop::catalogue::AlignedBytes;
use windowshop::engine::Engine;
use windowshop::engine::input::EventInput;
use windowshop::pricing::Promotion;
use windowshop::shopper::export::ExportedMemory;
use windowshop::shopper::{Consent, Figures};
use windowshop::target::arms::assign;
use windowshop::target::budget::worth;
use windowshop::target::figures::{Bins, Figure, FigureRange, Unit};
use windowshop::target::{After, Assignment, Campaign, Campaigns, LocalId};

/// The privacy parameter that randomised outcomes would have.
const EPSILON: f64 = 1.0;
/// Days that are played.
const YEAR: i64 = 365;
/// When somebody looks in, after midnight by the shop's clocks, in minutes.
const EVENING: u16 = 21 * 60;

/// What is asked.
pub(crate) struct Check<'a> {
    /// `campaigns.json`, with `promotions.json` beside it.
    pub(crate) file: &'a Path,
    /// The demo shop whose personas are played, from its day on.
    pub(crate) plan: Plan,
    /// Shoppers a week that an audience has.
    pub(crate) shoppers_a_week: u64,
    /// The part of them that buys anyway.
    pub(crate) natural: f64,
    /// The rise that is to be seen.
    pub(crate) lift: f64,
}

/// What was found.
#[derive(Debug, Serialize)]
pub(crate) struct Checked {
    /// What the numbers of shoppers and weeks rest on, in words.
    pub(crate) assumed: String,
    /// The caps over all campaigns, in words.
    pub(crate) caps: String,
    /// A row a campaign.
    pub(crate) campaigns: Vec<Told>,
    /// The first day played.
    pub(crate) from: String,
    /// A row a persona.
    pub(crate) personas: Vec<Played>,
}

/// What is told of a campaign.
#[derive(Debug, Serialize)]
pub(crate) struct Told {
    /// Its id.
    pub(crate) id: String,
    /// Whom it is for, in words.
    pub(crate) audience: String,
    /// Percent left alone.
    pub(crate) holdout: String,
    /// Shoppers it takes to see the rise, by exact counts.
    pub(crate) cohort: u64,
    /// The same by randomised reports, all of them in the week that draws the campaign for everybody.
    pub(crate) randomised: u64,
    /// Weeks that takes.
    pub(crate) weeks: u64,
    /// Codes that are shared by all.
    pub(crate) codes: Vec<String>,
    /// What is allowed and probably not meant.
    pub(crate) notes: Vec<String>,
}

/// What a persona would see.
#[derive(Debug, Serialize)]
pub(crate) struct Played {
    /// Its id.
    pub(crate) id: String,
    /// The stage and phase on the first day, since when and why: internal, never shown to a shopper.
    pub(crate) course: String,
    /// Why nothing at all is shown, where that is so on the first day.
    pub(crate) silence: Option<String>,
    /// Day, campaign and coupon.
    pub(crate) shown: Vec<(String, String, String)>,
}

impl Played {
    /// The days in runs of one coupon, in words.
    pub(crate) fn runs(&self) -> Vec<String> {
        let runs = self.shown.chunk_by(|one, other| one.2 == other.2);
        let told = runs.filter_map(|run| {
            let ((first, campaign, coupon), (last, ..)) = (run.first()?, run.last()?);
            let days =
                if first == last { first.clone() } else { format!("{first} to {last}, {} days", run.len()) };
            Some(format!("{coupon} ({campaign}): {days}"))
        });
        told.collect()
    }
}

/// Reads the rules and plays them.
///
/// # Errors
/// Where the files cannot be read or a rule is refused; every problem is told with its path.
pub(crate) fn check(asked: &Check<'_>) -> Result<Checked> {
    let beside = |name: &str| asked.file.with_file_name(name);
    let read = |path: &Path| read_text(path).with_context(|| format!("cannot read {}", path.display()));
    let optional = |name: &str| {
        let path = beside(name);
        if path.is_file() { read(&path).map(Some) } else { Ok(None) }
    };
    let texts = [optional(PROMOTIONS)?, Some(read(asked.file)?), optional(MESSAGES)?];
    let demo = Demo::draw(asked.plan)?;
    let mut feed = demo.feed()?;
    let mut problems = Problems::default();
    feed.rules = Rules::parse(texts, &feed.shop, &mut problems);
    problems.into_result()?;
    let rules = &feed.rules;
    let day = Timestamp(asked.plan.day * DAY);
    let campaigns = rules.campaigns.all().iter().map(|campaign| tell(asked, campaign, &feed, day)).collect();
    let fatigue = rules.campaigns.fatigue();
    let quiet = fatigue.quiet.map_or(String::new(), |(from, to)| {
        format!(", none from {:02}:{:02} to {:02}:{:02}", from / 60, from % 60, to / 60, to % 60)
    });
    let caps = format!(
        "{} campaigns; at most {} offers on a day and {} in seven{quiet}; after {} days of offers without an order whoever \
         stays away is left in peace",
        rules.campaigns.all().len(),
        fatigue.per_day,
        fatigue.per_week,
        fatigue.patience
    );
    let id = treated(&rules.campaigns);
    let created = feed.shop.made.context("the demo shop has an instant")?;
    let (pack, _, _) = compile(&feed, created, Additions::default())?;
    let mut played = Vec::new();
    for persona in personas::all()? {
        let memory = demo.persona(&persona)?;
        played.push(play(&pack, persona.summary().id, &memory, id)?);
    }
    let assumed = format!(
        "To see a rise of {:.1} points beside {:.1} % who come anyway (--lift, --natural), with {} shoppers of an audience a \
         week (--shoppers-a-week); the smallest arm says how many it takes",
        asked.lift * 100.0,
        asked.natural * 100.0,
        asked.shoppers_a_week
    );
    Ok(Checked { assumed, caps, campaigns, from: date_text(asked.plan.day), personas: played })
}

/// An id that is held out of none of the campaigns, so that what they would show is seen.
pub(crate) fn treated(campaigns: &Campaigns) -> LocalId {
    let seen =
        |id: &LocalId| campaigns.all().iter().all(|campaign| assign(campaign, id) != Assignment::Holdout);
    (0..=u16::MAX)
        .map(|number| {
            let [high, low] = number.to_be_bytes();
            [high, low, high, low, high, low, high, low, high, low, high, low, high, low, high, low]
        })
        .find(seen)
        .unwrap_or_default()
}

/// A year of evenings.
fn play(pack: &[u8], id: String, memory: &ExportedMemory, local: LocalId) -> Result<Played> {
    let mut engine = Engine::open(AlignedBytes::copy_of(pack), 9)?;
    engine.set_consent(memory.consent);
    engine.import(memory.clone())?;
    engine.set_local_id(Some(local));
    let zone = engine.catalogue().zone().clone();
    let first = zone.day(memory.exported);
    let evening = |day: i64| zone.instant(first + day, EVENING);
    let silence = engine.consider_offers(evening(0)).silence.filter(|_| memory.consent != Consent::On);
    let mut shown = Vec::new();
    for day in 0..YEAR {
        let now: Timestamp = evening(day);
        let Some(offer) = engine.offer(now) else { continue };
        let seen = EventInput {
            name: "view_promotion".into(),
            promotion: Some(offer.id.clone()),
            ..EventInput::default()
        };
        engine.observe(&seen, now)?;
        shown.push((date_text(first + day), offer.campaign, offer.id));
    }
    let course = course(&engine, evening(0));
    Ok(Played { id, course, silence: silence.map(|silence| silence.code().into()), shown })
}

/// Where a shopper stands, in words.
fn course(engine: &Engine, now: Timestamp) -> String {
    let (since, phase) = engine.lifecycle(now);
    let why = if since.by_order { "by an order" } else { "by staying away" };
    let day = since.day.map_or(String::new(), |day| format!(" since {} {why}", date_text(day)));
    format!("{}{day}, {}", since.stage.name(), phase.name())
}

fn tell(asked: &Check<'_>, campaign: &Campaign, feed: &Feed, day: Timestamp) -> Told {
    let (promotions, exponent) = (&feed.rules.promotions, feed.shop.exponent);
    let held_out = f64::from(campaign.holdout) / 10_000.0;
    // Each arm is set beside those held out, so the smallest says how many it takes.
    let weights = campaign.arms.iter().map(|arm| f64::from(arm.weight));
    let smallest = weights.clone().fold(f64::INFINITY, f64::min) / weights.sum::<f64>() * (1.0 - held_out);
    let needed = |answers| cohort(asked.natural, asked.lift, held_out, smallest, answers);
    let (exact, randomised) = (needed(Answers::Raw), needed(Answers::Randomised { epsilon: EPSILON }));
    let weeks = |shoppers: u64| shoppers.div_ceil(asked.shoppers_a_week);
    let codes = campaign.coupons().filter_map(|coupon| promotions.get(&coupon.promotion)?.code.clone());
    Told {
        id: campaign.id.clone(),
        audience: audience(campaign, feed.rules.campaigns.bins(), exponent),
        holdout: format!("{}", f64::from(campaign.holdout) / 100.0),
        cohort: exact,
        randomised,
        weeks: weeks(exact),
        codes: codes.collect(),
        notes: notes(campaign, feed, day),
    }
}

/// What is allowed and probably not meant.
fn notes(campaign: &Campaign, feed: &Feed, day: Timestamp) -> Vec<String> {
    let mut notes = Vec::new();
    let bins = feed.rules.campaigns.bins();
    for range in &campaign.audience.figures {
        let name = range.figure.name();
        let empty = match range.figure {
            Figure::RecencyBin => bins.recency.is_empty(),
            Figure::FrequencyBin => bins.frequency.is_empty(),
            Figure::MonetaryBin => bins.monetary.is_empty(),
            _ => false,
        };
        if empty && range.at_least.is_some_and(|least| least > 0) {
            notes.push(format!(
                "{name} is asked for and \"bins\" has no edges for it: nobody is in its audience"
            ));
        }
        let lifetime =
            matches!(range.figure, Figure::Expected | Figure::Alive | Figure::Average | Figure::Value);
        if lifetime {
            notes.push(format!("{name} is known where the feed has a lifetime.json (windowshop fit) alone"));
        }
        if range.figure.unit() == Unit::Share && range.at_least.is_some_and(|least| least > 10_000) {
            notes.push(format!("{name} is never above 100 %: nobody is in its audience"));
        }
    }
    for coupon in campaign.coupons() {
        let id = &coupon.promotion;
        let closes = feed.rules.promotions.get(id).and_then(Promotion::closes);
        if closes.is_some_and(|closes| closes <= day) {
            notes.push(format!("{id} is over: it is never put forward"));
        }
        let price = feed.rules.campaigns.budget_price();
        if coupon.model.is_none() && worth(coupon, price, &Figures::default()) <= 0 {
            notes.push(format!(
                "{id} is never put forward: its value is not above its cost times budget_price"
            ));
        }
    }
    for category in campaign.trigger.iter().flat_map(|trigger| &trigger.categories) {
        if !feed.categories.iter().any(|known| known.row.id == *category) {
            notes.push(format!(
                "the trigger asks for the category {category}, which the demo shop does not have"
            ));
        }
    }
    if campaign.surfacings > campaign.surfacings_in_all {
        notes.push("surfacings is above surfacings_in_all, which counts".into());
    }
    let fatigue = feed.rules.campaigns.fatigue();
    if fatigue.per_day == 0 || fatigue.per_week == 0 {
        notes.push("per_day or per_week is 0: nothing is put forward at all".into());
    }
    notes
}

/// The bounds of a figure in words; of a bin, the edges that the shop gave it.
fn bounds(range: &FigureRange, bins: &Bins, exponent: u8) -> String {
    let value = |value: i64| match range.figure.unit() {
        Unit::Money => decimal(value, exponent),
        Unit::Share => format!("{} %", value as f64 / 100.0),
        Unit::Count => value.to_string(),
    };
    let edge = |bin: i64| -> Option<String> {
        let at = usize::try_from(bin).ok()?;
        match range.figure {
            Figure::RecencyBin => bins.recency.get(at).map(u32::to_string),
            Figure::FrequencyBin => bins.frequency.get(at).map(u32::to_string),
            Figure::MonetaryBin => bins.monetary.get(at).map(|edge| decimal(*edge, exponent)),
            _ => None,
        }
    };
    // A bin is how many edges are reached.
    let from = range.at_least.map(|least| {
        let edge = edge(least - 1).map_or(String::new(), |edge| format!(" (from {edge})"));
        format!("at least {}{edge}", value(least))
    });
    let to = range.at_most.map(|most| {
        let edge = edge(most).map_or(String::new(), |edge| format!(" (below {edge})"));
        format!("at most {}{edge}", value(most))
    });
    let both: Vec<String> = [from, to].into_iter().flatten().collect();
    format!("{} {}", range.figure.name(), both.join(" and "))
}

/// Whom a campaign is for, in words that a reviewer reads.
fn audience(campaign: &Campaign, bins: &Bins, exponent: u8) -> String {
    let mut parts = Vec::new();
    let list = |names: Vec<&str>| names.join(" or ");
    if !campaign.audience.stages.is_empty() {
        parts.push(list(campaign.audience.stages.iter().map(|stage| stage.name()).collect()));
    }
    if !campaign.audience.phases.is_empty() {
        parts.push(list(campaign.audience.phases.iter().map(|phase| phase.name()).collect()));
    }
    for range in &campaign.audience.figures {
        parts.push(bounds(range, bins, exponent));
    }
    if parts.is_empty() {
        parts.push("everybody".into());
    }
    let mut text = parts.join(", ");
    if let Some(trigger) = &campaign.trigger {
        let day = trigger.on.map_or(String::new(), |(month, day)| format!(" of {month:02}-{day:02}"));
        let what = match trigger.after {
            After::Order if trigger.first => format!("their first order{day}"),
            After::Order => format!("an order{day}"),
            After::Settled => "a complaint was settled".into(),
            After::Birthday => "the birthday they gave".into(),
            After::Day => day.trim_start_matches(" of ").into(),
        };
        let least = if trigger.at_least > Money::ZERO {
            format!(" of at least {}", decimal(trigger.at_least.minor(), exponent))
        } else {
            String::new()
        };
        let held = if trigger.categories.is_empty() {
            String::new()
        } else {
            format!(" with something of {}", trigger.categories.join(" or "))
        };
        let days: Vec<String> = campaign.waves.iter().map(u16::to_string).collect();
        let on = if days.len() == 1 { "day" } else { "days" };
        text = format!("{text}; on {on} {} after {what}{least}{held}", days.join(", "));
        if campaign.stops_at_purchase {
            text.push_str(", until they buy again");
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::feeds::clock::date_days;
    use std::fmt::Write as _;
    use std::path::PathBuf;
    use windowshop::base::time::Date;

    #[test]
    fn a_year_of_each_persona_is_as_expected_and_within_every_cap() -> Result<()> {
        let file =
            PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src/bin/windowshop/demo/data/campaigns.json");
        let day = Date { year: 2026, month: 11, day: 28 }.to_days();
        let plan = Plan { seed: 1, day, full: false };
        let asked = Check { file: &file, plan, shoppers_a_week: 2_000, natural: 0.1, lift: 0.03 };
        let checked = check(&asked)?;
        let mut golden = checked.caps.clone();
        for told in &checked.campaigns {
            let _ = write!(golden, "\n{}: {}", told.id, told.audience);
        }
        for persona in &checked.personas {
            let why = persona.silence.as_ref().map_or(String::new(), |silence| format!(" ({silence})"));
            let _ =
                write!(golden, "\n\n{}, {}: {} days{why}", persona.id, persona.course, persona.shown.len());
            for run in persona.runs() {
                let _ = write!(golden, "\n  {run}");
            }
            let days: Vec<&str> = persona.shown.iter().map(|(day, ..)| day.as_str()).collect();
            assert!(days.is_sorted_by(|one, other| one < other), "{}: at most one a day", persona.id);
            let number = |day: &&str| date_days(day).map(i64::from).context("a date");
            let numbers = days.iter().map(number).collect::<Result<Vec<i64>>>()?;
            for day in &numbers {
                let week = numbers.iter().filter(|other| (day - 6..=*day).contains(other)).count();
                assert!(week <= 3, "{}: at most three in seven days", persona.id);
            }
        }
        insta::assert_snapshot!(golden);
        Ok(())
    }
}
