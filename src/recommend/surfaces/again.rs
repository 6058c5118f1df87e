//! Consumables that may be running low: bought before, of a category that is bought again after so many days.
//!
//! A category is due from [`EARLY_PERCENT`] of its days after the latest purchase until as long again behind them.
//! What has no days (a cot) never is. Sensitive goods are shown here, where the shopper looks for them, and nowhere
//! named.

use super::filter::Filter;
use super::{Plan, Surface};
use crate::base::ids::{CategoryIndex, ItemIndex};
use crate::base::order;
use crate::base::time::{DAY, Timestamp};
use crate::recommend::context::Context;
use crate::recommend::decision::{RecommendError, Request};
use crate::recommend::select::Mixing;
use crate::shopper::EventKind;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

/// Share of a category's days after which a purchase may be running low, in percent.
const EARLY_PERCENT: i64 = 85;

/// A category that is due, and what was bought of it last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::recommend) struct Due {
    /// The category.
    pub(in crate::recommend) category: CategoryIndex,
    /// When it was bought last.
    pub(in crate::recommend) bought: Timestamp,
    /// The brand bought last, by stable id.
    pub(in crate::recommend) brand: Option<String>,
    /// Whether the goods bought may speak elsewhere: they are not sensitive, or that is allowed.
    pub(in crate::recommend) speaks: bool,
}

/// The categories that are due now, ascending.
pub(in crate::recommend) fn due(context: &Context<'_>) -> Vec<Due> {
    let catalogue = context.catalogue;
    let mut latest: Vec<Due> = Vec::new();
    if !context.consent.remembers() {
        return Vec::new();
    }
    let voice = context.voice;
    // Oldest first, so that the latest purchase of each category stays.
    for order in context.history.orders().iter().filter(|order| order.kind == EventKind::Purchase) {
        for item in &order.items {
            let Some(category) = item.category.as_deref().and_then(|id| catalogue.find_category(id)) else {
                continue;
            };
            let due = Due { category, bought: order.at, brand: item.brand.clone(), speaks: voice.has(item) };
            latest.push(due);
        }
    }
    let is_due = |due: &Due| {
        let Some(days) = catalogue.replenish_days(due.category).map(i64::from) else { return false };
        let since = context.minute.since(due.bought);
        since >= days * DAY / 100 * EARLY_PERCENT && since < 2 * days * DAY
    };
    // Newest first, so that of each category the latest purchase is the one that is kept.
    latest.reverse();
    order::sort_by_key(&mut latest, |due| due.category);
    latest.dedup_by_key(|due| due.category);
    latest.retain(is_due);
    latest
}

/// The surface `again`.
pub(super) struct Again;

impl Surface for Again {
    fn code(&self) -> &'static str {
        "again"
    }

    fn plan(&self, context: &Context<'_>, request: &Request) -> Result<Plan, RecommendError> {
        let catalogue = context.catalogue;
        let due = due(context);
        let of = |row: &u32| {
            let category = catalogue.item_category(ItemIndex(*row));
            due.iter().find(|due| due.category == category)
        };
        let mut rows = Filter::new(context, request).buyable();
        rows.retain(|row| of(row).is_some());
        let same_brand = |row: &u32| {
            let brand = catalogue.brand_id(catalogue.item_brand(ItemIndex(*row)));
            of(row).is_some_and(|due| due.brand.as_deref() == Some(brand))
        };
        let (first, rest): (Vec<u32>, Vec<u32>) = rows.into_iter().partition(same_brand);
        let mixing = Mixing { window: 8, brands: 4, categories: 4, ..Mixing::STROLL };
        Ok(Plan { tiers: vec![first.into(), rest.into()], mixing, length: 48, ..Plan::default() })
    }
}
