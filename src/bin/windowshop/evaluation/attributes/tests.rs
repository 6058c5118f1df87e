//! On the real data where it is there; the figures themselves are `make quality`'s business.

use super::*;
use windowshop::shopper::EventKind;

/// The data, or `None`, told loudly.
fn data() -> Result<Option<Data>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/clicks/sellpy");
    if !folder.join("events.parquet").exists() {
        eprintln!("SKIPPED: {} has no data of cold items", folder.display());
        return Ok(None);
    }
    Data::read(&folder).map(Some)
}

#[test]
fn the_engine_knows_what_came_before_and_nothing_else() -> Result<()> {
    let Some(data) = data()? else { return Ok(()) };
    let queries = data.queries(VALIDATION_FROM, TEST_FROM);
    assert!(queries.len() > 500, "{}", queries.len());
    for query in &queries {
        let before = data.events_before(query);
        assert!(before.len() >= 3 && before.iter().all(|event| event.at < query.at));
        assert!((VALIDATION_FROM..TEST_FROM).contains(&query.at), "test events choose nothing");
    }
    Ok(())
}

#[test]
fn lists_are_of_candidates_each_once_and_better_than_chance() -> Result<()> {
    let Some(data) = data()? else { return Ok(()) };
    let queries: Vec<Query> = data.queries(VALIDATION_FROM, TEST_FROM).into_iter().step_by(12).collect();
    let settings = settings::choose(|_| 0);
    let lists = rank(&data, (VALIDATION_FROM, TEST_FROM), &queries, &settings, Ordinary::Counted)?;
    for (query, list) in queries.iter().zip(&lists.items) {
        let mut once = list.clone();
        once.sort();
        once.dedup();
        assert_eq!((list.len(), once.len()), (usize::from(LIST), usize::from(LIST)));
        let bought: Vec<String> = data
            .events_before(query)
            .into_iter()
            .filter(|event| event.kind == EventKind::Purchase)
            .flat_map(|event| event.items)
            .map(|item| item.id)
            .collect();
        assert!(list.iter().all(|item| !bought.contains(item)), "what is bought is not offered again");
    }
    let found = figures(&queries, &lists);
    let chance = HEAD as f64 / found.candidates as f64;
    assert!(found.hit_rate > 10.0 * chance, "{found:?}");
    assert!(found.hit_rate_100 >= found.hit_rate && found.hit_rate >= found.reciprocal_rank);
    assert!(found.hit_rate_error > 0.0 && found.shoppers > 20);
    Ok(())
}

#[test]
fn reports_tell_what_is_ordinary_about_as_a_count_does() -> Result<()> {
    let Some(data) = data()? else { return Ok(()) };
    let weeks = data.most_of_each_week(VALIDATION_FROM);
    assert!(weeks.len() > 500 && weeks.iter().all(|top| data.top_categories().any(|known| known == top)));
    let [catalogue, reports, counted] = Ordinary::ALL.map(|source| source.learned(&data, VALIDATION_FROM));
    let (catalogue, reports, counted) = (catalogue?, reports?, counted?);
    assert!(catalogue.category_views.is_empty() && reports.brand_views.is_empty());
    assert!(counted.brand_views.len() > 100);
    // Clothing leads by far among a thousand answers, so the disguise cannot hide it.
    let largest = |views: &[(String, u64)]| views.iter().max_by_key(|(_, views)| *views).cloned();
    let leads = ordinary::most(weeks.iter().map(String::as_str)).map(str::to_owned);
    assert_eq!(largest(&reports.category_views).map(|(id, _)| id), leads);
    Ok(())
}
