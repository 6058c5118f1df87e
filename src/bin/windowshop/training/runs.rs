//! Sorts more records than fit in memory, exactly: sorted runs in working files, merged when they are read.
//!
//! At most `capacity` records wait in memory. When that is full they are sorted and equal ones added up; where that
//! does not make room for half as many, they become a run. [`Runs::merge`] may be called again and again, and more may
//! be pushed between. What comes out depends on what was pushed and not on its order, on how often it was written, or
//! on how many had a part in it, as long as adding up is associative and commutative.

use super::scratch::{BUFFER, Bytes, Scratch, put};
use rayon::slice::ParallelSliceMut;
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fs::File;
use std::io::{self, BufWriter, Seek, SeekFrom, Write};
use std::iter::Peekable;

/// Runs that are open at once; more are first merged into one.
const RUNS_MAX: usize = 64;

/// What can be sorted.
pub(crate) trait Record: Copy + Send {
    /// By what records are sorted; records of equal keys are added up where [`Record::add`] does so.
    type Key: Ord;

    /// The record's key.
    fn key(&self) -> Self::Key;

    /// Adds another of the same key; `false` where both are kept.
    fn add(&mut self, other: &Self) -> bool;

    /// The record as numbers, given the one before it in the run (at first [`Record::FIRST`]).
    fn put(&self, before: &Self, to: &mut Vec<u8>);

    /// Reads what [`Record::put`] wrote.
    fn take<R: io::Read>(before: &Self, from: &mut Bytes<R>) -> io::Result<Self>;

    /// What stands before the first record of a run.
    const FIRST: Self;
}

/// Records being sorted.
pub(crate) struct Runs<T> {
    scratch: Scratch,
    capacity: usize,
    waiting: Vec<T>,
    /// The runs, each with how many records it has.
    files: Vec<(File, u64)>,
}

impl<T: Record> Runs<T> {
    /// Nothing yet, with room for so many records in memory.
    pub(crate) fn new(scratch: &Scratch, capacity: usize) -> Self {
        Self { scratch: scratch.clone(), capacity: capacity.max(2), waiting: Vec::new(), files: Vec::new() }
    }

    /// Takes one more record.
    pub(crate) fn push(&mut self, record: T) -> io::Result<()> {
        self.waiting.push(record);
        if self.waiting.len() >= self.capacity {
            self.sort();
            if self.waiting.len() > self.capacity / 2 {
                self.spill()?;
            }
        }
        Ok(())
    }

    /// Takes all of another's records.
    pub(crate) fn append(&mut self, other: Self) -> io::Result<()> {
        for run in other.files {
            self.files.push(run);
            self.shorten()?;
        }
        other.waiting.into_iter().try_for_each(|record| self.push(record))
    }

    /// Hands over every record in the order of keys, equal ones added up.
    pub(crate) fn merge(&mut self, mut each: impl FnMut(T) -> io::Result<()>) -> io::Result<()> {
        self.sort();
        let mut merged = Merge::new(&mut self.files, &self.waiting)?;
        while let Some(record) = merged.next()? {
            each(record)?;
        }
        Ok(())
    }

    fn sort(&mut self) {
        self.waiting.par_sort_unstable_by_key(T::key);
        self.waiting.dedup_by(|next, kept| next.key() == kept.key() && kept.add(next));
    }

    fn spill(&mut self) -> io::Result<()> {
        let mut run = Writer::<T>::new(&self.scratch)?;
        for record in &self.waiting {
            run.write(record)?;
        }
        self.files.push(run.finish()?);
        self.waiting.clear();
        self.shorten()
    }

    /// Merges all runs into one where there are too many.
    fn shorten(&mut self) -> io::Result<()> {
        if self.files.len() < RUNS_MAX {
            return Ok(());
        }
        let mut one = Writer::<T>::new(&self.scratch)?;
        let mut merged = Merge::new(&mut self.files, &[])?;
        while let Some(record) = merged.next()? {
            one.write(&record)?;
        }
        drop(merged);
        self.files = vec![one.finish()?];
        Ok(())
    }
}

/// A run being written.
struct Writer<T> {
    file: BufWriter<File>,
    bytes: Vec<u8>,
    before: T,
    records: u64,
}

impl<T: Record> Writer<T> {
    fn new(scratch: &Scratch) -> io::Result<Self> {
        let file = BufWriter::with_capacity(BUFFER, scratch.file()?);
        Ok(Self { file, bytes: Vec::new(), before: T::FIRST, records: 0 })
    }

    fn write(&mut self, record: &T) -> io::Result<()> {
        self.bytes.clear();
        record.put(&self.before, &mut self.bytes);
        self.before = *record;
        self.records += 1;
        self.file.write_all(&self.bytes)
    }

    fn finish(self) -> io::Result<(File, u64)> {
        let file = self.file.into_inner().map_err(io::IntoInnerError::into_error)?;
        Ok((file, self.records))
    }
}

/// Runs and waiting records being merged.
struct Merge<'a, T: Record> {
    runs: Vec<Reader<'a, T>>,
    waiting: Peekable<std::slice::Iter<'a, T>>,
    /// The next key of each run that has one.
    heads: BinaryHeap<Reverse<(T::Key, usize)>>,
}

