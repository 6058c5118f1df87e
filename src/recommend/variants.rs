//! Variants: up to four blends of the signals beside the shop's own order, so that it can be found out which is better.
//!
//! A browser that keeps memory falls into one of them by a hash of an id that it drew itself and tells nobody, and stays
//! there. The shop's order is the holdout: without a share of shoppers who see it nothing may be claimed about the
//! others. What came of it is for a question of the randomised reports to ask; nothing here counts or sends.

use super::weights::{Weights, WeightsError};
use crate::base::digest::toss;
use crate::base::ids::{IdError, check_id};
use alloc::string::String;
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

/// Blends that a pack holds at most.
pub const VARIANTS_MAX: usize = 4;
/// All shares together.
pub const SHARES: u16 = 1_000;
/// The smallest share, a hundredth: reports name the variant in clear, and one that hardly anybody sees would be a name.
const SHARE_MIN: u16 = 10;
/// The name under which the shop's own order is assigned.
pub const SHOP_ORDER: &str = "shop_order";

/// The layout that this code reads and writes.
const FORMAT: u16 = 1;

/// A blend, and who sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Variant {
    /// Its name.
    pub name: String,
    /// Its share in thousandths, at least [`SHARE_MIN`].
    pub share: u16,
    /// The blend.
    pub weights: Weights,
}

/// The variants of a pack, checked; without any everybody has the pack's own weights.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Variants {
    salt: String,
    shop_order: u16,
    all: Vec<Variant>,
}

/// Why variants are refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum VariantsError {
    /// The bytes cannot be read.
    #[error("the section variants cannot be read; build the pack again")]
    Damaged,
    /// The bytes are of another layout.
    #[error(
        "the section variants has format {0}, this engine reads {FORMAT}; use an engine as new as the pack"
    )]
    Format(u16),
    /// There are none, or too many.
    #[error("variants are 1 to {VARIANTS_MAX}, not {0}")]
    Count(usize),
    /// A name or the salt is no id.
    #[error("{field} {text:?}: {cause}")]
    Name {
        /// `salt`, or where the name stands.
        field: String,
        /// The text.
        text: String,
        /// What is wrong with it.
        cause: IdError,
    },
    /// Two have one name, or one has the shop order's.
    #[error(
        "variants[{at}].name {name:?} is taken; each variant has a name of its own, and none is {SHOP_ORDER}"
    )]
    Twice {
        /// Which.
        at: usize,
        /// The name.
        name: String,
    },
    /// A share is too small.
    #[error("variants[{at}].share is at least {SHARE_MIN} thousandths: reports name the variant")]
    Share {
        /// Which.
        at: usize,
    },
    /// Shares do not make a whole.
    #[error(
        "shop_order, which is 0 or at least {SHARE_MIN}, and the shares of the variants add up to {0}; {SHARES} thousandths are asked for"
    )]
    Whole(u32),
    /// A blend is out of range.
    #[error("variants[{at}].weights: {cause}")]
    Weights {
        /// Which.
        at: usize,
        /// What is wrong with it.
        cause: WeightsError,
    },
}

#[derive(Serialize, Deserialize)]
struct Written {
    format: u16,
    salt: String,
    shop_order: u16,
    all: Vec<Variant>,
}

impl Variants {
    /// Variants with the shop order's share in thousandths. Another salt assigns everybody anew.
    ///
    /// # Errors
    /// [`VariantsError`] at the first thing that makes no sense.
    pub fn new(salt: String, shop_order: u16, all: Vec<Variant>) -> Result<Self, VariantsError> {
        if all.is_empty() || all.len() > VARIANTS_MAX {
            return Err(VariantsError::Count(all.len()));
        }
        let named = |field: &dyn Fn() -> String, text: &str| {
            check_id(text).map_err(|cause| VariantsError::Name { field: field(), text: text.into(), cause })
        };
        named(&|| "salt".into(), &salt)?;
        for (at, variant) in all.iter().enumerate() {
            named(&|| alloc::format!("variants[{at}].name"), &variant.name)?;
            let before = all.iter().take(at).any(|other| other.name == variant.name);
            if before || variant.name == SHOP_ORDER {
                return Err(VariantsError::Twice { at, name: variant.name.clone() });
            }
            if variant.share < SHARE_MIN {
                return Err(VariantsError::Share { at });
            }
            variant.weights.check().map_err(|cause| VariantsError::Weights { at, cause })?;
        }
        let whole = all.iter().fold(u32::from(shop_order), |sum, variant| sum + u32::from(variant.share));
        if whole != u32::from(SHARES) || (1..SHARE_MIN).contains(&shop_order) {
            return Err(VariantsError::Whole(whole));
        }
        Ok(Self { salt, shop_order, all })
    }

