//! Additive models: a weight a feature, fitted natively and small enough to be read.
//!
//! [`logistic`] is ridge logistic regression by iteratively reweighted least squares (Hastie, Tibshirani and Friedman,
//! "The Elements of Statistical Learning", 2009, §4.4.1), [`least_squares`] ridge regression. Features are brought to
//! mean 0 and deviation 1 first, so that one penalty is fair to all; the constant is not penalised.

/// Rounds of reweighting at most; it has converged long before.
const ROUNDS: usize = 50;
/// How little the weights may still change.
const STILL: f64 = 1e-8;

/// A fitted model: a constant and a weight a feature, as the features stand.
#[derive(Debug, Clone, Default, PartialEq, serde::Serialize)]
pub(crate) struct Linear {
    /// What is told of nothing.
    pub(crate) constant: f64,
    /// What each feature adds a unit.
    pub(crate) weights: Vec<f64>,
}

impl Linear {
    /// The sum for a row.
    pub(crate) fn of(&self, row: &[f64]) -> f64 {
        self.constant + self.weights.iter().zip(row).map(|(weight, value)| weight * value).sum::<f64>()
    }

    /// The chance for a row, of a logistic model.
    pub(crate) fn chance(&self, row: &[f64]) -> f64 {
        logit_inverse(self.of(row))
    }
}

pub(crate) fn logit_inverse(sum: f64) -> f64 {
    1.0 / (1.0 + libm::exp(-sum))
}

/// The model under which the answers, 0 or 1, are likeliest, less `ridge` times half the squares of the weights.
pub(crate) fn logistic<R: AsRef<[f64]>>(rows: &[R], answers: &[f64], ridge: f64) -> Linear {
    let scale = Scale::of(rows);
    let mean = answers.iter().sum::<f64>() / answers.len().max(1) as f64;
    let mean = mean.clamp(1e-6, 1.0 - 1e-6);
    let mut weights = vec![0.0; scale.width() + 1];
    if let Some(constant) = weights.first_mut() {
        *constant = libm::log(mean / (1.0 - mean));
    }
    let mut row = Vec::new();
    for _ in 0..ROUNDS {
        let mut normal = Normal::new(weights.len());
        for (of, answer) in rows.iter().zip(answers) {
            scale.apply(of.as_ref(), &mut row);
            let chance = logit_inverse(dot(&weights, &row));
            let weight = (chance * (1.0 - chance)).max(1e-9);
            normal.add(&row, weight, answer - chance);
        }
        normal.penalise(ridge, &weights);
        let Some(step) = normal.solve() else { break };
        let most = step.iter().fold(0.0, |most: f64, part| most.max(part.abs()));
        for (weight, part) in weights.iter_mut().zip(&step) {
            *weight += part;
        }
        if most < STILL {
            break;
        }
    }
    scale.undo(&weights)
}

/// The model that misses the values least in squares, plus `ridge` times the squares of the weights.
pub(crate) fn least_squares<R: AsRef<[f64]>>(rows: &[R], values: &[f64], ridge: f64) -> Linear {
    let scale = Scale::of(rows);
    let zero = vec![0.0; scale.width() + 1];
    let mut normal = Normal::new(zero.len());
    let mut row = Vec::new();
    for (of, value) in rows.iter().zip(values) {
        scale.apply(of.as_ref(), &mut row);
        normal.add(&row, 1.0, *value);
    }
    normal.penalise(ridge, &zero);
    scale.undo(&normal.solve().unwrap_or(zero))
}

fn dot(one: &[f64], other: &[f64]) -> f64 {
    one.iter().zip(other).map(|(one, other)| one * other).sum()
}

/// Mean and deviation of each feature.
struct Scale {
    means: Vec<f64>,
    deviations: Vec<f64>,
}

impl Scale {
    fn of<R: AsRef<[f64]>>(rows: &[R]) -> Self {
        let width = rows.first().map_or(0, |row| row.as_ref().len());
        let count = rows.len().max(1) as f64;
        let mut means = vec![0.0; width];
        for row in rows {
            for (mean, value) in means.iter_mut().zip(row.as_ref()) {
                *mean += value / count;
            }
        }
        let mut squares = vec![0.0; width];
        for row in rows {
            for ((square, mean), value) in squares.iter_mut().zip(&means).zip(row.as_ref()) {
                *square += (value - mean) * (value - mean) / count;
            }
        }
        // A feature that never differs gets no weight.
        let deviation = |square: &f64| if *square > 1e-18 { libm::sqrt(*square) } else { f64::INFINITY };
        Self { deviations: squares.iter().map(deviation).collect(), means }
    }

