//! `items`: what is sold.

use super::super::clock;
use super::super::row::{Row, count_of};
use super::super::shop::Shop;
use super::{Table, put};
use serde_json::{Map, Value, json};
use windowshop::base::money::AMOUNT_MAX;
use windowshop::catalogue::Role;
use windowshop::catalogue::input::ItemInput;

/// The closed list of return reasons, in the order the pack counts them.
pub(crate) const RETURN_REASONS: [&str; 8] =
    ["too_small", "too_large", "differs_from_picture", "quality", "fabric", "does_not_suit", "late", "other"];

const ROLES: [(&str, Role); 5] = [
    ("none", Role::None),
    ("traffic", Role::Traffic),
    ("profit", Role::Profit),
    ("marginal", Role::Marginal),
    ("potential", Role::Potential),
];

impl Table for ItemInput {
    const NAME: &'static str = "items";
    const SHOWN: &'static str = "name";
    const COLUMNS: &'static [&'static str] = &[
        "id",
        "sale",
        "category",
        "price",
        "list_price",
        "lowest_price",
        "stock",
        "attributes",
        "outfit",
        "rating",
        "rating_count",
        "sold",
        "returned",
        "return_reasons",
        "role",
        "sensitive",
        "authenticity_insured",
        "season",
        "shelf_life_until",
    ];
    const NEEDED: &'static [&'static str] = &["id", "sale", "category", "price", "list_price", "stock"];
    const PAIRS: &'static [&'static str] = &["attributes", "return_reasons"];

    fn read(row: &mut Row<'_>) -> Self {
        let item = Self {
            id: row.id("id"),
            sale: row.id("sale"),
            category: row.id("category"),
            price: row.required("price", Row::money),
            list_price: row.required("list_price", Row::money),
            lowest_price: row.money("lowest_price"),
            stock: row.stock("stock"),
            attributes: row.attributes("attributes"),
            outfit: row.optional_id("outfit"),
            rating: row.decimal("rating", 2).unwrap_or(0).try_into().unwrap_or(u16::MAX),
            rating_count: row.count("rating_count", u32::MAX).unwrap_or(0),
            sold: row.count("sold", u32::MAX).unwrap_or(0),
            returned: row.count("returned", u32::MAX).unwrap_or(0),
            return_reasons: return_reasons(row),
            role: row.choice("role", &ROLES).unwrap_or_default(),
            sensitive: row.flag("sensitive"),
            authenticity_insured: row.flag("authenticity_insured"),
            off_season: row.choice("season", &[("current", false), ("off", true)]).unwrap_or(false),
            shelf_life_days: row.date("shelf_life_until"),
        };
        check(&item, row);
        item
    }

    fn fields(&self, shop: &Shop) -> Map<String, Value> {
        let money = |minor: i64| Value::from(decimal(minor, shop.exponent));
        let mut fields = Map::new();
        put(&mut fields, "id", Some(self.id.clone().into()));
        put(&mut fields, "sale", Some(self.sale.clone().into()));
        put(&mut fields, "category", Some(self.category.clone().into()));
        put(&mut fields, "price", Some(money(self.price)));
        put(&mut fields, "list_price", Some(money(self.list_price)));
        put(&mut fields, "lowest_price", self.lowest_price.map(money));
        let stock = self.stock.iter();
        let stock =
            stock.map(|row| json!({ "size": row.size, "left": row.left, "at_opening": row.at_opening }));
        put(&mut fields, "stock", Some(stock.collect()));
        let attributes: Map<String, Value> = self
            .attributes
            .iter()
            .filter_map(|text| text.split_once('='))
            .map(|(name, value)| (name.into(), value.into()))
            .collect();
        put(&mut fields, "attributes", (!attributes.is_empty()).then_some(attributes.into()));
        put(&mut fields, "outfit", self.outfit.clone().map(Value::from));
        put(&mut fields, "rating", (self.rating > 0).then(|| decimal(i64::from(self.rating), 2).into()));
        let count = |count: u32| (count > 0).then(|| Value::from(count));
        put(&mut fields, "rating_count", count(self.rating_count));
        put(&mut fields, "sold", count(self.sold));
        put(&mut fields, "returned", count(self.returned));
        let reasons: Map<String, Value> = RETURN_REASONS
            .iter()
            .zip(self.return_reasons)
            .filter(|(_, count)| *count > 0)
            .map(|(name, count)| ((*name).into(), count.into()))
            .collect();
        put(&mut fields, "return_reasons", (!reasons.is_empty()).then_some(reasons.into()));
        put(&mut fields, "role", (self.role != Role::None).then(|| self.role.name().into()));
        put(&mut fields, "sensitive", self.sensitive.then_some(true.into()));
        put(&mut fields, "authenticity_insured", self.authenticity_insured.then_some(true.into()));
        put(&mut fields, "season", self.off_season.then(|| "off".into()));
        let until = self.shelf_life_days.map(|days| clock::date_text(i64::from(days)).into());
        put(&mut fields, "shelf_life_until", until);
        fields
    }
}

fn return_reasons(row: &mut Row<'_>) -> [u32; 8] {
    let mut counts = [0; 8];
    for (name, cell) in row.pairs("return_reasons") {
        let field = format!("return_reasons.{name}");
        let place = RETURN_REASONS.iter().position(|reason| *reason == name);
        match (place.and_then(|place| counts.get_mut(place)), count_of(&cell)) {
            (Some(count), Some(value)) => *count = value,
            (None, _) => row.problem(&field, format!("is not one of {}", RETURN_REASONS.join(", "))),
            (_, None) => row.problem(&field, "is a whole number"),
        }
    }
    counts
}

/// What must hold among the fields of one item; the pack writer holds the same.
fn check(item: &ItemInput, row: &mut Row<'_>) {
    let below = item.list_price < item.price || item.list_price > AMOUNT_MAX;
    if row.sound(&["price", "list_price"]) && below {
        row.problem("list_price", "is below the price");
    }
    if item.lowest_price == Some(0) {
        row.problem("lowest_price", "is above zero; leave the field out where it is not known");
    }
    if item.rating != 0 && !(100..=500).contains(&item.rating) {
        row.problem("rating", "is from 1.00 to 5.00");
    }
    if row.sound(&["rating", "rating_count"]) && (item.rating == 0) != (item.rating_count == 0) {
        row.problem("rating_count", "goes with rating: both or neither");
    }
    if row.sound(&["sold", "returned"]) && item.returned > item.sold {
        row.problem("returned", "is more than was sold");
    }
    let reasons: u64 = item.return_reasons.iter().map(|count| u64::from(*count)).sum();
    if row.sound(&["returned", "return_reasons"]) && reasons > u64::from(item.returned) {
        row.problem("return_reasons", "count more than was returned");
    }
    for (at, size) in item.stock.iter().enumerate() {
        let name = &size.size;
        if size.left > size.at_opening {
            row.problem("stock", format!("has more of size {name} left than at opening"));
        }
        if item.stock.iter().take(at).any(|earlier| earlier.size == *name) {
            row.problem("stock", format!("has size {name} twice"));
        }
    }
}

/// A decimal text of minor units.
pub(crate) fn decimal(minor: i64, exponent: u8) -> String {
    if exponent == 0 {
        return minor.to_string();
    }
    let digits = usize::from(exponent);
    let text = format!("{:0width$}", minor.unsigned_abs(), width = digits + 1);
    let (whole, fraction) = text.split_at(text.len() - digits);
    format!("{}{whole}.{fraction}", if minor < 0 { "-" } else { "" })
}
