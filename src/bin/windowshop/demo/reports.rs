//! Reports of shoppers that are made up, disguised as a tab disguises them: what `make demo` has in its endpoint before
//! anybody comes. Who they are and whether they ordered is drawn; the coin, the cell and the disguise are the engine's own.

use super::outcomes::likely;
use crate::endpoint::{self, CountedReport, Place, Questionnaire};
use anyhow::{Context, Result};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{RngCore, SeedableRng};
use windowshop::base::time::Week;
use windowshop::catalogue::AlignedBytes;
use windowshop::engine::{CAMPAIGN_OUTCOME, Engine};
use windowshop::report::Report;
use windowshop::target::arms::{assign, local_id};

/// Reports that are counted in one transaction.
const AT_ONCE: usize = 2_000;
/// How many weeks back a week is looked for in which the question had its turn.
const WEEKS: i64 = 520;

/// What was counted.
pub(crate) struct Counted {
    /// The campaign that the week drew.
    pub(crate) campaign: String,
    /// The week.
    pub(crate) week: String,
    /// Its reports.
    pub(crate) reports: usize,
}

/// Counts a report of each of so many made-up shoppers, for the latest week up to `now` in which campaigns were asked about;
/// counted again, they change nothing. `None` where the pack asks for no outcome.
///
/// # Errors
/// Where the pack or the database cannot be opened.
pub(crate) async fn count(pack: &[u8], place: &Place, shoppers: u32, now: Week) -> Result<Option<Counted>> {
    let engine = Engine::open(AlignedBytes::copy_of(pack), 1)?;
    let mut weeks = std::iter::successors(Some(now), |week| Some(week.before())).take(WEEKS as usize);
    let found = weeks.find_map(|week| {
        let asked = engine.asked_in(week).ok()??;
        (asked.question().answer == CAMPAIGN_OUTCOME).then_some((week, asked))
    });
    let Some((week, asked)) = found else { return Ok(None) };
    let Some(campaign) = engine.campaign_of(week) else { return Ok(None) };
    let questionnaire = Questionnaire::of(engine.catalogue())?;
    if let Place::Folder(data) = place {
        std::fs::create_dir_all(data).with_context(|| format!("cannot make {}", data.display()))?;
    }
    let store = endpoint::open_store(place).await?;
    store.keep_editions(&questionnaire.editions()).await?;
    let mut waiting = Vec::with_capacity(AT_ONCE);
    for number in 0..shoppers {
        let mut chance = ChaCha8Rng::seed_from_u64(u64::from(number));
        let mut secret = [0_u8; 32];
        chance.fill_bytes(&mut secret);
        let Some(asked) = engine.in_cell(&asked, week, &secret)? else { continue };
        let drawn = (u64::from(chance.next_u32()) * 10_000) >> 32;
        let ordered = drawn < u64::from(likely(campaign, assign(campaign, &local_id(&secret))));
        let truth = if ordered { "yes" } else { "no" };
        let report: Report = asked.report(week, truth, &secret)?;
        waiting.push(CountedReport::of(&asked, &report)?);
        if waiting.len() == AT_ONCE || number + 1 == shoppers {
            store.take(&waiting).await?;
            waiting.clear();
        }
    }
    store.close().await?;
    Ok(Some(Counted { campaign: campaign.id.clone(), week: week.to_text(), reports: shoppers as usize }))
}
