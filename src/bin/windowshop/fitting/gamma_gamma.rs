//! What a customer spends when they come: Gamma-Gamma (Fader, Hardie and Lee, "RFM and CLV: Using Iso-Value Curves for
//! Customer Base Analysis", Journal of Marketing Research 42, 2005). Amounts are in the currency's own unit.

use super::orders::Customer;
use super::simplex::minimum;
use libm::{exp, lgamma, log};
use serde::Serialize;

/// The parameters: a customer's amounts are Gamma(p, ν), and ν differs between customers by Gamma(q, v).
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub(crate) struct GammaGamma {
    /// Shape of one customer's amounts.
    pub(crate) p: f64,
    /// Shape of the differences between customers.
    pub(crate) q: f64,
    /// Their scale, in the currency's unit.
    pub(crate) v: f64,
}

impl GammaGamma {
    /// The parameters under which the repeat buyers' averages are likeliest. `unit` is how many minor units the
    /// currency's unit has.
    pub(crate) fn fit(customers: &[Customer], unit: f64) -> Self {
        let rows: Vec<(f64, f64)> = customers
            .iter()
            .filter(|customer| customer.repeats > 0 && customer.average > 0.0)
            .map(|customer| (f64::from(customer.repeats), customer.average / unit))
            .collect();
        let found = minimum([0.0, 0.0, 0.0], 1.0, |logs| {
            let model = Self::of_logs(logs);
            -rows.iter().map(|(x, mean)| model.log_likelihood(*x, *mean)).sum::<f64>()
                / rows.len().max(1) as f64
        });
        Self::of_logs(&found)
    }

    fn of_logs([p, q, v]: &[f64; 3]) -> Self {
        let within = |log: &f64| exp(log.clamp(-12.0, 12.0));
        Self { p: within(p), q: within(q), v: within(v) }
    }

    fn log_likelihood(&self, x: f64, mean: f64) -> f64 {
        let Self { p, q, v } = *self;
        lgamma(p * x + q) - lgamma(p * x) - lgamma(q)
            + q * log(v)
            + (p * x - 1.0) * log(mean)
            + p * x * log(x)
            - (p * x + q) * log(v + x * mean)
    }

    /// What the next amount is expected to be, after `x` of `mean` on average; of those without any, everybody's.
    pub(crate) fn expected(&self, x: f64, mean: f64) -> f64 {
        let below = self.p * x + self.q - 1.0;
        // With q ≤ 1 nobody's mean is finite; one amount of their own makes it so.
        if below > 0.0 { self.p * (self.v + x * mean) / below } else { self.v }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_average_is_drawn_to_everybodys_the_more_the_fewer_amounts_there_are() {
        // What the paper found on CDNOW.
        let model = GammaGamma { p: 6.25, q: 3.744, v: 15.44 };
        let all = model.expected(0.0, 0.0);
        assert!((all - 35.17).abs() < 0.01, "{all}");
        let (one, ten) = (model.expected(1.0, 100.0), model.expected(10.0, 100.0));
        assert!(all < one && one < ten && ten < 100.0, "{one} {ten}");
    }
}
