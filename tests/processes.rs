//! Processes that die: several endpoints on one database (and one on its files) are killed at random moments and started
//! again, the database's server with them, while clients send reports until each is acknowledged. Afterwards what is counted
//! is compared with what the clients know.
//!
//! `SOAK_ROUNDS` says how long (`make soak`), `SOAK_SEED` repeats the client's and the killer's choices; the moment in which
//! a process dies is the machine's.

#![cfg(all(feature = "native", unix))]
#![allow(missing_docs, reason = "tests and their helpers")]
#![allow(dead_code, reason = "helpers that other tests use")]

#[path = "endpoint/client.rs"]
mod client;
#[path = "endpoint/database.rs"]
mod database;
#[path = "endpoint/server.rs"]
mod server;
#[path = "endpoint/shop.rs"]
mod shop;

use database::Database;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{RngCore, SeedableRng};
use server::Server;
use shop::{Shop, seed, this_week};
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use windowshop::report::{Asked, Report};

/// Clients at once.
const CLIENTS: usize = 6;
/// Reports of a round.
const REPORTS: usize = 240;
/// How often somebody is killed in a round.
const KILLS: u32 = 3;
/// Until when a client that is not answered tries again: long enough for every restart.
const GIVE_UP: Duration = Duration::from_secs(120);

#[test]
fn two_processes_on_one_database_count_each_report_once_whoever_dies() {
    if let Some(database) = Database::postgres() {
        soak(database, 2);
    }
}

#[test]
fn one_process_on_its_files_counts_each_report_once_however_often_it_dies() {
    soak(Database::Sqlite, 1);
}

/// What a client knows of a report.
struct Sent {
    report: Report,
    bytes: Vec<u8>,
    acknowledged: AtomicBool,
    /// How often it was told that the report is counted now, which is once at most.
    counted_now: AtomicUsize,
}

impl Sent {
    fn new(asked: &Asked, number: u32) -> Self {
        let truth = if number.is_multiple_of(3) { "none" } else { "women" };
        let report = asked.report(this_week(), truth, &seed(number)).expect("a report");
        let bytes = serde_json::to_vec(&report).expect("writes");
        Self { report, bytes, acknowledged: AtomicBool::new(false), counted_now: AtomicUsize::new(0) }
    }

    /// Sends it once; whether it was acknowledged.
    fn send(&self, address: &str) -> bool {
        let head = format!(
            "POST /v1/reports HTTP/1.1\r\nHost: shop\r\nConnection: close\r\nContent-Type: application/json\r\n\
             Content-Length: {}\r\n\r\n",
            self.bytes.len()
        );
        let answer = client::raw(address, &[head.as_bytes(), &self.bytes].concat());
        match answer.as_ref().map(|answer| answer.status) {
            Some(202) => {
                self.counted_now.fetch_add(1, Ordering::SeqCst);
            }
            Some(200) => {}
            // Nobody there, gone in the middle of it, or without its database, at once or after a while.
            None | Some(408 | 503) => return false,
            Some(other) => panic!("{other}: {}", answer.map_or(String::new(), |answer| answer.text().into())),
        }
        self.acknowledged.store(true, Ordering::SeqCst);
        true
    }

    /// Sends it to whoever is there until it is acknowledged.
    fn send_until_acknowledged(&self, balancer: &Balancer, chance: &mut ChaCha8Rng) {
        let began = Instant::now();
        loop {
            if balancer.pick(chance).is_some_and(|address| self.send(&address)) {
                return;
            }
            assert!(began.elapsed() < GIVE_UP, "a report is never acknowledged");
            std::thread::sleep(Duration::from_millis(u64::from(5 + chance.next_u32() % 40)));
        }
    }
}

/// The addresses of the processes, those of the dead among them until they are back elsewhere.
#[derive(Clone)]
struct Balancer(Arc<Mutex<Vec<String>>>);

impl Balancer {
    fn all(&self) -> Vec<String> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn set(&self, which: usize, address: &str) {
        address.clone_into(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner)[which]);
    }

    fn pick(&self, chance: &mut ChaCha8Rng) -> Option<String> {
        let all = self.all();
        all.get(chance.next_u32() as usize % all.len().max(1)).cloned()
    }
}

