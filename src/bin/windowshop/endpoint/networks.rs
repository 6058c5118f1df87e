//! How many reports came from a network lately, so that one sender cannot drown the others.
//!
//! An address is never kept: it is shortened to its network (/24, /48), run through an HMAC under a key that is drawn
//! at the start and every day, lives in memory alone and is overwritten by the next, and what comes out adds to a few
//! counters that many networks share (a count-min sketch: Cormode and Muthukrishnan 2005). Who reads the memory of a
//! running endpoint finds sums; nothing of it is written to a disk or a log.

use super::key::{fresh_key, keyed};
use super::limits;
use anyhow::Result;
use axum::http::HeaderMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Mutex, Once, PoisonError};
use tracing::warn;
use windowshop::base::time::{DAY, MINUTE, Timestamp};

/// Rows of a sketch; each is asked, and the least believed.
const ROWS: usize = 4;
/// Counters of a row: a power of two, below what two bytes can name.
const COUNTERS: usize = 1 << 14;

/// Who sent a request, for as long as it takes to count it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sender(pub(super) IpAddr);

/// The counters.
pub(super) struct Networks {
    /// How many servers of the shop's own stand in front; `None` where nobody said.
    proxies: Option<usize>,
    /// That servers in front do not tell whom they heard is said once.
    silent: Once,
    state: Mutex<State>,
}

struct State {
    key: [u8; 32],
    /// Days since 1970 that the key is for.
    day: i64,
    minute: i64,
    of_minute: Sketch,
    of_day: Sketch,
}

impl Networks {
    /// Counters with a key of their own; `proxies` is how many servers of the shop's stand in front.
    pub(super) fn new(proxies: Option<usize>) -> Result<Self> {
        let state =
            State { key: fresh_key()?, day: 0, minute: 0, of_minute: Sketch::new(), of_day: Sketch::new() };
        Ok(Self { proxies, silent: Once::new(), state: Mutex::new(state) })
    }

    /// Counts a report; `false` where its network has sent as many as are taken.
    pub(super) fn admit(&self, sender: Sender, headers: &HeaderMap, now: Timestamp) -> Result<bool> {
        let Some(address) = self.address(sender, headers) else { return Ok(true) };
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let (day, minute) = (now.0.div_euclid(DAY), now.0.div_euclid(MINUTE));
        if state.day != day {
            state.key = fresh_key()?;
            state.day = day;
            state.of_day.clear();
            state.of_minute.clear();
        }
        if state.minute != minute {
            state.minute = minute;
            state.of_minute.clear();
        }
        let places = places(&state.key, address);
        let (minute, day) = (state.of_minute.add(places), state.of_day.add(places));
        Ok(minute <= limits::REPORTS_A_MINUTE && day <= limits::REPORTS_A_DAY)
    }

    /// The address to count by. `None` where there is none to go by: what speaks from this machine or from a private
    /// network is a server in front, and nobody said how many stand there, or it does not tell whom it heard.
    fn address(&self, sender: Sender, headers: &HeaderMap) -> Option<IpAddr> {
        let peer = sender.0.to_canonical();
        let Some(proxies) = self.proxies else { return (!is_inside(peer)).then_some(peer) };
        if proxies == 0 {
            return Some(peer);
        }
        // Each server in front adds whom it heard at the end; what stands before that is the sender's own word.
        let told = headers.get_all("x-forwarded-for").into_iter().filter_map(|value| value.to_str().ok());
        let told: Vec<&str> = told.flat_map(|value| value.split(',')).map(str::trim).collect();
        let place = told.len().checked_sub(proxies);
        let address =
            place.and_then(|place| address_in(told.get(place)?)).map(|address| address.to_canonical());
        if address.is_none() {
            self.silent.call_once(|| {
                warn!("X-Forwarded-For does not name whom {proxies} servers in front heard: what comes through them is not limited by network");
            });
        }
        // Who comes past the servers in front is counted by the own address.
        address.or_else(|| (!is_inside(peer)).then_some(peer))
    }
}

/// An address as servers in front write it: alone, with a port, or in brackets.
fn address_in(text: &str) -> Option<IpAddr> {
    let text = text.trim_matches('"');
    let with_port = || text.parse::<SocketAddr>().ok().map(|socket| socket.ip());
    let in_brackets = || text.strip_prefix('[')?.strip_suffix(']')?.parse().ok();
    text.parse().ok().or_else(with_port).or_else(in_brackets)
}

/// Whether an address is this machine's or of a private network.
fn is_inside(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(four) => four.is_loopback() || four.is_private() || four.is_link_local(),
        IpAddr::V6(six) => six.is_loopback() || six.is_unique_local() || six.is_unicast_link_local(),
    }
}

/// The counters of an address's network, one a row.
fn places(key: &[u8; 32], address: IpAddr) -> [usize; ROWS] {
    let digest = match address {
        IpAddr::V4(four) => {
            let [first, second, third, _] = four.octets();
            keyed(key, &[4, first, second, third])
        }
        IpAddr::V6(six) => {
            let [a, b, c, d, e, f, ..] = six.octets();
            keyed(key, &[6, a, b, c, d, e, f])
        }
    };
    let mut places = [0; ROWS];
    for (place, pair) in places.iter_mut().zip(digest.as_chunks::<2>().0) {
        *place = usize::from(u16::from_le_bytes(*pair)) % COUNTERS;
    }
    places
}

