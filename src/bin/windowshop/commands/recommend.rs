//! `windowshop recommend`: JSON in, JSON out, through the engine that runs in the tab.

use crate::feeds::files::read_given;
use crate::output::Output;
use crate::packs;
use std::path::PathBuf;
use std::process::ExitCode;
use windowshop::base::time::Timestamp;
use windowshop::recommend::Request;
use windowshop::shopper::export::ExportedMemory;

/// Arguments of `windowshop recommend`.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The pack.
    #[arg(long)]
    pack: PathBuf,
    /// Deltas to apply, in order.
    #[arg(long)]
    delta: Vec<PathBuf>,
    /// A file with `{"request": {...}, "now": milliseconds, "memory": {...}}`; standard input where left out.
    input: Option<PathBuf>,
    /// Print a record for `windowshop replay` instead of the list.
    #[arg(long)]
    record: bool,
}

/// What is asked for.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    request: Request,
    now: Timestamp,
    /// What is remembered, as `history.export` gives it; nobody where left out.
    #[serde(default)]
    memory: Option<ExportedMemory>,
}

impl Arguments {
    /// Prints the list, always as JSON.
    pub(crate) fn run(self, _: &Output) -> anyhow::Result<ExitCode> {
        let mut engine = packs::open(&self.pack, &self.delta)?;
        let asked: Asked = read_given(self.input.as_deref(), "what `recommend` takes")?;
        if let Some(memory) = asked.memory {
            engine.set_consent(memory.consent);
            engine.import(memory)?;
        }
        let answer = if self.record {
            serde_json::to_string_pretty(&engine.record(&asked.request, asked.now)?)?
        } else {
            serde_json::to_string_pretty(&engine.recommend(&asked.request, asked.now)?)?
        };
        println!("{answer}");
        Ok(ExitCode::SUCCESS)
    }
}
