//! The day's change: what a newer feed, or a list of changes, says against the state that is served.
//!
//! A delta can change stock, prices and sale times, and hide items. What it cannot carry (new items, new sizes,
//! other list prices or names) is counted and told: it waits for the next pack.

use crate::feeds::problem::{FeedError, Problem};
use crate::feeds::rows::json_reason;
use crate::feeds::{Feed, Named};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use windowshop::base::ids::{ItemIndex, SaleIndex};
use windowshop::base::money::Money;
use windowshop::base::time::Timestamp;
use windowshop::catalogue::Catalogue;
use windowshop::catalogue::delta::Delta;
use windowshop::catalogue::input::{ItemInput, SaleInput};

/// What a delta cannot carry.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Waiting {
    /// Items that the pack does not have.
    pub(crate) items: usize,
    /// Sales that it does not have.
    pub(crate) sales: usize,
    /// Sizes that an item of it does not have.
    pub(crate) sizes: usize,
    /// Items whose list price differs.
    pub(crate) list_prices: usize,
    /// Sizes of which more is left than there was at opening: as many as then are told until the next pack.
    pub(crate) restocked: usize,
}

/// A change as a shop's systems tell it, one JSON object a line.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Change {
    item: Option<String>,
    sale: Option<String>,
    size: Option<String>,
    left: Option<u32>,
    price: Option<String>,
    hidden: Option<bool>,
    opens: Option<String>,
    closes: Option<String>,
}

fn empty(catalogue: &Catalogue, made: Timestamp) -> Delta {
    Delta {
        applies_to: catalogue.state().0,
        made,
        stock: Vec::new(),
        prices: Vec::new(),
        sales: Vec::new(),
        hidden: Vec::new(),
    }
}

/// What a newer feed changes.
pub(crate) fn between(catalogue: &Catalogue, feed: &Feed, made: Timestamp) -> (Delta, Waiting) {
    let (mut delta, mut waiting) = (empty(catalogue, made), Waiting::default());
    let items: BTreeMap<&str, &Named<ItemInput>> =
        feed.items.iter().map(|named| (named.row.id.as_str(), named)).collect();
    for row in 0..catalogue.item_count() as u32 {
        let item = ItemIndex(row);
        let gone = match items.get(catalogue.item_id(item)) {
            Some(named) => {
                compare(catalogue, item, &named.row, &mut delta, &mut waiting);
                false
            }
            None => true,
        };
        if gone != catalogue.is_hidden(item) {
            delta.hidden.push((row, gone));
        }
    }
    waiting.items = items.keys().filter(|id| catalogue.find_item(id).is_none()).count();
    let sales: BTreeMap<&str, &Named<SaleInput>> =
        feed.sales.iter().map(|named| (named.row.id.as_str(), named)).collect();
    for row in 0..catalogue.sale_count() as u32 {
        if let Some(named) = sales.get(catalogue.sale_id(SaleIndex(row)))
            && catalogue.sale_times(SaleIndex(row)) != (named.row.opens, named.row.closes)
        {
            delta.sales.push((row, named.row.opens, named.row.closes));
        }
    }
    waiting.sales = sales.keys().filter(|id| catalogue.find_sale(id).is_none()).count();
    (delta, waiting)
}

fn compare(
    catalogue: &Catalogue,
    item: ItemIndex,
    row: &ItemInput,
    delta: &mut Delta,
    waiting: &mut Waiting,
) {
    if catalogue.list_price(item) != row.list_price {
        waiting.list_prices += 1;
    }
    if catalogue.price(item) != row.price && row.price <= catalogue.list_price(item) {
        delta.prices.push((item.0, row.price));
    }
    let mut known = 0;
    for stock in catalogue.stock(item) {
        // A size that the feed no longer lists has run out.
        let now = row.stock.iter().find(|size| size.size == stock.size);
        known += usize::from(now.is_some());
        let left = now.map_or(0, |size| size.left).min(stock.at_opening);
        waiting.restocked += usize::from(now.is_some_and(|size| size.left > stock.at_opening));
        if left != stock.left {
            delta.stock.push((stock.row, left));
        }
    }
    waiting.sizes += row.stock.len() - known;
}

/// How many items a delta takes away of how many that are on sale: shown, in a sale that is not over.
pub(crate) fn taken_away(catalogue: &Catalogue, delta: &Delta) -> (usize, usize) {
    let hidden: BTreeMap<u32, bool> = delta.hidden.iter().copied().collect();
    let is_on_sale = |item: &ItemIndex| {
        let (_, closes) = catalogue.sale_times(catalogue.item_sale(*item));
        !catalogue.is_hidden(*item) && closes > delta.made
    };
    let on_sale: Vec<ItemIndex> =
        (0..catalogue.item_count() as u32).map(ItemIndex).filter(is_on_sale).collect();
    let gone = on_sale.iter().filter(|item| hidden.get(&item.0) == Some(&true)).count();
    (gone, on_sale.len())
}

