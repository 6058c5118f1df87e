//! The catalogue as it stands: a pack with the deltas of the day applied, and lookups over it.
//!
//! Here are the state and the counts. What deltas changed is in `changes`; lookups are in `ids` (stable ids and texts), `columns`
//! (whole columns) and `rows` (one item, sale, brand or category).

mod changes;
mod columns;
mod ids;
mod rows;

use super::delta::{Delta, DeltaError};
use super::derived::Derived;
use super::format::Section;
use super::meta::Meta;
use super::pack::Pack;
use super::summary::Summaries;
use super::views::ItemFlags;
use crate::base::digest::Digest;
use crate::base::time::{Timestamp, Zone};
use alloc::vec::Vec;
use changes::Changes;

/// What is on sale, as of the last delta.
#[derive(Debug, Clone)]
pub struct Catalogue {
    pack: Pack,
    state: Digest,
    changes: Changes,
    derived: Derived,
    summaries: Summaries,
    /// Rows of sensitive items, ascending.
    sensitive: Vec<u32>,
}

impl Catalogue {
    /// The catalogue of a pack, without deltas.
    pub fn new(pack: Pack) -> Self {
        let mut catalogue = Self::unread(pack);
        for section in Section::ALL {
            catalogue.take_in(*section);
        }
        catalogue
    }

    /// The catalogue of a pack of which nothing was read yet.
    pub(super) fn unread(pack: Pack) -> Self {
        Self {
            pack,
            state: Digest::default(),
            changes: Changes::default(),
            derived: Derived::default(),
            summaries: Summaries::default(),
            sensitive: Vec::new(),
        }
    }

    /// Where the pack's bytes go.
    pub(super) fn room(&mut self) -> &mut [u8] {
        self.pack.room()
    }

    /// The pack, to be read.
    pub(super) fn unread_pack(&mut self) -> &mut Pack {
        &mut self.pack
    }

    /// Works out what follows when all sections up to one are there, and not before.
    pub(super) fn take_in(&mut self, section: Section) {
        match section {
            Section::Meta => self.state = self.pack.state(),
            Section::ItemFlags => {
                let flags: &[u8] = self.pack.column(section);
                let sensitive = flags.iter().enumerate().filter(|(_, flags)| ItemFlags(**flags).sensitive());
                self.sensitive = sensitive.map(|(row, _)| row as u32).collect();
            }
            Section::Sizes => {
                self.derive();
                self.summaries = Summaries::of_sales(self);
            }
            Section::ItemAttributes => {
                self.summaries = core::mem::take(&mut self.summaries).and_attributes(self);
            }
            _ => {}
        }
    }

    /// Works out what follows from the stock as it stands.
    fn derive(&mut self) {
        self.derived = Derived::of(self.stock_starts(), self.stock_sizes(), self.left(), self.size_count());
    }

    /// Applies a delta, whole.
    ///
    /// # Errors
    /// [`DeltaError`]; the catalogue is then as it was.
    pub fn apply(&mut self, delta: &Delta) -> Result<(), DeltaError> {
        if delta.applies_to != self.state.0 {
            return Err(DeltaError::State { wanted: Digest(delta.applies_to), found: self.state });
        }
        self.changes = self.changes.with(self, delta)?;
        if !delta.stock.is_empty() {
            self.derive();
        }
        self.summaries = Summaries::of(self);
        self.state = delta.state_after();
        Ok(())
    }

    /// The state hash: the pack's, or what the last delta made of it.
    pub fn state(&self) -> Digest {
        self.state
    }

    /// The pack beneath.
    pub fn pack(&self) -> &Pack {
        &self.pack
    }

    /// The pack's facts about itself.
    pub fn meta(&self) -> &Meta {
        self.pack.meta()
    }

    /// The shop's zone.
    pub fn zone(&self) -> &Zone {
        self.pack.zone()
    }

    /// The shop day that holds `now`: from the latest opening hour to the next.
    pub fn shop_day(&self, now: Timestamp) -> (Timestamp, Timestamp) {
        self.zone().shop_day(now, self.meta().opening_minute)
    }

    /// How many items there are.
    pub fn item_count(&self) -> usize {
        self.pack.column::<u16>(Section::ItemSale).len()
    }

    /// How many brands there are.
    pub fn brand_count(&self) -> usize {
        self.pack.column::<u8>(Section::BrandTier).len()
    }

    /// How many categories there are.
    pub fn category_count(&self) -> usize {
        self.pack.column::<u16>(Section::CategoryParent).len()
    }

    /// How many sales there are.
    pub fn sale_count(&self) -> usize {
        self.pack.column::<u16>(Section::SaleBrand).len()
    }

    /// How many sizes there are.
    pub fn size_count(&self) -> usize {
        self.pack.strings(Section::SizeStarts, Section::Sizes).len()
    }

    /// How many attributes there are.
    pub fn attribute_count(&self) -> usize {
        self.pack.strings(Section::AttributeTextStarts, Section::AttributeTexts).len()
    }
}
