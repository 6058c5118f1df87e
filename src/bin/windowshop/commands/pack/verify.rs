//! `windowshop pack verify`: whether files are what they say they are.

use crate::commands::NO;
use crate::output::Output;
use crate::packing::{agree, files};
use crate::packing::list::List;
use crate::packs;
use anyhow::Context as _;
use serde::Serialize;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use windowshop::base::digest::Digest;

/// Arguments of `windowshop pack verify`.
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// A pack, checked section by section; or a manifest (pack.json), of which every file is checked.
    file: PathBuf,
    /// The list of all packs that the shop publishes beside its pack.json (packs.txt): what is checked must be in it.
    #[arg(long, value_name = "FILE")]
    list: Option<PathBuf>,
    /// A copy of that list from before, or somebody else's: the list must begin with it.
    #[arg(long, value_name = "FILE", requires = "list")]
    seen: Option<PathBuf>,
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
        let mut findings = if self.file.extension().is_some_and(|ending| ending == "json") {
            let folder = self.file.parent().unwrap_or(Path::new("."));
            let manifest = files::read_manifest(&self.file)?;
            let mut findings: Vec<Finding> = manifest
                .files()
                .into_iter()
                .map(|entry| Finding { file: entry.url.clone(), problem: files::difference(folder, entry) })
                .collect();
            findings.push(pack(&folder.join(&manifest.pack.url), Some(&manifest.state)));
            let excerpt = manifest.excerpt.as_ref();
            findings.extend(excerpt.map(|of| pack(&folder.join(&of.pack.url), Some(&of.state))));
            // What is not as named is not compared with anything.
            if findings.iter().all(|finding| finding.problem.is_none()) {
                let compared = agree::findings(folder, &manifest).into_iter();
                findings.extend(compared.map(|(file, problem)| Finding { file, problem }));
            }
            findings
        } else {
            vec![pack(&self.file, None)]
        };
        if let Some(path) = &self.list {
            findings.extend(self.listed(path)?);
        }
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

impl Arguments {
    /// Whether what is checked is in the list, and the list is the one that others have.
    fn listed(&self, path: &Path) -> anyhow::Result<Vec<Finding>> {
        let list = match List::read(path) {
            Ok(list) => list,
            Err(error) => return Ok(vec![Finding { file: name(path), problem: Some(format!("{error:#}")) }]),
        };
        let named: Vec<(String, String)> = if self.file.extension().is_some_and(|ending| ending == "json") {
            let manifest = files::read_manifest(&self.file)?;
            manifest.opened().map(|(.., entry)| (entry.url.clone(), entry.sha256.clone())).collect()
        } else {
            let bytes = std::fs::read(&self.file)
                .with_context(|| format!("cannot read {}", self.file.display()))?;
            vec![(name(&self.file), Digest::of(&bytes).to_hex())]
        };
        let mut findings: Vec<Finding> = named
            .into_iter()
            .map(|(file, sha256)| {
                let problem = list.place(&sha256).is_none().then(|| {
                    "is not in the list: nobody who compares lists was served it".to_owned()
                });
                Finding { file: format!("{file} (list)"), problem }
            })
            .collect();
        if let Some(seen) = &self.seen {
            let problem = list.continues(&List::read(seen)?).err().map(|error| format!("{error:#}"));
            findings.push(Finding { file: format!("{} (begins with {})", name(path), name(seen)), problem });
        }
        // For people to compare with each other's: the same for the same list alone.
        findings.push(Finding { file: format!("{} lines, the last {}", list.len(), list.last()), problem: None });
        Ok(findings)
    }
}

fn name(path: &Path) -> String {
    path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned())
}

/// Opens a pack and compares the SHA-256 of every section, and the state hash where it is known.
fn pack(path: &Path, state: Option<&str>) -> Finding {
    let check = || -> anyhow::Result<()> {
        let pack = packs::pack(path)?;
        pack.verify_digests()?;
        let found = pack.state().to_hex();
        let named = state.unwrap_or(&found);
        anyhow::ensure!(found == named, "its state is {found}, the manifest says {named}");
        Ok(())
    };
    Finding { file: format!("{} (sections)", name(path)), problem: check().err().map(|error| format!("{error:#}")) }
}
