//! `GET /marketer`: the shop's own page on its campaigns, for a browser that knows the shop key (any name, the key as the
//! password). Each campaign's steps and arms, its response beside its natural rate, and what its coupons cost against plan.
//!
//! Outcomes are a table that the shop keeps (`serve --outcomes`); what is told of it, and what is refused, is
//! `evaluation::response`. Spending is what the checkout granted, less what was given back. Plain HTML and SVG, no script.

use crate::endpoint::Shared;
use crate::endpoint::checkout::redemptions::Spending;
use crate::endpoint::refusal::Refusal;
use crate::endpoint::store;
use crate::evaluation::response::{Arm, Asked, Campaign as Told, evaluate, of_reports};
use crate::feeds::decimal;
use crate::fitting::experiment::{Answers, Told as Rate};
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::sync::Arc;
use windowshop::target::Campaign;
use windowshop::target::arms::HOLDOUT;

/// The rise that is to be seen, as a part of one: fewer shoppers than that takes, and no rate is told.
const LIFT: f64 = 0.03;

/// The page's own style sheet.
pub(super) async fn style() -> Response {
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], include_str!("marketer.css")).into_response()
}

/// The page.
pub(super) async fn page(State(shared): State<Arc<Shared>>, headers: HeaderMap) -> Result<Response, Refusal> {
    if !shared.key.opens_page(&headers) {
        let challenge =
            [(header::WWW_AUTHENTICATE, "Basic realm=\"campaigns: any name, the shop key as the password\"")];
        return Ok((StatusCode::UNAUTHORIZED, challenge, "the shop key opens this page").into_response());
    }
    let checkout = shared.checkout.as_ref().ok_or_else(|| {
        Refusal::new(
            StatusCode::NOT_FOUND,
            "not_found",
            "this page needs the checkout: start with --checkout",
        )
    })?;
    let prices = checkout.prices();
    let engine = prices.engine();
    let spending = checkout.redemptions.spending().await.map_err(|error| {
        tracing::error!("what was granted could not be read: {error:#}");
        Refusal::store()
    })?;
    let told = match &shared.outcomes {
        Some(file) => {
            let file = file.clone();
            let asked = move || evaluate(&Asked { file: &file, answers: Answers::Raw, lift: LIFT });
            // A file of many rows is read beside what else is served.
            let read = tokio::task::spawn_blocking(asked).await;
            read.map_err(anyhow::Error::from).and_then(|read| read).map(|read| read.campaigns).map_err(
                |error| {
                    tracing::error!("the outcomes could not be read: {error:#}");
                    Refusal::new(
                        StatusCode::INTERNAL_SERVER_ERROR,
                        "outcomes",
                        format!("the outcomes: {error:#}"),
                    )
                },
            )?
        }
        None => Vec::new(),
    };
    let tallies =
        store::told(shared.store.as_ref(), &shared.questionnaire(), None, None).await.map_err(|error| {
            tracing::error!("counts could not be read: {error:#}");
            Refusal::store()
        })?;
    let reported = of_reports(&shared.questionnaire(), &tallies, LIFT);
    let shop =
        Shop { exponent: engine.catalogue().meta().exponent, currency: &engine.catalogue().meta().currency };
    let mut html = String::from(concat!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">",
        "<title>Campaigns</title><link rel=\"stylesheet\" href=\"/marketer.css\"><main><h1>Campaigns</h1>",
        "<p>What each campaign changed, beside what would have come anyway. The effect is that of putting a coupon forward, ",
        "whether or not somebody looked. A rate is told only with its natural rate, and only of as many as it takes. What ",
        "stands behind ± is how far the 95 % interval reaches.</p>",
    ));
    if shared.demo_backend {
        html.push_str(
            "<p class=\"none\">This is the demo shop: its outcomes, and the shoppers behind most reports, are made up.</p>",
        );
    }
    if shared.outcomes.is_none() {
        html.push_str(
            "<p class=\"none\">No outcomes are at hand: start with <code>--outcomes FILE</code>.</p>",
        );
    }
    for campaign in engine.campaigns().all() {
        let of = |all: &'_ [Told]| -> Vec<Told> {
            all.iter().filter(|told| told.id == campaign.id).cloned().collect()
        };
        section(
            &mut html,
            &shop,
            campaign,
            &[(Source::Table, of(&told)), (Source::Reports, of(&reported))],
            &spending,
        );
    }
    others(&mut html, &shop, engine.campaigns().all(), &spending);
    html.push_str("</main></html>");
    Ok(Html(html).into_response())
}

struct Shop<'a> {
    exponent: u8,
    currency: &'a str,
}

impl Shop<'_> {
    fn money(&self, minor: i64) -> String {
        format!("{} {}", decimal(minor, self.exponent), self.currency)
    }
}

