//! Reads click logs, one session at a time, never the whole log at once.
//!
//! A log is CSV with a header, gzip-compressed where its name ends with `.gz`. Its columns, in any order:
//! `session_id`, `pos` (a whole number that rises within the session) and `item_id`; `brand` and `category`, the
//! item's own, may be there and are counted for the priors; any other column is passed over. The rows of a
//! session stand together, and sessions stand in the order of time: the last tenth is what settings are chosen
//! on. What is remembered between sessions is the ids of items and eight bytes a session.

use super::rows::{Rows, RowsError};
use std::path::PathBuf;
use windowshop::base::digest::checksum;
use windowshop::base::ids::{IdError, check_id};
use windowshop::base::maps::{Map, Set};

/// Stable ids and the numbers that stand for them while a log is read, in the order of their first click.
#[derive(Debug, Default)]
pub(crate) struct Names {
    ids: Vec<String>,
    numbers: Map<String, u32>,
}

impl Names {
    /// The number of an id; a new one for an id not met before.
    pub(crate) fn number(&mut self, id: &str) -> Result<u32, IdError> {
        if let Some(number) = self.numbers.get(id) {
            return Ok(*number);
        }
        check_id(id)?;
        let number = self.ids.len() as u32;
        self.ids.push(id.into());
        self.numbers.insert(id.into(), number);
        Ok(number)
    }

    /// The number of an id, where it was met.
    pub(crate) fn find(&self, id: &str) -> Option<u32> {
        self.numbers.get(id).copied()
    }

    /// The id of a number.
    pub(crate) fn id(&self, number: u32) -> &str {
        self.ids.get(number as usize).map_or("", String::as_str)
    }

    /// How many ids were met.
    pub(crate) fn len(&self) -> usize {
        self.ids.len()
    }

    /// Numbers by ascending id.
    pub(crate) fn by_id(&self) -> Vec<u32> {
        let mut numbers: Vec<u32> = (0..self.ids.len() as u32).collect();
        numbers.sort_unstable_by_key(|number| self.id(*number));
        numbers
    }

    /// For each number, its place among the ascending ids: by it equal scores are ordered.
    pub(crate) fn ranks(&self) -> Vec<u32> {
        let mut ranks = vec![0; self.ids.len()];
        for (place, number) in self.by_id().into_iter().enumerate() {
            if let Some(rank) = ranks.get_mut(number as usize) {
                *rank = place as u32;
            }
        }
        ranks
    }
}

/// All ids of a log.
#[derive(Debug, Default)]
pub(crate) struct Vocabulary {
    /// Items.
    pub(crate) items: Names,
    /// Brands, where the log names them.
    pub(crate) brands: Names,
    /// Categories, where the log names them.
    pub(crate) categories: Names,
}

/// One session, oldest click first.
#[derive(Debug, Default)]
pub(crate) struct Session {
    /// The items clicked.
    pub(crate) items: Vec<u32>,
    /// Their brands; empty where the log does not name them.
    pub(crate) brands: Vec<u32>,
    /// Their categories; empty where the log does not name them.
    pub(crate) categories: Vec<u32>,
}

impl Session {
    fn clear(&mut self) {
        self.items.clear();
        self.brands.clear();
        self.categories.clear();
    }
}

/// Reads logs one after another and hands each session to `each`, with its number from 0.
///
/// # Errors
/// [`RowsError`] at the first row that is off, with file, line and field; also where a session comes again after
/// others, for a pair must not count one session twice.
pub(crate) fn read(
    logs: &[PathBuf],
    vocabulary: &mut Vocabulary,
    mut each: impl FnMut(u64, &Session),
) -> Result<(), RowsError> {
    let mut reader = Reader::default();
    for log in logs {
        reader.read(&mut Rows::open(log)?, vocabulary, &mut each)?;
    }
    reader.end_session(&mut each);
    Ok(())
}

/// What is known between two rows.
#[derive(Default)]
struct Reader {
    /// The current session's id, and its latest position.
    current: Option<(String, u64)>,
    session: Session,
    sessions: u64,
    /// XXH3-64 of the session ids met, so that one that comes again is found.
    met: Set<u64>,
}

impl Reader {
    fn read(
        &mut self,
        rows: &mut Rows,
        vocabulary: &mut Vocabulary,
        each: &mut impl FnMut(u64, &Session),
    ) -> Result<(), RowsError> {
        let (session, position, item) = (rows.need("session_id")?, rows.need("pos")?, rows.need("item_id")?);
        let (brand, category) = (rows.find("brand")?, rows.find("category")?);
        while rows.advance()? {
            self.place(rows, session, position, each)?;
            let number = |names: &mut Names, field, column| {
                names.number(rows.cell(column)).map_err(|error| rows.wrong(field, error))
            };
            self.session.items.push(number(&mut vocabulary.items, "item_id", item)?);
            if let Some(column) = brand {
                self.session.brands.push(number(&mut vocabulary.brands, "brand", column)?);
            }
            if let Some(column) = category {
                self.session.categories.push(number(&mut vocabulary.categories, "category", column)?);
            }
        }
        Ok(())
    }

