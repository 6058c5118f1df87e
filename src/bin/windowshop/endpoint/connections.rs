//! The door: takes connections within limits, and when told to stop lets those under way finish.

use super::limits;
use anyhow::Result;
use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;

/// Serves until SIGTERM or an interrupt.
pub(super) async fn serve(listener: TcpListener, router: Router) -> Result<()> {
    let mut builder = http1::Builder::new();
    builder
        .timer(TokioTimer::new())
        .header_read_timeout(limits::HEADER_TIME)
        .max_buf_size(limits::HEADER_BYTES)
        .max_headers(limits::HEADERS);
    let graceful = GracefulShutdown::new();
    let seats = Arc::new(Semaphore::new(limits::CONNECTIONS));
    let mut stop = std::pin::pin!(told_to_stop());
    loop {
        let seat = tokio::select! {
            seat = Arc::clone(&seats).acquire_owned() => seat?,
            () = &mut stop => break,
        };
        let stream = tokio::select! {
            taken = listener.accept() => match taken {
                Ok((stream, _)) => stream,
                Err(error) => {
                    // Out of file handles, mostly: the connections under way will free some.
                    tracing::warn!(%error, "a connection could not be taken");
                    tokio::time::sleep(std::time::Duration::from_millis(50)).await;
                    continue;
                }
            },
            () = &mut stop => break,
        };
        let service = TowerToHyperService::new(router.clone());
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
