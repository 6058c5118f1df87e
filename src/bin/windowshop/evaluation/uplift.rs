//! Whom a campaign should be shown to, on a randomised test: Hillstrom's e-mails, none, for men's or for women's goods.
//!
//! Ten random halves of the given rows: fitted on one, held against the other. For each campaign the way of ranking with
//! the best Qini on the half kept aside is taken, and it is said where plain response is that. What a budget buys is told
//! by the visits of those who by chance were sent what the policy would have sent them (self-normalised inverse
//! propensity: every arm was as likely).

use crate::fitting::experiment::{Answers, Count};
use crate::fitting::uplift::{Learner, Outcome, Ranking, Trial, qini, uplift_at};
use crate::training::rows::Rows;
use anyhow::{Context, Result, ensure};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{RngCore, SeedableRng};
use rayon::prelude::*;
use serde::Serialize;
use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Random halves.
const SPLITS: u64 = 10;
/// The campaigns: what is sent, by its name in the data.
const CAMPAIGNS: [(&str, &str); 2] = [("mens", "Mens E-Mail"), ("womens", "Womens E-Mail")];
const NOTHING: &str = "No E-Mail";
/// Parts of all shoppers that a budget reaches.
const BUDGETS: [f64; 3] = [0.1, 0.3, 0.5];

/// What was found.
#[derive(Debug, Serialize)]
pub(crate) struct Evaluation {
    /// The file.
    pub(crate) data: PathBuf,
    /// Rows in it.
    pub(crate) rows: usize,
    /// A row a campaign.
    pub(crate) campaigns: Vec<Campaign>,
    /// A row a budget.
    pub(crate) policies: Vec<Policy>,
}

/// What was found of one campaign.
#[derive(Debug, Serialize)]
pub(crate) struct Campaign {
    /// Its name.
    pub(crate) name: &'static str,
    /// Those who answered among those it was sent to, and among those held out.
    pub(crate) response: f64,
    /// The natural rate.
    pub(crate) natural: f64,
    /// Each way of ranking.
    pub(crate) learners: Vec<Told>,
    /// The one with the best Qini on the halves kept aside.
    pub(crate) winner: Learner,
}

/// What one way of ranking is worth.
#[derive(Debug, Clone, Copy, Serialize)]
pub(crate) struct Told {
    /// Which.
    pub(crate) learner: Learner,
    /// Mean Qini over the halves kept aside.
    pub(crate) qini: f64,
    /// Its deviation between them.
    pub(crate) qini_deviation: f64,
    /// Mean effect among the best 30 %.
    pub(crate) uplift_at_30: f64,
}

/// Visits that a budget buys.
#[derive(Debug, Serialize)]
pub(crate) struct Policy {
    /// The part of all shoppers that is sent something.
    pub(crate) budget: f64,
    /// By each campaign's winner, at the price that spends the budget.
    pub(crate) winners: Rate,
    /// By the chance to answer.
    pub(crate) response: Rate,
    /// By T-learners, at the price that spends the budget.
    pub(crate) uplift: Rate,
    /// Drawn by lot.
    pub(crate) chance: Rate,
}

/// A rate with its 95 % interval, both means over the halves.
#[derive(Debug, Clone, Copy, Default, Serialize)]
pub(crate) struct Rate {
    /// The rate.
    pub(crate) value: f64,
    /// How far its interval reaches.
    pub(crate) within: f64,
}

/// A row of the data.
struct Shopper {
    features: Vec<f64>,
    /// 0 is nothing, then the campaigns.
    arm: usize,
    visited: f64,
}

