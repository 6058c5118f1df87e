//! `messages.json`: what the steps of campaigns say, and how goods of a category are cared for. All of it is display text;
//! the engine knows ids alone.

use super::json::JsonFields;
use super::{CAMPAIGNS, MESSAGES};
use crate::feeds::problem::Problems;
use crate::feeds::shop::Shop;
use std::collections::BTreeMap;
use windowshop::base::notation::Fields;
use windowshop::target::Campaign;

/// Texts by id, each in the order of the shop's languages.
type Texts = BTreeMap<String, Vec<String>>;

/// What the file holds.
#[derive(Debug, Clone, Default)]
pub(crate) struct Messages {
    /// What steps say.
    texts: Texts,
    /// By category: how it is cared for.
    care: Texts,
    /// What is said with everything that is put forward, where the law wants something said.
    disclosure: Vec<String>,
}

/// One language of it.
#[derive(Debug, Clone, Default)]
pub(in crate::feeds) struct MessageTexts {
    pub(in crate::feeds) texts: BTreeMap<String, String>,
    pub(in crate::feeds) care: BTreeMap<String, String>,
    pub(in crate::feeds) disclosure: Option<String>,
}

impl Messages {
    pub(super) fn read(text: &str, shop: &Shop, problems: &mut Problems) -> Self {
        let mut found = Self::default();
        JsonFields::read(MESSAGES, text, shop, problems, |from| {
            found.disclosure = from.optional_names("disclosure").unwrap_or_default();
            from.list("messages", |from| {
                let (id, words) = (from.required_id("id"), from.names("text"));
                if found.texts.insert(id, words).is_some() {
                    from.problem("id", "is another message's too");
                }
            });
            from.list("care", |from| {
                let (category, words) = (from.required_id("category"), from.names("text"));
                if found.care.insert(category, words).is_some() {
                    from.problem("category", "is there twice");
                }
            });
        });
        found
    }

    /// Notes what campaigns name and the file lacks.
    pub(super) fn check(&self, at: usize, campaign: &Campaign, problems: &mut Problems) {
        for (place, message) in campaign.messages.iter().enumerate() {
            let mut note = |field: &str, id: &str, what: &str| {
                let reason = format!("names {id:?}, which has no {what} in {MESSAGES}");
                problems.add(CAMPAIGNS, 0, &format!("campaigns[{at}].messages[{place}].{field}"), reason);
            };
            for id in message.text.iter().filter(|id| !self.texts.contains_key(*id)) {
                note("text", id, "text");
            }
            for id in message.care.iter().filter(|id| !self.care.contains_key(*id)) {
                note("care", id, "care");
            }
        }
    }

    /// Categories whose goods are spoken of.
    pub(super) fn categories(&self) -> impl Iterator<Item = &String> {
        self.care.keys()
    }

    /// The language at a position of the shop's.
    pub(super) fn of(&self, language: usize) -> MessageTexts {
        let of = |texts: &Texts| {
            let rows = texts.iter();
            rows.filter_map(|(id, words)| Some((id.clone(), words.get(language)?.clone()))).collect()
        };
        let disclosure = self.disclosure.get(language).cloned();
        MessageTexts { texts: of(&self.texts), care: of(&self.care), disclosure }
    }
}

/// The JSON Schema of the file.
pub(crate) fn messages_schema() -> serde_json::Value {
    super::schema::of("messages.json of a feed for windowshop", |from| {
        from.optional_names("disclosure");
        from.list("messages", |from| {
            from.required_id("id");
            from.names("text");
        });
        from.list("care", |from| {
            from.required_id("category");
            from.names("text");
        });
    })
}
