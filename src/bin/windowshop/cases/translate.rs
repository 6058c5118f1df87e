//! Makes of a case what our engine prices: lines and promotions with ids of our own, and the facts beside them.
//!
//! Which lines a rule is about is found here, by the words of the file, and handed over as a list of items. A promotion
//! that does several things becomes several, each with the same conditions.

mod medusa;

use super::NOW;
use super::schema::{Action, Case, Line, Promotion, Scope, plain};
use super::semantics::Semantics;
use anyhow::{Context, bail};
use serde_json::Value;
use windowshop::base::digest::Digest;
use windowshop::base::money::Money;
use windowshop::base::time::Timestamp;
use windowshop::pricing::benefits::{Benefit, FixedAmount, FixedPrice, NthUnit, Percent, Threshold};
use windowshop::pricing::conditions::{
    self, Amount, Code, CustomerGroup, OrderNumber, Quantity, Tier, Window,
};
use windowshop::pricing::promotion::PRIORITY_MAX;
use windowshop::pricing::{
    self, Account, AppliesTo, Budget, Facts, Layer, Promotions, Selector, Shipping, Tax,
};

/// The most times that a rule without a limit counts.
const TIMES_MAX: u32 = 10_000;

/// What our engine prices, and what of it stands for what of the case.
pub(super) struct Translated {
    pub(super) semantics: Semantics,
    pub(super) cart: pricing::Cart,
    pub(super) facts: Facts,
    pub(super) promotions: Promotions,
    /// The case's line of each of the cart's, by its position among lines and then shipping methods.
    pub(super) lines: Vec<usize>,
    /// The case's promotion of each of ours, by its id.
    pub(super) owners: Vec<(String, usize)>,
}

impl Translated {
    /// The position of the case's promotion that one of ours stands for.
    pub(super) fn owner(&self, id: &str) -> Option<usize> {
        self.owners.iter().find(|(known, _)| known == id).map(|(_, owner)| *owner)
    }
}

struct Reader<'a> {
    case: &'a Case,
    semantics: Semantics,
    promotions: Vec<pricing::Promotion>,
    owners: Vec<(String, usize)>,
    facts: Facts,
}

/// One thing that a promotion does.
struct Part {
    lines: Vec<usize>,
    applies_to: AppliesTo,
    benefit: Benefit,
    cap: Option<i64>,
    /// Of the parts of one group at most one is used.
    group: Option<String>,
}

/// Translates a case.
///
/// # Errors
/// Where it holds what no setting of ours does.
pub(super) fn translate(case: &Case) -> anyhow::Result<Translated> {
    let semantics = Semantics::of(case.semantics.as_deref())?;
    let customer = &case.cart.customer;
    let mut facts = Facts::with_codes(&codes_of(case));
    facts.account = Account {
        tier: customer.tier.unwrap_or(0),
        groups: customer.group.iter().map(|group| id_of("group", group)).collect(),
        orders: customer.placed_orders.or(customer.orders),
        ..Account::default()
    };
    let mut reader = Reader { case, semantics, promotions: Vec::new(), owners: Vec::new(), facts };
    for at in 0..case.promotions.len() {
        reader.promotion(at).with_context(|| format!("promotions[{at}]"))?;
    }
    let (cart, lines) = cart(case, semantics)?;
    let Reader { promotions, owners, facts, .. } = reader;
    let promotions = Promotions::new(promotions)?.with_manners(semantics.manners(case.cart.max_codes))?;
    Ok(Translated { semantics, cart, facts, promotions, lines, owners })
}

/// The codes entered. A case of the best combination lists codes to choose from: all are at hand.
fn codes_of(case: &Case) -> Vec<String> {
    let at_hand = case.semantics.as_deref() == Some("bestcombo-v1");
    let of_promotions = case.promotions.iter().filter_map(|promotion| promotion.code.clone());
    let codes = case.cart.codes.iter().cloned().chain(of_promotions.filter(|_| at_hand));
    codes.map(|code| id_of("CODE", &code)).collect()
}

