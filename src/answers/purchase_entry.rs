//! By which entry did the shopper come to what they ordered last in the week? The list in which one of its items was chosen
//! last before (GA4's `item_list_id`); `other` where that is none of the question's answers or nothing was chosen in a list,
//! `none` without an order.

use super::Evidence;
use crate::base::time::Week;
use crate::report::Asked;
use crate::report::domains::NONE;
use crate::shopper::EventKind;
use alloc::string::String;

/// Any list that the question does not name.
const OTHER: &str = "other";

/// Answers that a list must have: what is worked out may be any of them, whatever else the list has.
pub(super) const ALWAYS: &[&str] = &[OTHER, NONE];

pub(super) fn answer(evidence: Evidence<'_>, asked: &Asked) -> String {
    let orders = evidence.history.orders().iter();
    let of_week =
        orders.filter(|order| order.kind == EventKind::Purchase && Week::of(order.at) == evidence.week);
    let Some(order) = of_week.max_by_key(|order| (order.at, order.id)) else { return NONE.into() };
    let ordered = |id: &str| order.items.iter().any(|item| item.id == id);
    let chosen = evidence.history.events().iter().filter(|event| {
        event.kind == EventKind::SelectItem
            && event.at <= order.at
            && event.items.iter().any(|item| ordered(&item.id))
    });
    let list = chosen.max_by_key(|event| (event.at, event.id)).and_then(|event| event.list.as_deref());
    let known = list.filter(|list| *list != NONE && asked.domain().position(list).is_some());
    known.unwrap_or(OTHER).into()
}
