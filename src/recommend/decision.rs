//! One ranking from request to digest.

use super::context::Context;
use super::explore::{Explored, explore};
use super::ranked::Ranked;
use super::reason::{Grounds, REASONS_MAX, Reason};
use super::recall::Prepared;
use super::scorer::Scorer;
use super::select::{Mixing, mix};
use super::signals::SIGNALS;
use super::surfaces::{self, Base, Plan, Tier, shop_order};
use crate::base::digest::{Digest, DigestBuilder};
use crate::base::ids::ItemIndex;
use crate::base::time::Timestamp;
use crate::shopper::Reminders;
use alloc::string::String;
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

/// Items of one page at most.
pub const LIMIT_MAX: u16 = 200;

/// Ids that a request may name, at most.
pub const NAMED_MAX: usize = 2_000;

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
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
    /// Items of one brand in each window of the surface (12 on `home`); `None` leaves it to the surface.
    #[serde(default)]
    pub brand_cap: Option<u16>,
    /// Items of one category in each window of the surface; `None` leaves it to the surface.
    #[serde(default)]
    pub category_cap: Option<u16>,
    /// Items in each window that were just looked at; `None` leaves it to the surface.
    #[serde(default)]
    pub seen_cap: Option<u16>,
    /// Stable ids left out, such as the item whose page is open.
    #[serde(default)]
    pub exclude: Vec<String>,
    /// Sizes looked for: only items in stock in one of them are shown. Items of a single size fit everybody.
    #[serde(default)]
    pub sizes: Vec<String>,
    /// The item that `similar` is about.
    #[serde(default)]
    pub item: Option<String>,
    /// The brand that `similar` is about, where there is no item.
    #[serde(default)]
    pub brand: Option<String>,
    /// The sale that `sale` is about.
    #[serde(default)]
    pub sale: Option<String>,
    /// The items that `search` puts in order, or that lie in the `cart`.
    #[serde(default)]
    pub items: Vec<String>,
    /// What is missing for a coupon, in minor units: `cart` tops it up.
    #[serde(default)]
    pub shortfall: Option<i64>,
    /// The coupon's promotion, whose items count towards the shortfall or make up `deals`.
    #[serde(default)]
    pub promotion: Option<String>,
    /// A list to be read in five minutes, where the surface has one.
    #[serde(default)]
    pub brief: bool,
    /// Whether new brands are tried in some slots, where the surface does that; left out, they are.
    #[serde(default)]
    pub explore: Option<bool>,
    /// The seed of exploration. The engine draws one for each shop day where it is left out, and a decision on record
    /// names it.
    #[serde(default)]
    pub seed: Option<u32>,
    /// The name of the variant. The engine assigns one where it is left out and the pack has some, and a decision on
    /// record names it.
    #[serde(default)]
    pub variant: Option<String>,
}

fn default_limit() -> u16 {
    24
}

impl Request {
    /// The first page of a surface.
    pub fn of(surface: &str, limit: u16) -> Self {
        Self { surface: surface.into(), limit, ..Self::default() }
    }