    fn width(&self) -> usize {
        self.means.len()
    }

    /// The row in this scale, behind a 1 for the constant.
    fn apply(&self, row: &[f64], to: &mut Vec<f64>) {
        to.clear();
        to.push(1.0);
        let scaled = row.iter().zip(&self.means).zip(&self.deviations);
        to.extend(scaled.map(|((value, mean), deviation)| (value - mean) / deviation));
    }

    fn undo(&self, weights: &[f64]) -> Linear {
        let (constant, scaled) = weights.split_first().unwrap_or((&0.0, &[]));
        let weights: Vec<f64> = scaled.iter().zip(&self.deviations).map(|(weight, by)| weight / by).collect();
        Linear { constant: constant - dot(&weights, &self.means), weights }
    }
}

/// Normal equations, gathered row by row.
struct Normal {
    size: usize,
    matrix: Vec<f64>,
    right: Vec<f64>,
}

impl Normal {
    fn new(size: usize) -> Self {
        Self { size, matrix: vec![0.0; size * size], right: vec![0.0; size] }
    }

    fn add(&mut self, row: &[f64], weight: f64, value: f64) {
        for ((line, one), right) in self.matrix.chunks_exact_mut(self.size).zip(row).zip(&mut self.right) {
            *right += one * value;
            for (slot, other) in line.iter_mut().zip(row) {
                *slot += weight * one * other;
            }
        }
    }

    /// Adds the penalty of every weight but the constant's.
    fn penalise(&mut self, ridge: f64, weights: &[f64]) {
        for at in 1..self.size {
            if let Some(slot) = self.matrix.get_mut(at * self.size + at) {
                *slot += ridge;
            }
            if let (Some(slot), Some(weight)) = (self.right.get_mut(at), weights.get(at)) {
                *slot -= ridge * weight;
            }
        }
    }

    /// Solves by Gauss with pivots; `None` where no single solution is there.
    #[allow(clippy::indexing_slicing, reason = "indices run below the size that both are made with")]
    fn solve(mut self) -> Option<Vec<f64>> {
        let size = self.size;
        for column in 0..size {
            let pivot = (column..size).max_by(|a, b| {
                self.matrix[a * size + column].abs().total_cmp(&self.matrix[b * size + column].abs())
            })?;
            if self.matrix[pivot * size + column].abs() < 1e-12 {
                return None;
            }
            for at in 0..size {
                self.matrix.swap(column * size + at, pivot * size + at);
            }
            self.right.swap(column, pivot);
            for row in column + 1..size {
                let part = self.matrix[row * size + column] / self.matrix[column * size + column];
                for at in column..size {
                    self.matrix[row * size + at] -= part * self.matrix[column * size + at];
                }
                self.right[row] -= part * self.right[column];
            }
        }
        for row in (0..size).rev() {
            let known: f64 = (row + 1..size).map(|at| self.matrix[row * size + at] * self.right[at]).sum();
            self.right[row] = (self.right[row] - known) / self.matrix[row * size + row];
        }
        Some(self.right)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_found_again() {
        let rows: Vec<[f64; 2]> = (0..50).map(|at| [f64::from(at), f64::from(at * at % 7)]).collect();
        let values: Vec<f64> = rows.iter().map(|[one, other]| 3.0 + 2.0 * one - 5.0 * other).collect();
        let found = least_squares(&rows, &values, 1e-9);
        assert!((found.constant - 3.0).abs() < 1e-6, "{found:?}");
        assert!((found.of(&[10.0, 1.0]) - 18.0).abs() < 1e-6);
    }

    #[test]
    fn chances_are_found_again_and_a_constant_feature_gets_no_weight() {
        // Two groups with 20 of 100 and 60 of 100 yes.
        let rows: Vec<[f64; 2]> = (0..200).map(|at| [f64::from(u8::from(at >= 100)), 7.0]).collect();
        let answers: Vec<f64> =
            (0..200).map(|at| f64::from(u8::from(at % 100 < if at >= 100 { 60 } else { 20 }))).collect();
        let found = logistic(&rows, &answers, 1e-9);
        assert!((found.chance(&[0.0, 7.0]) - 0.2).abs() < 1e-6);
        assert!((found.chance(&[1.0, 7.0]) - 0.6).abs() < 1e-6);
        assert!(found.weights[1].abs() < 1e-12);
    }
}
