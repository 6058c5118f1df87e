//! One row of a table, whichever notation it came in: fields asked for by name and type.
//!
//! A field that is off is noted as a problem and stands in as a default: the feed is refused in the end, and
//! every problem of a row is told at once. What was never asked for is unknown, which finds typing errors.

use super::clock;
use super::pairs;
use super::problem::Problems;
use super::shop::Shop;
use serde_json::Value;
use windowshop::base::ids::check_id;
use windowshop::base::money::Money;
use windowshop::base::time::Timestamp;
use windowshop::catalogue::input::StockInput;

/// What a field holds.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Cell {
    /// A CSV cell.
    Text(String),
    /// A JSON value.
    Json(Value),
}

/// A row on its way to being read.
pub(super) struct Row<'a> {
    pub(super) file: &'a str,
    pub(super) line: u64,
    /// Fields not asked for yet. A JSON object stands here as one field a member: `name.en`.
    pub(super) cells: Vec<(String, Cell)>,
    /// Fields asked for, for the message about an unknown one.
    pub(super) asked: Vec<&'static str>,
    /// Fields that a problem was noted with.
    pub(super) off: Vec<String>,
    pub(super) shop: &'a Shop,
    pub(super) problems: &'a mut Problems,
}

impl Row<'_> {
    /// Notes a problem with a field of this row.
    pub(super) fn problem(&mut self, field: &str, reason: impl Into<String>) {
        self.problems.add(self.file, self.line, field, reason);
        self.off.push(field.to_string());
    }

    /// Whether all of these fields could be read: of others there is no sense in saying how they go together.
    pub(super) fn sound(&self, fields: &[&str]) -> bool {
        let of = |off: &String| fields.contains(&off.split('.').next().unwrap_or(off));
        !self.off.iter().any(of)
    }

    fn take_named(&mut self, name: &str) -> Option<Cell> {
        let at = self.cells.iter().position(|(field, _)| field == name)?;
        Some(self.cells.remove(at).1)
    }

    fn take(&mut self, field: &'static str) -> Option<Cell> {
        self.asked.push(field);
        self.take_named(field)
    }

    fn text_of(&mut self, field: &str, cell: Cell) -> Option<String> {
        let text = match cell {
            Cell::Text(text) | Cell::Json(Value::String(text)) => text,
            Cell::Json(other) => {
                self.problem(field, format!("is a text in quotation marks, not {}", kind(&other)));
                return None;
            }
        };
        let reason = if text.trim().is_empty() {
            "is empty; leave the field out"
        } else if text.trim() != text {
            "begins or ends with a space"
        } else if text.chars().any(char::is_control) {
            "holds a control character"
        } else {
            return Some(text);
        };
        self.problem(field, reason);
        None
    }

    /// A text that may be left out.
    pub(super) fn optional_text(&mut self, field: &'static str) -> Option<String> {
        let cell = self.take(field)?;
        self.text_of(field, cell)
    }

    /// A stable id that may be left out.
    pub(super) fn optional_id(&mut self, field: &'static str) -> Option<String> {
        let id = self.optional_text(field)?;
        if let Err(error) = check_id(&id) {
            self.problem(field, error.to_string());
        }
        Some(id)
    }

    /// A stable id.
    pub(super) fn id(&mut self, field: &'static str) -> String {
        self.required(field, Self::optional_id)
    }

    /// What `read` finds, or a default and a problem where the field is missing.
    pub(super) fn required<T: Default>(
        &mut self,
        field: &'static str,
        read: impl FnOnce(&mut Self, &'static str) -> Option<T>,
    ) -> T {
        let before = self.off.len();
        let value = read(self, field);
        if value.is_none() && self.off.len() == before {
            self.problem(field, "is missing");
        }
        value.unwrap_or_default()
    }

    /// A name in every language of the shop: `name.en`, `name.zh`.
    pub(super) fn names(&mut self, field: &'static str) -> Vec<String> {
        self.asked.push(field);
        let languages = self.shop.languages.clone();
        let mut names = Vec::new();
        for language in languages {
            let name = format!("{field}.{language}");
            match self.take_named(&name) {
                Some(cell) => names.extend(self.text_of(&name, cell)),
                None => self.problem(&name, "is missing; shop.json lists this language"),
            }
        }
        names
    }

    /// An amount of money, from a decimal text.
    pub(super) fn money(&mut self, field: &'static str) -> Option<i64> {
        let exponent = self.shop.exponent;
        self.decimal(field, exponent)
    }

    /// A decimal text with at most `exponent` digits behind the point, as an integer of the smallest unit.
    pub(super) fn decimal(&mut self, field: &'static str, exponent: u8) -> Option<i64> {
        let cell = self.take(field)?;
        if let Cell::Json(Value::Number(number)) = &cell {
            let reason = format!("is a decimal text, such as \"{number}\" in quotation marks: numbers round");
            self.problem(field, reason);
            return None;
        }
        let text = self.text_of(field, cell)?;
        match Money::parse(&text, exponent) {
            Ok(amount) if amount.minor() >= 0 => return Some(amount.minor()),
            Ok(_) => self.problem(field, "is below zero"),
            Err(error) => self.problem(field, error.to_string()),
        }
        None
    }

    /// A count of at most `limit`.
    pub(super) fn count(&mut self, field: &'static str, limit: u32) -> Option<u32> {
        let cell = self.take(field)?;
        let count = count_of(&cell).filter(|count| *count <= limit);
        if count.is_none() {
            self.problem(field, format!("is a whole number from 0 to {limit}"));
        }
        count
    }

    /// Days, where a field gives any: 1 to 65,535.
    pub(super) fn days(&mut self, field: &'static str) -> Option<u16> {
        let days = self.count(field, u32::from(u16::MAX))?;
        if days == 0 {
            self.problem(field, "is at least one day; leave the field out where there is none");
        }
        Some(days as u16)
    }

    /// Yes or no; no where it is left out.
    pub(super) fn flag(&mut self, field: &'static str) -> bool {
        match self.take(field) {
            None => false,
            Some(Cell::Json(Value::Bool(on))) => on,
            Some(Cell::Text(text)) if text == "true" || text == "false" => text == "true",
            Some(_) => {
                self.problem(field, "is true or false");
                false
            }
        }
    }

    /// One of a few words.
    pub(super) fn choice<T: Copy>(&mut self, field: &'static str, words: &[(&str, T)]) -> Option<T> {
        let text = self.optional_text(field)?;
        let found = words.iter().find(|(word, _)| *word == text).map(|(_, value)| *value);
        if found.is_none() {
            let words: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            self.problem(field, format!("is one of {}, not {text:?}", words.join(", ")));
        }
        found
    }

    /// An instant.
    pub(super) fn instant(&mut self, field: &'static str) -> Option<Timestamp> {
        let text = self.optional_text(field)?;
        let read = clock::instant(&text, &self.shop.time_zone());
        read.map_err(|reason| self.problem(field, reason)).ok()
    }

    /// A date, as days since 1970-01-01.
    pub(super) fn date(&mut self, field: &'static str) -> Option<u32> {
        let text = self.optional_text(field)?;
        let days = clock::date_days(&text);
        if days.is_none() {
            self.problem(field, format!("{text:?} is not a date such as 2027-05-31"));
        }
        days
    }

    /// Named values: a JSON object, `a=b|c=d`, or fields `attributes.kind`; sorted by name.
    pub(super) fn pairs(&mut self, field: &'static str) -> Vec<(String, Cell)> {
        let mut found = Vec::new();
        if let Some(cell) = self.take(field)
            && let Some(text) = self.text_of(field, cell)
        {
            match pairs::pairs(&text) {
                Ok(pairs) => found.extend(pairs.into_iter().map(|(name, value)| (name, Cell::Text(value)))),
                Err(reason) => self.problem(field, reason),
            }
        }
        let prefix = format!("{field}.");
        while let Some(at) = self.cells.iter().position(|(name, _)| name.starts_with(&prefix)) {
            let (name, cell) = self.cells.remove(at);
            found.push((name.get(prefix.len()..).unwrap_or("").to_string(), cell));
        }
        found.sort_by(|a, b| a.0.cmp(&b.0));
        if let Some(twice) = found.windows(2).find_map(|pair| match pair {
            [a, b] if a.0 == b.0 => Some(a.0.clone()),
            _ => None,
        }) {
            self.problem(field, format!("has {twice} twice"));
        }
        found
    }

    /// Named texts, as `name=value`.
    pub(super) fn attributes(&mut self, field: &'static str) -> Vec<String> {
        let mut attributes = Vec::new();
        for (name, cell) in self.pairs(field) {
            if let Some(value) = self.text_of(&format!("{field}.{name}"), cell) {
                attributes.push(format!("{name}={value}"));
            }
        }
        attributes
    }

    /// Stock by size: a JSON list of objects, or `S:3/10|M:0/8`.
    pub(super) fn stock(&mut self, field: &'static str) -> Vec<StockInput> {
        let read = match self.take(field) {
            None => Err("is missing; goods without sizes have the one size `one`".to_string()),
            Some(Cell::Json(Value::Array(rows))) => rows.iter().map(stock_row).collect(),
            Some(cell) => match self.text_of(field, cell) {
                Some(text) => pairs::stock(&text),
                None => return Vec::new(),
            },
        };
        read.map_err(|reason| self.problem(field, reason)).unwrap_or_default()
    }

    /// Notes every field that nobody asked for, but those that begin with `x_`.
    pub(super) fn finish(mut self) {
        let left = std::mem::take(&mut self.cells);
        for (field, _) in left.iter().filter(|(field, _)| !field.starts_with("x_")) {
            let known = self.asked.join(", ");
            self.problem(
                field,
                format!("is unknown here (known: {known}); begin it with x_ to have it passed over"),
            );
        }
    }
}

/// A whole number in any notation.
pub(super) fn count_of(cell: &Cell) -> Option<u32> {
    match cell {
        Cell::Json(value) => value.as_u64().and_then(|count| u32::try_from(count).ok()),
        Cell::Text(text) => {
            text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten()
        }
    }
}

fn stock_row(value: &Value) -> Result<StockInput, String> {
    let problem = || "is a list of {\"size\": \"S\", \"left\": 3, \"at_opening\": 10}".to_string();
    let members = value.as_object().ok_or_else(problem)?;
    if members.keys().any(|name| !["size", "left", "at_opening"].contains(&name.as_str())) {
        return Err(problem());
    }
    let count =
        |value: &Value| value.as_u64().and_then(|count| u32::try_from(count).ok()).ok_or_else(problem);
    let size = members.get("size").and_then(Value::as_str).ok_or_else(problem)?;
    let left = count(members.get("left").ok_or_else(problem)?)?;
    let at_opening = members.get("at_opening").map_or(Ok(left), count)?;
    Ok(StockInput { size: size.into(), left, at_opening })
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null (leave the field out)",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}
