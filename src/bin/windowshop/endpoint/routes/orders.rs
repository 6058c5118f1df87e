//! `POST /demo/orders`: the demo shop's own backend (`--demo-backend`), which holds the shop key so that no browser does.
//!
//! It does what a shop's backend does at its checkout: prices the cart by the endpoint's own quote, refuses where that is
//! not what the shopper was shown, and has the promotions granted. Nobody signs in at the demo and nothing is paid, so an
//! order is its own account; a shop passes its account's id and facts here.

use super::{body, quotes, redemptions};
use crate::endpoint::checkout::redemptions::{Asked, Redemption};
use crate::endpoint::refusal::Refusal;
use crate::endpoint::{Shared, limits};
use axum::Json;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::sync::Arc;
use windowshop::base::ids::check_id;
use windowshop::engine::{CartInput, CartLineInput, ReceiptView};

/// What the storefront sends on the shopper's click.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Asking {
    /// The order's id, made by the storefront, so that asking again orders once.
    order: String,
    /// The state that the receipt named which the shopper saw.
    state: String,
    /// What was left to pay by it, in minor units.
    payable: i64,
    lines: Vec<CartLineInput>,
    #[serde(default)]
    codes: Vec<String>,
    shipping: Option<i64>,
}

/// What is told of an order.
#[derive(Serialize)]
pub(super) struct Ordered {
    order: String,
    now: i64,
    receipt: ReceiptView,
}

/// Takes an order.
pub(super) async fn take(
    State(shared): State<Arc<Shared>>,
    request: Request,
) -> Result<(StatusCode, Json<Ordered>), Refusal> {
    let checkout = shared.demo_backend()?;
    let asking: Asking = body::read(request, "an order", limits::QUOTE_BYTES).await?;
    let Asking { order, state, payable, lines, codes, shipping } = asking;
    check_id(&order).map_err(|error| Refusal::bad("malformed", format!("order: {error}")))?;
    let cart = CartInput { lines, codes, shipping, ..CartInput::default() };
    let quote = quotes::of_cart(checkout, Some(state), cart).await?;
    if quote.receipt.payable != payable {
        let message = "this is not what the shopper was shown; show what is told here, and ask again";
        let both = json!({ "quote": quote });
        return Err(Refusal::new(StatusCode::CONFLICT, "price_changed", message).beside(both));
    }
    if quote.receipt.lines.iter().all(|line| line.available == 0) {
        return Err(Refusal::bad("empty", "nothing of this cart can be bought now".to_string()));
    }
    let given = quote.receipt.used.iter().chain(&quote.receipt.tenders);
    let mut asked: Vec<Asked> =
        given.map(|used| Asked { promotion: used.id.clone(), amount: used.amount }).collect();
    asked.sort();
    if !asked.is_empty() {
        let account = order.clone();
        redemptions::of_order(checkout, &Redemption { order: order.clone(), account, asked }).await?;
    }
    Ok((StatusCode::CREATED, Json(Ordered { order, now: quote.now, receipt: quote.receipt })))
}
