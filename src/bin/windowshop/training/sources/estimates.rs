//! What randomised reports say of all shoppers together: `windowshop estimates --json`, one file or several.
//!
//! Counts of a question's answers are added up over weeks and editions, what is below zero then counts zero, and what is
//! left are the views of categories or brands that affinities are measured against. Nothing here knows a shopper, and
//! nothing could: each report was randomised before it left its browser. Weeks below their question's minimum cohort
//! are not estimated by the endpoint and are passed over here; where nothing else is left, nothing is learned.

use super::super::file::{FORMAT, LogFacts, Trained};
use super::super::metrics::Segments;
use super::super::settings::Settings;
use super::{Lack, Lesson, Request, Source};
use anyhow::{Context, Result, bail, ensure};
use indicatif::ProgressBar;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;
use windowshop::base::ids::check_id;
use windowshop::report::domains::NONE;
use windowshop::report::questions::COHORT_MIN;

pub(super) const GIVES: &[&str] = &["category_views", "brand_views"];

pub(super) const LACKS: &[Lack] = &[
    Lack {
        what: "covisitation",
        why: "a report answers one question about one week and never names two items; click logs or orders do",
    },
    Lack { what: "settings", why: "nobody's next look is known; the engine's own weights stand in" },
    Lack { what: "validation", why: "there are no next items to predict; the standard errors are told instead" },
];

pub(super) fn steps() -> u64 {
    1
}

/// One question in one week, as `windowshop estimates --json` tells it; fields that are not used are passed over.
#[derive(Deserialize)]
struct Told {
    question: String,
    week: String,
    reports: u64,
    #[serde(default)]
    answers: Vec<Answer>,
    /// Why there is no estimate, where there is none.
    refused: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Answer {
    #[serde(rename = "answer")]
    id: String,
    count: f64,
    standard_error: f64,
}

/// What the answers of a question are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Answers {
    Categories,
    Brands,
}

/// An answer's count and the square of its standard error, over all weeks.
type Sums = BTreeMap<String, (f64, f64)>;

pub(super) fn learn(request: &Request<'_>, progress: &ProgressBar) -> Result<Lesson> {
    let (mut categories, mut brands) = (Sums::new(), Sums::new());
    let (mut notes, mut weeks, mut reports) = (Vec::new(), 0_u64, 0_u64);
    for file in request.logs.files {
        for told in read(file)? {
            let (question, week) = (&told.question, &told.week);
            if let Some(reason) = &told.refused {
                notes.push(format!("{question} {week} was passed over: {reason}"));
                continue;
            }
            ensure!(
                told.reports >= u64::from(COHORT_MIN),
                "{}: {question} {week} has {} reports; below {COHORT_MIN} nothing is learned",
                file.display(),
                told.reports
            );
            let Some(answers) = answers(question, request.questions)? else {
                notes.push(format!("{question} {week} was passed over: it asks for no category and no brand"));
                continue;
            };
            let sums = if answers == Answers::Categories { &mut categories } else { &mut brands };
            add(sums, &told).with_context(|| file.display().to_string())?;
            weeks += 1;
            reports += told.reports;
        }
    }
    ensure!(weeks > 0, "no estimate of categories or brands: {}", or_none(&notes));
    let category_views = views(&categories, "categories", &mut notes);
    let brand_views = views(&brands, "brands", &mut notes);
    notes.insert(0, format!("{reports} reports to {weeks} questions of a week"));
    progress.inc(1);
    let trained = Trained {
        format: FORMAT,
        source: Source::Estimates,
        settings: Settings { min_sessions: request.min_sessions, ..Settings::default() },
        log: LogFacts::default(),
        validation: Segments::default().figures(),
        covisitation: Vec::new(),
        brand_views,
        category_views,
    };
    Ok(Lesson { trained, notes })
}

fn or_none(notes: &[String]) -> String {
    if notes.is_empty() { "the files hold none".into() } else { notes.join("; ") }
}

fn read(file: &Path) -> Result<Vec<Told>> {
    let text = std::fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    serde_json::from_slice(&text)
        .with_context(|| format!("{} is not what `windowshop estimates --json` prints", file.display()))
}

/// What a question's answers are: as the request says, else as its id says.
fn answers(question: &str, named: &[(String, String)]) -> Result<Option<Answers>> {
    let said = named.iter().find(|(named, _)| named == question).map(|(_, answers)| answers.as_str());
    Ok(match said {
        Some("categories") => Some(Answers::Categories),
        Some("brands") => Some(Answers::Brands),
        Some(other) => bail!("answers of {question:?} are {other:?}; they can be categories or brands"),
        None if question.contains("category") || question.contains("categories") => Some(Answers::Categories),
        None if question.contains("brand") => Some(Answers::Brands),
        None => None,
    })
}

fn add(sums: &mut Sums, told: &Told) -> Result<()> {
    for answer in told.answers.iter().filter(|answer| answer.id != NONE) {
        let place = || format!("{} {}, answer {:?}", told.question, told.week, answer.id);
        check_id(&answer.id).with_context(place)?;
        ensure!(
            answer.count.is_finite() && answer.standard_error.is_finite() && answer.standard_error >= 0.0,
            "{}: count and standardError are numbers, and an error is not below 0",
            place()
        );
        let sum = sums.entry(answer.id.clone()).or_default();
        sum.0 += answer.count;
        sum.1 += answer.standard_error * answer.standard_error;
    }
    Ok(())
}

