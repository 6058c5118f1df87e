//! What is asked, and with what.

use crate::reader::Value;
use crate::refusal::Refusal;
use alloc::format;
use alloc::vec::Vec;
use serde::de::DeserializeOwned;
use windowshop::base::time::Timestamp;

/// A question's values, one behind the other; each is read once. What is missing is nothing.
pub(crate) struct Question<'a>(Value<'a>);

impl<'a> Question<'a> {
    /// The values that some bytes hold.
    pub(crate) fn of(bytes: &'a [u8]) -> Self {
        Self(Value::of(bytes))
    }

    /// A text.
    pub(crate) fn text(&mut self) -> &'a str {
        self.0.take().text()
    }

    /// Bytes; `None` where nothing is handed in.
    pub(crate) fn bytes(&mut self) -> Option<&'a [u8]> {
        self.0.take().bytes()
    }

    /// A number; what is none is 0.
    pub(crate) fn number(&mut self) -> f64 {
        self.0.take().number()
    }

    /// An instant; what is no number is 1970.
    pub(crate) fn instant(&mut self) -> Timestamp {
        Timestamp(self.number() as i64)
    }

    /// A plain value; `code` and `what` say what is wrong where it cannot be read.
    pub(crate) fn read<T: DeserializeOwned>(&mut self, code: &'static str, what: &str) -> Result<T, Refusal> {
        T::deserialize(self.0.take()).map_err(|unread| Refusal::new(code, &format!("{what}: {unread}")))
    }

    /// Those values of a list that can be read, and how many cannot.
    pub(crate) fn readable<T: DeserializeOwned>(&mut self) -> (Vec<T>, usize) {
        let mut unread = 0;
        let values = self.0.take().list().filter_map(|value| {
            let read = T::deserialize(value).ok();
            unread += usize::from(read.is_none());
            read
        });
        (values.collect(), unread)
    }
}
