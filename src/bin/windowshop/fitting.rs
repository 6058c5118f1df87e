//! What is fitted to a shop's orders, natively and before any tab opens: how often customers come back and what they
//! spend then.
//!
//! [`orders`] makes of orders what the models count, [`bg_nbd`] and [`gamma_gamma`] are the models, [`simplex`] finds
//! their parameters, and [`lifetime`] puts both into the table that a pack carries. [`linear`] fits additive models, and
//! [`uplift`] ranks by what an offer changes, [`experiment`] says what a test can show, and [`budget`] finds the price at
//! which a plan is spent. [`roles`] says what goods are for. Nothing here runs in a tab: there tables are interpolated and
//! weights added up in integers (`windowshop::shopper::lifetime`, `windowshop::target`).

pub(crate) mod bg_nbd;
pub(crate) mod budget;
pub(crate) mod experiment;
pub(crate) mod gamma_gamma;
pub(crate) mod lifetime;
pub(crate) mod linear;
pub(crate) mod orders;
pub(crate) mod roles;
mod simplex;
pub(crate) mod uplift;
