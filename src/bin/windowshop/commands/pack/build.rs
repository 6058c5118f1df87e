//! `windowshop pack build`: a feed folder becomes the files that a shop serves.

use crate::feeds::{self, clock};
use crate::output::Output;
use crate::packing::build::{self, Additions};
use crate::packing::{compress, excerpt};
use crate::training::file::Trained;
use anyhow::Context;
use std::path::PathBuf;
use std::process::ExitCode;

/// Arguments of `windowshop pack build`.
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// The feed: a folder as docs/feed.md describes.
    feed: PathBuf,
    /// Where the files go; made where it is missing.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// What `windowshop train` found in the shop's click logs.
    #[arg(long, value_name = "FILE")]
    trained: Option<PathBuf>,
    /// When the pack counts as made, such as 2026-11-22T10:00. The same feed and instant give the same bytes.
    /// Default: `made` of the feed's shop.json, else now.
    #[arg(long, value_name = "INSTANT")]
    at: Option<String>,
    /// The fewest items of which a pack has an excerpt: today's new and some of the rest, which pages may fetch first
    /// (docs/pack.md).
    #[arg(long, value_name = "ITEMS", default_value_t = excerpt::FROM)]
    excerpt_from: usize,
    /// Compress every file as well as brotli can, into one with .br behind its name, which `windowshop serve` and other servers
    /// send in its place. It takes minutes for a large shop.
    #[arg(long)]
    compress: bool,
}

impl Arguments {
    /// Builds.
    pub(super) fn run(self, output: &Output) -> anyhow::Result<ExitCode> {
        let bar = Output::progress("reading, packing, writing", 3);
        let feed = feeds::read(&self.feed)?;
        bar.inc(1);
        let at = clock::at(self.at.as_deref(), &feed.shop.time_zone())?;
        let created = at.or(feed.shop.made).unwrap_or_else(clock::now);
        let trained = self.trained.as_deref().map(Trained::read).transpose()?;
        let additions = Additions::of(&self.feed, trained.as_ref())?;
        let (bytes, catalogue, texts) = build::compile(&feed, created, additions)?;
        bar.inc(1);
        let kept = "the pack could not be kept";
        let manifest = build::put_files(&self.out, &bytes, &catalogue, &texts, self.excerpt_from).context(kept)?;
        let mut compressed = Vec::new();
        if self.compress {
            bar.inc_length(manifest.files().len() as u64);
            for file in manifest.files() {
                compressed.push(compress::compress(&self.out, file).context(kept)?);
                bar.inc(1);
            }
        }
        build::publish(&self.out, &manifest).context(kept)?;
        bar.finish_and_clear();
        let unread = feeds::notes::unread(&self.feed);
        feed.notes().iter().chain(&unread).for_each(|note| output.note(note));
        output.result(&manifest, || {
            let promotions = feed.rules.promotions.all().len();
            let (items, sales) = (catalogue.item_count(), catalogue.sale_count());
            println!("{items} items of {sales} sales, {promotions} promotions");
            println!("state {}", manifest.state);
            let mut compressed = compressed.into_iter();
            for file in manifest.files() {
                println!("{:>12}  {}", file.bytes, file.url);
                if let Some(bytes) = compressed.next().flatten() {
                    println!("{bytes:>12}  {}{}", file.url, compress::ENDING);
                }
            }
            println!("named by {}", self.out.join(crate::packing::manifest::NAME).display());
        })?;
        Ok(ExitCode::SUCCESS)
    }
}