/// Where outcomes come from.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Source {
    /// A table that the shop keeps.
    Table,
    /// Randomised reports.
    Reports,
}

fn section(
    html: &mut String,
    shop: &Shop<'_>,
    campaign: &Campaign,
    sources: &[(Source, Vec<Told>)],
    spending: &[Spending],
) {
    let days = |days: &[u16]| days.iter().map(u16::to_string).collect::<Vec<_>>().join(", ");
    let _ = write!(html, "<section><h2>{}</h2><p>", escaped(&campaign.id));
    let _ = match campaign.waves.as_slice() {
        [] => write!(html, "While somebody belongs to its audience."),
        waves => write!(
            html,
            "Due on day {} after what it follows; read out {} days later.",
            days(waves),
            campaign.read_out_days
        ),
    };
    let arms: Vec<String> = campaign.arms.iter().map(|arm| escaped(&arm.id)).collect();
    let held = f64::from(campaign.holdout) / 100.0;
    let _ = write!(html, " Arms: {}; {held} % are left alone.</p>", arms.join(", "));
    if sources.iter().all(|(_, told)| told.is_empty()) {
        html.push_str("<p class=\"none\">No outcomes yet.</p>");
    }
    let told = || sources.iter().flat_map(|(source, told)| told.iter().map(|told| (*source, told)));
    let rates =
        told().flat_map(|(_, told)| told.natural.into_iter().chain(told.arms.iter().map(|arm| arm.response)));
    let most = rates.map(|rate| rate.value + rate.within);
    let most = most.fold(0.01, f64::max) * 1.1;
    for (source, of) in told() {
        let step = match (&of.step, source) {
            (None, _) => String::new(),
            (Some(step), Source::Table) => format!("Day {}: ", escaped(step)),
            (Some(week), Source::Reports) => {
                format!("By randomised reports, orders in the week before {}: ", escaped(week))
            }
        };
        if let Some(reason) = &of.refused {
            let _ = write!(html, "<p class=\"none\">{step}no rate is told: {}.</p>", escaped(reason));
            continue;
        }
        let Some(natural) = of.natural else { continue };
        let _ = write!(html, "<h3>{step}{} shoppers</h3>", of.shoppers);
        picture(html, natural, &of.arms, most);
        table(html, (natural, of.held_out), &of.arms);
        for (arm, needed) in &of.untold {
            let _ = write!(
                html,
                "<p class=\"none\">Nothing is told of {}: that takes {needed} shoppers in the campaign.</p>",
                escaped(arm)
            );
        }
        let by = of.entries.iter().map(|(entry, count)| format!("{} {count}", escaped(entry)));
        let by: Vec<String> = by.collect();
        if !by.is_empty() {
            let _ = write!(html, "<p>They came by: {}.</p>", by.join(", "));
        }
        for arm in of.arms.iter().filter(|arm| !arm.steps.is_empty()) {
            let share = |count: u64| count as f64 / arm.shoppers.max(1) as f64 * 100.0;
            let steps = arm.steps.iter().map(|(name, count)| format!("{name} {:.1} %", share(*count)));
            let steps: Vec<String> = steps.collect();
            let _ = write!(html, "<p>How far {} came: {}.</p>", escaped(&arm.id), steps.join(", "));
        }
        let pairs = of.bought_together.iter().map(|(pair, times)| format!("{} ({times})", escaped(pair)));
        let pairs: Vec<String> = pairs.collect();
        if !pairs.is_empty() {
            let _ = write!(html, "<p>Bought together most: {}.</p>", pairs.join(", "));
        }
    }
    for coupon in campaign.coupons() {
        let of = spending.iter().find(|of| of.promotion == coupon.promotion);
        spent(html, shop, &coupon.promotion, of);
    }
    html.push_str("</section>");
}

/// What is spent of the budgets of promotions that no campaign puts forward.
fn others(html: &mut String, shop: &Shop<'_>, campaigns: &[Campaign], spending: &[Spending]) {
    let named: BTreeSet<&str> =
        campaigns.iter().flat_map(Campaign::coupons).map(|coupon| coupon.promotion.as_str()).collect();
    let is_planned = |of: &&Spending| of.budget_spent.is_some() || of.budget_uses.is_some();
    let rest = spending.iter().filter(|of| !named.contains(of.promotion.as_str())).filter(is_planned);
    let rest: Vec<&Spending> = rest.collect();
    if rest.is_empty() {
        return;
    }
    html.push_str(
        "<section><h2>Budgets beside campaigns</h2><p>Of promotions that no campaign puts forward.</p>",
    );
    for of in rest {
        spent(html, shop, &of.promotion, Some(of));
    }
    html.push_str("</section>");
}

