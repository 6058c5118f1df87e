//! How the weights of a co-visitation row become a byte each, and come back.
//!
//! A weight is told by the root of its share of the row's largest, in 255 steps: weights fall off steeply, so that even steps
//! would spend most of theirs on the few that are strong and tell the many weak ones apart by none. What that loses of lists
//! is measured by `windowshop evaluate packing`.

/// The steps of the largest weight.
const STEPS: u64 = 255;

/// The step of a weight, 1 to 255: the nearest by its root. The weight is at most `largest`, and neither is zero.
pub fn step_of(weight: u32, largest: u32) -> u8 {
    // The root rounded to the nearest is half of that of four times as much, rounded up.
    let fourfold = 4 * u64::from(weight) * STEPS * STEPS / u64::from(largest.max(1));
    fourfold.isqrt().div_ceil(2).clamp(1, STEPS) as u8
}

/// The weight of a step, rounded to the nearest.
pub fn weight_of(step: u8, largest: u32) -> u32 {
    let squared = u64::from(step) * u64::from(step);
    ((u64::from(largest) * squared + STEPS * STEPS / 2) / (STEPS * STEPS)) as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_largest_and_the_least_are_told() {
        for largest in [1, 7, 255, 1_000, 2_000_000, u32::MAX] {
            assert_eq!((step_of(largest, largest), weight_of(255, largest)), (255, largest));
            assert_eq!(step_of(1, largest).max(1), step_of(1, largest));
        }
        assert_eq!(weight_of(step_of(1, 2_000_000), 2_000_000), 31, "the least step of a large row");
        assert_eq!(weight_of(step_of(0, 9), 9), 0);
        assert_eq!(step_of(20, 102_430), 4, "whose root is 3.56");
    }

    proptest! {
        #[test]
        fn a_weight_comes_back_within_its_step(largest in 1_u32.., share in 0.0_f64..=1.0) {
            let weight = ((f64::from(largest) * share) as u32).max(1);
            let found = step_of(weight, largest);
            // Steps lie where the root lies: beyond the nearest there is none nearer.
            let root = (f64::from(weight) / f64::from(largest)).sqrt() * 255.0;
            prop_assert!((f64::from(found) - root.max(1.0)).abs() <= 0.51, "{found} for {root}");
            // And what a weight became stays.
            let back = weight_of(found, largest).max(1);
            prop_assert_eq!(weight_of(step_of(back, largest), largest).max(1), back);
        }

        #[test]
        fn a_stronger_neighbour_stays_no_weaker(largest in 1_u32.., weights in prop::array::uniform2(1_u32..)) {
            let [one, other] = weights.map(|weight| weight.min(largest));
            prop_assert!(one < other || step_of(one, largest) >= step_of(other, largest));
        }
    }
}
