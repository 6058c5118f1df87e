//! How many reports the endpoint acknowledges, each counted on the disk before its answer, beside a bare server that
//! reads the same bodies and keeps nothing: both on loopback, in turns, in one run. Then ten times as many clients.
//!
//! The endpoint is the real `windowshop serve` on a SQLite file with `synchronous = FULL`; the clients are connections
//! that send one report after the other, each with an id of its own. Clients and servers share the machine's cores, so
//! what counts are the ratios. `target/bench/endpoint.json` has the numbers; `SECONDS=20` measures longer.

#![allow(missing_docs, reason = "a bench")]

use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use windowshop::base::time::{Timestamp, Week};
use windowshop::catalogue::{AlignedBytes, Catalogue, Pack};
use windowshop::engine;

const CONNECTIONS: usize = 64;
const ROUNDS: usize = 3;
type Failure = Box<dyn std::error::Error + Send + Sync>;

fn main() -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    if std::env::args().any(|argument| argument == "--bare") {
        return runtime.block_on(bare());
    }
    let seconds = std::env::var("SECONDS").ok().and_then(|text| text.parse().ok()).unwrap_or(5);
    runtime.block_on(measure(Duration::from_secs(seconds)))
}

async fn measure(time: Duration) -> Result<(), Failure> {
    let folder = tempfile::tempdir_in("target")?;
    let program = std::env::var("WINDOWSHOP").unwrap_or_else(|_| env!("CARGO_BIN_EXE_windowshop").into());
    let made = Command::new(&program).args(["--json", "demo", "--out"]).arg(folder.path()).output()?;
    if !made.status.success() {
        return Err(String::from_utf8_lossy(&made.stderr).into());
    }
    let packs = folder.path().join("pack");
    let answers = answers(&packs)?;
    let bare = Server::start(Command::new(std::env::current_exe()?).arg("--bare"))?;
    let endpoint = Server::start(
        Command::new(&program)
            .args(["--json", "serve", "--port", "0", "--packs"])
            .arg(&packs)
            .arg("--data")
            .arg(folder.path().join("endpoint")),
    )?;

    let mut rounds = Vec::new();
    for _ in 0..ROUNDS {
        let kept_nothing = load(&bare.address, CONNECTIONS, time, &answers).await?;
        let counted = load(&endpoint.address, CONNECTIONS, time, &answers).await?;
        rounds.push((kept_nothing, counted));
    }
    rounds.sort_by(|one, other| one.1.rate().total_cmp(&other.1.rate()));
    let (kept_nothing, counted) = rounds.get(ROUNDS / 2).ok_or("no round")?;
    let resident = endpoint.peak_kilobytes()?;
    let overloaded = load(&endpoint.address, CONNECTIONS * 10, time, &answers).await?;
    let resident_overloaded = endpoint.peak_kilobytes()?;

    println!("{:<44}{:>12}{:>10}{:>10}{:>10}  answers", "", "accepted/s", "p50 ms", "p99 ms", "max ms");
    for (name, load) in [
        ("a bare server, 64 connections", kept_nothing),
        ("the endpoint, 64 connections", counted),
        ("the endpoint, 640 connections", &overloaded),
    ] {
        let [p50, p99, max] = [0.5, 0.99, 1.0].map(|share| load.quantile(share));
        println!("{name:<44}{:>12.0}{p50:>10.2}{p99:>10.2}{max:>10.2}  {:?}", load.rate(), load.answers);
    }
    let ratio = counted.rate() / kept_nothing.rate();
    println!("the endpoint acknowledges {:.1} % of the bare server's rate", ratio * 100.0);
    println!(
        "resident at most: {} MB, after the overload {} MB",
        resident / 1024,
        resident_overloaded / 1024
    );
    std::fs::create_dir_all("target/bench")?;
    let report = json!({
        "bare": kept_nothing.json(), "endpoint": counted.json(), "overload": overloaded.json(),
        "ratio": ratio, "peakKilobytes": resident, "peakKilobytesOverload": resident_overloaded,
    });
    std::fs::write("target/bench/endpoint.json", format!("{report:#}\n"))?;
    Ok(())
}

/// Bodies of reports but for their id, one for each question of the pack that is asked without a coin: more than there are
/// in any week, which asks one.
fn answers(packs: &Path) -> Result<Vec<(String, String)>, Failure> {
    let manifest: Value = serde_json::from_slice(&std::fs::read(packs.join("pack.json"))?)?;
    let name = manifest.pointer("/pack/url").and_then(Value::as_str).ok_or("the manifest names no pack")?;
    let catalogue = Catalogue::new(Pack::open(AlignedBytes::copy_of(&std::fs::read(packs.join(name))?))?);
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH)?.as_millis();
    let week = Week::of(Timestamp(i64::try_from(now)?));
    let mut bodies = Vec::new();
    for asked in engine::asked(&catalogue)? {
        if asked.question().id.contains('/') {
            continue;
        }
        let truth = asked.domain().answers().first().ok_or("a question without answers")?;
        let report = asked.report(week, truth, &[7; 32])?;
        let (written, id) = (serde_json::to_string(&report)?, report.id.to_string());
        let (before, after) = written.split_once(&id).ok_or("a report without its id")?;
        bodies.push((before.to_owned(), after.to_owned()));
    }
    Ok(bodies)
}

