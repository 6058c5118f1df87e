//! The command `windowshop`: everything a shop or a reviewer does outside the browser.
//!
//! [`commands`] has one file a command; [`output`] is how they speak (text for people, `--json` for programs,
//! progress on anything over a second). Folders beside them hold what commands are made of: feeds, training,
//! evaluation, packing, the demo shop and the endpoint.

mod cases;
mod commands;
mod demo;
mod endpoint;
mod evaluation;
mod feeds;
mod fitting;
mod output;
mod packing;
mod packs;
mod training;
mod wording;

use clap::Parser;
use std::process::ExitCode;

/// A recommendation engine that lives in the shopper's own window: the shop's side of it.
#[derive(Parser)]
#[command(name = "windowshop", version, about, propagate_version = true)]
struct Arguments {
    /// Print one JSON value for a program to read, instead of text for people.
    #[arg(long, global = true)]
    json: bool,
    /// What is told on the way, such as `warn`, `info` or `windowshop=debug`.
    #[arg(long, global = true, value_name = "FILTER", env = "WINDOWSHOP_LOG", default_value = "warn")]
    log: String,
    #[command(subcommand)]
    command: commands::Command,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let filter = tracing_subscriber::EnvFilter::new(&arguments.log);
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_target(false).init();
    let output = output::Output { json: arguments.json };
    match arguments.command.run(&output) {
        Ok(code) => code,
        Err(error) => {
            output.failure(&error);
            ExitCode::FAILURE
        }
    }
}
