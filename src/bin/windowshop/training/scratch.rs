//! Working files: what does not fit in memory while a log is read, gone when the command ends, however it ends.

use super::rows::RowsError;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// Bytes read or written at once.
pub(crate) const BUFFER: usize = 1 << 16;

/// The folder that working files are in. They have no name there.
#[derive(Debug, Clone)]
pub(crate) struct Scratch {
    folder: PathBuf,
}

impl Default for Scratch {
    /// The system's folder for temporary files.
    fn default() -> Self {
        Self { folder: std::env::temp_dir() }
    }
}

impl Scratch {
    /// Working files in a folder.
    pub(crate) fn in_folder(folder: &Path) -> Self {
        Self { folder: folder.into() }
    }

    /// A new empty file.
    pub(crate) fn file(&self) -> io::Result<File> {
        tempfile::tempfile_in(&self.folder)
    }

    /// The error that trouble with a working file is.
    pub(crate) fn failed(&self) -> impl Fn(io::Error) -> RowsError + '_ {
        |source| RowsError::Scratch { folder: self.folder.clone(), source }
    }
}

/// Appends a number in seven bits a byte, least first.
pub(crate) fn put(mut number: u64, to: &mut Vec<u8>) {
    while number >= 0x80 {
        to.push(number as u8 | 0x80);
        number >>= 7;
    }
    to.push(number as u8);
}

/// Bytes being read back.
pub(crate) struct Bytes<R> {
    from: R,
    buffer: Vec<u8>,
    at: usize,
    filled: usize,
}

impl<R: Read> Bytes<R> {
    /// Reads through a buffer.
    pub(crate) fn new(from: R) -> Self {
        Self { from, buffer: vec![0; BUFFER], at: 0, filled: 0 }
    }

    fn byte(&mut self) -> io::Result<u8> {
        if self.at == self.filled {
            self.at = 0;
            self.filled = loop {
                match self.from.read(&mut self.buffer) {
                    Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                    read => break read?,
                }
            };
            if self.filled == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
        }
        self.at += 1;
        Ok(self.buffer[self.at - 1])
    }

    /// Reads what [`put`] wrote.
    pub(crate) fn take(&mut self) -> io::Result<u64> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7F) << shift;
            if byte < 0x80 {
                return Ok(number);
            }
        }
        Err(io::ErrorKind::InvalidData.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn numbers_come_back(numbers in prop::collection::vec(any::<u64>().prop_flat_map(|n| (0..64_u32).prop_map(move |s| n >> s)), 0..50)) {
            let mut bytes = Vec::new();
            for number in &numbers {
                put(*number, &mut bytes);
            }
            let mut back = Bytes::new(&bytes[..]);
            for number in numbers {
                prop_assert_eq!(back.take().ok(), Some(number));
            }
            prop_assert!(back.take().is_err());
        }
    }
}
