//! `windowshop roles`, from a log to the file that a feed carries.

use anyhow::{Result, ensure};
use std::fmt::Write as _;
use std::process::Command;

#[test]
fn a_log_becomes_the_roles_of_a_feed() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let (log, out) = (folder.path().join("log.csv"), folder.path().join("roles.json"));
    let roles = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_windowshop"));
        command.arg("roles").arg(&log).arg("--out").arg(&out).output()
    };
    let mut rows = String::from("event,customer_id,order_id,ts,brand,category,outfit,value,list\n");
    for brand in ["plain", "dear", "seen"] {
        for number in 0..if brand == "seen" { 900 } else { 300 } {
            writeln!(rows, "view,,,,{brand},shoes,,,")?;
            if number % 20 == 0 {
                let list = if brand == "dear" { 60 } else { 150 };
                let order = format!("{brand}-{number}");
                writeln!(rows, "purchase,{order},{order},2026-11-01T10:00:00Z,{brand},shoes,,50.00,{list}")?;
                writeln!(rows, "purchase,{order},{order},2026-11-01T10:00:00Z,{brand},bags,set-1,9.90,9.90")?;
            }
        }
    }
    std::fs::write(&log, &rows)?;
    let run = roles()?;
    ensure!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let written: serde_json::Value = serde_json::from_slice(&std::fs::read(&out)?)?;
    let told = written["roles"].as_array().map(Vec::len);
    ensure!(told == Some(3), "three brands were looked at often enough: {written}");

    let off = rows.replace("9.90,9.90", "9.90,free");
    std::fs::write(&log, off)?;
    let run = roles()?;
    let told = String::from_utf8_lossy(&run.stderr).to_string();
    ensure!(!run.status.success() && told.contains("line ") && told.contains("list"), "{told}");
    Ok(())
}
