//! What came of a case, in the words in which such files state what they expect.

use super::schema::{Case, Line, Promotion};
use super::semantics::Semantics;
use super::translate::Translated;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;
use windowshop::base::money::Money;
use windowshop::pricing::{Reason, Receipt, ReceiptLine};

/// What a case costs.
pub(super) fn told(case: &Case, translated: &Translated, receipt: &Receipt) -> Value {
    let mut told = Map::new();
    Goods::of(case, translated, receipt).tell(translated, receipt, &mut told);
    let shipping = receipt.shipping.clone().unwrap_or_default();
    for key in ["shipping", "shipping_after"] {
        told.insert(key.into(), shipping.total.minor().into());
    }
    told.insert("total".into(), receipt.total.minor().into());
    told.insert("payable".into(), receipt.payable.minor().into());
    if translated.semantics == Semantics::Vendure {
        taxed(case, translated, receipt, &mut told);
    }
    told.insert("undiscounted".into(), (receipt.subtotal.minor() + shipping.subtotal.minor()).into());
    let of_shipping: i64 = shipping.discounts.iter().map(|share| share.amount.minor()).sum();
    told.insert("discount_total".into(), (of_shipping - receipt.discount.minor()).into());
    let name = |id: &str| owner(case, translated, id).map(Promotion::name);
    let mut applied: Vec<String> = receipt.used.iter().filter_map(|one| name(&one.promotion)).collect();
    // A promotion that does several things is told once.
    let mut told_of = BTreeSet::new();
    applied.retain(|name| told_of.insert(name.clone()));
    told.insert("applied".into(), json!(applied));
    applied.sort();
    told.insert("chosen".into(), json!(applied));
    let trace = receipt.used.iter().map(|one| json!([name(&one.promotion), one.amount.minor()]));
    told.insert("trace".into(), trace.collect());
    let by_code = |id: &str| owner(case, translated, id).is_some_and(|of| of.code.is_some());
    let used = receipt.used.iter().any(|one| by_code(&one.promotion) && one.amount > Money::ZERO);
    told.insert("code_rejected".into(), (!case.cart.codes.is_empty() && !used).into());
    told.insert("eligible".into(), used.into());
    told.into()
}

/// What Vendure says beside: sums before and with tax, where each unit is rounded before it is multiplied.
fn taxed(case: &Case, translated: &Translated, receipt: &Receipt, told: &mut Map<String, Value>) {
    let (mut before, mut with) = (0, 0);
    for (line, of) in receipt.lines.iter().zip(translated.cart.lines()) {
        let units = i64::from(of.quantity.max(1));
        let unit = |numerator: i64, denominator: i64| {
            let share = line.total.share(numerator, denominator.saturating_mul(units));
            share.unwrap_or_default().minor().saturating_mul(units)
        };
        let (whole, taxed) = (10_000, 10_000 + i64::from(of.tax_rate));
        let included = case.cart.prices_include_tax;
        before += if included { unit(whole, taxed) } else { unit(1, 1) };
        with += if included { unit(1, 1) } else { unit(taxed, whole) };
    }
    let shipping = receipt.shipping.as_ref().map_or(0, |shipping| shipping.total.minor());
    told.insert("subtotal".into(), before.into());
    told.insert("subtotal_with_tax".into(), with.into());
    told.insert("total".into(), (before + shipping).into());
    told.insert("total_with_tax".into(), (with + shipping).into());
}

/// The case's promotion that one of ours stands for.
fn owner<'a>(case: &'a Case, translated: &Translated, id: &str) -> Option<&'a Promotion> {
    translated.owner(id).and_then(|at| case.promotions.get(at))
}

/// What the lines of a case cost.
#[derive(Default)]
struct Goods {
    /// What came off each line, each unit, and what is left of them, by the line's name.
    discounts: Map<String, Value>,
    unit_discounts: Map<String, Value>,
    unit_prices: Map<String, Value>,
    totals: Map<String, Value>,
    amounts: Vec<i64>,
    /// What came off a unit without a code, and off all by codes.
    without_code: i64,
    by_code: i64,
    /// Promotion, line and what came off it.
    actions: Vec<(String, usize, Value)>,
}

