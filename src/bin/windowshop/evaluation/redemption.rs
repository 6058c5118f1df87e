//! Who redeems a coupon of a campaign, and which one: on a grocer's year of campaigns.
//!
//! Every feature is of the days before a campaign began. A model is fitted to the campaigns that had ended by then and
//! ranks the households that the next ones were sent to: additive, with weights that a tab could carry, beside the rules
//! of thumb that shops use. Which coupon: the one on whose goods the household spent most. What redeems is not what is
//! moved: here nobody was held out, so nothing is said of what coupons cause.

mod tables;

use self::tables::{Campaign, Data, Household, Line, read};
use crate::fitting::linear::{Linear, logistic};
use anyhow::{Context, Result, ensure};
use rayon::prelude::*;
use serde::Serialize;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use windowshop::base::maps::Map;

/// The penalty of weights.
const RIDGE: f64 = 30.0;
/// The part of a ranking whose lift is told.
const BEST: f64 = 0.1;

/// What was found.
#[derive(Debug, Serialize)]
pub(crate) struct Evaluation {
    /// The folder.
    pub(crate) data: PathBuf,
    /// Campaigns that were fitted to.
    pub(crate) fitted: Vec<u32>,
    /// Campaigns that were ranked.
    pub(crate) ranked: Vec<u32>,
    /// Households times campaigns, and how many redeemed.
    pub(crate) rows: usize,
    /// Those that redeemed something of the campaign.
    pub(crate) redeemed: usize,
    /// The model and the rules beside it.
    pub(crate) rankings: Vec<Told>,
    /// Which coupon, of all campaigns.
    pub(crate) choices: Choices,
    /// The same where it is known which coupons a household was sent: of campaigns of [`SENT_A_PART`] it is not.
    pub(crate) known_choices: Choices,
    /// The weights, by feature.
    pub(crate) weights: Vec<(String, f64)>,
}

/// The kind of campaign whose households were sent a part of its coupons that the data does not name.
const SENT_A_PART: &str = "Type A";

/// How well own spend tells which coupon is redeemed.
#[derive(Debug, Clone, Copy, Serialize)]
pub(crate) struct Choices {
    /// Households times campaigns that redeemed.
    pub(crate) of: usize,
    /// How often the first coupon told is one that was redeemed.
    pub(crate) hit_at_1: f64,
    /// The mean of one over the place of the first that was.
    pub(crate) reciprocal_rank: f64,
}

/// How well a ranking finds who redeems.
#[derive(Debug, Serialize)]
pub(crate) struct Told {
    /// What it ranks by.
    pub(crate) name: &'static str,
    /// The chance that one who redeemed stands before one who did not.
    pub(crate) auc: f64,
    /// The same within each campaign, by its rows.
    pub(crate) auc_within: f64,
    /// How many times as many of the best tenth redeemed as of all.
    pub(crate) lift_at_10: f64,
}

/// A household that a campaign was sent to.
struct Row {
    household: u32,
    campaign: u32,
    features: Vec<f64>,
    redeemed: bool,
}

/// What the features are, in their order.
const FEATURES: [&str; 25] = [
    "days since the last basket",
    "baskets, 28 days",
    "baskets, 91 days",
    "baskets",
    "spend, 28 days",
    "spend, 91 days",
    "spend, all",
    "coupon baskets, 91 days",
    "coupon baskets",
    "share of baskets with a coupon",
    "share of lines with a cut price",
    "redemptions",
    "campaigns redeemed of those sent",
    "campaigns sent before",
    "days since the last redemption",
    "spend on the campaign's products, 91 days",
    "spend on the campaign's products",
    "days on which they were bought",
    "coupons whose products were bought",
    "share of spend on the campaign's brands",
    "share of spend on the campaign's categories",
    "coupons of the campaign",
    "length of the campaign",
    "campaign of type A",
    "campaign of type B",
];

