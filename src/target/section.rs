//! The pack's section `campaigns`: postcard, accepted whole or refused whole.

use super::budget::PRICE_ONE;
use super::campaign::Campaign;
use super::fatigue::Fatigue;
use super::figures::Bins;
use crate::base::notation::{Fields, RuleError};
use crate::base::order;
use alloc::string::String;
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

/// The layout that this code reads and writes.
const FORMAT: u16 = 3;
/// The most campaigns a pack has.
pub const CAMPAIGNS_MAX: usize = 100;
/// The most surfacings that a cap over all campaigns may allow.
const CAP_MAX: u32 = 100;

/// The campaigns of a shop, checked, by ascending id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Campaigns {
    all: Vec<Campaign>,
    fatigue: Fatigue,
    budget_price: u32,
    bins: Bins,
}

impl Default for Campaigns {
    /// No campaigns.
    fn default() -> Self {
        Self { all: Vec::new(), fatigue: Fatigue::default(), budget_price: PRICE_ONE, bins: Bins::default() }
    }
}

/// Why campaigns were refused, all of them.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CampaignsError {
    /// The bytes are not campaigns.
    #[error("the section campaigns is not readable; build the pack again")]
    Bytes,
    /// The bytes are of another layout.
    #[error(
        "the section campaigns has format {0}, this engine reads {FORMAT}; use an engine as new as the pack"
    )]
    Format(u16),
    /// A campaign makes no sense.
    #[error("campaign {campaign:?}: {cause}")]
    Rule {
        /// Stable id of the campaign.
        campaign: String,
        /// Which field, and what is wrong with it.
        cause: RuleError,
    },
    /// Two campaigns have one id.
    #[error("campaign {0:?} is there twice; ids are unique")]
    Twice(String),
    /// Two campaigns have one salt, so that the same shoppers would be held out of both.
    #[error("campaigns {first:?} and {second:?} have the same salt; give each its own")]
    SaltTwice {
        /// One of them.
        first: String,
        /// The other.
        second: String,
    },
    /// Two campaigns have one coupon, so that nobody could tell which of them had an effect.
    #[error("coupon {coupon:?} is in the campaigns {first:?} and {second:?}; a coupon belongs to one")]
    CouponTwice {
        /// Stable id of the promotion.
        coupon: String,
        /// One of them.
        first: String,
        /// The other.
        second: String,
    },
    /// The bins make no sense.
    #[error("{0}")]
    Bins(RuleError),
    /// There are too many.
    #[error("{0} campaigns are more than {CAMPAIGNS_MAX}")]
    TooMany(usize),
}

#[derive(Serialize, Deserialize)]
struct Written {
    format: u16,
    fatigue: Fatigue,
    budget_price: u32,
    bins: Bins,
    campaigns: Vec<Campaign>,
}

impl Campaigns {
    /// Campaigns in any order, caps over all of them, and the price of budget in millionths.
    ///
    /// # Errors
    /// [`CampaignsError`] at the first, by id, that makes no sense by itself or beside the others.
    pub fn new(mut all: Vec<Campaign>, fatigue: Fatigue, budget_price: u32) -> Result<Self, CampaignsError> {
        if all.len() > CAMPAIGNS_MAX {
            return Err(CampaignsError::TooMany(all.len()));
        }
        order::sort_by(&mut all, |a, b| a.id.cmp(&b.id));
        for (at, campaign) in all.iter().enumerate() {
            let rule = |cause| CampaignsError::Rule { campaign: campaign.id.clone(), cause };
            campaign.check().map_err(rule)?;
            for earlier in all.iter().take(at) {
                beside(earlier, campaign)?;
            }
        }
        Ok(Self { all, fatigue, budget_price, bins: Bins::default() })
    }

    /// The same with the shop's bins.
    ///
    /// # Errors
    /// [`CampaignsError::Bins`] where their edges do not rise.
    pub fn with_bins(self, bins: Bins) -> Result<Self, CampaignsError> {
        bins.check().map_err(CampaignsError::Bins)?;
        Ok(Self { bins, ..self })
    }

