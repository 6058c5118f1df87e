//! The shop key: who has it may read estimates, and price and grant at the checkout. And how keys of every kind are drawn and
//! used.

use super::refusal::Refusal;
use anyhow::{Context, Result, ensure};
use axum::http::{HeaderMap, StatusCode, header};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use std::io::Write as _;
use std::path::Path;
use windowshop::base::digest::Digest;

/// Where a key that was made lies, in the data folder.
const FILE: &str = "shop-key";
/// The fewest characters of a key that is given: 128 bits in hex.
const SHORTEST: usize = 32;

/// A key of chance, 256 bits.
pub(super) fn fresh_key() -> Result<[u8; 32]> {
    let mut key = [0; 32];
    getrandom::fill(&mut key).map_err(|error| anyhow::anyhow!("this machine gives no chance: {error}"))?;
    Ok(key)
}

/// What stands for something under a key: its HMAC-SHA256 (RFC 2104).
pub(super) fn keyed(key: &[u8; 32], what: &[u8]) -> [u8; 32] {
    // An HMAC takes keys of every length.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else { return [0; 32] };
    mac.update(what);
    mac.finalize().into_bytes().into()
}

/// The shop key, of which only the digest is held.
pub(crate) struct ShopKey(Digest);

impl ShopKey {
    /// The key given; else the one in the data folder; else a new one that is put there, and told.
    pub(super) fn of(given: Option<&str>, data: &Path) -> Result<(Self, Option<String>)> {
        if let Some(key) = given {
            ensure!(
                key.len() >= SHORTEST,
                "a shop key has at least {SHORTEST} characters; make one with a generator"
            );
            return Ok((Self(Digest::of(key.as_bytes())), None));
        }
        let path = data.join(FILE);
        match std::fs::read_to_string(&path) {
            Ok(key) => {
                let key = key.trim();
                ensure!(
                    key.len() >= SHORTEST,
                    "{} holds no shop key; remove it and a new one is made",
                    path.display()
                );
                Ok((Self(Digest::of(key.as_bytes())), None))
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                let key = Digest(fresh_key()?).to_hex();
                write_secret(&path, &key).with_context(|| format!("cannot write {}", path.display()))?;
                Ok((Self(Digest::of(key.as_bytes())), Some(key)))
            }
            Err(error) => Err(error).with_context(|| format!("cannot read {}", path.display())),
        }
    }

    /// Refuses a request that does not carry the key; `whose` says for whom it is.
    pub(super) fn check(&self, headers: &HeaderMap, whose: &str) -> Result<(), Refusal> {
        let bearer = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
        if bearer.and_then(|value| value.strip_prefix("Bearer ")).is_some_and(|key| self.opens(key)) {
            return Ok(());
        }
        let message = format!("{whose}: send `Authorization: Bearer <shop key>`");
        Err(Refusal::new(StatusCode::UNAUTHORIZED, "shop_key", message))
    }

    /// Whether a browser sent the key as the password that it was asked for (RFC 7617), or a program as a bearer.
    pub(super) fn opens_page(&self, headers: &HeaderMap) -> bool {
        let sent = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
        let password = sent.and_then(|value| value.strip_prefix("Basic ")).and_then(base64);
        let password = password.and_then(|both| Some(both.split_once(':')?.1.to_string()));
        password.is_some_and(|key| self.opens(&key)) || self.check(headers, "").is_ok()
    }

    /// Whether `candidate` is the key. Digests are compared, each byte of them whatever came before, so that the
    /// time this takes says nothing about the key.
    fn opens(&self, candidate: &str) -> bool {
        let found = Digest::of(candidate.as_bytes());
        self.0.0.iter().zip(found.0).fold(0, |differing, (ours, theirs)| differing | (ours ^ theirs)) == 0
    }
}

/// The text of base64; `None` where it is none.
fn base64(text: &str) -> Option<String> {
    String::from_utf8(STANDARD.decode(text).ok()?).ok()
}

/// Writes a file that only its owner can read.
fn write_secret(path: &Path, text: &str) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    writeln!(options.open(path)?, "{text}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_sends_the_key_as_a_password() {
        assert_eq!(base64("QWxhZGRpbjpvcGVuIHNlc2FtZQ==").as_deref(), Some("Aladdin:open sesame"));
        assert_eq!(base64("not base64!"), None);
        let data = tempfile::tempdir().expect("a folder");
        let key = "0123456789abcdef0123456789abcdef";
        let (own, _) = ShopKey::of(Some(key), data.path()).expect("a key");
        let opens = |value: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::AUTHORIZATION, value.parse().expect("a header"));
            own.opens_page(&headers)
        };
        assert!(opens("Basic YW55Ym9keTowMTIzNDU2Nzg5YWJjZGVmMDEyMzQ1Njc4OWFiY2RlZg=="));
        assert!(opens(&format!("Bearer {key}")));
        assert!(!opens("Basic YW55Ym9keTo=") && !opens("Basic !"));
    }

    #[test]
    fn a_key_is_made_once_and_opens_for_itself_alone() {
        let data = tempfile::tempdir().expect("a folder");
        let (key, told) = ShopKey::of(None, data.path()).expect("a key");
        let told = told.expect("it is told");
        assert!(key.opens(&told) && !key.opens("") && !key.opens(&told.to_uppercase()));
        let (again, nothing) = ShopKey::of(None, data.path()).expect("a key");
        assert!(again.opens(&told) && nothing.is_none());
        assert!(ShopKey::of(Some("short"), data.path()).is_err());
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = std::fs::metadata(data.path().join(FILE)).expect("a file").permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
    }
}
