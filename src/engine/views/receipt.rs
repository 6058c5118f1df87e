//! What a cart costs, as programs outside read it.

use crate::base::money::Money;
use crate::pricing::{Applied, Reason, Receipt, Refused, Search, Share};
use alloc::string::String;
use alloc::vec::Vec;
use serde::Serialize;

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
                discounts: shipping.discounts.into_iter().map(ShareView::from).collect(),
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

impl From<Share> for ShareView {
    fn from(share: Share) -> Self {
        Self { promotion: share.promotion, amount: share.amount.minor() }
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
    /// Whether it is about whatever is in the cart, and not about some goods alone.
    #[serde(skip_serializing_if = "core::ops::Not::not")]
    pub everything: bool,
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
            everything: false,
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
