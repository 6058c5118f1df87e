//! Sessions on their way from the log to the counts: written once as small numbers to a working file, then read as
//! often as needed, by as many threads as there are.

use super::pairs::{Pairs, WAITING_MAX};
use super::scratch::{BUFFER, Scratch, put};
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Seek, SeekFrom, Write};
use std::ops::Range;
use std::sync::mpsc::{Receiver, sync_channel};
use std::sync::{Arc, Mutex};

/// Bytes of sessions that make a block, which one thread counts at a time.
const BLOCK: usize = 1 << 18;

/// Sessions being written.
pub(crate) struct Spool {
    file: BufWriter<File>,
    /// The block being filled.
    bytes: Vec<u8>,
    written: Sessions,
}

/// What was written of the sessions.
struct Sessions {
    blocks: Vec<Block>,
    count: u64,
    next_items: u64,
}

/// Some sessions that stand together.
#[derive(Clone, Copy)]
struct Block {
    at: u64,
    bytes: usize,
    /// The number of its first session.
    first: u64,
}

/// The number of a block's first session, and its bytes.
type Numbered = (u64, Vec<u8>);

/// Sessions to be read.
pub(crate) struct Spooled {
    file: File,
    written: Sessions,
}

/// What a thread counted.
pub(crate) struct Counts {
    /// Pairs of items.
    pub(crate) pairs: Pairs,
    /// Clicks by item.
    pub(crate) clicks: Vec<u64>,
}

impl Spool {
    /// No sessions yet.
    pub(crate) fn new(scratch: &Scratch) -> io::Result<Self> {
        let file = BufWriter::with_capacity(BUFFER, scratch.file()?);
        let blocks = vec![Block { at: 0, bytes: 0, first: 0 }];
        Ok(Self { file, bytes: Vec::new(), written: Sessions { blocks, count: 0, next_items: 0 } })
    }

    /// Writes a session, oldest click first.
    pub(crate) fn push(&mut self, items: &[u32]) -> io::Result<()> {
        put(items.len() as u64, &mut self.bytes);
        for item in items {
            put(u64::from(*item), &mut self.bytes);
        }
        self.written.count += 1;
        self.written.next_items += (items.len() as u64).saturating_sub(1);
        if self.bytes.len() >= BLOCK { self.end_block() } else { Ok(()) }
    }

    fn end_block(&mut self) -> io::Result<()> {
        self.file.write_all(&self.bytes)?;
        if let Some(block) = self.written.blocks.last_mut() {
            block.bytes = self.bytes.len();
            let at = block.at + block.bytes as u64;
            self.written.blocks.push(Block { at, bytes: 0, first: self.written.count });
        }
        self.bytes.clear();
        Ok(())
    }

    /// All sessions, to be read.
    pub(crate) fn finish(mut self) -> io::Result<Spooled> {
        self.end_block()?;
        let file = self.file.into_inner().map_err(io::IntoInnerError::into_error)?;
        Ok(Spooled { file, written: self.written })
    }
}

impl Spooled {
    /// How many sessions there are.
    pub(crate) fn sessions(&self) -> u64 {
        self.written.count
    }

    /// How many clicks there are that are not the first of their session.
    pub(crate) fn next_items(&self) -> u64 {
        self.written.next_items
    }

    /// Reads the blocks that hold sessions of a range.
    fn blocks(
        &self,
        wanted: &Range<u64>,
        mut each: impl FnMut(u64, Vec<u8>) -> io::Result<()>,
    ) -> io::Result<()> {
        let blocks = &self.written.blocks;
        let begin = blocks.partition_point(|block| block.first <= wanted.start).saturating_sub(1);
        let mut file = BufReader::with_capacity(BUFFER, &self.file);
        let wanted_blocks = blocks.iter().skip(begin).take_while(|block| block.first < wanted.end);
        for (place, block) in wanted_blocks.enumerate() {
            if place == 0 {
                file.seek(SeekFrom::Start(block.at))?;
            }
            let mut bytes = vec![0; block.bytes];
            file.read_exact(&mut bytes)?;
            each(block.first, bytes)?;
        }
        Ok(())
    }

    /// Hands over the sessions of a range, in order, with their numbers.
    pub(crate) fn each(&self, wanted: Range<u64>, mut each: impl FnMut(u64, &[u32])) -> io::Result<()> {
        self.blocks(&wanted, |first, bytes| {
            of_block(first, &bytes, &wanted, |number, items| {
                each(number, items);
                Ok(())
            })
        })
    }

