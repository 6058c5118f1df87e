//! From logs to a table, holding the kept pairs and nothing of a session.
//!
//! The logs are read once: sessions go to a working file as small numbers ([`super::spool`]). From there all but the
//! last tenth of them are counted on all threads, queries are taken from that tenth, the settings are chosen on them,
//! and the last tenth is counted too. Memory holds the ids, the pairs that enough sessions have, and buffers of a fixed
//! size; what more there is to count waits in working files.

use super::file::{FORMAT, LogFacts, Row, Source, Trained};
use super::log::{Logs, Names, Vocabulary, read};
use super::pairs::Kept;
use super::rows::RowsError;
use super::scorer::Protocol;
use super::scratch::Scratch;
use super::settings::{BACK_OFFS, Settings, blends, shapes};
use super::spool::Spool;
use super::table::{Counted, NEIGHBOURS_IN_FILE, Table};
use super::tune::{Choice, QUERIES_MAX, Query, choose, queries};
use indicatif::ProgressBar;
use std::path::PathBuf;

/// Everything learned from logs.
pub(crate) struct Learned {
    /// The ids.
    pub(crate) vocabulary: Vocabulary,
    /// Clicks by item.
    pub(crate) clicks: Vec<u64>,
    /// Each item's place among the ascending ids.
    pub(crate) ranks: Vec<u32>,
    /// The settings, and how they did on the last tenth of the sessions.
    pub(crate) choice: Choice,
    /// The same without the way through another item, to tell what that is worth.
    pub(crate) without_back_off: Choice,
    /// Sessions read.
    pub(crate) sessions: u64,
    /// The pairs that enough sessions have.
    pub(super) kept: Kept,
    /// Views of brands.
    pub(super) brands: Views,
    /// Views of categories.
    pub(super) categories: Views,
}

/// Views of brands or of categories, and how many sessions hold one.
#[derive(Default)]
pub(super) struct Views {
    counts: Vec<u64>,
    sessions: Vec<u32>,
    /// The latest session that held one, counted from 1.
    latest: Vec<u64>,
}

impl Views {
    /// Counts what a session viewed; sessions come one after another.
    pub(super) fn count(&mut self, session: u64, viewed: &[u32]) {
        for number in viewed {
            let at = *number as usize;
            if at >= self.counts.len() {
                self.counts.resize(at + 1, 0);
                self.sessions.resize(at + 1, 0);
                self.latest.resize(at + 1, 0);
            }
            self.counts[at] += 1;
            if self.latest[at] != session + 1 {
                self.latest[at] = session + 1;
                self.sessions[at] = self.sessions[at].saturating_add(1);
            }
        }
    }

    /// Views by ascending id of what enough sessions hold.
    pub(super) fn of(&self, names: &Names, min_sessions: u32) -> Vec<(String, u64)> {
        let enough =
            |number: &u32| self.sessions.get(*number as usize).is_some_and(|count| *count >= min_sessions);
        let row = |number: u32| {
            (names.id(number).to_owned(), self.counts.get(number as usize).copied().unwrap_or(0))
        };
        names.by_id().into_iter().filter(enough).map(row).collect()
    }
}

/// Steps of the progress bar for reading all logs, and for counting them.
pub(super) const PART: u64 = 1_000;

/// Steps of the progress bar that [`learn`] takes.
pub(crate) fn steps() -> u64 {
    2 * PART + SHAPE * (shapes().count() + BACK_OFFS.len()) as u64
}

/// Steps for trying a shape.
pub(super) const SHAPE: u64 = 20;

/// Learns a table from logs, choosing its settings under a protocol; working files go to the system's folder.
///
/// # Errors
/// [`RowsError`] at the first row that is off.
pub(crate) fn learn(
    logs: &[PathBuf],
    min_sessions: u32,
    protocol: Protocol,
    progress: &ProgressBar,
) -> Result<Learned, RowsError> {
    let scratch = Scratch::default();
    learn_from(&Logs { files: logs, columns: &[], scratch: &scratch }, min_sessions, protocol, progress)
}

