//! Writes the receipt: shares by line, tax, what pays, and for each promotion not used what stood against it.

use super::benefits::Benefit;
use super::cart::{Cart, Tax};
use super::combine::{Candidates, Found, best_with};
use super::facts::Facts;
use super::promotion::Promotion;
use super::receipt::{
    Applied, GiftLine, PointsEarned, Reason, Receipt, ReceiptLine, ReceiptShipping, Refused, Search, Share,
};
use super::section::Promotions;
use super::step::Step;
use super::tax::taxes;
use crate::base::money::{Money, MoneyError};
use crate::base::order;
use alloc::string::String;
use alloc::vec::Vec;

pub(super) fn receipt(
    cart: &Cart,
    facts: &Facts,
    promotions: &Promotions,
    candidates: &Candidates<'_>,
    found: &Found,
) -> Result<Receipt, MoneyError> {
    let mut receipt = Receipt {
        lines: cart.lines().iter().zip(cart.amounts()).map(blank).collect(),
        shipping: cart.shipping().map(|shipping| ReceiptShipping {
            subtotal: shipping.fee,
            total: shipping.fee,
            ..ReceiptShipping::default()
        }),
        subtotal: cart.subtotal(),
        tax_is: cart.tax(),
        search: found.search,
        ..Receipt::default()
    };
    for (place, at) in found.chosen.iter().enumerate() {
        if let Some((step, shares)) = candidates.steps.get(*at).zip(found.shares.get(place)) {
            let next = found.next.get(place).copied().flatten();
            let amount = take_off(&mut receipt, step, shares)?;
            receipt.discount = receipt.discount.plus(amount)?;
            receipt.used.push(applied(step.promotion, amount, next));
            besides(&mut receipt, step, amount, &found.amounts);
        }
    }
    for (at, tax) in taxes(cart, &found.amounts)?.into_iter().enumerate() {
        receipt.tax = receipt.tax.plus(tax)?;
        match (receipt.lines.get_mut(at), &mut receipt.shipping) {
            (Some(line), _) => line.tax = tax,
            (None, Some(shipping)) => shipping.tax = tax,
            (None, None) => {}
        }
    }
    let sum: i64 = found.amounts.iter().sum();
    receipt.total = Money::new(sum)?;
    if cart.tax() == Tax::Added {
        receipt.total = receipt.total.plus(receipt.tax)?;
    }
    refusals(cart, candidates, found, &mut receipt)?;
    pay(candidates, found, &mut receipt)?;
    order::sort_by(&mut receipt.refused, |a, b| a.promotion.cmp(&b.promotion));
    let unknown = facts.codes().iter().filter(|code| promotions.by_code(code).is_none());
    let unknown = unknown.filter(|code| !promotions.asks_for_code(code));
    receipt.unknown_codes = unknown.cloned().collect();
    Ok(receipt)
}

fn blank((line, amount): (&super::cart::Line, &Money)) -> ReceiptLine {
    ReceiptLine {
        key: line.key.clone(),
        item: line.item.clone(),
        quantity: line.quantity,
        unit_price: line.unit_price,
        subtotal: *amount,
        discounts: Vec::new(),
        total: *amount,
        tax: Money::ZERO,
    }
}

fn applied(promotion: &Promotion, amount: Money, next: Option<super::benefits::Next>) -> Applied {
    Applied { promotion: promotion.id.clone(), code: promotion.code.clone(), amount, next }
}

/// Writes a step's shares down, and gives their sum.
fn take_off(receipt: &mut Receipt, step: &Step<'_>, shares: &[i64]) -> Result<Money, MoneyError> {
    let mut sum = Money::ZERO;
    for (at, share) in step.entries.iter().zip(shares) {
        let amount = Money::new(*share)?;
        if amount == Money::ZERO {
            continue;
        }
        let share = Share { promotion: step.promotion.id.clone(), amount };
        let (total, discounts) = match (receipt.lines.get_mut(*at), &mut receipt.shipping) {
            (Some(line), _) => (&mut line.total, &mut line.discounts),
            (None, Some(shipping)) => (&mut shipping.total, &mut shipping.discounts),
            (None, None) => continue,
        };
        *total = total.minus(amount)?;
        discounts.push(share);
        sum = sum.plus(amount)?;
    }
    Ok(sum)
}

