//! `windowshop demo`: makes the demo shop, from its feed to the files it serves.

mod persona;
mod reports;

use crate::demo::{self, Demo, Plan};
use crate::feeds::{self, Format};
use crate::output::Output;
use crate::packing::build::{self, Additions};
use crate::packing::excerpt;
use crate::training::file::Source;
use crate::training::learn::{learn, steps};
use crate::training::scorer::Protocol;
use anyhow::Context;
use serde::Serialize;
use std::path::PathBuf;
use std::process::ExitCode;

/// Sessions that must hold a pair of items before it is kept, as `windowshop train` has it.
const MIN_SESSIONS: u32 = 5;

/// Arguments of `windowshop demo`.
#[derive(clap::Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    part: Option<Part>,
    /// Where it all goes: feed/, clicks/, outcomes.csv.gz, trained.json.gz and pack/.
    #[arg(long, value_name = "DIR", required = true)]
    out: Option<PathBuf>,
    #[command(flatten)]
    which: Which,
    /// How the feed's tables are written.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// Parts of the demo besides the shop.
#[derive(clap::Subcommand)]
enum Part {
    /// Print what a persona's browser remembers, as `history.import` takes it; without an id, list the personas.
    Persona(persona::Arguments),
    /// Count randomised reports of made-up shoppers, so that the endpoint has something to say.
    Reports(reports::Arguments),
}

/// Which demo shop.
#[derive(clap::Args)]
pub(super) struct Which {
    /// Another seed gives another shop.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// The day the shop is made for, such as 2026-11-22. Default: today in the shop's zone.
    #[arg(long, value_name = "DATE")]
    date: Option<String>,
    /// Full scale: 3,000 brands and about 100,000 items live.
    #[arg(long)]
    full: bool,
}

impl Which {
    /// Its plan.
    pub(super) fn plan(&self) -> anyhow::Result<Plan> {
        let day = match &self.date {
            None => demo::day_of(jiff::Timestamp::now())?,
            Some(text) => feeds::clock::date_days(text)
                .map(i64::from)
                .with_context(|| format!("--date {text:?} is not a date such as 2026-11-22"))?,
        };
        Ok(Plan { seed: self.seed, day, full: self.full })
    }
}

/// What was made.
#[derive(Serialize)]
struct Made {
    date: String,
    seed: u64,
    brands: usize,
    sales: usize,
    items: usize,
    sessions: u64,
    clicks: u64,
    state: String,
}

impl Arguments {
    /// Makes it.
    pub(crate) fn run(self, output: &Output) -> anyhow::Result<ExitCode> {
        match self.part {
            Some(Part::Persona(arguments)) => return arguments.run(output),
            Some(Part::Reports(arguments)) => return arguments.run(output),
            None => {}
        }
        let out = self.out.context("--out is missing")?;
        let plan = self.which.plan()?;
        let bar = Output::progress("the demo shop", 3 + steps());
        let demo = Demo::draw(plan)?;
        let folder = out.join("feed");
        feeds::write(&demo.feed()?, &folder, self.format)?;
        let questions = folder.join(feeds::questions::FILE);
        std::fs::write(&questions, demo.questions()?).with_context(|| format!("cannot write {}", questions.display()))?;
        bar.inc(1);
        let clicks = out.join("clicks");
        std::fs::create_dir_all(&clicks).with_context(|| format!("cannot make {}", clicks.display()))?;
        let log = clicks.join("train_sessions.csv.gz");
        let (sessions, clicks) = demo.write_clicks(&log)?;
        bar.inc(1);
        let trained = learn(&[log], MIN_SESSIONS, Protocol::default(), &bar)?.trained(Source::Logs);
        trained.write(&out.join("trained.json.gz"))?;
        // Read back as any feed would be: the demo takes the same path as a real shop.
        let feed = feeds::read(&folder)?;
        let created = feed.shop.made.context("the demo's feed says when it was made")?;
        demo::outcomes::write(&feed.rules.campaigns, plan.seed, &out.join("outcomes.csv.gz"))?;
        let additions = Additions::of(&folder, Some(&trained))?;
        let (bytes, catalogue, texts) = build::compile(&feed, created, additions)?;
        let pack = out.join("pack");
        let manifest = build::write(&pack, &bytes, &catalogue, &texts, excerpt::FROM)?;
        let heard = pack.join("heard.json");
        std::fs::write(&heard, Demo::heard()).with_context(|| format!("cannot write {}", heard.display()))?;
        bar.finish_and_clear();
        let made = Made {
            date: feeds::clock::date_text(plan.day),
            seed: plan.seed,
            brands: catalogue.brand_count(),
            sales: catalogue.sale_count(),
            items: catalogue.item_count(),
            sessions,
            clicks,
            state: manifest.state,
        };
        output.result(&made, || {
            println!("{} brands, {} sales, {} items for {}", made.brands, made.sales, made.items, made.date);
            println!("{} clicks in {} simulated sessions of the days before", made.clicks, made.sessions);
            println!("state {}", made.state);
        })?;
        Ok(ExitCode::SUCCESS)
    }
}
