//! `windowshop pack verify`: whether files are what they say they are.

use crate::commands::NO;
use crate::output::Output;
use crate::packing::files;
use serde::Serialize;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Arguments of `windowshop pack verify`.
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// A pack, checked section by section; or a manifest (pack.json), of which every file is checked.
    file: PathBuf,
}

/// What one check found.
#[derive(Serialize)]
struct Finding {
    file: String,
    problem: Option<String>,
}

impl Arguments {
    /// Verifies; exit code 3 where anything differs.
    pub(super) fn run(self, output: &Output) -> anyhow::Result<ExitCode> {
        let findings = if self.file.extension().is_some_and(|ending| ending == "json") {
            let folder = self.file.parent().unwrap_or(Path::new("."));
            let manifest = files::read_manifest(&self.file)?;
            let mut findings: Vec<Finding> = manifest
                .files()
                .into_iter()
                .map(|entry| Finding { file: entry.url.clone(), problem: files::difference(folder, entry) })
                .collect();
            findings.push(pack(&folder.join(&manifest.pack.url), Some(&manifest.state)));
            findings
        } else {
            vec![pack(&self.file, None)]
        };
        output.result(&findings, || {
            for finding in &findings {
                match &finding.problem {
                    None => println!("as named  {}", finding.file),
                    Some(problem) => println!("DIFFERS   {}: {problem}", finding.file),
                }
            }
        })?;
        let good = findings.iter().all(|finding| finding.problem.is_none());
        Ok(if good { ExitCode::SUCCESS } else { ExitCode::from(NO) })
    }
}

/// Opens a pack and compares the SHA-256 of every section, and the state hash where it is known.
fn pack(path: &Path, state: Option<&str>) -> Finding {
    let check = || -> anyhow::Result<()> {
        let pack = super::open(path)?;
        pack.verify_digests()?;
        let found = pack.state().to_hex();
        let named = state.unwrap_or(&found);
        anyhow::ensure!(found == named, "its state is {found}, the manifest says {named}");
        Ok(())
    };
    let file = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    Finding { file: format!("{file} (sections)"), problem: check().err().map(|error| format!("{error:#}")) }
}