/// Learns a table from logs, choosing its settings under a protocol.
///
/// # Errors
/// [`RowsError`] at the first row that is off, or where working files cannot be kept.
pub(crate) fn learn_from(
    logs: &Logs<'_>,
    min_sessions: u32,
    protocol: Protocol,
    progress: &ProgressBar,
) -> Result<Learned, RowsError> {
    let scratch = logs.scratch;
    let failed = scratch.failed();
    let mut vocabulary = Vocabulary::default();
    let (mut brands, mut categories) = (Views::default(), Views::default());
    let mut spool = Spool::new(scratch).map_err(&failed)?;
    let began = progress.position();
    let mut file = Share::new(logs.files.len() as u64);
    read(
        logs,
        &mut vocabulary,
        &mut |thousandths| progress.set_position(began + file.of(thousandths)),
        &mut |number, session| {
            brands.count(number, &session.brands);
            categories.count(number, &session.categories);
            spool.push(&session.items).map_err(&failed)
        },
    )?;
    progress.set_position(began + PART);
    let spooled = spool.finish().map_err(&failed)?;

    let sessions = spooled.sessions();
    let last_tenth = sessions - sessions / 10;
    let items = vocabulary.items.len();
    let count = |range, steps_before: u64| {
        let share = |session: u64| began + steps_before + session * PART / sessions.max(1);
        spooled.count(&range, items, scratch, |session| progress.set_position(share(session)))
    };
    let mut counts = count(0..last_tenth, PART).map_err(&failed)?;
    let kept = counts.pairs.kept(min_sessions).map_err(&failed)?;

    // Every n-th session of the last tenth, so that there are about QUERIES_MAX queries.
    let stride = (spooled.next_items() / 10).div_ceil(QUERIES_MAX).max(1);
    let mut validation: Vec<Query> = Vec::new();
    let taken = spooled.each(last_tenth..sessions, |number, session| {
        if number.is_multiple_of(stride) {
            validation.extend(queries(session));
        }
    });
    taken.map_err(&failed)?;
    let ranks = vocabulary.items.ranks();
    let counted = Counted { pairs: &kept.pairs, clicks: &counts.clicks, ranks: &ranks };
    let tried = || progress.inc(SHAPE);
    let chosen = choose(counted, &validation, min_sessions, protocol, &blends(protocol), tried);
    // Before all pairs are kept again.
    drop(kept);
    drop(validation);

    counts.add(count(last_tenth..sessions, steps() - PART).map_err(&failed)?).map_err(&failed)?;
    let kept = counts.pairs.kept(min_sessions).map_err(&failed)?;
    progress.set_position(began + steps());
    Ok(Learned {
        vocabulary,
        clicks: counts.clicks,
        ranks,
        choice: chosen.best,
        without_back_off: chosen.without_back_off,
        sessions,
        kept,
        brands,
        categories,
    })
}

/// The part of reading that is done, where each file has the same share.
pub(super) struct Share {
    files: u64,
    file: u64,
}

impl Share {
    /// No file was read yet.
    pub(super) fn new(files: u64) -> Self {
        Self { files: files.max(1), file: 0 }
    }

    /// How many of [`PART`] steps are done when so many thousandths of the current file are.
    pub(super) fn of(&mut self, thousandths: u64) -> u64 {
        let done = (self.file * 1_000 + thousandths) * PART / 1_000 / self.files;
        if thousandths == 1_000 {
            self.file += 1;
        }
        done.min(PART)
    }
}

impl Learned {
    /// The table of all sessions, in a shape, as a pack holds it.
    pub(crate) fn packed(&self, settings: Settings) -> Table {
        Table::packed(self.counted(), settings.shape, settings.min_sessions)
    }

    /// The same before a pack rounds it, with so many neighbours an item.
    pub(crate) fn exact(&self, settings: Settings, neighbours: usize) -> Table {
        Table::shape(self.counted(), settings.shape, settings.min_sessions, neighbours)
    }

    /// The file for `pack build`.
    pub(crate) fn trained(&self, source: Source) -> Trained {
        let settings = self.choice.settings;
        let table = self.exact(settings, NEIGHBOURS_IN_FILE);
        let log = LogFacts {
            sessions: self.sessions,
            clicks: self.clicks.iter().sum(),
            items: self.vocabulary.items.len() as u64,
            pairs: self.kept.different,
            pairs_kept: self.kept.pairs.len() as u64,
            items_with_neighbours: 0,
        };
        let items = &self.vocabulary.items;
        let row = |item: u32| Row {
            item: items.id(item).into(),
            neighbours: table.row(item).iter().map(|(to, weight)| (items.id(*to).into(), *weight)).collect(),
        };
        let covisitation: Vec<Row> =
            items.by_id().into_iter().filter(|item| !table.row(*item).is_empty()).map(row).collect();
        Trained {
            format: FORMAT,
            source,
            settings,
            log: LogFacts { items_with_neighbours: covisitation.len() as u64, ..log },
            validation: self.choice.tallies.figures(),
            covisitation,
            brand_views: self.brands.of(&self.vocabulary.brands, settings.min_sessions),
            category_views: self.categories.of(&self.vocabulary.categories, settings.min_sessions),
        }
    }

