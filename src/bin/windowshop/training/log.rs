//! Reads click logs, one session at a time, never the whole log at once.
//!
//! A log is a table in any format of [`super::rows`]. Its columns, in any order: `session_id`, `pos` (a whole number
//! that rises within the session) and `item_id`; `brand` and `category`, the item's own, may be there and are counted
//! for the priors; any other column is passed over. Or it has one event a row as GA4 shapes them, with `name`,
//! `session` and `params`; then `view_item` rows are the clicks, in the order in which they stand. The rows of a
//! session stand together, and sessions stand in the order of time: the last tenth is what settings are chosen on.
//! What is remembered between sessions is the ids of items, brands and categories; where sessions began goes to
//! [`super::marks`].

use super::marks::{Mark, Marks};
use super::rows::{Rows, RowsError};
use super::scratch::Scratch;
use std::path::{Path, PathBuf};
use windowshop::base::digest::checksum;
use windowshop::base::ids::{IdError, check_id};
use windowshop::base::maps::Map;

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

/// Where a session is read to: its number from 0, and what it holds.
type Each<'a> = dyn FnMut(u64, &Session) -> Result<(), RowsError> + 'a;

/// Reads logs one after another and hands each session to `each`, with its number from 0.
///
/// # Errors
/// [`RowsError`] at the first row that is off, with file, line and field; then, where all rows are well, at a session
/// that comes again after others, for a pair must not count one session twice.
pub(crate) fn read(
    logs: &Logs<'_>,
    vocabulary: &mut Vocabulary,
    progress: &mut dyn FnMut(u64),
    each: &mut Each<'_>,
) -> Result<(), RowsError> {
    let mut reader = Reader {
        current: None,
        session: Session::default(),
        sessions: 0,
        marks: Marks::new(logs.scratch),
        failed: &logs.scratch.failed(),
    };
    for (file, log) in (0..).zip(logs.files) {
        let mut rows = Rows::open(log)?.named(logs.columns);
        reader.read(&mut rows, file, vocabulary, progress, each)?;
        // What is left of the file's share, so that each file has the same.
        progress(1_000);
    }
    reader.end_session(each)?;
    match reader.marks.again().map_err(logs.scratch.failed())? {
        Some(mark) => Err(comes_again(logs, mark)),
        None => Ok(()),
    }
}

/// Logs to be read.
#[derive(Clone, Copy)]
pub(crate) struct Logs<'a> {
    /// The files, in the order of time.
    pub(crate) files: &'a [PathBuf],
    /// Columns by the names that are asked for, and the files' own.
    pub(crate) columns: &'a [(String, String)],
    /// Where working files go.
    pub(crate) scratch: &'a Scratch,
}

/// The error of a session that begins a second time; the row is read again, for only its place was remembered.
fn comes_again(logs: &Logs<'_>, mark: Mark) -> RowsError {
    let found = || -> Result<RowsError, RowsError> {
        let file = logs.files.get(mark.file as usize).map_or(Path::new(""), PathBuf::as_path);
        let mut rows = Rows::open(file)?.named(logs.columns);
        let columns = Columns::of(&mut rows)?;
        while rows.advance()? && rows.line() < mark.line {}
        let reason = format!(
            "session {:?} comes again; the rows of a session stand together",
            rows.cell(columns.session)
        );
        Ok(rows.wrong(columns.session_name, reason))
    };
    found().unwrap_or_else(|error| error)
}

/// Where things are in a log.
struct Columns {
    session: usize,
    session_name: &'static str,
    /// Where rows are numbered; else they stand in the order of time.
    position: Option<usize>,
    /// Where rows are events of many kinds, which kind one is.
    name: Option<usize>,
    item: usize,
    item_name: &'static str,
    brand: Option<usize>,
    category: Option<usize>,
}

/// The events of a GA4-shaped log that are looks.
const LOOK: &str = "view_item";
/// Where such an event has its item; a look has one.
const EVENT_ITEM: &str = "params.items.0.item_id";

