//! The day's changes: stock, prices, sales and hidden items, on top of one state of a pack.
//!
//! A delta names the state it applies to by its hash and gives a new one. It is read whole or refused whole.

use crate::base::digest::{Digest, DigestBuilder, checksum};
use crate::base::time::Timestamp;
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

/// The first eight bytes of a delta.
pub const MAGIC: [u8; 8] = *b"\x89WSDLTA\n";
/// The layout that this code reads and writes.
pub const FORMAT: u32 = 1;

/// What changed since a state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delta {
    /// State hash it applies to.
    pub applies_to: [u8; 32],
    /// When it was made.
    pub made: Timestamp,
    /// Units left by stock row.
    pub stock: Vec<(u32, u32)>,
    /// Prices in minor units by item row.
    pub prices: Vec<(u32, i64)>,
    /// Opening and closing by sale row.
    pub sales: Vec<(u32, Timestamp, Timestamp)>,
    /// Item rows hidden (`true`) or shown again.
    pub hidden: Vec<(u32, bool)>,
}

/// Why a delta is refused. The state stays as it was.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DeltaError {
    /// The bytes do not begin as a delta does.
    #[error("this is not a windowshop delta: it does not begin with the delta's magic bytes")]
    Foreign,
    /// It has a layout this engine does not know.
    #[error("the delta has format {found}; this engine reads format {FORMAT}: update whichever is older")]
    Format {
        /// The delta's format.
        found: u32,
    },
    /// Its bytes do not match their checksum or cannot be read.
    #[error("the delta is damaged; fetch it again")]
    Damaged,
    /// It applies to another state.
    #[error("the delta applies to state {wanted}, the catalogue is at {found}: fetch the manifest again")]
    State {
        /// What it applies to.
        wanted: Digest,
        /// Where the catalogue is.
        found: Digest,
    },
    /// It names a row that is not there, or a value out of range.
    #[error("the delta's {field} makes no sense: {problem}; make it again with `windowshop pack delta`")]
    Nonsense {
        /// Which list.
        field: &'static str,
        /// What does not hold.
        problem: &'static str,
    },
}

impl Delta {
    /// Whether it changes nothing.
    pub fn is_empty(&self) -> bool {
        self.stock.is_empty() && self.prices.is_empty() && self.sales.is_empty() && self.hidden.is_empty()
    }

    /// The delta as a file: magic, format, XXH3-64 of the body, body.
    pub fn to_bytes(&self) -> Vec<u8> {
        let body = postcard::to_allocvec(self).unwrap_or_default();
        let mut file = Vec::with_capacity(body.len() + 20);
        file.extend_from_slice(&MAGIC);
        file.extend_from_slice(&FORMAT.to_le_bytes());
        file.extend_from_slice(&checksum(&body).to_le_bytes());
        file.extend_from_slice(&body);
        file
    }

    /// Reads a delta's file.
    ///
    /// # Errors
    /// [`DeltaError::Foreign`], [`DeltaError::Format`] or [`DeltaError::Damaged`].
    pub fn from_bytes(file: &[u8]) -> Result<Self, DeltaError> {
        if file.get(..8).is_none_or(|magic| magic != MAGIC) {
            return Err(DeltaError::Foreign);
        }
        let format = super::format::read_u32(file, 8).ok_or(DeltaError::Damaged)?;
        if format != FORMAT {
            return Err(DeltaError::Format { found: format });
        }
        let seal = super::format::read_u64(file, 12).ok_or(DeltaError::Damaged)?;
        let body = file.get(20..).ok_or(DeltaError::Damaged)?;
        if checksum(body) != seal {
            return Err(DeltaError::Damaged);
        }
        let (delta, rest) = postcard::take_from_bytes::<Self>(body).map_err(|_| DeltaError::Damaged)?;
        if rest.is_empty() { Ok(delta) } else { Err(DeltaError::Damaged) }
    }

    /// The state after this delta: a digest over the state before and the delta's bytes.
    pub fn state_after(&self) -> Digest {
        let mut builder = DigestBuilder::new("windowshop delta");
        builder.bytes(&self.applies_to).bytes(&self.to_bytes());
        builder.finish()
    }
}
