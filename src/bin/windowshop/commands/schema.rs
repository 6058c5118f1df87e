//! `windowshop schema`: what a rules file may hold, as JSON Schema, for editors and for whoever writes such files.

use crate::feeds::rules;
use crate::output::Output;
use std::process::ExitCode;

/// Arguments of `windowshop schema`.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The file.
    file: File,
}

/// A file with a schema.
#[derive(Clone, Copy, clap::ValueEnum)]
enum File {
    /// `promotions.json`.
    Promotions,
    /// `campaigns.json`.
    Campaigns,
    /// `messages.json`.
    Messages,
}

impl Arguments {
    /// Prints the schema, always as JSON.
    pub(crate) fn run(self, _: &Output) -> anyhow::Result<ExitCode> {
        let schema = match self.file {
            File::Promotions => rules::promotions_schema(),
            File::Campaigns => rules::campaigns_schema(),
            File::Messages => rules::messages_schema(),
        };
        println!("{}", serde_json::to_string_pretty(&schema)?);
        Ok(ExitCode::SUCCESS)
    }
}
