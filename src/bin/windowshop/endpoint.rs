//! The endpoint: serves the storefront and the packs, takes randomised reports, tells estimates.
//!
//! What lives here is the outside world around `report`: files, connections, limits, a database. What a report
//! may say and what an estimate means is the engine's. Nothing about who sends is read, kept or logged: no
//! address, no agent, no cookie (`docs/endpoint.md` shows the tables).
//!
//! [`connections`] is the door; [`routes`] what can be asked; [`files`] what is served as it lies;
//! [`checkout`] what carts cost and what was granted, where that is asked for; [`questionnaire`] the questions that are
//! known, [`survey`] what those that are the survey's come to and [`heard`] what was changed because of it; [`networks`]
//! how many come from where; [`writer`] the one hand that writes to the [`store`].

mod checkout;
mod codings;
mod connections;
mod database;
mod files;
mod headers;
mod heard;
mod key;
mod limits;
mod media;
mod networks;
mod place;
mod postgres;
mod questionnaire;
mod refusal;
mod routes;
mod store;
mod survey;
mod watch;
mod writer;

pub(crate) use place::{DatabaseOption, Place};
pub(crate) use questionnaire::Questionnaire;
pub(crate) use routes::{EstimateAnswer, Quote, escaped, say};
pub(crate) use store::{
    CountedReport, Store, Tally, open as open_store, open_existing as open_existing_store, told,
};

use crate::feeds::clock::now;
use anyhow::{Context, Result};
use axum::http::{HeaderMap, StatusCode};
use checkout::Checkout;
use checkout::redemptions::Redemptions;
use files::Files;
use key::ShopKey;
use refusal::Refusal;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::{Arc, PoisonError, RwLock};
use windowshop::base::time::Week;

/// What an endpoint serves, and where.
pub(crate) struct Settings {
    /// Folder of the built storefront; `None` serves packs and reports alone.
    pub(crate) site: Option<PathBuf>,
    /// Folder of the packs, with `pack.json`.
    pub(crate) packs: PathBuf,
    /// Folder of the shop key, and of the database where that is not elsewhere.
    pub(crate) data: PathBuf,
    /// Where counts and grants are kept.
    pub(crate) place: Place,
    /// Where to listen; port 0 takes any free one.
    pub(crate) address: SocketAddr,
    /// Whether the shop's own backend may price carts and have promotions granted.
    pub(crate) checkout: bool,
    /// Whether the demo shop's own backend takes orders here.
    pub(crate) demo_backend: bool,
    /// What came of campaigns, a table that the shop keeps.
    pub(crate) outcomes: Option<PathBuf>,
    /// How many servers of the shop's own stand in front; `None` where nobody said.
    pub(crate) proxies: Option<usize>,
    /// The key that opens the estimates and the checkout; `None` reads it from the data folder, where it is made once.
    pub(crate) key: Option<String>,
}

/// What is told once the endpoint listens.
pub(crate) struct Started {
    /// Where.
    pub(crate) address: SocketAddr,
    /// The shop key, where it was made just now: the only time it is told.
    pub(crate) new_key: Option<String>,
}

/// Everything that requests share.
struct Shared {
    /// What is served as it lies; replaced whole when the folders change.
    files: RwLock<Arc<Files>>,
    /// The questions that are known; replaced whole when the pack changes.
    questionnaire: RwLock<Arc<Questionnaire>>,
    store: Arc<dyn Store>,
    writer: writer::Writer,
    key: ShopKey,
    /// `None` where the checkout is off.
    checkout: Option<Checkout>,
    /// Whether the demo shop's own backend takes orders here.
    demo_backend: bool,
    /// What came of campaigns, a table that the shop keeps.
    outcomes: Option<PathBuf>,
    /// How many reports came from where.
    networks: networks::Networks,
    /// How many requests were answered how.
    counts: routes::Counts,
}

impl Shared {
    /// The checkout, for a request that carries the shop key.
    fn checkout(&self, headers: &HeaderMap) -> Result<&Checkout, Refusal> {
        let Some(checkout) = &self.checkout else {
            let message = "this endpoint has no checkout; it is started with --checkout";
            return Err(Refusal::new(StatusCode::NOT_FOUND, "not_found", message));
        };
        self.key.check(headers, "the checkout is for the shop's own backend")?;
        Ok(checkout)
    }

    /// The checkout, for the demo shop's own backend, which is part of this program and needs no key.
    fn demo_backend(&self) -> Result<&Checkout, Refusal> {
        let checkout = self.checkout.as_ref().filter(|_| self.demo_backend);
        let message = "no shop takes orders here; the demo's is started with --demo-backend";
        checkout.ok_or_else(|| Refusal::new(StatusCode::NOT_FOUND, "not_found", message))
    }

