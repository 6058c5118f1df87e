//! `variants.json`: other blends of the signals, and how many shoppers see each. The file may be missing; then everybody
//! has the blend that training found.
//!
//! A variant names only what it changes: its fields take the place of the trained ones, its signals join them.

use super::files::read_json;
use super::problem::{FeedError, refused};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use std::path::Path;
use windowshop::catalogue::format::Section;
use windowshop::recommend::{Variant, Variants, Weights};

/// The file's name.
pub(crate) const FILE: &str = "variants.json";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    salt: String,
    #[serde(default)]
    shop_order: u16,
    variants: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    name: String,
    share: u16,
    #[serde(default)]
    weights: Map<String, Value>,
}

/// The pack's section of variants, checked as the engine will check it; `trained` are the weights they differ from.
///
/// # Errors
/// [`FeedError`] where the file cannot be read, or what it says makes no sense.
pub(crate) fn read(folder: &Path, trained: &Weights) -> Result<Option<(Section, Vec<u8>)>, FeedError> {
    let Some(file) = read_json::<File>(folder, FILE)? else { return Ok(None) };
    let variant = |(at, row): (usize, Row)| {
        let weights = changed(trained, row.weights)
            .map_err(|error| refused(FILE, 0, format!("variants[{at}].weights"), error))?;
        Ok(Variant { name: row.name, share: row.share, weights })
    };
    let variants = file.variants.into_iter().enumerate().map(variant).collect::<Result<_, FeedError>>()?;
    let variants = Variants::new(file.salt, file.shop_order, variants)
        .map_err(|error| refused(FILE, 0, String::new(), error))?;
    Ok(Some((Section::Variants, variants.to_section())))
}

/// The weights with some fields changed. Signals are given by name, `{"discount": 500}`, in thousandths.
fn changed(trained: &Weights, changes: Map<String, Value>) -> Result<Weights, serde_json::Error> {
    let mut all = serde_json::to_value(trained)?;
    for (field, value) in changes {
        if field == "signals" {
            let named: std::collections::BTreeMap<String, i32> = serde_json::from_value(value)?;
            let mut signals = trained.signals.clone();
            signals.retain(|(name, _)| !named.contains_key(name));
            signals.extend(named);
            signals.sort();
            all[field] = json!(signals);
        } else {
            // What is not known is refused below, by its name.
            all[field] = value;
        }
    }
    serde_json::from_value(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_text(text: &str) -> Result<Variants, String> {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join(FILE), text).expect("writes");
        let trained =
            Weights { repeat: 4_000, signals: vec![("covisitation".into(), 900)], ..Weights::default() };
        let section = read(folder.path(), &trained).map_err(|error| error.to_string())?;
        Variants::from_section(&section.map(|(_, bytes)| bytes).unwrap_or_default())
            .map_err(|error| error.to_string())
    }

    #[test]
    fn a_variant_names_what_it_changes() {
        let variants = read_text(
            r#"{"salt":"2026-11","shop_order":100,"variants":[{"name":"base","share":450},
            {"name":"bold","share":450,"weights":{"half_life_days":30,"signals":{"discount":500,"covisitation":1000}}}]}"#,
        )
        .expect("reads");
        let weights = |name: &str| match variants.find(name) {
            Some(windowshop::recommend::Assigned::Variant(variant)) => variant.weights.clone(),
            _ => panic!("{name} is a variant"),
        };
        assert_eq!((weights("base").repeat, weights("base").of("covisitation", 0)), (4_000, 900));
        let bold = weights("bold");
        assert_eq!((bold.repeat, bold.half_life_days), (4_000, 30));
        assert_eq!((bold.of("discount", 0), bold.of("covisitation", 0)), (500, 1_000));
        assert!(variants.find("shop_order").is_some());
    }

    #[test]
    fn what_makes_no_sense_is_refused_with_its_place() {
        for (text, words) in [
            ("{", "variants.json:1"),
            (r#"{"salt":"s","variants":[],"who":1}"#, "unknown field `who`"),
            (r#"{"salt":"s","variants":[]}"#, "variants are 1 to 4"),
            (r#"{"salt":"s","variants":[{"name":"a","share":999}]}"#, "add up to 999"),
            (
                r#"{"salt":"s","variants":[{"name":"a","share":1000,"weights":{"mood":1}}]}"#,
                "variants[0].weights: unknown field `mood`",
            ),
            (
                r#"{"salt":"s","variants":[{"name":"a","share":1000,"weights":{"signals":{"mood":1}}}]}"#,
                "signal \"mood\"",
            ),
            (
                r#"{"salt":"s","variants":[{"name":"a","share":1000,"weights":{"half_life_days":0}}]}"#,
                "half_life_days is out of range",
            ),
        ] {
            let refused = read_text(text).expect_err(text);
            assert!(refused.contains(words), "{refused:?} lacks {words:?}");
        }
        assert_eq!(read_text("{}").err().map(|error| error.contains("missing field `salt`")), Some(true));
        assert_eq!(read(Path::new("nowhere"), &Weights::default()).expect("no file is no variants"), None);
    }
}
