//! What holds in spite of a server's defaults and crashes, and what is told of a database that cannot be used.

use super::*;
use crate::endpoint::place::sample::cluster::Cluster;
use crate::endpoint::place::{Place, sample::Sample};
use crate::endpoint::store;
use windowshop::base::time::Week;

fn report(id: u8) -> store::CountedReport {
    let ballot = store::Ballot {
        question: "q".into(),
        week: Week { year: 2026, week: 47 },
        edition: "00000000".into(),
    };
    store::CountedReport { id: [id; 16], ballot, size: 2, supports: vec![0] }
}

fn place(url: &str) -> Place {
    Place::Postgres(Box::new(Server::of(url).expect("a URL")))
}

async fn refusal(url: &str) -> String {
    let refused = store::open(&place(url)).await.err().expect("refused");
    assert!(refused.is::<DatabaseError>(), "typed: {refused:?}");
    format!("{refused:#} {refused:?}")
}

#[tokio::test]
async fn what_was_answered_outlives_a_crash_of_a_server_that_is_told_to_be_careless() -> Result<()> {
    let Some(mut cluster) = Cluster::start() else { return Ok(()) };
    assert_eq!(cluster.query("shop", "SHOW synchronous_commit"), "off", "the server's default");
    let store = store::open(&place(&cluster.url())).await?;
    for id in 0..5 {
        assert_eq!(store.take(&[report(id)]).await?, [store::Taken::Counted]);
    }
    cluster.crash();
    let down = store.take(&[report(9)]).await.expect_err("nobody is there");
    assert!(down.is::<DatabaseError>(), "typed: {down:?}");
    cluster.run();
    // The same store goes on, with connections of its own making.
    assert_eq!(store.take(&[report(4)]).await?, [store::Taken::Known]);
    assert_eq!(store.take(&[report(9)]).await?, [store::Taken::Counted]);
    assert_eq!(store.tallies(None, None).await?.first().map(|tally| tally.reports), Some(6));
    Ok(())
}

#[tokio::test]
async fn what_a_stronger_server_promises_is_left_to_it() -> Result<()> {
    let Some(cluster) = Cluster::start() else { return Ok(()) };
    cluster.query("shop", "ALTER DATABASE shop SET synchronous_commit = 'remote_apply'");
    let server = Server::of(&cluster.url())?;
    let mut connection = server.connect().await?;
    sqlx::raw_sql(SESSION).execute(&mut connection).await?;
    let kept: String = sqlx::query_scalar("SHOW synchronous_commit").fetch_one(&mut connection).await?;
    assert_eq!(kept, "remote_apply");
    Ok(())
}

#[tokio::test]
async fn many_that_start_at_once_make_the_tables_once() -> Result<()> {
    let Some(sample) = Sample::postgres() else { return Ok(()) };
    let starting = tokio::task::LocalSet::new();
    let started: Vec<_> = (0..8)
        .map(|_| {
            let place = sample.place();
            starting.spawn_local(async move { store::open(&place).await?.beat().await })
        })
        .collect();
    starting.await;
    for one in started {
        one.await??;
    }
    let Sample::Postgres(cluster) = &sample else { return Ok(()) };
    assert_eq!(cluster.query("shop", "SELECT beats FROM windowshop_reports.health"), "8");
    Ok(())
}

/// Whoever holds a lock and falls silent is ended by the server, so that the others go on.
#[tokio::test]
async fn a_transaction_that_is_left_open_is_undone() -> Result<()> {
    let Some(sample) = Sample::postgres() else { return Ok(()) };
    let (one, other) = (store::open(&sample.place()).await?, store::open(&sample.place()).await?);
    one.take(&[report(1)]).await?;
    // Given up in the middle, as by a client that hangs up or a time that is over: polled for a while, then dropped.
    let waiting = [report(2)];
    let given_up = tokio::time::timeout(Duration::from_millis(2), one.take(&waiting)).await;
    let taken = other.take(&waiting).await?;
    if given_up.is_err() && taken == [store::Taken::Counted] {
        assert_eq!(one.take(&waiting).await?, [store::Taken::Known]);
    }
    assert_eq!(other.tallies(None, None).await?.first().map(|tally| tally.reports), Some(2));
    Ok(())
}