/// Whole counts of what is not below zero; says how sure they are.
fn views(sums: &Sums, what: &str, notes: &mut Vec<String>) -> Vec<(String, u64)> {
    if sums.is_empty() {
        notes.push(format!("no estimate of {what}: the catalogue's own shares stand in"));
        return Vec::new();
    }
    if sums.values().all(|(count, _)| *count < 0.5) {
        notes.push(format!("no estimate of {what} is above zero: the catalogue's own shares stand in"));
        return Vec::new();
    }
    // Below two standard errors a count may as well be none; it is kept, for as a prior it is still the best guess.
    let unsure = sums.values().filter(|(count, variance)| *count < 2.0 * libm::sqrt(*variance)).count();
    let largest = sums.values().fold(0.0, |largest: f64, (_, variance)| largest.max(libm::sqrt(*variance)));
    notes.push(format!(
        "{} {what}, {unsure} of them less than two standard errors from none; the largest standard error is {largest:.0}",
        sums.len()
    ));
    sums.iter().map(|(id, (count, _))| (id.clone(), libm::round(count.max(0.0)) as u64)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::super::log::Logs;
    use super::super::super::scratch::Scratch;
    use super::*;

    fn learned(text: &str, questions: &[(&str, &str)]) -> Result<Lesson> {
        let folder = tempfile::tempdir()?;
        let file = folder.path().join("estimates.json");
        std::fs::write(&file, text)?;
        let questions: Vec<(String, String)> =
            questions.iter().map(|(id, answers)| ((*id).into(), (*answers).into())).collect();
        let logs = Logs { files: &[file], columns: &[], scratch: &Scratch::default() };
        learn(&Request { logs, min_sessions: 5, questions: &questions }, &ProgressBar::hidden())
    }

    fn told(question: &str, reports: u64, answers: &str) -> String {
        format!(
            r#"{{"week":"2026-W47","text":{{"en":"?"}},"question":"{question}","edition":"x","reports":{reports},"answers":[{answers}]}}"#
        )
    }

    #[test]
    fn weeks_add_up_before_what_is_below_zero_counts_zero() -> Result<()> {
        let one = r#"{"answer":"shoes","count":100.4,"standardError":3,"low":0,"high":9},{"answer":"hats","count":-8,"standardError":4},{"answer":"bags","count":-9,"standardError":4},{"answer":"none","count":900,"standardError":9}"#;
        let other = r#"{"answer":"shoes","count":50.2,"standardError":4},{"answer":"hats","count":10,"standardError":3}"#;
        let nobody = told("category", 100, r#"{"answer":"hats","count":-3,"standardError":4}"#);
        let lesson = learned(&format!("[{nobody}]"), &[])?;
        assert!(lesson.trained.category_views.is_empty() && lesson.notes[1].contains("is above zero"));
        let refused = r#"{"question":"category-of-the-week","week":"2026-W48","reports":3,"refused":"there are 3 of the 100 reports"}"#;
        let (one, other) = (told("category-of-the-week", 1_000, one), told("category-of-the-week", 200, other));
        let lesson = learned(&format!("[{one},{other},{refused}]"), &[])?;
        let expected = [("bags", 0), ("hats", 2), ("shoes", 151)];
        assert_eq!(lesson.trained.category_views, expected.map(|(id, count)| (id.to_owned(), count)));
        assert!(lesson.trained.brand_views.is_empty() && lesson.trained.covisitation.is_empty());
        let notes = lesson.notes.join("\n");
        for expected in ["1200 reports to 2", "W48 was passed over: there are 3", "3 categories, 2 of them", "is 5"] {
            assert!(notes.contains(expected), "{expected:?} in {notes}");
        }
        Ok(())
    }

    #[test]
    fn what_a_question_is_about_can_be_said() -> Result<()> {
        let answers = r#"{"answer":"lumen","count":5,"standardError":1}"#;
        let text = format!("[{}]", told("favourite", 100, answers));
        assert_eq!(learned(&text, &[("favourite", "brands")])?.trained.brand_views, [("lumen".to_owned(), 5)]);
        for (questions, expected) in
            [(&[][..], "asks for no category"), (&[("favourite", "sizes")], "can be categories or brands")]
        {
            let error = learned(&text, questions).err().map(|error| format!("{error:#}")).unwrap_or_default();
            assert!(error.contains(expected), "{error}");
        }
        Ok(())
    }

    #[test]
    fn what_is_too_few_or_senseless_is_refused() {
        let answer = r#"{"answer":"shoes","count":5,"standardError":1}"#;
        for (text, expected) in [
            (format!("[{}]", told("category", 99, answer)), "has 99 reports; below 100"),
            (r#"[{"question":"category","week":"2026-W48","reports":3,"refused":"too few"}]"#.into(), "too few"),
            ("[]".into(), "the files hold none"),
            ("{}".into(), "is not what `windowshop estimates --json` prints"),
            (format!("[{}]", told("category", 100, &answer.replace("shoes", "a b"))), "answer \"a b\""),
            (format!("[{}]", told("category", 100, &answer.replace(":1", ":-1"))), "an error is not below 0"),
        ] {
            let error = learned(&text, &[]).err().map(|error| format!("{error:#}")).unwrap_or_default();
            assert!(error.contains(expected), "{error:?} should have {expected:?}");
        }
    }
}
