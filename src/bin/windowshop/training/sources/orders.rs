//! The shop's orders: which items are bought together.
//!
//! A row is one item of an order: `item_id`, and `order_id` or `customer_id` or both; `ts`, needed with customers, is
//! an instant in milliseconds or as RFC 3339 writes it; `brand`, `category` and `quantity` may be there. Rows may stand
//! in any order, for they are sorted by buyer and time in working files. Nobody's whole history is a session here: two
//! items of one order count one each way, and with customers also what is bought later, 1/(1+d) where it is d orders
//! later, at most 9 of them and 30 days. A pair counts once a customer, or once an order where customers are not named.

use super::super::learn::{Learned, PART, SHAPE, Share, Views};
use super::super::log::{Names, Vocabulary};
use super::super::pairs::{Pairs, UNIT, WAITING_MAX};
use super::super::rows::{self, Rows, RowsError};
use super::super::runs::{Record, Runs, put_growth, take_growth};
use super::super::scorer::Protocol;
use super::super::scratch::{Bytes, put};
use super::super::settings::{Settings, WINDOW, shapes};
use super::super::table::Counted;
use super::super::tune::{QUERIES_MAX, Query, choose};
use super::{Lack, Lesson, Request, Source};
use anyhow::{Result, bail};
use indicatif::ProgressBar;
use std::io;
use windowshop::base::digest::checksum;
use windowshop::base::ids::check_id;

pub(super) const GIVES: &[&str] = &["covisitation", "settings.shape", "brand_views", "category_views"];

pub(super) const LACKS: &[Lack] = &[
    Lack {
        what: "settings.blend",
        why: "how much the latest look and looking again count is not in orders; the engine's own weights stand in",
    },
    Lack {
        what: "views",
        why: "brand_views and category_views count purchases; what is looked at and not bought is not in them",
    },
];

/// Purchases that wait in memory, 40 bytes each.
const WAITING: usize = 2 << 20;
/// An order of more different items is a merchant's, and says little of any two of them.
const ORDER_ITEMS_MAX: usize = 100;
/// A buyer of more rows is not a person but a till, and is passed over.
const BUYER_ROWS_MAX: usize = 20_000;
/// How long after one order another still counts, in milliseconds.
const TOGETHER: i64 = 30 * 86_400_000;
/// The longest history of a query.
const HISTORY: usize = 50;
/// Buyers in this part of all are those that settings are chosen on.
const LAST_TENTH: u64 = u64::MAX / 10 * 9;

pub(super) fn steps() -> u64 {
    2 * PART + SHAPE * shapes().count() as u64
}

/// One item that somebody bought.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Purchase {
    /// XXH3-64 of the customer's id, or of the order's where customers are not named.
    buyer: u64,
    /// Milliseconds since 1970 in UTC, shifted so that none is negative; 0 where the rows have no instant.
    at: u64,
    /// XXH3-64 of the order's id; where orders are not named, what one customer buys in an instant is one.
    order: u64,
    item: u32,
    /// One more than the number; 0 for none.
    brand: u32,
    category: u32,
}

impl Record for Purchase {
    type Key = Self;
    const FIRST: Self = Self { buyer: 0, at: 0, order: 0, item: 0, brand: 0, category: 0 };

    fn key(&self) -> Self {
        *self
    }

    fn add(&mut self, _: &Self) -> bool {
        false
    }

    fn put(&self, before: &Self, to: &mut Vec<u8>) {
        put_growth(self.buyer, before.buyer, to);
        put_growth(self.at, if self.buyer == before.buyer { before.at } else { 0 }, to);
        for number in [self.order, self.item.into(), self.brand.into(), self.category.into()] {
            put(number, to);
        }
    }

    fn take<R: io::Read>(before: &Self, from: &mut Bytes<R>) -> io::Result<Self> {
        let buyer = take_growth(before.buyer, from)?;
        let at = take_growth(if buyer == before.buyer { before.at } else { 0 }, from)?;
        let order = from.take()?;
        let mut number = || Ok::<u32, io::Error>(from.take()? as u32);
        Ok(Self { buyer, at, order, item: number()?, brand: number()?, category: number()? })
    }
}

/// What was read.
struct Read {
    purchases: Runs<Purchase>,
    vocabulary: Vocabulary,
    /// Rows of the buyers that settings are chosen on.
    last_tenth: u64,
    /// Rows of nothing or less than nothing: returns.
    returned: u64,
}

