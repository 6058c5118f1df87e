//! `shop.json`: the facts that hold for the whole feed.

use super::clock;
use super::files::without_mark;
use super::problem::{FeedError, Problems, io};
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use std::path::Path;
use windowshop::base::time::Timestamp;

/// The file's name.
pub(super) const FILE: &str = "shop.json";

/// Currencies of which ISO 4217 has other digits behind the point than the usual two.
const DIGITS: [(&[&str], u8); 2] = [
    (
        &[
            "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND", "VUV",
            "XAF", "XOF", "XPF",
        ],
        0,
    ),
    (&["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"], 3),
];

/// The shop's own facts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Shop {
    /// ISO 4217 code of the one currency.
    pub(crate) currency: String,
    /// Digits behind the point of the currency.
    pub(crate) exponent: u8,
    /// IANA name of the zone.
    pub(crate) zone: String,
    /// The minute of the day at which sales open.
    pub(crate) opening_minute: u16,
    /// Days that a preview is visible before its opening.
    pub(crate) preview_days: u16,
    /// Languages that names are given in; the first is the shop's own.
    pub(crate) languages: Vec<String>,
    /// When the feed was made, where it says so.
    pub(crate) made: Option<Timestamp>,
}

/// The file as written.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    currency: String,
    exponent: u8,
    zone: String,
    /// `HH:MM`.
    opening: String,
    preview_days: u16,
    languages: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    made: Option<String>,
}

impl Shop {
    /// The zone's rules; UTC where the name is unknown, which reading has refused.
    pub(crate) fn time_zone(&self) -> TimeZone {
        clock::zone(&self.zone).unwrap_or(TimeZone::UTC)
    }

    /// The file's text.
    pub(super) fn to_json(&self) -> String {
        let written = Written {
            currency: self.currency.clone(),
            exponent: self.exponent,
            zone: self.zone.clone(),
            opening: format!("{:02}:{:02}", self.opening_minute / 60, self.opening_minute % 60),
            preview_days: self.preview_days,
            languages: self.languages.clone(),
            made: self.made.map(|at| clock::text(at, &self.time_zone())),
        };
        let mut text = serde_json::to_string_pretty(&written).unwrap_or_default();
        text.push('\n');
        text
    }
}

/// Reads `shop.json` of a feed folder.
pub(super) fn read(folder: &Path) -> Result<Shop, FeedError> {
    let path = folder.join(FILE);
    let bytes = std::fs::read(&path).map_err(io(&path))?;
    let mut problems = Problems::default();
    let written: Option<Written> = serde_json::from_slice(without_mark(&bytes))
        .map_err(|error| problems.add(FILE, error.line() as u64, "", error.to_string()))
        .ok();
    let shop = written.map(|written| check(written, &mut problems));
    problems.into_result()?;
    shop.ok_or_else(|| FeedError::Refused(Vec::new()))
}

fn check(written: Written, problems: &mut Problems) -> Shop {
    let mut wrong = |field: &str, reason: &str| problems.add(FILE, 0, field, reason);
    if written.currency.len() != 3 || !written.currency.bytes().all(|byte| byte.is_ascii_uppercase()) {
        wrong("currency", "is a three-letter ISO 4217 code such as CNY");
    }
    if let Some((_, digits)) = DIGITS.iter().find(|(codes, _)| codes.contains(&written.currency.as_str()))
        && written.exponent != *digits
    {
        let (currency, found) = (&written.currency, written.exponent);
        let reason = format!(
            "is {digits} for {currency}, whose amounts have {digits} digits behind the point, not {found}"
        );
        wrong("exponent", &reason);
    } else if written.exponent > 6 {
        wrong("exponent", "is the currency's digits behind the point, 0 to 6");
    }
    let zone = clock::zone(&written.zone);
    if zone.is_none() {
        wrong("zone", "is an IANA zone such as Asia/Shanghai");
    }
    let opening_minute = minute(&written.opening);
    if opening_minute.is_none() {
        wrong("opening", "is a time of day such as 10:00");
    }
    if written.preview_days > 60 {
        wrong("preview_days", "is at most 60");
    }
    let tag = |language: &String| {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
        (2..=35).contains(&language.len()) && language.bytes().all(plain)
    };
    let mut distinct = written.languages.clone();
    distinct.sort();
    distinct.dedup();
    if written.languages.is_empty() || distinct.len() != written.languages.len() || !distinct.iter().all(tag)
    {
        wrong("languages", "lists language tags such as en and zh, each once");
    }
    let made = written.made.as_deref().and_then(|text| {
        let zone = zone.unwrap_or(TimeZone::UTC);
        clock::instant(text, &zone).map_err(|reason| wrong("made", &reason)).ok()
    });
    Shop {
        currency: written.currency,
        exponent: written.exponent,
        zone: written.zone,
        opening_minute: opening_minute.unwrap_or(0),
        preview_days: written.preview_days,
        languages: written.languages,
        made,
    }
}

fn minute(text: &str) -> Option<u16> {
    let (hours, minutes) = text.split_once(':')?;
    let number = |digits: &str| {
        (digits.len() == 2 && digits.bytes().all(|byte| byte.is_ascii_digit()))
            .then(|| digits.parse::<u16>().ok())?
    };
    let (hours, minutes) = (number(hours)?, number(minutes)?);
    (hours < 24 && minutes < 60).then_some(hours * 60 + minutes)
}
