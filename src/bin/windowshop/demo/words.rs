//! What the demo shop can sell and what it is called, read from the tables in `data/`.
//!
//! Kinds, cuts, colours and patterns are those that the storefront's pictures are drawn from; which kind takes
//! which pattern is in `weaves.csv`.

use anyhow::{Context, Result};
use serde::Deserialize;
use std::collections::BTreeMap;

/// A word in the shop's languages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    pub(super) en: String,
    pub(super) zh: String,
}

/// A category.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct CategoryRow {
    pub(super) id: String,
    pub(super) parent: Option<String>,
    pub(super) en: String,
    pub(super) zh: String,
    pub(super) replenish_days: Option<u16>,
    pub(super) sensitive: Option<bool>,
}

/// A cut: a code that pictures know, or none, and its words.
#[derive(Debug, Clone)]
pub(super) struct Cut {
    pub(super) code: String,
    pub(super) word: Word,
}

/// A kind of goods of one category.
#[derive(Debug, Clone)]
pub(super) struct Good {
    pub(super) category: String,
    pub(super) kind: String,
    /// Empty where the makes are whole names.
    pub(super) noun: Word,
    pub(super) sizes: String,
    /// List prices of a second-tier brand, in whole yuan.
    pub(super) list: (u32, u32),
    pub(super) palette: String,
    pub(super) cuts: Vec<Cut>,
    /// Cloths, or whole names of bottled and boxed goods.
    pub(super) makes: Vec<Word>,
    /// Sizes of the bottle or box.
    pub(super) volumes: Vec<Word>,
    /// Whether a colour's name stands where a volume would.
    pub(super) shades: bool,
    pub(super) weight: u32,
}

/// A pattern.
#[derive(Debug, Clone)]
pub(super) struct Pattern {
    pub(super) word: Word,
    /// Whether English puts it before the noun.
    pub(super) before: bool,
}

/// What a brand of one top category sells in its sales.
#[derive(Debug, Clone)]
pub(super) struct Profile {
    pub(super) top: String,
    pub(super) weight: u32,
    pub(super) titles: Vec<Word>,
    /// Categories with their shares in percent.
    pub(super) goods: Vec<(String, u32)>,
}

/// Everything together.
#[derive(Debug)]
pub(super) struct Words {
    pub(super) categories: Vec<CategoryRow>,
    pub(super) goods: Vec<Good>,
    pub(super) colours: BTreeMap<String, Word>,
    pub(super) patterns: BTreeMap<String, Pattern>,
    pub(super) palettes: BTreeMap<String, Vec<String>>,
    pub(super) profiles: Vec<Profile>,
    /// By kind: how often in percent, and which patterns.
    pub(super) weaves: BTreeMap<String, (u32, Vec<String>)>,
    /// Lists that brand names are made of.
    pub(super) names: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
struct GoodRow {
    category: String,
    kind: String,
    en: String,
    zh: String,
    sizes: String,
    low: u32,
    high: u32,
    palette: String,
    cuts: String,
    makes: String,
    volumes: String,
    weight: u32,
}

impl Words {
    /// Reads the tables.
    pub(super) fn read() -> Result<Self> {
        let goods: Vec<GoodRow> = table(include_str!("data/goods.csv"), "goods")?;
        let profiles: Vec<(String, u32, String, String)> =
            table(include_str!("data/profiles.csv"), "profiles")?;
        let colours: Vec<(String, String, String)> = table(include_str!("data/colours.csv"), "colours")?;
        let patterns: Vec<(String, String, String, Option<bool>)> =
            table(include_str!("data/patterns.csv"), "patterns")?;
        let palettes: Vec<(String, String)> = table(include_str!("data/palettes.csv"), "palettes")?;
        let weaves: Vec<(String, u32, String)> = table(include_str!("data/weaves.csv"), "weaves")?;
        let lists: Vec<(String, String)> = table(include_str!("data/brand_words.csv"), "brand_words")?;
        Ok(Self {
            categories: table(include_str!("data/categories.csv"), "categories")?,
            goods: goods.into_iter().map(good).collect::<Result<_>>()?,
            colours: colours.into_iter().map(|(id, en, zh)| (id, Word { en, zh })).collect(),
            patterns: patterns
                .into_iter()
                .map(|(id, en, zh, before)| {
                    (id, Pattern { word: Word { en, zh }, before: before == Some(true) })
                })
                .collect(),
            palettes: palettes.into_iter().map(|(id, list)| (id, words(&list))).collect(),
            profiles: profiles.into_iter().map(profile).collect::<Result<_>>()?,
            weaves: weaves.into_iter().map(|(kind, share, list)| (kind, (share, words(&list)))).collect(),
            names: lists.into_iter().map(|(id, list)| (id, words(&list))).collect(),
        })
    }

