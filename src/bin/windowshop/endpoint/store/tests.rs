//! What every store promises, on each of them.

use super::*;
use crate::endpoint::place::sample::{Sample, Tables, on_each_store};
use anyhow::Context as _;
use std::collections::BTreeMap;

const TABLES: Tables = Tables { file: super::sqlite::FILE, schema: "windowshop_reports" };
const WEEK: Week = Week { year: 2026, week: 47 };

on_each_store!(
    reports_count_once_all_or_none_and_outlive_the_process,
    two_writers_of_the_same_reports_count_each_once,
    no_column_is_about_a_sender,
    a_database_of_a_newer_version_is_left_alone,
    editions_are_kept_as_they_were_first_told,
    ids_are_forgotten_by_week_and_counts_stay,
    a_beat_writes,
    two_tellings_are_the_same_or_differ_by_a_cohort,
);

fn report(id: u8, supports: &[usize]) -> CountedReport {
    to("q", u128::from_ne_bytes([id; 16]), supports)
}

fn to(question: &str, id: u128, supports: &[usize]) -> CountedReport {
    let ballot = Ballot { question: question.into(), week: WEEK, edition: "00000000".into() };
    CountedReport { id: id.to_be_bytes(), ballot, size: 3, supports: supports.to_vec() }
}

async fn counts(store: &dyn Store, question: &str) -> Result<Vec<(u64, Vec<u64>)>> {
    let tallies = store.tallies(Some(question), Some(WEEK)).await?;
    Ok(tallies.into_iter().map(|tally| (tally.reports, tally.counts)).collect())
}

async fn reports_count_once_all_or_none_and_outlive_the_process(sample: &Sample) -> Result<()> {
    assert!(open_existing(&sample.place()).await.is_err(), "nothing is made where it must be there");
    let store = open(&sample.place()).await?;
    let batch = [report(1, &[0]), report(2, &[0, 2]), report(1, &[1])];
    assert_eq!(store.take(&batch).await?, [Taken::Counted, Taken::Counted, Taken::Known]);
    assert!(store.take(&[report(3, &[0]), report(4, &[3])]).await.is_err(), "an impossible report");
    let mut other_size = report(5, &[0]);
    other_size.size = 4;
    assert!(store.take(&[to("r", 6, &[0]), other_size]).await.is_err(), "a question of another length");
    assert_eq!(store.take(&[]).await?, []);
    store.close().await?;

    let store = open_existing(&sample.place()).await?;
    assert_eq!(store.take(&[report(2, &[1])]).await?, [Taken::Known]);
    let tallies = store.tallies(Some("q"), Some(WEEK)).await?;
    assert_eq!(counts(&*store, "q").await?, [(2, vec![2, 0, 1])]);
    assert_eq!(tallies.first().map(|tally| tally.ballot.week.to_text()), Some("2026-W47".into()));
    assert!(store.tallies(Some("other"), None).await?.is_empty());
    assert_eq!(store.take(&[report(3, &[0])]).await?, [Taken::Counted], "it went with the impossible one");
    // More to the same ballot, and others beside it; all of them are told by question.
    assert_eq!(store.take(&[to("Z", 8, &[1]), report(9, &[1, 2])]).await?, [Taken::Counted; 2]);
    let all = store.tallies(None, None).await?;
    let told: Vec<_> = all.iter().map(|tally| (&*tally.ballot.question, tally.reports)).collect();
    assert_eq!(told, [("Z", 1), ("q", 4)], "capitals first, as bytes are sorted");
    assert_eq!(counts(&*store, "q").await?, [(4, vec![3, 1, 2])]);
    Ok(())
}

/// Two stores at one place, as two processes have it, take the same reports at once: in other orders and other parts.
async fn two_writers_of_the_same_reports_count_each_once(sample: &Sample) -> Result<()> {
    const REPORTS: usize = 600;
    let stores = [open(&sample.place()).await?, open(&sample.place()).await?];
    let questions = ["a", "b", "c"];
    let reports: Vec<CountedReport> = (0..REPORTS)
        .map(|number| {
            // Ids far apart and in no order, as chance gives them.
            let id = (number as u128).wrapping_mul(0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835);
            to(questions[number % 3], id, &[number % 2])
        })
        .collect();
    let writers = stores.into_iter().enumerate().map(|(which, store)| {
        let mut reports = reports.clone();
        if which == 1 {
            reports.reverse();
        }
        tokio::spawn(async move {
            let mut taken = BTreeMap::new();
            for part in reports.chunks(17 + which) {
                for (report, taken_as) in part.iter().zip(store.take(part).await?) {
                    taken.insert(report.id, taken_as);
                }
            }
            anyhow::Ok((store, taken))
        })
    });
    let mut done = Vec::new();
    for writer in writers.collect::<Vec<_>>() {
        done.push(writer.await??);
    }
    let [(store, first), (_, second)] = &*done else { anyhow::bail!("there are two writers") };
    for (id, taken) in first {
        let both = [Some(taken), second.get(id)];
        assert_eq!(both.iter().filter(|taken| **taken == Some(&Taken::Counted)).count(), 1, "{both:?}");
    }
    for question in questions {
        assert_eq!(counts(&**store, question).await?, [(200, vec![100, 100, 0])]);
    }
    Ok(())
}

