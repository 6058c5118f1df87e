//! What hosts get back, in the shape of the package's types (`pkg/ts/types.ts`), names of things left to them.
//!
//! Display text is a companion file that the host reads; these rows carry ids and row numbers into it.

use crate::base::money::Money;
use crate::pricing::{Applied, Reason, Receipt, Refused, Search, Share};
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

/// A receipt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ReceiptView {
    /// The lines, in the order they were given.
    pub lines: Vec<ReceiptLineView>,
    /// Sum of the lines before discounts.
    pub subtotal: i64,
    /// What it costs to ship them, where that was told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shipping: Option<ShippingView>,
    /// What is taken off, lines and shipping together.
    pub discount: i64,
    /// The tax in the total.
    pub tax: i64,
    /// What the order costs.
    pub total: i64,
    /// Vouchers that pay of it.
    pub tenders: Vec<UsedView>,
    /// What is left to pay.
    pub payable: i64,
    /// Promotions used.
    pub used: Vec<UsedView>,
    /// Items put in besides.
    pub gifts: Vec<GiftView>,
    /// What earns more points.
    pub points: Vec<PointsView>,
    /// Points that are spent.
    pub points_spent: u32,
    /// Promotions not used.
    pub refused: Vec<RefusedView>,
    /// Codes that no promotion has.
    pub unknown_codes: Vec<String>,
    /// How much more another combination could save at most, where the best is not proven.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gap: Option<i64>,
    /// State hash in hex.
    pub state: String,
}

/// The shipping of a receipt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ShippingView {
    /// Before discounts.
    pub subtotal: i64,
    /// What each promotion takes off.
    pub discounts: Vec<ShareView>,
    /// After them.
    pub total: i64,
    /// Its tax.
    pub tax: i64,
}

/// An item put in besides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GiftView {
    /// Stable id of the promotion.
    pub promotion: String,
    /// Stable id of the item.
    pub item: String,
    /// How many.
    pub quantity: u32,
}

/// What earns more points.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PointsView {
    /// Stable id of the promotion.
    pub promotion: String,
    /// Hundredths: 200 is twice the points.
    pub times: u32,
    /// What the lines cost in the end.
    pub amount: i64,
}

impl From<Receipt> for ReceiptView {
    /// Everything but the lines, which are told in the order they were given, and the state.
    fn from(receipt: Receipt) -> Self {
        Self {
            lines: Vec::new(),
            subtotal: receipt.subtotal.minor(),
            shipping: receipt.shipping.map(|shipping| ShippingView {
                subtotal: shipping.subtotal.minor(),
                discounts: shipping.discounts.iter().map(ShareView::from).collect(),
                total: shipping.total.minor(),
                tax: shipping.tax.minor(),
            }),
            discount: receipt.discount.minor(),
            tax: receipt.tax.minor(),
            total: receipt.total.minor(),
            tenders: receipt.tenders.into_iter().map(UsedView::from).collect(),
            payable: receipt.payable.minor(),
            used: receipt.used.into_iter().map(UsedView::from).collect(),
            gifts: receipt
                .gifts
                .into_iter()
                .map(|gift| GiftView { promotion: gift.promotion, item: gift.item, quantity: gift.quantity })
                .collect(),
            points: receipt
                .points
                .into_iter()
                .map(|points| PointsView {
                    promotion: points.promotion,
                    times: points.times,
                    amount: points.amount.minor(),
                })
                .collect(),
            points_spent: receipt.points_spent,
            refused: receipt.refused.into_iter().map(RefusedView::from).collect(),
            unknown_codes: receipt.unknown_codes,
            gap: match receipt.search {
                Search::Bounded { gap } => Some(gap.minor()),
                _ => None,
            },
            state: String::new(),
        }
    }
}

/// A line of a receipt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ReceiptLineView {
    /// Stable id.
    pub item: String,
    /// Its size.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub size: Option<String>,
    /// How many were asked for.
    pub quantity: u32,
    /// How many of them are in stock in an open sale; the line is priced for these alone.
    pub available: u32,
    /// Price of one.
    pub unit_price: i64,
    /// Before discounts.
    pub subtotal: i64,
    /// What each promotion takes off this line.
    pub discounts: Vec<ShareView>,
    /// After them.
    pub total: i64,
    /// Its tax.
    pub tax: i64,
}

/// A promotion's share of a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ShareView {
    /// Stable id of the promotion.
    pub promotion: String,
    /// What it takes off.
    pub amount: i64,
}

impl From<&Share> for ShareView {
    fn from(share: &Share) -> Self {
        Self { promotion: share.promotion.clone(), amount: share.amount.minor() }
    }
}

/// A promotion that was used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UsedView {
    /// Stable id.
    pub id: String,
    /// The code entered for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// What it takes off in all, or pays.
    pub amount: i64,
    /// The next step, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<NextView>,
}

/// A next step of a promotion that is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct NextView {
    /// How much more must be spent on its lines.
    pub missing: i64,
    /// How much more comes off then.
    pub more: i64,
}

impl From<Applied> for UsedView {
    fn from(used: Applied) -> Self {
        let next = used.next.map(|next| NextView { missing: next.missing.minor(), more: next.more.minor() });
        Self { id: used.promotion, code: used.code, amount: used.amount.minor(), next }
    }
}

/// A promotion that was not used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RefusedView {
    /// Stable id.
    pub id: String,
    /// Its code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// Code of the reason.
    pub reason: &'static str,
    /// How far it is from applying: minor units, pieces or points, by the reason.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shortfall: Option<i64>,
    /// The promotion used that stands against it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub with: Option<String>,
    /// How much less the best combination with it would save, in minor units.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub less: Option<i64>,
    /// When it begins.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub opens: Option<i64>,
    /// Which tier, order or number of uses its reason is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<u32>,
}

impl From<Refused> for RefusedView {
    fn from(refused: Refused) -> Self {
        let reason = refused.reason;
        Self {
            id: refused.promotion,
            code: refused.code,
            reason: reason.code(),
            shortfall: reason.shortfall(),
            with: reason.with().map(String::from),
            less: reason.less().map(Money::minor),
            opens: match reason {
                Reason::NotOpen { opens } => Some(opens.0),
                _ => None,
            },
            number: match reason {
                Reason::TierShort { at_least: number }
                | Reason::OtherOrder { is: number }
                | Reason::UsedUp { of: number } => Some(number),
                _ => None,
            },
        }
    }
}

/// A coupon surfaced to this shopper now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OfferView {
    /// Stable id of the campaign.
    pub campaign: String,
    /// Stable id of the coupon's promotion.
    pub coupon: String,
    /// The code to enter, the same for every shopper.
    pub code: Option<String>,
    /// Code of the reason it is shown for.
    pub reason: &'static str,
    /// When the order was placed that the reason speaks of.
    pub placed: Option<i64>,
    /// Until when it is surfaced, where that is known.
    pub expires: Option<i64>,
}

/// A report made or waiting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReportView {
    /// Stable id of the question.
    pub question: String,
    /// The question in plain words, English.
    pub text_en: String,
    /// And Chinese.
    pub text_zh: String,
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
    pub body: crate::report::Report,
    /// When it was made.
    pub made: i64,
    /// When it was first handed to the network.
    pub tried: Option<i64>,
    /// When the endpoint accepted it.
    pub sent: Option<i64>,
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
