//! `windowshop evaluate`: how good the rankings are, on data that nobody of us made. One file a kind.

use crate::output::Output;
use std::process::ExitCode;

mod attributes;
mod brands;
mod budget;
mod digest;
mod intervals;
mod next_item;
mod packing;
mod propensity;
mod redemption;
mod response;
mod uplift;
mod value;

/// Arguments of `windowshop evaluate`.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    kind: Kind,
}

/// What is evaluated.
#[derive(clap::Subcommand)]
enum Kind {
    /// Rank items that nobody has seen yet, by brand, category, size and attributes.
    Attributes(attributes::Arguments),
    /// Rank the brands that a shopper looks at on a day.
    Brands(brands::Arguments),
    /// Keep a simulated month within its budget by one price.
    Budget(budget::Arguments),
    /// Decide after real prefixes, for other hosts of the engine to make again.
    Digest(digest::Arguments),
    /// Hold simulated surveys: what so many reports tell, and whether estimates' intervals hold.
    Intervals(intervals::Arguments),
    /// Rank what a shopper looks at next.
    NextItem(next_item::Arguments),
    /// Tell what a pack's rounding of a table changes in lists.
    Packing(packing::Arguments),
    /// Estimate what another rule would have got, from a log with propensities.
    Propensity(propensity::Arguments),
    /// Foretell who redeems a coupon, and which.
    Redemption(redemption::Arguments),
    /// Tell what a campaign changed beside what would have come anyway.
    Response(response::Arguments),
    /// Rank by what an offer changes, on a randomised test.
    Uplift(uplift::Arguments),
    /// Foretell who buys again, and for how much.
    Value(value::Arguments),
}

impl Arguments {
    /// Evaluates.
    pub(crate) fn run(self, output: &Output) -> anyhow::Result<ExitCode> {
        match self.kind {
            Kind::Attributes(arguments) => arguments.run(output),
            Kind::Brands(arguments) => arguments.run(output),
            Kind::Budget(arguments) => arguments.run(output),
            Kind::Digest(arguments) => arguments.run(output),
            Kind::Intervals(arguments) => arguments.run(output),
            Kind::NextItem(arguments) => arguments.run(output),
            Kind::Packing(arguments) => arguments.run(output),
            Kind::Propensity(arguments) => arguments.run(output),
            Kind::Redemption(arguments) => arguments.run(output),
            Kind::Response(arguments) => arguments.run(output),
            Kind::Uplift(arguments) => arguments.run(output),
            Kind::Value(arguments) => arguments.run(output),
        }
    }
}
