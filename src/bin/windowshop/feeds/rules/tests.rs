//! The pages on promotions and campaigns, example by example, and what the reader refuses beyond them.

use super::{CAMPAIGNS, PROMOTIONS, Rules};
use crate::evaluation::campaigns::treated;
use crate::feeds::problem::{FeedError, Problems};
use crate::feeds::shop::Shop;
use crate::feeds::{clock, read};
use anyhow::{Context, Result, bail, ensure};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;
use windowshop::base::money::Money;
use windowshop::base::time::{DAY, Date, Timestamp, Zone};
use windowshop::catalogue::input::TrainedInput;
use windowshop::pricing::{self, Account, Applied, Cart, Line, Promotions, Reason, Shipping};
use windowshop::shopper::lifecycle::{Phase, Thresholds, stage};
use windowshop::shopper::value::{OrderRow, figures};
use windowshop::target::{self, Bought, Campaigns, Facts, Moments, Said, Surfacing};

const PROMOTIONS_PAGE: &str = include_str!("../../../../../docs/promotions.md");
const CAMPAIGNS_PAGE: &str = include_str!("../../../../../docs/campaigns.md");

fn shop() -> Shop {
    Shop {
        currency: "CNY".into(),
        exponent: 2,
        zone: "Asia/Shanghai".into(),
        opening_minute: 600,
        preview_days: 3,
        languages: vec!["en".into(), "zh".into()],
        made: None,
    }
}

/// The fenced blocks of a page, each with its info string.
fn blocks(page: &str) -> Vec<(&str, String)> {
    let mut blocks: Vec<(&str, String)> = Vec::new();
    let mut inside = false;
    for line in page.lines() {
        match (line.strip_prefix("```"), inside) {
            (Some(info), false) => {
                blocks.push((info, String::new()));
                inside = true;
            }
            (Some(_), true) => inside = false,
            (None, true) => {
                if let Some((_, text)) = blocks.last_mut() {
                    text.push_str(line);
                    text.push('\n');
                }
            }
            (None, false) => {}
        }
    }
    blocks
}

fn rules(promotions: Option<&str>, campaigns: Option<&str>) -> Result<Rules, FeedError> {
    rules_that_say(promotions, campaigns, None)
}

fn rules_that_say(
    promotions: Option<&str>,
    campaigns: Option<&str>,
    messages: Option<&str>,
) -> Result<Rules, FeedError> {
    let mut problems = Problems::default();
    let texts = [promotions, campaigns, messages].map(|text| text.map(str::to_string));
    let rules = Rules::parse(texts, &shop(), &mut problems);
    problems.into_result()?;
    Ok(rules)
}

/// What a refused file is told, a line a problem.
fn told(promotions: Option<&str>, campaigns: Option<&str>) -> Result<String> {
    match rules(promotions, campaigns) {
        Err(FeedError::Refused(problems)) => {
            let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
            Ok(lines.join("\n") + "\n")
        }
        Err(error) => Err(error.into()),
        Ok(_) => bail!("it was taken"),
    }
}

fn money(text: &str) -> Result<Money> {
    Money::parse(text, 2).with_context(|| text.to_string())
}

fn decimal(amount: Money) -> String {
    let text = format!("{}.{:02}", amount.minor() / 100, amount.minor() % 100);
    text.trim_end_matches(".00").to_string()
}

