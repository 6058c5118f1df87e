//! `windowshop campaign`: what a campaign would do, before anybody sees it.

use crate::output::Output;
use std::process::ExitCode;

mod check;

/// Arguments of `windowshop campaign`.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    what: What,
}

/// What is done.
#[derive(clap::Subcommand)]
enum What {
    /// Check campaigns, say whom they are for and how many it takes to measure them, and play a year of twelve shoppers.
    Check(check::Arguments),
}

impl Arguments {
    /// Does it.
    pub(crate) fn run(self, output: &Output) -> anyhow::Result<ExitCode> {
        match self.what {
            What::Check(arguments) => arguments.run(output),
        }
    }
}
