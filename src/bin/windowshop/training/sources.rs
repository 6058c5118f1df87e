//! What can be learned from. One file a source, registered by one line below.
//!
//! Every source ends in the same file for `pack build`; what one cannot give stays empty there or is the engine's
//! own, and each says so.

use super::file::Trained;
use super::log::Logs;
use anyhow::Result;
use indicatif::ProgressBar;
use serde::{Deserialize, Serialize};

/// What to learn from, and how.
pub(crate) struct Request<'a> {
    /// The files, their columns' names and where working files go.
    pub(crate) logs: Logs<'a>,
    /// How many sessions (or customers, or orders) must hold a pair, a brand or a category for it to be kept.
    pub(crate) min_sessions: u32,
    /// Of estimates: what the answers of a question are, where its id does not say so.
    pub(crate) questions: &'a [(String, String)],
}

/// What was learned.
pub(crate) struct Lesson {
    /// The file.
    pub(crate) trained: Trained,
    /// What the source said besides: facts of its own, for the report.
    pub(crate) notes: Vec<String>,
}

/// Something that a source does not give.
#[derive(Debug, Clone, Copy, Serialize)]
pub(crate) struct Lack {
    /// What, in the words of `docs/training.md`.
    pub(crate) what: &'static str,
    /// Why, and what stands in for it.
    pub(crate) why: &'static str,
}

macro_rules! sources {
    ($($(#[$doc:meta])* $source:ident in $module:ident;)*) => {
        $(mod $module;)*

        /// What a table is learned from.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, clap::ValueEnum)]
        #[serde(rename_all = "snake_case")]
        pub(crate) enum Source {
            $($(#[$doc])* $source,)*
        }

        impl Source {
            /// Learns.
            ///
            /// # Errors
            /// Where a file cannot be read or a row is off.
            pub(crate) fn learn(self, request: &Request<'_>, progress: &ProgressBar) -> Result<Lesson> {
                match self { $(Self::$source => $module::learn(request, progress),)* }
            }

            /// Steps of the progress bar that learning takes.
            pub(crate) fn steps(self) -> u64 {
                match self { $(Self::$source => $module::steps(),)* }
            }

            /// What the source gives.
            pub(crate) fn gives(self) -> &'static [&'static str] {
                match self { $(Self::$source => $module::GIVES,)* }
            }

            /// What the source cannot give.
            pub(crate) fn lacks(self) -> &'static [Lack] {
                match self { $(Self::$source => $module::LACKS,)* }
            }
        }
    };
}

sources! {
    /// The shop's own click logs.
    Logs in logs;
    /// The shop's orders.
    Orders in orders;
    /// What randomised reports say, as `windowshop estimates --json` prints it.
    Estimates in estimates;
}