pub(super) fn learn(request: &Request<'_>, progress: &ProgressBar) -> Result<Lesson> {
    let (logs, min_sessions) = (&request.logs, request.min_sessions);
    let failed = logs.scratch.failed();
    let Read { mut purchases, vocabulary, last_tenth, returned } = read(request, progress)?;
    progress.set_position(PART);

    let items = vocabulary.items.len();
    let mut counts = Counts::new(request, items);
    let stride = last_tenth.div_ceil(QUERIES_MAX).max(1);
    let (mut validation, mut of_tenth) = (Vec::new(), 0_u64);
    let mut passed_over = 0_u64;
    let first_part = |buyer: &[Purchase]| buyer.first().is_some_and(|row| row.buyer < LAST_TENTH);
    let taken = buyers(&mut purchases, |buyer| {
        if buyer.len() > BUYER_ROWS_MAX {
            passed_over += 1;
            return Ok(());
        }
        counts.views(buyer);
        if first_part(buyer) {
            return counts.pairs(buyer);
        }
        of_tenth += 1;
        if of_tenth.is_multiple_of(stride) {
            validation.extend(queries(buyer));
        }
        Ok(())
    });
    taken.map_err(&failed)?;
    let kept = counts.pairs.kept(min_sessions).map_err(&failed)?;
    progress.set_position(PART + PART / 2);

    let ranks = vocabulary.items.ranks();
    let counted = Counted { pairs: &kept.pairs, clicks: &counts.bought, ranks: &ranks };
    let protocol = Protocol { exclude_last: false, without_seen: true };
    let blends = [Settings::default().blend];
    let tried = || progress.inc(SHAPE);
    let chosen = choose(counted, &validation, min_sessions, protocol, &blends, tried);
    drop(kept);

    let taken = buyers(&mut purchases, |buyer| {
        let last = !first_part(buyer) && buyer.len() <= BUYER_ROWS_MAX;
        if last { counts.pairs(buyer) } else { Ok(()) }
    });
    taken.map_err(&failed)?;
    let kept = counts.pairs.kept(min_sessions).map_err(&failed)?;
    progress.set_position(steps());
    let mut notes = Vec::new();
    let mut note = |count: u64, what: &str| {
        if count > 0 {
            notes.push(format!("{count} {what}"));
        }
    };
    note(returned, "rows with a quantity of 0 or less, returns, were passed over");
    note(passed_over, "buyers of more than 20000 rows were passed over: tills, not people");
    note(counts.large, "orders of more than 100 different items gave no pairs");
    let Counts { bought, buyers, brands, categories, .. } = counts;
    let learned = Learned {
        vocabulary,
        clicks: bought,
        ranks,
        choice: chosen.best,
        without_back_off: chosen.without_back_off,
        sessions: buyers,
        kept,
        brands,
        categories,
    };
    let trained = learned.trained(Source::Orders);
    Ok(Lesson { trained, notes })
}

/// Reads all rows into an order by buyer and time.
fn read(request: &Request<'_>, progress: &ProgressBar) -> Result<Read> {
    let logs = &request.logs;
    let mut read = Read {
        purchases: Runs::new(logs.scratch, WAITING),
        vocabulary: Vocabulary::default(),
        last_tenth: 0,
        returned: 0,
    };
    let mut share = Share::new(logs.files.len() as u64);
    for file in logs.files {
        let mut rows = Rows::open(file)?.named(logs.columns);
        let columns = Columns::of(&mut rows)?;
        if columns.customer.is_none() && columns.order.is_none() {
            bail!("{} has neither a column order_id nor a column customer_id", file.display());
        }
        for row in 1_u64.. {
            if !rows.advance()? {
                break;
            }
            if row.is_multiple_of(100_000) {
                progress.set_position(share.of(rows.progress().min(999)));
            }
            let Some(purchase) = columns.purchase(&rows, &mut read.vocabulary)? else {
                read.returned += 1;
                continue;
            };
            read.last_tenth += u64::from(purchase.buyer >= LAST_TENTH);
            read.purchases.push(purchase).map_err(logs.scratch.failed())?;
        }
        progress.set_position(share.of(1_000));
    }
    Ok(read)
}

struct Columns {
    order: Option<usize>,
    customer: Option<usize>,
    instant: Option<usize>,
    item: usize,
    brand: Option<usize>,
    category: Option<usize>,
    quantity: Option<usize>,
}

impl Columns {
    fn of(rows: &mut Rows) -> Result<Self, RowsError> {
        let mut there = |column| Ok(if rows.holds(column)? { rows.find(column)? } else { None });
        let (order, customer) = (there("order_id")?, there("customer_id")?);
        Ok(Self {
            order,
            customer,
            instant: if customer.is_some() { Some(rows.need("ts")?) } else { rows.find("ts")? },
            item: rows.need("item_id")?,
            brand: rows.find("brand")?,
            category: rows.find("category")?,
            quantity: rows.find("quantity")?,
        })
    }