    /// A category by id.
    pub(super) fn category(&self, id: &str) -> Option<&CategoryRow> {
        self.categories.iter().find(|row| row.id == id)
    }
}

impl Words {
    /// How attributes of items read, by `name=value`; what only the pictures need to know has no name.
    pub(super) fn attributes(&self) -> BTreeMap<String, Word> {
        let mut names = BTreeMap::new();
        for (id, word) in &self.colours {
            names.insert(format!("colour={id}"), word.clone());
        }
        for (id, pattern) in &self.patterns {
            names.insert(format!("pattern={id}"), pattern.word.clone());
        }
        for good in self.goods.iter().filter(|good| !good.noun.en.is_empty()) {
            for make in &good.makes {
                names.insert(format!("cloth={}", make.en), make.clone());
            }
            for cut in good.cuts.iter().filter(|cut| !cut.code.is_empty() && !cut.word.en.is_empty()) {
                names.insert(format!("cut={}", cut.code), cut.word.clone());
            }
        }
        for (attribute, en, zh) in [
            ("style=fresh", "fresh and pretty", "清新甜美"),
            ("style=lively", "lively", "活泼"),
            ("style=forest", "forest girl", "森女系"),
            ("style=high-end", "high-end", "高端"),
            ("style=business-casual", "business casual", "商务休闲"),
            ("skin_type=dry", "for dry skin", "干性肤质"),
            ("skin_type=oily", "for oily skin", "油性肤质"),
            ("skin_type=combination", "for combination skin", "混合性肤质"),
            ("skin_type=sensitive", "for sensitive skin", "敏感性肤质"),
        ] {
            names.insert(attribute.into(), Word { en: en.into(), zh: zh.into() });
        }
        names
    }
}

fn table<T: for<'de> Deserialize<'de>>(text: &str, name: &str) -> Result<Vec<T>> {
    let mut reader = ::csv::Reader::from_reader(text.as_bytes());
    reader.deserialize().map(|row| row.with_context(|| format!("the demo's table {name}"))).collect()
}

fn words(list: &str) -> Vec<String> {
    list.split_whitespace().map(ToString::to_string).collect()
}

/// `en:zh|en:zh`.
fn pairs(list: &str) -> Result<Vec<Word>> {
    let word = |part: &str| {
        let (en, zh) = part.split_once(':').with_context(|| format!("{part:?} is not en:zh"))?;
        Ok(Word { en: en.into(), zh: zh.into() })
    };
    list.split('|').filter(|part| !part.is_empty()).map(word).collect()
}

fn good(row: GoodRow) -> Result<Good> {
    let cut = |part: &str| {
        let (code, word) = part.split_once(':').with_context(|| format!("{part:?} is not code:en:zh"))?;
        let (en, zh) = word.split_once(':').with_context(|| format!("{part:?} is not code:en:zh"))?;
        Ok(Cut { code: code.into(), word: Word { en: en.into(), zh: zh.into() } })
    };
    let shades = row.volumes == "shade";
    Ok(Good {
        category: row.category,
        kind: row.kind,
        noun: Word { en: row.en, zh: row.zh },
        sizes: row.sizes,
        list: (row.low, row.high),
        palette: row.palette,
        cuts: row.cuts.split('|').filter(|part| !part.is_empty()).map(cut).collect::<Result<_>>()?,
        makes: pairs(&row.makes)?,
        volumes: if shades { Vec::new() } else { pairs(&row.volumes)? },
        shades,
        weight: row.weight,
    })
}

fn profile((top, weight, titles, goods): (String, u32, String, String)) -> Result<Profile> {
    let goods = words(&goods);
    let goods = goods.chunks(2).map(|pair| match pair {
        [category, share] => Ok((category.clone(), share.parse().context("a share is a number")?)),
        _ => anyhow::bail!("{goods:?} are not categories with shares"),
    });
    Ok(Profile { top, weight, titles: pairs(&titles)?, goods: goods.collect::<Result<_>>()? })
}
