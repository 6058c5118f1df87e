//! Which coupon to surface to this shopper now, if any.
//!
//! A [`Campaign`] has an audience, arms with a mandatory holdout ([`arms`]) and waves ([`waves`]); its coupons are
//! promotions of `pricing`, known here by id alone. [`figures`] are what an audience may ask, [`fatigue`] keeps
//! offers rare, [`model`] says what a coupon is expected to change and [`budget`] what that is worth beside
//! what it costs; [`messages`] are what a step says. [`decide`] puts it together: at most one coupon, and none wherever
//! none is better. [`section`] is how campaigns travel in a pack.
//!
//! Surfacing is not entitlement: every coupon works for everybody who enters its code, whatever is decided here.
//! Parameters come with the pack, the same for all; what is known of the shopper stays in the tab.

pub mod arms;
pub mod budget;
pub mod campaign;
pub mod decide;
pub mod fatigue;
pub mod figures;
pub mod messages;
pub mod model;
pub mod section;
pub mod waves;

#[cfg(test)]
mod tests;

pub use arms::{Assignment, LocalId};
pub use campaign::{After, Arm, Audience, Bought, Campaign, Coupon, Moments, Trigger};
pub use decide::{
    AllUsable, Considered, Coupons, Decision, Facts, Offer, OfferReason, Outcome, Silence, decide,
};
pub use fatigue::{Fatigue, Surfacing};
pub use figures::Bins;
pub use messages::{Message, Said};
pub use model::Model;
pub use section::{Campaigns, CampaignsError};
pub use waves::Wave;
