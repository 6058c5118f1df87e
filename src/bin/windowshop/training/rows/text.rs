//! Opens text, plain or gzip-compressed, decompressing on a thread of its own, and counts how much was read.

use super::{Trouble, compressed};
use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, sync_channel};

/// Bytes that are handed over at once.
const CHUNK: usize = 1 << 18;
/// Chunks that may wait.
const WAITING: usize = 4;

/// Text being read.
pub(super) struct Text {
    from: Box<dyn Read + Send>,
}

impl Text {
    /// Opens a file; one whose name ends with `.gz` is decompressed.
    pub(super) fn open(file: &Path) -> Result<(Self, Progress), Trouble> {
        let opened = File::open(file).map_err(Trouble::Storage)?;
        let size = opened.metadata().map_err(Trouble::Storage)?.len();
        let seen = Arc::new(AtomicU64::new(0));
        let counted = BufReader::with_capacity(1 << 16, Counted { from: opened, seen: seen.clone() });
        let from: Box<dyn Read + Send> = if compressed(file) {
            let (send, receive) = sync_channel(WAITING);
            let mut decoder = flate2::bufread::MultiGzDecoder::new(counted);
            std::thread::Builder::new()
                .name("decompression".into())
                .spawn(move || {
                    loop {
                        let mut chunk = Vec::with_capacity(CHUNK);
                        let read = decoder.by_ref().take(CHUNK as u64).read_to_end(&mut chunk);
                        let last = !matches!(read, Ok(1..));
                        // Nobody listens any more where reading stopped at a bad row.
                        if send.send(read.map(|_| chunk)).is_err() || last {
                            break;
                        }
                    }
                })
                .map_err(Trouble::Storage)?;
            Box::new(Chunks { receive, chunk: Vec::new(), at: 0 })
        } else {
            Box::new(counted)
        };
        Ok((Self { from }, Progress { seen, size }))
    }
}

impl Read for Text {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        self.from.read(into)
    }
}

/// How far a text was read.
pub(super) struct Progress {
    seen: Arc<AtomicU64>,
    size: u64,
}

impl Progress {
    /// In thousandths of the file.
    pub(super) fn thousandths(&self) -> u64 {
        self.seen
            .load(Ordering::Relaxed)
            .saturating_mul(1_000)
            .checked_div(self.size)
            .unwrap_or(1_000)
            .min(1_000)
    }
}

/// Counts the bytes of the file itself.
struct Counted {
    from: File,
    seen: Arc<AtomicU64>,
}

impl Read for Counted {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.from.read(into)?;
        self.seen.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

/// What the other thread decompressed. An empty chunk is the end.
struct Chunks {
    receive: Receiver<io::Result<Vec<u8>>>,
    chunk: Vec<u8>,
    at: usize,
}

impl Read for Chunks {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.at == self.chunk.len() {
            match self.receive.recv() {
                Ok(chunk) => (self.chunk, self.at) = (chunk?, 0),
                Err(_) => return Ok(0),
            }
        }
        let rest = self.chunk.get(self.at..).unwrap_or_default();
        let read = rest.len().min(into.len());
        into[..read].copy_from_slice(&rest[..read]);
        self.at += read;
        Ok(read)
    }
}
