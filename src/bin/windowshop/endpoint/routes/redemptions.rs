//! `POST /v1/redemptions`: grants an order its promotions. `DELETE /v1/redemptions/{order}`: gives them back.
//!
//! For the shop's own backend: both want the shop key. All of an order is granted or nothing, on the disk before it is
//! said; asking again with the same order is safe.

use super::body;
use crate::endpoint::checkout::Checkout;
use crate::endpoint::checkout::redemptions::{Asked, Done, Granted, Redemption, Refused};
use crate::endpoint::refusal::Refusal;
use crate::endpoint::{Shared, limits, now};
use axum::Json;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, StatusCode};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::sync::Arc;
use windowshop::base::ids::check_id;
use windowshop::base::money::AMOUNT_MAX;

/// What is asked for.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Asking {
    order: String,
    account: String,
    promotions: Vec<Asked>,
}

/// What is told.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Told {
    order: String,
    granted: Vec<Granted>,
    known: bool,
    /// Whether what was granted has been given back; told where that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    given_back: Option<bool>,
}

/// Grants everything that is asked for, or nothing.
pub(super) async fn grant(
    State(shared): State<Arc<Shared>>,
    headers: HeaderMap,
    request: Request,
) -> Result<(StatusCode, Json<Told>), Refusal> {
    let checkout = shared.checkout(&headers)?;
    let asking: Asking = body::read(request, "a redemption", limits::REDEMPTION_BYTES).await?;
    let asked = read(asking)?;
    let done = of_order(checkout, &asked).await?;
    let status = if done.known { StatusCode::OK } else { StatusCode::CREATED };
    let Done { granted, known } = done;
    Ok((status, Json(Told { order: asked.order, granted, known, given_back: None })))
}

/// Grants an order everything that is asked for, or nothing.
pub(super) async fn of_order(checkout: &Checkout, asked: &Redemption) -> Result<Done, Refusal> {
    let done = checkout.redemptions.grant(asked, now()).await.map_err(|error| failed(&error))?;
    done.map_err(refusal)
}

/// Gives back what an order was granted.
pub(super) async fn give_back(
    State(shared): State<Arc<Shared>>,
    headers: HeaderMap,
    Path(order): Path<String>,
) -> Result<Json<Told>, Refusal> {
    let checkout = shared.checkout(&headers)?;
    check_id(&order).map_err(|error| Refusal::bad("malformed", format!("order: {error}")))?;
    let done = checkout.redemptions.give_back(&order).await.map_err(|error| failed(&error))?;
    let Done { granted, known } = done.map_err(refusal)?;
    Ok(Json(Told { order, granted, known, given_back: Some(true) }))
}

/// Checks what is asked for.
fn read(asking: Asking) -> Result<Redemption, Refusal> {
    let malformed = |message: String| Err(Refusal::bad("malformed", message));
    let Asking { order, account, promotions: mut asked } = asking;
    if let Err(error) = check_id(&order) {
        return malformed(format!("order: {error}"));
    }
    if account.is_empty() || account.len() > limits::ACCOUNT_BYTES {
        return malformed(format!("account: is a text of 1 to {} bytes", limits::ACCOUNT_BYTES));
    }
    if asked.is_empty() || asked.len() > limits::PROMOTIONS_AN_ORDER {
        return malformed(format!("promotions: are 1 to {}", limits::PROMOTIONS_AN_ORDER));
    }
    for (at, Asked { promotion, amount }) in asked.iter().enumerate() {
        if let Err(error) = check_id(promotion) {
            return malformed(format!("promotions[{at}].promotion: {error}"));
        }
        if !(0..=AMOUNT_MAX).contains(amount) {
            return malformed(format!("promotions[{at}].amount: is 0 to {AMOUNT_MAX}, in minor units"));
        }
    }
    asked.sort();
    if let Some(pair) = asked.windows(2).find(|pair| pair[0].promotion == pair[1].promotion) {
        return malformed(format!("promotions: {} is there twice", pair[0].promotion));
    }
    Ok(Redemption { order, account, asked })
}

fn failed(error: &anyhow::Error) -> Refusal {
    tracing::error!("a redemption could not be written: {error:#}");
    Refusal::store()
}

fn refusal(refused: Refused) -> Refusal {
    let message = refused.to_string();
    let conflict = |code, details| Refusal::new(StatusCode::CONFLICT, code, &*message).with(details);
    match refused {
        Refused::Unknown { promotion } => conflict("unknown_promotion", json!({ "promotion": promotion })),
        Refused::Ended { promotion } => conflict("ended", json!({ "promotion": promotion })),
        Refused::UsedUp { promotion, used, of } => {
            conflict("used_up", json!({ "promotion": promotion, "used": used, "of": of }))
        }
        Refused::BudgetGone { promotion, left, .. } => {
            conflict("budget_gone", json!({ "promotion": promotion, "left": left }))
        }
        Refused::OrderDiffers { .. } => conflict("order_differs", json!({})),
        Refused::GivenBack { .. } => conflict("given_back", json!({})),
        Refused::UnknownOrder { .. } => Refusal::new(StatusCode::NOT_FOUND, "unknown_order", message),
    }
}
