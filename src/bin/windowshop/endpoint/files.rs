//! Files served as they lie: a table of every file there is, read, hashed and compressed beforehand.
//!
//! A request's path is looked up in the table and never turned into a path of the disk, so that no path can
//! lead outside the folders. Files whose name carries a hash are for ever; the rest are asked for again.

use super::codings::{self, Coding};
use super::media;
use crate::packing::compress;
use anyhow::{Context, Result};
use axum::body::Bytes;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use windowshop::base::digest::Digest;

/// What a file whose name carries its hash is told to caches.
pub(super) const FOR_EVER: &str = "public, max-age=31536000, immutable";
/// What every other file is told: keep it, and ask each time whether it is still the one.
pub(super) const ASK_AGAIN: &str = "no-cache";

/// A file, ready to go.
pub(super) struct File {
    digest: Digest,
    /// Its media type.
    pub(super) media: &'static str,
    /// Its rule for caches.
    pub(super) caching: &'static str,
    plain: Bytes,
    brotli: Option<Bytes>,
    gzip: Option<Bytes>,
}

impl File {
    /// Its bytes, and how they were compressed beforehand, where that was done.
    fn read(
        bytes: Vec<u8>,
        ready: Option<Vec<u8>>,
        name: &str,
        caching: &'static str,
        known: &Files,
    ) -> Result<Self> {
        let digest = Digest::of(&bytes);
        let (media, compressible) = media::of(name);
        let (mut brotli, mut gzip) = (ready.map(Bytes::from), None);
        if let Some(same) = known.by_path.values().find(|file| file.digest == digest) {
            (brotli, gzip) = (brotli.or_else(|| same.brotli.clone()), same.gzip.clone());
        } else if compressible {
            // A coding that saves nothing is not worth the work at the other end.
            let pays = |packed: Vec<u8>| (packed.len() < bytes.len()).then(|| Bytes::from(packed));
            if brotli.is_none() {
                brotli = pays(codings::brotli(&bytes)?);
            }
            gzip = pays(codings::gzip(&bytes)?);
        }
        Ok(Self { digest, media, caching, plain: Bytes::from(bytes), brotli, gzip })
    }

    /// The body in the best coding that is there and accepted, with its entity tag.
    pub(super) fn body(&self, accepted: Coding) -> (Coding, Bytes, String) {
        let chosen = match (accepted, &self.brotli, &self.gzip) {
            (Coding::Brotli, Some(body), _) => Some((Coding::Brotli, body)),
            (Coding::Brotli | Coding::Gzip, _, Some(body)) => Some((Coding::Gzip, body)),
            _ => None,
        };
        let (coding, body) = chosen.unwrap_or((Coding::Identity, &self.plain));
        let digest = self.digest.to_hex();
        let tag = format!(
            "\"{}{}\"",
            digest.get(..32).unwrap_or(&digest),
            coding.name().map_or(String::new(), |name| format!("-{name}"))
        );
        (coding, body.clone(), tag)
    }

    /// Its SHA-256.
    pub(super) fn digest(&self) -> Digest {
        self.digest
    }

    /// Its bytes as they lie.
    pub(super) fn plain(&self) -> &[u8] {
        &self.plain
    }
}

/// Every file that is served, by the path of its address.
#[derive(Default)]
pub(super) struct Files {
    by_path: BTreeMap<String, Arc<File>>,
}

