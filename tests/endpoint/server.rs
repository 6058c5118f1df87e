//! The real command serving at a port of its own.

use serde_json::Value;
use std::ffi::OsStr;
use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

/// The shop key of every test.
pub(crate) const KEY: &str = "0123456789abcdef0123456789abcdef";

/// `windowshop serve`, ended without a word when it is dropped.
pub(crate) struct Server {
    pub(crate) process: Child,
    pub(crate) address: String,
}

impl Server {
    /// Starts it with further options and waits until it says where it is.
    pub(crate) fn start<T: AsRef<OsStr>>(options: impl IntoIterator<Item = T>) -> Self {
        Self::start_as(Self::command().args(options))
    }

    /// The command at a free port, to be given further options and surroundings.
    pub(crate) fn command() -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_windowshop"));
        command.args(["--json", "serve", "--port", "0", "--shop-key", KEY]);
        // Which database is used is the test's to say.
        command.env_remove("WINDOWSHOP_DATABASE");
        command
    }

    /// Starts the command and waits until it says where it is.
    pub(crate) fn start_as(command: &mut Command) -> Self {
        let mut process = command.stdout(Stdio::piped()).spawn().expect("starts");
        let mut line = String::new();
        let output = process.stdout.take().expect("piped");
        BufReader::new(output).read_line(&mut line).expect("it says where it is");
        let told: Value = serde_json::from_str(&line).expect("one line of JSON");
        let address = told["address"].as_str().and_then(|address| address.strip_prefix("http://"));
        Self { process, address: String::from(address.expect("an address")) }
    }

    /// Ends it without a word, as a power cut or `kill -9` does.
    pub(crate) fn kill(mut self) {
        self.process.kill().expect("kills");
        self.process.wait().expect("ends");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