fn instant(text: &str) -> Result<Timestamp> {
    clock::instant(text, &shop().time_zone()).map_err(anyhow::Error::msg)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CartExample {
    lines: Vec<LineExample>,
    #[serde(default)]
    codes: Vec<String>,
    now: String,
    shipping: Option<String>,
    account: Option<AccountExample>,
    payment: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AccountExample {
    #[serde(default)]
    tier: u32,
    #[serde(default)]
    groups: Vec<String>,
    orders: Option<u32>,
    #[serde(default)]
    points: u32,
    #[serde(default)]
    uses_left: BTreeMap<String, u32>,
}

impl CartExample {
    fn facts(&self, zone: &Zone) -> Result<pricing::Facts> {
        let account = self.account.as_ref().map(|account| Account {
            tier: account.tier,
            groups: account.groups.clone(),
            orders: account.orders,
            points: account.points,
            uses_left: account.uses_left.clone().into_iter().collect(),
        });
        let mut facts = pricing::Facts::with_codes(&self.codes).at(instant(&self.now)?, zone);
        facts.account = account.unwrap_or_default();
        facts.payment.clone_from(&self.payment);
        Ok(facts)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LineExample {
    item: String,
    brand: String,
    categories: Vec<String>,
    price: String,
    list_price: Option<String>,
    quantity: u32,
}

/// What a receipt shall say; what the example leaves out is not looked at, but for refusals of other promotions.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ReceiptExample {
    total: String,
    lines: Option<BTreeMap<String, String>>,
    used: BTreeMap<String, String>,
    #[serde(default)]
    refused: BTreeMap<String, BTreeMap<String, String>>,
    #[serde(default)]
    unknown_codes: Vec<String>,
    shipping: Option<String>,
    tax: Option<String>,
    payable: Option<String>,
    gifts: Option<BTreeMap<String, u32>>,
    points_spent: Option<u32>,
    /// How much more comes off for how much more spent.
    next: Option<BTreeMap<String, [String; 2]>>,
}

fn check_receipt(rules: &Rules, cart: &CartExample, expected: ReceiptExample) -> Result<()> {
    let lines: Result<Vec<Line>> = cart
        .lines
        .iter()
        .map(|line| {
            let price = money(&line.price)?;
            Ok(Line {
                key: line.item.clone(),
                item: line.item.clone(),
                brand: line.brand.clone(),
                categories: line.categories.clone(),
                unit_price: price,
                list_price: line.list_price.as_deref().map_or(Ok(price), money)?,
                quantity: line.quantity,
                tax_rate: rules.promotions.manners().taxes.of(&line.categories),
                ..Line::default()
            })
        })
        .collect();
    let taxes = &rules.promotions.manners().taxes;
    let mut priced = Cart::new(lines?)?.taxed(taxes.tax);
    if let Some(fee) = &cart.shipping {
        priced = priced.shipped(Shipping { fee: money(fee)?, tax_rate: taxes.rate })?;
    }
    let facts = cart.facts(&Zone::new("Asia/Shanghai", vec![(Timestamp(0), 8 * 3_600)])?)?;
    let receipt = pricing::price(&priced, &facts, instant(&cart.now)?, &rules.promotions)?;
    assert_eq!(decimal(receipt.total), expected.total);
    if let Some(shipping) = expected.shipping {
        assert_eq!(decimal(receipt.shipping.clone().unwrap_or_default().total), shipping);
    }
    if let Some(tax) = expected.tax {
        assert_eq!(decimal(receipt.tax), tax);
    }
    assert_eq!(decimal(receipt.payable), expected.payable.unwrap_or(expected.total));
    if let Some(gifts) = expected.gifts {
        let found: BTreeMap<String, u32> =
            receipt.gifts.iter().map(|gift| (gift.item.clone(), gift.quantity)).collect();
        assert_eq!(found, gifts);
    }
    assert_eq!(receipt.points_spent, expected.points_spent.unwrap_or(0));
    if let Some(next) = expected.next {
        let told = |used: &Applied| {
            used.next.map(|next| (used.promotion.clone(), [decimal(next.missing), decimal(next.more)]))
        };
        assert_eq!(receipt.used.iter().filter_map(told).collect::<BTreeMap<_, _>>(), next);
    }
    if let Some(lines) = expected.lines {
        let found: BTreeMap<String, String> =
            receipt.lines.iter().map(|line| (line.item.clone(), decimal(line.total))).collect();
        assert_eq!(found, lines);
    }
    let used: BTreeMap<String, String> =
        receipt.used.iter().map(|used| (used.promotion.clone(), decimal(used.amount))).collect();
    assert_eq!(used, expected.used);
    let refused: BTreeMap<String, BTreeMap<String, String>> = receipt
        .refused
        .iter()
        .map(|refused| {
            let distance = match &refused.reason {
                Reason::AmountShort { missing } => decimal(*missing),
                Reason::QuantityShort { missing } => missing.to_string(),
                reason => reason.less().map(decimal).unwrap_or_default(),
            };
            (refused.promotion.clone(), BTreeMap::from([(refused.reason.code().to_string(), distance)]))
        })
        .collect();
    assert_eq!(refused, expected.refused);
    assert_eq!(receipt.unknown_codes, expected.unknown_codes);
    Ok(())
}

#[test]
fn the_page_on_promotions_tells_what_happens() -> Result<()> {
    let (mut at_hand, mut cart, mut refusal) = (None, None, None);
    let mut checked = 0;
    for (info, text) in blocks(PROMOTIONS_PAGE) {
        match info {
            "json promotions" => at_hand = Some(rules(Some(&text), None)?),
            "json cart" => cart = Some(serde_json::from_str::<CartExample>(&text)?),
            "json receipt" => {
                let expected = serde_json::from_str(&text)?;
                check_receipt(
                    at_hand.as_ref().context("promotions")?,
                    cart.as_ref().context("a cart")?,
                    expected,
                )?;
                checked += 1;
            }
            "json refused promotions" => refusal = Some(told(Some(&text), None)?),
            "text" => {
                assert_eq!(refusal.take().context("a refusal")?, text);
                checked += 1;
            }
            other => bail!("a block of {other:?} that no test reads"),
        }
    }
    ensure!(checked == 9 && refusal.is_none(), "{checked} examples were checked");
    Ok(())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ShopperExample {
    orders: Vec<OrderExample>,
    #[serde(default)]
    needs_care: bool,
    visits: VisitsExample,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OrderExample {
    at: String,
    value: String,
    #[serde(default)]
    categories: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct VisitsExample {
    from: String,
    days: i64,
}

/// Which coupon is surfaced on which day to somebody who looks in once a day.
fn shown(campaigns: &Campaigns, shopper: &ShopperExample, zone: &Zone) -> Result<BTreeMap<String, String>> {
    let id = treated(campaigns);
    let orders: Result<Vec<OrderRow>> = shopper
        .orders
        .iter()
        .map(|order| Ok(OrderRow { at: instant(&order.at)?, value: money(&order.value)? }))
        .collect();
    let orders = orders?;
    let bought: Vec<Bought<'_>> = orders
        .iter()
        .zip(&shopper.orders)
        .map(|(row, order)| Bought {
            at: row.at,
            categories: order.categories.iter().map(String::as_str).collect(),
        })
        .collect();
    let (mut surfaced, mut shown) = (Vec::new(), BTreeMap::new());
    let from = instant(&shopper.visits.from)?;
    for now in (0..shopper.visits.days).map(|day| from.plus(day * DAY)) {
        let known: Vec<OrderRow> = orders.iter().copied().filter(|order| order.at <= now).collect();
        let figures = figures(&known, now, zone);
        let facts = Facts {
            id: Some(&id),
            stage: stage(&figures, Thresholds::default()),
            phase: Phase::of(&figures, Thresholds::default()),
            figures: &figures,
            moments: Moments { orders: &known, bought: &bought, ..Moments::default() },
            needs_care: shopper.needs_care,
            refuses_coupons: false,
            surfaced: &surfaced,
            dismissed: &[],
        };
        if let Some(offer) = target::decide(campaigns, &facts, now, zone, &target::AllUsable).offer {
            let date = Date::from_days(zone.day(now));
            let said = match &offer.said {
                Some(Said::Text(id) | Said::Care(id)) => Some(id.as_str()),
                None => None,
            };
            let parts: Vec<&str> = said.into_iter().chain(offer.coupon.as_deref()).collect();
            shown.insert(format!("{:04}-{:02}-{:02}", date.year, date.month, date.day), parts.join(" + "));
            surfaced.push(Surfacing { coupon: offer.id, at: now });
        }
    }
    Ok(shown)
}

#[test]
fn the_page_on_campaigns_tells_what_happens() -> Result<()> {
    let zone = clock::table("Asia/Shanghai", instant("2026-11-22T00:00")?)?;
    let (mut promotions, mut messages, mut at_hand, mut shopper, mut refusal) =
        (None, None, None, None, None);
    let mut checked = 0;
    for (info, text) in blocks(CAMPAIGNS_PAGE) {
        match info {
            "json promotions" => promotions = Some(text),
            "json messages" => messages = Some(text),
            "json campaigns" => {
                at_hand = Some(rules_that_say(promotions.as_deref(), Some(&text), messages.as_deref())?);
            }
            "json shopper" => shopper = Some(serde_json::from_str::<ShopperExample>(&text)?),
            "json shown" => {
                let expected: BTreeMap<String, String> = serde_json::from_str(&text)?;
                let campaigns = &at_hand.as_ref().context("campaigns")?.campaigns;
                assert_eq!(shown(campaigns, shopper.as_ref().context("a shopper")?, &zone)?, expected);
                checked += 1;
            }
            "json refused campaigns" => refusal = Some(told(promotions.as_deref(), Some(&text))?),
            "text" => {
                assert_eq!(refusal.take().context("a refusal")?, text);
                checked += 1;
            }
            other => bail!("a block of {other:?} that no test reads"),
        }
    }
    ensure!(checked == 5 && refusal.is_none(), "{checked} examples were checked");
    Ok(())
}

/// A promotion with one more field.
fn with(field: &str) -> String {
    let comma = if field.is_empty() { "" } else { "," };
    format!(
        r#"{{"promotions": [{{"id": "p", "name": {{"en": "A", "zh": "B"}}, "benefit": {{"percent": {{"off": "10"}}}}{comma} {field}}}]}}"#
    )
}

#[test]
fn each_kind_of_mistake_is_told_where_it_stands() -> Result<()> {
    rules(Some(&with("")), None)?;
    rules(Some(&with(r#""x_note": "the shop's own""#)), None)?;
    let mistakes = [
        (r#""cap": 50"#, "promotions[0].cap: is a decimal text in quotation marks"),
        (r#""cap": "1.005""#, "promotions[0].cap: the amount has more digits behind the point"),
        (r#""cap": "0""#, "promotions[0].cap: is more than zero"),
        (r#""priority": 1.5"#, "promotions[0].priority: is a whole number from 0 to 1000000, not 1.5"),
        (r#""layer": "lines""#, "promotions[0].layer: is one of line, order, not \"lines\""),
        (r#""exclusive": "yes""#, "promotions[0].exclusive: is true or false"),
        (r#""code": "TWO WORDS""#, "promotions[0].code: an id holds no spaces"),
        (r#""target": {"brands": "lumen"}"#, "promotions[0].target.brands: is a list of ids"),
        (
            r#""target": {"brand": ["lumen"]}"#,
            "promotions[0].target.brand: is not a field here; fields are attributes, ",
        ),
        (
            r#""conditions": [{}]"#,
            "promotions[0].conditions[0]: has exactly one of all, any, not, amount, quantity, window, hours, tier, customer_group, order_number, code, payment, channel, not none",
        ),
        (r#""conditions": [{"weekday": {}}]"#, "promotions[0].conditions[0]: has exactly one of"),
        (r#""conditions": [{"quantity": {}}]"#, "promotions[0].conditions[0].quantity.at_least: is missing"),
        (
            r#""conditions": [{"window": {"opens": "ten"}}]"#,
            "promotions[0].conditions[0].window.opens: \"ten\" is not",
        ),
        (r#""group": null"#, "promotions[0].group: is a text, not null (leave the field out)"),
        (r#""id": "q""#, "is not JSON: \"id\" is there twice"),
    ];
    for (field, expected) in mistakes {
        let told = told(Some(&with(field)), None).with_context(|| field.to_string())?;
        ensure!(
            told.starts_with(PROMOTIONS) && told.contains(expected) && told.lines().count() == 1,
            "{told}"
        );
    }
    let coded = told(
        Some(&with("")),
        Some(
            r#"{"campaigns": [{"id": "c", "salt": "c", "arms": [{"id": "a", "coupons": [{"promotion": "p", "value": "1", "cost": "1"}]}]}]}"#,
        ),
    )?;
    ensure!(coded.starts_with(CAMPAIGNS) && coded.contains("has no code: it applies by itself"), "{coded}");
    ensure!(told(None, Some("[]"))?.contains("is one JSON object"));
    Ok(())
}

#[test]
fn rules_go_into_the_pack_and_back_to_the_folder() -> Result<()> {
    let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/feed-jsonl");
    let folder = tempfile::tempdir()?;
    let mut feed = read(&fixture)?;
    ensure!(feed.rules.sections().is_empty(), "a feed without rules has no sections of them");
    feed.rules = rules(Some(&with(r#""code": "ten""#)), Some(r#"{"campaigns": []}"#))?;
    crate::feeds::write(&feed, folder.path(), crate::feeds::Format::Jsonl)?;
    let again = read(folder.path())?;
    assert_eq!(again.rules.sections(), feed.rules.sections());
    let (input, texts) = again.input(instant("2026-11-22T10:00")?, TrainedInput::default())?;
    assert_eq!(input.rooms.len(), 2);
    assert_eq!(texts[1].promotions.get("p").map(String::as_str), Some("B"));
    // A brand that is not in the feed is a typing error.
    let unknown = with(r#""target": {"brands": ["nobody"]}"#);
    std::fs::write(folder.path().join(PROMOTIONS), unknown)?;
    let refused = read(folder.path()).err().context("it was taken")?.to_string();
    ensure!(refused.contains("names the brand \"nobody\", which is not in the feed"), "{refused}");
    Ok(())
}

#[test]
fn the_demo_shops_rules_are_taken_and_name_its_own_goods() -> Result<()> {
    let promotions = include_str!("../../demo/data/promotions.json");
    let campaigns = include_str!("../../demo/data/campaigns.json");
    let messages = include_str!("../../demo/data/messages.json");
    let rules = rules_that_say(Some(promotions), Some(campaigns), Some(messages))?;
    let categories: Vec<&str> = include_str!("../../demo/data/categories.csv").lines().collect();
    let is_category = |id: &str| categories.iter().any(|row| row.starts_with(&format!("{id},")));
    let mut problems = Problems::default();
    rules.check_references(|_| false, is_category, &mut problems);
    problems.into_result()?;
    ensure!(rules.promotions.all().len() == 20 && rules.campaigns.all().len() == 14);
    Ok(())
}

#[test]
fn the_published_schemas_are_what_the_reader_takes() -> Result<()> {
    let published = [
        (include_str!("../../../../../docs/promotions.schema.json"), super::promotions_schema()),
        (include_str!("../../../../../docs/campaigns.schema.json"), super::campaigns_schema()),
        (include_str!("../../../../../docs/messages.schema.json"), super::messages_schema()),
    ];
    for (published, written) in published {
        ensure!(
            published.trim_end() == serde_json::to_string_pretty(&written)?,
            "docs/*.schema.json are written by `windowshop schema`"
        );
    }
    Ok(())
}

/// Every field of a value, at any depth, as pointers.
fn pointers(value: &serde_json::Value, at: &str, all: &mut Vec<String>) {
    all.push(at.to_string());
    match value {
        serde_json::Value::Object(fields) => {
            for (name, field) in fields {
                pointers(field, &format!("{at}/{name}"), all);
            }
        }
        serde_json::Value::Array(rows) => {
            for (row, field) in rows.iter().enumerate() {
                pointers(field, &format!("{at}/{row}"), all);
            }
        }
        _ => {}
    }
}

proptest::proptest! {
    #[test]
    fn a_rules_file_with_anything_in_any_place_is_taken_or_refused_with_a_path(
        example in 0..4_usize, place in proptest::prelude::any::<proptest::sample::Index>(), with in 0..9_usize,
    ) {
        let examples = blocks(PROMOTIONS_PAGE);
        let examples: Vec<&String> =
            examples.iter().filter(|(info, _)| *info == "json promotions").map(|(_, text)| text).collect();
        let mut file: serde_json::Value = serde_json::from_str(examples[example % examples.len()]).expect("JSON");
        let mut all = Vec::new();
        pointers(&file, "", &mut all);
        let others = [
            "null", "true", "-1", "1e99", "\"\"", "\"9007199254740993\"", "[]", "{}", "[{\"any\": {\"of\": []}}]",
        ];
        let other: serde_json::Value = serde_json::from_str(others[with]).expect("JSON");
        *file.pointer_mut(&all[place.index(all.len())]).expect("a place") = other;
        match rules(Some(&file.to_string()), None) {
            Ok(taken) => {
                // What is taken goes into a pack and comes out again.
                let bytes = taken.promotions.to_bytes();
                proptest::prop_assert_eq!(Promotions::from_bytes(&bytes), Ok(taken.promotions));
            }
            Err(FeedError::Refused(problems)) => {
                let placed = problems.iter().all(|problem| problem.to_string().starts_with(PROMOTIONS));
                proptest::prop_assert!(placed, "a problem without its place");
            }
            Err(error) => return Err(proptest::test_runner::TestCaseError::fail(error.to_string())),
        }
    }
}