    /// Reads the fields of a campaigns file (`docs/campaigns.md`): caps, price of budget, bins and the campaigns, not
    /// yet checked; [`Self::new`] and [`Self::with_bins`] take them.
    pub fn read(from: &mut impl Fields) -> (Vec<Campaign>, Fatigue, u32, Bins) {
        let usual = Fatigue::default();
        let mut cap = |field, usual: u16| from.count(field, 0, CAP_MAX).map_or(usual, |cap| cap as u16);
        let (per_day, per_week) = (cap("per_day", usual.per_day), cap("per_week", usual.per_week));
        let patience = cap("patience", usual.patience);
        let quiet = from.object("quiet", |from| {
            let mut minute = |field| from.required_count(field, 0, 1_439) as u16;
            (minute("from"), minute("until"))
        });
        let fatigue = Fatigue { per_day, per_week, quiet, patience };
        let bins = from.object("bins", Bins::read).unwrap_or_default();
        // A percentage has hundredths; the price has millionths.
        let price = from.percent("budget_price").map_or(PRICE_ONE, |price| price.saturating_mul(100));
        from.require("campaigns");
        (from.list("campaigns", Campaign::read), fatigue, price, bins)
    }

    /// Reads a pack's section; an empty one has none.
    ///
    /// # Errors
    /// As [`Self::from_bytes`].
    pub fn from_section(bytes: &[u8]) -> Result<Self, CampaignsError> {
        if bytes.is_empty() { Ok(Self::default()) } else { Self::from_bytes(bytes) }
    }

    /// Reads the section's bytes.
    ///
    /// # Errors
    /// [`CampaignsError`]: nothing of the section is then used.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, CampaignsError> {
        // The format comes first, so that a newer layout is told from damage.
        let (format, _) = postcard::take_from_bytes::<u16>(bytes).map_err(|_| CampaignsError::Bytes)?;
        if format != FORMAT {
            return Err(CampaignsError::Format(format));
        }
        let (written, rest) =
            postcard::take_from_bytes::<Written>(bytes).map_err(|_| CampaignsError::Bytes)?;
        if !rest.is_empty() {
            return Err(CampaignsError::Bytes);
        }
        Self::new(written.campaigns, written.fatigue, written.budget_price)?.with_bins(written.bins)
    }

    /// The section's bytes. The same campaigns give the same bytes, whatever order they came in.
    pub fn to_bytes(&self) -> Vec<u8> {
        let written = Written {
            format: FORMAT,
            fatigue: self.fatigue,
            budget_price: self.budget_price,
            bins: self.bins.clone(),
            campaigns: self.all.clone(),
        };
        // Writing to memory has no way to fail: every length is known.
        postcard::to_allocvec(&written).unwrap_or_default()
    }

    /// The campaigns, by ascending id.
    pub fn all(&self) -> &[Campaign] {
        &self.all
    }

    /// Caps over all of them.
    pub fn fatigue(&self) -> Fatigue {
        self.fatigue
    }

    /// The shop's bins.
    pub fn bins(&self) -> &Bins {
        &self.bins
    }

    /// The price of budget, in millionths ([`super::budget`]).
    pub fn budget_price(&self) -> u32 {
        self.budget_price
    }

    /// The campaign that a coupon belongs to.
    pub fn of_coupon(&self, coupon: &str) -> Option<&Campaign> {
        self.all.iter().find(|campaign| campaign.has(coupon))
    }
}

fn beside(first: &Campaign, second: &Campaign) -> Result<(), CampaignsError> {
    let ids = || (first.id.clone(), second.id.clone());
    if first.id == second.id {
        return Err(CampaignsError::Twice(first.id.clone()));
    }
    if first.salt == second.salt {
        let (first, second) = ids();
        return Err(CampaignsError::SaltTwice { first, second });
    }
    if let Some(coupon) = second.coupons().find(|coupon| first.has(&coupon.promotion)) {
        let (first, second) = ids();
        return Err(CampaignsError::CouponTwice { coupon: coupon.promotion.clone(), first, second });
    }
    Ok(())
}
