//! How the fields of rules are written in JSON: decimal texts for amounts and percentages, shop time for instants.

use crate::feeds::clock;
use crate::feeds::problem::Problems;
use crate::feeds::shop::Shop;
use serde::Deserialize;
use serde::de::{Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::Value;
use std::fmt;
use windowshop::base::ids::check_id;
use windowshop::base::money::Money;
use windowshop::base::notation::Fields;
use windowshop::base::time::Timestamp;

/// The fields of one object of a JSON file, with where it stands.
pub(super) struct JsonFields<'a> {
    file: &'a str,
    shop: &'a Shop,
    problems: &'a mut Problems,
    /// Where this object stands, such as `promotions[0].benefit.`; empty for the file itself.
    path: String,
    /// Fields not asked for yet.
    fields: Vec<(String, Value)>,
    /// Fields asked for, for the message about an unknown one.
    asked: Vec<String>,
}

impl<'a> JsonFields<'a> {
    /// Reads a whole file, one object; nothing where it is not one, which is noted.
    pub(super) fn read<T>(
        file: &'a str,
        text: &str,
        shop: &'a Shop,
        problems: &'a mut Problems,
        read: impl FnOnce(&mut Self) -> T,
    ) -> Option<T> {
        let fields = match serde_json::from_str::<Distinct>(text) {
            Ok(Distinct(Value::Object(fields))) => fields.into_iter().collect(),
            Ok(_) => {
                problems.add(file, 0, "", "is one JSON object");
                return None;
            }
            Err(error) => {
                problems.add(file, error.line() as u64, "", format!("is not JSON: {error}"));
                return None;
            }
        };
        let mut whole = Self { file, shop, problems, path: String::new(), fields, asked: Vec::new() };
        let value = read(&mut whole);
        whole.finish();
        Some(value)
    }

    /// How many problems were noted so far, here and elsewhere.
    pub(super) fn problem_count(&self) -> usize {
        self.problems.count()
    }

    /// A name in every language of the shop: `{"en": "…", "zh": "…"}`.
    pub(super) fn names(&mut self, field: &'static str) -> Vec<String> {
        self.require(field);
        let languages = self.shop.languages.clone();
        let read = |from: &mut Self| {
            let mut names = Vec::new();
            for language in &languages {
                from.asked.push(language.clone());
                match from.take_named(language) {
                    Some(Value::String(name)) if !name.trim().is_empty() => names.push(name),
                    Some(_) => from.problem(language, "is a text"),
                    None => from.problem(language, "is missing; shop.json lists this language"),
                }
            }
            names
        };
        self.object(field, read).unwrap_or_default()
    }

    /// A name in every language of the shop, where the field is there.
    pub(super) fn optional_names(&mut self, field: &'static str) -> Option<Vec<String>> {
        self.asked.push(field.into());
        self.has(field).then(|| self.names(field))
    }

    fn take_named(&mut self, field: &str) -> Option<Value> {
        let at = self.fields.iter().position(|(name, _)| name == field)?;
        Some(self.fields.remove(at).1)
    }

    fn take(&mut self, field: &'static str) -> Option<Value> {
        self.asked.push(field.into());
        self.take_named(field)
    }

    /// A field in one form; any other is noted.
    fn of<T>(
        &mut self,
        field: &'static str,
        form: &str,
        read: impl FnOnce(&Value) -> Option<T>,
    ) -> Option<T> {
        let value = self.take(field)?;
        let read = read(&value);
        if read.is_none() {
            self.problem(field, &format!("is {form}, not {}", shown(&value)));
        }
        read
    }

    fn decimal(&mut self, field: &'static str, exponent: u8, such_as: &str) -> Option<Money> {
        let form = format!("a decimal text in quotation marks such as {such_as}");
        let text = self.of(field, &form, |value| value.as_str().map(str::to_string))?;
        match Money::parse(&text, exponent) {
            Ok(amount) if amount >= Money::ZERO => return Some(amount),
            Ok(_) => self.problem(field, "is below zero"),
            Err(error) => self.problem(field, &error.to_string()),
        }
        None
    }

