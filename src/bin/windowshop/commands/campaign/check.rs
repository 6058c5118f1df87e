//! `windowshop campaign check`: who would get this?

use crate::commands::demo::Which;
use crate::evaluation::campaigns::{Check, Checked, Told, check};
use crate::output::Output;
use anyhow::Context;
use std::path::PathBuf;
use std::process::ExitCode;

/// Arguments of `windowshop campaign check`.
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// `campaigns.json` of a feed; its `promotions.json` lies beside it.
    file: PathBuf,
    /// The demo shop whose twelve shoppers are played, for a year from its day on.
    #[command(flatten)]
    which: Which,
    /// Shoppers a week that the audience of a campaign has, for how long it takes.
    #[arg(long, value_name = "COUNT", default_value_t = 2_000, value_parser = clap::value_parser!(u64).range(1..))]
    shoppers_a_week: u64,
    /// How many of them buy anyway, in percent.
    #[arg(long, value_name = "PERCENT", default_value_t = 10.0)]
    natural: f64,
    /// The rise that is to be seen, in points.
    #[arg(long, value_name = "POINTS", default_value_t = 3.0)]
    lift: f64,
}

impl Arguments {
    /// Checks and prints.
    pub(super) fn run(self, output: &Output) -> anyhow::Result<ExitCode> {
        anyhow::ensure!(
            self.natural > 0.0 && self.lift > 0.0 && self.natural + self.lift < 100.0,
            "--natural and --lift are above 0 and below 100 together"
        );
        let asked = Check {
            file: &self.file,
            plan: self.which.plan()?,
            shoppers_a_week: self.shoppers_a_week,
            natural: self.natural / 100.0,
            lift: self.lift / 100.0,
        };
        let checked = check(&asked).with_context(|| format!("{} is refused", self.file.display()))?;
        output.result(&checked, || print(&checked))?;
        Ok(ExitCode::SUCCESS)
    }
}

fn print(checked: &Checked) {
    println!("{}\n{}", checked.caps, checked.assumed);
    for Told { id, audience, holdout, cohort, randomised, weeks, codes, notes } in &checked.campaigns {
        println!("\n{id}");
        println!("  for    {audience}");
        println!("  beside {holdout} % who are left alone, drawn before anybody is looked at");
        println!(
            "  takes  {cohort} shoppers, {weeks} weeks; or {randomised} randomised reports in the week that draws it"
        );
        for note in notes {
            println!("  note   {note}");
        }
        for code in codes {
            println!("  note   {code} is one code for all: it works for whoever finds it on a coupon site");
        }
    }
    println!("\na year of the twelve shoppers from {}, looking in every evening and buying nothing more", checked.from);
    for persona in &checked.personas {
        if let Some(silence) = &persona.silence {
            println!("{:<12} {}; nothing: {silence}", persona.id, persona.course);
            continue;
        }
        println!("{:<12} {}; {} days with an offer", persona.id, persona.course, persona.shown.len());
        for run in persona.runs() {
            println!("{:<12}   {run}", "");
        }
    }
}
