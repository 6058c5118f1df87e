//! `POST /v1/quotes`: what a cart costs, by the engine's own code on the pack that is served.
//!
//! For the shop's own backend, which knows the account and has the shop key. A quote names the pack state and the time it
//! was made of: the same cart, codes, account facts, state and time give the same receipt in every tab, but for promotions
//! whose budget is short or spent, which the checkout alone knows. Where the tab held
//! another state and that makes a difference, both receipts are told.

use super::body;
use crate::endpoint::checkout::Checkout;
use crate::endpoint::refusal::Refusal;
use crate::endpoint::{Shared, limits, now};
use axum::Json;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode};
use serde::{Deserialize, Serialize};
use serde_json::json;
use serde_json::{Map, Value};
use std::sync::Arc;
use windowshop::base::time::Timestamp;
use windowshop::engine::{AccountInput, CartInput, CartLineInput, Engine, EngineError, ReceiptView};

/// What is asked for.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Asking {
    /// The state that the tab's receipt names; left out where there is none.
    state: Option<String>,
    lines: Vec<CartLineInput>,
    #[serde(default)]
    codes: Vec<String>,
    shipping: Option<i64>,
    account: Option<Account>,
    payment: Option<String>,
    channel: Option<String>,
}

/// Who buys: what the shop's backend knows, and the name by which redemptions know the account, where it is told.
#[derive(Debug, Deserialize)]
#[serde(try_from = "Map<String, Value>")]
struct Account {
    id: Option<String>,
    facts: AccountInput,
}

impl TryFrom<Map<String, Value>> for Account {
    type Error = String;

    fn try_from(mut fields: Map<String, Value>) -> Result<Self, String> {
        let id = match fields.remove("id") {
            None => None,
            Some(Value::String(id)) if (1..=limits::ACCOUNT_BYTES).contains(&id.len()) => Some(id),
            Some(_) => return Err(format!("account.id is a text of 1 to {} bytes", limits::ACCOUNT_BYTES)),
        };
        let facts =
            AccountInput::deserialize(Value::Object(fields)).map_err(|error| format!("account: {error}"))?;
        Ok(Self { id, facts })
    }
}

/// A cart with what the checkout has to be asked besides.
struct Cart {
    /// The state that the tab's receipt names.
    state: Option<String>,
    /// The account by the name that redemptions know it by; not kept.
    account: Option<String>,
    input: CartInput,
}

impl Asking {
    fn into_cart(self) -> Cart {
        let Self { state, lines, codes, shipping, account, payment, channel } = self;
        let (account, facts) = account.map_or((None, None), |Account { id, facts }| (id, Some(facts)));
        let input =
            CartInput { lines, codes, shipping, account: facts, payment, channel, ..CartInput::default() };
        Cart { state, account, input }
    }
}

/// What is told: a receipt with the state and the time it is of.
#[derive(Debug, Serialize)]
pub(crate) struct Quote {
    state: String,
    pub(super) now: i64,
    pub(crate) receipt: ReceiptView,
}

impl Quote {
    /// That of a receipt.
    pub(crate) fn of(receipt: ReceiptView, now: Timestamp) -> Self {
        Self { state: receipt.state.clone(), now: now.0, receipt }
    }
}

/// Prices a cart.
pub(super) async fn quote(
    State(shared): State<Arc<Shared>>,
    headers: HeaderMap,
    request: Request,
) -> Result<Json<Quote>, Refusal> {
    let checkout = shared.checkout(&headers)?;
    let asking: Asking = body::read(request, "a quote", limits::QUOTE_BYTES).await?;
    let Cart { state, account, mut input } = asking.into_cart();
    if let Some(account) = account {
        count_uses(checkout, &account, &mut input).await?;
    }
    of_cart(checkout, state, input).await.map(Json)
}

/// Puts in what the account has left of promotions that count its uses: of these the checkout knows better than who asks.
async fn count_uses(checkout: &Checkout, account: &str, cart: &mut CartInput) -> Result<(), Refusal> {
    if checkout.prices().campaigns().iter().all(|limits| limits.per_account.is_none()) {
        return Ok(());
    }
    let counted = checkout.redemptions.uses_left(account).await.map_err(|error| {
        tracing::error!("what an account has left cannot be read: {error:#}");
        Refusal::store()
    })?;
    let facts = cart.account.get_or_insert_default();
    // Of a promotion that is there twice the last count stands.
    facts.uses_left = std::mem::take(&mut facts.uses_left).into_pairs().into_iter().chain(counted).collect();
    Ok(())
}

/// What a cart costs now; refused with both receipts where the tab's state is another and that makes a difference.
pub(super) async fn of_cart(
    checkout: &Checkout,
    state: Option<String>,
    mut cart: CartInput,
) -> Result<Quote, Refusal> {
    let (prices, now) = (checkout.prices(), now());
    // What the checkout would not grant is not promised.
    if prices.campaigns().iter().any(|limits| limits.budget.is_some()) {
        cart.budget_left = checkout.redemptions.budgets().await.map_err(|error| {
            tracing::error!("what is left of budgets cannot be read: {error:#}");
            Refusal::store()
        })?;
    }
    // Pricing and looking for an earlier state take the processor for a while.
    let priced = tokio::task::spawn_blocking(move || -> Result<Quote, Refusal> {
        let receipt = price(prices.engine(), &cart, now)?;
        let quote = Quote::of(receipt, now);
        let Some(state) = state.as_deref().filter(|state| *state != prices.state()) else {
            return Ok(quote);
        };
        let earlier = prices.engine_of(state).map_err(|error| {
            tracing::error!("an earlier state cannot be read: {error:#}");
            Refusal::store()
        })?;
        // What cannot be priced there, such as an item that is new since, is told as no receipt.
        let before = earlier.and_then(|engine| price(&engine, &cart, now).ok());
        let same =
            |before: &ReceiptView| *before == ReceiptView { state: state.into(), ..quote.receipt.clone() };
        if before.as_ref().is_some_and(same) {
            return Ok(quote);
        }
        let message = "the tab's prices are of another pack state; show the shopper what has changed, then ask again \
                       with the state told here";
        let both = json!({ "quote": quote, "tab": { "state": state, "receipt": before } });
        Err(Refusal::new(StatusCode::CONFLICT, "pack_changed", message).beside(both))
    });
    priced.await.map_err(|error| {
        tracing::error!("a quote was not finished: {error}");
        Refusal::store()
    })?
}

fn price(engine: &Engine, cart: &CartInput, now: Timestamp) -> Result<ReceiptView, Refusal> {
    engine.price(cart, now).map_err(|error| {
        let code = match error {
            EngineError::Unknown { .. } => "unknown",
            _ => "cart",
        };
        Refusal::bad(code, error.to_string())
    })
}