    /// Reads `fields` as an object that stands at `path`.
    fn inside<T>(
        &mut self,
        path: String,
        fields: Vec<(String, Value)>,
        read: impl FnOnce(&mut Self) -> T,
    ) -> T {
        let path = core::mem::replace(&mut self.path, path);
        let fields = core::mem::replace(&mut self.fields, fields);
        let asked = core::mem::take(&mut self.asked);
        let value = read(self);
        self.finish();
        (self.path, self.fields, self.asked) = (path, fields, asked);
        value
    }

    /// Notes fields that nobody asked for.
    fn finish(&mut self) {
        self.asked.sort_unstable();
        self.asked.dedup();
        let known = self.asked.join(", ");
        // Fields that begin with x_ are the shop's own, as in the feed's tables.
        for (field, _) in
            core::mem::take(&mut self.fields).into_iter().filter(|(name, _)| !name.starts_with("x_"))
        {
            self.problem(&field, &format!("is not a field here; fields are {known}"));
        }
    }
}

impl Fields for JsonFields<'_> {
    fn has(&self, field: &'static str) -> bool {
        self.fields.iter().any(|(name, _)| name == field)
    }

    fn problem(&mut self, field: &str, reason: &str) {
        let path = format!("{}{field}", self.path);
        self.problems.add(self.file, 0, path.trim_end_matches('.'), reason);
    }

    fn id(&mut self, field: &'static str) -> Option<String> {
        let id = self.of(field, "a text", |value| value.as_str().map(str::to_string))?;
        match check_id(&id) {
            Ok(()) => Some(id),
            Err(error) => {
                self.problem(field, &error.to_string());
                None
            }
        }
    }

    fn ids(&mut self, field: &'static str) -> Vec<String> {
        let ids = self.of(field, "a list of ids, each once", |value| {
            let ids: Option<Vec<String>> =
                value.as_array()?.iter().map(|id| id.as_str().map(str::to_string)).collect();
            ids.filter(|ids| {
                !ids.is_empty() && ids.iter().enumerate().all(|(at, id)| !ids[..at].contains(id))
            })
        });
        let ids = ids.unwrap_or_default();
        for id in &ids {
            if let Err(error) = check_id(id) {
                self.problem(field, &error.to_string());
            }
        }
        ids
    }

    fn amount(&mut self, field: &'static str) -> Option<Money> {
        self.decimal(field, self.shop.exponent, "\"199\" or \"19.90\"")
    }

    fn count(&mut self, field: &'static str, least: u32, most: u32) -> Option<u32> {
        let form = format!("a whole number from {least} to {most}");
        self.of(field, &form, |value| count(value, least, most))
    }

    fn counts(&mut self, field: &'static str, least: u32, most: u32) -> Vec<u32> {
        let form = format!("a list of whole numbers from {least} to {most}");
        let counts = self
            .of(field, &form, |value| value.as_array()?.iter().map(|one| count(one, least, most)).collect());
        counts.unwrap_or_default()
    }

    fn percent(&mut self, field: &'static str) -> Option<u32> {
        let share = self.decimal(field, 2, "\"10\" or \"12.5\" (percent)")?;
        let share = u32::try_from(share.minor()).ok();
        if share.is_none() {
            self.problem(field, "is too large for a percentage");
        }
        share
    }

    fn flag(&mut self, field: &'static str) -> bool {
        self.of(field, "true or false", Value::as_bool).unwrap_or(false)
    }

    fn instant(&mut self, field: &'static str) -> Option<Timestamp> {
        let text = self
            .of(field, "a text such as \"2026-11-22T10:00\"", |value| value.as_str().map(str::to_string))?;
        match clock::instant(&text, &self.shop.time_zone()) {
            Ok(at) => Some(at),
            Err(reason) => {
                self.problem(field, &reason);
                None
            }
        }
    }

    fn yearly_day(&mut self, field: &'static str) -> Option<(u8, u8)> {
        self.of(field, "a month and a day such as \"11-11\"", |value| {
            let (month, day) = value.as_str().filter(|text| text.len() == 5)?.split_once('-')?;
            Some((month.parse().ok()?, day.parse().ok()?))
        })
    }

    fn word(&mut self, field: &'static str, words: &[&'static str]) -> Option<usize> {
        let form = format!("one of {}", words.join(", "));
        self.of(field, &form, |value| place(value, words))
    }

    fn words(&mut self, field: &'static str, words: &[&'static str]) -> Vec<usize> {
        let form = format!("a list of {}, each at most once", words.join(", "));
        let places = self.of(field, &form, |value| {
            let places: Option<Vec<usize>> =
                value.as_array()?.iter().map(|word| place(word, words)).collect();
            places.filter(|all| all.iter().enumerate().all(|(at, place)| !all[..at].contains(place)))
        });
        places.unwrap_or_default()
    }

    fn object<T>(&mut self, field: &'static str, read: impl FnOnce(&mut Self) -> T) -> Option<T> {
        let fields = self.of(field, "an object in braces", |value| value.as_object().cloned())?;
        let path = format!("{}{field}.", self.path);
        Some(self.inside(path, fields.into_iter().collect(), read))
    }

    fn list<T>(&mut self, field: &'static str, mut read: impl FnMut(&mut Self) -> T) -> Vec<T> {
        let rows = self.of(field, "a list of objects", |value| {
            let rows: Option<Vec<serde_json::Map<String, Value>>> =
                value.as_array()?.iter().map(|row| row.as_object().cloned()).collect();
            rows
        });
        let rows = rows.unwrap_or_default().into_iter().enumerate();
        let path = self.path.clone();
        rows.map(|(at, row)| {
            self.inside(format!("{path}{field}[{at}]."), row.into_iter().collect(), &mut read)
        })
        .collect()
    }

    fn kind<T>(
        &mut self,
        kinds: &[&'static str],
        mut read: impl FnMut(&mut Self, usize) -> Option<T>,
    ) -> Option<T> {
        let fields = core::mem::take(&mut self.fields);
        let known = |(name, _): &(String, Value)| kinds.iter().position(|kind| kind == name);
        if let [field] = fields.as_slice()
            && let Some(at) = known(field)
        {
            self.fields = fields;
            return self.object(kinds[at], |from| read(from, at)).flatten();
        }
        let found: Vec<&str> = fields.iter().map(|(name, _)| name.as_str()).collect();
        let found = if found.is_empty() { "none".to_string() } else { found.join(", ") };
        self.problem("", &format!("has exactly one of {}, not {found}", kinds.join(", ")));
        None
    }
}