/// A text as an id of ours: ids have no spaces, and some of these do.
fn id_of(kind: &str, text: &str) -> String {
    let hash = Digest::of(text.trim().to_uppercase().as_bytes()).to_hex().to_uppercase();
    format!("{kind}:{hash:.32}")
}

fn item_of(line: usize) -> String {
    format!("line-{line:04}")
}

/// Every line, the ways to ship behind them where they are priced like lines.
fn rows(case: &Case) -> impl Iterator<Item = &Line> {
    case.cart.lines.iter().chain(&case.cart.shipping_methods)
}

/// What one unit of a line costs, rounded half up where only the whole is known.
fn unit_price(line: &Line) -> anyhow::Result<i64> {
    let units = i64::from(line.units().max(1));
    match (line.unit_price, line.subtotal) {
        (Some(price), _) => Ok(price),
        (None, Some(whole)) => Ok(Money::new(whole)?.share(1, units)?.minor()),
        (None, None) => bail!("line {:?} has neither unit_price nor subtotal", line.name()),
    }
}

fn cart(case: &Case, semantics: Semantics) -> anyhow::Result<(pricing::Cart, Vec<usize>)> {
    let mut lines = Vec::new();
    let mut owners = Vec::new();
    for (at, line) in rows(case).enumerate() {
        // A whole that units do not share evenly is one unit: its cents are what counts.
        let whole = line.unit_price.is_none();
        let price = if whole { line.subtotal.unwrap_or_default() } else { unit_price(line)? };
        let units = if whole { 1 } else { line.units() };
        let unit_price = Money::new(price)?;
        let split = if semantics.by_unit() { units } else { 1 };
        for unit in 0..split {
            lines.push(pricing::Line {
                key: format!("{at:04}.{unit:04}"),
                item: item_of(at),
                unit_price,
                list_price: if line.catalog_discounted {
                    unit_price.plus(Money::new(1)?)?
                } else {
                    unit_price
                },
                quantity: units / split.max(1),
                floor: Money::new(line.min_unit_price.unwrap_or(0))?,
                tax_rate: hundredths(line.tax)?,
                ..pricing::Line::default()
            });
            owners.push(at);
        }
    }
    let tax = if case.cart.prices_include_tax { Tax::Included } else { Tax::Added };
    let mut cart = pricing::Cart::new(lines)?.taxed(tax);
    if let Some(fee) = case.cart.shipping {
        cart = cart.shipped(Shipping { fee: Money::new(fee)?, tax_rate: 0 })?;
    }
    Ok((cart, owners))
}

