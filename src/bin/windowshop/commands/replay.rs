//! `windowshop replay`: makes a recorded decision again, bit for bit, with every number behind it.

use super::NO;
use crate::output::Output;
use crate::packing::files;
use crate::packs;
use crate::wording::Wording;
use anyhow::{Context, ensure};
use std::path::PathBuf;
use std::process::ExitCode;
use windowshop::engine::{DecisionRecord, replay};

/// Arguments of `windowshop replay`.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The pack the decision was made with; or the folder where all are published, in which it is found by the record's state,
    /// with its deltas.
    #[arg(long)]
    pack: PathBuf,
    /// Deltas that were applied to the pack, in order.
    #[arg(long)]
    delta: Vec<PathBuf>,
    /// The record, as `engine.record()` of the package gives it, or `windowshop recommend --record`.
    record: PathBuf,
    /// Language of the reasons; the text's where it is left out, and English without one.
    #[arg(long)]
    language: Option<String>,
    /// The pack's text companion, for names instead of ids.
    #[arg(long)]
    text: Option<PathBuf>,
}

/// What was found.
#[derive(serde::Serialize)]
struct Found {
    reproduced: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    variant: Option<String>,
    recorded_state: String,
    state: String,
    recorded_digest: String,
    digest: String,
    items: Vec<Item>,
}

/// An item of the decision as it was made again.
#[derive(serde::Serialize)]
struct Item {
    place: usize,
    id: String,
    name: String,
    score: i32,
    contributions: Vec<(String, i32)>,
    reasons: Vec<String>,
}

impl Arguments {
    /// Prints the decision; exits with [`NO`] where it is not the recorded one.
    pub(crate) fn run(self, output: &Output) -> anyhow::Result<ExitCode> {
        let text = crate::feeds::files::read_text(&self.record)
            .with_context(|| format!("cannot read {}", self.record.display()))?;
        let record: DecisionRecord = serde_json::from_str(&text)
            .with_context(|| format!("{} is not a decision record", self.record.display()))?;
        let engine = if self.pack.is_dir() {
            ensure!(self.delta.is_empty(), "a folder's deltas are found by the record's state: leave --delta out");
            let (pack, deltas) = files::of_state(&self.pack, &record.state)?;
            packs::open(&pack, &deltas)?
        } else {
            packs::open(&self.pack, &self.delta)?
        };
        let made_for = engine.catalogue().pack().state().to_hex();
        let text = self.text.as_deref().map(|path| (path, made_for.as_str()));
        let wording = Wording::of(self.language.as_deref(), text)?;
        let replayed = replay(engine.clone(), &record)?;
        let explained = replayed.explained();
        let items = replayed.decision.entries.iter().zip(&explained.items).enumerate().map(|(at, (entry, view))| Item {
            place: usize::from(record.request.offset) + at + 1,
            id: view.id.clone(),
            name: wording.item(view.row, &view.id).to_owned(),
            score: entry.score,
            contributions: entry.told_contributions().map(|(code, part)| (code.to_owned(), part)).collect(),
            reasons: view.reasons.iter().map(|reason| wording.sentence(reason, &engine)).collect(),
        });
        let found = Found {
            reproduced: replayed.same_state && replayed.same_decision,
            variant: replayed.decision.variant.clone(),
            recorded_state: record.state.clone(),
            state: replayed.decision.state.to_hex(),
            recorded_digest: record.digest.clone(),
            digest: replayed.decision.digest.to_hex(),
            items: items.collect(),
        };
        output.result(&found, || found.print())?;
        Ok(if found.reproduced { ExitCode::SUCCESS } else { ExitCode::from(NO) })
    }
}

impl Found {
    fn print(&self) {
        if let Some(variant) = &self.variant {
            println!("variant {variant}");
        }
        for item in &self.items {
            println!("{:3}  {:>12}  {}  {}", item.place, millionths(item.score), item.id, item.name);
            for (code, part) in item.contributions.iter().filter(|(_, part)| *part != 0) {
                println!("     {:>12}  {code}", millionths(*part));
            }
            for reason in &item.reasons {
                println!("                   “{reason}”");
            }
        }
        let verdict = |name, recorded: &str, found: &str| {
            if recorded == found {
                println!("{name} {found}: as recorded");
            } else {
                println!("{name} {found}: differs from the recorded {recorded}");
            }
        };
        verdict("state ", &self.recorded_state, &self.state);
        verdict("digest", &self.recorded_digest, &self.digest);
        println!("{}", if self.reproduced { "Reproduced, bit for bit." } else { "Not reproduced." });
        if self.recorded_state != self.state {
            println!(
                "The record is of another pack or other deltas: it wants the files that the shop served then. A first list may be of \
                 the excerpt, excerpt-*.wspack, with the excerpt's own deltas; packs.txt names every state."
            );
        }
    }
}

/// An amount of millionths as a decimal with six digits.
fn millionths(value: i32) -> String {
    let sign = if value < 0 { "-" } else { "" };
    let value = value.unsigned_abs();
    format!("{sign}{}.{:06}", value / 1_000_000, value % 1_000_000)
}

#[cfg(test)]
mod tests {
    use super::millionths;

    #[test]
    fn scores_are_written_exactly() {
        assert_eq!(millionths(-1_500_000), "-1.500000");
        assert_eq!(millionths(i32::MIN), "-2147.483648");
        assert_eq!(millionths(42), "0.000042");
    }
}
