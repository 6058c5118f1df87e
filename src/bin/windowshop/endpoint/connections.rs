//! The door: takes connections within limits, and when told to stop lets those under way finish.

use super::limits;
use super::networks::Sender;
use anyhow::Result;
use axum::Router;
use axum::http::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tower::ServiceBuilder;

/// Serves until SIGTERM or an interrupt.
pub(super) async fn serve(listener: TcpListener, router: Router) -> Result<()> {
    let [at_ease, crowded] = [limits::HEADER_TIME, limits::HEADER_TIME_CROWDED].map(|header_time| {
        let mut builder = http1::Builder::new();
        builder
            .timer(TokioTimer::new())
            .header_read_timeout(header_time)
            .max_buf_size(limits::HEADER_BYTES)
            .max_headers(limits::HEADERS);
        builder
    });
    let graceful = GracefulShutdown::new();
    let seats = Arc::new(Semaphore::new(limits::CONNECTIONS));
    let mut stop = std::pin::pin!(told_to_stop());
    loop {
        let seat = tokio::select! {
            seat = Arc::clone(&seats).acquire_owned() => seat?,
            () = &mut stop => break,
        };
        let (stream, sender) = tokio::select! {
            taken = listener.accept() => match taken {
                Ok((stream, address)) => (stream, Sender(address.ip())),
                Err(error) => {
                    // Out of file handles, mostly: the connections under way will free some.
                    tracing::warn!(%error, "a connection could not be taken");
                    tokio::time::sleep(std::time::Duration::from_millis(50)).await;
                    continue;
                }
            },
            () = &mut stop => break,
        };
        let service = TowerToHyperService::new(
            ServiceBuilder::new()
                .map_request(move |mut request: Request<Incoming>| {
                    request.extensions_mut().insert(sender);
                    request
                })
                .service(router.clone()),
        );
        let builder = if seats.available_permits() < limits::CONNECTIONS / 2 { &crowded } else { &at_ease };
        let connection = graceful.watch(builder.serve_connection(TokioIo::new(stream), service));
        tokio::spawn(async move {
            // How a connection ends is the client's business; there is nobody to tell.
            let _ = connection.await;
            drop(seat);
        });
    }
    drop(listener);
    if tokio::time::timeout(limits::DRAIN_TIME, graceful.shutdown()).await.is_err() {
        tracing::warn!("requests were still under way after {:?} and were cut off", limits::DRAIN_TIME);
    }
    Ok(())
}

/// Ends when the process is interrupted or told to terminate.
async fn told_to_stop() {
    let interrupted = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! { () = interrupted => (), _ = terminate.recv() => () }
            return;
        }
    }
    interrupted.await;
}
