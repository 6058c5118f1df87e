//! Faults: a full disk, a disk that cannot sync, a clock that is wrong, senders that repeat, reorder, drown and dawdle.
//! Whatever happens, nothing acknowledged is lost and nothing counts twice.
//!
//! The faults of disk and clock are put in front of the C library (`faults/faults.c`), so that the real command meets
//! them where it would meet real ones. `SOAK_ROUNDS` repeats what is drawn by chance.

#![cfg(all(feature = "native", target_os = "linux"))]
#![allow(missing_docs, reason = "tests and their helpers")]

#[path = "endpoint/client.rs"]
mod client;
#[allow(dead_code, reason = "faults are tried on files")]
#[path = "endpoint/database.rs"]
mod database;
#[path = "endpoint/server.rs"]
mod server;
#[path = "endpoint/shop.rs"]
#[allow(dead_code, reason = "shared with the other tests of the endpoint")]
mod shop;

use client::{Answer, get, request};
use server::Server;
use shop::{Shop, seed, this_week, weeks_ago};
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::Command;
use windowshop::report::Report;

const CATEGORIES: [&str; 4] = ["bags", "home", "shoes", "women"];
const WEEK_SECONDS: i64 = 7 * 24 * 60 * 60;

/// A shop whose endpoint meets faults on order.
struct Faulty {
    // Before the shop: it ends before its folders go.
    server: Option<Server>,
    shop: Shop,
    library: PathBuf,
}

impl Faulty {
    /// `None`, loudly, where there is no C compiler.
    fn open() -> Option<Self> {
        let mut shop = Shop::open(&CATEGORIES);
        assert!(shop.stop());
        let library = shop.folder("faults.so");
        let source = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/faults/faults.c");
        let compiled =
            Command::new("cc").args(["-shared", "-fPIC", "-O1", "-o"]).arg(&library).arg(source).status();
        if !compiled.is_ok_and(|status| status.success()) {
            eprintln!(
                "SKIPPED: faults of disks and clocks need a C compiler, and cc could not compile {source}"
            );
            return None;
        }
        let mut faulty = Self { server: None, shop, library };
        faulty.start();
        Some(faulty)
    }

    fn start(&mut self) {
        let mut command = Server::command();
        command.env("LD_PRELOAD", &self.library).env("WINDOWSHOP_FAULTS", self.shop.folder("fault"));
        for name in ["site", "packs", "data"] {
            command.arg(format!("--{name}")).arg(self.shop.folder(name));
        }
        let server = Server::start_as(&mut command);
        self.shop.address.clone_from(&server.address);
        self.server = Some(server);
    }

    fn crash_and_restart(&mut self) {
        if let Some(server) = self.server.take() {
            server.kill();
        }
        self.start();
    }

    fn order(&self, fault: &str) {
        // Written whole or not at all, for it is read at every call.
        let next = self.shop.folder("fault.next");
        std::fs::write(&next, fault).expect("writes");
        std::fs::rename(next, self.shop.folder("fault")).expect("renames");
    }

    fn health(&self) -> Answer {
        get(&self.shop.address, "/healthz", &[])
    }
}

