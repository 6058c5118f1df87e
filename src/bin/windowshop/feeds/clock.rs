//! The shop's zone: its offsets for the pack, and wall-clock times in feeds.
//!
//! The zone rules come from the database built into this command, never from the machine, so that the same
//! feed makes the same pack everywhere.

use super::problem::{FeedError, Problem};
use jiff::tz::{TimeZone, TimeZoneDatabase};
use windowshop::base::time::{DAY, Timestamp, Zone};
use windowshop::catalogue::Catalogue;

/// How far before a pack's making its zone table reaches: histories look back so far.
const DAYS_BEFORE: i64 = 400;
/// How far beyond: two years, and a month for packs that are used late.
const DAYS_AFTER: i64 = 760;

/// The zone of an IANA name.
pub(crate) fn zone(name: &str) -> Option<TimeZone> {
    TimeZoneDatabase::bundled().get(name).ok()
}

/// The zone of a pack's shop.
pub(crate) fn zone_of(catalogue: &Catalogue) -> TimeZone {
    zone(catalogue.zone().name()).unwrap_or(TimeZone::UTC)
}

/// Now, by this machine's clock.
pub(crate) fn now() -> Timestamp {
    Timestamp(jiff::Timestamp::now().as_millisecond())
}

/// The instant that the option `--at` names, where it is given.
pub(crate) fn at(given: Option<&str>, zone: &TimeZone) -> anyhow::Result<Option<Timestamp>> {
    let read = |text| instant(text, zone).map_err(|reason| anyhow::anyhow!("--at {reason}"));
    given.map(read).transpose()
}

/// The zone's offsets around an instant, as packs carry them.
pub(crate) fn table(name: &str, around: Timestamp) -> Result<Zone, FeedError> {
    let problem = |reason: String| {
        FeedError::Refused(vec![Problem { file: "shop.json".into(), line: 0, field: "zone".into(), reason }])
    };
    let zone =
        zone(name).ok_or_else(|| problem(format!("{name:?} is not an IANA zone such as Asia/Shanghai")))?;
    let begin = around.plus(-DAYS_BEFORE * DAY);
    let end = around.plus(DAYS_AFTER * DAY);
    let instant = |at: Timestamp| {
        jiff::Timestamp::from_millisecond(at.0)
            .map_err(|error| problem(format!("has no offset there: {error}")))
    };
    let mut offsets = vec![(begin, zone.to_offset(instant(begin)?).seconds())];
    for change in zone.following(instant(begin)?) {
        let at = Timestamp(change.timestamp().as_millisecond());
        if at > end {
            break;
        }
        let offset = change.offset().seconds();
        if offsets.last().is_none_or(|last| last.1 != offset) {
            offsets.push((at, offset));
        }
    }
    Zone::new(name, offsets).map_err(|error| problem(error.to_string()))
}

/// Reads an instant: RFC 3339 with an offset, or the shop's own wall clock (`2026-11-22T10:00`).
pub(crate) fn instant(text: &str, zone: &TimeZone) -> Result<Timestamp, String> {
    if let Ok(at) = text.parse::<jiff::Timestamp>() {
        return Ok(Timestamp(at.as_millisecond()));
    }
    let offset_follows = text.rfind(['+', 'Z', 'z', '[']).is_some() || text.matches('-').count() > 2;
    let wall = if offset_follows { None } else { text.parse::<jiff::civil::DateTime>().ok() };
    let wall = wall.filter(|_| text.contains([':'])).ok_or_else(|| {
        format!(
            "{text:?} is not an instant such as 2026-11-22T10:00 (shop time) or 2026-11-22T10:00:00+08:00"
        )
    })?;
    let at = zone.to_ambiguous_timestamp(wall).unambiguous();
    let at =
        at.map_err(|_| format!("shop clocks show {text:?} twice or never; give the offset from UTC too"))?;
    Ok(Timestamp(at.as_millisecond()))
}

/// Writes an instant with its offset in the zone, such as `2026-11-22T10:00:00+08:00`.
pub(crate) fn text(at: Timestamp, zone: &TimeZone) -> String {
    let Ok(at) = jiff::Timestamp::from_millisecond(at.0) else { return at.0.to_string() };
    let zoned = at.to_zoned(zone.clone());
    if at.subsec_nanosecond() == 0 {
        zoned.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
    } else {
        zoned.strftime("%Y-%m-%dT%H:%M:%S%.3f%:z").to_string()
    }
}

/// Reads a date such as `2027-05-31`, as days since 1970-01-01.
pub(crate) fn date_days(text: &str) -> Option<u32> {
    let date = (text.len() == 10).then(|| text.parse::<jiff::civil::Date>().ok())??;
    let date = windowshop::base::time::Date {
        year: i32::from(date.year()),
        month: date.month().unsigned_abs(),
        day: date.day().unsigned_abs(),
    };
    u32::try_from(date.to_days()).ok().filter(|days| *days > 0)
}

/// Writes days since 1970-01-01 as a date.
pub(crate) fn date_text(days: i64) -> String {
    let date = windowshop::base::time::Date::from_days(days);
    format!("{:04}-{:02}-{:02}", date.year, date.month, date.day)
}
