//! Brands: which of them a shopper looks at on a day, from what was looked at on the days before.
//!
//! The data is `events.parquet` (user_id, brand_id, event: `click`, `fav`, `cart` or `buy`, date) and
//! `test_user_days.json.gz`, a list of `[user, day, [brand, …]]` with days counted from 2014-04-15. Each day has its
//! own pack: every brand of the log, with everybody's views of the days before, faded, as its priors. A shopper's
//! events before the day are loaded, and the engine is asked for twenty brands. A target is a brand that was looked at
//! that day; it is new where the shopper never looked at it before. Settings are chosen on the last two weeks before
//! the test days, by the hits among all brands, new or not; of equals by those among new ones.

mod data;

use super::bootstrap::{Sum, standard_errors};
use anyhow::Result;
use data::{Data, Visit};
use indicatif::ProgressBar;
use rayon::prelude::*;
use serde::Serialize;
use std::ops::Range;
use std::path::{Path, PathBuf};
use windowshop::catalogue::AlignedBytes;
use windowshop::engine::Engine;
use windowshop::recommend::brands::{BrandBlend, BrandRequest};
use windowshop::shopper::Consent;

/// The test days: 2014-07-16 to 2014-08-15, counted from 2014-04-15.
const TEST_DAYS: Range<i64> = 92..123;
/// The days on which settings are chosen.
const VALIDATION_DAYS: Range<i64> = 78..92;
/// Of the visits on those days every so manieth is asked about.
const CHOSEN_STEP: usize = 2;
/// Brands of a list.
const LIST: u16 = 20;

/// What is chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(crate) struct BrandSettings {
    /// How own looks and everybody's share are blended.
    pub(crate) blend: BrandBlend,
    /// Days after which everybody's views count half in the pack.
    pub(crate) trend_days: u16,
    /// Places of twenty kept for new brands.
    pub(crate) new: u16,
}

/// What an evaluation found.
#[derive(Debug, Serialize)]
pub(crate) struct Evaluation {
    /// The folder.
    pub(crate) data: PathBuf,
    /// What was chosen.
    pub(crate) settings: BrandSettings,
    /// How that did where it was chosen.
    pub(crate) validation: Figures,
    /// How own looks alone did there.
    pub(crate) validation_own: Figures,
    /// How the chosen settings did on the test days.
    pub(crate) windowshop: Figures,
}

/// Shares of the brands looked at that were among the twenty, with standard errors by the bootstrap over shoppers.
#[derive(Debug, Clone, Copy, Serialize)]
pub(crate) struct Figures {
    /// Shopper's days asked about.
    pub(crate) queries: usize,
    /// Shoppers.
    pub(crate) shoppers: usize,
    /// Brands looked at on those days.
    pub(crate) targets: u64,
    /// HR@20 over all of them.
    pub(crate) hit_rate: f64,
    /// Its standard error.
    pub(crate) hit_rate_error: f64,
    /// Those that were new to the shopper.
    pub(crate) new_targets: u64,
    /// HR@20 over them.
    pub(crate) new_hit_rate: f64,
    /// Its standard error.
    pub(crate) new_hit_rate_error: f64,
}

/// Steps of the progress bar that [`evaluate`] takes.
pub(crate) fn steps() -> u64 {
    2 + candidates().len() as u64
}

/// Chooses settings before the test days and ranks for those.
///
/// # Errors
/// Where a file cannot be read, or is off.
pub(crate) fn evaluate(folder: &Path, progress: &ProgressBar) -> Result<Evaluation> {
    let data = Data::read(&folder.join("events.parquet"))?;
    let chosen_on: Vec<Visit> = data.visits(VALIDATION_DAYS).into_iter().step_by(CHOSEN_STEP).collect();
    let test = data::test_visits(&folder.join("test_user_days.json.gz"))?;
    let own_alone = BrandSettings { blend: BrandBlend { ordinary: 0, ..START.blend }, ..START };
    let own = figures(&data, &chosen_on, own_alone)?;
    progress.inc(1);
    let mut best: Option<(BrandSettings, Figures)> = None;
    for settings in candidates() {
        let found = figures(&data, &chosen_on, settings)?;
        let merit = |found: Figures| (found.hit_rate, found.new_hit_rate);
        if best.is_none_or(|(_, best)| merit(found) > merit(best)) {
            best = Some((settings, found));
        }
        progress.inc(1);
    }
    let (settings, validation) = best.unwrap_or((own_alone, own));
    let windowshop = figures(&data, &test, settings)?;
    progress.inc(1);
    Ok(Evaluation { data: folder.into(), settings, validation, validation_own: own, windowshop })
}

/// The engine's own, and a month of everybody's views.
const START: BrandSettings = BrandSettings {
    blend: BrandBlend { half_life_days: 30, recent_days: 3, recent: 2_000, ordinary: 200_000 },
    trend_days: 30,
    new: 0,
};