impl Reader<'_> {
    fn promotion(&mut self, at: usize) -> anyhow::Result<()> {
        let case = self.case;
        let Some(promotion) = case.promotions.get(at) else { return Ok(()) };
        if self.semantics == Semantics::Medusa && !self.holds_for_cart(promotion)? {
            return Ok(());
        }
        let mut parts = Vec::new();
        for action in promotion.all_actions() {
            parts.extend(self.parts(promotion, action)?);
        }
        let only = parts.len() == 1;
        for part in parts {
            let whole = self.one(at, promotion, part, only)?;
            self.promotions.push(whole);
        }
        Ok(())
    }

    /// `only` says whether the part is all that the promotion does: a code names one promotion of ours.
    fn one(
        &mut self,
        at: usize,
        promotion: &Promotion,
        part: Part,
        only: bool,
    ) -> anyhow::Result<pricing::Promotion> {
        // Ties go by id, so ours are numbered in the order of the case's own.
        let rank = self.case.promotions.iter().filter(|other| other.name() < promotion.name()).count();
        let id = format!("{rank:04}.{at:04}.{:04}", self.owners.len());
        self.owners.push((id.clone(), at));
        let code = promotion.code.as_ref().filter(|_| !promotion.automatic);
        let alone = self.case.promotions.iter().filter(|other| other.code == promotion.code).count() == 1;
        let mut conditions = self.conditions(promotion)?;
        if let Some(code) = code.filter(|_| !(alone && only)) {
            conditions.push(conditions::Condition::Code(Code { any_of: vec![id_of("CODE", code)] }));
        }
        let mut budget = Self::budget(promotion)?;
        if let Some(left) = promotion.user_cap_left {
            let uses = budget.and_then(|budget| budget.uses).map_or(left, |uses| uses.min(left));
            budget = Some(Budget { uses: Some(uses), ..budget.unwrap_or_default() });
        }
        if let Some(left) = budget {
            self.facts.budget_left.push((id.clone(), left));
        }
        let layer = match (part.applies_to, promotion.layer.as_deref()) {
            (AppliesTo::Shipping, _) => Layer::Shipping,
            (_, Some("line")) | (AppliesTo::Line | AppliesTo::Unit, None) => Layer::Line,
            _ if self.semantics == Semantics::Saleor && code.is_none() => Layer::Line,
            _ => Layer::Order,
        };
        let not_with = |other: &&(String, usize)| {
            self.case.promotions.get(other.1).is_some_and(|other| {
                promotion.not_with.contains(&other.name()) || other.not_with.contains(&promotion.name())
            })
        };
        Ok(pricing::Promotion {
            code: code.filter(|_| alone && only).map(|code| id_of("CODE", code)),
            priority: self.priority(at, promotion)?,
            group: part.group.or_else(|| promotion.group.as_ref().map(|group| id_of("group", group))),
            exclusive: promotion.exclusive,
            not_with: self.owners.iter().filter(not_with).map(|(id, _)| id.clone()).collect(),
            target: selector(&part.lines),
            applies_to: part.applies_to,
            conditions,
            benefit: part.benefit,
            cap: part.cap.map(Money::new).transpose()?,
            // What is left is a fact; the whole is never reached and only says that there is a limit.
            budget: budget.map(|_| Budget { uses: Some(1_000_000), spend: None }),
            id,
            layer,
            ..pricing::Promotion::default()
        })
    }

    fn priority(&self, at: usize, promotion: &Promotion) -> anyhow::Result<u32> {
        let given = u32::try_from(promotion.priority.unwrap_or(0)).context("a priority below zero")?;
        let code_last = u32::from(promotion.code.is_some());
        Ok(match self.semantics {
            // Higher first; those without one in the order in which they are written.
            Semantics::Sylius if self.case.promotions.iter().all(|one| one.priority.is_none()) => at as u32,
            Semantics::Sylius => PRIORITY_MAX.checked_sub(given).context("a priority beyond 1000000")?,
            // Those that buy and get come first, then as written.
            Semantics::Medusa => at as u32 + if promotion.buys() { 0 } else { PRIORITY_MAX / 2 },
            Semantics::Saleor => code_last,
            _ => given,
        })
    }

    /// What is left of a promotion's budget, in uses or in money.
    fn budget(promotion: &Promotion) -> anyhow::Result<Option<Budget>> {
        let uses = |uses: u32| Some(Budget { uses: Some(uses), spend: None });
        if promotion.coupon_exhausted {
            return Ok(uses(0));
        }
        if let Some(limit) = promotion.usage_limit {
            return Ok(uses(limit.saturating_sub(promotion.usage_used.unwrap_or(0))));
        }
        if let Some(left) = promotion.budget_left {
            return Ok(Some(Budget { uses: None, spend: Some(Money::new(left)?) }));
        }
        let Some((campaign, limit)) = promotion.campaign.as_ref().and_then(|of| Some((of, of.limit?))) else {
            return Ok(None);
        };
        let left = limit.saturating_sub(campaign.used).max(0);
        Ok(match campaign.budget_type.as_deref() {
            Some("usage") => uses(u32::try_from(left).unwrap_or(u32::MAX)),
            _ => Some(Budget { uses: None, spend: Some(Money::new(left)?) }),
        })
    }

    fn conditions(&self, promotion: &Promotion) -> anyhow::Result<Vec<conditions::Condition>> {
        let everything = || Some(Selector::default());
        let mut all = Vec::new();
        for window in [&promotion.window, &promotion.coupon_window].into_iter().flatten() {
            let at = |from: i64| Some(Timestamp(NOW.0 + from));
            let (opens, closes) = match window.as_str() {
                "active" => (at(-1), at(1)),
                "future" => (at(1), None),
                "expired" => (None, at(0)),
                other => bail!("a window is active, future or expired, not {other:?}"),
            };
            all.push(conditions::Condition::Window(Window { opens, closes }));
        }
        if let Some(at_least) = promotion.member_tier.filter(|tier| *tier > 0) {
            all.push(conditions::Condition::Tier(Tier { at_least }));
        }
        if promotion.first_order {
            all.push(conditions::Condition::OrderNumber(OrderNumber { is: 1 }));
        }
        if promotion.min_amount > 0 {
            all.push(conditions::Condition::Amount(Amount {
                at_least: Money::new(promotion.min_amount)?,
                of: None,
            }));
        }
        for condition in &promotion.conditions {
            let Some(kind) = condition.kind.as_deref().filter(|kind| *kind != "attribute") else { continue };
            let number = || condition.value.as_ref().and_then(Value::as_i64).context("a condition's value");
            let words: Vec<String> = match &condition.value {
                Some(Value::Array(words)) => words.iter().map(plain).collect(),
                Some(word) => vec![plain(word)],
                None => Vec::new(),
            };
            let lines_of = |holds: &dyn Fn(&Line) -> bool| -> Option<Selector> {
                Some(selector(&places(self.case, holds)))
            };
            let count = || anyhow::Ok(u32::try_from(number()?)?);
            let amount = |of| anyhow::Ok(Amount { at_least: Money::new(number()?)?, of });
            let one_of = |of| conditions::Condition::Quantity(Quantity { at_least: 1, of });
            all.push(match kind {
                "items_total_gte" => conditions::Condition::Amount(amount(everything())?),
                "category_total_gte" => {
                    let category = condition.category.clone().context("a condition's category")?;
                    let of = lines_of(&|line| line.categories.contains(&category));
                    conditions::Condition::Amount(amount(of)?)
                }
                "cart_quantity_gte" => {
                    conditions::Condition::Quantity(Quantity { at_least: count()?, of: everything() })
                }
                "has_product" => one_of(lines_of(&|line| words.contains(&line.name()))),
                "has_category" => {
                    one_of(lines_of(&|line| line.categories.iter().any(|of| words.contains(of))))
                }
                "nth_order" => conditions::Condition::OrderNumber(OrderNumber { is: count()? }),
                "customer_group" => conditions::Condition::CustomerGroup(CustomerGroup {
                    any_of: words.iter().map(|group| id_of("group", group)).collect(),
                }),
                other => bail!("a condition of kind {other:?} is not known"),
            });
        }
        // A limit of nothing is no condition.
        all.retain(|condition| match condition {
            conditions::Condition::Amount(amount) => amount.at_least > Money::ZERO,
            conditions::Condition::Quantity(quantity) => quantity.at_least > 0,
            _ => true,
        });
        Ok(all)
    }

    fn parts(&self, promotion: &Promotion, action: &Action) -> anyhow::Result<Vec<Part>> {
        if self.semantics == Semantics::Medusa {
            return self.parts_of_medusa(promotion, action);
        }
        let lines = self.lines(promotion, action);
        let target = action.target.as_deref().or(promotion.layer.as_deref()).unwrap_or("order");
        let free_shipping = action.kind == "free_shipping";
        let applies_to = match target {
            _ if free_shipping => AppliesTo::Shipping,
            // The layer of a case of the best combination says when, not on what: its lines are taken together.
            _ if promotion.layer.is_some() && target != "shipping" => AppliesTo::Order,
            "unit" => AppliesTo::Unit,
            // Rounded for a unit, then multiplied.
            "line" | "items"
                if matches!(self.semantics, Semantics::Saleor | Semantics::Vendure)
                    && action.kind == "percent" =>
            {
                AppliesTo::Unit
            }
            "line" => AppliesTo::Line,
            "order" | "items" => AppliesTo::Order,
            "shipping" | "shipping_methods" => AppliesTo::Shipping,
            other => bail!("a target of {other:?} is not known"),
        };
        let benefit = benefit(action)?;
        let part =
            |lines, group| Part { lines, applies_to, benefit: benefit.clone(), cap: action.cap, group };
        // Of the catalogue's promotions the best one of each line wins.
        if self.semantics == Semantics::Saleor && promotion.code.is_none() && target == "unit" {
            let of_line = |line: usize| part(vec![line], Some(format!("catalogue-{line}")));
            return Ok(lines.into_iter().map(of_line).collect());
        }
        Ok(vec![part(lines, None)])
    }

    /// The lines that an action is about.
    fn lines(&self, promotion: &Promotion, action: &Action) -> Vec<usize> {
        places(self.case, &|line| {
            let scoped = match &promotion.scope {
                Some(Scope::Attribute(attribute, value)) => {
                    line.attrs.get(attribute).map(plain) == Some(plain(value))
                }
                Some(Scope::Everything(_)) | None => true,
            };
            let price = line.unit_price.unwrap_or_default();
            let filtered = action.filter.as_ref().is_none_or(|filter| {
                let product = filter.products.is_empty()
                    || filter.products.iter().any(|product| plain(product) == line.name());
                let category = filter.categories.is_empty()
                    || filter.categories.iter().any(|category| line.categories.contains(category));
                product
                    && category
                    && filter.price_min.is_none_or(|least| price >= least)
                    && filter.price_max.is_none_or(|most| price <= most)
            });
            scoped && filtered && !(promotion.skip_discounted && line.catalog_discounted)
        })
    }
}

