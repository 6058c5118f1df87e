//! What a shopper's orders come to: how recent, how many, how much.
//!
//! Pure functions over plain rows. Figures stay in the tab and are never shown to a shopper as a judgement.

use super::account::Account;
use super::event::EventKind;
use super::habits::Habits;
use super::history::History;
use super::lifetime::Expectation;
use crate::base::maps::Map;
use crate::base::money::{AMOUNT_MAX, Money};
use crate::base::order;
use crate::base::time::{Timestamp, Zone};
use alloc::vec::Vec;

/// An order as figures need it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OrderRow {
    /// When it was placed.
    pub at: Timestamp,
    /// What was paid and not given back, zero or more.
    pub value: Money,
}

/// The orders of a history, oldest first: each order id once, by its first purchase, less its refunds. An order
/// given back whole stays an order, of value zero. What would be beyond [`AMOUNT_MAX`] counts as that.
/// Orders that an account's ledger names too stand as the ledger states them, and its others among them; what was bought
/// before the ledger was read and it does not name is somebody else's; where no orders of it are stated nothing is said of any. An
/// order that was told without its items first is what it is told to hold.
pub fn order_rows(history: &History, account: Option<&Account>) -> Vec<OrderRow> {
    let of_account = account.map(Account::rows).unwrap_or_default();
    let mut counted = alloc::vec![false; of_account.len()];
    let mut rows: Vec<(Timestamp, i64)> = Vec::new();
    let mut places: Map<&str, usize> = Map::default();
    let mut bare: Vec<&str> = Vec::new();
    for event in history.orders() {
        let Some(order) = event.order.as_deref() else { continue };
        let amount = event.items.iter().fold(0_i64, |sum, item| {
            let price = item.price.unwrap_or(0).max(0);
            sum.saturating_add(price.saturating_mul(i64::from(item.quantity))).min(AMOUNT_MAX)
        });
        match (event.kind, places.get(order)) {
            (EventKind::Purchase, None) => {
                places.insert(order, rows.len());
                if event.items.is_empty() {
                    bare.push(order);
                }
                rows.push((event.at, amount));
            }
            (EventKind::Purchase, Some(place)) => {
                if let Some((_, value)) = rows.get_mut(*place).filter(|_| bare.contains(&order)) {
                    *value = amount;
                }
            }
            (EventKind::Refund, Some(place)) => {
                if let Some((_, value)) = rows.get_mut(*place) {
                    // A refund that names no items is of the whole order, as in GA4.
                    *value = if event.items.is_empty() { 0 } else { (*value - amount).max(0) };
                }
            }
            _ => {}
        }
    }
    let mut all: Vec<OrderRow> = Vec::with_capacity(rows.len() + of_account.len());
    let mut ids: Vec<Option<&str>> = alloc::vec![None; rows.len()];
    for (id, place) in &places {
        if let Some(slot) = ids.get_mut(*place) {
            *slot = Some(id);
        }
    }
    for ((at, value), id) in rows.into_iter().zip(ids) {
        let place = id.and_then(|id| of_account.binary_search_by(|(known, _)| (*known).cmp(id)).ok());
        let stated = place.and_then(|at| of_account.get(at)).map(|(_, row)| *row);
        if let Some(slot) = place.and_then(|at| counted.get_mut(at)) {
            *slot = true;
        }
        // What the ledger would know and does not name is a guest's or another account's.
        if stated.is_none()
            && account.is_some_and(|account| account.orders.is_some() && at.0 <= account.as_of)
        {
            continue;
        }
        all.push(stated.unwrap_or(OrderRow { at, value: Money::new(value).unwrap_or_default() }));
    }
    if !of_account.is_empty() {
        let rest = of_account.iter().zip(&counted).filter(|(_, counted)| !**counted);
        all.extend(rest.map(|((_, row), _)| *row));
        order::sort_by_key(&mut all, |row| row.at);
    }
    all
}

/// Recency, frequency and monetary value (Hughes, *Strategic Database Marketing*, 1994), unbinned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Figures {
    /// Shop days since the last order; nothing where there is none.
    pub recency: Option<u32>,
    /// How many orders.
    pub frequency: u32,
    /// What they came to together, in minor units, at most [`AMOUNT_MAX`].
    pub monetary: i64,
    /// What is expected; nothing without orders or without the pack's table.
    pub expectation: Option<Expectation>,
    /// How somebody buys.
    pub habits: Habits,
    /// The member tier that the shop's ledger states; 0 is none.
    pub tier: u32,
    /// Points that its ledger states.
    pub points: u32,
    /// The shop's bins of recency, frequency and monetary value.
    pub bins: [u8; 3],
}