    fn check(&self) -> Result<(), RecommendError> {
        let range = |holds: bool, field, allowed| {
            if holds { Ok(()) } else { Err(RecommendError::Range { field, allowed }) }
        };
        range((1..=LIMIT_MAX).contains(&self.limit), "limit", "1 to 200")?;
        range(self.brand_cap != Some(0), "brandCap", "at least 1, or left out")?;
        range(self.category_cap != Some(0), "categoryCap", "at least 1, or left out")?;
        range(
            self.shortfall.is_none_or(|amount| amount > 0),
            "shortfall",
            "a positive amount of minor units",
        )?;
        range(self.items.len() <= NAMED_MAX, "items", "at most 2000 ids")?;
        range(self.exclude.len() <= NAMED_MAX, "exclude", "at most 2000 ids")?;
        range(self.sizes.len() <= 64, "sizes", "at most 64 sizes")
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
    /// A brand, a sale or a rule is not in the pack.
    #[error("{kind} {id:?} is not in the pack")]
    Unknown {
        /// `brand`, `sale`, `promotion` or `variant`.
        kind: &'static str,
        /// Its stable id.
        id: String,
    },
    /// The surface needs to know what it is about.
    #[error("surface {surface:?} needs {field}")]
    Missing {
        /// Its code.
        surface: &'static str,
        /// What it needs.
        field: &'static str,
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
    /// What each signal added, in the order of [`SIGNALS`]; signals that added nothing too.
    pub contributions: [i32; SIGNALS.len()],
    /// The strongest that speak from memory, or of what the list is about, at most three. Where the item was explored,
    /// that is the first of them.
    pub reasons: Vec<Reason>,
    /// Where the item stands in a slot of exploration: among how many brands its brand was drawn, each with equal
    /// odds. The propensity is one over it.
    pub explored: Option<u32>,
}

impl Entry {
    /// What each signal added, behind its code, in the fixed order of signals.
    pub fn told_contributions(&self) -> impl Iterator<Item = (&'static str, i32)> {
        SIGNALS.iter().map(|signal| signal.code()).zip(self.contributions)
    }
}

/// A ranking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// Code of the surface.
    pub surface: &'static str,
    /// Whether anything remembered was used; if not, this is the shop's own order.
    pub personal: bool,
    /// The variant that this browser sees, where the pack has some.
    pub variant: Option<String>,
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
    request.check()?;
    let plan = surface.plan(context, request)?;
    let personal = plan.subject.is_none() && context.is_personal();
    let nothing = Reminders::default();
    let about = plan.subject.as_ref().map(|subject| context.about(subject, &nothing));
    let speaking = about.as_ref().unwrap_or(context);

    let counts: Vec<usize> = plan.tiers.iter().map(Tier::count).collect();
    let total = counts.iter().sum::<usize>().min(plan.length);
    let wanted = (usize::from(request.offset) + usize::from(request.limit)).min(total);
    let (list, explored) = if personal || plan.subject.is_some() {
        scored(context, speaking, request, (&plan, &counts), personal, wanted)
    } else {
        (unscored(context, &plan, wanted), Vec::new())
    };
    let shown = list.iter().enumerate().skip(request.offset.into());
    let entries = shown
        .map(|(place, row)| {
            let item = ItemIndex(*row);
            // Sensitive goods are not put forward from memory unless allowed; on a page about one of them they are its subject.
            let discreet = plan.subject.is_none() && context.is_discreet(item);
            let mut entry = explain(speaking, item, discreet);
            if plan.subject.is_some() {
                entry.reasons.iter_mut().for_each(|reason| reason.speak_of_subject(surface.code()));
            }
            if let Some(slot) = explored.iter().find(|slot| slot.place == place) {
                entry.explored = Some(slot.one_in);
                entry.reasons.insert(0, Reason::exploration(context.catalogue, item));
                entry.reasons.truncate(REASONS_MAX);
            }
            entry
        })
        .collect();
    let mut decision = Decision {
        surface: surface.code(),
        personal,
        variant: request.variant.clone(),
        entries,
        total,
        state: context.catalogue.state(),
        now: context.now,
        digest: Digest([0; 32]),
    };
    decision.digest = digest(context, request, &decision);
    Ok(decision)
}

/// What scores items by what the signals say. What is remembered may not speak for sensitive goods; what a list is about may.
fn scorer<'a>(context: &'a Context<'a>, personal: bool) -> Scorer<'a> {
    Scorer::new(context, context.recall.said(context, !personal || context.voice.sensitive))
}

/// What scores a personal list.
#[cfg(test)]
pub(super) fn personal_scorer<'a>(context: &'a Context<'a>) -> Scorer<'a> {
    scorer(context, true)
}

/// The tiers one after another, each by score, mixed; with new brands in some slots where the list explores.
fn scored(
    context: &Context<'_>,
    speaking: &Context<'_>,
    request: &Request,
    (plan, counts): (&Plan, &[usize]),
    personal: bool,
    wanted: usize,
) -> (Vec<u32>, Vec<Explored>) {
    let catalogue = context.catalogue;
    let mut scorer = scorer(speaking, personal);
    let cap = |asked: Option<u16>, own| asked.map_or(own, usize::from);
    let mixing = Mixing {
        window: plan.mixing.window,
        brands: cap(request.brand_cap, plan.mixing.brands),
        categories: cap(request.category_cap, plan.mixing.categories),
        seen: cap(request.seen_cap, plan.mixing.seen),
    };
    let trail = context.trail_items().iter().flatten();
    let seen: Vec<u32> = if personal { trail.map(|item| item.0).collect() } else { Vec::new() };
    let mut list = Vec::with_capacity(wanted);
    for (tier, count) in plan.tiers.iter().zip(counts) {
        let left = wanted - list.len();
        if left == 0 {
            break;
        }
        list.extend(mix(&mut Ranked::new(catalogue, &mut scorer, (tier, *count), &seen), mixing, left));
    }
    match plan.tiers.first() {
        Some(Tier::Sales(pool)) if plan.explores && personal && request.explore != Some(false) => {
            explore(context, &list, pool, &mut scorer, request.seed.unwrap_or_default(), wanted)
        }
        _ => (list, Vec::new()),
    }
}

/// The list where nothing remembered may speak: the same for everybody.
fn unscored(context: &Context<'_>, plan: &Plan, wanted: usize) -> Vec<u32> {
    let mut list = Vec::with_capacity(wanted);
    for tier in &plan.tiers {
        if list.len() >= wanted {
            break;
        }
        let tier = tier.rows(context.catalogue);
        match plan.base {
            // Mixed as it is: one of each sale after the other.
            Base::Shop => list.extend(shop_order(context.catalogue, &tier, wanted - list.len())),
            Base::Given => list.extend(tier.iter()),
        }
    }
    list.truncate(wanted);
    list
}

/// Everything that makes one item's score, whether it is shown or not.
///
/// # Errors
/// [`RecommendError::Item`] where the item is not in the catalogue.
pub fn explain_item(context: &Context<'_>, id: &str) -> Result<Entry, RecommendError> {
    let item = context.catalogue.find_item(id).ok_or_else(|| RecommendError::Item { item: id.into() })?;
    Ok(explain(context, item, context.is_discreet(item)))
}

/// Everything behind one item's score; `discreet` keeps what is remembered out of it.
fn explain(context: &Context<'_>, item: ItemIndex, discreet: bool) -> Entry {
    let columns = context.columns();
    // What each signal added, and as much of it as may be a reason.
    let (mut contributions, mut speaking) = ([0; SIGNALS.len()], [0; SIGNALS.len()]);
    let parts = contributions.iter_mut().zip(&mut speaking);
    for ((part, speaking), Prepared { is_personal, column }) in parts.zip(columns) {
        if !(discreet && *is_personal) {
            *part = column.contribution(context, item);
        }
        if *is_personal {
            *speaking = *part;
        }
    }
    let score = contributions.iter().fold(0_i32, |sum, part| sum.wrapping_add(*part));
    let mut reasons = Vec::with_capacity(REASONS_MAX);
    while reasons.len() < REASONS_MAX {
        // The strongest that was not asked yet; of equal contributions the earlier signal.
        let left = speaking.iter_mut().zip(columns).rev();
        let Some((part, Prepared { column, .. })) = left.max_by_key(|(part, _)| **part) else { break };
        let contribution = core::mem::take(part);
        if contribution <= 0 {
            break;
        }
        reasons.extend(column.reason(context, item).map(|ground| Reason { contribution, ground }));
    }
    Entry { item, score, contributions, reasons, explored: None }
}

fn digest(context: &Context<'_>, request: &Request, decision: &Decision) -> Digest {
    let mut builder = DigestBuilder::new("windowshop decision 6");
    builder.bytes(&decision.state.0).integer(decision.now.0).text(decision.surface);
    builder.integer(request.limit.into()).integer(request.offset.into());
    builder.integer(request.brand_cap.map_or(-1, i64::from));
    builder.integer(request.category_cap.map_or(-1, i64::from));
    builder.integer(request.seen_cap.map_or(-1, i64::from));
    for list in [&request.exclude, &request.sizes, &request.items] {
        builder.integer(list.len() as i64);
        for text in list {
            builder.text(text);
        }
    }
    for id in [&request.item, &request.brand, &request.sale, &request.promotion, &request.variant] {
        builder.text(id.as_deref().unwrap_or(""));
    }
    builder.integer(request.shortfall.unwrap_or(-1)).integer(request.brief.into());
    builder.integer(request.explore.map_or(-1, i64::from));
    builder.integer(request.seed.map_or(-1, i64::from));
    builder.integer(decision.personal.into()).integer(decision.total as i64);
    builder.integer(decision.entries.len() as i64);
    builder.integer(SIGNALS.len() as i64);
    for signal in SIGNALS {
        builder.text(signal.code());
    }
    let mut grounds = Grounds::with_room_for(REASONS_MAX * decision.entries.len());
    let ids = context.catalogue.item_ids();
    for entry in &decision.entries {
        builder.word(ids.bytes_of(entry.item.row())).small(entry.score.into());
        builder.smalls(&entry.contributions);
        builder.smalls(&[entry.explored.map_or(0, |one_in| one_in as i32), entry.reasons.len() as i32]);
        for reason in &entry.reasons {
            // What reasons share is digested with the first of them.
            let (known, number) = (grounds.met.len(), grounds.number(&reason.ground));
            builder.smalls(&[number as i32, reason.contribution]);
            if number as usize != known {
                continue;
            }
            builder.word(reason.code.as_bytes()).word(reason.message.as_bytes()).small(reason.count.into());
            for argument in [&reason.item, &reason.brand, &reason.category, &reason.attribute, &reason.size] {
                builder.word(argument.as_ref().map_or(&[], String::as_bytes));
            }
            builder.small(reason.events.len() as i64);
            for event in &reason.events {
                builder.small(event.tab.into()).small(event.sequence.into());
            }
        }
    }
    builder.finish()
}
