//! The pack's section `promotions`: postcard, accepted whole or refused whole.

use super::benefits::{Benefit, Gift};
use super::conditions::Condition;
use super::manners::Manners;
use super::promotion::Promotion;
use crate::base::notation::RuleError;
use crate::base::order;
use alloc::string::String;
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

/// The layout that this code reads and writes.
const FORMAT: u16 = 4;
/// The most promotions a pack has.
pub const PROMOTIONS_MAX: usize = 500;

/// The promotions of a shop, checked, by ascending id.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Promotions {
    all: Vec<Promotion>,
    /// Codes, ascending, each with the position of its promotion.
    codes: Vec<(String, usize)>,
    manners: Manners,
    name_attributes: bool,
}

/// Why promotions were refused, all of them.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PromotionsError {
    /// The bytes are not promotions.
    #[error("the section promotions is not readable; build the pack again")]
    Bytes,
    /// The bytes are of another layout.
    #[error(
        "the section promotions has format {0}, this engine reads {FORMAT}; use an engine as new as the pack"
    )]
    Format(u16),
    /// A promotion makes no sense.
    #[error("promotion {promotion:?}: {cause}")]
    Rule {
        /// Stable id of the promotion.
        promotion: String,
        /// Which field, and what is wrong with it.
        cause: RuleError,
    },
    /// The shop's settings make no sense.
    #[error("{0}")]
    Manners(RuleError),
    /// A promotion says that it does not go with one that is not there.
    #[error("promotion {promotion:?} names {other:?} in not_with, which is not among the promotions")]
    NotWith {
        /// Stable id of the promotion.
        promotion: String,
        /// The one it names.
        other: String,
    },
    /// Two promotions have one id.
    #[error("promotion {0:?} is there twice; ids are unique")]
    Twice(String),
    /// Two promotions have one code.
    #[error("promotions {first:?} and {second:?} both have the code {code:?}; a code names one of them")]
    CodeTwice {
        /// The code.
        code: String,
        /// The one that has it.
        first: String,
        /// The other.
        second: String,
    },
    /// There are too many.
    #[error("{0} promotions are more than {PROMOTIONS_MAX}")]
    TooMany(usize),
}

#[derive(Serialize, Deserialize)]
struct Written {
    format: u16,
    manners: Manners,
    promotions: Vec<Promotion>,
}

impl Promotions {
    /// Promotions in any order.
    ///
    /// # Errors
    /// [`PromotionsError`] at the first, by id, that makes no sense by itself or beside the others.
    pub fn new(mut all: Vec<Promotion>) -> Result<Self, PromotionsError> {
        if all.len() > PROMOTIONS_MAX {
            return Err(PromotionsError::TooMany(all.len()));
        }
        order::sort_by(&mut all, |a, b| a.id.cmp(&b.id));
        let mut codes: Vec<(String, usize)> = Vec::new();
        let mut before: Option<&str> = None;
        for (at, promotion) in all.iter().enumerate() {
            promotion
                .check()
                .map_err(|cause| PromotionsError::Rule { promotion: promotion.id.clone(), cause })?;
            if before == Some(&promotion.id) {
                return Err(PromotionsError::Twice(promotion.id.clone()));
            }
            before = Some(&promotion.id);
            if let Some(code) = &promotion.code {
                codes.push((code.clone(), at));
            }
        }
        order::sort(&mut codes);
        let mut pairs = codes.iter().zip(codes.iter().skip(1));
        if let Some(((code, first), (_, second))) = pairs.find(|(a, b)| a.0 == b.0) {
            let id = |at: &usize| all.get(*at).map(|promotion| promotion.id.clone()).unwrap_or_default();
            return Err(PromotionsError::CodeTwice {
                code: code.clone(),
                first: id(first),
                second: id(second),
            });
        }
        for promotion in &all {
            let known = |id: &&String| all.binary_search_by(|other| other.id.cmp(id)).is_ok();
            if let Some(other) = promotion.not_with.iter().find(|id| !known(id)) {
                return Err(PromotionsError::NotWith {
                    promotion: promotion.id.clone(),
                    other: other.clone(),
                });
            }
        }
        let name_attributes = all.iter().flat_map(Promotion::selectors).any(|of| !of.attributes.is_empty());
        Ok(Self { all, codes, manners: Manners::default(), name_attributes })
    }

    /// The same promotions under a shop's settings.
    ///
    /// # Errors
    /// [`PromotionsError::Manners`] where a setting makes no sense.
    pub fn with_manners(self, manners: Manners) -> Result<Self, PromotionsError> {
        manners.check().map_err(PromotionsError::Manners)?;
        Ok(Self { manners, ..self })
    }

    /// The shop's settings.
    pub fn manners(&self) -> &Manners {
        &self.manners
    }

    /// Reads the section's bytes.
    ///
    /// # Errors
    /// [`PromotionsError`]: nothing of the section is then used.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, PromotionsError> {
        // The format comes first, so that a newer layout is told from damage.
        let (format, _) = postcard::take_from_bytes::<u16>(bytes).map_err(|_| PromotionsError::Bytes)?;
        if format != FORMAT {
            return Err(PromotionsError::Format(format));
        }
        let (written, rest) =
            postcard::take_from_bytes::<Written>(bytes).map_err(|_| PromotionsError::Bytes)?;
        if !rest.is_empty() {
            return Err(PromotionsError::Bytes);
        }
        Self::new(written.promotions)?.with_manners(written.manners)
    }

    /// The section's bytes. The same promotions give the same bytes, whatever order they came in.
    pub fn to_bytes(&self) -> Vec<u8> {
        let written = Written { format: FORMAT, manners: self.manners.clone(), promotions: self.all.clone() };
        // Writing to memory has no way to fail: every length is known.
        postcard::to_allocvec(&written).unwrap_or_default()
    }

    /// The promotions, by ascending id.
    pub fn all(&self) -> &[Promotion] {
        &self.all
    }

    /// The promotion of an id.
    pub fn get(&self, id: &str) -> Option<&Promotion> {
        let at = self.all.binary_search_by(|promotion| promotion.id.as_str().cmp(id)).ok()?;
        self.all.get(at)
    }

    /// What promotions put in besides: the promotion's stable id and its gift.
    pub fn gifts(&self) -> impl Iterator<Item = (&str, &Gift)> {
        self.all.iter().filter_map(|promotion| match &promotion.benefit {
            Benefit::Gift(gift) => Some((promotion.id.as_str(), gift)),
            _ => None,
        })
    }

    /// Whether a rule looks at lines' attributes.
    pub fn name_attributes(&self) -> bool {
        self.name_attributes
    }

    /// Whether a condition asks for a code, as [`super::cart::plain_code`] writes it.
    pub fn asks_for_code(&self, code: &str) -> bool {
        let conditions = self.all.iter().flat_map(|promotion| &promotion.conditions);
        conditions.into_iter().any(|condition| match condition {
            Condition::Code(asks) => asks.any_of.iter().any(|known| known == code),
            _ => false,
        })
    }

    /// The coupon of a code, as [`super::cart::plain_code`] writes it.
    pub fn by_code(&self, code: &str) -> Option<&Promotion> {
        let at = self.codes.binary_search_by(|(known, _)| known.as_str().cmp(code)).ok()?;
        self.codes.get(at).and_then(|(_, at)| self.all.get(*at))
    }
}
