//! Rankings, explanations, and records that can be replayed.

use super::Engine;
use super::basis::Sources;
use super::error::EngineError;
use super::views::{ContributionView, ExplanationView, RankedView, RankingView, ReasonView};
use crate::base::digest::{Digest, DigestBuilder};
use crate::base::ids::ItemIndex;
use crate::base::time::Timestamp;
use crate::recommend::{
    Assigned, Context, Decision, Entry, Ground, Reason, Recall, RecommendError, Request, explain_item,
    recommend,
};
use crate::shopper::export::ExportedMemory;
use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

/// The layout of records that this code writes and reads.
pub const RECORD_FORMAT: u32 = 1;

/// A decision on record: with the pack, all that is needed to make it again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DecisionRecord {
    /// [`RECORD_FORMAT`].
    pub format: u32,
    /// What was asked for.
    pub request: Request,
    /// The time it was made for.
    pub now: Timestamp,
    /// State hash of the catalogue, in hex.
    pub state: String,
    /// Digest of the decision, in hex.
    pub digest: String,
    /// What was remembered.
    pub memory: ExportedMemory,
}

/// What a replay found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replayed {
    /// The state is the record's.
    pub same_state: bool,
    /// The digest is the record's: bit for bit the same decision.
    pub same_decision: bool,
    /// The decision as it was made again.
    pub decision: Decision,
    /// The same, as hosts see it.
    view: RankingView,
}

impl Replayed {
    /// The decision as hosts see it, with reasons to be put into words.
    pub fn explained(&self) -> &RankingView {
        &self.view
    }
}

/// Makes a recorded decision again. `engine` holds the pack; its memory is replaced by the record's.
///
/// # Errors
/// [`EngineError`] where the record's memory or request is malformed.
pub fn replay(mut engine: Engine, record: &DecisionRecord) -> Result<Replayed, EngineError> {
    engine.erase();
    engine.set_consent(record.memory.consent);
    engine.import(record.memory.clone())?;
    let decision = engine.decide(&record.request, record.now)?.1;
    let is = |text: &str, digest: Digest| Digest::from_hex(text) == Ok(digest);
    Ok(Replayed {
        same_state: is(&record.state, decision.state),
        same_decision: record.format == RECORD_FORMAT && is(&record.digest, decision.digest),
        view: engine.ranking_view(&decision),
        decision,
    })
}