/// Positions of the lines for which something holds.
fn places(case: &Case, holds: &dyn Fn(&Line) -> bool) -> Vec<usize> {
    case.cart.lines.iter().enumerate().filter(|(_, line)| holds(line)).map(|(at, _)| at).collect()
}

fn selector(lines: &[usize]) -> Selector {
    let items = lines.iter().map(|at| item_of(*at));
    let none = lines.is_empty().then(|| "none".to_string());
    Selector { items: items.chain(none).collect(), ..Selector::default() }
}

/// A value of an action in minor units.
fn minor(value: f64) -> anyhow::Result<Money> {
    if !(0.0..=9.0e15).contains(&value) {
        bail!("{value} is not an amount");
    }
    Ok(Money::new(value.round() as i64)?)
}

/// A value of an action in hundredths of a percent.
fn hundredths(value: f64) -> anyhow::Result<u32> {
    if !(0.0..=100.0).contains(&value) {
        bail!("{value} is not a percentage");
    }
    Ok((value * 100.0).round() as u32)
}

fn benefit(action: &Action) -> anyhow::Result<Benefit> {
    Ok(match action.kind.as_str() {
        "fixed" => Benefit::FixedAmount(FixedAmount { off: minor(action.value)? }),
        "percent" | "percentage" => Benefit::Percent(Percent { off: hundredths(action.value)? }),
        "set_total" => Benefit::FixedPrice(FixedPrice { price: minor(action.value)? }),
        "free_shipping" => Benefit::Percent(Percent { off: 10_000 }),
        "threshold_each" => Benefit::Threshold(Threshold {
            spend: Money::new(action.every.context("every")?)?,
            off: Money::new(action.off.context("off")?)?,
            times: action.max_times.unwrap_or(TIMES_MAX),
        }),
        "nth_free" => Benefit::NthUnit(NthUnit { every: action.n.context("n")?, percent: 10_000, times: 1 }),
        other => bail!("an action of kind {other:?} is not known"),
    })
}
