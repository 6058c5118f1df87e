//! `windowshop pack`: from a feed to what a shop serves, and what is in it. One file a subcommand.

mod build;
mod delta;
mod inspect;
mod verify;

use crate::output::Output;
use std::process::ExitCode;

/// Arguments of `windowshop pack`.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    action: Action,
}

/// What is done with packs.
#[derive(clap::Subcommand)]
enum Action {
    /// Compile a feed into a pack, its companions and the manifest that names them.
    Build(build::Arguments),
    /// Make the day's change of stock, prices and sales, on top of what is served.
    Delta(delta::Arguments),
    /// Say what is in a pack.
    Inspect(inspect::Arguments),
    /// Check every SHA-256 of a pack, or of everything a manifest names.
    Verify(verify::Arguments),
}

impl Arguments {
    /// Does it.
    pub(crate) fn run(self, output: &Output) -> anyhow::Result<ExitCode> {
        match self.action {
            Action::Build(arguments) => arguments.run(output),
            Action::Delta(arguments) => arguments.run(output),
            Action::Inspect(arguments) => arguments.run(output),
            Action::Verify(arguments) => arguments.run(output),
        }
    }
}
