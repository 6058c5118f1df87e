//! What is handed in: plain values as bytes, which `ts/values.ts` writes, read whole or refused with the place.
//!
//! A field of a record is looked up by its name, in the order of the type that is read: what else a record holds is passed
//! over. Tags stand in [`crate::writer::Tag`].

use crate::writer::Tag;
use alloc::string::{String, ToString};
use alloc::{format, vec};
use core::fmt::{self, Display};
use serde::de::value::StrDeserializer;
use serde::de::{self, DeserializeSeed, Deserializer, Expected, IntoDeserializer, Unexpected, Visitor};

/// A value, and what stands behind it.
#[derive(Clone, Copy)]
pub(crate) struct Value<'a>(&'a [u8]);

/// Why a value was not read, in words.
#[derive(Debug)]
pub(crate) struct Unread(String);

impl Display for Unread {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Error: ")?;
        formatter.write_str(&self.0)
    }
}

impl core::error::Error for Unread {}

impl de::Error for Unread {
    #[cold]
    fn custom<T: Display>(words: T) -> Self {
        Self(words.to_string())
    }

    #[cold]
    fn invalid_type(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        off("type", found, expected)
    }

    #[cold]
    fn invalid_value(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        off("value", found, expected)
    }
}

/// What serde says by itself, without its way of writing a fraction, which would bring a fifth of the formatting code along.
#[cold]
#[inline(never)]
fn off(part: &str, found: Unexpected<'_>, expected: &dyn Expected) -> Unread {
    let found = match found {
        Unexpected::Bool(value) => format!("boolean `{value}`"),
        Unexpected::Unsigned(value) => format!("integer `{value}`"),
        Unexpected::Signed(value) => format!("integer `{value}`"),
        Unexpected::Str(value) => format!("string {value:?}"),
        Unexpected::Bytes(_) => "byte array".into(),
        Unexpected::Unit => "unit value".into(),
        Unexpected::Other(words) => words.into(),
        _ => "another value".into(),
    };
    Unread(format!("invalid {part}: {found}, expected {expected}"))
}

/// What a value says, with what stands behind it.
enum Said<'a> {
    Nothing,
    Bool(bool),
    Number(f64),
    /// No safe integer, and the text that says it.
    Fraction(f64, &'a [u8]),
    Text(&'a [u8]),
    List(Parts<'a>),
    Record(Parts<'a>),
    Bytes(&'a [u8]),
    /// What cannot be read, and the text that says what it is.
    Other(&'a [u8]),
}

impl<'a> Value<'a> {
    /// Values that stand one behind the other.
    pub(crate) fn of(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    /// The next value, which is taken off; nothing beyond the last.
    pub(crate) fn take(&mut self) -> Value<'a> {
        let first = *self;
        self.0 = first.read().1;
        first
    }

    /// What it says. What is no value is nothing.
    fn said(self) -> Said<'a> {
        self.read().0
    }

    /// What it says, and the bytes behind it.
    fn read(self) -> (Said<'a>, &'a [u8]) {
        let Some((&tag, mut rest)) = self.0.split_first() else { return (Said::Nothing, &[]) };
        let said = match tag {
            tag if tag == Tag::False as u8 => Said::Bool(false),
            tag if tag == Tag::True as u8 => Said::Bool(true),
            tag if tag == Tag::Number as u8 => Said::Number(number(&mut rest)),
            tag if tag == Tag::Text as u8 => Said::Text(bytes(&mut rest)),
            tag if tag == Tag::List as u8 => Said::List(Parts(bytes(&mut rest))),
            tag if tag == Tag::Record as u8 => Said::Record(Parts(bytes(&mut rest))),
            tag if tag == Tag::Bytes as u8 => Said::Bytes(bytes(&mut rest)),
            tag if tag == Tag::Special as u8 => {
                let text = bytes(&mut rest);
                Said::Fraction(number(&mut rest), text)
            }
            tag if tag == Tag::Other as u8 => Said::Other(bytes(&mut rest)),
            _ => Said::Nothing,
        };
        (said, rest)
    }

    /// A text; empty where it is none.
    pub(crate) fn text(self) -> &'a str {
        if let Said::Text(bytes) = self.said() { text(bytes) } else { "" }
    }

    /// Bytes; `None` where it is none.
    pub(crate) fn bytes(self) -> Option<&'a [u8]> {
        if let Said::Bytes(bytes) = self.said() { Some(bytes) } else { None }
    }

    /// A number; 0 where it is none.
    pub(crate) fn number(self) -> f64 {
        if let Said::Number(number) | Said::Fraction(number, _) = self.said() { number } else { 0.0 }
    }

    /// The values of a list; none where it is no list.
    pub(crate) fn list(self) -> impl Iterator<Item = Value<'a>> {
        if let Said::List(parts) = self.said() { parts } else { Parts(&[]) }
    }

    fn is_nothing(self) -> bool {
        matches!(self.said(), Said::Nothing)
    }

    /// A whole number that JavaScript counts exactly.
    #[inline(never)]
    fn integer(self) -> Option<i64> {
        if let Said::Number(number) = self.said() { Some(number as i64) } else { None }
    }

    #[cold]
    #[inline(never)]
    fn unexpected(self, expected: &dyn Expected) -> Unread {
        let words;
        let found = match self.said() {
            Said::Nothing => Unexpected::Unit,
            Said::Bool(value) => Unexpected::Bool(value),
            Said::Text(bytes) => Unexpected::Str(text(bytes)),
            Said::Bytes(bytes) => Unexpected::Bytes(bytes),
            Said::List(_) | Said::Record(_) => Unexpected::Other("JsValue(object)"),
            Said::Number(number) => {
                words = format!("floating point `{}.0`", number as i64);
                Unexpected::Other(&words)
            }
            Said::Fraction(_, bytes) => {
                words = format!("floating point `{}`", text(bytes));
                Unexpected::Other(&words)
            }
            Said::Other(bytes) => {
                words = format!("JsValue({})", text(bytes));
                Unexpected::Other(&words)
            }
        };
        de::Error::invalid_type(found, expected)
    }
}

fn split<'a>(rest: &mut &'a [u8], at: usize) -> &'a [u8] {
    let (first, behind) = rest.split_at_checked(at).unwrap_or_default();
    *rest = behind;
    first
}

