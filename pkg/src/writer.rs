//! Answers as bytes, which `ts/values.ts` makes plain values of.
//!
//! A value is a tag and what it says ([`Tag`]). The engine's own words, such as the names of fields, cross as the place where they lie in the module's memory:
//! they are read there once, however many rows have them.

use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;
use core::fmt::Display;
use serde::ser::{self, Serialize, Serializer};

/// What a value is. Numbers are little-endian. `ts/values.ts` knows the same tags.
#[derive(Clone, Copy)]
#[repr(u8)]
pub(crate) enum Tag {
    /// Nothing: `undefined`, or `null` where it is handed in.
    Nothing,
    /// False.
    False,
    /// True.
    True,
    /// An `f64`.
    Number,
    /// How many bytes (`u32`) and the bytes, in UTF-8.
    Text,
    /// Values. Handed in, how many bytes of them (`u32`) stands before; in an answer [`Tag::End`] behind.
    List,
    /// Names and values. Handed in, how many bytes of both (`u32`) stands before, and names are texts. In an answer a name
    /// is a place (`u32`) and a length (`u32`), and a place of 0 ends it.
    Record,
    /// How many (`u32`) and the bytes.
    Bytes,
    /// In an answer: the end of a list.
    End,
    /// Handed in: a text that says a number, and the number: an `f64` that is no safe integer. In an answer: a place and a length, as of
    /// a name.
    Special,
    /// Handed in: what cannot be read, as a text that says what it is. In an answer: how many (`u32`) and as many words of
    /// 32 bits.
    Other,
}

/// Numbers beyond this are not exact in JavaScript.
const SAFE: i64 = (1 << 53) - 1;

/// Writes values, one behind the other.
pub(crate) struct Writer {
    bytes: Vec<u8>,
    /// A number that JavaScript cannot tell from its neighbours.
    beyond: Option<String>,
}

/// A plain value can always be written: nobody has one of these.
#[derive(Debug)]
pub(crate) enum Never {}

impl Display for Never {
    fn fmt(&self, _: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match *self {}
    }
}

impl core::error::Error for Never {}

impl ser::Error for Never {
    fn custom<T: Display>(_: T) -> Self {
        // Nothing that the engine hands out refuses to be written; if it did, the call has to fail.
        unreachable!()
    }
}

impl Writer {
    /// Nothing written yet but a first byte.
    pub(crate) fn begun(first: bool) -> Self {
        Self { bytes: vec![u8::from(first)], beyond: None }
    }

    /// What was written; the number that could not be.
    pub(crate) fn into_bytes(self) -> Result<Vec<u8>, String> {
        match self.beyond {
            None => Ok(self.bytes),
            Some(number) => Err(number),
        }
    }

    /// Writes a plain value.
    pub(crate) fn write<T: Serialize + ?Sized>(&mut self, value: &T) {
        match value.serialize(self) {
            Ok(()) => {}
            Err(never) => match never {},
        }
    }

    /// Writes bytes.
    pub(crate) fn bytes(&mut self, bytes: &[u8]) {
        self.counted(Tag::Bytes, bytes.len());
        self.bytes.extend_from_slice(bytes);
    }

    /// Writes words, to be read as they lie.
    pub(crate) fn words(&mut self, words: &[u32]) {
        self.counted(Tag::Other, words.len());
        // At once: a long list has thousands of them. They lie as JavaScript reads them, little-endian.
        self.bytes.extend_from_slice(bytemuck::cast_slice(words));
    }

    /// Writes a list of plain values, each as it is made.
    pub(crate) fn list<T: Serialize>(&mut self, values: impl IntoIterator<Item = T>) {
        self.tag(Tag::List);
        for value in values {
            self.write(&value);
        }
        self.tag(Tag::End);
    }

    /// Writes a list of texts.
    pub(crate) fn texts<Text: AsRef<str>>(&mut self, texts: impl IntoIterator<Item = Text>) {
        self.tag(Tag::List);
        for text in texts {
            self.text(text.as_ref());
        }
        self.tag(Tag::End);
    }

    /// Writes a text that has each of some in a line.
    pub(crate) fn lines<'a>(&mut self, lines: impl IntoIterator<Item = &'a str>) {
        let mut all = String::new();
        for line in lines {
            if !all.is_empty() {
                all.push('\n');
            }
            all.push_str(line);
        }
        self.text(&all);
    }

    /// Writes a text.
    #[inline(never)]
    pub(crate) fn text(&mut self, text: &str) {
        self.counted(Tag::Text, text.len());
        self.bytes.extend_from_slice(text.as_bytes());
    }

    #[inline(never)]
    fn tag(&mut self, tag: Tag) {
        self.bytes.push(tag as u8);
    }

    fn word(&mut self, word: u32) {
        self.bytes.extend_from_slice(&word.to_le_bytes());
    }

    fn counted(&mut self, tag: Tag, count: usize) {
        self.tag(tag);
        self.word(count as u32);
    }

    #[inline(never)]
    fn number(&mut self, number: f64) {
        self.tag(Tag::Number);
        self.bytes.extend_from_slice(&number.to_le_bytes());
    }

    #[inline(never)]
    fn integer(&mut self, number: i64) {
        if !(-SAFE..=SAFE).contains(&number) {
            self.beyond = Some(number.to_string());
        }
        self.number(number as f64);
    }

    /// Where a word of the engine lies.
    #[inline(never)]
    fn place(&mut self, word: &'static str) {
        self.word(word.as_ptr() as usize as u32);
        self.word(word.len() as u32);
    }
}

