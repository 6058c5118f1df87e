//! How often a customer comes back: BG/NBD (Fader, Hardie and Lee, "Counting Your Customers the Easy Way: An Alternative
//! to the Pareto/NBD Model", Marketing Science 24, 2005). Time is in weeks.

use super::orders::Customer;
use super::simplex::minimum;
use libm::{exp, lgamma, log, pow};
use serde::Serialize;
use windowshop::base::maps::Map;

/// Terms of the series at most; it has converged long before.
const TERMS_MAX: u32 = 10_000;
/// Where a term is nothing beside the sum.
const NOTHING: f64 = 1e-14;

/// The parameters: buying is Poisson with a rate of Gamma(r, α); after each buying a customer leaves for good with a
/// chance of Beta(a, b).
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub(crate) struct BgNbd {
    /// Shape of the rates.
    pub(crate) r: f64,
    /// Their inverse scale, in weeks.
    pub(crate) alpha: f64,
    /// First shape of the chance to leave.
    pub(crate) a: f64,
    /// Second.
    pub(crate) b: f64,
}

impl BgNbd {
    /// The parameters under which what customers did is likeliest.
    pub(crate) fn fit(customers: &[Customer]) -> Self {
        // Who did the same counts once, with a weight.
        let mut alike: Map<(u32, u64, u64), (Customer, f64)> = Map::default();
        for customer in customers {
            let key = (customer.repeats, customer.recency.to_bits(), customer.age.to_bits());
            alike.entry(key).or_insert((*customer, 0.0)).1 += 1.0;
        }
        let mut alike: Vec<(Customer, f64)> = alike.into_values().collect();
        let order = |of: &(Customer, f64)| (of.0.repeats, of.0.recency.to_bits(), of.0.age.to_bits());
        alike.sort_by_key(order);
        let found = minimum([0.0; 4], 0.5, |logs| {
            let model = Self::of_logs(logs);
            -model.log_likelihood(&alike) / customers.len().max(1) as f64
        });
        Self::of_logs(&found)
    }

    fn of_logs([r, alpha, a, b]: &[f64; 4]) -> Self {
        // Beyond e^±12 the likelihood is flat, and sums would lose their digits.
        let within = |log: &f64| exp(log.clamp(-12.0, 12.0));
        Self { r: within(r), alpha: within(alpha), a: within(a), b: within(b) }
    }

    /// How likely the customers are, as a logarithm; equation 6 of the paper.
    pub(crate) fn log_likelihood(&self, customers: &[(Customer, f64)]) -> f64 {
        let Self { r, alpha, a, b } = *self;
        // What depends on the repeats alone is worked out once for each count.
        let most = customers.iter().map(|(customer, _)| customer.repeats).max().unwrap_or(0);
        let of_count: Vec<f64> = (0..=most)
            .map(|repeats| {
                let x = f64::from(repeats);
                lgamma(r + x) - lgamma(r) + r * log(alpha) + lgamma(a + b) + lgamma(b + x)
                    - lgamma(b)
                    - lgamma(a + b + x)
            })
            .collect();
        let sum = customers.iter().map(|(customer, weight)| {
            let x = f64::from(customer.repeats);
            let alive = -(r + x) * log(alpha + customer.age);
            let both = if customer.repeats == 0 {
                alive
            } else {
                let left = log(a) - log(b + x - 1.0) - (r + x) * log(alpha + customer.recency);
                let (more, less) = if left > alive { (left, alive) } else { (alive, left) };
                more + libm::log1p(exp(less - more))
            };
            weight * (of_count.get(customer.repeats as usize).copied().unwrap_or_default() + both)
        });
        sum.sum()
    }

    /// The chance that a customer has not left.
    pub(crate) fn alive(&self, repeats: f64, recency: f64, age: f64) -> f64 {
        1.0 / (1.0 + self.odds_of_having_left(repeats, recency, age))
    }

    fn odds_of_having_left(&self, repeats: f64, recency: f64, age: f64) -> f64 {
        if repeats <= 0.0 {
            return 0.0;
        }
        let Self { r, alpha, a, b } = *self;
        a / (b + repeats - 1.0) * pow((alpha + age) / (alpha + recency), r + repeats)
    }

    /// Days of buying expected in the next `weeks`; equation 10.
    pub(crate) fn expected(&self, repeats: f64, recency: f64, age: f64, weeks: f64) -> f64 {
        let Self { r, alpha, a, b } = *self;
        let x = repeats;
        let series = hypergeometric(r + x, b + x, a + b + x - 1.0, weeks / (alpha + age + weeks));
        let stays = 1.0 - pow((alpha + age) / (alpha + age + weeks), r + x) * series;
        // At a = 1 both factors vanish; next to it their quotient is the limit.
        let a = if (a - 1.0).abs() < 1e-6 { 1.0 + 1e-6 } else { a };
        (a + b + x - 1.0) / (a - 1.0) * stays * self.alive(repeats, recency, age)
    }
}

/// Gauss's hypergeometric function ₂F₁(a, b; c; z) for 0 ≤ z < 1, by its series (DLMF 15.2.1).
fn hypergeometric(a: f64, b: f64, c: f64, z: f64) -> f64 {
    let (mut sum, mut term) = (1.0, 1.0);
    for n in 0..TERMS_MAX {
        let n = f64::from(n);
        term *= (a + n) * (b + n) / (c + n) / (n + 1.0) * z;
        sum += term;
        if term.abs() <= NOTHING * f64::abs(sum) {
            break;
        }
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the paper found on CDNOW, and its worked example.
    const PAPER: BgNbd = BgNbd { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 };

    #[test]
    fn the_papers_example_comes_out() {
        let expected = PAPER.expected(2.0, 30.43, 38.86, 39.0);
        assert!((expected - 1.226).abs() < 0.001, "{expected}");
        assert!((PAPER.alive(0.0, 0.0, 39.0) - 1.0).abs() < 1e-12, "who never came back cannot have left");
    }

    #[test]
    fn the_series_is_the_functions() {
        // ₂F₁(1, 1; 2; z) = −ln(1 − z) / z.
        assert!((hypergeometric(1.0, 1.0, 2.0, 0.5) - 2.0 * core::f64::consts::LN_2).abs() < 1e-12);
    }

    #[test]
    fn silence_lowers_the_chance_to_be_there() {
        let alive = |recency| PAPER.alive(4.0, recency, 40.0);
        assert!(alive(39.0) > alive(20.0) && alive(20.0) > alive(5.0));
    }
}
