//! Counts by stable id, as they stand in an object: `{ "id": 3 }`.
//!
//! A handful that is read, looked through and compared: a list does, where a map would be a kilobyte of code more in what
//! shoppers download.

use super::order;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Counts by ascending id, each id once.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Counts(Vec<(String, u32)>);

impl Counts {
    /// The counts with their ids.
    pub fn into_pairs(self) -> Vec<(String, u32)> {
        self.0
    }
}

impl FromIterator<(String, u32)> for Counts {
    /// Of an id that is there twice the last count stands.
    fn from_iter<Pairs: IntoIterator<Item = (String, u32)>>(pairs: Pairs) -> Self {
        let mut pairs: Vec<(String, u32)> = pairs.into_iter().collect();
        pairs.reverse();
        order::sort_by(&mut pairs, |(one, _), (other, _)| one.cmp(other));
        pairs.dedup_by(|(later, _), (kept, _)| later == kept);
        Self(pairs)
    }
}

impl Serialize for Counts {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(id, count)| (id, count)))
    }
}

impl<'de> Deserialize<'de> for Counts {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Pairs)
    }
}

/// Reads an object.
struct Pairs;

impl<'de> Visitor<'de> for Pairs {
    type Value = Counts;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a map")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Counts, A::Error> {
        let mut pairs = Vec::new();
        while let Some(pair) = map.next_entry()? {
            pairs.push(pair);
        }
        Ok(Counts::from_iter(pairs))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::collections::BTreeMap;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn they_are_read_and_written_as_a_map_is(pairs in prop::collection::vec(("[a-c]{1,2}", any::<u32>()), 0..12)) {
            let map: BTreeMap<String, u32> = pairs.iter().cloned().collect();
            let counts: Counts = pairs.into_iter().collect();
            prop_assert_eq!(serde_json::to_string(&counts).expect("writes"), serde_json::to_string(&map).expect("writes"));
            let read: Counts = serde_json::from_str(&serde_json::to_string(&map).expect("writes")).expect("reads");
            prop_assert_eq!(&read, &counts);
            prop_assert_eq!(read.into_pairs(), map.into_iter().collect::<Vec<_>>());
        }
    }
}
