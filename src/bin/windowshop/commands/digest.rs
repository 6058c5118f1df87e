//! `windowshop digest`: the SHA-256 of files, as manifests and decisions name them.

use crate::output::Output;
use anyhow::Context;
use std::path::PathBuf;
use std::process::ExitCode;
use windowshop::base::digest::Digest;

/// Arguments of `windowshop digest`.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The files.
    #[arg(required = true)]
    files: Vec<PathBuf>,
}

impl Arguments {
    /// Prints a line a file.
    pub(crate) fn run(self, output: &Output) -> anyhow::Result<ExitCode> {
        let mut digests = Vec::new();
        for file in self.files {
            let bytes = std::fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?;
            digests.push((Digest::of(&bytes).to_hex(), file.display().to_string()));
        }
        output.result(&digests, || {
            for (digest, file) in &digests {
                println!("{digest}  {file}");
            }
        })?;
        Ok(ExitCode::SUCCESS)
    }
}
