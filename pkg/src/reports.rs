//! What may leave, and the ledger of what did.

use crate::Machine;
use crate::refusal::Refusal;
use crate::values::{instant, write};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
impl Machine {
    /// The week's report, entered into the ledger; undefined where there is none. `secret` is 32 bytes of chance.
    ///
    /// # Errors
    /// `report_refused`, saying why.
    pub fn report(&mut self, at: f64, secret: &[u8]) -> Result<JsValue, Refusal> {
        let words = "the secret of reports has 32 bytes";
        let secret = secret.try_into().map_err(|_| Refusal::new("report_refused", &words))?;
        write(&self.engine.report(instant(at), secret)?)
    }

    /// What the week's report would be now; nothing is entered.
    ///
    /// # Errors
    /// `report_refused`, saying why.
    pub fn preview_report(&self, at: f64, secret: &[u8]) -> Result<JsValue, Refusal> {
        let words = "the secret of reports has 32 bytes";
        let secret = secret.try_into().map_err(|_| Refusal::new("report_refused", &words))?;
        write(&self.engine.preview_report(instant(at), secret)?)
    }

    /// The item of the survey that may be put to the shopper now, three texts at a time: its id and then each answer, each
    /// with how it reads in English and in Chinese. Nothing where there is none.
    ///
    /// # Errors
    /// `report_refused`, saying why.
    pub fn survey_question(&self, at: f64, secret: &[u8]) -> Result<Vec<String>, Refusal> {
        let words = "the secret of reports has 32 bytes";
        let secret = secret.try_into().map_err(|_| Refusal::new("report_refused", &words))?;
        let mut texts = Vec::new();
        for spoken in self.engine.survey_question(instant(at), secret)?.unwrap_or_default() {
            texts.push(spoken.id);
            texts.push(spoken.en);
            texts.push(spoken.zh);
        }
        Ok(texts)
    }

    /// Notes that the endpoint accepted a report.
    pub fn report_sent(&mut self, id: &str, at: f64) -> bool {
        self.engine.report_sent(id, instant(at))
    }

    /// Notes that a report is about to be handed to the network; `false` where it must not go.
    pub fn report_tried(&mut self, id: &str, at: f64) -> bool {
        self.engine.report_tried(id, instant(at))
    }

    /// Leaves this week's report out; `false` where it has left or may have.
    pub fn skip_report(&mut self, at: f64) -> bool {
        self.engine.skip_report(instant(at))
    }

    /// Every report made, newest week first.
    pub fn ledger(&self) -> Result<JsValue, Refusal> {
        write(&self.engine.ledger())
    }

    /// The ledger as it is kept.
    pub fn ledger_bytes(&self) -> Vec<u8> {
        self.engine.ledger_bytes()
    }

    /// Takes in a kept ledger.
    ///
    /// # Errors
    /// `report_refused` where it cannot be read.
    pub fn load_ledger(&mut self, ledger: &[u8]) -> Result<(), Refusal> {
        Ok(self.engine.load_ledger(ledger)?)
    }

    /// How the privacy budget stands.
    pub fn budget(&self, at: f64) -> Result<JsValue, Refusal> {
        write(&self.engine.budget(instant(at)))
    }
}