impl Engine {
    /// What a ranking of this browser is made from: the blend of the variant it sees.
    pub(super) fn context(&self, now: Timestamp) -> Context<'_> {
        self.context_of(self.assigned(), self.basis.recall(now.minute()), now)
    }

    fn context_of<'a>(
        &'a self,
        assigned: Option<Assigned<'a>>,
        recall: Arc<Recall>,
        now: Timestamp,
    ) -> Context<'a> {
        let (weights, shop_order) = match assigned {
            Some(Assigned::Variant(variant)) => (&variant.weights, false),
            Some(Assigned::ShopOrder) => (&self.basis.weights, true),
            None => (&self.basis.weights, false),
        };
        let Sources { catalogue, consent, history, reminders, .. } = &*self.basis;
        let mut context = Context::recalled(catalogue, now, weights, *consent, history, reminders, recall);
        context.shop_order = shop_order;
        context.standing = Some(&self.basis.standing);
        context
    }

    /// The variant that this browser sees. Where nothing is remembered everybody has the shop's order, and nobody is in
    /// an experiment.
    pub(super) fn assigned(&self) -> Option<Assigned<'_>> {
        let id = self.basis.local.as_ref().filter(|_| self.basis.consent.remembers())?;
        self.basis.variants.assign(id)
    }

    /// Ranks, for hosts that speak Rust. Gives the request as it was understood beside the decision: a seed that was
    /// left out is drawn then, and the same request gives the same decision again.
    ///
    /// # Errors
    /// [`EngineError::Request`] where the request is out of range or names what is not in the pack.
    pub fn decide(&self, request: &Request, now: Timestamp) -> Result<(Request, Decision), EngineError> {
        let mut request = request.clone();
        request.seed = request.seed.or_else(|| Some(self.seed_of_day(now)));
        let own = self.assigned().map(|assigned| assigned.name());
        request.variant = request.variant.or_else(|| own.map(Into::into));
        let assigned = request.variant.as_deref().map(|name| {
            let unknown = || RecommendError::Unknown { kind: "variant", id: name.into() };
            self.basis.variants.find(name).ok_or_else(unknown)
        });
        // What is kept is of the blend that this browser sees.
        let recall = if request.variant.as_deref() == own {
            self.basis.recall(now.minute())
        } else {
            Arc::new(Recall::of(&self.basis.history, self.basis.consent))
        };
        let mut context = self.context_of(assigned.transpose()?, recall, now);
        if let Some(promotion) = &request.promotion {
            context.eligible = Some(self.eligible(promotion)?);
        }
        let decision = recommend(&context, &request)?;
        Ok((request, decision))
    }

    /// The seed of exploration for a shop day: another for each browser that keeps memory, the same all day, so that
    /// a list does not change under the shopper's eyes.
    fn seed_of_day(&self, now: Timestamp) -> u32 {
        // Where nothing is remembered nothing is explored, and the list is the same for everybody.
        if !self.basis.consent.remembers() {
            return 0;
        }
        let (opened, _) = self.basis.catalogue.shop_day(now);
        let mut builder = DigestBuilder::new("windowshop exploration");
        builder.integer(opened.0).bytes(self.basis.local.as_ref().map_or(&[], <[u8; 16]>::as_slice));
        let [a, b, c, d, ..] = builder.finish().0;
        u32::from_le_bytes([a, b, c, d])
    }

    /// By item row: whether a promotion takes its benefit off it.
    fn eligible(&self, promotion: &str) -> Result<Vec<bool>, EngineError> {
        let unknown = || RecommendError::Unknown { kind: "promotion", id: promotion.into() };
        let target = &self.promotions.get(promotion).ok_or_else(unknown)?.target;
        let items = (0..self.basis.catalogue.item_count()).map(|row| ItemIndex(row as u32));
        items.map(|item| Ok(target.matches(&self.line(item, "", 1)?))).collect()
    }

    /// Ranks.
    ///
    /// # Errors
    /// [`EngineError::Request`] where the request is out of range.
    pub fn recommend(&self, request: &Request, now: Timestamp) -> Result<RankingView, EngineError> {
        Ok(self.ranking_view(&self.decide(request, now)?.1))
    }

    /// A decision as hosts see it that take objects; [`words_of`](super::views::words_of) writes the same for those that take words.
    pub fn ranking_view(&self, decision: &Decision) -> RankingView {
        RankingView {
            surface: decision.surface.into(),
            personal: decision.personal,
            variant: decision.variant.clone(),
            items: decision.entries.iter().map(|entry| self.ranked(entry)).collect(),
            total: decision.total,
            state: decision.state.to_hex(),
            digest: decision.digest.to_hex(),
            now: decision.now.0,
        }
    }

    /// Every signal behind one item's score.
    ///
    /// # Errors
    /// [`EngineError::Request`] where the item is not in the catalogue.
    pub fn explain(&self, item: &str, now: Timestamp) -> Result<ExplanationView, EngineError> {
        let entry = explain_item(&self.context(now), item)?;
        Ok(ExplanationView {
            id: item.into(),
            score: entry.score,
            contributions: entry
                .told_contributions()
                .map(|(code, contribution)| ContributionView { code: code.to_owned(), contribution })
                .collect(),
            reasons: entry.reasons.iter().map(reason).collect(),
        })
    }

    /// A decision on record, for `windowshop replay`.
    ///
    /// # Errors
    /// [`EngineError::Request`] where the request is out of range.
    pub fn record(&self, request: &Request, now: Timestamp) -> Result<DecisionRecord, EngineError> {
        let (request, decision) = self.decide(request, now)?;
        Ok(DecisionRecord {
            format: RECORD_FORMAT,
            request,
            now,
            state: decision.state.to_hex(),
            digest: decision.digest.to_hex(),
            memory: self.export(now),
        })
    }

    fn ranked(&self, entry: &Entry) -> RankedView {
        RankedView {
            row: entry.item.0,
            id: self.basis.catalogue.item_id(entry.item).into(),
            score: entry.score,
            explored: entry.explored,
            reasons: entry.reasons.iter().map(reason).collect(),
        }
    }
}

fn reason(reason: &Reason) -> ReasonView {
    let Ground { code, message, count, item, brand, category, attribute, size, events } =
        (*reason.ground).clone();
    let (code, message) = (code.into(), message.into());
    let contribution = reason.contribution;
    ReasonView { code, message, contribution, count, item, brand, category, attribute, size, events }
}
