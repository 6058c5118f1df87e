//! What keeps the endpoint from starting is told with the way out, and leaves nothing behind that nobody was told of.

use std::path::Path;
use std::process::{Command, Output};

/// Starts the command with the folders of a shop and further options, and waits for its end.
fn serve(packs: &Path, data: &Path, options: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_windowshop"));
    command.env_remove("WINDOWSHOP_DATABASE").env_remove("WINDOWSHOP_SHOP_KEY");
    command.arg("serve").arg("--packs").arg(packs).arg("--data").arg(data);
    command.args(options).output().expect("runs")
}

/// What a start that was refused said.
fn refused(output: &Output) -> String {
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1), "{told}");
    assert!(!told.contains('\u{1b}'), "no colours where nobody looks on: {told}");
    told
}

/// The packs of a small shop.
fn packs(folder: &Path) -> std::path::PathBuf {
    let feed = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/feed-csv");
    let packs = folder.join("packs");
    let mut command = Command::new(env!("CARGO_BIN_EXE_windowshop"));
    let built = command.args(["pack", "build"]).arg(feed).arg("--out").arg(&packs).output().expect("runs");
    assert!(built.status.success());
    packs
}

#[test]
fn a_folder_without_a_pack_is_refused_with_the_way_out() {
    let folder = tempfile::tempdir().expect("a folder");
    let told = refused(&serve(folder.path(), &folder.path().join("data"), &["--port", "0"]));
    assert!(told.contains("pack.json") && told.contains("windowshop pack build"), "{told}");
}

#[test]
fn outcomes_that_are_not_there_are_told_at_the_start() {
    let folder = tempfile::tempdir().expect("a folder");
    let (packs, data) = (packs(folder.path()), folder.path().join("data"));
    let other = folder.path().join("other.csv");
    std::fs::write(&other, "a,b\n1,2\n").expect("writes");
    for (file, word) in [(folder.path().join("nope.csv"), "nope.csv"), (other, "campaign")] {
        let options = ["--port", "0", "--checkout", "--outcomes", &file.to_string_lossy()];
        let told = refused(&serve(&packs, &data, &options));
        assert!(told.contains("--outcomes") && told.contains(word), "{told}");
    }
}

#[test]
fn no_key_is_made_where_the_start_fails() {
    let folder = tempfile::tempdir().expect("a folder");
    let (packs, data) = (packs(folder.path()), folder.path().join("data"));
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = taken.local_addr().expect("an address").port().to_string();
    let told = refused(&serve(&packs, &data, &["--port", &port]));
    assert!(told.contains("is another program there?"), "{told}");
    assert!(!data.join("shop-key").exists(), "the next start makes one, and tells it");
}

#[test]
fn a_file_that_the_manifest_names_is_there_and_as_it_says_or_nothing_is_served() {
    let folder = tempfile::tempdir().expect("a folder");
    let (packs, data) = (packs(folder.path()), folder.path().join("data"));
    let text = std::fs::read_dir(&packs)
        .expect("reads")
        .map(|entry| entry.expect("an entry").path())
        .find(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("text-")))
        .expect("a text");
    let name = text.file_name().expect("a name").to_string_lossy().into_owned();
    let mut bytes = std::fs::read(&text).expect("reads");
    bytes[0] ^= 1;
    std::fs::write(&text, bytes).expect("writes");
    let told = refused(&serve(&packs, &data, &["--port", "0"]));
    assert!(told.contains(&name) && told.contains("SHA-256"), "{told}");
    std::fs::remove_file(&text).expect("removes");
    let told = refused(&serve(&packs, &data, &["--port", "0"]));
    assert!(told.contains(&name) && told.contains("which is not there"), "{told}");
}