/// A run being read; `next` is what was read but not taken.
struct Reader<'a, T> {
    bytes: Bytes<&'a File>,
    left: u64,
    next: T,
}

impl<T: Record> Reader<'_, T> {
    fn advance(&mut self) -> io::Result<bool> {
        if self.left == 0 {
            return Ok(false);
        }
        self.left -= 1;
        self.next = T::take(&self.next, &mut self.bytes)?;
        Ok(true)
    }
}

impl<'a, T: Record> Merge<'a, T> {
    fn new(runs: &'a mut [(File, u64)], waiting: &'a [T]) -> io::Result<Self> {
        let mut merge =
            Self { runs: Vec::new(), waiting: waiting.iter().peekable(), heads: BinaryHeap::new() };
        for (file, records) in runs {
            file.seek(SeekFrom::Start(0))?;
            let mut run = Reader { bytes: Bytes::new(&*file), left: *records, next: T::FIRST };
            if run.advance()? {
                merge.heads.push(Reverse((run.next.key(), merge.runs.len())));
                merge.runs.push(run);
            }
        }
        Ok(merge)
    }

    /// The next record as it was written.
    fn single(&mut self) -> io::Result<Option<T>> {
        let of_run = match (self.heads.peek(), self.waiting.peek()) {
            (None, _) => false,
            (Some(_), None) => true,
            (Some(Reverse((key, _))), Some(record)) => *key <= record.key(),
        };
        if !of_run {
            return Ok(self.waiting.next().copied());
        }
        let Some(mut head) = self.heads.peek_mut() else { return Ok(None) };
        let at = head.0.1;
        let Some(run) = self.runs.get_mut(at) else { return Ok(None) };
        let record = run.next;
        if run.advance()? {
            *head = Reverse((run.next.key(), at));
        } else {
            std::collections::binary_heap::PeekMut::pop(head);
        }
        Ok(Some(record))
    }

    /// The next record, with all equal ones added.
    fn next(&mut self) -> io::Result<Option<T>> {
        let Some(mut record) = self.single()? else { return Ok(None) };
        let key = record.key();
        loop {
            // As `single` chooses: of equal keys those of runs come first.
            let of_run = self.heads.peek().filter(|Reverse((next, _))| *next == key);
            let next = match of_run {
                Some(Reverse((_, at))) => self.runs.get(*at).map(|run| run.next),
                None => self.waiting.peek().copied().copied().filter(|next| next.key() == key),
            };
            // Records that are never added up are handed over one by one.
            if !next.is_some_and(|next| record.add(&next)) {
                return Ok(Some(record));
            }
            self.single()?;
        }
    }
}

/// Puts how much a number that never falls has grown.
pub(crate) fn put_growth(number: u64, before: u64, to: &mut Vec<u8>) {
    put(number.wrapping_sub(before), to);
}

/// Takes what [`put_growth`] wrote.
pub(crate) fn take_growth<R: io::Read>(before: u64, from: &mut Bytes<R>) -> io::Result<u64> {
    Ok(from.take()?.wrapping_add(before))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    /// A key and a count; odd keys are never added up.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
    struct Counted(u64, u64);

    impl Record for Counted {
        type Key = u64;
        const FIRST: Self = Self(0, 0);

        fn key(&self) -> u64 {
            self.0
        }

        fn add(&mut self, other: &Self) -> bool {
            if self.0.is_multiple_of(2) {
                self.1 += other.1;
            }
            self.0.is_multiple_of(2)
        }

        fn put(&self, before: &Self, to: &mut Vec<u8>) {
            put_growth(self.0, before.0, to);
            put(self.1, to);
        }

        fn take<R: io::Read>(before: &Self, from: &mut Bytes<R>) -> io::Result<Self> {
            Ok(Self(take_growth(before.0, from)?, from.take()?))
        }
    }

    fn merged(runs: &mut Runs<Counted>) -> io::Result<Vec<Counted>> {
        let mut all = Vec::new();
        runs.merge(|record| {
            all.push(record);
            Ok(())
        })?;
        // Of equal keys that stay apart the order is nobody's promise.
        all.sort_unstable();
        Ok(all)
    }

    proptest! {
        #[test]
        fn merging_agrees_with_a_map_whatever_fits_in_memory(
            records in prop::collection::vec((0_u64..40, 1_u64..5), 0..400),
            capacity in 2_usize..50,
            split in 0_usize..400,
        ) {
            let mut sums = BTreeMap::new();
            let mut expected = Vec::new();
            for (key, count) in &records {
                if key.is_multiple_of(2) {
                    *sums.entry(*key).or_insert(0) += count;
                } else {
                    expected.push(Counted(*key, *count));
                }
            }
            expected.extend(sums.into_iter().map(|(key, count)| Counted(key, count)));
            expected.sort_unstable();
            let scratch = Scratch::default();
            let (mut one, mut other) = (Runs::new(&scratch, capacity), Runs::new(&scratch, capacity + 3));
            for (at, (key, count)) in records.iter().enumerate() {
                let runs = if at < split { &mut one } else { &mut other };
                runs.push(Counted(*key, *count))?;
                if at == split / 2 {
                    merged(&mut one)?;
                }
            }
            one.append(other)?;
            prop_assert_eq!(&merged(&mut one)?, &expected);
            prop_assert_eq!(&merged(&mut one)?, &expected, "a second time");
        }
    }
}
