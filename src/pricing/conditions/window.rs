//! It is the time for it.

use super::{Answer, Asked, Checked, Kind, Unmet};
use crate::base::money::MoneyError;
use crate::base::notation::Fields;
use crate::base::time::Timestamp;
use serde::{Deserialize, Serialize};

/// `{"window": {"opens": "2026-11-22T10:00", "closes": "2026-11-26T10:00"}}`: from an instant to just before another.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Window {
    /// From this instant on; without it since ever.
    pub opens: Option<Timestamp>,
    /// Until just before this instant; without it for ever.
    pub closes: Option<Timestamp>,
}

impl Window {
    /// Whether it is open at an instant.
    pub(in crate::pricing) fn holds(&self, now: Timestamp) -> Result<(), Unmet> {
        match *self {
            Self { closes: Some(closed), .. } if now >= closed => Err(Unmet::Ended { closed }),
            Self { opens: Some(opens), .. } if now < opens => Err(Unmet::NotOpen { opens }),
            _ => Ok(()),
        }
    }
}

impl Kind for Window {
    fn read(from: &mut impl Fields) -> Self {
        Self { opens: from.instant("opens"), closes: from.instant("closes") }
    }

    fn check(&self) -> Checked {
        match (self.opens, self.closes) {
            (Some(opens), Some(closes)) if closes <= opens => {
                Err(("closes", "is not after it opens".into()))
            }
            (None, None) => {
                Err(("opens", "or closes is given; leave out a window that never closes".into()))
            }
            _ => Ok(()),
        }
    }

    fn ask(&self, of: &Asked<'_>) -> Result<Answer, MoneyError> {
        Ok(self.holds(of.now).map_or_else(Answer::Fails, |()| Answer::Holds))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_holds_from_its_opening_to_just_before_its_closing() {
        let window = Window { opens: Some(Timestamp(10)), closes: Some(Timestamp(20)) };
        assert_eq!(window.holds(Timestamp(9)), Err(Unmet::NotOpen { opens: Timestamp(10) }));
        assert_eq!(window.holds(Timestamp(10)), Ok(()));
        assert_eq!(window.holds(Timestamp(19)), Ok(()));
        assert_eq!(window.holds(Timestamp(20)), Err(Unmet::Ended { closed: Timestamp(20) }));
    }
}