/// Fits to the campaigns before, ranks those asked for; without any the last quarter of those given.
///
/// # Errors
/// Where a table cannot be read or is off, or nothing is there to fit to.
pub(crate) fn evaluate(folder: &Path, asked: Option<(u32, u32)>, out: Option<&Path>) -> Result<Evaluation> {
    let data = read(folder)?;
    let complete = |campaign: &Campaign| campaign.end <= data.last_day;
    let mut known: Vec<(i64, u32)> =
        data.campaigns.iter().filter(|(_, of)| complete(of)).map(|(id, of)| (of.start, *id)).collect();
    known.sort_unstable();
    let ranked: Vec<u32> = match asked {
        Some((first, last)) => {
            data.campaigns.keys().copied().filter(|id| (first..=last).contains(id)).collect()
        }
        None => known.iter().skip(known.len() - known.len() / 4).map(|(_, id)| *id).collect(),
    };
    let first = ranked.iter().filter_map(|id| data.campaigns.get(id)).map(|of| of.start).min();
    let first = first.context("none of those campaigns is there")?;
    // What is fitted to had begun before the first that is ranked, and counts what was redeemed up to then.
    let fitted: Vec<u32> = data
        .campaigns
        .iter()
        .filter(|(id, of)| of.start < first && !ranked.contains(id))
        .map(|(id, _)| *id)
        .collect();
    let rows_of = |ids: &[u32], until: i64| -> Vec<Row> {
        ids.par_iter()
            .filter_map(|id| Some((*id, data.campaigns.get(id)?)))
            .flat_map_iter(|(id, campaign)| rows(&data, id, campaign, until))
            .collect()
    };
    let training = rows_of(&fitted, first - 1);
    ensure!(
        training.iter().any(|row| row.redeemed),
        "nothing was redeemed before the first of those campaigns"
    );
    let features: Vec<&[f64]> = training.iter().map(|row| row.features.as_slice()).collect();
    let answers: Vec<f64> = training.iter().map(|row| f64::from(u8::from(row.redeemed))).collect();
    let model = logistic(&features, &answers, RIDGE);
    let held = rows_of(&ranked, i64::MAX);
    if let Some(out) = out {
        write(out, &data, &held, &model)?;
    }
    let at = |name: &str| FEATURES.iter().position(|one| *one == name);
    let rule = |name: &'static str, by: &[&str]| {
        let columns: Vec<usize> = by.iter().filter_map(|name| at(name)).collect();
        told(name, &held, |row| columns.iter().filter_map(|at| row.features.get(*at)).sum())
    };
    let rankings = vec![
        told("windowshop", &held, |row| model.of(&row.features)),
        told("recency, frequency and spend", &held, |row| {
            let of = |name: &str| at(name).and_then(|at| row.features.get(at)).copied().unwrap_or_default();
            of("baskets, 91 days") + of("spend, 91 days") - of("days since the last basket")
        }),
        rule("spend on the campaign's products", &["spend on the campaign's products"]),
        rule("coupon baskets", &["coupon baskets"]),
        rule("past redemptions", &["redemptions"]),
    ];
    let known = |row: &&Row| data.campaigns.get(&row.campaign).is_some_and(|of| of.kind != SENT_A_PART);
    let choices = choose(&data, held.iter());
    let known_choices = choose(&data, held.iter().filter(known));
    let weights =
        FEATURES.iter().zip(&model.weights).map(|(name, weight)| ((*name).into(), *weight)).collect();
    Ok(Evaluation {
        data: folder.into(),
        fitted,
        ranked,
        rows: held.len(),
        redeemed: held.iter().filter(|row| row.redeemed).count(),
        rankings,
        choices,
        known_choices,
        weights,
    })
}

/// The households that a campaign was sent to, as they were the day before it began.
fn rows(data: &Data, id: u32, campaign: &Campaign, until: i64) -> Vec<Row> {
    let sent_before = |household: u32| {
        let before = data.campaigns.values().filter(|of| of.start < campaign.start);
        before.filter(|of| of.sent_to.binary_search(&household).is_ok()).count()
    };
    let row = |household: &u32| {
        let of = data.households.get(household)?;
        let redeemed =
            of.redeemed.iter().any(|(day, which, _)| *which == id && *day >= campaign.start && *day <= until);
        let features = features(data, of, campaign, sent_before(*household));
        Some(Row { household: *household, campaign: id, features, redeemed })
    };
    campaign.sent_to.iter().filter_map(row).collect()
}

