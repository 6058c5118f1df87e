//! Whether what is shown by chance tells what another rule would have done: estimators on logs with propensities.
//!
//! An engine that explores records how likely it was to show what it showed. From such a log the click rate of another
//! rule is estimated by weighting each impression with how much likelier that rule shows it: the mean of weight times
//! click (inverse propensity score: Horvitz and Thompson, "A Generalization of Sampling Without Replacement", 1952), or
//! that over the mean weight (self-normalised: Swaminathan and Joachims, "The Self-Normalized Estimator for
//! Counterfactual Learning", 2015). Here the answer is known: the data has impressions of a bandit, with propensities,
//! and of a uniform rule beside it; what the estimators make of the bandit's log is held against what the uniform rule
//! got (the check of Saito et al., "Open Bandit Dataset and Pipeline", 2021).

use crate::evaluation::bootstrap::{Sum, standard_errors};
use crate::training::rows::Rows;
use anyhow::{Context, Result, ensure};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Weights are counted in millionths, so that sums do not depend on their order.
const MILLION: f64 = 1_000_000.0;
/// The least propensity that a log may hold.
const PROPENSITY_MIN: f64 = 1e-9;

/// What was found of each part of the data.
#[derive(Debug, Serialize)]
pub(crate) struct Evaluation {
    /// The folder.
    pub(crate) data: PathBuf,
    /// A row a campaign.
    pub(crate) campaigns: Vec<Campaign>,
}

/// What the estimators make of one campaign.
#[derive(Debug, Serialize)]
pub(crate) struct Campaign {
    /// Its name.
    pub(crate) name: String,
    /// Items that could be shown.
    pub(crate) items: usize,
    /// Impressions of the bandit.
    pub(crate) impressions: usize,
    /// Impressions that are worth as much as the weighted ones: (Σw)² / Σw² (Kish, "Survey Sampling", 1965).
    pub(crate) effective_impressions: f64,
    /// Mean weight, which is 1 but for chance where propensities are right.
    pub(crate) mean_weight: Told,
    /// The click rate that the uniform rule got.
    pub(crate) observed: Told,
    /// The bandit's own click rate, which is what its log shows unweighted.
    pub(crate) unweighted: Told,
    /// The uniform rule's, by inverse propensity scores of the bandit's log.
    pub(crate) inverse_propensity: Told,
    /// The same, self-normalised.
    pub(crate) self_normalised: Told,
    /// How many standard errors of their difference lie between the last and what was observed.
    pub(crate) errors_apart: f64,
}

/// A figure with its standard error, by the bootstrap over impressions.
#[derive(Debug, Clone, Copy, Serialize)]
pub(crate) struct Told {
    /// The figure.
    pub(crate) value: f64,
    /// Its standard error.
    pub(crate) error: f64,
}

impl Told {
    /// How many standard errors of their difference lie between two independent figures.
    fn distance(self, other: Self) -> f64 {
        let error = libm::hypot(self.error, other.error);
        if error > 0.0 { (self.value - other.value).abs() / error } else { 0.0 }
    }
}

/// What was shown once.
#[derive(Debug, Clone, Copy)]
struct Impression {
    propensity: f64,
    clicked: bool,
}

/// The impressions of one campaign.
#[derive(Debug, Default)]
struct Impressions {
    items: BTreeSet<String>,
    bandit: Vec<Impression>,
    uniform: Vec<Impression>,
}

/// Reads `impressions.parquet` (item_id, click, propensity_score, policy: `random` or `bts`, campaign) and
/// `items.parquet` (item_id, campaign), and estimates.
///
/// # Errors
/// Where a file cannot be read, or is off.
pub(crate) fn evaluate(folder: &Path) -> Result<Evaluation> {
    let campaigns =
        read(folder)?.into_iter().map(|(name, impressions)| campaign(name, &impressions)).collect();
    Ok(Evaluation { data: folder.into(), campaigns })
}

fn read(folder: &Path) -> Result<BTreeMap<String, Impressions>> {
    let mut campaigns: BTreeMap<String, Impressions> = BTreeMap::new();
    let mut rows = Rows::open(&folder.join("items.parquet"))?;
    let (item, campaign) = (rows.need("item_id")?, rows.need("campaign")?);
    while rows.advance()? {
        let of = campaigns.entry(rows.cell(campaign).into()).or_default();
        of.items.insert(rows.cell(item).into());
    }
    let mut rows = Rows::open(&folder.join("impressions.parquet"))?;
    let (item, click) = (rows.need("item_id")?, rows.need("click")?);
    let (propensity, policy, campaign) =
        (rows.need("propensity_score")?, rows.need("policy")?, rows.need("campaign")?);
    while rows.advance()? {
        let of = campaigns
            .get_mut(rows.cell(campaign))
            .filter(|known| known.items.contains(rows.cell(item)))
            .with_context(|| rows.wrong("item_id", "names an item of its campaign in items.parquet"))?;
        let likely = rows.cell(propensity).parse::<f64>().ok();
        let likely = likely.filter(|likely| (PROPENSITY_MIN..=1.0).contains(likely));
        let propensity = likely.ok_or_else(|| rows.wrong("propensity_score", "is above 0 and at most 1"))?;
        let clicked = match rows.cell(click) {
            "0" => false,
            "1" => true,
            _ => return Err(rows.wrong("click", "is 0 or 1").into()),
        };
        let shown = Impression { propensity, clicked };
        match rows.cell(policy) {
            "random" => of.uniform.push(shown),
            "bts" => of.bandit.push(shown),
            _ => return Err(rows.wrong("policy", "is `random` or `bts`").into()),
        }
    }
    for (name, of) in &campaigns {
        ensure!(
            !of.uniform.is_empty() && !of.bandit.is_empty(),
            "{}: campaign {name:?} lacks impressions of one of the two rules",
            folder.display()
        );
    }
    Ok(campaigns)
}