/// Reads `train.csv.gz` of a folder and evaluates.
///
/// # Errors
/// Where the file cannot be read or is off.
pub(crate) fn evaluate(folder: &Path) -> Result<Evaluation> {
    let data = folder.join("train.csv.gz");
    let shoppers = read(&data)?;
    let halves: Vec<Half> = (0..SPLITS).into_par_iter().map(|seed| Half::of(&shoppers, seed)).collect();
    let rate = |arm: usize| {
        let of: Vec<f64> = shoppers.iter().filter(|one| one.arm == arm).map(|one| one.visited).collect();
        of.iter().sum::<f64>() / of.len().max(1) as f64
    };
    let mut campaigns = Vec::new();
    for (at, (name, _)) in CAMPAIGNS.into_iter().enumerate() {
        let learners: Vec<Told> = Learner::ALL
            .into_iter()
            .enumerate()
            .map(|(which, learner)| {
                let found: Vec<(f64, f64)> =
                    halves.iter().filter_map(|half| half.told.get(at)?.get(which).copied()).collect();
                let mean = |of: &dyn Fn(&(f64, f64)) -> f64| {
                    found.iter().map(of).sum::<f64>() / found.len().max(1) as f64
                };
                let middle = mean(&|one| one.0);
                let deviation = libm::sqrt(mean(&|one| (one.0 - middle) * (one.0 - middle)));
                Told { learner, qini: middle, qini_deviation: deviation, uplift_at_30: mean(&|one| one.1) }
            })
            .collect();
        let winner = learners.iter().max_by(|a, b| a.qini.total_cmp(&b.qini)).context("a learner")?.learner;
        campaigns.push(Campaign { name, response: rate(at + 1), natural: rate(0), learners, winner });
    }
    let winners: Vec<Learner> = campaigns.iter().map(|campaign| campaign.winner).collect();
    let policies = BUDGETS.map(|budget| {
        let mean = |of: &dyn Fn(&Half) -> Rate| {
            let all: Vec<Rate> = halves.iter().map(of).collect();
            let count = all.len().max(1) as f64;
            Rate {
                value: all.iter().map(|one| one.value).sum::<f64>() / count,
                within: all.iter().map(|one| one.within).sum::<f64>() / count,
            }
        };
        Policy {
            budget,
            winners: mean(&|half| half.policy(&shoppers, &winners, budget)),
            response: mean(&|half| half.policy(&shoppers, &[Learner::Response; 2], budget)),
            uplift: mean(&|half| half.policy(&shoppers, &[Learner::T; 2], budget)),
            chance: mean(&|half| half.by_lot(&shoppers, budget)),
        }
    });
    Ok(Evaluation { data, rows: shoppers.len(), campaigns, policies: policies.into() })
}

/// Fits each campaign's winner to all given rows and scores the rows of another file.
///
/// # Errors
/// Where a file cannot be read or written, or is off.
pub(crate) fn score(evaluation: &Evaluation, file: &Path, out: &Path) -> Result<usize> {
    let shoppers = read(&evaluation.data)?;
    let all: Vec<usize> = (0..shoppers.len()).collect();
    let rankings: Vec<(&str, Ranking, Ranking)> = evaluation
        .campaigns
        .iter()
        .enumerate()
        .map(|(at, campaign)| {
            let trials = trials(&shoppers, &all, at);
            (campaign.name, campaign.winner.fit(&trials), Learner::Response.fit(&trials))
        })
        .collect();
    let mut rows = Rows::open(file)?;
    let columns = Columns::of(&mut rows)?;
    let mut written = std::io::BufWriter::new(std::fs::File::create(out)?);
    let names = rankings.iter().map(|(name, ..)| format!("{name},{name}_response"));
    writeln!(written, "row,{}", names.collect::<Vec<_>>().join(","))?;
    let mut row = 0;
    while rows.advance()? {
        let features = columns.features(&rows)?;
        let scores = rankings.iter().map(|(_, ranking, response)| {
            format!("{:.9},{:.9}", ranking.score(&features), response.score(&features))
        });
        writeln!(written, "{row},{}", scores.collect::<Vec<_>>().join(","))?;
        row += 1;
    }
    written.flush()?;
    Ok(row)
}

/// Those who were sent one campaign or nothing.
fn trials(shoppers: &[Shopper], of: &[usize], campaign: usize) -> Vec<Trial> {
    let rows =
        of.iter().filter_map(|at| shoppers.get(*at)).filter(|one| one.arm == 0 || one.arm == campaign + 1);
    rows.map(|one| Trial { features: one.features.clone(), treated: one.arm > 0, answer: one.visited })
        .collect()
}

/// One random half: what was fitted to the other and what it makes of this one.
struct Half {
    aside: Vec<usize>,
    /// By campaign, then by learner.
    rankings: Vec<Vec<Ranking>>,
    /// Qini and effect at 30 %, alike.
    told: Vec<Vec<(f64, f64)>>,
    seed: u64,
}

impl Half {
    fn of(shoppers: &[Shopper], seed: u64) -> Self {
        let mut order: Vec<usize> = (0..shoppers.len()).collect();
        let mut chance = ChaCha8Rng::seed_from_u64(seed);
        for at in (1..order.len()).rev() {
            order.swap(at, (chance.next_u64() % (at as u64 + 1)) as usize);
        }
        let (fitted, aside) = order.split_at(order.len() / 2);
        let mut rankings = Vec::new();
        let mut told = Vec::new();
        for campaign in 0..CAMPAIGNS.len() {
            let known = trials(shoppers, fitted, campaign);
            let of: Vec<Ranking> = Learner::ALL.into_iter().map(|learner| learner.fit(&known)).collect();
            let held = trials(shoppers, aside, campaign);
            let worth = of.iter().map(|ranking| {
                let outcomes: Vec<Outcome> = held
                    .iter()
                    .map(|trial| Outcome {
                        score: ranking.score(&trial.features),
                        treated: trial.treated,
                        answer: trial.answer,
                    })
                    .collect();
                (qini(&outcomes), uplift_at(&outcomes, 0.3))
            });
            told.push(worth.collect());
            rankings.push(of);
        }
        Self { aside: aside.into(), rankings, told, seed }
    }

