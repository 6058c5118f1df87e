//! The WebAssembly face of Windowshop: the only place that knows who asks.
//!
//! A question is bytes and so is its answer: plain values, written and read in one go on either side (`reader`, `writer`, and
//! `ts/values.ts` in the page). No logic lives here: what is asked reads what it is handed, asks the engine once and writes
//! down the answer. What is refused comes as `{ code, message }`, which `ts/machine.ts` makes a typed error of. The types of
//! what crosses stand in `windowshop::engine::{input, views}`; each file here is a group of questions.
//!
//! The module imports nothing but a way to fail: `tests/golden/wasm-imports.txt` lists every import with its glue. So it
//! reaches nothing of the page, not even the values that it is asked with, but as a copy of their bytes.
#![cfg_attr(all(target_arch = "wasm32", not(feature = "bench")), no_std)]
#![allow(clippy::unnecessary_wraps, reason = "questions are answered by functions of one type")]

extern crate alloc;

#[cfg(feature = "bench")]
mod bench;
mod carts;
mod catalogue;
mod memory;
mod question;
mod ranking;
mod reader;
mod refusal;
mod reports;
mod writer;

use alloc::format;
use alloc::vec::Vec;
use question::Question;
use refusal::Refusal;
use wasm_bindgen::prelude::wasm_bindgen;
use windowshop::catalogue::{AlignedBytes, Opening};
use windowshop::engine::Engine;
use writer::Writer;

/// How a question is answered.
type Answer = fn(&mut Engine, &mut Question<'_>, &mut Writer) -> Result<(), Refusal>;

/// Every question by its name.
const QUESTIONS: &[(&str, Answer)] = &[
    ("price", carts::price),
    ("set_account", carts::set_account),
    ("customer", carts::customer),
    ("offer", carts::offer),
    ("apply_delta", catalogue::apply_delta),
    ("state", catalogue::state),
    ("facts", catalogue::facts),
    ("zone_offset", catalogue::zone_offset),
    ("shop_day", catalogue::shop_day),
    ("brand_ids", catalogue::brand_ids),
    ("category_ids", catalogue::category_ids),
    ("sales", catalogue::sales),
    ("brands", catalogue::brands),
    ("brand", catalogue::brand),
    ("categories", catalogue::categories),
    ("item", catalogue::item),
    ("items_of", catalogue::items_of),
    ("item_row", catalogue::item_row),
    ("set_consent", memory::set_consent),
    ("observe", memory::observe),
    ("load", memory::load),
    ("trim", memory::trim),
    ("event_ids", memory::event_ids),
    ("history", memory::history),
    ("orders", memory::orders),
    ("derived", memory::derived),
    ("favourites", memory::favourites),
    ("forget", memory::forget),
    ("erase", memory::erase),
    ("snapshot", memory::snapshot),
    ("restore", memory::restore),
    ("reminders", memory::reminders),
    ("kept_reminders", memory::kept_reminders),
    ("load_reminders", memory::load_reminders),
    ("export", memory::export),
    ("import", memory::import),
    ("know", ranking::know),
    ("recommend", ranking::recommend),
    ("ranked_brands", ranking::ranked_brands),
    ("explain", ranking::explain),
    ("record", ranking::record),
    ("report", reports::report),
    ("preview_report", reports::preview_report),
    ("survey_question", reports::survey_question),
    ("report_sent", reports::report_sent),
    ("report_tried", reports::report_tried),
    ("skip_report", reports::skip_report),
    ("ledger", reports::ledger),
    ("ledger_bytes", reports::ledger_bytes),
    ("load_ledger", reports::load_ledger),
    ("budget", reports::budget),
];

/// An engine in WebAssembly: one opened pack, one shopper.
#[wasm_bindgen]
#[derive(Default)]
pub struct Machine {
    /// The pack, until it is opened.
    pack: Option<Opening>,
    engine: Option<Engine>,
    /// What the bench hands over in one form and the other.
    #[cfg(feature = "bench")]
    decided: Option<windowshop::recommend::Decision>,
}

#[wasm_bindgen]
impl Machine {
    /// Room for a pack of so many bytes.
    #[wasm_bindgen(constructor)]
    pub fn new(length: usize) -> Self {
        Self { pack: Some(Opening::of(AlignedBytes::zeroed(length))), ..Self::default() }
    }

    /// Where the pack's bytes go, straight to where its columns are read in place.
    pub fn room(&mut self) -> *mut u8 {
        self.pack.as_mut().map_or(core::ptr::null_mut(), |pack| pack.room().as_mut_ptr())
    }

    /// Takes in that so many bytes of the pack are there, from the first on, so that what can be done with them is done while the
    /// others come. What is wrong with them is told when it is opened.
    pub fn arrived(&mut self, length: usize) {
        if let Some(pack) = &mut self.pack {
            pack.arrived(length);
        }
    }

    /// Answers a question: its name, then what it takes. `open`, which takes a random number that tells this tab's events
    /// from another's, is the first. The answer is one value, behind a byte that is 1 where it is a refusal.
    pub fn ask(&mut self, question: &[u8]) -> Vec<u8> {
        let mut asked = Question::of(question);
        let name = asked.text();
        let mut answer = Writer::begun(false);
        let told = match (&mut self.engine, QUESTIONS.iter().find(|(known, _)| *known == name)) {
            (Some(engine), Some((_, ask))) => ask(engine, &mut asked, &mut answer),
            (None, _) if name == "open" => self.open(asked.number() as u32),
            _ => Err(Refusal::new("engine_failed", &format!("nothing answers '{name}'"))),
        };
        let refusal = match told.map(|()| answer.into_bytes()) {
            Ok(Ok(bytes)) => return bytes,
            Ok(Err(number)) => {
                let words = format!("Error: {number} can't be represented as a JavaScript number");
                Refusal::new("engine_failed", &words)
            }
            Err(refusal) => refusal,
        };
        let mut answer = Writer::begun(true);
        answer.write(&refusal);
        answer.into_bytes().unwrap_or_default()
    }
}

impl Machine {
    /// Opens the pack. `pack_refused` names the section.
    fn open(&mut self, tab: u32) -> Result<(), Refusal> {
        let pack = self.pack.take().unwrap_or_else(|| Opening::of(AlignedBytes::default()));
        self.engine = Some(Engine::finish(pack, tab)?);
        Ok(())
    }
}

#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: dlmalloc::GlobalDlmalloc = dlmalloc::GlobalDlmalloc;

/// The module traps where it panics, and what it would have said is left out of it: nobody is there to read it.
#[cfg(all(target_arch = "wasm32", not(feature = "bench")))]
#[panic_handler]
fn trap(_: &core::panic::PanicInfo<'_>) -> ! {
    core::arch::wasm32::unreachable()
}
