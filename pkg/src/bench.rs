//! What only the bench asks for: one decision, handed over as words and by serde-wasm-bindgen, without the time it took to
//! make; and the facts of a shop as an engine without packs would take them in. Built by `scripts/build-package bench`.

use crate::Machine;
use serde::{Deserialize, Serialize};
use std::cell::RefCell;
use std::collections::BTreeMap;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsError, JsValue};
use windowshop::base::time::Timestamp;
use windowshop::engine::views::words_of;

#[wasm_bindgen]
impl Machine {
    /// Ranks, and keeps the decision.
    ///
    /// # Errors
    /// Where the request cannot be read or is refused.
    pub fn bench_decide(&mut self, request: JsValue, at: f64) -> Result<(), JsError> {
        let request = serde_wasm_bindgen::from_value(request)?;
        let engine = self.engine.as_ref().ok_or_else(|| JsError::new("no pack is open"))?;
        self.decided = Some(engine.decide(&request, Timestamp(at as i64))?.1);
        Ok(())
    }

    /// The decision as words.
    pub fn bench_words(&self) -> Option<Vec<u32>> {
        let (engine, decision) = (self.engine.as_ref()?, self.decided.as_ref()?);
        Some(words_of(engine.catalogue(), decision))
    }

    /// The decision by serde-wasm-bindgen.
    ///
    /// # Errors
    /// Where the answer cannot be handed over.
    pub fn bench_objects(&self) -> Result<JsValue, JsError> {
        let decided = self.engine.as_ref().zip(self.decided.as_ref());
        Ok(serde_wasm_bindgen::to_value(&decided.map(|(engine, decision)| engine.ranking_view(decision)))?)
    }
}

/// The facts of a shop as `benches/browser/facts.mjs` tells them in JSON, each in a field of its own.
#[derive(Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
struct Facts {
    price_edges: Vec<i64>,
    band_priors: Vec<u32>,
    brands: Vec<Named>,
    categories: Vec<Named>,
    sizes: Vec<Named>,
    attributes: Vec<Named>,
    sales: Vec<Sale>,
    covisitation: BTreeMap<String, Vec<(String, u32)>>,
    items: Vec<Item>,
}

#[derive(Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
struct Named {
    #[serde(alias = "size", alias = "attribute")]
    id: String,
    prior: u32,
    parent: Option<String>,
    replenish_days: Option<u16>,
}

#[derive(Deserialize, Serialize)]
struct Sale {
    id: String,
    opens: i64,
    closes: i64,
}

#[derive(Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
struct Item {
    id: String,
    sale: String,
    brand: String,
    category: String,
    price: i64,
    percent_off: u8,
    rating: u16,
    rating_count: u32,
    sold: u32,
    returned: u32,
    role: u8,
    sensitive: bool,
    attributes: Vec<String>,
    sizes: Vec<Stock>,
}

#[derive(Deserialize, Serialize)]
struct Stock {
    size: String,
    left: u32,
}

std::thread_local! {
    /// The shop that was taken in last.
    static TAKEN_IN: RefCell<Option<Facts>> = const { RefCell::new(None) };
}

/// Here and no functions of their own: the bench asks one class (`benches/browser/boundary-instance.mjs`).
#[wasm_bindgen]
impl Machine {
    /// Takes in what `JSON.parse` gave, in place of what was taken in before.
    ///
    /// # Errors
    /// Where a fact is missing or of another kind.
    pub fn bench_take_in(facts: JsValue) -> Result<(), JsError> {
        let facts = serde_wasm_bindgen::from_value(facts)?;
        TAKEN_IN.set(Some(facts));
        Ok(())
    }

    /// Lets go of what was taken in.
    pub fn bench_let_go() {
        TAKEN_IN.set(None);
    }

    /// What an item was taken in as, to be compared with what was handed over.
    ///
    /// # Errors
    /// Where the answer cannot be handed over.
    pub fn bench_taken_item(row: usize) -> Result<JsValue, JsError> {
        TAKEN_IN.with_borrow(|facts| {
            Ok(serde_wasm_bindgen::to_value(&facts.as_ref().and_then(|facts| facts.items.get(row)))?)
        })
    }

    /// How many rows were taken in: `[brands, categories, sizes, attributes, sales, co-visitation, items]`.
    pub fn bench_taken_counts() -> Vec<u32> {
        TAKEN_IN.with_borrow(|facts| {
            let Some(facts) = facts else { return Vec::new() };
            let Facts { brands, categories, sizes, attributes, sales, covisitation, items, .. } = facts;
            let tables = [brands, categories, sizes, attributes].map(Vec::len);
            let others = [sales.len(), covisitation.len(), items.len()];
            tables.into_iter().chain(others).map(|count| count as u32).collect()
        })
    }
}
