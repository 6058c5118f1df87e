//! A small shop with one coat, two coupons and a checkout, built and served by the real command.

use crate::client::{self, Answer};
use crate::database::Database;
pub(crate) use crate::server::KEY;
use crate::server::Server;
use serde_json::{Value, json};
use std::path::PathBuf;
use std::process::Command;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};
use windowshop::base::time::{DAY, Timestamp};

pub(crate) struct Till {
    // Before the folder: it ends before its folder goes.
    server: Option<Server>,
    database: Database,
    folder: tempfile::TempDir,
    options: Vec<String>,
    pub(crate) address: String,
}

impl Till {
    /// A shop served with these options.
    pub(crate) fn open(options: &[&str]) -> Self {
        Self::open_on(Database::Sqlite, options)
    }

    /// The same, with its grants in a database.
    pub(crate) fn open_on(database: Database, options: &[&str]) -> Self {
        let options = options.iter().map(|option| (*option).to_owned()).collect();
        let folder = tempfile::tempdir().expect("a folder");
        for name in ["feed", "packs", "data"] {
            std::fs::create_dir_all(folder.path().join(name)).expect("makes");
        }
        let mut till = Self { server: None, database, folder, options, address: String::new() };
        till.write_feed("200.00");
        Self::command(&["pack", "build", &till.path("feed"), "--out", &till.path("packs")]);
        till.start();
        till
    }

    fn path(&self, name: &str) -> String {
        self.folder.path().join(name).to_string_lossy().into_owned()
    }

    fn write_feed(&self, price: &str) {
        let instant = |days: i64| {
            let at = jiff::Timestamp::from_millisecond(now().plus(days * DAY).0).expect("a time");
            format!("{at:.0}")
        };
        let name = |text: &str| json!({ "en": text });
        let files = [
            (
                "shop.json",
                json!({ "currency": "EUR", "exponent": 2, "zone": "UTC", "opening": "10:00", "preview_days": 3, "languages": ["en"] }),
            ),
            ("brands.jsonl", json!({ "id": "lumen", "name": name("Lumen") })),
            ("categories.jsonl", json!({ "id": "coats", "name": name("Coats") })),
            (
                "sales.jsonl",
                json!({ "id": "lumen-1", "brand": "lumen", "title": name("Coats"), "opens": instant(-1), "closes": instant(3) }),
            ),
            (
                "items.jsonl",
                json!({ "id": "coat", "sale": "lumen-1", "category": "coats", "name": name("Coat"), "price": price, "list_price": "400.00", "stock": [{ "size": "M", "left": 50, "at_opening": 50 }] }),
            ),
            (
                "promotions.json",
                json!({ "promotions": [
                { "id": "ten", "name": name("10 % off"), "code": "TEN", "benefit": { "percent": { "off": "10" } }, "uses_per_account": 1, "budget": { "uses": 10 }, "conditions": [{ "window": { "closes": instant(5) } }] },
                { "id": "many", "name": name("5 off"), "code": "MANY", "benefit": { "fixed_amount": { "off": "5" } }, "uses_per_account": 2, "budget": { "spend": "1000" } },
            ] }),
            ),
        ];
        for (name, value) in files {
            std::fs::write(self.folder.path().join("feed").join(name), format!("{value}\n")).expect("writes");
        }
    }

    fn command(arguments: &[&str]) -> String {
        let output = Command::new(env!("CARGO_BIN_EXE_windowshop")).args(arguments).output().expect("runs");
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("text")
    }

    /// What `windowshop price` prints of a cart and a time, by what is published; with a word before it, such as `--json`.
    pub(crate) fn priced(&self, before: &[&str], cart: &Value, at: Timestamp) -> String {
        let file = self.path("cart.json");
        std::fs::write(&file, cart.to_string()).expect("writes");
        let at = jiff::Timestamp::from_millisecond(at.0).expect("a time").to_string();
        let packs = self.path("packs");
        Self::command(&[before, &["price", "--pack", &packs, "--at", &at, &file]].concat())
    }

    pub(crate) fn start(&mut self) {
        let folders = ["--packs".into(), self.path("packs"), "--data".into(), self.path("data")];
        let server = Server::start(folders.iter().chain(&self.options).chain(&self.database.options()));
        self.address.clone_from(&server.address);
        self.server = Some(server);
    }

    /// Ends it without a word, as `kill -9` does.
    pub(crate) fn kill(&mut self) {
        if let Some(server) = self.server.take() {
            server.kill();
        }
    }

    pub(crate) fn crash_and_restart(&mut self) {
        self.kill();
        self.start();
    }

    /// The state that the manifest names.
    pub(crate) fn state(&self) -> String {
        let manifest = std::fs::read(PathBuf::from(self.path("packs/pack.json"))).expect("reads");
        let manifest: Value = serde_json::from_slice(&manifest).expect("JSON");
        let deltas = manifest["deltas"].as_array().expect("deltas");
        let state = deltas.last().map_or(&manifest["state"], |delta| &delta["to"]);
        state.as_str().expect("a state").to_owned()
    }

    /// Changes the day and waits until that is served.
    pub(crate) fn delta(&mut self, change: &Value) {
        let file = self.path("change.jsonl");
        std::fs::write(&file, format!("{change}\n")).expect("writes");
        Self::command(&["pack", "delta", &self.path("packs/pack.json"), &file]);
        self.wait();
    }

    /// Builds another pack and waits until it is served.
    pub(crate) fn pack(&mut self, price: &str) {
        self.write_feed(price);
        Self::command(&["pack", "build", &self.path("feed"), "--out", &self.path("packs")]);
        self.wait();
    }

    fn wait(&self) {
        let (state, began) = (self.state(), Instant::now());
        let asked = json!({ "lines": [], "codes": [] });
        while self.post("/v1/quotes", &asked).json()["state"] != state {
            assert!(began.elapsed() < Duration::from_secs(60), "the new state is never served");
            std::thread::sleep(Duration::from_millis(100));
        }
    }

    pub(crate) fn post(&self, path: &str, body: &Value) -> Answer {
        try_post(&self.address, path, body).expect("an answer")
    }

    pub(crate) fn delete(&self, order: &str) -> Answer {
        let bearer = format!("Bearer {KEY}");
        let path = format!("/v1/redemptions/{order}");
        client::request(&self.address, "DELETE", &path, &[("Authorization", &bearer)], b"")
    }
}

/// Posts with the shop key; `None` where there is nobody, or who was there has gone.
pub(crate) fn try_post(address: &str, path: &str, body: &Value) -> Option<Answer> {
    let body = body.to_string();
    let head = format!(
        "POST {path} HTTP/1.1\r\nHost: shop\r\nConnection: close\r\nContent-Type: application/json\r\n\
         Authorization: Bearer {KEY}\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    client::raw(address, format!("{head}{body}").as_bytes())
}

pub(crate) fn now() -> Timestamp {
    Timestamp(SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970").as_millis() as i64)
}
