//! A small shop on a port of its own: a pack with one question, a page, and the real command serving both.

use crate::client::{self, Answer};
use crate::database::Database;
pub(crate) use crate::server::KEY;
use crate::server::Server;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{SystemTime, UNIX_EPOCH};
use windowshop::base::digest::Digest;
use windowshop::base::time::{DAY, Timestamp, Week, Zone};
use windowshop::catalogue::format::Section;
use windowshop::catalogue::input::{CatalogueInput, CategoryInput, TrainedInput};
use windowshop::catalogue::{AlignedBytes, Catalogue, Pack, writer};
use windowshop::report::{AnswerSpace, Asked, Question, Questions, Report, Wording};

/// The question's id.
pub(crate) const QUESTION: &str = "category-of-the-week";

/// Folders of a shop, and the command serving them while there is one.
pub(crate) struct Shop {
    // Before the folder: it ends before its folder goes.
    server: Option<Server>,
    pub(crate) database: Database,
    folder: tempfile::TempDir,
    pub(crate) address: String,
}

impl Shop {
    /// A shop whose pack has these top-level categories.
    pub(crate) fn open(categories: &[&str]) -> Self {
        Self::open_on(Database::Sqlite, categories)
    }

    /// The same, with its counts in a database.
    pub(crate) fn open_on(database: Database, categories: &[&str]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        for name in ["site/assets", "packs", "data"] {
            std::fs::create_dir_all(folder.path().join(name)).expect("makes");
        }
        let page =
            "<!doctype html><title>A shop</title><script type=module src=/assets/index-A1b2C3d4.js></script>";
        std::fs::write(folder.path().join("site/index.html"), page).expect("writes");
        std::fs::write(folder.path().join("site/assets/index-A1b2C3d4.js"), "export {};\n".repeat(500))
            .expect("writes");
        for name in ["sealed-worker.js", "sealed-worker.js.map", "assets/sealed-worker-A1b2C3d4.js"] {
            std::fs::write(folder.path().join("site").join(name), "postMessage(0);\n").expect("writes");
        }
        std::fs::write(folder.path().join("site/engine.wasm"), b"\0asm\x01\0\0\0").expect("writes");
        std::fs::write(folder.path().join("secret.txt"), "not for the shop window").expect("writes");
        put_pack(&folder.path().join("packs"), categories);
        let mut shop = Self { server: None, database, folder, address: String::new() };
        shop.start();
        shop
    }

