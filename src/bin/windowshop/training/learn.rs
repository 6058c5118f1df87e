//! From logs to a table: three passes over the logs, holding the counted pairs and nothing of a session.
//!
//! The first pass counts sessions; the second learns all but the last tenth of them and takes queries from that
//! tenth, on which the settings are chosen; the third learns the last tenth too.

use super::file::{FORMAT, LogFacts, Row, Source, Trained};
use super::log::{Names, Vocabulary, read};
use super::pairs::{Pair, Pairs};
use super::rows::RowsError;
use super::scorer::Protocol;
use super::settings::{BACK_OFFS, shapes};
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
    /// Sessions read.
    pub(crate) sessions: u64,
    pairs: Vec<Pair>,
    brands: Views,
    categories: Views,
}

/// Views of brands or of categories, and how many sessions hold one.
#[derive(Default)]
struct Views {
    counts: Vec<u64>,
    sessions: Vec<u32>,
    /// The latest session that held one, counted from 1.
    latest: Vec<u64>,
}

impl Views {
    fn count(&mut self, session: u64, viewed: &[u32]) {
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
    fn of(&self, names: &Names, min_sessions: u32) -> Vec<(String, u64)> {
        let enough =
            |number: &u32| self.sessions.get(*number as usize).is_some_and(|count| *count >= min_sessions);
        let row = |number: u32| {
            (names.id(number).to_owned(), self.counts.get(number as usize).copied().unwrap_or(0))
        };
        names.by_id().into_iter().filter(enough).map(row).collect()
    }
}

/// Steps of the progress bar that [`learn`] takes.
pub(crate) fn steps() -> u64 {
    3 + (shapes().count() + BACK_OFFS.len()) as u64
}

/// Learns a table from logs, choosing its settings under a protocol.
///
/// # Errors
/// [`RowsError`] at the first row that is off.
pub(crate) fn learn(
    logs: &[PathBuf],
    min_sessions: u32,
    protocol: Protocol,
    progress: &ProgressBar,
) -> Result<Learned, RowsError> {
    let mut vocabulary = Vocabulary::default();
    let (mut sessions, mut next_items) = (0_u64, 0_u64);
    read(logs, &mut vocabulary, |_, session| {
        sessions += 1;
        next_items += session.items.len() as u64 - 1;
    })?;
    progress.inc(1);

    let last_tenth = sessions - sessions / 10;
    // Every n-th session of the last tenth, so that there are about QUERIES_MAX queries.
    let stride = (next_items / 10).div_ceil(QUERIES_MAX).max(1);
    let (mut pairs, mut clicks) = (Pairs::default(), vec![0_u64; vocabulary.items.len()]);
    let (mut brands, mut categories) = (Views::default(), Views::default());
    let mut validation: Vec<Query> = Vec::new();
    let click = |clicks: &mut [u64], items: &[u32]| {
        for item in items {
            clicks[*item as usize] += 1;
        }
    };
    read(logs, &mut vocabulary, |number, session| {
        brands.count(number, &session.brands);
        categories.count(number, &session.categories);
        if number < last_tenth {
            pairs.count(&session.items);
            click(&mut clicks, &session.items);
        } else if number % stride == 0 {
            validation.extend(queries(&session.items));
        }
    })?;
    progress.inc(1);

    let ranks = vocabulary.items.ranks();
    let counted = Counted { pairs: pairs.sorted(), clicks: &clicks, ranks: &ranks };
    let choice = choose(counted, &validation, min_sessions, protocol, || progress.inc(1));

    read(logs, &mut vocabulary, |number, session| {
        if number >= last_tenth {
            pairs.count(&session.items);
            click(&mut clicks, &session.items);
        }
    })?;
    progress.inc(1);
    Ok(Learned { vocabulary, clicks, ranks, choice, sessions, pairs: pairs.finish(), brands, categories })
}

impl Learned {
    /// The table of all sessions, in the chosen shape, as a pack holds it.
    pub(crate) fn packed(&self) -> Table {
        let settings = self.choice.settings;
        Table::packed(self.counted(), settings.shape, settings.min_sessions)
    }

    /// The file for `pack build`.
    pub(crate) fn trained(&self, source: Source) -> Trained {
        let settings = self.choice.settings;
        let table = Table::shape(self.counted(), settings.shape, settings.min_sessions, NEIGHBOURS_IN_FILE);
        let log = LogFacts {
            sessions: self.sessions,
            clicks: self.clicks.iter().sum(),
            items: self.vocabulary.items.len() as u64,
            pairs: self.pairs.len() as u64,
            pairs_kept: self.pairs.iter().filter(|pair| pair.sessions >= settings.min_sessions).count()
                as u64,
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
        Counted { pairs: &self.pairs, clicks: &self.clicks, ranks: &self.ranks }
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
