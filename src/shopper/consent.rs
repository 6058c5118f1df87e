//! What the shopper allowed this browser to remember.

use serde::{Deserialize, Serialize};

/// What the shopper allowed. Everybody starts at `Off`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Consent {
    /// Nothing is remembered; the shop's own order is shown.
    #[default]
    Off,
    /// Remembered in memory until the tab closes.
    Session,
    /// Kept in this browser.
    On,
}

impl Consent {
    /// Whether anything may be remembered at all.
    pub fn remembers(self) -> bool {
        self != Self::Off
    }
}
