//! What a feed may say and a shop seldom means: told beside what was built of it, never refused.

use super::{Feed, lifetime, questions, roles, rules, shop, tables, variants};
use std::collections::BTreeSet;
use std::path::Path;

/// The most ids that one note names.
const NAMED: usize = 5;

impl Feed {
    /// Every note, in words.
    pub(crate) fn notes(&self) -> Vec<String> {
        let items: BTreeSet<&str> = self.items.iter().map(|named| named.row.id.as_str()).collect();
        let sales: BTreeSet<&str> = self.sales.iter().map(|named| named.row.id.as_str()).collect();
        let free = self.items.iter().filter(|named| named.row.price == 0).map(|named| named.row.id.as_str());
        let mut notes: Vec<String> = free_of_charge(&free.collect::<Vec<_>>()).into_iter().collect();
        let promotions = &self.rules.promotions;
        for promotion in promotions.all() {
            let gone = |ids: &[String], there: &BTreeSet<&str>, kind: &str| {
                let gone: BTreeSet<&str> =
                    ids.iter().map(String::as_str).filter(|id| !there.contains(id)).collect();
                let told = (!gone.is_empty()).then(|| listed(&gone.into_iter().collect::<Vec<_>>()));
                told.map(|ids| {
                    format!("promotion {} names {kind} that the feed does not have: {ids}", promotion.id)
                })
            };
            for selector in promotion.selectors() {
                notes.extend(gone(&selector.items, &items, "items"));
                notes.extend(gone(&selector.sales, &sales, "sales"));
            }
        }
        let gifts = promotions.gifts().filter(|(_, gift)| !items.contains(gift.item.as_str()));
        notes.extend(gifts.map(|(id, gift)| {
            format!("promotion {id} gives {}, which the feed does not have: nobody gets it", gift.item)
        }));
        // Conditions and targets of one promotion may name the same.
        notes.dedup();
        notes
    }
}

/// What is said of files that look as if they were of a feed, by their endings, and that nobody reads: most often a name is
/// misspelt. Names that begin with `x_` are passed over, as fields are.
pub(crate) fn unread(folder: &Path) -> Vec<String> {
    let known = [
        shop::FILE,
        rules::PROMOTIONS,
        rules::CAMPAIGNS,
        rules::MESSAGES,
        questions::FILE,
        variants::FILE,
        roles::FILE,
        lifetime::FILE,
    ];
    let is_read = |name: &str| {
        known.contains(&name)
            || name.rsplit_once('.').is_none_or(|(table, ending)| {
                tables::NAMES.contains(&table) && ["csv", "jsonl"].contains(&ending)
            })
    };
    let looks_so = |name: &str| [".json", ".jsonl", ".csv"].iter().any(|ending| name.ends_with(ending));
    let names = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut names: Vec<String> =
        names.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.retain(|name| looks_so(name) && !is_read(name) && !name.starts_with("x_"));
    names.sort_unstable();
    let told = |name: String| format!("{name} is no file of a feed and was not read");
    names.into_iter().map(told).collect()
}

/// What is said of items that cost nothing.
pub(crate) fn free_of_charge(ids: &[&str]) -> Option<String> {
    (!ids.is_empty()).then(|| format!("{} cost nothing, a price of 0: {}", ids.len(), listed(ids)))
}

/// The first few ids, and how many more there are.
fn listed(ids: &[&str]) -> String {
    let first = ids.iter().take(NAMED).copied().collect::<Vec<_>>().join(", ");
    match ids.len().saturating_sub(NAMED) {
        0 => first,
        more => format!("{first} and {more} more"),
    }
}
