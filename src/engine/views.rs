//! What hosts get back, in the shape of the package's types (`pkg/ts/types.ts`), names of things left to them.
//!
//! Display text is a companion file that the host reads; these rows carry ids and row numbers into it.

mod flat;
mod receipt;

pub use flat::*;
pub use receipt::*;

use crate::report::Report;
use crate::shopper::{Event, EventId};
use alloc::string::String;
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

/// What became of an observed event.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Observed {
    /// The event as it is remembered, for the host's log; `None` where nothing is remembered.
    pub event: Option<Event>,
    /// Ids that the bounds let go of.
    pub dropped: Vec<EventId>,
    /// Whether the reminders changed.
    pub reminders: bool,
}

/// What became of rows read from a log or of an import.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Loaded {
    /// Taken in.
    pub added: usize,
    /// Known already.
    pub known: usize,
    /// Malformed, and left out.
    pub refused: usize,
}

/// An item as a card or a page shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ItemView {
    /// Row in the pack, by which the text companion names it.
    pub row: u32,
    /// Stable id.
    pub id: String,
    /// Stable id of the brand.
    pub brand: String,
    /// Stable id of the category.
    pub category: String,
    /// Stable id of the sale.
    pub sale: String,
    /// Price in minor units.
    pub price: i64,
    /// Price before the sale.
    pub list_price: i64,
    /// Lowest price of the last 30 days.
    pub lowest_price: Option<i64>,
    /// Whole percent off.
    pub percent_off: u8,
    /// Stock by size.
    pub sizes: Vec<SizeView>,
    /// Units left in all sizes.
    pub stock: u64,
    /// Units at opening.
    pub stock_at_opening: u64,
    /// Rating times 100 and count.
    pub rating: Option<RatingView>,
    /// Units sold before.
    pub sold: u32,
    /// Units returned.
    pub returned: u32,
    /// Returns by reason.
    pub return_reasons: [u32; 8],
    /// Whether it is never named in reasons.
    pub sensitive: bool,
    /// Whether its authenticity is insured.
    pub authenticity_insured: bool,
    /// Whether it is of another season.
    pub off_season: bool,
    /// Best before, as UTC milliseconds of that day's beginning.
    pub shelf_life_until: Option<i64>,
    /// Outfit it is worn with.
    pub outfit: Option<String>,
    /// Attributes, each `name=value`.
    pub attributes: Vec<String>,
}

/// One size.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SizeView {
    /// As shown.
    pub size: String,
    /// Units left.
    pub stock: u32,
}

/// A rating.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct RatingView {
    /// Times 100.
    pub value: u16,
    /// How many rated.
    pub count: u32,
}

/// A sale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SaleView {
    /// Row in the pack.
    pub row: u32,
    /// Stable id.
    pub id: String,
    /// Stable id of the brand.
    pub brand: String,
    /// The brand's tier.
    pub tier: &'static str,
    /// Stable id of the category most of its items are in.
    pub category: String,
    /// Opening, UTC milliseconds.
    pub opens: i64,
    /// Closing.
    pub closes: i64,
    /// `preview`, `open` or `ended`.
    pub state: &'static str,
    /// Whether it opened at the latest opening hour.
    pub opened_today: bool,
    /// How many items.
    pub items: usize,
    /// Largest whole percent off.
    pub percent_off_up_to: u8,
}

/// A brand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct BrandView {
    /// Row in the pack.
    pub row: u32,
    /// Stable id.
    pub id: String,
    /// Its tier.
    pub tier: &'static str,
    /// Stable id of its live or next sale.
    pub sale: Option<String>,
    /// When it is expected back, where it has neither.
    pub expected_back: Option<i64>,
}

/// A category.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CategoryView {
    /// Row in the pack.
    pub row: u32,
    /// Stable id.
    pub id: String,
    /// Stable id of the one above.
    pub parent: Option<String>,
}

/// A ranking.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RankingView {
    /// Code of the surface.
    pub surface: String,
    /// Whether anything remembered was used.
    pub personal: bool,
    /// The variant that this browser sees, where the pack has some.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub variant: Option<String>,
    /// The page.
    pub items: Vec<RankedView>,
    /// How many the list has in all.
    pub total: usize,
    /// State hash in hex.
    pub state: String,
    /// Digest in hex.
    pub digest: String,
    /// The time it was made for.
    pub now: i64,
}

/// An item of a ranking.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RankedView {
    /// Row in the pack.
    pub row: u32,
    /// Stable id.
    pub id: String,
    /// Sum of the contributions, in millionths.
    pub score: i32,
    /// Where it stands in a slot of exploration: among how many brands its brand was drawn.
    pub explored: Option<u32>,
    /// Why.
    pub reasons: Vec<ReasonView>,
}

/// A reason, to be put into words by the host.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ReasonView {
    /// Code of the signal.
    pub code: String,
    /// Key of the message.
    pub message: String,
    /// What it added, in millionths.
    pub contribution: i32,
    /// Events it rests on, in all.
    pub count: u32,
    /// Name of a remembered item.
    pub item: Option<String>,
    /// Stable id of a brand.
    pub brand: Option<String>,
    /// Stable id of a category.
    pub category: Option<String>,
    /// Attribute `name=value`.
    pub attribute: Option<String>,
    /// A size.
    pub size: Option<String>,
    /// The newest events it rests on.
    pub events: Vec<EventId>,
}

