//! Sentences for reasons, from the same message files that the package speaks.

use crate::feeds::Texts;
use anyhow::{Context, bail, ensure};
use std::collections::BTreeMap;
use std::path::Path;
use windowshop::base::ids::{BrandIndex, CategoryIndex};
use windowshop::engine::views::ReasonView;

/// The message files of the package, by language.
const FILES: &[(&str, &str)] = &[
    ("en", include_str!("../../../pkg/messages/en.json")),
    ("zh", include_str!("../../../pkg/messages/zh.json")),
];

/// Turns reasons into sentences of one language.
pub(crate) struct Wording {
    messages: BTreeMap<String, String>,
    /// Names, by row of the pack; none where no text companion was given.
    names: Texts,
}

impl Wording {
    /// The wording of a language, with the names of a text companion where one is given beside the state of its pack. Where no
    /// language is named it is the text's, and English without one.
    pub(crate) fn of(language: Option<&str>, text: Option<(&Path, &str)>) -> anyhow::Result<Self> {
        let names = match text {
            None => Texts::default(),
            Some((path, state)) => {
                let file = std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
                let (names, made) = Texts::read(&file)
                    .with_context(|| format!("{} is not a text companion of a pack", path.display()))?;
                ensure!(
                    made == state,
                    "{} is the text of another pack ({made}, and this one is {state}): take the one beside it",
                    path.display()
                );
                let own = &names.language;
                ensure!(
                    language.is_none_or(|asked| plain(asked) == plain(own)),
                    "{} is in {own:?}: name no other language",
                    path.display()
                );
                names
            }
        };
        let spoken = language.unwrap_or(if names.language.is_empty() { "en" } else { &names.language });
        let Some((_, file)) = FILES.iter().find(|(name, _)| *name == plain(spoken)) else {
            let known: Vec<&str> = FILES.iter().map(|(name, _)| *name).collect();
            bail!("there are no messages in {spoken:?}; there are in {}", known.join(", "));
        };
        Ok(Self { messages: serde_json::from_str(file).context("the message file is not JSON")?, names })
    }

    /// An item's name, or its id where no text companion was given.
    pub(crate) fn item<'a>(&'a self, row: u32, id: &'a str) -> &'a str {
        self.names.items.get(row as usize).map_or(id, String::as_str)
    }

    /// The sentence of a reason. Names come from the companion, else ids stand for them.
    pub(crate) fn sentence(&self, reason: &ReasonView, engine: &windowshop::engine::Engine) -> String {
        let catalogue = engine.catalogue();
        // An attribute without a name is not for shoppers' eyes.
        let unnamed = reason.attribute.as_ref().is_some_and(|id| !self.names.attributes.contains_key(id));
        let key = if unnamed { format!("{}.unnamed", reason.message) } else { reason.message.clone() };
        let one = (reason.count == 1).then(|| self.messages.get(&format!("{key}.one"))).flatten();
        let template = one.or_else(|| self.messages.get(&key)).unwrap_or(&reason.message);
        let named = |id: &Option<String>, row: Option<usize>, names: &[String]| {
            row.and_then(|row| names.get(row).cloned()).or_else(|| id.clone()).unwrap_or_default()
        };
        let brand_row = reason.brand.as_deref().and_then(|id| catalogue.find_brand(id)).map(BrandIndex::row);
        let category = reason.category.as_deref().and_then(|id| catalogue.find_category(id));
        let spoken = reason.attribute.as_ref().and_then(|attribute| self.names.attributes.get(attribute));
        let arguments = [
            ("{count}", reason.count.to_string()),
            ("{item}", reason.item.clone().unwrap_or_default()),
            ("{brand}", named(&reason.brand, brand_row, &self.names.brands)),
            (
                "{category}",
                within(&named(&reason.category, category.map(CategoryIndex::row), &self.names.categories)),
            ),
            ("{attribute}", spoken.cloned().unwrap_or_default()),
            ("{size}", reason.size.clone().unwrap_or_default()),
        ];
        arguments.into_iter().fold(template.clone(), |text, (name, value)| text.replace(name, &value))
    }
}

/// A language without its region: `zh-CN` speaks `zh`.
fn plain(language: &str) -> &str {
    language.split('-').next().unwrap_or(language)
}

/// A kind's name within a sentence, as the package has it (`pkg/ts/ranking.ts`): "Knitwear" begins small there, "T-shirts" does
/// not.
fn within(name: &str) -> String {
    let mut letters = name.chars();
    match (letters.next(), letters.next()) {
        (Some(first), Some(second)) if first.is_uppercase() && second.is_lowercase() => {
            first.to_lowercase().chain(name.chars().skip(1)).collect()
        }
        _ => name.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_of_the_pack_and_says_its_language() -> anyhow::Result<()> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("text.txt");
        let text = Texts { language: "zh-CN".into(), items: vec!["大衣".into()], ..Texts::default() };
        std::fs::write(&path, text.written("a state")?)?;
        for language in [None, Some("zh"), Some("zh-CN")] {
            let wording = Wording::of(language, Some((&path, "a state")))?;
            assert_eq!((wording.item(0, "id"), wording.item(1, "id")), ("大衣", "id"));
            assert_eq!(wording.messages, Wording::of(Some("zh"), None)?.messages);
        }
        assert!(Wording::of(Some("en"), Some((&path, "a state"))).is_err(), "names in another language");
        assert!(Wording::of(None, Some((&path, "another"))).is_err(), "of another pack");
        assert_eq!(Wording::of(None, None)?.messages, Wording::of(Some("en"), None)?.messages);
        Ok(())
    }

    #[test]
    fn a_kind_begins_small_within_a_sentence() {
        for (name, said) in [
            ("Knitwear", "knitwear"),
            ("T-shirts", "T-shirts"),
            ("DIY", "DIY"),
            ("Élan", "élan"),
            ("针织", "针织"),
            ("", ""),
        ] {
            assert_eq!(within(name), said);
        }
    }

    #[test]
    fn every_language_has_every_message() {
        // A language may have a form of its own for one of something; it need not.
        let keys = |language| {
            let messages = Wording::of(Some(language), None).expect("there").messages;
            messages.into_keys().filter(|key| key.strip_suffix(".one").is_none()).collect::<Vec<_>>()
        };
        assert_eq!(keys("en"), keys("zh"));
        // An attribute without a name is not said; then there is another sentence.
        let messages = Wording::of(Some("en"), None).expect("there").messages;
        for (key, _) in messages.iter().filter(|(_, text)| text.contains("{attribute}")) {
            assert!(messages.contains_key(&format!("{key}.unnamed")), "{key}");
        }
        assert!(Wording::of(Some("tlh"), None).is_err());
    }
}
