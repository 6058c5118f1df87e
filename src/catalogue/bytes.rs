//! A byte buffer whose start is aligned for every column type, so that columns are read in place.

use alloc::vec;
use alloc::vec::Vec;

/// Bytes that begin at an address divisible by eight.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AlignedBytes {
    words: Vec<u64>,
    length: usize,
}

impl AlignedBytes {
    /// A buffer of `length` zero bytes, to be filled.
    pub fn zeroed(length: usize) -> Self {
        Self { words: vec![0; length.div_ceil(8)], length }
    }

    /// A buffer with a copy of `bytes`.
    pub fn copy_of(bytes: &[u8]) -> Self {
        let mut buffer = Self::zeroed(bytes.len());
        buffer.as_mut_slice().copy_from_slice(bytes);
        buffer
    }

    /// The bytes.
    pub fn as_slice(&self) -> &[u8] {
        bytemuck::cast_slice(&self.words).get(..self.length).unwrap_or(&[])
    }

    /// The bytes, to be written.
    pub fn as_mut_slice(&mut self) -> &mut [u8] {
        let length = self.length;
        bytemuck::cast_slice_mut(&mut self.words).get_mut(..length).unwrap_or(&mut [])
    }
}