/// The figures of orders, in any order, at `now`. An order from the future (a clock that went back) is of today.
pub fn figures(orders: &[OrderRow], now: Timestamp, zone: &Zone) -> Figures {
    let last = orders.iter().map(|order| order.at).max();
    let days = |at: Timestamp| (zone.day(now) - zone.day(at)).clamp(0, i64::from(u32::MAX)) as u32;
    Figures {
        recency: last.map(days),
        frequency: orders.len() as u32,
        monetary: orders.iter().fold(0, |sum: i64, order| (sum + order.value.minor()).min(AMOUNT_MAX)),
        ..Figures::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::time::{DAY, HOUR};
    use crate::shopper::account::AccountOrder;
    use crate::shopper::event::Event;
    use crate::shopper::sample::{event, item};
    use alloc::vec;

    fn order(sequence: u32, day: i64, kind: EventKind, id: &str, price: i64, quantity: u32) -> Event {
        let mut bought = item("it-00");
        bought.price = Some(price);
        bought.quantity = quantity;
        Event { order: Some(id.into()), ..event(sequence, Timestamp(day * DAY), kind, vec![bought]) }
    }

    #[test]
    fn an_order_counts_once_less_what_was_given_back() {
        let mut history = History::default();
        history.insert(order(1, 10, EventKind::Purchase, "a", 5_000, 2));
        history.insert(order(2, 10, EventKind::Purchase, "a", 5_000, 2));
        history.insert(order(3, 12, EventKind::Purchase, "b", 700, 1));
        history.insert(order(4, 15, EventKind::Refund, "a", 5_000, 1));
        history.insert(order(5, 16, EventKind::Refund, "b", 900, 1));
        history.insert(order(6, 17, EventKind::Refund, "unknown", 900, 1));
        history.insert(order(7, 18, EventKind::Purchase, "c", 300, 1));
        history.insert(Event { items: vec![], ..order(8, 19, EventKind::Refund, "c", 0, 1) });
        let rows = order_rows(&history, None);
        let expected = [(10, 5_000), (12, 0), (18, 0)].map(|(day, value)| OrderRow {
            at: Timestamp(day * DAY),
            value: Money::new(value).expect("in range"),
        });
        assert_eq!(rows, expected);
    }

    #[test]
    fn an_order_that_is_told_without_items_first_is_what_it_is_told_to_hold() {
        let mut history = History::default();
        history.insert(Event { items: vec![], ..order(1, 10, EventKind::Purchase, "a", 0, 1) });
        history.insert(order(2, 10, EventKind::Purchase, "a", 5_000, 1));
        let values: Vec<i64> = order_rows(&history, None).iter().map(|row| row.value.minor()).collect();
        assert_eq!(values, [5_000]);
    }

    #[test]
    fn an_order_that_the_ledger_names_counts_once_as_it_states_it() {
        let mut history = History::default();
        history.insert(order(1, 10, EventKind::Purchase, "a", 5_000, 1));
        history.insert(order(2, 20, EventKind::Purchase, "b", 700, 1));
        let of = |id: &str, day: i64, value| AccountOrder { id: id.into(), at: day * DAY, value };
        let account = Account {
            as_of: 18 * DAY,
            orders: Some(vec![of("a", 10, 4_000), of("z", 15, 900)]),
            ..Account::default()
        };
        let values = |account: &Account| -> Vec<i64> {
            order_rows(&history, Some(account)).iter().map(|row| row.value.minor()).collect()
        };
        assert_eq!(values(&account), [4_000, 900, 700]);
        assert_eq!(
            values(&Account { as_of: 21 * DAY, ..account.clone() }),
            [4_000, 900],
            "the ledger would know"
        );
        assert!(
            values(&Account { as_of: 21 * DAY, orders: Some(Vec::new()), ..Account::default() }).is_empty(),
            "nothing of the first account"
        );
        let silent = Account { as_of: 21 * DAY, ..Account::default() };
        assert_eq!(values(&silent), [5_000, 700], "who states no orders says nothing of any");
        let rows = order_rows(&history, Some(&account));
        assert!(rows.is_sorted_by_key(|row| row.at));
    }

    #[test]
    fn recency_counts_shop_days_not_hours() {
        let shanghai = Zone::new("Asia/Shanghai", vec![(Timestamp(0), 28_800)]).expect("a zone");
        let at = |day: i64, hour: i64| Timestamp(day * DAY + (hour - 8) * HOUR);
        let row = |at| OrderRow { at, value: Money::new(100).expect("in range") };
        let of = |now| figures(&[row(at(40, 9)), row(at(50, 23))], now, &shanghai);
        assert_eq!(
            of(at(50, 23)),
            Figures { recency: Some(0), frequency: 2, monetary: 200, ..Figures::default() }
        );
        assert_eq!(of(at(51, 1)).recency, Some(1), "two hours later it is the next day");
        assert_eq!(of(at(49, 1)).recency, Some(0), "a clock that went back");
        assert_eq!(figures(&[], at(51, 1), &shanghai), Figures::default());
    }
}