impl Files {
    /// Reads the storefront's folder at `/` and the packs' at `/v1/`; what `known` holds already is not
    /// compressed again.
    pub(super) fn read(site: Option<&Path>, packs: &Path, known: &Self) -> Result<Self> {
        let mut found: Vec<(String, PathBuf)> = Vec::new();
        if let Some(site) = site {
            list(site, "/", &mut found)?;
            found.retain(|(path, _)| !path.starts_with("/v1/") && path != "/healthz");
        }
        list(packs, "/v1/", &mut found)?;
        // What was compressed beforehand is no file of its own.
        let paths: BTreeSet<String> = found.iter().map(|(path, _)| path.clone()).collect();
        let is_form =
            |path: &str| path.strip_suffix(compress::ENDING).is_some_and(|path| paths.contains(path));
        found.retain(|(path, _)| !is_form(path));
        // One after the other: side by side, what the compressors need is the most memory that the endpoint ever has.
        let read = found.into_iter().map(|(path, at)| {
            let bytes = std::fs::read(&at).with_context(|| format!("cannot read {}", at.display()))?;
            let caching = if is_named_by_hash(&path) { FOR_EVER } else { ASK_AGAIN };
            // Only what is listed is looked at: no link, and nothing that is hidden.
            let form = format!("{path}{}", compress::ENDING);
            let ready = paths.contains(&form).then(|| compress::found(&at, &bytes)).and_then(|ready| {
                if ready.is_none() {
                    tracing::warn!("{form} is not the compressed form of {path} and is not used");
                }
                ready
            });
            let file = File::read(bytes, ready, &path, caching, known)?;
            Ok((path, Arc::new(file)))
        });
        Ok(Self { by_path: read.collect::<Result<_>>()? })
    }

    /// The file of an address; a folder's is its `index.html`.
    pub(super) fn find(&self, path: &str) -> Option<&Arc<File>> {
        if path.ends_with('/') {
            return self.by_path.get(&format!("{path}index.html"));
        }
        self.by_path.get(path)
    }
}

/// Lists the files below a folder. Hidden ones, half-written ones and links are not served.
fn list(folder: &Path, prefix: &str, found: &mut Vec<(String, PathBuf)>) -> Result<()> {
    let entries =
        std::fs::read_dir(folder).with_context(|| format!("cannot read the folder {}", folder.display()))?;
    for entry in entries {
        let entry = entry.with_context(|| format!("cannot read the folder {}", folder.display()))?;
        let name = entry.file_name();
        let Some(name) = name.to_str().filter(|name| !name.starts_with('.')) else { continue };
        if Path::new(name).extension().is_some_and(|ending| ending == "part") {
            continue;
        }
        let kind = entry.file_type()?;
        if kind.is_dir() {
            list(&entry.path(), &format!("{prefix}{name}/"), found)?;
        } else if kind.is_file() {
            found.push((format!("{prefix}{name}"), entry.path()));
        }
    }
    Ok(())
}

/// Whether a file is the script of the sealed worker, by its name: `sealed-worker.js` as the package has it, or with the
/// hash that a bundler puts before its ending. One that is taken for it by mistake is merely served more strictly.
pub(super) fn is_sealed_worker(path: &str) -> bool {
    let name = path.rsplit_once('/').map_or(path, |(_, name)| name);
    name.strip_prefix("sealed-worker").and_then(|rest| rest.strip_suffix(".js")).is_some_and(|hash| {
        hash.is_empty()
            || hash.starts_with(['-', '.'])
                && hash.bytes().skip(1).all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
    })
}