/// Counters that many networks share; what it tells of one is at least the truth.
struct Sketch(Vec<Vec<u16>>);

impl Sketch {
    fn new() -> Self {
        Self(vec![vec![0; COUNTERS]; ROWS])
    }

    fn clear(&mut self) {
        self.0.iter_mut().for_each(|row| row.fill(0));
    }

    /// Adds one and tells how many there are.
    fn add(&mut self, places: [usize; ROWS]) -> u16 {
        let mut least = u16::MAX;
        for (row, place) in self.0.iter_mut().zip(places) {
            if let Some(counter) = row.get_mut(place) {
                *counter = counter.saturating_add(1);
                least = least.min(*counter);
            }
        }
        least
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    const NOON: Timestamp = Timestamp(20_000 * DAY + 12 * 60 * MINUTE);

    fn sender(address: &str) -> Sender {
        Sender(address.parse().expect("an address"))
    }

    fn taken(networks: &Networks, address: &str, now: Timestamp, times: usize) -> usize {
        let admitted =
            (0..times).filter(|_| networks.admit(sender(address), &HeaderMap::new(), now).expect("counts"));
        admitted.count()
    }

    #[test]
    fn a_network_has_its_share_a_minute_and_a_day_and_others_have_theirs() {
        let networks = Networks::new(Some(0)).expect("counters");
        let a_minute = usize::from(limits::REPORTS_A_MINUTE);
        assert_eq!(taken(&networks, "198.51.100.7", NOON, a_minute + 50), a_minute);
        assert_eq!(taken(&networks, "198.51.100.200", NOON, 5), 0, "the same network");
        assert_eq!(taken(&networks, "::ffff:198.51.100.7", NOON, 5), 0, "the same, written as IPv6");
        assert_eq!(taken(&networks, "198.51.101.7", NOON, 5), 5);
        assert_eq!(taken(&networks, "2001:db8:1:2::1", NOON, a_minute + 1), a_minute);
        assert_eq!(taken(&networks, "2001:db8:1:ffff::1", NOON, 1), 0, "the same /48");
        assert_eq!(taken(&networks, "198.51.100.7", NOON.plus(MINUTE), 5), 5, "a minute later");

        let mut all = 0;
        for minute in 2..200 {
            all += taken(&networks, "203.0.113.1", NOON.plus(minute * MINUTE), a_minute);
        }
        assert_eq!(all, usize::from(limits::REPORTS_A_DAY));
        assert_eq!(taken(&networks, "203.0.113.1", NOON.plus(DAY), 5), 5, "a day later");
    }

    #[test]
    fn behind_servers_of_the_shop_the_last_that_they_heard_counts() {
        let forwarded = |text: &str| {
            let mut headers = HeaderMap::new();
            headers.insert("x-forwarded-for", HeaderValue::from_str(text).expect("a value"));
            headers
        };
        let address = |proxies, peer: &str, headers: &HeaderMap| {
            let networks = Networks::new(proxies).expect("counters");
            networks.address(sender(peer), headers).map(|address| address.to_string())
        };
        let of = |text: &str| Some(text.to_owned());
        let headers = forwarded("6.6.6.6, 198.51.100.7, 192.0.2.1");
        assert_eq!(address(Some(0), "203.0.113.9", &headers), of("203.0.113.9"));
        assert_eq!(address(Some(1), "10.0.0.1", &headers), of("192.0.2.1"));
        assert_eq!(address(Some(2), "10.0.0.1", &headers), of("198.51.100.7"));
        assert_eq!(address(Some(9), "10.0.0.1", &headers), None);
        assert_eq!(address(Some(1), "10.0.0.1", &forwarded("nonsense")), None);
        for (written, meant) in [
            ("203.0.113.7:51234", "203.0.113.7"),
            ("[2001:db8::1]:443", "2001:db8::1"),
            ("[2001:db8::1]", "2001:db8::1"),
            ("\"[2001:db8::1]:443\"", "2001:db8::1"),
        ] {
            assert_eq!(address(Some(1), "10.0.0.1", &forwarded(written)), of(meant), "{written}");
        }
        assert_eq!(
            address(Some(1), "203.0.113.9", &HeaderMap::new()),
            of("203.0.113.9"),
            "past the server in front"
        );
        // Nobody said what stands in front: what comes from inside is taken for it.
        for inside in ["127.0.0.1", "10.1.2.3", "192.168.0.4", "::1", "fd00::1"] {
            assert_eq!(address(None, inside, &headers), None);
        }
        assert_eq!(address(None, "203.0.113.9", &headers), of("203.0.113.9"));
    }

    #[test]
    fn another_key_counts_elsewhere() {
        let address = "198.51.100.7".parse().expect("an address");
        let of = |key: u8| places(&[key; 32], address);
        assert_eq!(of(1), of(1));
        assert_ne!(of(1), of(2));
        assert!(of(1).iter().all(|place| *place < COUNTERS));
    }
}