/// Processes on one database, and a balancer in front of them.
struct Fleet {
    shop: Shop,
    servers: Vec<Option<Server>>,
    balancer: Balancer,
}

impl Fleet {
    fn start(database: Database, size: usize) -> Self {
        let mut shop = Shop::open_on(database, &["bags", "shoes", "women"]);
        // Only its pack is wanted.
        shop.stop();
        let balancer = Balancer(Arc::new(Mutex::new(vec![String::new(); size])));
        let mut fleet = Self { shop, servers: (0..size).map(|_| None).collect(), balancer };
        (0..size).for_each(|which| fleet.run(which));
        fleet
    }

    fn run(&mut self, which: usize) {
        // The first has the folder that the shop's own commands read.
        let data = self.shop.folder(if which == 0 { "data" } else { "data-2" });
        let mut options = vec!["--packs".into(), self.shop.folder("packs").into_os_string()];
        options.extend(["--data".into(), data.into_os_string()]);
        options.extend(self.shop.database.options().into_iter().map(Into::into));
        let server = Server::start(options);
        self.balancer.set(which, &server.address);
        self.servers[which] = Some(server);
    }

    fn kill(&mut self, which: usize) {
        if let Some(server) = self.servers[which].take() {
            server.kill();
        }
    }
}

/// Somebody dies, and comes back after a while.
fn strike(fleet: &mut Fleet, chance: &mut ChaCha8Rng) -> &'static str {
    let size = fleet.servers.len();
    let pause = Duration::from_millis(u64::from(chance.next_u32() % 200));
    let choice = chance.next_u32() as usize % (size + 2);
    if let (Database::Postgres(cluster), true) = (&mut fleet.shop.database, choice == size + 1) {
        cluster.crash();
        std::thread::sleep(pause);
        cluster.run();
        return "the database";
    }
    let (dying, told): (Vec<usize>, _) =
        if choice < size { (vec![choice], "one") } else { ((0..size).collect(), "all") };
    for which in &dying {
        fleet.kill(*which);
    }
    std::thread::sleep(pause);
    for which in dying {
        fleet.run(which);
    }
    told
}

fn soak(database: Database, size: usize) {
    let number = |name: &str| std::env::var(name).ok().map(|text| text.parse().expect("a number"));
    let rounds: u64 = number("SOAK_ROUNDS").unwrap_or(2);
    let chosen = number("SOAK_SEED").unwrap_or_else(|| u64::from(std::process::id()));
    println!("{rounds} rounds, SOAK_SEED={chosen}");
    let mut fleet = Fleet::start(database, size);
    let (asked, balancer) = (fleet.shop.asked(), fleet.balancer.clone());
    let mut everything: Vec<Sent> = Vec::new();
    for round in 0..rounds {
        let first = everything.len() as u32;
        let sent: Vec<Sent> = (0..REPORTS as u32).map(|at| Sent::new(&asked, first + at)).collect();
        let mut struck = Vec::new();
        let next = AtomicUsize::new(0);
        std::thread::scope(|scope| {
            for _ in 0..CLIENTS {
                scope.spawn(|| {
                    loop {
                        let at = next.fetch_add(1, Ordering::SeqCst);
                        let Some(one) = sent.get(at) else { break };
                        let chance = ChaCha8Rng::seed_from_u64(chosen ^ (round << 48 | (at as u64) << 32));
                        deliver(one, &balancer, chance);
                    }
                });
            }
            let mut chance = ChaCha8Rng::seed_from_u64(chosen.wrapping_add(round));
            for _ in 0..KILLS {
                std::thread::sleep(Duration::from_millis(u64::from(20 + chance.next_u32() % 250)));
                struck.push(strike(&mut fleet, &mut chance));
            }
        });
        everything.extend(sent);
        compare(&fleet.shop, &asked, &everything);
        println!(
            "round {round}: {} reports as they should be; died: {}",
            everything.len(),
            struck.join(", ")
        );
    }
}