impl Columns {
    fn of(rows: &mut Rows) -> Result<Self, RowsError> {
        if rows.holds("params")? {
            return Ok(Self {
                session: rows.need("session")?,
                session_name: "session",
                position: None,
                name: Some(rows.need("name")?),
                // Not needed in every row: events that are no looks may have none.
                item: rows.find(EVENT_ITEM)?.unwrap_or(usize::MAX),
                item_name: EVENT_ITEM,
                brand: rows.find("params.items.0.item_brand")?,
                category: rows.find("params.items.0.item_category")?,
            });
        }
        Ok(Self {
            session: rows.need("session_id")?,
            session_name: "session_id",
            position: Some(rows.need("pos")?),
            name: None,
            item: rows.need("item_id")?,
            item_name: "item_id",
            brand: rows.find("brand")?,
            category: rows.find("category")?,
        })
    }
}

/// What is known between two rows.
struct Reader<'a> {
    /// The current session's id, and its latest position.
    current: Option<(String, u64)>,
    session: Session,
    sessions: u64,
    marks: Marks,
    failed: &'a dyn Fn(std::io::Error) -> RowsError,
}

impl Reader<'_> {
    fn read(
        &mut self,
        rows: &mut Rows,
        file: u32,
        vocabulary: &mut Vocabulary,
        progress: &mut dyn FnMut(u64),
        each: &mut Each<'_>,
    ) -> Result<(), RowsError> {
        let columns = Columns::of(rows)?;
        for row in 1_u64.. {
            if !rows.advance()? {
                break;
            }
            if row.is_multiple_of(100_000) {
                progress(rows.progress().min(999));
            }
            if columns.name.is_some_and(|name| rows.cell(name) != LOOK) {
                continue;
            }
            self.place(rows, file, &columns, each)?;
            let number = |names: &mut Names, field, column| {
                names.number(rows.cell(column)).map_err(|error| rows.wrong(field, error))
            };
            self.session.items.push(number(&mut vocabulary.items, columns.item_name, columns.item)?);
            // An item without a brand or category is ordinary.
            let there = |column: &usize| !rows.cell(*column).is_empty();
            if let Some(column) = columns.brand.filter(there) {
                self.session.brands.push(number(&mut vocabulary.brands, "brand", column)?);
            }
            if let Some(column) = columns.category.filter(there) {
                self.session.categories.push(number(&mut vocabulary.categories, "category", column)?);
            }
        }
        Ok(())
    }

    /// Sees to which session a row belongs, and that it comes after the row before.
    fn place(
        &mut self,
        rows: &Rows,
        file: u32,
        columns: &Columns,
        each: &mut Each<'_>,
    ) -> Result<(), RowsError> {
        let session = rows.cell(columns.session);
        let position: Option<u64> = match columns.position {
            None => None,
            Some(position) => {
                let text = rows.cell(position);
                let read = text.parse();
                let reason = |_| rows.wrong("pos", format!("{text:?} is not a whole number from 0"));
                Some(read.map_err(reason)?)
            }
        };
        match &mut self.current {
            Some((current, latest)) if current == session => {
                if let Some(position) = position {
                    if position <= *latest {
                        let reason =
                            format!("{position} does not come after {latest} in session {session:?}");
                        return Err(rows.wrong("pos", reason));
                    }
                    *latest = position;
                }
            }
            _ => {
                check_id(session).map_err(|error| rows.wrong(columns.session_name, error))?;
                self.end_session(each)?;
                let mark = Mark { session: checksum(session.as_bytes()), file, line: rows.line() };
                self.marks.push(mark).map_err(self.failed)?;
                self.current = Some((session.into(), position.unwrap_or(0)));
            }
        }
        Ok(())
    }

    fn end_session(&mut self, each: &mut Each<'_>) -> Result<(), RowsError> {
        if self.current.take().is_some() {
            each(self.sessions, &self.session)?;
            self.sessions += 1;
            self.session.clear();
        }
        Ok(())
    }
}

#[cfg(test)]
pub(crate) mod tests;
