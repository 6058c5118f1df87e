//! What an item is called in each language, and the attributes its picture is drawn from.

use super::brands::Brand;
use super::chance::Chance;
use super::words::{Good, Word, Words};

/// Skin types, for what is put on skin.
const SKIN_TYPES: [&str; 4] = ["dry", "oily", "combination", "sensitive"];
/// Second colours of patterns and of things in two parts.
const TRIMS: [&str; 8] = ["chalk", "oat", "ink", "navy", "tobacco", "gold", "butter", "sky"];

/// A named item.
pub(super) struct Named {
    pub(super) names: Vec<String>,
    /// `name=value`, by name.
    pub(super) attributes: Vec<String>,
}

/// Names an item of a kind.
pub(super) fn name(good: &Good, brand: &Brand, words: &Words, chance: &mut Chance) -> Named {
    let colour = colour(good, brand, words, chance);
    let mut attributes = vec![format!("kind={}", good.kind), format!("colour={colour}")];
    let Some(make) = chance.pick(&good.makes) else { return Named { names: Vec::new(), attributes } };
    let colour_word =
        words.colours.get(colour).cloned().unwrap_or(Word { en: String::new(), zh: String::new() });
    let names = if good.noun.en.is_empty() {
        if good.category == "skin-care"
            && let Some(skin) = chance.pick(&SKIN_TYPES)
        {
            attributes.push(format!("skin_type={skin}"));
        }
        packaged(good, make, &colour_word, chance)
    } else {
        let pattern = pattern(good, words, chance);
        let cut = chance.pick(&good.cuts);
        attributes.push(format!("cloth={}", make.en));
        if let Some(cut) = cut.filter(|cut| !cut.code.is_empty()) {
            attributes.push(format!("cut={}", cut.code));
        }
        if let Some(pattern) = pattern {
            attributes.push(format!("pattern={pattern}"));
            let others: Vec<&&str> = TRIMS.iter().filter(|trim| **trim != colour).collect();
            if let Some(trim) = chance.pick(&others) {
                attributes.push(format!("trim={trim}"));
            }
        }
        let empty = Word { en: String::new(), zh: String::new() };
        let cut = cut.map_or(&empty, |cut| &cut.word);
        let pattern =
            pattern.and_then(|id| words.patterns.get(id)).map(|pattern| (&pattern.word, pattern.before));
        vec![english(cut, make, good, &colour_word, pattern), chinese(cut, make, good, &colour_word, pattern)]
    };
    if let Some(style) = brand.style.filter(|_| !good.noun.en.is_empty()) {
        attributes.push(format!("style={style}"));
    } else if good.kind == "watch" {
        attributes.push("style=business-casual".into());
    }
    attributes.sort();
    Named { names, attributes }
}

/// A colour of the palette, more often one that the brand likes.
fn colour<'a>(good: &Good, brand: &Brand, words: &'a Words, chance: &mut Chance) -> &'a str {
    let Some(palette) = words.palettes.get(&good.palette) else { return "ink" };
    let liked: Vec<&String> = palette.iter().filter(|colour| brand.colours.contains(colour)).collect();
    if liked.len() > 1 && chance.percent(60) {
        return chance.pick(&liked).map_or("ink", |colour| colour.as_str());
    }
    chance.pick(palette).map_or("ink", String::as_str)
}

fn pattern<'a>(good: &Good, words: &'a Words, chance: &mut Chance) -> Option<&'a str> {
    let (share, patterns) = words.weaves.get(&good.kind)?;
    // Denim is plain, whatever is sewn of it.
    if good.palette == "denim" || !chance.percent(*share) {
        return None;
    }
    chance.pick(patterns).map(String::as_str)
}

/// Goods in a bottle or a box: the make is the whole name, with a line before and a volume or a shade behind.
fn packaged(good: &Good, make: &Word, colour: &Word, chance: &mut Chance) -> Vec<String> {
    let line = chance.pick(&good.cuts).map(|cut| &cut.word).filter(|word| !word.en.is_empty());
    let (en, zh) = match line {
        Some(line) => (format!("{} {}", line.en, lowered(&make.en)), format!("{}{}", line.zh, make.zh)),
        None => (make.en.clone(), make.zh.clone()),
    };
    if good.shades {
        return vec![format!("{en}, {}", colour.en), format!("{zh} {}", colour.zh)];
    }
    match chance.pick(&good.volumes) {
        Some(volume) => vec![format!("{en} {}", volume.en), format!("{zh} {}", volume.zh)],
        None => vec![en, zh],
    }
}

/// "Double-breasted wool coat, camel herringbone".
fn english(cut: &Word, make: &Word, good: &Good, colour: &Word, pattern: Option<(&Word, bool)>) -> String {
    let (front, behind) = match pattern {
        Some((word, true)) => (word.en.as_str(), ""),
        Some((word, false)) => ("", word.en.as_str()),
        None => ("", ""),
    };
    let words = [front, &cut.en, &make.en, &good.noun.en];
    let thing = words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    let tail = [colour.en.as_str(), behind].into_iter().filter(|word| !word.is_empty());
    capitalised(&format!("{thing}, {}", tail.collect::<Vec<_>>().join(" ")))
}

/// "驼色人字纹双排扣羊毛大衣".
fn chinese(cut: &Word, make: &Word, good: &Good, colour: &Word, pattern: Option<(&Word, bool)>) -> String {
    let pattern = pattern.map_or("", |(word, _)| word.zh.as_str());
    format!("{}{pattern}{}{}{}", colour.zh, cut.zh, make.zh, good.noun.zh)
}

fn capitalised(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map_or(String::new(), |first| first.to_uppercase().chain(characters).collect())
}

/// A name of goods inside another: its first letter small. Scents keep theirs.
fn lowered(text: &str) -> String {
    let mut characters = text.chars();
    let first = characters.next();
    if text.contains("eau de") || text.contains("cologne") || text.starts_with("Omega") {
        return text.into();
    }
    first.map_or(String::new(), |first| first.to_lowercase().chain(characters).collect())
}
