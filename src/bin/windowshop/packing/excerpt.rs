//! What of a pack is fetched first: which items its excerpt has, and its files.
//!
//! The excerpt is the same for every shopper. It has today's new, whole, and of each other sale that is open the first tenth. A
//! sale's first are not its best alone: of every kind and price that it has the best, then of every kind the second, so that
//! whatever one looks for something of it is there. How near its lists come is told by `node benches/excerpt.mjs`.

use super::manifest::{DeltaEntry, Excerpt};
use super::{build, files};
use crate::feeds::Texts;
use anyhow::{Context, Result};
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::path::Path;
use windowshop::base::ids::{ItemIndex, SaleIndex};
use windowshop::base::time::DAY;
use windowshop::catalogue::delta::Delta;
use windowshop::catalogue::{AlignedBytes, Catalogue, Pack, excerpt};

/// Where nobody says otherwise, a pack of fewer items has no excerpt: it is fetched about as fast as one.
pub(crate) const FROM: usize = 5_000;
/// Of a sale that is not today's one item in so many is in the excerpt, and always one.
const ONE_IN: usize = 10;
/// A sale is today's where it opens no further than this before or after the pack is made: packs are made around the opening.
const TODAY: i64 = DAY / 2;
/// What a percent off counts beside the unit of quality: as the signals' own weights have it (200 and 500 thousandths).
const PERCENT: i32 = 4_000;

/// By item: whether the excerpt has it.
fn taken(catalogue: &Catalogue) -> Vec<bool> {
    let mut taken = vec![false; catalogue.item_count()];
    for sale in (0..catalogue.sale_count() as u32).map(SaleIndex) {
        for item in first_of(catalogue, sale) {
            if let Some(slot) = taken.get_mut(item.row()) {
                *slot = true;
            }
        }
    }
    taken
}

/// The items of a sale that the excerpt has.
fn first_of(catalogue: &Catalogue, sale: SaleIndex) -> Vec<ItemIndex> {
    let made = catalogue.meta().created;
    let (opens, closes) = catalogue.sale_times(sale);
    let rows = catalogue.sale_items(sale);
    if opens.0.abs_diff(made.0) <= TODAY.unsigned_abs() {
        return rows.map(|row| ItemIndex(row as u32)).collect();
    }
    if closes <= made || opens >= made.plus(DAY) {
        return Vec::new();
    }
    let mut kinds: BTreeMap<_, Vec<(Reverse<i32>, ItemIndex)>> = BTreeMap::new();
    let (most, qualities) = (rows.len().div_ceil(ONE_IN), catalogue.qualities());
    for item in rows.map(|row| ItemIndex(row as u32)).filter(|item| catalogue.units_left(*item) > 0) {
        let kind = (catalogue.item_category(item), catalogue.meta().price_band(catalogue.price(item)));
        let worth = qualities.at(item.row()) + i32::from(catalogue.percent_off(item)) * PERCENT;
        kinds.entry(kind).or_default().push((Reverse(worth), item));
    }
    let mut places = Vec::new();
    for kind in kinds.values_mut() {
        kind.sort_unstable();
        places.extend(kind.iter().enumerate().map(|(place, (worth, item))| (place, *worth, *item)));
    }
    places.sort_unstable();
    places.into_iter().take(most).map(|(.., item)| item).collect()
}

/// Writes the excerpt's pack and texts into `out`; nothing where it would be more than half of the pack.
pub(super) fn write(out: &Path, catalogue: &Catalogue, texts: &[Texts]) -> Result<Option<Excerpt>> {
    let taken = taken(catalogue);
    if taken.iter().filter(|taken| **taken).count() > taken.len() / 2 {
        return Ok(None);
    }
    let takes = |row: usize| taken.get(row).copied().unwrap_or(false);
    let bytes = excerpt(catalogue.pack(), |item| takes(item.row()));
    let pack = Pack::open(AlignedBytes::copy_of(&bytes)).context("the excerpt just made does not open")?;
    let state = pack.state().to_hex();
    let mut written = BTreeMap::new();
    for texts in texts {
        let items = texts.items.iter().enumerate().filter(|(row, _)| takes(*row));
        let some = Texts { items: items.map(|(_, name)| name.clone()).collect(), ..texts.clone() };
        written.insert(texts.language.clone(), build::put_text(out, &state, &some)?);
    }
    let pack = files::put(out, "excerpt", "wspack", &bytes)?;
    Ok(Some(Excerpt { state, pack, text: written, deltas: Vec::new() }))
}

/// What a delta changes of the items that an excerpt has; `whole` is as the delta finds it, `some` the excerpt as it stands.
fn part_of(delta: &Delta, whole: &Catalogue, some: &Catalogue) -> Delta {
    let item = |row: u32| some.find_item(whole.item_id(ItemIndex(row)));
    let mut stock = Vec::new();
    let changed: BTreeMap<u32, u32> = delta.stock.iter().copied().collect();
    for found in (0..some.item_count() as u32).map(ItemIndex) {
        let Some(of) = whole.find_item(some.item_id(found)) else { continue };
        for (before, now) in whole.stock(of).zip(some.stock(found)) {
            stock.extend(changed.get(&before.row).map(|left| (now.row, *left)));
        }
    }
    Delta {
        applies_to: some.state().0,
        made: delta.made,
        stock,
        prices: delta.prices.iter().filter_map(|(row, price)| Some((item(*row)?.0, *price))).collect(),
        sales: delta.sales.clone(),
        hidden: delta.hidden.iter().filter_map(|(row, hidden)| Some((item(*row)?.0, *hidden))).collect(),
    }
}

/// Puts the excerpt's part of a delta beside it, where it has any; the file's name.
///
/// # Errors
/// Where a file of the excerpt cannot be read, or the part cannot be kept.
pub(crate) fn follow(
    folder: &Path,
    excerpt: &mut Excerpt,
    delta: &Delta,
    whole: &Catalogue,
) -> Result<Option<String>> {
    let mut some = files::catalogue(folder, &excerpt.pack, &excerpt.deltas)?;
    let part = part_of(delta, whole, &some);
    if part.is_empty() {
        return Ok(None);
    }
    let from = some.state().to_hex();
    some.apply(&part).context("the delta just made does not apply to the excerpt")?;
    let file = files::put(folder, "delta", "wsdelta", &part.to_bytes())?;
    let name = file.url.clone();
    excerpt.deltas.push(DeltaEntry { file, from, to: some.state().to_hex(), made: delta.made.0 });
    Ok(Some(name))
}
