//! Content codings: compressing files once, and choosing by Accept-Encoding (RFC 9110 §12.5.3) which one goes.

use std::io::Write as _;

/// How a body is coded, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Coding {
    /// Brotli (RFC 7932).
    Brotli,
    /// gzip (RFC 1952).
    Gzip,
    /// As it is.
    Identity,
}

impl Coding {
    /// Its name in headers; none for what is not coded.
    pub(super) fn name(self) -> Option<&'static str> {
        match self {
            Self::Brotli => Some("br"),
            Self::Gzip => Some("gzip"),
            Self::Identity => None,
        }
    }

    /// The best of our codings that a header accepts. What is not coded always serves, for a client that refuses
    /// it as well could not be served at all.
    pub(super) fn accepted(header: &str) -> Self {
        let acceptable = |name: &str| {
            let weight = |wanted: &str| {
                header.split(',').find_map(|part| {
                    let (coding, parameters) = part.split_once(';').unwrap_or((part, ""));
                    coding.trim().eq_ignore_ascii_case(wanted).then(|| !is_zero(parameters))
                })
            };
            weight(name).or_else(|| weight("*")).unwrap_or(false)
        };
        if acceptable("br") {
            Self::Brotli
        } else if acceptable("gzip") {
            Self::Gzip
        } else {
            Self::Identity
        }
    }
}

/// Whether parameters say `q=0`.
fn is_zero(parameters: &str) -> bool {
    let weight = parameters.split(';').find_map(|one| one.trim().strip_prefix("q="));
    weight.and_then(|weight| weight.trim().parse::<f64>().ok()).is_some_and(|weight| weight <= 0.0)
}

/// Compresses with brotli; the larger the file, the less effort a byte. From 7 up to 9 the table of what was seen before doubles
/// with each step, to 32 MB: with them the start would need more memory than all that comes after it.
pub(super) fn brotli(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let quality = match bytes.len() {
        0..=600_000 => 11,
        600_001..=4_000_000 => 6,
        _ => 5,
    };
    // A window beyond the file's own length costs memory and gains nothing.
    let window = (usize::BITS - bytes.len().leading_zeros()).clamp(10, 22);
    let mut packed = brotli::CompressorWriter::new(Vec::new(), 1 << 16, quality, window);
    packed.write_all(bytes)?;
    packed.flush()?;
    Ok(packed.into_inner())
}

/// Compresses with gzip, without a time in its header, so that the same file gives the same bytes.
pub(super) fn gzip(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::new(7));
    packed.write_all(bytes)?;
    packed.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_accepted_coding_is_chosen() {
        for (header, coding) in [
            ("gzip, deflate, br, zstd", Coding::Brotli),
            ("gzip", Coding::Gzip),
            ("br;q=0, gzip;q=0.5", Coding::Gzip),
            ("BR", Coding::Brotli),
            ("*", Coding::Brotli),
            ("*;q=0", Coding::Identity),
            ("br;q=0, *", Coding::Gzip),
            ("identity", Coding::Identity),
            ("", Coding::Identity),
            ("brotli", Coding::Identity),
        ] {
            assert_eq!(Coding::accepted(header), coding, "{header:?}");
        }
    }

    #[test]
    fn gzip_is_the_same_for_the_same_file() {
        let bytes = b"flash sale ".repeat(100);
        let packed = gzip(&bytes).expect("packs");
        assert_eq!(packed, gzip(&bytes).expect("packs"));
        assert!(packed.len() < bytes.len());
        assert!(brotli(&bytes).expect("packs").len() < bytes.len());
    }
}
