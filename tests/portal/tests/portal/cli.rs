//! The portal as a program.

use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::TcpStream,
    path::Path,
    process::{Child, Command, Output, Stdio},
};

const PROGRAM: &str = env!("CARGO_BIN_EXE_fos-portal");

#[test]
fn the_program_prints_the_openapi_document() {
    let output = Command::new(PROGRAM).arg("openapi").output().unwrap();
    assert_eq!(String::from_utf8(output.stdout).unwrap(), fos_portal::openapi_document());
}

fn run(words: &[&str], data: &Path) -> Output {
    Command::new(PROGRAM).args(words).arg("--data").arg(data).output().unwrap()
}

/// Sends a GET request and returns the raw response.
fn call(at: &str, path: &str) -> String {
    let mut stream = TcpStream::connect(at).unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {at}\r\nConnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

/// Kills the program at the end of the test.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        // It may have stopped by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Starts the program on `data` and returns it with its address.
fn serve(data: &Path) -> (Running, String) {
    let mut portal = Command::new(PROGRAM)
        .args(["serve", "--smtp", "127.0.0.1:9", "--listen", "127.0.0.1:0", "--data"])
        .arg(data)
        .args(["--seed", concat!(env!("CARGO_MANIFEST_DIR"), "/seed")])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(portal.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let at = line.trim().strip_prefix("listening on http://").unwrap().to_owned();
    (Running(portal), at)
}

#[cfg(unix)]
#[test]
fn the_program_prints_its_address_and_stops_on_sigterm() {
    let data = tempfile::TempDir::new().unwrap();
    let (mut portal, at) = serve(data.path());
    assert!(at.starts_with("127.0.0.1:"), "{at}");
    let status = Command::new("kill").args(["-TERM", &portal.0.id().to_string()]).status().unwrap();
    assert!(status.success());
    assert!(portal.0.wait().unwrap().success());
}

#[test]
fn a_command_of_another_process_changes_the_running_portal() {
    let data = tempfile::TempDir::new().unwrap();
    let key = run(&["config-key"], data.path()).stdout;
    let (_portal, at) = serve(data.path());
    assert_eq!(run(&["config-key"], data.path()).stdout, key);
    assert_eq!(key.len(), 65);
    assert!(call(&at, "/v1/captcha").starts_with("HTTP/1.1 200"));
    let done = run(&["maintenance", "on"], data.path());
    assert!(done.status.success());
    assert_eq!(done.stdout, b"maintenance on\n");
    assert!(call(&at, "/v1/captcha").starts_with("HTTP/1.1 503"));
    let refused = run(&["services", "open", "nothing"], data.path());
    assert!(!refused.status.success() && refused.stdout.is_empty());
    assert!(String::from_utf8(refused.stderr).unwrap().contains("no service nothing"));
}
