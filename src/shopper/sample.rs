//! Events for tests.

use super::event::{Event, EventId, EventKind, RememberedItem};
use crate::base::scale::SATISFACTION;
use crate::base::time::{DAY, Timestamp};
use alloc::format;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;
use proptest::prelude::*;

pub(crate) fn event(sequence: u32, at: Timestamp, kind: EventKind, items: Vec<RememberedItem>) -> Event {
    Event {
        id: EventId { tab: 1, sequence },
        at,
        kind,
        items,
        brand: None,
        category: None,
        order: kind.is_order().then(|| format!("order-{sequence}")),
        term: None,
        reason: None,
        promotion: None,
        question: None,
        list: None,
    }
}

pub(crate) fn item(id: &str) -> RememberedItem {
    RememberedItem { id: id.into(), quantity: 1, ..RememberedItem::default() }
}

pub(crate) fn view(sequence: u32, at: Timestamp, id: &str) -> Event {
    event(sequence, at, EventKind::ViewItem, vec![item(id)])
}

/// An event of any kind about the items and brands of the catalogue's sample.
pub(crate) fn arbitrary_event() -> impl Strategy<Value = Event> {
    let brands = prop::sample::select(vec!["lumen", "ferrow", "anselm", "gone"]);
    let categories = prop::sample::select(vec!["dresses", "coats", "boots", "watches", "women", "gone"]);
    let copy = (0u32..26, brands, categories, 0i64..20_000, any::<bool>(), 0u32..3).prop_map(
        |(number, brand, category, price, sensitive, size)| RememberedItem {
            id: format!("it-{number:02}"),
            name: Some(format!("Item {number}")),
            brand: Some(brand.into()),
            category: Some(category.into()),
            price: Some(price),
            list_price: Some(price * 2),
            quantity: 1,
            size: (size > 0).then(|| String::from(if size == 1 { "38" } else { "40" })),
            sensitive,
            attributes: vec!["cloth=wool".into()],
        },
    );
    let id = (0u32..3, 0u32..60).prop_map(|(tab, sequence)| EventId { tab, sequence });
    let kind = prop::sample::select(EventKind::ALL);
    (id, 0i64..100, kind, prop::collection::vec(copy, 1..4), any::<u8>()).prop_map(
        |(id, day, kind, items, about)| {
            let brand = items.first().and_then(|item| item.brand.clone());
            let category = items.first().and_then(|item| item.category.clone());
            Event {
                // One id, one content: what a tab wrote under a number is never rewritten.
                at: Timestamp(20_700 * DAY + i64::from(id.sequence) * DAY + day),
                order: kind.is_order().then(|| format!("order-{}", id.sequence)),
                items,
                brand: (about % 3 == 0 || matches!(kind, EventKind::ReminderOn | EventKind::ReminderOff))
                    .then_some(brand)
                    .flatten(),
                category: (about % 3 == 1).then_some(category).flatten(),
                term: (kind == EventKind::Search).then(|| "wool".into()),
                reason: (kind == EventKind::Satisfaction).then(|| {
                    SATISFACTION
                        .get(usize::from(about) % SATISFACTION.len())
                        .copied()
                        .unwrap_or("fair")
                        .into()
                }),
                promotion: None,
                question: (kind == EventKind::Satisfaction && about >= 128).then(|| "delivery".into()),
                list: (kind == EventKind::SelectItem && about >= 128).then(|| "search".into()),
                id,
                kind,
            }
        },
    )
}
