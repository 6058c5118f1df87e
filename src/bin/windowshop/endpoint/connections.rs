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
use tokio_io_timeout::TimeoutStream;
use tower::ServiceBuilder;

/// Serves until `stop` ends.
pub(super) async fn serve(
    listener: TcpListener,
    router: Router,
    stop: impl Future<Output = ()>,
) -> Result<()> {
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
    let mut stop = std::pin::pin!(stop);
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
        let mut stream = TimeoutStream::new(stream);
        stream.set_write_timeout(Some(limits::WRITE_TIME));
        let stream = TokioIo::new(Box::pin(stream));
        let connection = graceful.watch(builder.serve_connection(stream, service));
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

/// Listens from now on for being interrupted or told to terminate, and not only once somebody waits for it: who was told
/// where the endpoint is may tell it to stop at once. What is given ends then.
#[cfg(unix)]
pub(super) fn told_to_stop() -> Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut interrupted, mut terminated) =
        (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    Ok(async move {
        tokio::select! { _ = interrupted.recv() => (), _ = terminated.recv() => () }
    })
}

/// Ends when the process is interrupted.
#[cfg(not(unix))]
pub(super) fn told_to_stop() -> Result<impl Future<Output = ()>> {
    Ok(async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    })
}