impl Goods {
    fn of(case: &Case, translated: &Translated, receipt: &Receipt) -> Self {
        let mut goods = Self::default();
        let lines = case.cart.lines.iter().map(|line| (line, "addItemAdjustment"));
        let ships = case.cart.shipping_methods.iter().map(|line| (line, "addShippingMethodAdjustment"));
        for (at, (line, action)) in lines.chain(ships).enumerate() {
            let parts = receipt.lines.iter().zip(&translated.lines).filter(|(_, owner)| **owner == at);
            let parts: Vec<&ReceiptLine> = parts.map(|(part, _)| part).collect();
            goods.line(translated, line, &parts);
            for share in parts.iter().flat_map(|part| &part.discounts) {
                let amount = share.amount.minor();
                let owner = owner(case, translated, &share.promotion);
                if owner.is_some_and(|of| of.code.is_some()) {
                    goods.by_code += amount;
                } else {
                    goods.without_code += amount / i64::from(line.units().max(1));
                }
                let told = json!({
                    "action": action,
                    "target": line.id.as_ref().or(line.sku.as_ref()),
                    "code": owner.and_then(|of| of.code.clone().or_else(|| of.id.clone())),
                    "amount": amount,
                });
                goods.actions.push((share.promotion.clone(), at, told));
            }
        }
        if translated.semantics == Semantics::Medusa {
            goods.over_budget(case, translated, receipt);
        }
        goods
    }

    /// What Medusa says of a promotion whose budget is spent, for each of its lines.
    fn over_budget(&mut self, case: &Case, translated: &Translated, receipt: &Receipt) {
        let refused = receipt.refused.iter().filter(|refused| refused.reason == Reason::BudgetSpent);
        for refused in refused {
            let code = owner(case, translated, &refused.promotion).and_then(|of| of.code.clone());
            let lines = translated.promotions.get(&refused.promotion).map_or(0, |of| of.target.items.len());
            for at in 0..lines {
                let told = json!({ "action": "campaignBudgetExceeded", "code": code });
                self.actions.push((refused.promotion.clone(), at, told));
            }
        }
    }

    fn line(&mut self, translated: &Translated, line: &Line, parts: &[&ReceiptLine]) {
        let off = |part: &&ReceiptLine| (part.subtotal.minor() - part.total.minor()).max(0);
        let discount: i64 = parts.iter().map(off).sum();
        let total: i64 = parts.iter().map(|part| part.total.minor()).sum();
        let units = i64::from(line.units().max(1));
        let of_units: Vec<i64> = if translated.semantics.by_unit() {
            parts.iter().map(off).collect()
        } else {
            // The first units of a line take the odd cents.
            (0..units).map(|unit| discount / units + i64::from(unit < discount % units)).collect()
        };
        let name = line.name();
        self.amounts.push(total);
        self.discounts.insert(name.clone(), discount.into());
        self.totals.insert(name.clone(), total.into());
        self.unit_prices.insert(name.clone(), (total / units).into());
        self.unit_discounts.insert(name, json!(of_units));
    }

    fn tell(mut self, translated: &Translated, receipt: &Receipt, told: &mut Map<String, Value>) {
        // One figure of the one line there is, in the words of the first; by line in those of the others.
        let of_one = translated.semantics == Semantics::Saleor;
        let prices = if of_one {
            self.unit_prices.values().next().cloned().unwrap_or_default()
        } else {
            self.unit_prices.into()
        };
        told.insert("unit_price_after".into(), prices);
        told.insert("unit_discount".into(), self.without_code.into());
        told.insert("unit_promotion_discount".into(), self.without_code.into());
        told.insert("voucher_discount_total".into(), self.by_code.into());
        told.insert("line_discounts".into(), self.discounts.into());
        told.insert("unit_discounts".into(), self.unit_discounts.into());
        told.insert("line_total_after".into(), self.totals.into());
        told.insert("line_amounts_after".into(), json!(self.amounts));
        // In the order in which promotions are worked out, and the lines of each.
        self.actions.sort_by_key(|(promotion, at, _)| {
            let used = receipt.used.iter().position(|one| one.promotion == *promotion);
            (used.unwrap_or(usize::MAX), *at)
        });
        told.insert("actions".into(), self.actions.into_iter().map(|(_, _, action)| action).collect());
    }
}

/// Whether a result is what a case expects: every key that is expected, amounts to the cent, fractions within one.
pub(super) fn agrees(expected: &Value, told: &Value) -> bool {
    match (expected, told) {
        (Value::Object(expected), Value::Object(told)) => expected
            .iter()
            .filter(|(key, _)| !matches!(key.as_str(), "note" | "trace"))
            .all(|(key, value)| told.get(key).is_some_and(|told| agrees(value, told))),
        (Value::Array(expected), Value::Array(told)) => {
            expected.len() == told.len() && expected.iter().zip(told).all(|(one, other)| agrees(one, other))
        }
        (Value::Number(one), Value::Number(other)) if one.is_f64() => {
            one.as_f64().zip(other.as_f64()).is_some_and(|(one, other)| (one - other).abs() <= 1.0)
        }
        (one, other) => one == other,
    }
}