fn number(rest: &mut &[u8]) -> f64 {
    f64::from_le_bytes(split(rest, 8).try_into().unwrap_or_default())
}

fn bytes<'a>(rest: &mut &'a [u8]) -> &'a [u8] {
    let length = u32::from_le_bytes(split(rest, 4).try_into().unwrap_or_default());
    split(rest, length as usize)
}

fn text(bytes: &[u8]) -> &str {
    core::str::from_utf8(bytes).unwrap_or_default()
}

impl<'a> IntoDeserializer<'a, Unread> for Value<'a> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

macro_rules! integers {
    ($($method:ident)*) => {
        $(fn $method<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Unread> {
            self.deserialize_i64(visitor)
        })*
    };
}

impl<'a> Deserializer<'a> for Value<'a> {
    type Error = Unread;

    fn deserialize_any<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Unread> {
        Err(self.unexpected(&visitor))
    }

    fn deserialize_bool<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Unread> {
        match self.said() {
            Said::Bool(value) => visitor.visit_bool(value),
            _ => Err(self.unexpected(&visitor)),
        }
    }

    fn deserialize_i64<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Unread> {
        match self.integer() {
            Some(number) => visitor.visit_i64(number),
            None => Err(self.unexpected(&visitor)),
        }
    }

    fn deserialize_u64<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Unread> {
        match self.integer() {
            Some(number) if number >= 0 => visitor.visit_u64(number as u64),
            _ => Err(self.unexpected(&visitor)),
        }
    }

    integers!(deserialize_i8 deserialize_i16 deserialize_i32);

    fn deserialize_u8<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Unread> {
        self.deserialize_u64(visitor)
    }

    fn deserialize_u16<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Unread> {
        self.deserialize_u64(visitor)
    }

    fn deserialize_u32<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Unread> {
        self.deserialize_u64(visitor)
    }

    fn deserialize_str<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Unread> {
        match self.said() {
            Said::Text(bytes) => visitor.visit_borrowed_str(text(bytes)),
            _ => Err(self.unexpected(&visitor)),
        }
    }

    fn deserialize_string<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Unread> {
        self.deserialize_str(visitor)
    }

    fn deserialize_identifier<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Unread> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Unread> {
        if self.is_nothing() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'a>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Unread> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Unread> {
        match self.said() {
            Said::List(parts) => visitor.visit_seq(parts),
            _ => Err(self.unexpected(&visitor)),
        }
    }

    fn deserialize_map<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Unread> {
        match self.said() {
            Said::Record(parts) => visitor.visit_map(parts),
            // A list of pairs; what has none is written as a list by some shops' servers.
            Said::List(pairs) => visitor.visit_map(Pairs { pairs, value: None }),
            _ => Err(self.unexpected(&visitor)),
        }
    }

    fn deserialize_struct<V: Visitor<'a>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unread> {
        match self.said() {
            Said::Record(parts) => visitor.visit_map(Record::of(parts, fields)),
            _ => Err(self.unexpected(&visitor)),
        }
    }

    fn deserialize_enum<V: Visitor<'a>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unread> {
        match self.said() {
            Said::Text(bytes) => visitor.visit_enum(StrDeserializer::new(text(bytes))),
            _ => Err(self.unexpected(&visitor)),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Unread> {
        visitor.visit_unit()
    }

    serde::forward_to_deserialize_any! {
        <V: Visitor<'a>>
        i128 u128 f32 f64 char bytes byte_buf unit unit_struct tuple tuple_struct
    }
}

