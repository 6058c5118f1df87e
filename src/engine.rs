//! The one door: everything a host may ask of the engine, and no logic of its own.
//!
//! An [`Engine`] holds an opened pack and one shopper's memory and hands each call to the room whose business it
//! is. [`input`] and [`views`] are the plain values that cross the door, in the shape of the package's types;
//! the other files here group the calls. Every call that depends on time takes `now`; chance comes as a seed.

mod basis;
mod brands;
mod carts;
mod error;
pub mod input;
mod limits;
mod memory;
mod offers;
mod ranking;
mod reports;
mod shelf;
mod survey;
pub mod views;

#[cfg(test)]
mod tests;

pub use brands::RankedBrandView;
pub use error::EngineError;
pub use input::{AccountInput, CartInput, CartLineInput};
pub use limits::PromotionLimits;
pub use ranking::{DecisionRecord, RECORD_FORMAT, Replayed, replay};
pub use reports::{CAMPAIGN_OUTCOME, asked, campaign_and_arm};
pub use views::ReceiptView;

use crate::catalogue::delta::Delta;
use crate::catalogue::format::Section;
use crate::catalogue::{AlignedBytes, Catalogue, Opening};
use crate::pricing::Promotions;
use crate::recommend::{Assigned, Standing, Variants, Weights};
use crate::report::{Ledger, Questions};
use crate::shopper::history::Bounds;
use crate::shopper::lifetime::Lifetime;
use crate::shopper::{Account, Consent, History, Reminders};
use crate::target::Campaigns;
use basis::{Basis, Sources};

/// The engine: one pack, one shopper.
#[derive(Debug, Clone)]
pub struct Engine {
    basis: Basis,
    promotions: Promotions,
    campaigns: Campaigns,
    questions: Questions,
    ledger: Ledger,
    bounds: Bounds,
    /// This tab's number in event ids.
    tab: u32,
    /// The next event's number within the tab.
    sequence: u32,
    /// How often customers come back, where the pack says so.
    lifetime: Option<Lifetime>,
    /// Who is signed in, as long as the host's page says so.
    account: Option<Account>,
}

impl Engine {
    /// Opens a pack. `tab` is a random number that tells this tab's events from another's.
    ///
    /// # Errors
    /// [`EngineError::Pack`] and its like, naming the section; nothing of the pack is used then.
    pub fn open(pack: AlignedBytes, tab: u32) -> Result<Self, EngineError> {
        Self::finish(Opening::of(pack), tab)
    }

    /// The same of a pack that was read while it came.
    ///
    /// # Errors
    /// As [`Engine::open`].
    pub fn finish(pack: Opening, tab: u32) -> Result<Self, EngineError> {
        let catalogue = pack.finish()?;
        let section = |section| catalogue.pack().section(section);
        let weights = Weights::from_section(section(Section::Weights))?;
        let variants = Variants::from_section(section(Section::Variants))?;
        let promotions = match section(Section::Promotions) {
            [] => Promotions::default(),
            bytes => Promotions::from_bytes(bytes)?,
        };
        let campaigns = Campaigns::from_section(section(Section::Campaigns))?;
        let questions = Questions::of(&catalogue)?;
        let lifetime = match section(Section::Lifetime) {
            [] => None,
            bytes => Some(Lifetime::from_bytes(bytes).map_err(EngineError::Lifetime)?),
        };
        let basis = Basis::new(Sources {
            standing: Standing::of(&catalogue, &weights),
            catalogue,
            weights,
            variants,
            consent: Consent::Off,
            history: History::default(),
            reminders: Reminders::default(),
            local: None,
        });
        Ok(Self {
            basis,
            promotions,
            campaigns,
            questions,
            ledger: Ledger::default(),
            bounds: Bounds::default(),
            tab,
            sequence: 0,
            lifetime,
            account: None,
        })
    }

    /// Takes another pack's catalogue in place of this one; what is remembered stays.
    ///
    /// # Errors
    /// As [`Engine::open`]; the engine is then as it was.
    pub fn replace_pack(&mut self, pack: AlignedBytes) -> Result<(), EngineError> {
        let mut fresh = Self::open(pack, self.tab)?;
        let (old, new) = (&mut *self.basis, &mut *fresh.basis);
        core::mem::swap(&mut old.catalogue, &mut new.catalogue);
        core::mem::swap(&mut old.weights, &mut new.weights);
        core::mem::swap(&mut old.variants, &mut new.variants);
        core::mem::swap(&mut old.standing, &mut new.standing);
        self.promotions = fresh.promotions;
        self.campaigns = fresh.campaigns;
        self.questions = fresh.questions;
        self.lifetime = fresh.lifetime;
        self.see_variant();
        Ok(())
    }

    /// Applies the day's change of stock, prices and sales.
    ///
    /// # Errors
    /// [`EngineError::Delta`]; the catalogue is then as it was.
    pub fn apply_delta(&mut self, file: &[u8]) -> Result<(), EngineError> {
        self.basis.catalogue.apply(&Delta::from_bytes(file)?)?;
        self.stand();
        Ok(())
    }

    /// Takes in that this browser may see another blend than the pack's own.
    fn see_variant(&mut self) {
        if self.basis.variants.are_some() {
            self.stand();
        }
    }

    /// Works out anew what the shop says of every item: after the catalogue or the blend changed.
    fn stand(&mut self) {
        let weights = match self.assigned() {
            Some(Assigned::Variant(variant)) => &variant.weights,
            _ => &self.basis.weights,
        };
        self.basis.standing = Standing::of(&self.basis.catalogue, weights);
    }

    /// What is on sale.
    pub fn catalogue(&self) -> &Catalogue {
        &self.basis.catalogue
    }

    /// How signals are blended.
    pub fn weights(&self) -> &Weights {
        &self.basis.weights
    }
}
