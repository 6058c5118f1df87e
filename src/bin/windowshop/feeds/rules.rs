//! The shop's rules in a feed: `promotions.json`, `campaigns.json` and what those say, `messages.json`
//! (`docs/promotions.md`, `docs/campaigns.md`).
//!
//! All are optional. They are read whole or refused whole, each problem with its path and reason. What a rule
//! consists of is known to its room (`pricing`, `target`); [`json`] only knows how fields are written.

mod json;
pub(super) mod messages;
mod schema;
#[cfg(test)]
mod tests;

use super::Named;
use super::files::read_text;
use super::problem::{FeedError, Problems, io};
use super::shop::Shop;
use json::JsonFields;
pub(crate) use messages::messages_schema;
use messages::{MessageTexts, Messages};
use std::collections::BTreeMap;
use std::path::Path;
use windowshop::base::notation::Fields;
use windowshop::catalogue::format::Section;
use windowshop::pricing::{Manners, Promotion, Promotions};
use windowshop::target::Campaigns;

/// The name of the promotions' file.
pub(crate) const PROMOTIONS: &str = "promotions.json";
/// The name of the campaigns' file.
pub(crate) const CAMPAIGNS: &str = "campaigns.json";
/// The name of the messages' file.
pub(crate) const MESSAGES: &str = "messages.json";
/// The names of all, in the order in which their texts are given.
pub(crate) const FILES: [&str; 3] = [PROMOTIONS, CAMPAIGNS, MESSAGES];

/// The rules of a feed.
#[derive(Debug, Clone, Default)]
pub(crate) struct Rules {
    /// The promotions, by ascending id.
    pub(crate) promotions: Promotions,
    /// The campaigns.
    pub(crate) campaigns: Campaigns,
    /// Names of promotions by id, in the order of the shop's languages.
    names: BTreeMap<String, Vec<String>>,
    /// What campaigns say, and what is said of categories.
    messages: Messages,
    /// The files as they were given, so that a feed is written as it was read.
    texts: [Option<String>; FILES.len()],
}

impl Rules {
    /// Reads the files of a feed folder that are there; what is off is noted.
    ///
    /// # Errors
    /// [`FeedError::Io`] where a file is there and cannot be read.
    pub(super) fn read(folder: &Path, shop: &Shop, problems: &mut Problems) -> Result<Self, FeedError> {
        let text = |name| {
            let path = folder.join(name);
            if path.is_file() { read_text(&path).map(Some).map_err(io(&path)) } else { Ok(None) }
        };
        Ok(Self::parse([text(PROMOTIONS)?, text(CAMPAIGNS)?, text(MESSAGES)?], shop, problems))
    }

    /// Reads the rules from the texts of [`FILES`]; what is off is noted.
    pub(crate) fn parse(texts: [Option<String>; FILES.len()], shop: &Shop, problems: &mut Problems) -> Self {
        let mut rules = Self { texts, ..Self::default() };
        if let Some(text) = rules.texts[0].clone() {
            rules.read_promotions(&text, shop, problems);
        }
        if let Some(text) = rules.texts[2].clone() {
            rules.messages = Messages::read(&text, shop, problems);
        }
        if let Some(text) = rules.texts[1].clone() {
            rules.read_campaigns(&text, shop, problems);
        }
        rules
    }

    fn read_promotions(&mut self, text: &str, shop: &Shop, problems: &mut Problems) {
        let read = JsonFields::read(PROMOTIONS, text, shop, problems, |from| {
            from.require("promotions");
            let manners = from.object("manners", Manners::read).unwrap_or_default();
            let rows = from.list("promotions", |from| {
                let before = from.problem_count();
                let names = from.names("name");
                let row = Promotion::read(from);
                if from.problem_count() == before
                    && let Err(error) = row.check()
                {
                    from.problem(&error.path, &error.reason);
                }
                Named { row, names, line: 0 }
            });
            (rows, manners)
        });
        let Some((rows, manners)) = read.filter(|_| problems.is_empty()) else { return };
        self.names = rows.iter().map(|named| (named.row.id.clone(), named.names.clone())).collect();
        let promotions = Promotions::new(rows.into_iter().map(|named| named.row).collect());
        match promotions.and_then(|promotions| promotions.with_manners(manners)) {
            Ok(promotions) => self.promotions = promotions,
            Err(error) => problems.add(PROMOTIONS, 0, "promotions", error.to_string()),
        }
    }

