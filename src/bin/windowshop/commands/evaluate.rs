//! `windowshop evaluate`: how good the rankings are, on data that nobody of us made. One file a kind.

use crate::output::Output;
use std::process::ExitCode;

mod digest;
mod next_item;

/// Arguments of `windowshop evaluate`.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    kind: Kind,
}

/// What is evaluated.
#[derive(clap::Subcommand)]
enum Kind {
    /// Decide after real prefixes, for other hosts of the engine to make again.
    Digest(digest::Arguments),
    /// Rank what a shopper looks at next.
    NextItem(next_item::Arguments),
}

impl Arguments {
    /// Evaluates.
    pub(crate) fn run(self, output: &Output) -> anyhow::Result<ExitCode> {
        match self.kind {
            Kind::Digest(arguments) => arguments.run(output),
            Kind::NextItem(arguments) => arguments.run(output),
        }
    }
}
