//! How much of anything the endpoint takes: constants, for nobody needs more.

use std::time::Duration;

/// Bytes of a request's body.
pub(super) const BODY_BYTES: usize = 4 * 1024;
/// Bytes of a request's line and headers.
pub(super) const HEADER_BYTES: usize = 16 * 1024;
/// Headers of a request.
pub(super) const HEADERS: usize = 64;
/// Time for a request's headers to arrive, counted from when the connection is free for it.
pub(super) const HEADER_TIME: Duration = Duration::from_secs(15);
/// The same while more than half of the connections are taken, so that clients who send slowly do not keep the others out.
pub(super) const HEADER_TIME_CROWDED: Duration = Duration::from_secs(3);
/// Time for a request from its headers to its answer.
pub(super) const REQUEST_TIME: Duration = Duration::from_secs(10);
/// Time for a client to take some of an answer; who takes none for so long is hung up on.
pub(super) const WRITE_TIME: Duration = Duration::from_secs(20);
/// Connections at once; more wait to be taken up.
pub(super) const CONNECTIONS: usize = 1_024;
/// Requests to the API at once; more are told to come back.
pub(super) const REQUESTS: usize = 512;
/// Reports waiting to be written; more are told to come back.
pub(super) const WAITING_REPORTS: usize = 1_024;
/// Reports written in one transaction.
pub(super) const REPORTS_A_COMMIT: usize = 256;
/// Time that a transaction waits for as many reports as came last time: one that syncs the disk for all of them is worth it.
/// Who reports alone never waits.
pub(super) const GATHER_TIME: Duration = Duration::from_millis(1);
/// Reports of one network (/24, /48) in a minute; more are told to come back. A mobile carrier puts thousands of shoppers
/// behind a few addresses, and each reports once a week.
pub(super) const REPORTS_A_MINUTE: u16 = 600;
/// Reports of one network in a day.
pub(super) const REPORTS_A_DAY: u16 = 20_000;
/// Time for requests under way to finish when the process is told to stop.
pub(super) const DRAIN_TIME: Duration = Duration::from_secs(10);
/// How often the folders are looked at for changes.
pub(super) const LOOK_EVERY: Duration = Duration::from_secs(2);
/// How often what changed is looked at that cannot be read.
pub(super) const LOOKS: u32 = 15;
/// How often old ids are forgotten and the database's write-ahead file is folded in.
pub(super) const TIDY_EVERY: Duration = Duration::from_secs(60);
/// Weeks that ids of reports are kept after their own, so that a clock set back counts nothing twice.
pub(super) const IDS_KEPT_WEEKS: i64 = 8;
/// Bytes of a quote's body.
pub(super) const QUOTE_BYTES: usize = 64 * 1024;
/// Bytes of a redemption's body.
pub(super) const REDEMPTION_BYTES: usize = 8 * 1024;
/// Bytes of the name that a shop gives an account.
pub(super) const ACCOUNT_BYTES: usize = 256;
/// Promotions of one order.
pub(super) const PROMOTIONS_AN_ORDER: usize = 32;
/// Days that orders are remembered, for refunds and for asking again.
pub(super) const ORDERS_KEPT_DAYS: i64 = 400;
