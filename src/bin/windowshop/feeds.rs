//! The feed: what a shop hands in, as a folder of plain files (`docs/feed.md`), and what becomes of it.
//!
//! [`read`] takes a folder whole or refuses it whole, with file, line, field and reason of up to twenty
//! problems. [`write`] makes such a folder. [`Feed::input`] turns it into rows for the pack writer and
//! display text by language. [`files`] reads what people write; [`rows`] opens JSON Lines and CSV alike; [`row`] reads one row's fields;
//! [`tables`] has one file a table; [`rules`] are promotions and campaigns; [`problem`] is how a refusal is told, [`notes`]
//! what is not refused and told anyway.

pub(crate) mod clock;
pub(crate) mod files;
pub(crate) mod lifetime;
pub(crate) mod notes;
mod pairs;
pub(crate) mod problem;
pub(crate) mod questions;
mod roles;
mod row;
pub(crate) mod rows;
pub(crate) mod rules;
mod shop;
mod tables;
mod texts;
pub(crate) mod variants;
mod write;

#[cfg(test)]
mod tests;

pub(crate) use shop::Shop;
pub(crate) use tables::{AttributeName, decimal};
pub(crate) use texts::Texts;
pub(crate) use write::{Format, write};

use problem::{FeedError, Problem, Problems};
use rules::Rules;
use std::collections::BTreeSet;
use std::path::Path;
use windowshop::base::time::Timestamp;
use windowshop::catalogue::input::{
    BrandInput, CatalogueInput, CategoryInput, ItemInput, SaleInput, TrainedInput,
};
use windowshop::catalogue::writer::WriteError;

/// A row with its name in every language of the shop, in the order of [`Shop::languages`].
#[derive(Debug, Clone)]
pub(crate) struct Named<T> {
    /// The row.
    pub(crate) row: T,
    /// Its names.
    pub(crate) names: Vec<String>,
    /// The line of the file it stands on, 0 where it came from no file.
    pub(crate) line: u64,
}

/// A whole feed.
#[derive(Debug, Clone)]
pub(crate) struct Feed {
    /// The shop's own facts.
    pub(crate) shop: Shop,
    /// Brands, in the order of the file.
    pub(crate) brands: Vec<Named<BrandInput>>,
    /// Categories.
    pub(crate) categories: Vec<Named<CategoryInput>>,
    /// Sales.
    pub(crate) sales: Vec<Named<SaleInput>>,
    /// Items; within a sale their order is the shop's own.
    pub(crate) items: Vec<Named<ItemInput>>,
    /// How attributes read; none by default.
    pub(crate) attributes: Vec<Named<AttributeName>>,
    /// Promotions and campaigns; none by default.
    pub(crate) rules: Rules,
}

/// Reads a feed folder.
///
/// # Errors
/// [`FeedError`] where a file cannot be read, or where any row of any file is off: then nothing is taken.
pub(crate) fn read(folder: &Path) -> Result<Feed, FeedError> {
    let shop = shop::read(folder)?;
    let mut problems = Problems::default();
    let mut names = FileNames::default();
    let brands = tables::read_needed::<BrandInput>(folder, &shop, &mut problems, &mut names.brands)?;
    let categories =
        tables::read_needed::<CategoryInput>(folder, &shop, &mut problems, &mut names.categories)?;
    let sales = tables::read_needed::<SaleInput>(folder, &shop, &mut problems, &mut names.sales)?;
    let mut items = tables::read_needed::<ItemInput>(folder, &shop, &mut problems, &mut names.items)?;
    roles::apply(folder, &mut items, &sales, &mut problems)?;
    let attributes = tables::read_optional(folder, &shop, &mut problems)?;
    let rules = Rules::read(folder, &shop, &mut problems)?;
    let feed = Feed { shop, brands, categories, sales, items, attributes, rules };
    if problems.is_empty() {
        tables::check_references(&feed, &names, &mut problems);
        feed.check_rules(&mut problems);
    }
    problems.into_result()?;
    Ok(feed)
}

/// The name of each table's file, for messages: `items.csv` or `items.jsonl`.
#[derive(Debug, Clone, Default)]
pub(crate) struct FileNames {
    pub(crate) brands: String,
    pub(crate) categories: String,
    pub(crate) sales: String,
    pub(crate) items: String,
}

impl Feed {
    /// Notes what the rules name and the feed lacks.
    fn check_rules(&self, problems: &mut Problems) {
        let brands: BTreeSet<&str> = self.brands.iter().map(|named| named.row.id.as_str()).collect();
        let categories: BTreeSet<&str> = self.categories.iter().map(|named| named.row.id.as_str()).collect();
        self.rules.check_references(|id| brands.contains(id), |id| categories.contains(id), problems);
    }

    /// Rows for the pack writer and display text a language, made at `created`.
    ///
    /// # Errors
    /// [`FeedError::Refused`] where the zone has no offsets at that time.
    pub(crate) fn input(
        &self,
        created: Timestamp,
        trained: TrainedInput,
    ) -> Result<(CatalogueInput, Vec<Texts>), FeedError> {
        let zone = clock::table(&self.shop.zone, created)?;
        let texts = texts::of(self);
        let input = CatalogueInput {
            created,
            currency: self.shop.currency.clone(),
            exponent: self.shop.exponent,
            zone,
            opening_minute: self.shop.opening_minute,
            preview_days: self.shop.preview_days,
            brands: self.brands.iter().map(|named| named.row.clone()).collect(),
            categories: self.categories.iter().map(|named| named.row.clone()).collect(),
            sales: self.sales.iter().map(|named| named.row.clone()).collect(),
            items: self.items.iter().map(|named| named.row.clone()).collect(),
            trained,
            rooms: self.rules.sections(),
        };
        Ok((input, texts))
    }

    /// Says where in the feed the pack writer's complaint lies, for the few rules only it knows.
    pub(crate) fn place(&self, error: &WriteError) -> Problem {
        let (kind, id, field, reason) = match error {
            WriteError::Value { kind, id, field, problem } => {
                (*kind, id.as_str(), *field, (*problem).to_string())
            }
            WriteError::Missing { kind, id, field, .. } => (*kind, id.as_str(), *field, error.to_string()),
            WriteError::Id { kind, id, .. } | WriteError::Twice { kind, id } => {
                (*kind, id.as_str(), "id", error.to_string())
            }
            _ => ("feed", "", "", error.to_string()),
        };
        let line = match kind {
            "brand" => line_of(&self.brands, |row| row.id == id),
            "category" => line_of(&self.categories, |row| row.id == id),
            "sale" => line_of(&self.sales, |row| row.id == id),
            "item" => line_of(&self.items, |row| row.id == id),
            _ => 0,
        };
        Problem { file: tables::file_stem(kind).into(), line, field: field.into(), reason }
    }
}

fn line_of<T>(rows: &[Named<T>], is: impl Fn(&T) -> bool) -> u64 {
    rows.iter().rfind(|named| is(&named.row)).map_or(0, |named| named.line)
}
