//! A payment method is chosen.

use super::{Answer, Asked, Checked, Facts, Kind, Unmet, some_ids};
use crate::base::money::MoneyError;
use crate::base::notation::Fields;
use alloc::string::String;
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

any_of! {
    /// `{"payment": {"any_of": ["bank_card"]}}`: how it is paid, as far as that is known.
    Payment: |facts, id| facts.payment.as_ref() == Some(id), known |facts| facts.payment.is_some(), else Payment
}
