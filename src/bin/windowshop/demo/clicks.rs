//! A click log of the days before: simulated shoppers with tastes, in the form of a shop's own logs.
//!
//! It trains the demo's pack and stands for no real shopper. Sixty of a hundred sessions are first visits; half
//! stroll and half are in a hurry; a taste is two top categories, a tier, colours and, for who comes back,
//! favourite brands (domain facts, section 3). The sales clicked are those that were open at the time.

use super::brands::{Brand, CATEGORY_SHARES};
use super::chance::Chance;
use super::sales::Opening;
use super::{Plan, Street};
use anyhow::{Context, Result};
use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;
use windowshop::catalogue::BrandTier;

/// Days before the plan's that the log holds.
const DAYS: i64 = 7;
const DAYS_FULL: i64 = 3;
/// Sessions of a day.
const SESSIONS: u32 = 3_500;
const SESSIONS_FULL: u32 = 8_000;
/// Shoppers who come back.
const SHOPPERS: u32 = 3_000;
/// First visits among sessions, in percent.
const FIRST_VISITS: u32 = 60;
/// Views that go back to an item seen earlier in the session, in percent.
const RETURNS: u32 = 25;
/// How much likelier a brand that a shopper likes is chosen.
const LIKED_BRAND: u32 = 14;

/// What a simulated shopper likes.
struct Taste {
    tops: [&'static str; 2],
    tier: BrandTier,
    /// Places of colours in the vocabulary's order.
    colours: Vec<String>,
    /// Numbers of brands.
    brands: Vec<usize>,
}

/// An item as the simulation sees it.
struct Clickable {
    id: String,
    category: String,
    colour: String,
    price: i64,
}

/// A sale with what it shows.
struct Window<'a> {
    opening: Opening<'a>,
    items: Vec<Clickable>,
    /// How much it draws: 1 to 5.
    draw: u32,
}

/// Writes the log, gzip-compressed; the same plan gives the same bytes. Returns sessions and clicks.
pub(super) fn write(plan: &Plan, street: &Street, path: &Path) -> Result<(u64, u64)> {
    let file = std::fs::File::create(path).with_context(|| format!("cannot write {}", path.display()))?;
    // The header keeps no name and no time.
    let gzip = flate2::write::GzEncoder::new(std::io::BufWriter::new(file), flate2::Compression::default());
    let mut to = ::csv::Writer::from_writer(gzip);
    to.write_record(["session_id", "pos", "item_id", "ts", "brand", "category"])?;
    let days = if plan.full { DAYS_FULL } else { DAYS };
    let first = plan.day - days;
    let windows: Vec<Window<'_>> = street
        .openings(first - super::FESTIVAL_SALE_DAYS, plan.day - 1)
        .into_iter()
        .filter(|opening| opening.day + opening.length >= first)
        .map(|opening| window(opening, plan, street))
        .collect();
    let (mut session, mut clicks) = (0_u64, 0_u64);
    for day in first..plan.day {
        let mut starts: Vec<(u32, u32)> = (0..if plan.full { SESSIONS_FULL } else { SESSIONS })
            .map(|number| (start(&mut Chance::of(plan.seed, "start", &[day, i64::from(number)])), number))
            .collect();
        starts.sort_unstable();
        for (minute, number) in starts {
            // Before the opening hour yesterday's sales are the latest.
            let shop_day = if minute < u32::from(super::OPENING_MINUTE) { day - 1 } else { day };
            let open: Vec<&Window<'_>> = windows
                .iter()
                .filter(|window| {
                    (window.opening.day..window.opening.day + window.opening.length).contains(&shop_day)
                })
                .collect();
            let mut chance = Chance::of(plan.seed, "session", &[day, i64::from(number)]);
            let taste = taste(plan, street, &mut chance);
            let mut at = super::instant_of(day, i64::from(minute)).0 / 1_000 + i64::from(chance.below(60));
            for (place, (window, item)) in walk(&open, &taste, shop_day, &mut chance).into_iter().enumerate()
            {
                let brand = &window.opening.brand.id;
                let (session, place, time) = (session.to_string(), place.to_string(), at.to_string());
                to.write_record([&session, &place, &item.id, &time, brand, &item.category])?;
                at += i64::from(6 + chance.skewed(120));
                clicks += 1;
            }
            session += 1;
        }
    }
    let gzip =
        to.into_inner().map_err(|error| anyhow::anyhow!("cannot write {}: {error}", path.display()))?;
    gzip.finish()?.flush()?;
    Ok((session, clicks))
}

fn window<'a>(opening: Opening<'a>, plan: &Plan, street: &Street) -> Window<'a> {
    let value = |attributes: &[String], name: &str| {
        attributes.iter().find_map(|text| text.strip_prefix(name)).unwrap_or("").to_string()
    };
    let clickable = |named: crate::feeds::Named<windowshop::catalogue::input::ItemInput>| Clickable {
        colour: value(&named.row.attributes, "colour="),
        id: named.row.id,
        category: named.row.category,
        price: named.row.price,
    };
    let items = opening.items(plan, &street.words, usize::MAX).into_iter().map(clickable).collect();
    let draw = 1 + Chance::of(plan.seed, "draw", &[opening.number as i64, opening.day]).skewed(5);
    Window { opening, items, draw }
}

