//! Reports of shoppers that are made up, disguised as a tab disguises them: what `make demo` has in its endpoint before
//! anybody comes. Who they are, whether they ordered and what they answered is drawn; the coin, the cell, the item and the
//! disguise are the engine's own.

use super::outcomes::likely;
use crate::endpoint::{self, CountedReport, Place, Questionnaire};
use anyhow::{Context, Result};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{RngCore, SeedableRng};
use serde::Serialize;
use std::collections::BTreeMap;
use windowshop::base::time::Week;
use windowshop::catalogue::AlignedBytes;
use windowshop::engine::{CAMPAIGN_OUTCOME, Engine};
use windowshop::report::domains::NONE;
use windowshop::report::{Asked, Report};
use windowshop::target::arms::{assign, local_id};

/// Reports that are counted in one transaction.
const AT_ONCE: usize = 2_000;
/// How many weeks back a week is looked for in which a question had its turn.
const WEEKS: usize = 520;
/// In how many weeks the survey was answered: one week says too little of thirteen items.
const SURVEYS: usize = 3;
/// Of ten thousand: how many skip the question of the survey or do not see it.
const SILENT: u64 = 4_000;

/// What was counted.
#[derive(Serialize)]
pub(crate) struct Counted {
    /// What it was about: a campaign's id, or the survey.
    pub(crate) about: String,
    /// The week.
    pub(crate) week: String,
    /// Its reports.
    pub(crate) reports: usize,
}

/// Counts a report of each of so many made-up shoppers, for the latest week up to `now` in which campaigns were asked about,
/// and for the latest closed ones in which the survey was; counted again, they change nothing. Empty where the pack asks for
/// neither.
///
/// # Errors
/// Where the pack or the database cannot be opened.
pub(crate) async fn count(pack: &[u8], place: &Place, shoppers: u32, now: Week) -> Result<Vec<Counted>> {
    let engine = Engine::open(AlignedBytes::copy_of(pack), 1)?;
    let questionnaire = Questionnaire::of(engine.catalogue())?;
    if let Place::Folder(data) = place {
        std::fs::create_dir_all(data).with_context(|| format!("cannot make {}", data.display()))?;
    }
    let store = endpoint::open_store(place).await?;
    store.keep_editions(&questionnaire.editions()).await?;
    let items: Vec<String> = questionnaire.survey().iter().map(|(item, _)| item.question.clone()).collect();
    let said: BTreeMap<String, Vec<u64>> =
        serde_json::from_str(include_str!("data/survey_answers.json")).context("survey_answers.json")?;
    let mut counted = Vec::new();

    let campaigns = |_, asked: &Asked| asked.question().answer == CAMPAIGN_OUTCOME;
    if let Some((week, asked)) = latest(&engine, now, campaigns).next()
        && let Some(campaign) = engine.campaign_of(week)
    {
        let truth = |_: &Asked, secret: &[u8; 32], chance: &mut ChaCha8Rng| {
            let ordered =
                of_ten_thousand(chance) < u64::from(likely(campaign, assign(campaign, &local_id(secret))));
            String::from(if ordered { "yes" } else { "no" })
        };
        let reports = reports(&engine, (week, &asked), shoppers, truth)?;
        take(store.as_ref(), &reports).await?;
        counted.push(Counted { about: campaign.id.clone(), week: week.to_text(), reports: reports.len() });
    }
    let of_survey =
        |week: Week, asked: &Asked| endpoint::is_closed(week) && items.contains(&asked.question().id);
    for (week, asked) in latest(&engine, now, of_survey).take(SURVEYS) {
        let truth = |asked: &Asked, _: &[u8; 32], chance: &mut ChaCha8Rng| answer(asked, &said, chance);
        let reports = reports(&engine, (week, &asked), shoppers, truth)?;
        take(store.as_ref(), &reports).await?;
        counted.push(Counted { about: "the survey".into(), week: week.to_text(), reports: reports.len() });
    }
    store.close().await?;
    Ok(counted)
}

/// The weeks in which a question that holds had its turn, the latest first.
fn latest(
    engine: &Engine,
    now: Week,
    holds: impl Fn(Week, &Asked) -> bool,
) -> impl Iterator<Item = (Week, Asked)> {
    let weeks = std::iter::successors(Some(now), |week| Some(week.before())).take(WEEKS);
    weeks.filter_map(move |week| {
        let asked = engine.asked_in(week).ok()??;
        holds(week, &asked).then_some((week, asked))
    })
}

/// A report of each shopper, whose answer is drawn.
fn reports(
    engine: &Engine,
    (week, asked): (Week, &Asked),
    shoppers: u32,
    truth: impl Fn(&Asked, &[u8; 32], &mut ChaCha8Rng) -> String,
) -> Result<Vec<CountedReport>> {
    let mut all = Vec::new();
    for number in 0..shoppers {
        let mut chance = ChaCha8Rng::seed_from_u64(u64::from(number));
        let mut secret = [0_u8; 32];
        chance.fill_bytes(&mut secret);
        // Who they are stays; what they do is another in each week.
        chance.set_stream(week.number().unsigned_abs());
        let Some(asked) = engine.in_cell(asked, week, &secret)? else { continue };
        let report: Report = asked.report(week, &truth(&asked, &secret, &mut chance), &secret)?;
        all.push(CountedReport::of(&asked, &report)?);
    }
    Ok(all)
}

async fn take(store: &dyn endpoint::Store, reports: &[CountedReport]) -> Result<()> {
    for some in reports.chunks(AT_ONCE) {
        store.take(some).await?;
    }
    Ok(())
}

/// What somebody says to an item: by its weights where they are known, each answer alike where not, and often nothing. The
/// weights follow what shops of this kind published: prices and quality please nearly all, most are content on the whole,
/// and what goes wrong is put right to the satisfaction of few.
fn answer(asked: &Asked, said: &BTreeMap<String, Vec<u64>>, chance: &mut ChaCha8Rng) -> String {
    if of_ten_thousand(chance) < SILENT {
        return NONE.into();
    }
    let labels = asked.domain().answers();
    let labels = labels.split_last().map_or(labels, |(_, labels)| labels);
    let alike = vec![1; labels.len()];
    let weights = said.get(&asked.question().id).filter(|weights| weights.len() == labels.len());
    let weights = weights.unwrap_or(&alike);
    let mut left = (u64::from(chance.next_u32()) * weights.iter().sum::<u64>()) >> 32;
    for (label, weight) in labels.iter().zip(weights) {
        if left < *weight {
            return label.clone();
        }
        left -= weight;
    }
    NONE.into()
}

fn of_ten_thousand(chance: &mut ChaCha8Rng) -> u64 {
    (u64::from(chance.next_u32()) * 10_000) >> 32
}