/// A disk that fails while `fault` is ordered: nothing is acknowledged, the shop window stays open, and afterwards what was
/// refused is taken, once.
fn a_disk_that_fails(fault: &str) {
    let Some(mut faulty) = Faulty::open() else { return };
    let reports: Vec<Report> = (0..60).map(|shopper| faulty.shop.report("women", shopper)).collect();
    for report in reports.iter().take(20) {
        assert_eq!(faulty.shop.send(report).status, 202);
    }
    faulty.order(fault);
    for report in reports.iter().skip(20).take(20) {
        let refused = faulty.shop.send(report);
        assert_eq!((refused.status, refused.code().as_str()), (503, "store"), "{fault}");
        assert_eq!(refused.header("retry-after"), Some("2"));
    }
    let health = faulty.health();
    assert_eq!((health.status, health.code().as_str()), (503, "store"), "{fault}");
    assert_eq!(get(&faulty.shop.address, "/v1/pack.json", &[]).status, 200, "the shop window stays open");
    faulty.order("");
    assert_eq!(faulty.health().status, 200);
    assert_eq!(faulty.shop.counted(), 20, "what was refused was not counted");
    for report in reports.iter().skip(20) {
        assert_eq!(faulty.shop.send(report).status, 202, "{fault}");
    }
    faulty.crash_and_restart();
    assert_eq!(faulty.shop.counted(), 60);
    for report in &reports {
        assert_eq!(faulty.shop.send(report).status, 200, "every id is known");
    }
    // And a crash in the middle of it: what was acknowledged before is there.
    faulty.order(fault);
    let late = faulty.shop.report("bags", 99);
    assert_eq!(faulty.shop.send(&late).status, 503);
    faulty.order("");
    faulty.crash_and_restart();
    assert_eq!(faulty.shop.counted(), 60);
    assert_eq!(faulty.shop.send(&late).status, 202);
}

#[test]
fn a_full_disk_loses_nothing_that_was_acknowledged() {
    a_disk_that_fails("full");
}

#[test]
fn a_disk_that_cannot_sync_acknowledges_nothing() {
    a_disk_that_fails("sync");
}

#[test]
fn a_clock_that_jumps_counts_nothing_twice() {
    let Some(mut faulty) = Faulty::open() else { return };
    let report = faulty.shop.report("women", 1);
    let before = faulty.shop.asked().report(weeks_ago(1), "women", &seed(2)).expect("a report");
    for report in [&report, &before] {
        assert_eq!(faulty.shop.send(report).status, 202);
    }
    faulty.order(&format!("clock {}", -3 * WEEK_SECONDS));
    let refused = faulty.shop.send(&faulty.shop.report("bags", 3));
    assert_eq!((refused.status, refused.code().as_str()), (400, "week"), "a week that has not come");
    // Far ahead, where ids of today would be forgotten: at the start, and in the tidying that follows.
    faulty.order(&format!("clock {}", 500 * WEEK_SECONDS));
    faulty.crash_and_restart();
    let refused = faulty.shop.send(&report);
    assert_eq!((refused.status, refused.code().as_str()), (400, "week"), "a week long gone");
    faulty.order("");
    faulty.crash_and_restart();
    for report in [&report, &before] {
        assert_eq!(faulty.shop.send(report).status, 200, "and their ids are still known");
    }
    assert_eq!(faulty.shop.send(&faulty.shop.report("bags", 3)).status, 202, "the shop counts on");
    assert_eq!(faulty.shop.counted(), 3);
}

#[test]
fn reports_that_come_twice_and_out_of_order_count_once() {
    let rounds = std::env::var("SOAK_ROUNDS").ok().and_then(|text| text.parse().ok()).unwrap_or(1);
    for round in 0..rounds {
        let shop = Shop::open(&CATEGORIES);
        let asked = shop.asked();
        let reports: Vec<Report> = (0..120)
            .map(|shopper| {
                let week = if shopper % 3 == 0 { weeks_ago(1) } else { this_week() };
                asked.report(week, "women", &seed(round * 1_000 + shopper)).expect("a report")
            })
            .collect();
        // Eight senders, each with all reports in an order of its own.
        let mut taken = 0;
        std::thread::scope(|scope| {
            let senders: Vec<_> = (0..8_usize)
                .map(|sender| {
                    let (shop, reports) = (&shop, &reports);
                    scope.spawn(move || {
                        let step = [1, 7, 11, 13, 17, 19, 23, 29][sender];
                        let order = (0..reports.len()).map(|place| (place * step + sender) % reports.len());
                        order.filter(|place| shop.send(&reports[*place]).status == 202).count()
                    })
                })
                .collect();
            taken = senders.into_iter().map(|sender| sender.join().expect("sends")).sum();
        });
        assert_eq!(taken, reports.len(), "each was counted for one of its senders");
        assert_eq!(shop.counted(), 120);
    }
}