fn campaign(name: String, impressions: &Impressions) -> Campaign {
    let likely = 1.0 / impressions.items.len().max(1) as f64;
    let weights: Vec<u64> = impressions.bandit.iter().map(|shown| weight(likely, shown.propensity)).collect();
    let (sum, squares) = weights.iter().fold((0.0, 0.0), |(sum, squares), weight| {
        (sum + *weight as f64, squares + *weight as f64 * *weight as f64)
    });
    let estimated = estimate(&impressions.bandit, &weights);
    let seen = estimate(&impressions.uniform, &vec![MILLION as u64; impressions.uniform.len()]);
    let [mean_weight, unweighted, inverse_propensity, self_normalised] = estimated;
    Campaign {
        name,
        items: impressions.items.len(),
        impressions: impressions.bandit.len(),
        effective_impressions: if squares > 0.0 { sum * sum / squares } else { 0.0 },
        mean_weight,
        observed: seen[1],
        unweighted,
        inverse_propensity,
        self_normalised,
        errors_apart: self_normalised.distance(seen[1]),
    }
}

/// How much likelier the other rule shows what was shown, in millionths.
fn weight(likely: f64, propensity: f64) -> u64 {
    libm::round(likely / propensity * MILLION) as u64
}

/// Mean weight, click rate, and the two estimates of the other rule's.
fn estimate(shown: &[Impression], weights: &[u64]) -> [Told; 4] {
    let one = MILLION as u64;
    let rows: Vec<Vec<Sum>> = shown
        .iter()
        .zip(weights)
        .map(|(shown, weight)| {
            let clicked = u64::from(shown.clicked);
            vec![
                Sum { numerator: *weight, denominator: one },
                Sum { numerator: clicked, denominator: 1 },
                Sum { numerator: clicked * weight, denominator: one },
                Sum { numerator: clicked * weight, denominator: *weight },
            ]
        })
        .collect();
    let errors = standard_errors(&rows);
    std::array::from_fn(|figure| {
        let sums = rows.iter().filter_map(|row| row.get(figure));
        let (numerator, denominator) = sums.fold((0.0, 0.0), |(numerator, denominator), sum| {
            (numerator + sum.numerator as f64, denominator + sum.denominator as f64)
        });
        let value = if denominator > 0.0 { numerator / denominator } else { 0.0 };
        Told { value, error: errors.get(figure).copied().unwrap_or(0.0) }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Ten thousand impressions of two items, one shown in nine of ten cases and clicked in one of ten, the other in
    /// one of ten and clicked in half.
    fn log() -> Vec<Impression> {
        (0..10_000)
            .map(|number| {
                let often = number % 10 != 0;
                let (propensity, clicked) =
                    if often { (0.9, number % 90 < 9) } else { (0.1, number % 20 == 0) };
                Impression { propensity, clicked }
            })
            .collect()
    }

    #[test]
    fn what_another_rule_would_get_is_told_without_bias() {
        let log = log();
        let weights: Vec<u64> = log.iter().map(|shown| weight(0.5, shown.propensity)).collect();
        let rate = |often: bool| {
            let of: Vec<_> = log.iter().filter(|shown| (shown.propensity > 0.5) == often).collect();
            of.iter().filter(|shown| shown.clicked).count() as f64 / of.len() as f64
        };
        // A uniform rule shows both items equally often, so its click rate is the mean of theirs.
        let truth = f64::midpoint(rate(true), rate(false));
        let [mean, unweighted, inverse, normalised] = estimate(&log, &weights);
        assert!((mean.value - 1.0).abs() < 1e-3, "{mean:?}");
        assert!(
            (inverse.value - truth).abs() < 1e-3 && (normalised.value - truth).abs() < 1e-3,
            "{inverse:?}"
        );
        assert!(unweighted.value < truth - 0.1, "the log by itself misleads: {unweighted:?}");
        assert!(unweighted.distance(inverse) > 5.0 && inverse.distance(normalised) < 0.1);
    }

    #[test]
    fn real_impressions_are_told_of_the_rule_beside() -> Result<()> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/clicks/zozo_obd");
        if !folder.exists() {
            eprintln!("SKIPPED: {} is not there", folder.display());
            return Ok(());
        }
        let found = evaluate(&folder)?;
        let items: Vec<usize> = found.campaigns.iter().map(|campaign| campaign.items).collect();
        assert_eq!(items, [80, 34, 46], "all, men, women");
        for campaign in &found.campaigns {
            assert_eq!(campaign.impressions, 10_000);
            let Campaign { effective_impressions, observed, .. } = campaign;
            assert!((1.0..10_000.0).contains(effective_impressions), "{campaign:?}");
            assert!(observed.value > 0.0 && observed.error > 0.0);
        }
        Ok(())
    }
}