    /// The purchase that a row is; `None` for a return.
    fn purchase(&self, rows: &Rows, vocabulary: &mut Vocabulary) -> Result<Option<Purchase>, RowsError> {
        let there = |column: Option<usize>| column.map(|column| rows.cell(column)).filter(|cell| !cell.is_empty());
        if let Some(text) = there(self.quantity) {
            let quantity: f64 = text
                .parse()
                .ok()
                .filter(|quantity: &f64| quantity.is_finite())
                .ok_or_else(|| rows.wrong("quantity", format!("{text:?} is not a number")))?;
            if quantity <= 0.0 {
                return Ok(None);
            }
        }
        let hash = |field, column: Option<usize>| {
            let Some(column) = column else { return Ok(None) };
            let id = rows.cell(column);
            check_id(id).map_err(|error| rows.wrong(field, error))?;
            Ok(Some(checksum(id.as_bytes())))
        };
        let (order, customer) = (hash("order_id", self.order)?, hash("customer_id", self.customer)?);
        let at = match self.instant {
            // Without customers an order is an order, whenever it was.
            Some(column) if customer.is_some() => instant(rows.cell(column)).map_err(|reason| rows.wrong("ts", reason))?,
            _ => 0,
        };
        let number = |names: &mut Names, field, id: &str| {
            names.number(id).map_err(|error| rows.wrong(field, error))
        };
        let optional = |names: &mut Names, field, column| match there(column) {
            Some(id) => Ok::<u32, RowsError>(number(names, field, id)? + 1),
            None => Ok(0),
        };
        Ok(Some(Purchase {
            buyer: customer.or(order).unwrap_or(0),
            at,
            order: order.unwrap_or(at),
            item: number(&mut vocabulary.items, "item_id", rows.cell(self.item))?,
            brand: optional(&mut vocabulary.brands, "brand", self.brand)?,
            category: optional(&mut vocabulary.categories, "category", self.category)?,
        }))
    }
}

/// An instant as [`Purchase`] has it.
fn instant(text: &str) -> Result<u64, String> {
    rows::instant(text).map(|at| at.wrapping_sub(i64::MIN).cast_unsigned())
}

/// Hands over each buyer's purchases, oldest first; of one that has too many, one more than are allowed.
fn buyers(
    purchases: &mut Runs<Purchase>,
    mut each: impl FnMut(&[Purchase]) -> io::Result<()>,
) -> io::Result<()> {
    let mut buyer: Vec<Purchase> = Vec::new();
    purchases.merge(|row| {
        if buyer.first().is_some_and(|first| first.buyer != row.buyer) {
            each(&buyer)?;
            buyer.clear();
        }
        if buyer.len() <= BUYER_ROWS_MAX {
            buyer.push(row);
        }
        Ok(())
    })?;
    if buyer.is_empty() { Ok(()) } else { each(&buyer) }
}

/// What is counted of buyers.
struct Counts {
    pairs: Pairs,
    /// Purchases by item.
    bought: Vec<u64>,
    buyers: u64,
    brands: Views,
    categories: Views,
    /// Orders that were too large for pairs.
    large: u64,
}

impl Counts {
    fn new(request: &Request<'_>, items: usize) -> Self {
        Self {
            pairs: Pairs::new(request.logs.scratch, WAITING_MAX),
            bought: vec![0; items],
            buyers: 0,
            brands: Views::default(),
            categories: Views::default(),
            large: 0,
        }
    }

    fn views(&mut self, buyer: &[Purchase]) {
        let named = |number: fn(&Purchase) -> u32| -> Vec<u32> {
            buyer.iter().filter_map(|row| number(row).checked_sub(1)).collect()
        };
        self.brands.count(self.buyers, &named(|row| row.brand));
        self.categories.count(self.buyers, &named(|row| row.category));
        self.buyers += 1;
    }

    fn pairs(&mut self, buyer: &[Purchase]) -> io::Result<()> {
        let mut orders: Vec<(u64, Vec<u32>)> = Vec::new();
        for order in buyer.chunk_by(|one, next| (one.at, one.order) == (next.at, next.order)) {
            let mut items: Vec<u32> = order.iter().map(|row| row.item).collect();
            for item in &items {
                if let Some(bought) = self.bought.get_mut(*item as usize) {
                    *bought += 1;
                }
            }
            items.sort_unstable();
            items.dedup();
            if items.len() > ORDER_ITEMS_MAX {
                self.large += 1;
            } else if let Some(first) = order.first() {
                orders.push((first.at, items));
            }
        }
        for (place, (at, items)) in orders.iter().enumerate() {
            for (i, one) in items.iter().enumerate() {
                for other in items.iter().skip(i + 1) {
                    self.pairs.part(*one, *other, UNIT, UNIT);
                }
            }
            for (distance, (later, others)) in (2..=WINDOW as u32).zip(orders.iter().skip(place + 1)) {
                if later - at > TOGETHER.cast_unsigned() {
                    break;
                }
                for one in items {
                    for other in others {
                        self.pairs.part(*one, *other, UNIT / distance, 0);
                    }
                }
            }
        }
        self.pairs.end_session()
    }
}

/// The queries that a buyer makes: what was bought so far, and what came next that was not bought before.
fn queries(buyer: &[Purchase]) -> Vec<Query> {
    let mut items: Vec<u32> = Vec::new();
    let mut queries = Vec::new();
    for row in buyer.iter().take(2 * HISTORY) {
        if items.contains(&row.item) {
            continue;
        }
        let history = items.iter().skip(items.len().saturating_sub(HISTORY)).map(|item| Some(*item));
        if !items.is_empty() {
            queries.push(Query { history: history.collect(), target: row.item });
        }
        items.push(row.item);
    }
    queries
}

#[cfg(test)]
mod tests;