    /// Reads the pack's section; an empty one has none.
    ///
    /// # Errors
    /// [`VariantsError`].
    pub fn from_section(bytes: &[u8]) -> Result<Self, VariantsError> {
        if bytes.is_empty() {
            return Ok(Self::default());
        }
        // The format comes first, so that a newer layout is told from damage.
        let (format, _) = postcard::take_from_bytes::<u16>(bytes).map_err(|_| VariantsError::Damaged)?;
        if format != FORMAT {
            return Err(VariantsError::Format(format));
        }
        let read = postcard::take_from_bytes::<Written>(bytes).map_err(|_| VariantsError::Damaged)?;
        let (Written { salt, shop_order, all, .. }, []) = read else { return Err(VariantsError::Damaged) };
        Self::new(salt, shop_order, all)
    }

    /// The section's bytes.
    pub fn to_section(&self) -> Vec<u8> {
        let Self { salt, shop_order, all } = self.clone();
        // Writing to memory has no way to fail: every length is known.
        postcard::to_allocvec(&Written { format: FORMAT, salt, shop_order, all }).unwrap_or_default()
    }

    /// The names of all that somebody may see, [`SHOP_ORDER`] first where anybody may see it.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let shop_order = (self.shop_order > 0).then_some(SHOP_ORDER);
        shop_order.into_iter().chain(self.all.iter().map(|variant| variant.name.as_str()))
    }

    /// Whether the pack has any.
    pub fn are_some(&self) -> bool {
        !self.all.is_empty()
    }

    /// The variant of a name; [`SHOP_ORDER`] is known where there are variants.
    pub fn find(&self, name: &str) -> Option<Assigned<'_>> {
        if name == SHOP_ORDER {
            return (!self.all.is_empty()).then_some(Assigned::ShopOrder);
        }
        self.all.iter().find(|variant| variant.name == name).map(Assigned::Variant)
    }

    /// Tosses the coin for a browser by the id it keeps; `None` where there are no variants.
    ///
    /// Whether somebody sees the shop's order and which blend they would see are two tosses: changing the blends' shares
    /// moves nobody into or out of the shop's order.
    pub fn assign(&self, id: &[u8]) -> Option<Assigned<'_>> {
        if self.all.is_empty() {
            return None;
        }
        if toss("windowshop shop order", &self.salt, id, SHARES.into()) < u64::from(self.shop_order) {
            return Some(Assigned::ShopOrder);
        }
        let whole: u64 = self.all.iter().map(|variant| u64::from(variant.share)).sum();
        let mut left = toss("windowshop variant", &self.salt, id, whole);
        for variant in &self.all {
            let share = u64::from(variant.share);
            if left < share {
                return Some(Assigned::Variant(variant));
            }
            left -= share;
        }
        None
    }
}

/// What a browser sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Assigned<'a> {
    /// The shop's own order, though memory is kept.
    ShopOrder,
    /// A blend.
    Variant(&'a Variant),
}