/// Every signal behind one item's score.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ExplanationView {
    /// Stable id.
    pub id: String,
    /// Sum of the contributions.
    pub score: i32,
    /// Each signal's.
    pub contributions: Vec<ContributionView>,
    /// Why.
    pub reasons: Vec<ReasonView>,
}

/// What one signal added.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ContributionView {
    /// Code of the signal.
    pub code: String,
    /// What it added, in millionths.
    pub contribution: i32,
}

/// A reminder with what is known of the brand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReminderView {
    /// Stable id of the brand.
    pub brand: String,
    /// When it was asked for.
    pub since: i64,
    /// Its live or next sale.
    pub sale: Option<String>,
    /// When that opens, or when the brand is expected back.
    pub opens: Option<i64>,
    /// `preview`, `open` or `away`.
    pub state: &'static str,
}

/// What was worked out from memory, for the page that shows everything.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DerivedView {
    /// Brands by weight.
    pub brands: Vec<WeightView>,
    /// Categories by weight.
    pub categories: Vec<WeightView>,
    /// Price bands by weight.
    pub prices: Vec<PriceWeightView>,
    /// Sizes by weight.
    pub sizes: Vec<WeightView>,
    /// Attributes by weight.
    pub attributes: Vec<WeightView>,
    /// Items marked.
    pub favourites: Vec<String>,
    /// Items, brands and categories not to be shown.
    pub dismissed: DismissedView,
}

/// A weight of something, in looks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WeightView {
    /// Stable id or text.
    pub id: String,
    /// Decayed looks, in millionths.
    pub weight: i64,
}

/// A weight of a price band.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct PriceWeightView {
    /// Lower edge in minor units.
    pub from: i64,
    /// Upper edge in minor units; 0 where the band is open.
    pub to: i64,
    /// Decayed looks, in millionths.
    pub weight: i64,
}

/// What is not to be shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DismissedView {
    /// Items.
    pub items: Vec<String>,
    /// Brands.
    pub brands: Vec<String>,
    /// Categories.
    pub categories: Vec<String>,
}

/// What is surfaced to this shopper now: a coupon, a message, or both.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OfferView {
    /// Stable id of the campaign.
    pub campaign: String,
    /// Under what it is counted and dismissed: the coupon's id, or that of a message by itself.
    pub id: String,
    /// Stable id of the coupon's promotion, where there is a coupon.
    pub coupon: Option<String>,
    /// The code to enter, the same for every shopper.
    pub code: Option<String>,
    /// Id of the text that is said.
    pub message: Option<String>,
    /// Stable id of the category whose words of care are said.
    pub care: Option<String>,
    /// What the coupon's model counted: none where it has no model.
    pub terms: Vec<TermView>,
    /// Code of the reason it is shown for.
    pub reason: &'static str,
    /// When the order was placed that the reason speaks of.
    pub placed: Option<i64>,
    /// Until when it is surfaced, where that is known.
    pub expires: Option<i64>,
}

/// A figure that a coupon's model counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct TermView {
    /// The figure, as campaigns name it.
    pub figure: &'static str,
    /// What it weighs, in thousandths of a logit.
    pub weight: i32,
}

/// What is worked out of a shopper's orders.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CustomerView {
    /// Shop days since the last order.
    pub recency: Option<u32>,
    /// Orders.
    pub frequency: u32,
    /// What they came to, in minor units.
    pub monetary: i64,
    /// How many of them the shop's ledger names.
    pub from_account: usize,
    /// What is expected, where the pack has a table for it.
    pub expectation: Option<ExpectationView>,
    /// What was saved of list prices, in ten-thousandths.
    pub discount: Option<u16>,
    /// Orders with the brand that most of them had, in ten-thousandths.
    pub loyalty: Option<u16>,
}

/// What is expected of a shopper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ExpectationView {
    /// How far ahead, in days.
    pub horizon_days: u16,
    /// Days of buying, in thousandths.
    pub expected: u32,
    /// The chance to come back at all, in ten-thousandths.
    pub alive: u16,
    /// What a day of buying would come to, in minor units.
    pub average: i64,
    /// What all of it would come to, in minor units.
    pub value: i64,
}

/// A report made or waiting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReportView {
    /// Stable id of the question.
    pub question: String,
    /// The question in plain words, in English and in Chinese; empty where the pack has it no more.
    pub text: [String; 2],
    /// What the shop does with the answers, likewise.
    pub purpose: [String; 2],
    /// ISO week.
    pub week: String,
    /// The true answer, for the shopper alone.
    pub truth: String,
    /// Name of the randomiser.
    pub randomiser: String,
    /// ε in thousandths.
    pub epsilon_thousandths: u16,
    /// How many answers there are to the question, where the pack still has it.
    pub answers: Option<usize>,
    /// What goes, as it goes.
    pub body: Report,
    /// When it was made.
    pub made: i64,
    /// When it was last handed to the network.
    pub tried: Option<i64>,
    /// When the endpoint accepted it.
    pub sent: Option<i64>,
}

/// A question of the survey or one of its answers, by its id and as it reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpokenView {
    /// Stable id.
    pub id: String,
    /// In English.
    pub en: String,
    /// In Chinese.
    pub zh: String,
}

/// How the privacy budget stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct BudgetView {
    /// ε spent in the rolling days, in thousandths.
    pub spent_thousandths: u32,
    /// What may be spent, in thousandths.
    pub limit_thousandths: u32,
    /// The rolling days.
    pub days: u16,
}
