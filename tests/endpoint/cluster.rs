//! A PostgreSQL server of a test's own: made in a temporary folder, reached through a socket there, gone with the test.
//! Used by the tests of the command and, by its path, by those inside it.

#![allow(dead_code, reason = "each crate of tests uses some of it")]

use std::os::unix::fs::chown;
use std::os::unix::process::ExitStatusExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

/// Who owns the server's files where the tests run as root, which PostgreSQL refuses to.
const USER: &str = "postgres";
/// Where distributions put the server's programs, which are not on every PATH.
const PLACES: [&str; 4] = ["/usr/lib/postgresql", "/usr/pgsql", "/opt/homebrew/opt", "/usr/local/opt"];

/// A running server with one empty database.
pub(crate) struct Cluster {
    programs: PathBuf,
    // Before the folder: it ends before its folder goes.
    process: Option<Child>,
    folder: tempfile::TempDir,
}

impl Cluster {
    /// Makes and starts a server; `None`, and a line that says so, where none is installed.
    pub(crate) fn start() -> Option<Self> {
        let skip = |why: &str| {
            eprintln!("SKIPPED, nothing was tested on PostgreSQL: {why}; scripts/setup postgres installs it");
            None
        };
        let Some(programs) = programs() else { return skip("there is no server on this machine") };
        if is_root() && id("-u").is_none() {
            return skip("there is no user named postgres, and PostgreSQL does not run as root");
        }
        // Not in the folder for temporary files that the environment names: a socket's path has 107 bytes at most, and the
        // server's user has to be able to go there.
        let folder = tempfile::Builder::new().prefix("windowshop-").tempdir_in("/tmp").expect("a folder");
        if let (true, Some(user), Some(group)) = (is_root(), id("-u"), id("-g")) {
            chown(folder.path(), Some(user), Some(group)).expect("hands the folder over");
        }
        let mut cluster = Self { programs, process: None, folder };
        let made = cluster
            .as_server("initdb")
            .args([
                "--no-sync",
                "--username=windowshop",
                "--auth=trust",
                "--encoding=UTF8",
                "--locale=C",
                "-D",
            ])
            .arg(cluster.data())
            .output()
            .expect("runs initdb");
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        // Who is not `windowshop` needs a password.
        let rules = "local all windowshop trust\nlocal all all scram-sha-256\n";
        std::fs::write(cluster.data().join("pg_hba.conf"), rules).expect("writes");
        cluster.run();
        cluster.query("postgres", "CREATE DATABASE shop");
        Some(cluster)
    }

    /// The URL of its database for its owner.
    pub(crate) fn url(&self) -> String {
        self.url_for("windowshop", "shop")
    }

    /// The URL of a database for a user, `name` or `name:password`.
    pub(crate) fn url_for(&self, user: &str, database: &str) -> String {
        let socket = self.folder.path().to_string_lossy().replace('/', "%2F");
        format!("postgres://{user}@{socket}/{database}")
    }

    /// Where its files are.
    pub(crate) fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// What a statement answers, as `psql` prints it without ornament.
    pub(crate) fn query(&self, database: &str, statement: &str) -> String {
        let output = self.psql(database, statement);
        assert!(output.status.success(), "{statement}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).trim_end().to_owned()
    }

    /// Ends it as a crash of the server does: what is not on the disk is lost.
    pub(crate) fn crash(&mut self) {
        if let Some(mut process) = self.process.take() {
            // SIGQUIT is its immediate shutdown: every one of its processes ends where it stands.
            let _ = Command::new("kill").args(["-QUIT", &process.id().to_string()]).status();
            let ended = process.wait().expect("ends");
            assert!(ended.code().is_some() || ended.signal().is_some());
        }
    }

    /// Starts it and waits until it answers.
    pub(crate) fn run(&mut self) {
        let log = std::fs::File::create(self.folder.path().join("log")).expect("makes");
        let mut process = self
            .as_server("postgres")
            .arg("-D")
            .arg(self.data())
            .arg("-k")
            .arg(self.folder.path())
            // The worst defaults that a server may come with, so that tests show what holds in spite of them.
            .args(["-c", "listen_addresses=", "-c", "synchronous_commit=off", "-c", "wal_writer_delay=10s"])
            .args(["-c", "default_transaction_isolation=serializable", "-c", "shared_buffers=32MB"])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()
            .expect("starts");
        let began = Instant::now();
        while !self.psql("postgres", "SELECT 1").status.success() {
            let log = || std::fs::read_to_string(self.folder.path().join("log")).unwrap_or_default();
            assert!(process.try_wait().expect("asks").is_none(), "the server ended: {}", log());
            assert!(began.elapsed() < Duration::from_secs(60), "the server does not answer: {}", log());
            std::thread::sleep(Duration::from_millis(50));
        }
        self.process = Some(process);
    }

    fn psql(&self, database: &str, statement: &str) -> Output {
        Command::new(self.programs.join("psql"))
            .args(["--no-psqlrc", "--tuples-only", "--no-align", "--set=ON_ERROR_STOP=1", "--host"])
            .arg(self.folder.path())
            .args(["--username=windowshop", "--dbname", database, "--command", statement])
            .output()
            .expect("runs psql")
    }

    /// One of the server's programs, as a user it accepts. Should the test be killed, it ends too where the system can do
    /// that.
    fn as_server(&self, program: &str) -> Command {
        let program = self.programs.join(program);
        let mut command = if is_root() {
            let mut command = Command::new("setpriv");
            command.args(["--reuid", USER, "--regid", USER, "--clear-groups", "--pdeathsig", "QUIT", "--"]);
            command.arg(program);
            command
        } else {
            Command::new(program)
        };
        command.current_dir(self.folder.path());
        command
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        self.crash();
    }
}

/// The folder of a server's programs: what is on the PATH, else what a distribution put beside it.
fn programs() -> Option<PathBuf> {
    let has = |folder: &Path| ["initdb", "postgres", "psql"].iter().all(|name| folder.join(name).is_file());
    let on_path = std::env::var_os("PATH");
    let on_path: Vec<PathBuf> = on_path.iter().flat_map(std::env::split_paths).collect();
    let mut versions: Vec<PathBuf> = PLACES
        .iter()
        .filter_map(|place| std::fs::read_dir(place).ok())
        .flat_map(|found| found.flatten().map(|entry| entry.path().join("bin")))
        .collect();
    versions.sort();
    on_path.into_iter().chain(versions.into_iter().rev()).find(|folder| has(folder))
}

fn is_root() -> bool {
    id_of(&["-u"]) == Some(0)
}

/// The number of the server's user or of its group.
fn id(which: &str) -> Option<u32> {
    id_of(&[which, USER])
}

fn id_of(arguments: &[&str]) -> Option<u32> {
    let output = Command::new("id").args(arguments).stderr(Stdio::null()).output().ok()?;
    String::from_utf8(output.stdout).ok()?.trim().parse().ok()
}
