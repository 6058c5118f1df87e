//! What rankings are made from, and what follows from it, kept for as long as none of it changes.
//!
//! Whoever is handed a [`Basis`] to write to has what was kept let go of: nothing that changes a ranking can be forgotten to be
//! told. What follows from a memory is `recommend`'s business.

use crate::base::time::Timestamp;
use crate::catalogue::Catalogue;
use crate::recommend::{Recall, Standing, Variants, Weights};
use crate::shopper::{Consent, History, Reminders};
use crate::target::LocalId;
use alloc::sync::Arc;
use core::ops::{Deref, DerefMut};
use spin::Mutex;

/// What rankings are made from.
#[derive(Debug, Clone)]
pub(super) struct Sources {
    pub(super) catalogue: Catalogue,
    pub(super) weights: Weights,
    pub(super) variants: Variants,
    /// What the shop says of every item, under the blend that this browser sees.
    pub(super) standing: Standing,
    pub(super) consent: Consent,
    pub(super) history: History,
    pub(super) reminders: Reminders,
    /// By which arms are assigned; drawn by the host and kept where memory is.
    pub(super) local: Option<LocalId>,
}

/// The sources, read as they are; to write to them lets go of what was worked out.
#[derive(Debug)]
pub(super) struct Basis {
    sources: Sources,
    kept: Mutex<Option<(Timestamp, Arc<Recall>)>>,
}

impl Basis {
    pub(super) fn new(sources: Sources) -> Self {
        Self { sources, kept: Mutex::new(None) }
    }

    /// What follows from the memory at a whole minute, under the blend that this browser sees.
    pub(super) fn recall(&self, minute: Timestamp) -> Arc<Recall> {
        let mut kept = self.kept.lock();
        match &*kept {
            Some((of, recall)) if *of == minute => Arc::clone(recall),
            _ => {
                let recall = Arc::new(Recall::of(&self.history, self.consent));
                *kept = Some((minute, Arc::clone(&recall)));
                recall
            }
        }
    }
}

/// A copy works out its own.
impl Clone for Basis {
    fn clone(&self) -> Self {
        Self::new(self.sources.clone())
    }
}

impl Deref for Basis {
    type Target = Sources;

    fn deref(&self) -> &Sources {
        &self.sources
    }
}

impl DerefMut for Basis {
    fn deref_mut(&mut self) -> &mut Sources {
        *self.kept.get_mut() = None;
        &mut self.sources
    }
}
