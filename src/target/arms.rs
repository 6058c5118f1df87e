//! Who is held out, and who sees which arm: decided by a hash, before anything else is looked at.
//!
//! The hash is of an id that this browser drew at random and tells nobody, and of the campaign's salt. So the
//! assignment is a coin toss that falls the same way each time, for each campaign anew, and neither the shop nor
//! the shopper's behaviour can lean on it.

use super::campaign::Campaign;
use crate::base::digest::{DigestBuilder, toss};

/// An id that this browser drew at random. It never leaves.
pub type LocalId = [u8; 16];

/// The id that follows from a browser's kept secret, so that there is one thing to keep and one to erase. It tells
/// nothing of the secret.
pub fn local_id(secret: &[u8]) -> LocalId {
    let mut builder = DigestBuilder::new("windowshop local id");
    builder.bytes(secret);
    let [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, ..] = builder.finish().0;
    [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p]
}

/// What the coin says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Assignment {
    /// Sees nothing of the campaign, so that there is a natural rate to compare with.
    Holdout,
    /// Sees the arm at this position.
    Arm(usize),
}

/// What those who are held out are called beside the arms.
pub const HOLDOUT: &str = "holdout";

impl Assignment {
    /// The arm's id, or [`HOLDOUT`].
    pub fn name(self, campaign: &Campaign) -> &str {
        match self {
            Self::Holdout => HOLDOUT,
            Self::Arm(at) => campaign.arms.get(at).map_or(HOLDOUT, |arm| arm.id.as_str()),
        }
    }
}

/// Tosses the coin for a campaign.
///
/// Whether somebody is held out and which arm they would see are two tosses: changing the arms' weights moves
/// nobody into or out of the holdout.
pub fn assign(campaign: &Campaign, id: &LocalId) -> Assignment {
    if toss("windowshop holdout", &campaign.salt, id, 10_000) < u64::from(campaign.holdout) {
        return Assignment::Holdout;
    }
    let whole: u64 = campaign.arms.iter().map(|arm| u64::from(arm.weight)).sum();
    let mut left = toss("windowshop arm", &campaign.salt, id, whole);
    for (at, arm) in campaign.arms.iter().enumerate() {
        let weight = u64::from(arm.weight);
        if left < weight {
            return Assignment::Arm(at);
        }
        left -= weight;
    }
    // A checked campaign has weights; without any, nobody sees anything.
    Assignment::Holdout
}