/// The items that cost nothing by a delta.
pub(crate) fn free_of_charge<'a>(catalogue: &'a Catalogue, delta: &Delta) -> Vec<&'a str> {
    let free = delta.prices.iter().filter(|(_, price)| *price == 0);
    free.map(|(row, _)| catalogue.item_id(ItemIndex(*row))).collect()
}

/// What a list of changes says. It is taken whole or refused whole, by file and line.
///
/// # Errors
/// [`FeedError::Refused`] with every line that is off.
pub(crate) fn from_changes(
    catalogue: &Catalogue,
    file: &str,
    text: &str,
    made: Timestamp,
    instant: impl Fn(&str) -> Result<Timestamp, String>,
) -> Result<Delta, FeedError> {
    let mut delta = empty(catalogue, made);
    let mut problems = Vec::new();
    for (line, row) in (1..).zip(text.lines()).filter(|(_, row)| !row.trim().is_empty()) {
        let change =
            serde_json::from_str::<Change>(row).map_err(|error| (String::new(), json_reason(&error)));
        let taken = change.and_then(|change| take(catalogue, &change, &mut delta, &instant));
        if let Err((field, reason)) = taken {
            problems.push(Problem { file: file.into(), line, field, reason });
        }
    }
    if problems.is_empty() { Ok(delta) } else { Err(FeedError::Refused(problems)) }
}

/// A field and what is wrong with it.
type Off = (String, String);

fn off<T>(field: &str, reason: impl Into<String>) -> Result<T, Off> {
    Err((field.into(), reason.into()))
}

fn take(
    catalogue: &Catalogue,
    change: &Change,
    delta: &mut Delta,
    instant: &impl Fn(&str) -> Result<Timestamp, String>,
) -> Result<(), Off> {
    match (&change.item, &change.sale) {
        (Some(id), None) => {
            let Some(item) = catalogue.find_item(id) else {
                return off("item", format!("{id:?} is not in the pack"));
            };
            if change.opens.is_some() || change.closes.is_some() {
                return off("opens", "is a sale's, not an item's");
            }
            take_item(catalogue, item, change, delta)
        }
        (None, Some(id)) => {
            let Some(sale) = catalogue.find_sale(id) else {
                return off("sale", format!("{id:?} is not in the pack"));
            };
            let (mut opens, mut closes) = catalogue.sale_times(sale);
            if let Some(text) = &change.opens {
                opens = instant(text).map_err(|reason| ("opens".to_string(), reason))?;
            }
            if let Some(text) = &change.closes {
                closes = instant(text).map_err(|reason| ("closes".to_string(), reason))?;
            }
            if change.size.is_some()
                || change.left.is_some()
                || change.price.is_some()
                || change.hidden.is_some()
            {
                return off("sale", "has opens and closes alone");
            }
            if closes <= opens {
                return off("closes", "is not after it opens");
            }
            delta.sales.push((sale.0, opens, closes));
            Ok(())
        }
        _ => off("", "names an item or a sale, and one of them"),
    }
}

fn take_item(catalogue: &Catalogue, item: ItemIndex, change: &Change, delta: &mut Delta) -> Result<(), Off> {
    match (&change.size, change.left) {
        (None, None) => {}
        (Some(size), Some(left)) => {
            let found = catalogue.stock(item).find(|stock| stock.size == size.as_str());
            let Some(stock) = found else { return off("size", format!("{size:?} is not one of the item's")) };
            if left > stock.at_opening {
                let reason =
                    format!("is more than the {} there were of size {size} at opening", stock.at_opening);
                return off("left", reason);
            }
            delta.stock.push((stock.row, left));
        }
        _ => return off("left", "goes with size: both or neither"),
    }
    if let Some(text) = &change.price {
        let exponent = catalogue.meta().exponent;
        let price =
            Money::parse(text, exponent).map_err(|error| ("price".to_string(), error.to_string()))?.minor();
        if price < 0 || price > catalogue.list_price(item) {
            return off("price", "is from zero to the list price");
        }
        delta.prices.push((item.0, price));
    }
    if let Some(hidden) = change.hidden {
        delta.hidden.push((item.0, hidden));
    }
    if change.left.is_none() && change.price.is_none() && change.hidden.is_none() {
        return off("", "changes nothing: give size and left, price or hidden");
    }
    Ok(())
}
