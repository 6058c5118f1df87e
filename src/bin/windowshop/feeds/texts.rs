//! Display text of a pack in one language: the companion file `text-<language>-<hash>.txt`.
//!
//! Its first line is JSON, and each line behind it the name of an item: of these a page shows few, and reads no others.

use super::rules::messages::MessageTexts;
use super::{Feed, Named};
use anyhow::{Context as _, Result};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The layout of the file.
const FORMAT: u32 = 2;
/// Every so-manieth name of an item it is told where it begins, so that one is found without a look at all before it.
/// `pkg/ts/text.ts` counts by as many.
const TOGETHER: usize = 64;

/// Names, in the order of the pack's rows: the first line, but for what [`Head`] has besides, and the lines behind it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Texts {
    /// The language, such as `zh`.
    pub(crate) language: String,
    /// Item names, each without a line's end.
    #[serde(skip)]
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

/// The first line, `PackText` of `pkg/ts/text.ts`.
#[derive(Serialize, Deserialize)]
struct Head<T> {
    format: u32,
    /// State hash of the pack.
    pack: String,
    /// Where the first of each [`TOGETHER`] names of items begins, in bytes behind the first line.
    starts: Vec<usize>,
    #[serde(flatten)]
    texts: T,
}

impl Texts {
    /// The file's bytes, for the pack of a state.
    ///
    /// # Errors
    /// Where a name cannot be written in one line.
    pub(crate) fn written(&self, pack: &str) -> Result<Vec<u8>> {
        anyhow::ensure!(
            !self.items.iter().any(|name| name.contains('\n')),
            "the name of an item is of two lines"
        );
        let head = Head { format: FORMAT, pack: pack.into(), starts: self.starts(), texts: self };
        let mut bytes = serde_json::to_vec(&head)?;
        for line in core::iter::once("").chain(self.items.iter().map(String::as_str)) {
            bytes.extend_from_slice(line.as_bytes());
            bytes.push(b'\n');
        }
        Ok(bytes)
    }

    /// Reads what [`Self::written`] wrote: the texts, and the state of their pack.
    ///
    /// # Errors
    /// Where it is something else.
    pub(crate) fn read(bytes: &[u8]) -> Result<(Self, String)> {
        let text = core::str::from_utf8(bytes)?;
        let (head, names) = text.split_once('\n').context("it is not of lines")?;
        let Head { format, pack, starts, texts }: Head<Self> = serde_json::from_str(head)?;
        anyhow::ensure!(format == FORMAT, "it has format {format}, this command reads {FORMAT}");
        let mut names: Vec<String> = names.split('\n').map(Into::into).collect();
        anyhow::ensure!(names.pop().is_some_and(|rest| rest.is_empty()), "its last line has no end");
        let texts = Self { items: names, ..texts };
        anyhow::ensure!(texts.starts() == starts, "its names do not begin where it says");
        Ok((texts, pack))
    }

    fn starts(&self) -> Vec<usize> {
        let mut end = 0;
        let of = |names: &[String]| {
            let start = end;
            end += names.iter().map(|name| name.len() + 1).sum::<usize>();
            start
        };
        self.items.chunks(TOGETHER).map(of).collect()
    }
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