/// Delivers a report as one of several kinds of client does.
fn deliver(one: &Sent, balancer: &Balancer, mut chance: ChaCha8Rng) {
    match chance.next_u32() % 10 {
        // Sent once and not again, whatever came of it: a tab that was closed.
        0 => {
            let _ = balancer.pick(&mut chance).map(|address| one.send(&address));
        }
        // To every process at once, by a client that lost patience, and then until one acknowledges it.
        1..=3 => {
            std::thread::scope(|scope| {
                for address in balancer.all() {
                    scope.spawn(move || one.send(&address));
                }
            });
            one.send_until_acknowledged(balancer, &mut chance);
        }
        4 => {
            one.send_until_acknowledged(balancer, &mut chance);
            one.send_until_acknowledged(balancer, &mut chance);
        }
        _ => one.send_until_acknowledged(balancer, &mut chance),
    }
}

/// What the tables hold: the ids that were counted, how many reports, and how many support each answer.
struct Kept {
    ids: BTreeSet<String>,
    reports: usize,
    counts: Vec<u64>,
}

fn kept(shop: &Shop) -> Kept {
    let rows = |sqlite: &'static str, postgres: &str| match &shop.database {
        Database::Postgres(cluster) => cluster.query("shop", postgres),
        Database::Sqlite => read_file(&shop.folder("data/reports.sqlite"), sqlite).join("\n"),
    };
    let ids = rows(
        "SELECT lower(hex(id)) FROM counted",
        "SELECT encode(id, 'hex') FROM windowshop_reports.counted",
    );
    let tallies = rows(
        "SELECT reports || ' ' || hex(counts) FROM tallies",
        "SELECT reports || ' ' || array_to_string(counts, ' ') FROM windowshop_reports.tallies",
    );
    assert_eq!(tallies.lines().count(), 1, "one question of one week: {tallies}");
    let (reports, counts) = tallies.split_once(' ').expect("two columns");
    let counts = match &shop.database {
        Database::Postgres(_) => counts.split(' ').map(|count| count.parse().expect("a number")).collect(),
        // Sixteen digits each, the lowest byte first.
        Database::Sqlite => counts
            .as_bytes()
            .chunks(16)
            .map(|digits| u64::from_str_radix(std::str::from_utf8(digits).expect("digits"), 16).expect("hex"))
            .map(u64::swap_bytes)
            .collect(),
    };
    let ids = ids.lines().map(str::to_owned).collect();
    Kept { ids, reports: reports.parse().expect("a number"), counts }
}

fn read_file(path: &std::path::Path, statement: &'static str) -> Vec<String> {
    use sqlx::ConnectOptions as _;
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(path).read_only(true);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let rows = async {
        let mut connection = options.connect().await?;
        sqlx::query_scalar(statement).fetch_all(&mut connection).await
    };
    runtime.block_on(rows).expect("reads")
}

/// Holds what is counted against what the clients know.
fn compare(shop: &Shop, asked: &Asked, sent: &[Sent]) {
    let kept = kept(shop);
    let known: BTreeSet<String> = sent.iter().map(|one| one.report.id.to_string()).collect();
    let strangers: Vec<_> = kept.ids.difference(&known).collect();
    assert!(strangers.is_empty(), "nobody sent {strangers:?}");
    let mut counts = vec![0; asked.domain().size()];
    for one in sent {
        let id = one.report.id.to_string();
        let counted = kept.ids.contains(&id);
        assert!(counted || !one.acknowledged.load(Ordering::SeqCst), "{id} was acknowledged and is lost");
        assert!(one.counted_now.load(Ordering::SeqCst) <= 1, "{id} was counted twice");
        if counted {
            let disguise = asked.read(&one.report).expect("its own report");
            for (answer, count) in counts.iter_mut().enumerate() {
                *count += u64::from(asked.randomiser().supports(&disguise, answer));
            }
        }
    }
    assert_eq!(kept.reports, kept.ids.len(), "each id is one report of the tally");
    assert_eq!(kept.counts, counts, "and what it supports is counted once");
    assert_eq!(shop.counted(), kept.ids.len() as u64, "the command says the same");
}
