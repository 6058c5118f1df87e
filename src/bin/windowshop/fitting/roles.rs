//! Item roles, worked out of a shop's own log by rules that can be read.
//!
//! What is classified is never an item, which lives a few days, but an outfit where the log names one, and else brand ×
//! category (domain facts, section 2). Five figures are counted of each: how many looked at it (or bought it, in a log
//! without looks), in how many orders it was, what was left of its price, in what share of its orders something else was
//! too (association), and what share of its buyers bought again on a later day (repeat). Each is put beside the same
//! figure of all others: poor is the lowest third, good the highest. The rules are in [`Figures::role`].

use crate::training::rows::{self, Rows};
use anyhow::{Result, bail, ensure};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use windowshop::base::money::Money;
use windowshop::base::time::DAY;
use windowshop::catalogue::Role;

/// What is classified.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(untagged)]
pub(crate) enum Unit {
    /// Items that are worn together.
    Outfit {
        /// Its stable id.
        outfit: String,
    },
    /// A brand's goods of a category.
    Goods {
        /// Stable id of the brand.
        brand: String,
        /// Stable id of the category.
        category: String,
    },
}

/// What was counted of a unit.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub(crate) struct Figures {
    /// How often it was looked at; its buyers in a log without looks.
    pub(crate) looks: u64,
    /// In how many orders it was.
    pub(crate) orders: u64,
    /// What was left: of its price, or beside the list price where costs are not told. 0 to 1.
    pub(crate) margin: f64,
    /// In what share of its orders something else was too.
    pub(crate) association: f64,
    /// What share of its buyers bought again, anything, on a later day.
    pub(crate) repeat: f64,
}

/// A unit with its role.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Classified {
    #[serde(flatten)]
    pub(crate) unit: Unit,
    pub(crate) role: &'static str,
    #[serde(flatten)]
    pub(crate) figures: Figures,
}

/// Where the thirds and the middle of a figure lie among all units.
#[derive(Debug, Clone, Copy)]
struct Thirds {
    low: f64,
    middle: f64,
    high: f64,
}

impl Thirds {
    fn of(all: &[Figures], figure: impl Fn(&Figures) -> f64) -> Self {
        let mut values: Vec<f64> = all.iter().map(figure).collect();
        values.sort_by(f64::total_cmp);
        let at = |share: f64| {
            let last = values.len().saturating_sub(1);
            values.get((share * last as f64).round() as usize).copied().unwrap_or_default()
        };
        Self { low: at(1.0 / 3.0), middle: at(0.5), high: at(2.0 / 3.0) }
    }
}

impl Figures {
    fn conversion(&self) -> f64 {
        self.orders as f64 / (self.looks.max(1)) as f64
    }

    /// The role, the first rule that holds:
    /// 1. marginal: poor in orders, association and repeat, all three;
    /// 2. profit: good in margin, and repeat is in the upper half;
    /// 3. traffic: good in looks, and association is in the upper half;
    /// 4. potential: few looked (the lower half), and of those many bought (good in orders a look);
    /// 5. none.
    fn role(&self, of: &Scales) -> Role {
        // Where most are alike, what is like most is neither poor nor good.
        let poor = |value: f64, scale: Thirds| value <= scale.low && value < scale.middle;
        let good = |value: f64, scale: Thirds| value >= scale.high && value > scale.middle;
        let (orders, looks) = (self.orders as f64, self.looks as f64);
        if poor(orders, of.orders) && poor(self.association, of.association) && poor(self.repeat, of.repeat) {
            Role::Marginal
        } else if good(self.margin, of.margin) && self.repeat >= of.repeat.middle {
            Role::Profit
        } else if good(looks, of.looks) && self.association >= of.association.middle {
            Role::Traffic
        } else if looks < of.looks.middle && good(self.conversion(), of.conversion) {
            Role::Potential
        } else {
            Role::None
        }
    }
}

struct Scales {
    looks: Thirds,
    orders: Thirds,
    margin: Thirds,
    association: Thirds,
    repeat: Thirds,
    conversion: Thirds,
}

/// A log, counted.
#[derive(Debug, Default)]
pub(crate) struct Log {
    looks: BTreeMap<Unit, u64>,
    lines: Vec<Line>,
    /// On which days each customer bought.
    days: BTreeMap<String, BTreeSet<i64>>,
}