async fn no_column_is_about_a_sender(sample: &Sample) -> Result<()> {
    open(&sample.place()).await?.close().await?;
    // docs/endpoint.md and docs/privacy.md say the same: change all three.
    let documented = [
        "counted.id",
        "counted.week",
        "editions.definition",
        "editions.edition",
        "editions.question",
        "forgotten.one",
        "forgotten.week",
        "health.beats",
        "health.one",
        "released.counts",
        "released.edition",
        "released.question",
        "released.reports",
        "released.week",
        "tallies.counts",
        "tallies.edition",
        "tallies.question",
        "tallies.reports",
        "tallies.week",
    ];
    assert_eq!(sample.columns(&TABLES).await?, documented);
    Ok(())
}

async fn a_database_of_a_newer_version_is_left_alone(sample: &Sample) -> Result<()> {
    open(&sample.place()).await?.close().await?;
    sample.execute(&TABLES, "UPDATE _sqlx_migrations SET version = 9999 WHERE version = 1").await?;
    for refused in [open(&sample.place()).await.err(), open_existing(&sample.place()).await.err()] {
        let refused = refused.context("refused")?;
        assert!(format!("{refused:#}").contains("9999"), "{refused:#}");
    }
    Ok(())
}

async fn editions_are_kept_as_they_were_first_told(sample: &Sample) -> Result<()> {
    let store = open(&sample.place()).await?;
    let edition = |edition: &str, en: &str| -> Result<Edition> {
        let words = serde_json::json!({ "en": en, "zh": "哪个品类？" });
        let question = serde_json::from_value(serde_json::json!({
            "id": "q", "answer": "stage", "domain": "categories", "epsilon_thousandths": 1000,
            "text": words, "purpose": words, "minimum_cohort": 100,
        }))?;
        Ok(Edition { edition: edition.into(), question })
    };
    store.keep_editions(&[edition("bb", "Second?")?, edition("aa", "First?")?]).await?;
    store.keep_editions(&[edition("aa", "Changed?")?]).await?;
    store.close().await?;
    let kept = open(&sample.place()).await?.editions().await?;
    assert_eq!(kept, [edition("aa", "First?")?, edition("bb", "Second?")?]);
    Ok(())
}

async fn ids_are_forgotten_by_week_and_counts_stay(sample: &Sample) -> Result<()> {
    let stores = [open(&sample.place()).await?, open(&sample.place()).await?];
    let [store, other] = &stores;
    let about = |id: u8, week: Week| {
        let mut report = report(id, &[0]);
        report.ballot.week = week;
        report
    };
    let (before, oldest) = (WEEK.before(), WEEK.before().before());
    store.forget_ids_before(WEEK.number()).await?;
    let all = [about(1, oldest), about(2, before), about(3, WEEK)];
    assert_eq!(
        store.take(&all).await?,
        [Taken::Counted; 3],
        "where there are no ids there is nothing to forget"
    );
    store.forget_ids_before(oldest.number()).await?;
    assert_eq!(store.take(&all).await?, [Taken::Known; 3], "its own week is kept");
    // A clock far ahead: the newest two weeks that have any ids keep them.
    store.forget_ids_before(WEEK.number() + 100).await?;
    for store in &stores {
        let taken = store.take(&[all.as_slice(), &[about(4, oldest)]].concat()).await?;
        assert_eq!(
            taken,
            [Taken::Late, Taken::Known, Taken::Known, Taken::Late],
            "nobody could tell any more"
        );
    }
    other.forget_ids_before(oldest.number()).await?;
    assert_eq!(other.take(&all[..1]).await?, [Taken::Late], "what is forgotten stays forgotten");
    let tallies = other.tallies(None, None).await?;
    let told: Vec<_> = tallies.iter().map(|tally| (tally.ballot.week, tally.reports)).collect();
    assert_eq!(told, [(oldest, 1), (before, 1), (WEEK, 1)], "counts stay");
    Ok(())
}

async fn a_beat_writes(sample: &Sample) -> Result<()> {
    let store = open(&sample.place()).await?;
    store.beat().await?;
    sample.execute(&TABLES, "DELETE FROM health WHERE beats = 1").await?;
    assert!(store.beat().await.is_err(), "there was one beat, and nothing is left to write");
    Ok(())
}

async fn two_tellings_are_the_same_or_differ_by_a_cohort(sample: &Sample) -> Result<()> {
    let stores = [open(&sample.place()).await?, open(&sample.place()).await?];
    let [store, other] = &stores;
    let ballot = report(0, &[]).ballot;
    let mut told = Vec::new();
    for number in 0..25_u8 {
        store.take(&[report(number, &[usize::from(number % 3)])]).await?;
        // Either process may be asked; both tell the same.
        let asked = if number % 2 == 0 { store } else { other };
        let read = asked.tallies(Some(&ballot.question), Some(ballot.week)).await?;
        let tally = read.into_iter().find(|tally| tally.ballot == ballot).context("a tally")?;
        told.push(asked.release(&tally, 10).await?.map(|tally| (tally.reports, tally.counts)));
    }
    let expected = |number: usize| match number {
        ..9 => None,
        9..19 => Some((10, vec![4, 3, 3])),
        _ => Some((20, vec![7, 7, 6])),
    };
    assert_eq!(told, (0..25).map(expected).collect::<Vec<_>>());
    let nothing = Ballot { question: "nobody reports".into(), ..ballot };
    let tally = Tally { ballot: nothing, reports: 10, counts: vec![] };
    assert_eq!(store.release(&tally, 10).await?, None);
    Ok(())
}
