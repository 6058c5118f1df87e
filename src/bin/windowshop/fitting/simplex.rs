//! The minimum of a function of a few numbers, without its slope: Nelder and Mead, "A Simplex Method for Function
//! Minimization", 1965, with the usual coefficients 1, 2, ½ and ½.

/// How often a step is made at most.
const STEPS_MAX: usize = 2_000;
/// How close the worst corner's value must come to the best's.
const CLOSE: f64 = 1e-9;
/// How far the corners may lie apart at the end.
const NEAR: f64 = 1e-7;

/// Where `function` is least, from `start` on; the corners of the first simplex lie `reach` away along each axis.
pub(super) fn minimum<const N: usize>(
    start: [f64; N],
    reach: f64,
    function: impl Fn(&[f64; N]) -> f64,
) -> [f64; N] {
    let valued = |point: [f64; N]| (function(&point), point);
    let mut corners = vec![valued(start)];
    for axis in 0..N {
        let mut point = start;
        if let Some(slot) = point.get_mut(axis) {
            *slot += reach;
        }
        corners.push(valued(point));
    }
    for _ in 0..STEPS_MAX {
        corners.sort_by(|one, other| one.0.total_cmp(&other.0));
        let [(best, lead), .., (second, _), (worst, last)] = corners.as_slice() else { break };
        let (best, second, worst, lead, last) = (*best, *second, *worst, *lead, *last);
        let spread = corners.iter().map(|(_, point)| distance(point, &lead)).fold(0.0, f64::max);
        if worst - best <= CLOSE * (1.0 + best.abs()) && spread <= NEAR {
            break;
        }
        let mut centre = [0.0; N];
        for (_, point) in corners.iter().take(N) {
            for (slot, part) in centre.iter_mut().zip(point) {
                *slot += part / N as f64;
            }
        }
        let reflected = valued(along(&centre, &last, -1.0));
        let taken = if reflected.0 < best {
            let expanded = valued(along(&centre, &last, -2.0));
            Some(if expanded.0 < reflected.0 { expanded } else { reflected })
        } else if reflected.0 < second {
            Some(reflected)
        } else {
            let step = if reflected.0 < worst { -0.5 } else { 0.5 };
            let contracted = valued(along(&centre, &last, step));
            (contracted.0 < worst.min(reflected.0)).then_some(contracted)
        };
        match (taken, corners.last_mut()) {
            (Some(taken), Some(slot)) => *slot = taken,
            _ => {
                for corner in corners.iter_mut().skip(1) {
                    *corner = valued(along(&lead, &corner.1, 0.5));
                }
            }
        }
    }
    corners.sort_by(|one, other| one.0.total_cmp(&other.0));
    corners.first().map_or(start, |corner| corner.1)
}

/// The point `part` of the way from `from` to `to`.
fn along<const N: usize>(from: &[f64; N], to: &[f64; N], part: f64) -> [f64; N] {
    let mut point = *from;
    for (slot, to) in point.iter_mut().zip(to) {
        *slot += (to - *slot) * part;
    }
    point
}

fn distance<const N: usize>(one: &[f64; N], other: &[f64; N]) -> f64 {
    one.iter().zip(other).map(|(one, other)| (one - other).abs()).fold(0.0, f64::max)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_valley_of_rosenbrock_is_walked_to_its_end() {
        let found = minimum([-1.2, 1.0], 0.5, |[x, y]| {
            let (along, across) = (1.0 - x, y - x * x);
            along * along + 100.0 * across * across
        });
        assert!(distance(&found, &[1.0, 1.0]) < 1e-4, "{found:?}");
    }
}
