//! `windowshop pack delta`: what changed during the day, on top of what is served.

use crate::commands::NO;
use crate::feeds::{self, clock};
use crate::output::Output;
use crate::packing::delta::{self, Waiting};
use crate::packing::{excerpt, files};
use crate::packing::manifest::DeltaEntry;
use anyhow::Context;
use serde::Serialize;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Arguments of `windowshop pack delta`.
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// The manifest that is served (pack.json); the delta is put beside it and named in it.
    manifest: PathBuf,
    /// The feed as it is now, or a file of changes, one JSON object a line (docs/pack.md).
    change: PathBuf,
    /// When the delta counts as made. Default: now.
    #[arg(long, value_name = "INSTANT")]
    at: Option<String>,
    /// Hide more than half of the items on sale, where that is meant: without this such a change is refused.
    #[arg(long)]
    hide_most: bool,
    /// Say what would change, and write nothing.
    #[arg(long)]
    dry_run: bool,
}

/// What the delta does.
#[derive(Serialize)]
struct Report {
    stock: usize,
    prices: usize,
    sales: usize,
    hidden: usize,
    /// What waits for the next pack.
    waiting: Waiting,
    from: String,
    to: String,
    file: Option<String>,
    /// What of it changes the excerpt, where it does.
    excerpt: Option<String>,
}

impl Arguments {
    /// Makes the delta.
    pub(super) fn run(self, output: &Output) -> anyhow::Result<ExitCode> {
        let folder = self.manifest.parent().unwrap_or(Path::new(".")).to_path_buf();
        let mut manifest = files::read_manifest(&self.manifest)?;
        let mut catalogue = files::catalogue(&folder, &manifest.pack, &manifest.deltas)?;
        let zone = clock::zone_of(&catalogue);
        let made = clock::at(self.at.as_deref(), &zone)?.unwrap_or_else(clock::now);
        let (delta, waiting) = if self.change.is_dir() {
            delta::between(&catalogue, &feeds::read(&self.change)?, made)
        } else {
            let text = feeds::files::read_text(&self.change)
                .with_context(|| format!("cannot read {}", self.change.display()))?;
            let name = self.change.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
            let read = |text: &str| clock::instant(text, &zone);
            (delta::from_changes(&catalogue, &name, &text, made, read)?, Waiting::default())
        };
        if let Some(note) = feeds::notes::free_of_charge(&delta::free_of_charge(&catalogue, &delta)) {
            output.note(&note);
        }
        let (gone, on_sale) = delta::taken_away(&catalogue, &delta);
        let refused = gone * 2 > on_sale && !self.hide_most;
        if refused {
            let told = format!(
                "{} hides {gone} of the {on_sale} items on sale: was it written to its end? Where that is meant, give --hide-most",
                self.change.display()
            );
            anyhow::ensure!(self.dry_run, "{told}");
            output.note(&told);
        }
        let from = catalogue.state().to_hex();
        let writes = !delta.is_empty() && !self.dry_run;
        let part = match (writes, &mut manifest.excerpt) {
            (true, Some(part)) => excerpt::follow(&folder, part, &delta, &catalogue)?,
            _ => None,
        };
        if !delta.is_empty() {
            catalogue.apply(&delta).context("the delta just made does not apply")?;
        }
        let to = catalogue.state().to_hex();
        let mut file = None;
        if writes {
            let entry = files::put(&folder, "delta", "wsdelta", &delta.to_bytes())?;
            file = Some(entry.url.clone());
            manifest.deltas.push(DeltaEntry { file: entry, from: from.clone(), to: to.clone(), made: made.0 });
            files::put_manifest(&folder, &manifest)?;
        }
        let report = Report {
            stock: delta.stock.len(),
            prices: delta.prices.len(),
            sales: delta.sales.len(),
            hidden: delta.hidden.len(),
            waiting,
            from,
            to,
            file,
            excerpt: part,
        };
        output.result(&report, || print(&report))?;
        // Here it was rehearsed: in earnest it is not done.
        Ok(if refused { ExitCode::from(NO) } else { ExitCode::SUCCESS })
    }
}

fn print(report: &Report) {
    println!(
        "{} stock rows, {} prices, {} sales, {} items hidden or shown again",
        report.stock, report.prices, report.sales, report.hidden
    );
    let waiting = &report.waiting;
    if *waiting != Waiting::default() {
        println!(
            "waiting for the next pack: {} items, {} sales, {} sizes, {} list prices, {} sizes with more than at opening",
            waiting.items, waiting.sales, waiting.sizes, waiting.list_prices, waiting.restocked
        );
    }
    match &report.file {
        Some(file) => {
            println!("{file}\nfrom {}\nto   {}", report.from, report.to);
            if let Some(part) = &report.excerpt {
                println!("{part}, for the excerpt");
            }
        }
        None => println!("nothing was written"),
    }
}