    fn counted(&self) -> Counted<'_> {
        Counted { pairs: &self.kept.pairs, clicks: &self.clicks, ranks: &self.ranks }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::training::log::tests::log_of;
    use std::fmt::Write;
    use std::path::Path;

    /// Forty sessions over five items, each going round in the same order.
    fn rounds(folder: &Path) -> anyhow::Result<PathBuf> {
        let items = ["boot", "coat", "hat", "scarf", "sock"];
        let mut lines = String::new();
        for session in 0..40 {
            for position in 0..4 {
                writeln!(lines, "{session},{position},{}", items[(session + position) % 5])?;
            }
        }
        log_of(folder, "rounds.csv", &lines)
    }

    fn trained(log: PathBuf, min_sessions: u32) -> Result<Trained, RowsError> {
        let learned = learn(&[log], min_sessions, Protocol::default(), &ProgressBar::hidden())?;
        Ok(learned.trained(Source::Logs))
    }

    #[test]
    fn settings_are_chosen_on_the_last_tenth_and_the_table_knows_all() -> anyhow::Result<()> {
        let folder = tempfile::tempdir()?;
        let trained = trained(rounds(folder.path())?, 1)?;
        assert_eq!([trained.log.sessions, trained.log.clicks, trained.log.items], [40, 160, 5]);
        assert_eq!(trained.validation.all.queries, 4 * 3, "four sessions of four clicks");
        assert!(trained.validation.all.hit_rate > 0.99, "a round trip is easy to follow");
        assert_eq!(trained.covisitation.len(), 5);
        let neighbours: Vec<&str> =
            trained.covisitation[0].neighbours.iter().map(|(id, _)| id.as_str()).collect();
        assert_eq!(
            (trained.covisitation[0].item.as_str(), neighbours[0]),
            ("boot", "coat"),
            "coat follows boot"
        );
        Ok(())
    }

    #[test]
    fn pairs_of_too_few_sessions_are_not_in_the_file() -> anyhow::Result<()> {
        let folder = tempfile::tempdir()?;
        let mut lines = String::new();
        for session in 0..5 {
            writeln!(lines, "{session},0,coat\n{session},1,hat")?;
        }
        // Somebody's own session, however often it repeats itself.
        lines.push_str("5,0,coat\n5,1,secret\n5,2,coat\n5,3,secret\n5,4,coat\n5,5,secret\n");
        let log = log_of(folder.path(), "log.csv", &lines)?;
        let five = trained(log.clone(), 5)?;
        assert_eq!((five.log.pairs, five.log.pairs_kept), (2, 1));
        assert!(!serde_json::to_string(&five)?.contains("secret"));
        assert!(serde_json::to_string(&trained(log.clone(), 1)?)?.contains("secret"));
        assert!(trained(log, 6)?.covisitation.is_empty());
        Ok(())
    }

    #[test]
    fn brands_and_categories_are_counted_under_the_same_threshold() -> anyhow::Result<()> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("log.csv");
        let mut lines = "session_id,pos,item_id,brand,category\n".to_owned();
        for session in 0..3 {
            writeln!(lines, "{session},0,coat,lumen,outer\n{session},1,hat,lumen,head")?;
        }
        lines.push_str("3,0,ring,rare,jewels\n3,1,ring,rare,jewels\n3,2,ring,rare,jewels\n");
        std::fs::write(&path, lines)?;
        let trained = trained(path, 3)?;
        assert_eq!(trained.brand_views, [("lumen".to_owned(), 6)]);
        assert_eq!(trained.category_views, [("head".to_owned(), 3), ("outer".to_owned(), 3)]);
        Ok(())
    }

    #[test]
    fn the_same_log_gives_the_same_bytes_on_one_thread_or_two() -> anyhow::Result<()> {
        let folder = tempfile::tempdir()?;
        let log = rounds(folder.path())?;
        let bytes = |threads: usize| -> anyhow::Result<Vec<u8>> {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build()?;
            Ok(serde_json::to_vec(&pool.install(|| trained(log.clone(), 1))?)?)
        };
        let once = bytes(1)?;
        assert_eq!(once, bytes(1)?);
        assert_eq!(once, bytes(2)?);
        Ok(())
    }

    #[test]
    fn a_log_too_small_to_choose_on_still_trains() -> anyhow::Result<()> {
        let folder = tempfile::tempdir()?;
        let log = log_of(folder.path(), "log.csv", "1,0,coat\n1,1,hat\n")?;
        let trained_once = trained(log, 1)?;
        assert_eq!(trained_once.validation.all.queries, 0);
        assert_eq!(trained_once.covisitation.len(), 2);
        let empty = trained(log_of(folder.path(), "empty.csv", "")?, 1)?;
        assert!(empty.covisitation.is_empty());
        Ok(())
    }
}
