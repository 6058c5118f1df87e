//! What a campaign changed: who answered beside who would have anyway.
//!
//! Outcomes come from a table, one row a shopper: `campaign`, `arm` (`holdout` for those left alone) and `responded`, 1 or
//! 0; where they are known `step`, `returned` (whether what was bought went back; empty while it still may), `bought` (ids
//! between spaces), `entry` (by which they came back: the shop's own word) and `reached` (how far they came: one of
//! [`REACHED`]). The effect is that of surfacing, whether or not somebody looked (intention to treat). No rate is told
//! without its natural rate, nor of fewer shoppers than it takes to see a lift.

use crate::endpoint::{Questionnaire, Tally};
use crate::fitting::experiment::{Answers, Count, Told, cohort, difference};
use crate::training::rows::Rows;
use anyhow::Result;
use serde::Serialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use windowshop::engine::{CAMPAIGN_OUTCOME, campaign_and_arm};
use windowshop::target::arms::HOLDOUT;

/// How far somebody came, each counting those before it.
pub(crate) const REACHED: [&str; 5] = ["none", "visited", "viewed", "carted", "bought"];
/// What fewer had than this is not told: it could be somebody.
const FEWEST: u64 = 10;
/// Pairs that are told of what was bought together.
const PAIRS: usize = 5;

/// What was asked.
pub(crate) struct Asked<'a> {
    /// The table.
    pub(crate) file: &'a Path,
    /// What outcomes went through.
    pub(crate) answers: Answers,
    /// The rise that is to be seen, as a part of one.
    pub(crate) lift: f64,
}

/// What was found.
#[derive(Debug, Serialize)]
pub(crate) struct Evaluation {
    /// The table.
    pub(crate) file: PathBuf,
    /// A row a campaign.
    pub(crate) campaigns: Vec<Campaign>,
}

/// What one campaign changed, or why nothing is told of it.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Campaign {
    /// Its id.
    pub(crate) id: String,
    /// Which of its steps, where the table says so.
    pub(crate) step: Option<String>,
    /// Shoppers in it.
    pub(crate) shoppers: u64,
    /// How many it takes to see the lift asked for.
    pub(crate) needed: u64,
    /// Why no rate is told.
    pub(crate) refused: Option<String>,
    /// How many were held out.
    pub(crate) held_out: u64,
    /// How many of those held out answered anyway.
    pub(crate) natural: Option<Told>,
    /// Each arm beside them.
    pub(crate) arms: Vec<Arm>,
    /// Arms of which nothing is told, and how many shoppers of the campaign that would take.
    pub(crate) untold: Vec<(String, u64)>,
    /// What those who answered bought together most often, and how often.
    pub(crate) bought_together: Vec<(String, u64)>,
    /// By which entry those who answered came, and how many.
    pub(crate) entries: Vec<(String, u64)>,
}

/// What one arm changed.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Arm {
    /// Its id.
    pub(crate) id: String,
    /// Shoppers in it.
    pub(crate) shoppers: u64,
    /// How many answered.
    pub(crate) response: Told,
    /// Beyond the natural rate.
    pub(crate) effect: Told,
    /// The same without what went back; nothing while something still may.
    pub(crate) net: Option<Told>,
    /// How many came so far at least, where the table says so: visited, viewed, carted, bought.
    pub(crate) steps: Vec<(&'static str, u64)>,
}

/// A campaign, and which of its steps.
type Key = (String, Option<String>);

#[derive(Default)]
struct Counted {
    gross: Count,
    net: u64,
    open: u64,
    reached: [u64; REACHED.len()],
}

/// How often each text was met.
type Times = BTreeMap<String, u64>;

/// Looks whether a file is a table of outcomes, by its columns alone.
///
/// # Errors
/// Where it cannot be read, or a column is not there.
pub(crate) fn look(file: &Path) -> Result<()> {
    let mut rows = Rows::open(file)?;
    for column in ["campaign", "arm", "responded"] {
        rows.need(column)?;
    }
    Ok(())
}

