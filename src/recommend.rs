//! Which items, in what order, and why.
//!
//! A [`surfaces`] file says which items a place in the shop may show and how mixed they are; each file of
//! [`signals`] adds its column of contributions; [`select`](mod@select) keeps the best in the total order; reasons are
//! worked out for the few that are shown. A score is the sum of its contributions, in millionths: what a signal
//! added is what its reason says.
//!
//! [`variants`] are other blends, of which each browser sees one.
//!
//! [`brands`] ranks brands instead of items, for whom to be reminded of.
//!
//! Nothing here reads a clock or remembers; the shopper comes in as a [`Context`]. What follows from a memory alone is a
//! [`Recall`], which whoever asks may keep from one list to the next.

pub mod brands;
mod context;
mod decision;
mod evidence;
mod explore;
mod ranked;
mod reason;
mod recall;
mod scorer;
mod select;
pub mod signals;
mod standing;
pub mod surfaces;
#[cfg(test)]
mod tests;
pub mod variants;
mod weights;

pub use context::Context;
pub use decision::{Decision, Entry, LIMIT_MAX, NAMED_MAX, RecommendError, Request, explain_item, recommend};
pub(crate) use reason::Grounds;
pub use reason::{Ground, REASONS_MAX, Reason};
pub use recall::Recall;
pub use standing::Standing;
pub use variants::{Assigned, Variant, Variants, VariantsError};
pub use weights::{Weights, WeightsError};
