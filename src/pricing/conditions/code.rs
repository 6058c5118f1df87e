//! A code is entered.

use super::{Answer, Asked, Checked, Kind, Unmet, some_ids};
use crate::base::money::MoneyError;
use crate::base::notation::Fields;
use crate::pricing::cart::plain_code;
use alloc::string::String;
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

/// `{"code": {"any_of": ["SPRING", "SUMMER"]}}`: one of some codes is entered. A promotion's own `code` is shorter where
/// there is one; this is for several, or under `any`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Code {
    /// The codes, as they are compared.
    pub any_of: Vec<String>,
}

impl Kind for Code {
    fn read(from: &mut impl Fields) -> Self {
        Self { any_of: from.ids("any_of").iter().map(|code| plain_code(code)).collect() }
    }

    fn check(&self) -> Checked {
        some_ids("any_of", &self.any_of)?;
        if self.any_of.iter().any(|code| *code != plain_code(code)) {
            return Err(("any_of", "is written with large letters in a pack".into()));
        }
        Ok(())
    }

    fn ask(&self, of: &Asked<'_>) -> Result<Answer, MoneyError> {
        let holds = self.any_of.iter().any(|code| of.facts.codes().binary_search(code).is_ok());
        Ok(if holds { Answer::Holds } else { Answer::Fails(Unmet::Code) })
    }
}