/// Reads a table of outcomes and evaluates.
///
/// # Errors
/// Where the table cannot be read or is off.
pub(crate) fn evaluate(asked: &Asked<'_>) -> Result<Evaluation> {
    let mut rows = Rows::open(asked.file)?;
    let (campaign, arm, responded) = (rows.need("campaign")?, rows.need("arm")?, rows.need("responded")?);
    let (returned, bought, step) = (rows.find("returned")?, rows.find("bought")?, rows.find("step")?);
    let (entry, reached) = (rows.find("entry")?, rows.find("reached")?);
    let mut counted: BTreeMap<Key, BTreeMap<String, Counted>> = BTreeMap::new();
    let (mut pairs, mut entries): (BTreeMap<Key, Times>, BTreeMap<Key, Times>) = Default::default();
    while rows.advance()? {
        let answer = match rows.cell(responded) {
            "1" => true,
            "0" => false,
            other => return Err(rows.wrong("responded", format!("{other:?} is neither 1 nor 0")).into()),
        };
        let step = step.map(|column| rows.cell(column)).filter(|step| !step.is_empty());
        let id: Key = (rows.cell(campaign).to_string(), step.map(ToString::to_string));
        let of = counted.entry(id.clone()).or_default().entry(rows.cell(arm).into()).or_default();
        of.gross.of += 1;
        of.gross.yes += u64::from(answer);
        match returned.map(|column| rows.cell(column)) {
            Some("0") => of.net += u64::from(answer),
            Some("1") => {}
            _ => of.open += u64::from(answer),
        }
        if let Some(cell) = reached.map(|column| rows.cell(column)) {
            let Some(far) = REACHED.iter().position(|name| *name == cell) else {
                return Err(rows
                    .wrong("reached", format!("{cell:?} is none of {}", REACHED.join(", ")))
                    .into());
            };
            if answer && far + 1 < REACHED.len() {
                let reason = format!("is {cell:?} of somebody who responded, and that is bought");
                return Err(rows.wrong("reached", reason).into());
            }
            of.reached.iter_mut().take(far + 1).for_each(|count| *count += 1);
        }
        let by = entry.map(|column| rows.cell(column)).filter(|by| answer && !by.is_empty());
        if let Some(by) = by {
            *entries.entry(id.clone()).or_default().entry(by.into()).or_default() += 1;
        }
        let together = bought.map(|column| rows.cell(column)).filter(|_| answer).unwrap_or_default();
        let items: Vec<&str> = together.split_whitespace().collect();
        for (at, one) in items.iter().enumerate() {
            for other in items.iter().skip(at + 1) {
                let (first, second) = if one < other { (one, other) } else { (other, one) };
                *pairs.entry(id.clone()).or_default().entry(format!("{first} + {second}")).or_default() += 1;
            }
        }
    }
    let mut counted: Vec<(Key, BTreeMap<String, Counted>)> = counted.into_iter().collect();
    // Steps are named by their days.
    let day =
        |(_, step): &Key| step.as_ref().map(|step| (step.parse::<u32>().unwrap_or(u32::MAX), step.clone()));
    counted.sort_by(|(one, _), (other, _)| one.0.cmp(&other.0).then_with(|| day(one).cmp(&day(other))));
    let told = counted.into_iter().map(|(id, arms)| {
        let mut together = most(pairs.remove(&id));
        together.truncate(PAIRS);
        let entries = most(entries.remove(&id));
        tell((asked.answers, asked.lift), id, &arms, together, entries)
    });
    Ok(Evaluation { file: asked.file.into(), campaigns: told.collect() })
}

/// The most frequent first, rare ones left out.
fn most(times: Option<Times>) -> Vec<(String, u64)> {
    let mut rows: Vec<(String, u64)> = times.unwrap_or_default().into_iter().collect();
    rows.retain(|(_, times)| *times >= FEWEST);
    rows.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    rows
}

/// What randomised reports say of campaigns, a row for each week in which one was drawn. What was bought, and whether it went
/// back, no report tells.
pub(crate) fn of_reports(questionnaire: &Questionnaire, tallies: &[Tally], lift: f64) -> Vec<Campaign> {
    // By ε too: what was disguised otherwise is counted apart.
    let mut counted: BTreeMap<(Key, u16), BTreeMap<String, Counted>> = BTreeMap::new();
    for Tally { ballot, reports, counts } in tallies {
        let Some(asked) = questionnaire.edition(&ballot.question, &ballot.edition) else { continue };
        let question = asked.question();
        let cell = campaign_and_arm(&question.id).filter(|_| question.answer == CAMPAIGN_OUTCOME);
        let Some((campaign, arm)) = cell else { continue };
        let yes = asked.domain().position("yes").and_then(|place| counts.get(place)).copied();
        let id = (campaign.to_string(), Some(ballot.week.to_text()));
        let of =
            counted.entry((id, question.epsilon_thousandths)).or_default().entry(arm.into()).or_default();
        of.gross.yes += yes.unwrap_or_default();
        of.gross.of += reports;
    }
    let told = counted.into_iter().map(|((id, epsilon), arms)| {
        let answers = Answers::Randomised { epsilon: f64::from(epsilon) / 1_000.0 };
        tell((answers, lift), id, &arms, vec![], vec![])
    });
    told.collect()
}

