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
use std::io::IsTerminal as _;
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

/// Who pipes into `head` has read enough: that is no failure to tell of.
fn end_quietly_on_a_closed_pipe() {
    let tell = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        let words = panic.payload().downcast_ref::<String>();
        if words.is_some_and(|words| words.starts_with("failed printing to stdout")) {
            std::process::exit(0);
        }
        tell(panic);
    }));
}

fn main() -> ExitCode {
    end_quietly_on_a_closed_pipe();
    let arguments = Arguments::parse();
    let filter = tracing_subscriber::EnvFilter::new(&arguments.log);
    // Colours are for people who look on, and who have not said that they want none (no-color.org).
    let coloured =
        std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    log.with_ansi(coloured).with_target(false).init();
    let output = output::Output { json: arguments.json };
    match arguments.command.run(&output) {
        Ok(code) => code,
        Err(error) => {
            output.failure(&error);
            ExitCode::FAILURE
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Arguments;
    use clap::CommandFactory;

    /// A command's argument of the name of one that all have would end in a panic when it is read.
    #[test]
    fn no_command_takes_a_name_that_all_have() {
        fn look(command: &clap::Command, all: &[clap::Id]) {
            for argument in command.get_arguments().filter(|argument| !argument.is_global_set()) {
                assert!(!all.contains(argument.get_id()), "{} of {}", argument.get_id(), command.get_name());
            }
            command.get_subcommands().for_each(|command| look(command, all));
        }
        let whole = Arguments::command();
        whole.clone().debug_assert();
        let all: Vec<clap::Id> = whole.get_arguments().map(|argument| argument.get_id().clone()).collect();
        whole.get_subcommands().for_each(|command| look(command, &all));
    }
}