/// What was spent of a promotion, beside what is planned.
fn spent(html: &mut String, shop: &Shop<'_>, promotion: &str, of: Option<&Spending>) {
    let (uses, spent) = of.map_or((0, 0), |of| (of.uses, of.spent));
    let name = escaped(promotion);
    let _ = write!(html, "<p>{name}: used {uses} times, {} net of what was given back", shop.money(spent));
    match of.and_then(|of| of.budget_spent) {
        Some(plan) if plan > 0 => {
            let part = (spent as f64 / plan as f64).clamp(0.0, 1.0) * 300.0;
            let _ = write!(
                html,
                " of {} planned.</p><svg class=\"plan\" viewBox=\"0 0 300 10\" role=\"img\" aria-label=\"{name}: spent \
                 of plan\"><rect class=\"all\" width=\"300\" height=\"10\"/><rect class=\"part\" width=\"{part:.1}\" \
                 height=\"10\"/></svg>",
                shop.money(plan)
            );
        }
        _ => match of.and_then(|of| of.budget_uses) {
            Some(plan) => {
                let _ = write!(html, "; {plan} uses are planned.</p>");
            }
            None => html.push_str("; it has no budget.</p>"),
        },
    }
}

/// Rates as points with their intervals, the natural one first.
fn picture(html: &mut String, natural: Rate, arms: &[Arm], most: f64) {
    let height = 26 * (arms.len() + 1);
    let x = |rate: f64| 130.0 + (rate / most).clamp(0.0, 1.0) * 360.0;
    let _ = write!(
        html,
        "<svg viewBox=\"0 0 500 {height}\" role=\"img\" aria-label=\"response beside the natural rate\"><line class=\"natural\" \
         x1=\"{0:.1}\" x2=\"{0:.1}\" y1=\"0\" y2=\"{height}\"/>",
        x(natural.value)
    );
    let rates =
        [(HOLDOUT, natural)].into_iter().chain(arms.iter().map(|arm| (arm.id.as_str(), arm.response)));
    for (row, (name, rate)) in rates.enumerate() {
        let y = 13 + 26 * row;
        let (low, high) = (x(rate.value - rate.within), x(rate.value + rate.within));
        let _ = write!(
            html,
            "<text x=\"0\" y=\"{}\">{}</text><line x1=\"{low:.1}\" x2=\"{high:.1}\" y1=\"{y}\" y2=\"{y}\"/><circle \
             cx=\"{:.1}\" cy=\"{y}\" r=\"4\"/>",
            y + 4,
            escaped(name),
            x(rate.value)
        );
    }
    html.push_str("</svg>");
}

fn table(html: &mut String, (natural, held_out): (Rate, u64), arms: &[Arm]) {
    let cell = |rate: Rate| format!("{:.2} % ± {:.2}", rate.value * 100.0, rate.within * 100.0);
    html.push_str(
        "<table><tr><th>arm<th>shoppers<th>response<th>beyond the natural rate<th>net of returns</tr>",
    );
    let _ = write!(html, "<tr><td>{HOLDOUT}<td>{held_out}<td>{}<td><td></tr>", cell(natural));
    for arm in arms {
        let net = arm.net.map_or("still open".to_string(), cell);
        let _ = write!(
            html,
            "<tr><td>{}<td>{}<td>{}<td>{}<td>{net}</tr>",
            escaped(&arm.id),
            arm.shoppers,
            cell(arm.response),
            cell(arm.effect)
        );
    }
    html.push_str("</table>");
}

/// A text as it stands in HTML or SVG: it says nothing to a browser but itself.
pub(crate) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn those_held_out_are_counted_and_other_budgets_are_told() {
        let rate = |value: f64| Rate { value, within: 0.01 };
        let mut html = String::new();
        table(&mut html, (rate(0.0), 130), &[]);
        assert!(html.contains("<td>holdout<td>130<td>0.00 % ± 1.00<"), "{html}");
        let of = |promotion: &str, budget_uses| Spending {
            promotion: promotion.into(),
            uses: 3,
            spent: 1_500,
            budget_spent: None,
            budget_uses,
        };
        let (shop, mut html) = (Shop { exponent: 2, currency: "EUR" }, String::new());
        others(&mut html, &shop, &[], &[of("free", None)]);
        assert_eq!(html, "", "nothing is planned of it");
        others(&mut html, &shop, &[], &[of("free", None), of("<ten>", Some(10))]);
        assert!(
            html.contains("&lt;ten&gt;: used 3 times, 15.00 EUR net") && html.contains("10 uses are planned")
        );
        assert!(!html.contains("free:"), "{html}");
    }

    #[test]
    fn names_from_outside_are_texts() {
        assert_eq!(escaped("<b a=\"&\">"), "&lt;b a=&quot;&amp;&quot;&gt;");
    }
}