/// Writes down what a step gives besides, and what it takes of the account.
fn besides(receipt: &mut Receipt, step: &Step<'_>, amount: Money, amounts: &[i64]) {
    let promotion = step.promotion.id.clone();
    match &step.promotion.benefit {
        Benefit::Gift(gift) => {
            receipt.gifts.push(GiftLine { promotion, item: gift.item.clone(), quantity: gift.units });
        }
        Benefit::PointsMultiplier(points) => {
            let amount: i64 = step.entries.iter().filter_map(|at| amounts.get(*at)).sum();
            let amount = Money::new(amount).unwrap_or_default();
            receipt.points.push(PointsEarned { promotion, times: points.times, amount });
        }
        Benefit::RedeemedPoints(points) => {
            receipt.points_spent = receipt.points_spent.saturating_add(points.spent(amount));
        }
        _ => {}
    }
}

/// Lets vouchers pay, one after the other, while there is something left to pay.
fn pay(candidates: &Candidates<'_>, found: &Found, receipt: &mut Receipt) -> Result<(), MoneyError> {
    receipt.payable = receipt.total;
    for step in &candidates.tenders {
        match step.pays(receipt.payable, &found.amounts)? {
            Ok(amount) => {
                receipt.payable = receipt.payable.minus(amount)?;
                receipt.tenders.push(applied(step.promotion, amount, None));
            }
            Err(reason) => receipt.refused.push(refusal(step.promotion, reason)),
        }
    }
    Ok(())
}

fn refusals(
    cart: &Cart,
    candidates: &Candidates<'_>,
    found: &Found,
    receipt: &mut Receipt,
) -> Result<(), MoneyError> {
    let refused = candidates.refused.iter();
    receipt.refused.extend(refused.map(|(promotion, reason)| refusal(promotion, reason.clone())));
    let mut with = found.with.clone();
    for (at, step) in candidates.steps.iter().enumerate() {
        if !found.chosen.contains(&at) {
            let missed = found.missed.iter().find(|(missed, _)| *missed == at);
            let reason = match missed {
                Some((_, unmet)) => (*unmet).into(),
                None => against(candidates, found, at, less(cart, candidates, found, at, &mut with)?),
            };
            receipt.refused.push(refusal(step.promotion, reason));
        }
    }
    Ok(())
}

fn refusal(promotion: &Promotion, reason: Reason) -> Refused {
    Refused { promotion: promotion.id.clone(), code: promotion.code.clone(), reason }
}

/// How much less the best combination with a step would save. Not told where the searches did not end.
fn less(
    cart: &Cart,
    candidates: &Candidates<'_>,
    found: &Found,
    step: usize,
    with: &mut [i64],
) -> Result<Option<Money>, MoneyError> {
    if found.search != Search::Exact {
        return Ok(None);
    }
    best_with(cart, candidates, step, with)?.map(|value| Money::new(found.value - value)).transpose()
}

/// What stood against a promotion that might have been used.
fn against(candidates: &Candidates<'_>, found: &Found, at: usize, less: Option<Money>) -> Reason {
    let Some(step) = candidates.steps.get(at) else { return Reason::NotBest { less } };
    let promotion = step.promotion;
    if step.over_budget {
        return Reason::BudgetSpent;
    }
    let chosen = || found.chosen.iter().filter_map(|at| candidates.steps.get(*at)).map(|step| step.promotion);
    let id = |other: &Promotion| -> String { other.id.clone() };
    if let Some(other) = chosen().find(|other| promotion.exclusive || other.exclusive) {
        return Reason::Exclusive { with: id(other), less };
    }
    if let Some(other) = chosen().find(|other| promotion.group.is_some() && promotion.group == other.group) {
        return Reason::GroupTaken { by: id(other), less };
    }
    let apart = found.chosen.iter().find(|other| candidates.conflict(at, **other));
    if let Some(other) = apart.and_then(|at| candidates.steps.get(*at)) {
        return Reason::NotWith { with: id(other.promotion), less };
    }
    let codes = chosen().filter(|other| other.code.is_some()).count();
    if promotion.code.is_some() && candidates.codes_taken(codes) {
        return Reason::CodesTaken { less };
    }
    Reason::NotBest { less }
}
