//! What this browser remembers, handed to and fro.

use crate::Machine;
use crate::refusal::Refusal;
use crate::values::{instant, read, read_rows, write};
use js_sys::Array;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use windowshop::shopper::{Consent, EventId};

#[wasm_bindgen]
impl Machine {
    /// Changes what is allowed: `off`, `session` or `on`. Off forgets events and orders.
    ///
    /// # Errors
    /// `request_invalid` for anything else.
    pub fn set_consent(&mut self, consent: JsValue) -> Result<(), Refusal> {
        let consent: Consent = read(consent, "request_invalid", "consent is 'off', 'session' or 'on'")?;
        self.engine.set_consent(consent);
        Ok(())
    }

    /// Takes in what happened: `{ event, dropped, reminders }`.
    ///
    /// # Errors
    /// `event_unknown`, `event_invalid`, `reminders_full`; nothing is kept then.
    pub fn observe(&mut self, event: JsValue, at: f64) -> Result<JsValue, Refusal> {
        let input = read(event, "event_invalid", "the event cannot be read")?;
        write(&self.engine.observe(&input, instant(at))?)
    }

    /// Takes in rows of a log; rows that cannot be read are left out and counted: `{ added, known, refused }`.
    pub fn load(&mut self, rows: &Array) -> Result<JsValue, Refusal> {
        let events: Vec<_> = read_rows(rows);
        let unread = rows.length() as usize - events.len();
        let mut loaded = self.engine.load(events);
        loaded.refused += unread;
        write(&loaded)
    }

    /// Lets go of what is beyond the bounds; the ids that went.
    pub fn trim(&mut self, at: f64) -> Vec<String> {
        texts(&self.engine.trim(instant(at)))
    }

    /// The ids of all that is remembered, newest first.
    pub fn event_ids(&self) -> Vec<String> {
        self.engine.history().iter().map(|event| event.id.to_string()).collect()
    }

    /// Events and orders, newest first.
    pub fn history(&self) -> Result<JsValue, Refusal> {
        write(&self.engine.history())
    }

    /// Orders, newest first.
    pub fn orders(&self) -> Result<JsValue, Refusal> {
        write(&self.engine.orders())
    }

    /// What was worked out from memory.
    pub fn derived(&self, at: f64) -> Result<JsValue, Refusal> {
        write(&self.engine.derived(instant(at)))
    }

    /// Items marked, by id.
    pub fn favourites(&self) -> Vec<String> {
        self.engine.favourites()
    }

    /// Forgets events by id, as if they had never been; how many there were.
    pub fn forget(&mut self, ids: Vec<String>) -> usize {
        let ids: Vec<EventId> = ids.iter().filter_map(|id| EventId::from_text(id)).collect();
        self.engine.forget(&ids)
    }

    /// Forgets everything: history, orders, reminders and the ledger.
    pub fn erase(&mut self) {
        self.engine.erase();
    }

    /// The history in bytes: a cache for the next visit.
    pub fn snapshot(&self) -> Vec<u8> {
        self.engine.snapshot()
    }

    /// Takes in a snapshot.
    ///
    /// # Errors
    /// `snapshot_damaged` or `snapshot_newer`.
    pub fn restore(&mut self, snapshot: &[u8]) -> Result<(), Refusal> {
        self.engine.restore(snapshot)?;
        Ok(())
    }

    /// The reminders with what is known of their brands.
    pub fn reminders(&self, at: f64) -> Result<JsValue, Refusal> {
        write(&self.engine.reminders(instant(at)))
    }

    /// The reminders as they are kept: `{ brand, since }`.
    pub fn kept_reminders(&self) -> Result<JsValue, Refusal> {
        write(&self.engine.kept_reminders())
    }

    /// Takes in kept reminders; those that cannot be read are left out.
    pub fn load_reminders(&mut self, rows: &Array) -> Result<JsValue, Refusal> {
        write(&self.engine.load_reminders(&read_rows::<windowshop::shopper::reminders::Reminder>(rows)))
    }

    /// Everything remembered, readable.
    pub fn export(&self, at: f64) -> Result<JsValue, Refusal> {
        write(&self.engine.export(instant(at)))
    }

    /// Adds what an export holds: `{ added, known, refused }`.
    ///
    /// # Errors
    /// `import_refused`, naming the place; nothing is added then.
    pub fn import(&mut self, memory: JsValue) -> Result<JsValue, Refusal> {
        // `ts/imported.ts` has said where a part is off; the words of the reader would tell what is remembered.
        let unread = |_| Refusal::new("import_refused", &"the file is no export");
        let memory = serde_wasm_bindgen::from_value(memory).map_err(unread)?;
        write(&self.engine.import(memory)?)
    }
}

fn texts(ids: &[EventId]) -> Vec<String> {
    ids.iter().map(ToString::to_string).collect()
}