/// What came of a load.
struct Load {
    time: Duration,
    answers: BTreeMap<u16, u64>,
    /// How long each accepted report took, sorted, in milliseconds.
    accepted: Vec<f64>,
}

impl Load {
    fn rate(&self) -> f64 {
        self.accepted.len() as f64 / self.time.as_secs_f64()
    }

    fn quantile(&self, share: f64) -> f64 {
        let place = (self.accepted.len() as f64 * share).ceil() as usize;
        self.accepted.get(place.saturating_sub(1)).copied().unwrap_or(f64::NAN)
    }

    fn json(&self) -> Value {
        json!({
            "acceptedPerSecond": self.rate(), "p50": self.quantile(0.5), "p99": self.quantile(0.99),
            "max": self.quantile(1.0), "answers": self.answers,
        })
    }
}

/// Sends reports over so many connections for so long. An answer of 503 is not sent again at once but after a breath, as
/// one that hears `Retry-After` would wait longer still.
async fn load(
    address: &str,
    connections: usize,
    time: Duration,
    bodies: &[(String, String)],
) -> Result<Load, Failure> {
    static IDS: AtomicU64 = AtomicU64::new(1);
    let bodies = Arc::new(bodies.to_vec());
    let began = Instant::now();
    let until = began + time;
    let mut clients = tokio::task::JoinSet::new();
    for _ in 0..connections {
        let (bodies, address) = (Arc::clone(&bodies), address.to_owned());
        clients.spawn(async move {
            let mut stream = TcpStream::connect(&address).await?;
            stream.set_nodelay(true)?;
            let (mut answers, mut accepted) = (BTreeMap::new(), Vec::new());
            let mut buffer = Vec::with_capacity(4096);
            while Instant::now() < until {
                let number = IDS.fetch_add(1, Ordering::Relaxed);
                let (before, after) = bodies.get(number as usize % bodies.len()).ok_or("no questions")?;
                // Ids are chance in a tab; here it is enough that they lie scattered, as chance does.
                let id = (u128::from(number) << 64 | u128::from(std::process::id())).wrapping_mul(0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835);
                let body = format!("{before}{id:032x}{after}");
                let request = format!(
                    "POST /v1/reports HTTP/1.1\r\nHost: shop\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
                    body.len()
                );
                let sent = Instant::now();
                stream.write_all(request.as_bytes()).await?;
                let status = answer(&mut stream, &mut buffer).await?;
                *answers.entry(status).or_insert(0) += 1;
                if status == 202 {
                    accepted.push(sent.elapsed().as_secs_f64() * 1_000.0);
                } else {
                    tokio::time::sleep(Duration::from_millis(50)).await;
                }
            }
            Ok::<_, Failure>((answers, accepted))
        });
    }
    let mut load = Load { time, answers: BTreeMap::new(), accepted: Vec::new() };
    while let Some(client) = clients.join_next().await {
        let (answers, accepted) = client??;
        for (status, count) in answers {
            *load.answers.entry(status).or_default() += count;
        }
        load.accepted.extend(accepted);
    }
    load.time = began.elapsed();
    load.accepted.sort_by(f64::total_cmp);
    Ok(load)
}

/// Reads one answer and tells its status.
async fn answer(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> Result<u16, Failure> {
    buffer.clear();
    loop {
        if stream.read_buf(buffer).await? == 0 {
            return Err("the server hung up".into());
        }
        let Some(end) = buffer.windows(4).position(|four| four == b"\r\n\r\n") else { continue };
        let (head, body) = buffer.split_at(end + 4);
        let head = str::from_utf8(head)?.to_ascii_lowercase();
        let length: usize = head
            .split("content-length: ")
            .nth(1)
            .and_then(|rest| rest.split('\r').next())
            .ok_or("an answer without its length")?
            .parse()?;
        if body.len() >= length {
            return Ok(head.split(' ').nth(1).ok_or("an answer without a status")?.parse()?);
        }
    }
}

/// A server in a process of its own.
struct Server {
    process: Child,
    address: String,
}

impl Server {
    /// Starts one that says where it is in one line of JSON.
    fn start(command: &mut Command) -> Result<Self, Failure> {
        let mut process = command.stdout(Stdio::piped()).spawn()?;
        let mut line = String::new();
        BufReader::new(process.stdout.take().ok_or("no output")?).read_line(&mut line)?;
        let told: Value = serde_json::from_str(&line)?;
        let address = told.get("address").and_then(Value::as_str).ok_or("no address")?;
        let address = address.trim_start_matches("http://").to_owned();
        Ok(Self { process, address })
    }

    /// The most memory it ever held.
    fn peak_kilobytes(&self) -> Result<u64, Failure> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.process.id()))?;
        let line = status.lines().find(|line| line.starts_with("VmHWM:")).ok_or("no peak is told here")?;
        Ok(line.split_whitespace().nth(1).ok_or("no number")?.parse()?)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// A server that reads a report and keeps nothing.
async fn bare() -> Result<(), Failure> {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("{}", json!({ "address": format!("http://{}", listener.local_addr()?) }));
    let take = |body: axum::body::Bytes| async move {
        let status = if body.is_empty() { 400 } else { 202 };
        (axum::http::StatusCode::from_u16(status).unwrap_or_default(), axum::Json(json!({ "counted": true })))
    };
    let router = axum::Router::new().route("/v1/reports", axum::routing::post(take));
    Ok(axum::serve(listener, router).await?)
}
