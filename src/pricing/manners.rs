//! How a shop's promotions are combined and rounded, where shops differ. The defaults are ours; the others are there so
//! that a shop can see, and if it must keep, what its engine of before did (`windowshop price --cases`).

use super::cart::{TAX_RATE_MAX, Tax};
use crate::base::notation::{Fields, RuleError};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

/// The most codes that a setting may allow.
const CODES_MAX: u32 = 100;
/// The most categories with a tax of their own.
const TAXES_MAX: usize = 1_000;

/// Which of the legal combinations is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Strategy {
    /// The one that saves most.
    #[default]
    Best,
    /// The one that a walk in order finds: the first exclusive one that applies, else each that still may go and gives.
    Priority,
}

/// What a percentage of a unit is worked out on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum UnitBase {
    /// What the unit still costs.
    #[default]
    Left,
    /// What it cost before promotions.
    Original,
}

/// Who gets the cents that shares in proportion leave over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Remainder {
    /// The lines with the largest remainders, of equal ones the first.
    #[default]
    Largest,
    /// The first lines.
    First,
}

/// Who gets half a cent of a percentage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Halves {
    /// The shopper: the discount is rounded half up.
    #[default]
    Shopper,
    /// The shop: what is left to pay is rounded half up.
    Shop,
}

/// What a discount of several lines is shared in proportion to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Weights {
    /// What the lines still cost.
    #[default]
    Price,
    /// The same with the tax that is added to it.
    WithTax,
}

/// What is done where less is left of a budget than would come off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum OverBudget {
    /// What is left comes off.
    #[default]
    Clip,
    /// Nothing does.
    Refuse,
}

/// A shop's settings.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Manners {
    /// Which combination is taken.
    pub strategy: Strategy,
    /// Whether priority alone says what is worked out first, whatever the layer.
    pub without_layers: bool,
    /// What a percentage of a unit is worked out on.
    pub unit_base: UnitBase,
    /// Who gets half a cent of a percentage.
    pub halves: Halves,
    /// What a discount of several lines is shared in proportion to.
    pub weights: Weights,
    /// Who gets the cents left over.
    pub remainder: Remainder,
    /// What is done at the end of a budget.
    pub over_budget: OverBudget,
    /// How many promotions with a code are used at most; `None` for all.
    pub codes_at_most: Option<u32>,
    /// Tax of what the shop sells.
    pub taxes: Taxes,
}

/// Tax of what a shop sells.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Taxes {
    /// Whether prices hold it.
    pub tax: Tax,
    /// Hundredths of a percent, where nothing else is said.
    pub rate: u32,
    /// Of categories, by stable id; of several above an item the nearest counts.
    pub categories: Vec<CategoryTax>,
    /// Of the shipping; without it as [`Self::rate`].
    pub shipping: Option<u32>,
}

/// Tax of a category.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct CategoryTax {
    /// Stable id.
    pub category: String,
    /// Hundredths of a percent.
    pub rate: u32,
}

impl Taxes {
    /// The tax of a line by its categories, the nearest first.
    pub fn of(&self, categories: &[String]) -> u32 {
        let own = categories.iter().find_map(|id| self.categories.iter().find(|tax| tax.category == *id));
        own.map_or(self.rate, |tax| tax.rate)
    }

    fn read(from: &mut impl Fields) -> Self {
        Self {
            tax: if from.flag("added") { Tax::Added } else { Tax::Included },
            rate: from.percent("rate").unwrap_or_default(),
            categories: from.list("categories", |from| {
                from.require("rate");
                CategoryTax {
                    category: from.required_id("category"),
                    rate: from.percent("rate").unwrap_or_default(),
                }
            }),
            shipping: from.percent("shipping"),
        }
    }
}

impl Manners {
    /// Reads the fields of `manners` (`docs/promotions.md`).
    pub fn read(from: &mut impl Fields) -> Self {
        let strategies = [("best", Strategy::Best), ("priority", Strategy::Priority)];
        let unit_bases = [("left", UnitBase::Left), ("original", UnitBase::Original)];
        let remainders = [("largest", Remainder::Largest), ("first", Remainder::First)];
        let halves = [("shopper", Halves::Shopper), ("shop", Halves::Shop)];
        let weights = [("price", Weights::Price), ("with_tax", Weights::WithTax)];
        let over_budgets = [("clip", OverBudget::Clip), ("refuse", OverBudget::Refuse)];
        Self {
            strategy: from.choice("strategy", &strategies).unwrap_or_default(),
            without_layers: from.flag("without_layers"),
            unit_base: from.choice("unit_base", &unit_bases).unwrap_or_default(),
            halves: from.choice("halves", &halves).unwrap_or_default(),
            weights: from.choice("weights", &weights).unwrap_or_default(),
            remainder: from.choice("remainder", &remainders).unwrap_or_default(),
            over_budget: from.choice("over_budget", &over_budgets).unwrap_or_default(),
            codes_at_most: from.count("codes_at_most", 1, CODES_MAX),
            taxes: from.object("taxes", Taxes::read).unwrap_or_default(),
        }
    }

    /// Checks that every value makes sense.
    ///
    /// # Errors
    /// [`RuleError`] with the path of the first that does not.
    pub fn check(&self) -> Result<(), RuleError> {
        let problem = |path: &str, reason: String| Err(RuleError { path: path.into(), reason });
        if self.codes_at_most.is_some_and(|most| !(1..=CODES_MAX).contains(&most)) {
            return problem("manners.codes_at_most", format!("is a whole number from 1 to {CODES_MAX}"));
        }
        let taxes = &self.taxes;
        if taxes.categories.len() > TAXES_MAX {
            return problem("manners.taxes.categories", format!("are at most {TAXES_MAX}"));
        }
        let rates = taxes.categories.iter().map(|tax| tax.rate).chain(taxes.shipping).chain([taxes.rate]);
        if rates.into_iter().any(|rate| rate > TAX_RATE_MAX) {
            return problem("manners.taxes", "are at most 100 percent".into());
        }
        Ok(())
    }
}