    /// What sending by these rankings is worth: everybody gets what is worth most to them above the price at which the
    /// budget is spent, or nothing.
    fn policy(&self, shoppers: &[Shopper], learners: &[Learner], budget: f64) -> Rate {
        let best: Vec<(usize, f64)> = self
            .aside
            .iter()
            .filter_map(|at| shoppers.get(*at))
            .map(|shopper| {
                let worth =
                    self.rankings.iter().zip(learners).enumerate().filter_map(|(campaign, (of, learner))| {
                        let which = Learner::ALL.iter().position(|one| one == learner)?;
                        Some((campaign + 1, of.get(which)?.score(&shopper.features)))
                    });
                worth.max_by(|a, b| a.1.total_cmp(&b.1)).unwrap_or((0, 0.0))
            })
            .collect();
        // Every letter costs one: the price is the value of the first who is not reached any more.
        let mut values: Vec<f64> = best.iter().map(|(_, value)| *value).collect();
        values.sort_by(|a, b| b.total_cmp(a));
        let price = values.get((values.len() as f64 * budget) as usize).copied().unwrap_or(f64::MIN);
        self.rate(shoppers, best.iter().map(|(arm, value)| if *value > price { *arm } else { 0 }))
    }

    /// What sending either to shoppers drawn by lot is worth.
    fn by_lot(&self, shoppers: &[Shopper], budget: f64) -> Rate {
        let mut chance = ChaCha8Rng::seed_from_u64(self.seed ^ 0x5eed);
        let mut draw = || chance.next_u32() as f64 / u32::MAX as f64;
        let arms: Vec<usize> = (0..self.aside.len())
            .map(|_| if draw() < budget { 1 + usize::from(draw() < 0.5) } else { 0 })
            .collect();
        self.rate(shoppers, arms.into_iter())
    }

    fn rate(&self, shoppers: &[Shopper], sent: impl Iterator<Item = usize>) -> Rate {
        let matched = self.aside.iter().filter_map(|at| shoppers.get(*at)).zip(sent);
        // Whoever was sent nothing stands for as many as who was sent this or that: each arm had a third.
        let mut count = Count::default();
        for (one, _) in matched.filter(|(one, arm)| one.arm == *arm) {
            count.of += 1;
            count.yes += u64::from(one.visited > 0.0);
        }
        let told = count.rate(Answers::Raw);
        Rate { value: told.value, within: told.within }
    }
}

struct Columns {
    recency: usize,
    history: usize,
    flags: [usize; 3],
    place: usize,
    channel: usize,
}

impl Columns {
    fn of(rows: &mut Rows) -> Result<Self> {
        Ok(Self {
            recency: rows.need("recency")?,
            history: rows.need("history")?,
            flags: [rows.need("mens")?, rows.need("womens")?, rows.need("newbie")?],
            place: rows.need("zip_code")?,
            channel: rows.need("channel")?,
        })
    }

    /// What was known of a shopper before: months since the last order, what was spent (logarithm), what was bought,
    /// whether town or country, and by which way.
    fn features(&self, rows: &Rows) -> Result<Vec<f64>> {
        let number = |column: usize, name: &'static str| {
            let parsed = rows.cell(column).parse::<f64>().ok().filter(|value| value.is_finite());
            parsed.ok_or_else(|| rows.wrong(name, "is a number"))
        };
        let mut features =
            vec![number(self.recency, "recency")?, libm::log1p(number(self.history, "history")?)];
        for column in self.flags {
            features.push(number(column, "mens, womens and newbie")?);
        }
        let is = |column: usize, value: &str| f64::from(u8::from(rows.cell(column) == value));
        for place in ["Surburban", "Urban"] {
            features.push(is(self.place, place));
        }
        for channel in ["Web", "Multichannel"] {
            features.push(is(self.channel, channel));
        }
        Ok(features)
    }
}

fn read(file: &Path) -> Result<Vec<Shopper>> {
    let mut rows = Rows::open(file)?;
    let columns = Columns::of(&mut rows)?;
    let (segment, visit) = (rows.need("segment")?, rows.need("visit")?);
    let arms: BTreeMap<&str, usize> = [NOTHING]
        .into_iter()
        .chain(CAMPAIGNS.map(|(_, sent)| sent))
        .enumerate()
        .map(|(at, name)| (name, at))
        .collect();
    let mut shoppers = Vec::new();
    while rows.advance()? {
        let arm = arms.get(rows.cell(segment)).copied();
        shoppers.push(Shopper {
            features: columns.features(&rows)?,
            arm: arm.ok_or_else(|| rows.wrong("segment", "is none of the three arms"))?,
            visited: f64::from(u8::from(rows.cell(visit) == "1")),
        });
    }
    ensure!(shoppers.len() >= 100, "{} has too few rows", file.display());
    Ok(shoppers)
}