impl<'a> Assigned<'a> {
    /// Its name.
    pub fn name(&self) -> &'a str {
        match self {
            Self::ShopOrder => SHOP_ORDER,
            Self::Variant(variant) => &variant.name,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::format;
    use alloc::vec;
    use proptest::prelude::*;

    fn variant(name: &str, share: u16) -> Variant {
        Variant { name: name.into(), share, weights: Weights::default() }
    }

    fn two(shop_order: u16, shares: [u16; 2]) -> Variants {
        let all = vec![variant("base", shares[0]), variant("bold", shares[1])];
        Variants::new("2026-11".into(), shop_order, all).expect("variants")
    }

    fn seen(variants: &Variants, browser: u32) -> &str {
        variants.assign(&browser.to_le_bytes()).expect("assigned").name()
    }

    #[test]
    fn everybody_falls_into_one_by_the_shares_and_stays_there() {
        let variants = two(100, [450, 450]);
        let mut counts = [0; 3];
        for browser in 0..20_000 {
            let name = seen(&variants, browser);
            assert_eq!(name, seen(&variants, browser));
            counts[["shop_order", "base", "bold"]
                .iter()
                .position(|other| *other == name)
                .expect("one of them")] += 1;
        }
        // Four standard deviations of a binomial count.
        for (count, share) in counts.into_iter().zip([0.1, 0.45, 0.45]) {
            let (mean, deviation) = (20_000.0 * share, libm::sqrt(20_000.0 * share * (1.0 - share)));
            assert!((f64::from(count) - mean).abs() < 4.0 * deviation, "{counts:?}");
        }
        let other = Variants::new("2026-12".into(), 100, variants.all.clone()).expect("variants");
        let moved = (0..1_000).filter(|browser| seen(&variants, *browser) != seen(&other, *browser)).count();
        assert!(moved > 400, "another salt is another toss: {moved}");
        assert_eq!(Variants::default().assign(&[1]), None);
    }

    #[test]
    fn blends_that_change_move_nobody_into_the_shops_order() {
        let (before, after) = (two(100, [450, 450]), two(100, [100, 800]));
        for browser in 0..5_000 {
            let [before, after] = [&before, &after].map(|variants| seen(variants, browser));
            assert_eq!(before == SHOP_ORDER, after == SHOP_ORDER);
            // Who saw the blend that grew still sees it.
            assert!(before != "bold" || after == "bold");
        }
    }

    #[test]
    fn nonsense_is_refused_by_place() {
        let refused = |shop_order, all| {
            Variants::new("s".into(), shop_order, all).err().map(|error| format!("{error}"))
        };
        let says = |shop_order, all, words: &str| {
            let said = refused(shop_order, all).expect("refused");
            assert!(said.contains(words), "{said:?} lacks {words:?}");
        };
        says(0, vec![], "1 to 4, not 0");
        says(0, vec![variant("a", 200); 5], "not 5");
        says(0, vec![variant("a", 500), variant("a", 500)], "variants[1].name \"a\" is taken");
        says(0, vec![variant(SHOP_ORDER, 1_000)], "none is shop_order");
        says(991, vec![variant("a", 9)], "variants[0].share is at least 10 thousandths");
        says(9, vec![variant("a", 991)], "shop_order, which is 0 or at least 10");
        says(100, vec![variant("a", 800)], "add up to 900");
        says(0, vec![variant("a b", 1_000)], "variants[0].name \"a b\"");
        let wide = Weights { half_life_days: 0, ..Weights::default() };
        says(
            0,
            vec![Variant { weights: wide, ..variant("a", 1_000) }],
            "variants[0].weights: the weights' half_life_days",
        );
    }

    #[test]
    fn the_section_reads_back_and_another_format_is_told_from_damage() {
        let variants = two(100, [450, 450]);
        let bytes = variants.to_section();
        assert_eq!(Variants::from_section(&bytes), Ok(variants));
        assert_eq!(Variants::from_section(&[]), Ok(Variants::default()));
        assert_eq!(Variants::from_section(&[9, 1]), Err(VariantsError::Format(9)));
        assert_eq!(Variants::from_section(&bytes[..bytes.len() - 1]), Err(VariantsError::Damaged));
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_without_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            if let Ok(variants) = Variants::from_section(&bytes) {
                let _ = variants.assign(&bytes);
            }
        }
    }
}
