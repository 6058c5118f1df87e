//! What values of a rule must be, said alike by conditions and benefits: a field's name and what is wrong with it.

use crate::base::ids::check_id;
use crate::base::money::Money;
use alloc::format;
use alloc::string::String;

/// A field, and what is wrong with it.
pub(super) type Checked = Result<(), (&'static str, String)>;

/// Refuses an amount that is not more than zero.
pub(super) fn more_than_zero(field: &'static str, amount: Money) -> Checked {
    if amount > Money::ZERO { Ok(()) } else { Err((field, "is more than zero".into())) }
}

/// Refuses a count out of bounds.
pub(super) fn within(field: &'static str, count: u32, least: u32, most: u32) -> Checked {
    if (least..=most).contains(&count) {
        Ok(())
    } else {
        Err((field, format!("is a whole number from {least} to {most}")))
    }
}

/// Refuses hundredths of a percent that are none or more than everything.
pub(super) fn a_percentage(field: &'static str, off: u32) -> Checked {
    if (1..=10_000).contains(&off) {
        Ok(())
    } else {
        Err((field, "is more than 0 and at most 100 percent".into()))
    }
}

/// Refuses a list of ids that is empty or holds what is no id.
pub(super) fn some_ids(field: &'static str, ids: &[String]) -> Checked {
    if ids.is_empty() {
        return Err((field, "names at least one".into()));
    }
    ids.iter().try_for_each(|id| check_id(id)).map_err(|error| (field, format!("{error}")))
}