fn features(data: &Data, of: &Household, campaign: &Campaign, sent: usize) -> Vec<f64> {
    let start = campaign.start;
    let lines: Vec<&Line> = of.lines.iter().filter(|line| line.day < start).collect();
    let since = |day: Option<i64>| day.map_or(365, |day| start - day) as f64;
    let baskets = |days: i64, counts: &dyn Fn(&Line) -> bool| {
        let found: BTreeSet<u64> = lines
            .iter()
            .filter(|line| line.day >= start - days && counts(line))
            .map(|line| line.basket)
            .collect();
        found.len() as f64
    };
    let spend = |days: i64, counts: &dyn Fn(&Line) -> bool| {
        let found = lines.iter().filter(|line| line.day >= start - days && counts(line));
        found.map(|line| line.cents).sum::<i64>().max(0) as f64 / 100.0
    };
    let any = |_: &Line| true;
    let mine = |line: &Line| campaign.products.contains(&line.product);
    let kind = |line: &Line| data.products.get(&line.product).copied().unwrap_or_default();
    let past: Vec<&(i64, u32, String)> = of.redeemed.iter().filter(|(day, ..)| *day < start).collect();
    let redeemed: BTreeSet<u32> = past.iter().map(|(_, which, _)| *which).collect();
    let days: BTreeSet<i64> = lines.iter().filter(|line| mine(line)).map(|line| line.day).collect();
    let bought: BTreeSet<u32> = lines.iter().map(|line| line.product).collect();
    let coupons = campaign
        .coupons
        .values()
        .filter(|products| products.iter().any(|product| bought.contains(product)))
        .count();
    let all = spend(9_999, &any).max(1.0);
    let lines_cut = lines.iter().filter(|line| line.cut).count() as f64;
    let log = libm::log1p;
    let is = |kind: &str| f64::from(u8::from(campaign.kind.ends_with(kind)));
    vec![
        log(since(lines.iter().map(|line| line.day).max())),
        log(baskets(28, &any)),
        log(baskets(91, &any)),
        log(baskets(9_999, &any)),
        log(spend(28, &any)),
        log(spend(91, &any)),
        log(all),
        log(baskets(91, &|line| line.coupon)),
        log(baskets(9_999, &|line| line.coupon)),
        baskets(9_999, &|line| line.coupon) / baskets(9_999, &any).max(1.0),
        lines_cut / lines.len().max(1) as f64,
        log(past.len() as f64),
        redeemed.len() as f64 / (sent as f64 + 2.0),
        log(sent as f64),
        log(since(past.iter().map(|(day, ..)| *day).max())),
        log(spend(91, &mine)),
        log(spend(9_999, &mine)),
        log(days.len() as f64),
        log(coupons as f64),
        spend(9_999, &|line| campaign.brands.contains(&kind(line).0)) / all,
        spend(9_999, &|line| campaign.categories.contains(&kind(line).1)) / all,
        log(campaign.coupons.len() as f64),
        log((campaign.end - campaign.start).max(0) as f64),
        is("A"),
        is("B"),
    ]
}

fn told(name: &'static str, rows: &[Row], score: impl Fn(&Row) -> f64) -> Told {
    let scored: Vec<(f64, bool, u32)> =
        rows.iter().map(|row| (score(row), row.redeemed, row.campaign)).collect();
    let mut within = (0.0, 0.0);
    for campaign in scored.iter().map(|row| row.2).collect::<BTreeSet<u32>>() {
        let of: Vec<(f64, bool)> =
            scored.iter().filter(|row| row.2 == campaign).map(|row| (row.0, row.1)).collect();
        if let Some(auc) = auc(&of) {
            within = (within.0 + auc * of.len() as f64, within.1 + of.len() as f64);
        }
    }
    let pairs: Vec<(f64, bool)> = scored.iter().map(|row| (row.0, row.1)).collect();
    let mut sorted = pairs.clone();
    sorted.sort_by(|a, b| b.0.total_cmp(&a.0));
    let first = ((sorted.len() as f64 * BEST) as usize).max(1);
    let rate = |of: &[(f64, bool)]| of.iter().filter(|row| row.1).count() as f64 / of.len().max(1) as f64;
    Told {
        name,
        auc: auc(&pairs).unwrap_or(0.5),
        auc_within: within.0 / f64::max(within.1, 1.0),
        lift_at_10: rate(sorted.get(..first).unwrap_or_default()) / rate(&pairs).max(f64::MIN_POSITIVE),
    }
}

