//! The one hand that writes: reports wait in a short line and are written many to a transaction.
//!
//! Who hands a report in is answered when its transaction is on the disk, never before. When the line is full
//! a report is turned away at once, which is better than making everybody wait.

use super::limits;
use super::store::{CountedReport, Store, Taken};
use std::sync::Arc;
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;

struct Waiting {
    report: CountedReport,
    answer: oneshot::Sender<Option<Taken>>,
}

/// The door to the writer.
#[derive(Clone)]
pub(super) struct Writer(mpsc::Sender<Waiting>);

/// Why a report was not counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NotTaken {
    /// Too many wait already.
    Busy,
    /// The store could not write it.
    Failed,
}

impl Writer {
    /// Hands a report in and waits until it is safe.
    pub(super) async fn take(&self, report: CountedReport) -> Result<Taken, NotTaken> {
        let (answer, answered) = oneshot::channel();
        self.0.try_send(Waiting { report, answer }).map_err(|_| NotTaken::Busy)?;
        answered.await.ok().flatten().ok_or(NotTaken::Failed)
    }
}

/// Starts the writer; it ends when the last door to it is gone and everybody in line is answered.
pub(super) fn start(store: Arc<dyn Store>) -> (Writer, JoinHandle<()>) {
    let (door, mut line) = mpsc::channel::<Waiting>(limits::WAITING_REPORTS);
    let writing = tokio::spawn(async move {
        let mut batch = Vec::with_capacity(limits::REPORTS_A_COMMIT);
        let mut expected = 1;
        while gather(&mut line, &mut batch, expected).await {
            let (reports, answers): (Vec<_>, Vec<_>) =
                batch.drain(..).map(|one| (one.report, one.answer)).unzip();
            let taken = match store.take(&reports).await {
                Ok(taken) => taken.into_iter().map(Some).collect(),
                Err(error) => {
                    tracing::error!("reports could not be written: {error:#}");
                    vec![None; reports.len()]
                }
            };
            for (answer, taken) in answers.into_iter().zip(taken) {
                // Who hung up is not told; the id sees to it that sending again counts nothing twice.
                let _ = answer.send(taken);
            }
            // Who was just answered is likely to come again, beside those who wait already.
            expected = (reports.len() + line.len()).min(limits::REPORTS_A_COMMIT);
        }
    });
    (Writer(door), writing)
}

/// Takes the next reports out of the line: what is there, and for a moment what is expected besides, so that clients who
/// send one after the other share a transaction instead of taking turns. False when nobody can come any more.
async fn gather(line: &mut mpsc::Receiver<Waiting>, batch: &mut Vec<Waiting>, expected: usize) -> bool {
    if line.recv_many(batch, limits::REPORTS_A_COMMIT).await == 0 {
        return false;
    }
    let more = async {
        while batch.len() < expected
            && line.recv_many(batch, limits::REPORTS_A_COMMIT - batch.len()).await > 0
        {}
    };
    // When the time is up, those who came are enough.
    let _ = tokio::time::timeout(limits::GATHER_TIME, more).await;
    true
}
