//! Messages: what a step of a campaign says, beside its coupon or by itself.
//!
//! A campaign names a text of the feed's `messages.json`, or the categories for which that has words of care; the words
//! themselves are display text and lie outside the engine.

use super::campaign::{After, Bought, Campaign, STEPS_MAX};
use crate::base::ids::ID_BYTES_MAX;
use crate::base::notation::{Fields, RuleError};
use crate::base::time::Timestamp;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

/// What a step says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// Position of the step among the campaign's; 0 of a campaign without steps.
    pub step: u16,
    /// The text that is said, where it is always the same.
    pub text: Option<String>,
    /// Stable ids of the categories with words of care: the first of which the order of the trigger held something is
    /// spoken of. An order that held nothing of them is told nothing.
    pub care: Vec<String>,
    /// Whether the step surfaces no coupon.
    pub alone: bool,
}

/// What is said to one shopper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    /// The text of this id.
    Text(String),
    /// The words of care for goods of the category of this id.
    Care(String),
}

impl Message {
    pub(super) fn read(from: &mut impl Fields) -> Self {
        Self {
            step: from.count("step", 0, STEPS_MAX as u32 - 1).unwrap_or(0) as u16,
            text: from.id("text"),
            care: from.ids("care"),
            alone: from.flag("alone"),
        }
    }

    /// What it says to a shopper whose step follows from `moment`, if anything.
    pub(super) fn said(&self, moment: Option<Timestamp>, bought: &[Bought<'_>]) -> Option<Said> {
        if let Some(text) = &self.text {
            return Some(Said::Text(text.clone()));
        }
        let order = bought.iter().find(|order| Some(order.at) == moment)?;
        let held = |category: &&String| order.categories.contains(&category.as_str());
        self.care.iter().find(held).cloned().map(Said::Care)
    }
}

impl Campaign {
    /// What a step says, if anything.
    pub fn message(&self, step: usize) -> Option<&Message> {
        self.messages.iter().find(|message| usize::from(message.step) == step)
    }

    /// The id under which a step's message is surfaced by itself: it is counted and dismissed as a coupon is.
    pub fn message_id(&self, step: usize) -> String {
        format!("{}:{step}", self.id)
    }

    /// Whether an id is that of a message of its own.
    pub(super) fn says(&self, id: &str) -> bool {
        let step = id.strip_prefix(self.id.as_str()).and_then(|rest| rest.strip_prefix(':'));
        step.is_some_and(|step| self.messages.iter().any(|message| format!("{}", message.step) == step))
    }

    pub(super) fn check_messages(&self) -> Result<(), RuleError> {
        let steps = self.waves.len().max(1);
        for (at, message) in self.messages.iter().enumerate() {
            let problem = |field: &str, reason: &str| {
                Err(RuleError { path: format!("messages[{at}]{field}"), reason: reason.into() })
            };
            if usize::from(message.step) >= steps {
                return problem(".step", "is none of the campaign's; the first is 0");
            }
            if self.messages.iter().take(at).any(|earlier| earlier.step == message.step) {
                return problem(".step", "has a message already");
            }
            if message.text.is_some() != message.care.is_empty() {
                return problem("", "has either a text or categories of care");
            }
            let follows_order = self.trigger.as_ref().is_some_and(|trigger| trigger.after == After::Order);
            if !message.care.is_empty() && !follows_order {
                return problem(".care", "is for what an order held; give a trigger that follows orders");
            }
            if self.id.len() + 3 > ID_BYTES_MAX {
                return problem(
                    "",
                    "wants an id of the campaign that is three bytes shorter than ids may be",
                );
            }
        }
        Ok(())
    }
}
