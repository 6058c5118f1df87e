//! Display text of a pack in one language: the companion file `text-<language>-<hash>.json`.

use super::rules::messages::MessageTexts;
use super::{Feed, Named};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Names, in the order of the pack's rows. `PackText` of the npm package's types, but for the state hash.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Texts {
    /// The language, such as `zh`.
    pub(crate) language: String,
    /// Item names.
    pub(crate) items: Vec<String>,
    /// Brand names.
    pub(crate) brands: Vec<String>,
    /// Category names.
    pub(crate) categories: Vec<String>,
    /// Sale titles.
    pub(crate) sales: Vec<String>,
    /// How attributes read, by `name=value`, of those that have a name.
    #[serde(default)]
    pub(crate) attributes: BTreeMap<String, String>,
    /// Names of promotions by their id.
    pub(crate) promotions: BTreeMap<String, String>,
    /// What steps of campaigns say, by the text's id.
    #[serde(default)]
    pub(crate) messages: BTreeMap<String, String>,
    /// Words of care, by category id.
    #[serde(default)]
    pub(crate) care: BTreeMap<String, String>,
    /// What is said with everything that is put forward.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) disclosure: Option<String>,
}

/// The text of a feed in each of its languages. The pack numbers brands, categories and sales by ascending
/// id, and items sale by sale in the feed's order; text follows it.
pub(super) fn of(feed: &Feed) -> Vec<Texts> {
    let brands = order(&feed.brands, |row| &row.id);
    let categories = order(&feed.categories, |row| &row.id);
    let sales = order(&feed.sales, |row| &row.id);
    let items = order(&feed.items, |row| &row.sale);
    let text = |(at, language, said): (usize, &String, MessageTexts)| Texts {
        language: language.clone(),
        items: named(&items, at),
        brands: named(&brands, at),
        categories: named(&categories, at),
        sales: named(&sales, at),
        attributes: attributes(feed, at),
        promotions: feed.rules.names(at),
        messages: said.texts,
        care: said.care,
        disclosure: said.disclosure,
    };
    let languages = feed.shop.languages.iter().enumerate();
    languages.map(|(at, language)| text((at, language, feed.rules.messages(at)))).collect()
}

fn attributes(feed: &Feed, language: usize) -> BTreeMap<String, String> {
    let name = |named: &Named<super::AttributeName>| {
        Some((named.row.attribute.clone(), named.names.get(language)?.clone()))
    };
    feed.attributes.iter().filter_map(name).collect()
}

/// Rows by ascending key; equal keys keep the feed's order.
fn order<T>(rows: &[Named<T>], key: impl Fn(&T) -> &String) -> Vec<&Named<T>> {
    let mut order: Vec<&Named<T>> = rows.iter().collect();
    order.sort_by(|a, b| key(&a.row).cmp(key(&b.row)));
    order
}

fn named<T>(rows: &[&Named<T>], language: usize) -> Vec<String> {
    rows.iter().map(|named| named.names.get(language).cloned().unwrap_or_default()).collect()
}
