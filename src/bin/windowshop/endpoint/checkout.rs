//! The checkout: what a cart costs and what is granted, for the shop's own backend and for nobody else. Off unless
//! `serve --checkout` asks for it.
//!
//! [`prices`] prices carts with the engine's own code on the packs that are served; [`redemptions`] keeps what was
//! granted. What a promotion gives is the engine's; who may ask is the routes'.

pub(super) mod prices;
pub(super) mod redemptions;

use super::files::Files;
use super::place::Place;
use anyhow::{Context, Result};
use prices::Prices;
use redemptions::Redemptions;
use std::sync::{Arc, PoisonError, RwLock};

/// What the checkout's routes share.
pub(super) struct Checkout {
    /// What carts cost; replaced whole when the pack or a delta changes.
    prices: RwLock<Arc<Prices>>,
    /// What was granted.
    pub(super) redemptions: Arc<dyn Redemptions>,
}

impl Checkout {
    /// Opens the redemptions at a place and the packs that are served.
    pub(super) async fn open(place: &Place, files: &Files) -> Result<Self> {
        let redemptions = redemptions::open(place).await?;
        let prices = Prices::read(files, None)?;
        redemptions.learn(&prices.campaigns()).await.context("cannot keep the campaigns")?;
        Ok(Self { prices: RwLock::new(Arc::new(prices)), redemptions })
    }

    /// What carts cost now.
    pub(super) fn prices(&self) -> Arc<Prices> {
        Arc::clone(&self.prices.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Takes up other packs, whose campaigns are kept first.
    pub(super) async fn replace(&self, prices: Prices) -> Result<()> {
        self.redemptions.learn(&prices.campaigns()).await?;
        *self.prices.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(prices);
        Ok(())
    }
}