/// The minute of the day at which a session begins: many come at the opening hour and in the evening.
fn start(chance: &mut Chance) -> u32 {
    match chance.below(100) {
        0..35 => 600 + chance.skewed(150),
        35..65 => 1_180 + chance.below(200),
        _ => 420 + chance.below(980),
    }
}

fn taste(plan: &Plan, street: &Street, chance: &mut Chance) -> Taste {
    if chance.percent(FIRST_VISITS) {
        return draw_taste(street, chance, 0);
    }
    let shopper = chance.below(SHOPPERS);
    draw_taste(street, &mut Chance::of(plan.seed, "shopper", &[i64::from(shopper)]), 8)
}

fn draw_taste(street: &Street, chance: &mut Chance, brands: usize) -> Taste {
    let top = |chance: &mut Chance| {
        let place = chance.weighted(CATEGORY_SHARES.iter().map(|(_, share)| *share));
        CATEGORY_SHARES.get(place).map_or("women", |(top, _)| *top)
    };
    let tops = [top(chance), top(chance)];
    let tier = match chance.below(100) {
        0..4 => BrandTier::Luxury,
        4..20 => BrandTier::First,
        20..65 => BrandTier::Second,
        _ => BrandTier::Third,
    };
    let mut colours: Vec<String> = street.words.colours.keys().cloned().collect();
    chance.shuffle(&mut colours);
    colours.truncate(5);
    let fits = |brand: &Brand| tops.contains(&brand.top) && brand.tier == tier;
    let mut liked: Vec<usize> =
        street.brands.iter().enumerate().filter(|(_, brand)| fits(brand)).map(|(number, _)| number).collect();
    chance.shuffle(&mut liked);
    liked.truncate(brands);
    Taste { tops, tier, colours, brands: liked }
}

/// One session's views, in order.
fn walk<'a>(
    open: &[&'a Window<'a>],
    taste: &Taste,
    today: i64,
    chance: &mut Chance,
) -> Vec<(&'a Window<'a>, &'a Clickable)> {
    let stroll = chance.percent(50);
    let (views, moving_on) = if stroll { (8 + chance.skewed(60), 18) } else { (2 + chance.skewed(8), 10) };
    let mut by_top: BTreeMap<&str, Vec<(&'a Window<'a>, u32)>> = BTreeMap::new();
    for window in open {
        let brand = window.opening.brand;
        let mut weight = window.draw;
        if brand.tier == taste.tier {
            weight *= 4;
        }
        if window.opening.day == today {
            weight *= 2;
        }
        if taste.brands.contains(&window.opening.number) {
            weight *= LIKED_BRAND;
        }
        by_top.entry(brand.top).or_default().push((window, weight));
    }
    let choose = |chance: &mut Chance| -> Option<&'a Window<'a>> {
        let all: Vec<&str> = by_top.keys().copied().collect();
        let top = match chance.below(100) {
            0..62 => taste.tops[0],
            62..90 => taste.tops[1],
            _ => chance.pick(&all).copied()?,
        };
        let windows = by_top.get(top).or_else(|| by_top.values().next())?;
        let place = chance.weighted(windows.iter().map(|(_, weight)| *weight));
        windows.get(place).map(|(window, _)| *window)
    };
    let mut seen: Vec<(&'a Window<'a>, &'a Clickable)> = Vec::new();
    let mut window = choose(chance);
    for _ in 0..views {
        if chance.percent(moving_on) {
            window = choose(chance);
        }
        if chance.percent(RETURNS)
            && let Some(earlier) = chance.pick(&seen).copied()
            && seen.last().is_some_and(|last| last.1.id != earlier.1.id)
        {
            window = Some(earlier.0);
            seen.push(earlier);
            continue;
        }
        let Some(window) = window else { break };
        let last = seen.last().map(|(_, item)| *item);
        let next = look(window, last, taste, chance);
        if let Some(next) = next.filter(|next| last.is_none_or(|last| last.id != next.id)) {
            seen.push((window, next));
        }
    }
    seen
}

/// The item looked at next in a window: of three near the front, the one closest to the taste and the last look.
fn look<'a>(
    window: &'a Window<'a>,
    last: Option<&Clickable>,
    taste: &Taste,
    chance: &mut Chance,
) -> Option<&'a Clickable> {
    let count = window.items.len() as u32;
    // Few walk to the end of two hundred items: one of the three is among the first rows.
    let candidates: Vec<&Clickable> = [count, count, count / 6 + 1]
        .into_iter()
        .filter_map(|reach| window.items.get(chance.skewed(reach) as usize))
        .collect();
    candidates.into_iter().rev().max_by_key(|item| {
        let alike = last.map_or(0, |last| {
            let close = (item.price - last.price).abs() * 3 < last.price;
            u32::from(item.category == last.category) * 3
                + u32::from(close)
                + u32::from(item.colour == last.colour)
        });
        alike + 2 * u32::from(taste.colours.contains(&item.colour))
    })
}
