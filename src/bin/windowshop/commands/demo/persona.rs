//! `windowshop demo persona`: what a persona's browser remembers on the demo's day.

use super::Which;
use crate::demo::{Demo, personas};
use crate::output::Output;
use anyhow::Context;
use std::process::ExitCode;

/// Arguments of `windowshop demo persona`.
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// The persona, such as `for-another`.
    id: Option<String>,
    #[command(flatten)]
    which: Which,
}

impl Arguments {
    /// Prints the memory, or the list.
    pub(super) fn run(self, output: &Output) -> anyhow::Result<ExitCode> {
        let all = personas::all()?;
        let Some(id) = self.id else {
            let list: Vec<personas::Summary> = all.iter().map(personas::Persona::summary).collect();
            output.result(&list, || {
                for persona in &list {
                    println!("{:<12} {}\n{:12} {}", persona.id, persona.who, "", persona.must);
                }
            })?;
            return Ok(ExitCode::SUCCESS);
        };
        let names = || all.iter().map(|persona| persona.id.as_str()).collect::<Vec<_>>().join(", ");
        let persona = all.iter().find(|persona| persona.id == id);
        let persona = persona.with_context(|| format!("no persona is called {id:?}; there are {}", names()))?;
        let memory = Demo::draw(self.which.plan()?)?.persona(persona)?;
        // The same for people and programs: it is a file to import.
        println!("{}", serde_json::to_string_pretty(&memory)?);
        Ok(ExitCode::SUCCESS)
    }
}
