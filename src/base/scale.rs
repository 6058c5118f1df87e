//! The five answers of satisfaction: what is remembered of a shopper and what is reported of many use the same words.

/// From best to worst; the last two are unhappy ones.
pub const SATISFACTION: [&str; 5] =
    ["very_satisfied", "satisfied", "fair", "dissatisfied", "very_dissatisfied"];
