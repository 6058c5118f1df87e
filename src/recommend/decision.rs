//! One ranking from request to digest.

use super::context::Context;
use super::reason::{REASONS_MAX, Reason};
use super::select::{Mixing, select};
use super::signals::{Column, SIGNALS, Signal};
use super::surfaces::{self, shop_order};
use crate::base::digest::{Digest, DigestBuilder};
use crate::base::ids::ItemIndex;
use crate::base::order;
use crate::base::time::Timestamp;
use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

/// Items of one page at most.
pub const LIMIT_MAX: u16 = 200;

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Request {
    /// Code of the surface, such as `home`.
    pub surface: String,
    /// How many, 1 to [`LIMIT_MAX`].
    #[serde(default = "default_limit")]
    pub limit: u16,
    /// How many were shown before.
    #[serde(default)]
    pub offset: u16,
    /// Items of one brand in each window of the surface (24 on `home`); `None` leaves it to the surface.
    #[serde(default)]
    pub brand_cap: Option<u16>,
    /// Stable ids left out, such as the item whose page is open.
    #[serde(default)]
    pub exclude: Vec<String>,
}

fn default_limit() -> u16 {
    24
}

impl Request {
    /// The first page of a surface.
    pub fn of(surface: &str, limit: u16) -> Self {
        Self { surface: surface.into(), limit, offset: 0, brand_cap: None, exclude: Vec::new() }
    }
}

/// Why a request is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RecommendError {
    /// The surface is not known.
    #[error("surface {surface:?} is not known; the surfaces are {}", known())]
    Surface {
        /// Its code.
        surface: String,
    },
    /// A value is out of range.
    #[error("{field} is {allowed}")]
    Range {
        /// Which.
        field: &'static str,
        /// What is allowed.
        allowed: &'static str,
    },
    /// An item is not in the catalogue.
    #[error("item {item:?} is not in the catalogue")]
    Item {
        /// Its stable id.
        item: String,
    },
}

fn known() -> String {
    surfaces::SURFACES.iter().map(|surface| surface.code()).collect::<Vec<_>>().join(", ")
}

/// An item with everything that put it where it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The item.
    pub item: ItemIndex,
    /// The sum of the contributions, in millionths.
    pub score: i32,
    /// What each signal added, in the fixed order of signals; signals that added nothing too.
    pub contributions: Vec<(&'static str, i32)>,
    /// The strongest that speak from memory, at most three.
    pub reasons: Vec<Reason>,
}

/// A ranking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// Code of the surface.
    pub surface: &'static str,
    /// Whether anything remembered was used; if not, this is the shop's own order.
    pub personal: bool,
    /// The page.
    pub entries: Vec<Entry>,
    /// How many the list has in all.
    pub total: usize,
    /// State hash of the catalogue.
    pub state: Digest,
    /// The time it was made for.
    pub now: Timestamp,
    /// SHA-256 over request, state, time, and each entry's id, contributions and reasons.
    pub digest: Digest,
}

/// Ranks.
///
/// # Errors
/// [`RecommendError`] where the request is out of range.
pub fn recommend(context: &Context<'_>, request: &Request) -> Result<Decision, RecommendError> {
    let surface = surfaces::find(&request.surface)
        .ok_or_else(|| RecommendError::Surface { surface: request.surface.clone() })?;
    if !(1..=LIMIT_MAX).contains(&request.limit) {
        return Err(RecommendError::Range { field: "limit", allowed: "1 to 200" });
    }
    if request.brand_cap == Some(0) {
        return Err(RecommendError::Range { field: "brandCap", allowed: "at least 1, or left out" });
    }
    let catalogue = context.catalogue;
    let mut candidates = surface.candidates(context);
    let excluded: Vec<u32> =
        request.exclude.iter().filter_map(|id| catalogue.find_item(id)).map(|item| item.0).collect();
    candidates.retain(|row| !excluded.contains(row));

    let page = usize::from(request.limit);
    let cap = request.brand_cap.map_or_else(|| surface.brand_cap(), usize::from);
    let mixing = Mixing { window: surface.window(), cap };
    let total = candidates.len().min(surface.length());
    let wanted = (usize::from(request.offset) + page).min(total);
    let brands = catalogue.item_brands();
    let group_of = |row: u32| brands.get(row as usize).copied().unwrap_or(0);

    let personal = context.is_personal();
    let columns = prepare(context);
    let list = if personal {
        let mut scores = vec![0_i32; catalogue.item_count()];
        for (_, column) in &columns {
            column.add(&mut scores);
        }
        select(&candidates, &scores, catalogue.item_id_ranks(), group_of, mixing, wanted)
    } else {
        // Mixed as it is: one of each sale after the other.
        let mut list = shop_order(catalogue, &candidates);
        list.truncate(wanted);
        list
    };
    let shown = list.get(usize::from(request.offset)..).unwrap_or(&[]);
    let entries: Vec<Entry> = shown.iter().map(|row| explain(&columns, ItemIndex(*row))).collect();
    let mut decision = Decision {
        surface: surface.code(),
        personal,
        entries,
        total,
        state: catalogue.state(),
        now: context.now,
        digest: Digest([0; 32]),
    };
    decision.digest = digest(context, request, &decision);
    Ok(decision)
}

