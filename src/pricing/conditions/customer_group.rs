//! The account belongs to one of some groups.

use super::{Answer, Asked, Checked, Facts, Kind, Unmet, some_ids};
use crate::base::money::MoneyError;
use crate::base::notation::Fields;
use alloc::string::String;
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

any_of! {
    /// `{"customer_group": {"any_of": ["wholesale"]}}`: groups that the shop puts its customers in.
    CustomerGroup: |facts, id| facts.account.groups.contains(id), known |_| true, else Group
}