    fn files(&self) -> Arc<Files> {
        Arc::clone(&self.files.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn questionnaire(&self) -> Arc<Questionnaire> {
        Arc::clone(&self.questionnaire.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn replace(&self, files: Files, questionnaire: Questionnaire) {
        *self.files.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(files);
        *self.questionnaire.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(questionnaire);
    }
}

/// Serves until the process is told to stop, then lets what is under way finish.
pub(crate) fn serve(settings: &Settings, started: impl FnOnce(&Started)) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(run(settings, started))
}

async fn run(settings: &Settings, started: impl FnOnce(&Started)) -> Result<()> {
    std::fs::create_dir_all(&settings.data)
        .with_context(|| format!("cannot make the data folder {}", settings.data.display()))?;
    if let Some(file) = &settings.outcomes {
        crate::evaluation::response::look(file).context("--outcomes")?;
    }
    let store = store::open(&settings.place).await?;
    let mut questionnaire = Questionnaire::of_store(store.as_ref()).await?;
    let (files, state) = watch::read(settings, &Files::default(), &mut questionnaire)?;
    store.keep_editions(&questionnaire.editions()).await.context("cannot keep the questions")?;
    store
        .forget_ids_before(this_week().number() - limits::IDS_KEPT_WEEKS)
        .await
        .context("cannot forget old ids")?;

    let checkout = if settings.checkout || settings.demo_backend {
        let checkout = Checkout::open(&settings.place, &files).await?;
        checkout.redemptions.tidy(now()).await.context("cannot tidy the redemptions")?;
        Some(checkout)
    } else {
        None
    };

    let networks = networks::Networks::new(settings.proxies)?;
    let listener = tokio::net::TcpListener::bind(settings.address)
        .await
        .with_context(|| format!("cannot listen at {}; is another program there?", settings.address))?;
    let stop = connections::told_to_stop().context("cannot listen for being told to stop")?;
    let address = listener.local_addr()?;
    // Last of all that may fail, so that a key that is made is told.
    let (key, new_key) = ShopKey::of(settings.key.as_deref(), &settings.data)?;

    let (writer, writing) = writer::start(Arc::clone(&store));
    let shared = Arc::new(Shared {
        files: RwLock::new(Arc::new(files)),
        questionnaire: RwLock::new(Arc::new(questionnaire)),
        store: Arc::clone(&store),
        writer,
        key,
        checkout,
        demo_backend: settings.demo_backend,
        outcomes: settings.outcomes.clone(),
        networks,
        counts: routes::Counts::default(),
    });
    let redemptions = shared.checkout.as_ref().map(|checkout| Arc::clone(&checkout.redemptions));
    tracing::debug!("listening at {address}");
    started(&Started { address, new_key });

    let tidying = tokio::spawn(tidy(Arc::clone(&store), redemptions.clone()));
    let watching = tokio::spawn(watch::watch(settings.clone_folders(), Arc::clone(&shared), state));
    let served = connections::serve(listener, routes::router(Arc::clone(&shared)), stop).await;
    tidying.abort();
    let _ = tidying.await;
    watching.abort();
    let _ = watching.await;
    // With the watcher and the connections gone this was the last door to the writer: it finishes and ends.
    drop(shared);
    if tokio::time::timeout(limits::DRAIN_TIME, writing).await.is_err() {
        tracing::warn!("reports still waiting to be written were not; nobody was told that they were");
    }
    store.close().await?;
    if let Some(redemptions) = redemptions {
        redemptions.close().await?;
    }
    served
}

/// Forgets ids that are old enough, leaves no trail of single reports, and lets go of who used campaigns that are over,
/// until it is dropped.
async fn tidy(store: Arc<dyn Store>, redemptions: Option<Arc<dyn Redemptions>>) {
    loop {
        tokio::time::sleep(limits::TIDY_EVERY).await;
        if let Err(error) = store.forget_ids_before(this_week().number() - limits::IDS_KEPT_WEEKS).await {
            tracing::warn!("old ids are kept a while longer: {error:#}");
        }
        let Some(redemptions) = &redemptions else { continue };
        if let Err(error) = redemptions.tidy(now()).await {
            tracing::warn!("campaigns that are over are kept a while longer: {error:#}");
        }
    }
}

impl Settings {
    fn clone_folders(&self) -> watch::Folders {
        watch::Folders { site: self.site.clone(), packs: self.packs.clone() }
    }
}

/// Whether a week takes no reports any more: it is over, and so is the one after it, in which its last ones are taken.
pub(crate) fn is_closed(week: Week) -> bool {
    week.number() + 1 < this_week().number()
}

/// The ISO week that it is.
pub(crate) fn this_week() -> Week {
    Week::of(now())
}
