//! The portal as a program of its own.

use std::{
    io::{BufRead as _, BufReader},
    process::{Command, Stdio},
};

const PROGRAM: &str = env!("CARGO_BIN_EXE_fos-portal");

#[test]
fn it_prints_its_document() {
    let output = Command::new(PROGRAM).arg("openapi").output().unwrap();
    assert_eq!(String::from_utf8(output.stdout).unwrap(), fos_portal::openapi_document());
}

#[cfg(unix)]
#[test]
fn it_says_where_it_listens_and_stops_when_told() {
    let data = tempfile::TempDir::new().unwrap();
    let mut portal = Command::new(PROGRAM)
        .args(["serve", "--smtp", "127.0.0.1:9", "--listen", "127.0.0.1:0", "--data"])
        .arg(data.path())
        .args(["--seed", concat!(env!("CARGO_MANIFEST_DIR"), "/seed")])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(portal.stdout.take().unwrap()).read_line(&mut line).unwrap();
    assert!(line.starts_with("listening on http://127.0.0.1:"), "{line}");
    let told = Command::new("kill").args(["-TERM", &portal.id().to_string()]).status().unwrap();
    assert!(told.success());
    assert!(portal.wait().unwrap().success());
}
