//! Randomisers: how a true answer is disguised so that the disguise says little about it.
//!
//! Each is ε-locally differentially private: whatever the disguise, no true answer makes it more than e^ε times
//! as likely as another does. All odds are integers. e^ε is worked out with integers and rounded down, so that
//! the **exact** ε of the odds never exceeds the one asked for; [`Randomiser::exact_epsilon`] tells it.
//!
//! Which one serves follows Wang, Blocki, Li and Jha, "Locally Differentially Private Protocols for Frequency
//! Estimation" (USENIX Security 2017), §4.2: k-ary randomised response where d < 3e^ε + 2, else optimised
//! unary encoding; the choice with the smaller variance. A new one is its file and a line in the list below.

mod kary_response;
mod unary_encoding;

pub use kary_response::KaryResponse;
pub use unary_encoding::UnaryEncoding;

use super::chance::Chance;
use alloc::vec::Vec;

/// One in the fixed-point numbers of the odds: 32 bits behind the point.
pub const ONE: u64 = 1 << 32;

/// How far from what is expected the number of supported answers may lie, in standard deviations.
pub const DEVIATIONS: f64 = 7.0;

/// How likely a disguise is to support an answer: `keep / whole` where it is the true one, `invent / whole`
/// where it is not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Odds {
    /// Out of `whole`, how often the true answer is supported (p of the papers).
    pub keep: u64,
    /// Out of `whole`, how often any one other answer is supported (q of the papers).
    pub invent: u64,
    /// The whole; at most 2⁴¹.
    pub whole: u64,
}

/// What a randomiser is: everything that reports and estimates need of it.
trait Mechanism {
    /// Its name in reports and ledgers: three letters.
    fn name(&self) -> &'static str;
    /// How many bytes every disguise has.
    fn bytes(&self) -> usize;
    /// Disguises the answer numbered `truth`, which is below the domain's size.
    fn disguise(&self, truth: usize, chance: &mut Chance) -> Vec<u8>;
    /// Whether `disguise` could have been made by this randomiser at all.
    fn possible(&self, disguise: &[u8]) -> bool;
    /// Whether a disguise counts for the answer numbered `answer`.
    fn supports(&self, disguise: &[u8], answer: usize) -> bool;
    /// Its odds.
    fn odds(&self) -> Odds;
    /// The exact ε of its odds: the largest logarithm of a ratio of likelihoods.
    fn exact_epsilon(&self) -> f64;
}

