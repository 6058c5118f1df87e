//! The hot loops: they walk whole columns and know nothing of what these mean.
//!
//! Scores are `i32` millionths, so that a sum is the same in any order and any width of vector. All loops are plain and
//! safe. They are a crate of their own because the module that shoppers download is built for size, and these for speed
//! (`[profile.wasm.package.windowshop-kernel]`).
//!
//! [`filter`] tells rows that may be shown, [`numbers`] reads columns of any width, [`occur`] tells which codes there are,
//! [`score`] sums what tables say of the codes of rows, [`order`](mod@order) puts rows in their order as they are taken, [`sets`]
//! numbers sets of codes, [`text`] compares short texts, sums by them and finds who has one, [`write`](mod@write) writes what
//! is digested.
#![no_std]

extern crate alloc;
#[cfg(test)]
extern crate std;

pub mod bits;
pub mod filter;
pub mod numbers;
pub mod occur;
pub mod order;
pub mod score;
pub mod sets;
pub mod text;
pub mod write;