#[derive(Debug)]
struct Line {
    unit: Unit,
    order: String,
    customer: String,
    day: i64,
    /// What is left of `whole`.
    kept: i64,
    whole: i64,
}

impl Log {
    /// Reads a table of events. `event` is `view` or `purchase`, `brand` and `category` are the item's, and `outfit` may be
    /// there. A purchase has `customer_id`, `order_id`, `ts` (milliseconds or RFC 3339), `value` (what the line came to)
    /// and `cost` (what it cost the shop) or `list` (what it would have come to at list price).
    ///
    /// # Errors
    /// Where a column is missing or a cell is off.
    pub(crate) fn read(file: &Path, columns: &[(String, String)], exponent: u8) -> Result<Self> {
        let mut rows = Rows::open(file)?.named(columns);
        let (event, brand, category) = (rows.need("event")?, rows.need("brand")?, rows.need("category")?);
        let (customer, order) = (rows.need("customer_id")?, rows.need("order_id")?);
        let (instant, value) = (rows.need("ts")?, rows.need("value")?);
        let (outfit, cost, list) = (rows.find("outfit")?, rows.find("cost")?, rows.find("list")?);
        ensure!(
            cost.is_some() || list.is_some(),
            "{} has neither cost nor list: without one of them nothing is known of margins",
            file.display()
        );
        let mut log = Self::default();
        while rows.advance()? {
            let cell = |column: usize| rows.cell(column).to_string();
            let unit = match outfit.map(&cell).filter(|outfit| !outfit.is_empty()) {
                Some(outfit) => Unit::Outfit { outfit },
                None => Unit::Goods { brand: cell(brand), category: cell(category) },
            };
            match rows.cell(event) {
                "view" => *log.looks.entry(unit).or_default() += 1,
                "purchase" => {
                    let at = rows::instant(rows.cell(instant)).map_err(|reason| rows.wrong("ts", reason))?;
                    let amount = |name: &'static str, column: usize| {
                        let amount = Money::parse(rows.cell(column), exponent);
                        amount.map(Money::minor).map_err(|error| rows.wrong(name, error))
                    };
                    let value = amount("value", value)?;
                    let (kept, whole) = match (cost, list) {
                        (Some(cost), _) => (value.saturating_sub(amount("cost", cost)?), value),
                        (_, Some(list)) => (value, amount("list", list)?.max(value)),
                        _ => (0, 0),
                    };
                    let day = at.div_euclid(DAY);
                    log.days.entry(cell(customer)).or_default().insert(day);
                    log.lines.push(Line {
                        unit,
                        order: cell(order),
                        customer: cell(customer),
                        day,
                        kept,
                        whole,
                    });
                }
                other => bail!("{}", rows.wrong("event", format!("{other:?} is neither view nor purchase"))),
            }
        }
        ensure!(!log.lines.is_empty(), "{} has no purchases", file.display());
        Ok(log)
    }

    /// Every unit with at least so many looks, with its role, by ascending unit.
    pub(crate) fn classify(&self, at_least: u64) -> Vec<Classified> {
        let figures: Vec<(Unit, Figures)> = self.figures().filter(|(_, of)| of.looks >= at_least).collect();
        let all: Vec<Figures> = figures.iter().map(|(_, figures)| *figures).collect();
        let scales = Scales {
            looks: Thirds::of(&all, |of| of.looks as f64),
            orders: Thirds::of(&all, |of| of.orders as f64),
            margin: Thirds::of(&all, |of| of.margin),
            association: Thirds::of(&all, |of| of.association),
            repeat: Thirds::of(&all, |of| of.repeat),
            conversion: Thirds::of(&all, Figures::conversion),
        };
        let classified = figures.into_iter().map(|(unit, figures)| Classified {
            unit,
            role: figures.role(&scales).name(),
            figures,
        });
        classified.collect()
    }

    fn figures(&self) -> impl Iterator<Item = (Unit, Figures)> {
        let mut in_order: BTreeMap<&str, BTreeSet<&Unit>> = BTreeMap::new();
        let mut of_unit: BTreeMap<&Unit, Vec<&Line>> = self.looks.keys().map(|unit| (unit, vec![])).collect();
        for line in &self.lines {
            in_order.entry(&line.order).or_default().insert(&line.unit);
            of_unit.entry(&line.unit).or_default().push(line);
        }
        let counted: Vec<(Unit, Figures)> = of_unit
            .into_iter()
            .map(|(unit, lines)| {
                let orders: BTreeSet<&str> = lines.iter().map(|line| line.order.as_str()).collect();
                let beside =
                    orders.iter().filter(|order| in_order.get(**order).is_some_and(|of| of.len() > 1));
                let mut buyers: BTreeMap<&str, i64> = BTreeMap::new();
                for line in &lines {
                    let first = buyers.entry(&line.customer).or_insert(line.day);
                    *first = line.day.min(*first);
                }
                let again = buyers.iter().filter(|(customer, first)| {
                    let days = self.days.get(**customer);
                    days.is_some_and(|days| days.last().is_some_and(|last| last > *first))
                });
                let share = |part: usize, of: usize| if of == 0 { 0.0 } else { part as f64 / of as f64 };
                let sum = |of: fn(&Line) -> i64| lines.iter().map(|line| of(line) as f64).sum::<f64>();
                let whole = sum(|line| line.whole);
                let looks = if self.looks.is_empty() {
                    buyers.len() as u64
                } else {
                    self.looks.get(unit).copied().unwrap_or_default()
                };
                let figures = Figures {
                    looks,
                    orders: orders.len() as u64,
                    margin: if whole > 0.0 { sum(|line| line.kept) / whole } else { 0.0 },
                    association: share(beside.count(), orders.len()),
                    repeat: share(again.count(), buyers.len()),
                };
                (unit.clone(), figures)
            })
            .collect();
        counted.into_iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fmt::Write;

    /// Five brands that behave as the roles are described, and four that are like everything.
    fn log() -> Result<Log> {
        let mut text = String::from("event,customer_id,order_id,ts,brand,category,value,cost\n");
        let mut order = 0;
        let mut rows = |brand: &str, looks: u32, orders: u32, beside: u32, again: u32, cost: u32| {
            for _ in 0..looks {
                let _ = writeln!(text, "view,,,,{brand},shoes,,");
            }
            for at in 0..orders {
                order += 1;
                let _ = writeln!(
                    text,
                    "purchase,{brand}{at},o{order},2026-11-01T10:00:00Z,{brand},shoes,100,{cost}"
                );
                if at < beside {
                    let _ =
                        writeln!(text, "purchase,{brand}{at},o{order},2026-11-01T10:00:00Z,other,bags,50,25");
                }
                if at < again {
                    order += 1;
                    let _ =
                        writeln!(text, "purchase,{brand}{at},o{order},2026-11-09T10:00:00Z,other,bags,50,25");
                }
            }
        };
        rows("marginal", 400, 2, 0, 0, 60);
        rows("profit", 500, 40, 20, 20, 20);
        rows("traffic", 2_000, 40, 30, 10, 70);
        rows("potential", 200, 40, 16, 8, 60);
        for ordinary in ["a", "b", "c", "d"] {
            rows(ordinary, 500, 30, 15, 10, 60);
        }
        let folder = tempfile::tempdir()?;
        let file = folder.path().join("log.csv");
        std::fs::write(&file, text)?;
        Log::read(&file, &[], 2)
    }

    #[test]
    fn each_role_is_told_by_its_rule() -> Result<()> {
        let classified = log()?.classify(100);
        let role = |name: &str| {
            let is = |row: &&Classified| matches!(&row.unit, Unit::Goods { brand, .. } if brand == name);
            classified.iter().find(is).map(|row| row.role)
        };
        for name in ["marginal", "profit", "traffic", "potential"] {
            assert_eq!(role(name), Some(name));
        }
        assert_eq!(role("a"), Some("none"));
        assert_eq!(role("other"), None, "nobody looked at it");
        Ok(())
    }

    #[test]
    fn figures_are_counted_by_hand_too() -> Result<()> {
        let log = log()?;
        let unit = Unit::Goods { brand: "profit".into(), category: "shoes".into() };
        let (_, figures) = log.figures().find(|(of, _)| *of == unit).expect("counted");
        assert_eq!((figures.looks, figures.orders), (500, 40));
        assert!((figures.margin - 0.8).abs() < 1e-9 && (figures.association - 0.5).abs() < 1e-9);
        assert!((figures.repeat - 0.5).abs() < 1e-9);
        Ok(())
    }
}
