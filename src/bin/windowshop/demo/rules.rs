//! The demo shop's promotions and campaigns: the same every day, for their dates are yearly.

use crate::feeds::Shop;
use crate::feeds::problem::{FeedError, Problems};
use crate::feeds::rules::Rules;

/// The rules, read like any shop's.
///
/// # Errors
/// [`FeedError::Refused`] where a file beside this one is off.
pub(super) fn rules(shop: &Shop) -> Result<Rules, FeedError> {
    let texts = [
        include_str!("data/promotions.json"),
        include_str!("data/campaigns.json"),
        include_str!("data/messages.json"),
    ];
    let mut problems = Problems::default();
    let rules = Rules::parse(texts.map(|text| Some(text.to_string())), shop, &mut problems);
    problems.into_result()?;
    Ok(rules)
}