    pub(crate) fn folder(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn put_pack(&self, categories: &[&str]) {
        put_pack(&self.folder("packs"), categories);
    }

    fn start(&mut self) {
        self.serves(Server::start(self.options()));
    }

    fn options(&self) -> Vec<PathBuf> {
        let folders = ["site", "packs", "data"].map(|name| (format!("--{name}"), self.folder(name)));
        let folders = folders.into_iter().flat_map(|(option, folder)| [option.into(), folder]);
        folders.chain(self.database.options().into_iter().map(PathBuf::from)).collect()
    }

    fn serves(&mut self, server: Server) {
        self.address.clone_from(&server.address);
        self.server = Some(server);
    }

    /// Tells it to stop, as a service manager does, and waits; whether it ended well.
    pub(crate) fn stop(&mut self) -> bool {
        let Some(mut server) = self.server.take() else { return false };
        let told = Command::new("kill").args(["-TERM", &server.process.id().to_string()]).status();
        assert!(told.is_ok_and(|status| status.success()), "kill(1) is there");
        server.process.wait().is_ok_and(|status| status.success())
    }

    /// Ends it without a word, as a power cut would, and starts it again.
    pub(crate) fn crash_and_restart(&mut self) {
        if let Some(server) = self.server.take() {
            server.kill();
        }
        self.start();
    }

    pub(crate) fn restart(&mut self) {
        assert!(self.stop(), "it ends well");
        self.start();
    }

    /// Starts it again so that it tells all that it can tell. Gives the file that it tells it in.
    pub(crate) fn restart_telling_all(&mut self) -> PathBuf {
        assert!(self.stop(), "it ends well");
        let told = self.folder("told.txt");
        let file = std::fs::File::create(&told).expect("makes");
        let mut command = Server::command();
        command.args(self.options()).env("WINDOWSHOP_LOG", "trace").stderr(file);
        self.serves(Server::start_as(&mut command));
        told
    }

    /// The question as a tab reads it from the pack that is served.
    pub(crate) fn asked(&self) -> Asked {
        let manifest: Value =
            serde_json::from_slice(&std::fs::read(self.folder("packs/pack.json")).expect("reads"))
                .expect("JSON");
        let name = manifest["pack"]["url"].as_str().expect("a name");
        let bytes = std::fs::read(self.folder("packs").join(name)).expect("reads");
        let catalogue = Catalogue::new(Pack::open(AlignedBytes::copy_of(&bytes)).expect("opens"));
        let questions = Questions::of(&catalogue).expect("questions");
        questions.find(QUESTION).expect("the question").asked(&catalogue).expect("joins")
    }

    /// A shopper's report of this week.
    pub(crate) fn report(&self, truth: &str, shopper: u32) -> Report {
        self.asked().report(this_week(), truth, &seed(shopper)).expect("a report")
    }

    pub(crate) fn post(&self, body: &[u8]) -> Answer {
        client::request(&self.address, "POST", "/v1/reports", &[("Content-Type", "application/json")], body)
    }

    pub(crate) fn send(&self, report: &Report) -> Answer {
        self.post(&serde_json::to_vec(report).expect("writes"))
    }

    pub(crate) fn with_key(&self, target: &str) -> Answer {
        client::get(&self.address, target, &[("Authorization", &format!("Bearer {KEY}"))])
    }

    pub(crate) fn estimates(&self, query: &str) -> Answer {
        self.with_key(&format!("/v1/estimates?{query}"))
    }

    /// What `windowshop estimates --json` prints.
    pub(crate) fn command_estimates(&self) -> Value {
        let output = Command::new(env!("CARGO_BIN_EXE_windowshop"))
            .args(["--json", "estimates", "--data"])
            .arg(self.folder("data"))
            .args(self.database.options())
            .env_remove("WINDOWSHOP_DATABASE")
            .output()
            .expect("runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_slice(&output.stdout).expect("JSON")
    }

    /// How many reports are counted for the question this week.
    pub(crate) fn counted(&self) -> u64 {
        let said = self.command_estimates();
        let rows = said.as_array().expect("a list");
        rows.iter().filter_map(|row| row["reports"].as_u64()).sum()
    }
}

pub(crate) fn now() -> Timestamp {
    Timestamp(SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970").as_millis() as i64)
}

pub(crate) fn this_week() -> Week {
    Week::of(now())
}

pub(crate) fn weeks_ago(weeks: i64) -> Week {
    Week::of(now().plus(-7 * DAY * weeks))
}

/// A shopper's secret. In a tab it comes from the browser's generator; here chance must repeat.
pub(crate) fn seed(shopper: u32) -> [u8; 32] {
    Digest::of(format!("shopper {shopper}").as_bytes()).0
}

pub(crate) fn put_pack(packs: &Path, categories: &[&str]) {
    let words = |en: &str, zh: &str| Wording { en: en.into(), zh: zh.into() };
    let question = Question {
        id: QUESTION.into(),
        answer: "most_viewed_category".into(),
        domain: AnswerSpace::Categories,
        epsilon_thousandths: 1_000,
        text: words("Which category did you look at most this week?", "这周你看得最多的是哪个品类？"),
        purpose: words("To buy more of what is looked for.", "为了多进大家想看的货。"),
        minimum_cohort: 100,
    };
    let input = CatalogueInput {
        created: now(),
        currency: "CNY".into(),
        exponent: 2,
        zone: Zone::new("Asia/Shanghai", vec![(Timestamp(0), 28_800)]).expect("a zone"),
        opening_minute: 600,
        preview_days: 3,
        brands: Vec::new(),
        categories: categories
            .iter()
            .map(|id| CategoryInput { id: (*id).into(), parent: None, replenish_days: None })
            .collect(),
        sales: Vec::new(),
        items: Vec::new(),
        trained: TrainedInput::default(),
        rooms: vec![(Section::Questions, Questions::new(vec![question]).expect("questions").to_bytes())],
    };
    let bytes = writer::write(&input).expect("packs");
    let sha256 = Digest::of(&bytes).to_hex();
    let name = format!("pack-{}.wspack", &sha256[..16]);
    std::fs::write(packs.join(&name), &bytes).expect("writes");
    let manifest = json!({ "format": 1, "pack": { "url": name, "bytes": bytes.len(), "sha256": sha256 } });
    std::fs::write(packs.join("pack.json"), manifest.to_string()).expect("writes");
}
