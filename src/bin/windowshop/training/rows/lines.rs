//! JSON Lines: one object a line; a column is a member by name, or a member of members by its path (`a.b`, `a.0.b`).
//!
//! Only what was asked for is taken out of a line, the rest is walked over without being built.

use super::text::{Progress, Text};
use super::{Table, Trouble};
use crate::feeds::rows::json_reason;
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::fmt::{self, Write as _};
use std::io::{BufRead, BufReader};
use std::path::Path;

/// The longest line that is read; a longer one is not a row but a file of another kind.
const LINE_MAX: usize = 1 << 24;

pub(super) struct Lines {
    text: BufReader<Text>,
    progress: Progress,
    line: u64,
    bytes: Vec<u8>,
    /// Whether `bytes` holds a line that was looked at but not taken.
    peeked: bool,
    wanted: Member,
    cells: Vec<Cell>,
}

#[derive(Default)]
struct Cell {
    text: String,
    met: bool,
    required: Option<&'static str>,
}

/// What is wanted of a value: itself, or some of its members.
#[derive(Default)]
struct Member {
    cell: Option<usize>,
    members: Vec<(String, Member)>,
}

impl Lines {
    pub(super) fn open(file: &Path) -> Result<Self, Trouble> {
        let (text, progress) = Text::open(file)?;
        let text = BufReader::with_capacity(1 << 16, text);
        Ok(Self {
            text,
            progress,
            line: 0,
            bytes: Vec::new(),
            peeked: false,
            wanted: Member::default(),
            cells: Vec::new(),
        })
    }

    fn wrong(&self, field: &'static str, reason: impl Into<String>) -> Trouble {
        Trouble::Row { line: self.line, field, reason: reason.into() }
    }

    /// Reads the next line that is not empty into `bytes`.
    fn next_line(&mut self) -> Result<bool, Trouble> {
        if std::mem::take(&mut self.peeked) {
            return Ok(true);
        }
        loop {
            self.bytes.clear();
            self.line += 1;
            loop {
                let ready = self.text.fill_buf().map_err(Trouble::Storage)?;
                let (part, ended) = match ready.iter().position(|byte| *byte == b'\n') {
                    Some(end) => (&ready[..=end], true),
                    None => (ready, ready.is_empty()),
                };
                self.bytes.extend_from_slice(part);
                let read = part.len();
                self.text.consume(read);
                if self.bytes.len() > LINE_MAX {
                    return Err(self.wrong("row", format!("is longer than {LINE_MAX} bytes")));
                }
                if ended {
                    break;
                }
            }
            if self.bytes.is_empty() {
                return Ok(false);
            }
            if self.line == 1 && self.bytes.starts_with(b"\xEF\xBB\xBF") {
                self.bytes.drain(..3);
            }
            if !self.bytes.trim_ascii().is_empty() {
                return Ok(true);
            }
        }
    }
}

impl Table for Lines {
    fn find(&mut self, column: &str, required: Option<&'static str>) -> Result<Option<usize>, Trouble> {
        let mut member = &mut self.wanted;
        for name in column.split('.') {
            let at = member.members.iter().position(|(known, _)| known == name).unwrap_or_else(|| {
                member.members.push((name.into(), Member::default()));
                member.members.len() - 1
            });
            member = &mut member.members[at].1;
        }
        let cell = *member.cell.get_or_insert(self.cells.len());
        if cell == self.cells.len() {
            self.cells.push(Cell::default());
        }
        self.cells[cell].required = self.cells[cell].required.or(required);
        Ok(Some(cell))
    }

    fn holds(&mut self, field: &str) -> Result<bool, Trouble> {
        if !self.next_line()? {
            return Ok(false);
        }
        self.peeked = true;
        let first: serde_json::Value = serde_json::from_slice(&self.bytes)
            .map_err(|error| self.wrong("row", format!("is not a JSON object: {}", json_reason(&error))))?;
        let mut value = Some(&first);
        for name in field.split('.') {
            value = value.and_then(|value| value.get(name));
        }
        Ok(value.is_some())
    }

    fn advance(&mut self) -> Result<bool, Trouble> {
        if !self.next_line()? {
            return Ok(false);
        }
        for cell in &mut self.cells {
            cell.text.clear();
            cell.met = false;
        }
        let mut line = serde_json::Deserializer::from_slice(&self.bytes);
        let walk = Object { member: &self.wanted, cells: &mut self.cells };
        let read = walk.deserialize(&mut line).and_then(|()| line.end());
        read.map_err(|error| self.wrong("row", format!("is not a JSON object: {}", json_reason(&error))))?;
        match self.cells.iter().find(|cell| cell.required.is_some() && !cell.met) {
            Some(cell) => Err(self.wrong(cell.required.unwrap_or("row"), "is missing")),
            None => Ok(true),
        }
    }

    fn cell(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", |cell| cell.text.as_str())
    }

    fn line(&self) -> u64 {
        self.line
    }

    fn progress(&self) -> u64 {
        self.progress.thousandths()
    }
}

/// The line itself, which is an object and nothing else.
struct Object<'a> {
    member: &'a Member,
    cells: &'a mut [Cell],
}

impl<'de> DeserializeSeed<'de> for Object<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_map(Walk { member: self.member, cells: self.cells })
    }
}

/// Any value inside the line.
struct Walk<'a> {
    member: &'a Member,
    cells: &'a mut [Cell],
}

impl<'de> DeserializeSeed<'de> for Walk<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_any(self)
    }
}

impl Walk<'_> {
    fn take<E: Error>(self, value: impl fmt::Display) -> Result<(), E> {
        if let Some(cell) = self.member.cell.and_then(|cell| self.cells.get_mut(cell)) {
            if std::mem::replace(&mut cell.met, true) {
                return Err(E::custom("a member is there twice"));
            }
            // Writing into a text has no way to fail.
            let _ = write!(cell.text, "{value}");
        }
        Ok(())
    }

    fn refuse_whole<E: Error>(&self) -> Result<(), E> {
        if self.member.cell.is_some() {
            return Err(E::custom("a text or a number is expected where an object or a list is"));
        }
        Ok(())
    }
}

impl<'de> Visitor<'de> for Walk<'_> {
    type Value = ();

    fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("one JSON object a line")
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<(), E> {
        self.take(value)
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<(), E> {
        self.take(value)
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<(), E> {
        self.take(value)
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<(), E> {
        self.take(value)
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<(), E> {
        self.take(value)
    }

    /// Null is as good as not there.
    fn visit_unit<E: Error>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        self.refuse_whole()?;
        while let Some(name) = map.next_key::<std::borrow::Cow<'_, str>>()? {
            match self.member.members.iter().find(|(known, _)| *known == name) {
                Some((_, member)) => map.next_value_seed(Walk { member, cells: &mut *self.cells })?,
                None => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        self.refuse_whole()?;
        for place in 0_usize.. {
            let named = |(name, _): &&(String, Member)| name.parse() == Ok(place);
            let more = match self.member.members.iter().find(named) {
                Some((_, member)) => {
                    list.next_element_seed(Walk { member, cells: &mut *self.cells })?.is_some()
                }
                None => list.next_element::<IgnoredAny>()?.is_some(),
            };
            if !more {
                break;
            }
        }
        Ok(())
    }
}
