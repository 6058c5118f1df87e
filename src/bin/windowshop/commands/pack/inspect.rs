//! `windowshop pack inspect`: what is in a pack.

use crate::feeds::clock;
use crate::output::Output;
use crate::packs;
use jiff::tz::TimeZone;
use serde::Serialize;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::ExitCode;
use windowshop::base::ids::{BrandIndex, ItemIndex, SaleIndex};
use windowshop::base::time::Timestamp;
use windowshop::catalogue::format::Section;
use windowshop::catalogue::{Catalogue, SaleState};

/// Arguments of `windowshop pack inspect`.
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// The pack.
    file: PathBuf,
    /// The time by which sales are previews, open or ended, such as 2026-11-22T10:00. Default: now.
    #[arg(long, value_name = "INSTANT")]
    at: Option<String>,
}

/// What is in a pack.
#[derive(Serialize)]
struct Contents {
    state: String,
    bytes: usize,
    made: String,
    currency: String,
    exponent: u8,
    zone: String,
    zone_changes: Vec<String>,
    opening: String,
    preview_days: u16,
    brands: BTreeMap<&'static str, usize>,
    categories: usize,
    sales: BTreeMap<&'static str, usize>,
    items: usize,
    items_in_stock: usize,
    items_sensitive: usize,
    roles: BTreeMap<&'static str, usize>,
    sizes: usize,
    attributes: usize,
    price_bands: usize,
    covisitation_rows: usize,
    covisitation_neighbours: usize,
    /// Bytes of the sections that other rooms fill; 0 where the pack has none.
    rooms: BTreeMap<&'static str, usize>,
    sections: Vec<(&'static str, usize)>,
    /// Bytes of each number of the sections that are as wide as their numbers need.
    widths: BTreeMap<&'static str, usize>,
}

impl Arguments {
    /// Inspects.
    pub(super) fn run(self, output: &Output) -> anyhow::Result<ExitCode> {
        let catalogue = Catalogue::new(packs::pack(&self.file)?);
        let zone = clock::zone_of(&catalogue);
        let now = clock::at(self.at.as_deref(), &zone)?.unwrap_or_else(clock::now);
        let contents = contents(&catalogue, now, &zone, std::fs::metadata(&self.file)?.len() as usize);
        output.result(&contents, || print(&contents, &clock::text(now, &zone)))?;
        Ok(ExitCode::SUCCESS)
    }
}

fn tally<T: Ord>(values: impl Iterator<Item = T>) -> BTreeMap<T, usize> {
    let mut counts = BTreeMap::new();
    for value in values {
        *counts.entry(value).or_default() += 1;
    }
    counts
}

fn contents(catalogue: &Catalogue, now: Timestamp, zone: &TimeZone, bytes: usize) -> Contents {
    let meta = catalogue.meta();
    let pack = catalogue.pack();
    let items = || (0..catalogue.item_count() as u32).map(ItemIndex);
    let state = |sale: SaleIndex| match catalogue.sale_state(sale, now) {
        SaleState::Preview => "preview",
        SaleState::Open => "open",
        SaleState::Ended => "ended",
    };
    let rooms = [
        Section::Weights,
        Section::Promotions,
        Section::Campaigns,
        Section::Questions,
        Section::Survey,
        Section::Lifetime,
    ];
    let width = size_of::<u64>();
    Contents {
        state: catalogue.state().to_hex(),
        bytes,
        made: clock::text(meta.created, zone),
        currency: meta.currency.clone(),
        exponent: meta.exponent,
        zone: meta.zone.clone(),
        zone_changes: meta.offsets.iter().skip(1).map(|(at, _)| clock::text(*at, zone)).collect(),
        opening: format!("{:02}:{:02}", meta.opening_minute / 60, meta.opening_minute % 60),
        preview_days: meta.preview_days,
        brands: tally((0..catalogue.brand_count() as u32).map(|row| catalogue.brand_tier(BrandIndex(row)).name())),
        categories: catalogue.category_count(),
        sales: tally((0..catalogue.sale_count() as u32).map(|row| state(SaleIndex(row)))),
        items: catalogue.item_count(),
        items_in_stock: items().filter(|item| catalogue.units_left(*item) > 0).count(),
        items_sensitive: items().filter(|item| catalogue.flags(*item).sensitive()).count(),
        roles: tally(items().map(|item| catalogue.role(item).name())),
        sizes: catalogue.size_count(),
        attributes: catalogue.attribute_count(),
        price_bands: meta.price_edges.len() + 1,
        covisitation_rows: pack.section(Section::CovisitationKeys).len() / width,
        covisitation_neighbours: pack.section(Section::CovisitationSteps).len(),
        rooms: rooms.map(|section| (section.name(), pack.section(section).len())).into_iter().collect(),
        sections: pack.sections().map(|(section, length)| (section.name(), length)).collect(),
        widths: pack.sections().filter_map(|(section, _)| Some((section.name(), pack.width(section)?))).collect(),
    }
}

fn list<K: std::fmt::Display, V: std::fmt::Display>(counts: &BTreeMap<K, V>) -> String {
    let parts: Vec<String> = counts.iter().map(|(name, count)| format!("{count} {name}")).collect();
    if parts.is_empty() { "none".into() } else { parts.join(", ") }
}

fn print(contents: &Contents, now: &str) {
    println!("state          {}", contents.state);
    println!("made           {} ({} bytes)", contents.made, contents.bytes);
    println!("currency       {}, {} digits behind the point", contents.currency, contents.exponent);
    println!("zone           {}, opening at {}, previews {} days", contents.zone, contents.opening, contents.preview_days);
    println!("zone changes   {}", if contents.zone_changes.is_empty() { "none".into() } else { contents.zone_changes.join(", ") });
    println!("brands         {}", list(&contents.brands));
    println!("categories     {}", contents.categories);
    println!("sales          {} at {now}", list(&contents.sales));
    println!(
        "items          {}, {} in stock, {} sensitive",
        contents.items, contents.items_in_stock, contents.items_sensitive
    );
    println!("roles          {}", list(&contents.roles));
    println!(
        "columns        {} sizes, {} attributes, {} price bands",
        contents.sizes, contents.attributes, contents.price_bands
    );
    println!(
        "co-visitation  {} items with {} neighbours",
        contents.covisitation_rows, contents.covisitation_neighbours
    );
    println!("rooms (bytes)  {}", list(&contents.rooms));
    println!("sections (bytes)");
    for (name, length) in &contents.sections {
        match contents.widths.get(name) {
            Some(width) => println!("  {length:>10}  {name}, {width} a number"),
            None => println!("  {length:>10}  {name}"),
        }
    }
}