    /// Counts the sessions of a range, on all threads.
    pub(crate) fn count(
        &self,
        wanted: &Range<u64>,
        items: usize,
        scratch: &Scratch,
        mut progress: impl FnMut(u64),
    ) -> io::Result<Counts> {
        let threads = rayon::current_num_threads().max(1);
        let (send, receive) = sync_channel::<Numbered>(2 * threads);
        // Held by the workers alone: where none is left, sending ends instead of waiting.
        let receive = Arc::new(Mutex::new(receive));
        let work = |receive: Arc<Mutex<Receiver<Numbered>>>| {
            let pairs = Pairs::new(scratch, WAITING_MAX / threads);
            let mut counts = Counts { pairs, clicks: vec![0; items] };
            while let Some((first, bytes)) = next(&receive) {
                of_block(first, &bytes, wanted, |_, session| {
                    for item in session {
                        if let Some(clicks) = counts.clicks.get_mut(*item as usize) {
                            *clicks += 1;
                        }
                    }
                    counts.pairs.count(session)
                })?;
            }
            Ok::<Counts, io::Error>(counts)
        };
        std::thread::scope(|scope| {
            let worker = || {
                let receive = receive.clone();
                scope.spawn(move || work(receive))
            };
            let workers: Vec<_> = (0..threads).map(|_| worker()).collect();
            drop(receive);
            let read = self.blocks(wanted, |first, bytes| {
                progress(first);
                send.send((first, bytes)).map_err(|_| io::ErrorKind::BrokenPipe.into())
            });
            drop(send);
            let mut all: Option<Counts> = None;
            for worker in workers {
                let counts: io::Result<Counts> =
                    worker.join().unwrap_or_else(|_| Err(io::Error::other("a counting thread failed")));
                match &mut all {
                    None => all = Some(counts?),
                    Some(all) => all.add(counts?)?,
                }
            }
            read?;
            all.ok_or_else(|| io::ErrorKind::NotFound.into())
        })
    }
}

impl Counts {
    /// Adds what another counted.
    pub(crate) fn add(&mut self, other: Self) -> io::Result<()> {
        for (sum, part) in self.clicks.iter_mut().zip(&other.clicks) {
            *sum += part;
        }
        self.pairs.append(other.pairs)
    }
}

/// The next block that nobody has taken.
fn next(blocks: &Mutex<Receiver<Numbered>>) -> Option<Numbered> {
    blocks.lock().ok()?.recv().ok()
}

/// Hands over the sessions of a block that are in a range.
fn of_block(
    first: u64,
    bytes: &[u8],
    wanted: &Range<u64>,
    mut each: impl FnMut(u64, &[u32]) -> io::Result<()>,
) -> io::Result<()> {
    let mut rest = bytes;
    let mut items = Vec::new();
    for number in first.. {
        if rest.is_empty() || number >= wanted.end {
            break;
        }
        items.clear();
        let count = take(&mut rest)?;
        for _ in 0..count {
            items.push(take(&mut rest)? as u32);
        }
        if wanted.contains(&number) {
            each(number, &items)?;
        }
    }
    Ok(())
}

/// Takes a number from the front of bytes.
fn take(bytes: &mut &[u8]) -> io::Result<u64> {
    let mut number = 0;
    for (shift, byte) in (0..64).step_by(7).zip(bytes.iter()) {
        number |= u64::from(byte & 0x7F) << shift;
        if *byte < 0x80 {
            *bytes = &bytes[shift / 7 + 1..];
            return Ok(number);
        }
    }
    Err(io::ErrorKind::InvalidData.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(30))]
        #[test]
        fn sessions_come_back_and_count_alike_on_any_number_of_threads(
            sessions in prop::collection::vec(prop::collection::vec(0_u32..50_000, 0..12), 0..40),
            copies in 1_usize..400,
            range in (0_u64..16_000, 0_u64..16_000),
        ) {
            let scratch = Scratch::default();
            let all: Vec<&Vec<u32>> = std::iter::repeat_n(&sessions, copies).flatten().collect();
            let mut spool = Spool::new(&scratch)?;
            for session in &all {
                spool.push(session)?;
            }
            let spooled = spool.finish()?;
            prop_assert_eq!(spooled.sessions(), all.len() as u64);
            let wanted = range.0..range.1;
            let (mut met, mut plain) = (Vec::new(), Pairs::new(&scratch, 1 << 20));
            let mut clicks = vec![0; 50_000];
            spooled.each(wanted.clone(), |number, items| met.push((number, items.to_vec())))?;
            let expected = (0..).zip(&all).filter(|(number, _)| wanted.contains(number));
            let expected: Vec<(u64, Vec<u32>)> = expected.map(|(number, items)| (number, (*items).clone())).collect();
            prop_assert_eq!(&met, &expected);
            for (_, items) in &expected {
                plain.count(items)?;
                for item in items {
                    clicks[*item as usize] += 1;
                }
            }
            let plain = plain.kept(1)?;
            for threads in [1, 3] {
                let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
                let pool = pool.map_err(|error| TestCaseError::fail(error.to_string()))?;
                let mut counts = pool.install(|| spooled.count(&wanted, 50_000, &scratch, |_| ()))?;
                prop_assert_eq!(&counts.clicks, &clicks);
                prop_assert_eq!(&counts.pairs.kept(1)?, &plain);
            }
        }
    }
}
