//! The table that a pack carries, from the fitted models.

use super::bg_nbd::BgNbd;
use super::gamma_gamma::GammaGamma;
use anyhow::{Result, ensure};
use windowshop::shopper::lifetime::{Cell, Lifetime, WHOLE};

/// Days of buying after the first at which the table has points; most shoppers have none, one or two.
const REPEATS: [u32; 16] = [0, 1, 2, 3, 4, 5, 6, 8, 10, 13, 17, 22, 30, 45, 70, 110];
/// Days since the first.
const AGES: [u32; 20] =
    [0, 3, 7, 14, 21, 30, 45, 60, 80, 105, 135, 170, 210, 255, 300, 365, 450, 540, 640, 730];
/// Shares of that time in silence, in ten-thousandths.
const SILENCES: [u32; 15] =
    [0, 100, 200, 350, 500, 750, 1_000, 1_500, 2_000, 3_000, 4_000, 5_500, 7_000, 8_500, 10_000];

/// The table of two models for the next `horizon_days`. `unit` is how many minor units the currency's unit has.
///
/// # Errors
/// Where the models fit no shop: parameters so far out that no table holds them.
pub(crate) fn table(
    purchases: &BgNbd,
    spending: &GammaGamma,
    horizon_days: u16,
    unit: f64,
) -> Result<Lifetime> {
    let mut cells = Vec::with_capacity(REPEATS.len() * AGES.len() * SILENCES.len());
    let whole = |value: f64, most: u32| value.round().clamp(0.0, f64::from(most)) as u32;
    for repeats in REPEATS {
        for age in AGES {
            for silence in SILENCES {
                let weeks = f64::from(age) / 7.0;
                let quiet = if repeats == 0 { WHOLE.into() } else { silence };
                let recency = weeks * (1.0 - f64::from(quiet) / f64::from(WHOLE));
                let x = f64::from(repeats);
                let expected = purchases.expected(x, recency, weeks, f64::from(horizon_days) / 7.0);
                let alive = purchases.alive(x, recency, weeks);
                cells.push(Cell {
                    expected: whole(expected * 1_000.0, 1_000_000),
                    alive: whole(alive * f64::from(WHOLE), WHOLE.into()) as u16,
                });
            }
        }
    }
    ensure!(
        spending.q > 1.001,
        "spending differs so much between these customers that it has no mean (q is {:.3}); check for outliers",
        spending.q
    );
    let table = Lifetime {
        horizon_days,
        repeats: REPEATS.into(),
        ages: AGES.into(),
        silences: SILENCES.into(),
        cells,
        spending: [
            whole(spending.p * 1_000.0, u32::MAX),
            whole(spending.q * 1_000.0, u32::MAX),
            whole(spending.v * unit, u32::MAX),
        ],
    };
    table.check().map_err(|error| anyhow::anyhow!("{error}"))?;
    Ok(table)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn between_its_points_the_table_says_what_the_models_say() {
        let purchases = BgNbd { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 };
        let spending = GammaGamma { p: 6.25, q: 3.744, v: 15.44 };
        let table = table(&purchases, &spending, 273, 100.0).expect("a table");
        let (mut worst, mut sum, mut of) = (0.0_f64, 0.0, 0.0);
        for repeats in 0..20_u32 {
            for age in [5_u32, 17, 50, 111, 200, 300, 400] {
                for silence in [1_u32, 4, 11, 33, 77, 150] {
                    if repeats > age || silence > age {
                        continue;
                    }
                    let weeks = f64::from(age) / 7.0;
                    let quiet = if repeats == 0 { age } else { silence };
                    let recency = weeks - f64::from(quiet) / 7.0;
                    let expected = purchases.expected(repeats.into(), recency, weeks, 39.0);
                    let told = f64::from(table.expect(repeats, age, silence, 0).expected) / 1_000.0;
                    worst = worst.max((expected - told).abs() / expected.max(1.0));
                    sum += (expected - told).abs();
                    of += expected;
                }
            }
        }
        assert!(worst < 0.5 && sum / of < 0.02, "worst {worst}, all {}", sum / of);
    }
}
