//! Digests (SHA-256, for what an auditor compares) and checksums (XXH3, for what must be checked fast).
//!
//! A [`Digest`] commits to content: packs, files and decisions are named by one. A checksum only finds damage.

use crate::kernel::write;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use sha2::Digest as _;

/// A SHA-256 digest (FIPS 180-4). Written in lower-case hex.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest(pub [u8; 32]);

/// A text is not 64 hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a digest is written as 64 hexadecimal digits")]
pub struct DigestTextError;

impl Digest {
    /// The digest of some bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self(sha2::Sha256::digest(bytes).into())
    }

    /// Reads 64 hexadecimal digits.
    ///
    /// # Errors
    /// [`DigestTextError`] where the text is anything else.
    pub fn from_hex(text: &str) -> Result<Self, DigestTextError> {
        let digits = text.as_bytes();
        if digits.len() != 64 {
            return Err(DigestTextError);
        }
        let mut bytes = [0; 32];
        for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
            for digit in pair {
                let value = char::from(*digit).to_digit(16).ok_or(DigestTextError)?;
                *byte = (*byte << 4) | value as u8;
            }
        }
        Ok(Self(bytes))
    }

    /// The digest in lower-case hex.
    pub fn to_hex(self) -> String {
        write::hex(&self.0)
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.to_hex())
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Digest({self})")
    }
}

/// Builds a [`Digest`] from values, each written so that no two sequences of values give the same bytes.
#[derive(Clone, Default)]
pub struct DigestBuilder {
    hash: sha2::Sha256,
    /// Written, not yet digested: many small values are digested as one.
    pending: Vec<u8>,
}

/// Bytes that are digested together, about.
const TOGETHER: usize = 2_048;

impl DigestBuilder {
    /// Begins a digest for one purpose; the purpose is part of what is digested.
    pub fn new(purpose: &str) -> Self {
        let mut builder = Self::default();
        builder.text(purpose);
        builder
    }

    /// Adds an integer, as eight little-endian bytes.
    pub fn integer(&mut self, value: i64) -> &mut Self {
        self.raw(&value.to_le_bytes())
    }

    /// Adds an integer that is mostly small, in as few bytes as it needs: seven bits a byte, the last byte below 128, signs
    /// folded in (0, -1, 1, -2, … are 0, 1, 2, 3, …).
    pub fn small(&mut self, value: i64) -> &mut Self {
        write::small(value, &mut self.pending);
        self.settle()
    }

    /// Adds integers one behind the other, each as [`Self::small`] does.
    pub fn smalls(&mut self, values: &[i32]) -> &mut Self {
        write::smalls(values, &mut self.pending);
        self.settle()
    }

    /// Adds a text that is mostly short, as its UTF-8 bytes behind their count, as [`Self::small`] writes it.
    pub fn word(&mut self, text: &[u8]) -> &mut Self {
        write::word(text, &mut self.pending);
        self.settle()
    }

    /// Adds bytes, behind their count.
    pub fn bytes(&mut self, value: &[u8]) -> &mut Self {
        self.raw(&(value.len() as u64).to_le_bytes()).raw(value)
    }

    fn raw(&mut self, value: &[u8]) -> &mut Self {
        self.pending.extend_from_slice(value);
        self.settle()
    }

    /// Digests what was written once it is enough.
    fn settle(&mut self) -> &mut Self {
        if self.pending.len() >= TOGETHER {
            self.hash.update(&self.pending);
            self.pending.clear();
        }
        self
    }

    /// Adds a text, as its UTF-8 bytes.
    pub fn text(&mut self, value: &str) -> &mut Self {
        self.bytes(value.as_bytes())
    }

    /// The digest of everything added.
    pub fn finish(mut self) -> Digest {
        self.hash.update(&self.pending);
        Digest(self.hash.finalize().into())
    }
}

/// A coin toss that falls the same way each time: a whole number below `below` that follows from a purpose, a salt and an
/// id, equally likely each but for one part in 2⁶⁴ / `below`.
pub fn toss(purpose: &str, salt: &str, id: &[u8], below: u64) -> u64 {
    let mut builder = DigestBuilder::new(purpose);
    builder.text(salt).bytes(id);
    let [a, b, c, d, e, f, g, h, ..] = builder.finish().0;
    let drawn = u64::from_le_bytes([a, b, c, d, e, f, g, h]);
    ((u128::from(drawn) * u128::from(below)) >> 64) as u64
}

/// XXH3-64 with seed 0: finds any damage to stored bytes, at memory speed. Not a commitment.
pub fn checksum(bytes: &[u8]) -> u64 {
    twox_hash::XxHash3_64::oneshot(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digests_match_the_published_vector_and_read_back() {
        // FIPS 180-4 example: SHA-256("abc").
        let digest = Digest::of(b"abc");
        assert_eq!(digest.to_hex(), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assert_eq!(Digest::from_hex(&digest.to_hex()), Ok(digest));
        assert_eq!(Digest::from_hex("ba78"), Err(DigestTextError));
        assert_eq!(Digest::from_hex(&"g".repeat(64)), Err(DigestTextError));
    }

    #[test]
    fn values_cannot_be_moved_between_fields() {
        let mut one = DigestBuilder::new("test");
        one.text("ab").text("c");
        let mut other = DigestBuilder::new("test");
        other.text("a").text("bc");
        assert_ne!(one.finish(), other.finish());
    }
}