/// The area under the curve: the chance that a yes stands before a no, equal ones half (Mann and Whitney, 1947).
fn auc(rows: &[(f64, bool)]) -> Option<f64> {
    let mut sorted = rows.to_vec();
    sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (mut below, mut won) = (0.0, 0.0);
    for group in sorted.chunk_by(|a, b| a.0.total_cmp(&b.0).is_eq()) {
        let yes = group.iter().filter(|row| row.1).count() as f64;
        let no = group.len() as f64 - yes;
        won += yes * (below + no / 2.0);
        below += no;
    }
    let yes = rows.iter().filter(|row| row.1).count() as f64;
    (yes > 0.0 && below > 0.0).then(|| won / (yes * below))
}

/// What a household spent on the goods of each coupon before the campaign began, most first; ties by what everybody did,
/// then by the coupon's id.
fn coupons(data: &Data, row: &Row) -> Vec<(i64, String)> {
    let Some((campaign, of)) = data.campaigns.get(&row.campaign).zip(data.households.get(&row.household))
    else {
        return Vec::new();
    };
    let mut spent: Map<u32, i64> = Map::default();
    for line in of.lines.iter().filter(|line| line.day < campaign.start) {
        *spent.entry(line.product).or_default() += line.cents;
    }
    let on = |products: &Vec<u32>| products.iter().filter_map(|product| spent.get(product)).sum();
    let mut told: Vec<(i64, String)> =
        campaign.coupons.iter().map(|(coupon, products)| (on(products), coupon.clone())).collect();
    let all = |coupon: &String| campaign.popularity.get(coupon).copied().unwrap_or_default();
    told.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| all(&b.1).cmp(&all(&a.1))).then_with(|| a.1.cmp(&b.1)));
    told
}

/// How well own spend tells which coupon a household redeems.
fn choose<'a>(data: &Data, rows: impl Iterator<Item = &'a Row>) -> Choices {
    let (mut count, mut hits, mut ranks) = (0_usize, 0.0, 0.0);
    for row in rows.filter(|row| row.redeemed) {
        let Some(of) = data.households.get(&row.household) else { continue };
        let redeemed: BTreeSet<&str> = of
            .redeemed
            .iter()
            .filter(|(_, campaign, _)| *campaign == row.campaign)
            .map(|(_, _, coupon)| coupon.as_str())
            .collect();
        let place = coupons(data, row).iter().position(|(_, coupon)| redeemed.contains(coupon.as_str()));
        count += 1;
        if let Some(place) = place {
            hits += f64::from(u8::from(place == 0));
            ranks += 1.0 / (place + 1) as f64;
        }
    }
    let of = count.max(1) as f64;
    Choices { of: count, hit_at_1: hits / of, reciprocal_rank: ranks / of }
}

/// Writes `household_id,campaign_id,score`, and beside it `…-coupons.csv` with a score for each coupon.
fn write(out: &Path, data: &Data, rows: &[Row], model: &Linear) -> Result<()> {
    let stem = out.file_stem().and_then(|stem| stem.to_str()).context("--out names a file")?;
    let beside = out.with_file_name(format!("{stem}-coupons.csv"));
    let mut scores = csv::Writer::from_path(out)?;
    let mut choices = csv::Writer::from_path(beside)?;
    scores.write_record(["household_id", "campaign_id", "score"])?;
    choices.write_record(["campaign_id", "household_id", "coupon_upc", "score"])?;
    for row in rows {
        let (household, campaign) = (row.household.to_string(), row.campaign.to_string());
        scores.write_record([&household, &campaign, &format!("{:.9}", model.chance(&row.features))])?;
        let choice = coupons(data, row);
        for (place, (cents, coupon)) in choice.iter().enumerate() {
            // Equal cents keep their order by a part of a cent.
            let part = (choice.len() - place) as f64 / (choice.len() + 1) as f64;
            choices.write_record([&campaign, &household, coupon, &format!("{:.6}", *cents as f64 + part)])?;
        }
    }
    scores.flush()?;
    choices.flush()?;
    Ok(())
}