/// What is tried.
fn candidates() -> Vec<BrandSettings> {
    let mut all = Vec::new();
    for trend_days in [30, 7] {
        for (half_life_days, recent) in [(30, 2_000), (30, 0), (14, 2_000)] {
            for ordinary in [100_000, 200_000, 400_000, 800_000] {
                let blend = BrandBlend { half_life_days, recent, ordinary, ..START.blend };
                all.push(BrandSettings { blend, trend_days, new: 0 });
            }
        }
    }
    for new in [1, 2, 3] {
        all.push(BrandSettings { new, ..START });
    }
    all
}

/// Ranks for each shopper's day, through the engine, and counts.
fn figures(data: &Data, days: &[Visit], settings: BrandSettings) -> Result<Figures> {
    let request = BrandRequest { limit: LIST, new: settings.new, without_reminders: false };
    let mut by_day: Vec<&Visit> = days.iter().collect();
    by_day.sort_by_key(|asked| (asked.day, asked.shopper));
    let spans: Vec<&[&Visit]> = by_day.chunk_by(|one, other| one.day == other.day).collect();
    // (shopper, all, new)
    let of_span = |span: &&[&Visit]| -> Result<Vec<(u64, Sum, Sum)>> {
        let Some(first) = span.first() else { return Ok(Vec::new()) };
        let pack = data.pack(first.day, settings)?;
        let mut engine = Engine::open(AlignedBytes::copy_of(&pack), 0)?;
        engine.set_consent(Consent::Session);
        let mut rows = Vec::with_capacity(span.len());
        for asked in *span {
            let now = data::start_of(asked.day);
            engine.erase();
            engine.load(data.events_before(asked));
            engine.trim(now);
            let list = engine.ranked_brands(&request, now)?;
            let (mut all, mut new) = (Sum::default(), Sum::default());
            for target in &asked.brands {
                let hit = u64::from(list.iter().any(|ranked| ranked.brand == *target));
                let is_new = !data.has_looked(asked, target);
                all = Sum { numerator: all.numerator + hit, denominator: all.denominator + 1 };
                if is_new {
                    new = Sum { numerator: new.numerator + hit, denominator: new.denominator + 1 };
                }
            }
            rows.push((asked.shopper, all, new));
        }
        Ok(rows)
    };
    let rows: Result<Vec<_>> = spans.par_iter().map(of_span).collect();
    let mut rows: Vec<(u64, Sum, Sum)> = rows?.into_iter().flatten().collect();
    rows.sort_by_key(|(shopper, ..)| *shopper);
    let groups: Vec<Vec<Sum>> = rows
        .chunk_by(|one, other| one.0 == other.0)
        .map(|rows| vec![total(rows.iter().map(|row| row.1)), total(rows.iter().map(|row| row.2))])
        .collect();
    let errors = standard_errors(&groups);
    let (all, new) = (total(rows.iter().map(|row| row.1)), total(rows.iter().map(|row| row.2)));
    let share = |sum: Sum| sum.numerator as f64 / sum.denominator.max(1) as f64;
    Ok(Figures {
        queries: rows.len(),
        shoppers: groups.len(),
        targets: all.denominator,
        hit_rate: share(all),
        hit_rate_error: errors.first().copied().unwrap_or(0.0),
        new_targets: new.denominator,
        new_hit_rate: share(new),
        new_hit_rate_error: errors.get(1).copied().unwrap_or(0.0),
    })
}

fn total(sums: impl Iterator<Item = Sum>) -> Sum {
    sums.fold(Sum::default(), |one, other| Sum {
        numerator: one.numerator + other.numerator,
        denominator: one.denominator + other.denominator,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_knows_only_the_days_before_and_everybodys_share_finds_new_brands() -> Result<()> {
        let file =
            Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/clicks/tmall_brands/events.parquet");
        if !file.exists() {
            eprintln!("SKIPPED: {} is not there", file.display());
            return Ok(());
        }
        let data = Data::read(&file)?;
        let days: Vec<Visit> = data.visits(VALIDATION_DAYS).into_iter().step_by(15).collect();
        assert!(days.len() > 100);
        for asked in &days {
            let now = data::start_of(asked.day);
            assert!(data.events_before(asked).iter().all(|event| event.at < now));
            assert!(VALIDATION_DAYS.contains(&asked.day) && !data.events_before(asked).is_empty());
        }
        let alone = BrandSettings { blend: BrandBlend { ordinary: 0, ..START.blend }, ..START };
        let kept = BrandSettings { new: 5, ..START };
        let [alone, blended, kept] = [alone, START, kept].map(|settings| figures(&data, &days, settings));
        let (alone, blended, kept) = (alone?, blended?, kept?);
        assert_eq!(alone.targets, days.iter().map(|asked| asked.brands.len() as u64).sum::<u64>());
        assert!(alone.new_targets < alone.targets && alone.new_targets > 0);
        assert!(blended.new_hit_rate > alone.new_hit_rate, "{blended:?} {alone:?}");
        assert!(kept.new_hit_rate >= blended.new_hit_rate && kept.hit_rate <= blended.hit_rate);
        assert!(alone.hit_rate > 0.1 && alone.hit_rate_error > 0.0);
        Ok(())
    }
}
