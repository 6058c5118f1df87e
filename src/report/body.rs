//! The report: all that leaves the tab for the endpoint, four fields of constant length for their question.

use super::chance::{Chance, Seed};
use super::questions::{Asked, EDITION_DIGITS};
use crate::base::time::Week;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A randomised report, as it travels.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Report {
    /// Id of the question.
    pub question: String,
    /// The ISO week in UTC that the answer is about, such as `2026-W47`.
    #[serde(with = "week_text")]
    pub week: Week,
    /// 16 bytes of chance in 32 lower-case hexadecimal digits; the same report sent again has the same.
    pub id: ReportId,
    /// The disguised answer: `randomiser-edition-disguise`, such as `krr-1f2e3d4c-05`.
    pub answer: String,
}

impl Report {
    /// The edition of the question that the answer names, where it names any.
    pub fn edition(&self) -> Option<&str> {
        self.answer.split('-').nth(1)
    }
}

/// Names one report, by chance alone.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ReportId(pub [u8; 16]);

/// Why a report cannot be made or counted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ReportError {
    /// The true answer is not of the question's domain.
    #[error("{answer:?} is not an answer to {question:?}")]
    Truth {
        /// The question.
        question: String,
        /// What was to be reported.
        answer: String,
    },
    /// The report answers another question.
    #[error("the report answers {0:?}, not the question it is counted for")]
    Question(String),
    /// The answer was not made by the question's randomiser.
    #[error("the answer is not of the form {form}")]
    Form {
        /// The form that every answer to the question has.
        form: String,
    },
    /// The answer is of another edition of the question.
    #[error(
        "the answer is of edition {found}; this question is now of edition {expected}, with other answers or odds"
    )]
    Edition {
        /// The edition in the report.
        found: String,
        /// The edition that is counted.
        expected: String,
    },
    /// No disguise that the randomiser makes looks like this.
    #[error("the randomiser {0} makes no such answer")]
    Impossible(&'static str),
}

impl Asked {
    /// Makes the report of a week: the true answer disguised. The same seed, question, week and answer give the
    /// same bytes; a report's length depends on the question alone.
    ///
    /// # Errors
    /// [`ReportError::Truth`] where `truth` is not of the domain.
    pub fn report(&self, week: Week, truth: &str, seed: &Seed) -> Result<Report, ReportError> {
        let question = &self.question().id;
        let Some(position) = self.domain().position(truth) else {
            return Err(ReportError::Truth { question: question.clone(), answer: truth.into() });
        };
        let disguise =
            self.randomiser().disguise(position, &mut Chance::of_disguise(seed, question, week, position));
        let id = ReportId(Chance::of_id(seed, question, week).id());
        let mut answer = format!("{}-{}-", self.randomiser().name(), self.edition());
        push_hex(&mut answer, &disguise);
        Ok(Report { question: question.clone(), week, id, answer })
    }

    /// Reads the disguise out of a report, refusing what the question's randomiser cannot have made.
    ///
    /// # Errors
    /// [`ReportError`], saying what about the report is wrong.
    pub fn read(&self, report: &Report) -> Result<Vec<u8>, ReportError> {
        if report.question != self.question().id {
            return Err(ReportError::Question(report.question.clone()));
        }
        let randomiser = self.randomiser();
        let malformed = || ReportError::Form {
            form: format!(
                "{}-{}-, then {} lower-case hexadecimal digits",
                randomiser.name(),
                self.edition(),
                2 * randomiser.bytes()
            ),
        };
        let mut parts = report.answer.split('-');
        let (Some(name), Some(edition), Some(digits), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(malformed());
        };
        if edition.len() != EDITION_DIGITS || !edition.bytes().all(is_hex) {
            return Err(malformed());
        }
        if edition != self.edition() {
            return Err(ReportError::Edition { found: edition.into(), expected: self.edition().into() });
        }
        let disguise = read_hex(digits).filter(|disguise| disguise.len() == randomiser.bytes());
        let Some(disguise) = disguise.filter(|_| name == randomiser.name()) else {
            return Err(malformed());
        };
        if !randomiser.possible(&disguise) {
            return Err(ReportError::Impossible(randomiser.name()));
        }
        Ok(disguise)
    }
}

fn is_hex(digit: u8) -> bool {
    matches!(digit, b'0'..=b'9' | b'a'..=b'f')
}

fn push_hex(text: &mut String, bytes: &[u8]) {
    for byte in bytes {
        for nibble in [byte >> 4, byte & 15] {
            text.push(char::from_digit(u32::from(nibble), 16).unwrap_or('0'));
        }
    }
}

/// Reads lower-case hexadecimal digits: one text for one value.
fn read_hex(text: &str) -> Option<Vec<u8>> {
    if !text.len().is_multiple_of(2) || !text.bytes().all(is_hex) {
        return None;
    }
    let value = |digit: u8| char::from(digit).to_digit(16).unwrap_or(0) as u8;
    Some(
        text.as_bytes()
            .chunks_exact(2)
            .map(|pair| pair.iter().fold(0, |byte, digit| byte << 4 | value(*digit)))
            .collect(),
    )
}