/// What a variant holds, inside a record of one field: the variant's name.
pub(crate) struct Variant<'a>(&'a mut Writer);

impl<'a> Variant<'a> {
    fn begin(writer: &'a mut Writer, variant: &'static str, tag: Tag) -> Self {
        writer.tag(Tag::Record);
        writer.place(variant);
        writer.tag(tag);
        Self(writer)
    }
}

impl<'a> Serializer for &'a mut Writer {
    type Ok = ();
    type Error = Never;
    type SerializeSeq = Self;
    type SerializeTuple = Self;
    type SerializeTupleStruct = Self;
    type SerializeTupleVariant = Variant<'a>;
    type SerializeMap = ser::Impossible<(), Never>;
    type SerializeStruct = Self;
    type SerializeStructVariant = Variant<'a>;

    fn serialize_bool(self, value: bool) -> Result<(), Never> {
        self.tag(if value { Tag::True } else { Tag::False });
        Ok(())
    }

    fn serialize_i8(self, value: i8) -> Result<(), Never> {
        self.serialize_i64(value.into())
    }

    fn serialize_i16(self, value: i16) -> Result<(), Never> {
        self.serialize_i64(value.into())
    }

    fn serialize_i32(self, value: i32) -> Result<(), Never> {
        self.serialize_i64(value.into())
    }

    fn serialize_i64(self, value: i64) -> Result<(), Never> {
        self.integer(value);
        Ok(())
    }

    fn serialize_u8(self, value: u8) -> Result<(), Never> {
        self.serialize_i64(value.into())
    }

    fn serialize_u16(self, value: u16) -> Result<(), Never> {
        self.serialize_i64(value.into())
    }

    fn serialize_u32(self, value: u32) -> Result<(), Never> {
        self.serialize_i64(value.into())
    }

    fn serialize_u64(self, value: u64) -> Result<(), Never> {
        self.serialize_i64(i64::try_from(value).unwrap_or(i64::MAX))
    }

    fn serialize_f32(self, value: f32) -> Result<(), Never> {
        self.serialize_f64(value.into())
    }

    fn serialize_f64(self, value: f64) -> Result<(), Never> {
        self.number(value);
        Ok(())
    }

    fn serialize_char(self, value: char) -> Result<(), Never> {
        self.serialize_str(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, value: &str) -> Result<(), Never> {
        self.text(value);
        Ok(())
    }

    fn serialize_bytes(self, value: &[u8]) -> Result<(), Never> {
        self.bytes(value);
        Ok(())
    }

    fn serialize_none(self) -> Result<(), Never> {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Never> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Never> {
        self.tag(Tag::Nothing);
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Never> {
        self.serialize_unit()
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<(), Never> {
        self.tag(Tag::Special);
        self.place(variant);
        Ok(())
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), Never> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<(), Never> {
        self.tag(Tag::Record);
        ser::SerializeStruct::serialize_field(&mut &mut *self, variant, value)?;
        ser::SerializeStruct::end(self)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Self, Never> {
        self.tag(Tag::List);
        Ok(self)
    }

    fn serialize_tuple(self, _: usize) -> Result<Self, Never> {
        self.serialize_seq(None)
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Self, Never> {
        self.serialize_seq(None)
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Variant<'a>, Never> {
        Ok(Variant::begin(self, variant, Tag::List))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<ser::Impossible<(), Never>, Never> {
        unreachable!("no answer has a map")
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Self, Never> {
        self.tag(Tag::Record);
        Ok(self)
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Variant<'a>, Never> {
        Ok(Variant::begin(self, variant, Tag::Record))
    }
}

impl ser::SerializeSeq for &mut Writer {
    type Ok = ();
    type Error = Never;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Never> {
        value.serialize(&mut **self)
    }

    fn end(self) -> Result<(), Never> {
        self.tag(Tag::End);
        Ok(())
    }
}

impl ser::SerializeTuple for &mut Writer {
    type Ok = ();
    type Error = Never;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Never> {
        value.serialize(&mut **self)
    }

    fn end(self) -> Result<(), Never> {
        ser::SerializeSeq::end(self)
    }
}

impl ser::SerializeTupleStruct for &mut Writer {
    type Ok = ();
    type Error = Never;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Never> {
        value.serialize(&mut **self)
    }

    fn end(self) -> Result<(), Never> {
        ser::SerializeSeq::end(self)
    }
}

impl ser::SerializeStruct for &mut Writer {
    type Ok = ();
    type Error = Never;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), Never> {
        self.place(name);
        value.serialize(&mut **self)
    }

    fn end(self) -> Result<(), Never> {
        self.word(0);
        Ok(())
    }
}

impl ser::SerializeTupleVariant for Variant<'_> {
    type Ok = ();
    type Error = Never;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Never> {
        value.serialize(&mut *self.0)
    }

    fn end(self) -> Result<(), Never> {
        self.0.tag(Tag::End);
        self.0.word(0);
        Ok(())
    }
}

impl ser::SerializeStructVariant for Variant<'_> {
    type Ok = ();
    type Error = Never;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), Never> {
        self.0.place(name);
        value.serialize(&mut *self.0)
    }

    fn end(self) -> Result<(), Never> {
        self.0.word(0);
        self.0.word(0);
        Ok(())
    }
}