    fn read_campaigns(&mut self, text: &str, shop: &Shop, problems: &mut Problems) {
        let read = JsonFields::read(CAMPAIGNS, text, shop, problems, Campaigns::read);
        let Some((rows, fatigue, price, bins)) = read.filter(|_| problems.is_empty()) else { return };
        for (at, campaign) in rows.iter().enumerate() {
            if let Err(error) = campaign.check() {
                problems.add(CAMPAIGNS, 0, &format!("campaigns[{at}].{}", error.path), error.reason);
            }
            self.messages.check(at, campaign, problems);
            let coupons = campaign.arms.iter().enumerate().flat_map(|(arm, of)| {
                of.coupons.iter().enumerate().map(move |(place, coupon)| (arm, place, coupon))
            });
            for (arm, place, coupon) in coupons {
                let reason = match self.promotions.get(&coupon.promotion) {
                    None => format!("names {:?}, which is not in {PROMOTIONS}", coupon.promotion),
                    Some(promotion) if promotion.code.is_none() => {
                        format!("names {:?}, which has no code: it applies by itself", coupon.promotion)
                    }
                    Some(_) => continue,
                };
                let path = format!("campaigns[{at}].arms[{arm}].coupons[{place}].promotion");
                problems.add(CAMPAIGNS, 0, &path, reason);
            }
        }
        if problems.is_empty() {
            let campaigns = Campaigns::new(rows, fatigue, price);
            match campaigns.and_then(|campaigns| campaigns.with_bins(bins)) {
                Ok(campaigns) => self.campaigns = campaigns,
                Err(error) => problems.add(CAMPAIGNS, 0, "campaigns", error.to_string()),
            }
        }
    }

    /// Notes brands and categories that rules name and the feed lacks. Items may be gone: they live five days.
    pub(super) fn check_references(
        &self,
        is_brand: impl Fn(&str) -> bool,
        is_category: impl Fn(&str) -> bool,
        problems: &mut Problems,
    ) {
        for category in self.messages.categories().filter(|id| !is_category(id)) {
            let reason = format!("names the category {category:?}, which is not in the feed");
            problems.add(MESSAGES, 0, "care", reason);
        }
        for promotion in self.promotions.all() {
            for selector in promotion.selectors() {
                let brands = selector.brands.iter().map(|id| ("brand", id, is_brand(id)));
                let categories = selector.categories.iter().map(|id| ("category", id, is_category(id)));
                for (kind, id, known) in brands.chain(categories) {
                    if !known {
                        let reason = format!(
                            "promotion {:?} names the {kind} {id:?}, which is not in the feed",
                            promotion.id
                        );
                        problems.add(PROMOTIONS, 0, "promotions", reason);
                    }
                }
            }
        }
    }

    /// The sections of the pack that the rules fill; none for a file that is not there.
    pub(super) fn sections(&self) -> Vec<(Section, Vec<u8>)> {
        let [promotions, campaigns, _] = &self.texts;
        let promotions = promotions.as_ref().map(|_| (Section::Promotions, self.promotions.to_bytes()));
        let campaigns = campaigns.as_ref().map(|_| (Section::Campaigns, self.campaigns.to_bytes()));
        promotions.into_iter().chain(campaigns).collect()
    }

    /// Names of promotions by id, in the language at a position of the shop's.
    pub(super) fn names(&self, language: usize) -> BTreeMap<String, String> {
        let named = self.names.iter();
        named.filter_map(|(id, names)| Some((id.clone(), names.get(language)?.clone()))).collect()
    }

    /// What campaigns say, in the language at a position of the shop's.
    pub(super) fn messages(&self, language: usize) -> MessageTexts {
        self.messages.of(language)
    }

    /// Writes the files into a folder, and takes those away that the feed does not have.
    pub(super) fn write(&self, folder: &Path) -> Result<(), FeedError> {
        for (name, text) in FILES.into_iter().zip(&self.texts) {
            let path = folder.join(name);
            match text {
                Some(text) => std::fs::write(&path, text).map_err(io(&path))?,
                None if path.is_file() => std::fs::remove_file(&path).map_err(io(&path))?,
                None => {}
            }
        }
        Ok(())
    }
}

/// The JSON Schema of the promotions' file.
pub(crate) fn promotions_schema() -> serde_json::Value {
    schema::of("promotions.json of a feed for windowshop", |from| {
        from.require("promotions");
        from.object("manners", Manners::read);
        from.list("promotions", |from| {
            from.names("name");
            Promotion::read(from);
        });
    })
}

/// The JSON Schema of the campaigns' file.
pub(crate) fn campaigns_schema() -> serde_json::Value {
    schema::of("campaigns.json of a feed for windowshop", |from| {
        Campaigns::read(from);
    })
}