/// Everything that makes one item's score, whether it is shown or not.
///
/// # Errors
/// [`RecommendError::Item`] where the item is not in the catalogue.
pub fn explain_item(context: &Context<'_>, id: &str) -> Result<Entry, RecommendError> {
    let item = context.catalogue.find_item(id).ok_or_else(|| RecommendError::Item { item: id.into() })?;
    Ok(explain(&prepare(context), item))
}

type Prepared<'a> = (&'static dyn Signal, Box<dyn Column + 'a>);

fn prepare<'a>(context: &'a Context<'a>) -> Vec<Prepared<'a>> {
    SIGNALS
        .iter()
        .map(|signal| {
            let weight = context.weights.of(signal.code(), signal.default_weight());
            (*signal, signal.prepare(context, weight))
        })
        .collect()
}

fn explain(columns: &[Prepared<'_>], item: ItemIndex) -> Entry {
    let contributions: Vec<(&'static str, i32)> =
        columns.iter().map(|(signal, column)| (signal.code(), column.contribution(item))).collect();
    let score = contributions.iter().fold(0_i32, |sum, (_, part)| sum.wrapping_add(*part));
    let mut speaking: Vec<(i32, &Prepared<'_>)> = columns
        .iter()
        .zip(&contributions)
        .filter(|((signal, _), (_, part))| signal.is_personal() && *part > 0)
        .map(|(prepared, (_, part))| (*part, prepared))
        .collect();
    // Stable: of equal contributions the earlier signal comes first.
    order::sort_by_key(&mut speaking, |(part, _)| core::cmp::Reverse(*part));
    let reasons = speaking
        .into_iter()
        .filter_map(|(part, (_, column))| {
            column.reason(item).map(|reason| Reason { contribution: part, ..reason })
        })
        .take(REASONS_MAX)
        .collect();
    Entry { item, score, contributions, reasons }
}

fn digest(context: &Context<'_>, request: &Request, decision: &Decision) -> Digest {
    let mut builder = DigestBuilder::new("windowshop decision 1");
    builder.bytes(&decision.state.0).integer(decision.now.0).text(decision.surface);
    builder.integer(request.limit.into()).integer(request.offset.into());
    builder.integer(request.brand_cap.map_or(-1, i64::from)).integer(request.exclude.len() as i64);
    for id in &request.exclude {
        builder.text(id);
    }
    builder.integer(decision.personal.into()).integer(decision.total as i64);
    builder.integer(decision.entries.len() as i64);
    for entry in &decision.entries {
        builder.text(context.catalogue.item_id(entry.item)).integer(entry.score.into());
        for (code, part) in &entry.contributions {
            builder.text(code).integer((*part).into());
        }
        builder.integer(entry.reasons.len() as i64);
        for reason in &entry.reasons {
            builder.text(reason.code).text(reason.message).integer(reason.contribution.into());
            builder.integer(reason.count.into());
            for argument in [&reason.item, &reason.brand, &reason.category, &reason.attribute, &reason.size] {
                builder.text(argument.as_deref().unwrap_or(""));
            }
            for event in &reason.events {
                builder.integer(event.tab.into()).integer(event.sequence.into());
            }
        }
    }
    builder.finish()
}