/// The parts of a list or a record, one behind the other.
struct Parts<'a>(&'a [u8]);

impl<'a> Iterator for Parts<'a> {
    type Item = Value<'a>;

    fn next(&mut self) -> Option<Value<'a>> {
        if self.0.is_empty() {
            return None;
        }
        let part = Value(self.0);
        self.0 = part.read().1;
        Some(part)
    }
}

impl<'a> de::SeqAccess<'a> for Parts<'a> {
    type Error = Unread;

    fn next_element_seed<T: DeserializeSeed<'a>>(&mut self, seed: T) -> Result<Option<T::Value>, Unread> {
        self.next().map(|part| seed.deserialize(part)).transpose()
    }
}

impl<'a> de::MapAccess<'a> for Parts<'a> {
    type Error = Unread;

    fn next_key_seed<K: DeserializeSeed<'a>>(&mut self, seed: K) -> Result<Option<K::Value>, Unread> {
        de::SeqAccess::next_element_seed(self, seed)
    }

    fn next_value_seed<V: DeserializeSeed<'a>>(&mut self, seed: V) -> Result<V::Value, Unread> {
        seed.deserialize(self.next().unwrap_or(Value(&[])))
    }
}

/// The pairs of a list, each a name and a value.
struct Pairs<'a> {
    pairs: Parts<'a>,
    /// What the pair that was read last holds.
    value: Option<Value<'a>>,
}

impl<'a> de::MapAccess<'a> for Pairs<'a> {
    type Error = Unread;

    fn next_key_seed<K: DeserializeSeed<'a>>(&mut self, seed: K) -> Result<Option<K::Value>, Unread> {
        let Some(pair) = self.pairs.next() else { return Ok(None) };
        let mut parts = pair.list();
        let name = parts.next().unwrap_or(Value(&[]));
        self.value = parts.next();
        seed.deserialize(name).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'a>>(&mut self, seed: V) -> Result<V::Value, Unread> {
        seed.deserialize(self.value.unwrap_or(Value(&[])))
    }
}

/// The fields of a record that a type has, in the order of the type.
struct Record<'a> {
    fields: vec::IntoIter<Option<Value<'a>>>,
    count: usize,
    /// What the field that was found last holds.
    value: Option<Value<'a>>,
}

impl<'a> Record<'a> {
    #[inline(never)]
    fn of(mut parts: Parts<'a>, names: &[&str]) -> Self {
        let mut fields = vec![None; names.len()];
        // Most records have their fields in the order of the type: each is looked for behind the one before it.
        let mut at = 0;
        while let (Some(name), Some(value)) = (parts.next(), parts.next()) {
            let Said::Text(name) = name.said() else { continue };
            let found = (at..names.len())
                .chain(0..at)
                .find(|place| names.get(*place).is_some_and(|it| it.as_bytes() == name));
            if let Some((place, field)) = found.and_then(|place| Some((place, fields.get_mut(place)?))) {
                *field = Some(value);
                at = place + 1;
            }
        }
        Self { count: fields.len(), fields: fields.into_iter(), value: None }
    }

    /// The place of the next field that the record has.
    #[inline(never)]
    fn next(&mut self) -> Option<u64> {
        self.value = self.fields.by_ref().find_map(|field| field);
        self.value.map(|_| (self.count - self.fields.len() - 1) as u64)
    }
}

impl<'a> de::MapAccess<'a> for Record<'a> {
    type Error = Unread;

    fn next_key_seed<K: DeserializeSeed<'a>>(&mut self, seed: K) -> Result<Option<K::Value>, Unread> {
        // By its number, as derived code counts them: names are compared here, once for all types.
        self.next().map(|field| seed.deserialize(Field(field))).transpose()
    }

    fn next_value_seed<V: DeserializeSeed<'a>>(&mut self, seed: V) -> Result<V::Value, Unread> {
        seed.deserialize(self.value.unwrap_or(Value(&[])))
    }
}

/// A field by its number.
struct Field(u64);

impl<'a> Deserializer<'a> for Field {
    type Error = Unread;

    fn deserialize_any<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Unread> {
        visitor.visit_u64(self.0)
    }

    serde::forward_to_deserialize_any! {
        <V: Visitor<'a>>
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}
