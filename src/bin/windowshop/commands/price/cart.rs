//! A cart by the rules of a pack: what the tab and the checkout say of it, before anybody sees it.

use crate::endpoint::Quote;
use crate::feeds::files::read_given;
use crate::feeds::{clock, decimal};
use crate::output::Output;
use crate::packing::{files, manifest};
use crate::packs;
use anyhow::Context;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use windowshop::engine::views::{ReceiptLineView, ReceiptView, RefusedView, ShareView};
use windowshop::engine::{CartInput, Engine};

/// Prices a cart and prints its receipt.
pub(super) fn price(
    pack: &Path,
    deltas: &[PathBuf],
    at: Option<&str>,
    cart: Option<&Path>,
    output: &Output,
) -> anyhow::Result<ExitCode> {
    let engine = open(pack, deltas)?;
    let zone = clock::zone_of(engine.catalogue());
    let now = clock::at(at, &zone)?.unwrap_or_else(clock::now);
    let cart: CartInput = read_given(cart, "a cart")?;
    let receipt = engine.price(&cart, now).context("the cart is refused")?;
    let quote = Quote::of(receipt, now);
    output.result(&quote, || print(&engine, &clock::text(now, &zone), &quote.receipt))?;
    Ok(ExitCode::SUCCESS)
}

/// An engine with a pack and its deltas; those that a folder's manifest names where it is a folder.
fn open(pack: &Path, deltas: &[PathBuf]) -> anyhow::Result<Engine> {
    if !pack.is_dir() {
        return packs::open(pack, deltas);
    }
    anyhow::ensure!(deltas.is_empty(), "a folder's deltas stand in its pack.json: leave --delta out");
    let published = files::read_manifest(&pack.join(manifest::NAME))?;
    let deltas: Vec<_> = published.deltas.iter().map(|delta| pack.join(&delta.file.url)).collect();
    packs::open(&pack.join(&published.pack.url), &deltas)
}

fn print(engine: &Engine, now: &str, receipt: &ReceiptView) {
    let meta = engine.catalogue().meta();
    let money = |minor: i64| decimal(minor, meta.exponent);
    println!("{now}, {}, state {}", meta.currency, receipt.state);
    for line in &receipt.lines {
        let ReceiptLineView { item, size, quantity, available, subtotal, discounts, total, .. } = line;
        let size = size.as_ref().map(|size| format!(" {size}")).unwrap_or_default();
        let short = if available < quantity { format!(", {available} to be had") } else { String::new() };
        println!("{:>12}  {item}{size} × {quantity}{short}: {}{}", money(*total), money(*subtotal), off(discounts, money));
    }
    if let Some(shipping) = &receipt.shipping {
        println!("{:>12}  shipping: {}{}", money(shipping.total), money(shipping.subtotal), off(&shipping.discounts, money));
    }
    println!("{:>12}  in all, {} off, tax in it {}", money(receipt.total), money(receipt.discount), money(receipt.tax));
    if !receipt.tenders.is_empty() {
        println!("{:>12}  to pay", money(receipt.payable));
    }
    for used in receipt.used.iter().chain(&receipt.tenders) {
        let code = used.code.as_ref().map(|code| format!(" ({code})")).unwrap_or_default();
        let next = used.next.map(|next| format!(", {} more for {} more off", money(next.missing), money(next.more)));
        println!("used          {}{code}: {}{}", used.id, money(used.amount), next.unwrap_or_default());
    }
    for gift in &receipt.gifts {
        println!("gift          {} × {}, by {}", gift.item, gift.quantity, gift.promotion);
    }
    for points in &receipt.points {
        println!("points        {} times on {}, by {}", decimal(points.times.into(), 2), money(points.amount), points.promotion);
    }
    if receipt.points_spent > 0 {
        println!("points spent  {}", receipt.points_spent);
    }
    for refused in &receipt.refused {
        println!("not used      {}", why(refused, money));
    }
    for code in &receipt.unknown_codes {
        println!("no such code  {code}");
    }
    if let Some(gap) = receipt.gap {
        println!("not proven    another combination could save {} more at most", money(gap));
    }
}

/// What promotions take off a line.
fn off(shares: &[ShareView], money: impl Fn(i64) -> String) -> String {
    let parts = shares.iter().map(|share| format!(" − {} {}", money(share.amount), share.promotion));
    parts.collect::<Vec<_>>().concat()
}

/// Why a promotion was not used, with what its reason counts.
fn why(refused: &RefusedView, money: impl Fn(i64) -> String) -> String {
    let RefusedView { id, reason, shortfall, with, less, number, .. } = refused;
    let counted = |count: &i64| if *reason == "amount_short" { money(*count) } else { count.to_string() };
    let told = [
        Some(format!("{id}: {reason}")),
        shortfall.as_ref().map(|shortfall| format!(" by {}", counted(shortfall))),
        number.map(|number| format!(" {number}")),
        with.as_ref().map(|with| format!(", {with} stands against it")),
        less.map(|less| format!(", it would save {} less", money(less))),
    ];
    told.into_iter().flatten().collect()
}