    /// Sees to which session a row belongs, and that it comes after the row before.
    fn place(
        &mut self,
        rows: &Rows,
        session: usize,
        position: usize,
        each: &mut impl FnMut(u64, &Session),
    ) -> Result<(), RowsError> {
        let (session, text) = (rows.cell(session), rows.cell(position));
        let position: u64 =
            text.parse().map_err(|_| rows.wrong("pos", format!("{text:?} is not a whole number from 0")))?;
        match &mut self.current {
            Some((current, latest)) if current == session => {
                if position <= *latest {
                    let reason = format!("{position} does not come after {latest} in session {session:?}");
                    return Err(rows.wrong("pos", reason));
                }
                *latest = position;
            }
            _ => {
                check_id(session).map_err(|error| rows.wrong("session_id", error))?;
                self.end_session(each);
                if !self.met.insert(checksum(session.as_bytes())) {
                    let reason =
                        format!("session {session:?} comes again; the rows of a session stand together");
                    return Err(rows.wrong("session_id", reason));
                }
                self.current = Some((session.into(), position));
            }
        }
        Ok(())
    }

    fn end_session(&mut self, each: &mut impl FnMut(u64, &Session)) {
        if self.current.take().is_some() {
            each(self.sessions, &self.session);
            self.sessions += 1;
            self.session.clear();
        }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use std::fs::File;
    use std::io::Write;
    use std::path::Path;

    /// A log file with these lines behind the usual header.
    pub(crate) fn log_of(folder: &Path, name: &str, lines: &str) -> anyhow::Result<PathBuf> {
        let path = folder.join(name);
        std::fs::write(&path, format!("session_id,pos,item_id\n{lines}"))?;
        Ok(path)
    }

    fn sessions(logs: &[PathBuf]) -> Result<Vec<(u64, Vec<String>)>, RowsError> {
        let mut vocabulary = Vocabulary::default();
        let mut met = Vec::new();
        read(logs, &mut vocabulary, |number, session| met.push((number, session.items.clone())))?;
        let named =
            |items: Vec<u32>| items.into_iter().map(|item| vocabulary.items.id(item).to_owned()).collect();
        Ok(met.into_iter().map(|(number, items)| (number, named(items))).collect())
    }

    #[test]
    fn sessions_come_whole_and_in_order_from_plain_and_compressed_files() -> anyhow::Result<()> {
        let folder = tempfile::tempdir()?;
        let plain = log_of(folder.path(), "one.csv", "7,0,coat\n7,2,hat\n8,0,coat\n")?;
        let path = folder.path().join("two.csv.gz");
        let mut gzip = flate2::write::GzEncoder::new(File::create(&path)?, flate2::Compression::fast());
        gzip.write_all(b"item_id,pos,ts,session_id\nboot,4,99,9\n")?;
        gzip.finish()?;
        let expected = [(0, vec!["coat", "hat"]), (1, vec!["coat"]), (2, vec!["boot"])];
        let expected =
            expected.map(|(number, items)| (number, items.into_iter().map(String::from).collect()));
        assert_eq!(sessions(&[plain, path])?, expected);
        Ok(())
    }

    #[test]
    fn brands_and_categories_are_read_where_they_are() -> anyhow::Result<()> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("log.csv");
        std::fs::write(
            &path,
            "session_id,pos,item_id,brand,category\n1,0,coat,lumen,outer\n1,1,hat,lumen,head\n",
        )?;
        let mut vocabulary = Vocabulary::default();
        let mut met = Vec::new();
        read(&[path], &mut vocabulary, |_, session| {
            met.push((session.brands.clone(), session.categories.clone()));
        })?;
        assert_eq!(met, [(vec![0, 0], vec![0, 1])]);
        assert_eq!(vocabulary.categories.id(1), "head");
        Ok(())
    }

    #[test]
    fn a_bad_row_is_refused_with_file_line_and_field() -> anyhow::Result<()> {
        let folder = tempfile::tempdir()?;
        for (lines, expected) in [
            ("1,0,coat\n1,x,hat\n", "line 3, pos: \"x\" is not a whole number"),
            ("1,1,coat\n1,1,hat\n", "line 3, pos: 1 does not come after 1"),
            ("1,0,coat\n2,0,hat\n1,1,hat\n", "line 4, session_id: session \"1\" comes again"),
            ("1,0,\n", "line 2, item_id: an id cannot be empty"),
            ("1,0,coat\n,0,coat\n", "line 3, session_id: an id cannot be empty"),
            ("1,0,coat\n1,1\n", "line 3, row: has 2 fields, the header has 3"),
        ] {
            let log = log_of(folder.path(), "bad.csv", lines)?;
            let error = sessions(&[log]).err().map(|error| error.to_string()).unwrap_or_default();
            assert!(error.contains("bad.csv") && error.contains(expected), "{error:?} for {lines:?}");
        }
        let headless = folder.path().join("headless.csv");
        std::fs::write(&headless, "session,pos,item_id\n1,0,coat\n")?;
        assert!(matches!(sessions(&[headless]), Err(RowsError::Column { column: "session_id", .. })));
        assert!(matches!(sessions(&[folder.path().join("none.csv")]), Err(RowsError::Storage { .. })));
        Ok(())
    }

    #[test]
    fn a_gzip_file_cut_short_is_refused() -> anyhow::Result<()> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("cut.csv.gz");
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        gzip.write_all(b"session_id,pos,item_id\n1,0,coat\n1,1,hat\n")?;
        let whole = gzip.finish()?;
        std::fs::write(&path, &whole[..whole.len() - 6])?;
        assert!(matches!(sessions(&[path]), Err(RowsError::Storage { .. })));
        Ok(())
    }

    #[test]
    fn equal_scores_are_ordered_by_id() {
        let mut names = Names::default();
        let numbers: Vec<u32> = ["b", "10", "9"].iter().filter_map(|id| names.number(id).ok()).collect();
        assert_eq!(numbers, [0, 1, 2]);
        assert_eq!(names.by_id(), [1, 2, 0]);
        assert_eq!(names.ranks(), [2, 0, 1]);
    }
}
