//! `windowshop demo reports`: counts the randomised reports of made-up shoppers in an endpoint's database.

use crate::demo::reports::{Counted, count};
use crate::endpoint::{DatabaseOption, Place, this_week};
use crate::output::Output;
use anyhow::{Context, Result, ensure};
use serde_json::Value;
use std::path::PathBuf;
use std::process::ExitCode;

/// Arguments of `windowshop demo reports`.
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// The folder that `pack build` wrote.
    #[arg(long, value_name = "DIR")]
    packs: PathBuf,
    /// Folder of the endpoint's database, which no endpoint has open.
    #[arg(long, value_name = "DIR", required_unless_present = "database")]
    data: Option<PathBuf>,
    #[command(flatten)]
    database: DatabaseOption,
    /// How many shoppers.
    #[arg(long, default_value_t = 120_000)]
    shoppers: u32,
}

impl Arguments {
    pub(super) fn run(self, output: &Output) -> Result<ExitCode> {
        let read = |name: &str| {
            let path = self.packs.join(name);
            std::fs::read(&path).with_context(|| format!("cannot read {}", path.display()))
        };
        let manifest: Value = serde_json::from_slice(&read("pack.json")?).context("pack.json is no JSON")?;
        let bytes = read(manifest["pack"]["url"].as_str().context("pack.json names no pack")?)?;
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let place = Place::of(&self.database, self.data.as_deref())?;
        let counted = runtime.block_on(count(&bytes, &place, self.shoppers, this_week()))?;
        ensure!(!counted.is_empty(), "the pack asks for no campaign's outcome and has no survey");
        output.result(&counted, || {
            for Counted { about, week, reports } in &counted {
                println!("{reports} randomised reports of made-up shoppers on {about}, {week}");
            }
        })?;
        Ok(ExitCode::SUCCESS)
    }
}