#[tokio::test]
async fn a_database_that_cannot_be_used_is_told_with_what_to_do_and_without_its_password() -> Result<()> {
    const PASSWORD: &str = "k9%40-x7-secret";
    const RIGHT: &str = "h4-hand";
    let Some(cluster) = Cluster::start() else { return Ok(()) };
    cluster.query("postgres", "CREATE ROLE clerk LOGIN PASSWORD 'h4-hand'");
    cluster.query("postgres", "CREATE DATABASE old TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'");
    let clerk = |password: &str, database: &str| cluster.url_for(&format!("clerk:{password}"), database);
    let mut told = Vec::new();
    for (url, words) in [
        (clerk(PASSWORD, "shop"), "pg_hba.conf"),
        (clerk(RIGHT, "shop"), "has not the rights"),
        (clerk(RIGHT, "none"), "CREATE DATABASE"),
        (cluster.url_for("windowshop", "old"), "ENCODING 'UTF8'"),
        (format!("postgres://clerk:{PASSWORD}@127.0.0.1:1/shop?sslmode=disable"), "cannot reach"),
    ] {
        let text = refusal(&url).await;
        assert!(text.contains(words), "{words}: {text}");
        told.push(text);
    }
    let store = store::open(&place(&cluster.url())).await?;
    cluster.query("shop", "GRANT USAGE ON SCHEMA windowshop_reports TO clerk");
    cluster.query(
        "shop",
        "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA windowshop_reports TO clerk",
    );
    let clerks = store::open(&place(&clerk(RIGHT, "shop"))).await?;
    assert_eq!(
        clerks.take(&[report(1)]).await?,
        [store::Taken::Counted],
        "who fills tables need not own them"
    );
    clerks.forget_ids_before(0).await?;
    cluster.query("shop", "REVOKE INSERT ON windowshop_reports.counted FROM clerk");
    let refused = clerks.take(&[report(2)]).await.expect_err("refused");
    told.push(format!("{refused:#} {refused:?}"));
    assert!(told.iter().all(|text| !text.contains("secret") && !text.contains(RIGHT)), "{told:#?}");
    assert!(store::open_existing(&place(&cluster.url_for("windowshop", "postgres"))).await.is_err());
    assert_eq!(store.take(&[report(2)]).await?, [store::Taken::Counted], "its owner goes on");
    Ok(())
}

#[test]
fn a_url_is_read_or_refused_without_a_word_of_it() {
    let told = |url: &str| match Server::of(url) {
        Ok(server) => format!("{server} {server:?}"),
        Err(error) => {
            let text = format!("{error} {error:?}");
            assert!(text.contains("%40 for @"), "it says what to do: {text}");
            text
        }
    };
    let good = told("postgres://clerk:secret@db.example:6432/shop?sslmode=verify-full&application_name=till");
    assert_eq!(good, "db.example:6432/shop Server(db.example:6432/shop)");
    assert!(told("postgresql://clerk@%2Frun%2Fpg/shop").starts_with("/run/pg:5432/shop"));
    for url in [
        "mysql://clerk:secret@db.example/shop",
        "secret",
        "postgres://clerk:12/secret@db.example/shop",
        "postgres://clerk:1/2secret@db.example",
        "postgres://clerk:1?secret@db.example/shop",
        "postgres://clerk:1#secret@db.example/shop",
        "postgres://clerk:x@db.example:secret/shop",
        "postgres://clerk@db.example/shop?pasword=secret",
        "postgres://clerk@db.example/shop?password=secret",
        "postgres://clerk@db.example/shop?sslmode=secret",
        "postgres://clerk@db.example/shop?secret",
    ] {
        let text = told(url);
        assert!(!text.contains("secret"), "{text}");
        assert!(Server::of(url).is_err(), "{url}");
    }
}
