//! `packs.txt`: every pack, excerpt and delta that was ever published in a folder, a line each, to which lines are only added.
//!
//! A shop could serve one shopper a pack of their own. It could not do so unseen where people compare: what was served has
//! to be in the list, everybody's copy of the list has to be the same, and an older copy has to be the beginning of a
//! newer one. Each line carries the SHA-256 of the one before, so that two lists with the same last line are the same list.
//!
//! ```text
//! windowshop packs 1
//! 1 1795276800000 pack <state hash> <SHA-256 of the file> <SHA-256 of the line before and this one>
//! ```

use super::files::replace;
use super::manifest::{FileEntry, Manifest};
use anyhow::{Context, Result, ensure};
use std::path::Path;
use windowshop::base::digest::Digest;

/// The list's file name.
pub(crate) const NAME: &str = "packs.txt";
/// The first line.
const HEAD: &str = "windowshop packs 1";

/// A list, read and found whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct List {
    lines: Vec<Line>,
}

/// What was published.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Line {
    /// Made when, what, its state and its SHA-256.
    said: String,
    /// SHA-256 of the file, in hex.
    sha256: String,
    /// Chains it to all before.
    chain: String,
}

impl List {
    /// A list without lines.
    pub(crate) fn new() -> Self {
        Self { lines: Vec::new() }
    }

    /// Reads a list.
    ///
    /// # Errors
    /// Where a line is off, or the chain is broken: then something was changed, left out or put in between.
    pub(crate) fn read(path: &Path) -> Result<Self> {
        let text =
            std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
        Self::parse(&text).with_context(|| format!("{} is no list of packs, or was changed", path.display()))
    }

    /// Reads the text of a list.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub(crate) fn parse(text: &str) -> Result<Self> {
        let mut list = Self::new();
        let mut lines = text.split_terminator('\n');
        ensure!(lines.next() == Some(HEAD), "it does not begin with {HEAD:?}");
        for (place, line) in lines.enumerate() {
            let number = place + 1;
            let (said, chain) = line.rsplit_once(' ').with_context(|| format!("line {number} is cut"))?;
            let sha256 = said.rsplit(' ').next().unwrap_or_default();
            list.push(said.to_owned(), sha256.to_owned());
            let made = list.lines.last().map(|line| line.chain.as_str());
            ensure!(
                made == Some(chain) && said.starts_with(&format!("{number} ")),
                "line {number} does not follow from the one before"
            );
        }
        Ok(list)
    }

    fn push(&mut self, said: String, sha256: String) {
        let before = self.lines.last().map_or(HEAD, |line| line.chain.as_str());
        let chain = Digest::of(format!("{before}\n{said}").as_bytes()).to_hex();
        self.lines.push(Line { said, sha256, chain });
    }

    /// Adds what a manifest names and the list does not have yet.
    fn add(&mut self, manifest: &Manifest) {
        for (kind, made, state, FileEntry { sha256, .. }) in manifest.opened() {
            if self.place(sha256).is_none() {
                let number = self.lines.len() + 1;
                self.push(format!("{number} {made} {kind} {state} {sha256}"), sha256.clone());
            }
        }
    }

    /// What was published with a state: its kind and its SHA-256.
    pub(crate) fn of_state(&self, state: &str) -> Option<(&str, &str)> {
        self.published().find(|(_, own, _)| *own == state).map(|(kind, _, sha256)| (kind, sha256))
    }

    /// The number of the line that names a file by its SHA-256.
    pub(crate) fn place(&self, sha256: &str) -> Option<usize> {
        Some(self.lines.iter().position(|line| line.sha256 == sha256)? + 1)
    }

    /// What is wrong where `older` is not the beginning of this list.
    pub(crate) fn continues(&self, older: &Self) -> Result<()> {
        for (place, line) in older.lines.iter().enumerate() {
            let here = self.lines.get(place);
            ensure!(
                here == Some(line),
                "line {} was {:?} and is {:?}: the list was rewritten",
                place + 1,
                line.said,
                here.map_or("missing", |line| &line.said)
            );
        }
        Ok(())
    }

    /// What was published, in order: what it is, its state and the SHA-256 of its file.
    pub(crate) fn published(&self) -> impl DoubleEndedIterator<Item = (&str, &str, &str)> {
        self.lines.iter().filter_map(|line| {
            let mut words = line.said.split(' ').skip(2);
            Some((words.next()?, words.next()?, words.next()?))
        })
    }

    /// How many lines it has.
    pub(crate) fn len(&self) -> usize {
        self.lines.len()
    }

    /// What to compare with somebody else's: the same for the same list alone.
    pub(crate) fn last(&self) -> &str {
        self.lines.last().map_or(HEAD, |line| &line.chain)
    }

    fn text(&self) -> String {
        let lines = self.lines.iter().map(|line| format!("{} {}\n", line.said, line.chain));
        std::iter::once(format!("{HEAD}\n")).chain(lines).collect()
    }
}

/// Adds what a manifest names to the list of its folder, before the manifest names it.
///
/// # Errors
/// Where the list that lies there is not whole: it is left as it is, and nothing is published.
pub(crate) fn publish(folder: &Path, manifest: &Manifest) -> Result<()> {
    let path = folder.join(NAME);
    let mut list = if path.exists() { List::read(&path)? } else { List::new() };
    let before = list.len();
    list.add(manifest);
    if list.len() > before { replace(&path, list.text().as_bytes()) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    fn manifest(content: &str) -> Manifest {
        let entry = FileEntry {
            url: format!("pack-{content}.wspack"),
            bytes: 1,
            sha256: Digest::of(content.as_bytes()).to_hex(),
        };
        Manifest {
            format: 1,
            made: 7,
            state: "state".into(),
            pack: entry,
            languages: Vec::new(),
            text: BTreeMap::new(),
            front: BTreeMap::new(),
            shelf: BTreeMap::new(),
            deltas: Vec::new(),
            excerpt: None,
        }
    }

    #[test]
    fn lines_are_added_once_and_a_rewritten_list_is_told() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join(NAME);
        for content in ["one", "two", "one"] {
            publish(folder.path(), &manifest(content)).expect("publishes");
        }
        let older = List::read(&path).expect("reads");
        assert_eq!(older.len(), 2);
        publish(folder.path(), &manifest("three")).expect("publishes");
        let newer = List::read(&path).expect("reads");
        assert_eq!(newer.place(&Digest::of(b"three").to_hex()), Some(3));
        assert_eq!(newer.place(&Digest::of(b"for one shopper alone").to_hex()), None);
        newer.continues(&older).expect("continues");
        assert!(older.continues(&newer).is_err(), "a list that lost a line");
        assert_ne!(older.last(), newer.last());

        let text = std::fs::read_to_string(&path).expect("reads");
        let lines: Vec<&str> = text.lines().collect();
        let without_second = [lines[0], lines[1], lines[3]].join("\n") + "\n";
        for changed in [without_second, text.replace(" 7 ", " 8 "), text.replace("packs 1", "packs 2")] {
            std::fs::write(&path, &changed).expect("writes");
            assert!(List::read(&path).is_err(), "{changed}");
            assert!(publish(folder.path(), &manifest("four")).is_err());
            assert_eq!(std::fs::read_to_string(&path).expect("reads"), changed, "left as it is");
        }
    }
}
