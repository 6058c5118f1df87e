//! What is like an item, or like a brand that is not on sale.
//!
//! The list is about its subject, not about the shopper: a look at the subject stands in for the history, so that
//! the same signals speak, the same for everybody. A brand's stand-in are its items in the pack, or else what this
//! browser remembers of it.

use super::filter::Filter;
use super::{Plan, Surface};
use crate::base::ids::{BrandIndex, ItemIndex};
use crate::base::order;
use crate::catalogue::Catalogue;
use crate::recommend::context::Context;
use crate::recommend::decision::{RecommendError, Request};
use crate::recommend::select::Mixing;
use crate::shopper::affinity::PAUSE;
use crate::shopper::{Event, EventId, EventKind, History, RememberedItem};
use alloc::vec;
use alloc::vec::Vec;

/// Items that stand in for a brand, at most.
const STAND_INS: usize = 12;

/// The surface `similar`.
pub(super) struct Similar;

impl Surface for Similar {
    fn code(&self) -> &'static str {
        "similar"
    }

    fn plan(&self, context: &Context<'_>, request: &Request) -> Result<Plan, RecommendError> {
        let catalogue = context.catalogue;
        let filter = Filter::new(context, request);
        if let Some(id) = &request.item {
            let unknown = || RecommendError::Item { item: id.clone() };
            let item = catalogue.find_item(id).ok_or_else(unknown)?;
            let tier = filter.without(item).whole_open_tier();
            let subject = looks_at(context, vec![copy_of(catalogue, item)]);
            let mixing = Mixing { window: 8, brands: 4, categories: 8, ..Mixing::STROLL };
            return Ok(Plan { subject: Some(subject), ..Plan::of(tier, mixing, 48) });
        }
        let id = request
            .brand
            .as_ref()
            .ok_or(RecommendError::Missing { surface: "similar", field: "item or brand" })?;
        let unknown = || RecommendError::Unknown { kind: "brand", id: id.clone() };
        let brand = catalogue.find_brand(id).ok_or_else(unknown)?;
        let of_others = |sale| catalogue.sale_brand(sale) != brand;
        let items = stand_ins(context, brand);
        // Nothing is known of what it sells: brands of its tier are the nearest there is.
        if items.is_empty() {
            let tier = catalogue.brand_tier(brand);
            let alike = |sale| catalogue.brand_tier(catalogue.sale_brand(sale)) == tier;
            let first = filter.open_tier(&|sale| of_others(sale) && alike(sale));
            let rest = filter.open_tier(&|sale| of_others(sale) && !alike(sale));
            let mixing = Mixing { window: 8, brands: 1, categories: 4, ..Mixing::STROLL };
            return Ok(Plan { tiers: vec![first, rest], mixing, length: 48, ..Plan::default() });
        }
        // Brands like it are wanted, so each is shown once before any is shown twice.
        let mixing = Mixing { window: 8, brands: 1, categories: 8, ..Mixing::STROLL };
        let tier = filter.open_tier(&of_others);
        Ok(Plan { subject: Some(looks_at(context, items)), ..Plan::of(tier, mixing, 48) })
    }
}

/// What stands in for a brand: its items in the pack, else its remembered ones, without the brand itself.
fn stand_ins(context: &Context<'_>, brand: BrandIndex) -> Vec<RememberedItem> {
    let catalogue = context.catalogue;
    let nameless = |item: RememberedItem| RememberedItem { brand: None, ..item };
    let rows = (0..catalogue.item_count()).map(|row| ItemIndex(row as u32));
    let own = rows.filter(|item| {
        catalogue.item_brand(*item) == brand
            && !catalogue.is_hidden(*item)
            && !catalogue.flags(*item).sensitive()
    });
    let packed: Vec<RememberedItem> =
        own.take(STAND_INS).map(|item| nameless(copy_of(catalogue, item))).collect();
    if !packed.is_empty() || !context.consent.remembers() {
        return packed;
    }
    let id = catalogue.brand_id(brand);
    let voice = context.voice;
    let mut seen: Vec<&RememberedItem> = context
        .history
        .all()
        .flat_map(|event| &event.items)
        .filter(|item| item.brand.as_deref() == Some(id) && voice.has(item))
        .collect();
    order::sort_by_key(&mut seen, |item| item.id.clone());
    seen.dedup_by(|one, other| one.id == other.id);
    seen.into_iter().take(STAND_INS).cloned().map(nameless).collect()
}

/// A copy of an item's facts, as a look at it would keep them.
pub(super) fn copy_of(catalogue: &Catalogue, item: ItemIndex) -> RememberedItem {
    let attributes = catalogue.attributes(item).iter();
    RememberedItem {
        id: catalogue.item_id(item).into(),
        brand: Some(catalogue.brand_id(catalogue.item_brand(item)).into()),
        category: Some(catalogue.category_id(catalogue.item_category(item)).into()),
        price: Some(catalogue.price(item)),
        quantity: 1,
        attributes: attributes.map(|row| catalogue.attribute_text(*row).into()).collect(),
        ..RememberedItem::default()
    }
}

/// A history of one look at each of some items. What is sensitive may be the subject of its own page.
pub(super) fn looks_at(context: &Context<'_>, items: Vec<RememberedItem>) -> History {
    let mut history = History::default();
    for (sequence, item) in items.into_iter().enumerate() {
        history.insert(Event {
            id: EventId { tab: 0, sequence: sequence as u32 },
            // Before any session: it was looked at by nobody.
            at: context.now.plus(-2 * PAUSE),
            kind: EventKind::ViewItem,
            items: vec![item],
            brand: None,
            category: None,
            order: None,
            term: None,
            reason: None,
            promotion: None,
            question: None,
            list: None,
        });
    }
    history
}
