//! Writes the receipt: shares by line, and for each promotion not used what stood against it.

use super::cart::Cart;
use super::combine::{Candidates, Found, Step, best_with};
use super::receipt::{Applied, Reason, Receipt, ReceiptLine, Refused, Search, Share};
use super::section::Promotions;
use crate::base::money::{Money, MoneyError};
use crate::base::order;
use alloc::string::String;
use alloc::vec::Vec;

pub(super) fn receipt(
    cart: &Cart,
    codes: &[String],
    promotions: &Promotions,
    candidates: &Candidates<'_>,
    found: &Found,
) -> Result<Receipt, MoneyError> {
    let chosen: Vec<&Step<'_>> = found.chosen.iter().filter_map(|at| candidates.steps.get(*at)).collect();
    let mut lines: Vec<ReceiptLine> = cart.lines().iter().zip(cart.amounts()).map(blank).collect();
    let mut used = Vec::with_capacity(chosen.len());
    for (step, shares) in chosen.iter().zip(&found.shares) {
        let promotion = step.promotion;
        let mut amount = Money::ZERO;
        for (at, share) in shares {
            let Some(line) = lines.get_mut(*at).filter(|_| *share > Money::ZERO) else { continue };
            amount = amount.plus(*share)?;
            line.total = line.total.minus(*share)?;
            line.discounts.push(Share { promotion: promotion.id.clone(), amount: *share });
        }
        used.push(Applied { promotion: promotion.id.clone(), code: promotion.code.clone(), amount });
    }
    let mut refused: Vec<Refused> =
        candidates.refused.iter().map(|(promotion, reason)| refusal(promotion, reason.clone())).collect();
    for (at, step) in candidates.steps.iter().enumerate() {
        if !found.chosen.contains(&at) {
            let less = less(cart, candidates, found, at)?;
            refused.push(refusal(step.promotion, against(step, &chosen, less)));
        }
    }
    order::sort_by(&mut refused, |a, b| a.promotion.cmp(&b.promotion));
    let unknown = codes.iter().filter(|code| promotions.by_code(code).is_none());
    Ok(Receipt {
        lines,
        subtotal: cart.subtotal(),
        discount: found.saved,
        total: cart.subtotal().minus(found.saved)?,
        used,
        refused,
        unknown_codes: unknown.cloned().collect(),
        search: found.search,
    })
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
    }
}

fn refusal(promotion: &super::promotion::Promotion, reason: Reason) -> Refused {
    Refused { promotion: promotion.id.clone(), code: promotion.code.clone(), reason }
}

/// How much less the best combination with a step would save. Not told where the searches did not end.
fn less(
    cart: &Cart,
    candidates: &Candidates<'_>,
    found: &Found,
    step: usize,
) -> Result<Option<Money>, MoneyError> {
    if found.search != Search::Exact {
        return Ok(None);
    }
    best_with(cart, candidates, step)?.map(|saved| found.saved.minus(saved)).transpose()
}

/// What stood against a promotion that might have been used.
fn against(step: &Step<'_>, chosen: &[&Step<'_>], less: Option<Money>) -> Reason {
    let promotion = step.promotion;
    let alone = chosen.iter().find(|other| promotion.exclusive || other.promotion.exclusive);
    if let Some(other) = alone {
        return Reason::Exclusive { with: other.promotion.id.clone(), less };
    }
    let group =
        chosen.iter().find(|other| promotion.group.is_some() && promotion.group == other.promotion.group);
    match group {
        Some(other) => Reason::GroupTaken { by: other.promotion.id.clone(), less },
        None => Reason::NotBest { less },
    }
}
