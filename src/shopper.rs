//! What this browser remembers of one shopper, and what follows from it.
//!
//! An [`event`] is one thing that happened, with copies of what matters of its items. [`history`] keeps events
//! within bounds, and orders apart and longer. Everything else is derived, a pure fold over what is kept, so
//! that forgetting equals never having seen: [`affinity`] (what is looked for), [`trail`] (what was seen last),
//! [`marks`] (favourites and dismissals), [`value`] (how recent, how many, how much), [`lifetime`] (what
//! is expected), [`habits`], [`lifecycle`] (the stage and phase that follow) and [`care`] (what must be put right first).
//! [`account`] is what the shop says of who is signed in, held and never kept. [`reminders`] are kept in any state of [`consent`], because they were asked for. [`snapshot`] is
//! a cache of it all in bytes, [`export`] the readable form.
//!
//! Nothing here says who somebody is; nothing here leaves.

pub mod account;
pub mod affinity;
pub mod care;
pub mod consent;
pub mod event;
pub mod export;
pub mod habits;
pub mod history;
pub mod lifecycle;
pub mod lifetime;
pub mod marks;
pub mod reminders;
pub mod snapshot;
pub mod trail;
pub mod value;

#[cfg(test)]
pub(crate) mod sample;

pub use account::Account;
pub use consent::Consent;
pub use event::{Event, EventId, EventKind, RememberedItem};
pub use history::History;
pub use lifecycle::Stage;
pub use reminders::Reminders;
pub use value::{Figures, OrderRow};