fn count(value: &Value, least: u32, most: u32) -> Option<u32> {
    let count = u32::try_from(value.as_u64()?).ok()?;
    (least..=most).contains(&count).then_some(count)
}

fn place(value: &Value, words: &[&'static str]) -> Option<usize> {
    let word = value.as_str()?;
    words.iter().position(|known| *known == word)
}

/// A value as a message shows it.
fn shown(value: &Value) -> String {
    match value {
        Value::Array(_) => "a list that holds anything else".into(),
        Value::Object(_) => "an object".into(),
        Value::Null => "null (leave the field out)".into(),
        other => other.to_string(),
    }
}

/// A JSON value in which no object has a name twice: serde_json would keep the last and say nothing.
struct Distinct(Value);

impl<'de> Deserialize<'de> for Distinct {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Walk;
        impl<'de> Visitor<'de> for Walk {
            type Value = Value;

            fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
                to.write_str("JSON")
            }

            fn visit_unit<E>(self) -> Result<Value, E> {
                Ok(Value::Null)
            }

            fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
                Ok(value.into())
            }

            fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
                Ok(value.into())
            }

            fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
                Ok(value.into())
            }

            fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
                Ok(value.into())
            }

            fn visit_str<E>(self, value: &str) -> Result<Value, E> {
                Ok(value.into())
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut from: A) -> Result<Value, A::Error> {
                let mut all = Vec::new();
                while let Some(Distinct(value)) = from.next_element()? {
                    all.push(value);
                }
                Ok(Value::Array(all))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut from: A) -> Result<Value, A::Error> {
                let mut all = serde_json::Map::new();
                while let Some((name, Distinct(value))) = from.next_entry::<String, Distinct>()? {
                    if all.insert(name.clone(), value).is_some() {
                        return Err(A::Error::custom(format!("{name:?} is there twice")));
                    }
                }
                Ok(Value::Object(all))
            }
        }
        from.deserialize_any(Walk).map(Distinct)
    }
}
