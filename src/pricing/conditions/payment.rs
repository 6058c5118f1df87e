//! A payment method is chosen.

use super::{Answer, Asked, Kind, Unmet, some_ids};
use crate::base::money::MoneyError;
use crate::base::notation::Fields;
use alloc::string::String;
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

/// `{"payment": {"any_of": ["bank_card"]}}`: how it is paid, as far as that is known.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Payment {
    /// The shop's ids, any of which will do.
    pub any_of: Vec<String>,
}

impl Kind for Payment {
    fn read(from: &mut impl Fields) -> Self {
        from.require("any_of");
        Self { any_of: from.ids("any_of") }
    }

    fn check(&self) -> Result<(), (&'static str, String)> {
        some_ids("any_of", &self.any_of)
    }

    fn ask(&self, of: &Asked<'_>) -> Result<Answer, MoneyError> {
        let holds = of.facts.payment.as_ref().is_some_and(|id| self.any_of.contains(id));
        Ok(if holds { Answer::Holds } else { Answer::Fails(Unmet::Payment) })
    }
}
