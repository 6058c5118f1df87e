//! What Medusa does that others do not: rules over attributes, an amount for each line, and a limit of units.

use super::{Part, Reader, benefit, minor, rows, unit_price};
use crate::cases::schema::{Action, Condition, Line, Promotion, plain};
use anyhow::{Context, bail};
use serde_json::Value;
use windowshop::base::money::Money;
use windowshop::pricing::AppliesTo;
use windowshop::pricing::benefits::{Benefit, FixedAmount};

impl Reader<'_> {
    /// Whether the rules of a promotion hold for the cart, and it applies by itself or by its code.
    pub(super) fn holds_for_cart(&self, promotion: &Promotion) -> anyhow::Result<bool> {
        let cart = &self.case.cart;
        let coded = promotion.code.as_ref().is_some_and(|code| cart.codes.contains(code));
        if !promotion.automatic && promotion.code.is_some() && !coded {
            return Ok(false);
        }
        let rules = promotion.conditions.iter().filter(|rule| rule.attribute.is_some());
        holds_all(rules, &|attribute| found(&cart.context, attribute))
    }

    pub(super) fn parts_of_medusa(
        &self,
        promotion: &Promotion,
        action: &Action,
    ) -> anyhow::Result<Vec<Part>> {
        let all: Vec<&Line> = rows(self.case).collect();
        let goods = self.case.cart.lines.len();
        let of_shipping = matches!(action.target.as_deref(), Some("shipping_methods" | "shipping"));
        let mut lines = Vec::new();
        for (at, line) in all.iter().enumerate() {
            if (at >= goods) == of_shipping
                && holds_all(action.target_rules.iter(), &|attribute| of_line(line, attribute))?
            {
                lines.push(at);
            }
        }
        let part = |lines, applies_to, benefit, cap| Part { lines, applies_to, benefit, cap, group: None };
        if promotion.buys() {
            return self.buy_and_get(action, &all, &lines);
        }
        if action.allocation.as_deref() != Some("each") || action.target.as_deref() == Some("order") {
            return Ok(vec![part(lines, AppliesTo::Order, benefit(action)?, None)]);
        }
        // One for each line, so that a line's limit of units and the budget are looked at line by line.
        lines
            .into_iter()
            .map(|at| {
                let line = all.get(at).context("a line")?;
                let units = line.units().max(1);
                let counted = action.max_quantity.unwrap_or(units).min(units);
                let whole = line.subtotal.map_or_else(
                    || Ok(Money::new(unit_price(line)?)?.times(i64::from(units))?),
                    |whole| anyhow::Ok(Money::new(whole)?),
                )?;
                let most = whole.share(i64::from(counted), i64::from(units))?;
                let benefit = match benefit(action)? {
                    Benefit::Percent(percent) if counted < units => {
                        Benefit::FixedAmount(FixedAmount { off: most.share(i64::from(percent.off), 10_000)? })
                    }
                    other => other,
                };
                Ok(part(vec![at], AppliesTo::Line, benefit, Some(most.minor()).filter(|most| *most > 0)))
            })
            .collect()
    }

    /// Buy so many of some lines and get units of others reduced.
    fn buy_and_get(&self, action: &Action, all: &[&Line], targets: &[usize]) -> anyhow::Result<Vec<Part>> {
        let mut bought: Vec<u32> = vec![0; all.len()];
        let mut needed = action.buy_min_quantity.unwrap_or(1);
        for (at, line) in all.iter().enumerate().take(self.case.cart.lines.len()) {
            if holds_all(action.buy_rules.iter(), &|attribute| of_line(line, attribute))? {
                let taken = needed.min(line.units());
                needed -= taken;
                if let Some(slot) = bought.get_mut(at) {
                    *slot = taken;
                }
            }
        }
        if needed > 0 {
            return Ok(Vec::new());
        }
        let mut left = action.apply_to_quantity.unwrap_or(1);
        let mut parts = Vec::new();
        for at in targets {
            let Some(line) = all.get(*at) else { continue };
            let units = line.units().saturating_sub(bought.get(*at).copied().unwrap_or_default()).min(left);
            if units == 0 {
                continue;
            }
            left -= units;
            let price = Money::new(unit_price(line)?)?.times(i64::from(units))?;
            let off = match action.kind.as_str() {
                "fixed" => minor(action.value)?.times(i64::from(units))?.min(price),
                _ if action.value > 0.0 => price.share((action.value * 100.0).round() as i64, 10_000)?,
                _ => price,
            };
            parts.push(Part {
                lines: vec![*at],
                applies_to: AppliesTo::Line,
                benefit: Benefit::FixedAmount(FixedAmount { off }),
                cap: None,
                group: None,
            });
        }
        Ok(parts)
    }
}

fn holds_all<'a>(
    mut rules: impl Iterator<Item = &'a Condition>,
    value_of: &dyn Fn(&str) -> Vec<String>,
) -> anyhow::Result<bool> {
    rules.try_fold(true, |all, rule| Ok(holds(rule, value_of)? && all))
}

fn holds(rule: &Condition, value_of: &dyn Fn(&str) -> Vec<String>) -> anyhow::Result<bool> {
    let attribute = rule.attribute.as_deref().context("a rule's attribute")?;
    let found = value_of(attribute);
    let asked: Vec<String> = match &rule.value {
        Some(Value::Array(values)) => values.iter().map(plain).collect(),
        Some(value) => vec![plain(value)],
        None => rule.values.iter().map(plain).collect(),
    };
    let any = |holds: &dyn Fn(&str, &str) -> bool| {
        found.iter().any(|found| asked.iter().any(|asked| holds(found, asked)))
    };
    let number = |holds: &dyn Fn(f64, f64) -> bool| {
        any(&|found, asked| {
            found.parse().ok().zip(asked.parse().ok()).is_some_and(|(one, other)| holds(one, other))
        })
    };
    Ok(match rule.operator.as_deref().unwrap_or("in") {
        "in" | "eq" => any(&|found, asked| found == asked),
        "ne" => !any(&|found, asked| found == asked),
        "gt" => number(&|one, other| one > other),
        "gte" => number(&|one, other| one >= other),
        "lt" => number(&|one, other| one < other),
        "lte" => number(&|one, other| one <= other),
        other => bail!("an operator {other:?} is not known"),
    })
}

/// What a line has of an attribute, whether its name is written whole or as a path.
fn of_line(line: &Line, attribute: &str) -> Vec<String> {
    let short = attribute.strip_prefix("items.").unwrap_or(attribute);
    [attribute, short]
        .iter()
        .map(|name| found(&line.attributes, name))
        .find(|found| !found.is_empty())
        .unwrap_or_default()
}

/// The values under a name that is written whole or as a path with points.
fn found(of: &Value, name: &str) -> Vec<String> {
    if let Some(value) = of.get(name) {
        return flat(value);
    }
    let mut rest = name;
    let mut here = of;
    while let Some((head, tail)) = rest.split_once('.') {
        let Some(next) = here.get(head) else { return Vec::new() };
        if let Value::Array(all) = next {
            return all.iter().flat_map(|one| found(one, tail)).collect();
        }
        if let Some(value) = next.get(tail) {
            return flat(value);
        }
        (here, rest) = (next, tail);
    }
    here.get(rest).map(flat).unwrap_or_default()
}

fn flat(value: &Value) -> Vec<String> {
    match value {
        Value::Array(all) => all.iter().flat_map(flat).collect(),
        Value::Object(of) => of.get("id").map(flat).unwrap_or_default(),
        Value::Null => Vec::new(),
        one => vec![plain(one)],
    }
}