macro_rules! randomisers {
    ($($(#[$doc:meta])* $name:ident;)*) => {
        /// A randomiser for a domain's size and an ε.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[non_exhaustive]
        pub enum Randomiser {
            $($(#[$doc])* $name($name),)*
        }

        impl Randomiser {
            fn mechanism(&self) -> &dyn Mechanism {
                match self { $(Self::$name(mechanism) => mechanism,)* }
            }
        }
    };
}

randomisers! {
    /// k-ary randomised response.
    KaryResponse;
    /// Optimised unary encoding.
    UnaryEncoding;
}

impl Randomiser {
    /// The randomiser for a domain of `size` answers (2 to 256) and an ε in thousandths (1 to 1,000).
    pub fn of(size: usize, epsilon_thousandths: u16) -> Self {
        let power = power_of_e(epsilon_thousandths);
        if (size as u64).saturating_sub(2) * ONE < 3 * power {
            Self::KaryResponse(KaryResponse::new(size, power))
        } else {
            Self::UnaryEncoding(UnaryEncoding::new(size, power))
        }
    }

    /// Its name in reports and ledgers: `krr` or `oue`.
    pub fn name(&self) -> &'static str {
        self.mechanism().name()
    }

    /// How many bytes every disguise has.
    pub fn bytes(&self) -> usize {
        self.mechanism().bytes()
    }

    /// Disguises the answer numbered `truth`.
    pub fn disguise(&self, truth: usize, chance: &mut Chance) -> Vec<u8> {
        self.mechanism().disguise(truth, chance)
    }

    /// Whether `disguise` could have been made by this randomiser at all.
    pub fn possible(&self, disguise: &[u8]) -> bool {
        self.mechanism().possible(disguise)
    }

    /// Whether so many answers as a disguise of `size` answers supports come about by chance: within [`DEVIATIONS`]
    /// standard deviations of what the randomiser makes. Who takes reports in refuses the others, which bounds what one
    /// dishonest report can shift; an honest one is refused less than once in 10¹⁰.
    pub fn plausible(&self, disguise: &[u8], size: usize) -> bool {
        let odds = self.odds();
        let (p, q) = (odds.keep as f64 / odds.whole as f64, odds.invent as f64 / odds.whole as f64);
        let others = size.saturating_sub(1) as f64;
        let (mean, variance) = (p + q * others, p * (1.0 - p) + q * (1.0 - q) * others);
        let supported = (0..size).filter(|answer| self.supports(disguise, *answer)).count() as f64;
        libm::fabs(supported - mean) <= DEVIATIONS * libm::sqrt(variance)
    }

    /// Whether a disguise counts for the answer numbered `answer`.
    pub fn supports(&self, disguise: &[u8], answer: usize) -> bool {
        self.mechanism().supports(disguise, answer)
    }

    /// How likely disguises support the true answer and others.
    pub fn odds(&self) -> Odds {
        self.mechanism().odds()
    }

    /// The exact ε of the integer odds, never above the one asked for. For people to read: no disguise uses it.
    pub fn exact_epsilon(&self) -> f64 {
        self.mechanism().exact_epsilon()
    }
}

/// e^(`thousandths` / 1,000) in units of 2⁻³², rounded down; for `thousandths` up to 1,000.
///
/// The series Σ xᵏ/k! with 64 bits behind the point, each term rounded down: 24 terms reach the last bit.
fn power_of_e(thousandths: u16) -> u64 {
    let exponent = u128::from(thousandths.min(1_000));
    let mut term: u128 = 1 << 64;
    let mut sum = term;
    for place in 1..=24 {
        term = term * exponent / (1_000 * place);
        sum += term;
    }
    (sum >> 32) as u64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::domains::{ANSWERS_MAX, ANSWERS_MIN};
    use alloc::vec;

    #[test]
    fn powers_of_e_are_lower_bounds_and_tight() {
        for thousandths in 0..=1_000 {
            let fixed = power_of_e(thousandths) as f64 / ONE as f64;
            let float = libm::exp(f64::from(thousandths) / 1_000.0);
            assert!(fixed <= float && float - fixed < 1e-9, "{thousandths}: {fixed} {float}");
        }
    }

    #[test]
    fn the_exact_epsilon_never_exceeds_the_one_asked_for() {
        for size in ANSWERS_MIN..=ANSWERS_MAX {
            for thousandths in [1, 10, 100, 250, 500, 693, 999, 1_000] {
                let exact = Randomiser::of(size, thousandths).exact_epsilon();
                let asked = f64::from(thousandths) / 1_000.0;
                // Only the rounding of the logarithm itself may lie above.
                assert!(exact <= asked + 1e-12, "{size} answers, {asked}: {exact}");
                assert!(exact > asked - 1e-6, "{size} answers, {asked}: {exact} wastes what may be spent");
            }
        }
    }

    #[test]
    fn the_smaller_variance_is_chosen() {
        // 3e + 2 = 10.15: ten answers at ε = 1 are the last for k-ary randomised response.
        assert_eq!(Randomiser::of(10, 1_000).name(), "krr");
        assert_eq!(Randomiser::of(11, 1_000).name(), "oue");
        assert_eq!(Randomiser::of(2, 1).name(), "krr");
    }

    #[test]
    fn a_disguise_that_supports_far_too_much_or_little_is_not_plausible() {
        for (size, most) in [(50, 35), (100, 58), (256, 118)] {
            let randomiser = Randomiser::of(size, 1_000);
            let of = |ones: usize| {
                let mut bytes = vec![0_u8; randomiser.bytes()];
                for answer in 0..ones {
                    if let Some(byte) = bytes.get_mut(answer / 8) {
                        *byte |= 1 << (answer % 8);
                    }
                }
                bytes
            };
            let plausible = |ones| randomiser.plausible(&of(ones), size);
            assert!(!plausible(size), "all of {size}");
            assert_eq!((0..=size).rev().find(|ones| plausible(*ones)), Some(most), "{size}");
            assert_eq!(plausible(0), size < 150, "{size}");
        }
    }

    /// Chi-square-like check of both odds over many disguises of each true answer.
    #[test]
    fn disguises_support_answers_as_often_as_the_odds_say() {
        for (size, seed) in [(2, 11), (5, 12), (10, 13), (11, 14), (40, 15)] {
            let randomiser = Randomiser::of(size, 1_000);
            let odds = randomiser.odds();
            let mut chance = Chance::of_simulation([seed; 32]);
            let draws = 20_000_u32;
            for truth in [0, size - 1] {
                let mut counts = vec![0_u32; size];
                for _ in 0..draws {
                    let disguise = randomiser.disguise(truth, &mut chance);
                    assert_eq!(disguise.len(), randomiser.bytes());
                    assert!(randomiser.possible(&disguise) && randomiser.plausible(&disguise, size));
                    for (answer, count) in counts.iter_mut().enumerate() {
                        *count += u32::from(randomiser.supports(&disguise, answer));
                    }
                }
                for (answer, count) in counts.iter().enumerate() {
                    let likely =
                        if answer == truth { odds.keep } else { odds.invent } as f64 / odds.whole as f64;
                    let deviation = libm::sqrt(f64::from(draws) * likely * (1.0 - likely));
                    let off = (f64::from(*count) - f64::from(draws) * likely) / deviation;
                    assert!(off.abs() < 5.0, "{size} answers, {truth} → {answer}: {off} deviations");
                }
            }
        }
    }

    /// Wilson's interval of a frequency at 99.9 %.
    fn wilson(count: usize, draws: usize) -> (f64, f64) {
        const Z: f64 = 3.2905;
        let (draws, squared) = (draws as f64, Z * Z);
        let share = count as f64 / draws;
        let middle = share + squared / (2.0 * draws);
        let reach = Z * libm::sqrt(share * (1.0 - share) / draws + squared / (4.0 * draws * draws));
        let whole = 1.0 + squared / draws;
        ((middle - reach) / whole, (middle + reach) / whole)
    }

    /// What somebody who sees disguises could prove of ε from how often the likeliest tell-tale is seen under two
    /// truths. `scripts/claims/epsilon.mjs` does the same with the module that ships.
    #[test]
    #[ignore = "a million draws of each pair: `make audit` asks for it"]
    fn a_million_disguises_tell_no_more_than_is_claimed() {
        const DRAWS: usize = 500_000;
        for (size, one, other) in [(2, 0, 1), (5, 3, 1), (10, 9, 0), (11, 0, 10), (40, 17, 18), (256, 7, 255)]
        {
            let randomiser = Randomiser::of(size, 1_000);
            let mut chance = Chance::of_simulation([size as u8; 32]);
            let mut told = |truth| {
                let disguises = (0..DRAWS).map(|_| randomiser.disguise(truth, &mut chance));
                let tells = |disguise: &Vec<u8>| {
                    randomiser.supports(disguise, one) && !randomiser.supports(disguise, other)
                };
                wilson(disguises.filter(tells).count(), DRAWS)
            };
            let bound = libm::log(told(one).0 / told(other).1);
            assert!(
                bound <= 1.0,
                "{size} answers, {one} or {other}: ε is at least {bound:.3}, and 1 is claimed"
            );
            assert!(bound > 0.95, "{size} answers, {one} or {other}: {bound:.3} says nothing of ε = 1");
        }
    }
}
