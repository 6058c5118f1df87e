//! What came of the demo shop's campaigns, among shoppers that are made up: the table that `windowshop evaluate response` and
//! the page `/marketer` read.
//!
//! Each has an id like a browser's, and the engine's own coin says who is held out and who sees which arm. Whether they come
//! back is drawn: most who do would have anyway. Nothing here was measured on anybody.

use crate::evaluation::response::REACHED;
use anyhow::{Context, Result};
use flate2::Compression;
use flate2::write::GzEncoder;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{RngCore, SeedableRng};
use std::io::{BufWriter, Write};
use std::path::Path;
use windowshop::target::arms::assign;
use windowshop::target::{Assignment, Campaign, Campaigns};

/// Shoppers of a campaign's step.
const SHOPPERS: u32 = 12_000;
/// Of ten thousand: how many come back anyway, how many more with a coupon, and how many orders go back.
const NATURAL: u32 = 1_000;
const MOVED: u32 = 450;
const RETURNED: u32 = 1_200;
/// What is bought, by the demo's departments.
const BOUGHT: [&str; 6] = ["women", "shoes", "bags", "beauty", "children", "home"];

/// By which entry they come, as the shop would call them.
const ENTRIES: [&str; 4] = ["today's new", "a reminder", "the list for you", "search"];
/// Of ten thousand who do not buy: how many look in, look at something, and put something into the bag.
const LOOKED_IN: [u32; 3] = [4_500, 3_000, 800];

/// Writes the table.
///
/// # Errors
/// Where the file cannot be written.
pub(crate) fn write(campaigns: &Campaigns, seed: u64, file: &Path) -> Result<()> {
    let failed = || format!("cannot write {}", file.display());
    let out = std::fs::File::create(file).with_context(failed)?;
    let mut out = BufWriter::new(GzEncoder::new(out, Compression::default()));
    writeln!(out, "campaign,step,arm,responded,returned,bought,entry,reached").with_context(failed)?;
    for campaign in campaigns.all() {
        let whole = [0];
        let steps: &[u16] = if campaign.waves.is_empty() { &whole } else { &campaign.waves };
        for (place, day) in steps.iter().enumerate() {
            let name = if campaign.waves.is_empty() { String::new() } else { day.to_string() };
            step(&mut out, campaign, &name, seed, place as u32).with_context(failed)?;
        }
    }
    out.into_inner()
        .map_err(std::io::IntoInnerError::into_error)
        .and_then(GzEncoder::finish)
        .with_context(failed)?;
    Ok(())
}

/// Of ten thousand of one side of the coin: how many come back.
pub(super) fn likely(campaign: &Campaign, assignment: Assignment) -> u32 {
    let shown = match assignment {
        Assignment::Holdout => false,
        Assignment::Arm(at) => campaign.arms.get(at).is_some_and(|arm| !arm.coupons.is_empty()),
    };
    NATURAL + if shown { MOVED } else { 0 }
}

fn step(out: &mut impl Write, campaign: &Campaign, name: &str, seed: u64, place: u32) -> std::io::Result<()> {
    // The same shoppers in each step, each with chance of their own in it.
    for number in 0..SHOPPERS {
        let mut chance = ChaCha8Rng::seed_from_u64(seed << 32 | u64::from(number));
        let mut id = [0_u8; 16];
        chance.fill_bytes(&mut id);
        let assignment = assign(campaign, &id);
        let (arm, likely) = (assignment.name(campaign), likely(campaign, assignment));
        for _ in 0..place {
            chance.next_u64();
        }
        let mut draw = |of: u32| ((u64::from(chance.next_u32()) * u64::from(of)) >> 32) as u32;
        // Later steps reach those who did not come before: fewer of them do.
        let responded = draw(10_000) < likely / (place / 2 + 1);
        let returned = responded && draw(10_000) < RETURNED;
        let mut bought = String::new();
        if responded {
            let (first, second) = (draw(BOUGHT.len() as u32), draw(BOUGHT.len() as u32));
            let of = |at: u32| BOUGHT.get(at as usize).copied().unwrap_or_default();
            bought = if first == second { of(first).into() } else { format!("{} {}", of(first), of(second)) };
        }
        let entry = ENTRIES.get(draw(ENTRIES.len() as u32) as usize).filter(|_| responded);
        let far = draw(10_000);
        let far = LOOKED_IN.iter().filter(|share| far < **share).count();
        let reached = if responded { REACHED.len() - 1 } else { far };
        writeln!(
            out,
            "{},{name},{arm},{},{},{bought},{},{}",
            campaign.id,
            u8::from(responded),
            u8::from(returned),
            entry.copied().unwrap_or_default(),
            REACHED.get(reached).copied().unwrap_or_default()
        )?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluation::response::{Asked, evaluate};
    use crate::fitting::experiment::Answers;
    use windowshop::base::money::Money;
    use windowshop::target::{Arm, Audience, Coupon, Fatigue};

    #[test]
    fn the_made_up_effect_is_found_beside_its_natural_rate() {
        let coupon = Coupon { promotion: "p".into(), value: Money::ZERO, cost: Money::ZERO, model: None };
        let campaign = Campaign {
            id: "a".into(),
            salt: "salt-a".into(),
            audience: Audience::default(),
            trigger: None,
            waves: vec![],
            stops_at_purchase: false,
            read_out_days: 10,
            holdout: 1_000,
            arms: vec![Arm { id: "coupon".into(), weight: 1, coupons: vec![coupon] }],
            surfacings: 3,
            surfacings_in_all: 100,
            by_own_spend: false,
            messages: vec![],
        };
        let campaigns = Campaigns::new(vec![campaign], Fatigue::default(), 0).expect("campaigns");
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("outcomes.csv.gz");
        write(&campaigns, 1, &file).expect("written");
        let found = evaluate(&Asked { file: &file, answers: Answers::Raw, lift: 0.03 }).expect("evaluates");
        let told = &found.campaigns[0];
        assert_eq!(told.refused, None);
        let effect = told.arms[0].effect;
        assert!((effect.value - 0.045).abs() < effect.within, "{effect:?}");
        assert!(told.arms[0].net.is_some_and(|net| net.value < effect.value + 0.02));
    }
}
