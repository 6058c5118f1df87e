//! What a rule consists of, whatever it is written in.
//!
//! A promotion or a campaign says field by field what it is made of, through [`Fields`]; how fields are
//! written (JSON with decimal amounts, shop time, names) is known to the reader alone, outside the engine.
//! So a new kind of rule is one file, and a reader never has to learn of it. A field that is off is noted and
//! stands in as a default: the reader refuses the whole in the end and tells every problem at once. What was
//! never asked for is unknown, which finds typing errors.

use super::money::Money;
use super::time::Timestamp;
use alloc::string::String;
use alloc::vec::Vec;

/// A value of a rule makes no sense.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{path}: {reason}")]
pub struct RuleError {
    /// The field, such as `benefit.threshold.spend`.
    pub path: String,
    /// What is wrong, and what is allowed.
    pub reason: String,
}

/// What is noted of a field that must be there and is not.
pub const MISSING: &str = "is missing";

/// The fields of one object on its way to being read.
///
/// The getters give `None` where the field is not there, and also where it is off, which they note.
pub trait Fields {
    /// Whether a field is there.
    fn has(&self, field: &'static str) -> bool;

    /// Notes a problem with a field of this object, or with the object where the field is empty.
    fn problem(&mut self, field: &str, reason: &str);

    /// A stable id ([`super::ids::check_id`]).
    fn id(&mut self, field: &'static str) -> Option<String>;

    /// A list of stable ids, each once.
    fn ids(&mut self, field: &'static str) -> Vec<String>;

    /// An amount of money, zero or more.
    fn amount(&mut self, field: &'static str) -> Option<Money>;

    /// A whole number within bounds.
    fn count(&mut self, field: &'static str, least: u32, most: u32) -> Option<u32>;

    /// A list of whole numbers within bounds.
    fn counts(&mut self, field: &'static str, least: u32, most: u32) -> Vec<u32>;

    /// A percentage with at most two digits behind the point, as hundredths of a percent.
    fn percent(&mut self, field: &'static str) -> Option<u32>;

    /// Yes or no; no where it is not there.
    fn flag(&mut self, field: &'static str) -> bool;

    /// An instant.
    fn instant(&mut self, field: &'static str) -> Option<Timestamp>;

    /// A day of every year, as month (1 to 12) and day of the month.
    fn yearly_day(&mut self, field: &'static str) -> Option<(u8, u8)>;

    /// One of some words, by its position among them.
    fn word(&mut self, field: &'static str, words: &[&'static str]) -> Option<usize>;

    /// One of some words, as what it stands for.
    fn choice<T: Copy>(&mut self, field: &'static str, of: &[(&'static str, T)]) -> Option<T> {
        let words: Vec<&'static str> = of.iter().map(|(word, _)| *word).collect();
        self.word(field, &words).and_then(|at| of.get(at)).map(|(_, value)| *value)
    }

    /// A list of some words, each at most once, by their positions.
    fn words(&mut self, field: &'static str, words: &[&'static str]) -> Vec<usize>;

    /// An object, read by `read`.
    fn object<T>(&mut self, field: &'static str, read: impl FnOnce(&mut Self) -> T) -> Option<T>;

    /// A list of objects, each read by `read`.
    fn list<T>(&mut self, field: &'static str, read: impl FnMut(&mut Self) -> T) -> Vec<T>;

    /// This object as `{kind: {…}}`: its one member is named by one of `kinds`, whose position `read` gets. Whoever
    /// describes a notation rather than reads it calls `read` for each of them.
    fn kind<T>(
        &mut self,
        kinds: &[&'static str],
        read: impl FnMut(&mut Self, usize) -> Option<T>,
    ) -> Option<T>;

    /// Notes that a field is missing, unless it is there.
    fn require(&mut self, field: &'static str) {
        if !self.has(field) {
            self.problem(field, MISSING);
        }
    }

    /// A stable id that must be there; empty where it is not.
    fn required_id(&mut self, field: &'static str) -> String {
        self.require(field);
        self.id(field).unwrap_or_default()
    }

    /// An amount that must be there; zero where it is not.
    fn required_amount(&mut self, field: &'static str) -> Money {
        self.require(field);
        self.amount(field).unwrap_or_default()
    }

    /// A count that must be there; `least` where it is not.
    fn required_count(&mut self, field: &'static str, least: u32, most: u32) -> u32 {
        self.require(field);
        self.count(field, least, most).unwrap_or(least)
    }
}