#[test]
fn one_network_cannot_drown_the_others() {
    let mut shop = Shop::open(&CATEGORIES);
    assert!(shop.stop());
    let mut command = Server::command();
    command.args(["--proxies", "1"]);
    for name in ["site", "packs", "data"] {
        command.arg(format!("--{name}")).arg(shop.folder(name));
    }
    let server = Server::start_as(&mut command);
    let send = |network: &str, body: &[u8]| {
        let headers = [("Content-Type", "application/json"), ("X-Forwarded-For", network)];
        request(&server.address, "POST", "/v1/reports", &headers, body)
    };
    let report = serde_json::to_vec(&shop.report("women", 1)).expect("writes");
    // Over six hundred in a minute; where the minute turns in between, twice as many at most are needed.
    let refused =
        (0..1_300).map(|_| send("6.6.6.6, 198.51.100.7", &report)).find(|answer| answer.status == 429);
    let refused = refused.expect("a network that sends too much is told so");
    assert_eq!(refused.code(), "too_many");
    assert_eq!(refused.header("retry-after"), Some("86400"));
    assert_eq!(send("6.6.6.6, 203.0.113.1", &report).status, 200, "another is heard");
    let files = std::fs::read_dir(shop.folder("data")).expect("reads");
    for file in files.flatten() {
        let bytes = std::fs::read(file.path()).expect("reads");
        for address in [&b"198.51.100"[..], &[198, 51, 100]] {
            assert!(!bytes.windows(address.len()).any(|part| part == address), "{:?}", file.path());
        }
    }
}

#[test]
fn who_sends_slowly_does_not_keep_the_others_out() {
    const SLOW: usize = 700;
    let shop = Shop::open(&CATEGORIES);
    let mut slow: Vec<TcpStream> = (0..SLOW)
        .map(|_| {
            let mut stream = TcpStream::connect(&shop.address).expect("connects");
            stream.write_all(b"POST /v1/reports HTTP/1.1\r\nHost: s").expect("sends");
            stream
        })
        .collect();
    for shopper in 0..20 {
        assert_eq!(shop.send(&shop.report("women", shopper)).status, 202);
        for stream in &mut slow {
            // One that was hung up on does not count.
            let _ = stream.write_all(b"h");
        }
    }
    // Each of them is hung up on in the end, though it never stops sending.
    for stream in &mut slow {
        stream.set_read_timeout(Some(std::time::Duration::from_secs(60))).expect("sets");
        let mut answer = Vec::new();
        let ended = stream.read_to_end(&mut answer);
        assert!(
            !ended.is_err_and(|error| error.kind() == std::io::ErrorKind::WouldBlock),
            "it was hung up on"
        );
    }
    assert_eq!(shop.counted(), 20);
}

#[test]
fn who_takes_nothing_of_an_answer_is_hung_up_on_and_who_takes_it_slowly_is_not() {
    const LENGTH: usize = 32 << 20;
    let mut shop = Shop::open(&CATEGORIES);
    std::fs::write(shop.folder("site/large.bin"), vec![7; LENGTH]).expect("writes");
    shop.restart();
    let ask = || {
        let mut stream = TcpStream::connect(&shop.address).expect("connects");
        let request = b"GET /large.bin HTTP/1.1\r\nHost: shop\r\nConnection: close\r\n\r\n";
        stream.write_all(request).expect("sends");
        stream
    };
    let (mut idle, mut slow) = (ask(), ask());
    let mut taken = vec![0; 1 << 20];
    let mut sum = 0;
    // Longer than anybody waits who is not taken anything from.
    for _ in 0..26 {
        slow.read_exact(&mut taken).expect("is still answered");
        sum += taken.len();
        std::thread::sleep(std::time::Duration::from_secs(1));
    }
    let rest = |stream: &mut TcpStream| {
        let mut bytes = Vec::new();
        // What came before a reset counts.
        let _ = stream.read_to_end(&mut bytes);
        bytes.len()
    };
    assert!(sum + rest(&mut slow) >= LENGTH, "all of it came");
    assert!(rest(&mut idle) < LENGTH, "it was hung up on");
}
