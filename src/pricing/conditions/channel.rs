//! The order is placed in a channel.

use super::{Answer, Asked, Checked, Facts, Kind, Unmet, some_ids};
use crate::base::money::MoneyError;
use crate::base::notation::Fields;
use alloc::string::String;
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

any_of! {
    /// `{"channel": {"any_of": ["app"]}}`: where it is placed.
    Channel: |facts, id| facts.channel.as_ref() == Some(id), known |facts| facts.channel.is_some(), else Channel
}