impl fmt::Display for ReportId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = String::new();
        push_hex(&mut text, &self.0);
        formatter.write_str(&text)
    }
}

impl fmt::Debug for ReportId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "ReportId({self})")
    }
}

impl Serialize for ReportId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for ReportId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let bytes = read_hex(&text).and_then(|bytes| bytes.try_into().ok());
        bytes.map(Self).ok_or_else(|| D::Error::custom("a report id is 32 lower-case hexadecimal digits"))
    }
}

/// Weeks as ISO 8601 text, in reports and ledgers.
pub(super) mod week_text {
    use super::{Deserialize, Deserializer, Serializer, String, Week};
    use serde::de::Error as _;

    // Serde's own signature for `with`.
    #[allow(clippy::trivially_copy_pass_by_ref)]
    pub(crate) fn serialize<S: Serializer>(week: &Week, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&week.to_text())
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Week, D::Error> {
        let text = String::deserialize(deserializer)?;
        Week::from_text(&text)
            .ok_or_else(|| D::Error::custom("a week is written as in ISO 8601, such as 2026-W47"))
    }
}

#[cfg(test)]
mod tests {
    use super::super::questions::tests::asked;
    use super::*;
    use proptest::prelude::*;

    const WEEK: Week = Week { year: 2026, week: 47 };

    #[test]
    fn asking_again_gives_the_same_bytes() {
        let asked = asked(20);
        let report = asked.report(WEEK, "a3", &[5; 32]).expect("a report");
        assert_eq!(asked.report(WEEK, "a3", &[5; 32]), Ok(report.clone()));
        let other = asked.report(WEEK, "a3", &[6; 32]).expect("a report");
        assert_ne!(report.id, other.id);
        assert_ne!(report.answer, other.answer);
        assert!(matches!(asked.report(WEEK, "a20", &[5; 32]), Err(ReportError::Truth { .. })));
    }

    #[test]
    fn a_report_travels_as_four_texts() {
        let report = asked(4).report(WEEK, "a3", &[5; 32]).expect("a report");
        let text = serde_json::to_string(&report).expect("writes");
        // A golden value: a change here changes what every browser sends.
        insta::assert_snapshot!(text);
        assert_eq!(serde_json::from_str::<Report>(&text).expect("reads"), report);
        assert!(serde_json::from_str::<Report>(&text.replace("\"id\"", "\"who\":\"me\",\"id\"")).is_err());
    }

    #[test]
    fn what_the_randomiser_cannot_have_made_is_refused() {
        for size in [4, 11] {
            let asked = asked(size);
            let good = asked.report(WEEK, "a3", &[5; 32]).expect("a report");
            let with = |answer: &str| asked.read(&Report { answer: answer.into(), ..good.clone() });
            let (name, edition) = (asked.randomiser().name(), asked.edition());
            assert!(asked.read(&good).is_ok());
            for answer in [
                "",
                "-",
                "x",
                &format!("{name}-{edition}"),
                &format!("{}0", good.answer),
                &format!("{}-", good.answer),
            ] {
                assert!(matches!(with(answer), Err(ReportError::Form { .. })), "{answer}");
            }
            let shouted = format!("{name}-{edition}-{}", "F".repeat(2 * asked.randomiser().bytes()));
            assert!(matches!(with(&shouted), Err(ReportError::Form { .. })));
            let full = format!("{name}-{edition}-{}", "f".repeat(2 * asked.randomiser().bytes()));
            assert_eq!(with(&full), Err(ReportError::Impossible(name)));
            assert!(matches!(with(&full.replace(edition, "00000000")), Err(ReportError::Edition { .. })));
            let elsewhere = Report { question: "other".into(), ..good.clone() };
            assert_eq!(asked.read(&elsewhere), Err(ReportError::Question("other".into())));
        }
    }

    proptest! {
        #[test]
        fn every_report_of_a_question_is_equally_long_and_reads_back(
            size in 2_usize..=256, truth in 0_usize..256, seed in any::<[u8; 32]>(), week in 1_u8..=52,
        ) {
            let asked = asked(size);
            let week = Week { year: 2026, week };
            let report = asked.report(week, &format!("a{}", truth % size), &seed).expect("a report");
            let disguise = asked.read(&report).expect("reads back");
            prop_assert!(asked.randomiser().possible(&disguise));
            let other = asked.report(WEEK, "a0", &[0; 32]).expect("a report");
            let length = |report: &Report| serde_json::to_string(report).map(|text| text.len()).unwrap_or_default();
            prop_assert_eq!(length(&report), length(&other));
        }

        #[test]
        fn no_answer_makes_reading_panic(answer in "\\PC{0,80}") {
            let report = Report { question: "q".into(), week: WEEK, id: ReportId([0; 16]), answer };
            prop_assert!(asked(12).read(&report).is_err());
        }
    }
}
