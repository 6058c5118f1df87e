//! Carts and promotions written for other engines, priced by ours under their manners (`windowshop price --cases`).
//!
//! [`schema`] is what a file holds, [`semantics`] which settings an engine's manners are, [`translate`] makes of a case what
//! our engine prices, [`outcome`] tells the result in the file's own words. The arithmetic is the engine's: nothing here
//! works out a discount. docs/manners.md says what is translated how.

mod outcome;
mod schema;
mod semantics;
mod translate;

use anyhow::Context;
use serde_json::{Map, Value, json};
use std::path::Path;
use windowshop::base::time::Timestamp;
use windowshop::pricing;

/// When all cases are priced: windows are written as open, past or to come.
const NOW: Timestamp = Timestamp(1_000_000_000_000);

/// What came of a file of cases.
#[derive(Debug, Clone, Default)]
pub(crate) struct Outcomes {
    /// What each case costs, by its id.
    pub(crate) results: Map<String, Value>,
    /// The cases that could not be priced, each with the reason.
    pub(crate) refused: Vec<(String, String)>,
    /// How many cases state what they expect, and how many of these came out so.
    pub(crate) expected: (usize, usize),
}

/// Prices every case of a file.
///
/// # Errors
/// Where the file cannot be read or is not a list of cases. A case that cannot be priced is told as one of the refused.
pub(crate) fn price(path: &Path) -> anyhow::Result<Outcomes> {
    let text =
        crate::feeds::files::read_text(path).with_context(|| format!("cannot read {}", path.display()))?;
    let rows: Vec<Value> =
        serde_json::from_str(&text).with_context(|| format!("{} is not a list of cases", path.display()))?;
    let mut outcomes = Outcomes::default();
    for (at, row) in rows.into_iter().enumerate() {
        let id = row.get("id").and_then(Value::as_str).map_or_else(|| format!("#{at}"), str::to_string);
        let expected = row.get("expected").cloned();
        let priced = serde_json::from_value(row).map_err(anyhow::Error::from).and_then(|case| one(&case));
        match priced {
            Ok(result) => {
                if let Some(expected) = expected {
                    outcomes.expected.0 += 1;
                    outcomes.expected.1 += usize::from(outcome::agrees(&expected, &result));
                }
                outcomes.results.insert(id, result);
            }
            Err(error) => {
                let reason = format!("{error:#}");
                outcomes.results.insert(id.clone(), json!({ "error": reason }));
                outcomes.refused.push((id, reason));
            }
        }
    }
    Ok(outcomes)
}

fn one(case: &schema::Case) -> anyhow::Result<Value> {
    let translated = translate::translate(case)?;
    let receipt = pricing::price(&translated.cart, &translated.facts, NOW, &translated.promotions)?;
    Ok(outcome::told(case, &translated, &receipt))
}