/// Whether a name carries a hash of what it names: 16 hexadecimal digits before the ending, as packs have, or
/// the eight characters that Vite gives to what it puts under `assets/`.
fn is_named_by_hash(path: &str) -> bool {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let stem = name.split_once('.').map_or(name, |(stem, _)| stem);
    if folder.ends_with("/assets") {
        let Some(start) = stem.len().checked_sub(9) else { return false };
        let tail = stem.get(start..).unwrap_or_default();
        return tail.starts_with('-')
            && tail.bytes().skip(1).all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
    }
    let hash = stem.rsplit_once('-').map_or("", |(_, hash)| hash);
    hash.len() == 16 && hash.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_with_a_hash_are_for_ever() {
        for name in [
            "/v1/pack-0123456789abcdef.wspack",
            "/assets/index-B3x_9-Za.js",
            "/v1/text-en-0123456789abcdef.txt",
        ] {
            assert!(is_named_by_hash(name), "{name}");
        }
        for name in [
            "/v1/pack.json",
            "/index.html",
            "/assets/logo.svg",
            "/v1/pack-0123456789ABCDEF.wspack",
            "/a-12345678.js",
            "/",
        ] {
            assert!(!is_named_by_hash(name), "{name}");
        }
    }

    #[test]
    fn the_sealed_worker_is_known_by_its_name() {
        for name in
            ["/sealed-worker.js", "/assets/sealed-worker-B3x_9-Za.js", "/static/js/sealed-worker.0f3c5a.js"]
        {
            assert!(is_sealed_worker(name), "{name}");
        }
        for name in [
            "/sealed-worker.js.map",
            "/sealed-worker/index.js",
            "/sealed-workers.js",
            "/sealed-worker.min.extra.js",
            "/unsealed-worker.js",
            "/sealed-worker",
            "/",
        ] {
            assert!(!is_sealed_worker(name), "{name}");
        }
    }

    #[test]
    fn what_was_compressed_beforehand_is_sent_where_it_is_that() {
        let packs = tempfile::tempdir().expect("a folder");
        let put = |name: &str, bytes: &[u8]| std::fs::write(packs.path().join(name), bytes).expect("writes");
        let text = "flash sale ".repeat(99);
        // With less effort than is taken here, to be told from what is compressed here.
        let mut packed = Vec::new();
        let little = brotli::enc::BrotliEncoderParams { quality: 1, ..Default::default() };
        brotli::BrotliCompress(&mut text.as_bytes(), &mut packed, &little).expect("packs");
        let other = codings::brotli(b"another file").expect("packs");
        for name in ["one.json", "two.json", "three.json"] {
            put(name, text.as_bytes());
        }
        put("one.json.br", &packed);
        put("two.json.br", &other);
        put("alone.br", &other);
        let files = Files::read(None, packs.path(), &Files::default()).expect("reads");
        let sent = |name: &str| files.find(name).expect("is there").body(Coding::Brotli).1;
        assert_eq!(sent("/v1/one.json"), packed);
        assert_ne!(sent("/v1/two.json"), other, "it is of another file");
        assert_eq!(sent("/v1/two.json"), sent("/v1/three.json"));
        assert_ne!(sent("/v1/three.json"), packed);
        assert!(files.find("/v1/one.json.br").is_none() && files.find("/v1/alone.br").is_some());
        // A link is not followed, wherever it leads.
        #[cfg(unix)]
        {
            put("four.json", text.as_bytes());
            let links = packs.path().join("four.json.br");
            std::os::unix::fs::symlink(packs.path().join("one.json.br"), links).expect("links");
            let files = Files::read(None, packs.path(), &Files::default()).expect("reads");
            assert_ne!(files.find("/v1/four.json").expect("is there").body(Coding::Brotli).1, packed);
        }
        // And where a file was known before its compressed form came.
        std::fs::remove_file(packs.path().join("one.json.br")).expect("goes");
        let before = Files::read(None, packs.path(), &Files::default()).expect("reads");
        put("one.json.br", &packed);
        let after = Files::read(None, packs.path(), &before).expect("reads");
        assert_eq!(after.find("/v1/one.json").expect("is there").body(Coding::Brotli).1, packed);
    }

    #[test]
    fn what_is_hidden_half_written_or_a_link_is_not_served() {
        let folder = tempfile::tempdir().expect("a folder");
        let put = |name: &str| std::fs::write(folder.path().join(name), name).expect("writes");
        std::fs::create_dir(folder.path().join("deep")).expect("makes");
        for name in ["index.html", ".secret", "pack.json.part", "deep/index.html"] {
            put(name);
        }
        #[cfg(unix)]
        std::os::unix::fs::symlink("/etc/hostname", folder.path().join("link")).expect("links");
        let packs = tempfile::tempdir().expect("a folder");
        let files = Files::read(Some(folder.path()), packs.path(), &Files::default()).expect("reads");
        assert_eq!(files.by_path.keys().collect::<Vec<_>>(), ["/deep/index.html", "/index.html"]);
        assert!(files.find("/").is_some() && files.find("/deep/").is_some() && files.find("/deep").is_none());
    }
}
