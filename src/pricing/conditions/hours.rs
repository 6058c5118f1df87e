//! It is the day of the week and the hour for it, by the shop's clocks.

use super::{Answer, Asked, Checked, Facts, Kind, Unmet};
use crate::base::money::MoneyError;
use crate::base::notation::Fields;
use crate::pricing::facts::DAY_MINUTES;
use serde::{Deserialize, Serialize};

const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// `{"hours": {"days": ["saturday", "sunday"], "from": 600, "until": 720}}`: minutes after midnight, shop time.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Hours {
    /// The days, the lowest bit Monday; none asks for no day.
    pub days: u8,
    /// From this minute of the day on, 0 to 1,439.
    pub from: u16,
    /// Until just before this minute, after `from` and at most 1,440.
    pub until: u16,
}

impl Kind for Hours {
    fn read(from: &mut impl Fields) -> Self {
        let days = from.words("days", &DAYS);
        let minute = |minutes: Option<u32>, else_| minutes.and_then(|at| u16::try_from(at).ok()).unwrap_or(else_);
        let last = u32::from(DAY_MINUTES);
        Self {
            days: days.into_iter().filter_map(|day| 1_u8.checked_shl(day as u32)).sum(),
            from: minute(from.count("from", 0, last - 1), 0),
            until: minute(from.count("until", 1, last), DAY_MINUTES),
        }
    }

    fn check(&self) -> Checked {
        if self.days >= 1 << 7 {
            return Err(("days", "are of one week".into()));
        }
        if self.from >= self.until || self.until > DAY_MINUTES {
            return Err(("until", "is after from, both within one day of 1440 minutes".into()));
        }
        if self.days == 0 && self.from == 0 && self.until == DAY_MINUTES {
            return Err(("days", "or minutes are given; leave out hours that always hold".into()));
        }
        Ok(())
    }

    fn is_known(facts: &Facts) -> bool {
        facts.week_minute.is_some()
    }

    fn ask(&self, of: &Asked<'_>) -> Result<Answer, MoneyError> {
        let holds = of.facts.week_minute.is_some_and(|minute| {
            let (day, minute) = (minute / DAY_MINUTES, minute % DAY_MINUTES);
            (self.days == 0 || self.days >> day & 1 == 1) && (self.from..self.until).contains(&minute)
        });
        Ok(if holds { Answer::Holds } else { Answer::Fails(Unmet::Hours) })
    }
}
