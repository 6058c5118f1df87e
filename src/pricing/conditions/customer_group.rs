//! The account belongs to one of some groups.

use super::{Answer, Asked, Kind, Unmet, some_ids};
use crate::base::money::MoneyError;
use crate::base::notation::Fields;
use alloc::string::String;
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

/// `{"customer_group": {"any_of": ["wholesale"]}}`: groups that the shop puts its customers in.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct CustomerGroup {
    /// The shop's ids, any of which will do.
    pub any_of: Vec<String>,
}

impl Kind for CustomerGroup {
    fn read(from: &mut impl Fields) -> Self {
        from.require("any_of");
        Self { any_of: from.ids("any_of") }
    }

    fn check(&self) -> Result<(), (&'static str, String)> {
        some_ids("any_of", &self.any_of)
    }

    fn ask(&self, of: &Asked<'_>) -> Result<Answer, MoneyError> {
        let holds = self.any_of.iter().any(|id| of.facts.account.groups.contains(id));
        Ok(if holds { Answer::Holds } else { Answer::Fails(Unmet::Group) })
    }
}
