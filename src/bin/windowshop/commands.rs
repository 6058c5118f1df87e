//! The commands, one file each. A new one is its file and one line in the list below.
//!
//! Exit codes: 0 done; 1 could not be done, and standard error says why; 2 the call's words are off (clap);
//! a command whose answer can be 'no' says so with 3.

use crate::output::Output;
use std::process::ExitCode;

/// The exit code of a well-formed 'no': a digest that differs, a pack that is refused.
pub(crate) const NO: u8 = 3;

macro_rules! commands {
    ($($(#[$doc:meta])* $module:ident => $name:ident;)*) => {
        $(mod $module;)*

        /// What the command is asked to do.
        #[derive(clap::Subcommand)]
        pub(crate) enum Command {
            $($(#[$doc])* $name($module::Arguments),)*
        }

        impl Command {
            /// Does it.
            pub(crate) fn run(self, output: &Output) -> anyhow::Result<ExitCode> {
                match self {
                    $(Self::$name(arguments) => arguments.run(output),)*
                }
            }
        }
    };
}

commands! {
    /// Say who would get a campaign, before anybody does.
    campaign => Campaign;
    /// Say which digest a file has, as packs and decisions name them.
    digest => Digest;
    /// Print what the reports in a data folder say together, with intervals.
    estimates => Estimates;
    /// Measure rankings on data that nobody of us made.
    evaluate => Evaluate;
    /// Fit how often customers come back and what they spend, for the packs to come.
    fit => Fit;
    /// Make the demo shop: an invented catalogue, its clicks and what it serves.
    demo => Demo;
    /// Make what a shop serves from its feed, and look into it.
    pack => Pack;
    /// Price a cart by the rules of a pack, or carts of other engines by ours under their manners.
    price => Price;
    /// Rank items for a request, JSON in and JSON out, through the engine that runs in the tab.
    recommend => Recommend;
    /// Make a recorded decision again, bit for bit, with every number behind it.
    replay => Replay;
    /// Work out what goods are for, for the packs to come.
    roles => Roles;
    /// Print the JSON Schema of a file of the feed.
    schema => Schema;
    /// Serve the storefront, the packs and the endpoint for reports.
    serve => Serve;
    /// Learn from click logs which items go together, for the packs to come.
    train => Train;
}