fn tell(
    (answers, lift): (Answers, f64),
    (id, step): Key,
    arms: &BTreeMap<String, Counted>,
    bought_together: Vec<(String, u64)>,
    entries: Vec<(String, u64)>,
) -> Campaign {
    let shoppers = arms.values().map(|of| of.gross.of).sum();
    let held_out = arms.get(HOLDOUT).map(|of| of.gross).filter(|of| of.of > 0);
    let mut told = Campaign {
        id,
        step,
        shoppers,
        needed: 0,
        refused: None,
        held_out: held_out.map_or(0, |of| of.of),
        natural: None,
        arms: Vec::new(),
        untold: Vec::new(),
        bought_together: Vec::new(),
        entries: Vec::new(),
    };
    let Some(held_out) = held_out else {
        told.refused =
            Some("nobody was held out, so there is no natural rate to set a response beside".into());
        return told;
    };
    let natural = held_out.rate(answers);
    let share = |of: u64| (of as f64 / shoppers as f64).clamp(0.000_1, 0.99);
    let needed = |of: &Counted| {
        let natural = natural.value.clamp(0.01, 0.99);
        cohort(natural, lift, share(held_out.of), share(of.gross.of), answers)
    };
    let treated = || arms.iter().filter(|(id, _)| *id != HOLDOUT);
    told.needed = treated().map(|(_, of)| needed(of)).min().unwrap_or(0);
    if treated().all(|(_, of)| shoppers < needed(of)) {
        let lift = lift * 100.0;
        told.refused = Some(format!("a rise of {lift} points takes {} shoppers to be seen", told.needed));
        return told;
    }
    told.natural = Some(natural);
    (told.bought_together, told.entries) = (bought_together, entries);
    let randomised = answers != Answers::Raw;
    for (id, of) in treated() {
        if shoppers < needed(of) {
            told.untold.push((id.clone(), needed(of)));
            continue;
        }
        let net =
            |of: &Counted| (of.open == 0 && !randomised).then_some(Count { yes: of.net, of: of.gross.of });
        let both = net(of).zip(arms.get(HOLDOUT).and_then(net));
        told.arms.push(Arm {
            id: id.clone(),
            shoppers: of.gross.of,
            response: of.gross.rate(answers),
            effect: difference(of.gross, held_out, answers),
            net: both.map(|(one, other)| difference(one, other, answers)),
            steps: if of.reached.iter().all(|count| *count == 0) {
                Vec::new()
            } else {
                REACHED.into_iter().zip(of.reached).skip(1).collect()
            },
        });
    }
    told
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fmt::Write as _;

    fn told(rows: &str, answers: Answers) -> Campaign {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("outcomes.csv");
        std::fs::write(&file, rows).expect("written");
        let asked = Asked { file: &file, answers, lift: 0.1 };
        evaluate(&asked).expect("evaluates").campaigns.remove(0)
    }

    fn table(treated: (u32, u32), held_out: (u32, u32)) -> String {
        let mut rows = String::from("campaign,arm,responded,returned,bought\n");
        for (arm, (yes, of)) in [("coupon", treated), (HOLDOUT, held_out)] {
            for at in 0..of {
                let returned = u8::from(at % 4 == 0);
                let _ = writeln!(rows, "c,{arm},{},{returned},b a", u8::from(at < yes));
            }
        }
        rows
    }

    #[test]
    fn a_response_stands_beside_its_natural_rate_net_of_what_went_back() {
        let found = told(&table((240, 600), (120, 600)), Answers::Raw);
        assert_eq!(found.refused, None);
        let arm = &found.arms[0];
        assert!((arm.effect.value - 0.2).abs() < 1e-9 && arm.effect.within < 0.06);
        assert!((arm.net.expect("nothing is open").value - 0.15).abs() < 1e-9);
        assert_eq!(found.bought_together, [("a + b".to_string(), 360)]);
    }

    #[test]
    fn an_arm_of_a_few_is_not_told_and_rare_pairs_are_nobodys() {
        let rows = format!("{}c,tiny,1,0,rare odd\n", table((240, 600), (120, 600)));
        let found = told(&rows, Answers::Raw);
        assert_eq!(found.arms.iter().map(|arm| arm.id.as_str()).collect::<Vec<_>>(), ["coupon"]);
        assert!(found.untold.iter().any(|(id, needed)| id == "tiny" && *needed > found.shoppers));
        assert_eq!(found.bought_together.len(), 1, "not what one bought");
    }

    #[test]
    fn it_is_told_by_which_entry_they_came_and_how_far() {
        let mut rows = String::from("campaign,arm,responded,entry,reached\n");
        for (arm, far) in
            [("coupon", "bought"), ("coupon", "carted"), (HOLDOUT, "visited"), (HOLDOUT, "none")]
        {
            for at in 0..600 {
                let (answer, entry) =
                    if far == "bought" { (1, ["offer", "home"][at % 2]) } else { (0, "reminder") };
                let _ = writeln!(rows, "c,{arm},{answer},{entry},{far}");
            }
        }
        let found = told(&rows, Answers::Raw);
        assert_eq!(found.entries, [("home".to_string(), 300), ("offer".to_string(), 300)]);
        let steps = [("visited", 1_200), ("viewed", 1_200), ("carted", 1_200), ("bought", 600)];
        assert_eq!(found.arms[0].steps, steps);
    }

    #[test]
    fn no_rate_is_told_without_a_natural_one_or_of_too_few() {
        assert!(told(&table((20, 60), (0, 0)), Answers::Raw).refused.expect("refused").contains("held out"));
        let few = told(&table((20, 60), (10, 60)), Answers::Raw);
        assert!(few.refused.is_some() && few.natural.is_none() && few.arms.is_empty());
        let randomised = told(&table((240, 600), (120, 600)), Answers::Randomised { epsilon: 1.0 });
        assert!(randomised.refused.is_some(), "randomised answers take more");
    }
}
